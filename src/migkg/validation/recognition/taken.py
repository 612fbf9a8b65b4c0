"""What an entry says of a thing that the graph describes: something else, more, or the same again.

Of a file of the graph, only what its former version did not say is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, QB, RDF, RDFS, SKOS, BNode, Literal, URIRef

from migkg.validation.finding import Finding, Repair
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement
    from migkg.validation.recognition.known import Known

TAKEN, ADDED, REPEATED = "taken-iri", "addition", "repetition"
_TAKEN = {
    "en": "This IRI is taken: {file} describes {other} by it. Give the new thing another one, or "
    "keep to what is said there.",
    "fr": "Cette IRI est prise : {file} l'emploie pour décrire {other}. Donnez-en une autre à la "
    "ressource nouvelle, ou gardez ce qui y est dit.",
    "es": "Este IRI ya está en uso: {file} describe con él {other}. Dé otro al recurso nuevo, o "
    "conserve lo que se dice allí.",
}
_ADDED = {
    "en": "This adds to {term}, which {file} describes.",
    "fr": "Ceci complète {term}, que décrit {file}.",
    "es": "Esto completa {term}, que describe {file}.",
}
_REPEATED = {
    "en": "The graph says so already, in {file}: leave it out.",
    "fr": "Le graphe le dit déjà, dans {file} : omettez-le.",
    "es": "El grafo ya lo dice, en {file}: omítalo.",
}
_ALL_REPEATED = {
    "en": "{count} statements about it are in {file} already: leave them out.",
    "fr": "{count} énoncés à son sujet sont déjà dans {file} : omettez-les.",
    "es": "{count} enunciados sobre él ya están en {file}: omítalos.",
}
_OF_TERMS = tuple(map(str, (OWL, RDF, RDFS, QB)))  # whose classes do not exclude each other


def find(known: Known) -> Iterator[Finding]:
    """Report each thing that the graph describes otherwise, or that the entry adds to."""
    around = known.around.statements
    for subject in known.subjects:
        if not isinstance(subject, URIRef) or (subject, None, None) not in around:
            continue
        said_now = (s for s in known.about(subject) if not isinstance(s[2], BNode))
        new = [statement for statement in said_now if statement not in known.former]
        repeated = [statement for statement in new if statement in around]
        added = [statement for statement in new if statement not in around]
        file = known.around.describing(subject) if new else ""
        if len(repeated) == 1:
            messages = said(known.sides, _REPEATED, file=file)
            yield Finding("Info", *repeated[0], messages, REPEATED, repair=_without(repeated))
        elif repeated:
            messages = said(known.sides, _ALL_REPEATED, count=str(len(repeated)), file=file)
            about = Finding("Info", subject, None, None, messages, REPEATED)
            yield about._replace(repair=_without(repeated))
        conflict = next(_conflicts(known, added), None)
        if conflict:
            statement, other = conflict
            yield Finding(
                "Violation", *statement, said(known.sides, _TAKEN, other=other, file=file), TAKEN
            )
        elif added:
            messages = said(known.sides, _ADDED, term=subject, file=file)
            yield Finding("Info", subject, None, None, messages, ADDED)


def _without(repeated: Iterable[Statement]) -> Repair:
    return Repair(tuple(sorted(repeated, key=str)), ())


def _conflicts(known: Known, added: Iterable[Statement]) -> Iterator[tuple[Statement, Node]]:
    """Pair what cannot be said of the same thing with what the graph says of it."""
    around = known.around.statements
    for statement in added:
        subject, path, value = statement
        if path in (RDFS.label, SKOS.prefLabel) and isinstance(value, Literal):
            for other in around.objects(subject, path):
                if isinstance(other, Literal) and other.language == value.language:
                    yield statement, other
        elif path == RDF.type and _is_of_things(value) and known.is_class(value):
            others = [cls for cls in around.objects(subject, RDF.type) if _is_of_things(cls)]
            if others and not _are_related(known, value, others):
                yield statement, min(others, key=str)


def _is_of_things(cls: Node) -> bool:
    return not str(cls).startswith(_OF_TERMS)


def _are_related(known: Known, cls: Node, others: list[Node]) -> bool:
    return cls in known.superclasses(others) or not known.superclasses([cls]).isdisjoint(others)
