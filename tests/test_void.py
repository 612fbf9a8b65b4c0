"""The VoID description counts what is there: other engines count again."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from parsers import FORMATS, by_oxigraph
from rdflib import Graph

BASE = "https://portal.example/migkg/"
DATASETS = "https://w3id.org/migkg/dataset/"
PREFIXES = {
    "void": "http://rdfs.org/ns/void#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
COUNTED = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o FILTER ISIRI(?o) }",
    "entities": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s ?p ?o FILTER STRSTARTS(STR(?s), "https://w3id.org/migkg/") FILTER ISIRI(?s) }""",
}
PARTITIONS = {
    ("classPartition", "class", "entities"): """SELECT ?class (COUNT(DISTINCT ?entity) AS ?count) {
        ?s a ?class FILTER ISIRI(?class) BIND(IF(ISIRI(?s) &&
        STRSTARTS(STR(?s), "https://w3id.org/migkg/"), ?s, ?none) AS ?entity) } GROUP BY ?class""",
    ("propertyPartition", "property", "triples"): """SELECT ?p (COUNT(*) AS ?count)
        { ?s ?p ?o } GROUP BY ?p""",
}


@pytest.fixture(scope="module")
def void(exported: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(exported / "void.ttl"))
    return store


def asked(store: ox.Store, query: str, union: bool = False) -> list[tuple[ox.NamedNode, ...]]:
    found = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=union)
    return [tuple(row) for row in cast("Iterable[tuple[ox.NamedNode, ...]]", found)]


def numbers(rows: Iterable[tuple[ox.NamedNode, ...]]) -> dict[str, int]:
    return {row[0].value: int(row[1].value) for row in rows}


def test_counts_are_true_of_every_dump(void: ox.Store, exported: Path) -> None:
    counted = {row[0].value for row in asked(void, "SELECT ?d { ?d void:entities ?n . ?d a ?c }")}
    dumps = {
        path.stem: path for path in (exported / "dumps").rglob("*.t[tr]*") if path.suffix in FORMATS
    }
    assert counted == {DATASETS + name for name in dumps}
    for name, path in dumps.items():
        store, union = ox.Store(), path.suffix == ".trig"
        store.bulk_load(path=str(path), format=FORMATS[path.suffix])
        for prop, query in COUNTED.items():
            told = asked(void, f"SELECT ?n {{ <{DATASETS}{name}> void:{prop} ?n }}")
            assert told == asked(store, query, union), (name, prop)
        for (partition, of, number), query in PARTITIONS.items():
            told = asked(
                void,
                f"""SELECT ?one ?n {{ <{DATASETS}{name}> void:{partition} ?part .
                ?part void:{of} ?one ; void:{number} ?n }}""",
            )
            assert numbers(told) == numbers(asked(store, query, union)), (name, partition)


def test_rdflib_counts_the_same(void: ox.Store, exported: Path) -> None:
    data = Graph(bind_namespaces="none").parse(exported / "dumps" / "codes.rdf")
    told = numbers(asked(void, f"SELECT ?p ?n {{ <{DATASETS}codes> ?p ?n FILTER ISNUMERIC(?n) }}"))
    assert told[PREFIXES["void"] + "triples"] == len(data)
    assert told[PREFIXES["void"] + "distinctSubjects"] == len(set(data.subjects()))
    assert told[PREFIXES["void"] + "distinctObjects"] == len(set(data.objects()))
    assert told[PREFIXES["void"] + "properties"] == len(set(data.predicates()))


def test_every_file_is_named_and_every_name_is_a_file(void: ox.Store, exported: Path) -> None:
    named = {row[0].value for row in asked(void, "SELECT ?file { ?d void:dataDump ?file }")}
    files = [path for path in (exported / "dumps").rglob("*") if path.is_file()]
    assert named == {BASE + path.relative_to(exported).as_posix() for path in files}
    assert len(named) > 60


def test_links_to_other_data_sets_are_counted_by_property(void: ox.Store, exported: Path) -> None:
    data = ox.Store()
    data.bulk_load(path=str(exported / "dumps" / "asserted.ttl"))
    links = asked(
        void,
        """SELECT ?title ?property ?space ?n { ?links a void:Linkset ;
        void:linkPredicate ?property ; void:triples ?n ; void:objectsTarget ?target ;
        void:subjectsTarget <https://w3id.org/migkg/dataset/migkg> .
        <https://w3id.org/migkg/dataset/migkg> void:subset ?links .
        ?target a void:Dataset ; dct:title ?title ; void:uriSpace ?space }""",
    )
    assert {(row[0].value, row[1].value.split("#")[1]) for row in links} == {
        ("Wikidata", "exactMatch"),
        ("Countries and territories (EU Vocabularies)", "exactMatch"),
        ("ESSGlobal", "closeMatch"),
        ("Schema.org", "seeAlso"),
    }
    for _, prop, space, n in links:
        query = f"""SELECT (COUNT(*) AS ?n)
            {{ ?s <{prop.value}> ?o FILTER STRSTARTS(STR(?o), "{space.value}") }}"""
        assert asked(data, query) == [(n,)]


def test_the_whole_says_what_harvesters_look_for(void: ox.Store, exported: Path) -> None:
    whole = ox.NamedNode(f"{DATASETS}migkg")
    told = {
        (quad.predicate.value.rpartition("/")[2].rpartition("#")[2], quad.object.value)
        for quad in void.quads_for_pattern(whole, None, None)
        if not isinstance(quad.object, (ox.BlankNode, ox.Triple))
    }
    assert told >= {
        ("license", "http://creativecommons.org/licenses/by/4.0/"),
        ("publisher", "https://w3id.org/migkg/id/organization-migkg-editors"),
        ("issued", "2026-11-21T00:00:00Z"),
        ("sparqlEndpoint", "https://portal.example/sparql"),
        ("uriSpace", "https://w3id.org/migkg/"),
        ("exampleResource", "https://w3id.org/migkg/id/project-prospects"),
        ("vocabulary", "http://www.w3.org/2004/02/skos/core#"),
        ("subset", f"{DATASETS}ontology"),
        ("homepage", BASE),
    }
    titles = asked(
        void,
        """SELECT ?language (COUNT(?text) AS ?count) { ?d dct:description ?text }
        GROUP BY (LANG(?text) AS ?language)""",
    )
    assert {row[0].value for row in titles} == {"en", "fr", "es"}
    assert len({row[1].value for row in titles}) == 1
    description = asked(void, "SELECT ?d { ?d a void:DatasetDescription }")
    assert description == [(ox.NamedNode(f"{BASE}void.ttl"),)]
    assert (exported / ".well-known" / "void").read_bytes() == (exported / "void.ttl").read_bytes()
    assert by_oxigraph(exported / "void.jsonld") == by_oxigraph(exported / "void.ttl")
    assert by_oxigraph(exported / "void.rdf") == by_oxigraph(exported / "void.ttl")
