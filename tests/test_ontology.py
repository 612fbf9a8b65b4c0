"""The ontology, judged by the OWL API and HermiT, and by its own rules."""

import os
import re
from pathlib import Path
from typing import Any

import jpype
import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, VANN
from rdflib.term import Node

ROOT = Path(__file__).parent.parent
ONTOLOGY = URIRef("https://w3id.org/migkg/ontology")
MK = Namespace("https://w3id.org/migkg/ontology#")
OURS = "https://w3id.org/migkg/"


def turtle(*folders: str) -> Graph:
    graph = Graph()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.ttl")):
            graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return turtle("ontology")


@pytest.fixture(scope="module")
def owlapi(ontology: Graph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole of ontology/, shapes included, as the OWL API reads it."""
    jar = os.path.join(os.path.dirname(owlready2.__file__), "hermit", "HermiT.jar")
    jpype.startJVM(classpath=[jar])
    path = tmp_path_factory.mktemp("owl") / "ontology.rdf"
    ontology.serialize(path, format="xml", encoding="utf-8")
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    return manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(
        jpype.JClass("java.io.File")(str(path))
    )


@pytest.mark.parametrize("profile", ["OWL2DLProfile", "OWL2RLProfile"])
def test_ontology_is_in_profile(owlapi: Any, profile: str) -> None:
    checker = jpype.JClass(f"org.semanticweb.owlapi.profiles.{profile}")()
    violations = [str(v) for v in checker.checkOntology(owlapi).getViolations()]
    assert violations == []
    assert owlapi.getAxiomCount() > 1000


def test_hermit_finds_ontology_consistent_and_every_class_satisfiable(owlapi: Any) -> None:
    reasoner = jpype.JClass("org.semanticweb.HermiT.Reasoner")(owlapi)
    assert reasoner.isConsistent()
    assert reasoner.getUnsatisfiableClasses().getSize() == 1  # owl:Nothing alone


def our_terms(ontology: Graph) -> list[Node]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {s for kind in kinds for s in ontology.subjects(RDF.type, kind)}
    return sorted((s for s in declared if str(s).startswith(OURS)), key=str)


def languages(ontology: Graph, subject: Node, *predicates: Node) -> list[str]:
    labels = [o for p in predicates for o in ontology.objects(subject, p)]
    return sorted(str(o.language) for o in labels if isinstance(o, Literal))


def test_every_term_has_labels_in_three_languages_and_a_definition(ontology: Graph) -> None:
    terms = our_terms(ontology)
    assert len(terms) > 100
    for term in terms:
        assert languages(ontology, term, RDFS.label) == ["en", "es", "fr"], term
        assert languages(ontology, term, SKOS.definition) == ["en"], term


def test_every_concept_has_labels_in_three_languages_and_a_definition(ontology: Graph) -> None:
    concepts = [
        s for kind in (SKOS.Concept, SKOS.ConceptScheme) for s in ontology.subjects(RDF.type, kind)
    ]
    assert len(concepts) > 200
    for concept in concepts:
        assert languages(ontology, concept, SKOS.prefLabel) == ["en", "es", "fr"], concept
        assert languages(ontology, concept, SKOS.definition) == ["en"], concept


def test_labels_tell_concepts_of_a_scheme_apart(ontology: Graph) -> None:
    for scheme in ontology.subjects(RDF.type, SKOS.ConceptScheme):
        seen: dict[Node, Node] = {}
        for concept in ontology.subjects(SKOS.inScheme, scheme):
            for label in ontology.objects(concept, SKOS.prefLabel):
                assert seen.setdefault(label, concept) == concept, f"{label} stands twice"


def test_header_has_what_a_catalogue_asks(ontology: Graph) -> None:
    for predicate in (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator),
        *(DCTERMS.issued, DCTERMS.modified, OWL.versionIRI, OWL.versionInfo),
        *(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
    ):
        assert ontology.value(ONTOLOGY, predicate), predicate
    assert ontology.value(ONTOLOGY, OWL.versionIRI) == URIRef(
        f"{ONTOLOGY}/{ontology.value(ONTOLOGY, OWL.versionInfo)}"
    )


def test_what_is_used_is_declared(ontology: Graph) -> None:
    """No mk: term, code or thing is named that nothing declares."""
    data = turtle("data")
    both = ontology + data
    declared = {s for s, _ in both.subject_objects(RDF.type)}
    used = {
        term
        for triple in both
        for term in triple
        if isinstance(term, URIRef) and str(term).startswith(OURS)
    }
    allowed = {ONTOLOGY, ontology.value(ONTOLOGY, OWL.versionIRI)}
    assert sorted(used - declared - allowed) == []


@pytest.mark.parametrize("path", sorted((ROOT / "queries").rglob("*.rq")), ids=lambda p: p.stem)
def test_queries_name_only_what_is_declared(ontology: Graph, path: Path) -> None:
    both = ontology + turtle("data")
    declared = {str(s) for s, _ in both.subject_objects(RDF.type)}
    text = path.read_text(encoding="utf-8")
    namespaces = dict(re.findall(r"^PREFIX ([\w-]+): <(.+)>$", text, re.MULTILINE))
    for prefix, namespace in namespaces.items():
        names = re.findall(rf"(?<![\w-]){prefix}:([\w-]+)", text)
        assert names, f"the prefix {prefix}: is not used"
        if namespace.startswith(OURS):
            assert {namespace + name for name in names} - declared == set()
