"""What changed since an earlier release, for people and as data."""

import os
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from migkg.cli import cli
from migkg.errors import MigkgError
from migkg.export.changes import as_markdown, as_turtle
from migkg.export.changes.compare import compare
from migkg.export.site import Earlier, Version
from migkg.namespaces import RDF

CS = "http://purl.org/vocab/changeset/schema#"
RELEASE = Version("2", "https://example.org/2", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z")
EARLIER = Version("1", "https://example.org/1", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")

NAMES = st.sampled_from([ox.NamedNode(f"https://example.org/{name}") for name in "abcd"])
VALUES = NAMES | st.sampled_from(
    [ox.Literal("01"), ox.Literal("1"), ox.Literal("x", language="en"), ox.Literal("x")]
)
TREES = st.recursive(
    VALUES, lambda below: st.lists(st.tuples(NAMES, below), max_size=3), max_leaves=5
)
GRAPHS = st.lists(st.tuples(NAMES, NAMES, TREES), max_size=8)


def graph_of(trees: Iterable[tuple[ox.NamedNode, ox.NamedNode, object]]) -> set[ox.Triple]:
    found: set[ox.Triple] = set()

    def node(tree: object) -> object:
        if not isinstance(tree, list):
            return tree
        blank = ox.BlankNode()
        found.update(ox.Triple(blank, prop, node(below)) for prop, below in tree)  # type: ignore[arg-type]
        return blank

    found.update(ox.Triple(subject, prop, node(tree)) for subject, prop, tree in trees)  # type: ignore[arg-type]
    return found


def read(written: bytes) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Take change sets as a consumer would: what to remove, and what to add."""
    store = ox.Store()
    store.load(written, ox.RdfFormat.TURTLE)

    def said(kind: str) -> set[ox.Triple]:
        found = store.query(
            f"PREFIX cs: <{CS}> PREFIX rdf: <{RDF}> SELECT ?s ?p ?o {{ ?set a cs:ChangeSet ; "
            f"cs:{kind} [ rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ] }}"
        )
        assert isinstance(found, ox.QuerySolutions)
        return {ox.Triple(row["s"], row["p"], row["o"]) for row in found}

    return said("removal"), said("addition")


def canonical(*graphs: set[ox.Triple]) -> set[str]:
    dataset = ox.Dataset(ox.Quad(*triple) for graph in graphs for triple in graph)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def blank_free(graph: set[ox.Triple]) -> set[ox.Triple]:
    return {t for t in graph if not any(isinstance(term, ox.BlankNode) for term in t)}


@given(GRAPHS, GRAPHS, GRAPHS)
def test_the_former_release_and_the_changes_make_up_the_new_one(
    kept: list[tuple[ox.NamedNode, ox.NamedNode, object]],
    gone: list[tuple[ox.NamedNode, ox.NamedNode, object]],
    come: list[tuple[ox.NamedNode, ox.NamedNode, object]],
) -> None:
    former, now = graph_of(kept + gone), graph_of(come + kept)
    as_turtle.write(compare(former, now), EARLIER, RELEASE, out := BytesIO())
    removed, added = read(out.getvalue())
    assert canonical(former, added) == canonical(now, removed)
    assert not blank_free(removed) & now
    assert not blank_free(added) & former


@given(GRAPHS)
def test_what_is_only_written_otherwise_is_no_change(
    trees: list[tuple[ox.NamedNode, ox.NamedNode, object]],
) -> None:
    assert compare(graph_of(trees), graph_of(reversed(trees))) == ([], [], [])


@pytest.mark.parametrize(
    "deep", [f"( {' '.join(map(str, range(2_000)))} )", "_:a . _:a ex:to _:b . _:b ex:to _:a"]
)
def test_a_long_list_and_a_circle_are_told(deep: str) -> None:
    text = f"PREFIX ex: <https://example.org/> ex:a ex:b {deep} ."
    parsed = ox.parse(text.encode(), ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    said = {quad.triple for quad in parsed}
    assert compare(said, said) == ([], [], [])
    thing, prop = (ox.NamedNode(f"https://example.org/{name}") for name in "ab")
    changes = compare([ox.Triple(thing, prop, ox.Literal("x"))], said)
    as_turtle.write(changes, EARLIER, RELEASE, out := BytesIO())
    assert canonical(read(out.getvalue())[1]) == canonical(said)
    former = Earlier(EARLIER, [], ox.Store())
    page = "".join(as_markdown.write(changes, former, RELEASE, ox.Store()))
    assert "…" in page
    assert len(page) < 2_000


ONTOLOGY = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

<https://w3id.org/migkg/ontology>
    a owl:Ontology ;
    dct:issued "2026-01-01T00:00:00Z"^^xsd:dateTime ;
    dct:license <http://creativecommons.org/licenses/by/4.0/> ;
    dct:modified "2026-01-01T00:00:00Z"^^xsd:dateTime ;
    dct:publisher mkd:organization-publisher ;
    dct:title "A graph"@en ;
    owl:versionInfo "0.1.0" ;
    owl:versionIRI <https://w3id.org/migkg/ontology/0.1.0> .
mk:Project a owl:Class ; rdfs:label "project"@en ; rdfs:subClassOf prov:Activity , mk:Effort .
mk:Effort a owl:Class ; rdfs:label "effort"@en .
mk:country a owl:ObjectProperty ; rdfs:label "country"@en .
mk:nation a owl:ObjectProperty ; rdfs:label "nation"@en .
[] a owl:AllDisjointClasses ; owl:members (mk:Project mk:Country) .
"""
PREFIXES = ONTOLOGY[: ONTOLOGY.index("<https://w3id.org/migkg/ontology>")]
DATA = """
mkd:project-a a mk:Project ; rdfs:label "A"@en ; mk:country mkd:country-JOR , mkd:country-KEN ;
    mk:evidence [ mk:passage mkd:passage-1 ; mk:supports mk:country ] .
mkd:project-b a mk:Project ; rdfs:label "B"@en .
mkd:country-JOR rdfs:label "Jordan"@en .
mkd:country-KEN rdfs:label "Kenya"@en .
mkd:passage-1 a mk:Passage ; mk:heading "FIRST" .
"""
LATER = """
mkd:project-a a mk:Project ; rdfs:label "A*"@en ; mk:country mkd:country-JOR , mkd:country-UGA ;
    mk:evidence [ mk:supports mk:country ; mk:passage mkd:passage-1 ] .
mkd:project-c a mk:Project ; rdfs:label "C <b>&amp;</b>"@en .
mkd:country-JOR rdfs:label "Jordan"@en .
mkd:country-UGA rdfs:label "Uganda"@en .
mkd:passage-1 a mk:Passage ; mk:heading "FIRST" .
"""


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A graph of which the first release is committed and tagged, and the second not yet."""
    root = tmp_path / "graph"
    for folder in ("ontology", "data"):
        (root / folder).mkdir(parents=True)
    (root / "ontology" / "migkg.ttl").write_text(ONTOLOGY, encoding="utf-8")
    (root / "data" / "a.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "first")
    git(root, "tag", "v0.1.0")
    second = ONTOLOGY.replace("0.1.0", "0.2.0").replace('modified "2026-01', 'modified "2026-02')
    deprecated = "mk:nation owl:deprecated true ; dct:isReplacedBy mk:country ."
    (root / "ontology" / "migkg.ttl").write_text(second + deprecated, encoding="utf-8")
    (root / "data" / "a.ttl").write_text(PREFIXES + LATER, encoding="utf-8")
    return root


def export(root: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["--graph", str(root), "export", str(folder), *options])


PAGE = """# Changes from 0.1.0 to 0.2.0

Things: 2 added, 2 removed, 3 changed.

## Deprecated

- nation (`mk:nation`): use country (`mk:country`)

## Added

### Other

- Uganda (`mkd:country-UGA`)

### Project

- C \\<b\\>\\&amp;\\</b\\> (`mkd:project-c`)

## Removed

### Other

- Kenya (`mkd:country-KEN`)

### Project

- B (`mkd:project-b`)

## Changed

### Project

#### A\\* (`mkd:project-a`)

- `rdfs:label` (en): “A\\*” instead of “A”
- country: Uganda (`mkd:country-UGA`) instead of Kenya (`mkd:country-KEN`)

### `owl:ObjectProperty`

#### nation (`mk:nation`)

- `dct:isReplacedBy`: added country (`mk:country`)
- `owl:deprecated`: added “true”

### `owl:Ontology`

#### A graph (`<https://w3id.org/migkg/ontology>`)

- `dct:modified`: “2026-02-01T00:00:00Z” instead of “2026-01-01T00:00:00Z”
- `owl:versionIRI`: `<https://w3id.org/migkg/ontology/0.2.0>` instead of `<https://w3id.org/migkg/ontology/0.1.0>`
- `owl:versionInfo`: “0.2.0” instead of “0.1.0”
"""


def test_what_changed_since_a_commit_is_told_by_label_and_property(
    released: Path, tmp_path: Path
) -> None:
    result = export(released, tmp_path / "site", "--since", "v0.1.0")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "site" / "changes.md").read_text(encoding="utf-8") == PAGE
    data = (tmp_path / "site" / "changes.ttl").read_bytes()
    told = {str(triple) for triple in ox.parse(data, ox.RdfFormat.TURTLE)}
    prior = "<http://www.w3.org/2002/07/owl#priorVersion> <https://w3id.org/migkg/ontology/0.1.0>"
    assert f"<https://w3id.org/migkg/ontology/0.2.0> {prior}" in told
    kinds = "Create", "Delete", "Update"
    counted = [sum(f"/activitystreams#{kind}>" in one for one in told) for kind in kinds]
    assert counted == [2, 2, 3]


def test_a_list_is_told_in_brackets(released: Path, tmp_path: Path) -> None:
    ontology = released / "ontology" / "migkg.ttl"
    said = ontology.read_text(encoding="utf-8")
    ontology.write_text(said.replace("mk:Country)", "mk:Country mk:Region)"), encoding="utf-8")
    assert export(released, tmp_path / "site", "--since", "v0.1.0").exit_code == 0
    page = (tmp_path / "site" / "changes.md").read_text(encoding="utf-8")
    assert "(project, `mk:Country`, `mk:Region`);" in page
    assert " instead of `owl:members` (project, `mk:Country`);" in page


def test_an_earlier_export_tells_what_its_commit_tells(released: Path, tmp_path: Path) -> None:
    git(released, "stash", "--quiet")
    assert export(released, tmp_path / "earlier").exit_code == 0
    git(released, "stash", "pop", "--quiet")
    for name, since in (("by-commit", "v0.1.0"), ("by-export", str(tmp_path / "earlier"))):
        assert export(released, tmp_path / name, "--since", since).exit_code == 0
    for file in ("changes.md", "changes.ttl"):
        told = [(tmp_path / name / file).read_bytes() for name in ("by-commit", "by-export")]
        assert told[0] == told[1]
    there = export(released, tmp_path / "earlier", "--since", str(tmp_path / "earlier"))
    assert there.exit_code == 0  # in its own place
    assert (tmp_path / "earlier" / "changes.md").read_text(encoding="utf-8") == PAGE


def test_the_catalogue_keeps_all_releases_that_the_earlier_export_knew(
    released: Path, tmp_path: Path
) -> None:
    assert export(released, tmp_path / "second", "--since", "v0.1.0").exit_code == 0
    ontology = released / "ontology" / "migkg.ttl"
    ontology.write_text(ontology.read_text(encoding="utf-8").replace("0.2.0", "0.3.0"))
    assert export(released, tmp_path / "x", "--since", str(tmp_path / "second")).exit_code == 0
    catalogue = Graph().parse(tmp_path / "x" / "catalog.ttl")
    former = catalogue.transitive_objects(
        URIRef("https://w3id.org/migkg/dataset/data/0.3.0"),
        URIRef("http://www.w3.org/ns/dcat#previousVersion"),
    )
    assert [str(release).rpartition("/")[2] for release in former] == ["0.3.0", "0.2.0", "0.1.0"]


def test_a_release_that_was_not_given_a_new_version_is_told(released: Path, tmp_path: Path) -> None:
    git(released, "commit", "--quiet", "-a", "-m", "second")
    result = export(released, tmp_path / "site", "--since", "HEAD")
    assert result.exit_code == 0
    assert "HEAD is version 0.2.0 as well: raise owl:versionInfo" in result.output
    page = (tmp_path / "site" / "changes.md").read_text(encoding="utf-8")
    assert page == "# Changes from 0.2.0 to 0.2.0\n\nThings: 0 added, 0 removed, 0 changed.\n"


def test_without_an_earlier_release_no_changes_are_told(released: Path, tmp_path: Path) -> None:
    assert export(released, tmp_path / "site").exit_code == 0
    assert not (tmp_path / "site" / "changes.md").exists()


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("v9", "--since v9: there is no such folder, and git knows no such commit"),
        ("-v", "git knows no such commit"),
        ("empty", "--since empty: this is no export of a whole graph"),
        ("v0", "--since v0: that commit has no graph"),
        ("broken", "broken:data/a.ttl:1:1: "),
        ("unversioned", "--since unversioned: ontology: the header of"),
    ],
)
def test_a_release_that_cannot_be_read_is_told_and_nothing_is_written(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, since: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    git(released, "stash", "--quiet")
    for tag, path, text in (
        ("broken", "data/a.ttl", "not Turtle"),
        ("unversioned", "ontology/migkg.ttl", "# nothing"),
    ):
        git(released, "checkout", "--quiet", "v0.1.0")
        (released / path).write_text(text, encoding="utf-8")
        git(released, "commit", "--quiet", "-a", "-m", tag)
        git(released, "tag", tag)
    git(released, "rm", "--quiet", "-r", ".")
    (released / "README").write_text("x", encoding="utf-8")
    git(released, "add", "README")
    git(released, "commit", "--quiet", "-m", "v0")
    git(released, "tag", "v0")
    git(released, "checkout", "--quiet", "v0.1.0")
    result = export(released, tmp_path / "site", "--since", since)
    assert isinstance(result.exception, MigkgError)
    assert result.exception.exit_code in (2, 3)
    assert said in str(result.exception)
    assert not (tmp_path / "site").exists()


def test_a_graph_outside_a_repository_has_no_commits(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    os.rename(released / ".git", tmp_path / "elsewhere.git")
    result = export(released, tmp_path / "site", "--since", "HEAD")
    assert "is in no repository that git can read" in str(result.exception)
