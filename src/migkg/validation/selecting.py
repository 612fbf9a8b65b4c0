"""Answers the SELECT of a constraint for one thing, where it is made of what is simple.

rdflib, which answers all of SPARQL, takes milliseconds for each thing. Here the patterns are looked
up one by one; whatever may have another answer there (the value of a number, an error, a part of
SPARQL that is not named below) is left to rdflib: https://www.w3.org/TR/sparql11-query/#sparqlAlgebra
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rdflib import XSD, BNode, Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from migkg.validation.paths import ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Node

    from migkg.validation.index import Index
    from migkg.validation.paths import Path

    Row = dict[Variable, Node]
    Rows = Callable[[Index, Row], Iterator[Row]]
    Cost = Callable[[Index, Row], int]
    Value = Callable[[Index, Row], Any]  # a term, a bool, or a str for a plain string

_THIS = Variable("this")
_FAR = 10**9


class Unsure(Exception):
    """Only rdflib can tell."""


class Select(NamedTuple):
    """A query that has been read."""

    variables: list[Variable]
    fixed: Row
    group: Rows

    def rows(self, index: Index, this: Node) -> Iterator[Row]:
        """Find the rows for one thing; raises Unsure, also after some rows."""
        for row in self.group(index, {_THIS: this}):
            whole = {**row, **self.fixed}
            yield {variable: whole[variable] for variable in self.variables if variable in whole}


def read(query: Query) -> Select | None:
    """Read a query; None if there is more in it than what is simple."""
    part = query.algebra
    try:
        if part.name != "SelectQuery" or part.p.name != "Project":
            return None
        part, fixed = part.p.p, dict[Variable, "Node"]()
        while part.name == "Extend":
            if not isinstance(part.expr, URIRef):
                return None
            fixed[part.var] = part.expr
            part = part.p
        return Select(list(query.algebra.PV), fixed, _filtered(part, {_THIS}))
    except Unsure:
        return None


def _filtered(part: Any, outer: Set[Variable]) -> Rows:
    """Read a group and the conditions on the whole of it.

    :param outer: the variables that what is around it may have bound
    """
    if part.name != "Filter":
        return _group(part, outer)
    group = _group(part.p, outer)
    holds = _value(part.expr, outer | _variables(part.p))

    def rows(index: Index, row: Row) -> Iterator[Row]:
        return (one for one in group(index, row) if _true(holds(index, one)))

    return rows


def _group(part: Any, outer: Set[Variable]) -> Rows:
    if part.name == "BGP":
        return _patterns(part.triples)
    if part.name == "Join":
        one, more = _group(part.p1, outer), _group(part.p2, outer | _variables(part.p1))
        return lambda index, row: (both for first in one(index, row) for both in more(index, first))
    if part.name != "LeftJoin" or getattr(part.expr, "name", "") != "TrueFilter":
        raise Unsure
    inner = _variables(part.p1)
    if (_variables(part.p2) & outer) - inner:
        raise Unsure  # rdflib forgets what is bound outside
    one, more = _group(part.p1, outer), _group(part.p2, outer | inner)

    def rows(index: Index, row: Row) -> Iterator[Row]:
        for first in one(index, row):
            found = False
            for both in more(index, first):
                found = True
                yield both
            if not found:
                yield first

    return rows


def _variables(part: Any) -> set[Variable]:
    if part.name == "BGP":
        return {term for triple in part.triples for term in triple if isinstance(term, Variable)}
    if part.name in ("Join", "LeftJoin"):
        return _variables(part.p1) | _variables(part.p2)
    raise Unsure


def _patterns(triples: list[tuple[Any, Any, Any]]) -> Rows:
    """Look up one pattern after the other, always the one with the fewest matches."""
    read = [(_cost(*triple), _pattern(*triple)) for triple in triples]
    if len(read) == 1:
        return read[0][1]

    def rows(index: Index, row: Row, left: list[tuple[Cost, Rows]] = read) -> Iterator[Row]:
        if not left:
            yield row
            return
        at = min(range(len(left)), key=lambda at: left[at][0](index, row))
        rest = left[:at] + left[at + 1 :]
        for one in left[at][1](index, row):
            yield from rows(index, one, rest)

    return rows


def _cost(subject: Node, prop: Any, object_: Node) -> Cost:
    """Make what guesses how many matches a pattern has."""
    plain = isinstance(prop, URIRef | Variable)

    def cost(index: Index, row: Row) -> int:
        start = row.get(subject) if isinstance(subject, Variable) else subject
        stop = row.get(object_) if isinstance(object_, Variable) else object_
        if start is not None:
            return 0 if stop is not None else 1
        link = row.get(prop) if isinstance(prop, Variable) else prop
        if stop is None or link is None:
            return _FAR
        return 2 + len(index.by_predicate.get(link, {}).get(stop, ())) if plain else _FAR - 1

    return cost


def _pattern(subject: Node, prop: Any, object_: Node) -> Rows:
    if not isinstance(prop, URIRef | Variable):
        return _walk(subject, _path(prop), object_)
    terms = (subject, prop, object_)
    named = [(at, term) for at, term in enumerate(terms) if isinstance(term, Variable)]
    if len({term for _, term in named}) < len(named) or any(isinstance(t, BNode) for t in terms):
        raise Unsure

    def rows(index: Index, row: Row) -> Iterator[Row]:
        wanted: list[Node | None] = [*terms]
        free = []
        for at, term in named:
            wanted[at] = row.get(term)
            if wanted[at] is None:
                free.append((at, term))
        for found in index.matches(*wanted):
            yield {**row, **{term: found[at] for at, term in free}} if free else row

    return rows


def _walk(subject: Any, path: Path, object_: Any) -> Rows:
    def rows(index: Index, row: Row) -> Iterator[Row]:
        start = row.get(subject) if isinstance(subject, Variable) else subject
        stop = row.get(object_) if isinstance(object_, Variable) else object_
        if start is None:
            if stop is None:
                raise Unsure
            for found in ends(index, path, [stop], forward=False):
                yield {**row, subject: found}
            return
        for found in ends(index, path, [start]):
            if stop is None:
                yield {**row, object_: found}
            elif found == stop:
                yield row

    if subject == object_ or isinstance(subject, BNode) or isinstance(object_, BNode):
        raise Unsure
    return rows


def _path(written: Any) -> Path:
    if isinstance(written, URIRef):
        return written
    if isinstance(written, SequencePath):
        return "/", tuple(map(_path, written.args))
    if isinstance(written, AlternativePath):
        return "|", tuple(map(_path, written.args))
    if isinstance(written, InvPath):
        return "^", (_path(written.arg),)
    if isinstance(written, MulPath):
        return str(written.mod), (_path(written.path),)
    raise Unsure


def _true(value: object) -> bool:
    if value is True or value is False:
        return value
    raise Unsure


def _value(expr: Any, known: Set[Variable]) -> Value:
    """Read an expression; what it cannot tell, as where SPARQL has an error, is Unsure."""
    if isinstance(expr, Variable):
        return lambda _index, row: _bound(row, expr)
    if isinstance(expr, URIRef):
        return lambda _index, _row: expr
    if isinstance(expr, Literal):
        if expr.language or expr.datatype not in (None, XSD.string):
            raise Unsure
        text = str(expr)
        return lambda _index, _row: text
    reader = _READERS.get(getattr(expr, "name", ""))
    if reader is None:
        raise Unsure
    return reader(expr, known)


def _bound(row: Row, variable: Variable) -> Node:
    if variable not in row:
        raise Unsure
    return row[variable]


def _joined(test: Callable[[Iterable[bool]], bool]) -> Callable[[Any, Set[Variable]], Value]:
    def read(expr: Any, known: Set[Variable]) -> Value:
        parts = [_value(part, known) for part in (expr.expr, *expr.other)]
        return lambda index, row: test(_true(part(index, row)) for part in parts)

    return read


def _not(expr: Any, known: Set[Variable]) -> Value:
    part = _value(expr.expr, known)
    return lambda index, row: not _true(part(index, row))


def _exists(expr: Any, known: Set[Variable]) -> Value:
    group, wanted = _filtered(expr.graph, known), expr.name == "Builtin_EXISTS"
    return lambda index, row: any(True for _ in group(index, row)) is wanted


def _is_bound(expr: Any, _known: Set[Variable]) -> Value:
    variable = expr.arg
    return lambda _index, row: variable in row


def _compared(expr: Any, known: Set[Variable]) -> Value:
    left = _value(expr.expr, known)
    if expr.op in ("IN", "NOT IN"):
        among, wanted = [_value(term, known) for term in expr.other], expr.op == "IN"
        if not all(isinstance(term, URIRef | Variable) for term in expr.other):
            raise Unsure
        return lambda index, row: (left(index, row) in [one(index, row) for one in among]) is wanted
    if expr.op not in ("=", "!="):
        raise Unsure
    right, wanted = _value(expr.other, known), expr.op == "="
    return lambda index, row: _same(left(index, row), right(index, row)) is wanted


def _same(one: Any, other: Any) -> bool:
    """Compare by https://www.w3.org/TR/sparql11-query/#func-RDFterm-equal, texts as texts."""
    one, other = _plain(one), _plain(other)
    if not isinstance(one, Literal) and not isinstance(other, Literal):
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, URIRef | BNode) or isinstance(other, URIRef | BNode):
        return False
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        raise Unsure
    if not one.language or one.language != other.language:
        raise Unsure
    return str(one) == str(other)


