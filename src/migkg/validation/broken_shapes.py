"""What is wrong with shapes, told before anything is judged by them.

A processor may pass over what is ill-formed, https://www.w3.org/TR/shacl/#ill-formed-shape-graphs,
and pySHACL sees some of it only when there is a value to be judged.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, cast

from rdflib import RDF, SH, BNode, Literal, URIRef
from rdflib import Graph as Statements

from migkg.namespaces import shorten
from migkg.validation.shacl import raised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_OTHER_DIALECTS: dict[Node, str] = {  # of SHACL: what asks more than Core and SPARQL constraints do
    SH.js: "SHACL-JS",
    SH.target: "SHACL-AF",
    SH.rule: "SHACL-AF",
    SH.expression: "SHACL-AF",
    SH.entailment: "entailment",
}
_REFERRING = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTING = (SH["and"], SH["or"], SH.xone)
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_KNOWN = [str(term) for term in dir(SH) if str(term).startswith(str(SH))]
_SOMETHING = URIRef("urn:migkg:something")


def problems(shapes: Statements) -> list[tuple[Node, str]]:
    """Name what is ill-formed or of another dialect of SHACL: the shape and what is wrong."""
    for found in (_terms, _without_this, _tried, _by_shacl):
        if told := list(found(shapes)):
            return told
    return []


def _terms(shapes: Statements) -> Iterator[tuple[Node, str]]:
    """Find terms that SHACL does not have, or not in the part of it that is supported."""
    all_shapes = _shapes(shapes)
    for subject, prop, value in sorted(shapes):
        if dialect := _OTHER_DIALECTS.get(prop):
            yield subject, f"{_named(subject, shapes)}: {shorten(str(prop))}: no {dialect} here"
        terms = [prop] if subject in all_shapes else []
        for term in [*terms, value] if prop == RDF.type else terms:
            if str(term).startswith(str(SH)) and not _is_known(term):
                near = get_close_matches(str(term), _KNOWN, 1)
                meant = f": did you mean {shorten(near[0])}?" if near else ""
                said = f"SHACL has no {shorten(str(term))}{meant}"
                yield subject, f"{_named(subject, shapes)}: {said}"


def _without_this(shapes: Statements) -> Iterator[tuple[Node, str]]:
    """Find SELECT queries that do not tell which thing is wrong; those that are none, others do.

    https://www.w3.org/TR/shacl/#sparql-constraints
    """
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    for shape, constraint in sorted(shapes.subject_objects(SH.sparql)):
        for query in shapes.objects(constraint, SH.select):
            try:
                told = parseQuery(str(query))[1].get("projection", [])
            except ParseException:
                continue
            names = {str(part.get("var", part.get("evar", ""))) for part in told}
            if names and "this" not in names:
                yield shape, f"{_named(shape, shapes)}: sh:select does not select $this"


def _is_known(term: Node) -> bool:
    try:
        return SH[str(term).removeprefix(str(SH))] == term
    except AttributeError:
        return False


def _tried(shapes: Statements) -> Iterator[tuple[Node, str]]:
    """Judge a thing of which all is said by every shape, and see which of them fails."""
    all_shapes = _shapes(shapes)
    if _failure(shapes, all_shapes) is None:
        return
    parts = {shape: _about(shape, shapes) for shape in all_shapes}
    blamed: list[Statements] = []
    for shape in sorted(all_shapes, key=lambda shape: (len(parts[shape]), shape)):
        if any(set(part) <= set(parts[shape]) for part in blamed):
            continue  # it fails for one that it refers to
        if (said := _failure(parts[shape], {shape})) is not None:
            blamed.append(parts[shape])
            yield shape, f"{_named(shape, shapes)}: {said}"
    if not blamed:
        yield RDF.nil, str(_failure(shapes, all_shapes))


def _failure(shapes: Statements, judging: set[Node]) -> str | None:
    rules = Statements(bind_namespaces="none")
    rules += (triple for triple in shapes if triple[1] not in _TARGETS)
    rules += ((shape, SH.targetNode, _SOMETHING) for shape in judging)
    paths = (path for path in shapes.objects(None, SH.path) if isinstance(path, URIRef))
    data = Statements(bind_namespaces="none")
    data += ((_SOMETHING, path, Literal("something")) for path in paths)
    try:
        _run(data, rules)
    except MemoryError:
        raise
    except Exception as error:
        if "MIGKG_DEBUG" in os.environ:
            raise
        said = " ".join(str(error).split()) or type(error).__name__
        undeclared = said.startswith("Unknown namespace prefix")
        return f"{said}: declare it by sh:prefixes, or name the file that does" * undeclared or said
    return None


def _by_shacl(shapes: Statements) -> Iterator[tuple[Node, str]]:
    """Judge the shapes by those that the standard has for shapes.

    https://www.w3.org/TR/shacl/#shacl-shacl
    """
    report = _run(shapes, _of_shacl())
    for result in report.objects(None, SH.result):
        shape = report.value(result, SH.focusNode) or RDF.nil
        at = report.value(result, SH.resultPath)
        where = f", {shorten(at)}" if isinstance(at, URIRef) else ""
        said = " ".join(str(report.value(result, SH.resultMessage)).split())
        yield shape, f"{_named(shape, shapes)}{where}: not as SHACL has it: {said}"


@cache
def _of_shacl() -> Statements:
    from importlib.resources import files

    rules = Statements(bind_namespaces="none")
    text = files("pyshacl").joinpath("assets", "shacl-shacl.ttl").read_text(encoding="utf-8")
    return rules.parse(data=text, format="turtle")


def _shapes(shapes: Statements) -> set[Node]:
    """List what is a shape: https://www.w3.org/TR/shacl/#shapes."""
    found: set[Node] = set()
    for kind in (SH.NodeShape, SH.PropertyShape):
        found |= set(shapes.subjects(RDF.type, kind))
    for target in _TARGETS:
        found |= set(shapes.subjects(target))
    for reference in _REFERRING:
        found |= set(shapes.objects(None, reference)) | set(shapes.subjects(reference))
    for listing in _LISTING:
        for head in shapes.objects(None, listing):
            for node in shapes.transitive_objects(head, RDF.rest):
                found |= set(shapes.objects(node, RDF.first))
    return {node for node in found if not isinstance(node, Literal)}


