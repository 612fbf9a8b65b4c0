"""Which things a changed statement can matter to: never too few, and as few as can be told."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node
from shapes_at_random import PREFIXES

from migkg.prepared import Prepared
from migkg.rdflib_terms import triples_of
from migkg.validation import paths
from migkg.validation.index import Index
from migkg.validation.looked_at import LookedAt
from migkg.validation.reach import Reach
from migkg.validation.statements import statements

EX = "https://example.org/"
P, Q, R = (URIRef(EX + name) for name in "pqr")
NODES = [URIRef(f"{EX}n{i}") for i in range(4)]

STATEMENTS = st.sets(
    st.tuples(st.sampled_from(NODES), st.sampled_from([P, Q, R]), st.sampled_from(NODES)),
    max_size=10,
)
STEPS = st.sampled_from([P, Q, R])
EXCLUDED = st.sampled_from(
    [("!", (P,)), ("!", (P, Q)), ("!", (("^", (P,)),)), ("!", (P, ("^", (Q,))))]
)
PATHS = st.recursive(
    STEPS | EXCLUDED,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("/|"), st.tuples(inner, inner)),
        st.tuples(st.sampled_from("^*+?"), st.tuples(inner)),
    ),
    max_leaves=4,
)


def as_sparql(path: Any) -> str:
    if not isinstance(path, tuple):
        return f"<{path}>"
    operator, parts = path
    inner = [as_sparql(part) for part in parts]
    if operator == "!":
        return f"!({'|'.join(inner)})"
    if operator == "^":
        return f"^{inner[0]}" if not isinstance(parts[0], tuple) else f"^({inner[0]})"
    return f"({operator.join(inner)})" if operator in "/|" else f"({inner[0]}){operator}"


def asked(said: set[Any], where: str) -> set[Node]:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples_of(said))
    found = store.query(f"SELECT ?x {{ {where} }}")
    assert isinstance(found, ox.QuerySolutions)
    return {URIRef(row["x"].value) for row in found}


def index(of: set[Any]) -> Index:
    found = Index()
    for statement in of:
        found.add(statement)
    return found


@given(STATEMENTS, PATHS, st.sampled_from(NODES))
def test_paths_lead_where_sparql_goes(said: set[Any], path: Any, node: Node) -> None:
    assume(any(node in statement for statement in said))  # else Oxigraph knows no such node
    there = asked(said, f"<{node}> {as_sparql(path)} ?x")
    assert paths.ends(index(said), path, [node]) == there
    back = asked(said, f"?x {as_sparql(path)} <{node}>")
    assert paths.ends(index(said), path, [node], forward=False) == back


@given(
    STATEMENTS, PATHS, st.sampled_from(NODES), st.sampled_from([P, Q, R]), st.sampled_from(NODES)
)
def test_walks_that_a_statement_makes_are_around_it(
    said: set[Any], path: Any, s: Node, p: Node, o: Node
) -> None:
    before, after = index(said - {(s, p, o)}), index(said | {(s, p, o)})
    around = list(paths.around(after, path, (s, p, o)))
    for start in NODES:
        for end in paths.ends(after, path, [start]) - paths.ends(before, path, [start]):
            assert any(start in starts and end in stops for starts, stops in around)


@given(STATEMENTS, st.data())
def test_index_finds_what_rdflib_finds(said: set[Any], data: st.DataObject) -> None:
    """After some were removed again, by whatever terms they are looked up."""
    plain, quick = Graph(), Graph(store=index(said))
    gone = data.draw(st.sets(st.sampled_from(sorted(said)), max_size=5) if said else st.just(set()))
    for statement in said - gone:
        plain.add(statement)
    for statement in gone:
        quick.remove(statement)
    assert len(quick) == len(plain)
    for s in (None, *NODES):
        for p in (None, P, Q, R):
            for o in (None, *NODES):
                assert set(quick.triples((s, p, o))) == set(plain.triples((s, p, o)))
                assert ((s, p, o) in quick) == ((s, p, o) in plain)


GRAPH = """
ex:a a ex:Project ; ex:country ex:jor ; ex:part ex:a1 , ex:a2 ; ex:code "A" .
ex:b a ex:Pilot ; ex:country ex:jor ; ex:part ex:b1 ; ex:code "B" .
ex:c a ex:Project ; ex:country ex:eth ; ex:code "C" .
ex:a1 ex:agent ex:ilo . ex:b1 ex:agent ex:ilo .
ex:jor a ex:Country . ex:eth a ex:Country . ex:Pilot rdfs:subClassOf ex:Project .
"""


def reached(tmp_path: Path, asks: str, changed: str) -> set[str] | None:
    """Of which things a change can alter the verdict; None: of all."""
    path = tmp_path / "shapes.ttl"
    shape = f"ex:S a sh:NodeShape ; sh:targetClass ex:Project ; {asks} ."
    path.write_text(PREFIXES + shape, encoding="utf-8")
    shapes = statements([str(path)])
    (tmp_path / "data.ttl").write_text(PREFIXES + GRAPH + changed, encoding="utf-8")
    (tmp_path / "changed.ttl").write_text(PREFIXES + changed, encoding="utf-8")
    data, more = (statements([str(tmp_path / f"{name}.ttl")]) for name in ("data", "changed"))
    asking = {p for p in shapes.predicates(URIRef(EX + "S")) if p not in {RDF.type, SH.targetClass}}
    triggers = LookedAt(shapes).constraint(URIRef(EX + "S"), asking, None)
    assert isinstance(data.store, Index)
    found = Reach([("it", triggers)]).of(list(more), data.store).get("it", set())
    return None if found is None else {str(node).removeprefix(EX) for node in found}


def sparql(where: str) -> str:
    return f'sh:sparql [ sh:select """PREFIX ex: <{EX}> SELECT $this WHERE {{ {where} }}""" ]'


CASES = [
    ("sh:property [ sh:path ex:code ; sh:maxCount 1 ]", 'ex:a ex:code "D" .', {"a"}),
    ("sh:property [ sh:path ex:code ; sh:maxCount 1 ]", "ex:a ex:country ex:eth .", set()),
    ("sh:property [ sh:path ex:country ; sh:class ex:Country ]", "ex:jor a ex:X .", set()),
    (
        "sh:property [ sh:path ex:country ; sh:class ex:Country ]",
        "ex:Country rdfs:subClassOf ex:Place .",
        set(),
    ),
    (
        "sh:property [ sh:path ex:country ; sh:class ex:Place ]",
        "ex:Country rdfs:subClassOf ex:Place .",
        {"a", "b", "c"},
    ),
    (
        "sh:property [ sh:path ( ex:part ex:agent ) ; sh:minCount 1 ]",
        "ex:b1 ex:agent ex:x .",
        {"b"},
    ),
    ("sh:property [ sh:path [ sh:inversePath ex:of ] ]", "ex:x ex:of ex:c .", {"c"}),
    (
        "sh:node [ sh:property [ sh:path ex:country ; sh:hasValue ex:x ] ]",
        "ex:x ex:of ex:c .",
        set(),
    ),
    ("sh:closed true", "ex:x ex:of ex:c .", {"x"}),
    # another thing with the same value
    (
        sparql("$this ex:code ?c . ?other ex:code ?c FILTER(?other != $this)"),
        'ex:x ex:code "A" .',
        {"a", "x"},
    ),
    # all that hangs on a hub, only by what it takes
    (
        sparql("$this ex:part ?p . ?p ex:agent ?a . ?a ex:closed ?c"),
        "ex:ilo ex:closed 1 .",
        {"a", "b"},
    ),
    (sparql("$this ex:part ?p . ?p ex:agent ?a . ?p ex:role ?r"), "ex:ilo ex:closed 1 .", set()),
    # in NOT EXISTS, what holds around it counts
    (
        sparql("$this ex:country ?c . FILTER NOT EXISTS { ?c ex:region ?r }"),
        "ex:eth ex:region ex:east . ex:x ex:region ex:east .",
        {"c"},
    ),
    # a chosen property
    (
        sparql("$this ?p ?v . ?o ?p ?v FILTER(?p IN (ex:code) && ?o != $this)"),
        "ex:x ex:country ex:jor .",
        set(),
    ),
    # what hangs together by a condition alone
    (sparql("$this ex:code ?c . ?x ex:name ?n FILTER(?n = ?c)"), 'ex:x ex:name "A" .', None),
    # what is not read: all
    (
        sparql("{ SELECT $this (COUNT(?c) AS ?n) { $this ex:code ?c } GROUP BY $this }"),
        'ex:x ex:y "A" .',
        None,
    ),
]


@pytest.mark.parametrize(("asked", "changed", "expected"), CASES)
def test_change_reaches(
    tmp_path: Path, asked: str, changed: str, expected: set[str] | None
) -> None:
    assert reached(tmp_path, asked, changed) == expected


def test_graph_asks_as_rdflib_does() -> None:
    data = Prepared(store=Index(), bind_namespaces="none")
    data.parse(data=PREFIXES + GRAPH, format="turtle")
    query = f"""PREFIX rdfs: <{RDFS}> PREFIX ex: <{EX}>
        SELECT ?x {{ ?x ex:country ?c ; a/rdfs:subClassOf* ex:Project }}"""
    assert {str(x).removeprefix(EX) for (x,) in data.query(query)} == {"a", "b", "c"}  # type: ignore[misc]
