"""`migkg add`: where things go, that comments stay, and that all is written or nothing."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from killing import killed
from test_store_reliability import mounted
from test_validate import BAD, GOOD, PREFIXES, SHAPES, small, write

from migkg import comments, graph, turtle
from migkg.adding import writing
from migkg.adding.plan import plan
from migkg.adding.writing import Change
from migkg.cli import cli
from migkg.errors import InputError, MachineError, UsageError
from migkg.rdflib_terms import statement_of
from migkg.validation import entries
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["small"]  # a fixture

ROOT = Path(__file__).parent.parent
VALID = ROOT / "tests" / "cases" / "valid"
KILLS = int(os.environ.get("MIGKG_KILLS", "25"))
COMMAND = [sys.executable, "-m", "migkg", "--graph"]


def run(of: graph.Graph, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--graph", of.root, "add", *arguments])


def process(of: graph.Graph, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, of.root, "add", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def held(of: graph.Graph) -> dict[str, str]:
    """All that a folder holds, but for the lock."""
    return {
        str(path.relative_to(of.root)): path.read_text(encoding="utf-8")
        for path in Path(of.root).rglob("*")
        if path.is_file() and path.name != f"{graph.UNFINISHED}.lock"
    }


# Where things go


@pytest.mark.parametrize(
    ("case", "paths"),
    [
        ("Activity-career-fair", ["projects/prospects"]),  # part of that project
        ("Budget-usd", ["projects/example"]),  # with its project, which is new
        ("Project-example", ["projects/example"]),
        ("Linked-project", ["projects/prospects"]),
        ("StatusReport-starting", ["projects/example"]),
        ("Claim-benefit", ["claims"]),
        ("Country-NZL", ["countries"]),
        ("Organization-fao", ["organizations"]),
        ("Partnership-platform", ["memberships", "organizations"]),
        ("Person-named-by-a-source", ["people"]),
        ("DataSet-edition", ["observations/unhcr-trends-2018"]),
        ("Observation-value", ["observations/ilo-global-estimates-2018"]),
        ("Document-report", ["documents"]),
        ("Passage-lines", ["passages/000"]),
        ("FragmentSelector-page", ["passages/others"]),
        ("OmittedPassage-page-number", ["passages/omitted"]),
        ("PeriodOfTime-quarter", ["periods"]),
        ("Protocol-P029", ["instruments"]),  # the graph has none, but other instruments
        ("Ratification-ETH-C181", ["ratifications/C181"]),  # nor anything like this
        ("Response-employers", ["responses"]),
        ("Concept-bakery", ["../ontology/codes/cooperative-type"]),
        ("ConceptScheme-with-a-concept", ["../ontology/codes/sex"]),
    ],
)
def test_a_thing_goes_where_its_like_are(
    shipped_graph: graph.Graph, case: str, paths: list[str]
) -> None:
    found = plan(shipped_graph, statements([str(VALID / f"{case}.ttl")]))
    assert [addition.path for addition in found] == [
        os.path.normpath(f"data/{path}.ttl") for path in paths
    ]
    for addition in found:
        assert turtle.canonical(addition.after).encode() == addition.after


def entry_of(text: str) -> list[Any]:
    parsed = ox.parse((PREFIXES + text).encode(), ox.RdfFormat.TURTLE)
    return [statement_of(quad.triple) for quad in parsed]


SKOS = "<http://www.w3.org/2004/02/skos/core#exactMatch>"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("mkd:organization-iom {} <http://www.wikidata.org/entity/Q1>", "wikidata"),
        (
            "mkd:region-arab {} <http://publications.europa.eu/resource/authority/country/X>",
            "eu-authority-tables",
        ),
        ("mkd:organization-iom {} <https://ror.org/0>", "ror-org"),
    ],
)
def test_an_alignment_goes_to_those_with_its_vocabulary(
    shipped_graph: graph.Graph, text: str, path: str
) -> None:
    (addition,) = plan(shipped_graph, entry_of(text.format(SKOS) + " ."))
    assert addition.path == f"ontology/alignments/{path}.ttl"


def test_a_passage_of_a_new_document_begins_a_file(shipped_graph: graph.Graph) -> None:
    text = """mkd:passage-x-1 a mk:Passage ; <http://www.w3.org/ns/oa#hasSource> mkd:document-x-y .
        mkd:document-x-y a mk:Document ; rdfs:label "X"@en ; mk:evidence [ mk:passage
        mkd:passage-x-1 ] ."""
    found = plan(shipped_graph, entry_of(text))
    assert [addition.path for addition in found] == ["data/documents.ttl", "data/passages/x-y.ttl"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("mk:Village a owl:Class .", "mk:Village: a term of the ontology"),
        ("mk:Project rdfs:label 'x'@fr .", "mk:Project: a term of the ontology"),
        ("mkd:x rdfs:label 'x'@en .", "mkd:x: nothing says what it is"),
        ("[] a mk:Organization .", "nothing refers to"),
        (
            "mkd:country-JOR mk:evidence _:a . mkd:organization-ilo mk:evidence _:a .",
            "mkd:country-JOR: shares a node",
        ),
    ],
)
def test_what_has_no_place_is_told(shipped_graph: graph.Graph, text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        plan(shipped_graph, entry_of(text))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> graph.Graph:
    root = tmp_path_factory.mktemp("copied")
    for folder in ("ontology", "data"):
        shutil.copytree(ROOT / folder, root / folder)
    return graph.Graph(str(root))


def said_of(triples: list[ox.Triple], things: set[ox.NamedNode]) -> list[ox.Triple]:
    """What is said of things, and of the nodes without a name that hang on them."""
    nodes: set[object] = set(things)
    found: list[ox.Triple] = []
    while more := [t for t in triples if t.subject in nodes and t not in found]:
        found += more
        nodes |= {t.object for t in more if isinstance(t.object, ox.BlankNode)}
    return found


def commented(text: str, random: random.Random) -> tuple[str, list[str]]:
    """Sprinkle comments over a canonical text that has no line breaks in its values."""
    lines: list[str] = []
    made: list[str] = []
    for line in text.split("\n")[:-1]:
        if random.random() < 0.2:
            made.append(f"# a “quoted\" comment' {len(made)} ;")
            lines += [" " * random.choice([0, 4]) + made[-1], *[""] * random.choice([0, 0, 1])]
        behind = ""
        if line and random.random() < 0.1:
            made.append(f"# behind {len(made)} .")
            behind = "  " + made[-1]
        lines.append(line + behind)
    return "\n".join(lines) + "\n", made


ALONE = re.compile(  # what was the last of its kind, or the only one of its file, leaves no trace
    r"budget-|passage-(country-codes|plenglish)|membership-|-3rp|activity-orientation|-bounds"
    r"|response-ilo-prospects|city-kuala-lumpur"
)


def test_what_is_taken_out_and_added_again_gives_the_same_bytes(copied: graph.Graph) -> None:
    chance = random.Random(5)
    files = [
        path
        for path in graph.sources(copied)
        if re.search("/(data|codes)/", path) and '"""' not in Path(path).read_text(encoding="utf-8")
    ]
    for path in chance.sample(files, 30):
        before = Path(path).read_bytes()
        triples = graph.read(path)
        things = sorted(
            {t.subject for t in triples if isinstance(t.subject, ox.NamedNode)}, key=str
        )
        taken = {
            thing
            for thing in chance.sample(things, min(len(things) - 1, chance.choice([1, 2, 9])))
            if not ALONE.search(thing.value)
        }
        entry = said_of(triples, taken)
        rest = "".join(f"{t} .\n" for t in triples if t not in entry)
        text, made = commented(turtle.canonical(rest.encode()), chance)
        Path(path).write_text(text, encoding="utf-8")
        found = plan(copied, map(statement_of, entry))
        Path(path).write_bytes(before)
        for addition in found:
            assert os.path.join(copied.root, addition.path) == path, taken
            assert turtle.canonical(addition.after) == before.decode()
            assert comments.deviation(addition.after) == 0
            assert all(addition.after.decode().count(f"{comment}\n") == 1 for comment in made)
        assert len(found) == bool(taken)


