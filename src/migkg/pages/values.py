"""Terms as pages show them: a text in a language, and where it leads."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.lookup import fold
from migkg.namespaces import RDF, XSD
from migkg.pages.forms import shown
from migkg.pages.words import LANGUAGES, RULES
from migkg.reasoning.rules import MEANINGS
from migkg.store import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.pages.about import Group, Said
    from migkg.pages.view import View
    from migkg.terms import Term

_FIRST, _REST, _TYPE = (ox.NamedNode(RDF + name) for name in ("first", "rest", "type"))
_ADDRESS = re.compile(r"https?://[^\s\"<>]+", re.IGNORECASE)
_DEEPEST = 4  # blank nodes within one another; what is deeper is not for people


class Shown(NamedTuple):
    """A term: its text, the language of that, where it leads, and what is within a blank node."""

    text: str
    language: str = ""
    href: str = ""
    outside: bool = False
    lines: bool = False
    """Whether it is a text of several lines, as a query."""
    within: tuple[tuple[Shown, Shown], ...] = ()
    """Of a blank node: properties and values; of a list, values without a property."""


class Line(NamedTuple):
    """A value with what supports it."""

    shown: Shown
    rule: str
    cited: tuple[int, ...]


class Rows(NamedTuple):
    """A property and its values, in the order of their names."""

    property: Shown
    lines: list[Line]


def show(view: View, term: Term) -> Shown:
    """Show a term on a page: a name that leads to its page, or a value in the language's form."""
    return _show(view, term, 0)


def leading(view: View, iri: str) -> str:
    """Give where an IRI leads; what is none, such as the label of a blank node, leads nowhere."""
    return view.links.term(iri) or (iri if _ADDRESS.fullmatch(iri) else "")


def rows(view: View, groups: Iterable[Group]) -> list[Rows]:
    """Show properties and their values, both in the order of their names."""
    see = partial(show, view)
    found = [
        Rows(
            see(group.property),
            sorted((_line(see(s.value), s) for s in group.values), key=_by_value),
        )
        for group in groups
    ]
    return sorted(found, key=lambda row: (fold(row.property.text), row.property))


def rules(view: View, *told: Iterable[Rows]) -> dict[str, str]:
    """Tell what the rules mean by which statements of a page follow."""
    at = list(LANGUAGES).index(view.language)
    used = {line.rule for some in told for row in some for line in row.lines if line.rule}
    return {
        rule: (MEANINGS[rule], *RULES[rule])[at] if rule in MEANINGS else ""
        for rule in sorted(used)
    }


def _line(seen: Shown, said: Said) -> Line:
    return Line(seen, said.rule, said.cited)


def order(shown: Shown) -> tuple[object, ...]:
    """Order by name without case and accents, numbers as numbers; texts by language first."""
    numbered = re.sub(r"\d+", lambda digits: digits[0].zfill(12), fold(shown.text))
    language = "" if shown.href else shown.language
    return (language, numbered, shown.text, shown.href, shown.within)


def _by_value(line: Line) -> tuple[object, ...]:
    return order(line.shown)


def _show(view: View, term: Term, depth: int) -> Shown:
    if isinstance(term, ox.NamedNode):
        name, href = view.reading.name(term, view.language), leading(view, term.value)
        tag = name.language if name.language != view.language else ""
        return Shown(name.text, tag, href, href == term.value)
    if isinstance(term, ox.Literal):
        tag = term.language or ""
        text = shown(term, view.language)
        if term.datatype.value == XSD + "anyURI" and _ADDRESS.fullmatch(term.value):
            return Shown(text, "", term.value, outside=True)
        return Shown(text, tag if tag != view.language else "", lines="\n" in text.strip())
    if isinstance(term, ox.BlankNode) and depth < _DEEPEST:
        return Shown("", within=tuple(_within(view, term, depth + 1)))
    return Shown("…")


def _within(view: View, node: ox.BlankNode, depth: int) -> Iterator[tuple[Shown, Shown]]:
    """Show the members of a list, or what is said of another blank node."""
    see = partial(_show, view, depth=depth)
    members = list(_members(view, node))
    if members:
        yield from ((Shown(""), see(member)) for member in members)
        return
    quads = view.reading.store.quads_for_pattern(node, None, None, ALL)
    pairs = [(see(q.predicate), see(q.object)) for q in quads if q.predicate != _TYPE]
    yield from sorted(pairs, key=lambda pair: (fold(pair[0].text), pair))


def _members(view: View, node: Term) -> Iterator[Term]:
    seen: set[Term] = set()
    while isinstance(node, ox.BlankNode) and node not in seen:
        seen.add(node)
        firsts = list(view.reading.store.quads_for_pattern(node, _FIRST, None, ALL))
        rests = list(view.reading.store.quads_for_pattern(node, _REST, None, ALL))
        if len(firsts) != 1 or len(rests) != 1:
            return
        yield firsts[0].object
        node = rests[0].object
