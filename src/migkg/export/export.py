"""An export is its parts, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.export import catalog, dumps, examples, target, void
from migkg.export.changes.write import write as changes
from migkg.progress import unseen

if TYPE_CHECKING:
    from collections.abc import Callable

    from migkg.export.site import Site
    from migkg.progress import Progress

    Part = Callable[[Site, str, Progress], None]

PARTS: tuple[Part, ...] = (
    dumps.write,
    void.write,
    changes,
    catalog.write,
    examples.write,
)
"""Each writes its files into a folder; a later one may read what an earlier one has written."""


def export(site: Site, folder: str, step: Progress = unseen) -> None:
    """Write everything that a portal, a triple store and a browser need, all of it or nothing.

    :raises UsageError: the folder is there and was not written by migkg
    :raises MachineError: the disk does not take it
    """
    with target.writing(folder) as beside:
        for part in PARTS:
            part(site, beside, step)