# Comments

IRIS = st.sampled_from([ox.NamedNode(f"https://example.org/{name}") for name in "abcdef"])
TEXTS = st.text(st.sampled_from("ab #\"'\\\n\t\r[](.;"), max_size=8)
LITERALS = TEXTS.map(ox.Literal) | st.integers(0, 99).map(ox.Literal)
NODES = st.sampled_from([ox.BlankNode(name) for name in "xyz"])
TRIPLES = st.builds(
    ox.Triple, IRIS, IRIS, IRIS | LITERALS | st.sampled_from([ox.BlankNode("x")])
) | st.builds(ox.Triple, NODES, IRIS, IRIS | LITERALS)


def lines_of(triples: Iterable[ox.Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in triples).encode()


@settings(max_examples=200, deadline=None)
@given(st.lists(TRIPLES, max_size=12), st.lists(TRIPLES, max_size=8), st.randoms())
def test_comments_survive_whatever_is_added(
    old: list[ox.Triple], new: list[ox.Triple], chance: random.Random
) -> None:
    text = turtle.canonical(lines_of(old))
    new = [triple for triple in new if isinstance(triple.subject, ox.NamedNode)]
    more = lines_of(new).replace(b"_:x", b"_:other")
    whole = turtle.canonical(text.encode() + more)
    if '"""' in text:  # the helper cannot tell its lines
        assert comments.grown(text.encode(), more) == whole
        return
    sprinkled, made = commented(text, chance)
    if not turtle.commented(sprinkled.encode()):
        sprinkled = text  # nothing but an empty line or two
    try:
        grown = comments.grown(sprinkled.encode(), more)
    except InputError:
        assert re.search(r"^(_:|\[)|_:", text, re.MULTILINE)  # what has no name may get another
        return
    assert sorted(re.findall(r"# (?:a “|behind \d).*", grown)) == sorted(made)
    assert comments.deviation(grown.encode()) == 0
    assert turtle.canonical(grown.encode()) == whole


OLD = """\
# Who is who.
# Second line.

PREFIX mk: <https://w3id.org/migkg/ontology#>
# of the codes
PREFIX mkc: <https://w3id.org/migkg/code/>

# The first section

# About b.
mk:b  # really
    # its country
    mk:country mkc:x ;  # as in 2018
    mk:evidence
        [
            # page 7
            mk:passage mk:q ;
        ] ;
    # that is all
.

# About c.

mk:c
    mk:p
        1 ,  # one
        # two
        2 ;
.

# The end.
"""
GROWN = """\
# Who is who.
# Second line.

PREFIX mk: <https://w3id.org/migkg/ontology#>
# of the codes
PREFIX mkc: <https://w3id.org/migkg/code/>
PREFIX mkd: <https://w3id.org/migkg/id/>

mk:a
    mk:p mkd:d ;
.

# The first section

# About b.
mk:b  # really
    # its country
    mk:country
        mkc:w ,
        mkc:x ;  # as in 2018
    mk:evidence
        [
            mk:passage mk:p ;
        ] ,
        [
            # page 7
            mk:passage mk:q ;
        ] ;
    # that is all
.

# About c.

mk:c
    mk:p
        1 ,  # one
        # two
        2 ,
        3 ;
.

# The end.
"""
MORE = b"""
PREFIX mk: <https://w3id.org/migkg/ontology#>
mk:a mk:p <https://w3id.org/migkg/id/d> . mk:b mk:country <https://w3id.org/migkg/code/w> ;
mk:evidence [ mk:passage mk:p ] . mk:c mk:p 3 .
"""


def test_comments_stay_with_what_they_are_about() -> None:
    assert comments.grown(OLD.encode(), MORE) == GROWN


def test_a_comment_that_loses_its_place_is_told_at_its_line() -> None:
    old = turtle.canonical(b"_:a <urn:p> _:b . _:b <urn:p> _:a .").replace(" ;", " ; # here", 1)
    with pytest.raises(InputError, match=r"^5: .*# here.*move it"):
        comments.grown(old.encode(), b"_:c <urn:o> _:c .")


def test_a_file_that_is_not_canonical_is_not_reformatted(
    small: graph.Graph, tmp_path: Path
) -> None:
    path = Path(small.root, "data", "things.ttl")
    path.write_text(path.read_text().replace("    a mk:Passage", "  a mk:Passage"))
    before = held(small)
    done = process(small, write(tmp_path / "e.ttl", GOOD))
    line = next(n for n, t in enumerate(path.read_text().split("\n"), 1) if t[:3] == "  a")
    assert done.returncode == 3
    assert f"data/things.ttl:{line}: not in canonical form" in done.stderr
    assert "migkg format" in done.stderr
    assert held(small) == before


# The command


def test_a_sound_entry_is_added_and_adding_it_again_changes_nothing(
    small: graph.Graph, tmp_path: Path
) -> None:
    entry = write(
        tmp_path / "e.ttl", GOOD.replace(" .", " ; mk:evidence [ mk:passage mkd:passage-1 ] .")
    )
    done = run(small, entry)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "data/things.ttl: 1 thing added\n"
    before = held(small)
    assert "mkd:project-zarqa\n" in before["data/things.ttl"]
    done = run(small, entry)
    assert (done.exit_code, done.stdout) == (
        0,
        "nothing to add: the graph says all of it already\n",
    )
    assert held(small) == before


def test_statements_about_what_is_there_go_to_its_block(small: graph.Graph, tmp_path: Path) -> None:
    text = 'mkd:project-irbid rdfs:label "Irbed"@fr .'
    done = run(small, write(tmp_path / "e.ttl", text))
    assert done.stdout == "data/things.ttl: 1 statement added\n"
    assert '"Irbid"@en ,\n        "Irbed"@fr ;' in held(small)["data/things.ttl"]


def test_with_findings_nothing_changes(small: graph.Graph, tmp_path: Path) -> None:
    before = held(small)
    good, bad = write(tmp_path / "g.ttl", GOOD), write(tmp_path / "b.ttl", BAD)
    done = run(small, good.replace("g.ttl", "b.ttl"), bad)
    assert done.exit_code == 1
    assert "Write a country." in done.stdout
    assert held(small) == before
    assert "Escriba un país." in run(small, bad, "--lang", "es").stdout


def test_severity_that_keeps_an_entry_out(small: graph.Graph, tmp_path: Path) -> None:
    write(
        Path(small.root, "ontology", "shapes", "projects.ttl"),
        SHAPES.replace("sh:minCount 1 ;", "sh:minCount 1 ; sh:severity sh:Warning ;"),
    )
    bad = write(tmp_path / "b.ttl", BAD)
    for fail_on in ("warning", "info"):
        assert run(small, bad, "--fail-on", fail_on).exit_code == 1
    done = run(small, bad)
    assert done.exit_code == 0
    assert done.stdout == "data/things.ttl: 1 thing added\n"
    assert "Write a country." in done.stderr


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", 3, "holds no statement"),
        ("mkd:a mk:oops .", 3, "e.ttl:10:"),
        ("mkd:t a mk:Tool .", 1, "No shape"),
    ],
)
def test_what_cannot_be_judged_is_not_added(
    small: graph.Graph, tmp_path: Path, text: str, code: int, said: str
) -> None:
    before = held(small)
    done = process(small, write(tmp_path / "e.ttl", text))
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert held(small) == before


