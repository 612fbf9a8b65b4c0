"""An entry from a workbook: its statements, and the cell of each.

IRIs of new things are made of their names. Whatever a cell cannot mean is a finding, and all of
them are told at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, BNode, Literal, URIRef

from migkg.entry.entry import Entry, Written
from migkg.errors import InputError
from migkg.graph import shown
from migkg.kinds import kind as kinds
from migkg.kinds.choices import Choices
from migkg.kinds.kind import EVIDENCE, LABEL, PASSAGE, SELECTOR
from migkg.kinds.names import new_iri, slug
from migkg.kinds.position import selector, standard
from migkg.lookup import fold
from migkg.model.constraints import NODE, Values
from migkg.model.triples import Triples
from migkg.prepared import Prepared
from migkg.namespaces import MK, MKD, OA, PREFIXES, SKOS, expand, shorten
from migkg.rdflib_terms import node_of
from migkg.sheets.cells import tables
from migkg.sheets.columns import OF_EVIDENCE, SEPARATOR, TYPE, columns, evidence
from migkg.sheets.problems import of_form, problem, unlike
from migkg.sheets.values import literal
from migkg.sheets.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node as Term

    from migkg.entry.place import Place
    from migkg.graph import Graph
    from migkg.kinds.kind import Node
    from migkg.sheets.cells import Cell, Row, Table
    from migkg.sheets.columns import Column
    from migkg.validation.finding import Finding

IDENTIFIER, HEADING = PREFIXES["dct"] + "identifier", MK + "heading"
_NAMING = {LABEL, HEADING, IDENTIFIER, SKOS + "altLabel"}
_ANYTHING = Values(datatypes=frozenset({NODE}))
_SUGGESTED = 50  # problems with names for which near ones are looked up


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
    triples = Triples(graph)
    return entry_of_tables(path, found, findings, triples, Choices(triples))


def entry_of_tables(
    path: str, found: list[Table], findings: list[Finding], triples: Triples, choices: Choices
) -> Read:
    """Read tables as an entry."""
    reader = _Reader(path, triples, choices, findings)
    reader.read(found)
    return Read(reader.entry, findings)


class _Of(NamedTuple):
    """A row: the thing it is about."""

    iri: str
    node: Node
    row: Row
    table: Table
    cells: list[tuple[Column, Cell]]


class _Reader:
    """What is known of the workbook while it is read."""

    def __init__(
        self, path: str, triples: Triples, choices: Choices, findings: list[Finding]
    ) -> None:
        self.triples, self.choices, self.findings = triples, choices, findings
        self.entry = Entry((path,), Prepared(bind_namespaces="none"), {}, {})
        self.rows: dict[str, _Of] = {}
        self.classes: defaultdict[str, set[str]] = defaultdict(set)  # of the rows, by IRI
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.folded: defaultdict[str, set[str]] = defaultdict(set)
        self.headings: dict[str, dict[str, str]] = {}  # by class: from a heading to a property
        self.suggested = self.blank_nodes = 0

    def read(self, found: list[Table]) -> None:
        """Read the things first, for others to refer to; then evidence, which is of statements."""
        laid = [(table, self._columns(table)) for table in found if table.rows]
        for table, known in laid:
            if known is not None and table.of != OF_EVIDENCE:
                self._name_rows(table, *known)
        for of in self.rows.values():
            self._row(of)
        for table, known in laid:
            if known is not None and table.of == OF_EVIDENCE:
                self._evidence(table, known[1])

    # -- sheets -----------------------------------------------------------------------------------

    def _columns(self, table: Table) -> tuple[Node, dict[int, Column]] | None:
        """Read which column has which property; None if nobody knows what the rows are."""
        words = WORDS["en"]
        if table.of == OF_EVIDENCE:
            node, laid = evidence(words)
        else:
            of = kinds.node(table.of, self.triples)
            if of is None:
                self.findings.append(problem(table.place(2, 1), "unknown-sheet"))
                return None
            node, laid = of, tuple(columns(of, words, ("en",)))
        by_key = {column.key: column for column in laid}
        found: dict[int, Column] = {}
        for at, key in table.keys.items():
            column = by_key.get(key) or _in_language(key, by_key)
            if column:
                found[at] = column
            elif at > 1 and any(at in row.cells for row in table.rows):
                near = _near(key, by_key)
                self.findings.append(unlike(table.place(2, at), "unknown-column", key, near))
        for at in sorted({at for row in table.rows for at in row.cells} - table.keys.keys() - {1}):
            cell = next(row.cells[at] for row in table.rows if at in row.cells)
            self.findings.append(problem(cell.place, "no-heading"))
        self.headings[table.of] = {
            fold(re.sub(r"\s*\((\w\w)\)|\s*\*", "", table.headings.get(at, ""))): column.field.iri
            for at, column in reversed(found.items())
        }
        return node, found

    def _name_rows(self, table: Table, node: Node, known: dict[int, Column]) -> None:
        said: dict[tuple[object, ...], Row] = {}
        for row in table.rows:
            content = tuple((at, row.cells[at].value) for at in sorted(row.cells))
            if content in said:
                self.findings.append(problem(row.first, "same-row", _at(said[content].first)))
                continue
            said[content] = row
            cells = [(known[at], cell) for at, cell in sorted(row.cells.items()) if at in known]
            iri = self._iri(node, row, cells)
            if iri is None:
                continue
            if iri in self.rows:
                other = self.rows[iri].row.first
                self.findings.append(problem(row.first, "twice", shorten(iri), _at(other)))
                continue
            self.rows[iri] = _Of(iri, node, row, table, cells)
            self._remember(iri, node, cells)

    def _remember(self, iri: str, node: Node, cells: list[tuple[Column, Cell]]) -> None:
        self.classes[iri].add(node.iri)
        names = {shorten(iri), iri, *self._labels(cells, _NAMING)}
        for column, cell in cells:
            if column.field.iri == TYPE:
                self.classes[iri] |= self._narrower(node, str(cell.value))
        for name in names:
            self.names[name].add(iri)
            self.folded[fold(name)].add(iri)

    def _labels(self, cells: list[tuple[Column, Cell]], of: set[str]) -> list[str]:
        found = [(c, str(cell.value)) for c, cell in cells if c.field.iri in of]
        found.sort(key=lambda one: (one[0].language != "en", one[0].field.iri != LABEL))
        return [
            name for column, text in found for name in (_split(text) if column.many else [text])
        ]

    def _iri(self, node: Node, row: Row, cells: list[tuple[Column, Cell]]) -> str | None:
        """Take the identifier of the first column, else make one of the name."""
        if 1 in row.cells:
            return self._given(node, row.cells[1])
        codes = [n for n in self._labels(cells, {IDENTIFIER}) if re.fullmatch(r"[A-Za-z0-9-]+", n)]
        labels = self._labels(cells, {LABEL, HEADING})
        if node.iri == PASSAGE and labels:
            labels = [f"{self._document(cells)} {labels[0]}"]
        name = next(filter(None, (*codes, *map(slug, labels))), "")
        if not name:
            self.findings.append(problem(row.first, "no-name"))
            return None
        iri = f"{MKD}{node.stem}{name}"
        number = 1
        taken = iri
        while taken in self.rows or taken in self.choices.types:
            number += 1
            taken = f"{iri}-{number}"
        return taken

    def _document(self, cells: list[tuple[Column, Cell]]) -> str:
        """Give what the identifier of a passage has of its document's."""
        texts = [str(cell.value) for c, cell in cells if c.field.iri == OA + "hasSource"]
        documents = Values(classes=frozenset({MK + "Document"}))
        found = self.choices.meant(texts[0], documents) if len(texts) == 1 else set()
        of = min(found).rpartition("/document-")[2] if found else "".join(texts)
        return slug(of)[:24]

    def _given(self, node: Node, cell: Cell) -> str | None:
        text = str(cell.value)
        iri = expand(text) or (MKD + text if re.fullmatch(r"[A-Za-z0-9-]+", text) else text)
        try:
            valid = ":" in iri and bool(ox.NamedNode(iri.removeprefix("<").removesuffix(">")))
        except ValueError:
            valid = False
        if not valid:
            example = shorten(new_iri(node.stem, "name"))
            self.findings.append(problem(cell.place, "bad-name", text, example))
            return None
        return iri.removeprefix("<").removesuffix(">")

    # -- rows -------------------------------------------------------------------------------------

    def _row(self, of: _Of) -> None:
        subject, start = URIRef(of.iri), of.row.first
        self.entry.read_from.setdefault(subject, start)
        self._once(of.cells)
        if not any(column.field.iri == TYPE for column, _ in of.cells):
            self._say(subject, RDF.type, URIRef(of.node.iri), start, start)
        for column, cell in of.cells:
            for term, place in self._terms(column, cell, of):
                self._state(of, column, term, place)

    def _state(self, of: _Of, column: Column, term: Term, place: Place) -> None:
        subject, start, prop = URIRef(of.iri), of.row.first, URIRef(column.field.iri)
        if column.inverse:
            self._say(term, prop, subject, place, place)
        elif column.field.iri == EVIDENCE:
            node = self._blank(subject, start, place)
            self._say(node, URIRef(MK + "passage"), term, place, place)
        elif column.form == "position":
            suffix = "lines" if str(term).startswith("line=") else "position"
            position = URIRef(f"{of.iri}-{suffix}")
            conforms = URIRef(PREFIXES["dct"] + "conformsTo")
            self._say(subject, prop, position, start, place)
            self._say(position, RDF.type, URIRef(SELECTOR), place, place)
            self._say(position, conforms, URIRef(standard(str(term))), place, place)
            self._say(position, RDF.value, term, place, place)
        else:
            self._say(subject, prop, term, start, place)

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

    def _once(self, cells: list[tuple[Column, Cell]]) -> None:
        """See that what takes one value has one, also where its column is repeated."""
        seen: set[str] = set()
        for column, cell in cells:
            if column.key in seen and not column.many:
                self.findings.append(problem(cell.place, "one-only", column.heading))
            seen.add(column.key)

    def _terms(self, column: Column, cell: Cell, of: _Of) -> Iterator[tuple[Term, Place]]:
        """Read the values of a cell."""
        if isinstance(cell.value, str) and (column.many or column.inverse):
            values: list[object] = [*_split(cell.value)]
        else:
            values = [cell.value]
        for value in values:
            term = self._term(column, value, cell.place, of)
            if term is not None:
                yield term, cell.place

    def _term(self, column: Column, value: object, place: Place, of: _Of) -> Term | None:
        text = str(value)
        if column.field.iri == TYPE:
            return self._class(of.node, text, place)
        if column.form == "thing":
            values = self._owning(column) if column.inverse else column.field.values
            return self._thing(text, values, place)
        found: Term | Finding
        if column.form == "position":
            position = selector(text)
            found = Literal(position) if position else of_form(place, text, "position")
        elif column.form == "address":
            found = _address(text) or of_form(place, text, "address")
        else:
            found = literal(column.form, value, column.language, place)
        if isinstance(found, tuple):
            self.findings.append(found)
            return None
        return found

    def _class(self, node: Node, text: str, place: Place) -> URIRef | None:
        narrower = self._narrower(node, text)
        if len(narrower) == 1:
            return URIRef(narrower.pop())
        near = _near(text, [one.label for one in node.narrower])
        self.findings.append(unlike(place, "unknown", text, near))
        return None

    # -- names ------------------------------------------------------------------------------------

    def _thing(self, text: str, values: Values, place: Place) -> URIRef | None:
        """Find the one thing that is meant."""
        found = self._meant(text, values)
        if len(found) == 1:
            return URIRef(found.pop())
        if found:
            listed = ", ".join(f"{shorten(iri)}" for iri in sorted(found)[:8])
            self.findings.append(problem(place, "ambiguous", text, listed))
            return None
        near: list[str] = []
        self.suggested += 1
        if self.suggested <= _SUGGESTED:
            near = [choice.name for choice in self.choices.near(text, values, "en")]
            near += _near(fold(text), (fold(n) for n in self.names if ":" not in n))
        self.findings.append(unlike(place, "unknown", text, list(dict.fromkeys(near))[:3]))
        return None

    def _meant(self, text: str, values: Values) -> set[str]:
        """Find what is called like this and fits, in the graph and among the rows."""
        exact = {iri for iri in self.names.get(text, ()) if self._fits(iri, values)}
        rows = exact or {iri for iri in self.folded.get(fold(text), ()) if self._fits(iri, values)}
        iri = expand(text)
        if iri in self.rows:
            return {iri} if self._fits(iri, values) else set()
        return rows | self.choices.meant(text, values)

    def _fits(self, iri: str, values: Values) -> bool:
        if NODE in values.datatypes:
            return True
        return any(self.choices.is_within(of, values.classes) for of in self.classes[iri])

    def _owning(self, column: Column) -> Values:
        """Tell which classes may own the rows: those with the property."""
        return Values(classes=frozenset(self.choices.bearing(column.field.iri)))

    def _narrower(self, node: Node, text: str) -> set[str]:
        """Find a class that is narrower than that of the sheet, or that one, by name or CURIE."""
        classes = {node.iri, *(one.iri for one in node.narrower)}
        iri = expand(text)
        if iri is not None:
            return {iri} & classes
        folded = fold(text)
        return {one for one in classes if folded in map(fold, self.choices.labels(one))}

    # -- evidence ---------------------------------------------------------------------------------

    def _evidence(self, table: Table, known: dict[int, Column]) -> None:
        said: dict[tuple[object, ...], Row] = {}
        for row in table.rows:
            content = tuple((at, row.cells[at].value) for at in sorted(row.cells))
            if content in said:
                self.findings.append(problem(row.first, "same-row", _at(said[content].first)))
                continue
            said[content] = row
            if 1 not in row.cells:
                self.findings.append(problem(row.first, "no-name"))
                continue
            owner = self._thing(str(row.cells[1].value), _ANYTHING, row.cells[1].place)
            cells = [(known[at], cell) for at, cell in sorted(row.cells.items()) if at in known]
            self._once(cells)
            if owner is not None:
                self._supported(owner, row, cells)

    def _supported(self, owner: URIRef, row: Row, cells: list[tuple[Column, Cell]]) -> None:
        node = self._blank(owner, row.first, row.first)
        supported: list[URIRef] = []
        for column, cell in cells:
            texts = _split(str(cell.value)) if column.many else [str(cell.value)]
            for text in texts:
                term: Term | None
                if column.field.iri == MK + "supports":
                    term = self._property(text, owner, column, cell.place)
                    supported += [term] if isinstance(term, URIRef) else []
                elif column.form == "value":
                    term = self._value(text, owner, supported, cell.place)
                elif column.form == "thing":
                    term = self._thing(text, column.field.values, cell.place)
                else:
                    term = Literal(text)
                if term is not None:
                    prop = URIRef(column.field.iri)
                    self._say(node, prop, term, row.first, cell.place)

    def _property(self, text: str, owner: URIRef, column: Column, place: Place) -> URIRef | None:
        """Find a property by the heading of its column, the owner's sheet first; or by its name."""
        iri = expand(text)
        if iri is not None and any(iri in known.values() for known in self.headings.values()):
            return URIRef(iri)
        own = [of.node.iri for of in self.rows.values() if of.iri == str(owner)]
        for of in (*own, *self.headings):
            found = self.headings[of].get(fold(text))
            if found:
                return URIRef(found)
        return self._thing(text, column.field.values, place)

    def _value(
        self, text: str, owner: URIRef, supported: list[URIRef], place: Place
    ) -> Term | None:
        """Find the value of the owner that is meant, of the properties that are supported."""
        known = self._values_of(owner, supported)
        literals = {term for term in known if isinstance(term, Literal) and str(term) == text}
        things = {term for term in known if isinstance(term, URIRef)}
        meant = {URIRef(iri) for iri in self._meant(text, _ANYTHING)} | {URIRef(text)}
        found = literals or things & meant
        if len(found) == 1:
            return found.pop()
        what = "ambiguous" if found else "no-such-value"
        told = (text, ", ".join(sorted(found))) if found else (shorten(str(owner)), text)
        self.findings.append(problem(place, what, *told))
        return None

    def _values_of(self, owner: URIRef, supported: list[URIRef]) -> set[Term]:
        properties: list[URIRef | None] = [*supported] or [None]
        found: set[Term] = set()
        for prop in properties:
            found |= set(self.entry.statements.objects(owner, prop))
            named = None if prop is None else ox.NamedNode(str(prop))
            quads = self.triples.store.quads_for_pattern(ox.NamedNode(str(owner)), named, None)
            found |= {node_of(quad.object) for quad in quads}
        return found


def _address(text: str) -> URIRef | None:
    try:
        return URIRef(ox.NamedNode(text).value) if re.match(r"https?://[^\s/]", text) else None
    except ValueError:
        return None


def _split(text: str) -> list[str]:
    return [part for part in (one.strip() for one in text.split(SEPARATOR)) if part]


def _at(place: Place) -> str:
    return place.cell


def _in_language(key: str, by_key: dict[str, Column]) -> Column | None:
    """Take a column for another language of a property that says its language."""
    base, at, tag = key.partition("@")
    column = by_key.get(f"{base}@en")
    if at and column and re.fullmatch(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", tag):
        return column._replace(language=tag, field=column.field._replace(least=0))
    return None


def _near(text: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(text, list(known), 3, 0.6)
