"""Times all stored queries, warm and within one process each: migkg, pyoxigraph alone, rdflib.

.venv/bin/python bench/suite.py [STATEMENTS [RUNS]]
STATEMENTS  of the grown graph (default 100000)
RUNS        of the suite by migkg and by pyoxigraph, in turn (default 5); rdflib runs once

migkg: values resolved, query read and bound, rows as a program gets them. pyoxigraph: the SPARQL
that comes out of this. rdflib: the same SPARQL over the same statements in its memory; a query
that it has not answered within DEADLINE seconds is stopped, and counted as so long.
"""

import os
import resource
import signal
import statistics
import sys
import time
from collections.abc import Callable, Mapping

import pyoxigraph as ox
from measuring import Line, Measured, grown, print_table

from migkg import graph, lookup, store
from migkg.queries import catalogue
from migkg.queries.query import StoredQuery

DEADLINE = 10
VALUES = {
    "compare-deficits": {"first": "003", "second": "004"},
    "compare-documents": {"document": "001", "other": "002"},
    "list-cooperative-roles": {"population": "refugees"},
    "list-instruments-by-documents": {"documents": "1"},
    "list-projects-by-activity": {"activity": "capacity building"},
    "list-projects-by-population": {"population": "return migrants"},
    "list-ways-of-taking-part": {"population": "refugees"},
    "show-project": {"project": "PROSPECTS"},
}


def bound(opened: ox.Store, query: StoredQuery, given: Mapping[str, str]) -> str:
    terms: dict[str, list[ox.NamedNode | ox.Literal]] = {
        p.name: [
            lookup.resolve(opened, given[p.name], p.domain)
            if p.kind == "iri"
            else lookup.literal(p.kind, given[p.name])
        ]
        for p in query.parameters
        if p.name in given
    }
    return catalogue.bind_to_look_up(query, terms)


def answer(opened: ox.Store, text: str) -> int:
    found = opened.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return sum(1 for _ in found)


def by_migkg(of: graph.Graph, opened: ox.Store, name: str) -> int:
    query = catalogue.stored(of, name)
    return answer(opened, bound(opened, query, VALUES.get(name, {})))


def by_rdflib(opened: ox.Store, texts: Mapping[str, str]) -> tuple[dict[str, float], float]:
    """Ask rdflib each query in a process of its own, which shares the graph; seconds and MB."""
    import rdflib
    from rdflib.plugins.stores.memory import Memory

    from migkg.rdflib_terms import statement_of

    asked = rdflib.Graph(store=Memory())
    for quad in opened.quads_for_pattern(None, None, None, store.ALL):
        asked.add(statement_of(quad.triple))
    seconds = {}
    for name, text in texts.items():
        began = time.perf_counter()
        child = os.fork()
        if not child:
            signal.alarm(DEADLINE)  # ends the child, as nothing handles it
            try:
                list(asked.query(text))
            except Exception as error:
                print(f"rdflib fails at {name}: {error}", flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        seconds[name] = time.perf_counter() - began
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    of = graph.Graph(grown(statements))
    opened = store.open_store(of, print)
    names = list(catalogue.read(of))
    texts = {n: bound(opened, catalogue.stored(of, n), VALUES.get(n, {})) for n in names}
    ways: dict[str, Callable[[str], int]] = {
        "migkg": lambda name: by_migkg(of, opened, name),
        "pyoxigraph": lambda name: answer(opened, texts[name]),
    }
    took: dict[str, dict[str, list[float]]] = {w: {n: [] for n in names} for w in ways}
    for turn in range(runs + 1):
        for name in names:
            for way, ask in ways.items():
                began = time.perf_counter()
                ask(name)
                if turn:  # the first fills the caches
                    took[way][name].append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    suite = {w: {n: statistics.median(took[w][n]) for n in names} for w in ways}
    slow, held = by_rdflib(opened, texts)
    stopped = sum(seconds >= DEADLINE for seconds in slow.values())
    ours, bare = sum(suite["migkg"].values()), sum(suite["pyoxigraph"].values())
    print_table(
        f"All {len(names)} stored queries once, warm, {statements:,} statements",
        [
            Line("migkg", Measured(ours, peak, runs)),
            Line("pyoxigraph", Measured(bare, peak, runs), "1.3"),
            Line("rdflib, at least", Measured(sum(slow.values()), held, 1), "0.05"),
        ],
    )
    print(f"rdflib was stopped at {stopped} queries, each after {DEADLINE} seconds")
    print("\nthe slowest, in ms              migkg  pyoxigraph   rdflib")
    for name in sorted(names, key=lambda n: -suite["migkg"][n])[:8]:
        cells = (suite["migkg"][name], suite["pyoxigraph"][name], slow[name])
        print(f"{name:30}" + "".join(f"{seconds * 1000:10.1f}" for seconds in cells))


if __name__ == "__main__":
    main()
