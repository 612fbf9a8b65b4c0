from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import platformdirs
import pyoxigraph as ox
import pytest

from migkg import graph, store
from migkg.errors import GraphInconsistent, InputError, MachineError

ONTOLOGY = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Cooperative a owl:Class ; rdfs:subClassOf :Organization ; owl:disjointWith :Person .
:within a owl:ObjectProperty, owl:TransitiveProperty .
"""
DATA = """@prefix : <https://example.org/> .
:one a :Cooperative ; :within :two . :two :within :three .
"""
OPEN = """
import sys
from migkg import graph, store
opened = store.open_store(graph.Graph(sys.argv[1]), lambda note: print(note, flush=True))
print(len(opened), "quads")
"""


@pytest.fixture
def of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> graph.Graph:
    monkeypatch.setenv("MIGKG_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "graph"
    (root / "ontology").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "ontology" / "migkg.ttl").write_text(ONTOLOGY)
    say(graph.Graph(str(root)), "")
    return graph.Graph(str(root))


def say(of: graph.Graph, more: str) -> None:
    Path(of.root, "data", "things.ttl").write_text(DATA + more)


def quiet(_note: str) -> None:
    pass


def process(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def things(opened: ox.Store, name: ox.NamedNode | ox.DefaultGraph) -> set[str]:
    return {
        " ".join(str(term).rpartition("/")[2].rstrip(">") for term in (q.subject, q.object))
        for q in opened.quads_for_pattern(None, None, None, name)
        if "example.org" in str(q.subject) and "example.org" in str(q.object)
    }


def settle(of: graph.Graph) -> None:
    """Let the sources grow older than what a file system's clock can tell apart."""
    for path in graph.sources(of):
        os.utime(path, (1, 1))
    later = time.time_ns() + 3_000_000_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: later)
        store.open_store(of, quiet)


def test_what_is_said_and_what_follows_are_kept_apart_and_together(of: graph.Graph) -> None:
    opened = store.open_store(of, quiet)
    asserted, inferred = things(opened, store.ASSERTED), things(opened, store.INFERRED)
    assert asserted >= {"one Cooperative", "one two", "two three"}
    assert inferred == {"one Organization", "one three"}
    assert things(opened, store.ALL) == asserted | inferred
    file = ox.NamedNode("https://w3id.org/migkg/graph/data/things.ttl")
    assert things(opened, file) == {"one Cooperative", "one two", "two three"}


