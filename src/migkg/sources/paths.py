"""SPARQL property paths: as they are written, and the triples that they walk over.

See https://www.w3.org/TR/sparql11-query/#propertypaths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from migkg.dataset import Dataset
    from migkg.terms import GraphName

Path: TypeAlias = "str | tuple[str, tuple[Path, ...]]"
"""An IRI or a variable as written, or an operator (/ | ^ * + ? !) and what it applies to."""

Walk: TypeAlias = "ox.NamedNode | tuple[str, tuple[Walk, ...]]"
"""A path with terms for what was written."""


def written(path: Path) -> str:
    """Write a path as SPARQL."""
    if isinstance(path, str):
        return path
    operator, parts = path
    inner = [written(part) for part in parts]
    if operator in "/|":
        return f"({operator.join(inner)})"
    if operator == "!":
        return f"!({'|'.join(inner)})"
    if operator == "^":
        return f"^{inner[0]}" if isinstance(parts[0], str) else f"^({inner[0]})"
    return f"({inner[0]}){operator}"


def leaves(path: Path) -> Iterator[str]:
    """List the IRIs and variables of a path."""
    if isinstance(path, str):
        yield path
    else:
        for part in path[1]:
            yield from leaves(part)


def walk(path: Path, terms: Mapping[str, ox.NamedNode]) -> Walk:
    """Put the terms in a path."""
    if isinstance(path, str):
        return terms[path]
    return path[0], tuple(walk(part, terms) for part in path[1])


class Walker:
    """The walks through a graph of a store; what was found once is remembered."""

    def __init__(self, store: Dataset) -> None:
        self.store = store
        self.known: dict[tuple[Any, ...], frozenset[Any]] = {}

    def triples(self, path: Walk, s: Any, o: Any, graph: GraphName) -> Iterator[ox.Triple]:
        """Find the triples on all walks from `s` to `o`."""
        if isinstance(path, ox.NamedNode) or path[0] == "!":
            yield from (triple for _, _, triple in self._links(path, s, o, graph))
            return
        operator, parts = path
        if operator == "^":
            yield from self.triples(parts[0], o, s, graph)
        elif operator == "/":
            first, rest = parts[0], parts[1] if len(parts) == 2 else ("/", parts[1:])
            for middle in self.ends(first, s, graph) & self.ends(rest, o, graph, forward=False):
                yield from self.triples(first, s, middle, graph)
                yield from self.triples(rest, middle, o, graph)
        elif operator in "*+":
            before = self.ends(("*", parts), o, graph, forward=False)
            for node in self.ends(("*", parts), s, graph):
                for neighbour in self.ends(parts[0], node, graph) & before:
                    yield from self.triples(parts[0], node, neighbour, graph)
        else:
            for part in parts:
                yield from self.triples(part, s, o, graph)

    def ends(
        self, path: Walk, node: Any, graph: GraphName, *, forward: bool = True
    ) -> frozenset[Any]:
        """Find where the walks from a node end, or if not `forward` where those to it begin."""
        wanted = (path, node, graph, forward)
        if wanted not in self.known:
            self.known[wanted] = frozenset(self._ends(path, node, graph, forward))
        return self.known[wanted]

    def _ends(self, path: Walk, node: Any, graph: GraphName, forward: bool) -> Iterable[Any]:
        if isinstance(path, ox.NamedNode) or path[0] == "!":
            if forward:
                return (end for _, end, _ in self._links(path, node, None, graph))
            return (end for end, _, _ in self._links(path, None, node, graph))
        operator, parts = path
        if operator == "^":
            return self.ends(parts[0], node, graph, forward=not forward)
        if operator == "/":
            return self._all_ends([node], parts if forward else parts[::-1], graph, forward)
        if operator in "*+":
            reached: set[Any] = set()
            new = {node} if operator == "*" else self.ends(parts[0], node, graph, forward=forward)
            while new:
                reached |= new
                new = self._all_ends(new, parts, graph, forward) - reached
            return reached
        own = {node} if operator == "?" else set()
        return own.union(*(self.ends(part, node, graph, forward=forward) for part in parts))

    def _all_ends(
        self, nodes: Iterable[Any], steps: Iterable[Walk], graph: GraphName, forward: bool
    ) -> set[Any]:
        for step in steps:
            nodes = {end for n in nodes for end in self.ends(step, n, graph, forward=forward)}
        return set(nodes)

    def _links(
        self, step: Walk, s: Any, o: Any, graph: GraphName
    ) -> Iterator[tuple[Any, Any, ox.Triple]]:
        """Find the triples that a step from `s` to `o` takes: where it is before and after."""
        if isinstance(step, ox.NamedNode):
            for quad in self._quads(s, step, o, graph):
                yield quad.subject, quad.object, quad.triple
            return
        onward = {part for part in step[1] if isinstance(part, ox.NamedNode)}
        backward = {part[1][0] for part in step[1] if not isinstance(part, ox.NamedNode)}
        if onward or not backward:
            for quad in self._quads(s, None, o, graph):
                if quad.predicate not in onward:
                    yield quad.subject, quad.object, quad.triple
        if backward:
            for quad in self._quads(o, None, s, graph):
                if quad.predicate not in backward:
                    yield quad.object, quad.subject, quad.triple

    def _quads(self, s: Any, p: Any, o: Any, graph: GraphName) -> Iterable[ox.Quad]:
        return () if isinstance(s, ox.Literal) else self.store.quads_for_pattern(s, p, o, graph)