def test_dry_run_is_a_patch(small: graph.Graph, tmp_path: Path) -> None:
    """What `git apply` makes of it is what `migkg add` writes."""
    text = """mkd:country-LBN a mk:Country ; rdfs:label "Liban\\u2028\\u000b"@fr .
        mkd:ratification-LBN a mk:Ratification ; mk:ratifiedInstrument mkd:instrument-C097 .
        mkd:project-zahle a mk:Pilot ; rdfs:label "Zahlé"@en ; mk:country mkd:country-LBN ."""
    entry = write(tmp_path / "e.ttl", text)
    write(
        Path(small.root, "ontology", "instruments.ttl"),
        """mk:Ratification a owl:Class . mk:ratifiedInstrument a owl:ObjectProperty .
        mk:Convention a owl:Class . mkd:instrument-C097 a mk:Convention .
        mksh:R a sh:NodeShape ; sh:targetClass mk:Ratification , mk:Country .""",
    )
    before = held(small)
    done = process(small, "--dry-run", entry)
    assert done.returncode == 0
    assert held(small) == before
    patched = shutil.copytree(small.root, tmp_path / "patched")
    subprocess.run(["git", "apply", "-"], cwd=patched, input=done.stdout, text=True, check=True)
    assert process(small, entry).returncode == 0
    after = held(small)
    assert after != before
    assert "data/ratifications/C097.ttl" in after
    assert held(graph.Graph(str(patched))) == after


