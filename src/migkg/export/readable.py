"""Turtle and TriG for people to read, as `migkg.turtle` lays them out, of any number of statements.

Things stand in the order of N-Triples; what is said of a blank node stands where it is named,
if that is one place. Of a graph no more is held than what is said of its blank nodes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from itertools import groupby
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from migkg.export.shortening import splitting
from migkg.namespaces import PREFIXES, RDF, RDFS, XSD
from migkg.turtle import SHORT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set
    from typing import BinaryIO

    from migkg.terms import Term

    Read: TypeAlias = Callable[[], Iterable[ox.Triple]]
    """Gives the statements of a graph, sorted as N-Triples, each time it is called."""

_TYPE, _LABEL = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "label")
_FIRST, _REST, _NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))
_DEEPEST = 50  # brackets; what is deeper is named, and stands by itself
_INDENT = "    "


def write_turtle(read: Read, out: BinaryIO, folder: str) -> None:
    """Write a graph as https://www.w3.org/TR/turtle/, below the prefixes in use.

    :param folder: where to put the text aside until they are known
    """

    def text(terms: _Terms) -> Iterator[str]:
        for block in _Graph(read, terms, frozenset(), "").blocks():
            yield f"\n{block}"

    _write(text, out, folder)


def write_trig(
    graphs: Iterable[tuple[str, Read]], shared: Set[ox.BlankNode], out: BinaryIO, folder: str
) -> None:
    """Write graphs, each by the IRI that is its name, as https://www.w3.org/TR/trig/.

    :param shared: the blank nodes that are in several graphs
    """

    def text(terms: _Terms) -> Iterator[str]:
        for name, read in graphs:
            yield f"\n{terms.text(ox.NamedNode(name))} {{"
            for block in _Graph(read, terms, shared, _INDENT).blocks():
                yield f"\n{block}"
            yield "}\n"

    _write(text, out, folder)


def _write(text: Callable[[_Terms], Iterator[str]], out: BinaryIO, folder: str) -> None:
    """Write a text below the prefixes that it turns out to need."""
    terms = _Terms()
    with TemporaryFile(dir=folder) as body:
        body.writelines(part.encode() for part in text(terms))
        body.seek(0)
        used = sorted(terms.used)
        out.writelines(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n".encode() for prefix in used)
        copyfileobj(body, out)


class _Terms:
    """Writes terms, and learns which prefixes that takes."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.text = lru_cache(1 << 16)(self._text)
        self._split = splitting(PREFIXES)

    def _text(self, term: Term) -> str:
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return self._iri(term.value) if isinstance(term, ox.NamedNode) else str(term)

    def _iri(self, iri: str) -> str:
        found = self._split(iri)
        if found is None:
            return f"<{iri}>"
        self.used.add(found[0])
        return ":".join(found)

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        if literal.language or datatype == XSD + "string":
            return str(literal)
        if datatype in SHORT and SHORT[datatype].fullmatch(literal.value):
            return literal.value
        return f"{ox.Literal(literal.value)}^^{self._iri(datatype)}"


