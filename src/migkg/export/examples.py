"""The stored queries, described in RDF so that people and programs find and run them.

As SIB does it (https://github.com/sib-swiss/sparql-examples), in the terms of SHACL
(https://www.w3.org/TR/shacl/#SPARQLExecutable): a query that runs as it stands, the question it
answers, tags and the endpoint to ask. Each stored query is one example, asked without values where
it needs none; a question that a query answers with certain values is one more.
"""

from __future__ import annotations

import os
import re
from shutil import copyfile
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg import lookup, sparql
from migkg.errors import InputError, UsageError
from migkg.export.site import HOME
from migkg.export.syntax import TURTLE
from migkg.export.syntaxes import write_graph
from migkg.graph import ALL, shown
from migkg.namespaces import PREFIXES, XSD, expand, shorten
from migkg.queries import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from migkg.export.site import Site
    from migkg.progress import Progress
    from migkg.queries.query import Parameter, StoredQuery

    Values = Mapping[str, Sequence[str]]

FILE = ".well-known/sparql-examples"
EXAMPLES = f"{HOME}{FILE}#"
"""Where the IRIs of examples begin."""

_PREFIXES = EXAMPLES + "prefixes"
_HEADER = re.compile(r"\A(?:#\+.*\r?\n|\s*\n)+")
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
    values: Values
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
    """Make examples of the stored queries of a graph, and of the questions they answer."""
    for query in catalogue.read(site.graph).values():
        least = _least(site, query)
        found = []
        if least is not None:
            found.append(Example(EXAMPLES + query.name, query, [query.summary], least))
        for question in query.questions:
            values = {**(least or {}), **dict(question.values)}
            same = next((example for example in found if example.values == values), None)
            if same:
                same.questions.append(question.ask)
            else:
                iri = f"{EXAMPLES}{query.name}/{question.id}"
                found.append(Example(iri, query, [question.ask], values))
        yield from found


def text(site: Site, example: Example) -> str:
    """Write the SPARQL of an example, with its values in the place of the parameters."""
    return _HEADER.sub("", _bound(site, example.query, example.values))


def _bound(site: Site, query: StoredQuery, values: Values) -> str:
    try:
        terms = {
            parameter.name: [_value(site, parameter, typed) for typed in values[parameter.name]]
            for parameter in query.parameters
            if parameter.name in values
        }
        return catalogue.bind(query, terms)
    except UsageError as error:
        raise InputError(f"{shown(query.path)}: a value in its header: {error}") from error


def _value(site: Site, parameter: Parameter, typed: str) -> ox.NamedNode | ox.Literal:
    if parameter.kind == "iri":
        return lookup.resolve(site.store, typed, parameter.domain)
    return lookup.literal(parameter.kind, typed)


def _least(site: Site, query: StoredQuery) -> Values | None:
    """Give a query its defaults, and each value that it needs; None where none is known.

    What it needs is told by a question, by the values to choose from, or by the graph: the first
    thing of the kind with which there is an answer.
    """
    values: dict[str, Sequence[str]] = {}
    asked = [dict(question.values) for question in query.questions]
    missing = []
    for parameter in query.parameters:
        if parameter.default is not None:
            values[parameter.name] = (parameter.default,)
        elif parameter.required:
            told = [with_[parameter.name][:1] for with_ in asked if parameter.name in with_]
            known = [*told, *((choice,) for choice in parameter.choices[:1])]
            values[parameter.name] = known[0] if known else ()
            missing += [] if known else [parameter]
    if len(missing) != 1:
        return None if missing else values
    tried = ({**values, missing[0].name: (thing,)} for thing in _within(site, missing[0]))
    return next((some for some in tried if _answered(site, query, some)), None)


