"""All that the graph says about one thing, and what it says of others with regard to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg import lookup
from migkg.namespaces import MK, OA, OWL, RDF, RDFS, SKOS, shorten
from migkg.store import ALL
from migkg.why import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.dataset import Dataset
    from migkg.terms import Term

_TYPE = ox.NamedNode(RDF + "type")
_EVIDENCE = ox.NamedNode(MK + "evidence")
_NAMES = {RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "definition"}
_LEFT_OUT = {_TYPE.value, MK + "evidence", RDFS + "isDefinedBy", OA + "hasSelector", *_NAMES}


class Statement(NamedTuple):
    """A property and a value as people read them, and the statement that has them."""

    property: str
    value: str
    triple: ox.Triple


class Description(NamedTuple):
    """A thing: its names, its kinds, what is said of it, and what is said with regard to it."""

    name: str
    curie: str
    also_called: list[str]
    definition: str
    kinds: list[str]
    statements: list[Statement]
    references: list[Statement]  # the property, and the thing that has it


def describe(store: Dataset, thing: ox.NamedNode, language: str = "en") -> Description:
    """Collect what the default graph says about a thing, in one language where it can be had."""

    def statement(predicate: ox.NamedNode, value: Term, triple: ox.Triple) -> Statement:
        return Statement(name(store, predicate, language), name(store, value, language), triple)

    def texts(local: str) -> list[str]:
        literals = [o for o in _values(store, thing, local) if isinstance(o, ox.Literal)]
        return sorted({o.value for o in literals if o.language in (language, None)})

    out = told(store, thing)
    into = referring(store, thing, out)
    return Description(
        name=name(store, thing, language),
        curie=shorten(thing.value),
        also_called=texts(SKOS + "altLabel"),
        definition=" ".join(texts(SKOS + "definition")),
        kinds=sorted(lookup.label(store, kind, language) for kind in kinds(store, thing)),
        statements=_in_order(
            statement(t.predicate, t.object, t)
            for t in out
            if not isinstance(t.object, ox.BlankNode)
        ),
        references=_in_order(
            statement(t.predicate, t.subject, t)
            for t in into
            if isinstance(t.subject, ox.NamedNode)
        ),
    )


def told(store: Dataset, thing: ox.NamedNode) -> list[ox.Triple]:
    """List what is said of a thing besides its names, its kinds and its evidence.

    What a more special property says as well is left out.
    """
    return _telling(store, store.quads_for_pattern(thing, None, None, ALL))


def referring(store: Dataset, thing: ox.NamedNode, out: Iterable[ox.Triple]) -> list[ox.Triple]:
    """List what is said of others with regard to a thing.

    :param out: what is said of the thing: the inverse of it is left out
    """
    inverse = {
        (o, other, s)
        for s, p, o in out
        for other in (*_values(store, p, OWL + "inverseOf"), *_inverses(store, p))
    }
    return [
        t
        for t in _telling(store, store.quads_for_pattern(None, None, thing, ALL))
        if (t.subject, t.predicate, t.object) not in inverse
    ]


def kinds(store: Dataset, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """List the most specific of the classes that a thing is in, by IRI."""
    classes = {c for c in _values(store, thing, _TYPE.value) if isinstance(c, ox.NamedNode)}
    broader = {
        wider for c in classes for wider in _values(store, c, RDFS + "subClassOf") if wider != c
    }
    return sorted(classes - broader, key=str)


def triples(
    store: Dataset, thing: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph = ALL
) -> Iterator[ox.Triple]:
    """Give what a graph says of a thing, its evidence included: its concise bounded description.

    https://www.w3.org/submissions/CBD/
    """
    waiting: list[ox.NamedNode | ox.BlankNode] = [thing]
    seen: set[ox.BlankNode] = set()
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, graph):
            yield quad.triple
            if isinstance(quad.object, ox.BlankNode) and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)


def _in_order(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda s: (s.property, s.value, str(s.triple)))


def _telling(store: Dataset, quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    """Leave out names and evidence, and what a more special property says as well."""
    found = [q.triple for q in quads if q.predicate.value not in _LEFT_OUT]
    said = {
        (t.subject, wider, t.object)
        for t in found
        for wider in _values(store, t.predicate, RDFS + "subPropertyOf")
        if wider != t.predicate
    }
    return [t for t in found if (t.subject, t.predicate, t.object) not in said]


def _inverses(store: Dataset, prop: ox.NamedNode) -> list[Term]:
    found = store.quads_for_pattern(None, ox.NamedNode(OWL + "inverseOf"), prop, ALL)
    return [quad.subject for quad in found]


def _values(store: Dataset, thing: ox.NamedNode, iri: str) -> list[Term]:
    return [q.object for q in store.quads_for_pattern(thing, ox.NamedNode(iri), None, ALL)]
