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
from migkg.export.dump import ASSERTED, FOLDER, dumps, files, iri, lines_of, whole
from migkg.export.linksets import linksets
from migkg.export.site import ONTOLOGY
from migkg.export.statements import is_a, link, statement, term, text, texts
from migkg.export.syntaxes import write_graph
from migkg.graph import ASSERTED as SAID
from migkg.namespaces import HOME, MK, PREFIXES, SKOS
from migkg.syntax import N_QUADS, OF_DATASETS, OF_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.export.counts import Counts
    from migkg.export.dump import Dump
    from migkg.export.linksets import Linkset
    from migkg.export.site import Site
    from migkg.export.statements import Node
    from migkg.progress import Progress

_FROM_HEADER = ("dct:license", "dct:publisher", "dct:creator", "dct:issued", "dct:modified")
_EXAMPLES = (
    *(MK + name for name in ("Organization", "Instrument", "Project", "Country", "Document")),
    *(PREFIXES["qb"] + name for name in ("DataSet", "Observation")),
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
    document = f"{site.base}void.ttl"
    yield is_a(document, "void:DatasetDescription")
    yield link(document, "foaf:primaryTopic", top)
    yield from _header(site, document)
    quads = lines.read(os.path.join(folder, FOLDER, f"{everything.name}.{N_QUADS.ending}"))
    triples = lines.distinct(map(_triple, quads), folder)
    nodes = (ox.BlankNode(f"p{at}") for at in numbers())
    yield from _dataset(site, folder, everything, count(triples, HOME, folder), nodes)
    for dump in dumps(site):
        path = lines_of(folder, dump)
        if os.path.exists(path):
            yield link(top, "void:subset", iri(site, dump))
            counts = count(lines.read(path), HOME, folder)
            yield from _dataset(site, folder, dump, counts, nodes)
    for found in linksets(lines.read(lines_of(folder, ASSERTED))):
        yield from _linkset(top, found)


def _triple(quad: str) -> str:
    """Take the name of its graph from a line of N-Quads."""
    return f"{quad[: quad.rindex(' <')]} .\n"


def _dataset(
    site: Site, folder: str, dump: Dump, counts: Counts, nodes: Iterator[ox.BlankNode]
) -> Iterator[ox.Triple]:
    about = iri(site, dump)
    yield is_a(about, "void:Dataset")
    yield from texts(about, "dct:title", dump.title)
    yield from texts(about, "dct:description", dump.description)
    yield from _header(site, about)
    if dump.thing:
        yield link(about, "foaf:primaryTopic", dump.thing.value)
    yield link(about, "foaf:homepage", site.base)
    yield text(about, "void:uriSpace", HOME)
    if site.endpoint and dump == whole(site):
        yield link(about, "void:sparqlEndpoint", site.endpoint)
    yield from _files(site, folder, dump)
    for name in _EXAMPLES:
        if name in counts.examples:
            yield link(about, "void:exampleResource", counts.examples[name])
    for namespace in _vocabularies(counts):
        yield link(about, "void:vocabulary", namespace)
    yield from _statistics(about, counts, nodes)


def _files(site: Site, folder: str, dump: Dump) -> Iterator[ox.Triple]:
    about = iri(site, dump)
    for syntax in OF_DATASETS if dump == whole(site) else OF_GRAPHS:
        yield link(about, "void:feature", syntax.iri)
    for file in files(folder, dump):
        yield link(about, "void:dataDump", site.base + file.path)


def _statistics(about: str, counts: Counts, nodes: Iterator[ox.BlankNode]) -> Iterator[ox.Triple]:
    for curie, number in (
        ("void:triples", counts.triples),
        ("void:entities", counts.entities),
        ("void:classes", len(counts.classes)),
        ("void:properties", len(counts.properties)),
        ("void:distinctSubjects", counts.subjects),
        ("void:distinctObjects", counts.objects),
    ):
        yield _number(about, curie, number)
    partitions = (
        ("void:classPartition", "void:class", "void:entities", counts.classes),
        ("void:propertyPartition", "void:property", "void:triples", counts.properties),
    )
    for partition, of, counted, by_iri in partitions:
        for one, number in by_iri.items():
            node = next(nodes)
            yield statement(about, partition, node)
            yield link(node, of, one)
            yield _number(node, counted, number)


def _linkset(top: str, found: Linkset) -> Iterator[ox.Triple]:
    local = re.split(r"[#/]", found.property)[-1]
    about, target = f"{top}#{found.target.name}-{local}", f"{top}#{found.target.name}"
    yield link(top, "void:subset", about)
    yield is_a(about, "void:Linkset")
    yield link(about, "void:subjectsTarget", top)
    yield link(about, "void:objectsTarget", target)
    yield link(about, "void:linkPredicate", found.property)
    yield _number(about, "void:triples", found.triples)
    yield is_a(target, "void:Dataset")
    yield from texts(target, "dct:title", {"en": found.target.title})
    yield text(target, "void:uriSpace", found.target.space)


def _header(site: Site, about: str) -> Iterator[ox.Triple]:
    """Give something the licence, publisher, makers and dates of the release."""
    for curie in _FROM_HEADER:
        for quad in site.store.quads_for_pattern(ONTOLOGY, term(curie), None, SAID):
            if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
                yield statement(about, curie, quad.object)


def _vocabularies(counts: Counts) -> Iterable[str]:
    """List the namespaces of the classes and properties in use."""
    known = sorted(PREFIXES.values(), key=len, reverse=True)
    iris = [*counts.classes, *counts.properties]
    return sorted({next(filter(iri.startswith, known), _namespace(iri)) for iri in iris})


def _namespace(iri: str) -> str:
    return re.sub(r"[^#/:]*\Z", "", iri)


def _number(subject: Node, curie: str, number: int) -> ox.Triple:
    return text(subject, curie, str(number), "xsd:integer")
