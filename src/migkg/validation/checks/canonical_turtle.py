"""Every Turtle file of the graph is in the form that ``migkg format`` writes, but for comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from migkg import comments, graph
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from migkg.validation.checking import Context

NAME = "canonical-turtle"
_MESSAGE = {
    "en": "The file is not in canonical form from this line on: run migkg format.",
    "fr": "À partir de cette ligne, le fichier n'est pas sous forme canonique : lancez "
    "migkg format.",
    "es": "El archivo no está en forma canónica a partir de esta línea: ejecute migkg format.",
}


def check(context: Context) -> Outcome:
    """Write each file anew in memory and compare; comments may stand anywhere."""
    findings = []
    files = graph.sources(context.graph) + graph.shape_files(context.graph)
    for path in files:
        with open(path, "rb") as file:
            content = file.read()
        if line := comments.deviation(content):
            node = URIRef(graph.graph_name(context.graph, path))
            findings.append(Finding("Violation", node, None, Literal(line), _MESSAGE, NAME))
    return Outcome(NAME, f"{len(files)} files", findings)
