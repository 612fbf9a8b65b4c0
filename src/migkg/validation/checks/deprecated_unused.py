"""What is deprecated is used no more: not in sources, shapes or queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, SH, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS

from migkg import graph
from migkg.namespaces import PREFIXES
from migkg.queries.names import named, names
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.validation.checking import Context

NAME = "deprecated-unused"
_MESSAGE = {
    "en": "This is deprecated: use what dct:isReplacedBy names there.",
    "fr": "Ce terme est obsolète : employez celui que désigne dct:isReplacedBy.",
    "es": "Este término está en desuso: emplee el que indica dct:isReplacedBy.",
}
_ABOUT_IT = {DCTERMS.replaces, SKOS.exactMatch, SKOS.closeMatch, SKOS.hasTopConcept}


def check(context: Context) -> Outcome:
    """Look for deprecated terms; what a deprecated term says of itself is not looked at."""
    found = context.data.subject_objects(OWL.deprecated)
    deprecated = {
        term for term, yes in found if isinstance(yes, Literal) and yes.toPython() is True
    }
    uses = set(_used(context.data)) | set(_used(context.shapes))
    for query in (*context.queries, *context.check_queries):
        node = URIRef(graph.graph_name(context.graph, query.path))
        uses |= {(node, URIRef(iri)) for iri in named(query)}
    for constraint, select in context.shapes.subject_objects(SH.select):
        uses |= {(constraint, URIRef(iri)) for iri in names(str(select), PREFIXES).iris}
    wrong = [(where, term) for where, term in uses if term in deprecated]
    findings = [
        Finding("Violation", where, None, term, _MESSAGE, NAME)
        for where, term in sorted(wrong, key=str)
        if where not in deprecated
    ]
    terms = "1 deprecated term" if len(deprecated) == 1 else f"{len(deprecated)} deprecated terms"
    return Outcome(NAME, terms, findings)


def _used(statements: Statements) -> Iterator[tuple[Node, Node]]:
    for subject, predicate, value in statements:
        yield subject, predicate
        if predicate not in _ABOUT_IT:
            yield subject, value
