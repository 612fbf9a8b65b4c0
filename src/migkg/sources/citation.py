"""A source in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.sources.passages import Source

if TYPE_CHECKING:
    from migkg.sources.passages import Support


def citation(support: Support, noted: bool) -> str:
    """Write a source in one line, its document by code where a note tells the title."""
    if not isinstance(support, Source):
        return support
    heading = f": {support.heading}" if support.heading else ""
    unit = "lines " if "–" in support.lines else "line "
    lines = unit * support.lines[:1].isdigit() + support.lines
    return (support.code if noted else support.title) + heading + (f" ({lines})" if lines else "")
