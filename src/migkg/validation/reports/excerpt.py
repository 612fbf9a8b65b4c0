"""The line of a file to which a finding points."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from migkg.entry.content import read_before

if TYPE_CHECKING:
    from migkg.entry.place import Place

_LINE_BREAK = re.compile(r"\r\n?|\n")
_TERM = re.compile(
    r"""
    (?: \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* (?: \"{3} | \"{0,2} $ )   # to the end of the line
      | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* (?: '{3} | '{0,2} $ )
      | \" (?: [^"\\] | \\. )* \"?
      | ' (?: [^'\\] | \\. )* '?
    ) (?: @[A-Za-z0-9-]+ | \^\^ (?: <[^>]*> | [\w:.%\\-]* [\w%] ) )?
    | <[^>]*>?
    | (?: \\. | [^\s;,.()\[\]<>"'\#\\] | \. (?= [\w%-] ) )+
    | .
    """,
    re.VERBOSE,
)
_LONGEST = 30_000_000  # bytes; more has no entry
_BEFORE, _AFTER = 80, 120  # characters of a long line around the place


class Excerpt(NamedTuple):
    """A line, or a part of a long one, and which characters of it are the term pointed to."""

    number: int
    text: str
    start: int
    end: int


def excerpt(place: Place) -> Excerpt | None:
    """Show the line of a place, None if it has none, or its file cannot be read again.

    The line is written with a blank for each tab and whatever it holds: harmless it is not.
    """
    if place.cell or not place.line or not place.column:
        return None
    lines = source(place.file)
    if place.line > len(lines) or place.column > len(lines[place.line - 1]) + 1:
        return None
    line, start = lines[place.line - 1].replace("\t", " "), place.column - 1
    end = start + len(term(line, start))
    return _cut(place.line, line, start, end)


def term(line: str, start: int) -> str:
    """Take the term of Turtle that begins there, as far as it stands in the line."""
    found = _TERM.match(line, start)
    return found[0] if found else ""


def _cut(number: int, line: str, start: int, end: int) -> Excerpt:
    if len(line) <= _BEFORE + _AFTER:
        return Excerpt(number, line, start, end)
    first, last = max(0, start - _BEFORE), min(len(line), start + _AFTER)
    ahead, behind = "…" * (first > 0), "…" * (last < len(line))
    moved = len(ahead) - first
    return Excerpt(number, ahead + line[first:last] + behind, start + moved, min(end, last) + moved)


def source(file: str) -> list[str]:
    """Read the lines of a file of text, none if it is no file or cannot be read.

    Of standard input, they are those that were read before.
    """
    before = read_before(file)
    return _lines(before) if before else _lines_of(file)


@lru_cache(maxsize=2)
def _lines(content: bytes) -> list[str]:
    return _LINE_BREAK.split(content.decode("utf-8-sig", errors="replace"))


@lru_cache(maxsize=8)
def _lines_of(file: str) -> list[str]:
    try:
        if not os.path.isfile(file) or os.path.getsize(file) > _LONGEST:
            return []
        with open(file, encoding="utf-8-sig", newline="") as opened:
            return _LINE_BREAK.split(opened.read())
    except (OSError, UnicodeDecodeError):
        return []
