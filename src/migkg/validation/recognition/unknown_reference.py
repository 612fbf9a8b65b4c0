"""A reference to something that neither the graph nor the entry describes.

What lies outside the graph, such as a web page, is not the graph's to know. Yet where the values of
a property are few and often repeated, or a name is a letter off one that is known, it is a slip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SH, URIRef

from migkg.namespaces import MK, PREFIXES
from migkg.validation.finding import Finding
from migkg.validation.recognition import meant, repairs
from migkg.validation.recognition.known import is_term_of_rdf
from migkg.validation.recognition.spelling import namespace, nearest, pool
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.validation.recognition.known import Known

NAME = "unknown-reference"
BASE = "https://w3id.org/migkg/"
_SAID = {
    "en": "Nothing is known of {term}: neither the graph nor the entry describes it.",
    "fr": "On ne sait rien de {term} : ni le graphe ni la saisie ne le décrit.",
    "es": "No se sabe nada de {term}: ni el grafo ni la entrada lo describe.",
}
_SLIP = {
    "en": "The graph uses no such IRI as {term}, but one that is written nearly so.",
    "fr": "Le graphe n'emploie pas l'IRI {term}, mais une IRI écrite presque ainsi.",
    "es": "El grafo no usa el IRI {term}, pero sí uno escrito casi igual.",
}
_OF_PROPERTIES = {
    *(URIRef(MK + "supports"), RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty),
    *(OWL.propertyDisjointWith, OWL.onProperty, SH.path, SH.targetSubjectsOf, SH.targetObjectsOf),
}
_OF_CLASSES = {
    *(RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith),
    *(OWL.complementOf, OWL.someValuesFrom, OWL.allValuesFrom, SH["class"], SH.targetClass),
}
_VERSIONS = {OWL.versionIRI, OWL.priorVersion}  # IRIs of ours that nobody describes


def find(known: Known) -> Iterator[Finding]:
    """Report each such reference."""
    statements = known.entry.statements
    values = {(p, o) for _, p, o in statements if isinstance(o, URIRef)}
    for path, value in sorted(values, key=repr):
        if path == RDF.type or path in _VERSIONS or _is_known(known, value):
            continue
        if _is_ours(known, value):
            near, template, severity = _near(known, path, value), _SAID, "Violation"
        else:
            near, severity = _slip(known, path, value)
            template = _SLIP
            if not near:
                continue
        for focus in statements.subjects(path, value):
            others = tuple(one for one in near if one != focus)
            about, messages = (focus, path, value), said(known.sides, template, others, term=value)
            repair = repairs.instead(known.entry, about, value, others)
            yield Finding(*(severity, *about, messages, NAME), repair=repair, meant=others)


def _is_known(known: Known, value: URIRef) -> bool:
    return (
        known.is_described(value)
        or known.is_property(value)
        or known.is_class(value)
        or is_term_of_rdf(value)
        or str(value) in PREFIXES.values()
    )


def _is_ours(known: Known, value: URIRef) -> bool:
    return value.startswith(BASE) or namespace(value) in known.vocabularies


def _near(known: Known, path: Node, value: URIRef) -> list[URIRef]:
    if path in _OF_PROPERTIES:
        return meant.property_(known, value)
    if path in _OF_CLASSES:
        return meant.class_(known, value)
    return meant.thing(known, value, known.wanted(path))


def _slip(known: Known, path: Node, value: URIRef) -> tuple[list[URIRef], str]:
    """Find what the graph has that differs by a letter, and how sure it is that it is meant."""
    near = nearest(value, known.things, lambda _: True)
    if near := [term for term in near if _is_letter_off(value, term)]:
        return near, "Violation"
    uses = known.around.values(path)
    listed = [term for term in dict.fromkeys(uses) if isinstance(term, URIRef)]
    if value in listed or not listed:
        return [], ""
    near = nearest(value, [pool(listed)], lambda _: True)
    if len(uses) >= 2 * len(listed):
        return near, "Violation"
    return [t for t in near if len(listed) == 1 or _is_letter_off(value, t)], "Warning"


def _is_letter_off(one: str, other: str) -> bool:
    """Whether they differ by a letter; by another number two things may well differ."""
    from rapidfuzz.distance import OSA

    same = one.rpartition("/")[2] == other.rpartition("/")[2] != ""
    return OSA.distance(one, other) == 1 and (same or _digits(one) == _digits(other))


def _digits(iri: str) -> str:
    return "".join(filter(str.isdigit, iri))
