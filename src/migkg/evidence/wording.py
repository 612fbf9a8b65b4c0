"""Whether words stand in a text: as whole words, over line breaks, whatever the signs between."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

_DASHES = str.maketrans("\u2010\u2011\u2013\u2212", "----")
_WORD = re.compile(r"[^\W_]+|&")
_LINE_END = re.compile(r"-*\n\s*|-+\s*\n\s*")
_MAY_BE = {"": {"", "-", "/"}, "-": {"", "-", "/", " "}, " ": {" ", "-", "/"}, ".": {"."}}


class _Words(NamedTuple):
    """The letters and digits of a text, what stands before each of them, and what at the end.

    A gap is "" (nothing), "-" (a hyphen), "." (a point or comma within a number), "/" (the end of
    a line where a word may go on in the next) or " " (anything else).
    """

    letters: str
    gaps: list[str]


@cache
def _words(text: str) -> _Words:
    text = normalize("NFKC", text).translate(_DASHES)
    letters: list[str] = []
    gaps: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        word = "and" if found[0] == "&" else found[0].casefold()
        before = letters[-1] if letters else ""
        gaps += [_gap(text[end : found.start()], before, found[0][0]), *[""] * (len(word) - 1)]
        letters.append(word)
        end = found.end()
    return _Words("".join(letters), [*gaps, " "])


def _gap(between: str, before: str, after: str) -> str:
    if between in {".", ","} and before[-1:].isdigit() and after.isdigit():
        return "."
    at_line_end = _LINE_END.fullmatch(between) and before.isalpha() and after.islower()
    if before == "non" and (between == "-" or at_line_end):
        return ""
    return "/" if at_line_end else between if between == "-" else " "


def stands_in(words: str, text: str) -> bool:
    """Tell whether a text has these words, one after the other, none a part of a longer word.

    Case, quotes and other punctuation, white space, "&" for "and" and a hyphen more or less make
    no difference. A word may go over the end of a line, with or without a hyphen, if no blank
    follows there and the next line goes on in lower case. A number stands whole or not at all,
    and "non-" is no word: non-binding is not binding.
    """
    wanted, given = _words(words), _words(text)
    size = len(wanted.letters)
    at = given.letters.find(wanted.letters) if size else -1
    while at >= 0:
        around = given.gaps[at], given.gaps[at + size]
        within = zip(wanted.gaps[1:size], given.gaps[at + 1 : at + size], strict=True)
        if all(gap in _MAY_BE[" "] for gap in around) and all(g in _MAY_BE[w] for w, g in within):
            return True
        at = given.letters.find(wanted.letters, at + 1)
    return False


def is_named_in(name: str, text: str) -> bool:
    """Tell whether a name stands in a text, also as a regular plural (society, societies)."""
    return stands_in(name, text) or stands_in(_plural(name), text)


def _plural(name: str) -> str:
    if re.search(r"[^aeiou\W\d]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|z|ch|sh)$", name) else "s")


def address_stands_in(address: str, text: str) -> bool:
    """Tell whether a text has a web address, with or without its scheme, broken at line ends."""
    return _address(address).search(text) is not None


@cache
def _address(address: str) -> re.Pattern[str]:
    bare = re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
    spelt = r"(?:\s*\n\s*)?".join(map(re.escape, bare))
    return re.compile(
        rf"(?<![\w.@-])(?:https?://)?(?:www\.)?{spelt}/?(?![\w/?&=#%-])", re.IGNORECASE
    )
