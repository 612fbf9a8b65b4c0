"""A property that neither the graph nor the entry declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.validation.finding import Finding
from migkg.validation.recognition import meant, repairs
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.validation.recognition.known import Known

NAME = "unknown-property"
_SAID = {
    "en": "The ontology has no property {term}.",
    "fr": "L'ontologie n'a pas de propriété {term}.",
    "es": "La ontología no tiene ninguna propiedad {term}.",
}


def find(known: Known) -> Iterator[Finding]:
    """Report each statement with such a property."""
    entry = known.entry
    for term in sorted(set(entry.statements.predicates()), key=repr):
        if known.is_property(term):
            continue
        near = meant.property_(known, term)
        messages = said(known.sides, _SAID, near, term=term)
        for about in entry.statements.triples((None, term, None)):
            repair = repairs.instead(entry, about, term, near)
            yield Finding(*("Violation", *about, messages, NAME), repair=repair, meant=tuple(near))
