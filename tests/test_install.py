"""What pip installs, away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*build, "--quiet", "--disable-pip-version-check", "--wheel-dir", folder, ROOT], check=True
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_whole_graph_and_the_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "data", "queries"):
        files = [p for p in (ROOT / folder).rglob("*") if p.suffix in (".ttl", ".rq")]
        assert files
        for path in files:
            assert f"migkg/graph_files/{path.relative_to(ROOT).as_posix()}" in names
    for name in ("page.html", "report.schema.json"):
        assert f"migkg/validation/reports/{name}" in names
    assert sum(name.endswith(("LICENSE", "LICENSE-DATA")) for name in names) == 2


def test_the_installed_command_answers_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    """The graph of the wheel answers; a checkout around the folder takes precedence."""
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*install, "--disable-pip-version-check", "--target", site, wheel], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = os.environ | {"PYTHONPATH": str(site), "MIGKG_CACHE": str(tmp_path / "cache")}
    ask = [
        sys.executable,
        "-m",
        "migkg",
        "query",
        "list-projects",
        "--country",
        "Jordan",
        "-f",
        "csv",
    ]

    def asked(folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ask, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    done = asked(elsewhere)
    assert done.returncode == 0, done.stderr
    assert "\nPROSPECTS,Jordan,\n" in done.stdout

    (elsewhere / "ontology").mkdir()
    (elsewhere / "ontology" / "migkg.ttl").write_text("")
    inside = elsewhere / "deeper"
    inside.mkdir()
    done = asked(inside)
    assert done.returncode == 2
    assert "list-projects" in done.stderr
