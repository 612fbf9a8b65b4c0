"""Findings as one page to send to who wrote the entry: no script, nothing from the network."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from migkg import __version__
from migkg.results.readable import harmless
from migkg.validation import naming
from migkg.validation.reports import repairs, words
from migkg.validation.reports.as_text import concerned, in_a_line, outcomes
from migkg.validation.reports.excerpt import excerpt
from migkg.validation.reports.order import by_file, gravest
from migkg.validation.severity import SEVERITIES, rank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from jinja2 import Template

    from migkg.entry.place import Place
    from migkg.validation.finding import Finding, Report

MOST = 1_000  # findings; a page with more is slow to open
_FOOTNOTES = 100


def write(report: Report, language: str, out: BinaryIO) -> None:
    """Write the gravest findings, at most MOST, file by file, each with its line of the source."""
    known = words.WORDS[language]
    shown = gravest(report.findings, MOST)
    left = len(report.findings) - len(shown)
    stream = _page().stream(
        language=language,
        version=__version__,
        words=known,
        summary=words.summary(report, language),
        conforms=report.conforms,
        files=_files(shown, report, language),
        more=known["more"].format(words.number(left, language)) if left else "",
        footnotes=list(_footnotes(report, language)),
        checks=outcomes(report.checks, language),
    )
    stream.enable_buffering(100)
    stream.dump(out, encoding="utf-8")


@cache
def _page() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("page.html")


def _files(
    findings: list[Finding], report: Report, language: str
) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    for file, group in by_file(findings):
        named = str(group[0].place._replace(line=0, cell="")) if group[0].place and file else ""
        yield harmless(named), (_told(finding, report, language) for finding in group)


def _told(finding: Finding, report: Report, language: str) -> dict[str, Any]:
    message, tag = words.spoken(finding, language)
    prop, value = concerned(finding, report, language)
    focus = finding.focus
    return {
        "kind": SEVERITIES[rank(finding)],
        "severity": words.severity(finding, language),
        "about": "" if focus is None else naming.thing(focus, report.data, language),
        "message": naming.Label(harmless(message), tag),
        "where": _where(finding.place, language),
        "excerpt": _excerpt(finding.place),
        "property": prop,
        "value": value,
        "steps": repairs.steps(finding, report.data, language),
        "rule": naming.short(finding.source),
    }


def _where(place: Place | None, language: str) -> str:
    if place is None:
        return ""
    if place.cell or not place.line:
        return harmless(place.cell)
    return words.WORDS[language]["where"].format(place.line, place.column)


def _excerpt(place: Place | None) -> tuple[str, str, str] | None:
    shown = excerpt(place) if place else None
    if shown is None:
        return None
    text = harmless(shown.text)
    return text[: shown.start].lstrip(), text[shown.start : shown.end], text[shown.end :]


def _footnotes(report: Report, language: str) -> Iterator[tuple[str, str, list[str], str]]:
    known = words.WORDS[language]
    for title, findings in (("before", report.before), ("fixed", report.fixed)):
        if findings:
            lines = [harmless(in_a_line(f, report, language)) for f in findings[:_FOOTNOTES]]
            left = len(findings) - len(lines)
            more = known["more"].format(words.number(left, language)) if left else ""
            yield known[title], words.counts(findings, language), lines, more
