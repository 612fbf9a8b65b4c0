"""Findings for editors and code hosts: SARIF 2.1.0.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rdflib import RDF, BNode

from migkg import __version__
from migkg.graph import shown
from migkg.results.readable import harmless
from migkg.validation import naming
from migkg.validation.reports import repairs, short_turtle, words
from migkg.validation.reports.as_json import expression, term
from migkg.validation.reports.excerpt import excerpt
from migkg.validation.reports.order import by_place
from migkg.validation.severity import rank

if TYPE_CHECKING:
    from typing import BinaryIO

    from rdflib.term import Node

    from migkg.entry.place import Place
    from migkg.validation.finding import Finding, Report

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = ("error", "warning", "note")
_DEEPEST = 5  # blank nodes within each other
_EDITED = 200  # findings up to which repairs are tried as changes of the text


def write(report: Report, language: str, out: BinaryIO) -> None:
    """Write a result for each finding, as soon as it is put into words; rules come after them.

    Where anything was wrong before the entry, each result says whether it is new. Files are named
    from the current folder (%SRCROOT%); columns count code points.
    """
    compared = bool(report.before or report.fixed)
    states = (("new", report.findings), ("unchanged", report.before), ("absent", report.fixed))
    edited = sum(len(findings) for _, findings in states) <= _EDITED
    rules: dict[str, int] = {}
    described: list[dict[str, Any]] = []
    out.write(f'{{"$schema": "{_SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n"results": ['.encode())
    between = "\n"
    for state, findings in states:
        for finding in by_place(findings):
            if finding.source not in rules:
                rules[finding.source] = len(rules)
                described.append(_rule(finding, language))
            result = _result(finding, report, language, rules[finding.source], edited)
            if compared:
                result["baselineState"] = state
            out.write(f"{between}{json.dumps(result, ensure_ascii=False)}".encode())
            between = ",\n"
    driver = {
        "name": "migkg",
        "fullName": f"migkg {__version__}",
        "semanticVersion": __version__,
        "informationUri": "https://w3id.org/migkg/",
        "rules": described,
    }
    rest = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The folder in which migkg was called."}}
        },
        "properties": {"judged": report.judged, "conforms": report.conforms},
    }
    out.write(
        f"],\n{json.dumps(rest, ensure_ascii=False, indent=1)[1:-1].strip()}\n}}]\n}}\n".encode()
    )


def _rule(finding: Finding, language: str) -> dict[str, Any]:
    """Describe the shape or check by what it says, in all languages."""
    said = words.spoken(finding, language)[0] or finding.source
    rule: dict[str, Any] = {
        "id": naming.short(finding.source),
        "shortDescription": {"text": naming.one_line(said)},
        "fullDescription": {"text": harmless(said)},
        "help": {"text": harmless(said)},
        "defaultConfiguration": {"level": _LEVELS[rank(finding)]},
        "properties": {
            "messages": {tag or "und": text for tag, text in sorted(finding.messages.items())}
        },
    }
    if finding.source.startswith(("http://", "https://")):
        rule["helpUri"] = finding.source
    return rule


def _result(
    finding: Finding, report: Report, language: str, rule: int, edited: bool
) -> dict[str, Any]:
    about = "" if finding.focus is None else naming.thing(finding.focus, report.data, language)
    said = harmless(words.spoken(finding, language)[0])
    colon = words.WORDS[language]["colon"]
    result: dict[str, Any] = {
        "ruleId": naming.short(finding.source),
        "ruleIndex": rule,
        "level": _LEVELS[rank(finding)],
        "message": {"text": colon.join(filter(None, (about, said)))},
        "locations": [_location(finding, about)],
        "partialFingerprints": {"migkg/v1": fingerprint(finding, report)},
        "properties": _properties(finding, report),
    }
    if finding.repair:
        steps = repairs.steps(finding, report.data, language)
        result["message"]["markdown"] = _markdown(result["message"]["text"], steps, colon.rstrip())
        if edited and finding.place:
            change = repairs.edit(finding.repair, finding.place)
            if change:
                result["fixes"] = [_fix(change, finding.place, steps)]
    return result


def _location(finding: Finding, about: str) -> dict[str, Any]:
    """Tell the place in the entry, else the file of the check; and the thing, else the rule."""
    location: dict[str, Any] = {}
    if finding.place:
        location["physicalLocation"] = _physical(finding.place)
    elif os.path.isfile(finding.source):
        location["physicalLocation"] = {"artifactLocation": _artifact(finding.source)}
    named = about if isinstance(finding.focus, BNode) else str(finding.focus or finding.source)
    logical = {"name": about or naming.short(finding.source), "fullyQualifiedName": named}
    return {**location, "logicalLocations": [{**logical, "kind": "object"}]}


def _properties(finding: Finding, report: Report) -> dict[str, Any]:
    known = {
        "focus": None if finding.focus is None else term(finding.focus),
        "path": None if finding.path is None else expression(finding.path, report),
        "value": None if finding.value is None else term(finding.value),
        "component": finding.component or None,
        "cell": finding.place.cell if finding.place else None,
    }
    return {name: value for name, value in known.items() if value}


def fingerprint(finding: Finding, report: Report) -> str:
    """Hash what stays the same when lines move: the rule, the thing, the property, the value.

    A blank node is called after the thing that it belongs to.
    """
    about = (finding.focus, finding.path, finding.value)
    said = [finding.source, finding.component, *(_lasting(node, report) for node in about)]
    return sha256("\0".join(said).encode()).hexdigest()[:32]


def _lasting(node: Node | None, report: Report) -> str:
    names: list[str] = []
    while isinstance(node, BNode) and len(names) < _DEEPEST:
        node, prop = naming.owner_of(node, report.data) or (None, RDF.nil)
        names.append(str(prop))
    if node is not None and not isinstance(node, BNode):
        names.append(short_turtle.term(node))
    return " ".join(names)


def _physical(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
    if place.line:
        region: dict[str, Any] = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
        if shown_there := excerpt(place):
            term_text = shown_there.text[shown_there.start : shown_there.end]
            region["endColumn"] = place.column + len(term_text)
            if term_text:
                region["snippet"] = {"text": term_text}
        physical["region"] = region
    return physical


def _artifact(file: str) -> dict[str, str]:
    path = shown(file).replace(os.sep, "/")
    if os.path.isabs(file) and path == file.replace(os.sep, "/"):
        return {"uri": "file://" + quote(path)}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _markdown(text: str, steps: list[repairs.Step], colon: str) -> str:
    parts = [_plain(text)]
    for step in steps:
        parts.append(_plain(step.said) + (colon if step.turtle else ""))
        if step.turtle:
            fence = "```"
            while fence in step.turtle:
                fence += "`"
            parts.append(f"{fence}turtle\n{step.turtle}\n{fence}")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """Escape what Markdown or HTML would read."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()#+!<>|~&" else char for char in text)


def _fix(change: repairs.Edit, place: Place, steps: list[repairs.Step]) -> dict[str, Any]:
    region = {
        "startLine": change.line,
        "startColumn": change.start,
        "endLine": change.line,
        "endColumn": change.end,
    }
    said = " ".join(part for step in steps for part in (step.said, step.turtle) if part)
    replacement = {"deletedRegion": region, "insertedContent": {"text": change.text}}
    return {
        "description": {"text": naming.one_line(said)},
        "artifactChanges": [
            {"artifactLocation": _artifact(place.file), "replacements": [replacement]}
        ],
    }
