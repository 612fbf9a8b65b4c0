"""Judging the cases of the shapes, each in the midst of the shipped graph."""

from pathlib import Path

from rdflib import Graph
from rdflib.graph import ReadOnlyGraphAggregate

from migkg.validation import shacl
from migkg.validation.finding import Report
from migkg.validation.statements import statements

CASES = Path(__file__).parent / "cases"
VALID = sorted((CASES / "valid").glob("*.ttl"))
INVALID = sorted((CASES / "invalid").glob("*.ttl"))


def judged(entry: Path, data: Graph, shapes: Graph) -> Report:
    """Judge an entry in the midst of the graph, and leave the graph as it was."""
    read = statements([str(entry)])
    added = set(read) - set(data)
    for statement in added:
        data.add(statement)
    try:
        report = shacl.judge(data, shapes, {s for s, _, _ in added}, "shipped")
        return report._replace(data=ReadOnlyGraphAggregate([data, read]))
    finally:
        for statement in added:
            data.remove(statement)
