"""What the files about one thing say.

A file has the statements of the thing that are said, with its evidence, and the names of what these
refer to; what follows from them is in the dump of inferred statements.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import describe
from migkg.graph import ASSERTED
from migkg.namespaces import MK, OA
from migkg.pages.reading import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from migkg.dataset import Dataset
    from migkg.export.literals import Written

    Statements = Callable[[ox.NamedNode], list[ox.Triple]]

_KEPT = 10_000
_OF_PASSAGES = (ox.NamedNode(MK + "heading"), ox.NamedNode(OA + "hasSource"))


def stating(store: Dataset, written: Written) -> Statements:
    """Make a function that lists what a file about a thing says, each statement once."""

    @lru_cache(_KEPT)
    def names(node: ox.NamedNode) -> list[ox.Triple]:
        for prop in LABELS:
            if found := list(store.quads_for_pattern(node, prop, None, ASSERTED)):
                return [quad.triple for quad in found]
        return [
            quad.triple
            for prop in _OF_PASSAGES
            for quad in store.quads_for_pattern(node, prop, None, ASSERTED)
        ]

    def statements(thing: ox.NamedNode) -> list[ox.Triple]:
        said = set(describe.triples(store, thing, ASSERTED))
        referred = {triple.object for triple in said if isinstance(triple.object, ox.NamedNode)}
        said.update(triple for node in referred for triple in names(node))
        return [form for triple in said for form in written(triple)]

    return statements
