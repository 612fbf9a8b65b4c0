"""A part of the graph that stands by itself: some things, and what it takes to understand them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from migkg.errors import UsageError
from migkg.graph import ALL, ASSERTED
from migkg.lookup import kind, label, resolve
from migkg.namespaces import MK, MKC, MKD, OA, OWL, PREFIXES, RDF, RDFS, SKOS, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Node = ox.NamedNode | ox.BlankNode

_TYPE = ox.NamedNode(RDF + "type")
_IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
_DATA_SET = ox.NamedNode(PREFIXES["qb"] + "dataSet")
_CLASS = OWL + "Class"
_SCHEME = SKOS + "ConceptScheme"
_COUNTRY = MK + "Country"
DATA_SET = PREFIXES["qb"] + "DataSet"
_CHOICES = (_CLASS, _SCHEME, _COUNTRY, DATA_SET)

_CONCERNING = [  # properties whose subject says something of their value, and belongs to it
    ox.NamedNode(iri)
    for iri in (
        MK + "partOf",
        MK + "ratifiedInstrument",
        PREFIXES["org"] + "member",
        PREFIXES["org"] + "organization",
    )
]
_NEEDED = {  # properties whose values are described with what has them
    MK + "passage",
    MK + "budget",
    MK + "statusReport",
    OA + "hasSource",
    OA + "hasSelector",
    PREFIXES["prov"] + "qualifiedAssociation",
    PREFIXES["dct"] + "temporal",
    PREFIXES["sdmx-dimension"] + "refPeriod",
    *(
        PREFIXES["qb"] + name
        for name in ("structure", "component", "dimension", "measure", "attribute")
    ),
}
_PLACING = [  # properties that tell what a thing is or is narrower than
    _TYPE,
    _IN_SCHEME,
    *(ox.NamedNode(RDFS + name) for name in ("subClassOf", "subPropertyOf")),
    *(ox.NamedNode(OWL + name) for name in ("inverseOf", "propertyChainAxiom")),
]
_LIST = [ox.NamedNode(RDF + name) for name in ("first", "rest")]
_NAMING = {
    *(prop.value for prop in _PLACING),
    RDFS + "label",
    SKOS + "prefLabel",
    SKOS + "notation",
    PREFIXES["foaf"] + "name",
    PREFIXES["dct"] + "title",
    PREFIXES["dct"] + "identifier",
}
_NAMING_TERMS = {str(ox.NamedNode(iri)) for iri in _NAMING}


class Selection(NamedTuple):
    """Terms, as N-Triples has them: what is described, and what is no more than named."""

    described: frozenset[str]
    named: frozenset[str]

    def holds(self, line: str) -> bool:
        """Tell whether a statement, a line of N-Triples, is part of the selection."""
        subject, predicate, _ = line.split(" ", 2)
        if subject in self.described:
            return True
        return predicate in _NAMING_TERMS and subject in self.named


def chosen(store: ox.Store, text: str) -> ox.NamedNode:
    """Find the class, concept scheme, country or data set that a name, code, CURIE or IRI means.

    A name may be that behind the namespace, too, as the catalogue of a selection has it.

    :raises UsageError: there is none, or several: they are listed
    """
    found = set()
    for domain in _CHOICES:
        with suppress(UsageError):
            found.add(resolve(store, text, domain))
    for namespace in (MK, MKC, MKD) if not found else ():
        thing = ox.NamedNode(f"{namespace}{quote(text)}")
        if not _types(store, thing).isdisjoint(_CHOICES):
            found.add(thing)
    if len(found) == 1:
        return found.pop()
    if found:
        listed = ", ".join(sorted(f"{shorten(t.value)} ({_kinds(store, t)})" for t in found))
        raise UsageError(f"“{text}” is ambiguous; give one of {listed}")
    thing = resolve(store, text, None)
    raise UsageError(
        f"{shorten(thing.value)} ({label(store, thing)}) is no class, concept scheme, country or "
        "data set: name one of these"
    )


def select(store: ox.Store, things: Iterable[ox.NamedNode]) -> Selection:
    """Find what belongs to classes, schemes, countries or data sets, and what it takes with it.

    Chosen are the things themselves; the members of a class, those by inference among them; the
    concepts of a scheme; the observations of a data set; what has a country as the value of any
    property; and what is part of something chosen, a membership in it or its ratification.

    Described, with all that is said of it, is what is chosen, and with whatever is described:
    its blank nodes, such as its evidence; the passages that this cites, where they stand, and
    their documents; participations, budgets, reports of status and periods; and the structure of
    a data set with the properties that this is made of.

    Named, by its labels, notations, titles, types and schemes, is every other thing, concept,
    property or class that occurs in this; a class or property also by what it is narrower than,
    the inverse of or a chain of, which is named as well.
    """
    waiting: list[Node] = list(_all_chosen(store, things))
    described: set[Node] = set(waiting)
    mentioned: set[ox.NamedNode] = set()
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, ALL):
            mentioned.add(quad.predicate)
            value = quad.object
            if isinstance(value, ox.NamedNode) and quad.predicate.value not in _NEEDED:
                mentioned.add(value)
            elif isinstance(value, (ox.NamedNode, ox.BlankNode)) and value not in described:
                described.add(value)
                waiting.append(value)
    placed = _placed(store, mentioned)
    described.update(node for node in placed if isinstance(node, ox.BlankNode))
    return Selection(frozenset(map(str, described)), frozenset(map(str, placed)))


def stands_alone(store: ox.Store, thing: ox.NamedNode) -> bool:
    """Tell whether nothing belongs to a class, scheme, country or data set."""
    return _all_chosen(store, [thing]) == {thing}


def _all_chosen(store: ox.Store, things: Iterable[ox.NamedNode]) -> set[Node]:
    waiting: list[Node] = [one for thing in things for one in (thing, *_members(store, thing))]
    found: set[Node] = set(waiting)
    while waiting:
        thing = waiting.pop()
        for prop in _CONCERNING:
            for one in _subjects(store, prop, thing):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
    return found


def _members(store: ox.Store, thing: ox.NamedNode) -> Iterator[Node]:
    kinds = _types(store, thing)
    if _CLASS in kinds:
        members = store.quads_for_pattern(None, _TYPE, thing, ALL)
        yield from (q.subject for q in members if isinstance(q.subject, ox.NamedNode))
    if _SCHEME in kinds:
        yield from _subjects(store, _IN_SCHEME, thing)
    if _COUNTRY in kinds:
        yield from _subjects(store, None, thing)
    if DATA_SET in kinds:
        yield from _subjects(store, _DATA_SET, thing)


def _subjects(store: ox.Store, prop: ox.NamedNode | None, value: Node) -> Iterator[ox.NamedNode]:
    for quad in store.quads_for_pattern(None, prop, value, ASSERTED):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _placed(store: ox.Store, mentioned: set[ox.NamedNode]) -> set[Node]:
    """Add to things what these are and are narrower than, and the lists that tell it."""
    waiting: list[Node] = list(mentioned)
    found: set[Node] = set(waiting)
    while waiting:
        node = waiting.pop()
        for prop in _LIST if isinstance(node, ox.BlankNode) else _PLACING:
            for quad in store.quads_for_pattern(node, prop, None, ASSERTED):
                value = quad.object
                if isinstance(value, (ox.NamedNode, ox.BlankNode)) and value not in found:
                    found.add(value)
                    waiting.append(value)
    return found


def _types(store: ox.Store, thing: ox.NamedNode) -> set[str]:
    quads = store.quads_for_pattern(thing, _TYPE, None, ALL)
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}


def _kinds(store: ox.Store, thing: ox.NamedNode) -> str:
    return ", ".join(kind(iri) for iri in _CHOICES if iri in _types(store, thing))
