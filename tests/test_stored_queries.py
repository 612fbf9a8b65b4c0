"""Each stored query against what the documents say, and against answering from nothing."""

import csv
import io
import os
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from migkg import graph, lookup, store
from migkg.queries import catalogue
from migkg.queries.query import StoredQuery
from migkg.results import formats
from migkg.sources import algebra, paths, rows

TESTS = Path(__file__).parent
QUERIES = catalogue.read(graph.find(str(TESTS.parent), os.getcwd()))
# what is asked of a query that takes a value; others are asked for everything
VALUES = {
    "compare-deficits": {"first": "003", "second": "004"},
    "compare-documents": {"document": "001", "other": "002"},
    "list-claims": {"claimant": "Guy Ryder"},
    "list-cooperative-roles": {"population": "refugees"},
    "list-instruments-by-documents": {"documents": "1"},
    "list-ways-of-taking-part": {"population": "refugees"},
    "list-projects-by-population": {"population": "migrants de retour"},
    "list-projects-by-activity": {"activity": "fortalecimiento de capacidades"},
    "list-codes": {"scheme": "Statuses of ratification"},
    "show-project": {"project": "PROSPECTS"},
}


# patterns that matter only when a value is given
NARROWED = {
    "show-project": {"project": "Dignità in campo"},
    "list-instruments": {"kind": "convention"},
    "list-policy-measures": {"area": "cooperation between countries"},
    "list-projects-by-cooperative-role": {"area": "recruitment"},
    "list-consequences": {"deficit": "discrimination"},
    "list-organizations": {"kind": "international organization"},
    "list-affected": {"event": "COVID-19 pandemic"},
    "list-project-status": {"country": "Éthiopie"},
    "list-projects": {
        "project": "Cooperatives among return migrants in Ethiopia",
        "country": "ETH",
    },
}


def asked(store: ox.Store, query: StoredQuery, given: Mapping[str, str]) -> str:
    values: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for parameter in query.parameters:
        if text := given.get(parameter.name):
            values[parameter.name] = [
                lookup.resolve(store, text, parameter.domain)
                if parameter.kind == "iri"
                else lookup.literal(parameter.kind, text)
            ]
    return catalogue.bind(query, values)


def answer(store: ox.Store, text: str) -> list[list[str]]:
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    out = io.BytesIO()
    formats.write([v.value for v in found.variables], (tuple(s) for s in found), "csv", out)
    return list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_query_answers_as_expected(shipped: ox.Store, query: StoredQuery) -> None:
    with open(TESTS / "expected" / f"{query.name}.csv", encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert answer(shipped, asked(shipped, query, VALUES.get(query.name, {}))) == expected


@pytest.fixture(scope="module")
def shuffled(shipped: ox.Store) -> ox.Store:
    """The statements of the graph, stored in another order."""
    quads = list(shipped.quads_for_pattern(None, None, None, store.ALL))
    random.Random(1).shuffle(quads)
    other = ox.Store()
    for quad in quads:
        other.add(quad)
    return other


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_rows_come_in_one_order(shipped: ox.Store, shuffled: ox.Store, query: StoredQuery) -> None:
    text = asked(shipped, query, VALUES.get(query.name, {}))
    assert answer(shuffled, text) == answer(shipped, text)


def test_every_expected_result_has_its_query() -> None:
    assert {path.stem for path in (TESTS / "expected").iterdir()} == QUERIES.keys()


def predicates(text: str) -> set[str]:
    """The IRIs that the positive triple patterns of a query have as predicates."""
    select = algebra.read(text)
    selects = [select]
    for inner in selects:
        selects += [nested.select for nested in inner.nested]
    written = {
        leaf for s in selects for pattern in s.patterns for leaf in paths.leaves(pattern.path)
    }
    found = set()
    namespaces = dict(re.findall(r"PREFIX ([\w-]+): <(.+?)>", text))
    for term in written:
        if term == "a":
            found.add("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        elif not term.startswith("?"):
            prefix, _, local = term.strip("<>").partition(":")
            found.add(namespaces[prefix] + local if prefix in namespaces else term.strip("<>"))
    return found


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_query_rests_on_each_of_its_patterns(shipped: ox.Store, query: StoredQuery) -> None:
    """Without the statements that a pattern matches, the answer is another one."""
    texts = [
        asked(shipped, query, values.get(query.name, {})) for values in (VALUES, VALUES | NARROWED)
    ]
    quads = list(shipped.quads_for_pattern(None, None, None, store.ALL))
    fixture = TESTS / "cases" / "queries" / f"{query.name}.ttl"
    if fixture.exists():
        quads += [ox.Quad(*t) for t in graph.read(str(fixture))]
    whole = ox.Store()
    whole.extend(quads)
    full = [answer(whole, text) for text in texts]
    assert all(len(rows) > 1 for rows in full)
    for predicate in sorted(predicates(texts[0])):
        less = ox.Store()
        less.extend(q for q in quads if q.predicate.value != predicate)
        assert [answer(less, text) for text in texts] != full, (
            f"the answer does not rest on {predicate}"
        )


def test_figures_of_two_sources_are_compared_in_numbers(shipped: ox.Store) -> None:
    """From 164 million (2018) to 169 million (2021) it is 5 million more, 3.0 per cent."""
    quads = list(shipped.quads_for_pattern(None, None, None, store.ALL))
    fixture = TESTS / "cases" / "queries" / "compare-figures.ttl"
    whole = ox.Store()
    whole.extend([*quads, *(ox.Quad(*t) for t in graph.read(str(fixture)))])
    asking = asked(whole, QUERIES["compare-figures"], {"indicator": "migrant workers"})
    head, *rows = answer(whole, asking)
    [told] = [
        row
        for row in (dict(zip(head, cells, strict=True)) for cells in rows)
        if row["firstSource"] == "Global estimates on international migrant workers"
    ]
    assert (told["first"], told["second"]) == ("164000000", "169000000")
    assert (told["difference"], float(told["percent"])) == ("5000000", 3.0)
    assert told["secondPeriod"] == "2018"


# Code lists and terms are the editors' own; counts of things have no passage of their own.
WITHOUT_SOURCES = {"count-things", "list-codes", "map-ways-to-models"}


@pytest.mark.parametrize(
    "query", [q for q in QUERIES.values() if q.name not in WITHOUT_SOURCES], ids=lambda q: q.name
)
def test_every_row_has_its_sources(shipped: ox.Store, query: StoredQuery) -> None:
    explained = rows.explain(shipped, asked(shipped, query, VALUES.get(query.name, {})), store.ALL)
    for row, supports in explained.rows:
        assert supports, row
