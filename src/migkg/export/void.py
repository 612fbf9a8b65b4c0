"""The export as VoID describes data sets: https://www.w3.org/TR/void/."""

from __future__ import annotations

import os
import re
from itertools import count as numbers
from shutil import copyfile
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.export import lines
from migkg.export.counts import count
from migkg.export.dump import ASSERTED, LANGUAGES, dumps, iri, whole
from migkg.export.dumps import FOLDER
from migkg.export.links import links
from migkg.export.site import HOME, ONTOLOGY
from migkg.export.syntax import OF_DATASETS, OF_GRAPHS
from migkg.export.syntaxes import write_graph
from migkg.graph import ASSERTED as SAID
from migkg.namespaces import MK, PREFIXES, RDF, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.export.counts import Counts
    from migkg.export.dump import Dump
    from migkg.export.links import Links
    from migkg.export.site import Site
    from migkg.progress import Progress

_VOID, _DCT, _FOAF, _QB = (PREFIXES[name] for name in ("void", "dct", "foaf", "qb"))
_FROM_HEADER = ("license", "publisher", "creator", "issued", "modified")
_EXAMPLES = (
    *(MK + name for name in ("Organization", "Instrument", "Project", "Country", "Document")),
    _QB + "DataSet",
    _QB + "Observation",
    SKOS + "Concept",
)
"""Of these classes one thing each is shown."""


def write(site: Site, folder: str, step: Progress) -> None:
    """Write void.ttl, void.jsonld, void.rdf and .well-known/void, counted from the dumps.

    :raises InputError: something is called what a syntax cannot hold
    """
    step("counting")
    write_graph(_statements(site, folder), os.path.join(folder, "void"))
    known = os.path.join(folder, ".well-known")
    os.makedirs(known, exist_ok=True)
    copyfile(os.path.join(folder, "void.ttl"), os.path.join(known, "void"))


def _statements(site: Site, folder: str) -> Iterator[ox.Triple]:
    everything = whole(site)
    top = iri(site, everything)
    into = os.path.join(folder, FOLDER)
    document = f"{site.base}void.ttl"
    yield _link(document, RDF + "type", _VOID + "DatasetDescription")
    yield _link(document, _FOAF + "primaryTopic", top)
    yield from _header(site, document)
    triples = lines.distinct(
        map(_triple, lines.read(os.path.join(into, f"{everything.name}.nq"))), into
    )
    nodes = (ox.BlankNode(f"p{at}") for at in numbers())
    yield from _dataset(site, folder, everything, count(triples, HOME, into), nodes)
    for dump in dumps(site):
        path = os.path.join(into, f"{dump.name}.nt")
        if os.path.exists(path):
            yield _link(top, _VOID + "subset", iri(site, dump))
            counts = count(lines.read(path), HOME, into)
            yield from _dataset(site, folder, dump, counts, nodes)
    for found in links(lines.read(os.path.join(into, f"{ASSERTED.name}.nt"))):
        yield from _linkset(top, found)


def _triple(quad: str) -> str:
    """Take the name of its graph from a line of N-Quads."""
    return f"{quad[: quad.rindex(' <')]} .\n"


def _dataset(
    site: Site, folder: str, dump: Dump, counts: Counts, nodes: Iterator[ox.BlankNode]
) -> Iterator[ox.Triple]:
    about = iri(site, dump)
    yield _link(about, RDF + "type", _VOID + "Dataset")
    for texts, prop in ((dump.title, "title"), (dump.description, "description")):
        for language in LANGUAGES:
            yield _text(about, _DCT + prop, texts[language], language)
    yield from _header(site, about)
    if dump.thing:
        yield _link(about, _FOAF + "primaryTopic", dump.thing.value)
    yield _link(about, _FOAF + "homepage", site.base)
    yield ox.Triple(ox.NamedNode(about), ox.NamedNode(_VOID + "uriSpace"), ox.Literal(HOME))
    if site.endpoint and dump == whole(site):
        yield _link(about, _VOID + "sparqlEndpoint", site.endpoint)
    yield from _files(site, folder, dump)
    for name in _EXAMPLES:
        if name in counts.examples:
            yield _link(about, _VOID + "exampleResource", counts.examples[name])
    for namespace in _vocabularies(counts):
        yield _link(about, _VOID + "vocabulary", namespace)
    yield from _statistics(about, counts, nodes)


