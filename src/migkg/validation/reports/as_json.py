"""Findings for programs, as ``report.schema.json`` beside this module describes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rdflib import XSD, BNode, Literal, URIRef

from migkg.graph import shown
from migkg.validation import naming
from migkg.validation.reports import repairs
from migkg.validation.reports.order import by_place
from migkg.validation.reports.words import spoken
from migkg.validation.severity import SEVERITIES, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from rdflib.term import Node

    from migkg.entry.place import Place
    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding, Repair, Report


def schema() -> str:
    """Read the JSON Schema of the format, https://json-schema.org/draft/2020-12/schema."""
    from importlib.resources import files

    return files(__package__).joinpath("report.schema.json").read_text(encoding="utf-8")


def write(report: Report, language: str, out: BinaryIO) -> None:
    """Write all findings, one a line, each as soon as it is put into words."""
    checks = [
        {"check": outcome.check, "counted": outcome.counted, "findings": len(outcome.findings)}
        for outcome in report.checks
    ]
    counts = {name.lower(): count for name, count in counted(report.findings).items()}
    head = {
        "conforms": report.conforms,
        "judged": report.judged,
        "counts": {**counts, "before": len(report.before), "fixed": len(report.fixed)},
        "language": language,
        "checks": checks,
    }
    out.write(
        "".join(
            f"{'{,'[at > 0]}\n{_text(k)}: {_text(head[k])}" for at, k in enumerate(head)
        ).encode()
    )
    for name in ("findings", "before", "fixed"):
        out.write(f",\n{_text(name)}: [".encode())
        for at, finding in enumerate(by_place(getattr(report, name))):
            told = _text(_told(finding, report, language))
            out.write(f"{',' * (at > 0)}\n{told}".encode())
        out.write(b"]")
    out.write(b"\n}\n")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _told(finding: Finding, report: Report, language: str) -> dict[str, Any]:
    severity = finding.severity
    focus, path = finding.focus, finding.path
    return {
        "severity": severity.lower() if severity in SEVERITIES else severity,
        "place": place(finding.place) if finding.place else None,
        "focus": None if focus is None else term(focus),
        "about": "" if focus is None else naming.thing(focus, report.data, language),
        "path": None if path is None else expression(path, report),
        "value": None if finding.value is None else term(finding.value),
        "message": spoken(finding, language)[0],
        "messages": {tag or "und": text for tag, text in finding.messages.items()},
        "source": finding.source,
        "component": finding.component or None,
        "repair": None if finding.repair is None else _repair(finding.repair),
    }


def place(at: Place) -> dict[str, Any]:
    """Tell a place; a line, a column or a cell that is not known is left out."""
    known = {"line": at.line, "column": at.column, "cell": at.cell}
    return {"file": shown(at.file), **{name: value for name, value in known.items() if value}}


def expression(path: Node, report: Report) -> str | None:
    """Write the IRI of a property, or a path as SPARQL does; None if it cannot be told."""
    if isinstance(path, URIRef):
        return str(path)
    return naming.expression(path, report.results) or None


def term(node: Node) -> dict[str, str]:
    """Take a term apart as https://www.w3.org/TR/sparql11-results-json/#select-encode-terms."""
    if isinstance(node, BNode):
        return {"type": "bnode", "value": str(node)}
    if not isinstance(node, Literal):
        return {"type": "uri", "value": str(node)}
    about = {"xml:lang": node.language, "datatype": node.datatype}
    if node.datatype == XSD.string:
        del about["datatype"]
    known = {name: str(value) for name, value in about.items() if value}
    return {"type": "literal", "value": str(node), **known}


def _repair(repair: Repair) -> dict[str, Any]:
    return {
        "turtle": repairs.document(repair.added),
        "removed": _statements(repair.removed),
        "added": _statements(repair.added),
        "example": repair.example,
    }


def _statements(statements: Sequence[Statement]) -> list[dict[str, dict[str, str]]]:
    return [
        {"subject": term(subject), "predicate": term(prop), "object": term(value)}
        for subject, prop, value in statements
    ]
