"""Every class of ours is asked for by a stored query.

A query asks for a class if it names the class or a broader one, if a parameter takes things of it,
or if it names a property that leads to things of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rdflib import OWL, RDF, RDFS, URIRef

from migkg.namespaces import MK
from migkg.queries.names import named
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox
    from rdflib.term import Node

    from migkg.validation.checking import Context

NAME = "classes-asked"
_MESSAGE = {
    "en": "No stored query asks for things of this class: write one, or leave the class out.",
    "fr": "Aucune requête ne porte sur les ressources de cette classe : écrivez-en une, ou "
    "supprimez la classe.",
    "es": "Ninguna consulta trata de los recursos de esta clase: escriba una, o elimine la clase.",
}


def check(context: Context) -> Outcome:
    """Look for each class in the queries."""
    asked = {URIRef(iri) for query in context.queries for iri in named(query)}
    led_to = {cls for prop, cls in _led_to(context.store) if prop in asked}
    declared = context.data.subjects(RDF.type, OWL.Class)
    classes = {cls for cls in declared if str(cls).startswith(MK)}
    broader = {cls: set(context.data.transitive_objects(cls, RDFS.subClassOf)) for cls in classes}
    findings = [
        Finding("Violation", cls, None, None, _MESSAGE, NAME)
        for cls in sorted(classes, key=str)
        if not broader[cls] & asked and cls not in led_to
    ]
    counted = f"{len(classes)} classes, {len(classes & asked)} of them by name"
    return Outcome(NAME, counted, findings)


def _led_to(store: ox.Store) -> Iterator[tuple[Node, Node]]:
    """Pair properties with the classes of their values."""
    text = "SELECT DISTINCT ?property ?class { ?thing ?property ?value . ?value a ?class }"
    for row in cast("ox.QuerySolutions", store.query(text)):
        prop, cls = (cast("ox.NamedNode", row[name]).value for name in ("property", "class"))
        yield URIRef(prop), URIRef(cls)
