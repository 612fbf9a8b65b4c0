"""Statements in the short form of Turtle, https://www.w3.org/TR/turtle/, prefixes left to others.

`migkg.turtle` writes whole documents; here a few statements of a report are written, very often.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, XSD, BNode, Literal
from rdflib.term import Node

from migkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from migkg.rdflib_terms import Statement

    Inner = Sequence[tuple[Node, "Node | Inner"]]
    """What is said of a blank node that stands in brackets."""

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_INDENT = "    "


def term(node: Node, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write a term; an IRI as a CURIE where a prefix fits."""
    if isinstance(node, BNode):
        return f"_:{node}" if re.fullmatch(r"\w+", node, re.ASCII) else "[]"
    if not isinstance(node, Literal):
        return _iri(str(node), prefixes)
    if node.datatype in _BARE and _BARE[node.datatype].fullmatch(node):
        return str(node)
    text = str(ox.Literal(str(node)))
    if node.language:
        return f"{text}@{node.language}"
    return f"{text}^^{_iri(str(node.datatype), prefixes)}" if node.datatype else text


def _iri(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [
        (len(namespace), prefix)
        for prefix, namespace in prefixes.items()
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace))
    ]
    if fitting:
        length, prefix = max(fitting)
        return f"{prefix}:{iri[length:]}"
    return "<" + _NO_IRI.sub(lambda char: f"\\u{ord(char[0]):04X}", iri) + ">"


def verb(node: Node, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write a property, rdf:type as ``a``."""
    return "a" if node == RDF.type else term(node, prefixes)


def brackets(inner: Inner, depth: int = 0, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write what is said of a blank node, in brackets, at a depth of indentation."""
    if not inner:
        return "[]"
    margin = _INDENT * (depth + 1)
    lines = []
    for prop, value in inner:
        if isinstance(value, Node):
            written = term(value, prefixes)
        else:
            written = brackets(value, depth + 1, prefixes)
        lines.append(f"{margin}{verb(prop, prefixes)} {written} ;\n")
    return f"[\n{''.join(lines)}{_INDENT * depth}]"


def sentences(statements: Iterable[Statement], anonymous: str = "[]") -> list[str]:
    """Write statements, a text for each subject; blank nodes among them stand in brackets.

    :param anonymous: how a blank node is written that is a subject and no value of another
    """
    said: dict[Node, list[tuple[Node, Node]]] = {}
    for subject, prop, value in statements:
        said.setdefault(subject, []).append((prop, value))
    nested = {value for pairs in said.values() for _, value in pairs if isinstance(value, BNode)}
    return [
        f"{anonymous if isinstance(subject, BNode) else term(subject)}\n{_lines(pairs, said)}."
        for subject, pairs in said.items()
        if subject not in nested
    ]


def _lines(pairs: list[tuple[Node, Node]], said: dict[Node, list[tuple[Node, Node]]]) -> str:
    inner = ((prop, _nested(value, said, frozenset())) for prop, value in pairs)
    return brackets(list(inner)).removeprefix("[\n").removesuffix("]")


def _nested(
    value: Node, said: dict[Node, list[tuple[Node, Node]]], above: frozenset[Node]
) -> Node | Inner:
    if not isinstance(value, BNode) or value not in said or value in above:
        return value
    return [(prop, _nested(inner, said, above | {value})) for prop, inner in said[value]]
