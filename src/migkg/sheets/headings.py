"""Which column of a sheet has which property, by the keys in its second row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg.kinds import kind as kinds
from migkg.lookup import fold
from migkg.sheets.columns import OF_EVIDENCE, columns, evidence
from migkg.sheets.problems import nearest, problem, unlike
from migkg.sheets.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.kinds.kind import Node
    from migkg.model.triples import Triples
    from migkg.sheets.cells import Cell, Row, Table
    from migkg.sheets.columns import Column
    from migkg.validation.finding import Finding


_WORDS = WORDS["en"]


class Headed(NamedTuple):
    """A sheet whose columns are known."""

    table: Table
    node: Node
    columns: dict[int, Column]
    properties: dict[str, str]
    """From a heading, folded and without its language, to the property of its column."""

    def cells(self, row: Row) -> list[tuple[Column, Cell]]:
        """Give the cells of a row that have a column, in their order."""
        known = self.columns
        return [(known[at], cell) for at, cell in sorted(row.cells.items()) if at in known]


def headed(tables: list[Table], triples: Triples, findings: list[Finding]) -> list[Headed]:
    """Read the headings of the sheets that are filled; of what nobody knows there is a finding."""
    filled = [table for table in tables if table.rows]
    nodes = kinds.nodes({table.of for table in filled} - {OF_EVIDENCE}, triples)
    found = []
    for table in filled:
        if table.of == OF_EVIDENCE:
            found.append(_headed(table, *evidence(_WORDS), findings))
        elif table.of in nodes:
            node = nodes[table.of]
            found.append(_headed(table, node, tuple(columns(node, _WORDS, ("en",))), findings))
        else:
            findings.append(problem(table.place(2, 1), "unknown-sheet"))
    return found


def _headed(table: Table, node: Node, laid: Iterable[Column], findings: list[Finding]) -> Headed:
    by_key = {column.key: column for column in laid}
    found: dict[int, Column] = {}
    filled = sorted({at for row in table.rows for at in row.cells} - {1})
    for at, key in table.keys.items():
        column = by_key.get(key) or _in_language(key, by_key)
        if column:
            found[at] = column
        elif at in filled:
            near = nearest(key, by_key)
            findings.append(unlike(table.place(2, at), "unknown-column", key, near))
    for at in filled:
        if at not in table.keys:
            cell = next(row.cells[at] for row in table.rows if at in row.cells)
            findings.append(problem(cell.place, "no-heading"))
    properties = {
        fold(re.sub(r"\s*\([a-z]+\)|\s*\*", "", table.headings.get(at, ""))): column.field.iri
        for at, column in reversed(found.items())
    }
    return Headed(table, node, found, properties)


def _in_language(key: str, by_key: dict[str, Column]) -> Column | None:
    """Take a column for another language of a property that says its language."""
    base, at, tag = key.partition("@")
    column = by_key.get(f"{base}@en")
    if at and column and re.fullmatch(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", tag):
        return column._replace(language=tag, field=column.field._replace(least=0))
    return None
