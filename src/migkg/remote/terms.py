"""Terms as they travel to an engine and back, so that the same is read as was sent.

Blank nodes go as IRIs, which mean the same in each request:
https://www.w3.org/TR/rdf11-concepts/#section-skolemization
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.namespaces import XSD

if TYPE_CHECKING:
    from migkg.terms import Term

GENID = "https://w3id.org/migkg/.well-known/genid/"
# Virtuoso 7 makes numbers of durations, months of some and seconds of others, or refuses them.
KEPT_AS_TEXT = "https://w3id.org/migkg/datatype/"

_BOOLEAN = XSD + "boolean"
_BOOLEANS = {"1": "true", "0": "false"}
# In N-Triples a blank node is the subject, at the start of a line, or the object, at its end:
# a literal cannot end like that, nor hold a line break.
_SUBJECT = re.compile(rb"\n_:(\S+)")
_OBJECT = re.compile(rb"> _:(\S+) \.\n")
# Virtuoso 7 takes a large integer for a decimal unless it is written as in Turtle.
_INTEGER = re.compile(rb'"([+-]?\d+)"\^\^<%sinteger> \.\n' % XSD.encode())
_DURATION = re.compile(
    rb"\^\^<%s(duration|dayTimeDuration|yearMonthDuration)>(?= \.$)" % XSD.encode(), re.MULTILINE
)


def sent(term: Term) -> Term:
    """Write a term for a query: a blank node by its IRI."""
    return ox.NamedNode(GENID + term.value) if isinstance(term, ox.BlankNode) else term


def received(term: Term | None) -> Term | None:
    """Read a term of an answer as the local store has it."""
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(GENID):
            return ox.BlankNode(term.value[len(GENID) :])
    elif isinstance(term, ox.Literal):
        datatype = term.datatype.value
        if datatype == _BOOLEAN and term.value in _BOOLEANS:
            return ox.Literal(_BOOLEANS[term.value], datatype=term.datatype)
        if datatype.startswith(KEPT_AS_TEXT):
            kept = ox.NamedNode(XSD + datatype[len(KEPT_AS_TEXT) :])
            return ox.Literal(term.value, datatype=kept)
    return term


def turtle(ntriples: bytes, durations: bool) -> bytes:
    """Write N-Triples so that an engine, by Turtle or SPARQL, takes in what was meant.

    :param durations: whether the engine knows them; if not they go under a datatype of their own
    """
    iri = b"<%s%s>" % (GENID.encode(), rb"\1")
    text = _SUBJECT.sub(rb"\n" + iri, b"\n" + ntriples)
    text = _OBJECT.sub(b"> " + iri + rb" .\n", text)
    text = _INTEGER.sub(rb"\1 .\n", text)
    if durations:
        return text
    return _DURATION.sub(rb"^^<%s\1>" % KEPT_AS_TEXT.encode(), text)
