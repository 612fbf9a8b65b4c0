"""The statements of an entry, which may be several files, and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rdflib import BNode, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.entry.place import Place
    from migkg.rdflib_terms import Statement

    _Wanted = tuple[str, tuple[Node | None, Node | None, Node | None]]


class Written(NamedTuple):
    """Where the terms of a statement stand; the subject where it was last named before them."""

    subject: Place
    predicate: Place
    object: Place


class Entry(NamedTuple):
    """What files say together.

    `written` has for each statement where it stands, several times if it is repeated; a statement
    of a syntax that tells no positions is not in it.
    """

    files: tuple[str, ...]
    statements: Statements
    written: dict[Statement, list[Written]]
    read_from: dict[Node, Place]
    """Of each subject, where it first stands, at least the file."""

    def place(self, focus: Node | None, path: Node | None, value: Node | None) -> Place | None:
        """Find where a finding points to.

        The value where it stands, else the property, else the thing as a subject, else where
        another thing refers to it; None if the entry names none of these. Of a path that is no
        property, the value is looked for in the thing and in the brackets within it.
        """
        if focus is None:
            return None
        prop = path if isinstance(path, URIRef) else None
        place = self._first(self._wanted(focus, prop, value)) or self.read_from.get(focus)
        referred = ("object", (value, None, focus)), ("object", (None, None, focus))
        if place := place or self._first(referred):
            return place
        referring = self.statements.subjects(None, focus)
        return next((self.read_from[node] for node in referring), None)

    def _wanted(self, focus: Node, prop: Node | None, value: Node | None) -> Iterator[_Wanted]:
        """List where to look, in this order: for a value, then for a property."""
        if value is not None:
            nodes = [focus] if prop else self._within(focus)
            yield from (("object", (node, prop, value)) for node in nodes)
            for node in nodes:
                for other in self.statements.objects(node, prop):
                    if isinstance(other, Literal) and _normalized(other) == value:
                        yield "object", (node, prop, other)
            yield "object", (focus, None, value)
        if prop:
            yield "predicate", (focus, prop, None)

    def _within(self, focus: Node) -> Iterable[Node]:
        """List a thing and the blank nodes in it, at any depth."""
        nodes = {focus: None}
        left = [focus]
        while left:
            for part in self.statements.objects(left.pop()):
                if isinstance(part, BNode) and part not in nodes:
                    nodes[part] = None
                    left.append(part)
        return nodes

    def _first(self, wanted: Iterable[_Wanted]) -> Place | None:
        for part, pattern in wanted:
            places: list[Place] = [
                getattr(written, part)
                for statement in self.statements.triples(pattern)
                for written in self.written.get(statement, ())
            ]
            if places:
                return min(places, key=self._order)
        return None

    def _order(self, place: Place) -> tuple[int, int, int]:
        return self.files.index(place.file), place.line, place.column


def _normalized(literal: Literal) -> Literal:
    """Write a literal as pySHACL does in results: 7 for 007."""
    return Literal(str(literal), literal.language, literal.datatype)
