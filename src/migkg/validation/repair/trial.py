"""Where changes of an entry are tried out: within the graph around it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from migkg.errors import InputError
from migkg.validation.repair.search import Effect, Tired, key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Set

    from rdflib import Graph as Statements

    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding
    from migkg.validation.judgement import Surroundings
    from migkg.validation.repair.change import Candidate

_LITTLE = 20  # things
_SHORT = 200  # statements
_ANEW = 3  # changes that touch little, in the time that it takes to infer all anew


class Trial:
    """An entry whose statements are changed for a while, and then as they were.

    :param entry: its statements, which follow each change
    :param recognize: finds what the entry names and nothing knows
    :param most: how many changes that touch little are tried out, each in some 20 ms
    """

    def __init__(
        self,
        around: Surroundings,
        entry: Statements,
        recognize: Callable[[Statements], list[Finding]],
        most: int,
    ) -> None:
        self._around, self._entry, self._recognize = around, entry, recognize
        self._left = most

    @cached_property
    def _unknown(self) -> dict[tuple[object, ...], Finding]:
        return self._recognized()

    @contextmanager
    def changed(self, candidate: Candidate) -> Iterator[Effect]:
        """Let a change hold for a while, and tell what it takes away and what it brings."""
        self._left -= 1 + len(self._entry) // _SHORT
        if self._left < 0:
            raise Tired
        before, unknown = set(self._entry), self._unknown
        repair = candidate.repair
        after = (before - set(repair.removed)) | set(repair.added)
        self._put(before, after)
        try:
            comparison = self._around.compare(before, after)
        except InputError:  # what cannot be judged mends nothing
            self._put(after, before)
            self._around.stand(before)
            yield Effect(frozenset(), ())
            return
        self._left -= len(comparison.judged) // _LITTLE + _ANEW * self._around.state.anew
        self._unknown = self._recognized()
        gone = {key(found.finding): found.finding for found in comparison.fixed}
        new = {key(found.finding): found.finding for found in comparison.introduced}
        gone |= {name: f for name, f in unknown.items() if name not in self._unknown}
        new |= {name: f for name, f in self._unknown.items() if name not in unknown}
        try:
            yield _effect(gone, new, candidate)
        finally:
            self._put(after, before)
            self._around.stand(before)
            self._unknown = unknown

    def _put(self, before: Set[Statement], after: Set[Statement]) -> None:
        for statement in before - after:
            self._entry.remove(statement)
        for statement in after - before:
            self._entry.add(statement)

    def _recognized(self) -> dict[tuple[object, ...], Finding]:
        found = self._recognize(self._entry)
        return {key(finding): finding for finding in found if finding.severity != "Info"}


def _effect(
    gone: dict[tuple[object, ...], Finding],
    new: dict[tuple[object, ...], Finding],
    candidate: Candidate,
) -> Effect:
    """Take what a thing has under its new name, or a new value has, for what the old one had."""
    still = {_afterwards(one, candidate): one for one in gone}
    kept = {still[one] for one in new if one in still}
    brought = tuple(finding for one, finding in new.items() if one not in still)
    return Effect(frozenset(gone.keys() - kept), brought)


def _afterwards(finding: tuple[object, ...], candidate: Candidate) -> tuple[object, ...]:
    """Tell what a finding would be after a change that does not mend it."""
    source, *about = finding
    if candidate.renamed:
        old, new = candidate.renamed
        return source, *(new if part == old else part for part in about)
    for before, after in zip(candidate.repair.removed, candidate.repair.added, strict=False):
        if before == tuple(about) and before[:2] == after[:2]:
            return source, *after
    return finding
