"""A text in the place of a thing, a thing in the place of a text, a number written as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, XSD, Literal, URIRef

from migkg.namespaces import MK
from migkg.validation.finding import Finding, Repair
from migkg.validation.recognition import meant, repairs
from migkg.validation.recognition.known import is_term_of_rdf
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.validation.recognition.known import Known

NAME = "wrong-kind"
_THING = {
    "en": "{path} refers to a thing by its IRI; {term} is text.",
    "fr": "{path} renvoie à une ressource par son IRI ; {term} est du texte.",
    "es": "{path} remite a un recurso por su IRI; {term} es texto.",
}
_TEXT = {
    "en": "{path} takes a text, a number or a date; {term} is a reference.",
    "fr": "{path} prend un texte, un nombre ou une date ; {term} est un renvoi.",
    "es": "{path} toma un texto, un número o una fecha; {term} es una referencia.",
}
_TYPED = {
    "en": "{path} has values of the datatype {datatype} elsewhere; {term} has another.",
    "fr": "{path} a ailleurs des valeurs du type {datatype} ; {term} en a un autre.",
    "es": "{path} tiene en otras partes valores del tipo {datatype}; {term} es de otro.",
}
_ANY = {RDF.type, URIRef(MK + "value")}  # mk:value has the value of whatever property
_NUMBERS = {
    *(XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.long, XSD.int, XSD.short, XSD.byte),
    *(XSD.nonNegativeInteger, XSD.positiveInteger, XSD.nonPositiveInteger, XSD.negativeInteger),
    *(XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte),
}
_TIMES = {
    *(XSD.date, XSD.dateTime, XSD.dateTimeStamp, XSD.time, XSD.gYear, XSD.gYearMonth),
    *(XSD.gMonth, XSD.gMonthDay, XSD.gDay),
}


def find(known: Known) -> Iterator[Finding]:
    """Report each such value."""
    for path in sorted(set(known.entry.statements.predicates()), key=repr):
        if known.is_a(path, OWL.ObjectProperty):
            yield from _texts(known, path)
        elif known.is_a(path, OWL.DatatypeProperty) or _has_only_texts(known, path):
            yield from _references(known, path)
            yield from _other_datatypes(known, path)


def _texts(known: Known, path: Node) -> Iterator[Finding]:
    statements = known.entry.statements
    for value in sorted({o for o in statements.objects(None, path) if isinstance(o, Literal)}):
        near = meant.thing(known, value, known.wanted(path))
        address = not near and str(value).strip().startswith(("http://", "https://"))
        new = near or ([URIRef(str(value).strip())] if address else [])
        messages = said(known.sides, _THING, near, path=path, term=value)
        for focus in statements.subjects(path, value):
            about = (focus, path, value)
            repair = repairs.instead(known.entry, about, value, new)
            yield Finding(*("Violation", *about, messages, NAME), repair=repair, meant=tuple(near))


def _references(known: Known, path: Node) -> Iterator[Finding]:
    for focus, value in known.entry.statements.subject_objects(path):
        if not isinstance(value, Literal):
            messages = said(known.sides, _TEXT, path=path, term=value)
            yield Finding("Violation", focus, path, value, messages, NAME)


def _has_only_texts(known: Known, path: Node) -> bool:
    values = known.around.values(path)
    return (
        path not in _ANY and len(values) > 2 and all(isinstance(value, Literal) for value in values)
    )


def _other_datatypes(known: Known, path: Node) -> Iterator[Finding]:
    """Report text where all known values are of datatypes, and numbers where all are text."""
    used = [o for o in known.around.values(path) if isinstance(o, Literal)]
    families = {_family(value) for value in used}
    datatypes = {value.datatype or XSD.string for value in used if not value.language}
    if not datatypes:
        return
    for focus, value in known.entry.statements.subject_objects(path):
        if not isinstance(value, Literal) or (
            value.datatype and not is_term_of_rdf(value.datatype)
        ):
            continue
        if _family(value) not in families:
            near = [new for d in sorted(datatypes) if (new := _as(value, d)) is not None]
            messages = said(
                known.sides, _TYPED, near[:1], path=path, term=value, datatype=min(datatypes)
            )
            repair = Repair(((focus, path, value),), ((focus, path, near[0]),)) if near else None
            yield Finding("Violation", focus, path, value, messages, NAME, repair=repair)


def _family(value: Literal) -> str:
    if value.language or value.datatype in (None, XSD.string):
        return "text"
    if value.datatype in _NUMBERS:
        return "number"
    return "time" if value.datatype in _TIMES else str(value.datatype)


def _as(value: Literal, datatype: URIRef) -> Literal | None:
    """Write a text as a value of a datatype; None if it is none."""
    if datatype == XSD.string:
        return Literal(str(value))
    new = Literal(str(value).strip(), datatype=datatype, normalize=False)
    return None if new.ill_typed else new
