"""An entry is judged by what it changes, as if everything had been judged before and after."""

import logging
import os
import subprocess
import warnings
from collections.abc import Iterable
from pathlib import Path

import pytest
from differential import Changer, difference, everything
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rdflib import SH
from sampling import sample
from shapes_at_random import Shapes

from migkg import graph
from migkg.entry.entry import Entry
from migkg.entry.reading import read
from migkg.errors import InputError, UsageError
from migkg.namespaces import MK, MKD
from migkg.validation import shacl
from migkg.validation.entries import validate_entry
from migkg.validation.finding import Finding, Report
from migkg.validation.judgement import Surroundings, judge
from migkg.validation.statements import statements

ROOT = Path(__file__).parent.parent
CASES = sorted(
    str(path)
    for kind in ("valid", "invalid")
    for path in (ROOT / "tests" / "cases" / kind).iterdir()
)
MANY = int(os.environ.get("MIGKG_DIFFERENTIAL", "0"))
"""How many entries to try on a larger sample, beside those that CI tries on a small one."""

PREFIXES = """
PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX mksh: <https://w3id.org/migkg/shape/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
"""
ONTOLOGY = """
mk:Project a owl:Class ; owl:disjointWith mk:Country .
mk:Country a owl:Class .
mk:country a owl:ObjectProperty ; rdfs:range mk:Country .
mk:partOf a owl:ObjectProperty ; owl:inverseOf mk:hasPart .
mk:name rdfs:subPropertyOf rdfs:label .
"""
SHAPES = """
mksh:Project a sh:NodeShape ;
    sh:targetClass mk:Project ;
    sh:property mksh:Project-country , mksh:Project-code , mksh:Project-parts , mksh:Project-note ;
    sh:sparql mksh:Project-code-taken .
mksh:Project-country a sh:PropertyShape ; sh:path mk:country ; sh:class mk:Country ;
    sh:message "Write a country."@en .
mksh:Project-code a sh:PropertyShape ; sh:path mk:code ; sh:minCount 1 ;
    sh:message "Write a code."@en .
mksh:Project-parts a sh:PropertyShape ; sh:path mk:hasPart ; sh:maxCount 1 ;
    sh:message "One part at most."@en .
mksh:Project-note a sh:PropertyShape ; sh:path mk:note ; sh:node mksh:Note ;
    sh:message "A note has a text."@en .
mksh:Note a sh:NodeShape ; sh:property [ sh:path mk:text ; sh:minCount 1 ] .
mksh:Project-code-taken a sh:SPARQLConstraint ;
    sh:select '''SELECT $this ?value WHERE {
        $this <https://w3id.org/migkg/ontology#code> ?value .
        ?other <https://w3id.org/migkg/ontology#code> ?value .
        FILTER(?other != $this)
    }''' ;
    sh:message "The code is taken."@en .
"""
DATA = """
mkd:jordan a mk:Country .
mkd:irbid a mk:Project ; mk:country mkd:jordan ; mk:code "A" ; mk:hasPart mkd:part .
mkd:wrong a mk:Project .
"""


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PREFIXES + text, encoding="utf-8")
    return str(path)


@pytest.fixture
def small(tmp_path: Path) -> graph.Graph:
    root = tmp_path / "graph"
    write(root / "ontology" / "migkg.ttl", ONTOLOGY)
    write(root / "ontology" / "shapes" / "projects.ttl", SHAPES)
    write(root / "data" / "things.ttl", DATA)
    return graph.Graph(str(root))


def entry(*files: str) -> Entry:
    return Entry(files, statements(files), {}, {})


def told(findings: list[Finding] | tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(str(f.focus).removeprefix(MKD), f.message("en")) for f in findings}


def judged(of: graph.Graph, path: str, base: str | None = None) -> Report:
    return judge(of, entry(path), base, lambda _: None)


