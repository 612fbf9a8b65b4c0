"""RDF terms and rows of them, as results hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Sequence

Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
Row: TypeAlias = "Sequence[Term | None]"
GraphName: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.DefaultGraph"


def plain(term: Term | None) -> str:
    """Take a term as csv does: the IRI or the text, without type and language."""
    if term is None:
        return ""
    return str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value


def quad(triple: ox.Triple, graph: GraphName) -> ox.Quad:
    """Put a triple into a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
