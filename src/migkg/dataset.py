"""What can be asked: an RDF dataset, on this machine or on an engine elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from migkg.terms import GraphName, Term


@runtime_checkable
class Solutions(Protocol):
    """The rows of a SELECT query, one by one: `ox.QuerySolutions` is of this kind."""

    variables: list[ox.Variable]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        """Take the rows."""


class Dataset(Protocol):
    """The two ways of reading a dataset that all who read it share: `ox.Store` is of this kind."""

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: GraphName | None = None,
    ) -> Solutions | ox.QueryBoolean | Iterator[ox.Triple]:
        """Answer a SPARQL 1.1 query.

        https://www.w3.org/TR/sparql11-query/. Raises SyntaxError for what is none.
        """

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: Term | None,  # noqa: A002  # pyoxigraph's name
        graph_name: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Find the quads that match a pattern; None matches everything."""
