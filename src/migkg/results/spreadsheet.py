"""Rows as a spreadsheet, by openpyxl."""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.errors import UsageError
from migkg.namespaces import XSD
from migkg.results.readable import harmless, heading, is_number, number
from migkg.terms import plain

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from migkg.terms import Row, Term

_CHARACTERS, _ROWS, _DIGITS = 32_767, 1_048_576, 15


def write(variables: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """Write a workbook of one sheet: numbers and dates as such, IRIs in full.

    :raises UsageError: openpyxl is not installed, or Excel could not hold the rows
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise UsageError("xlsx needs openpyxl: pip install openpyxl") from error

    def cell(value: object, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value)
        made.data_type = "s" if isinstance(value, str) else made.data_type  # "=1+1" is a text
        made.font = Font(bold=bold)
        return made

    kept = [[_cell_value(term) for term in row] for row in islice(rows, _ROWS)]
    if len(kept) == _ROWS:  # and one is for the headings
        raise UsageError(f"a sheet holds {_ROWS:,} rows, these are more; take csv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("results")
    sheet.freeze_panes = "A2"
    for at, name in enumerate(variables):
        longest = max((len(str(row[at] or "")) for row in kept[:1000]), default=0)
        width = min(60, max(longest, len(name)) + 2)
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    sheet.append([cell(heading(name), bold=True) for name in variables])
    for row in kept:
        sheet.append([cell(value) for value in row])
    packed = io.BytesIO()  # a zip file that cannot be written complains once more when it is freed
    book.save(packed)
    out.write(packed.getbuffer())


def _cell_value(term: Term | None) -> str | int | float | bool | datetime.date | None:
    if isinstance(term, ox.Literal):
        if is_number(term) and len(re.sub(r"\D", "", term.value)) <= _DIGITS:
            return number(term.value)
        if term.datatype.value == XSD + "boolean":
            return term.value in ("true", "1")
        if term.datatype.value == XSD + "date" and re.match(r"(19|20)\d\d-..-..$", term.value):
            import datetime

            return datetime.date.fromisoformat(term.value)
    text = harmless(plain(term))
    if len(text) > _CHARACTERS:
        raise UsageError(f"a cell holds {_CHARACTERS:,} characters, one has more; take csv")
    return text or None