def test_the_installed_graph_is_not_written_to(
    small: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "_PACKAGE", str(Path(small.root).parent))
    done = run(small, write(tmp_path / "e.ttl", GOOD))
    assert done.exit_code != 0
    assert isinstance(done.exception, UsageError)
    assert "--graph" in str(done.exception)


# Whole or not at all

NAMES = ("ontology/codes/a.ttl", "data/b.ttl", "data/new/c.ttl")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = tmp_path / "graph"
    for name in NAMES[:2]:
        (found / name).parent.mkdir(parents=True)
        (found / name).write_bytes(b"0")
    (found / NAMES[0]).chmod(0o640)
    return found


def changes(before: int, after: int) -> list[Change]:
    first = f"{before}".encode()
    return [
        Change(name, None if name == NAMES[2] and not before else first, f"{after}".encode())
        for name in NAMES
    ]


def state(root: Path) -> list[str | None]:
    return [(root / n).read_text() if (root / n).exists() else None for n in NAMES]


def left(root: Path) -> set[str]:
    """What stands in the folders besides the files."""
    found = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    return found - {*NAMES, f"{graph.UNFINISHED}.lock"}


WRITE = """
import sys
from migkg.adding import writing
sys.path.insert(0, "tests")
from test_add import changes
root = sys.argv[1]
with writing.alone(root):
    for version in range(1, 30):
        writing.write(root, changes(version - 1, version))
"""


