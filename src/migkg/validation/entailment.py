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
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.namespaces import OWL, RDFS
from migkg.rdflib_terms import statement_of, triples_of
from migkg.reasoning import reason, rules
from migkg.reasoning.closure import closed_axioms, says_nothing
from migkg.reasoning.engine import Engine, Uncovered
from migkg.reasoning.rules import SAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from rdflib import Graph as Statements

    from migkg.reasoning.clash import Clash
    from migkg.reasoning.engine import Compiled, Fact
    from migkg.reasoning.rules import Rule

    Notify = Callable[[str], None]

_GUESSES = {
    ox.NamedNode(RDFS + "domain"),
    ox.NamedNode(RDFS + "range"),
    ox.NamedNode(OWL + "allValuesFrom"),
}
_ANY, _NONE = -1, -2


class Entailed(NamedTuple):
    """What follows besides what the graph alone entails, what no more does, and the clashes."""

    more: frozenset[ox.Triple]
    less: frozenset[ox.Triple]
    clashes: list[Clash]


class Entailment:
    """What a graph entails, and what it entails with more statements.

    :param notify: is told where owlrl has to reason, and why
    :raises InputError: an axiom that cannot be read
    """

    def __init__(self, graph: Collection[ox.Triple], notify: Notify) -> None:
        self.of_things = _Closed(_without_guesses(graph), notify)
        self.of_all = _Closed(graph, notify)

    @property
    def inferred(self) -> frozenset[ox.Triple]:
        """What the graph alone entails."""
        return self.of_things.inferred

    def of(self, said: Collection[ox.Triple]) -> Entailed:
        """Tell what follows if these statements are added; raises as the making does."""
        more, less, _ = self.of_things.of(_without_guesses(said))
        return Entailed(more, less, self.of_all.of(said).clashes)


def _without_guesses(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return [triple for triple in triples if triple.predicate not in _GUESSES]


@contextmanager
def entailed(data: Statements, notify: Notify) -> Iterator[None]:
    """Have what statements entail, of what things are judged for, stand among them for a while.

    :raises InputError: an axiom that cannot be read
    """
    said = list(triples_of(data))
    inferred = map(statement_of, _Closed(_without_guesses(said), notify).inferred)
    new = [statement for statement in inferred if statement not in data]
    for statement in new:
        data.add(statement)
    try:
        yield
    finally:
        for statement in new:
            data.remove(statement)


class _Closed:
    """A graph that is closed; what is added is closed, too, and taken back again."""

    def __init__(self, graph: Collection[ox.Triple], notify: Notify) -> None:
        self.graph, self.notify = graph, notify
        self.engine: _Trying | None = None
        try:
            engine, self.axioms = _started(graph)
            self.inferred, self.clashes = self._telling(engine, engine.derived())
            self.inferred |= _telling(q.triple for q in self.axioms)
            self.engine = engine
        except Uncovered:
            self.inferred, self.clashes = self._by_reasoner(())

    def of(self, said: Collection[ox.Triple]) -> Entailed:
        if not said:
            return Entailed(frozenset(), frozenset(), self.clashes)
        if self.engine is None or any(map(rules.is_axiom, said)):
            return self._anew(said)
        try:
            with self.engine.trying(said) as derived:
                if any(rules.is_axiom(t) and ox.Quad(*t) not in self.axioms for t in derived):
                    raise Uncovered
                inferred, clashes = self._telling(self.engine, derived)
        except Uncovered:
            return self._anew(said)
        return Entailed(inferred - self.inferred, frozenset(), clashes)

    def _telling(
        self, engine: _Trying, derived: Iterable[ox.Triple]
    ) -> tuple[frozenset[ox.Triple], list[Clash]]:
        """Take what says something; raises Uncovered where two names are one thing's."""
        inferred, clashes = _telling(derived), list(engine.clashes())
        if not clashes and any(t.predicate == SAME and t.subject != t.object for t in inferred):
            raise Uncovered
        return inferred, clashes

    def _anew(self, said: Collection[ox.Triple]) -> Entailed:
        inferred, clashes = self._by_reasoner(said)
        return Entailed(inferred - self.inferred, self.inferred - inferred, clashes)

    def _by_reasoner(self, said: Collection[ox.Triple]) -> tuple[frozenset[ox.Triple], list[Clash]]:
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in (*self.graph, *said))
        inferred, clashes = reason.close(store, ox.DefaultGraph(), self.notify)
        return frozenset(inferred), clashes


def _telling(triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
    return frozenset(triple for triple in triples if not says_nothing(triple))


def _started(graph: Collection[ox.Triple]) -> tuple[_Trying, ox.Store]:
    """Take up a graph; raises Uncovered where the rules do not tell all."""
    axioms = closed_axioms(filter(rules.is_axiom, graph))
    while True:
        engine = _Trying([*rules.thing_rules(axioms), *rules.false_rules(axioms)])
        engine.take(axioms, ox.DefaultGraph())
        engine.say(graph)
        if any(t.predicate == SAME and t.subject != t.object for t in graph):
            raise Uncovered
        derived = engine.derived()
        more = [t for t in derived if rules.is_axiom(t) and ox.Quad(*t) not in axioms]
        if not more:
            return engine, axioms
        axioms = closed_axioms([*(q.triple for q in axioms), *more])


class _Trying(Engine):
    """An engine that remembers what it takes up, and can take it back."""

    def __init__(self, given: Iterable[Rule]) -> None:
        super().__init__(given)
        self.kept: list[Fact] | None = None
        self.new: list[Fact] = []

    def say(self, triples: Iterable[ox.Triple]) -> None:
        """Take up what some rule can use, and all that follows."""
        numbers, wanted = self.numbers, self.wanted
        for triple in triples:
            p = numbers.get(triple.predicate)
            if p is None:
                continue
            o = numbers.get(triple.object, _NONE) if p == self.type else _ANY
            if (p, o) in wanted:
                value = self.number(triple.object) if o == _ANY else o
                self.take_up(self.number(triple.subject), p, value)

    @contextmanager
    def trying(self, triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
        """Have statements taken up for a while; gives what follows from them."""
        self.kept, self.new = [], []
        misfits = len(self.misfits)
        try:
            self.say(triples)
            yield list(self.triples(self.new))
        finally:
            for s, p, o in self.kept:
                if p == self.type:
                    self.members[o].discard(s)
                else:
                    self.values[p][s].discard(o)
                    self.things[p][o].discard(s)
            self.found.difference_update(self.new)
            del self.misfits[misfits:]
            self.waiting.clear()
            self.kept = None

    def follow(self, s: int, p: int, o: int) -> None:
        """Note what is kept that was not before."""
        if self.kept is not None:
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
        if self.kept is not None and len(self.found) > before:
            self.new.append(self.waiting[-1])