class _Graph:
    """What is said in one graph, block by block."""

    def __init__(self, read: Read, terms: _Terms, shared: Set[ox.BlankNode], indent: str) -> None:
        self.read, self.text, self.shared, self.indent = read, terms.text, shared, indent
        self.said: defaultdict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
        self.named: Counter[ox.BlankNode] = Counter()
        """How often each blank node is a value."""
        self.apart: set[ox.BlankNode] = set()
        """Blank nodes that have blocks of their own, to which their labels refer."""
        self.waiting: list[ox.BlankNode] = []
        """Those of them that were named in the block before."""
        for triple in read():
            if isinstance(triple.subject, ox.BlankNode):
                self.said[triple.subject].append(triple)
            if isinstance(triple.object, ox.BlankNode):
                self.named[triple.object] += 1
        self.apart.update(node for node in self.said if self._stands_apart(node))

    def blocks(self) -> Iterator[str]:
        things = (triple for triple in self.read() if isinstance(triple.subject, ox.NamedNode))
        for subject, about in groupby(things, key=lambda triple: triple.subject):
            yield self._block(self.text(subject), about)
            yield from self._apart(self.waiting)
        yield from self._apart(sorted(self.apart, key=str))
        yield from self._apart(sorted(self.said, key=str))  # what is in a circle

    def _apart(self, nodes: list[ox.BlankNode]) -> Iterator[str]:
        """Write blank nodes and those that are named in their blocks, unless it was done before."""
        unwritten = nodes[::-1]
        while unwritten:
            node = unwritten.pop()
            if node in self.said:
                self.apart.add(node)
                labelled = self.named[node] or node in self.shared
                yield self._block(str(node) if labelled else "[]", self.said.pop(node))
                unwritten += self.waiting[::-1]

    def _block(self, subject: str, about: Iterable[ox.Triple]) -> str:
        self.waiting = []
        said = self._predicates(about, self.indent + _INDENT, 0)
        return f"{self.indent}{subject}\n{said}{self.indent}.\n"

    def _predicates(self, about: Iterable[ox.Triple], indent: str, depth: int) -> str:
        values: defaultdict[ox.NamedNode, list[Term]] = defaultdict(list)
        for triple in about:
            values[triple.predicate].append(triple.object)
        return "".join(
            self._predicate(predicate, values[predicate], indent, depth)
            for predicate in sorted(values, key=_in_order)
        )

    def _predicate(
        self, predicate: ox.NamedNode, values: list[Term], indent: str, depth: int
    ) -> str:
        name = "a" if predicate == _TYPE else self.text(predicate)
        deeper = indent + _INDENT
        written = [
            text
            for _, text in sorted((_language(v), self._value(v, deeper, depth)) for v in values)
        ]
        if len(written) == 1 and "\n" not in written[0]:
            return f"{indent}{name} {written[0]} ;\n"
        joined = f" ,\n{deeper}".join(written)
        return f"{indent}{name}\n{deeper}{joined} ;\n"

    def _value(self, value: Term, indent: str, depth: int) -> str:
        if not isinstance(value, ox.BlankNode):
            return self.text(value)
        if self._stands_apart(value) or depth >= _DEEPEST:
            self.apart.add(value)
            self.waiting.append(value)
            return str(value)
        if items := self._items(value):
            deeper = indent + _INDENT
            inner = "".join(f"{deeper}{self._value(i, deeper, depth + 1)}\n" for i in items)
            return f"(\n{inner}{indent})"
        about = self.said.pop(value, [])
        if not about:
            return "[]"
        return f"[\n{self._predicates(about, indent + _INDENT, depth + 1)}{indent}]"

    def _stands_apart(self, node: ox.BlankNode) -> bool:
        return node in self.apart or node in self.shared or self.named[node] != 1

    def _items(self, first: ox.BlankNode) -> list[Term]:
        """Give what a list holds, if round brackets say all of it."""
        items: list[Term] = []
        cells: list[ox.BlankNode] = []
        cell: Term = first
        while cell != _NIL:
            if not isinstance(cell, ox.BlankNode) or self._stands_apart(cell):
                return []
            said = {triple.predicate: triple.object for triple in self.said.get(cell, ())}
            if len(self.said.get(cell, ())) != 2 or said.keys() != {_FIRST, _REST}:
                return []
            items.append(said[_FIRST])
            cells.append(cell)
            cell = said[_REST]
        for cell in cells:
            del self.said[cell]
        return items


def _in_order(predicate: ox.NamedNode) -> tuple[int, str]:
    """Put first what a thing is, then how it is called."""
    return (0 if predicate == _TYPE else 1 if predicate == _LABEL else 2), predicate.value


def _language(value: Term) -> str:
    return (value.language or "") if isinstance(value, ox.Literal) else ""
