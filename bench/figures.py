"""Observations, and what they are observed of, from counts of people."""

import csv
import os
import random
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from population import KINDS, Count

COUNTRIES = "country_codes.csv"
_ALL = "all"
_SHARES = {_ALL: 1.0, "women": 0.27, "men": 0.24, "girls": 0.24, "boys": 0.25}
_EDITIONS = {"mid-year": 1.03, "revised": 0.98}  # they tell every twentieth figure anew
_TOLD_AGAIN = 20
_OWN_INDICATORS = {"refugees": "indicator-refugees-unhcr", "stateless": "indicator-stateless"}


class Block(NamedTuple):
    """What is said of one thing, as Turtle."""

    text: str
    statements: int


class Observed(NamedTuple):
    """What observations refer to and the shipped data may lack; filled while these are written."""

    countries: set[str]
    years: set[str]
    groups: set[tuple[str, str, str]]
    cited: set[tuple[str, str]]


class Told(NamedTuple):
    """What an observation is called, in which data set it is, and the passage that tells it."""

    name: str
    label: str
    dataset: str
    passage: str


def observations(
    counts: list[Count], names: dict[str, dict[str, str]], observed: Observed
) -> Iterator[Block]:
    """Make observations of the counts, series by series; then of women, men, girls and boys."""
    for part, share in _SHARES.items():
        for count in counts:
            if (people := round(count.people * share)) > 0:
                yield from _told(count._replace(people=people), part, names, observed)


def _told(
    count: Count, part: str, names: dict[str, dict[str, str]], observed: Observed
) -> Iterator[Block]:
    group = (count.kind, count.origin, part)
    observed.groups.add(group)
    observed.countries.update((count.origin, count.asylum))
    observed.years.add(count.year)
    of_whom = _group_name(group, names, "en")
    label = f"{of_whom} in {names[count.asylum]['en']}, {count.year}"
    name = f"{count.origin}-{count.asylum}-{count.year}-{_group_code(group)}"
    told = Told(f"unhcr-{name}", f"{label} (UNHCR)", "unhcr-population", "")
    yield _observation(told, count, group)
    if random.Random(name).randrange(_TOLD_AGAIN):
        return
    for edition, factor in _EDITIONS.items():
        again = count._replace(people=max(1, round(count.people * factor)))
        observed.cited.add((edition, count.asylum))
        passage = f"mkd:passage-unhcr-{edition}-{count.asylum}"
        told = Told(f"{edition}-{name}", f"{label} ({edition})", f"unhcr-{edition}", passage)
        yield _observation(told, again, group)


def _observation(told: Told, count: Count, group: tuple[str, str, str]) -> Block:
    evidence = f"""
    mk:evidence
        [
            mk:passage {told.passage} ;
            mk:supports
                qb:dataSet ,
                sdmx-attribute:unitMeasure ,
                sdmx-dimension:refArea ,
                sdmx-dimension:refPeriod ,
                sdmx-measure:obsValue ,
                mk:indicator ,
                mk:population ;
        ] ;"""
    text = f"""
mkd:observation-{told.name}
    a qb:Observation ;
    rdfs:label "{told.label}"@en ;
    qb:dataSet mkd:dataset-{told.dataset} ;
    sdmx-attribute:unitMeasure mkc:unit-persons ;
    sdmx-dimension:refArea mkd:country-{count.asylum} ;
    sdmx-dimension:refPeriod mkd:period-{count.year} ;
    sdmx-measure:obsValue {count.people} ;{evidence if told.passage else ""}
    mk:indicator mkc:{_indicator(count.kind)} ;
    mk:population mkc:{_group_code(group)} ;
.
"""
    return Block(text, 18 if told.passage else 9)


