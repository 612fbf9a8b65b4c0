"""Judge things by shapes; pySHACL is the authority."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from rdflib import OWL, RDF, RDFS, SH, Literal, URIRef
from rdflib import Graph as Statements

from migkg.errors import InputError
from migkg.namespaces import MK
from migkg.validation import wording
from migkg.validation.finding import Finding, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from logging import LogRecord
    from typing import Any

    from rdflib.term import Node


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
    findings = [_finding(results, node, shapes, data) for node in results.objects(None, SH.result)]
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


def _finding(results: Statements, node: Node, shapes: Statements, data: Statements) -> Finding:
    """Read a result; pySHACL drops the languages of what SPARQL constraints say."""
    source = results.value(node, SH.sourceConstraint) or results.value(node, SH.sourceShape)
    if (source, SH.message, None) in shapes:
        worded = [text for text in shapes.objects(source, SH.message) if "{" not in str(text)]
    else:
        worded = _worded(results, node, shapes, data)
    if worded:
        results.remove((node, SH.resultMessage, None))
        for text in worded:
            results.add((node, SH.resultMessage, text))
    said = results.objects(node, SH.resultMessage)
    return Finding(
        severity=str(results.value(node, SH.resultSeverity)).removeprefix(str(SH)),
        focus=results.value(node, SH.focusNode),
        path=results.value(node, SH.resultPath),
        value=results.value(node, SH.value),
        messages={getattr(text, "language", None) or "": str(text) for text in said},
        source=str(source),
        component=str(results.value(node, SH.sourceConstraintComponent) or ""),
    )


def _worded(results: Statements, node: Node, shapes: Statements, data: Statements) -> list[Node]:
    """Say what a constraint of the core finds that has no words of its own."""
    component = str(results.value(node, SH.sourceConstraintComponent))
    name = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
    shape, focus = results.value(node, SH.sourceShape), results.value(node, SH.focusNode)
    said = (node, SH.resultMessage, None) in results
    if shape is None or focus is None or (said and not wording.knows(name)):
        return []
    path, value = results.value(node, SH.resultPath), results.value(node, SH.value)
    result = wording.Result(name, shape, focus, path, value, shapes, data)
    return [Literal(text, lang=tag) for tag, text in wording.messages(result).items()]


def _order(finding: Finding, data: Statements) -> tuple[str, ...]:
    about = data.value(None, URIRef(MK + "evidence"), finding.focus) or finding.focus
    rank = {"Violation": "0", "Warning": "1"}.get(finding.severity, "2")
    return rank, str(about), finding.source, str(finding.value)


def constraints(shapes: Statements) -> set[Node]:
    """List what shapes ask, each constraint by its name.

    A constraint on the things themselves (https://www.w3.org/TR/shacl/#node-shapes) has the name
    of their shape. What has no message is asked only where another shape refers to it.
    """
    parts = set(shapes.subjects(SH.targetClass)) | set(shapes.subjects(SH.targetSubjectsOf))
    parts |= set(shapes.subjects(SH.targetObjectsOf)) | set(shapes.subjects(SH.targetNode))
    for shape in list(parts):
        parts |= set(shapes.objects(shape, SH.property)) | set(shapes.objects(shape, SH.sparql))
    return {part for part in parts if (part, SH.message, None) in shapes}
