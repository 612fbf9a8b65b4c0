"""The statements of an entry, which may be several files, and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.entry.place import Place
    from migkg.rdflib_terms import Statement


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
        another thing refers to it; None if the entry names none of these.
        """
        found = _matching(self.written, focus, path, value) if value is not None else []
        if found:
            return self.written[found[0]][0].object
        found = _matching(self.written, focus, path, None) if path is not None else []
        if found:
            return self.written[found[0]][0].predicate
        if focus in self.read_from:
            return self.read_from[focus]
        referring = [at for s in self.written if s[2] == focus for at in self.written[s]]
        return referring[0].object if referring else None


def _matching(
    written: Iterable[Statement], focus: Node | None, path: Node | None, value: Node | None
) -> list[Statement]:
    return [s for s in written if s[0] == focus and path in (None, s[1]) and value in (None, s[2])]
