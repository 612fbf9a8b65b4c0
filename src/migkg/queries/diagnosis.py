"""What is wrong with a SPARQL text, in one line with line and column.

Oxigraph's own messages name the furthest point that its parser looked at and every token that it
would have liked there; people need the first token that does not fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import sparql
from migkg.federation import inert

if TYPE_CHECKING:
    from collections.abc import Mapping

_REPORTED = re.compile(r"error at (\d+):(\d+)")
_IRI_WITH_SPACE = re.compile(r"<[A-Za-z][\w+.-]*:[^<>\n]*>")
_KEYWORDS = ["BIND", "BOUND", "CONSTRUCT", "COUNT", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER"]
_KEYWORDS += ["GRAPH", "GROUP", "HAVING", "LIMIT", "MINUS", "OFFSET", "OPTIONAL", "ORDER"]
_KEYWORDS += ["PREFIX", "SELECT", "SERVICE", "UNION", "VALUES", "WHERE"]
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}


def syntax_error(text: str, known: Mapping[str, str]) -> tuple[int, int, str] | None:
    """Where a query goes wrong and why: line, column, reason; None for a query that is right.

    :param known: prefixes that need no declaration
    """
    message = _message(text, known)
    if message is None:
        return None
    found = sparql.tokens(text)
    if not found:
        return 1, 1, "there is no query"
    at = None
    if "Prefix not found" in message:
        at = _undeclared_prefix(found, {"_", *known, *sparql.prefixes(text)})
    elif "IRI parsing failed" in message:
        at = _relative_iri(found)
    elif "The SELECT contains a variable that is unbound" in message:
        at = _unbound_projection(found)
    if at is not None:
        return *sparql.position(text, at[0].start), at[1]
    misfit = _first_misfit(text, found, known)
    broken = _broken_token(text, found, misfit)
    if broken is not None:
        return *sparql.position(text, broken[0]), broken[1]
    if misfit is None:
        return *sparql.position(text, len(text.rstrip())), _unfinished(found)
    return *sparql.position(text, misfit.start), _misfit(misfit, text)


def _message(text: str, known: Mapping[str, str]) -> str | None:
    try:
        ox.Store().query(inert(text), prefixes=dict(known))
    except SyntaxError as error:
        return str(error)
    return None


def _undeclared_prefix(
    found: list[sparql.Token], declared: set[str]
) -> tuple[sparql.Token, str] | None:
    for before, token in zip([None, *found], found, strict=False):
        prefix = token.name.partition(":")[0]
        declares = before is not None and before.name.upper() == "PREFIX"
        if token.kind == "prefixed" and prefix not in declared and not declares:
            return token, f"the prefix {prefix}: is not declared; add PREFIX {prefix}: <…>"
    return None


def _relative_iri(found: list[sparql.Token]) -> tuple[sparql.Token, str] | None:
    for token in found:
        if token.kind == "iri":
            try:
                ox.NamedNode(token.name[1:-1])
            except ValueError:
                hint = "; put a space after < where it compares" if "?" in token.name else ""
                return token, f"{token.name} is not an absolute IRI{hint}"
    return None


def _unbound_projection(found: list[sparql.Token]) -> tuple[sparql.Token, str]:
    select = next(token for token in found if token.name.upper() == "SELECT")
    return select, "SELECT names a variable that is neither grouped by nor aggregated"


def _first_misfit(
    text: str, found: list[sparql.Token], known: Mapping[str, str]
) -> sparql.Token | None:
    """Search by halves for the first token up to which the text is no beginning of a query."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if _begins_a_query(text[: found[middle].end], known):
            low = middle + 1
        else:
            high = middle
    return found[low] if low < len(found) else None


def _begins_a_query(beginning: str, known: Mapping[str, str]) -> bool:
    """Whether the parser asks for more; blanks keep it from looking past the end for a keyword."""
    padded = beginning + " " * 40
    reported = _REPORTED.match(_message(padded, known) or "")
    if reported is None:
        return True
    return (int(reported[1]), int(reported[2])) >= sparql.position(padded, len(padded))


def _broken_token(
    text: str, found: list[sparql.Token], misfit: sparql.Token | None
) -> tuple[int, str] | None:
    """Find a string without end or an IRI with a space, up to the token that does not fit."""
    for token in found:
        if misfit is not None and token.start > misfit.start:
            return None
        if token.kind == "mark" and token.name in "\"'":
            return token.start, f"the string that {token.name} begins has no end on its line"
        iri = token.name == "<" and _IRI_WITH_SPACE.match(text, token.start)
        if iri:
            return token.start, f"an IRI cannot hold a space or one of {{}}|^`\\: {iri[0][:60]}"
    return None


def _misfit(token: sparql.Token, text: str) -> str:
    written = re.compile(r"\S{1,40}").match(text, token.start)
    shown = written[0] if token.kind == "mark" and written else text[token.start : token.end]
    shown = " ".join(shown[:40].split())
    if shown.upper() in _UPDATES:
        return f"{shown} would change the graph; only SELECT, ASK, CONSTRUCT and DESCRIBE are run"
    near = _near_keyword(token.name) if token.kind == "word" else None
    return f"“{shown}” does not fit here" + (f"; did you mean {near}?" if near else "")


def _near_keyword(word: str) -> str | None:
    import difflib

    near = difflib.get_close_matches(word.upper(), _KEYWORDS, 1, 0.7)
    return near[0] if near and near[0] != word.upper() else None


def _unfinished(found: list[sparql.Token]) -> str:
    names = [token.name for token in found]
    for opening, closing in ("{}", "()"):
        if names.count(opening) > names.count(closing):
            return f"the query ends where a {closing} is missing"
    return "the query is not complete, or names one variable twice"
