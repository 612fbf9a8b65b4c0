"""Stores are built and opened by real processes that are killed, crowded, and short of room."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from killing import killed

from migkg import contents, graph, store

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("MIGKG_KILLS", "50"))
PREFIX = "@prefix : <https://example.org/> .\n"
ONTOLOGY = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
:within a owl:TransitiveProperty .
"""
OPEN = """
import sys
from migkg import graph, store
store.open_store(graph.Graph(sys.argv[1]), lambda note: None)
"""
LINKS = 60


@pytest.fixture
def of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> graph.Graph:
    monkeypatch.setenv("MIGKG_CACHE", str(tmp_path / "cache"))
    for name in ("ontology", "data"):
        (tmp_path / "graph" / name).mkdir(parents=True)
    (tmp_path / "graph" / "ontology" / "terms.ttl").write_text(PREFIX + ONTOLOGY)
    found = graph.Graph(str(tmp_path / "graph"))
    say(found, 0)
    return found


def say(of: graph.Graph, version: int) -> None:
    """Write a file that stays and one that changes, whole and in one moment."""
    fixed = "".join(f":f{i} :within :f{i + 1} .\n" for i in range(8 * LINKS // 10))
    Path(of.root, "data", "fixed.ttl").write_text(PREFIX + fixed)
    links = "".join(
        f":n{i} :within :n{i + 1}, [ :version {version} ] ; :version {version} .\n"
        for i in range(version % 7, LINKS // 3)
    )
    unfinished = Path(of.root, "data", "changing.part")
    unfinished.write_text(PREFIX + links)
    unfinished.replace(Path(of.root, "data", "changing.ttl"))


def process(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def quiet(_: str) -> None:
    pass


def made_anew(of: graph.Graph) -> set[ox.Quad]:
    fresh = ox.Store()
    contents.fill(fresh, of, graph.sources(of), quiet)
    return set(fresh)


def test_after_a_build_was_killed_the_next_has_all_and_nothing_twice(of: graph.Graph) -> None:
    versions = iter(range(1, 10_000))
    cache = Path(store.cache_folder())
    anew = random.Random(1)

    def start() -> subprocess.Popen[str]:
        say(of, next(versions))
        if anew.random() < 0.2:  # a first build, not one that brings a store up to date
            for home in cache.glob("graph-*/0*"):
                home.rename(home.with_name(f"former-{home.name}"))
        return process(OPEN, of.root)

    counted = 0
    for _moment in killed(start, KILLS):
        assert set(store.open_store(of, quiet)) == made_anew(of)
        assert not list(cache.rglob("building-*"))
        counted += 1
    assert counted == KILLS + 1


READ = """
import sys, time
from migkg import graph, store
of = graph.Graph(sys.argv[1])
states = []
until = time.monotonic() + float(sys.argv[2])
while time.monotonic() < until or len(states) < 2:
    opened = store.open_store(of, lambda note: None)
    found = opened.query(
        "SELECT ?v (COUNT(?n) AS ?c) { ?n <https://example.org/version> ?v FILTER(ISIRI(?n)) }"
        " GROUP BY ?v"
    )
    states.append({(int(v.value), int(c.value)) for v, c in found})
print(*{len(state) for state in states})
print(*sorted({entry for state in states for entry in state}), sep=";")
"""


def test_eight_readers_and_rebuilds_at_once(of: graph.Graph) -> None:
    """Whoever reads while sources change sees what one state of them says, and no mixture."""
    store.build(of, quiet)
    readers = [process(READ, of.root, "6") for _ in range(8)]
    said = [0]
    while any(reader.poll() is None for reader in readers):
        said.append(said[-1] + 1)
        say(of, said[-1])
        store.build(of, quiet)
    seen = set()
    for reader in readers:
        output, errors = reader.communicate(timeout=60)
        assert errors == ""
        sizes, states = output.splitlines()
        assert sizes == "1"
        seen |= {eval(state) for state in states.split(";")}
    assert len(seen) > 1
    assert seen <= {(version, LINKS // 3 - version % 7) for version in said}
    assert set(store.open_store(of, quiet)) == made_anew(of)


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a small file system of its own."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(["mount", *options], check=False).returncode:
        pytest.skip("only the superuser can mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


BUILD = """
import sys
from migkg import graph, store
from migkg.errors import MachineError
try:
    opened = store.open_store(graph.Graph(sys.argv[1]), lambda note: None)
    print(len(opened), "quads")
except MachineError as error:
    print(error)
"""


def outcome(of: graph.Graph, code: str = BUILD) -> str:
    output, errors = process(code, of.root).communicate(timeout=60)
    assert errors == ""
    assert output.count("\n") == 1
    return output


def test_a_full_disk_is_told_and_the_last_good_store_stays(
    of: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mounted(tmp_path / "small", 3) as small:
        monkeypatch.setenv("MIGKG_CACHE", str(small))
        before = outcome(of)
        assert before.endswith(" quads\n")
        (small / "ballast").write_bytes(b"x" * 100)
        with open(small / "ballast", "ab") as ballast:
            try:
                while True:
                    ballast.write(b"x" * 10_000)
                    ballast.flush()
            except OSError:
                pass
        say(of, 1)
        told = outcome(of)
        assert "MIGKG_CACHE" in told
        assert "No space left" in told
        say(of, 0)
        assert outcome(of) == before
        (small / "ballast").unlink()
        say(of, 1)
        assert outcome(of).endswith(" quads\n")


def test_on_a_read_only_file_system_a_store_opens_and_one_that_is_wanting_is_told(
    of: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mounted(tmp_path / "small", 64) as small:
        monkeypatch.setenv("MIGKG_CACHE", str(small))
        before = outcome(of)
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        assert outcome(of) == before
        say(of, 1)
        told = outcome(of)
        assert "Read-only file system" in told
        assert "MIGKG_CACHE" in told


AS_NOBODY = """
import os, hashlib, binascii, shutil
os.setgid(65534), os.setuid(65534)
"""


def test_in_the_cache_of_another_user_a_store_opens_and_one_that_is_wanting_is_told(
    of: graph.Graph,
    reachable: Path,  # noqa: ARG001  # the graph lies in it
) -> None:
    if os.geteuid():
        pytest.skip("only the superuser can become another user")
    before = outcome(of)
    imports = (
        "import sys\nfrom migkg import contents, graph, store\nfrom filelock import FileLock\n"
    )
    assert outcome(of, imports + AS_NOBODY + BUILD) == before
    say(of, 1)
    told = outcome(of, imports + AS_NOBODY + BUILD)
    assert "Permission denied" in told
    assert "MIGKG_CACHE" in told
    say(of, 0)
    assert outcome(of) == before


def test_a_cache_that_was_deleted_while_it_is_used_is_made_again(of: graph.Graph) -> None:
    opened = store.open_store(of, quiet)
    before = set(opened)
    for path in sorted(Path(store.cache_folder()).rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert set(store.open_store(of, quiet)) == before == made_anew(of)