def test_entry_breaks_an_old_thing(small: graph.Graph, tmp_path: Path) -> None:
    """By a code that only one may have, and by one part too many seen from the other side."""
    path = write(tmp_path / "e.ttl", 'mkd:new a mk:Project ; mk:code "A" ; mk:partOf mkd:irbid .')
    report = judged(small, path)
    assert told(report.findings) == {
        ("new", "The code is taken."),
        ("irbid", "The code is taken."),
        ("irbid", "One part at most."),
    }
    assert (report.before, report.fixed) == ((), ())
    assert {f.component for f in report.findings} == {
        str(SH.SPARQLConstraintComponent),
        str(SH.MaxCountConstraintComponent),
    }
    assert len(set(report.results.objects(None, SH.result))) == 3


def test_what_was_wrong_and_is_not_touched_is_not_told(small: graph.Graph, tmp_path: Path) -> None:
    report = judged(small, write(tmp_path / "e.ttl", 'mkd:new a mk:Project ; mk:code "B" .'))
    assert (report.findings, report.before, report.fixed) == ([], (), ())
    assert report.judged == 1


def test_entry_mends_an_old_thing(small: graph.Graph, tmp_path: Path) -> None:
    report = judged(small, write(tmp_path / "e.ttl", 'mkd:wrong mk:code "B" .'))
    assert told(report.fixed) == {("wrong", "Write a code.")}
    assert (report.findings, report.before) == ([], ())


def test_what_an_entry_describes_and_was_wrong_before_is_told(
    small: graph.Graph, tmp_path: Path
) -> None:
    report = judged(small, write(tmp_path / "e.ttl", "mkd:wrong mk:country mkd:jordan ."))
    assert told(report.before) == {("wrong", "Write a code.")}
    assert (report.findings, report.fixed) == ([], ())
    assert not list(report.results.objects(None, SH.result))


def test_class_is_not_guessed_from_use(small: graph.Graph, tmp_path: Path) -> None:
    """With rdfs:range, whatever stands where a country is wanted would be one."""
    text = 'mkd:new a mk:Project ; mk:code "B" ; mk:country mkd:irbid , mkd:nowhere .'
    report = judged(small, write(tmp_path / "e.ttl", text))
    assert [(f.message("en"), str(f.value)) for f in report.findings] == [
        ("Write a country.", MKD + "irbid"),
        ("Write a country.", MKD + "nowhere"),
    ]


def test_contradiction_is_a_finding_at_the_statement_of_the_entry(
    small: graph.Graph, tmp_path: Path
) -> None:
    text = "mkd:x mk:country mkd:irbid ."
    (finding,) = judged(small, write(tmp_path / "e.ttl", text)).findings
    assert finding.source == "OWL 2 RL: cax-dw"
    assert (str(finding.focus), str(finding.path)) == (MKD + "x", MK + "country")
    message = finding.message("en")
    assert "mkd:x mk:country mkd:irbid (the entry)" in message
    assert "mkd:irbid rdf:type mk:Project (data/things.ttl)" in message


def test_contradiction_from_before_is_none_of_the_entry(small: graph.Graph, tmp_path: Path) -> None:
    write(Path(small.root) / "data" / "more.ttl", "mkd:irbid a mk:Country .")
    report = judged(small, write(tmp_path / "e.ttl", 'mkd:new a mk:Project ; mk:code "B" .'))
    assert report.findings == []
    assert [f.source for f in report.before] == ["OWL 2 RL: cax-dw"]


def test_value_that_is_none_of_its_datatype_is_a_contradiction(
    small: graph.Graph, tmp_path: Path
) -> None:
    text = 'mkd:x mk:count "many"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    (finding,) = judged(small, write(tmp_path / "e.ttl", text)).findings
    assert (finding.source, str(finding.value)) == ("OWL 2 RL: dt-not-type", "many")


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(small: graph.Graph) -> graph.Graph:
    root = Path(small.root)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "x")
    return small


def things(of: graph.Graph) -> Path:
    return Path(of.root) / "data" / "things.ttl"


def test_file_of_the_graph_takes_the_place_of_its_former_version(committed: graph.Graph) -> None:
    path = write(things(committed), DATA.replace(' mk:code "A" ;', "") + "mkd:x a mk:Project .")
    report = judged(committed, path)
    assert told(report.findings) == {("irbid", "Write a code."), ("x", "Write a code.")}
    assert told(report.before) == {("wrong", "Write a code.")}