def _plain(value: Any) -> Any:
    if isinstance(value, Literal) and not value.language and value.datatype is None:
        return str(value)
    return value


def _text(value: Any) -> str:
    text = _plain(value)
    if type(text) is not str:
        raise Unsure
    return text


def _str(expr: Any, known: Set[Variable]) -> Value:
    part = _value(expr.arg, known)
    return lambda index, row: str(part(index, row))


def _language(expr: Any, known: Set[Variable]) -> Value:
    part = _value(expr.arg, known)

    def language(index: Index, row: Row) -> str:
        value = part(index, row)
        if not isinstance(value, Literal):
            raise Unsure
        return value.language or ""

    return language


def _of_texts(test: Callable[[str, str], bool]) -> Callable[[Any, Set[Variable]], Value]:
    def read(expr: Any, known: Set[Variable]) -> Value:
        one, other = _value(expr.arg1, known), _value(expr.arg2, known)
        return lambda index, row: test(_text(one(index, row)), _text(other(index, row)))

    return read


def _matched(expr: Any, known: Set[Variable]) -> Value:
    if expr.flags is not None or not isinstance(expr.pattern, Literal):
        raise Unsure
    part, pattern = _value(expr.text, known), re.compile(str(expr.pattern))
    return lambda index, row: pattern.search(_text(part(index, row))) is not None


