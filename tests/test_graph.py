from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migkg import graph
from migkg.errors import InputError, UsageError


def write(root: Path, files: dict[str, str]) -> graph.Graph:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return graph.Graph(str(root))


def test_a_named_folder_goes_before_the_checkout_around(tmp_path: Path) -> None:
    write(tmp_path / "a", {"ontology/migkg.ttl": "", "data/x/y.ttl": ""})
    write(tmp_path / "b", {"data/x.ttl": ""})
    inside = str(tmp_path / "a" / "data" / "x")
    assert graph.find(None, inside).root == str(tmp_path / "a")
    assert graph.find(str(tmp_path / "b"), inside).root == str(tmp_path / "b")


def test_what_was_installed_is_found_from_anywhere(tmp_path: Path) -> None:
    root = Path(graph.find(None, str(tmp_path)).root)
    assert (root / "ontology" / "migkg.ttl").is_file()


@pytest.mark.parametrize("name", ["nowhere", "file", "empty"])
def test_a_named_folder_without_a_graph_is_a_wrong_call(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=name):
        graph.find(str(tmp_path / name), str(tmp_path))


def test_each_file_is_in_its_place(tmp_path: Path) -> None:
    names = [
        *("ontology/migkg.ttl", "ontology/codes/role.ttl", "ontology/shapes/a.ttl"),
        *("ontology/shapes/deep/b.ttl", "data/z.ttl", "data/a/b.ttl", "queries/list-b.rq"),
        *("queries/list-a.rq", "queries/checks/c.rq", "data/notes.txt", "data/.#z.ttl"),
        *("data/.ipynb_checkpoints/z-checkpoint.ttl", "ontology/.git/deep/x.ttl"),
        *("queries/.list-c.rq", "queries/checks/.d.rq", "ontology/shapes/.old/c.ttl"),
    ]
    of = write(tmp_path, dict.fromkeys(names, ""))

    def below(paths: list[str]) -> list[str]:
        return [Path(path).relative_to(tmp_path).as_posix() for path in paths]

    assert below(graph.ontology_files(of)) == ["ontology/codes/role.ttl", "ontology/migkg.ttl"]
    assert below(graph.shape_files(of)) == ["ontology/shapes/a.ttl", "ontology/shapes/deep/b.ttl"]
    assert below(graph.data_files(of)) == ["data/a/b.ttl", "data/z.ttl"]
    assert below(graph.query_files(of)) == ["queries/list-a.rq", "queries/list-b.rq"]
    assert below(graph.check_files(of)) == ["queries/checks/c.rq"]
    assert graph.sources(of) == graph.ontology_files(of) + graph.data_files(of)


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    of = graph.Graph(str(tmp_path))
    assert graph.sources(of) + graph.shape_files(of) + graph.query_files(of) == []


def test_a_graph_may_lie_in_a_hidden_folder(tmp_path: Path) -> None:
    of = write(tmp_path / ".local" / "graph", {"data/x.ttl": ""})
    assert len(graph.sources(of)) == 1


UNLISTED = """
import os, sys
from migkg import graph
from migkg.errors import InputError
if os.geteuid() == 0:
    os.setuid(65534)
try:
    print(graph.sources(graph.Graph(sys.argv[1])))
except InputError as error:
    print(error)
"""


def test_a_folder_that_cannot_be_listed_is_named(reachable: Path) -> None:
    write(reachable, {"data/x.ttl": "", "data/closed/y.ttl": ""})
    closed = reachable / "data" / "closed"
    try:
        closed.chmod(0)
        command = [sys.executable, "-c", UNLISTED, str(reachable)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    finally:
        closed.chmod(0o755)
    assert f"{str(closed).removeprefix('/')}: cannot be read: Permission denied" in done.stdout
    assert done.stdout.count("\n") == 1


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    of = write(tmp_path, {"data": "no folder", "ontology/migkg.ttl": ""})
    with pytest.raises(InputError, match="data: cannot be read"):
        graph.sources(of)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1))
def test_a_graph_name_is_an_iri_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    of = graph.Graph(str(tmp_path))
    iri = graph.graph_name(of, str(tmp_path / "data" / f"a{name}.ttl"))
    assert str(ox.NamedNode(iri)).startswith("<https://w3id.org/migkg/graph/data/a")


