"""Which part of a long entry repairs are sought in: the first things that something is wrong with.

A change is tried out in the midst of the graph by judging the entry anew, which takes the longer
the more the entry says. Of a long one, the things that the first findings are about are taken,
with what they refer to and what refers to them; so many a reader mends before running again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode, Literal

from migkg.validation.answering import Answering
from migkg.validation.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding, Repair

_SHORT = 400  # statements of an entry that is taken as a whole
_MOST = 120  # statements of the part of a longer one
_MISSED = 20  # things that are too much; of the next ones most would be, too


def first_part(entry: Statements, findings: Iterable[Finding]) -> Statements:
    """Take the part of an entry that its first findings are about; all of one that is short."""
    if len(entry) <= _SHORT:
        return entry
    taken: set[Statement] = set()
    seen: set[Node] = set()
    missed = 0
    for finding in findings:
        focus = finding.focus
        if focus is None or focus in seen:
            continue
        seen.add(focus)
        more = taken | _whole(entry, focus)
        if len(more) > _MOST:
            missed += 1
            if missed == _MISSED:
                break
        else:
            taken = more
    part = Answering(store=Index(), bind_namespaces="none")
    for statement in taken:
        part.add(statement)
    return part


def _whole(entry: Statements, focus: Node) -> set[Statement]:
    """List what is said of a thing, what that refers to, and what refers to the thing.

    It stops when that is more than can be taken.
    """
    found: set[Statement] = set()
    ahead, seen = [focus], {focus}
    while ahead and len(found) <= _MOST:
        node = ahead.pop()
        found.update(entry.triples((node, None, None)))
        near = [o for o in entry.objects(node) if not isinstance(o, Literal)]
        if node == focus or isinstance(node, BNode):
            near += entry.subjects(None, node)
        for other in near:
            if other not in seen and (other, None, None) in entry:
                seen.add(other)
                ahead.append(other)
    return found


def is_apart(repair: Repair, part: Statements, entry: Statements) -> bool:
    """Tell whether a change of a part leaves the rest of an entry as sound as it was.

    It does not if the rest refers to a thing that is gone, or has a text that is new, such as a
    name: of that the part by itself tells nothing.
    """
    if part is entry:
        return True
    for subject in {s for s, _, _ in repair.removed}:
        left = set(part.triples((subject, None, None))) - set(repair.removed)
        if not left and any(t not in part for t in entry.triples((None, None, subject))):
            return False
    texts = ((p, o) for _, p, o in repair.added if isinstance(o, Literal) and o.datatype is None)
    return not any(t not in part for p, o in texts for t in entry.triples((None, p, o)))
