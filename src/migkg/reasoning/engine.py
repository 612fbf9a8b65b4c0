"""The rules at work: each statement is taken up once and joined with those taken up before it.

That is semi-naive evaluation. Only what some rule can use is read, and only what a rule joins with
something else is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pyoxigraph as ox

from migkg.namespaces import OWL, RDFS, shorten
from migkg.reasoning.clash import Clash
from migkg.reasoning.datatypes import differ, disjoint, is_datatype
from migkg.reasoning.rules import SAME, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from migkg.reasoning.rules import Pattern, Rule, Slot
    from migkg.terms import GraphName, Term

    Fact = tuple[int, int, int]
    Key = tuple[int, int]

THING, RESOURCE = ox.NamedNode(OWL + "Thing"), ox.NamedNode(RDFS + "Resource")
_ANY = _UNBOUND = -1


class Uncovered(Exception):
    """More follows than the rules tell; the message says from what."""


def shown(term: Term) -> str:
    """Write a term for a message."""
    return shorten(term.value) if isinstance(term, ox.NamedNode) else str(term)


class Compiled(NamedTuple):
    """A rule in numbers: terms are 0 and above, variables -1 and below."""

    rule: Rule
    variables: list[str]
    body: list[Fact]
    head: Fact | None


class Engine:
    """Statements as numbers, and the rules that wait for them.

    What a rule joins with something else is kept: of a class its members, of another property the
    values of a thing and the things with a value.
    """

    def __init__(self, given: Iterable[Rule]) -> None:
        self.numbers: dict[Term, int] = {}
        self.terms: list[Term] = []
        self.type, self.same_as = self.number(TYPE), self.number(SAME)
        compiled = [self.compiled(rule) for rule in given]
        self.false = [one for one in compiled if one.head is None]
        self.productive = [one for one in compiled if one.head is not None]
        self.members: dict[int, set[int]] = {}
        self.values: dict[int, dict[int, set[int]]] = {}
        self.things: dict[int, dict[int, set[int]]] = {}
        self.triggers: dict[Key, list[tuple[Compiled, Fact, list[Fact]]]] = {}
        self.wanted: set[Key] = set()
        self.found: set[Fact] = set()
        self.misfits: list[Clash] = []
        self.waiting: list[Fact] = []
        self.prepare()

    def prepare(self) -> None:
        """See which statements are wanted, and which of them are to be kept."""
        conditions = {self.key(pattern) for one in self.productive for pattern in one.body}
        self.productive = [one for one in self.productive if not self.in_vain(one, conditions)]
        for one in (*self.productive, *self.false):
            for pattern in one.body:
                self.wanted.add(self.key(pattern))
                if one.head is None or len(one.body) > 1:
                    self.keep(pattern)
        for one in self.productive:
            if not one.body:
                self.emit(one, [_UNBOUND] * len(one.variables))
            for at, pattern in enumerate(one.body):
                if pattern[1] == self.same_as:
                    raise Uncovered("owl:sameAs")
                rest = _in_order(one.body[:at] + one.body[at + 1 :], [pattern])
                self.triggers.setdefault(self.key(pattern), []).append((one, pattern, rest))

    def in_vain(self, one: Compiled, conditions: set[Key]) -> bool:
        """Tell whether a rule concludes that a thing is one, and no other rule asks whether."""
        _, predicate, class_ = one.head or (0, 0, 0)
        is_thing = predicate == self.type and self.terms[class_] in (THING, RESOURCE)
        return is_thing and (predicate, class_) not in conditions

    def keep(self, pattern: Fact) -> None:
        """Have the statements kept that a pattern can match."""
        predicate, class_ = self.key(pattern)
        if class_ != _ANY:
            self.members.setdefault(class_, set())
        else:
            self.values.setdefault(predicate, {})
            self.things.setdefault(predicate, {})

    def number(self, term: Term) -> int:
        """Give a term its number."""
        number = self.numbers.setdefault(term, len(self.terms))
        if number == len(self.terms):
            self.terms.append(term)
        return number

    def compiled(self, rule: Rule) -> Compiled:
        """Put numbers into a rule."""
        variables: list[str] = []

        def slot(term: Slot) -> int:
            if not isinstance(term, ox.Variable):
                return self.number(term)
            if term.value not in variables:
                variables.append(term.value)
            return ~variables.index(term.value)

        def fact(pattern: Pattern) -> Fact:
            return slot(pattern.subject), slot(pattern.predicate), slot(pattern.object)

        body = [fact(pattern) for pattern in rule.body]
        return Compiled(rule, variables, body, fact(rule.head) if rule.head else None)

    def key(self, pattern: Fact) -> Key:
        """Tell under which key the statements are that a pattern can match."""
        if pattern[1] != self.type:
            return pattern[1], _ANY
        if pattern[2] < 0:
            raise Uncovered("rdf:type")
        if is_datatype(self.terms[pattern[2]]):
            raise Uncovered(f"{shown(self.terms[pattern[2]])} as a condition")
        return pattern[1], pattern[2]

    def take(self, store: ox.Store, graph: GraphName) -> None:
        """Take up what a graph says that some rule can use, and all that follows."""
        for predicate, class_ in self.wanted:
            link = self.terms[predicate]
            if not isinstance(link, ox.NamedNode):
                continue  # the inverse of a property need not have a name
            if class_ == _ANY and self.asks_for_values_only(predicate):
                query = f"SELECT DISTINCT ?value {{ ?thing {link} ?value }}"
                found = cast("ox.QuerySolutions", store.query(query, default_graph=graph))
                for (value,) in found:
                    self.take_up(_UNBOUND, predicate, self.number(value))
                continue
            class_term = None if class_ == _ANY else self.terms[class_]
            for quad in store.quads_for_pattern(None, link, class_term, graph):
                value = class_ if class_term else self.number(quad.object)
                self.take_up(self.number(quad.subject), predicate, value)
        self.exhaust()

    def asks_for_values_only(self, predicate: int) -> bool:
        """Tell whether no rule looks at the things that have the values of a property."""
        return predicate not in self.values and not any(
            one.head is None or pattern[0] in one.head or is_datatype(self.terms[one.head[2]])
            for one, pattern, _ in self.triggers.get((predicate, _ANY), ())
        )

    def take_up(self, s: int, p: int, o: int) -> None:
        """Take up a statement, and all that follows from it and those before."""
        self.waiting.append((s, p, o))
        self.exhaust()

    def exhaust(self) -> None:
        """Follow up what waits, and what follows from it in turn."""
        while self.waiting:
            self.follow(*self.waiting.pop())

    def follow(self, s: int, p: int, o: int) -> None:
        """Keep a statement if it can be joined, and draw what follows from it and those kept."""
        if p == self.type:
            if (members := self.members.get(o)) is not None:
                members.add(s)
            waiting = self.triggers.get((p, o), ())
        else:
            if (values := self.values.get(p)) is not None:
                values.setdefault(s, set()).add(o)
                self.things[p].setdefault(o, set()).add(s)
            waiting = self.triggers.get((p, _ANY), ())
        for one, pattern, rest in waiting:
            binding = [_UNBOUND] * len(one.variables)
            if _bind(binding, pattern[0], s) and _bind(binding, pattern[2], o):
                for _ in self.join(rest, 0, binding):
                    self.emit(one, binding)

    def emit(self, one: Compiled, binding: list[int]) -> None:
        """Have what a rule concludes wait to be followed up, if it is new."""
        s, p, o = (binding[~slot] if slot < 0 else slot for slot in one.head or ())
        fact = s, p, o
        if fact in self.found or (p == self.same_as and s == o):
            return
        self.found.add(fact)
        self.waiting.append(fact)
        if p == self.type and _misfits(self.terms[s], self.terms[o]):
            meaning = f"has the value {self.terms[s]}, which is no {shown(self.terms[o])}"
            self.misfits.append(_clash(one.rule, self.named(one, binding), meaning))

    def join(self, patterns: Sequence[Fact], at: int, binding: list[int]) -> Iterator[None]:
        """Bind the variables to all that the kept statements have for the patterns from `at`."""
        if at == len(patterns):
            yield
            return
        subject, predicate, object_ = patterns[at]
        s = binding[~subject] if subject < 0 else subject
        o = binding[~object_] if object_ < 0 else object_
        if predicate == self.type:
            members = self.members[o]
            pairs: Iterable[tuple[int, int]]
            pairs = [(s, o)] if s in members else () if s != _UNBOUND else ((x, o) for x in members)
        elif s != _UNBOUND:
            values = self.values[predicate].get(s, set())
            pairs = [(s, o)] if o in values else () if o != _UNBOUND else ((s, y) for y in values)
        elif o != _UNBOUND:
            pairs = ((x, o) for x in self.things[predicate].get(o, ()))
        else:
            pairs = ((x, y) for x, values in self.values[predicate].items() for y in values)
        for x, y in pairs:
            before = binding.copy()
            if _bind(binding, subject, x) and _bind(binding, object_, y):
                yield from self.join(patterns, at + 1, binding)
            binding[:] = before

    def named(self, one: Compiled, binding: Sequence[int]) -> dict[str, Term]:
        """Give the terms that the variables of a rule are bound to."""
        return {name: self.terms[n] for name, n in zip(one.variables, binding, strict=True)}

    def derived(self) -> Iterator[ox.Triple]:
        """Give what follows and can be a statement of RDF."""
        return self.triples(self.found)

    def triples(self, facts: Iterable[Fact]) -> Iterator[ox.Triple]:
        """Give what can be a statement of RDF."""
        for s, p, o in facts:
            subject, predicate = self.terms[s], self.terms[p]
            if isinstance(predicate, ox.NamedNode) and not isinstance(subject, ox.Literal):
                yield ox.Triple(subject, predicate, self.terms[o])

    def same(self) -> tuple[Term, Term] | None:
        """Give two names that follow to be one thing's."""
        pairs = ((self.terms[s], self.terms[o]) for s, p, o in self.found if p == self.same_as)
        return next(pairs, None)

    def clashes(self) -> Iterator[Clash]:
        """List what by the rules that conclude "false" cannot hold together, and misfits."""
        seen = set()
        for one in self.false:
            binding = [_UNBOUND] * len(one.variables)
            body = sorted(one.body, key=self.count)
            for _ in self.join(body[:1] + _in_order(body[1:], body[:1]), 0, binding):
                values = self.named(one, binding)
                clash = _clash(one.rule, values, one.rule.meaning)
                told = frozenset(clash.statements) in seen
                if not told and not (one.rule.name == "dt-diff" and _same_value(values)):
                    seen.add(frozenset(clash.statements))
                    yield clash
        yield from self.misfits

    def count(self, pattern: Fact) -> int:
        """Count the things of which there is a statement that may match a pattern."""
        kept = self.members[pattern[2]] if pattern[1] == self.type else self.values[pattern[1]]
        return len(kept)


