"""The statements of Turtle files as a graph of rdflib, for pySHACL and for checks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rdflib import Graph as Statements

from migkg import graph as sources
from migkg.errors import InputError
from migkg.rdflib_terms import statement_of
from migkg.validation.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from rdflib.query import Result

    from migkg.rdflib_terms import Statement


class Prepared(Statements):
    """Statements that parse a query once: pySHACL asks the same one of every focus node."""

    def query(self, query_object: Any, *args: Any, **named: Any) -> Result:
        """Ask as rdflib does."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **named)


@cache
def _prepared(text: str) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(text)


def statements(paths: Iterable[str], notify: Callable[[str], None] = lambda _: None) -> Statements:
    """Read Turtle files.

    Raises InputError if one cannot be read; of several, the last, after notes on the others.
    """
    found = Prepared(store=Index(), bind_namespaces="none")
    errors: list[InputError] = []
    for path in paths:
        try:
            found += _read(path)
        except InputError as error:
            errors.append(error)
    if errors:
        for other in errors[:-1]:
            notify(str(other))
        raise errors[-1]
    return found


def _read(path: str) -> list[Statement]:
    triples = sources.read(path)
    try:
        return [statement_of(triple) for triple in triples]
    except InputError as error:
        raise InputError(f"{sources.shown(path)}: {error}") from None
