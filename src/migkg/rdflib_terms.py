"""Terms of pyoxigraph as terms of rdflib and back, literals as they were written."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef

from migkg.errors import InputError
from migkg.lexical import is_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    Statement = tuple[Node, Node, Node]
    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

logging.getLogger("rdflib.term").addFilter(lambda _: False)  # a traceback for each odd literal

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def node_of(term: Term, typed_strings: bool = False) -> Node:
    """Turn a term into one of rdflib; raises InputError for terms of RDF 1.2, which has it not.

    rdflib takes "a" and "a"^^xsd:string for two values. Strings are left untyped, as the queries
    in shapes have them, unless `typed_strings`: owlrl puts only typed ones into a datatype, and
    only then sees that a string is no number. A text that is no form of its datatype has no value,
    also where rdflib knows one (NaN of xsd:decimal) or asks nothing (xsd:gYear).
    """
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal(language=None):
            named = term.datatype.value
            datatype = URIRef(named) if typed_strings or named != _STRING else None
            literal = Literal(term.value, datatype=datatype, normalize=False)
            if not is_form(term.value, named):
                literal._ill_typed, literal._value = True, None
            return literal
        case ox.Literal(direction=None):
            return Literal(term.value, lang=term.language, normalize=False)
        case ox.Literal():
            raise InputError(f"text with a direction (RDF 1.2) is not supported: {term}")
        case _:
            raise InputError(f"a triple as a term (RDF 1.2) is not supported: {term}")


def statement_of(triple: ox.Triple, typed_strings: bool = False) -> Statement:
    """Turn a triple into one of rdflib, term by term as `node_of` does."""
    subject, predicate, object_ = (node_of(term, typed_strings) for term in triple)
    return subject, predicate, object_


def term_of(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Turn a term of rdflib into one of pyoxigraph; raises ValueError for an IRI that is none."""
    if isinstance(node, Literal):
        datatype = ox.NamedNode(node.datatype) if node.datatype else None
        return ox.Literal(str(node), language=node.language, datatype=datatype)
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def triples_of(statements: Iterable[Statement]) -> Iterator[ox.Triple]:
    """Turn statements of rdflib into triples; what can be no statement of RDF is left out."""
    for statement in statements:
        with suppress(ValueError):
            subject, predicate, object_ = map(term_of, statement)
            if isinstance(predicate, ox.NamedNode) and not isinstance(subject, ox.Literal):
                yield ox.Triple(subject, predicate, object_)
