"""Findings as the report of SHACL: https://www.w3.org/TR/shacl/#validation-report.

Besides what the standard asks for, a result has its place (``dct:source``, as evidence has its
passage: https://www.w3.org/TR/annotation-model/#selectors) and its repair (``dash:suggestion``:
https://datashapes.org/suggestions.html).
"""

from __future__ import annotations

from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SH, BNode, Literal, URIRef

from migkg.graph import shown
from migkg.namespaces import OA, PREFIXES
from migkg.validation.reports import short_turtle
from migkg.validation.reports.order import by_place

if TYPE_CHECKING:
    from typing import BinaryIO

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.entry.place import Place
    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding, Repair, Report
    from migkg.validation.reports.short_turtle import Inner

    Key = tuple[Node | None, Node | None, Node | None, str, str]

_KNOWN = PREFIXES | {"dash": "http://datashapes.org/dash#"}
_SHORT = short_turtle.shortener(_KNOWN)
_ROOM = 16_000_000  # bytes that wait in memory until it is known which prefixes they need
_OF_THE_DATA = {SH.focusNode, SH.value}
_LINES = URIRef("http://tools.ietf.org/rfc/rfc5147")


def write(report: Report, _language: str, out: BinaryIO) -> None:
    """Write a result for each finding, with its messages in all languages."""
    judged = _results(report.results)
    used = {"sh"}
    with SpooledTemporaryFile(max_size=_ROOM) as body:
        conforms = str(report.conforms).lower()
        body.write(f"[]\n    a sh:ValidationReport ;\n    sh:conforms {conforms} ;\n".encode())
        between = "    sh:result\n        "
        for finding in by_place(report.findings):
            said = _said(finding, judged.get(_key(finding)), report.results)
            text = short_turtle.brackets(said, 2, _SHORT)
            used |= {name for name in _KNOWN.keys() - used if f"{name}:" in text}
            body.write(f"{between}{text}".encode())
            between = " ,\n        "
        body.write(b" ;\n.\n" if report.findings else b".\n")
        body.seek(0)
        out.write("".join(f"PREFIX {name}: <{_KNOWN[name]}>\n" for name in sorted(used)).encode())
        out.write(b"\n")
        while chunk := body.read(1 << 16):
            out.write(chunk)


def _results(results: Statements) -> dict[Key, Node]:
    """Find the results that pySHACL wrote, by what they are about."""
    found: dict[Key, Node] = {}
    for node in results.subjects(RDF.type, SH.ValidationResult):
        source = results.value(node, SH.sourceConstraint) or results.value(node, SH.sourceShape)
        focus, path, value, component = (
            results.value(node, prop)
            for prop in (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent)
        )
        found[focus, path, value, str(source), str(component or "")] = node
    return found


def _key(finding: Finding) -> Key:
    return finding.focus, finding.path, finding.value, finding.source, finding.component


def _said(finding: Finding, judged: Node | None, results: Statements) -> Inner:
    said: list[tuple[Node, Node | Inner]] = [
        (SH.resultMessage, _message(text, tag)) for tag, text in sorted(finding.messages.items())
    ]
    if judged is not None:
        kept = _copied(judged, results, frozenset())
        said += [pair for pair in kept if pair[0] not in (RDF.type, SH.resultMessage)]
    else:
        said += _made(finding)
    if finding.place:
        said.append((URIRef(PREFIXES["dct"] + "source"), _place(finding.place)))
    if finding.repair:
        said.append((URIRef(_KNOWN["dash"] + "suggestion"), _suggestion(finding.repair)))
    said.sort(key=lambda pair: str(pair[0]))
    return [(RDF.type, SH.ValidationResult), *said]


@lru_cache(maxsize=1024)
def _message(text: str, tag: str) -> Literal:
    return Literal(text, lang=tag or None)


def _copied(
    node: Node, results: Statements, above: frozenset[Node]
) -> list[tuple[Node, Node | Inner]]:
    """Take over what is said of a blank node, and of those within; things of the data are named."""
    return [
        (prop, value)
        if prop in _OF_THE_DATA or not _is_described(value, results) or value in above
        else (prop, _copied(value, results, above | {node}))
        for prop, value in sorted(results.predicate_objects(node), key=str)
    ]


def _is_described(value: Node, results: Statements) -> bool:
    return isinstance(value, BNode) and (value, None, None) in results


def _made(finding: Finding) -> list[tuple[Node, Node | Inner]]:
    """Tell a finding that is not in the report of pySHACL."""
    component = URIRef(finding.component) if finding.component else SH.SPARQLConstraintComponent
    is_shape = ":" in finding.source and " " not in finding.source
    source = URIRef(finding.source) if is_shape else None
    is_own = ":" in finding.severity
    known: list[tuple[Node, Node | None]] = [
        (SH.resultSeverity, URIRef(finding.severity) if is_own else SH[finding.severity]),
        (SH.sourceConstraintComponent, component),
        (SH.sourceShape, source),
        (SH.focusNode, finding.focus),
        (SH.resultPath, finding.path if isinstance(finding.path, URIRef) else None),
        (SH.value, finding.value),
        (RDFS.comment, None if is_shape else Literal(finding.source)),
    ]
    return [(prop, value) for prop, value in known if value is not None]


def _place(place: Place) -> Inner:
    """Select a line as RFC 5147 counts them, from 0 and between them, and a character within."""
    file: Inner = [(RDFS.label, Literal(shown(place.file)))]
    said: list[tuple[Node, Node | Inner]] = [
        (RDF.type, URIRef(OA + "SpecificResource")),
        (URIRef(OA + "hasSource"), file),
    ]
    if place.cell:
        cell: Inner = [(RDF.type, URIRef(OA + "Selector")), (RDF.value, Literal(place.cell))]
        said.append((URIRef(OA + "hasSelector"), cell))
    elif place.line:
        line: list[tuple[Node, Node | Inner]] = [
            (RDF.type, URIRef(OA + "FragmentSelector")),
            (RDF.value, Literal(f"line={place.line - 1},{place.line}")),
            (URIRef(PREFIXES["dct"] + "conformsTo"), _LINES),
        ]
        if place.column:
            within: Inner = [
                (RDF.type, URIRef(OA + "TextPositionSelector")),
                (URIRef(OA + "start"), Literal(place.column - 1)),
                (URIRef(OA + "end"), Literal(place.column)),
            ]
            line.append((URIRef(OA + "refinedBy"), within))
        said.append((URIRef(OA + "hasSelector"), line))
    return said


def _suggestion(repair: Repair) -> Inner:
    dash = _KNOWN["dash"]
    return [
        (RDF.type, URIRef(dash + "GraphUpdate")),
        *((URIRef(dash + "deletedTriple"), _reified(triple)) for triple in repair.removed),
        *((URIRef(dash + "addedTriple"), _reified(triple)) for triple in repair.added),
    ]


def _reified(triple: Statement) -> Inner:
    names = (RDF.subject, RDF.predicate, RDF.object)
    return [(RDF.type, RDF.Statement), *zip(names, triple, strict=True)]
