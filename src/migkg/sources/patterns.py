"""The triple patterns of a SPARQL text, read token by token.

The text has been accepted by a SPARQL engine before, so the reader follows the grammar
(https://www.w3.org/TR/sparql11-query/#sparqlGrammar) without checking it. What is not taken
apart, such as an expression, is copied as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg.errors import UsageError
from migkg.namespaces import RDF
from migkg.sparql import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from migkg.sources.paths import Path

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_VERB = {"variable", "iri", "prefixed", "A", "(", "^", "!"}
_NUMBER = re.compile(r"[+-]?(?:(?:\d+\.\d*|\.?\d+)[eE][+-]?\d+|\d*\.\d+|\d+)")
_FIRST, _REST, _NIL, _TYPE = (f"<{RDF}{name}>" for name in ("first", "rest", "nil", "type"))


class Statement(NamedTuple):
    """A triple pattern: variables as `?name`, blank nodes as variables, the rest as written."""

    subject: str
    path: Path
    object: str


class Reader:
    """A place in a SPARQL text, and what stands there.

    `rename` is applied to every variable (`?name`) on its way out of the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [*tokens(text), Token("end", "", len(text), len(text))]
        self.closing: dict[int, int] = {}
        opened: list[int] = []
        for i, token in enumerate(self.tokens):
            if token.kind == "mark" and token.name in _BRACKETS:
                opened.append(i)
            elif token.kind == "mark" and token.name in _BRACKETS.values():
                self.closing[opened.pop()] = i
        self.at = 0
        self.rename: Callable[[str], str] = str
        self.blank: dict[str, str] = {}
        self.count = 0
        self.own = "_m"
        while self.own in text:
            self.own += "_"

    def word(self, ahead: int = 0) -> str:
        """Look at a token: a word or mark (in capitals), else the kind of what stands there."""
        token = self.tokens[min(self.at + ahead, len(self.tokens) - 1)]
        return token.name.upper() if token.kind in ("word", "mark") else token.kind

    def accept(self, *words: str) -> bool:
        """Step over one of the words, if it stands here."""
        found = self.word() in words
        self.at += found
        return found

    def take(self) -> str:
        """Step over a token; its text, a variable under its new name."""
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "variable":
            return self.rename("?" + token.name)
        return token.name

    def copy(self, start: int, end: int) -> str:
        """Write the text from token `start` to before token `end`, variables renamed."""
        back, self.at = self.at, start
        pieces = []
        while self.at < end:
            token = self.tokens[self.at]
            pieces += [self.take(), self.text[token.end : self.tokens[self.at].start]]
        self.at = back
        return "".join(pieces[:-1])

    def call(self) -> str:
        """Copy up to the end of the next bracket: a constraint, a call, a group."""
        start = self.at
        while self.at not in self.closing:
            self.at += 1
        self.at = self.closing[self.at] + 1
        return self.copy(start, self.at)

    def column(self) -> tuple[str, str]:
        """Read a column or a group condition: its expression and its name, "" for none."""
        if self.word() in {"variable", "*"}:
            return "", self.take()
        start, bracketed = self.at, self.word() == "("
        expression = self.call()
        if bracketed and self.tokens[self.at - 3].name.upper() == "AS":
            name = self.copy(self.at - 2, self.at - 1)
            return self.copy(start + 1, self.at - 3), name
        return expression, ""

    def until(self, *stop: str) -> str:
        """Copy up to one of the words `stop`, or to the end of the group or the query."""
        start = self.at
        while self.word() not in {*stop, "}", "end"}:
            self.at = self.closing.get(self.at, self.at) + 1
        return self.copy(start, self.at)

    def variables(self, start: int) -> list[str]:
        """List the variables between token `start` and here."""
        passed = self.tokens[start : self.at]
        return [self.rename("?" + token.name) for token in passed if token.kind == "variable"]

    def fresh(self) -> str:
        """Make a variable that the text does not have."""
        self.count += 1
        return f"?{self.own}{self.count}"

    def triples(self) -> list[Statement]:
        """Read the triple patterns of the subject here."""
        found: list[Statement] = []
        subject = self._node(found)
        if self.word() in _VERB:
            self._properties(subject, found)
        return found

    def term(self) -> str:
        """Read a variable or a constant, as it is written."""
        start, kind, name = self.at, self.tokens[self.at].kind, self.take()
        if name == "a":
            return _TYPE
        if kind in {"variable", "iri", "prefixed"} or name in {"true", "false"}:
            return name
        if kind == "string":
            if self.accept("@"):
                self.at += 1
            elif self.accept("^"):
                self.at += 2
            return self.copy(start, self.at)
        number = _NUMBER.match(self.text, self.tokens[start].start)
        if not number:
            raise UsageError(f"sources cannot be told for a query with {name!r} in a pattern")
        while self.tokens[self.at].start < number.end():
            self.at += 1
        return number[0]

    def _properties(self, subject: str, found: list[Statement]) -> None:
        while True:
            path = self._path()
            found += self._steps(subject, path, self._node(found))
            while self.accept(","):
                found += self._steps(subject, path, self._node(found))
            if self.word() != ";":
                return
            while self.accept(";"):
                pass
            if self.word() not in _VERB:
                return

    def _steps(self, subject: str, path: Path, end: str) -> list[Statement]:
        """Make a statement of each step of a sequence."""
        steps = path[1] if path[0] == "/" else (path,)
        stops = [subject, *(self.fresh() for _ in steps[1:]), end]
        return [Statement(s, p, o) for s, p, o in zip(stops, steps, stops[1:], strict=False)]

    def _node(self, found: list[Statement]) -> str:
        if self.accept("["):
            node = self.fresh()
            if not self.accept("]"):
                self._properties(node, found)
                self.at += 1
            return node
        if self.accept("("):
            return self._collection(found)
        term = self.term()
        if term.startswith("_:"):
            return self.blank.setdefault(self.rename(term), self.fresh())
        return term

    def _collection(self, found: list[Statement]) -> str:
        if self.accept(")"):
            return _NIL
        cell = self.fresh()
        found.append(Statement(cell, _FIRST, self._node(found)))
        found.append(Statement(cell, _REST, self._collection(found)))
        return cell

    def _path(self) -> Path:
        """Read a verb: https://www.w3.org/TR/sparql11-query/#propertypaths."""
        return self._joined("|", lambda: self._joined("/", self._step))

    def _joined(self, operator: str, part: Callable[[], Path]) -> Path:
        parts = [part()]
        while self.accept(operator):
            parts.append(part())
        return (operator, tuple(parts)) if len(parts) > 1 else parts[0]

    def _step(self) -> Path:
        if self.accept("^"):
            return ("^", (self._step(),))
        path: Path
        if self.accept("!"):
            path = ("!", tuple(self._excluded()))
        elif self.accept("("):
            path = self._path()
            self.at += 1
        else:
            path = self.term()
        if self.word() in {"*", "+", "?"}:
            path = (self.take(), (path,))
        return path

    def _excluded(self) -> list[Path]:
        if not self.accept("("):
            return [self._step()]
        excluded = []
        while not self.accept(")"):
            excluded.append(self._step())
            self.accept("|")
        return excluded
