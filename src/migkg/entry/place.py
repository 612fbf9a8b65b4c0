"""Where something stands in what was written."""

from __future__ import annotations

from typing import NamedTuple

from migkg.graph import shown


class Place(NamedTuple):
    """A place in a file: a line and a column, both counted from 1, or a cell of a sheet.

    Of line 0 only the file is known. A column counts characters, a tab being one.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""
    """Such as ``Projects!C7``."""

    def __str__(self) -> str:
        if self.cell:
            return f"{shown(self.file)}:{self.cell}"
        return f"{shown(self.file)}:{self.line}:{self.column}" if self.line else shown(self.file)
