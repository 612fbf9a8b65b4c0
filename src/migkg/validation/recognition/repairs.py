"""Changes of an entry that put a known term in the place of one that is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import BNode, URIRef

from migkg.validation.finding import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.entry.entry import Entry
    from migkg.rdflib_terms import Statement

_CODES = re.compile("[0-9]+|[A-Z]{2,}")
_MOST = 100  # statements that one repair changes: with more, it changes the one it is about


def instead(entry: Entry, about: Statement, old: Node, near: Sequence[Node]) -> Repair | None:
    """Put the nearest term in the place of one in all that the thing and its evidence say."""
    changed = [t for t in _together(entry.statements, about[0]) if old in t]
    return _replaced(changed if 0 < len(changed) <= _MOST else [about], old, near)


def everywhere(entry: Entry, old: Node, near: Sequence[Node]) -> Repair | None:
    """Put the nearest thing in the place of one wherever that is named; None if too often."""
    statements = entry.statements
    changed = {*statements.triples((old, None, None)), *statements.triples((None, None, old))}
    return _replaced(changed, old, near) if len(changed) <= _MOST else None


def _replaced(changed: Iterable[Statement], old: Node, near: Sequence[Node]) -> Repair | None:
    if not near:
        return None
    new = near[0]
    removed = tuple(sorted(changed, key=str))
    added = [tuple(new if node == old else node for node in statement) for statement in removed]
    example = len(near) > 1 or _may_be_another(old, new)
    return Repair(removed, tuple((s, p, o) for s, p, o in added), example)


def _may_be_another(old: Node, new: Node) -> bool:
    """Tell whether another number or code is meant, which need not be a slip: IRN is not IRQ."""
    if not isinstance(old, URIRef) or str(old).casefold() == str(new).casefold():
        return False
    return _CODES.findall(str(old)) != _CODES.findall(str(new))


def _together(statements: Statements, focus: Node) -> set[Statement]:
    """List what is said of a thing and of its blank nodes; of a blank node, of whose it is."""
    owners, seen = [focus], {focus}
    for node in owners:
        if isinstance(node, BNode):
            owners += (above := set(statements.subjects(None, node)) - seen)
            seen |= above
    found: set[Statement] = set()
    for node in owners:
        for statement in statements.triples((node, None, None)):
            found.add(statement)
            if len(found) > _MOST:
                return found
            if isinstance(statement[2], BNode) and statement[2] not in seen:
                seen.add(statement[2])
                owners.append(statement[2])
    return found
