"""Literals as the sources write them, where a store has them in another form."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph
from migkg.namespaces import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    from migkg.terms import Term

    Written = Callable[[ox.Triple], list[ox.Triple]]

_TEXTS = (XSD + "string", RDF + "langString")  # which a store has as they are
_VALUE = ox.NamedNode("urn:value")


def as_written(of: graph.Graph) -> Written:
    """Give the way from a statement of the store to the statements that sources have for it.

    A store writes "01"^^xsd:integer as 1; what was inferred of it is said of "01" as well. A
    statement whose value the sources write in two forms is two statements.
    """
    said: defaultdict[ox.Literal, set[ox.NamedNode | ox.BlankNode | ox.Triple]] = defaultdict(set)
    for path in graph.sources(of):
        for triple in graph.triples(path, graph.graph_name(of, path)):
            value = triple.object
            if isinstance(value, ox.Literal) and value.datatype.value not in _TEXTS:
                said[value].add(triple.subject)
    forms: defaultdict[tuple[Term, Term], list[ox.Literal]] = defaultdict(list)
    for literal, stored in _stored(list(said)):
        for subject in said[literal]:
            forms[subject, stored].append(literal)

    def written(triple: ox.Triple) -> list[ox.Triple]:
        found = forms.get((triple.subject, triple.object), [triple.object])
        return [ox.Triple(triple.subject, triple.predicate, form) for form in found]

    return written


def _stored(literals: list[ox.Literal]) -> list[tuple[ox.Literal, Term]]:
    """Pair literals with what a store makes of them, where some form of a value is another one."""
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:{at}"), _VALUE, literal) for at, literal in enumerate(literals)
    )
    pairs = [(literals[int(q.subject.value[4:])], q.object) for q in store]
    changed = {stored for literal, stored in pairs if literal != stored}
    return sorted((pair for pair in pairs if pair[1] in changed), key=str)
