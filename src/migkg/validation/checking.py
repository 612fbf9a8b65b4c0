"""Runs the checks of the whole graph: queries, and the modules of :mod:`migkg.validation.checks`.

A rule that SPARQL can tell is a query, ``queries/checks/<rule>.rq``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from migkg import graph, store
from migkg.queries import catalogue
from migkg.validation import check_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import Graph as Statements

    from migkg.queries.query import StoredQuery
    from migkg.validation.finding import Outcome

MODULES = (
    "unfinished_addition",
    "canonical_turtle",
    "declared_prefixes",
    "undeclared_terms",
    "deprecated_unused",
    "classes_asked",
    "schemes_asked",
    "shape_cases",
    "languages",
    "evidence_complete",
    "evidence_borne_out",
    "evidence_covers",
)


class Context(NamedTuple):
    """What a check may look at.

    `data` holds the statements of the sources, `shapes` those of the shapes, literals as they are
    written. `store` answers SPARQL: its default graph is what the sources say and entail; the
    named graphs `store.ASSERTED` and `store.INFERRED` hold these apart, and each file of sources
    or shapes is a named graph of its own (`graph.graph_name`).
    """

    graph: graph.Graph
    data: Statements
    shapes: Statements
    store: ox.Store
    queries: tuple[StoredQuery, ...]
    check_queries: tuple[StoredQuery, ...]


def read(of: graph.Graph, opened: ox.Store, data: Statements, shapes: Statements) -> Context:
    """Make the context of a graph whose store is open and whose statements are read.

    :raises InputError: a stored query or a check cannot be read
    """
    whole = ox.Store()
    whole.bulk_extend(opened)
    for path in graph.shape_files(of):
        name = ox.NamedNode(graph.graph_name(of, path))
        whole.bulk_extend(ox.Quad(s, p, o, name) for s, p, o in graph.read(path))
    stored = tuple(catalogue.read(of).values())
    return Context(
        of, data, shapes, whole, stored, tuple(map(catalogue.own, graph.check_files(of)))
    )


def run(context: Context, progress: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
    """Run all checks, the queries first; `progress` gets the name of each before it is run.

    :raises InputError: a check is broken, or a file cannot be read
    """
    counted = f"{store.count(context.store, store.ALL):,} statements"
    for query in context.check_queries:
        progress(query.name)
        yield check_query.outcome(query, context.store, counted)
    for module in MODULES:
        progress(module.replace("_", "-"))
        yield cast("Outcome", import_module(f"migkg.validation.checks.{module}").check(context))
