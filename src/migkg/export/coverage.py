"""What the graph tells of what it is about: subjects, places, times, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

import pyoxigraph as ox

from migkg import lookup
from migkg.export import authorities
from migkg.export.statements import term
from migkg.graph import ALL, ASSERTED
from migkg.namespaces import LANGUAGES, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.terms import Term

Texts: TypeAlias = dict[str, str]
"""A text by its language; languages in the order of `migkg.namespaces.LANGUAGES`."""

_A_CONCEPT = "?node a skos:Concept ; skos:inScheme ?scheme . FILTER(?node != mkc:not-stated)"


class Place(NamedTuple):
    """A place, by the name of the EU where the graph has that, and its labels."""

    iri: str
    labels: Texts


class Period(NamedTuple):
    """The first and the last day, where they are stated."""

    start: str | None
    end: str | None


def values(store: ox.Store, node: ox.NamedNode, curie: str) -> list[ox.NamedNode]:
    """List the IRIs that the sources state as values of a property."""
    quads = store.quads_for_pattern(node, term(curie), None, ASSERTED)
    found = [quad.object for quad in quads]
    return sorted((iri for iri in found if isinstance(iri, ox.NamedNode)), key=str)


def texts(store: ox.Store, node: ox.NamedNode, curie: str) -> Texts:
    """Give the values of a property that have one of our languages."""
    found = {
        quad.object.language: quad.object.value
        for quad in store.quads_for_pattern(node, term(curie), None, ALL)
        if isinstance(quad.object, ox.Literal)
    }
    return {language: found[language] for language in LANGUAGES if language in found}


def named(store: ox.Store, nodes: Iterable[ox.NamedNode], language: str) -> list[str]:
    """Name things in a language, or in another one where they have no name in it."""
    return [lookup.label(store, node, language) for node in nodes]


def observations(store: ox.Store, cube: ox.NamedNode) -> int:
    """Count the observations of a data set."""
    return sum(1 for _ in store.quads_for_pattern(None, term("qb:dataSet"), cube, ALL))


def concepts(store: ox.Store, cube: ox.NamedNode, curie: str) -> dict[str, list[str]]:
    """Name in each language the values that a property has in the observations of a data set."""
    query = f"SELECT DISTINCT ?node {{ ?o qb:dataSet {cube} ; {curie} ?node . {_A_CONCEPT} }}"
    return _labels(store, _nodes(store, query))


def keywords(store: ox.Store, known: ox.Store, cube: ox.NamedNode) -> dict[str, list[str]]:
    """Name what a data set is about: indicators, populations, and the subjects of its source."""
    query = f"""SELECT DISTINCT ?node {{
      ?o qb:dataSet {cube} ; mk:indicator|mk:population ?node . {_A_CONCEPT}
    }}"""
    return _labels(
        known, [*_nodes(store, query), *_subjects(known, values(known, cube, "dct:source"))]
    )


def subjects(store: ox.Store, known: ox.Store) -> dict[str, list[str]]:
    """Name what the documents that the graph is drawn from are about, by what is known of them."""
    cited = _nodes(store, "SELECT DISTINCT ?node { ?passage oa:hasSource ?node }")
    return _labels(known, _subjects(known, cited))


def schemes(store: ox.Store) -> dict[str, list[str]]:
    """Name the code lists."""
    return _labels(store, _nodes(store, "SELECT DISTINCT ?node { ?node a skos:ConceptScheme }"))


def countries(store: ox.Store, known: ox.Store) -> list[Place]:
    """List the countries that the graph speaks of, by what is known of them."""
    return _places(known, _nodes(store, "SELECT DISTINCT ?node { ?node a mk:Country }"))


def places(store: ox.Store, known: ox.Store, cube: ox.NamedNode) -> list[Place]:
    """List the places that the observations of a data set are about, by what is known of them."""
    query = f"""SELECT DISTINCT ?node {{
      ?o qb:dataSet {cube} ; sdmx-dimension:refArea ?node . ?node a dct:Location
    }}"""
    return _places(known, _nodes(store, query))


def period(store: ox.Store, cube: ox.NamedNode | None = None) -> Period | None:
    """Tell the time from the first to the last day that observations, or the graph, speak of.

    A period whose start is not stated ("by 2050") leaves the start to others, as with the end.
    """
    of = f"?o qb:dataSet {cube} ; sdmx-dimension:refPeriod ?period ." if cube else ""
    start = min(
        _days(store, f"{of} ?period a dct:PeriodOfTime ; dcat:startDate ?day"), default=None
    )
    end = max(_days(store, f"{of} ?period a dct:PeriodOfTime ; dcat:endDate ?day"), default=None)
    return Period(start, end) if start or end else None


def _days(store: ox.Store, pattern: str) -> list[str]:
    found = [row[0] for row in _solutions(store, f"SELECT DISTINCT ?day {{ {pattern} }}")]
    return [
        day.value
        for day in found
        if isinstance(day, ox.Literal) and day.datatype == term("xsd:date")
    ]


def _places(known: ox.Store, nodes: Iterable[ox.NamedNode]) -> list[Place]:
    found = []
    for node in nodes:
        same = values(known, node, "skos:exactMatch")
        eu = [iri.value for iri in same if iri.value.startswith(authorities.COUNTRIES)]
        found.append(Place((eu or [node.value])[0], texts(known, node, "rdfs:label")))
    return sorted(found, key=lambda place: place.iri)


def _subjects(known: ox.Store, documents: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
    return [about for document in documents for about in values(known, document, "mk:about")]


def _labels(store: ox.Store, nodes: Iterable[ox.NamedNode]) -> dict[str, list[str]]:
    """Name concepts in each language, but none with a comma, at which CKAN splits keywords."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for node in nodes:
        for language, text in texts(store, node, "skos:prefLabel").items():
            if "," not in text:
                found[language].append(text)
    return {language: sorted(set(labels)) for language, labels in found.items() if labels}


def _nodes(store: ox.Store, query: str) -> list[ox.NamedNode]:
    found = [row[0] for row in _solutions(store, query)]
    return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)


def _solutions(store: ox.Store, query: str) -> Iterable[tuple[Term]]:
    return cast("Iterable[tuple[Term]]", store.query(query, prefixes=PREFIXES))
