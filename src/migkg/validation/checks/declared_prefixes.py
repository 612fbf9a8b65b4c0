"""A prefix means the same everywhere, and none is declared in vain.

A file declares only prefixes of `migkg.namespaces`, with the namespace they have there. That
Turtle files declare none in vain is a matter of their canonical form; queries are looked at here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import SH, Literal, URIRef

from migkg import graph, turtle
from migkg.namespaces import PREFIXES
from migkg.queries.names import names
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.validation.checking import Context

NAME = "declared-prefixes"
_UNKNOWN = {
    "en": "The prefix is not one of the graph, or stands for another namespace there: write it as "
    "src/migkg/namespaces.py has it.",
    "fr": "Le préfixe n'est pas de ceux du graphe, ou y désigne un autre espace de noms : "
    "écrivez-le comme dans src/migkg/namespaces.py.",
    "es": "El prefijo no es del grafo, o designa allí otro espacio de nombres: escríbalo como en "
    "src/migkg/namespaces.py.",
}
_IDLE = {
    "en": "The query declares a prefix that it does not use: remove it.",
    "fr": "La requête déclare un préfixe qu'elle n'utilise pas : supprimez-le.",
    "es": "La consulta declara un prefijo que no usa: elimínelo.",
}


def check(context: Context) -> Outcome:
    """Judge what files of Turtle and SPARQL declare, and what shapes declare for their SPARQL."""
    findings = list(_of_shapes(context.shapes))
    files = graph.sources(context.graph) + graph.shape_files(context.graph)
    for path in files:
        with open(path, "rb") as file:
            declared = turtle.declared(file.read())
        node = URIRef(graph.graph_name(context.graph, path))
        findings += _unknown(node, declared)
    queries = (*context.queries, *context.check_queries)
    for query in queries:
        node = URIRef(graph.graph_name(context.graph, query.path))
        found = names(query.text, PREFIXES)
        findings += _unknown(node, found.declared)
        idle = sorted(found.declared.keys() - found.prefixes.keys())
        findings += [Finding("Violation", node, None, Literal(p), _IDLE, NAME) for p in idle]
    return Outcome(NAME, f"{len(files)} files of Turtle, {len(queries)} queries", findings)


def _unknown(node: Node, declared: Mapping[str, str]) -> list[Finding]:
    wrong = [p for p, namespace in sorted(declared.items()) if PREFIXES.get(p) != namespace]
    return [Finding("Violation", node, None, Literal(p), _UNKNOWN, NAME) for p in wrong]


def _of_shapes(shapes: Statements) -> Iterator[Finding]:
    """Judge https://www.w3.org/TR/shacl/#sparql-prefixes."""
    for node, prefix in shapes.subject_objects(SH.prefix):
        yield from _unknown(node, {str(prefix): str(shapes.value(node, SH.namespace))})
