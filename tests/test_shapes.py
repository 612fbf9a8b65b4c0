"""The shapes: each has an entry that passes, and each constraint one that fails by it alone."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from migkg import graph
from migkg.namespaces import MKSH, expand
from migkg.validation import shacl
from migkg.validation.checks.shape_cases import constraint_of
from migkg.validation.judgement import Comparison, Surroundings
from migkg.validation.statements import statements

ROOT = Path(__file__).parent.parent
VALID = sorted((ROOT / "tests" / "cases" / "valid").glob("*.ttl"))
INVALID = sorted((ROOT / "tests" / "cases" / "invalid").glob("*.ttl"))
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
LANGUAGES = {"en", "fr", "es"}
OF_VOCABULARIES = (str(OWL), str(RDF), str(RDFS))


@pytest.fixture(scope="module")
def shapes(shipped_graph: graph.Graph) -> Graph:
    return statements(graph.shape_files(shipped_graph))


@pytest.fixture(scope="module")
def data(shipped_graph: graph.Graph) -> Graph:
    return statements(graph.sources(shipped_graph))


def aiming(shapes: Graph) -> set[Node]:
    return {shape for target in TARGETS for shape in shapes.subjects(target)}


def name(node: Node) -> str:
    return str(node).removeprefix(MKSH)


@pytest.fixture(scope="module")
def around(shipped_graph: graph.Graph) -> Surroundings:
    return Surroundings(shipped_graph, [], print)


def judged(entry: Path, around: Surroundings) -> Comparison:
    """Judge an entry in the midst of the graph, with what follows."""
    return around.compare(set(), set(statements([str(entry)])))


@pytest.fixture(scope="module")
def sources(around: Surroundings) -> dict[Path, set[str]]:
    """By which constraints each invalid entry is found, beside contradictions."""
    comparisons = {case: judged(case, around) for case in INVALID}
    return {
        case: {name(URIRef(f.finding.source)) for f in comparison.introduced if f.finding.component}
        for case, comparison in comparisons.items()
    }


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_valid_entry_conforms(case: Path, around: Surroundings) -> None:
    comparison = judged(case, around)
    assert comparison.judged
    assert [one.finding for one in comparison.introduced] == []
    assert comparison.fixed == comparison.still == []


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_invalid_entry_is_found_by_its_constraint_alone(
    case: Path, shapes: Graph, sources: dict[Path, set[str]]
) -> None:
    """That each constraint has such an entry is the check shape-cases."""
    assert sources[case] == {constraint_of(case.stem, map(name, shacl.constraints(shapes)))}


def test_shipped_graph_conforms(around: Surroundings, shapes: Graph) -> None:
    """With what follows from it."""
    around.compare(set(), set())
    assert len(around.data) > len(set(around.asserted))
    report = shacl.judge(around.data, shapes, None, "shipped")
    assert [(f.source, f.focus, f.value) for f in report.findings] == []


def test_every_shape_has_a_valid_entry(shapes: Graph) -> None:
    prefixes = {case.stem.partition("-")[0] for case in VALID}
    assert {name(shape) for shape in aiming(shapes)} == prefixes


def test_case_says_what_is_the_matter() -> None:
    for case in (*VALID, *INVALID):
        first = case.read_text(encoding="utf-8").split("\n")[0]
        assert first.startswith("# "), case
        assert first.endswith("."), case


def test_every_class_with_instances_has_a_shape(data: Graph, shapes: Graph) -> None:
    aimed_at = {
        subclass
        for cls in shapes.objects(None, SH.targetClass)
        for subclass in data.transitive_subjects(RDFS.subClassOf, cls)
    }
    in_use = {cls for cls in data.objects(None, RDF.type) if not is_vocabulary(cls)}
    assert in_use - aimed_at == set()


def is_vocabulary(cls: Node) -> bool:
    return str(cls).startswith(OF_VOCABULARIES)


def test_evidence_has_a_shape(shapes: Graph) -> None:
    evidence = URIRef("https://w3id.org/migkg/ontology#evidence")
    assert list(shapes.subjects(SH.targetObjectsOf, evidence)) == [URIRef(MKSH + "Evidence")]


def languages(texts: Iterable[Node]) -> list[str]:
    return sorted(text.language or "" for text in texts if isinstance(text, Literal))


def test_every_message_is_there_once_in_each_language(shapes: Graph) -> None:
    for constraint in shacl.constraints(shapes):
        assert languages(shapes.objects(constraint, SH.message)) == sorted(LANGUAGES), constraint


def test_every_constraint_has_a_message(shapes: Graph) -> None:
    """A constraint without one would speak in the words of pySHACL."""
    wordless = set(shapes.objects(None, SH.property)) | set(shapes.objects(None, SH.sparql))
    wordless -= set(shapes.subjects(SH.message))
    says = (SH.path, SH.name, RDF.type)
    speaking = {c for c in wordless if set(shapes.predicates(c)) - set(says)}
    helpers = {name(c).partition("-")[0] for c in speaking}
    assert helpers <= {"concept", "Currency"}, speaking


def test_every_shape_has_a_name_in_each_language(shapes: Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        assert languages(shapes.objects(shape, RDFS.label)) == sorted(LANGUAGES), shape
    for shape in shapes.objects(None, SH.property):
        if name(shape).partition("-")[0] not in ("concept", "Currency"):
            assert languages(shapes.objects(shape, SH.name)) == sorted(LANGUAGES), shape


def test_shapes_refer_to_shapes(shapes: Graph) -> None:
    """PySHACL passes over some that are missing."""
    for reference in (SH.node, SH["not"], SH.property, SH.sparql):
        assert set(shapes.objects(None, reference)) <= set(shapes.subjects(RDF.type))


def test_shapes_hold_no_lists(shapes: Graph) -> None:
    """The profiles of OWL allow none there."""
    assert list(shapes.triples((None, RDF.first, None))) == []


def test_every_term_of_shacl_is_declared(shapes: Graph) -> None:
    terms = {p for p in shapes.predicates() if str(p).startswith(str(SH))}
    classes = {c for c in shapes.objects(None, RDF.type) if str(c).startswith(str(SH))}
    assert terms - set(shapes.subjects(RDF.type, OWL.AnnotationProperty)) == set()
    assert classes - set(shapes.subjects(RDF.type, OWL.Class)) == set()


def test_messages_name_terms_and_codes_that_there_are(shapes: Graph, data: Graph) -> None:
    known = {str(node) for node in data.subjects()}
    named = {
        (str(text), expand(curie.rstrip(".:")))
        for text in shapes.objects(None, SH.message)
        for curie in re.findall(r"\b(?:mk|mkc):[A-Za-z][\w-]*", str(text))
    }
    assert len(named) > 300
    assert [(text, iri) for text, iri in named if iri not in known] == []
