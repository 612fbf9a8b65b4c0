"""Which passages of which documents support each row of a query's result."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from migkg.dataset import Solutions
from migkg.errors import UsageError
from migkg.namespaces import PREFIXES
from migkg.queries.diagnosis import syntax_error
from migkg.sources.algebra import read
from migkg.sources.lineage import trace
from migkg.sources.passages import ordered, supporting
from migkg.sparql import declare

if TYPE_CHECKING:
    from migkg.dataset import Dataset
    from migkg.sources.lineage import Row
    from migkg.sources.passages import Support
    from migkg.terms import GraphName


class Explained(NamedTuple):
    """The result of a query, each row with what supports it: passages, `INFERRED`."""

    variables: list[str]
    rows: list[tuple[Row, list[Support]]]


def explain(store: Dataset, query: str, default_graph: GraphName) -> Explained:
    """Run a SELECT query and tell the sources of each row.

    A row's sources are the evidence of all triples that its positive triple patterns matched
    (patterns in MINUS and NOT EXISTS have no match to show); of a group, of its solutions
    together. Rows that cannot be told apart have their sources in common.

    Raises `UsageError` if the query is no SELECT, or has FROM, SERVICE, a subselect within GRAPH
    and a variable, or another result each time it runs.
    """
    declared = declare(query, PREFIXES)
    try:
        result = store.query(declared, default_graph=default_graph)
    except SyntaxError as error:
        line, column, why = syntax_error(query, PREFIXES) or (1, 1, str(error))
        raise UsageError(f"line {line}, column {column}: {why}") from error
    if not isinstance(result, Solutions):
        raise UsageError("sources can be told for the rows of a SELECT query only")
    select = read(declared)
    variables = [name.value for name in result.variables]
    rows = [tuple(solution) for solution in result]
    behind = trace(store, select, default_graph, supporting(store))
    identity = [variables.index(name[1:]) for name in select.identity]
    return Explained(
        variables,
        [(row, ordered(behind(tuple(row[i] for i in identity)))) for row in rows],
    )
