"""Nothing of ours is named that nothing declares: no term, code, thing or shape.

Of sources and shapes, every IRI in one of our namespaces has a type; so has every one that a query
names, in its SPARQL or as the domain of a parameter. Of sources, classes and the properties of
things of ours are left to mksh:Entry, which judges new entries too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, SH, URIRef

from migkg import graph
from migkg.namespaces import MK, MKC, MKD, MKSH, PREFIXES
from migkg.queries.names import named, names
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.validation.checking import Context

NAME = "undeclared-terms"
_MESSAGE = {
    "en": "Nothing declares this IRI of ours: correct its spelling, or describe what it names.",
    "fr": "Rien ne déclare cette IRI, qui est de nos espaces de noms : corrigez l'orthographe, ou "
    "décrivez ce qu'elle désigne.",
    "es": "Nada declara este IRI de nuestros espacios de nombres: corrija la ortografía, o "
    "describa lo que designa.",
}
_OURS = (MK, MKC, MKD, MKSH)


def check(context: Context) -> Outcome:
    """Look for the names of ours in sources, shapes and queries."""
    declared = set(context.data.subjects(RDF.type)) | set(context.shapes.subjects(RDF.type))
    declared |= set(context.data.objects(None, OWL.versionIRI))
    found = set(_in_sources(context.data)) | set(_in_shapes(context.shapes))
    queries = (*context.queries, *context.check_queries)
    for query in queries:
        node = URIRef(graph.graph_name(context.graph, query.path))
        found |= {(node, URIRef(iri)) for iri in named(query)}
    ours = {pair for pair in found if str(pair[1]).startswith(_OURS)}
    findings = [
        Finding("Violation", where, None, term, _MESSAGE, NAME)
        for where, term in sorted(ours, key=str)
        if term not in declared and not _begins_names(str(term))
    ]
    counted = f"{len({term for _, term in ours}):,} names of ours in sources, shapes and queries"
    return Outcome(NAME, f"{counted} ({len(queries)})", findings)


def _begins_names(iri: str) -> bool:
    """Whether an IRI is what names begin with: a namespace, or mkd:country- in a condition."""
    return iri in _OURS or iri.endswith("-")


def _in_sources(data: Statements) -> Iterator[tuple[Node, Node]]:
    for subject, predicate, value in data:
        if isinstance(subject, URIRef):
            yield subject, subject
            if not str(subject).startswith(_OURS):
                yield subject, predicate
        if isinstance(value, URIRef) and predicate != RDF.type:
            yield subject, value


def _in_shapes(shapes: Statements) -> Iterator[tuple[Node, Node]]:
    for statement in shapes:
        yield from ((statement[0], term) for term in statement if isinstance(term, URIRef))
    for constraint, select in shapes.subject_objects(SH.select):
        yield from ((constraint, URIRef(iri)) for iri in names(str(select), PREFIXES).iris)
