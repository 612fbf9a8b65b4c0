"""What a changed statement can make a difference to: which things, for which constraint.

A constraint looks at statements by patterns that hang together with the thing that it judges. A
statement that is new or gone matters only where it fits into one of these patterns, and from there
the other patterns lead back to the things: too many may be found so, but never too few.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from rdflib import Variable

from migkg.validation.paths import around, ends, properties

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence, Set

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement
    from migkg.validation.index import Index
    from migkg.validation.paths import Path

    Binding = dict[Node, Node]

THIS = Variable("this")
_PATIENCE = 20_000  # statements looked at for one that changed; then all things are judged
_PATIENCE_IN_ALL = 100_000  # for all that changed, where each leads to the same many things


class Pattern(NamedTuple):
    """Statements that a constraint looks at; `path` may be a variable, too."""

    subject: Node
    path: Path
    object: Node


class Trigger(NamedTuple):
    """A pattern of a constraint, and the others that hold wherever it matters.

    Of some variables it is known which values matter.
    """

    pattern: Pattern
    others: tuple[Pattern, ...]
    only: dict[Node, frozenset[Node]]

    @property
    def of_subject(self) -> bool:
        """Tell whether a statement that fits can matter to its subject alone."""
        return self.pattern.subject == THIS and not isinstance(self.pattern.path, tuple)

    def begins_at_subject(self, prop: Node | None) -> bool:
        """Tell whether what matches by a statement with a property begins at its subject."""
        path = self.pattern.path
        if not isinstance(path, tuple):
            return True
        operator, (first, *rest) = path
        later = {one for part in rest for one in properties(part)}
        return operator == "/" and first == prop is not None and later.isdisjoint({prop, None})

    @property
    def needs_referrer(self) -> bool:
        """Tell whether something has to refer to the subject of a statement that fits."""
        return self.pattern.subject != THIS and any(
            other.object == self.pattern.subject and not isinstance(other.path, tuple)
            for other in self.others
        )


class Needed(NamedTuple):
    """Patterns that hold of a thing, and of some variables the values that they have."""

    patterns: list[Pattern]
    only: dict[Node, frozenset[Node]]

    def holds(self, thing: Node, index: Index) -> bool:
        """Tell whether the patterns hold of a thing; also where that would take too long."""
        walk = _Walk(index, self.only, _PATIENCE)
        try:
            return any(True for _ in walk.things(self.patterns, {THIS: thing}))
        except Everywhere:
            return True


class Everywhere(Exception):
    """A statement may matter to all that a constraint is about."""


class Reach:
    """The triggers of things (constraints, targets of shapes) by the properties they look at.

    What has None in place of triggers can be changed by any statement.
    """

    def __init__(self, triggers: Iterable[tuple[object, Sequence[Trigger] | None]]) -> None:
        self.always: list[object] = []
        self.by_property: dict[Node | None, list[tuple[object, Trigger]]] = defaultdict(list)
        self.beyond: dict[Node | None, list[tuple[object, Trigger]]] = defaultdict(list)
        self.of_referrers: dict[Node | None, list[tuple[object, Trigger]]] = defaultdict(list)
        for of, some in triggers:
            if some is None:
                self.always.append(of)
            for trigger in some or ():
                for prop in _properties(trigger):
                    self.by_property[prop].append((of, trigger))
                    at_subject = trigger.begins_at_subject(prop)
                    if at_subject and trigger.needs_referrer:
                        self.of_referrers[prop].append((of, trigger))
                    elif not at_subject or trigger.pattern.subject != THIS:
                        self.beyond[prop].append((of, trigger))

    def of(
        self, changed: Collection[Statement], index: Index, new: Set[Node] = frozenset()
    ) -> dict[Any, set[Node] | None]:
        """Find what changed statements matter to, each with the things; None for all of them.

        :param index: what was there before and what is there now
        :param new: things to which everything matters, which are not looked for
        """
        found: dict[Any, set[Node] | None] = {}
        left: dict[Any, int] = defaultdict(lambda: _PATIENCE_IN_ALL)
        referred: dict[Node, bool] = {}
        if changed:
            found |= dict.fromkeys(self.always)
        for statement in changed:
            if statement[0] in new:
                tables = [self.beyond]
                if statement[0] not in referred:
                    referred[statement[0]] = bool(index.by_object.get(statement[0]))
                tables += [self.of_referrers] * referred[statement[0]]
            else:
                tables = [self.by_property]
            for table, prop in product(tables, (statement[1], None)):
                for of, trigger in table.get(prop, ()):
                    things = found.setdefault(of, set())
                    if things is None or (trigger.of_subject and statement[0] in things):
                        continue
                    walk = _Walk(index, trigger.only, min(_PATIENCE, left[of]))
                    try:
                        things |= set(_things(trigger, statement, walk))
                    except Everywhere:
                        found[of] = None
                    left[of] -= walk.looked_at
        return {of: things for of, things in found.items() if things is None or things}


def _properties(trigger: Trigger) -> set[Node | None]:
    path = trigger.pattern.path
    if isinstance(path, Variable):
        return set(trigger.only.get(path, [None]))
    return set(properties(path))


def _things(trigger: Trigger, statement: Statement, walk: _Walk) -> Iterator[Node]:
    """Lead a statement back to things by the patterns of a trigger; raises Everywhere."""
    for binding in walk.fitting(trigger.pattern, statement):
        yield from walk.things(list(trigger.others), binding)


class _Walk:
    """A search that ends, by Everywhere, after some number of statements."""

    def __init__(self, index: Index, only: dict[Node, frozenset[Node]], patience: int) -> None:
        self.index, self.only, self.patience = index, only, patience
        self.looked_at = 0

    def fitting(self, pattern: Pattern, statement: Statement) -> Iterator[Binding]:
        """Bind the variables of a pattern to what it can match by way of a statement."""
        subject, path, object_ = pattern
        if isinstance(path, Variable):
            binding = self.bound({}, ((subject, statement[0]), (path, statement[1])))
            if binding is not None:
                binding = self.bound(binding, ((object_, statement[2]),))
            if binding is not None:
                yield binding
            return
        for starts, stops in around(self.index, path, statement):
            if not isinstance(subject, Variable):
                starts &= {subject}
            if not isinstance(object_, Variable):
                stops &= {object_}
            self.look(len(starts) * len(stops))
            for start in starts:
                for stop in stops:
                    binding = self.bound({}, ((subject, start), (object_, stop)))
                    if binding is not None:
                        yield binding

    def things(self, patterns: list[Pattern], binding: Binding) -> Iterator[Node]:
        """Find what the judged thing can be if all patterns hold."""
        if not patterns:
            if THIS not in binding:
                raise Everywhere
            yield binding[THIS]
            return
        costs = [self.cost(pattern, binding) for pattern in patterns]
        cost, at = min((cost, at) for at, cost in enumerate(costs))
        if cost == _UNCONNECTED:
            if THIS not in binding:
                raise Everywhere
            yield binding[THIS]
            return
        known = THIS in binding
        rest = patterns[:at] + patterns[at + 1 :]
        for more in self.matches(patterns[at], binding):
            for thing in self.things(rest, more):
                yield thing
                if known:
                    return

    def cost(self, pattern: Pattern, binding: Binding) -> int:
        """Guess how many matches a pattern has, _UNCONNECTED if it has nothing bound."""
        s, p, o = _put(pattern, binding)
        index, free_s, free_o = self.index, isinstance(s, Variable), isinstance(o, Variable)
        if isinstance(p, tuple):
            return _UNCONNECTED if free_s and free_o else _FAR if free_s or free_o else 10
        if free_s and free_o:
            known = isinstance(pattern.path, Variable) and p != pattern.path
            return _FAR + len(index.by_predicate.get(p, ())) if known else _UNCONNECTED
        if isinstance(p, Variable):
            return _FAR if free_s else len(index.by_subject.get(s, ()))
        if free_s:
            return len(index.by_predicate.get(p, {}).get(o, ()))
        return len(index.by_subject.get(s, {}).get(p, ()))

    def matches(self, pattern: Pattern, binding: Binding) -> Iterator[Binding]:
        """Bind what is not bound yet so that a pattern holds."""
        s, p, o = _put(pattern, binding)
        subject, object_ = (None if isinstance(t, Variable) else t for t in (s, o))
        if isinstance(p, tuple):
            if subject is not None:
                found = [[(s, subject), (o, end)] for end in ends(self.index, p, [subject])]
            else:
                starts = ends(self.index, p, [object_] if object_ else [], forward=False)
                found = [[(s, start), (o, o)] for start in starts]
        else:
            props = self.only.get(p, (None,)) if isinstance(p, Variable) else (p,)
            statements = [t for prop in props for t in self.index.matches(subject, prop, object_)]
            found = [list(zip((s, p, o), statement, strict=True)) for statement in statements]
        self.look(len(found) + 1)
        for pairs in found:
            more = self.bound(binding, pairs)
            if more is not None:
                yield more

    def bound(self, binding: Binding, pairs: Iterable[tuple[Node, Node]]) -> Binding | None:
        """Bind variables to terms, if these can be."""
        more = dict(binding)
        for slot, term in pairs:
            if not isinstance(slot, Variable):
                if slot != term:
                    return None
            elif more.setdefault(slot, term) != term or term not in self.only.get(slot, (term,)):
                return None
        return more

    def look(self, count: int) -> None:
        self.looked_at += count
        if self.looked_at > self.patience:
            raise Everywhere


_FAR, _UNCONNECTED = 50, 10**9


def _put(pattern: Pattern, binding: Binding) -> tuple[Node, Path, Node]:
    s, p, o = pattern
    if isinstance(p, Variable):
        p = binding.get(p, p)
    return binding.get(s, s), p, binding.get(o, o)
