"""Where the terms of each statement stand in Turtle, TriG, N-Triples and N-Quads."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migkg.entry.content import line_starts, place_at
from migkg.entry.entry import Written
from migkg.entry.place import Place
from migkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    Offsets = tuple[int, int, int]

# https://www.w3.org/TR/turtle/#sec-grammar-grammar, of documents that are known to be sound
_NAME = r"""[^\x00-\x20<>"'(){}\[\],;#\\^@|~.]"""
_SYMBOL = re.compile(
    rf"""
    (?:[\x00-\x20]++|\#[^\n\r]*+)*+
    (
        <<|>>|\{{\||\|\}}|~|@[A-Za-z0-9-]+--[a-z]+           # RDF 1.2
      | \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
      | "(?:[^"\\]++|\\.)*+" | '(?:[^'\\]++|\\.)*+'
      | <[^>]*+>
      | @[A-Za-z0-9-]++
      | [+-]?+(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)[eE][+-]?+[0-9]++
      | [+-]?+[0-9]*\.[0-9]++ | [+-]?+[0-9]++
      | _:(?:(?!:){_NAME}|\.+(?=(?!:){_NAME}))++
      | (?:{_NAME}|\\.|\.+(?={_NAME}|\\))++
      | \^\^ | [\[\](){{}},;.]
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_RDF_1_2 = re.compile(r"<<|>>|\{\||\|\}|~|@.*--")
_DIRECTIVES = {  # with how many symbols follow; the name of a graph is told from a subject by its {
    "@prefix": 3,
    "@base": 2,
    "@version": 2,
    "prefix": 2,
    "base": 1,
    "version": 1,
    "graph": 0,
}


def written(text: str, file: str) -> Iterator[Written]:
    """Tell of each statement where its terms stand, in the order in which pyoxigraph gives them.

    A blank node in brackets stands at the opening one. A node of a list stands at the bracket if
    it is the first, else at its item; ``rdf:first`` stands at the item, ``rdf:rest`` at the next
    item, or at the closing bracket.

    :param text: a document without faults
    :raises InputError: it has triples as terms, or text with a direction (RDF 1.2)
    """
    starts = line_starts(text)

    def place(offset: int) -> Place:
        line = bisect_right(starts, offset)
        return Place(file, line, offset - starts[line - 1] + 1)

    last, of_last = -1, Place(file)
    for subject, predicate, object_ in _offsets(text, file):
        if subject != last:
            last, of_last = subject, place(subject)
        yield Written(of_last, place(predicate), place(object_))


@dataclass(slots=True)
class _Open:
    """What is open at a point of the text: a bracket, or a statement outside of all brackets."""

    bracket: str
    at: int
    subject: int | None = None
    predicate: int | None = None
    complete: bool = False  # what N-Quads have after the object is a graph
    node: int = -1  # of a list, where its last node so far stands
    empty: bool = True  # of a list, whether its first item is still to come


def _offsets(text: str, file: str) -> list[Offsets]:
    found: list[Offsets] = []
    around = [_Open("", 0)]
    for at, symbol in _symbols(text, file):
        now = around[-1]
        if symbol in "[(":
            _begin(now, at, found)
            around.append(_Open(symbol, at, at if symbol == "[" else None))
        elif symbol in ")]":
            around.pop()
            if now.node < 0:
                _complete(around, now.at, found)
            else:
                found.append((now.node, at, at))
        elif symbol == ",":
            now.complete = False
        elif symbol == ";":
            now.complete, now.predicate = False, None
        elif symbol in "{}.":
            around = [_Open("", at)]
        else:
            _begin(now, at, found)
            _complete(around, at, found)
    return found


def _symbols(text: str, file: str) -> Iterator[tuple[int, str]]:
    """Take a text apart, leaving out directives, and languages and datatypes of literals."""
    skip, fresh = 0, True
    for match in _SYMBOL.finditer(text):
        at, symbol = match.start(1), match[1]
        if skip:
            skip -= 1
        elif fresh and (lower := symbol.lower()) in _DIRECTIVES:
            skip = _DIRECTIVES[lower]
        elif symbol == "^^":
            skip = 1
        elif _RDF_1_2.match(symbol):
            where = place_at(file, text, at)
            raise InputError(f"{where}: {symbol} is of RDF 1.2, which is not supported")
        elif symbol[0] != "@":
            fresh = symbol in "{}."
            yield at, symbol


def _begin(now: _Open, at: int, found: list[Offsets]) -> None:
    """Begin a term: an item of a list has a node, which goes before what the item holds."""
    if now.bracket == "(":
        if now.node >= 0:
            found.append((now.node, at, at))
        now.node = now.at if now.node < 0 else at


def _complete(around: list[_Open], at: int, found: list[Offsets]) -> None:
    """End a term; a list is one as soon as it has its first item."""
    for now in reversed(around):
        if now.bracket == "(":
            found.append((now.node, at, at))
            if not now.empty:
                return
            now.empty, at = False, now.at
            continue
        if now.subject is None:
            now.subject = at
        elif now.predicate is None:
            now.predicate = at
        elif not now.complete:
            found.append((now.subject, now.predicate, at))
            now.complete = True
        return
