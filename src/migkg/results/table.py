"""A table on a terminal; where the columns do not fit, one block for each row."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from migkg.results.readable import heading, numeric_columns, shown, terminal_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migkg.terms import Row

_SHORT = 12  # text in a narrower column is a pain to read
_LONG = 24  # a longer word may be broken
_GAP = 2


def render(
    variables: Sequence[str], rows: Sequence[Row], notes: Sequence[str], on_terminal: bool
) -> str:
    """Lay rows out for the width of the terminal, with notes below."""
    cells = [[shown(term) for term in row] for row in rows]
    headings = [heading(name) for name in variables]
    numeric = numeric_columns(variables, rows)
    page = io.StringIO()
    console = Console(
        file=page,
        width=terminal_width(),
        height=25,  # else rich reads COLUMNS and LINES, and trips over what are no numbers
        force_terminal=on_terminal,
        highlight=False,
        markup=False,
    )
    columns = [[title, *(row[at] for row in cells)] for at, title in enumerate(headings)]
    widths = _widths(columns, console.width - _GAP * (len(columns) - 1))
    if widths:
        console.print(_table(headings, cells, numeric, widths))
    else:
        for number, row in enumerate(cells, 1):
            console.print(Text(f"\n{number} of {len(cells)}", style="dim"))
            console.print(_block(headings, row))
    if notes:
        console.print()
    for note in notes:
        console.print(Text(note), soft_wrap=False)
    lines = (line.rstrip() for line in page.getvalue().splitlines())
    return "\n".join(lines).strip("\n") + "\n"


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Share the room out, to the columns that want little first; no widths if it is too small."""
    natural = [max(map(_width, texts)) for texts in columns]
    widths = [min(natural[at], _least(texts)) for at, texts in enumerate(columns)]
    left = room - sum(widths)
    if left < 0:
        return []
    wanting = sorted(range(len(columns)), key=lambda at: natural[at] - widths[at])
    for served, at in enumerate(wanting):
        more = min(natural[at] - widths[at], left // (len(wanting) - served))
        widths[at] += more
        left -= more
    return widths


def _least(texts: Sequence[str]) -> int:
    """Find the width below which a column would break words or become a thread."""
    word = max((cell_len(word) for text in texts for word in text.split()), default=0)
    return max(_SHORT, min(word, _LONG))


def _width(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _is_tall(text: str, width: int) -> bool:
    return "\n" in text or cell_len(text) > width


def _table(
    headings: Sequence[str],
    cells: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    widths: Sequence[int],
) -> Table:
    tall = [row for row in cells if any(map(_is_tall, row, widths))]
    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, _GAP - 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        leading=1 if 3 * len(tall) > len(cells) else 0,  # blank lines where rows run together
    )
    for title, number, width in zip(headings, numeric, widths, strict=True):
        bold = Text(title, style="bold")
        table.add_column(
            bold, "", justify="right" if number else "left", width=width, overflow="fold"
        )
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _block(headings: Sequence[str], row: Sequence[str]) -> Table:
    block = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=False)
    block.add_column(style="bold", no_wrap=True)
    block.add_column(overflow="fold")
    for title, text in zip(headings, row, strict=True):
        if text:
            block.add_row(Text(title), Text(text))
    return block
