"""Code lists: the codes of one with the broader ones on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.namespaces import SKOS
from migkg.pages.reading import Name, texts
from migkg.pages.values import Shown, order, show
from migkg.store import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.pages.reading import Reading
    from migkg.pages.view import View
    from migkg.terms import Term

_IN_SCHEME, _BROADER = (ox.NamedNode(SKOS + name) for name in ("inScheme", "broader"))

_DEEPEST = 50  # codes below one another


class Node(NamedTuple):
    """A code, its definition, and the codes that are narrower."""

    shown: Shown
    definition: Name | None
    narrower: list[Node]


def concepts(reading: Reading, scheme: ox.NamedNode) -> list[ox.NamedNode]:
    """List the codes of a list, by IRI."""
    quads = reading.store.quads_for_pattern(None, _IN_SCHEME, scheme, ALL)
    return sorted((q.subject for q in quads if isinstance(q.subject, ox.NamedNode)), key=str)


def tree(view: View, scheme: ox.NamedNode) -> list[Node]:
    """Arrange the codes of a list: each below its broader ones, every code at least once.

    Of a circle of broader codes the first by IRI is on top, as is what would lie too deep.
    """
    store = view.reading.store
    inside = concepts(view.reading, scheme)
    below: dict[Term, list[ox.NamedNode]] = {concept: [] for concept in inside}
    within: set[ox.NamedNode] = set()
    for concept in inside:
        for quad in store.quads_for_pattern(concept, _BROADER, None, ALL):
            if quad.object in below and quad.object != concept:
                below[quad.object].append(concept)
                within.add(concept)
    seen: set[ox.NamedNode] = set()

    def nodes(some: Iterable[ox.NamedNode], path: tuple[ox.NamedNode, ...]) -> list[Node]:
        found = []
        for concept in some:
            seen.add(concept)
            deeper = below[concept] if len(path) < _DEEPEST else ()
            narrower = [c for c in deeper if c not in path]
            found.append(
                Node(
                    show(view, concept),
                    texts(store, concept, SKOS + "definition", view.language),
                    nodes(narrower, (*path, concept)),
                )
            )
        return sorted(found, key=lambda node: order(node.shown))

    found = nodes([concept for concept in inside if concept not in within], ())
    for concept in inside:
        if concept not in seen:
            found += nodes([concept], ())
    return found
