"""docs/contributing-an-entry.md, done step by step in a copy of the graph."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from migkg.cli import COMMANDS, cli
from migkg.entry.reading import read
from migkg.validation.entries import validate_entry

if TYPE_CHECKING:
    from migkg import graph

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "contributing-an-entry.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```turtle\n(.*?)```", PAGE, re.DOTALL)
STEPS = re.findall(r"<!-- (.+?) -->\n(?:```\w+\n(.*?)```)?", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copied")
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def is_there(words: list[str]) -> bool:
    """Whether the command has come already, and the format that it is asked for."""
    if words[1] not in COMMANDS:
        return False
    told = CliRunner().invoke(cli, [words[1], "--help"]).output
    return "-f" not in words or words[words.index("-f") + 1] in told


def test_each_step_does_what_the_page_says(copied: Path) -> None:
    printed, ran = "", []
    for what, block in STEPS:
        if what == "run":
            for line in block.splitlines():
                command, _, note = line.partition(" #")
                words = shlex.split(command)
                if not is_there(words):
                    continue
                done = subprocess.run(
                    [sys.executable, "-m", *words],
                    cwd=copied,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                code = re.search(r"exit code (\d)", note)
                assert done.returncode == (int(code[1]) if code else 0), (line, done.stderr)
                printed = done.stdout
                ran.append(words[1])
        elif what == "printed":
            assert printed == block
        elif change := re.fullmatch(r"in (\S+): (\S+) → (\S+)", what):
            file = copied / change[1]
            assert change[2] in file.read_text(encoding="utf-8")
            file.write_text(file.read_text(encoding="utf-8").replace(change[2], change[3]))
        else:
            assert re.fullmatch(r"[\w.]+", what)
            (copied / what).write_text(block, encoding="utf-8")
    assert ran.count("validate") >= 2
    assert ran.count("add") == 2


@pytest.mark.parametrize("number", range(1, len(EXAMPLES)))
def test_each_example_is_sound(shipped_graph: graph.Graph, tmp_path: Path, number: int) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_text(EXAMPLES[number], encoding="utf-8")
    report = validate_entry(shipped_graph, read([str(entry)]))
    assert report.judged
    assert [(f.focus, f.message("en")) for f in report.findings] == []


def test_the_hooks_of_the_page_are_there() -> None:
    offered = re.findall(
        r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE
    )
    assert re.findall(r"^ +- id: (\S+)", PAGE, re.MULTILINE) == offered[::-1]
