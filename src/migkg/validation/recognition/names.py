"""What things are called: labels, other names and codes, in all languages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rdflib import DCTERMS, FOAF, RDFS, SKOS, Literal, URIRef

from migkg.lookup import fold
from migkg.namespaces import MK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name)
_SHOWN = (*LABELS, URIRef(MK + "heading"))
NAMES = (*LABELS, SKOS.altLabel, SKOS.hiddenLabel)


def names(statements: Statements) -> Iterator[tuple[Node, str]]:
    """List the names and codes of things."""
    for prop in (*NAMES, SKOS.notation, *identifiers(statements)):
        for thing, name in statements.subject_objects(prop):
            if isinstance(name, Literal):
                yield thing, str(name)


def identifiers(statements: Statements) -> set[Node]:
    """List the properties that identify: dct:identifier, and those below it."""
    found = statements.transitive_subjects(RDFS.subPropertyOf, DCTERMS.identifier)
    return {prop for prop in found if prop is not None}


def by_name(statements: Statements) -> dict[str, list[URIRef]]:
    """List the things of each name, folded as `lookup.fold` does."""
    found: defaultdict[str, dict[URIRef, None]] = defaultdict(dict)
    for thing, name in names(statements):
        if isinstance(thing, URIRef):
            found[fold(name)][thing] = None
    return {name: list(things) for name, things in found.items()}


def label(sides: Iterable[Statements], thing: Node, language: str) -> str:
    """Call a thing in the language, else in English, else in any; '' if it has no name."""
    return chosen(labels(sides, thing), language)


def labels(sides: Iterable[Statements], thing: Node) -> dict[str, str]:
    """List what a thing is called by the first property that names it, by language."""
    described = [side for side in sides if (thing, None, None) in side]
    for prop in _SHOWN if described else ():
        named = [name for side in described for name in side.objects(thing, prop)]
        if named:
            return {getattr(name, "language", None) or "": str(name) for name in named}
    return {}


def chosen(names: dict[str, str], language: str) -> str:
    """Choose the name in the language, else in English, else in any; '' if there is none."""
    return (names.get(language) or names.get("en") or names[min(names)]) if names else ""
