"""The hooks for pre-commit, as a repository with a graph in it uses them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_validate import BAD, GOOD, PREFIXES, small

from migkg import graph, turtle

__all__ = ["small"]  # a fixture

ROOT = Path(__file__).parent.parent
OF_THE_HOOKS = ["src", "ontology", "data", "queries", "README.md", "pyproject.toml"]
CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: v1
    hooks:
      - id: migkg-format
      - id: migkg-validate
"""
GIT = [
    "git",
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.org",
    "-c",
    "init.defaultBranch=main",
]


def git(folder: str | Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GIT, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of migkg as it stands here, with a tag."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in [*OF_THE_HOOKS, *(path.name for path in ROOT.glob("LICENSE*"))]:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "graph_files")
            )
        else:
            shutil.copy(source, folder)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    for arguments in (["init"], ["add", "-A"], ["commit", "-qm", "migkg"], ["tag", "v1"]):
        assert git(folder, *arguments).returncode == 0
    return folder


@pytest.fixture
def repository(
    small: graph.Graph, hooks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A repository with a graph, whose commits are hooked."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    root = Path(small.root)
    configuration = CONFIGURATION.format(repository=hooks.as_uri())
    (root / ".pre-commit-config.yaml").write_text(configuration)
    for arguments in (["init"], ["add", "-A"], ["commit", "-qm", "the graph"]):
        assert git(root, *arguments).returncode == 0
    command = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
    subprocess.run(command, cwd=root, capture_output=True, check=True)
    return root


def commit(root: Path, text: str) -> subprocess.CompletedProcess[str]:
    (root / "data" / "zarqa.ttl").write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    return git(root, "commit", "-m", "an entry")


def test_a_commit_is_judged_and_formatted(repository: Path) -> None:
    good, bad = (turtle.canonical((PREFIXES + text).encode()) for text in (GOOD, BAD))

    refused = commit(repository, bad)
    assert refused.returncode == 1
    assert "Write a country." in refused.stderr
    assert git(repository, "log", "--oneline").stdout.count("\n") == 1

    reformatted = commit(repository, PREFIXES + GOOD)
    assert reformatted.returncode == 1
    assert "files were modified by this hook" in reformatted.stderr
    assert (repository / "data" / "zarqa.ttl").read_text(encoding="utf-8") == good

    assert commit(repository, good).returncode == 0
    assert git(repository, "log", "--oneline").stdout.count("\n") == 2

    (repository / "notes.ttl").write_text("no Turtle, and not of the graph")
    done = commit(repository, good)
    assert done.returncode == 0
    assert done.stderr.count("Skipped") == 2
