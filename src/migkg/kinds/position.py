"""Positions in a document, as people write them and as selectors of fragments hold them.

Lines of a text: https://www.rfc-editor.org/rfc/rfc5147, which counts from 0 the positions between
lines. Pages of a PDF: https://www.rfc-editor.org/rfc/rfc8118.
"""

from __future__ import annotations

import re

LINES, PAGE = "http://tools.ietf.org/rfc/rfc5147", "http://tools.ietf.org/rfc/rfc8118"
_WORDS = {
    "en": ("line", "lines", "page"),
    "fr": ("ligne", "lignes", "page"),
    "es": ("línea", "líneas", "página"),
}
_LINES = re.compile(
    r"(?:lines?|lignes?|l[ií]neas?)\s*([1-9]\d{0,8})(?:\s*[-–]\s*([1-9]\d{0,8}))?", re.IGNORECASE
)
_PAGE = re.compile(r"(?:page|p[aá]gina|p\.)\s*([1-9]\d{0,8})", re.IGNORECASE)
_SELECTOR = re.compile(r"line=\d{1,9},\d{1,9}|page=[1-9]\d{0,8}")


def worded(selector: str, language: str) -> str:
    """Write a selector as people count: ``line=120,124`` is lines 121–124."""
    line, lines, page = _WORDS[language]
    found = re.fullmatch(r"line=(\d+),(\d+)", selector)
    if found and int(found[1]) < int(found[2]):
        first, last = int(found[1]) + 1, int(found[2])
        return f"{line} {last}" if first == last else f"{lines} {first}–{last}"
    found = re.fullmatch(r"page=([1-9]\d*)", selector)
    return f"{page} {found[1]}" if found else selector


def selector(text: str) -> str | None:
    """Read lines or a page as people write them, in any of the languages, or a selector itself.

    >>> selector("lines 121-124"), selector("página 7"), selector("line=120,124")
    ('line=120,124', 'page=7', 'line=120,124')
    """
    if found := _LINES.fullmatch(text):
        first, last = int(found[1]), int(found[2] or found[1])
        return f"line={first - 1},{last}" if first <= last else None
    if found := _PAGE.fullmatch(text):
        return f"page={found[1]}"
    return text if _SELECTOR.fullmatch(text) else None


def standard(selector: str) -> str:
    """Give the IRI of the standard that a selector follows."""
    return LINES if selector.startswith("line=") else PAGE
