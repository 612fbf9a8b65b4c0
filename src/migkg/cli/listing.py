"""The list of stored queries that ``migkg query`` prints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from migkg.queries.tags import by_tag, title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.queries.query import StoredQuery


def listed(queries: Iterable[StoredQuery]) -> str:
    """List queries by their first tag, one line each where the line is long enough."""
    groups = by_tag(queries)
    longest = max(len(query.name) for members in groups.values() for query in members)
    formatter = click.HelpFormatter(width=_width())
    for tag, members in groups.items():
        with formatter.section(title(tag)):
            rows = [(query.name.ljust(longest), query.summary) for query in members]
            formatter.write_dl(rows, col_max=longest)
    formatter.write_paragraph()
    formatter.write_text("What one asks and which values it takes: migkg query NAME --help")
    return formatter.getvalue().strip("\n")


def _width() -> int:
    """Wrap for people only: a program that reads the list gets one line for each query."""
    if not sys.stdout.isatty():
        return 10_000
    from migkg.results.readable import terminal_width

    return terminal_width()
