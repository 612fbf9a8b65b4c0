"""What files held before: their version in git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from migkg.errors import UsageError

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
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        if base is not None:
            raise UsageError(
                f"--base {base}: {files[0]} is in no working tree of git, "
                "or git cannot read it: leave --base out"
            )
        if _is_in_repository(folder):
            notify(f"{folder}: git cannot read this repository: all in the files is taken as new")
        return {}
    known = _git(folder, "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}")
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
    return _git(root, "cat-file", "--filters", f"{commit}:{name}")


def _former_name(root: str, commit: str, name: str) -> str | None:
    """Find under which name the commit has what was renamed since."""
    renamed = _git(root, "diff", "--name-status", "-z", "--find-renames", "--diff-filter=R", commit)
    parts = os.fsdecode(renamed or b"").split("\0")
    pairs = zip(parts[1::3], parts[2::3], strict=False)
    return next((old for old, new in pairs if new == name), None)


def _git(folder: str, *arguments: str) -> bytes | None:
    """Ask git in a folder; None if it fails.

    What a hook's environment tells about the repository that it was called for is left out: git
    would take it for that of the folder. https://git-scm.com/docs/githooks
    """
    environment = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", folder, *arguments],  # noqa: S607
            capture_output=True,
            check=False,
            env=environment | {"GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


_LOCAL = {  # git rev-parse --local-env-vars
    f"GIT_{name}"
    for name in [
        "ALTERNATE_OBJECT_DIRECTORIES",
        "COMMON_DIR",
        "CONFIG",
        "CONFIG_COUNT",
        "CONFIG_PARAMETERS",
        "DIR",
        "GRAFT_FILE",
        "IMPLICIT_WORK_TREE",
        "INDEX_FILE",
        "INTERNAL_SUPER_PREFIX",
        "NO_REPLACE_OBJECTS",
        "OBJECT_DIRECTORY",
        "PREFIX",
        "REPLACE_REF_BASE",
        "SHALLOW_FILE",
        "WORK_TREE",
    ]
}
