"""An entry from a workbook: its statements, and the cell of each.

IRIs of new things are made of their names. Whatever a cell cannot mean is a finding, and all of
them are told at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, BNode, Literal, URIRef

from migkg.entry.entry import Entry, Written
from migkg.errors import InputError
from migkg.graph import shown
from migkg.kinds.choices import Choices
from migkg.kinds.kind import EVIDENCE, SELECTOR
from migkg.kinds.position import selector, standard
from migkg.lookup import fold
from migkg.model.constraints import Values
from migkg.model.triples import Triples
from migkg.namespaces import MK, PREFIXES, expand, shorten
from migkg.prepared import Prepared
from migkg.rdflib_terms import node_of
from migkg.sheets.cells import tables
from migkg.sheets.columns import OF_EVIDENCE, TYPE, split
from migkg.sheets.headings import headed
from migkg.sheets.naming import ANYTHING, Names
from migkg.sheets.problems import nearest, of_form, problem, unlike
from migkg.sheets.values import literal
from migkg.validation.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node as Term

    from migkg.entry.place import Place
    from migkg.graph import Graph
    from migkg.kinds.kind import Node
    from migkg.sheets.cells import Cell, Row, Table
    from migkg.sheets.columns import Column
    from migkg.sheets.headings import Headed
    from migkg.sheets.naming import Thing

_CONFORMS_TO = URIRef(PREFIXES["dct"] + "conformsTo")
_PASSAGE, _SUPPORTS = URIRef(MK + "passage"), MK + "supports"


class Read(NamedTuple):
    """What a workbook says, and what is wrong with it; with findings it is not to be relied on."""

    entry: Entry
    findings: list[Finding]


def entry_of_sheet(path: str, graph: Graph) -> Read:
    """Read a workbook as an entry to a graph.

    :raises InputError: it is no workbook, no entry can need it, or no row of it is filled
    :raises UsageError: openpyxl is not installed
    """
    found, findings = tables(path)
    if not findings and not any(table.rows for table in found):
        raise InputError(f"{shown(path)}: no row is filled: fill the sheets from the third row on")
    return entry_of_tables(path, found, findings, Choices(Triples(graph)))


def entry_of_tables(
    path: str, found: list[Table], findings: list[Finding], choices: Choices
) -> Read:
    """Read tables as an entry; `findings` are those of the cells."""
    reader = _Reader(path, choices, findings)
    reader.read(headed(found, choices.triples, findings))
    return Read(reader.entry, findings)


class _Reader:
    """The statements of a workbook while they are read."""

    def __init__(self, path: str, choices: Choices, findings: list[Finding]) -> None:
        self.choices, self.findings = choices, findings
        self.entry = Entry((path,), Prepared(bind_namespaces="none"), {}, {})
        self.names = Names(choices, findings)
        self.sheets: list[Headed] = []
        self.blank_nodes = 0

    def read(self, sheets: list[Headed]) -> None:
        """Name the things, for others to refer to; then what they say; then what supports it."""
        self.sheets = sheets
        of_evidence = [sheet for sheet in sheets if sheet.node.iri == OF_EVIDENCE]
        for sheet in sheets:
            if sheet not in of_evidence:
                self.names.add(sheet)
        for thing in self.names.things.values():
            self._thing(thing)
        for sheet in of_evidence:
            for row in self.names.once(sheet):
                self._evidence(sheet, row)

    # -- things -----------------------------------------------------------------------------------

    def _thing(self, thing: Thing) -> None:
        subject, start = URIRef(thing.iri), thing.row.first
        self.entry.read_from.setdefault(subject, start)
        self._once(thing.cells)
        if not any(column.field.iri == TYPE for column, _ in thing.cells):
            self._say(subject, RDF.type, URIRef(thing.node.iri), start, start)
        for column, cell in thing.cells:
            for term in self._terms(column, cell, thing.node):
                self._state(thing, column, term, cell.place)

    def _state(self, thing: Thing, column: Column, term: Term, place: Place) -> None:
        subject, start, prop = URIRef(thing.iri), thing.row.first, URIRef(column.field.iri)
        if column.inverse:
            self._say(term, prop, subject, place, place)
        elif column.field.iri == EVIDENCE:
            node = self._blank(subject, start, place)
            self._say(node, _PASSAGE, term, place, place)
        elif column.form == "position":
            suffix = "lines" if str(term).startswith("line=") else "position"
            position = URIRef(f"{thing.iri}-{suffix}")
            self._say(subject, prop, position, start, place)
            self._say(position, RDF.type, URIRef(SELECTOR), place, place)
            self._say(position, _CONFORMS_TO, URIRef(standard(str(term))), place, place)
            self._say(position, RDF.value, term, place, place)
        else:
            self._say(subject, prop, term, start, place)

    def _once(self, cells: list[tuple[Column, Cell]]) -> None:
        """See that what takes one value has one, also where its column is repeated."""
        seen: set[str] = set()
        for column, cell in cells:
            if column.key in seen and not column.many:
                self.findings.append(problem(cell.place, "one-only", column.heading))
            seen.add(column.key)

    def _blank(self, subject: Term, start: Place, place: Place) -> BNode:
        self.blank_nodes += 1
        node = BNode(f"evidence{self.blank_nodes}")
        self._say(subject, URIRef(EVIDENCE), node, start, place)
        return node

    def _say(self, subject: Term, prop: Term, value: Term, start: Place, place: Place) -> None:
        statement = (subject, prop, value)
        self.entry.statements.add(statement)
        self.entry.written.setdefault(statement, []).append(Written(start, place, place))
        self.entry.read_from.setdefault(subject, place)

    # -- cells ------------------------------------------------------------------------------------

    def _terms(self, column: Column, cell: Cell, node: Node) -> Iterator[Term]:
        """Read the values of a cell."""
        several = isinstance(cell.value, str) and (column.many or column.inverse)
        for value in split(str(cell.value)) if several else [cell.value]:
            term = self._term(column, value, cell.place, node)
            if term is not None:
                yield term

    def _term(self, column: Column, value: object, place: Place, node: Node) -> Term | None:
        text = str(value)
        if column.field.iri == TYPE:
            return self._class(node, text, place)
        if column.form == "thing":
            return self._named(text, self._fitting(column), place)
        found: Term | Finding
        if column.form == "position":
            position = selector(text)
            found = Literal(position) if position else of_form(place, text, "position")
        elif column.form == "address":
            found = _address(text) or of_form(place, text, "address")
        else:
            found = literal(column.form, value, column.language, place)
        if isinstance(found, Finding):
            self.findings.append(found)
            return None
        return found

    def _class(self, node: Node, text: str, place: Place) -> URIRef | None:
        found = self.names.narrower(node, text)
        if len(found) == 1:
            return URIRef(found.pop())
        near = nearest(text, [one.label for one in node.narrower])
        self.findings.append(unlike(place, "unknown", text, near))
        return None

    def _named(self, text: str, values: Values, place: Place) -> URIRef | None:
        iri = self.names.thing(text, values, place)
        return None if iri is None else URIRef(iri)

    def _fitting(self, column: Column) -> Values:
        """Tell what the cells of a column may mean: an owner is of a class with the property."""
        if column.inverse:
            return Values(classes=frozenset(self.choices.bearing(column.field.iri)))
        return column.field.values

    # -- evidence ---------------------------------------------------------------------------------

    def _evidence(self, sheet: Headed, row: Row) -> None:
        first = row.cells.get(1)
        if first is None:
            self.findings.append(problem(row.first, "no-name"))
            return
        owner = self._named(str(first.value), ANYTHING, first.place)
        cells = sheet.cells(row)
        self._once(cells)
        if owner is None:
            return
        node = self._blank(owner, row.first, row.first)
        supported: list[URIRef] = []
        for column, cell in cells:
            for text in split(str(cell.value)) if column.many else [str(cell.value)]:
                term: Term | None
                if column.field.iri == _SUPPORTS:
                    term = self._property(text, owner, column, cell.place)
                    supported += [term] if isinstance(term, URIRef) else []
                elif column.form == "value":
                    term = self._value(text, owner, supported, cell.place)
                else:
                    term = self._term(column, text, cell.place, sheet.node)
                if term is not None:
                    self._say(node, URIRef(column.field.iri), term, row.first, cell.place)

    def _property(self, text: str, owner: URIRef, column: Column, place: Place) -> URIRef | None:
        """Find a property by the heading of its column, the owner's sheet first; or by its name."""
        own = self.names.things.get(str(owner))
        sheets = [own.sheet, *self.sheets] if own else self.sheets
        iri = expand(text)
        for sheet in sheets:
            if iri in sheet.properties.values():
                return URIRef(str(iri))
            if fold(text) in sheet.properties:
                return URIRef(sheet.properties[fold(text)])
        return self._named(text, column.field.values, place)

    def _value(
        self, text: str, owner: URIRef, supported: list[URIRef], place: Place
    ) -> Term | None:
        """Find the value of the owner that is meant, of the properties that are supported."""
        known = self._values_of(owner, supported)
        literals = {term for term in known if isinstance(term, Literal) and str(term) == text}
        meant = {URIRef(iri) for iri in self.names.meant(text, ANYTHING)} | {URIRef(text)}
        found = literals or known & meant
        if len(found) == 1:
            return found.pop()
        if found:
            listed = ", ".join(sorted(map(str, found)))
            self.findings.append(problem(place, "ambiguous", text, listed))
        else:
            self.findings.append(problem(place, "no-such-value", shorten(str(owner)), text))
        return None

    def _values_of(self, owner: URIRef, supported: list[URIRef]) -> set[Term]:
        properties: list[URIRef | None] = [*supported] or [None]
        found: set[Term] = set()
        for prop in properties:
            found |= set(self.entry.statements.objects(owner, prop))
            named = None if prop is None else ox.NamedNode(str(prop))
            of = ox.NamedNode(str(owner))
            quads = self.choices.triples.store.quads_for_pattern(of, named, None)
            found |= {node_of(quad.object) for quad in quads}
        return found


def _address(text: str) -> URIRef | None:
    try:
        return URIRef(ox.NamedNode(text).value) if re.match(r"https?://[^\s/]", text) else None
    except ValueError:
        return None
