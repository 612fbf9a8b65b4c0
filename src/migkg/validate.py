"""Judge entries, or the whole graph, by the shapes; pySHACL is the authority."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from rdflib import OWL, RDF, RDFS, SH, BNode, Literal, URIRef
from rdflib import Graph as Statements

from migkg import graph as sources
from migkg.errors import InputError
from migkg.finding import Finding
from migkg.namespaces import PREFIXES
from migkg.rdflib_terms import node_of, statement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from logging import LogRecord
    from typing import Any

    import pyoxigraph as ox
    from rdflib.query import Result
    from rdflib.term import Node

    from migkg.contradictions import Clash
    from migkg.rdflib_terms import Statement


class Report(NamedTuple):
    """The findings, how many things were judged, the report in RDF and the data it is about."""

    findings: list[Finding]
    judged: int
    results: Statements
    data: Statements

    @property
    def conforms(self) -> bool:
        """Whether nothing was found, as https://www.w3.org/TR/shacl/#conforms has it."""
        return not self.findings


def validate(
    graph: sources.Graph,
    files: list[str],
    shapes: str | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Report:
    """Judge files in the midst of the graph, or the whole graph where there are none.

    Of files, only what they describe is judged; of the whole graph also its consistency and the
    stored checks. With a file of shapes, the files (else the graph) are judged by these alone.

    :raises InputError: a file cannot be read, or the shapes are broken
    """
    if shapes is not None:
        read = statements(files or sources.sources(graph), notify)
        return judge(read, statements([shapes]), None, sources.shown(shapes))
    of_shapes = sources.shape_files(graph)
    folder = os.path.join(graph.root, "ontology", "shapes")
    whose = sources.shown(of_shapes[0] if len(of_shapes) == 1 else folder)
    rules = statements(of_shapes, notify)
    if not files:
        report = judge(statements(sources.sources(graph), notify), rules, None, whose)
        return _with(report, _contradictions(graph, notify))
    entry = statements(files, notify)
    around = [path for path in sources.sources(graph) if not _is_one_of(path, files)]
    nodes = set(entry.subjects()) | {node for node in entry.objects() if isinstance(node, BNode)}
    return judge(statements(around, notify) + entry, rules, nodes, whose)


def _is_one_of(path: str, files: list[str]) -> bool:
    return any(os.path.samefile(path, file) for file in files)


class _Prepared(Statements):
    """Statements that parse a query once: pySHACL asks the same one of every focus node."""

    def query(self, query_object: Any, *args: Any, **named: Any) -> Result:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **named)


@cache
def _prepared(text: str) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(text)


def statements(paths: Iterable[str], notify: Callable[[str], None] = lambda _: None) -> Statements:
    """Read Turtle files for pySHACL.

    Raises InputError if one cannot be read; of several, the last, after notes on the others.
    """
    found = _Prepared(bind_namespaces="none")
    errors: list[InputError] = []
    for path in paths:
        try:
            found += _read(path)
        except InputError as error:
            errors.append(error)
    if errors:
        for other in errors[:-1]:
            notify(str(other))
        raise errors[-1]
    return found


def _read(path: str) -> list[Statement]:
    triples = sources.read(path)
    try:
        return [statement_of(triple) for triple in triples]
    except InputError as error:
        raise InputError(f"{sources.shown(path)}: {error}") from None


def judge(data: Statements, shapes: Statements, nodes: set[Any] | None, whose: str) -> Report:
    """Judge these nodes, or all, by the shapes; InputError names `whose` shapes are broken."""
    aimed = [(s, n) for s, n in _targets(shapes, data) if nodes is None or n in nodes]
    if nodes is not None:
        shapes = _aiming(shapes, aimed)
    judged = len({node for _, node in aimed})
    if not judged:
        return Report([], 0, Statements(), data)
    try:
        results = _by_pyshacl(data, shapes)
    except MemoryError:
        raise
    except Exception as error:  # of whatever kind: the data are statements, and those can be judged
        if "MIGKG_DEBUG" in os.environ:
            raise
        said = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{whose}: a shape is broken: {said}") from error
    findings = [_finding(results, node, shapes) for node in results.objects(None, SH.result)]
    return Report(sorted(findings, key=lambda f: _order(f, data)), judged, results, data)


def _by_pyshacl(data: Statements, shapes: Statements) -> Statements:
    """Let pySHACL judge; it raises what it finds wrong with shapes, and says nothing else."""
    import logging
    import warnings

    import pyshacl
    from pyshacl.errors import ShapeRecursionWarning

    logging.getLogger("pyshacl-validate").addFilter(_raised)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ShapeRecursionWarning)
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if isinstance(results, Exception):
        raise results
    return cast("Statements", results)


def _raised(record: LogRecord) -> bool:
    """Turn the warning that a constraint is left out into an error; errors are raised anyway."""
    if record.levelname == "WARNING":
        raise ValueError(record.getMessage())
    return False


