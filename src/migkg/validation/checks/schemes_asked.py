"""Every concept scheme is asked for by a stored query.

A query asks for a scheme if it names the scheme, one of its concepts, or a property whose values
come from the scheme, by the shapes or in the graph; or if the values of a parameter do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, SKOS, URIRef

from migkg.model import model
from migkg.namespaces import MK
from migkg.queries.names import named
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from rdflib.term import Node

    from migkg.validation.checking import Context

NAME = "schemes-asked"
_MESSAGE = {
    "en": "No stored query asks for concepts of this scheme: write one, or leave the scheme out.",
    "fr": "Aucune requête ne porte sur les concepts de ce schéma : écrivez-en une, ou supprimez le "
    "schéma.",
    "es": "Ninguna consulta trata de los conceptos de este esquema: escriba una, o elimine el "
    "esquema.",
}
_EVIDENCE = {URIRef(MK + "value"), URIRef(MK + "supports")}


def check(context: Context) -> Outcome:
    """Look for each scheme in the queries."""
    scheme_of: dict[Node, Node] = dict(context.data.subject_objects(SKOS.inScheme))
    properties: dict[Node, set[Node]] = {}
    for _, used, value in context.data:
        if value in scheme_of and used not in _EVIDENCE and not str(used).startswith(str(SKOS)):
            properties.setdefault(used, set()).add(scheme_of[value])
    for prop in model.read(context.graph).properties():
        values = properties.setdefault(URIRef(prop.iri), set())
        values |= {URIRef(scheme) for scheme in prop.values.schemes}
    schemes = set(context.data.subjects(RDF.type, SKOS.ConceptScheme))
    asked: set[Node] = set()
    for term in {URIRef(iri) for query in context.queries for iri in named(query)}:
        asked |= {term, scheme_of.get(term, term), *properties.get(term, ())}
    findings = [
        Finding("Violation", scheme, None, None, _MESSAGE, NAME)
        for scheme in sorted(schemes - asked, key=str)
    ]
    return Outcome(NAME, f"{len(schemes)} schemes", findings)
