"""What a command that takes its time is doing, on a terminal; elsewhere nothing."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from migkg.progress import unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.progress import Progress as Step

_PATIENCE = 1.0  # seconds; a shorter wait needs no explanation


@contextmanager
def progress(what: str) -> Iterator[Step]:
    """Show, after a second, what is being done and how far it is."""
    if not sys.stderr.isatty():
        yield unseen
        return
    from threading import Timer

    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    shown = Progress(*columns, console=Console(stderr=True), transient=True)
    task = shown.add_task(what, total=None)
    timer = Timer(_PATIENCE, shown.start)
    timer.daemon = True
    timer.start()

    def step(name: str, done: int = 0, of: int = 0, /) -> None:
        shown.update(task, description=f"{what}: {name}", completed=done, total=of or None)

    try:
        yield step
    finally:
        timer.cancel()
        shown.stop()
