"""Several files written whole or not at all, whenever the process or the machine stops.

What is to be written is put into a folder beside the graph's own. From the moment this folder gets
its name the files are as good as written: whoever comes next puts in place what is still missing.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import contextmanager, suppress
from shutil import copyfile, rmtree
from typing import TYPE_CHECKING, NamedTuple

from migkg.errors import MachineError, UsageError
from migkg.graph import UNFINISHED as READY
from migkg.graph import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STAGED = f"{READY}.part"
_LIST = "files.json"


class Change(NamedTuple):
    """A file by its path below the root, with what it held (None: nothing) and is to hold."""

    path: str
    before: bytes | None
    after: bytes


@contextmanager
def alone(root: str) -> Iterator[list[str]]:
    """Keep others from adding to the graph; yield the files that one who was stopped had left.

    Those are in place then.

    :raises MachineError: another process is adding, what was left is for a file that was changed
        since, or the folder cannot be written
    """
    from filelock import FileLock, Timeout

    lock = FileLock(os.path.join(root, f"{READY}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise MachineError(
            f"{shown(root)}: another process is adding to this graph: try again when it has ended"
        ) from None
    except OSError as error:
        raise _unwritable(root, error) from error
    try:
        yield _finish(root)
    finally:
        lock.release()


def write(root: str, changes: Sequence[Change]) -> None:
    """Write all files or none; the caller holds `alone`.

    :raises UsageError: a file lies outside of the graph, behind a link
    :raises MachineError: a file has other contents than it had, or cannot be written
    """
    for change in changes:
        _target(root, change.path)
        if _held(os.path.join(root, change.path)) != change.before:
            raise MachineError(
                f"{shown(os.path.join(root, change.path))}: was changed meanwhile: nothing was "
                "added, call this again"
            )
    try:
        _stage(root, changes)
    except OSError as error:
        raise _unwritable(root, error) from error
    finally:
        rmtree(os.path.join(root, _STAGED), ignore_errors=True)
    try:
        for at, change in enumerate(changes):
            _put(root, f"{at}.after", change.path)
    except OSError as error:
        _undo(root, changes, error)
        raise _unwritable(root, error) from error
    except BaseException as error:
        _undo(root, changes, error)
        raise
    _forget(root)


def _stage(root: str, changes: Sequence[Change]) -> None:
    """Write the new contents and the old, all of it on the disk before the folder has its name."""
    folder = os.path.join(root, _STAGED)
    os.mkdir(folder)
    for at, change in enumerate(changes):
        target = _target(root, change.path)
        mode = stat.S_IMODE(os.stat(target).st_mode) if os.path.exists(target) else None
        for name, content in ((f"{at}.after", change.after), (f"{at}.before", change.before)):
            if content is not None:
                _save(os.path.join(folder, name), content, mode)
    listed = [(change.path, change.before is not None) for change in changes]
    _save(os.path.join(folder, _LIST), json.dumps(listed).encode(), None)
    _sync(folder)
    os.rename(folder, os.path.join(root, READY))
    _sync(root)


def _save(path: str, content: bytes, mode: int | None) -> None:
    with open(path, "xb") as file:
        file.write(content)
        if mode is not None:
            os.chmod(path, mode)
        file.flush()
        os.fsync(file.fileno())


def _put(root: str, name: str, path: str) -> None:
    """Put a file that is ready into its place, and keep it where it is ready."""
    source, target = os.path.join(root, READY, name), _target(root, path)
    folder, base = os.path.split(target)
    beside = os.path.join(folder, f".{base}.part")
    try:
        os.makedirs(folder, exist_ok=True)
        with suppress(FileNotFoundError):
            os.unlink(beside)
        try:
            os.link(source, beside)
        except OSError:  # another file system, or one that has no links
            copyfile(source, beside)
            os.chmod(beside, stat.S_IMODE(os.stat(source).st_mode))
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _sync(folder)


def _undo(root: str, changes: Sequence[Change], why: BaseException) -> None:
    try:
        for at, change in enumerate(changes):
            if _held(os.path.join(root, change.path)) == change.before:
                continue
            if change.before is None:
                os.unlink(target := _target(root, change.path))
                with suppress(OSError):
                    os.rmdir(os.path.dirname(target))  # if nothing else is in it
            else:
                _put(root, f"{at}.before", change.path)
        _forget(root)
    except OSError as error:
        raise MachineError(
            f"{_said(root, why)}, and what had been written cannot be taken back "
            f"({error.strerror}): migkg add goes on with it when this is mended"
        ) from error


def _finish(root: str) -> list[str]:
    """Put into place what one who was stopped had ready, and clear away what he had not."""
    ready = os.path.join(root, READY)
    rmtree(os.path.join(root, _STAGED), ignore_errors=True)
    if not os.path.isdir(ready) or os.path.islink(ready):
        return []
    paths = []
    try:
        with open(os.path.join(ready, _LIST), "rb") as file:
            listed = json.load(file)
        for at, (path, existed) in enumerate(listed):
            before = _held(os.path.join(ready, f"{at}.before")) if existed else None
            held = _held(os.path.join(root, path))
            if held not in (before, _held(os.path.join(ready, f"{at}.after"))):
                raise MachineError(
                    f"{shown(os.path.join(root, path))}: was changed since an earlier migkg add "
                    f"was stopped: see {shown(ready)} for what it was to hold, then remove that"
                )
            if held == before:
                paths.append((at, path))
        for at, path in paths:
            _put(root, f"{at}.after", path)
    except OSError as error:
        raise _unwritable(root, error) from error
    _forget(root)
    return [path for _, path in paths]


def _forget(root: str) -> None:
    os.rename(os.path.join(root, READY), staged := os.path.join(root, _STAGED))
    rmtree(staged, ignore_errors=True)


def _target(root: str, path: str) -> str:
    """Find the file behind a path, links followed as long as they stay in the graph."""
    target, within = os.path.realpath(os.path.join(root, path)), os.path.realpath(root)
    if os.path.commonpath([target, within]) != within:
        raise UsageError(f"{shown(os.path.join(root, path))}: leads out of the graph, to {target}")
    return target


def _held(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MachineError(f"{shown(path)}: cannot be read: {error.strerror}") from error


def _unwritable(root: str, error: OSError) -> MachineError:
    return MachineError(f"{_said(root, error)}: nothing was added")


def _said(root: str, error: BaseException) -> str:
    if not isinstance(error, OSError):
        return f"{shown(root)}: stopped"
    where = error.filename or root
    return f"{shown(os.path.join(root, os.fsdecode(where)))}: cannot be written: {error.strerror}"


def _sync(folder: str) -> None:
    """Have the names in a folder on the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