def _in_order(patterns: Sequence[Fact], before: list[Fact]) -> list[Fact]:
    """Order patterns so that each has as much as possible bound by those before it."""
    ordered, left = list(before), list(patterns)

    def unbound(pattern: Fact) -> int:
        bound = {slot for one in ordered for slot in one}
        return len({slot for slot in pattern if slot < 0} - bound)

    while left:
        ordered.append(min(left, key=unbound))
        left.remove(ordered[-1])
    return ordered[len(before) :]


def _bind(binding: list[int], slot: int, value: int) -> bool:
    """Bind a variable to a value; tell whether the slot can have it."""
    if slot >= 0:
        return slot == value
    if binding[~slot] == _UNBOUND:
        binding[~slot] = value
    return binding[~slot] == value


def _misfits(term: Term, class_: Term) -> bool:
    return (
        isinstance(term, ox.Literal)
        and isinstance(class_, ox.NamedNode)
        and is_datatype(class_)
        and disjoint(term, class_)
    )


def _same_value(values: dict[str, Term]) -> bool:
    a, b = values["a"], values["b"]
    return not (isinstance(a, ox.Literal) and isinstance(b, ox.Literal) and differ(a, b))


def _clash(rule: Rule, values: dict[str, Any], meaning: str) -> Clash:
    body = [
        tuple(values[t.value] if isinstance(t, ox.Variable) else t for t in p) for p in rule.body
    ]
    stated = [ox.Triple(*terms) for terms in body if not isinstance(terms[0], ox.Literal)]
    about = values.get("x") or next((t.subject for t in stated), None)
    return Clash(rule.name, about, meaning, (*rule.axioms, *stated))
