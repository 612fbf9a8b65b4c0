"""Something that is described without a class, or by an IRI that is none of the graph's.

Terms of other vocabularies may be declared, as ``ontology/reused.ttl`` does.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, URIRef

from migkg.namespaces import MK, MKC, MKD, MKSH
from migkg.validation.finding import Finding
from migkg.validation.recognition import meant, repairs
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.validation.recognition.known import Known

NAME = "unknown-subject"
_ENOUGH = 100
_OURS = (MK, MKC, MKD, MKSH)
_UNTYPED = {
    "en": "The graph does not describe {term}, and the entry does not say what it is.",
    "fr": "Le graphe ne décrit pas {term}, et la saisie n'indique pas ce que c'est.",
    "es": "El grafo no describe {term}, y la entrada no indica qué es.",
}
_OUTSIDE = {
    "en": "{term} is outside the namespaces of the graph: name a new thing by an IRI such as "
    "mkd:project-x, a concept by one such as mkc:sector-x.",
    "fr": "{term} est hors des espaces de noms du graphe : nommez une ressource nouvelle par une "
    "IRI telle que mkd:project-x, un concept par une IRI telle que mkc:sector-x.",
    "es": "{term} está fuera de los espacios de nombres del grafo: nombre un recurso nuevo con un "
    "IRI como mkd:project-x, un concepto con uno como mkc:sector-x.",
}


def find(known: Known) -> Iterator[Finding]:
    """Report each such thing."""
    for subject in known.subjects:
        if not isinstance(subject, URIRef) or known.is_in_graph(subject):
            continue
        classes = set(known.entry.statements.objects(subject, RDF.type))
        if not str(subject).startswith(_OURS) and not _is_declared(known, subject):
            template, path, value = _OUTSIDE, None, subject
        elif not classes:
            template, path, value = _UNTYPED, RDF.type, None
        else:
            continue
        near = meant.thing(known, subject, _alike(known, subject, classes))
        repair = repairs.everywhere(known.entry, subject, near)
        messages = said(known.sides, template, near, term=subject)
        yield Finding(
            *("Violation", subject, path, value, messages, NAME),
            repair=repair,
            meant=tuple(near),
        )


def _is_declared(known: Known, subject: URIRef) -> bool:
    return (
        known.is_class(subject) or known.is_property(subject) or known.is_a(subject, OWL.Ontology)
    )


def _alike(known: Known, subject: Node, classes: set[Node]) -> set[Node]:
    """Tell of which kinds a thing may be: what it is said to be, else what has such properties."""
    if classes:
        return classes
    around = known.around.statements
    found: set[Node] = set()
    for prop in set(known.entry.statements.predicates(subject)):
        for other in set(islice(around.subjects(prop), _ENOUGH)):
            found |= set(around.objects(other, RDF.type))
    return found
