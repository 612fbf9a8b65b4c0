"""What a cell holds as a literal, of the form that its column has."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import XSD, Literal

from migkg import lookup
from migkg.errors import UsageError
from migkg.sheets.problems import of_form, problem

if TYPE_CHECKING:
    from migkg.entry.place import Place
    from migkg.sheets.columns import Form
    from migkg.validation.finding import Finding

_MOST_DIGITS = 15
_DATATYPES = {
    "date": XSD.date,
    "year": XSD.gYear,
    "month": XSD.gYearMonth,
    "duration": XSD.duration,
}


def literal(form: Form, value: object, language: str, place: Place) -> Literal | Finding:
    """Make the literal that a value stands for, or tell why it stands for none."""
    if form in ("number", "integer"):
        return _number(form, value, place)
    if form in _DATATYPES:
        return _typed(form, value, place)
    if not isinstance(value, str):
        return problem(place, "not-text", _shown(value))
    return Literal(value, lang=language or None)


def _number(form: Form, value: object, place: Place) -> Literal | Finding:
    if isinstance(value, str):
        looks = re.fullmatch(r"[+-]?[\d\s.,'’\u202f\xa0]+%?", value) is not None
        return problem(place, "number-as-text", value) if looks else of_form(place, value, form)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return of_form(place, _shown(value), form)
    if value != value or abs(value) >= 10**_MOST_DIGITS:  # noqa: PLR0124  # not a number
        return problem(place, "digits", value)
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    is_whole = exact == exact.to_integral_value()
    if is_whole and (form == "integer" or not isinstance(value, Decimal)):
        return Literal(str(int(exact)), datatype=XSD.integer, normalize=False)
    if form == "integer":
        return of_form(place, value, form)
    return Literal(f"{exact:f}", datatype=XSD.decimal, normalize=False)


def _typed(form: Form, value: object, place: Place) -> Literal | Finding:
    datatype = _DATATYPES[form]
    text = _text(form, value)
    if text is None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if form == "date" and number:
            return problem(place, "date-as-number", value)
        return of_form(place, _shown(value), form)
    try:
        lookup.literal(str(datatype), text)
    except UsageError:
        return of_form(place, text, form)
    return Literal(text, datatype=datatype, normalize=False)


def _text(form: Form, value: object) -> str | None:
    """Write a value as its datatype has it: a spreadsheet makes numbers and dates of some."""
    if isinstance(value, str):
        return value
    if form == "year" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if value == int(value) and 1000 <= value <= 9999 else None
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        return None
    if form == "date":
        return value.isoformat()
    return f"{value:%Y-%m}" if form == "month" and value.day == 1 else None


def _shown(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return str(value)
