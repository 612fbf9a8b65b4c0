"""What is told while something takes its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    Notify = Callable[[str], None]


class Progress(Protocol):
    """Gets the name of what is done next, and how much of how much is done, where it is known."""

    def __call__(self, name: str, done: int = 0, of: int = 0, /) -> None:
        """Show it."""


def silent(_line: str) -> None:
    """Tell nobody."""


def unseen(_name: str, _done: int = 0, _of: int = 0, /) -> None:
    """Show nobody."""
