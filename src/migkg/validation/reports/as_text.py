"""Findings for people, on a terminal or in a file: a block each, then what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode

from migkg.results.readable import harmless
from migkg.validation import naming
from migkg.validation.reports import repairs, words
from migkg.validation.reports.excerpt import excerpt
from migkg.validation.reports.order import gravest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, BinaryIO

    from migkg.validation.finding import Finding, Outcome, Report
    from migkg.validation.reports.repairs import Step

    Pen = Callable[..., str]

MOST = 300  # findings; more than that nobody reads on a terminal
_FOOTNOTES = 5
_COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "cyan"}


def write(report: Report, language: str, out: BinaryIO, coloured: bool = False) -> None:
    """Write a block per finding, a line per check and a line that sums up, in the language.

    The gravest findings are shown, at most MOST of them.
    """
    pen = _coloured if coloured else _plain
    blocks = enumerate(_blocks(report, language, pen))
    out.writelines(f"{chr(10) * (at > 0)}{block}\n".encode() for at, block in blocks)


def _plain(text: str, **_style: object) -> str:
    return harmless(text)


def _coloured(text: str, **style: Any) -> str:
    import click

    return click.style(harmless(text), **style)


def _blocks(report: Report, language: str, pen: Pen) -> Iterator[str]:
    shown = gravest(report.findings, MOST)
    for finding in shown:
        yield _block(finding, report, language, pen)
    if left := len(report.findings) - len(shown):
        yield pen(words.WORDS[language]["more"].format(words.number(left, language)), bold=True)
    for title, findings in (("before", report.before), ("fixed", report.fixed)):
        if findings:
            yield "\n".join(_footnotes(title, findings, report, language, pen))
    if report.checks:
        yield "\n".join(map(pen, _lines(report.checks, language)))
    colour = "red" if report.findings else "green"
    yield pen(words.summary(report, language), bold=True, fg=colour)


def _block(finding: Finding, report: Report, language: str, pen: Pen) -> str:
    return "\n".join(_block_lines(finding, report, language, pen))


def _block_lines(finding: Finding, report: Report, language: str, pen: Pen) -> Iterator[str]:
    colon = words.WORDS[language]["colon"]
    at = f"{pen(str(finding.place), bold=True)}: " if finding.place else ""
    severity = pen(
        words.severity(finding, language), fg=_COLOURS.get(finding.severity, "red"), bold=True
    )
    about = "" if finding.focus is None else naming.thing(finding.focus, report.data, language)
    yield f"{at}{severity}{colon}{pen(about, bold=True)}" if about else f"{at}{severity}"
    yield from (f"  {pen(line)}" for line in words.spoken(finding, language)[0].splitlines())
    yield from _pointed(finding, pen)
    said = concerned(finding, report, language)
    if any(said):
        yield f"  {pen(colon.join(filter(None, said)))}"
    for step in repairs.steps(finding, report.data, language):
        yield from _stepped(step, colon, pen)
    yield pen(f"  [{naming.short(finding.source)}]", dim=True)


def _stepped(step: Step, colon: str, pen: Pen) -> Iterator[str]:
    lines = [pen(line, fg="red" if step.gone else "green") for line in step.turtle.splitlines()]
    if len(lines) == 1:
        yield f"  {pen(step.said)}{colon}{lines[0]}"
        return
    yield f"  {pen(step.said)}{colon.rstrip() if lines else ''}"
    yield from (f"      {line}" if line else "" for line in lines)


def concerned(finding: Finding, report: Report, language: str) -> tuple[str, str]:
    """Name the property and the value that a finding is about, each of them "" where it has none.

    A value that is the thing itself is not told again.
    """
    prop = value = ""
    if finding.path is not None:
        described = report.results if isinstance(finding.path, BNode) else report.data
        prop = naming.path(finding.path, report.data, described, language)
    if finding.value is not None and finding.value != finding.focus:
        value = naming.value(finding.value, report.data, language)
    return prop, value


def _pointed(finding: Finding, pen: Pen) -> Iterator[str]:
    """Show the line and a caret below each character of the term, as wide as they are."""
    shown = excerpt(finding.place) if finding.place else None
    if shown is None:
        return
    from rich.cells import cell_len

    text = harmless(shown.text)
    number = str(shown.number)
    blank = " " * cell_len(text[: shown.start])
    marks = "^" * max(1, cell_len(text[shown.start : shown.end]))
    yield f"  {pen(f'{number} |', dim=True)} {pen(text)}"
    colour = _COLOURS.get(finding.severity, "red")
    yield f"  {pen(' ' * len(number) + ' |', dim=True)} {blank}{pen(marks, fg=colour, bold=True)}"


def _footnotes(
    title: str, findings: Sequence[Finding], report: Report, language: str, pen: Pen
) -> Iterator[str]:
    known = words.WORDS[language]
    head = f"{known[title]}{known['colon']}{words.counts(findings, language)}"
    yield pen(head, fg="green" if title == "fixed" else "yellow")
    for finding in findings[:_FOOTNOTES]:
        yield f"  {pen(in_a_line(finding, report, language))}"
    if (left := len(findings) - _FOOTNOTES) > 0:
        yield f"  {pen(known['more'].format(words.number(left, language)))}"


def in_a_line(finding: Finding, report: Report, language: str) -> str:
    """Tell a finding in one line: of which thing, and what."""
    about = "" if finding.focus is None else naming.thing(finding.focus, report.data, language)
    said = naming.one_line(words.spoken(finding, language)[0])
    at = "" if finding.place is None else f"{finding.place}: "
    return at + words.WORDS[language]["colon"].join(filter(None, (about, said)))


def _lines(checks: Sequence[Outcome], language: str) -> list[str]:
    told = outcomes(checks, language)
    name, result = (max(len(row[at]) for row in told) for at in (0, 1))
    return [f"{check:<{name}}  {said:<{result}}  {counted}" for check, said, counted in told]


def outcomes(checks: Sequence[Outcome], language: str) -> list[tuple[str, str, str]]:
    """Tell of each check its name, whether it holds, and what it looked at."""
    holds = words.WORDS[language]["holds"]
    return [
        (
            harmless(outcome.check),
            words.numbered("finding", len(outcome.findings), language)
            if outcome.findings
            else holds,
            harmless(outcome.counted),
        )
        for outcome in checks
    ]
