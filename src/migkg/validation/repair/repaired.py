"""Gives findings their repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.validation.repair.candidates import candidates
from migkg.validation.repair.midst import Midst
from migkg.validation.repair.part import first_part, is_apart
from migkg.validation.repair.search import Tired, repair
from migkg.validation.repair.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.validation.finding import Finding
    from migkg.validation.judgement import Surroundings
    from migkg.validation.repair.change import Candidate

_TRIALS = 300
_TRIALS_OF_PART = 50  # of many findings a reader mends the first, and runs again
_GRAVE = ("Violation", "Warning")


def repaired(
    findings: Sequence[Finding],
    entry: Statements,
    surroundings: Surroundings,
    recognize: Callable[[Statements], list[Finding]],
) -> list[Finding]:
    """Find a change for each finding: of a long entry for the first, as long as the trial allows.

    :param recognize: finds what a version of the entry names and nothing knows
    """
    part = first_part(entry, findings)
    trial = Trial(surroundings, part, recognize, _TRIALS if part is entry else _TRIALS_OF_PART)
    midst = Midst(part, surroundings.data, surroundings.shapes.graph)

    def propose(finding: Finding) -> Iterator[Candidate]:
        return candidates(finding, midst)

    surroundings.stand(set(part))
    found, tired = [], False
    futile: set[tuple[str, Node | None]] = set()
    for finding in findings:
        mended, kind = None, (finding.source, finding.path)
        within = part is entry or (finding.focus, None, None) in part
        if finding.severity in _GRAVE and within and kind not in futile and not tired:
            try:
                mended = repair(finding, propose, trial)
            except Tired:
                tired = True
            if mended is None and part is not entry:
                futile.add(kind)  # of very many, most are like the first of their kind
        if mended and not is_apart(mended, part, entry):
            mended = None
        found.append(finding._replace(repair=mended))
    surroundings.stand(set(entry))
    return found
