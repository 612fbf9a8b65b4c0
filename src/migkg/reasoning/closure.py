"""The closure of a graph under the rules of OWL 2 RL."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.namespaces import OWL, RDF, RDFS, XSD
from migkg.reasoning import rules
from migkg.reasoning.datatypes import is_datatype
from migkg.reasoning.engine import RESOURCE, THING, Engine, Uncovered, shown
from migkg.reasoning.rules import SAME, TYPE
from migkg.terms import quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.reasoning.clash import Clash
    from migkg.terms import GraphName, Term

_NOTHING = ox.NamedNode(OWL + "Nothing")
_SUBCLASS, _DOMAIN, _RANGE, _SUBPROPERTY = (
    ox.NamedNode(RDFS + name) for name in ("subClassOf", "domain", "range", "subPropertyOf")
)
_CLASS, _EQUIVALENT, _EQUIVALENT_PROPERTY = (
    ox.NamedNode(OWL + name) for name in ("Class", "equivalentClass", "equivalentProperty")
)
_REFLEXIVE = {SAME, _SUBCLASS, _SUBPROPERTY, _EQUIVALENT, _EQUIVALENT_PROPERTY}
_MEMBERSHIP = {TYPE, _SUBCLASS, _DOMAIN, _RANGE}
_TERMS = (RDF, RDFS, OWL)


class Closure(NamedTuple):
    """What a graph entails beyond what it says, and what of all this cannot hold together."""

    inferred: list[ox.Triple]
    clashes: list[Clash]


def close(store: ox.Store, said: GraphName) -> Closure:
    """Find what OWL 2 RL entails of what a graph of a store says, without what says nothing.

    https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules

    :raises Uncovered: two names for one thing, an axiom about types or sameness in general, a
        class to which things belong by the datatypes of their values
    :raises InputError: an axiom that cannot be read
    """
    axioms = closed_axioms(rules.axioms(store, said))
    while True:
        engine = Engine([*rules.thing_rules(axioms), *rules.false_rules(axioms)])
        engine.take(axioms, ox.DefaultGraph())
        engine.take(store, said)
        derived = list(engine.derived())
        more = [t for t in derived if rules.is_axiom(t) and ox.Quad(*t) not in axioms]
        if not more:
            break
        axioms = closed_axioms([*(q.triple for q in axioms), *more])
    clashes = list(engine.clashes())
    if not clashes and (same := engine.same() or next(_said_same(store, said), None)):
        raise Uncovered(" is the same as ".join(shown(term) for term in same))
    entailed = dict.fromkeys([*(q.triple for q in axioms), *derived])
    return Closure(
        [t for t in entailed if not says_nothing(t) and quad(t, said) not in store],
        clashes,
    )


def closed_axioms(axioms: Iterable[ox.Triple]) -> ox.Store:
    """Add to axioms those that follow from them."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in axioms)
    store.extend(ox.Quad(class_, TYPE, _CLASS) for class_ in (THING, _NOTHING))
    engine = Engine(rules.schema_rules(store))
    engine.take(store, ox.DefaultGraph())
    store.extend(ox.Quad(*triple) for triple in engine.derived())
    return store


def contradictions(closed: ox.Store) -> list[Clash]:
    """List what cannot hold together in the default graph of a store that is closed already.

    It does not look at the types that values have by their datatypes.
    """
    false = rules.false_rules(closed)
    of_things = [r for r in false if not any(is_datatype(pattern.object) for pattern in r.body)]
    engine = Engine(of_things)
    engine.take(closed, ox.DefaultGraph())
    return list(engine.clashes())


def says_nothing(triple: ox.Triple) -> bool:
    """Tell whether a statement holds of anything of its kind, or of the vocabulary anyway."""
    s, p, o = triple
    return (
        (s == o and p in _REFLEXIVE)
        or (s == _NOTHING and p == _SUBCLASS)
        or (o in (THING, RESOURCE) and p in _MEMBERSHIP)
        or all(_is_within((*_TERMS, XSD), term) for term in triple)
        or (
            p in (TYPE, _SUBCLASS, _EQUIVALENT)
            and all(isinstance(n, ox.BlankNode) or _is_within(_TERMS, n) for n in (s, o))
        )
    )


def _is_within(namespaces: tuple[str, ...], term: Term) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(namespaces)


def _said_same(store: ox.Store, said: GraphName) -> Iterator[tuple[Term, Term]]:
    for same in store.quads_for_pattern(None, SAME, None, said):
        if same.subject != same.object:
            yield same.subject, same.object