def test_what_a_file_of_the_graph_mends_is_credited(committed: graph.Graph) -> None:
    path = write(things(committed), DATA.replace("mkd:wrong a mk:Project .", ""))
    report = judged(committed, path)
    assert (report.findings, report.before) == ([], ())
    assert told(report.fixed) == {("wrong", "Write a code.")}


def test_entry_that_takes_away_what_others_need(committed: graph.Graph) -> None:
    write(
        Path(committed.root) / "data" / "more.ttl",
        'mkd:y a mk:Project ; mk:code "Y" ; mk:country mkd:jordan .',
    )
    path = write(things(committed), DATA.replace("mkd:jordan a mk:Country .", ""))
    assert told(judged(committed, path).findings) == {
        ("irbid", "Write a country."),
        ("y", "Write a country."),
    }


def test_base_is_another_commit(committed: graph.Graph) -> None:
    path = write(things(committed), DATA.replace("mkd:wrong a mk:Project .", ""))
    git(Path(committed.root), "commit", "-q", "-a", "-m", "x")
    assert told(judged(committed, path).fixed) == set()
    assert told(judged(committed, path, "HEAD~1").fixed) == {("wrong", "Write a code.")}


@pytest.mark.parametrize("base", ["nowhere", "--version", "HEAD:data", ""])
def test_base_that_is_none_is_a_wrong_call(committed: graph.Graph, base: str) -> None:
    with pytest.raises(UsageError, match=r"--base .*: git knows no such commit"):
        judged(committed, str(things(committed)), base)


def test_base_without_git_is_a_wrong_call(small: graph.Graph) -> None:
    with pytest.raises(UsageError, match=r"--base HEAD: .* is in no working tree of git"):
        judged(small, str(things(small)), "HEAD")


def test_without_git_all_is_new(small: graph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {("wrong", "Write a code.")}
    assert told(judged(small, str(things(small))).findings) == expected
    git(Path(small.root), "init", "-q")  # nothing committed
    assert told(judged(small, str(things(small))).findings) == expected
    git(Path(small.root), "add", "ontology")
    git(Path(small.root), "commit", "-q", "-m", "x")  # the file is none of it
    assert told(judged(small, str(things(small))).findings) == expected
    monkeypatch.setenv("PATH", "")
    notes: list[str] = []
    report = judge(small, entry(str(things(small))), None, notes.append)
    assert told(report.findings) == expected
    assert "git cannot read this repository" in notes[0]


def test_renamed_file_has_a_former_version(committed: graph.Graph) -> None:
    git(Path(committed.root), "mv", "data/things.ttl", "data/projects.ttl")
    report = judged(committed, str(things(committed).with_name("projects.ttl")))
    assert told(report.findings) == set()
    assert told(report.before) == {("wrong", "Write a code.")}


def test_environment_of_a_hook_does_not_mislead(
    committed: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells a hook where the repository is, with paths that hold elsewhere only."""
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_PREFIX", "data/")
    report = judged(committed, str(things(committed)))
    assert (report.findings, told(report.before)) == ([], {("wrong", "Write a code.")})


def test_repository_within_another(committed: graph.Graph, tmp_path: Path) -> None:
    """As a submodule is; the outer one does not know the file."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "x")
    assert judged(committed, str(things(committed))).findings == []


def test_file_is_read_as_git_would_check_it_out(committed: graph.Graph) -> None:
    git(Path(committed.root), "config", "core.autocrlf", "true")
    write(things(committed), DATA)
    things(committed).write_bytes(things(committed).read_bytes().replace(b"\n", b"\r\n"))
    report = judged(committed, str(things(committed)))
    assert (report.findings, report.fixed) == ([], ())


def test_former_version_that_is_no_turtle_is_told(committed: graph.Graph) -> None:
    things(committed).write_text("mkd:irbid a", encoding="utf-8")
    git(Path(committed.root), "commit", "-q", "-a", "-m", "x")
    notes: list[str] = []
    report = judge(committed, entry(write(things(committed), DATA)), None, notes.append)
    assert told(report.findings) == {("wrong", "Write a code.")}
    assert "as it was in HEAD" in notes[0]


def test_blank_node_that_stays_is_the_same(committed: graph.Graph) -> None:
    """Whatever comes before it in the file."""
    old = DATA + 'mkd:z a mk:Project ; mk:code "Z" ; mk:note [ mk:by [ mk:of mkd:z ] ] .'
    write(things(committed), old)
    git(Path(committed.root), "commit", "-q", "-a", "-m", "x")
    new = 'mkd:y a mk:Project ; mk:code "Y" ; mk:note [ mk:text "y" ] , [ mk:by [] ] .'
    report = judged(committed, write(things(committed), new + old))
    assert told(report.findings) == {("y", "A note has a text.")}
    assert told(report.before) == {("z", "A note has a text."), ("wrong", "Write a code.")}
    assert report.fixed == ()


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ('mkd:x a mk:Project ; mk:code "X" ; mk:country ( mkd:irbid "y" ) .', False),
        ("mk:Both owl:unionOf ( mk:Project mk:Country ) . mkd:x a mk:Project .", True),
    ],
)
def test_only_axioms_are_inferred_anew(
    small: graph.Graph, tmp_path: Path, text: str, anew: bool
) -> None:
    """Which takes a hundred times as long, and for each repair that is tried."""
    around = Surroundings(small, [], lambda _: None)
    said = set(statements([write(tmp_path / "e.ttl", text)]))
    before = everything(set(around.asserted), around.shapes.graph)
    after = everything(set(around.asserted) | said, around.shapes.graph)
    comparison = around.compare(set(), said)
    assert around.state.anew is anew
    assert difference(comparison, before, after) == {}