def _about(shape: Node, shapes: Statements) -> Statements:
    """Take what is said of a shape and of all that it refers to."""
    part = Statements(bind_namespaces="none")
    ahead, seen = [shape], set()
    while ahead:
        node = ahead.pop()
        if node not in seen:
            seen.add(node)
            part += shapes.triples((node, None, None))
            ahead += shapes.objects(node)
    for component in shapes.subjects(RDF.type, SH.ConstraintComponent):
        if component not in seen:
            seen.add(component)
            part += _about(component, shapes) if component != shape else ()
    return part


def _named(node: Node, shapes: Statements) -> str:
    """Name a shape; one without a name by that which refers to it."""
    if isinstance(node, URIRef):
        return shorten(node)
    for subject, prop in sorted(shapes.subject_predicates(node)):
        if isinstance(subject, URIRef) and isinstance(prop, URIRef):
            return f"{shorten(subject)}, {shorten(prop)}"
    return "a shape without a name" if isinstance(node, BNode) else str(node)


def _run(data: Statements, shapes: Statements) -> Statements:
    """Let pySHACL judge and report; it raises what it finds wrong with shapes, of whatever kind."""
    import logging
    import warnings

    import pyshacl
    from pyshacl.errors import ShapeRecursionWarning

    logging.getLogger("pyshacl-validate").addFilter(raised)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ShapeRecursionWarning)
        _, results, _ = pyshacl.validate(_plain(data), shacl_graph=_plain(shapes), inplace=True)
    if isinstance(results, Exception):
        raise results
    return cast("Statements", results)


def _plain(statements: Statements) -> Statements:
    """Copy statements into a store of rdflib's own, of which pySHACL asks more than we do."""
    found = Statements(bind_namespaces="none")
    found += statements
    return found
