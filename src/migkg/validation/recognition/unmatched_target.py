"""A shape that matches nothing: what it aims at does not occur in the data.

For shapes that judge any data, such as those of a user's own; shapes of a graph wait for what will
come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SH, URIRef

from migkg.validation.finding import Finding
from migkg.validation.recognition.spelling import nearest, pool
from migkg.validation.recognition.targets import targets
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node


NAME = "recognition/unmatched-target"
_SAID = {
    "en": "The shape matches nothing: {target} does not occur in the data.",
    "fr": "La forme ne s'applique à rien : {target} ne figure pas dans les données.",
    "es": "La forma no se aplica a nada: {target} no aparece en los datos.",
}


def find(shapes: Statements, data: Statements) -> Iterator[Finding]:
    """Report each target that is not in the data, with the nearest ones that are."""
    aimed = targets(shapes)
    classes = _iris(data.objects(None, RDF.type))
    above = {c for cls in classes for c in data.transitive_objects(cls, RDFS.subClassOf)}
    properties = _iris(data.predicates())
    nodes = _iris(data.all_nodes())
    for path, pairs, there, used in (
        (SH.targetNode, aimed.nodes, nodes, nodes),
        (SH.targetClass, aimed.classes, above, classes),
        (SH.targetSubjectsOf, aimed.subjects_of, properties, properties),
        (SH.targetObjectsOf, aimed.objects_of, properties, properties),
    ):
        for shape, target in sorted(set(pairs), key=repr):
            if target not in there:
                near = nearest(str(target), [pool(sorted(used))], used.__contains__)
                messages = said([data], _SAID, near, target=target)
                yield Finding("Info", shape, path, target, messages, NAME, meant=tuple(near))


def _iris(nodes: Iterable[Node]) -> set[URIRef]:
    return {node for node in nodes if isinstance(node, URIRef)}
