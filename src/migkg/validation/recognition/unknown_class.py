"""A class that neither the graph nor the entry declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, BNode

from migkg.validation.finding import Finding
from migkg.validation.recognition import meant, repairs
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.validation.recognition.known import Known

NAME = "unknown-class"
_SAID = {
    "en": "The ontology has no class {term}.",
    "fr": "L'ontologie n'a pas de classe {term}.",
    "es": "La ontología no tiene ninguna clase {term}.",
}


def find(known: Known) -> Iterator[Finding]:
    """Report each thing that is said to be of such a class."""
    entry = known.entry
    for term in sorted(set(entry.statements.objects(None, RDF.type)), key=repr):
        if isinstance(term, BNode) or known.is_class(term):
            continue
        near = meant.class_(known, term)
        messages = said(known.sides, _SAID, near, term=term)
        for focus in entry.statements.subjects(RDF.type, term):
            about = (focus, RDF.type, term)
            repair = repairs.instead(entry, about, term, near)
            yield Finding(*("Violation", *about, messages, NAME), repair=repair, meant=tuple(near))
