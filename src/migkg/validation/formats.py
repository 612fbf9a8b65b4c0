"""How people and programs read the findings of a validation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from rdflib import RDF, RDFS, SH, SKOS, BNode, Literal, URIRef

from migkg import turtle
from migkg.namespaces import GRAPH, PREFIXES, shorten
from migkg.results.readable import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph
    from rdflib.term import Node

    from migkg.validation.finding import Finding, Outcome, Report

_EVIDENCE = URIRef(PREFIXES["mk"] + "evidence")
_WORDS = {
    "en": {
        "Violation": "Error",
        "Warning": "Warning",
        "Info": "Note",
        "evidence": "evidence of {}",
        "found": "{} in {}.",
        "none": "All is as it should be: {}.",
        "finding": ("1 finding", "{} findings"),
        "thing": ("1 thing judged", "{} things judged"),
        "holds": "holds",
        "unnamed": "a blank node",
        "colon": ": ",
    },
    "fr": {
        "Violation": "Erreur",
        "Warning": "Avertissement",
        "Info": "Remarque",
        "evidence": "élément probant de {}",
        "found": "{} pour {}.",
        "none": "Tout est en ordre : {}.",
        "finding": ("1 constat", "{} constats"),
        "thing": ("1 ressource examinée", "{} ressources examinées"),
        "holds": "respecté",
        "unnamed": "un nœud anonyme",
        "colon": " : ",
    },
    "es": {
        "Violation": "Error",
        "Warning": "Advertencia",
        "Info": "Nota",
        "evidence": "prueba de {}",
        "found": "{} en {}.",
        "none": "Todo está en orden: {}.",
        "finding": ("1 hallazgo", "{} hallazgos"),
        "thing": ("1 recurso examinado", "{} recursos examinados"),
        "holds": "se cumple",
        "unnamed": "un nodo anónimo",
        "colon": ": ",
    },
}


def as_text(report: Report, language: str) -> str:
    """Write a block per finding, a line per check and a line that sums up, in the language."""
    words = _WORDS[language]
    blocks = [_block(finding, report.data, language) for finding in report.findings]
    if report.checks:
        blocks.append("\n".join(_lines(report.checks, language)))
    things = _counted(words["thing"], report.judged)
    if report.findings:
        counted = _counted(words["finding"], len(report.findings))
        return "\n\n".join([*blocks, str(words["found"]).format(counted, things)])
    return "\n\n".join([*blocks, str(words["none"]).format(things)])


def _lines(checks: Sequence[Outcome], language: str) -> list[str]:
    """Tell of each check whether it holds, and what it looked at."""
    words = _WORDS[language]
    said = [
        _counted(words["finding"], len(outcome.findings)) if outcome.findings else words["holds"]
        for outcome in checks
    ]
    name, result = max(len(outcome.check) for outcome in checks), max(map(len, said))
    return [
        harmless(f"{outcome.check:<{name}}  {word:<{result}}  {outcome.counted}")
        for outcome, word in zip(checks, said, strict=True)
    ]


def _counted(forms: Sequence[str], number: int) -> str:
    return forms[number != 1].format(number)


def _block(finding: Finding, data: Graph, language: str) -> str:
    words = _WORDS[language]
    severity = words.get(finding.severity, finding.severity)
    lines = [f"{severity}{words['colon']}{_about(finding, data, language)}"]
    lines.append(f"  {finding.message(language)}")
    if finding.path is not None or (finding.value is not None and finding.value != finding.focus):
        name = _name(finding.path, data, language) if finding.path is not None else ""
        value = _shown(finding.value, data, language) if finding.value is not None else ""
        lines.append("  " + str(words["colon"]).join(filter(None, (name, value))))
    lines.append(f"  [{_short(finding.source)}]")
    return harmless("\n".join(lines))


def _about(finding: Finding, data: Graph, language: str) -> str:
    if finding.focus is None:
        return ""
    owner = data.value(None, _EVIDENCE, finding.focus)
    if owner is not None and isinstance(finding.focus, BNode):
        return str(_WORDS[language]["evidence"]).format(_shown(owner, data, language))
    return _shown(finding.focus, data, language)


def _shown(node: Node, data: Graph, language: str) -> str:
    if isinstance(node, Literal):
        return f"“{node}”" + (f"@{node.language}" if node.language else "")
    if isinstance(node, BNode):
        return str(_WORDS[language]["unnamed"])
    label = _label(node, data, language)
    return f"{label} ({_short(str(node))})" if label else _short(str(node))


def _name(path: Node, data: Graph, language: str) -> str:
    """Name a property; of a complex path nothing is said."""
    if not isinstance(path, URIRef):
        return ""
    return _label(path, data, language) or _short(str(path))


def _label(node: Node, data: Graph, language: str) -> str:
    for prop in (SKOS.prefLabel, RDFS.label):
        found = {getattr(o, "language", None) or "": str(o) for o in data.objects(node, prop)}
        if found:
            return found.get(language) or found.get("en") or found[min(found)]
    return ""


def _short(iri: str) -> str:
    """Write an IRI as a CURIE; the named graph of a file as the path of the file."""
    if iri.startswith(GRAPH):
        return unquote(iri.removeprefix(GRAPH))
    return shorten(iri) if ":" in iri and " " not in iri else iri


def as_json(report: Report, language: str) -> str:
    """Write the findings as JSON, with IRIs in full and the label of the thing."""
    import json

    def text(node: Node | None) -> str | None:
        return None if node is None else str(node)

    findings = [
        {
            "severity": finding.severity.lower(),
            "focus": text(finding.focus),
            "about": _about(finding, report.data, language),
            "path": text(finding.path) if isinstance(finding.path, URIRef) else None,
            "value": text(finding.value),
            "message": finding.message(language),
            "source": finding.source,
        }
        for finding in report.findings
    ]
    checks = [
        {"check": outcome.check, "counted": outcome.counted, "findings": len(outcome.findings)}
        for outcome in report.checks
    ]
    whole = {
        "conforms": report.conforms,
        "judged": report.judged,
        "checks": checks,
        "findings": findings,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_turtle(report: Report) -> str:
    """Write the report in RDF: https://www.w3.org/TR/shacl/#validation-report."""
    results = report.results
    if (None, RDF.type, SH.ValidationReport) not in results:
        node = BNode()
        results.add((node, RDF.type, SH.ValidationReport))
        results.add((node, SH.conforms, Literal(report.conforms)))
    return turtle.canonical(results.serialize(format="nt", encoding="utf-8")).strip()
