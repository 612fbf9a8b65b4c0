"""Changes of an entry, and what is made of two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from migkg.validation.finding import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.rdflib_terms import Statement

Names = dict["Node", "Node"]


class Candidate(NamedTuple):
    """A repair that is to be tried out; what it names anew is still the same thing."""

    repair: Repair
    renamed: tuple[Node, Node] | None = None
    last: bool = False
    """Only where nothing else helps."""


def added(statements: Iterable[Statement], example: bool = True) -> Candidate:
    """Say more."""
    return Candidate(Repair((), tuple(statements), example))


def removed(statements: Iterable[Statement], example: bool = False) -> Candidate:
    """Say less; it is an example where other statements could go as well."""
    return Candidate(Repair(tuple(statements), (), example))


def replaced(statement: Statement, value: Node, example: bool = False) -> Candidate:
    """Put another value in the place of the one that a statement has."""
    return Candidate(Repair((statement,), ((*statement[:2], value),), example))


def renamed(entry: Statements, old: Node, new: Node, example: bool = False) -> Candidate:
    """Give a thing another name, wherever the entry names it."""
    before = {*entry.triples((old, None, None)), *entry.triples((None, None, old))}
    after = [tuple(new if term == old else term for term in statement) for statement in before]
    repair = Repair(tuple(sorted(before)), tuple(sorted(after)), example)  # type: ignore[arg-type]
    return Candidate(repair, (old, new))


def together(first: Repair, then: Repair) -> Repair:
    """Make one change of two, the second following the first."""
    gone = [s for s in then.removed if s not in first.added]
    kept = [s for s in first.added if s not in then.removed]
    return Repair(
        (*(s for s in first.removed if s not in then.added), *gone),
        (*kept, *(s for s in then.added if s not in first.removed)),
        first.example or then.example,
    )
