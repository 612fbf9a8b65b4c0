"""The column and the legend that ``--sources`` adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.sources.citation import citation
from migkg.sources.passages import Source
from migkg.sources.rows import explain

if TYPE_CHECKING:
    from migkg.cli.options import Wanted
    from migkg.dataset import Dataset
    from migkg.terms import Row


def explained(
    store: Dataset, text: str, default_graph: ox.NamedNode | ox.DefaultGraph, wanted: Wanted
) -> tuple[list[str], list[Row], list[str]]:
    """Run a query and add to each row the passages that support it.

    :param wanted: a table cites documents by their codes, for which there are notes below it;
        where there is no below, by their titles
    :return: variables, rows, notes
    :raises UsageError: it is not SPARQL, or no query for which sources can be told
    """
    variables, rows = explain(store, text, default_graph)
    column = "sources"
    while column in variables:
        column += "_"
    noted = wanted.form in ("table", "markdown")
    between = "\n" if noted else "; "
    end = None if wanted.limit is None else wanted.offset + wanted.limit
    shown = [support for _, supports in rows[wanted.offset : end] for support in supports]
    cited = {support.code: support.title for support in shown if isinstance(support, Source)}
    return (
        [*variables, column],
        [
            (*row, ox.Literal(between.join(citation(support, noted) for support in supports)))
            for row, supports in rows
        ],
        [f"{code}: {cited[code]}" for code in sorted(cited)] if noted else [],
    )
