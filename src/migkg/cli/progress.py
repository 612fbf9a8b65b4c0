"""What a command that takes its time is doing, on a terminal; elsewhere nothing."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 1.0  # seconds; a shorter wait needs no explanation


class Step(Protocol):
    """Takes the name of what is being done, and how much is done of how much, where it is known."""

    def __call__(self, name: str, done: int = 0, of: int = 0, /) -> None:
        """Show it."""


@contextmanager
def progress(what: str) -> Iterator[Step]:
    """Show, after a second, what is being done and how far it is."""
    if not sys.stderr.isatty():
        yield lambda _name, _done=0, _of=0: None
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
