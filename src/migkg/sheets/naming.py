"""What the rows of a workbook are called, and what a cell means by a name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.kinds.kind import DOCUMENT, LABEL, PASSAGE
from migkg.kinds.names import new_iri, slug
from migkg.lookup import fold
from migkg.model.constraints import NODE, Values
from migkg.namespaces import MK, MKD, OA, PREFIXES, SKOS, expand, shorten
from migkg.sheets.columns import TYPE, split
from migkg.sheets.problems import nearest, problem, unlike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.entry.place import Place
    from migkg.kinds.choices import Choices
    from migkg.kinds.kind import Node
    from migkg.sheets.cells import Cell, Row
    from migkg.sheets.columns import Column
    from migkg.sheets.headings import Headed
    from migkg.validation.finding import Finding

ANYTHING = Values(datatypes=frozenset({NODE}))
_IDENTIFIER, _HEADING = PREFIXES["dct"] + "identifier", MK + "heading"
_NAMING = {LABEL, _HEADING, _IDENTIFIER, SKOS + "altLabel"}
_SUGGESTED = 50  # unknown names for which near ones are looked up


class Thing(NamedTuple):
    """A row and the thing that it is about."""

    iri: str
    node: Node
    row: Row
    sheet: Headed
    cells: list[tuple[Column, Cell]]


class Names:
    """The things of a workbook by what they are called, beside those of the graph."""

    def __init__(self, choices: Choices, findings: list[Finding]) -> None:
        self.choices, self.findings = choices, findings
        self.things: dict[str, Thing] = {}
        self.classes: defaultdict[str, set[str]] = defaultdict(set)
        self.exact: defaultdict[str, set[str]] = defaultdict(set)
        self.folded: defaultdict[str, set[str]] = defaultdict(set)
        self.suggested = 0

    # -- rows -------------------------------------------------------------------------------------

    def add(self, sheet: Headed) -> None:
        """Name the rows of a sheet."""
        for row in self.once(sheet):
            cells = sheet.cells(row)
            iri = self._iri(sheet.node, row, cells)
            if iri is None:
                continue
            if iri in self.things:
                other = self.things[iri].row.first.cell
                self.findings.append(problem(row.first, "twice", shorten(iri), other))
                continue
            self.things[iri] = Thing(iri, sheet.node, row, sheet, cells)
            self._remember(iri, sheet.node, cells)

    def once(self, sheet: Headed) -> Iterator[Row]:
        """Give the rows of a sheet, each content once."""
        seen: dict[tuple[object, ...], Row] = {}
        for row in sheet.table.rows:
            content = tuple((at, row.cells[at].value) for at in sorted(row.cells))
            first = seen.setdefault(content, row)
            if first is row:
                yield row
            else:
                self.findings.append(problem(row.first, "same-row", first.first.cell))

    def _remember(self, iri: str, node: Node, cells: list[tuple[Column, Cell]]) -> None:
        self.classes[iri].add(node.iri)
        for column, cell in cells:
            if column.field.iri == TYPE:
                self.classes[iri] |= self.narrower(node, str(cell.value))
        for name in _texts(cells, _NAMING):
            self.exact[name].add(iri)
            self.folded[fold(name)].add(iri)

    def _iri(self, node: Node, row: Row, cells: list[tuple[Column, Cell]]) -> str | None:
        """Take the identifier of the first column, else make one of the code or the name."""
        if 1 in row.cells:
            return self._given(node, row.cells[1])
        codes = (n for n in _texts(cells, {_IDENTIFIER}) if re.fullmatch(r"[A-Za-z0-9-]+", n))
        labels = _texts(cells, {LABEL, _HEADING})
        if node.iri == PASSAGE and labels:
            labels = [f"{self._document(cells)} {labels[0]}"]
        name = next(filter(None, (*codes, *map(slug, labels))), "")
        if not name:
            if not row.broken:  # which may well be the name, and is told already
                self.findings.append(problem(row.first, "no-name"))
            return None
        number, iri = 1, f"{MKD}{node.stem}{name}"
        made = iri
        while made in self.things or made in self.choices.types:
            number += 1
            made = f"{iri}-{number}"
        return made

    def _document(self, cells: list[tuple[Column, Cell]]) -> str:
        """Give what the identifier of a passage has of its document's."""
        texts = [str(cell.value) for c, cell in cells if c.field.iri == OA + "hasSource"]
        documents = Values(classes=frozenset({DOCUMENT}))
        found = self.meant(texts[0], documents) if len(texts) == 1 else set()
        of = min(found).rpartition("/document-")[2] if found else "".join(texts)
        return slug(of)[:24]

    def _given(self, node: Node, cell: Cell) -> str | None:
        text = str(cell.value).removeprefix("<").removesuffix(">")
        iri = expand(text) or (MKD + text if re.fullmatch(r"[A-Za-z0-9-]+", text) else text)
        try:
            return ox.NamedNode(iri).value
        except ValueError:
            example = shorten(new_iri(node.stem, "name"))
            self.findings.append(problem(cell.place, "bad-name", text, example))
            return None

    # -- cells ------------------------------------------------------------------------------------

    def thing(self, text: str, values: Values, place: Place) -> str | None:
        """Find the one thing that is meant; what is wrong otherwise becomes a finding."""
        found = self.meant(text, values)
        if len(found) == 1:
            return found.pop()
        if found:
            listed = ", ".join(map(shorten, sorted(found)[:8]))
            self.findings.append(problem(place, "ambiguous", text, listed))
            return None
        near: list[str] = []
        self.suggested += 1
        if self.suggested <= _SUGGESTED:
            near = nearest(text, self.exact)
            near += [choice.name for choice in self.choices.near(text, values, "en")]
        self.findings.append(unlike(place, "unknown", text, list(dict.fromkeys(near))[:3]))
        return None

    def meant(self, text: str, values: Values) -> set[str]:
        """Find what is called like this and fits, in the graph and among the rows."""
        iri = expand(text) or text
        if iri in self.things:
            return {iri} if self._fits(iri, values) else set()
        exact = {iri for iri in self.exact.get(text, ()) if self._fits(iri, values)}
        rows = exact or {iri for iri in self.folded.get(fold(text), ()) if self._fits(iri, values)}
        return rows | self.choices.meant(text, values)

    def narrower(self, node: Node, text: str) -> set[str]:
        """Find the class of a sheet, or one that is narrower, by name or CURIE."""
        classes = {node.iri, *(one.iri for one in node.narrower)}
        iri = expand(text)
        if iri is not None:
            return {iri} & classes
        folded = fold(text)
        return {one for one in classes if folded in map(fold, self.choices.labels(one))}

    def _fits(self, iri: str, values: Values) -> bool:
        if NODE in values.datatypes:
            return True
        return any(self.choices.is_within(of, values.classes) for of in self.classes[iri])


def _texts(cells: list[tuple[Column, Cell]], of: set[str]) -> list[str]:
    """List what the cells of properties say, the English name first."""
    found = [(column, str(cell.value)) for column, cell in cells if column.field.iri in of]
    found.sort(key=lambda one: (one[0].language != "en", one[0].field.iri != LABEL))
    return [part for column, text in found for part in (split(text) if column.many else [text])]
