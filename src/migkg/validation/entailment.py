"""What follows by OWL 2 RL from a graph together with statements that can be exchanged.

The graph is taken up once. What is added to it is taken back again, so that the next can be added
in the time that what it says takes.

A thing is not judged for what its class is guessed to be from how it is used: with rdfs:range a
wrong value would be of the right class by being used, and whatever is wrong with it as a member of
that class would be held against it. What classes things are in by rdfs:domain, rdfs:range and
owl:allValuesFrom is left out of what is judged; whether it contradicts anything is still looked at.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.namespaces import OWL, RDFS
from migkg.rdflib_terms import statement_of, triples_of
from migkg.reasoning import reason, rules
from migkg.reasoning.closure import closed_axioms, says_nothing
from migkg.reasoning.engine import Engine, Uncovered
from migkg.reasoning.rules import SAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from rdflib import Graph as Statements

    from migkg.reasoning.clash import Clash
    from migkg.reasoning.closure import Closure
    from migkg.reasoning.engine import Compiled, Fact
    from migkg.reasoning.rules import Rule

    Notify = Callable[[str], None]

_GUESSES = {
    ox.NamedNode(RDFS + "domain"),
    ox.NamedNode(RDFS + "range"),
    ox.NamedNode(OWL + "allValuesFrom"),
}
_OF_LISTS = (rules.FIRST, rules.REST)
_ANY, _NONE = -1, -2


class Entailed(NamedTuple):
    """What follows besides what the graph alone entails, what no more does, and the clashes."""

    more: frozenset[ox.Triple]
    less: frozenset[ox.Triple]
    clashes: list[Clash]
    anew: bool
    """Whether all was inferred anew, as axioms were added; that takes a hundred times as long."""


class Entailment:
    """What a graph entails, and what it entails with more statements.

    :param notify: is told where owlrl has to reason, and why
    :raises InputError: an axiom that cannot be read
    """

    def __init__(self, graph: Collection[ox.Triple], notify: Notify) -> None:
        self.of_things = _Closed(_without_guesses(graph), [rules.thing_rules], notify)
        self.of_all = _Closed(graph, [rules.thing_rules, rules.false_rules], notify)

    @property
    def inferred(self) -> frozenset[ox.Triple]:
        """What the graph alone entails, of what things are judged for."""
        return self.of_things.inferred

    def of(self, said: Collection[ox.Triple]) -> Entailed:
        """Tell what follows if these statements are added; raises as the making does."""
        things, everything = self.of_things.of(_without_guesses(said)), self.of_all.of(said)
        return things._replace(clashes=everything.clashes, anew=things.anew or everything.anew)


@contextmanager
def entailed(data: Statements, notify: Notify) -> Iterator[None]:
    """Have what statements entail, of what things are judged for, stand among them for a while.

    :raises InputError: an axiom that cannot be read
    """
    said = _without_guesses(triples_of(data))
    inferred = map(statement_of, _Closed(said, [rules.thing_rules], notify).inferred)
    new = [statement for statement in inferred if statement not in data]
    for statement in new:
        data.add(statement)
    try:
        yield
    finally:
        for statement in new:
            data.remove(statement)


def _without_guesses(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return [triple for triple in triples if triple.predicate not in _GUESSES]


class _Closed:
    """A graph that is closed; what is added is closed, too, and taken back again.

    :param made: what makes the rules to be applied from axioms
    """

    def __init__(
        self,
        graph: Collection[ox.Triple],
        made: Sequence[Callable[[ox.Store], list[Rule]]],
        notify: Notify,
    ) -> None:
        self.graph, self.notify = graph, notify
        self.engine: Engine | None = None
        try:
            self.engine, self.axioms, self.derived = _started(graph, made)
            self.clashes = list(self.engine.clashes())
            if not self.clashes and self.engine.same():
                raise Uncovered
        except Uncovered:
            self.engine = None
            self.derived, self.clashes = self._by_reasoner(())

    @cached_property
    def inferred(self) -> frozenset[ox.Triple]:
        """What follows and says something."""
        axioms = (quad.triple for quad in self.axioms) if self.engine else ()
        return _telling([*self.derived, *axioms])

    def of(self, said: Collection[ox.Triple]) -> Entailed:
        if not said:
            return Entailed(frozenset(), frozenset(), self.clashes, anew=False)
        if self.engine is None or _has_axioms(said):
            return self._anew(said)
        trial = _Trial(self.engine)
        try:
            _say(trial, said)
            derived = list(trial.triples(trial.new))
            if any(rules.is_axiom(t) and ox.Quad(*t) not in self.axioms for t in derived):
                return self._anew(said)
            clashes = list(trial.clashes())
            if not clashes and any(t.predicate == SAME for t in derived):
                return self._anew(said)
        except Uncovered:
            return self._anew(said)
        finally:
            trial.take_back()
        return Entailed(_telling(derived), frozenset(), clashes, anew=False)

    def _anew(self, said: Collection[ox.Triple]) -> Entailed:
        derived, clashes = self._by_reasoner(said)
        inferred = _telling(derived)
        return Entailed(inferred - self.inferred, self.inferred - inferred, clashes, anew=True)

    def _by_reasoner(self, said: Collection[ox.Triple]) -> Closure:
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in (*self.graph, *said))
        return reason.close(store, ox.DefaultGraph(), self.notify)


def _has_axioms(said: Iterable[ox.Triple]) -> bool:
    """Tell whether there are axioms; a list without a name is a part of one only if there are."""
    return any(
        rules.is_axiom(triple)
        and not (triple.predicate in _OF_LISTS and isinstance(triple.subject, ox.BlankNode))
        for triple in said
    )


def _telling(triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
    return frozenset(triple for triple in triples if not says_nothing(triple))


def _started(
    graph: Collection[ox.Triple], made: Sequence[Callable[[ox.Store], list[Rule]]]
) -> tuple[Engine, ox.Store, list[ox.Triple]]:
    """Take up a graph; raises Uncovered where the rules do not tell all."""
    axioms = closed_axioms(filter(rules.is_axiom, graph))
    while True:
        engine = Engine([rule for make in made for rule in make(axioms)])
        engine.take(axioms, ox.DefaultGraph())
        _say(engine, graph)
        derived = list(engine.derived())
        more = [t for t in derived if rules.is_axiom(t) and ox.Quad(*t) not in axioms]
        if not more:
            return engine, axioms, derived
        axioms = closed_axioms([*(q.triple for q in axioms), *more])


def _say(engine: Engine, triples: Iterable[ox.Triple]) -> None:
    """Have an engine take up what some rule can use, and all that follows.

    Literals are taken as they are written. Raises Uncovered for two names of one thing.
    """
    numbers, wanted = engine.numbers, engine.wanted
    for triple in triples:
        subject, predicate, object_ = triple.subject, triple.predicate, triple.object
        p = numbers.get(predicate)
        if p is None:
            continue
        if p == engine.same_as and subject != object_:
            raise Uncovered
        o = numbers.get(object_, _NONE) if p == engine.type else _ANY
        if (p, o) in wanted:
            engine.take_up(engine.number(subject), p, engine.number(object_))


class _Trial(Engine):
    """An engine that goes on from where another is, and can be taken back to there."""

    def __init__(self, other: Engine) -> None:
        self.__dict__.update(other.__dict__)
        self.kept: list[Fact] = []
        self.new: list[Fact] = []
        self.misfits_before = len(self.misfits)

    def take_back(self) -> None:
        """Leave the other engine as it was."""
        for s, p, o in self.kept:
            if p == self.type:
                self.members[o].discard(s)
            else:
                self.values[p][s].discard(o)
                self.things[p][o].discard(s)
        self.found.difference_update(self.new)
        self.waiting.clear()
        del self.misfits[self.misfits_before :]

    def follow(self, s: int, p: int, o: int) -> None:
        """Note what is kept that was not before."""
        if p == self.type:
            new = s not in self.members.get(o, (s,))
        else:
            new = p in self.values and o not in self.values[p].get(s, ())
        if new:
            self.kept.append((s, p, o))
        super().follow(s, p, o)

    def emit(self, one: Compiled, binding: list[int]) -> None:
        """Note what follows that did not before."""
        before = len(self.found)
        super().emit(one, binding)
        if len(self.found) > before:
            self.new.append(self.waiting[-1])