def test_whenever_it_is_killed_all_is_written_or_nothing(root: Path) -> None:
    fresh = {name: (root / name).read_bytes() for name in NAMES[:2]}

    def start() -> subprocess.Popen[str]:
        shutil.rmtree(root / "data" / "new", ignore_errors=True)
        for name, content in fresh.items():
            (root / name).write_bytes(content)
        return subprocess.Popen(
            [sys.executable, "-c", WRITE, str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    for _moment in killed(start, KILLS):
        unfinished = (root / graph.UNFINISHED).exists()
        between = len({version or "0" for version in state(root)}) > 1
        assert unfinished or not between
        with writing.alone(str(root)):
            pass
        assert len({version or "0" for version in state(root)}) == 1
        assert left(root) == set()


@pytest.mark.parametrize("fails", [0, 1, 2])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_in_between_is_taken_back(
    root: Path, monkeypatch: pytest.MonkeyPatch, fails: int, error: BaseException
) -> None:
    replace, calls = os.replace, iter(range(99))

    def failing(source: str, target: str) -> None:
        if next(calls) == fails:
            raise error
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with writing.alone(str(root)), pytest.raises((MachineError, KeyboardInterrupt)) as raised:
        writing.write(str(root), changes(0, 1))
    assert state(root) == ["0", "0", None]
    assert left(root) == set()
    if isinstance(raised.value, MachineError):
        assert "No space left on device: nothing was added" in str(raised.value)


def test_what_cannot_be_taken_back_is_finished_by_the_next(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, calls = os.replace, iter(range(99))

    def failing(source: str, target: str) -> None:
        if next(calls):
            raise OSError(30, "Read-only file system")
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing)
        with writing.alone(str(root)), pytest.raises(MachineError, match="goes on with it"):
            writing.write(str(root), changes(0, 1))
    assert state(root) == ["1", "0", None]
    with writing.alone(str(root)) as finished:
        assert finished == [*NAMES[1:]]
    assert state(root) == ["1", "1", "1"]
    assert left(root) == set()


def test_what_was_left_does_not_overwrite_what_was_changed_since(root: Path) -> None:
    os.mkdir(root / "staged")
    with writing.alone(str(root)):
        writing._stage(str(root), changes(0, 1))
    (root / NAMES[1]).write_text("edited")
    with (
        pytest.raises(MachineError, match=r"data/b\.ttl: was changed since"),
        writing.alone(str(root)),
    ):
        pass
    assert state(root) == ["0", "edited", None]
    (root / NAMES[1]).write_text("0")
    with writing.alone(str(root)) as finished:
        assert finished == [*NAMES]
    assert state(root) == ["1", "1", "1"]


def test_rights_stay(root: Path) -> None:
    with writing.alone(str(root)):
        writing.write(str(root), changes(0, 1))
    assert (root / NAMES[0]).stat().st_mode & 0o777 == 0o640


def test_one_at_a_time(root: Path) -> None:
    held_by = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from migkg.adding import writing\n"
            "with writing.alone(sys.argv[1]): print(flush=True); sys.stdin.read()",
            str(root),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held_by.stdout is not None
    held_by.stdout.readline()
    with pytest.raises(MachineError, match="another process is adding"), writing.alone(str(root)):
        pass
    held_by.communicate()
    with writing.alone(str(root)):
        pass


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    (root / NAMES[1]).write_text("edited")
    with writing.alone(str(root)), pytest.raises(MachineError, match=r"b\.ttl: was changed mean"):
        writing.write(str(root), changes(0, 1))
    assert state(root) == ["0", "edited", None]
    assert left(root) == set()


def test_a_source_that_is_changed_while_judging_is_told(
    small: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from migkg.adding import add

    judge = entries.validate_entry

    def slow(*arguments: Any, **named: Any) -> Any:
        report = judge(*arguments, **named)
        write(Path(small.root, "data", "more.ttl"), "mkd:country-EGY a mk:Country .")
        return report

    monkeypatch.setattr(add, "validate_entry", slow)
    with pytest.raises(MachineError, match="changed meanwhile"):
        add.add(small, [write(tmp_path / "e.ttl", GOOD)], lambda _: True, print, print)
    assert "zarqa" not in held(small)["data/things.ttl"]


def test_links_are_followed_within_the_graph_only(root: Path, tmp_path: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / NAMES[1]).rename(root / "elsewhere" / "b.ttl")
    (root / NAMES[1]).symlink_to("../elsewhere/b.ttl")
    with writing.alone(str(root)):
        writing.write(str(root), changes(0, 1))
        assert (root / NAMES[1]).is_symlink()
        assert (root / "elsewhere" / "b.ttl").read_text() == "1"
        (tmp_path / "b.ttl").write_text("1")
        (root / NAMES[1]).unlink()
        (root / NAMES[1]).symlink_to("../../b.ttl")
        with pytest.raises(UsageError, match="leads out of the graph"):
            writing.write(str(root), changes(1, 2))
    assert state(root) == ["1", "1", "1"]
    assert (tmp_path / "b.ttl").read_text() == "1"


@contextmanager
def a_graph_in(folder: Path, small: graph.Graph, megabytes: int) -> Iterator[graph.Graph]:
    with mounted(folder, megabytes) as place:
        shutil.copytree(small.root, place / "graph")
        yield graph.Graph(str(place / "graph"))


def test_a_full_disk_is_told_and_nothing_changes(small: graph.Graph, tmp_path: Path) -> None:
    entry = write(tmp_path / "e.ttl", GOOD)
    with a_graph_in(tmp_path / "place", small, 1) as of:
        before = held(of)
        ballast = tmp_path / "place" / "ballast"
        with suppress(OSError), open(ballast, "wb", buffering=0) as file:
            while True:
                file.write(b"x" * 512)
        done = process(of, entry)
        assert done.returncode == 4
        assert re.fullmatch(r"migkg: .*No space left on device: nothing was added\n", done.stderr)
        assert held(of) == before
        ballast.unlink()
        assert process(of, entry).returncode == 0


def test_a_read_only_folder_is_told(small: graph.Graph, tmp_path: Path) -> None:
    entry = write(tmp_path / "e.ttl", GOOD)
    with a_graph_in(tmp_path / "place", small, 1) as of:
        before = held(of)
        mount = ["mount", "-o", "remount,ro", str(tmp_path / "place")]
        subprocess.run(mount, check=True)
        done = process(of, entry)
        assert done.returncode == 4
        assert re.fullmatch(r"migkg: .*Read-only file system: nothing was added\n", done.stderr)
        assert held(of) == before
        dry = process(of, "--dry-run", entry)
        assert (dry.returncode, dry.stdout[:4]) == (0, "--- ")


def test_without_a_file_what_was_left_is_finished(small: graph.Graph) -> None:
    assert isinstance(run(small).exception, UsageError)
    with writing.alone(small.root):
        writing._stage(small.root, [Change("data/new.ttl", None, b"")])
    done = run(small)
    assert done.exit_code == 0
    assert done.stdout == "data/new.ttl: written, as an earlier call was stopped\n"
    assert held(small)["data/new.ttl"] == ""
