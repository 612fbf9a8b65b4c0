"""Statements in memory, looked up by any of their terms.

A store of rdflib without contexts and events, which pySHACL and the search for what a change
reaches look into many thousand times.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from rdflib.plugins.stores.memory import SimpleMemory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement

    _Index = dict[Node, dict[Node, dict[Node, None]]]


class Index(SimpleMemory):
    """The statements; each of the three indices is `[first][second]` -> the thirds, in order."""

    context_aware = True  # as pySHACL wants it

    def __init__(self) -> None:
        super().__init__()
        self.by_subject: _Index = {}  # then by predicate
        self.by_predicate: _Index = {}  # then by object
        self.count = 0

    @cached_property
    def by_object(self) -> _Index:
        """Then by subject; made when it is first asked for, which is seldom."""
        index: _Index = {}
        for s, p, o in self.matches(None, None, None):
            index.setdefault(o, {}).setdefault(s, {})[p] = None
        return index

    def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:
        """Add a statement, if it is not there."""
        s, p, o = triple
        objects = self.by_subject.setdefault(s, {}).setdefault(p, {})
        if o not in objects:
            objects[o] = None
            self.by_predicate.setdefault(p, {}).setdefault(o, {})[s] = None
            if "by_object" in self.__dict__:
                self.by_object.setdefault(o, {}).setdefault(s, {})[p] = None
            self.count += 1

    def remove(self, triple_pattern: Any, context: Any = None) -> None:
        """Remove the statements that match."""
        for s, p, o in [statement for statement, _ in self.triples(triple_pattern)]:
            _drop(self.by_subject, s, p, o)
            _drop(self.by_predicate, p, o, s)
            if "by_object" in self.__dict__:
                _drop(self.by_object, o, s, p)
            self.count -= 1

    def __len__(self, context: Any = None) -> int:
        return self.count

    def __contains__(self, statement: Statement) -> bool:
        s, p, o = statement
        return o in self.by_subject.get(s, {}).get(p, ())

    def triples(
        self, triple_pattern: Any, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Find statements; None stands for any term."""
        nowhere: Any = ()
        for statement in self.matches(*triple_pattern):
            yield statement, nowhere

    def matches(self, s: Node | None, p: Node | None, o: Node | None) -> list[Statement]:
        """List the statements that match."""
        if s is not None:
            if p is not None:
                objects = self.by_subject.get(s, {}).get(p, {})
                return [(s, p, x) for x in objects] if o is None else [(s, p, o)] * (o in objects)
            if o is not None:
                return [(s, x, o) for x, ys in self.by_subject.get(s, {}).items() if o in ys]
            return [(s, x, y) for x, ys in self.by_subject.get(s, {}).items() for y in ys]
        if p is not None:
            if o is not None:
                return [(x, p, o) for x in self.by_predicate.get(p, {}).get(o, ())]
            return [(x, p, y) for y, xs in self.by_predicate.get(p, {}).items() for x in xs]
        if o is not None:
            return [(x, y, o) for x, ys in self.by_object.get(o, {}).items() for y in ys]
        return [(x, y, z) for x, yz in self.by_subject.items() for y, zs in yz.items() for z in zs]


def _drop(index: _Index, first: Node, second: Node, third: Node) -> None:
    seconds = index[first]
    thirds = seconds[second]
    del thirds[third]
    if not thirds:
        del seconds[second]
        if not seconds:
            del index[first]
