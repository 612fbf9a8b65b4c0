"""The first page of a section: what there is, by kind, with a field to filter it by."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg import describe
from migkg.namespaces import MK, OWL, PREFIXES, RDF, SKOS, shorten
from migkg.pages import codes
from migkg.pages.about import about
from migkg.pages.links import CODES, ONTOLOGY, SHAPES, THINGS, anchor
from migkg.pages.reading import texts
from migkg.pages.template import render
from migkg.pages.values import Rows, Shown, order, rows, rules, show
from migkg.store import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.pages.reading import Name, Reading
    from migkg.pages.view import View

_TYPE = ox.NamedNode(RDF + "type")
_DEFINITION = SKOS + "definition"
_CODES = tuple(
    ox.NamedNode(iri)
    for iri in (MK + "isoAlpha3", MK + "instrumentNumber", PREFIXES["dct"] + "identifier")
)
_GROUPS = {
    OWL + "Class": "classes",
    OWL + "ObjectProperty": "object_properties",
    OWL + "DatatypeProperty": "data_properties",
    OWL + "AnnotationProperty": "annotations",
}


class Entry(NamedTuple):
    """A thing with the code by which it is known besides."""

    shown: Shown
    code: str


class Section(NamedTuple):
    """A class or a list with what is in it."""

    anchor: str
    shown: Shown
    definition: Name | None
    entries: list[Entry]


class Term(NamedTuple):
    """A class or a property, and what is said of it."""

    anchor: str
    shown: Shown
    curie: str
    definition: Name | None
    statements: list[Rows]


class Terms(NamedTuple):
    """The classes, or the properties of one kind."""

    anchor: str
    title: str
    terms: list[Term]


def by_class(reading: Reading, iris: Iterable[str]) -> dict[ox.NamedNode, list[ox.NamedNode]]:
    """Put things below the most specific classes that they are in, else below `owl:Thing`."""
    found: defaultdict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for iri in iris:
        thing = ox.NamedNode(iri)
        for kind in describe.kinds(reading.store, thing) or [ox.NamedNode(OWL + "Thing")]:
            found[kind].append(thing)
    return dict(found)


def things(view: View, iris: Iterable[str]) -> str:
    """Write the page that lists things by class."""
    return _page(view, by_class(view.reading, iris), THINGS)


def shapes(view: View, iris: Iterable[str]) -> str:
    """Write the page that lists shapes by kind."""
    return _page(view, by_class(view.reading, iris), SHAPES)


def code_lists(view: View, iris: Iterable[str]) -> str:
    """Write the page that lists codes by the list that they are in."""
    known = {ox.NamedNode(iri) for iri in iris}
    groups = {node: concepts for node in known if (concepts := codes.concepts(view.reading, node))}
    listed = {concept for concepts in groups.values() for concept in concepts}
    if rest := known - groups.keys() - listed:
        groups[ox.NamedNode(SKOS + "Concept")] = sorted(rest, key=str)
    return _page(view, groups, CODES)


def ontology(view: View, iri: str, iris: Iterable[str]) -> str:
    """Write the page that documents classes and properties, each at the local name of its IRI.

    :param iri: of the ontology itself
    """
    words = view.words
    grouped: defaultdict[str, list[Term]] = defaultdict(list)
    for each in iris:
        node = ox.NamedNode(each)
        grouped[_group(view.reading, node)].append(_term(view, node))
    header = ox.NamedNode(iri)
    name = view.reading.name(header, view.language)
    statements = rows(view, about(view.reading, header).statements)
    told = [row for some in grouped.values() for term in some for row in term.statements]
    return render(
        "ontology.html",
        view,
        ONTOLOGY,
        here=True,
        title=words["ontology"],
        name=name,
        iri=iri,
        summary=words["ontology_about"],
        statements=[_uncited(row) for row in statements],
        rules=rules(view, statements, told),
        groups=[
            Terms(f"-{group}", words[group], sorted(grouped[group], key=lambda t: order(t.shown)))
            for group in (*_GROUPS.values(), "other")
            if group in grouped
        ],
    )


def _term(view: View, node: ox.NamedNode) -> Term:
    return Term(
        anchor(node.value),
        show(view, node),
        shorten(node.value),
        texts(view.reading.store, node, _DEFINITION, view.language),
        [_uncited(r) for r in rows(view, about(view.reading, node).statements)],
    )


def _uncited(row: Rows) -> Rows:
    """Leave the numbers of evidence out where the evidence is not listed."""
    return row._replace(lines=[line._replace(cited=()) for line in row.lines])


def _group(reading: Reading, node: ox.NamedNode) -> str:
    types = {quad.object for quad in reading.store.quads_for_pattern(node, _TYPE, None, ALL)}
    return next((g for kind, g in _GROUPS.items() if ox.NamedNode(kind) in types), "other")


def _page(
    view: View,
    groups: dict[ox.NamedNode, list[ox.NamedNode]],
    section: str,
) -> str:
    words = view.words
    found = [
        Section(
            anchor(kind.value),
            show(view, kind),
            texts(view.reading.store, kind, _DEFINITION, view.language),
            sorted(
                (Entry(show(view, t), _code(view.reading, t)) for t in members),
                key=lambda entry: order(entry.shown),
            ),
        )
        for kind, members in groups.items()
    ]
    return render(
        "list.html",
        view,
        section,
        here=True,
        title=words[section],
        summary=words[f"{section}_about"],
        groups=sorted(found, key=lambda group: order(group.shown)),
    )


def _code(reading: Reading, thing: ox.NamedNode) -> str:
    """Give the code of a thing, if it has exactly one."""
    found = {
        quad.object.value
        for prop in _CODES
        for quad in reading.store.quads_for_pattern(thing, prop, None, ALL)
        if isinstance(quad.object, ox.Literal)
    }
    return found.pop() if len(found) == 1 else ""
