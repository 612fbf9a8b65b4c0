"""The folder that an export makes: all of it, or nothing."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from migkg import __version__
from migkg.errors import MachineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "migkg-export.json"
"""The file by which migkg knows a folder that it has written."""


@contextmanager
def writing(target: str) -> Iterator[str]:
    """Yield a folder beside the target, which takes its place when all is written.

    :raises UsageError: what is there already was not written by migkg
    :raises MachineError: the disk does not take it
    """
    target = os.path.abspath(target)
    if os.path.lexists(target) and not _ours(target):
        raise UsageError(
            f"{target} is there and was not written by migkg export: name a new or empty folder"
        )
    try:
        beside = mkdtemp(prefix=f".{os.path.basename(target)}.", dir=os.path.dirname(target))
        try:
            yield beside
            with open(os.path.join(beside, MANIFEST), "w", encoding="utf-8") as file:
                json.dump({"writtenBy": f"migkg {__version__}"}, file)
            os.chmod(beside, 0o777 & ~_umask())
            if os.path.exists(target):
                rmtree(target)
            os.rename(beside, target)
        finally:
            rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise MachineError(f"{target} cannot be written: {error.strerror}") from error


def _ours(target: str) -> bool:
    return os.path.isdir(target) and (
        not os.listdir(target) or os.path.isfile(os.path.join(target, MANIFEST))
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
