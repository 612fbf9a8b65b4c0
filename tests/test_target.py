"""An export is there whole or not at all, and takes no place but its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from killing import killed

from migkg.errors import MachineError, UsageError
from migkg.export.target import files, writing

ROOT = Path(__file__).parent.parent
KILLS = int(os.environ.get("MIGKG_KILLS", "20"))
WRITE = """
import sys
from pathlib import Path
from migkg.export.target import writing
with writing(sys.argv[1]) as folder:
    for at in range(200):
        path = Path(folder, f"{at % 7}", f"{at}.txt")
        path.parent.mkdir(exist_ok=True)
        path.write_text(sys.argv[2] * 1000)
"""


def write(target: Path, **content: str) -> None:
    with writing(str(target)) as folder:
        for name, text in content.items():
            Path(folder, name).write_text(text, encoding="utf-8")


def content(folder: Path) -> dict[str, str]:
    return {
        name: (folder / name).read_text(encoding="utf-8")
        for name in files(str(folder))
        if name not in ("SHA256SUMS", "migkg-export.json")
    }


def test_an_export_takes_the_place_of_an_export(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a="1", b="2")
    write(site, b="3")
    assert content(site) == {"b": "3"}
    assert os.listdir(tmp_path) == ["site"]


def test_an_empty_folder_is_taken_and_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    write(tmp_path / "site", a="1")
    assert (tmp_path / "site").is_symlink()
    assert content(tmp_path / "real") == {"a": "1"}


def test_what_lies_in_an_export_can_be_checked_with_sha256sum(tmp_path: Path) -> None:
    with writing(str(tmp_path / "site")) as folder:
        Path(folder, "id").mkdir()
        Path(folder, "id", "país ~é.html").write_text("x", encoding="utf-8")
        Path(folder, ".htaccess").write_text("y", encoding="utf-8")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path / "site",
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout.count(": OK\n") == 3  # the two, and who wrote them


@pytest.mark.parametrize("plant", ["CNAME", "id/of-others.html", ".git/HEAD"])
def test_a_file_that_somebody_put_into_an_export_is_not_lost(tmp_path: Path, plant: str) -> None:
    site = tmp_path / "site"
    write(site, a="1")
    planted = site / plant
    planted.parent.mkdir(exist_ok=True)
    planted.write_text("example.org", encoding="utf-8")
    with pytest.raises(UsageError, match=f"{plant} is not as migkg export wrote it"):
        write(site, a="2")
    assert content(site) == {"a": "1", plant: "example.org"}


def test_a_file_that_somebody_changed_in_an_export_is_not_lost(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a="1", b="1")
    (site / "b").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="site/b is not as migkg export wrote it"):
        write(site, a="2")
    assert content(site) == {"a": "1", "b": "mine"}


def test_what_came_while_an_export_was_made_is_not_lost(tmp_path: Path) -> None:
    site = tmp_path / "site"
    export = writing(str(site))
    Path(export.__enter__(), "a").write_text("1", encoding="utf-8")
    site.mkdir()
    (site / "mine").write_text("2", encoding="utf-8")
    with pytest.raises(UsageError, match="site holds what migkg export did not write"):
        export.__exit__(None, None, None)
    assert content(site) == {"mine": "2"}
    assert os.listdir(tmp_path) == ["site"]


def test_a_target_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("x", encoding="utf-8")
    (tmp_path / "dangling").symlink_to("nowhere/at/all")
    before = sorted(os.listdir(tmp_path))
    for name, said in (
        ("file", "is a file"),
        ("full", "holds what migkg export did not write"),
        ("no/site", "there is no folder"),
        ("file/site", "there is no folder"),
        ("dangling", "there is no folder"),
    ):
        with pytest.raises(UsageError, match=said):
            write(tmp_path / name, a="1")
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("fails", [0, 1])
def test_a_failure_at_the_last_moment_leaves_the_former_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int, error: BaseException
) -> None:
    site = tmp_path / "site"
    write(site, a="1")
    rename, calls = os.rename, iter(range(99))

    def failing(source: str, target: str) -> None:
        if next(calls) == fails:
            raise error
        rename(source, target)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises((MachineError, KeyboardInterrupt)):
        write(site, a="2")
    assert content(site) == {"a": "1"}
    assert os.listdir(tmp_path) == ["site"]


def test_a_disk_that_is_full_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("only the superuser can mount a file system")
    try:
        write(small / "site", a="1")
        with pytest.raises(MachineError, match="site cannot be written: No space left on device"):
            write(small / "site", a="2" * 2_000_000)
        assert content(small / "site") == {"a": "1"}
        assert os.listdir(small) == ["site"]
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        with pytest.raises(MachineError, match="Read-only file system"):
            write(small / "site", a="2")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_whenever_an_export_is_killed_there_is_a_whole_one(tmp_path: Path) -> None:
    site = tmp_path / "site"
    versions = iter(range(9999))

    def start() -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", WRITE, str(site), str(next(versions) % 10)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    for _moment in killed(start, KILLS):
        if not site.exists():  # killed between two renamings: the former one lies beside
            assert list(tmp_path.glob(".site.migkg-*/former"))
        else:
            found = content(site)
            assert len(found) == 200
            assert len(set(found.values())) == 1
    start().communicate(timeout=60)
    assert os.listdir(tmp_path) == ["site"]


def test_a_former_export_that_was_taken_out_is_put_back_by_the_next(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a="1")
    beside = tmp_path / ".site.migkg-x"
    beside.mkdir()
    (beside / "lock").touch()
    site.rename(beside / "former")
    with pytest.raises(RuntimeError), writing(str(site)):
        raise RuntimeError
    assert content(site) == {"a": "1"}
    assert os.listdir(tmp_path) == ["site"]


def test_of_exports_at_the_same_time_none_takes_the_files_of_another(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with writing(str(site)) as first:
        Path(first, "a").write_text("1", encoding="utf-8")
        write(site, a="2")
        assert Path(first, "a").exists()
    assert content(site) == {"a": "1"}
    assert os.listdir(tmp_path) == ["site"]
