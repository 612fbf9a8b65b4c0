"""The formats of a report by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

    from migkg.validation.finding import Report

FORMATS = ("text", "json", "sarif", "github", "turtle", "html")
SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".ttl": "turtle",
    ".html": "html",
    ".htm": "html",
}


def write(report: Report, form: str, language: str, out: BinaryIO, coloured: bool = False) -> None:
    """Write a report in one of FORMATS; a text may be `coloured`."""
    if form == "text":
        from migkg.validation.reports import as_text

        as_text.write(report, language, out, coloured)
    else:
        import_module(f"migkg.validation.reports.as_{form}").write(report, language, out)
