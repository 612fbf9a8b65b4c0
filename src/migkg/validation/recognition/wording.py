"""When two names are the same but for the way in which they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg.lookup import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACRONYM = re.compile(r"\(\s*([^\W\d_a-z]{2,8}s?)\s*\)")
_CAPITALS = re.compile(r"[^\W\d_a-z]{2,8}")
_WORD = re.compile(r"\w+")
_SMALL = {  # words that a name is written with or without
    "en": re.compile("a|an|and|at|by|for|from|in|of|on|the|to|with"),
    "fr": re.compile("a|and|aux?|avec|d|dans|des?|du|en|et|l|la|les?|par|pour|sur"),
    "es": re.compile("a|al|and|con|del?|e|el|en|las?|los|para|por|y"),
}
_LEGAL = re.compile(  # forms of enterprises, and their abbreviations
    "ag|asbl|bv|corp|corporation|ev|gmbh|inc|incorporated|limited|llc|llp|ltd|ltda|nv|oy|plc|pty"
    "|sa|sarl|sas|scarl|scrl|sl|spa|srl"
)
_LONG = 5  # letters of a word of which one may be mistyped


class Name(NamedTuple):
    """A name as it is compared: folded, its words in order, and apart those of little weight."""

    folded: str
    words: tuple[str, ...]
    little: tuple[str, ...]
    initials: str
    is_acronym: bool

    @property
    def joined(self) -> str:
        """The words as one."""
        return "".join(self.words)


def read(text: str, language: str) -> list[Name]:
    """Read a text as the names that it holds: itself, and an acronym in brackets.

    >>> [name.folded for name in read("The World Bank (WB)", "en")]
    ['the world bank', 'wb']
    """
    acronyms = _ACRONYM.findall(text)
    plain = _ACRONYM.sub(" ", text).strip() if acronyms else text
    return [_name(name, language) for name in (plain, *acronyms) if name]


def _name(text: str, language: str) -> Name:
    folded = fold(text)
    is_small = _SMALL.get(language, _SMALL["en"]).fullmatch
    words = _WORD.findall(folded.replace("&", " and ").replace(".", ""))
    weighty = [word for word in words if not is_small(word)]
    return Name(
        folded,
        tuple([word for word in weighty if not _LEGAL.fullmatch(word)] or weighty or words),
        tuple(word for word in words if is_small(word)),
        "".join(word[0] for word in weighty),
        _CAPITALS.fullmatch(text) is not None,
    )


def is_same(one: Name, other: Name) -> bool:
    """Whether names differ in case, accents, spaces and dashes at most, or one abbreviates."""
    return (
        one.folded == other.folded
        or (one.is_acronym and one.folded == other.initials)
        or (other.is_acronym and other.folded == one.initials)
    )


def is_alike(one: Name, other: Name) -> bool:
    """Whether names have the same words, in whatever order, up to a letter of each long one."""
    return (
        one.joined == other.joined
        or _are_alike(one.words, other.words)
        or _are_alike(sorted(one.words), sorted(other.words))
    )


def _are_alike(some: Sequence[str], others: Sequence[str]) -> bool:
    return len(some) == len(others) and all(
        word == other or is_mistyped(word, other) for word, other in zip(some, others, strict=True)
    )


def is_mistyped(one: str, other: str) -> bool:
    """Whether long words differ by a letter that is changed, left out, put in or swapped."""
    from rapidfuzz.distance import OSA

    if min(len(one), len(other)) < _LONG or _digits(one) != _digits(other):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
