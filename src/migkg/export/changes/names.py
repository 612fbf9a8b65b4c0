"""What the things, properties and values of a release are called, as text of CommonMark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.describe import kinds
from migkg.namespaces import MK, RDF, shorten
from migkg.sources.citation import citation
from migkg.sources.passages import describing
from migkg.why import name

if TYPE_CHECKING:
    from migkg.terms import Term

_FIRST, _REST, _NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))
_PASSAGE = ox.NamedNode(MK + "passage")
_DEEPEST = 4  # blank nodes within one another, such as the members of a list
_LONGEST = 20  # items of a list
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


class Names:
    """Names by what a store says, in English."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._described = describing(store)

    def name(self, term: Term) -> str:
        """Name a thing, or show a value; an IRI that has no name stands for itself."""
        said = name(self._store, term, "en")
        if isinstance(term, ox.NamedNode) and said == shorten(term.value):
            return code(term)
        return escaped(said)

    def thing(self, thing: ox.NamedNode) -> str:
        """Name a thing, and say which it is."""
        called = self.name(thing)
        return called if called == code(thing) else f"{called} ({code(thing)})"

    def kind(self, thing: ox.NamedNode) -> str:
        """Name the most specific class of a thing; of several, the first by name."""
        kind = min(map(self.name, kinds(self._store, thing)), default="other")
        return kind[:1].upper() + kind[1:]

    def value(self, value: Term, about: list[ox.Triple]) -> str:
        """Show a value; `about` tells of the blank nodes in it."""
        if isinstance(value, ox.NamedNode):
            return self.thing(value)
        return self._within(value, about, 0)

    def _within(self, value: Term, about: list[ox.Triple], depth: int) -> str:
        """Show a value that stands in a blank node: what is named, by its name alone."""
        if isinstance(value, ox.NamedNode):
            return self.name(value)
        if isinstance(value, ox.Literal):
            return f"“{escaped(value.value)}”"
        return self._node(value, about, depth) if depth < _DEEPEST else "…"

    def _node(self, node: Term, about: list[ox.Triple], depth: int) -> str:
        """Tell of a blank node what is said of it, a passage as it is cited, a list in brackets."""
        if items := _items(node, about):
            shown = [self._within(item, about, depth + 1) for item in items[:_LONGEST]]
            return f"({', '.join(shown)}{', …' if len(items) > _LONGEST else ''})"
        told: dict[str, list[str]] = {}
        cited = []
        for triple in about:
            if triple.subject == node and triple.predicate == _PASSAGE:
                cited.append(escaped(citation(self._described(triple.object), noted=True)))
            elif triple.subject == node:
                value = self._within(triple.object, about, depth + 1)
                told.setdefault(self.name(triple.predicate), []).append(value)
        parts = [f"{prop} {', '.join(sorted(values))}" for prop, values in sorted(told.items())]
        return "; ".join([*sorted(cited), *parts])


def _items(node: Term, about: list[ox.Triple]) -> list[Term]:
    """Give what a list holds: https://www.w3.org/TR/rdf-schema/#ch_collectionvocab."""
    cells = {(t.subject, t.predicate): t.object for t in about}
    items: list[Term] = []
    while isinstance(node, ox.BlankNode) and (node, _FIRST) in cells:
        items.append(cells.pop((node, _FIRST)))
        node = cells.get((node, _REST), _NIL)
    return items


def code(thing: ox.NamedNode) -> str:
    """Write an IRI, as its CURIE where there is one."""
    return f"`{shorten(thing.value)}`"


def escaped(text: str) -> str:
    """Let text be text: https://spec.commonmark.org/0.31.2/#backslash-escapes."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
