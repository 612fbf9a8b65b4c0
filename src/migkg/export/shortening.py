"""IRIs as a prefix and a local name, where one fits that needs no escape in Turtle."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from migkg.turtle import LOCAL_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Split: TypeAlias = Callable[[str], tuple[str, str] | None]

_KEPT = 1 << 16


def splitting(prefixes: Mapping[str, str]) -> Split:
    """Make the function that takes an IRI apart; of namespaces that fit, the longest counts."""
    longest_first = sorted(prefixes.items(), key=lambda item: -len(item[1]))

    @lru_cache(_KEPT)
    def split(iri: str) -> tuple[str, str] | None:
        for prefix, namespace in longest_first:
            if iri.startswith(namespace) and LOCAL_NAME.fullmatch(iri, len(namespace)):
                return prefix, iri[len(namespace) :]
        return None

    return split
