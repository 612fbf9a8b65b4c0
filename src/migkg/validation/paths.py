"""Property paths over statements in memory: where they lead, and what one statement is part of.

A path is a property, or an operator (/ | ^ * + ? !) and what it applies to, as in
https://www.w3.org/TR/sparql11-query/#propertypaths and https://www.w3.org/TR/shacl/#property-paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from rdflib import RDF, SH, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.rdflib_terms import Statement
    from migkg.validation.index import Index

Path: TypeAlias = "Node | tuple[str, tuple[Path, ...]]"

_OPERATORS: dict[Node, str] = {
    SH.inversePath: "^",
    SH.zeroOrMorePath: "*",
    SH.oneOrMorePath: "+",
    SH.zeroOrOnePath: "?",
}


def of_shape(shapes: Statements, node: Node) -> Path:
    """Read a path of a shape; raises ValueError if it is none."""
    if isinstance(node, URIRef):
        return node
    if (node, RDF.first, None) in shapes:
        return "/", tuple(of_shape(shapes, step) for step in shapes.items(node))
    for predicate, value in shapes.predicate_objects(node):
        if predicate == SH.alternativePath:
            return "|", tuple(of_shape(shapes, one) for one in shapes.items(value))
        if predicate in _OPERATORS:
            return _OPERATORS[predicate], (of_shape(shapes, value),)
    raise ValueError(f"{node} is no path")


def properties(path: Path) -> Iterator[Node | None]:
    """List the properties of the statements that a path may walk over; None: of any."""
    if not isinstance(path, tuple):
        yield path
    elif path[0] == "!":
        yield None
    else:
        for part in path[1]:
            yield from properties(part)


def ends(index: Index, path: Path, nodes: Iterable[Node], forward: bool = True) -> set[Node]:
    """Find where the walks from some nodes end, or if not `forward` where those to them begin."""
    if not isinstance(path, tuple) or path[0] == "!":
        return {end for node in nodes for end in _next(index, path, node, forward)}
    operator, parts = path
    found = set(nodes)
    if operator == "/":
        for part in parts if forward else reversed(parts):
            found = ends(index, part, found, forward)
    elif operator == "|":
        found = {end for part in parts for end in ends(index, part, found, forward)}
    elif operator == "^":
        found = ends(index, parts[0], found, not forward)
    elif operator == "?":
        found |= ends(index, parts[0], found, forward)
    else:
        new = found if operator == "*" else ends(index, parts[0], found, forward)
        found = set()
        while new:
            found |= new
            new = ends(index, parts[0], new, forward) - found
    return found


def _next(index: Index, step: Path, node: Node, forward: bool) -> Iterable[Node]:
    if not isinstance(step, tuple):
        if forward:
            return index.by_subject.get(node, {}).get(step, ())
        return index.by_predicate.get(step, {}).get(node, ())
    return list(_elsewhere(index, step, node, forward))


def _elsewhere(index: Index, path: Path, node: Node, forward: bool) -> Iterator[Node]:
    for statement in index.matches(node, None, None) + index.matches(None, None, node):
        for s, o in _links(path, statement):
            if node == (s if forward else o):
                yield o if forward else s


def around(index: Index, path: Path, statement: Statement) -> Iterator[tuple[set[Node], set[Node]]]:
    """Tell for each place of a statement in a path where such walks begin, and where they end."""
    if not isinstance(path, tuple) or path[0] == "!":
        for s, o in _links(path, statement):
            yield {s}, {o}
        return
    operator, parts = path
    for at, part in enumerate(parts):
        for starts, stops in around(index, part, statement):
            if operator == "^":
                yield stops, starts
            elif operator == "/":
                before: Path = ("/", parts[:at])
                after: Path = ("/", parts[at + 1 :])
                yield ends(index, before, starts, False), ends(index, after, stops)
            elif operator in "*+":
                more: Path = ("*", parts)
                yield ends(index, more, starts, False), ends(index, more, stops)
            else:
                yield starts, stops


def _links(step: Path, statement: Statement) -> Iterator[tuple[Node, Node]]:
    """Tell between which nodes a step leads by a statement."""
    s, p, o = statement
    if not isinstance(step, tuple):
        if step == p:
            yield s, o
        return
    onward = {part for part in step[1] if not isinstance(part, tuple)}
    backward = {part[1][0] for part in step[1] if isinstance(part, tuple)}
    if p not in onward and (onward or not backward):
        yield s, o
    if backward and p not in backward:
        yield o, s