def country_names(tables: str, codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Name the countries in three languages; one that the table of codes lacks by its code."""
    names = {code: dict.fromkeys(("en", "es", "fr"), code) for code in codes}
    path = os.path.join(tables, COUNTRIES)
    if os.path.isfile(path):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names[row["iso3"]] = {at: row[f"name_{at}"] for at in ("en", "es", "fr")}
    return names


def referred_to(
    observed: Observed, names: dict[str, dict[str, str]], present: set[str]
) -> Iterator[Block]:
    """Describe countries, years, codes, data sets and passages, but for what is there already."""
    for code in sorted(observed.countries):
        if f"country-{code}" not in present:
            labels = _labels("rdfs:label", names[code])
            code_as_well = f'\n    mk:isoAlpha3 "{code}" ;'
            yield Block(f"\nmkd:country-{code}\n    a mk:Country ;{labels}{code_as_well}\n.\n", 5)
    for year in sorted(observed.years):
        if f"period-{year}" not in present:
            yield _period(year)
    for kind in sorted({kind for kind, _, _ in observed.groups}):
        if kind not in _OWN_INDICATORS:
            yield _concept("indicator", _indicator(kind), _in_each_language(KINDS[kind]))
    for group in sorted(observed.groups):
        spoken = {language: _group_name(group, names, language) for language in ("en", "es", "fr")}
        yield _concept("population-group", _group_code(group), spoken)
    for edition in ("population", *_EDITIONS):
        yield from _dataset(edition)
    for edition, code in sorted(observed.cited):
        text = f"""
mkd:passage-unhcr-{edition}-{code}
    a mk:Passage ;
    oa:hasSource mkd:document-unhcr-{edition} ;
    mk:heading "Table {code}" ;
.
"""
        yield Block(text, 3)


def _dataset(edition: str) -> Iterator[Block]:
    title = f"UNHCR population table, edition {edition}"
    yield Block(
        f"""
mkd:document-unhcr-{edition}
    a mk:Document ;
    rdfs:label "{title}"@en ;
    dct:creator mkd:organization-unhcr ;
    dct:identifier "unhcr-{edition}" ;
    dct:title "{title}"@en ;
    mk:documentKind mkc:document-kind-data-table ;
    mk:publicationYear "2025"^^xsd:gYear ;
.
""",
        7,
    )
    yield Block(
        f"""
mkd:dataset-unhcr-{edition}
    a qb:DataSet ;
    rdfs:label "figures of the {title}"@en ;
    dct:creator mkd:organization-unhcr ;
    dct:source mkd:document-unhcr-{edition} ;
    qb:structure mkd:structure-values ;
    mk:evidence
        [
            mk:passage mkd:passage-unhcr-{edition} ;
        ] ;
.

mkd:passage-unhcr-{edition}
    a mk:Passage ;
    oa:hasSource mkd:document-unhcr-{edition} ;
    mk:heading "{title}" ;
.
""",
        10,
    )


def _period(year: str) -> Block:
    labels = _labels("rdfs:label", dict.fromkeys(("en", "es", "fr"), year))
    text = f"""
mkd:period-{year}
    a dct:PeriodOfTime ;{labels}
    dcat:endDate "{year}-12-31"^^xsd:date ;
    dcat:startDate "{year}-01-01"^^xsd:date ;
.
"""
    return Block(text, 6)


def _concept(scheme: str, code: str, spoken: dict[str, str]) -> Block:
    text = f"""
mkc:{code}
    a skos:Concept ;
    skos:definition "{spoken["en"]}, as the table counts them."@en ;
    skos:inScheme mkc:{scheme} ;{_labels("skos:prefLabel", spoken)}
    skos:topConceptOf mkc:{scheme} ;
.
"""
    return Block(text, 7)


def _labels(predicate: str, spoken: dict[str, str]) -> str:
    listed = " ,\n        ".join(f'"{text}"@{language}' for language, text in spoken.items())
    return f"\n    {predicate}\n        {listed} ;"


def _in_each_language(texts: Iterable[str]) -> dict[str, str]:
    return dict(zip(("en", "es", "fr"), texts, strict=True))


def _indicator(kind: str) -> str:
    return _OWN_INDICATORS.get(kind, f"indicator-unhcr-{kind.replace('_', '-')}")


def _group_code(group: tuple[str, str, str]) -> str:
    kind, origin, part = group
    suffix = "" if part == _ALL else f"-{part}"
    return f"population-group-{kind.replace('_', '-')}-from-{origin}{suffix}"


def _group_name(group: tuple[str, str, str], names: dict[str, dict[str, str]], at: str) -> str:
    kind, origin, part = group
    spoken = f"{_in_each_language(KINDS[kind])[at]} ({names[origin][at]})"
    return spoken if part == _ALL else f"{spoken}, {part}"
