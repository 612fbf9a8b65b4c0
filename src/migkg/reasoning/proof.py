"""Why a statement follows: the rule, and the statements it rests on, down to what is said."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from migkg.reasoning import rules
from migkg.reasoning.closure import closed_axioms, says_nothing
from migkg.reasoning.rules import TYPE, Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from migkg.dataset import Dataset
    from migkg.reasoning.rules import Rule, Slot
    from migkg.terms import GraphName

_DEEPEST = 12  # steps in a row
_MOST = 50_000  # applications of rules looked at: with transitive properties they can be endless


class Proof(NamedTuple):
    """A statement, and the rule and the proofs of the premises by which it follows.

    What is said has no rule; what holds of anything has a rule and no premises.
    """

    statement: ox.Triple
    rule: str
    premises: tuple[Proof, ...]

    def said(self) -> Iterator[ox.Triple]:
        """List what is said that the statement rests on."""
        if not self.rule:
            yield self.statement
        for premise in self.premises:
            yield from premise.said()


class Prover:
    """Proves statements of a graph that is closed; what was proved once is remembered.

    :param known: the graph with what is said and what follows
    :param is_said: tells of a statement of the graph whether it is said
    """

    def __init__(
        self, store: Dataset, known: GraphName, is_said: Callable[[ox.Triple], bool]
    ) -> None:
        self.store, self.known, self.is_said = store, known, is_said
        self.proofs: dict[ox.Triple, Proof] = {}
        self.failed: dict[ox.Triple, int] = {}
        self.tried = 0

    @cached_property
    def axioms(self) -> ox.Store:
        """All axioms of the graph, in a store of their own."""
        return closed_axioms(rules.axioms(self.store, self.known))

    @cached_property
    def of_axioms(self) -> _Facts:
        """What axioms follow from."""
        return _Facts(self.axioms, ox.DefaultGraph(), rules.schema_rules(self.axioms))

    @cached_property
    def of_things(self) -> _Facts:
        """What statements about things follow from."""
        return _Facts(self.store, self.known, rules.thing_rules(self.axioms))

    def proof(self, statement: ox.Triple) -> Proof | None:
        """Find the proof of a statement that takes the fewest steps in a row.

        None if there is none, or none that can be found within a second or so.
        """
        self.tried = 0
        for steps in range(_DEEPEST + 1):
            found = self.within(statement, steps)
            if found or self.tried > _MOST:
                return found
        return None

    def within(self, statement: ox.Triple, steps: int) -> Proof | None:
        """Find a proof of a statement of no more steps; a premise has one less to go."""
        if statement in self.proofs:
            return self.proofs[statement]
        if self.failed.get(statement, -1) >= steps:
            return None
        if self.is_said(statement):
            found: Proof | None = Proof(statement, "", ())
        elif steps:
            found = next(self.last_steps(statement, steps - 1), None)
        else:
            found = None
        if found:
            self.proofs[statement] = found
        elif self.tried <= _MOST:
            self.failed[statement] = steps
        return found

    def last_steps(self, statement: ox.Triple, steps: int) -> Iterator[Proof]:
        """Find the rules that conclude a statement from what can be proved."""
        sources = [self.of_things, self.of_axioms][: 1 + rules.is_axiom(statement)]
        for rule, premises in chain.from_iterable(f.instances(statement) for f in sources):
            self.tried += 1
            if self.tried > _MOST:
                return
            proofs = []
            for premise in premises:
                if premise == statement or not (proof := self.within(premise, steps)):
                    break
                proofs.append(proof)
            else:
                yield Proof(statement, rule.name, tuple(proofs))


class _Facts:
    """The statements of a graph, and the rules that conclude such."""

    def __init__(self, store: Dataset, graph: GraphName, given: Sequence[Rule]) -> None:
        self.store, self.graph = store, graph
        self.concluding: dict[Slot, list[Rule]] = {}
        for rule in given:
            if rule.head:
                self.concluding.setdefault(_key(rule.head), []).append(rule)

    def instances(self, statement: ox.Triple) -> Iterator[tuple[Rule, list[ox.Triple]]]:
        """Find the rules that conclude a statement, each with premises of the graph."""
        for rule in self.concluding.get(_key(Pattern(*statement)), ()):
            if rule.head and (binding := _match(rule.head, statement, {})) is not None:
                for values in self.bindings(rule.body, binding):
                    body = [ox.Triple(*_put(pattern, values)) for pattern in rule.body]
                    yield rule, [*body, *rule.axioms]

    def bindings(
        self, patterns: Sequence[Pattern], binding: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Bind variables so that each pattern is a statement of the graph."""
        if not patterns:
            yield binding
            return
        put = [_put(pattern, binding) for pattern in patterns]
        at = min(range(len(put)), key=lambda i: sum(isinstance(t, ox.Variable) for t in put[i]))
        rest = [*patterns[:at], *patterns[at + 1 :]]
        s, p, o = (None if isinstance(term, ox.Variable) else term for term in put[at])
        if isinstance(s, ox.Literal) or not isinstance(p, ox.NamedNode | None):
            return  # RDF has no such statements
        if s and p and o and says_nothing(ox.Triple(s, p, o)):  # it is not kept in the graph
            yield from self.bindings(rest, binding)
            return
        for quad in self.store.quads_for_pattern(s, p, o, self.graph):
            if (more := _match(put[at], quad.triple, binding)) is not None:
                yield from self.bindings(rest, more)


def _key(statement: Pattern) -> Slot:
    return statement.object if statement.predicate == TYPE else statement.predicate


def _put(pattern: Pattern, values: dict[str, Any]) -> Pattern:
    return Pattern(*(values.get(t.value, t) if isinstance(t, ox.Variable) else t for t in pattern))


def _match(
    pattern: Pattern, statement: ox.Triple, binding: dict[str, Any]
) -> dict[str, Any] | None:
    """Add to a binding what makes a pattern the statement; None where nothing does."""
    bound = dict(binding)
    for slot, term in zip(pattern, statement, strict=True):
        value = bound.setdefault(slot.value, term) if isinstance(slot, ox.Variable) else slot
        if value != term:
            return None
    return bound
