"""Numbers, dates and durations in the form that a language has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migkg.namespaces import XSD
from migkg.pages.words import DATES, DURATIONS, MONTHS, WORDS
from migkg.results.readable import harmless, is_number

if TYPE_CHECKING:
    import pyoxigraph as ox

_THOUSANDS = {"en": ",", "fr": "\u202f", "es": "\u202f"}
_DECIMAL = {"en": ".", "fr": ",", "es": ","}
_DAY = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?"
)
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_DATED = {XSD + name for name in ("date", "dateTime", "dateTimeStamp", "gYearMonth")}
_DURATIONS = {XSD + name for name in ("duration", "yearMonthDuration", "dayTimeDuration")}


def shown(literal: ox.Literal, language: str) -> str:
    """Write the value of a literal as people read it in a language."""
    datatype, text = literal.datatype.value, harmless(literal.value)
    if is_number(literal):
        return number(text, language)
    if datatype in _DATED:
        return _date(text, language)
    if datatype in _DURATIONS:
        return _duration(text, language)
    if datatype == XSD + "boolean" and text in ("true", "1", "false", "0"):
        return WORDS[language]["yes" if text in ("true", "1") else "no"]
    return text


def number(text: str, language: str) -> str:
    """Set the thousands apart from five digits on, as a year is never 2,016."""
    parts = re.fullmatch(r"([+-]?)(\d+)(?:\.(\d+))?", text, re.ASCII)
    if parts is None:
        return text
    sign, whole, fraction = parts.groups()
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", _THOUSANDS[language]) if len(whole) < 400 else whole
    return sign + whole + (_DECIMAL[language] + fraction if fraction else "")


def _date(text: str, language: str) -> str:
    """Write a day or a month; midnight in no zone's need is the day alone."""
    parts = _DAY.fullmatch(text)
    if parts is None or not 1 <= int(parts[2]) <= 12:
        return text
    year, month, day, clock, zone = parts.groups()
    name = MONTHS[language].split()[int(month) - 1]
    if not day:
        return DATES[language][1].format(month=name, year=year)
    first = "1er" if language == "fr" and day == "01" else str(int(day))
    told = DATES[language][0].format(day=first, month=name, year=year)
    if clock and (clock != "00:00" or zone not in (None, "Z")):
        told += f", {clock}" + (f" {'UTC' if zone == 'Z' else zone}" if zone else "")
    return told


def _duration(text: str, language: str) -> str:
    parts = _DURATION.fullmatch(text)
    if parts is None or not any(parts.groups()):
        return text
    told = [
        f"{count} {unit.split()[int(count) != 1]}"
        for count, unit in zip(parts.groups(), DURATIONS[language], strict=True)
        if count
    ]
    return ", ".join(told)
