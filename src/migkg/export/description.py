"""What is told of an export to catalogues and search engines: the one source of all of these."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.errors import InputError
from migkg.export import authorities, coverage, wording
from migkg.export.distributions import Distribution, distributions
from migkg.export.dump import (
    ALIGNMENTS,
    ASSERTED,
    CODES,
    INFERRED,
    SHAPES,
    dumps,
    iri,
    languages,
    lines_of,
    whole,
)
from migkg.export.dump import ONTOLOGY as ONTOLOGY_DUMP
from migkg.export.naming import paths
from migkg.export.site import ONTOLOGY, prior
from migkg.graph import ALL
from migkg.graph import ASSERTED as SAID
from migkg.namespaces import LANGUAGES, expand
from migkg.syntax import N_TRIPLES

if TYPE_CHECKING:
    from migkg.export.coverage import Period, Place, Texts
    from migkg.export.dump import Dump
    from migkg.export.site import Site


class Agent(NamedTuple):
    """An organization, and its type in the table of ADMS where the graph tells its kind."""

    iri: str
    names: Texts
    kind: str | None


class Dataset(NamedTuple):
    """One thing that is worth harvesting alone."""

    iri: str
    """The same in each release, and at whatever address."""
    dump: Dump
    about: str
    """The IRI of what it holds, in the graph where that is there."""
    titles: Texts
    descriptions: Texts
    keywords: dict[str, list[str]]
    places: list[Place]
    period: Period | None
    languages: list[str]
    kind: str | None
    standards: list[str]
    provenance: str
    sources: list[str]
    creators: list[Agent]
    page: str
    distributions: list[Distribution]


class Description(NamedTuple):
    """An export as a whole."""

    site: Site
    titles: Texts
    descriptions: Texts
    publisher: Agent
    licence: str
    earlier: list[str]
    """The numbers of the releases before this one that are known, the last one first."""
    datasets: list[Dataset]


def describe(site: Site, folder: str) -> Description:
    """Describe an export: what the graph tells of itself, and the dumps that lie in a folder.

    :raises InputError: the header of the ontology lacks what a catalogue needs, or two data sets
        would have one name
    """
    titles = _titles(site)
    told = _said(site, folder)
    found = [
        _cube(site, folder, told, dump, dump.thing)
        if dump.thing
        else _graph(site, folder, told, dump, titles)
        for dump in (whole(site), *dumps(site))
    ]
    iris = [dataset.iri for dataset in found]
    if both := {iri for iri in iris if iris.count(iri) > 1}:
        raise InputError(f"data: two data sets would be {min(both)}: rename the qb:DataSet")
    return Description(
        site=site,
        titles=titles,
        descriptions=wording.ABOUT,
        publisher=_agent(site.store, _needed(site.store, "dct:publisher")[0]),
        licence=_needed(site.store, "dct:license")[0].value,
        earlier=_earlier(site),
        datasets=[dataset for dataset in found if dataset.distributions],
    )


def _titles(site: Site) -> Texts:
    """Give the title of the graph, and of a selection what was chosen."""
    titles = coverage.texts(site.store, ONTOLOGY, "dct:title")
    if not titles:
        raise _lacks("dct:title")
    if not site.only:
        return titles
    return {
        language: wording.joined(
            language, title, ", ".join(coverage.named(site.store, site.only, language))
        )
        for language, title in titles.items()
    }


def _said(site: Site, folder: str) -> ox.Store:
    """Give what the dumps say, to be asked what it is about: the store, or less of it."""
    if not site.only:
        return site.store
    chosen = ox.Store()
    for dump, graphs in ((ASSERTED, (SAID, ALL)), (INFERRED, (ALL,))):
        path = lines_of(folder, dump)
        for graph in graphs if os.path.exists(path) else ():
            chosen.bulk_load(path=path, format=N_TRIPLES.format, to_graph=graph)
    return chosen


def _earlier(site: Site) -> list[str]:
    """List the releases before this one: the one that it follows, and what the two tell."""
    since = [site.since.version.number, *site.since.before] if site.since else []
    numbers = dict.fromkeys([*since, *prior(site.store)])
    return [number for number in numbers if number != site.version.number]


def _graph(site: Site, folder: str, told: ox.Store, dump: Dump, titles: Texts) -> Dataset:
    """Describe a dump that is a part of the graph, or all of it."""
    kind, standards = wording.KINDS[dump.name]
    terms = dump in (ONTOLOGY_DUMP, ALIGNMENTS, CODES, SHAPES)  # which are of no place or time
    is_ontology = dump == ONTOLOGY_DUMP
    return Dataset(
        iri=iri(site, dump),
        dump=dump,
        about=ONTOLOGY.value if is_ontology else iri(site, dump),
        titles=wording.titles(dump, titles),
        descriptions=wording.descriptions(dump, titles),
        keywords=coverage.schemes(told) if dump == CODES else coverage.subjects(told, site.store),
        places=[] if terms else coverage.countries(told, site.store),
        period=None if terms else coverage.period(told),
        languages=languages(folder, dump),
        kind=kind,
        standards=standards,
        provenance=wording.PROVENANCE[dump.name],
        sources=[],
        creators=_creators(site.store, ONTOLOGY),
        page=site.base + ("ontology/index.html" if is_ontology else ""),
        distributions=distributions(site, folder, dump),
    )


def _cube(site: Site, folder: str, told: ox.Store, dump: Dump, cube: ox.NamedNode) -> Dataset:
    """Describe a data set of observations."""
    titles = coverage.texts(told, cube, "rdfs:label") or {"en": dump.title["en"]}
    sources = coverage.values(told, cube, "dct:source")
    return Dataset(
        iri=iri(site, dump),
        dump=dump,
        about=cube.value,
        titles=titles,
        descriptions=wording.of_observations(
            coverage.observations(told, cube),
            coverage.concepts(told, cube, "mk:indicator"),
            {language: coverage.named(told, sources, language) for language in LANGUAGES},
        ),
        keywords=coverage.keywords(told, site.store, cube),
        places=coverage.places(told, site.store, cube),
        period=coverage.period(told, cube),
        languages=languages(folder, dump),
        kind=authorities.STATISTICS,
        standards=[authorities.DATA_CUBE],
        provenance=wording.provenance(coverage.named(told, sources, "en")),
        sources=[source.value for source in sources],
        creators=_creators(told, cube),
        page=f"{site.base}{paths([cube.value])[cube.value]}.html",
        distributions=distributions(site, folder, dump),
    )


def _creators(store: ox.Store, node: ox.NamedNode) -> list[Agent]:
    return [_agent(store, creator) for creator in coverage.values(store, node, "dct:creator")]


def _agent(store: ox.Store, node: ox.NamedNode) -> Agent:
    kinds = coverage.values(store, node, "mk:organizationKind")
    types = [authorities.AGENT_KINDS.get(kind.value.rpartition("/")[2]) for kind in kinds]
    return Agent(
        iri=node.value,
        names=coverage.texts(store, node, "rdfs:label") or {"en": node.value},
        kind=next((authorities.AGENT_KIND + kind for kind in types if kind), None),
    )


def _needed(store: ox.Store, curie: str) -> list[ox.NamedNode]:
    found = coverage.values(store, ONTOLOGY, curie)
    if not found:
        raise _lacks(curie)
    return found


def _lacks(curie: str) -> InputError:
    return InputError(
        f"ontology: the header of {ONTOLOGY.value} has no {curie} ({expand(curie)}): "
        "a catalogue needs one"
    )
