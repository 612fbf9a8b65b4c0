"""Constraints in SPARQL are answered as rdflib answers them, wherever they are answered at all."""

import pytest
from judging import INVALID
from rdflib import SH, Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery

from migkg.prepared import Prepared
from migkg.validation import selecting
from migkg.validation.answering import Answering
from migkg.validation.index import Index
from migkg.validation.shacl import Shapes, _asked

EX = "https://example.org/"


def test_our_constraints_have_the_rows_that_rdflib_finds(data: Graph, shapes: Graph) -> None:
    made = Shapes(shapes, "the shapes")
    statements = Answering(store=Index(), bind_namespaces="none")
    statements += data
    for case in INVALID:
        statements.parse(case)
    answered = 0
    for constraint in made.constraints:
        if constraint.parameters() != {SH.sparql}:
            continue
        aimed = set().union(*(made.targets(s, statements) for s in constraint.shapes))
        [query] = made.component(constraint).sparql_constraints
        for node in sorted(aimed, key=str)[::47]:
            text = _asked(query, node)
            rows = statements.rows(text, node)
            if rows is not None:
                answered += 1
                expected = Prepared.query(statements, text, initBindings={"this": node})
                assert as_set(rows) == as_set(expected.bindings), (constraint.part, node)
    assert answered > 500


def as_set(rows: object) -> set[frozenset[object]]:
    return {frozenset(row.items()) for row in rows}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "group",
    [
        "$this ex:p ?value",
        "$this ex:p ?value . ?other ex:p ?value FILTER(?other != $this)",
        "$this ex:p/ex:q* ?value",
        "$this ^ex:q|ex:p ?value",
        "$this ?path ?value . FILTER(ISIRI(?value) || (ISLITERAL(?value) && LANG(?value) = 'en'))",
        "$this ?path ?value . FILTER(ISLITERAL(?value)) OPTIONAL { ?value ex:q ?more }",
        "$this ex:p ?value . OPTIONAL { ?value ex:q ?more } FILTER(!BOUND(?more))",
        "$this ex:p ?value . FILTER NOT EXISTS { ?value ex:q ?more FILTER(?more != ?value) }",
        "$this ?path ?value . FILTER(?value IN (ex:b, $this) || ?path NOT IN (ex:p))",
        "$this ?path ?value . FILTER(CONTAINS(STR(?value), 'b') && REGEX(STR(?value), '^h'))",
        "$this ?path ?value . FILTER(STRSTARTS(STR(?value), STR($this)) || ISBLANK(?value))",
        "$this ex:p ?value FILTER EXISTS { ?value ex:q ?x . OPTIONAL { ?x ex:q ?y } ?x ex:p ?z }",
    ],
)
def test_simple_groups_have_the_rows_that_rdflib_finds(group: str) -> None:
    statements = Answering(store=Index(), bind_namespaces="none")
    statements.parse(
        data=f"""@prefix ex: <{EX}> .
        ex:a ex:p ex:b , ex:c , "b"@en , "b" , "b"@fr , 7 , [ ex:q ex:a ] ; ex:q ex:a , ex:ab .
        ex:b ex:q ex:c ; ex:p "b" , ex:a . ex:c ex:q ex:c , ex:b ; ex:p 7.0 . ex:ab ex:p ex:b .""",
        format="turtle",
    )
    text = f"PREFIX ex: <{EX}> SELECT $this ?path ?value WHERE {{ {group} }}"
    for this in statements.all_nodes():
        rows = statements.rows(text, this)
        assert rows is not None
        expected = Prepared.query(statements, text, initBindings={"this": this})
        assert as_set(rows) == as_set(expected.bindings), this


@pytest.mark.parametrize(
    "group",
    [
        "$this ex:p ?value FILTER(?value > 6)",  # the value of a literal
        "$this ex:p ?value FILTER(?value = 7.0)",
        "$this ex:p ?value FILTER(?nothing = ?value)",  # an error
        "$this ex:p ?value FILTER(STRLEN(?value) > 1)",
        "{ $this ex:p ?value } UNION { $this ex:q ?value }",
        "$this ex:p ?value . OPTIONAL { ?value ex:q ?more FILTER(?more = $this) }",
        "$this ex:p [ ex:q ?value ]",
    ],
)
def test_what_is_not_simple_is_left_to_rdflib(group: str) -> None:
    statements = Answering(store=Index(), bind_namespaces="none")
    statements.add((URIRef(EX + "a"), URIRef(EX + "p"), Literal(7)))
    text = f"PREFIX ex: <{EX}> SELECT $this ?value WHERE {{ {group} }}"
    assert statements.rows(text, URIRef(EX + "a")) is None


def test_other_queries_are_not_read() -> None:
    ask = prepareQuery("ASK { ?this ?p ?o }")
    counted = prepareQuery("SELECT (COUNT(?o) AS ?n) { ?this ?p ?o }")
    assert selecting.read(ask) is None
    assert selecting.read(counted) is None
    assert selecting.read(prepareQuery("SELECT ?o { ?this ?p ?o }")).variables == [Variable("o")]  # type: ignore[union-attr]
