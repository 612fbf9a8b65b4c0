"""The ontology, judged by the OWL API and HermiT; its own rules are checks (test_checks.py)."""

import os
from pathlib import Path
from typing import Any

import jpype
import owlready2
import pyoxigraph as ox
import pytest
from rdflib import Graph

from migkg.namespaces import GRAPH, PREFIXES
from migkg.queries import catalogue
from migkg.validation import check_query

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def jvm() -> Any:
    """Java with the OWL API and HermiT."""
    jar = os.path.join(os.path.dirname(owlready2.__file__), "hermit", "HermiT.jar")
    jpype.startJVM(classpath=[jar])
    return jpype


def in_owlapi(jvm: Any, ontology: Graph, path: Path) -> Any:
    ontology.serialize(path, format="xml", encoding="utf-8")
    manager = jvm.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    return manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(
        jvm.JClass("java.io.File")(str(path))
    )


def violations(jvm: Any, ontology: Any, profile: str) -> list[str]:
    checker = jvm.JClass(f"org.semanticweb.owlapi.profiles.{profile}")()
    return [str(v) for v in checker.checkOntology(ontology).getViolations()]


@pytest.fixture(scope="module")
def owlapi(jvm: Any, ontology: Graph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole of ontology/, shapes included, as the OWL API reads it."""
    return in_owlapi(jvm, ontology, tmp_path_factory.mktemp("owl") / "ontology.rdf")


@pytest.mark.parametrize("profile", ["OWL2DLProfile", "OWL2RLProfile"])
def test_ontology_is_in_profile(jvm: Any, owlapi: Any, profile: str) -> None:
    assert violations(jvm, owlapi, profile) == []
    assert owlapi.getAxiomCount() > 1000


def test_hermit_finds_ontology_consistent_and_every_class_satisfiable(
    jvm: Any, owlapi: Any
) -> None:
    reasoner = jvm.JClass("org.semanticweb.HermiT.Reasoner")(owlapi)
    assert reasoner.isConsistent()
    assert reasoner.getUnsatisfiableClasses().getSize() == 1  # owl:Nothing alone


DECLARED = """
<urn:o> a owl:Ontology .
mk:A a owl:Class . mk:B a owl:Class . mk:C a owl:Class . mk:a a owl:NamedIndividual , mk:A .
mk:p a owl:ObjectProperty . mk:d a owl:DatatypeProperty . mk:n a owl:AnnotationProperty .
"""
SOME = "[ a owl:Restriction ; owl:onProperty mk:p ; owl:someValuesFrom mk:B ]"
ALL = "[ a owl:Restriction ; owl:onProperty mk:p ; owl:allValuesFrom mk:B ]"
HAS = "[ a owl:Restriction ; owl:onProperty mk:p ; owl:hasValue mk:a ]"
COUNT = (
    '[ a owl:Restriction ; owl:onProperty mk:p ; owl:%sardinality "%d"^^xsd:nonNegativeInteger ]'
)
SELF = '[ a owl:Restriction ; owl:onProperty mk:p ; owl:hasSelf "true"^^xsd:boolean ]'
UNION = "[ a owl:Class ; owl:unionOf ( mk:B mk:C ) ]"
ONE = "[ a owl:Class ; owl:oneOf ( mk:a ) ]"
NOT = "[ a owl:Class ; owl:complementOf mk:B ]"
BOTH = "[ a owl:Class ; owl:intersectionOf ( mk:B %s ) ]"
OUTSIDE = [
    "mk:A owl:disjointUnionOf ( mk:B mk:C ) .",
    "mk:A rdfs:subClassOf owl:Thing .",
    "mk:p rdfs:range owl:Thing .",
    "mk:p rdfs:domain owl:Thing .",
    "[] a owl:AllDisjointClasses ; owl:members ( mk:A owl:Thing mk:B ) .",
    *(f"mk:A rdfs:subClassOf {right} ." for right in (SOME, UNION, ONE, SELF, BOTH % SOME)),
    *(f"mk:p rdfs:range {right} ." for right in (SOME, UNION, ONE)),
    *(f"{left} rdfs:subClassOf mk:A ." for left in (ALL, NOT, SELF, BOTH % NOT)),
    *(f"mk:A owl:equivalentClass {one} ." for one in (SOME, UNION, ONE, NOT, ALL, BOTH % SOME)),
    *(f"mk:A owl:disjointWith {one} ." for one in (ALL, NOT)),
    *(f"mk:A rdfs:subClassOf {COUNT % pair} ." for pair in (("maxC", 2), ("minC", 1), ("c", 1))),
    f"{COUNT % ('maxC', 1)} rdfs:subClassOf mk:A .",
    f"{COUNT % ('minC', 1)} rdfs:subClassOf mk:A .",
    'mk:a mk:d "2021-01-01"^^xsd:date .',
    'mk:a mk:d "2021"^^xsd:gYear .',
    "mk:d rdfs:range xsd:gYear .",
    'mk:d rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "a" "b" ) ] .',
]
OVERLOOKED = [  # by this version of the OWL API: the grammar of the profile has neither
    "mk:p a owl:ReflexiveProperty .",
    "mk:d rdfs:range [ a rdfs:Datatype ; owl:datatypeComplementOf xsd:string ] .",
]
INSIDE = [
    *(f"mk:A rdfs:subClassOf {right} ." for right in (ALL, HAS, NOT, BOTH % ALL)),
    *(f"{left} rdfs:subClassOf mk:A ." for left in (SOME, HAS, UNION, ONE, BOTH % SOME)),
    *(f"mk:A owl:equivalentClass {one} ." for one in (HAS, BOTH % HAS)),
    *(f"mk:A owl:disjointWith {one} ." for one in (SOME, UNION, ONE)),
    *(f"mk:A rdfs:subClassOf {COUNT % ('maxC', number)} ." for number in (0, 1)),
    f"mk:p rdfs:range {ALL} .",
    "mk:A owl:hasKey ( mk:p ) . mk:p a owl:FunctionalProperty , owl:IrreflexiveProperty .",
    "[] a owl:AllDisjointClasses ; owl:members ( mk:A mk:B mk:C ) .",
    "mk:p owl:propertyChainAxiom ( mk:p mk:p ) . mk:d rdfs:range xsd:decimal .",
    'mk:a mk:d "2021-01-01T00:00:00Z"^^xsd:dateTime , 1 , 1.5 , true , "a"@en ; mk:n mk:A .',
]


@pytest.mark.parametrize("axiom", [*OUTSIDE, *OVERLOOKED, *INSIDE])
def test_check_of_the_profile_agrees_with_the_owl_api(jvm: Any, tmp_path: Path, axiom: str) -> None:
    heads = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    text = heads + DECLARED + axiom
    theirs = violations(
        jvm,
        in_owlapi(jvm, Graph().parse(data=text, format="turtle"), tmp_path / "o.rdf"),
        "OWL2RLProfile",
    )
    name = ox.NamedNode(GRAPH + "ontology/planted.ttl")
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE, to_graph=name)
    query = catalogue.own(str(ROOT / "queries" / "checks" / "owl-rl-constructs.rq"))
    ours = check_query.outcome(query, store, "").findings
    assert bool(theirs) is (axiom in OUTSIDE), theirs
    assert bool(ours) is (axiom not in INSIDE)


def test_data_may_hold_what_the_profile_does_not() -> None:
    query = catalogue.own(str(ROOT / "queries" / "checks" / "owl-rl-constructs.rq"))
    store = ox.Store()
    text = '<urn:a> <urn:b> "2021-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .'
    store.load(
        text.encode(),
        format=ox.RdfFormat.TURTLE,
        to_graph=ox.NamedNode(GRAPH + "data/planted.ttl"),
    )
    assert check_query.outcome(query, store, "").findings == []
