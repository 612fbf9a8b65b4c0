"""The cells of a workbook as they were filled, and what is wrong with how they were."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from migkg.entry.place import Place
from migkg.errors import InputError, UsageError
from migkg.graph import shown
from migkg.namespaces import expand
from migkg.sheets.columns import bare
from migkg.sheets.package import Layout, layouts, packed
from migkg.sheets.problems import problem
from migkg.sheets.workbook import FIRST, LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.validation.finding import Finding

Value = str | int | float | bool | Decimal | datetime.date | datetime.time | datetime.timedelta


class Cell(NamedTuple):
    """A filled cell."""

    value: Value
    place: Place


class Row(NamedTuple):
    """A row with a filled cell, by the numbers of the columns from 1."""

    number: int
    cells: dict[int, Cell]
    broken: frozenset[int] = frozenset()
    """The columns with what is no value."""

    @property
    def first(self) -> Place:
        """Where the row begins."""
        return self.cells[min(self.cells)].place


class Table(NamedTuple):
    """A sheet with the rows of a class: the two rows of headings, and what stands below them."""

    title: str
    of: str
    headings: dict[int, str]
    keys: dict[int, str]
    rows: list[Row]
    file: str

    def place(self, row: int, column: int) -> Place:
        """Name a cell."""
        return place(self.file, self.title, row, column)


def place(file: str, title: str, row: int, column: int) -> Place:
    """Name a cell of a sheet as spreadsheets do: ``Projects!C7``, ``'Data sets'!A1``."""
    from openpyxl.utils import get_column_letter

    plain = title.isascii() and title.isalnum() and not title[0].isdigit()
    name = title if plain else "'{}'".format(title.replace("'", "''"))
    return Place(file, cell=f"{name}!{get_column_letter(column)}{row}")


def tables(path: str) -> tuple[list[Table], list[Finding]]:
    """Read the sheets of a workbook that have rows of a class.

    :raises InputError: it is no workbook, or one that no entry can need
    :raises UsageError: openpyxl is not installed
    """
    return tables_of(packed(path), path)


def tables_of(content: bytes, path: str) -> tuple[list[Table], list[Finding]]:
    """Read the sheets of a workbook, as `tables` does."""
    of_parts = layouts(content, path)
    findings: list[Finding] = []
    found: list[Table] = []
    book = _opened(content, path)
    for page in book.worksheets:
        part = str(getattr(page, "_worksheet_path", "")).lstrip("/")
        try:
            rows = list(_rows(page, path, findings))
        except (InputError, MemoryError):
            raise
        except Exception as error:  # of whatever kind: what XML holds may be anything
            raise _broken(path, error) from error
        table = _table(page.title, rows, path)
        if table is None:
            if rows and not _for_people(rows):
                findings.append(problem(place(path, page.title, 1, 1), "unknown-sheet"))
            continue
        if page.sheet_state != "visible" and table.rows:
            findings.append(problem(place(path, page.title, 1, 1), "hidden-sheet"))
        if any(other.of == table.of for other in found) and table.rows:
            findings.append(problem(place(path, page.title, 2, 1), "sheet-twice"))
        findings += _laid_out(table, of_parts.get(part, Layout((), frozenset(), ())))
        found.append(table)
    return found, findings


def _opened(content: bytes, path: str) -> Any:
    """Let openpyxl read; it warns of what it leaves out, which no entry needs."""
    import io
    import warnings

    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise UsageError("sheets need openpyxl: pip install openpyxl") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # of whatever kind: what XML holds may be anything
        raise _broken(path, error) from error


def _broken(path: str, error: Exception) -> InputError:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return InputError(f"{shown(path)}: a broken workbook, save it anew: {said}")


def _rows(page: Any, path: str, findings: list[Finding]) -> Iterator[Row]:
    """Give the rows with a filled cell; `findings` gets what is no value."""
    import warnings

    page.reset_dimensions()  # which may be less than there is
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, row in enumerate(page.iter_rows(), 1):
            cells, broken = {}, set()
            for at, cell in enumerate(row, 1):
                if cell.value is None:
                    continue
                where = place(path, page.title, number, at)
                if cell.data_type in ("f", "e"):
                    broken.add(at)
                    what = "formula" if cell.data_type == "f" else "error"
                    findings.append(problem(where, what, cell.value))
                elif isinstance(cell.value, int | float) and "%" in (cell.number_format or ""):
                    broken.add(at)
                    findings.append(problem(where, "percent", cell.value))
                elif isinstance(cell.value, str) and len(cell.value) > LONGEST:
                    broken.add(at)
                    findings.append(problem(where, "long", cell.value[:40]))
                else:
                    value = _plain(cell.value, cell.number_format)
                    if value != "":
                        cells[at] = Cell(value, where)
            if cells:
                yield Row(number, cells, frozenset(broken))


def _plain(value: Any, shown_as: str) -> Value:
    """Take a value without the blanks around it, a number with the zeros that its format shows.

    A moment at midnight is a day.
    """
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    fixed = re.fullmatch(r"0\.(0{1,15})", shown_as or "")
    if fixed and isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(repr(value))
        padded = Decimal(f"{exact:.{len(fixed[1])}f}")
        return padded if padded == exact else value
    if isinstance(value, int | float | bool | datetime.date | datetime.time | datetime.timedelta):
        return value
    return str(value)


def _table(title: str, rows: list[Row], path: str) -> Table | None:
    headings, keys = (
        {at: str(cell.value) for row in rows if row.number == n for at, cell in row.cells.items()}
        for n in (1, 2)
    )
    of = expand(keys.get(1, ""))
    if of is None:
        return None
    below = [row for row in rows if row.number >= FIRST]
    return Table(title, of, headings, keys, below, path)


def _for_people(rows: list[Row]) -> bool:
    """Whether a sheet says of itself that it is to be read only, as ours with lists do."""
    marks = [row.cells[1].value for row in rows if row.number == 2 and 1 in row.cells]
    return any(str(mark).startswith("#") for mark in marks)


def _laid_out(table: Table, layout: Layout) -> Iterator[Finding]:
    """Tell what is merged or hidden, where something stands."""
    from openpyxl.utils import column_index_from_string, get_column_letter
    from openpyxl.utils.cell import coordinate_from_string

    for reference in layout.merged:
        try:
            letter, row = coordinate_from_string(reference.partition(":")[0])
            where = table.place(row, column_index_from_string(letter))
        except ValueError:
            where = table.place(1, 1)
        yield problem(where, "merged", reference)
    for row in table.rows:
        if row.number in layout.hidden_rows:
            yield problem(row.first, "hidden-row", row.number)
    filled = {at for row in table.rows for at in row.cells}
    for first, last in layout.hidden_columns:
        for at in sorted(filled & set(range(first, min(last, 16_384) + 1))):
            yield problem(table.place(1, at), "hidden-column", get_column_letter(at))
