"""Runs the rules of recognition over an entry."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.validation.finding import Finding
    from migkg.validation.recognition.known import Known

RULES = (
    "unknown_class",
    "unknown_property",
    "unknown_reference",
    "unknown_subject",
    "unknown_datatype",
    "unknown_language",
    "wrong_kind",
    "look_alike",
    "taken",
    "unseen",
    "prefixes",
)


def recognize(known: Known) -> Iterator[Finding]:
    """Find what an entry names and nothing knows, and what it says that the graph has already."""
    for rule in RULES:
        module = import_module(f"migkg.validation.recognition.{rule}")
        yield from (f._replace(source=f"recognition/{f.source}") for f in module.find(known))
