"""In which order findings are told: file by file, from top to bottom."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from migkg.validation.severity import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migkg.validation.finding import Finding


def by_place(findings: Sequence[Finding]) -> list[Finding]:
    """Sort by file, line and column; what stands at one place, and what has none, by severity."""
    return sorted(findings, key=_key)


def _key(finding: Finding) -> tuple[bool, str, int, str, int, int]:
    place = finding.place
    if place is None:
        return True, "", 0, "", 0, rank(finding)
    return False, place.file, place.line, place.cell, place.column, rank(finding)


def gravest(findings: Sequence[Finding], most: int) -> list[Finding]:
    """Take so many of the gravest, in order of place."""
    return by_place(sorted(findings, key=rank)[:most])


def by_file(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Group findings that are in order of place by their file, "" being none."""
    for file, group in groupby(findings, lambda f: f.place.file if f.place else ""):
        yield file, list(group)
