"""Which known thing may be meant by an IRI or a text that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from migkg.lookup import fold
from migkg.namespaces import OWL, expand
from migkg.validation.recognition.spelling import namespace, nearest, readings, similar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rdflib.term import Node

    from migkg.validation.recognition.known import Known
    from migkg.validation.recognition.spelling import Pool

    Test = Callable[[URIRef], bool]

_MOST = 200  # unknown names after which no more are looked for: something else is the matter
_SHOWN = 3


def class_(known: Known, term: Node) -> list[URIRef]:
    """Find the classes that may be meant."""
    return _found(known, term, known.classes, known.is_class, _any)


def property_(known: Known, term: Node) -> list[URIRef]:
    """Find the properties that may be meant."""
    return _found(known, term, known.properties, known.is_property, _any)


def thing(known: Known, term: Node, wanted: Collection[Node]) -> list[URIRef]:
    """Find the things that may be meant, those of the kinds that are wanted first.

    A text may be a label in any language, a code, a CURIE or an IRI.
    """

    def is_wanted(node: URIRef) -> bool:
        return not wanted or not known.kinds(node).isdisjoint(wanted)

    return _found(known, term, known.things, is_wanted, is_wanted)


def _any(_: URIRef) -> bool:
    return True


def _found(
    known: Known, term: Node, pools: tuple[Pool, ...], is_one: Test, is_wanted: Test
) -> list[URIRef]:
    if not isinstance(term, (URIRef, Literal)) or known.asked >= _MOST:
        return []
    known.asked += 1
    if isinstance(term, Literal):
        return _by_text(known, str(term), is_one)
    spelt = nearest(term, pools, is_wanted)
    named = _by_name(known, readings(term[len(namespace(term)) :]), is_one)
    found = [other for other in dict.fromkeys(spelt + named) if other != term]
    return [other for other in found if not other.startswith(OWL)][:_SHOWN]


def _by_text(known: Known, text: str, is_one: Test) -> list[URIRef]:
    iri = URIRef(expand(text) or text)
    if known.is_described(iri) and is_one(iri):
        return [iri]
    folded = fold(text)
    if found := _by_name(known, [folded], is_one):
        return found
    near = similar(folded, [name for things in known.by_name for name in things])
    return _by_name(known, near, is_one)


def _by_name(known: Known, names: list[str], is_one: Test) -> list[URIRef]:
    """List what is called like this, by the first name that anything has."""
    for name in names:
        called = [thing for things in known.by_name for thing in things.get(name, ())]
        if found := [thing for thing in called if is_one(thing)]:
            return found[:_SHOWN]
    return []
