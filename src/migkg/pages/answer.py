"""The answer of a stored query as its page shows it: the first rows, and what supports each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from migkg.dataset import Solutions
from migkg.errors import UsageError
from migkg.federation import inert
from migkg.namespaces import PREFIXES
from migkg.queries.example import bound, complete, example_values
from migkg.sources.rows import explain
from migkg.store import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.dataset import Dataset
    from migkg.queries.query import StoredQuery
    from migkg.sources.passages import Support
    from migkg.terms import Row

MOST = 50
"""Rows on a page."""
_EXPLAINED = 2_000  # rows; to tell the sources of the first ones, those of all are looked up


class Answer(NamedTuple):
    """What was typed for which parameter, and the rows; of some queries with their sources.

    A query that is not to be asked, or has no rows but statements, has no columns.
    """

    typed: dict[str, tuple[str, ...]]
    text: str
    columns: list[str]
    rows: list[Row]
    sources: list[list[Support]] | None
    total: int


def answer(store: Dataset, query: StoredQuery) -> Answer:
    """Ask a stored query with its defaults, and with an example where it needs a value.

    It is not asked where no value is known that it needs, and where it would ask other engines.

    :raises InputError: a value that the query file names is none of this graph
    """
    typed = example_values(store, query)
    if not complete(query, typed) or inert(query.text) != query.text:
        return Answer(typed, "", [], [], None, 0)
    text = bound(store, query, typed)
    columns, found = _rows(store, text)
    rows = list(islice(found, _EXPLAINED + 1))
    total = len(rows) + sum(1 for _ in found)
    sources = _sources(store, text) if columns and total <= _EXPLAINED else None
    return Answer(typed, text, columns, rows[:MOST], sources, total)


def every_row(store: Dataset, asked: Answer) -> Iterable[Row]:
    """Ask again, for all rows, one by one."""
    return _rows(store, asked.text)[1]


def _rows(store: Dataset, text: str) -> tuple[list[str], Iterator[Row]]:
    found = store.query(text, prefixes=PREFIXES, default_graph=ALL)
    if isinstance(found, Solutions):
        return [variable.value for variable in found.variables], iter(found)
    return [], iter(())


def _sources(store: Dataset, text: str) -> list[list[Support]] | None:
    try:
        explained = explain(store, text, ALL)
    except UsageError:  # a query of which they cannot be told
        return None
    return [supports for _, supports in explained.rows[:MOST]]
