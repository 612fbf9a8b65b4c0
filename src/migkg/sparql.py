"""SPARQL text as tokens: enough to find variables outside strings, comments and IRIs.

The token forms are those of https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_IN_VARIABLE = _BASE + "_0-9\u00b7\u0300-\u036f\u203f\u2040"
_IN_NAME = _IN_VARIABLE + r"\-"
_LOCAL = rf"(?:[{_IN_NAME}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"

_TOKEN = rf"""
    (?P<space>   \s+ )
  | (?P<comment> \#[^\n\r]* )
  | (?P<string>  \"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<iri>     <(?:[^<>"{{}}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*> )
  | (?P<variable>[?$][{_IN_VARIABLE}]+ )
  | (?P<prefixed>(?:_|[{_BASE}](?:[{_IN_NAME}.]*[{_IN_NAME}])?)?:(?:{_LOCAL}(?:\.*{_LOCAL})*)? )
  | (?P<word>    [{_BASE}][{_IN_NAME}]* )
  | (?P<mark>    . )
"""

_FORCED_ESCAPES = {"\\": "\\\\", "\t": "\\t", '"': '\\"', "\n": "\\n", "\r": "\\r"}


class Token(NamedTuple):
    """A token of a text: what it is, how it is written, and where it stands."""

    kind: str
    name: str  # the text; of a variable, without its ? or $
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


def tokens(text: str) -> list[Token]:
    """List the tokens that say something: everything but white space and comments."""
    found = []
    for match in _pattern().finditer(text):
        kind = match.lastgroup or ""
        if kind not in ("space", "comment"):
            name = match[0][1:] if kind == "variable" else match[0]
            found.append(Token(kind, name, match.start(), match.end()))
    return found


def variables(text: str) -> list[Token]:
    """List the variables of a text, each as often as it is written."""
    return [token for token in tokens(text) if token.kind == "variable"]


def replace_tokens(text: str, where: Iterable[Token], write: Callable[[Token], str]) -> str:
    """Write something else for some tokens and leave the rest of the text as it is."""
    pieces: list[str] = []
    end = 0
    for token in where:
        pieces += text[end : token.start], write(token)
        end = token.end
    return "".join([*pieces, text[end:]])


def term(value: ox.NamedNode | ox.Literal) -> str:
    r"""Write an RDF term as one SPARQL token, in the N-Triples form.

    Some engines expand ``\uXXXX`` before they look for the ends of strings
    (https://www.w3.org/TR/sparql11-query/#codepointEscape), so that in the text ``\u0022`` the
    escaped backslash would make a quotation mark: a ``u`` after a backslash is itself escaped.
    """
    if isinstance(value, ox.NamedNode):
        return f"<{value.value}>"
    body = "".join(_FORCED_ESCAPES.get(char, char) for char in value.value)
    body = re.sub(r"(?<=\\\\)[uU]", lambda letter: f"\\U{ord(letter[0]):08X}", body)
    if value.language:
        return f'"{body}"@{value.language}'
    if value.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
        return f'"{body}"'
    return f'"{body}"^^<{value.datatype.value}>'


def prefixes(text: str) -> dict[str, str]:
    """Collect what a text declares by PREFIX: prefix without colon -> namespace IRI."""
    found = tokens(text)
    return {
        name.name[:-1]: iri.name[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.name.upper() == "PREFIX" and name.kind == "prefixed" and iri.kind == "iri"
    }


def declare(text: str, known: Mapping[str, str]) -> str:
    """Declare, in the first line, the known prefixes that a text uses without declaring them."""
    declared = prefixes(text)
    used = {token.name.partition(":")[0] for token in tokens(text) if token.kind == "prefixed"}
    missing = sorted(used & known.keys() - declared.keys())
    return "".join(f"PREFIX {name}: <{known[name]}> " for name in missing) + text


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1
