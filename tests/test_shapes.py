"""The shapes: each has an entry that passes, and each constraint one that fails by it alone."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from judging import INVALID, VALID, judged
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from migkg.namespaces import MKSH
from migkg.validation import shacl
from migkg.validation.checks.shape_cases import constraint_of
from migkg.validation.finding import Report

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
LANGUAGES = {"en", "fr", "es"}
OF_VOCABULARIES = (str(OWL), str(RDF), str(RDFS))


def aiming(shapes: Graph) -> set[Node]:
    return {shape for target in TARGETS for shape in shapes.subjects(target)}


def name(node: Node) -> str:
    return str(node).removeprefix(MKSH)


@pytest.fixture(scope="module")
def sources(invalid_reports: dict[Path, Report]) -> dict[Path, set[str]]:
    """By which constraints each invalid entry is found."""
    return {c: {name(URIRef(f.source)) for f in r.findings} for c, r in invalid_reports.items()}


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_valid_entry_conforms(case: Path, data: Graph, shapes: Graph) -> None:
    report = judged(case, data, shapes)
    assert report.judged
    assert [(f.source, f.message("en"), f.value) for f in report.findings] == []


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_invalid_entry_is_found_by_its_constraint_alone(
    case: Path, shapes: Graph, sources: dict[Path, set[str]]
) -> None:
    """That each constraint has such an entry is the check shape-cases."""
    assert sources[case] == {constraint_of(case.stem, map(name, shacl.constraints(shapes)))}


def test_shipped_graph_conforms(data: Graph, shapes: Graph) -> None:
    report = shacl.judge(data, shapes, None, "shipped")
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