def _within(site: Site, parameter: Parameter) -> list[str]:
    """List the things that a parameter takes, as CURIEs."""
    if not parameter.domain:
        return []
    domain = _named(parameter.domain)
    found = [
        quad.subject.value
        for curie in ("rdf:type", "skos:inScheme")
        for quad in site.store.quads_for_pattern(None, _named(curie), domain, ALL)
        if isinstance(quad.subject, ox.NamedNode)
    ]
    return sorted(set(map(shorten, found)))


def _answered(site: Site, query: StoredQuery, values: Values) -> bool:
    found = site.store.query(_bound(site, query, values))
    return isinstance(found, ox.QuerySolutions) and next(iter(found), None) is not None


def _described(site: Site, example: Example) -> Iterator[ox.Triple]:
    written, query = text(site, example), example.query
    holds, kind = _FORMS[_form(written)]
    for each in (kind, "sh:SPARQLExecutable"):
        yield _say(example.iri, "rdf:type", _named(each))
    yield _say(example.iri, holds, ox.Literal(written))
    yield _say(example.iri, "sh:prefixes", ox.NamedNode(_PREFIXES))
    yield _say(example.iri, "rdfs:label", ox.Literal(query.name))
    for question in example.questions:
        yield _say(example.iri, "rdfs:comment", ox.Literal(question, language="en"))
    if query.description:
        yield _say(example.iri, "schema:description", ox.Literal(query.description, language="en"))
    for tag in query.tags:
        yield _say(example.iri, "schema:keywords", ox.Literal(tag))
    for parameter in query.parameters:
        yield _say(example.iri, "sh:parameter", ox.NamedNode(_parameter_iri(query, parameter)))
    if site.endpoint:
        yield _say(example.iri, "schema:target", ox.NamedNode(site.endpoint))


def _form(written: str) -> str:
    words = (token.name.upper() for token in sparql.tokens(written) if token.kind == "word")
    return next(word for word in words if word in _FORMS)


def _parameter(query: StoredQuery, parameter: Parameter) -> Iterator[ox.Triple]:
    """https://www.w3.org/TR/shacl/#constraint-components-parameters."""
    iri = _parameter_iri(query, parameter)
    yield _say(iri, "rdf:type", _named("sh:Parameter"))
    yield _say(iri, "sh:path", ox.NamedNode(iri))
    yield _say(iri, "sh:name", ox.Literal(parameter.name))
    if parameter.description:
        yield _say(iri, "sh:description", ox.Literal(parameter.description, language="en"))
    yield _say(iri, "sh:optional", ox.Literal(not parameter.required))
    if not parameter.multiple:
        yield _say(iri, "sh:maxCount", ox.Literal(1))
    if parameter.default is not None:
        yield _say(iri, "sh:defaultValue", ox.Literal(parameter.default))
    if parameter.kind == "iri":
        yield _say(iri, "sh:nodeKind", _named("sh:IRI"))
    elif ":" in parameter.kind:
        yield _say(iri, "sh:datatype", ox.NamedNode(parameter.kind))
    if parameter.domain:
        yield _say(iri, "rdfs:seeAlso", _named(parameter.domain))


def _parameter_iri(query: StoredQuery, parameter: Parameter) -> str:
    return f"{EXAMPLES}{query.name}/{parameter.name}"


def _prefixes() -> Iterator[ox.Triple]:
    """https://www.w3.org/TR/shacl/#sparql-prefixes."""
    for prefix, namespace in PREFIXES.items():
        declaration = f"{_PREFIXES}-{prefix}"
        yield _say(_PREFIXES, "sh:declare", ox.NamedNode(declaration))
        yield _say(declaration, "rdf:type", _named("sh:PrefixDeclaration"))
        yield _say(declaration, "sh:prefix", ox.Literal(prefix))
        uri = ox.Literal(namespace, datatype=ox.NamedNode(XSD + "anyURI"))
        yield _say(declaration, "sh:namespace", uri)


def _say(iri: str, curie: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(iri), _named(curie), value)


def _named(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie) or curie)
