"""A thing of the entry that no shape looks at, or none that is about things of its class."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, RDFS, URIRef

from migkg.namespaces import MKC, MKD
from migkg.validation.finding import Finding
from migkg.validation.recognition import repairs
from migkg.validation.recognition.known import is_term_of_rdf
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.validation.recognition.known import Known

NAME = "unseen"
_THING = {
    "en": "No shape looks at {term}: nothing of it was checked.",
    "fr": "Aucune forme n'examine {term} : rien n'en a été vérifié.",
    "es": "Ninguna forma examina {term}: no se ha comprobado nada de ello.",
}
_CLASS = {
    "en": "No shape is about things of the class {term}: little of them is checked.",
    "fr": "Aucune forme ne porte sur les ressources de la classe {term} : peu de choses en sont "
    "vérifiées.",
    "es": "Ninguna forma trata de los recursos de la clase {term}: se comprueba poco de ellos.",
}
_NOTHING = {
    "en": "No shape looks at anything in the entry: nothing was checked.",
    "fr": "Aucune forme n'examine quoi que ce soit dans la saisie : rien n'a été vérifié.",
    "es": "Ninguna forma examina nada de la entrada: no se ha comprobado nada.",
}
_OF_THINGS = (MKD, MKC)


class _Looks(NamedTuple):
    """What shapes look at."""

    nodes: set[Node]
    classes: set[Node]
    subjects_of: set[Node]
    objects_of: set[Node]


def find(known: Known) -> Iterator[Finding]:
    """Report each such thing; if nothing is looked at, the entry."""
    looks = _Looks(*({target for _, target in aimed} for aimed in known.around.targets))
    unseen = [thing for thing in known.subjects if not _is_seen(known, thing, looks)]
    if known.subjects and len(unseen) == len(known.subjects):
        yield Finding("Violation", None, None, None, _NOTHING, NAME)
        return
    for thing in unseen:
        if isinstance(thing, URIRef):
            messages = said(known.sides, _THING, term=thing)
            yield Finding("Warning", thing, None, None, messages, NAME)
    if looks.classes:
        yield from _of_other_classes(known, looks.classes, set(unseen))


def _is_seen(known: Known, thing: Node, looks: _Looks) -> bool:
    classes = known.superclasses(known.objects(thing, RDF.type))
    if thing in looks.nodes or not looks.classes.isdisjoint(classes):
        return True
    return any(
        not looks.subjects_of.isdisjoint(side.predicates(thing))
        or not looks.objects_of.isdisjoint(side.predicates(None, thing))
        for side in known.sides
    )


def _of_other_classes(known: Known, looked_at: set[Node], unseen: set[Node]) -> Iterator[Finding]:
    """Report things of classes that are there to have subclasses, such as org:Organization."""
    for thing in known.subjects:
        classes = sorted(known.entry.statements.objects(thing, RDF.type), key=str)
        if (
            not classes
            or thing in unseen
            or not str(thing).startswith(_OF_THINGS)
            or not all(known.is_class(c) and not is_term_of_rdf(c) for c in classes)
            or not looked_at.isdisjoint(known.superclasses(known.objects(thing, RDF.type)))
        ):
            continue
        near = sorted(c for c in _subclasses(known, classes) if c in looked_at)
        messages = said(known.sides, _CLASS, near, term=classes[0])
        about = (thing, RDF.type, classes[0])
        repair = repairs.instead(known.entry, about, classes[0], near)
        yield Finding("Warning", *about, messages, NAME, repair=repair, meant=tuple(near))


def _subclasses(known: Known, classes: list[Node]) -> set[URIRef]:
    found = {c for cls in classes for c in known.around.statements.subjects(RDFS.subClassOf, cls)}
    return {cls for cls in found if isinstance(cls, URIRef)}
