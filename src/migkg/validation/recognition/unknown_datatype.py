"""A datatype that is neither of XML Schema and RDF nor in use in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from migkg.validation.finding import Finding, Repair
from migkg.validation.recognition.known import is_term_of_rdf
from migkg.validation.recognition.spelling import nearest, pool
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.validation.recognition.known import Known

NAME = "unknown-datatype"
_SAID = {
    "en": "There is no datatype {term}.",
    "fr": "Il n'y a pas de type de données {term}.",
    "es": "No hay ningún tipo de datos {term}.",
}
_KNOWN = [URIRef(str(term)) for term in dir(XSD)] + [RDF.langString, RDF.HTML, RDF.XMLLiteral]


def find(known: Known) -> Iterator[Finding]:
    """Report each literal of such a datatype."""
    for focus, path, value in known.entry.statements:
        datatype = getattr(value, "datatype", None)
        if datatype is None or is_term_of_rdf(datatype) or known.is_a(datatype, RDFS.Datatype):
            continue
        used = {getattr(o, "datatype", None) for o in known.around.values(path)}
        if datatype in used:
            continue
        near = nearest(datatype, [pool(_KNOWN)], used.__contains__)
        repair = None
        if near:
            new = Literal(str(value), datatype=near[0], normalize=False)
            repair = Repair(((focus, path, value),), ((focus, path, new),))
        messages = said(known.sides, _SAID, near, term=datatype)
        yield Finding(
            *("Violation", focus, path, value, messages, NAME), repair=repair, meant=tuple(near)
        )
