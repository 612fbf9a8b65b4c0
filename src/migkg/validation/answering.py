"""Statements that are asked the same queries about many things, and answer simple ones fast."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from rdflib.query import Result

from migkg.prepared import Prepared, prepared
from migkg.validation import selecting
from migkg.validation.index import Index

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from rdflib import Variable
    from rdflib.term import Node

    from migkg.validation.selecting import Select


class Answering(Prepared):
    """Statements of which a constraint in SPARQL is asked about one thing after the other."""

    def query(
        self,
        query_object: Any,
        *args: Any,
        initBindings: Mapping[str, Node] | None = None,  # noqa: N803  # as rdflib names it
        **named: Any,
    ) -> Result:
        """Answer a query as rdflib does."""
        if isinstance(query_object, str) and initBindings and initBindings.keys() == {"this"}:
            found = self.rows(query_object, initBindings["this"])
            if found is not None:
                result = Result("SELECT")
                result.vars = _select(query_object).variables  # type: ignore[union-attr]
                result.bindings = cast("Any", found)
                return result
        return super().query(query_object, *args, initBindings=initBindings, **named)

    def rows(self, text: str, this: Node) -> list[Mapping[Variable, Node]] | None:
        """List the rows of a query about a thing; None where only rdflib can tell."""
        select = _select(text)
        if select is None or not isinstance(self.store, Index):
            return None
        try:
            return list(select.rows(self.store, this))
        except selecting.Unsure:
            return None


@cache
def _select(text: str) -> Select | None:
    return selecting.read(prepared(text))
