"""An engine elsewhere gives the answers of the local store: Oxigraph's server, and Virtuoso 7."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, cast

import engines
import pyoxigraph as ox
import pytest
from test_stored_queries import NARROWED, QUERIES, VALUES, WITHOUT_SOURCES, asked

from migkg import lookup, store
from migkg.dataset import Solutions
from migkg.describe import describe, triples
from migkg.namespaces import PREFIXES
from migkg.remote.endpoint import Endpoint
from migkg.sources import rows
from migkg.why import grounding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migkg.queries.query import StoredQuery

ROOT = Path(__file__).parent.parent
START: dict[str, Callable[[Path], engines.Engine]] = {
    "oxigraph": engines.oxigraph,
    "virtuoso": engines.virtuoso,
}


def migkg(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MIGKG_") or name == "MIGKG_CACHE"
    }
    return subprocess.run(
        [sys.executable, "-m", "migkg", *arguments],
        env={**kept, "MIGKG_GRAPH": str(ROOT), "NETRC": os.devnull, **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session", params=START)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shipped: ox.Store
) -> Iterator[engines.Engine]:
    """An engine that the shipped graph was loaded into."""
    assert len(shipped) > 0
    running = START[request.param](tmp_path_factory.mktemp(request.param))
    try:
        to = running.update if running.name == "virtuoso" else running.graph_store
        loaded = migkg("build", "--to", to, **running.credentials)
        assert (loaded.returncode, loaded.stderr) == (0, "")
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def elsewhere(engine: engines.Engine) -> Endpoint:
    return Endpoint(engine.asked)


def answer(of: Endpoint | ox.Store, text: str) -> list[tuple[str, ...]]:
    found = of.query(text, default_graph=store.ALL)
    assert not isinstance(found, ox.QueryBoolean)
    return [tuple(map(str, row)) for row in found]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_stored_queries_give_the_same_rows_in_the_same_order(
    shipped: ox.Store, elsewhere: Endpoint, query: StoredQuery
) -> None:
    questions = [dict(question.values) for question in query.questions]
    asking = [VALUES.get(query.name, {}), (VALUES | NARROWED).get(query.name, {})]
    texts = [asked(shipped, query, given) for given in asking]
    texts += [
        asked(shipped, query, {name: values[0] for name, values in given.items()})
        for given in questions
    ]
    for text in dict.fromkeys(texts):
        assert answer(elsewhere, text) == answer(shipped, text)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(ISLITERAL(?o)) }",
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?e ?p { mkd:project-prospects mk:evidence ?e . ?e ?p ?o }",
        "CONSTRUCT { ?p mk:evidence ?e ; mk:x [ mk:y ?c ] } "
        "{ ?p a mk:Project ; mk:country ?c ; mk:evidence ?e }",
        "CONSTRUCT WHERE { ?p mk:budget ?b ; mk:evidence ?e }",
        "CONSTRUCT { mk:a mk:b mk:c } WHERE { mk:Project a owl:Class }",
    ],
)
def test_queries_of_ones_own_give_the_same(
    shipped: ox.Store, elsewhere: Endpoint, query: str
) -> None:
    def found(of: Endpoint | ox.Store) -> object:
        rows_or_triples = of.query(query, prefixes=PREFIXES, default_graph=store.ALL)
        assert not isinstance(rows_or_triples, ox.QueryBoolean)
        if isinstance(rows_or_triples, Solutions):
            return Counter(map(tuple, rows_or_triples))
        kept = ox.Dataset(ox.Quad(*triple) for triple in rows_or_triples)
        kept.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        return set(kept)

    assert found(shipped)
    assert found(elsewhere) == found(shipped)


@pytest.mark.parametrize(
    ("query", "says"), [("ASK { ?p a mk:Project }", True), ("ASK { mk:a mk:b mk:c }", False)]
)
def test_yes_and_no(elsewhere: Endpoint, query: str, says: bool) -> None:
    found = elsewhere.query(query, prefixes=PREFIXES, default_graph=store.ALL)
    assert isinstance(found, ox.QueryBoolean)
    assert bool(found) is says


def test_what_was_asserted_is_asked_alone(shipped: ox.Store, elsewhere: Endpoint) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for name in (store.ASSERTED, store.INFERRED, store.ALL):
        (local,), (remote,) = (
            cast("Solutions", of.query(query, default_graph=name)) for of in (shipped, elsewhere)
        )
        assert tuple(remote) == tuple(local)


def test_all_that_was_loaded_is_there_as_it_was(shipped: ox.Store, elsewhere: Endpoint) -> None:
    for name in shipped.named_graphs():
        there = Counter(elsewhere.quads_for_pattern(None, None, None, name))
        assert there == Counter(shipped.quads_for_pattern(None, None, None, name)), name


@pytest.mark.parametrize(
    "query", [q for q in QUERIES.values() if q.name not in WITHOUT_SOURCES], ids=lambda q: q.name
)
def test_rows_have_the_same_sources(
    shipped: ox.Store, engine: engines.Engine, query: StoredQuery
) -> None:
    text = asked(shipped, query, VALUES.get(query.name, {}))
    assert rows.explain(Endpoint(engine.asked), text, store.ALL) == rows.explain(
        shipped, text, store.ALL
    )


THINGS = (
    "PROSPECTS",
    "mkd:organization-ilo",
    "ETH",
    "mk:Project",
    "C097",
    "mkd:document-000",
    "mkc:population-group-refugees",
)


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_is_described_the_same(
    shipped: ox.Store, engine: engines.Engine, thing: str
) -> None:
    remote = Endpoint(engine.asked)
    node = lookup.resolve(shipped, thing, None)
    assert lookup.resolve(remote, thing, None) == node
    found = describe(remote, node)
    assert found == describe(shipped, node)
    there, here = grounding(remote, "en"), grounding(shipped, "en")
    for statement in found.statements + found.references:
        assert there(statement.triple) == here(statement.triple)
    assert set(triples(remote, node)) == set(triples(shipped, node))
