"""What an entry says that a graph does not, and how its files read when they say so."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from migkg import comments, graph
from migkg.adding.home import Homes, is_of_terms
from migkg.errors import InputError, UsageError
from migkg.namespaces import shorten
from migkg.rdflib_terms import triples_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.rdflib_terms import Statement


class Addition(NamedTuple):
    """What one file gets: things that the graph did not know, and statements on others."""

    path: str
    before: bytes | None
    after: bytes
    things: int
    statements: int


def plan(of: graph.Graph, statements: Iterable[Statement]) -> list[Addition]:
    """Choose for all that a graph does not say yet the file, and write it in memory.

    What hangs on blank nodes is there already if the same thing has such nodes that say the same.

    :raises UsageError: there is no telling where something belongs, or it is a term of the ontology
    :raises InputError: a file of the graph cannot be read, or is not in canonical form
    """
    files = {
        os.path.relpath(path, of.root).replace(os.sep, "/"): graph.read(path)
        for path in graph.sources(of)
    }
    parts = _new(_renamed(triples_of(statements)), files)
    homes = Homes(files)
    places = homes.placed([triple for part in parts for triple in part])
    texts: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for part in parts:
        texts[_place(part, places, homes)] += part
    return [_addition(of, path, texts[path], homes) for path in sorted(texts)]


def _renamed(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Give blank nodes names that no file has: only what is said of them tells what is known."""
    names: defaultdict[ox.BlankNode, ox.BlankNode] = defaultdict(ox.BlankNode)

    def renamed(term: Any) -> Any:
        return names[term] if isinstance(term, ox.BlankNode) else term

    return [ox.Triple(renamed(s), p, renamed(o)) for s, p, o in triples]


def _new(entry: list[ox.Triple], files: dict[str, list[ox.Triple]]) -> list[list[ox.Triple]]:
    """Keep of an entry what the files do not say, what hangs together by blank nodes as one."""
    said = {triple for triples in files.values() for triple in triples}
    parts = _parts(triple for triple in entry if triple not in said)
    about = {triple.subject for part in parts if len(part) > 1 for triple in part}
    known = {
        _form(part)
        for triples in files.values()
        for part in _parts(triples)
        if _blank(part) and any(triple.subject in about for triple in part)
    }
    return [part for part in parts if not (_blank(part) and _form(part) in known)]


def _blank(part: list[ox.Triple]) -> bool:
    return any(isinstance(term, ox.BlankNode) for triple in part for term in triple)


def _parts(triples: Iterable[ox.Triple]) -> list[list[ox.Triple]]:
    """Divide triples so that no two parts share a blank node."""
    first: dict[ox.BlankNode, ox.BlankNode] = {}

    def found(node: ox.BlankNode) -> ox.BlankNode:
        while node != first.setdefault(node, node):
            first[node] = first[first[node]]
            node = first[node]
        return node

    triples = list(triples)
    for triple in triples:
        nodes = [term for term in triple if isinstance(term, ox.BlankNode)]
        for node in nodes:
            first[found(node)] = found(nodes[0])
    parts: defaultdict[object, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        shared = next((term for term in triple if isinstance(term, ox.BlankNode)), None)
        parts[triple if shared is None else found(shared)].append(triple)
    return list(parts.values())


def _form(part: list[ox.Triple]) -> str:
    """Write what hangs together by blank nodes so that the same is the same text."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in part)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, dataset)))


def _place(part: list[ox.Triple], places: dict[str, str | None], homes: Homes) -> str:
    about = {t.subject.value for t in part if isinstance(t.subject, ox.NamedNode)}
    if not about:
        raise UsageError(f"a node without a name that nothing refers to: name it: {part[0]}")
    (subject, prop, value), *more = part
    if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode) and not more:
        aligned = homes.of_alignment((subject.value, prop.value, value.value))
        if aligned:
            return aligned
    found = {places[thing] for thing in about}
    thing = shorten(min(about))
    if None in found:
        raise UsageError(f"{thing}: nothing says what it is: give it a class")
    if len(found) > 1:
        raise UsageError(f"{thing}: shares a node without a name with another file: name the node")
    path = found.pop() or ""
    if is_of_terms(path):
        raise UsageError(f"{thing}: a term of the ontology: write it into its module by hand")
    return path


def _addition(of: graph.Graph, path: str, triples: list[ox.Triple], homes: Homes) -> Addition:
    full = os.path.join(of.root, path)
    before = None
    if os.path.exists(full):
        with open(full, "rb") as file:
            before = file.read()
    try:
        text = comments.grown(before or b"", "".join(f"{t} .\n" for t in triples).encode())
    except InputError as error:
        raise InputError(f"{graph.shown(full)}:{error}") from None
    about = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
    old = [
        t for t in triples if isinstance(t.subject, ox.NamedNode) and t.subject.value in homes.home
    ]
    return Addition(path, before, text.encode(), len(about - homes.home.keys()), len(old))
