"""Whether a text has a value: a number or date, a name in any language, words, a web address."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from rdflib import XSD, Literal

from migkg.evidence import figures
from migkg.evidence.wording import address_stands_in, is_named_in, stands_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib.term import Node


def says(text: str, value: Node, names: Iterable[str]) -> bool:
    """Tell whether a text has a value: its number or date, its words, a name, its web address."""
    if is_figure(value):
        with suppress(ValueError, ArithmeticError):  # what is no number or date is never said
            return _FIGURES[cast("Literal", value).datatype](text, str(value))
        return False
    if isinstance(value, Literal) and not _WEB_ADDRESS.match(value):
        return stands_in(value, text)
    return any(is_named_in(name, text) for name in names) or (
        _WEB_ADDRESS.match(str(value)) is not None and address_stands_in(str(value), text)
    )


def is_figure(value: Node) -> bool:
    """Tell whether a value is a number or a date, which other words cannot stand for."""
    return isinstance(value, Literal) and value.datatype in _FIGURES


def _number(text: str, written: str) -> bool:
    return figures.states_number(text, Decimal(written))


def _year(text: str, written: str) -> bool:
    return int(written) in figures.years(text)


def _month(text: str, written: str) -> bool:
    year, _, month = written.partition("-")
    return (int(year), int(month)) in figures.months(text)


def _day(text: str, written: str) -> bool:
    return date.fromisoformat(written) in figures.days(text)


def _duration(text: str, written: str) -> bool:
    found = re.fullmatch(r"P(\d+)([YMWD])", written)
    return (
        found is not None
        and figures.states_number(text, Decimal(found[1]))
        and is_named_in(_UNITS[found[2]], text)
    )


_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_WEB_ADDRESS = re.compile(r"https?://")
_WHOLE = (XSD.integer, XSD.int, XSD.long, XSD.nonNegativeInteger, XSD.positiveInteger)
_FIGURES: dict[Any, Callable[[str, str], bool]] = {
    **dict.fromkeys((*_WHOLE, XSD.decimal, XSD.double, XSD.float), _number),
    XSD.gYear: _year,
    XSD.gYearMonth: _month,
    XSD.date: _day,
    XSD.duration: _duration,
}
