"""The stored queries, described in RDF so that people and programs find and run them.

As SIB does it (https://github.com/sib-swiss/sparql-examples), in the terms of SHACL
(https://www.w3.org/TR/shacl/#SPARQLExecutable): a query that runs as it stands, the question it
answers, tags and the endpoint to ask. Each stored query is one example, asked without values where
it needs none; a question that a query answers with certain values is one more.
"""

from __future__ import annotations

import os
from shutil import copyfile
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg import sparql
from migkg.export.statements import is_a, link, statement, term, text, texts
from migkg.export.syntaxes import write_graph
from migkg.namespaces import HOME, PREFIXES
from migkg.queries import catalogue
from migkg.queries.example import bound, complete, example_values
from migkg.queries.query import without_header
from migkg.syntax import TURTLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.export.site import Site
    from migkg.progress import Progress
    from migkg.queries.example import Typed
    from migkg.queries.query import Parameter, StoredQuery

FILE = ".well-known/sparql-examples"
EXAMPLES = f"{HOME}{FILE}#"
"""Where the IRIs of examples begin."""

_PREFIXES = EXAMPLES + "prefixes"
_DESCRIBE = "https://purl.expasy.org/sparql-examples/ontology#describe"  # SHACL has none
_FORMS = {
    "SELECT": ("sh:select", "sh:SPARQLSelectExecutable"),
    "ASK": ("sh:ask", "sh:SPARQLAskExecutable"),
    "CONSTRUCT": ("sh:construct", "sh:SPARQLConstructExecutable"),
    "DESCRIBE": (_DESCRIBE, "sh:SPARQLExecutable"),
}


class Example(NamedTuple):
    """A query that runs as it stands, and all questions that it answers so."""

    iri: str
    query: StoredQuery
    questions: list[str]
    values: Typed
    """What is typed for each parameter that has a value here, by its name."""


def write(site: Site, folder: str, step: Progress) -> None:
    """Write .well-known/sparql-examples, which is Turtle, and with .ttl, .jsonld and .rdf.

    :raises InputError: a query cannot be read, or names a value that is none of this graph
    """
    step("describing the queries")
    statements = list(_prefixes())
    for example in examples(site):
        statements += _described(site, example)
    for query in catalogue.read(site.graph).values():
        statements += [triple for p in query.parameters for triple in _parameter(query, p)]
    path = os.path.join(folder, *FILE.split("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    write_graph(statements, path)
    copyfile(f"{path}.{TURTLE.ending}", path)


def examples(site: Site) -> Iterator[Example]:
    """Make examples of the stored queries of a graph, and of the questions they answer.

    :raises InputError: a query cannot be read, or names a value that is none of this graph
    """
    for query in catalogue.read(site.graph).values():
        told = example_values(site.store, query)
        found = []
        if complete(query, told):
            found.append(Example(EXAMPLES + query.name, query, [query.summary], told))
        for question in query.questions:
            values = {**told, **dict(question.values)}
            same = next((example for example in found if example.values == values), None)
            if same:
                same.questions.append(question.ask)
            else:
                iri = f"{EXAMPLES}{query.name}/{question.id}"
                found.append(Example(iri, query, [question.ask], values))
        yield from found


def _described(site: Site, example: Example) -> Iterator[ox.Triple]:
    query = example.query
    written = without_header(bound(site.store, query, example.values, catalogue.bind))
    holds, kind = _FORMS[_form(written)]
    for each in (kind, "sh:SPARQLExecutable"):
        yield is_a(example.iri, each)
    yield text(example.iri, holds, written)
    yield link(example.iri, "sh:prefixes", _PREFIXES)
    yield text(example.iri, "rdfs:label", query.name)
    for question in example.questions:
        yield from texts(example.iri, "rdfs:comment", {"en": question})
    if query.description:
        yield from texts(example.iri, "schema:description", {"en": query.description})
    for tag in query.tags:
        yield text(example.iri, "schema:keywords", tag)
    for parameter in query.parameters:
        yield link(example.iri, "sh:parameter", _parameter_iri(query, parameter))
    if site.endpoint:
        yield link(example.iri, "schema:target", site.endpoint)


def _form(written: str) -> str:
    words = (token.name.upper() for token in sparql.tokens(written) if token.kind == "word")
    return next(word for word in words if word in _FORMS)


def _parameter(query: StoredQuery, parameter: Parameter) -> Iterator[ox.Triple]:
    """https://www.w3.org/TR/shacl/#constraint-components-parameters."""
    iri = _parameter_iri(query, parameter)
    yield is_a(iri, "sh:Parameter")
    yield link(iri, "sh:path", iri)
    yield text(iri, "sh:name", parameter.name)
    if parameter.description:
        yield from texts(iri, "sh:description", {"en": parameter.description})
    yield statement(iri, "sh:optional", ox.Literal(not parameter.required))
    if not parameter.multiple:
        yield statement(iri, "sh:maxCount", ox.Literal(1))
    if parameter.default is not None:
        yield text(iri, "sh:defaultValue", parameter.default)
    if parameter.kind == "iri":
        yield statement(iri, "sh:nodeKind", term("sh:IRI"))
    elif ":" in parameter.kind:
        yield link(iri, "sh:datatype", parameter.kind)
    if parameter.domain:
        yield statement(iri, "rdfs:seeAlso", term(parameter.domain))


def _parameter_iri(query: StoredQuery, parameter: Parameter) -> str:
    return f"{EXAMPLES}{query.name}/{parameter.name}"


def _prefixes() -> Iterator[ox.Triple]:
    """https://www.w3.org/TR/shacl/#sparql-prefixes."""
    for prefix, namespace in PREFIXES.items():
        declaration = f"{_PREFIXES}-{prefix}"
        yield link(_PREFIXES, "sh:declare", declaration)
        yield is_a(declaration, "sh:PrefixDeclaration")
        yield text(declaration, "sh:prefix", prefix)
        yield text(declaration, "sh:namespace", namespace, "xsd:anyURI")
