"""A value of a parameter is looked up where it may be, and the answer is that of the condition."""

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migkg import sparql
from migkg.queries import catalogue

NARROWED = [
    "?s e:p ?x . FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri)) ?s e:p ?x",
    "?s e:p ?x . OPTIONAL { ?x e:q ?o } FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "OPTIONAL { ?s e:q ?o } ?s e:p ?x . FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "{ ?s e:p ?x . FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri)) } UNION { ?s e:q ?x }",
    "?s e:q ?o OPTIONAL { ?s e:p ?x . FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri)) }",
    "?s e:p ?x . FILTER NOT EXISTS { ?x e:q ?y } FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "?s e:p ?x, ?y . FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri) )"
    " FILTER (?y IN (COALESCE(?__w_iri, ?y), ?__w_iri))",
    "?s e:p ?x FILTER(?x IN (?_v_iri))",
    "{ SELECT ?s ?x { ?s e:p ?x . FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri)) } } ?s e:q ?o",
]
LEFT = [
    "?s e:q ?o OPTIONAL { ?s e:p ?x } FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "OPTIONAL { ?s e:q ?x } ?s e:p ?x FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "{ ?s e:p ?x } UNION { ?s e:q ?o } FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "?s e:p ?o BIND (?o AS ?x) FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "VALUES ?x { UNDEF e:1 } ?s e:p ?o FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "?s e:p ?o FILTER (?x IN (COALESCE(?__v_iri, ?x), ?__v_iri))",
    "?s e:p ?x FILTER (COALESCE(?x, e:1) IN (COALESCE(?__v_iri, ?x, e:1), ?__v_iri))",
    "?s e:p ?x . ?t e:q ?u FILTER (?x IN (?_v_iri) || ?s = ?u)",
]
THINGS = [ox.NamedNode(f"http://e/{number}") for number in range(4)]
TRIPLES = st.lists(
    st.builds(
        ox.Quad,
        st.sampled_from(THINGS),
        st.sampled_from([ox.NamedNode("http://e/p"), ox.NamedNode("http://e/q")]),
        st.sampled_from(THINGS),
    ),
    max_size=12,
)


def rows(quads: list[ox.Quad], text: str) -> Counter[tuple[object, ...]]:
    store = ox.Store()
    store.extend(quads)
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return Counter(tuple(solution) for solution in found)


@pytest.mark.parametrize("body", NARROWED + LEFT)
@given(TRIPLES, st.lists(st.sampled_from(THINGS), min_size=1, max_size=3))
def test_what_is_looked_up_is_what_the_condition_chooses(
    body: str, quads: list[ox.Quad], values: list[ox.NamedNode]
) -> None:
    text = f"PREFIX e: <http://e/> SELECT ?s ?x ?o WHERE {{ {body} }}"
    query = catalogue.parse("x.rq", text)
    bound = catalogue.bind_to_look_up(
        query, {parameter.name: values for parameter in query.parameters}
    )
    listed = ", ".join(map(sparql.term, values))
    chosen = [token for token in sparql.variables(text) if token.name.startswith("_")]
    condition = sparql.replace_tokens(text, chosen, lambda _: listed)
    assert rows(quads, bound) == rows(quads, condition)
    assert (" IN (" in bound) == (body not in NARROWED)


def test_without_a_value_nothing_is_chosen() -> None:
    text = f"PREFIX e: <http://e/> SELECT ?s WHERE {{ {NARROWED[0]} }}"
    assert catalogue.bind_to_look_up(catalogue.parse("x.rq", text), {}) == text
