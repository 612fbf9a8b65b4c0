"""A workbook to be filled: a sheet for each class of node, with lists to choose from."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from migkg.errors import UsageError
from migkg.kinds.choices import Choice, Choices
from migkg.kinds.kind import LABEL
from migkg.kinds.names import new_iri
from migkg.namespaces import shorten
from migkg.sheets.columns import OF_EVIDENCE, TYPE, Column, Sheet
from migkg.sheets.words import WORDS, Words, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from migkg.kinds.kind import Node

    Cell = str | int | Decimal | datetime.date
    Row = Mapping[str, Cell]
    Rows = Mapping[str, Sequence[Row]]

NAME = ""  # the key of the first column in a row
FIRST = 3  # the first row below the two with headings
_LAST = 1_000  # the last row with lists to choose from
_ENGLISH = f"{shorten(LABEL)}@en"
LONGEST = 32_767  # characters of a cell
_FORMATS = {"date": "yyyy-mm-dd", "number": "General", "integer": "0", "year": "0"}
_FONT = "Calibri"
_ACCENT, _PALE, _GREY = "1F4E79", "DDEBF7", "808080"


def workbook(laid: Sequence[Sheet], rows: Rows, choices: Choices, language: str) -> bytes:
    """Make a workbook.

    :param rows: by class, the cells of each row by the keys of their columns
    :raises UsageError: openpyxl is not installed, or a cell cannot hold its text
    """
    try:
        return _Book(laid, choices, language).bytes(rows)
    except ImportError as error:
        raise UsageError("sheets need openpyxl: pip install openpyxl") from error


class _Book:
    """A workbook of openpyxl while it is made."""

    def __init__(self, laid: Sequence[Sheet], choices: Choices, language: str) -> None:
        from openpyxl import Workbook

        self.laid, self.choices, self.language = laid, choices, language
        self.words: Words = WORDS[language]
        self.book = Workbook()
        self.titles = {sheet.node.iri: title(sheet.node.iri, language) for sheet in laid}
        self.ranges: dict[tuple[Choice, ...], str] = {}

    def bytes(self, rows: Rows) -> bytes:
        self._instructions(self.book.active)
        pages = {iri: self.book.create_sheet(name) for iri, name in self.titles.items()}
        lists = self.book.create_sheet(self.words.lists)
        lists.sheet_state = "hidden"
        lists["A2"] = self.words.read_by_people
        for sheet in self.laid:
            self._sheet(pages[sheet.node.iri], sheet, rows.get(sheet.node.iri, ()), lists)
        self.book.save(out := io.BytesIO())
        return out.getvalue()

    def _instructions(self, page: Any) -> None:
        from openpyxl.styles import Alignment, Font

        page.title = self.words.instructions
        main = self.laid[0].node
        page["A1"] = f"migkg · {main.label}"
        page["A1"].font = Font(name=_FONT, bold=True, size=16, color=_ACCENT)
        page["A2"] = self.words.read_by_people
        page["A2"].font = Font(name=_FONT, size=8, color=_GREY)
        lines = [f"{at}. {step}" for at, step in enumerate(self.words.steps, 1)]
        lines += ["", self.words.sheets]
        lines += [
            f"{self.titles[node.iri]} · {node.meaning or node.label}"
            for node in (sheet.node for sheet in self.laid)
        ]
        for at, line in enumerate(lines, FIRST):
            page.cell(at, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
            page.row_dimensions[at].height = 15 * (1 + len(line) // 110)
        page.column_dimensions["A"].width = 110

    # -- a sheet ----------------------------------------------------------------------------------

    def _sheet(self, page: Any, sheet: Sheet, rows: Sequence[Row], lists: Any) -> None:
        from openpyxl.utils import get_column_letter

        named = next((at for at, c in enumerate(sheet.columns, 3) if c.key == _ENGLISH), 2)
        page.freeze_panes = f"{get_column_letter(named)}{FIRST}"
        page.row_dimensions[1].height = 32
        page.page_setup.orientation = "landscape"
        self._heading(page, 1, self._first(sheet.node), shorten(sheet.node.iri), 18)
        keys = [NAME, *(column.key for column in sheet.columns)]
        for at, column in enumerate(sheet.columns, 2):
            letter = get_column_letter(at)
            form = _FORMATS.get(column.form, "@")
            page.column_dimensions[letter].number_format = form
            self._heading(page, at, self._told(column), column.key, _width(column))
            self._list(page, letter, sheet.node, column, lists)
        page.column_dimensions["A"].number_format = "@"
        if sheet.node.iri == OF_EVIDENCE:
            self._own_names(page, "A", self.laid[0].node.iri)
        for number, row in enumerate(rows, FIRST):
            for at, key in enumerate(keys, 1):
                if key in row:
                    self._fill(page.cell(number, at), row[key])

    def _first(self, node: Node) -> tuple[str, str]:
        """Give heading and note of the first column."""
        if node.iri == OF_EVIDENCE:
            return f"{self.words.about} *", self.words.about_meaning
        example = shorten(new_iri(node.stem, "name"))
        return self.words.name, self.words.name_meaning.format(example)

    def _told(self, column: Column) -> tuple[str, str]:
        field = column.field
        meaning = field.meaning
        if field.iri == TYPE:
            meaning = meaning.format(next(s.node.label for s in self.laid if self._has(s, column)))
        said = [
            meaning,
            self.words.needed if field.needed else "",
            self.words.several if column.many else "",
            self.words.forms.get(column.form, "") if column.form != "text" else "",
        ]
        return column.heading + " *" * field.needed, "\n".join(filter(None, said))

    def _has(self, sheet: Sheet, column: Column) -> bool:
        return column in sheet.columns

    def _heading(self, page: Any, at: int, told: tuple[str, str], key: str, width: int) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        heading, meaning = told
        cell = page.cell(1, at, heading)
        cell.font = Font(name=_FONT, bold=True, color=_ACCENT)
        cell.fill = PatternFill("solid", fgColor=_PALE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if meaning:
            cell.comment = Comment(meaning, "migkg", height=110, width=320)
        page.cell(2, at, key).font = Font(name=_FONT, size=8, color=_GREY)
        page.column_dimensions[get_column_letter(at)].width = width

    def _fill(self, cell: Any, value: Cell) -> None:
        from openpyxl.utils.exceptions import IllegalCharacterError

        try:
            if isinstance(value, str) and len(value) > LONGEST:
                raise UsageError(f"a cell holds {LONGEST:,} characters; “{value[:40]}…” has more")
            cell.value = value
        except IllegalCharacterError as error:
            raise UsageError(f"a cell cannot hold the control characters of {value!r}") from error
        if isinstance(value, str):
            cell.data_type = "s"  # "=1+1" is a text
            cell.number_format = "@"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@", "'"))
        elif isinstance(value, Decimal):
            cell.number_format = f"{Decimal(0):.{-int(value.as_tuple().exponent)}f}"
        elif isinstance(value, datetime.date):
            cell.number_format = _FORMATS["date"]

    # -- lists to choose from -----------------------------------------------------------------

    def _list(self, page: Any, letter: str, node: Node, column: Column, lists: Any) -> None:
        if column.form != "thing":
            return
        if column.inverse:
            owner = next((s.node.iri for s in self.laid if self._may_own(s.node, column)), "")
            if owner:
                self._own_names(page, letter, owner)
            return
        found = self._choices(node, column)
        if found:
            open_ended = column.many or any(
                self.choices.is_within(iri, column.field.values.classes) for iri in self.titles
            )
            if found not in self.ranges:
                self.ranges[found] = self._written(lists, found, column.heading)
            self._validate(page, letter, self.ranges[found], open_ended)

    def _choices(self, node: Node, column: Column) -> tuple[Choice, ...]:
        """List what a cell may hold; what evidence supports are the columns, by their headings."""
        if column.field.iri == TYPE:
            return tuple(Choice(narrower.iri, narrower.label) for narrower in node.narrower)
        if node.iri == OF_EVIDENCE and column.key == "mk:supports":
            fields = {c.field.iri: c.field.label for s in self.laid[:-1] for c in s.columns}
            fields.pop(TYPE, None)
            return tuple(Choice(iri, label) for iri, label in fields.items() if label)
        return tuple(self.choices.of(column.field, self.language))

    def _may_own(self, node: Node, column: Column) -> bool:
        return any(field.iri == column.field.iri for field in node.fields)

    def _own_names(self, page: Any, letter: str, iri: str) -> None:
        """Let a cell take the English names of the rows of another sheet."""
        from openpyxl.utils import get_column_letter, quote_sheetname

        columns = next(sheet.columns for sheet in self.laid if sheet.node.iri == iri)
        at = next((at for at, c in enumerate(columns, 2) if c.key == _ENGLISH), 1)
        name = get_column_letter(at)
        where = f"{quote_sheetname(self.titles[iri])}!${name}${FIRST}:${name}${_LAST}"
        self._validate(page, letter, where, open_ended=True)

    def _written(self, lists: Any, found: Iterable[Choice], heading: str) -> str:
        from openpyxl.utils import get_column_letter, quote_sheetname

        at = len(self.ranges) + 1
        lists.cell(1, at, heading)
        row = FIRST - 1
        for row, choice in enumerate(found, FIRST):
            self._fill(lists.cell(row, at), choice.name)
        letter = get_column_letter(at)
        return f"{quote_sheetname(self.words.lists)}!${letter}${FIRST}:${letter}${row}"

    def _validate(self, page: Any, letter: str, where: str, open_ended: bool) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        asked = DataValidation("list", formula1=where, allow_blank=True)
        asked.showErrorMessage = False  # names in other languages, codes and rows of the file too
        asked.promptTitle = "migkg"
        asked.prompt = self.words.choose_or_new if open_ended else self.words.choose
        asked.showInputMessage = True
        page.add_data_validation(asked)
        asked.add(f"{letter}{FIRST}:{letter}{_LAST}")


def _width(column: Column) -> int:
    wide = 36 if column.form in ("text", "address") and column.field.iri == LABEL else 24
    return 14 if column.form in ("number", "integer", "date", "year", "month") else wide