def test_versions_are_compared_in_any_order(small: graph.Graph, tmp_path: Path) -> None:
    """As repairs are tried: each comparison begins where the last has left the graph."""
    around = Surroundings(small, [], lambda _: None)
    good = set(statements([write(tmp_path / "a.ttl", 'mkd:n a mk:Project ; mk:code "B" .')]))
    bad = set(statements([write(tmp_path / "b.ttl", "mkd:n a mk:Project ; mk:partOf mkd:irbid .")]))
    untouched = set(around.data)
    for _ in range(2):
        there = around.compare(good, bad)
        assert told([one.finding for one in there.introduced]) == {
            ("n", "Write a code."),
            ("irbid", "One part at most."),
        }
        back = around.compare(bad, good)
        assert {one.key for one in back.fixed} == {one.key for one in there.introduced}
        assert back.introduced == []
    around.compare(good, set())
    assert set(around.data) == untouched


def test_broken_shape_is_named(small: graph.Graph, tmp_path: Path) -> None:
    write(
        Path(small.root) / "ontology" / "shapes" / "projects.ttl",
        SHAPES.replace("SELECT", "SELEKT"),
    )
    path = write(tmp_path / "e.ttl", 'mkd:new a mk:Project ; mk:code "A" .')
    with pytest.raises(InputError, match=r"projects\.ttl: a shape is broken"):
        judged(small, path)


def test_progress_is_told(small: graph.Graph) -> None:
    steps: list[tuple[int, int]] = []
    data = statements(graph.sources(small))
    shapes = statements(graph.shape_files(small))
    shacl.judge(data, shapes, None, "", lambda done, of: steps.append((done, of)))
    assert steps == sorted(steps)
    assert steps[-1] == (steps[-1][1], steps[-1][1])


def test_hook_of_the_shipped_graph(shipped_graph: graph.Graph) -> None:
    """A file of the graph as it is in the last commit introduces nothing, and mends nothing."""
    path = Path(shipped_graph.root) / "data" / "people.ttl"
    report = judged(shipped_graph, str(path))
    assert (report.findings, report.before, report.fixed) == ([], (), ())
    assert report.judged


