"""The stored queries described in RDF: each runs as it stands and gives what migkg query gives.

https://github.com/sib-swiss/sparql-examples
"""

import csv
import io
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from pyshacl import validate
from rdflib import RDF, RDFS, SDO, SH, Graph, Literal, URIRef

from migkg import graph
from migkg.cli import cli
from migkg.errors import InputError
from migkg.export import examples
from migkg.export.examples import Example
from migkg.export.site import Site, Version, version
from migkg.queries import catalogue
from migkg.queries.query import option_name

TARGET = URIRef("https://portal.example/sparql")
STRUCTURE = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

[] a sh:NodeShape ;
    sh:targetClass sh:SPARQLExecutable ;
    sh:property
        [ sh:path [ sh:alternativePath ( sh:select sh:ask sh:construct ) ] ;
          sh:minCount 1 ; sh:maxCount 1 ; sh:datatype <http://www.w3.org/2001/XMLSchema#string> ] ,
        [ sh:path rdfs:comment ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
        [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:prefixes ; sh:minCount 1 ] ,
        [ sh:path schema:keyword ; sh:maxCount 0 ] .

[] a sh:NodeShape ;
    sh:targetObjectsOf sh:prefixes ;
    sh:property [ sh:path ( sh:declare sh:prefix ) ; sh:minCount 1 ] .
"""
"""What SIB's own tests ask of an example: one query, a question, the endpoint, no misspelt tags."""


@pytest.fixture(scope="module")
def described(exported: Path) -> Graph:
    return Graph().parse(exported / ".well-known" / "sparql-examples.ttl")


@pytest.fixture(scope="module")
def site(shipped_graph: graph.Graph, shipped: ox.Store) -> Site:
    return Site(shipped_graph, shipped, version(shipped), endpoint=str(TARGET))


@pytest.fixture(scope="module")
def loaded(exported: Path) -> ox.Store:
    """What somebody has who loads the dump of the whole graph into an engine of their own."""
    store = ox.Store()
    store.bulk_load(path=str(exported / "dumps" / "migkg.nq"))
    return store


def test_they_are_built_as_sib_builds_them(described: Graph) -> None:
    conforms, _, report = validate(described, shacl_graph=Graph().parse(data=STRUCTURE))
    assert conforms, report


def test_each_stored_query_and_each_question_is_there(
    described: Graph, shipped_graph: graph.Graph
) -> None:
    queries = catalogue.read(shipped_graph)
    texts = {str(text) for text in described.objects(None, RDFS.comment)}
    assert {query.summary for query in queries.values()} <= texts
    assert {question.ask for query in queries.values() for question in query.questions} <= texts
    names = {str(label) for label in described.objects(None, RDFS.label)}
    assert names == set(queries)
    partners = URIRef(examples.EXAMPLES + "list-partners")
    assert (partners, RDF.type, SH.SPARQLSelectExecutable) in described
    assert set(described.objects(partners, SDO.keywords)) == {
        *(Literal("organizations"), Literal("projects"))
    }


def test_parameters_are_described(described: Graph) -> None:
    project = URIRef(examples.EXAMPLES + "list-partners/project")
    assert (URIRef(examples.EXAMPLES + "list-partners"), SH.parameter, project) in described
    assert described.value(project, SH.description) == Literal("the project", lang="en")
    assert described.value(project, SH.optional) == Literal(True)


def test_each_runs_on_the_dump_and_gives_what_migkg_query_gives(
    described: Graph, site: Site, loaded: ox.Store
) -> None:
    tried = 0
    for example in examples.examples(site):
        text = str(described.value(URIRef(example.iri), SH.select))
        rows = rows_of(loaded.query(text, use_default_graph_as_union=True))
        assert rows == rows_of_command(example), example.iri
        tried += 1
    assert tried == len(set(described.subjects(RDF.type, SH.SPARQLExecutable)))


def rows_of(solutions: Any) -> list[list[str]]:
    body = solutions.serialize(format=ox.QueryResultsFormat.CSV)
    return in_order(body.decode())


def in_order(text: str) -> list[list[str]]:
    """Read CSV: the names of columns, and the rows in an order that no tie leaves open."""
    head, *rows = csv.reader(io.StringIO(text))
    return [head, *sorted(rows)]


def rows_of_command(example: Example) -> list[list[str]]:
    values = [
        argument
        for name, typed in example.values.items()
        for text in typed
        for argument in (f"--{option_name(name)}", text)
    ]
    result = CliRunner().invoke(cli, ["query", example.query.name, *values, "-f", "csv"])
    assert result.exit_code == 0, result.output
    return in_order(result.stdout)


@pytest.mark.parametrize("name", ["list-partnerships", "compute-absolute-figures"])
def test_another_engine_runs_them_as_well(
    described: Graph, exported: Path, loaded: ox.Store, name: str
) -> None:
    """rdflib, on other dumps: slow, so two of them, of those that it can (no COALESCE in IN)."""
    text = str(described.value(URIRef(examples.EXAMPLES + name), SH.select))
    merged = Graph()
    for part in ("ontology", "codes", "data", "inferred"):
        merged.parse(exported / "dumps" / f"{part}.nt", format="nt")
    found = list(merged.query(text))
    assert found
    assert len(found) == len(rows_of(loaded.query(text, use_default_graph_as_union=True))) - 1


def test_they_lie_where_sib_has_them(exported: Path) -> None:
    known = exported / ".well-known"
    turtle = (known / "sparql-examples.ttl").read_bytes()
    assert (known / "sparql-examples").read_bytes() == turtle


def test_a_value_that_is_none_of_the_graph_is_told_with_its_query(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "list-it.rq").write_text(
        "#+ summary: Of a thing\n#+ defaults: {thing: Atlantis}\n\n"
        "SELECT ?s { ?s ?p ?_thing_iri }\n"
    )
    site = Site(graph.Graph(str(tmp_path)), ox.Store(), Version("1", "urn:1", "", ""))
    with pytest.raises(InputError, match=r"list-it\.rq: a value in its header: .*Atlantis"):
        examples.write(site, str(tmp_path), lambda *_step: None)


def test_a_query_that_needs_a_value_nobody_gives_is_left_out_but_described(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "ontology").mkdir()
    (tmp_path / "queries" / "ask-it.rq").write_text(
        "#+ summary: Needs a value\n\nSELECT ?s { ?s ?p ?_value_string }\n"
    )
    (tmp_path / "queries" / "is-it.rq").write_text(
        "#+ summary: Is there anything\n\nASK { ?s ?p ?o }\n"
    )
    (tmp_path / "queries" / "make-it.rq").write_text(
        "#+ summary: Copies\n\nCONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }\n"
    )
    of = graph.Graph(str(tmp_path))
    site = Site(of, ox.Store(), Version("1", "urn:1", "", ""))
    examples.write(site, str(tmp_path), lambda *_step: None)
    found = Graph().parse(tmp_path / ".well-known" / "sparql-examples.ttl")
    assert set(found.subjects(RDF.type, SH.SPARQLExecutable)) == {
        *(URIRef(examples.EXAMPLES + name) for name in ("is-it", "make-it"))
    }
    assert found.value(URIRef(examples.EXAMPLES + "is-it"), SH.ask)
    assert found.value(URIRef(examples.EXAMPLES + "make-it"), SH.construct)
    assert (URIRef(examples.EXAMPLES + "ask-it/value"), RDF.type, SH.Parameter) in found
    assert not set(found.objects(None, SDO.target))
