"""Workbooks for tests: filled as people do, in the columns that migkg made."""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from migkg.kinds.choices import Choices
from migkg.kinds.kind import kind
from migkg.sheets.columns import sheets
from migkg.sheets.words import WORDS
from migkg.sheets.workbook import workbook

PASSAGE = "000: ILO RESPONSE - REFUGEES / PROSPECTS PARTNERSHIP (lines 444–457)"
FIRST = 3


def whole(name: str, choices: Choices, language: str = "en") -> Any:
    """A workbook of a kind, as migkg makes it."""
    return load_workbook(io.BytesIO(_made(name, choices, language)))


def blank(name: str, choices: Choices) -> Any:
    """A workbook of a kind, open to be filled; without the lists, which take time to load."""
    return load_workbook(io.BytesIO(_without_lists(name, choices)))


@cache
def _made(name: str, choices: Choices, language: str) -> bytes:
    of = kind(name, choices.triples, language)
    return workbook(sheets(of, WORDS[language]), {}, choices, language)


@cache
def _without_lists(name: str, choices: Choices) -> bytes:
    book = whole(name, choices)
    del book[WORDS["en"].lists]
    book.save(out := io.BytesIO())
    return out.getvalue()


def column(page: Any, key: str) -> int:
    """In which column a key stands; the first if there is none."""
    return next((cell.column for cell in page[2] if cell.value == key), 1)


def fill(book: Any, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> Any:
    """Write rows into sheets by title, cells by the keys of their columns ("" is the first)."""
    for title, filled in rows.items():
        page = book[title]
        for number, row in enumerate(filled, FIRST):
            for key, value in row.items():
                page.cell(number, column(page, key), value)
    return book


def saved(book: Workbook, path: Path) -> str:
    """Save a workbook."""
    book.save(path)
    return str(path)
