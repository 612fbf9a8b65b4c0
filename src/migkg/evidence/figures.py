"""The numbers, years, months and days that a text states, as people write them in English."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "billon": 9, "bn": 9, "trillion": 12}
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_DASHES = str.maketrans("\u2010\u2011\u2013\u2212", "----")
_WEB_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(
    r"(?:(?<!\w)(?<!\d[.,])(?<![^\W\d_]-)"  # no part of 12,345, of C097, of COVID-19
    r"(?P<digits>(?>\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?>\.\d+)?)(?![.,]?\d)"
    rf"|\b(?P<tens>{'|'.join(_TENS)})(?:[-\s](?P<ones>{'|'.join(_ONES[1:10])}))?\b"
    rf"|\b(?P<word>{'|'.join(_ONES)})\b)"
    rf"(?:(?:\s*(?-i:[A-Z]{{3}}))?\s*(?P<scale>{'|'.join(_SCALES)})s?\b|(?![^\W\d_]))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*%?\s*(?:-|to|and|or)\s*", re.IGNORECASE)
_PART = "|".join(_PARTS)
_SHARE = re.compile(
    rf"\b(?P<many>{'|'.join(_ONES[1:10])})[-\s]+(?P<parts>{_PART})s?\b"
    rf"|\b(?:an?\s+)?(?P<part>{_PART})\s+(?:of|the)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"\b(?P<word>{'|'.join(_ORDINALS)})\b|(?<![\w.,])(?P<digits>\d+)(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\w)(?<!\d[.,])\d{4}(?!\w)(?![.,]\d)")
_MONTH = "|".join(_MONTHS)
_MONTH_AND_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\b,?\s+(?:of\s+)?(?P<year>\d{{4}})\b")
_MONTH_OR_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\b|{_YEAR.pattern}")
_DAY = r"(?<!\w)(?<!\d[.,])(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
_DAYS_IN_MONTH = re.compile(
    rf"(?:{_DAY.format('since')}(?:\s+(?P<other>{_MONTH}))?\s*(?:-|to|and)\s*)?{_DAY.format('day')}"
    rf"\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<m>{_MONTH})\s+{_DAY.format('s')}(?:\s*(?:-|to|and)\s*{_DAY.format('d')})?,?"
    r"\s+(?P<y>\d{4})\b"
)
_ISO_DAY = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
_QUARTER = re.compile(
    rf"\b(?P<which>{'|'.join(_ORDINALS[:4])})\s+quarter,?\s+(?:of\s+)?(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)


class _Read(NamedTuple):
    number: Decimal
    scale: int
    start: int
    end: int


def states_number(text: str, value: Decimal) -> bool:
    """Tell whether a text states a number: 189,300; 70.8 million; 94 USD million; two; third.

    The number stands there whole: neither 143 nor 2.143 states 3, and 70.8 million is not 70.8.
    In a range, the scale of its end holds for its beginning too (25 to 30 million). A share in
    words states its per cent, as exact as the value is: one third is 33, 33.3 and 33.33, not 1.
    """
    return abs(value) in _numbers(text) or any(
        abs(100 * share - Fraction(abs(value))) <= _precision(value) for share in _shares(text)
    )


def _precision(value: Decimal) -> Fraction:
    places = value.as_tuple().exponent
    return Fraction(10) ** min(places, 0) / 2 if isinstance(places, int) else Fraction(0)


@cache
def _numbers(text: str) -> frozenset[Decimal]:
    text = _SHARE.sub(" ", _WEB_ADDRESS.sub(" ", text.translate(_DASHES)))
    read = [_read(found) for found in _NUMBER.finditer(text)]
    stated = {one.number.scaleb(one.scale) for one in read}
    for one, other in pairwise(read):
        if other.scale and not one.scale and _RANGE.fullmatch(text[one.end : other.start]):
            stated.add(one.number.scaleb(other.scale))
    return frozenset(stated | {Decimal(number) for number in _ordinals(text)})


def _ordinals(text: str) -> Iterator[int]:
    for found in _ORDINAL.finditer(text):
        yield int(found["digits"] or _ORDINALS.index(found["word"].casefold()) + 1)


def _read(found: re.Match[str]) -> _Read:
    groups = {name: text.casefold() for name, text in found.groupdict("").items()}
    if groups["digits"]:
        number = Decimal(re.sub(r"[^\d.]", "", groups["digits"]))
    elif groups["tens"]:
        ones = _ONES.index(groups["ones"] or "zero")
        number = Decimal(20 + 10 * _TENS.index(groups["tens"]) + ones)
    else:
        number = Decimal(_ONES.index(groups["word"]))
    return _Read(number, _SCALES.get(groups["scale"], 0), found.start(), found.end())


@cache
def _shares(text: str) -> frozenset[Fraction]:
    shares = set()
    for found in _SHARE.finditer(text):
        groups = {name: word.casefold() for name, word in found.groupdict("").items()}
        many = _ONES.index(groups["many"] or "one")
        shares.add(Fraction(many, _PARTS[groups["parts"] or groups["part"]]))
    return frozenset(shares)


@cache
def years(text: str) -> frozenset[int]:
    """Give the years that a text states."""
    return frozenset(int(year) for year in _YEAR.findall(_WEB_ADDRESS.sub(" ", text)))


@cache
def months(text: str) -> frozenset[tuple[int, int]]:
    """Give the months of a year that a text states: July 2016, or a year and then a month."""
    text = _WEB_ADDRESS.sub(" ", text)
    stated = {
        (int(found["year"]), _MONTHS.index(found["month"]) + 1)
        for found in _MONTH_AND_YEAR.finditer(text)
    }
    year = None
    for found in _MONTH_OR_YEAR.finditer(_MONTH_AND_YEAR.sub(" ", text)):
        if not found["month"]:
            year = int(found[0])
        elif year:
            stated.add((year, _MONTHS.index(found["month"]) + 1))
    return frozenset(stated)


@cache
def days(text: str) -> frozenset[date]:
    """Give the days that a text states: one by one, as ends of a range or of a quarter."""
    text = _WEB_ADDRESS.sub(" ", text.translate(_DASHES))
    stated = set(_quarters(text))
    for year, month, day in [*_written(text), *_iso(text)]:
        with suppress(ValueError):  # 31 June is no day
            stated.add(date(year, month, day))
    return frozenset(stated)


def _written(text: str) -> Iterator[tuple[int, int, int]]:
    for found in _DAYS_IN_MONTH.finditer(text):
        year = int(found["year"] or found["y"])
        month = _MONTHS.index(found["month"] or found["m"]) + 1
        other = _MONTHS.index(found["other"]) + 1 if found["other"] else month
        for name in ("since", "day", "s", "d"):
            if found[name]:
                yield year, other if name == "since" else month, int(found[name])


def _iso(text: str) -> Iterator[tuple[int, int, int]]:
    for found in _ISO_DAY.findall(text):
        year, month, day = map(int, found.split("-"))
        yield year, month, day


def _quarters(text: str) -> Iterator[date]:
    for found in _QUARTER.finditer(text):
        year, month = int(found["year"]), 3 * _ORDINALS.index(found["which"].casefold()) + 1
        yield date(year, month, 1)
        after = date(year + 1, 1, 1) if month == 10 else date(year, month + 3, 1)
        yield after - timedelta(days=1)
