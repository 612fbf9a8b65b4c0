"""docs/portals.md: what it says is in an export is there, and its commands are taken."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from migkg.cli import cli
from migkg.cli.export import command
from migkg.export.target import files

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "portals.md").read_text(encoding="utf-8")
COMMANDS = re.findall(
    r"^ *migkg export .*$", PAGE + (DOCS / "catalogue.md").read_text("utf-8"), re.MULTILINE
)


def test_what_the_page_names_is_there(exported: Path) -> None:
    cells = re.findall(r"^\|([^|]*`[^|]*)\|", PAGE, re.MULTILINE)
    names = [name for cell in cells for name in re.findall("`([^`]+)`", cell)]
    assert len(names) > 30
    there = files(str(exported))
    for name in names:
        pattern = re.escape(name).replace("<name>", "[^/]+")
        found = f"(^|/){pattern}" if name.endswith("/") else f"(^|/|[^/.]+){pattern}(\\.[a-z]+)?$"
        assert any(re.search(found, path) for path in there), name


@pytest.mark.parametrize("line", COMMANDS)
def test_its_commands_are_taken(line: str) -> None:
    arguments = shlex.split(line)[2:]
    assert command.make_context("export", [*arguments]).params["folder"] == arguments[0]


def test_a_part_is_exported_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (line,) = [line for line in COMMANDS if "--only" in line]
    result = CliRunner().invoke(cli, shlex.split(line)[1:])
    assert result.exit_code == 0, result.output
    there = files("jordan")
    assert {"dumps/selection.nq", "void.ttl", "catalog.ttl"} <= set(there)
    assert not [path for path in there if path.endswith(".html")]
    assert "PROSPECTS" in Path("jordan", "dumps", "data.ttl").read_text(encoding="utf-8")
