"""CONSTRUCT as a SELECT, whose rows are put into the template here.

Engines that cut answers off tell it of rows, not of graphs.
https://www.w3.org/TR/sparql11-query/#construct
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from migkg import sparql
from migkg.remote.terms import received, sent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.terms import Term

_AT_ONCE = 1_000  # rows


class Template(NamedTuple):
    """A template with its prologue, and the query for what goes into it."""

    text: str
    variables: tuple[str, ...]
    select: str


def read(text: str) -> Template:
    """Take apart a CONSTRUCT query that is one."""
    found = sparql.tokens(text)
    word = next(at for at, token in enumerate(found) if token.name.upper() == "CONSTRUCT")
    opening = next(at for at in range(word, len(found)) if found[at].name == "{")
    closing, depth = opening, 1
    while depth:
        closing += 1
        depth += {"{": 1, "}": -1}.get(found[closing].name, 0)
    inside = found[opening:closing]
    names = dict.fromkeys(f"?{token.name}" for token in inside if token.kind == "variable")
    prologue = text[: found[word].start]
    # CONSTRUCT WHERE { … } has its pattern as its template
    rest = found[closing].end if opening == word + 1 else found[word].end
    return Template(
        f"{prologue} CONSTRUCT {text[found[opening].start : found[closing].end]}",
        tuple(names),
        f"{prologue} SELECT {' '.join(names) or '(1 AS ?one)'} {text[rest:]}",
    )


def fill(template: Template, rows: Iterable[tuple[Term | None, ...]]) -> Iterator[ox.Triple]:
    """Put rows into a template."""
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        table = " ".join(f"({' '.join(map(_written, row))})" for row in some)
        if not template.variables:
            table = "()" * len(some)
        query = f"{template.text} {{ VALUES ({' '.join(template.variables)}) {{ {table} }} }}"
        for triple in cast("ox.QueryTriples", ox.Store().query(query)):
            yield ox.Triple(*map(received, triple))  # type: ignore[arg-type]


def _written(term: Term | None) -> str:
    known = None if term is None else sent(term)
    return sparql.term(known) if isinstance(known, ox.NamedNode | ox.Literal) else "UNDEF"
