"""What a command that takes its time is doing, on a terminal; elsewhere nothing."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATIENCE = 1.0  # seconds; a shorter wait needs no explanation


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show, after a second, what is being done; the function given takes the name of each step."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from threading import Timer

    from rich.console import Console

    status = Console(stderr=True).status(what)
    timer = Timer(_PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda step: status.update(f"{what}: {step}")
    finally:
        timer.cancel()
        status.stop()
