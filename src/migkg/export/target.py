"""The folder that an export makes: all of it, or nothing, and never in place of another's files."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from hashlib import file_digest
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from migkg import __version__
from migkg.errors import MachineError, UsageError
from migkg.export import lines
from migkg.graph import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "migkg-export.json"
"""The file by which migkg knows a folder that it has written."""

SUMS = "SHA256SUMS"
"""What lies in the folder, as sha256sum (--check) of the GNU coreutils has it."""

_LOCK, _NEW, _FORMER = "lock", "new", "former"  # in the folder beside the target


@contextmanager
def writing(target: str) -> Iterator[str]:
    """Yield an empty folder, which takes the place of the target when all is written.

    A folder with an export in it is replaced if it holds what migkg wrote and nothing else. For
    the time of one renaming nothing is in its place; who is killed in it has it put back by the
    next export.

    :raises UsageError: the target lies in no folder, or something else is there
    :raises MachineError: the disk does not take it
    """
    place = os.path.realpath(target)
    if not os.path.isdir(os.path.dirname(place)):
        raise UsageError(f"{shown(target)}: there is no folder {shown(os.path.dirname(place))}")
    try:
        _clear_up(place)
        _refuse(place, target)
        with _beside(place) as beside:
            new = os.path.join(beside, _NEW)
            os.mkdir(new)
            yield new
            _seal(new)
            os.sync()  # so that after a power cut, too, it is the former export or the new one
            _refuse(place, target)  # once more: a minute may have passed
            _exchange(beside, place)
    except OSError as error:
        raise MachineError(
            f"{shown(target)} cannot be written: {error.strerror or error}"
        ) from error


def files(folder: str) -> list[str]:
    """List the files below a folder, in order, by their path from there with / in it."""
    found: list[str] = []
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        found += (os.path.relpath(os.path.join(parent, name), folder) for name in names + links)
    return sorted(name.replace(os.sep, "/") for name in found)


def checksum(path: str) -> str:
    """Give the SHA-256 hash of a file, in hexadecimal digits."""
    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _refuse(place: str, target: str) -> None:
    """Let nothing be replaced but an empty folder, or one with an export as migkg left it."""
    if not target:
        raise UsageError("the folder has no name: give one that is new or empty")
    if not os.path.lexists(place):
        return
    if not os.path.isdir(place):
        raise UsageError(f"{shown(target)} is a file: name a folder that is new or empty")
    lying = files(place)
    if (lying or os.listdir(place)) and not {MANIFEST, SUMS}.issubset(lying):
        raise UsageError(
            f"{shown(target)} holds what migkg export did not write: name a folder that is new "
            "or empty"
        )
    if f"{os.getcwd()}{os.sep}".startswith(f"{place}{os.sep}"):
        raise UsageError(
            f"{shown(target)} would be replaced while you are in it: go elsewhere, or name a "
            "folder within it"
        )
    if os.path.ismount(place):
        raise UsageError(f"{shown(target)} is where a disk is mounted: name a folder within it")
    if not lying:
        return
    with open(os.path.join(place, SUMS), encoding="utf-8", errors="replace") as file:
        written = {name: digest for digest, _, name in (line[:-1].partition("  ") for line in file)}
    for name in lying:
        path = os.path.join(place, name)
        same = name in written and not os.path.islink(path) and written[name] == checksum(path)
        if name != SUMS and not same:
            raise UsageError(
                f"{shown(os.path.join(target, name))} is not as migkg export wrote it: move it "
                "elsewhere, or name another folder"
            )


def _seal(folder: str) -> None:
    """Say in a folder who wrote it and what lies in it."""
    written_by = json.dumps({"writtenBy": f"migkg {__version__}"})
    lines.write([f"{written_by}\n"], os.path.join(folder, MANIFEST))
    sums = (f"{checksum(os.path.join(folder, name))}  {name}\n" for name in files(folder))
    lines.write(sums, os.path.join(folder, SUMS))


@contextmanager
def _beside(place: str) -> Iterator[str]:
    """Make a folder that is locked while this process lives, and gone at the end."""
    from filelock import FileLock

    folder = mkdtemp(prefix=_prefix(place), dir=os.path.dirname(place))
    try:
        with FileLock(os.path.join(folder, _LOCK)):
            yield folder
    finally:
        _remove(folder)


def _clear_up(place: str) -> None:
    """Put back or take away what an export left that was killed; one that runs keeps its own."""
    from filelock import FileLock, Timeout

    parent = os.path.dirname(place)
    for name in sorted(os.listdir(parent)):
        folder = os.path.join(parent, name)
        if name.startswith(_prefix(place)) and os.path.isdir(folder):
            if not os.path.isfile(lock := os.path.join(folder, _LOCK)):
                _remove(folder)
                continue
            with suppress(Timeout), FileLock(lock, timeout=0):
                _put_back(folder, place)
                _remove(folder)


def _remove(folder: str) -> None:
    """Take a folder away, its lock last, so that what a kill leaves is known for what it is."""
    for name in (_NEW, _FORMER):
        rmtree(os.path.join(folder, name), ignore_errors=True)
    with suppress(OSError):
        os.unlink(os.path.join(folder, _LOCK))
    with suppress(OSError):
        os.rmdir(folder)


def _exchange(beside: str, place: str) -> None:
    """Put the new folder into its place and the former one beside, or leave all as it is."""
    if os.path.lexists(place):
        os.rename(place, os.path.join(beside, _FORMER))
    try:
        os.rename(os.path.join(beside, _NEW), place)
    except BaseException:
        _put_back(beside, place)
        raise


def _put_back(beside: str, place: str) -> None:
    former = os.path.join(beside, _FORMER)
    if os.path.isdir(former) and not os.path.lexists(place):
        os.rename(former, place)


def _prefix(place: str) -> str:
    return f".{os.path.basename(place)}.migkg-"
