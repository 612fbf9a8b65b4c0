"""`migkg format`: files are rewritten whole, all or none, and no comment gets lost unasked."""

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from migkg import turtle

PREFIX = "PREFIX mk: <https://w3id.org/migkg/ontology#>\n"
OTHER = PREFIX + 'mk:b mk:p "# no comment" . mk:a a mk:B .\n'
FORM = turtle.canonical(OTHER.encode())
COMMENTED = OTHER + "# a comment\n"
COMMAND = [sys.executable, "-m", "migkg", "format"]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.ttl"
    path.write_text(OTHER)
    return path


def test_file_is_rewritten_once(file: Path) -> None:
    file.chmod(0o640)
    done = run(file)
    assert (done.returncode, done.stderr) == (0, "")
    assert "rewritten: " in done.stdout
    assert file.read_text() == FORM
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    before = file.stat().st_mtime_ns
    assert run(file).stdout == "1 file is in canonical form already\n"
    assert file.stat().st_mtime_ns == before


def test_check_changes_nothing(file: Path) -> None:
    done = run("--check", file)
    assert done.returncode == 1
    assert f"would be rewritten: {file}" in done.stdout
    assert file.read_text() == OTHER
    file.write_text(FORM)
    assert run("--check", file).returncode == 0


def test_without_file_the_whole_graph_is_rewritten(tmp_path: Path) -> None:
    names = ["ontology/a.ttl", "ontology/shapes/b.ttl", "ontology/alignments/c.ttl", "data/d/e.ttl"]
    for name in [*names, "docs/f.ttl"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(OTHER)
    done = run("--graph", tmp_path)
    assert done.stdout.count("rewritten: ") == 4
    assert all((tmp_path / name).read_text() == FORM for name in names)
    assert (tmp_path / "docs/f.ttl").read_text() == OTHER


def test_comments_are_not_lost_where_nobody_can_be_asked(file: Path, tmp_path: Path) -> None:
    commented = tmp_path / "b.ttl"
    commented.write_text(COMMENTED)
    done = run(file, commented)
    assert done.returncode == 2
    assert done.stderr.startswith(f"migkg: {commented}:3: ")
    assert "--yes" in done.stderr
    assert file.read_text() == OTHER
    assert run("--yes", file, commented).returncode == 0
    assert commented.read_text() == FORM


@pytest.mark.parametrize(("answer", "text", "code"), [("y", FORM, 0), ("n", COMMENTED, 2)])
def test_comments_are_asked_for_on_a_terminal(
    file: Path, answer: str, text: str, code: int
) -> None:
    file.write_text(COMMENTED)
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "wb") as terminal:
        process = subprocess.Popen(
            [*COMMAND, str(file)],
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        terminal.write(f"{answer}\n".encode())
        terminal.flush()
        _, said = process.communicate(timeout=30)
    os.close(theirs)
    assert f"{file}:3" in said
    assert process.returncode == code
    assert file.read_text() == text


def test_nothing_is_written_where_files_are_broken(file: Path, tmp_path: Path) -> None:
    broken = [tmp_path / "b.ttl", tmp_path / "c.ttl"]
    for path in broken:
        path.write_text(PREFIX + "mk:a mk:b .")
    done = run(broken[0], file, broken[1])
    assert done.returncode == 3
    assert [line.partition(":2:")[0] for line in done.stderr.splitlines()] == [
        f"migkg: {path}" for path in broken
    ]
    assert file.read_text() == OTHER


def test_triple_terms_are_refused(file: Path) -> None:
    file.write_text(PREFIX + "mk:a mk:b <<( mk:a mk:b mk:c )>> .")
    done = run(file)
    assert done.returncode == 3
    assert done.stderr.startswith(f"migkg: {file}: a triple as a term")


def test_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.ttl"
    link.symlink_to(file)
    assert run(link).returncode == 0
    assert link.is_symlink()
    assert file.read_text() == FORM


@pytest.mark.parametrize("text", ["# nothing yet\n", "# a\n" + FORM.replace("\n", " # b\n")])
def test_file_that_is_canonical_but_for_comments_stays(file: Path, text: str) -> None:
    file.write_text(text)
    for options in ([], ["--yes"], ["--check"]):
        done = run(*options, file)
        assert (done.returncode, done.stderr) == (0, "")
    assert file.read_text() == text
