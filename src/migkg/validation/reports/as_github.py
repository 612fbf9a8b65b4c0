"""Findings as annotations of a run of GitHub Actions.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.graph import shown
from migkg.results.readable import harmless
from migkg.validation import naming
from migkg.validation.reports import repairs, words
from migkg.validation.reports.order import by_place
from migkg.validation.severity import counted, rank

if TYPE_CHECKING:
    from typing import BinaryIO

    from migkg.validation.finding import Finding, Report

_COMMANDS = ("error", "warning", "notice")
_SHOWN = 10  # annotations of each kind for a step


def write(report: Report, language: str, out: BinaryIO) -> None:
    """Write a workflow command for each finding, the gravest first, and a line that sums up.

    Files are named from the current folder, which is to be the root of the repository.
    """
    told = sorted(by_place(report.findings), key=rank)
    out.writelines(f"{_command(finding, report, language)}\n".encode() for finding in told)
    if any(count > _SHOWN for count in counted(report.findings).values()):
        out.write(f"{words.WORDS[language]['annotations']}\n".encode())
    for title, findings in (("before", report.before), ("fixed", report.fixed)):
        if findings:
            said = words.WORDS[language][title] + words.WORDS[language]["colon"]
            out.write(f"{said}{words.counts(findings, language)}\n".encode())
    out.write(f"{words.summary(report, language)}\n".encode())


def _command(finding: Finding, report: Report, language: str) -> str:
    properties = {}
    if place := finding.place:
        properties = {"file": shown(place.file), "line": str(place.line), "col": str(place.column)}
    about = "" if finding.focus is None else naming.thing(finding.focus, report.data, language)
    properties["title"] = f"{about} [{naming.short(finding.source)}]".strip()
    known = {name: harmless(value) for name, value in properties.items() if value != "0"}
    written = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in known.items())
    lines = words.spoken(finding, language)[0].splitlines()
    if place and place.cell:
        lines.insert(0, place.cell)
    for step in repairs.steps(finding, report.data, language):
        colon = words.WORDS[language]["colon"].rstrip() if step.turtle else ""
        lines += filter(None, (step.said + colon, step.turtle))
    return f"::{_COMMANDS[rank(finding)]} {written}::{_escaped(harmless(chr(10).join(lines)))}"


def _escaped(text: str, also: str = "") -> str:
    """Escape what would end a command or one of its properties."""
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
