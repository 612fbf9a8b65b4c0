"""Gives findings their repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.validation.repair.candidates import candidates
from migkg.validation.repair.midst import Midst
from migkg.validation.repair.search import Tired, repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib import Graph as Statements

    from migkg.validation.finding import Finding
    from migkg.validation.judgement import Surroundings
    from migkg.validation.repair.change import Candidate
    from migkg.validation.repair.trial import Trial

_GRAVE = ("Violation", "Warning")


def repaired(
    findings: Sequence[Finding], entry: Statements, surroundings: Surroundings, trial: Trial
) -> list[Finding]:
    """Find a change for each finding, as long as the trial allows for more."""
    midst = Midst(entry, surroundings.data, surroundings.shapes.graph)

    def propose(finding: Finding) -> Iterator[Candidate]:
        return candidates(finding, midst)

    found, tired = [], False
    for finding in findings:
        mended = None
        if finding.severity in _GRAVE and not tired:
            try:
                mended = repair(finding, propose, trial)
            except Tired:
                tired = True
        found.append(finding._replace(repair=mended))
    return found