def test_the_store_is_read_only(of: graph.Graph) -> None:
    opened = store.open_store(of, quiet)
    with pytest.raises((OSError, RuntimeError)):
        opened.add(ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:b"), ox.NamedNode("a:b")))


def test_it_is_built_once_and_again_when_a_source_changes(of: graph.Graph) -> None:
    folder, built = store.build(of, quiet)
    assert built
    assert store.build(of, quiet) == (folder, False)
    assert store.build(of, quiet, force=True)[1]
    notes: list[str] = []
    say(of, ":four :within :one .")
    assert "four three" in things(store.open_store(of, notes.append), store.INFERRED)
    assert notes
    notes.clear()
    Path(of.root, "data", "more.ttl").write_text(DATA.replace(":three", ":five"))
    assert "one five" in things(store.open_store(of, notes.append), store.INFERRED)
    Path(of.root, "data", "more.ttl").unlink()
    assert "one five" not in things(store.open_store(of, notes.append), store.INFERRED)


def test_a_change_that_keeps_size_and_time_is_noticed(of: graph.Graph) -> None:
    store.open_store(of, quiet)
    settle(of)
    say(of, ":a :within :b .")
    settle(of)
    say(of, ":c :within :d .")
    for path in graph.sources(of):
        os.utime(path, (1, 1))
    assert "c d" in things(store.open_store(of, quiet), store.ASSERTED)


def test_sources_are_trusted_by_their_times_only_once_these_are_past(of: graph.Graph) -> None:
    folder, _ = store.build(of, quiet)
    index = Path(folder).parent / "index"
    assert not index.exists()
    settle(of)
    assert index.exists()


def test_a_change_while_building_is_not_missed(of: graph.Graph) -> None:
    def change(note: str) -> None:
        if "reasoning" in note and "late" not in Path(of.root, "data", "things.ttl").read_text():
            say(of, ":late :within :one .")

    assert "late three" in things(store.open_store(of, change), store.INFERRED)
    assert not store.build(of, quiet)[1]


def test_the_former_store_and_no_older_one_is_kept(of: graph.Graph) -> None:
    folders = []
    for number in range(4):
        say(of, f":n{number} :within :one .")
        folders.append(store.build(of, quiet)[0])
    assert [os.path.isdir(folder) for folder in folders] == [False, False, True, True]


def test_stores_of_two_graphs_do_not_prune_each_other(of: graph.Graph, tmp_path: Path) -> None:
    folder, _ = store.build(of, quiet)
    other = tmp_path / "other" / "graph"
    (other / "data").mkdir(parents=True)
    for number in range(3):
        say(graph.Graph(str(other)), f":n{number} :within :one .")
        store.build(graph.Graph(str(other)), quiet)
    assert store.build(of, quiet) == (folder, False)


BROKEN = [(InputError, ":broken"), (GraphInconsistent, ":one a :Person .")]


@pytest.mark.parametrize(("error", "more"), BROKEN)
def test_broken_sources_leave_the_last_good_store(
    of: graph.Graph, error: type[Exception], more: str
) -> None:
    folder, _ = store.build(of, quiet)
    before = things(store.open_store(of, quiet), store.ALL)
    say(of, more)
    with pytest.raises(error, match=r"things\.ttl:3:8: " if error is InputError else "Person"):
        store.open_store(of, quiet)
    say(of, "")
    notes: list[str] = []
    assert things(store.open_store(of, notes.append), store.ALL) == before
    assert notes == []
    assert store.build(of, quiet) == (folder, False)


def test_a_warm_store_opens_without_what_is_only_needed_to_build(of: graph.Graph) -> None:
    settle(of)
    heavy = "rdflib owlrl yaml rich hashlib pathlib filelock platformdirs json shutil logging"
    listing = "\nprint(*sys.modules)"
    bare, _ = process("import sys" + listing).communicate(timeout=60)
    warm, errors = process(OPEN + listing, of.root).communicate(timeout=60)
    assert errors == ""
    assert set(warm.split()) & set(heavy.split()) <= set(bare.split())
    assert warm.splitlines()[0].endswith(" quads")


PARTS = [
    *("graph.py", "store.py", "contents.py", "namespaces.py", "errors.py", "terms.py"),
    *("sparql.py", "reasoning/__init__.py", "reasoning/clash.py", "reasoning/closure.py"),
    *("reasoning/datatypes.py", "reasoning/engine.py", "reasoning/reason.py"),
    *("reasoning/rules.py", "lexical.py"),
]


def test_a_change_to_a_part_that_makes_stores_builds_them_anew(
    of: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "program" / "migkg"
    shutil.copytree(Path(store.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("PYTHONPATH", str(copy.parent))

    def notes() -> str:
        output, errors = process(OPEN, of.root).communicate(timeout=60)
        assert errors == ""
        return output

    assert "reasoning" in notes()
    assert "reasoning" not in notes()
    for part in PARTS:
        with open(copy / part, "a") as file:
            file.write("# changed\n")
        assert "reasoning" in notes(), part


def test_the_parts_that_make_stores_are_known(of: graph.Graph) -> None:
    listing = "\nprint(*(m.__file__ for n, m in sys.modules.items() if n.startswith('migkg.')))"
    output, _ = process(OPEN + listing, of.root).communicate(timeout=60)
    package = Path(store.__file__).parent
    read = {str(Path(file).relative_to(package)) for file in output.splitlines()[-1].split()}
    assert read == set(PARTS)


def test_a_contradiction_names_the_thing_and_the_files(of: graph.Graph) -> None:
    Path(of.root, "data", "wrong.ttl").write_text("@prefix : <https://example.org/> .:one a :Org .")
    with open(Path(of.root, "ontology", "migkg.ttl"), "a") as file:
        file.write(":Org rdfs:subClassOf :Person .")
    with pytest.raises(GraphInconsistent) as caught:
        store.open_store(of, quiet)
    message = str(caught.value)
    one, type_ = "<https://example.org/one>", "rdf:type <https://example.org/"
    assert message.startswith(
        f"the sources contradict each other: {one} is in two disjoint classes (cax-dw): "
    )
    assert f"{one} {type_}Cooperative> (data/things.ttl)" in message
    assert f"{one} {type_}Org> (data/wrong.ttl) · {one} {type_}Person> (inferred)" in message


def test_two_builders_at_once_build_once(of: graph.Graph) -> None:
    outputs = [p.communicate(timeout=60) for p in [process(OPEN, of.root) for _ in range(3)]]
    assert [errors for _, errors in outputs] == ["", "", ""]
    assert sum("reasoning" in output for output, _ in outputs) == 1
    assert len({output.splitlines()[-1] for output, _ in outputs}) == 1


def test_a_second_builder_says_that_it_waits(of: graph.Graph) -> None:
    notes: list[str] = []
    rival: list[subprocess.Popen[str]] = []

    def start_rival(note: str) -> None:
        notes.append(note)
        if not rival:
            rival.append(process(OPEN, of.root))
            assert rival[0].stdout
            notes.append(rival[0].stdout.readline())

    store.build(of, start_rival)
    output, errors = rival[0].communicate(timeout=60)
    assert "waiting" in notes[1]
    assert errors == ""
    assert "reasoning" not in output


@pytest.mark.parametrize("place", ["file/below", "/proc/migkg"])
def test_a_cache_that_cannot_be_written_is_named(
    of: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MIGKG_CACHE", str(tmp_path / place))
    with pytest.raises(MachineError, match="MIGKG_CACHE") as caught:
        store.open_store(of, quiet)
    assert str(tmp_path / place) in str(caught.value)


FULL = """
import resource, signal
from migkg import store
from migkg.errors import MachineError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    store.build(graph.Graph(sys.argv[1]), lambda _: None)
except MachineError as error:
    print(error)
"""


@pytest.mark.parametrize("size", [0, 1_000, 70_000, 100_000])
def test_a_full_disk_is_told_and_leaves_the_last_good_store(of: graph.Graph, size: int) -> None:
    folder, _ = store.build(of, quiet)
    say(of, "".join(f":n{number} :within :m{number} .\n" for number in range(3000)))
    full = process("import sys\nfrom migkg import graph, store\n" + FULL, of.root, str(size))
    output, errors = full.communicate(timeout=60)
    assert errors == ""
    assert output.count("\n") == 1
    assert "MIGKG_CACHE" in output
    say(of, "")
    assert store.build(of, quiet) == (folder, False)
    assert not list(Path(folder).parent.glob("building-*"))


POWERLESS = """
import binascii, hashlib, os, sys, time
from migkg import graph, store
if os.geteuid() == 0:
    os.setuid(65534)
try:
    open(os.path.join(store.cache_folder(), "probe"), "w")
    sys.exit("the cache is not read-only")
except PermissionError:
    pass
print(len(store.open_store(graph.Graph(sys.argv[1]), print)), "quads")
"""


@pytest.mark.parametrize("index", [True, False])
def test_a_store_in_a_read_only_cache_opens(of: graph.Graph, reachable: Path, index: bool) -> None:
    folder, _ = store.build(of, quiet)
    settle(of)
    if not index:
        Path(folder).parent.joinpath("index").unlink()
    inside = [path for path in reachable.joinpath("cache").rglob("*") if path.is_dir()]
    try:
        for path in [reachable / "cache", *inside]:
            path.chmod(0o555)
        output, errors = process(POWERLESS, of.root).communicate(timeout=60)
    finally:
        for path in [reachable / "cache", *inside]:
            path.chmod(0o755)
    assert errors == ""
    assert output.splitlines()[-1].endswith(" quads")
    assert "reasoning" not in output


@pytest.mark.parametrize("part", ["CURRENT", "MANIFEST-*", "*.sst", "files"])
@pytest.mark.parametrize("removed", [True, False])
def test_a_damaged_store_is_built_again(of: graph.Graph, part: str, removed: bool) -> None:
    folder, _ = store.build(of, quiet)
    before = things(store.open_store(of, quiet), store.ALL)
    victim = max(Path(folder).glob(part), key=lambda path: path.stat().st_size)
    if removed:
        victim.unlink()
    else:
        os.truncate(victim, victim.stat().st_size // 2)
    notes: list[str] = []
    assert things(store.open_store(of, notes.append), store.ALL) == before
    assert "damaged" in notes[0]
    notes.clear()
    store.open_store(of, notes.append)
    assert notes == []


def test_a_store_that_was_deleted_is_built_again(of: graph.Graph) -> None:
    folder, _ = store.build(of, quiet)
    settle(of)
    for path in Path(folder).iterdir():
        path.unlink()
    Path(folder).rmdir()
    assert len(store.open_store(of, quiet)) > 0


@pytest.mark.parametrize("caches", [None, "", " ", "/somewhere/caches"])
def test_the_cache_is_where_the_platform_has_it(
    monkeypatch: pytest.MonkeyPatch, caches: str | None
) -> None:
    monkeypatch.delenv("MIGKG_CACHE", raising=False)
    if caches is None:
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", caches)
    assert store.cache_folder() == platformdirs.user_cache_dir("migkg", appauthor=False)
