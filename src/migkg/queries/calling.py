"""How a stored query is asked at the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migkg.queries.query import option_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.queries.query import StoredQuery


def command_line(query: StoredQuery, values: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """Write the call that asks a query with values for its parameters, for a shell."""
    words = ["migkg", "query", query.name]
    for parameter, given in values:
        for value in given:
            words += [f"--{option_name(parameter)}", _quoted(value)]
    return " ".join(words)


def _quoted(value: str) -> str:
    """Quote a value where need be, in the way that most shells share where there is one."""
    import shlex

    plain = shlex.quote(value)
    if plain == value or re.search(r'["$`!\\]', value):
        return plain
    return f'"{value}"'
