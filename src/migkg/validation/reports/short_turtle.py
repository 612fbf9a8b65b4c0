"""Statements in the short form of Turtle, https://www.w3.org/TR/turtle/, prefixes left to others.

`migkg.turtle` writes whole documents; here a few statements of a report are written, very often.
"""

from __future__ import annotations

import re
from functools import lru_cache
from textwrap import dedent
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, XSD, BNode, Literal

from migkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement

    Shorten = Callable[[str], str]
    Inner = list[tuple[Node, "Node | Inner"]]
    """What is said of a blank node that stands in brackets."""

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_INDENT = "    "


def shortener(prefixes: Mapping[str, str]) -> Shorten:
    """Make the function that writes an IRI as Turtle does where these prefixes are declared.

    A CURIE is written where the IRI has the namespace of one, and a name that needs no escape.
    """
    names = {namespace: prefix for prefix, namespace in prefixes.items()}

    @lru_cache(maxsize=4096)
    def short(iri: str) -> str:
        local = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
        prefix = names.get(iri[:local])
        if prefix is not None and _LOCAL_NAME.fullmatch(iri, local):
            return f"{prefix}:{iri[local:]}"
        return "<" + _NO_IRI.sub(lambda char: f"\\u{ord(char[0]):04X}", iri) + ">"

    return short


SHORT = shortener(PREFIXES)


def term(node: Node, short: Shorten = SHORT) -> str:
    """Write a term of RDF."""
    if isinstance(node, BNode):
        return f"_:{node}" if re.fullmatch(r"\w+", node, re.ASCII) else "[]"
    if not isinstance(node, Literal):
        return short(str(node))
    datatype = node.datatype
    if datatype in _BARE and _BARE[datatype].fullmatch(node):
        return str(node)
    text = str(ox.Literal(str(node)))
    if node.language:
        return f"{text}@{node.language}"
    return f"{text}^^{short(str(datatype))}" if datatype else text


def verb(node: Node, short: Shorten = SHORT) -> str:
    """Write a property, rdf:type as ``a``."""
    return "a" if node == RDF.type else short(str(node))


def brackets(inner: Inner, depth: int = 0, short: Shorten = SHORT) -> str:
    """Write what is said of a blank node, in brackets, at a depth of indentation."""
    if not inner:
        return "[]"
    margin = _INDENT * (depth + 1)
    lines = []
    for prop, value in inner:
        if isinstance(value, list):
            written = brackets(value, depth + 1, short)
        else:
            written = term(value, short)
        lines.append(f"{margin}{verb(prop, short)} {written} ;\n")
    return f"[\n{''.join(lines)}{_INDENT * depth}]"


def sentences(statements: Iterable[Statement]) -> list[str]:
    """Write statements, a text for each subject; blank nodes among them stand in brackets."""
    said = _by_subject(statements)
    nested = {value for pairs in said.values() for _, value in pairs if isinstance(value, BNode)}
    return [
        f"{'[]' if isinstance(subject, BNode) else term(subject)}\n{_lines(pairs, said)}."
        for subject, pairs in said.items()
        if subject not in nested
    ]


def inside(subject: Node, statements: Iterable[Statement]) -> str:
    """Write what statements say of a subject as it stands in brackets, without these."""
    said = _by_subject(statements)
    return dedent(_lines(said[subject], said)).rstrip()


def _by_subject(statements: Iterable[Statement]) -> dict[Node, list[tuple[Node, Node]]]:
    said: dict[Node, list[tuple[Node, Node]]] = {}
    for subject, prop, value in statements:
        said.setdefault(subject, []).append((prop, value))
    return said


def _lines(pairs: list[tuple[Node, Node]], said: dict[Node, list[tuple[Node, Node]]]) -> str:
    class_first = sorted(pairs, key=lambda pair: pair[0] != RDF.type)
    inner = [(prop, _nested(value, said, frozenset())) for prop, value in class_first]
    return brackets(inner).removeprefix("[\n").removesuffix("]")


def _nested(
    value: Node, said: dict[Node, list[tuple[Node, Node]]], above: frozenset[Node]
) -> Node | Inner:
    if not isinstance(value, BNode) or value in above:
        return value
    return [(prop, _nested(inner, said, above | {value})) for prop, inner in said.get(value, [])]
