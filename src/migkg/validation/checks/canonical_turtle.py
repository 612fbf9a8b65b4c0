"""Every Turtle file of the graph is in the form that ``migkg format`` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from migkg import graph, turtle
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
    """Write each file anew in memory and compare; comments have no place in the form."""
    findings = []
    files = graph.sources(context.graph) + graph.shape_files(context.graph)
    for path in files:
        with open(path, "rb") as file:
            content = file.read()
        if line := _difference(content, turtle.canonical(content).encode()):
            node = URIRef(graph.graph_name(context.graph, path))
            findings.append(Finding("Violation", node, None, Literal(line), _MESSAGE, NAME))
    return Outcome(NAME, f"{len(files)} files", findings)


def _difference(one: bytes, other: bytes) -> int:
    """Tell the first line in which two texts differ, 0 if they do not."""
    if one == other:
        return 0
    lines = one.split(b"\n"), other.split(b"\n")
    same = zip(*lines, strict=False)
    return next((at for at, (a, b) in enumerate(same, 1) if a != b), min(map(len, lines)))
