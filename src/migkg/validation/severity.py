"""How grave findings are, and which of them fail a run: https://www.w3.org/TR/shacl/#severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.validation.finding import Finding

SEVERITIES = ("Violation", "Warning", "Info")


def rank(finding: Finding) -> int:
    """Order by severity, the gravest being 0; one of a shape's own is taken for a violation."""
    return SEVERITIES.index(finding.severity) if finding.severity in SEVERITIES else 0


def fails(findings: Iterable[Finding], least: str) -> bool:
    """Whether a finding is at least that grave, `least` being one of SEVERITIES in any case."""
    gravest = SEVERITIES.index(least.capitalize())
    return any(rank(finding) <= gravest for finding in findings)


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the findings of each severity, the gravest first."""
    counts = [0] * len(SEVERITIES)
    for finding in findings:
        counts[rank(finding)] += 1
    return dict(zip(SEVERITIES, counts, strict=True))
