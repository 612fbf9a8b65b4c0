"""Statements of rdflib that are asked the same query many times."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rdflib import Graph as Statements

if TYPE_CHECKING:
    from typing import Any

    from rdflib.query import Result


class Prepared(Statements):
    """Statements that parse a query once: pySHACL asks the same one of every focus node."""

    def query(self, query_object: Any, *args: Any, **named: Any) -> Result:
        """Answer a query as rdflib does."""
        query = prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *args, **named)


@cache
def prepared(text: str) -> Any:
    """Parse a query, once."""
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(text)