def _targets(shapes: Statements, data: Statements) -> Iterator[tuple[Node, Node]]:
    """Pair the shapes with what they aim at: https://www.w3.org/TR/shacl/#targets."""
    for shape, node in shapes.subject_objects(SH.targetNode):
        yield shape, node
    for shape, cls in shapes.subject_objects(SH.targetClass):
        yield from ((shape, node) for node in _instances(data, cls))
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in shapes.subjects(RDF.type, kind):
            if any((shape, RDF.type, cls) in shapes for cls in (RDFS.Class, OWL.Class)):
                yield from ((shape, node) for node in _instances(data, shape))
    for shape, prop in shapes.subject_objects(SH.targetSubjectsOf):
        yield from ((shape, node) for node, _ in data.subject_objects(prop))
    for shape, prop in shapes.subject_objects(SH.targetObjectsOf):
        yield from ((shape, node) for _, node in data.subject_objects(prop))


def _instances(data: Statements, cls: Node) -> Iterator[Node]:
    for subclass in data.transitive_subjects(RDFS.subClassOf, cls):
        yield from data.subjects(RDF.type, subclass)


def _aiming(shapes: Statements, aimed: Iterable[tuple[Node, Node]]) -> Statements:
    """Aim the shapes at these nodes only (pySHACL's own option for it leaves out blank nodes)."""
    targets = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode}
    aiming = Statements(bind_namespaces="none")
    aiming += (triple for triple in shapes if triple[1] not in targets)
    aiming += ((shape, SH.targetNode, node) for shape, node in aimed)
    return aiming


def _finding(results: Statements, node: Node, shapes: Statements) -> Finding:
    """Read a result; pySHACL drops the languages of what SPARQL constraints say."""
    source = results.value(node, SH.sourceConstraint) or results.value(node, SH.sourceShape)
    worded = [text for text in shapes.objects(source, SH.message) if "{" not in str(text)]
    if worded:
        results.remove((node, SH.resultMessage, None))
        for text in worded:
            results.add((node, SH.resultMessage, text))
    said = results.objects(node, SH.resultMessage)
    return Finding(
        severity=str(results.value(node, SH.resultSeverity)).rpartition("#")[2],
        focus=results.value(node, SH.focusNode),
        path=results.value(node, SH.resultPath),
        value=results.value(node, SH.value),
        messages={getattr(text, "language", None) or "": str(text) for text in said},
        source=str(source),
    )


def _order(finding: Finding, data: Statements) -> tuple[str, ...]:
    about = data.value(None, URIRef(PREFIXES["mk"] + "evidence"), finding.focus) or finding.focus
    rank = {"Violation": "0", "Warning": "1"}.get(finding.severity, "2")
    return rank, str(about), finding.source, str(finding.value)


def _contradictions(graph: sources.Graph, notify: Callable[[str], None]) -> list[Finding]:
    """Find what clashes by OWL 2 RL, else what the stored checks find."""
    from migkg import reason, store

    try:
        opened = store.open_store(graph, notify)
    except reason.Inconsistency as error:
        return [_clash(clash) for clash in error.clashes]
    return [f for path in sources.check_files(graph) for f in _failures(opened, path)]


def _clash(clash: Clash) -> Finding:
    """Blame the thing that is in contradiction, by the last statement about it."""
    about = [t for t in clash.statements if t.subject == clash.about]
    focus, path, value = statement_of(about[-1]) if about else (None, None, None)
    return Finding("Violation", focus, path, value, {"en": str(clash)}, f"OWL 2 RL: {clash.rule}")


def _failures(opened: ox.Store, path: str) -> Iterator[Finding]:
    """Run a check: each row names a thing that does not hold, and a value where it has one."""
    import pyoxigraph as ox

    from migkg import queries

    check = queries.own(path)
    rows = opened.query(check.text, prefixes=PREFIXES)
    if not isinstance(rows, ox.QuerySolutions):
        raise InputError(f"{sources.shown(path)}: a check is a SELECT query")
    for row in rows:
        terms = [node_of(term) if term is not None else None for term in row]
        focus, value = (*terms, None, None)[:2]
        said = {"en": check.summary or check.name}
        yield Finding("Violation", focus, None, value, said, sources.shown(path))


def _with(report: Report, others: list[Finding]) -> Report:
    for finding in others:
        _record(report.results, finding)
    return report._replace(findings=report.findings + others)


def _record(results: Statements, finding: Finding) -> None:
    report = results.value(None, RDF.type, SH.ValidationReport) or BNode()
    node = BNode()
    results.set((report, SH.conforms, Literal(False)))
    results.add((report, RDF.type, SH.ValidationReport))
    results.add((report, SH.result, node))
    results.add((node, RDF.type, SH.ValidationResult))
    results.add((node, SH.resultSeverity, SH.Violation))
    for prop, term in (
        (SH.focusNode, finding.focus),
        (SH.resultPath, finding.path),
        (SH.value, finding.value),
        (SH.resultMessage, Literal(finding.message("en"), lang="en")),
    ):
        if term is not None:
            results.add((node, prop, term))
