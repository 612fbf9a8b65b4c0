"""A piece of the shipped graph to try things on: some things of each class, and what they refer to.

It need not be sound: what is missing in it is wrong before and after.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from migkg import graph
from migkg.namespaces import PREFIXES, RDF
from migkg.reasoning.rules import is_axiom

TYPE = ox.NamedNode(RDF + "type")


def sample(shipped: graph.Graph, folder: Path, things: int) -> graph.Graph:
    """Write a sample of about so many things, with the axioms about what they use, and all shapes."""
    said: dict[Any, list[ox.Triple]] = defaultdict(list)
    where: dict[Any, str] = {}
    by_class: dict[Any, list[Any]] = defaultdict(list)
    for path in graph.sources(shipped):
        of_terms = "/ontology/" in path and "/codes/" not in path
        for triple in graph.read(path):
            if of_terms and not is_axiom(triple) and triple.predicate != TYPE:
                continue
            said[triple.subject].append(triple)
            where.setdefault(triple.subject, path)
            named = isinstance(triple.subject, ox.NamedNode)
            if "/data/" in path and triple.predicate == TYPE and named:
                by_class[triple.object].append(triple.subject)
    chosen: dict[Any, None] = {}
    waiting = [some[0] for some in by_class.values()]
    left = things
    while waiting:
        node = waiting.pop(0)
        is_term = "/ontology/" in where.get(node, "") and "/codes/" not in where[node]
        if node in chosen or node not in said or (not is_term and left <= 0):
            continue
        chosen[node] = None
        left -= not is_term
        for triple in said[node]:
            waiting += [triple.predicate, triple.object]
    files: dict[str, list[ox.Triple]] = defaultdict(list)
    for node in chosen:
        files[where[node]] += said[node]
    for path in graph.shape_files(shipped):
        files[path] = graph.read(path)
    for path, triples in files.items():
        target = folder / Path(path).relative_to(shipped.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES))
    return graph.Graph(str(folder))