def _files(site: Site, folder: str, dump: Dump) -> Iterator[ox.Triple]:
    about = iri(site, dump)
    for syntax in OF_DATASETS if dump == whole(site) else OF_GRAPHS:
        yield _link(about, _VOID + "feature", syntax.iri)
        for ending in (syntax.ending, f"{syntax.ending}.gz"):
            path = f"{FOLDER}/{dump.name}.{ending}"
            if os.path.exists(os.path.join(folder, path)):
                yield _link(about, _VOID + "dataDump", site.base + path)


def _statistics(about: str, counts: Counts, nodes: Iterator[ox.BlankNode]) -> Iterator[ox.Triple]:
    for prop, number in (
        ("triples", counts.triples),
        ("entities", counts.entities),
        ("classes", len(counts.classes)),
        ("properties", len(counts.properties)),
        ("distinctSubjects", counts.subjects),
        ("distinctObjects", counts.objects),
    ):
        yield _number(ox.NamedNode(about), prop, number)
    partitions = (
        ("classPartition", "class", "entities", counts.classes),
        ("propertyPartition", "property", "triples", counts.properties),
    )
    for partition, of, counted, by_iri in partitions:
        for one, number in by_iri.items():
            node = next(nodes)
            yield ox.Triple(ox.NamedNode(about), ox.NamedNode(_VOID + partition), node)
            yield ox.Triple(node, ox.NamedNode(_VOID + of), ox.NamedNode(one))
            yield _number(node, counted, number)


def _linkset(top: str, found: Links) -> Iterator[ox.Triple]:
    local = re.split(r"[#/]", found.property)[-1]
    about, target = f"{top}#{found.target.name}-{local}", f"{top}#{found.target.name}"
    yield _link(top, _VOID + "subset", about)
    yield _link(about, RDF + "type", _VOID + "Linkset")
    yield _link(about, _VOID + "subjectsTarget", top)
    yield _link(about, _VOID + "objectsTarget", target)
    yield _link(about, _VOID + "linkPredicate", found.property)
    yield _number(ox.NamedNode(about), "triples", found.triples)
    yield _link(target, RDF + "type", _VOID + "Dataset")
    yield _text(target, _DCT + "title", found.target.title, "en")
    space = ox.Literal(found.target.space)
    yield ox.Triple(ox.NamedNode(target), ox.NamedNode(_VOID + "uriSpace"), space)


def _header(site: Site, about: str) -> Iterator[ox.Triple]:
    """Give something the licence, publisher, makers and dates of the release."""
    for name in _FROM_HEADER:
        prop = ox.NamedNode(_DCT + name)
        for quad in site.store.quads_for_pattern(ONTOLOGY, prop, None, SAID):
            if not isinstance(quad.object, ox.BlankNode):
                yield ox.Triple(ox.NamedNode(about), prop, quad.object)


def _vocabularies(counts: Counts) -> Iterable[str]:
    """List the namespaces of the classes and properties in use."""
    known = sorted(PREFIXES.values(), key=len, reverse=True)
    terms = [*counts.classes, *counts.properties]
    return sorted({next(filter(term.startswith, known), _namespace(term)) for term in terms})


def _namespace(term: str) -> str:
    return re.sub(r"[^#/:]*\Z", "", term)


def _link(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))


def _text(subject: str, predicate: str, text: str, language: str) -> ox.Triple:
    literal = ox.Literal(text, language=language)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), literal)


def _number(subject: ox.NamedNode | ox.BlankNode, name: str, number: int) -> ox.Triple:
    literal = ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Triple(subject, ox.NamedNode(_VOID + name), literal)
