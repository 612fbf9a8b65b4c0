"""A query file as a stored query: header, parameters and SPARQL, each checked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.federation import inert
from migkg.queries.diagnosis import syntax_error
from migkg.queries.header import Header, Place, fail, header, line, named, words
from migkg.queries.parameters import check_replaceable, parameters
from migkg.queries.query import SUFFIX, StoredQuery
from migkg.queries.questions import questions

if TYPE_CHECKING:
    from collections.abc import Mapping


def read(path: str, text: str, known: Mapping[str, str]) -> StoredQuery:
    """Read a query file.

    :param known: prefixes that need no declaration
    :raises InputError: broken YAML, an unknown key, a default for no parameter, a question with
        values that the query does not take, a parameter that cannot be replaced where it stands
        or is called like an option, broken SPARQL
    """
    place = Place(path, text)
    entries = header(place)
    if broken := syntax_error(text, known):
        place.fail_at(*broken)
    columns = _columns(text, known)
    taken = tuple(parameters(place, entries))
    for parameter in taken:
        check_replaceable(place, parameter, columns, known)
    names = {parameter.name for parameter in taken}
    for key in ("defaults", "enumerate", "parameters"):
        for name, entry in named(place, entries, key).items():
            if name not in names:
                fail(place, entry, f"{key}: the query has no parameter called “{name}”")
    return StoredQuery(
        name=os.path.basename(path).removesuffix(SUFFIX),
        path=path,
        summary=line(place, entries, "summary"),
        description=line(place, entries, "description"),
        tags=words(place, entries, "tags"),
        questions=tuple(questions(place, entries, taken)),
        parameters=taken,
        chart=_chart(place, entries, columns),
        text=text,
    )


def _columns(text: str, known: Mapping[str, str]) -> list[str]:
    found = ox.Store().query(inert(text), prefixes=dict(known))
    return [v.value for v in found.variables] if isinstance(found, ox.QuerySolutions) else []


def _chart(place: Place, entries: Header, columns: list[str]) -> dict[str, Any] | None:
    entry = entries.get("chart")
    if entry is None:
        return None
    chart = entry.value
    if not isinstance(chart, dict) or not isinstance(chart.get("mark"), str) or len(chart) < 2:
        fail(place, entry, "chart is to have a mark, and a column for x, y …")
    for channel, column in chart.items():
        field = column.get("field") if isinstance(column, dict) else column
        if channel != "mark" and field not in columns:
            fail(place, entry, f"chart: {channel} is “{field}”, which is none of the columns")
    return chart
