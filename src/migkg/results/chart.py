"""A chart of the rows, as the header of the query declares it, by Vega-Lite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.errors import InputError, UsageError
from migkg.namespaces import XSD
from migkg.results.readable import heading, is_number, number, numeric_columns, shown
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from migkg.terms import Row, Term

_TIMES = {XSD + kind for kind in ("date", "dateTime", "gYear", "gYearMonth")}


def draw(
    variables: Sequence[str],
    rows: Sequence[Row],
    chart: dict[str, Any],
    image: str,
    out: BinaryIO,
) -> None:
    """Draw mark and channels (https://vega.github.io/vega-lite/docs/encoding.html).

    :param image: "svg" or "png"
    :raises UsageError: vl-convert is not installed
    :raises InputError: Vega-Lite cannot draw what is declared
    """
    try:
        import vl_convert
    except ImportError as error:
        raise UsageError(
            "a chart needs vl-convert-python: pip install vl-convert-python"
        ) from error
    numbers = dict(zip(variables, numeric_columns(variables, rows), strict=True))
    encoding = {}
    for channel, given in chart.items():
        if channel != "mark":
            told = given if isinstance(given, dict) else {"field": given}
            kind = (
                "quantitative" if numbers[told["field"]] else _kind(variables, rows, told["field"])
            )
            encoding[channel] = {"type": kind, "title": heading(told["field"]), **told}
    values = [
        {name: _point(term) for name, term in zip(variables, row, strict=True)} for row in rows
    ]
    drawing = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "mark": chart["mark"],
        "encoding": encoding,
    }
    try:
        if image == "png":
            out.write(vl_convert.vegalite_to_png(drawing, scale=2))
        else:
            out.write(vl_convert.vegalite_to_svg(drawing).encode())
    except ValueError as error:
        raise InputError(f"the chart cannot be drawn: {str(error).splitlines()[0]}") from error


def _kind(variables: Sequence[str], rows: Sequence[Row], name: str) -> str:
    terms = [term for row in rows if (term := row[list(variables).index(name)]) is not None]
    timed = all(isinstance(term, ox.Literal) and term.datatype.value in _TIMES for term in terms)
    return "temporal" if terms and timed else "nominal"


def _point(term: Term | None) -> str | int | float | None:
    if term is None:
        return None
    return number(plain(term)) if is_number(term) else shown(term)
