"""The closure by owlrl: slow, and complete where :mod:`migkg.reasoning.closure` is not."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pyoxigraph as ox
from owlrl.OWLRL import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from migkg.errors import InputError
from migkg.rdflib_terms import statement_of
from migkg.reasoning.clash import Clash
from migkg.reasoning.closure import Closure, contradictions, says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement
    from migkg.terms import GraphName


def close(store: ox.Store, said: GraphName) -> Closure:
    """Find what OWL 2 RL entails of what a graph of a store says, without what says nothing.

    :raises InputError: an axiom that owlrl cannot read
    """
    given = {
        statement_of(quad.triple, typed_strings=True): quad.triple
        for quad in store.quads_for_pattern(None, None, None, said)
    }
    statements, complaints = _closed(set(given))
    terms = {node: term for s, t in given.items() for node, term in zip(s, t, strict=True)}
    entailed = [
        ox.Triple(*(terms.get(node) or ox.NamedNode(str(node)) for node in statement))
        for statement in statements
        if isinstance(statement[1], URIRef) and not isinstance(statement[0], Literal)
    ]
    whole = ox.Store()
    whole.bulk_extend(ox.Quad(*triple) for triple in (*given.values(), *entailed))
    clashes = contradictions(whole)
    if not clashes:
        clashes = [Clash("owlrl", None, complaint, ()) for complaint in complaints]
    told = set(given.values())
    return Closure([t for t in entailed if t not in told and not says_nothing(t)], clashes)


def _closed(given: set[Statement]) -> tuple[set[Statement], list[str]]:
    graph = Graph()
    for statement in given:
        graph.add(statement)
    reasoner = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    rules = reasoner.rules

    def corrected(statement: Statement, _cycle: int) -> None:
        subject, predicate, list_ = statement
        if predicate == OWL.hasKey:  # owlrl's prp-key does not look at the last property
            for same in _same_keys(graph, subject, list(graph.items(list_))):
                reasoner.store_triple(same)
            return
        if predicate in (OWL.intersectionOf, OWL.unionOf):  # it has no scm-int, no scm-uni
            for member in graph.items(list_):
                pair = (subject, member) if predicate == OWL.intersectionOf else (member, subject)
                reasoner.store_triple((pair[0], RDFS.subClassOf, pair[1]))
        rules(statement, 2)  # in cycle 1 it lists blank nodes, in quadratic time

    def without_error_nodes() -> None:
        complaints.extend(m for m in reasoner.error_messages if not m.startswith("Lexical value"))
        reasoner.error_messages.clear()

    complaints: list[str] = []
    reasoner.rules, reasoner.post_process = corrected, without_error_nodes
    try:
        reasoner.closure()
    except (AttributeError, ValueError) as error:
        raise InputError(f"an axiom cannot be reasoned with: {error}") from error
    return set(graph), complaints


def _same_keys(graph: Graph, of: Node, keys: list[Node]) -> Iterator[Statement]:
    first: dict[tuple[Node, ...], Node] = {}
    for thing in graph.subjects(RDF.type, of) if keys else ():
        for values in product(*(list(graph.objects(thing, key)) for key in keys)):
            yield thing, OWL.sameAs, first.setdefault(values, thing)
