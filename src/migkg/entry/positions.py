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
        <<|>>|\{{\||\|\}}|~|@[A-Za-z0-9-]++(?<=--[a-z]{{3}})           # RDF 1.2
      | \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
      | "(?:[^"\\]++|\\.)*+" | '(?:[^'\\]++|\\.)*+'
      | <[^>]*+>
      | @[A-Za-z]++(?:-[A-Za-z0-9]++)*+
      | [+-]?+(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)[eE][+-]?+[0-9]++
      | [+-]?+[0-9]*\.[0-9]++ | [+-]?+[0-9]++
      | _:(?!:){_NAME}(?:(?!:){_NAME}|\.+(?=(?!:){_NAME}))*+
      | (?:{_NAME}|\\.)(?:{_NAME}|\\.|\.+(?={_NAME}|\\))*+
      | \^\^ | [\[\](){{}},;.]
      | \Z                                     # so that what a comment at the end says is no symbol
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_RDF_1_2 = re.compile(r"<<|>>|\{\||\|\}|~|@.*--")
_SUFFIX = "^^"
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
    """Tell of each statement where its terms stand, in the order in which pyoxigraph gives it.

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


def _offsets(text: str, file: str) -> list[Offsets]:
    """List where the terms of each statement stand, in the order in which pyoxigraph gives them.

    It gives what it learns from one symbol in reverse: of ``( 1 2 )``, at the 2, what is the first
    of the second node, then that the second is the rest of the first. A text between quotation
    marks is known to be one only at the next symbol.
    """
    found: list[Offsets] = []
    around = [_Open("", 0)]
    quoted = -1
    for at, symbol in _symbols(text, file):
        learned: list[Offsets] = []
        if quoted >= 0:
            _complete(around[-1], quoted, learned)
            quoted = -1
        if symbol in "[(":
            _begin(around, at, learned)
            around.append(_Open(symbol, at, at if symbol == "[" else None))
        elif symbol in ")]":
            _close(around, at, learned)
        elif symbol == ",":
            around[-1].complete = False
        elif symbol == ";":
            around[-1].complete, around[-1].predicate = False, None
        elif symbol in "{}.":
            around = [_Open("", at)]
        elif symbol != _SUFFIX:
            _begin(around, at, learned)
            if symbol[0] in "\"'":
                quoted = at
            else:
                _complete(around[-1], at, learned)
        found += reversed(learned)
    return found


def _begin(around: list[_Open], at: int, learned: list[Offsets]) -> None:
    """Begin a term; with its first item, a list is one, and each item has a node."""
    now = around[-1]
    if now.bracket == "(":
        if now.node < 0:
            now.node = now.at
            _complete(around[-2], now.at, learned)
        else:
            learned.append((now.node, at, at))
            now.node = at


def _complete(now: _Open, at: int, learned: list[Offsets]) -> None:
    """Take a term that is complete as what is wanted next."""
    if now.bracket == "(":
        learned.append((now.node, at, at))
    elif now.subject is None:
        now.subject = at
    elif now.predicate is None:
        now.predicate = at
    elif not now.complete:
        learned.append((now.subject, now.predicate, at))
        now.complete = True


def _close(around: list[_Open], at: int, learned: list[Offsets]) -> None:
    closed = around.pop()
    if closed.node < 0:  # brackets, or an empty list
        _complete(around[-1], closed.at, learned)
    else:
        learned.append((closed.node, at, at))


def _symbols(text: str, file: str) -> Iterator[tuple[int, str]]:
    """Take a text apart, without directives; a language or a datatype becomes a mere suffix."""
    skip, fresh = 0, True
    for match in _SYMBOL.finditer(text):
        at, symbol = match.start(1), match[1]
        if not symbol:
            return
        if skip:
            skip -= 1
        elif fresh and (lower := symbol.lower()) in _DIRECTIVES:
            skip = _DIRECTIVES[lower]
        elif _RDF_1_2.match(symbol):
            where = place_at(file, text, at)
            raise InputError(f"{where}: {symbol} is of RDF 1.2, which is not supported")
        elif symbol == _SUFFIX:
            skip = 1
            yield at, symbol
        elif symbol[0] == "@":
            yield at, _SUFFIX
        else:
            fresh = symbol in "{}."
            yield at, symbol