def test_a_file_whose_name_is_no_utf8_is_read_named_and_told(tmp_path: Path) -> None:
    of = write(tmp_path, {"data/x.ttl": ""})
    path = os.fsdecode(os.fsencode(tmp_path / "data") + b"/caf\xe9.ttl")
    try:
        Path(path).write_text("<a:b> oops")
    except OSError:
        pytest.skip("the file system wants names in UTF-8")
    assert path in graph.sources(of)
    ox.NamedNode(graph.graph_name(of, path))
    with pytest.raises(InputError) as caught:
        graph.read(path)
    assert "/caf\ufffd.ttl:1:7: " in str(caught.value).encode().decode()


BROKEN = [
    ("<a:b> <a:c> <a:d> .\n<a:b> <a:c> oops .\n", "2:13", "oops"),
    ('<a:b> <a:c> "é", oops .', "1:18", "oops"),
    ("<a:b> <a:c> <a:d>\n\n<a:e> <a:c> <a:d> .", "3:1", "dot"),
    ("<a:b> <a:c> <a:d> .\r<a:b> <a:c> oops .", "2:13", "oops"),
    ("<a:b> <a:c> <a:d> .\r\n\r<a:b> <a:c> oops .\n", "3:13", "oops"),
    ("<a:b> <a:c> '\u2028' .\n<a:b> <a:c> oops .", "2:13", "oops"),
    ("<a:b> no:prefix <a:d> .", "1:7", "no:"),
    ("<a:b> <a:c> <http://a b> .", "1:13", "http://a b"),
    ("<> <a:c> <a:d> .", "1:1", "<>"),
    ('<a:b> <a:c> "open .\n', "1:13", "open"),
    ("<a:b> <a:c> <a:d>", "1:18", "end"),
    (f'<a:b> <a:c> "{"x" * 999}\n', "1:13", "xxx"),
]


@pytest.mark.parametrize(("text", "position", "offending"), BROKEN)
def test_broken_turtle_is_told_in_one_line_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, position: str, offending: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.ttl").write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        graph.read(str(tmp_path / "data" / "x.ttl"))
    message = str(caught.value)
    assert message.startswith(f"data/x.ttl:{position}: ")
    assert offending in message
    assert "\n" not in message
    assert len(message) < 150


def test_what_is_no_utf8_is_told_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"<a:b> <a:c>\n  '\xe9' .")
    with pytest.raises(InputError, match=r"x\.ttl:2:\d+: .*UTF-8"):
        graph.read(str(path))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for name in ("missing.ttl", "."):
        with pytest.raises(InputError, match="cannot be read"):
            graph.read(str(tmp_path / name))


def test_a_byte_order_mark_and_an_empty_file_are_no_errors(tmp_path: Path) -> None:
    write(tmp_path, {"x.ttl": "\ufeff<a:b> <a:c> <a:d> .", "y.ttl": ""})
    assert len(graph.read(str(tmp_path / "x.ttl"))) == 1
    assert graph.read(str(tmp_path / "y.ttl")) == []


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    write(tmp_path, {"x.ttl": "_:n <a:c> _:n .", "y.ttl": "_:n <a:c> _:n ."})
    [x], [y] = (graph.read(str(tmp_path / name)) for name in ("x.ttl", "y.ttl"))
    assert x.subject == x.object
    assert x.subject != y.subject


def test_the_signature_notices_what_the_digest_would(tmp_path: Path) -> None:
    of = write(tmp_path, {"data/x.ttl": "1234", "data/y.ttl": "5678"})
    paths = graph.sources(of)

    def state() -> tuple[str, str]:
        return graph.signature(paths), str(graph.digests(paths, of.root))

    before = state()
    assert state() == before
    stat = os.stat(paths[0])
    (tmp_path / "data" / "x.ttl").write_text("4321")
    os.utime(paths[0], ns=(stat.st_atime_ns, stat.st_mtime_ns))
    after = state()
    assert after[0] != before[0]
    assert after[1] != before[1]
    os.remove(paths[0])
    assert graph.signature(paths) not in {before[0], after[0]}


def test_the_digest_tells_names_from_contents_and_not_where_a_graph_lies(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {"data/a.ttl": "x", "data/b.ttl": "yz"})
    same = write(tmp_path / "same", {"data/a.ttl": "x", "data/b.ttl": "yz"})
    shifted = write(tmp_path / "shifted", {"data/a.ttl": "xy", "data/b.ttl": "z"})
    renamed = write(tmp_path / "renamed", {"data/a.ttl": "x", "data/c.ttl": "yz"})
    digests = [graph.digests(graph.sources(of), of.root) for of in (one, same, shifted, renamed)]
    assert digests[0] == digests[1]
    assert len({str(digest) for digest in digests}) == 3
