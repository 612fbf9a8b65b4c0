"""How people read terms and columns, on a terminal, in Markdown, in a sheet or a chart."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.namespaces import XSD, shorten
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from migkg.terms import Row, Term

_NUMBERS = re.compile(
    r"decimal|double|float|byte|int|long|short|.*(Integer|Int|Long|Short|Byte)|integer"
)
_LONGEST = 300  # digits: what has more is beyond any float, or nearly
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_MARKDOWN = re.compile(r"[\\`*\[\]<|~]|&(?=#?\w+;)|\b_|_\b")


def heading(variable: str) -> str:
    """Turn the name of a variable into words: ``refPeriod`` and ``ref_period`` are Ref period."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_+", " ", variable).split()
    lowered = [word if word.isupper() and len(word) > 1 else word.lower() for word in words]
    text = " ".join(lowered)
    return text[:1].upper() + text[1:]


def shown(term: Term | None) -> str:
    """Show a term: an IRI as a CURIE, a number with its thousands apart, nothing that controls."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value).strip("<>")
    if isinstance(term, ox.Literal):
        if is_number(term):
            return _grouped(term.value)
        if term.datatype.value == XSD + "boolean":
            return "yes" if term.value in ("true", "1") else "no"
    return harmless(plain(term).replace("\r\n", "\n").replace("\t", " "))


def harmless(text: str) -> str:
    """Put the replacement character in place of what would control a terminal."""
    return _UNSHOWABLE.sub("\ufffd", text)


def is_number(term: Term | None) -> bool:
    """Whether a term is a literal with a numeric datatype."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(XSD):
        return False
    return _NUMBERS.fullmatch(term.datatype.value, len(XSD)) is not None


def numeric_columns(variables: Sequence[str], rows: Sequence[Row]) -> list[bool]:
    """Tell, of each column, whether it holds numbers and nothing else."""
    columns = [[row[at] for row in rows if row[at] is not None] for at in range(len(variables))]
    return [bool(column) and all(map(is_number, column)) for column in columns]


def number(text: str) -> int | float | str:
    """Read a number; what no float can hold stays a text."""
    if len(text) < _LONGEST and re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    value = float(text.replace("INF", "inf"))
    return value if value - value == 0 else text


def _grouped(number: str) -> str:
    """Set the thousands apart from five digits on: a year is never 2,016."""
    whole = re.match(r"([+-]?)(\d{5,})(?![\deE])", number)
    if not whole:
        return number
    digits = whole[2].lstrip("0") or "0"
    first = len(digits) % 3 or 3
    threes = [digits[at : at + 3] for at in range(first, len(digits), 3)]
    return whole[1] + ",".join([digits[:first], *threes]) + number[whole.end() :]


def terminal_width() -> int:
    """Take the terminal's width, or COLUMNS, also where standard output is a pager."""
    import os
    from shutil import get_terminal_size

    width = get_terminal_size((0, 0)).columns
    for stream in (2, 0):
        if not width:
            with suppress(OSError):
                width = os.get_terminal_size(stream).columns
    return max(20, width or 80)


def markdown(
    variables: Sequence[str], rows: Sequence[Row], out: BinaryIO, notes: Sequence[str]
) -> None:
    """Write https://github.github.com/gfm/#tables-extension-."""
    rules = ["---:" if number else "---" for number in numeric_columns(variables, rows)]
    lines = [[_cell(heading(name)) for name in variables], rules]
    lines += [[_cell(shown(term)) for term in row] for row in rows]
    out.writelines(f"| {' | '.join(line)} |\n".encode() for line in lines)
    out.writelines(f"\n{_cell(note)}\n".encode() for note in notes)


def _cell(text: str) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", text).replace("\n", "<br>")
