"""Statements made of IRIs, CURIEs and texts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from migkg.namespaces import expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Node: TypeAlias = str | ox.BlankNode
    """The IRI of a thing, or a thing without one."""

_OF_CATALOGUES = {
    "adms": "http://www.w3.org/ns/adms#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
"""Prefixes that the graph itself has no use for."""


@cache
def term(curie: str) -> ox.NamedNode:
    """Give a term by its CURIE; an IRI is one by itself."""
    prefix, _, name = curie.partition(":")
    if prefix in _OF_CATALOGUES:
        return ox.NamedNode(_OF_CATALOGUES[prefix] + name)
    return ox.NamedNode(expand(curie) or curie)


def statement(
    subject: Node, curie: str, value: ox.NamedNode | ox.BlankNode | ox.Literal
) -> ox.Triple:
    """Say something of a thing."""
    return ox.Triple(
        ox.NamedNode(subject) if isinstance(subject, str) else subject, term(curie), value
    )


def is_a(subject: Node, curie: str) -> ox.Triple:
    """Tell a class that a thing is in."""
    return statement(subject, "rdf:type", term(curie))


def link(subject: Node, curie: str, iri: str) -> ox.Triple:
    """Tell of a thing to which other it leads."""
    return statement(subject, curie, ox.NamedNode(iri))


def text(subject: Node, curie: str, value: str, datatype: str = "xsd:string") -> ox.Triple:
    """Tell a value of a thing."""
    return statement(subject, curie, ox.Literal(value, datatype=term(datatype)))


def texts(subject: Node, curie: str, by_language: Mapping[str, str]) -> Iterator[ox.Triple]:
    """Tell a text about a thing in several languages."""
    for language, value in by_language.items():
        yield statement(subject, curie, ox.Literal(value, language=language))
