"""What is said of one thing, as files in each syntax of RDF.

A file has the statements of the thing that are said, with its evidence, and the names of what these
refer to; what follows from them is in the dump of inferred statements.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import describe
from migkg.errors import InputError
from migkg.export.addresses import ENDINGS
from migkg.graph import ASSERTED
from migkg.namespaces import MK, OA
from migkg.pages.reading import LABELS
from migkg.results.formats import SUFFIXES, write_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migkg.dataset import Dataset
    from migkg.export.literals import Written

    Statements = Callable[[ox.NamedNode], list[ox.Triple]]

_KEPT = 10_000
_OF_PASSAGES = (ox.NamedNode(MK + "heading"), ox.NamedNode(OA + "hasSource"))


def stating(store: Dataset, written: Written) -> Statements:
    """Make a function that lists what a file about a thing says, always in the same order."""

    @lru_cache(_KEPT)
    def names(node: ox.NamedNode) -> list[ox.Triple]:
        for prop in LABELS:
            if found := list(store.quads_for_pattern(node, prop, None, ASSERTED)):
                return sorted((quad.triple for quad in found), key=str)
        return [
            quad.triple
            for prop in _OF_PASSAGES
            for quad in store.quads_for_pattern(node, prop, None, ASSERTED)
        ]

    def statements(thing: ox.NamedNode) -> list[ox.Triple]:
        said = sorted(set(describe.triples(store, thing, ASSERTED)), key=str)
        said.sort(key=lambda triple: triple.subject != thing)
        referred = {triple.object for triple in said if isinstance(triple.object, ox.NamedNode)}
        named = [triple for node in sorted(referred - {thing}, key=str) for triple in names(node)]
        return [form for triple in dict.fromkeys([*said, *named]) for form in written(triple)]

    return statements


def files(thing: ox.NamedNode, statements: list[ox.Triple]) -> Iterator[tuple[str, bytes]]:
    """Write statements in each syntax: the ending of the file, and what it holds.

    :raises InputError: a syntax cannot hold them
    """
    for ending in ENDINGS.values():
        out = BytesIO()
        try:
            write_graph(statements, SUFFIXES[f".{ending}"], out)
        except (ValueError, OSError) as error:
            raise InputError(
                f"what is said of {thing.value} cannot be written as .{ending}: {error}"
            ) from error
        yield ending, out.getvalue()
