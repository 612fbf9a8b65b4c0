"""What shapes aim at: https://www.w3.org/TR/shacl/#targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rdflib import OWL, RDF, RDFS, SH

if TYPE_CHECKING:
    from rdflib import Graph as Statements
    from rdflib.term import Node


class Targets(NamedTuple):
    """Pairs of a shape and what it names as its target, by the kind of target."""

    nodes: list[tuple[Node, Node]]
    classes: list[tuple[Node, Node]]
    subjects_of: list[tuple[Node, Node]]
    objects_of: list[tuple[Node, Node]]


def targets(shapes: Statements) -> Targets:
    """Read the targets of shapes; a shape that is a class aims at its members."""
    implicit = [
        (shape, shape)
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        if any((shape, RDF.type, cls) in shapes for cls in (RDFS.Class, OWL.Class))
    ]
    return Targets(
        list(shapes.subject_objects(SH.targetNode)),
        list(shapes.subject_objects(SH.targetClass)) + implicit,
        list(shapes.subject_objects(SH.targetSubjectsOf)),
        list(shapes.subject_objects(SH.targetObjectsOf)),
    )