@pytest.fixture(scope="module", autouse=True)
def quiet() -> None:
    logging.getLogger("pyshacl-validate").setLevel(logging.CRITICAL)


@pytest.fixture(scope="module")
def sampled(shipped_graph: graph.Graph, tmp_path_factory: pytest.TempPathFactory) -> graph.Graph:
    return sample(shipped_graph, tmp_path_factory.mktemp("sample"), 60 if MANY else 20)


@pytest.mark.parametrize("seed", range(MANY or 4))
def test_changed_files_are_judged_as_by_judging_everything(sampled: graph.Graph, seed: int) -> None:
    """Files of a sample of the shipped graph, or new ones, and then once more changed."""
    first = Changer(seed, set(), [])
    chance = first.random.random()
    files = first.random.sample(graph.sources(sampled), 2) if chance < 0.6 else []
    around = Surroundings(sampled, files, lambda _: None)
    former = set(statements(files))
    new = set(statements([first.random.choice(CASES)])) if chance > 0.3 else set()
    said = sorted(set(around.asserted), key=str)
    versions = [former]
    for step in range(2):
        versions.append(Changer(1000 * step + seed, (versions[-1] | new), said).changed())
        new = set()
    full = [everything(set(around.asserted) | version, around.shapes.graph) for version in versions]
    for step in range(2):
        comparison = around.compare(versions[step], versions[step + 1])
        assert difference(comparison, full[step], full[step + 1]) == {}


@settings(
    max_examples=MANY or 50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 10**6))
def test_any_shapes_are_judged_as_by_judging_everything(tmp_path: Path, seed: int) -> None:
    """Every component of SHACL Core and SPARQL of all kinds, on small data with axioms."""
    random = Shapes(seed)
    files = {"ontology/shapes/s.ttl": random.text(), "ontology/a.ttl": random.data(8)}
    files |= {"one.ttl": random.data(4), "two.ttl": random.data(4)}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    one, two = (set(statements([str(tmp_path / f"{name}.ttl")])) for name in ("one", "two"))
    two |= {s for s in sorted(one) if random.random.random() < 0.4}
    try:
        around = Surroundings(graph.Graph(str(tmp_path)), [], lambda _: None)
        comparison = around.compare(one, two)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            before, after = (
                everything(set(around.asserted) | said, around.shapes.graph) for said in (one, two)
            )
    except Exception:  # pySHACL refuses some
        assume(False)
    assert difference(comparison, before, after) == {}


def placed(findings: Iterable[Finding], of: str) -> dict[str, tuple[str, int] | None]:
    return {
        f.message("en"): (Path(f.place.file).name, f.place.line) if f.place else None
        for f in findings
        if str(f.focus) == MKD + of
    }


def test_what_becomes_wrong_elsewhere_has_its_place_and_the_reason(committed: graph.Graph) -> None:
    more = 'mkd:y a mk:Project ;\n    mk:code "Y" ;\n    mk:country mkd:jordan .'
    other = Path(committed.root) / "data" / "more.ttl"
    write(other, more)
    line = other.read_text(encoding="utf-8").splitlines().index("    mk:country mkd:jordan .") + 1
    path = write(things(committed), DATA.replace("mkd:jordan a mk:Country .", ""))
    report = validate_entry(committed, read([path]))
    (message, place), *_ = placed(report.findings, "y").items()
    assert message.startswith("Write a country. It was not wrong before: it is what the entry")
    assert place == ("more.ttl", line)
    assert not any("not wrong before" in text for text in placed(report.findings, "irbid"))


def test_what_was_wrong_before_stands_where_it_is_said(
    committed: graph.Graph, tmp_path: Path
) -> None:
    write(things(committed), DATA + "\nmkd:irbid\n    mk:country mkd:nowhere .")
    path = write(tmp_path / "e.ttl", 'mkd:irbid mk:note [ mk:text "x" ] .')
    report = validate_entry(committed, read([path]))
    last = len(things(committed).read_text(encoding="utf-8").splitlines())
    assert placed(report.before, "irbid")["Write a country."] == ("things.ttl", last)
