"""Where a condition on a parameter may as well be data that the solutions are joined with.

An engine looks up by the terms of VALUES, but reads all that a FILTER is then to choose from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migkg.queries.query import Narrowing
    from migkg.sparql import Token

_CONDITIONS = (  # the places of ?x, those of the parameter
    ("FILTER ( ? IN ( ? ) )", (2,), (5,)),
    ("FILTER ( ? IN ( COALESCE ( ? , ? ) , ? ) )", (2, 9), (7, 12)),
)
_NAMES_NO_MATCH = {"AS", "VALUES", "GRAPH", "SERVICE", "SILENT"}  # before a variable


def narrowings(tokens: Sequence[Token], parameter: str) -> Iterator[Narrowing]:
    """Find each FILTER (?x IN (?_parameter)) that VALUES ?x { … } can stand for.

    So can it for FILTER (?x IN (COALESCE(?__parameter, ?x), ?__parameter)), which without a value
    chooses all.
    It can if every solution of the group binds ?x by a triple pattern, and nothing that need not
    match (OPTIONAL, UNION, …) mentions ?x before: then to join with VALUES at the beginning of the
    group gives what the FILTER leaves (https://www.w3.org/TR/sparql11-query/#sparqlAlgebra).
    """
    for at, token in enumerate(tokens):
        if token.name.upper() != "FILTER":
            continue
        for condition, limited, limits in _CONDITIONS:
            said = tokens[at : at + len(condition.split())]
            written = " ".join("?" if t.kind == "variable" else t.name.upper() for t in said)
            if written != condition or {said[i].name for i in limits} != {parameter}:
                continue
            variable, *others = {said[i].name for i in limited}
            if not others:
                group = _group(tokens, at)
                if _matched_first(tokens, group + 1, variable):
                    yield tokens[group].end, said[0].start, said[-1].end, variable


def _group(tokens: Sequence[Token], at: int) -> int:
    """Find the brace that opens the group around a token."""
    depth = 0
    while depth or tokens[at].name != "{" or tokens[at].kind != "mark":
        depth += _depth(tokens[at], "}", "{")
        at -= 1
    return at


def _matched_first(tokens: Sequence[Token], at: int, variable: str) -> bool:
    """Tell whether a triple pattern of the group that begins here is the first with a variable."""
    braces = brackets = 0
    while braces >= 0:
        token, before = tokens[at], tokens[at - 1]
        braces += _depth(token, "{", "}")
        brackets += _depth(token, "(", ")")
        if token.kind == "variable" and token.name == variable:
            named = before.name.upper() in _NAMES_NO_MATCH
            if named or braces:
                return False
            if not brackets:
                return True
        at += 1
    return False


def _depth(token: Token, opening: str, closing: str) -> int:
    if token.kind != "mark":
        return 0
    return (token.name == opening) - (token.name == closing)