def _kind(kind: type) -> Callable[[Any, Set[Variable]], Value]:
    def read(expr: Any, known: Set[Variable]) -> Value:
        part = _value(expr.arg, known)

        def is_one(index: Index, row: Row) -> bool:
            value = part(index, row)
            if type(value) is str:  # a literal that was made
                return kind is Literal
            return isinstance(value, kind)

        return is_one

    return read


_READERS: dict[str, Callable[[Any, Set[Variable]], Value]] = {
    "ConditionalAndExpression": _joined(all),
    "ConditionalOrExpression": _joined(any),
    "UnaryNot": _not,
    "RelationalExpression": _compared,
    "Builtin_EXISTS": _exists,
    "Builtin_NOTEXISTS": _exists,
    "Builtin_BOUND": _is_bound,
    "Builtin_STR": _str,
    "Builtin_LANG": _language,
    "Builtin_REGEX": _matched,
    "Builtin_STRSTARTS": _of_texts(str.startswith),
    "Builtin_STRENDS": _of_texts(str.endswith),
    "Builtin_CONTAINS": _of_texts(str.__contains__),
    "Builtin_isIRI": _kind(URIRef),
    "Builtin_isURI": _kind(URIRef),
    "Builtin_isBLANK": _kind(BNode),
    "Builtin_isLITERAL": _kind(Literal),
}
