"""``migkg export --only``: a part of the graph that stands by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from migkg import graph
from migkg.errors import UsageError
from migkg.export.export import export
from migkg.export.selection import chosen, select
from migkg.export.site import Site, version
from migkg.namespaces import MK, MKC, MKD, PREFIXES, RDF, RDFS, SKOS, expand
from migkg.validation import shacl
from migkg.validation.statements import statements

ROOT = Path(__file__).parent.parent
TYPE = ox.NamedNode(RDF + "type")
CHOICES = (
    ("mk:Event",),
    ("mkc:unit", "Jordanie"),
    ("mkd:dataset-undp-estimates-bounds", "mkd:dataset-ilo-global-estimates-2018"),
)


@pytest.fixture(scope="module", params=CHOICES, ids="+".join)
def selected(
    request: pytest.FixtureRequest,
    shipped_graph: graph.Graph,
    shipped: ox.Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Site, Path]:
    """An export of a part of the graph, and the site that it is of."""
    things = tuple(chosen(shipped, name) for name in request.param)
    site = Site(shipped_graph, shipped, version(shipped), only=things)
    folder = tmp_path_factory.mktemp("selected") / "site"
    export(site, str(folder))
    return site, folder


def said(folder: Path, name: str = "asserted") -> set[ox.Triple]:
    return {one.triple for one in ox.parse(path=str(folder / "dumps" / f"{name}.nt"))}


def test_a_selection_says_of_what_is_described_all_that_the_graph_says_and_no_more(
    selected: tuple[Site, Path], exported: Path
) -> None:
    site, folder = selected
    everything, part = said(exported), said(folder)
    assert part < everything
    described = select(site.store, site.only).described
    assert {t for t in everything if str(t.subject) in described} == {
        t for t in part if str(t.subject) in described
    }
    assert {str(thing) for thing in site.only} <= described
    inferred = said(folder, "inferred")
    assert inferred
    assert inferred < said(exported, "inferred")


def test_evidence_passages_and_documents_are_complete(selected: tuple[Site, Path]) -> None:
    part = said(selected[1])
    subjects = {triple.subject for triple in part}
    of_kind = {
        kind: {
            t.subject for t in part if t.predicate == TYPE and t.object == ox.NamedNode(MK + kind)
        }
        for kind in ("Passage", "Document")
    }
    evidence = {t.object for t in part if t.predicate.value == MK + "evidence"}
    assert evidence
    for node in evidence:
        cited = [
            t.object for t in part if t.subject == node and t.predicate.value == MK + "passage"
        ]
        assert cited
        assert of_kind["Passage"] >= set(cited)
    sources = {t.object for t in part if t.predicate.value == expand("oa:hasSource")}
    assert sources
    assert sources <= of_kind["Document"]
    selectors = {t.object for t in part if t.predicate.value == expand("oa:hasSelector")}
    blank = {t.object for t in part if isinstance(t.object, ox.BlankNode)}
    assert subjects >= sources | selectors | blank


def test_what_is_mentioned_has_its_name(selected: tuple[Site, Path], exported: Path) -> None:
    names = {RDFS + "label", SKOS + "prefLabel"}
    part = said(selected[1])
    terms = {term for t in part for term in t if isinstance(term, ox.NamedNode)}
    ours = {term for term in terms if term.value.startswith((MK, MKC, MKD))}
    nameable = {t.subject for t in said(exported) if t.predicate.value in names}
    assert ours & nameable
    assert ours & nameable <= {t.subject for t in part if t.predicate.value in names}


def test_shapes_hold_of_what_is_described(selected: tuple[Site, Path], shapes: Graph) -> None:
    site, folder = selected
    data = statements([str(folder / "dumps" / f"{n}.ttl") for n in ("asserted", "inferred")])
    described = select(site.store, site.only).described
    nodes = {URIRef(term[1:-1]) for term in described if term.startswith("<")}
    report = shacl.judge(data, shapes, nodes, "the selection")
    assert [(found.focus, found.path, found.message("en")) for found in report.findings] == []
    assert report.judged > 20


def test_a_class_a_scheme_a_country_and_a_data_set_bring_what_belongs_to_them(
    shipped: ox.Store,
) -> None:
    def described(name: str) -> frozenset[str]:
        return select(shipped, [chosen(shipped, name)]).described

    mkd, mkc = f"<{MKD}%s>", f"<{MKC}%s>"
    projects = described("project")
    for name in (
        "project-prospects",
        "activity-prospects-policy-dialogue",  # is part of it
        "document-000",
        "passage-000-prospects",
    ):
        assert mkd % name in projects
    assert mkc % "unit-persons" in described("mkc:unit")
    assert mkd % "project-prospects" in described("JOR")
    assert mkd % "project-prospects" not in described("India")
    statistics = described("mkd:dataset-undp-estimates-bounds")
    for name in (
        "observation-displaced-by-climate-change-undp",
        "structure-bounds",
        "period-until-2050",
    ):
        assert mkd % name in statistics


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("sector", MKC + "sector"),
        ("country-JOR", MKD + "country-JOR"),
        ("dataset-undp-estimates-bounds", MKD + "dataset-undp-estimates-bounds"),
        ("Jordania", MKD + "country-JOR"),
    ],
)
def test_what_is_chosen_may_be_called_as_the_catalogue_calls_it(
    shipped: ox.Store, name: str, iri: str
) -> None:
    assert chosen(shipped, name).value == iri


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("PROSPECTS", "mkd:project-prospects (PROSPECTS) is no class, concept scheme, country or"),
        ("Jordania-land", "no thing is called “Jordania-land”"),
        ("mkd:nothing", "mkd:nothing is no thing of this graph"),
    ],
)
def test_what_cannot_be_chosen_is_told(
    shipped: ox.Store, tmp_path: Path, name: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(shipped, name)
    assert str(caught.value).startswith(message)
    command = [sys.executable, "-m", "migkg", "export", str(tmp_path / "x"), "--only", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert message in done.stderr
    assert os.listdir(tmp_path) == []


def test_that_nothing_belongs_to_what_was_chosen_is_told(tmp_path: Path) -> None:
    folder = str(tmp_path / "x")
    for name, told in (("mk:Protocol", True), ("mkd:country-JOR", False)):
        command = [sys.executable, "-m", "migkg", "export", folder, "--only", name]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert (f"migkg: {name}: nothing in the graph belongs to it" in done.stderr) is told


def test_a_name_of_a_class_and_a_country_is_ambiguous() -> None:
    store = ox.Store()
    for thing, kind in (("a", expand("owl:Class")), ("b", MK + "Country")):
        node = ox.NamedNode(MKD + thing)
        store.add(ox.Quad(node, TYPE, ox.NamedNode(str(kind))))
        store.add(ox.Quad(node, ox.NamedNode(RDFS + "label"), ox.Literal("Georgia")))
    with pytest.raises(UsageError, match=r"give one of mkd:a \(class\), mkd:b \(country\)$"):
        chosen(store, "Georgia")


def test_a_selection_has_the_dumps_of_its_data_sets_alone_and_a_void_of_its_own(
    selected: tuple[Site, Path],
) -> None:
    site, folder = selected
    chosen_sets = [t for t in site.only if "dataset-" in t.value]
    found = {path.stem for path in (folder / "dumps" / "datasets").glob("*.ttl")}
    assert {t.value.removeprefix(MKD) for t in chosen_sets} <= found
    for name in ("shapes.ttl", "migkg.nq"):  # --since takes the latter for a whole graph
        assert not (folder / "dumps" / name).exists()
    assert (folder / "dumps" / "selection.nq").exists()
    void = {one.triple for one in ox.parse(path=str(folder / "void.ttl"))}
    whole = {t.subject for t in void if t.predicate.value == PREFIXES["void"] + "exampleResource"}
    assert all("?only=" in node.value for node in whole if isinstance(node, ox.NamedNode))
