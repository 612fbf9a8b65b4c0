"""Other engines that a query asks, which it may do by leave only.

https://www.w3.org/TR/sparql11-federated-query/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg import sparql
from migkg.errors import UsageError
from migkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def check(text: str, allowed: Collection[str]) -> None:
    """Refuse a query that asks an engine which is not allowed by its IRI.

    :raises UsageError: it does, or leaves it to a variable which engine it asks
    """
    known = PREFIXES | sparql.prefixes(text)
    for name in _asked(text):
        if name.kind == "variable":
            raise UsageError(
                f"SERVICE ?{name.name} could ask any engine: write the IRI of the one that is meant"
            )
        prefix, _, local = name.name.partition(":")
        iri = name.name[1:-1] if name.kind == "iri" else known.get(prefix, "") + local
        if iri not in allowed:
            raise UsageError(
                f"the query asks another engine (SERVICE): allow it by --allow-service {iri}"
            )


def inert(text: str) -> str:
    """Give a text that is SPARQL if the query is, at the same places, and asks nobody.

    To parse a query, Oxigraph begins to evaluate it, and asks the engines that SERVICE names.
    """
    if "service" not in text.lower():
        return text
    found = sparql.tokens(text)
    words = [
        token
        for before, token in zip([None, *found], found, strict=False)
        if _is(token, "SERVICE")
        or (before is not None and _is(before, "SERVICE") and _is(token, "SILENT"))
    ]
    return sparql.replace_tokens(
        text, words, lambda token: "GRAPH  " if _is(token, "SERVICE") else " " * len("SILENT")
    )


def _asked(text: str) -> Iterator[sparql.Token]:
    """List what stands where SERVICE names an engine."""
    if "service" not in text.lower():
        return
    found = sparql.tokens(text)
    for at, token in enumerate(found):
        if _is(token, "SERVICE"):
            following = found[at + 1 : at + 3]
            if following and _is(following[0], "SILENT"):
                del following[0]
            yield from following[:1]


def _is(token: sparql.Token, keyword: str) -> bool:
    return token.kind == "word" and token.name.upper() == keyword
