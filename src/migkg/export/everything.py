"""What a site has pages of: the graph and what follows, and the shapes, which no store has."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph
from migkg.graph import ALL, ASSERTED
from migkg.terms import quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.dataset import Dataset, Solutions
    from migkg.terms import GraphName, Term


class Everything:
    """A store and shapes, read as one: `migkg.dataset.Dataset`. Queries are of the store alone."""

    def __init__(self, store: ox.Store, shapes: ox.Store) -> None:
        self.store, self.shapes = store, shapes

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: GraphName | None = None,
    ) -> Solutions | ox.QueryBoolean | Iterator[ox.Triple]:
        """Ask the store."""
        return self.store.query(query, prefixes=prefixes, default_graph=default_graph)

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: Term | None,  # noqa: A002  # pyoxigraph's name
        graph_name: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Find what matches in the store, then in the shapes."""
        return chain(
            self.store.quads_for_pattern(subject, predicate, object, graph_name),
            self.shapes.quads_for_pattern(subject, predicate, object, graph_name),
        )


def everything(of: graph.Graph, store: ox.Store) -> Dataset:
    """Put the shapes of a graph beside its store.

    :raises InputError: a file of shapes cannot be read
    """
    shapes = ox.Store()
    for path in graph.shape_files(of):
        for triple in graph.triples(path, graph.graph_name(of, path)):
            shapes.add(quad(triple, ASSERTED))
            shapes.add(quad(triple, ALL))
    return Everything(store, shapes)
