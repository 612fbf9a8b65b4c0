"""What files held before: their version in git."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from migkg.errors import UsageError
from migkg.git import git

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def former(
    paths: Iterable[str], base: str | None, notify: Callable[[str], None]
) -> dict[str, bytes]:
    """Read files as they are in a commit (git's HEAD, if `base` is None).

    What git does not know there under its own or a former name is left out.

    :param notify: is told if there is a repository that git cannot read
    :raises UsageError: a base is named that there is not, or where there is no git
    """
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        by_folder.setdefault(os.path.dirname(os.path.realpath(path)), []).append(path)
    found: dict[str, bytes] = {}
    for folder, files in by_folder.items():
        found |= _in_folder(folder, files, base, notify)
    return found


def _in_folder(
    folder: str, files: list[str], base: str | None, notify: Callable[[str], None]
) -> dict[str, bytes]:
    commit = "HEAD" if base is None else base
    top = git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        if base is not None:
            raise UsageError(
                f"--base {base}: {files[0]} is in no working tree of git, "
                "or git cannot read it: leave --base out"
            )
        if _is_in_repository(folder):
            notify(f"{folder}: git cannot read this repository: all in the files is taken as new")
        return {}
    known = git(folder, "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}")
    if known is None or commit.startswith("-"):
        if base is not None:
            raise UsageError(f"--base {base}: git knows no such commit: name a branch or a commit")
        return {}  # nothing is committed yet
    root = os.path.realpath(os.fsdecode(top.removesuffix(b"\n")))
    found = {}
    for path in files:
        name = os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")
        content = _content(root, commit, name)
        if content is None and (old := _former_name(root, commit, name)):
            content = _content(root, commit, old)
        if content is not None:
            found[path] = content
    return found


def _is_in_repository(folder: str) -> bool:
    while not os.path.exists(os.path.join(folder, ".git")):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return False
    return True


def _content(root: str, commit: str, name: str) -> bytes | None:
    """Read a file as git would check it out."""
    return git(root, "cat-file", "--filters", f"{commit}:{name}")


def _former_name(root: str, commit: str, name: str) -> str | None:
    """Find under which name the commit has what was renamed since."""
    renamed = git(root, "diff", "--name-status", "-z", "--find-renames", "--diff-filter=R", commit)
    parts = os.fsdecode(renamed or b"").split("\0")
    pairs = zip(parts[1::3], parts[2::3], strict=False)
    return next((old for old, new in pairs if new == name), None)
