"""A piece of the shipped graph to try things on: some things of each class, and what they refer to.

It need not be sound: what is missing in it is wrong before and after.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from migkg import graph
from migkg.namespaces import PREFIXES, RDF
from migkg.reasoning.rules import is_axiom

TYPE = ox.NamedNode(RDF + "type")


def sample(shipped: graph.Graph, folder: Path, things: int) -> graph.Graph:
    """Write a sample of so many things, with the axioms about what they use, and all shapes."""
    said: dict[Any, list[ox.Triple]] = defaultdict(list)
    where: dict[Any, str] = {}
    by_class: dict[Any, list[Any]] = defaultdict(list)
    for path in graph.sources(shipped):
        for triple in graph.read(path):
            if not is_term(path) or is_axiom(triple) or triple.predicate == TYPE:
                said[triple.subject].append(triple)
                where.setdefault(triple.subject, path)
            if "/data/" in path and triple.predicate == TYPE:
                by_class[triple.object].append(triple.subject)
    firsts = [min(some, key=str) for some in by_class.values()]
    files: dict[str, list[ox.Triple]] = defaultdict(list)
    for node in chosen(firsts, said, lambda node: is_term(where[node]), things):
        files[where[node]] += said[node]
    for path in graph.shape_files(shipped):
        files[path] = graph.read(path)
    for path, triples in files.items():
        target = folder / Path(path).relative_to(shipped.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        ox.serialize(triples, str(target), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return graph.Graph(str(folder))


def is_term(path: str) -> bool:
    return "/ontology/" in path and "/codes/" not in path


def chosen(
    waiting: list[Any], said: dict[Any, list[ox.Triple]], free: Callable[[Any], bool], most: int
) -> list[Any]:
    """Follow what is said from some nodes on; of those that are not free, up to so many."""
    found: dict[Any, None] = {}
    while waiting:
        node = waiting.pop(0)
        if node in said and node not in found and (free(node) or most > 0):
            found[node] = None
            most -= not free(node)
            waiting += [term for t in said[node] for term in (t.predicate, t.object)]
    return list(found)
