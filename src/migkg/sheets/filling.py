"""Things of a graph as the rows of a workbook, from which the same statements can be read."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph as files
from migkg.errors import UsageError
from migkg.kinds.kind import EVIDENCE, SELECTOR
from migkg.kinds.position import worded
from migkg.namespaces import LANGUAGES, MK, RDF, shorten
from migkg.sheets.cells import tables_of
from migkg.sheets.columns import OF_EVIDENCE, SEPARATOR, TYPE, Sheet, sheets
from migkg.sheets.reading import entry_of_tables
from migkg.sheets.words import WORDS
from migkg.sheets.workbook import NAME, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from migkg.graph import Graph
    from migkg.kinds.choices import Choices
    from migkg.kinds.kind import Kind, Node
    from migkg.rdflib_terms import Term
    from migkg.sheets.columns import Column
    from migkg.sheets.workbook import Cell

    Subject = ox.NamedNode | ox.BlankNode
    Said = Mapping[Subject, Sequence[ox.Triple]]

_EXCEL_BEGINS = datetime.date(1900, 3, 1)  # before, it counts a day that never was
_BETWEEN = f" {SEPARATOR} "


def said(graph: Graph) -> Said:
    """Read what the data of a graph say, by subject: as written, which a store does not keep.

    :raises InputError: a file cannot be read
    """
    found: dict[Subject, list[ox.Triple]] = defaultdict(list)
    for path in files.data_files(graph):
        for triple in files.read(path):
            if not isinstance(triple.subject, ox.Triple):
                found[triple.subject].append(triple)
    return found


def filled(kind: Kind, things: Sequence[str], said: Said, choices: Choices, language: str) -> bytes:
    """Make a workbook of a kind with things, and with what belongs to them alone.

    It is read again, to see that it says the same: no statement is left out in silence.

    :raises UsageError: a sheet cannot hold all that is said of one of them
    """
    for by_name in (True, False):  # where names are ambiguous, by CURIEs
        filler = _Filler(kind, said, choices, language, by_name)
        for thing in things:
            filler.add(ox.NamedNode(thing))
        content = workbook(list(filler.sheets()), filler.rows, choices, language)
        different = _different(content, filler, choices)
        if not different:
            return content
    raise UsageError(f"a sheet cannot hold this as it is written: {different}")


def _different(content: bytes, filler: _Filler, choices: Choices) -> str:
    """Read the workbook again; tell a statement that it says otherwise, "" if there is none."""
    found, findings = tables_of(content, "")
    read = entry_of_tables("", found, findings, choices)
    if read.findings:
        return f"{read.findings[0].place}: {read.findings[0].message('en')}"
    again = ox.Dataset(
        ox.parse(
            read.entry.statements.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES
        )
    )
    told = ox.Dataset(ox.Quad(*triple) for triple in filler.told)
    for dataset in (again, told):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    left = sorted(str(quad) for quad in set(told) ^ set(again))
    return left[0] if left else ""


class _Filler:
    """The rows of a workbook while they are filled, and the statements that they are to say."""

    def __init__(
        self, kind: Kind, said: Said, choices: Choices, language: str, by_name: bool
    ) -> None:
        self.kind, self.said, self.choices, self.language = kind, said, choices, language
        self.by_name = by_name
        literals = (t.object for triples in said.values() for t in triples)
        tags = {one.language for one in literals if isinstance(one, ox.Literal) and one.language}
        self.laid = sheets(kind, WORDS[language], [*LANGUAGES, *sorted(tags - set(LANGUAGES))])
        self.rows: dict[str, list[dict[str, Cell]]] = defaultdict(list)
        self.told: set[ox.Triple] = set()
        self.names: dict[object, dict[str, str]] = {}

    def add(self, thing: ox.NamedNode, owner: ox.NamedNode | None = None) -> None:
        """Write a thing into its sheet."""
        node, row = self._begun(thing)
        sheet = next(sheet for sheet in self.laid if sheet.node.iri == node.iri)
        values: dict[Column, list[Term]] = defaultdict(list)
        if owner:
            column = next(column for column in sheet.columns if column.inverse)
            row[column.key] = shorten(owner.value)
        self.rows[node.iri].append(row)
        for triple in self.said.get(thing, ()):
            self.told.add(triple)
            prop = triple.predicate.value
            if prop == TYPE:
                continue
            if prop == EVIDENCE:
                self._evidence(triple, row, sheet)
            elif any(prop == other.owner for other in self.kind.nodes if other.iri != SELECTOR):
                self.add(_named(triple), thing)
            else:
                values[self._column(triple, sheet)].append(triple.object)
        for column, terms in values.items():
            row[column.key] = self._cell(column, terms, thing)

    def sheets(self) -> Iterator[Sheet]:
        """Give the sheets, further languages only where something is said in them."""
        for sheet in self.laid:
            used = {key for row in self.rows[sheet.node.iri] for key in row}
            usual = ("", *LANGUAGES)
            kept = (c for c in sheet.columns if c.language in usual or c.key in used)
            yield Sheet(sheet.node, tuple(kept))

    def _begun(self, thing: ox.NamedNode) -> tuple[Node, dict[str, Cell]]:
        """Begin a row with what the thing is."""
        types = [_named(t).value for t in self.said.get(thing, ()) if t.predicate.value == TYPE]
        row: dict[str, Cell] = {NAME: shorten(thing.value).strip("<>")}
        for node in self.kind.nodes:
            if types == [node.iri]:
                return node, row
            for narrower in node.narrower:
                if types == [narrower.iri]:
                    return node, {**row, shorten(TYPE): narrower.label}
        what = ", ".join(map(shorten, types)) or "nothing known"
        raise UsageError(
            f"{shorten(thing.value)} is {what}: no row of a sheet for {self.kind.name}"
        )

    def _column(self, triple: ox.Triple, sheet: Sheet) -> Column:
        value = triple.object
        tag = (value.language or "") if isinstance(value, ox.Literal) else ""
        for column in sheet.columns:
            own = column.field.iri == triple.predicate.value and not column.inverse
            if own and column.language == tag:
                return column
        raise UsageError(
            f"{shorten(triple.subject.value)} has no sheet that holds all of it: there is no "  # type: ignore[union-attr]
            f"column for {shorten(triple.predicate.value)} {value}"
        )

    # -- cells ------------------------------------------------------------------------------------

    def _cell(self, column: Column, terms: list[Term], thing: ox.NamedNode) -> Cell:
        cells = sorted((self._value(column, term) for term in terms), key=str)
        if len(cells) == 1:
            return cells[0]
        texts = [cell for cell in cells if isinstance(cell, str) and SEPARATOR not in cell]
        if len(texts) < len(cells):
            raise UsageError(
                f"{shorten(thing.value)} has several values of {column.heading} that a cell cannot "
                "hold together"
            )
        return _BETWEEN.join(texts)

    def _value(self, column: Column, term: Term) -> Cell:
        if column.form == "position":
            return self._position(term)
        if isinstance(term, ox.Literal):
            return _literal(column, term.value)
        if isinstance(term, ox.NamedNode):
            return term.value if column.form == "address" else self._name(column, term.value)
        raise UsageError(f"a cell cannot hold {term}, which has no name")

    def _name(self, column: Column, iri: str) -> str:
        """Name a thing as its list does."""
        if column.field.values not in self.names:
            listed = self.choices.of(column.field, self.language) if self.by_name else []
            self.names[column.field.values] = {choice.iri: choice.name for choice in listed}
        name = self.names[column.field.values].get(iri, "")
        return name if name and SEPARATOR not in name else shorten(iri).strip("<>")

    def _position(self, selector: Term) -> str:
        triples = self.said.get(selector, ()) if isinstance(selector, ox.NamedNode) else ()
        self.told |= set(triples)
        values = [t.object.value for t in triples if t.predicate.value == RDF + "value"]  # type: ignore[union-attr]
        if len(values) != 1:
            raise UsageError(f"{selector} has no position that a cell could hold")
        return worded(values[0], self.language)

    # -- evidence ---------------------------------------------------------------------------------

    def _evidence(self, triple: ox.Triple, row: dict[str, Cell], of: Sheet) -> None:
        """Write evidence for all of a thing into its row, other evidence into its own sheet."""
        node = triple.object
        triples = self.said.get(node, ()) if isinstance(node, ox.BlankNode) else ()
        if not triples:
            raise UsageError(f"{row[NAME]} has evidence that a sheet cannot hold: {node}")
        self.told |= set(triples)
        sheet = self.laid[-1]
        values: dict[Column, list[Term]] = defaultdict(list)
        for one in triples:
            values[self._column(one, sheet)].append(one.object)
        cells = {column.key: self._told(column, terms, of) for column, terms in values.items()}
        if cells.keys() == {"mk:passage"}:
            before = row.get(shorten(EVIDENCE))
            passages = [str(cell) for cell in (before, cells["mk:passage"]) if cell is not None]
            row[shorten(EVIDENCE)] = _BETWEEN.join(passages)
        else:
            self.rows[OF_EVIDENCE].append({NAME: row[NAME], **cells})

    def _told(self, column: Column, terms: list[Term], of: Sheet) -> str:
        if column.field.iri == MK + "supports":
            return _BETWEEN.join(sorted(self._heading(term, of) for term in terms))
        if column.form == "value":
            return _BETWEEN.join(sorted(self._shown(term) for term in terms))
        return str(self._cell(column, terms, ox.NamedNode(OF_EVIDENCE)))

    def _heading(self, term: Term, of: Sheet) -> str:
        """Name a property as the heading of its column does."""
        iri = term.value if isinstance(term, ox.NamedNode) else str(term)
        headings = {column.field.label for column in of.columns if column.field.iri == iri}
        return headings.pop() if self.by_name and headings else shorten(iri)

    def _shown(self, term: Term) -> str:
        if not isinstance(term, ox.NamedNode):
            return term.value if isinstance(term, ox.Literal) else str(term)
        name = self.choices.name(term.value, self.language) if self.by_name else SEPARATOR
        return shorten(term.value).strip("<>") if SEPARATOR in name else name


def _named(triple: ox.Triple) -> ox.NamedNode:
    if isinstance(triple.object, ox.NamedNode):
        return triple.object
    raise UsageError(f"a sheet cannot hold {triple.object}, which has no name")


def _literal(column: Column, text: str) -> Cell:
    """Take a number or a day as such where a sheet does not change it."""
    if column.form in ("number", "integer"):
        if re.fullmatch(r"-?\d+\.\d+", text):
            return Decimal(text)
        return int(text) if re.fullmatch(r"-?\d+", text) else text
    if column.form == "year" and re.fullmatch(r"[1-9]\d{3}", text):
        return int(text)
    if column.form == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = datetime.date.fromisoformat(text)
        return day if day >= _EXCEL_BEGINS else text
    return text
