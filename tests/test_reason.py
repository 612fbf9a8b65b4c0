from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl.OWLRL import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib import Graph as RdflibGraph
from rdflib.util import from_n3

from migkg import reason
from migkg.errors import GraphInconsistent, InputError

if TYPE_CHECKING:
    from migkg.contradictions import Clash

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE)]


def clashes(turtle: str) -> list[Clash]:
    with pytest.raises(reason.Inconsistency) as caught:
        reason.close(triples(turtle))
    return caught.value.clashes


ENTAILMENTS = [
    (":b rdfs:subClassOf :a . :x a :b .", ":x a :a ."),
    (":q rdfs:subPropertyOf :p . :x :q :y .", ":x :p :y ."),
    (":p owl:inverseOf :q . :x :p :y .", ":y :q :x ."),
    (":p a owl:TransitiveProperty . :x :p :y . :y :p :z .", ":x :p :z ."),
    (":p a owl:SymmetricProperty . :x :p :y .", ":y :p :x ."),
    (":p owl:propertyChainAxiom ( :q :r ) . :x :q :y . :y :r :z .", ":x :p :z ."),
    (":p rdfs:domain :a ; rdfs:range :b . :x :p :y .", ":x a :a . :y a :b ."),
    ("owl:sameAs rdfs:domain :a . :x :note :y .", ":x a :a . :y a :a ."),
    (":a owl:oneOf ( :x :y ) .", ":x a :a . :y a :a ."),
    (":a owl:unionOf ( :b :c ) . :x a :b .", ":x a :a ."),
    (":a owl:intersectionOf ( :b :c ) . :x a :b, :c .", ":x a :a ."),
    (
        ":a rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue 'v' ] . :x a :a .",
        ":x :p 'v' .",
    ),
    (":p a owl:FunctionalProperty . :x :p :y, :z . :y :q 1 .", ":y owl:sameAs :z . :z :q 1 ."),
    (":label rdfs:subPropertyOf rdfs:label . :x :label 'a'@en .", ":x rdfs:label 'a'@en ."),
    (":note rdfs:subPropertyOf rdfs:comment . :x :note 'a'@EN-gb .", ":x rdfs:comment 'a'@EN-gb ."),
]


@pytest.mark.parametrize(("said", "entailed"), ENTAILMENTS)
def test_entailments_are_listed(said: str, entailed: str) -> None:
    assert set(triples(entailed)) <= set(reason.close(triples(said)))


KEYS = [
    ("( :p )", ":x :p 'X' . :y :p 'X' . :z :p 'Z' .", ":x owl:sameAs :y . :y owl:sameAs :x ."),
    (
        "( :p :q )",
        ":x :p 1 ; :q 1 . :y :p 1 ; :q 2 . :z :p 1 ; :q 2 .",
        ":y owl:sameAs :z . :z owl:sameAs :y .",
    ),
]


@pytest.mark.parametrize(("key", "values", "same"), KEYS)
def test_a_key_joins_the_things_with_all_its_values_and_no_others(
    key: str, values: str, same: str
) -> None:
    said = f":a owl:hasKey {key} . :x a :a . :y a :a . :z a :a . {values}"
    joined = {t for t in reason.close(triples(said)) if t.predicate.value == str(OWL.sameAs)}
    assert joined == set(triples(same))


def test_literals_come_back_as_they_were_written() -> None:
    said = (
        ":q rdfs:subPropertyOf :p . :x :q '007'^^xsd:integer, '1.50'^^xsd:decimal, '+1'^^xsd:int ."
    )
    values = {t.object for t in reason.close(triples(said))}
    assert values >= {t.object for t in triples(said)[1:]}


def test_nothing_is_said_about_plain_data() -> None:
    said = (
        ":c a owl:Class ; rdfs:label 'c'@en . :p a owl:ObjectProperty . :x a :c ; :p [ :p :y ], 5 ."
    )
    assert reason.close(triples(said)) == []


FALSE = [
    ("eq-diff1", ":x owl:sameAs :y ; owl:differentFrom :y .", ""),
    (
        "eq-diff2",
        ":x owl:sameAs :z .",
        ":all a owl:AllDifferent ; owl:members ( :x :y :z ) .",
    ),
    (
        "eq-diff3",
        ":y owl:sameAs :x .",
        ":all a owl:AllDifferent ; owl:distinctMembers ( :x :y :z ) .",
    ),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :x :p :x .", ""),
    ("prp-asyp", ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .", ""),
    ("prp-pdw", ":p owl:propertyDisjointWith :q . :x :p :y . :x :q :y .", ""),
    (
        "prp-adp",
        ":x :p :y . :x :r :y .",
        ":all a owl:AllDisjointProperties ; owl:members ( :p :q :r ) .",
    ),
    (
        "prp-npa1",
        ":no owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y ."
        ":x :p :y .",
        "",
    ),
    (
        "prp-npa2",
        ":no owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 5 . :x :p 5 .",
        "",
    ),
    ("cls-nothing2", ":x a owl:Nothing .", ""),
    ("cls-com", ":a owl:complementOf :b . :x a :a, :b .", ""),
    (
        "cls-maxc1",
        ":c owl:onProperty :p ; owl:maxCardinality '0'^^xsd:nonNegativeInteger . :x a :c ; :p :y .",
        "",
    ),
    (
        "cls-maxqc1",
        ":c owl:onProperty :p ; owl:onClass :d ;"
        " owl:maxQualifiedCardinality '0'^^xsd:nonNegativeInteger . :x a :c ; :p :y . :y a :d .",
        "",
    ),
    (
        "cls-maxqc2",
        ":c owl:onProperty :p ; owl:onClass owl:Thing ;"
        " owl:maxQualifiedCardinality '0'^^xsd:nonNegativeInteger . :x a :c ; :p :y .",
        "",
    ),
    ("cax-dw", ":a owl:disjointWith :b . :x a :a, :b .", ""),
    (
        "cax-adc",
        ":x a :a, :c .",
        ":all a owl:AllDisjointClasses ; owl:members ( :a :b :c ) .",
    ),
    ("dt-not-type", ":x :p 'many'^^xsd:integer .", ""),
    ("dt-diff", ":p a owl:FunctionalProperty . :x :p 1, 2 .", ""),
    (
        "dt-diff",
        ":c owl:onProperty :p ; owl:maxCardinality '1'^^xsd:nonNegativeInteger ."
        ":x a :c ; :p 1, 2 .",
        "",
    ),
]
BYSTANDERS = ":bystander a :b, :other ; :p :elsewhere ; :code 3 . :other rdfs:label 'other' ."


@pytest.mark.parametrize(("rule", "said", "axiom"), FALSE)
def test_a_clash_names_its_statements_and_no_others(rule: str, said: str, axiom: str) -> None:
    found = [clash for clash in clashes(said + axiom + BYSTANDERS) if clash.rule == rule]
    wanted = set(triples(said))
    about_list = {t for t in triples(axiom) if "all" in str(t.subject)}
    assert any(
        wanted <= set(clash.statements)
        and {t for t in clash.statements if t not in wanted}.isdisjoint(triples(BYSTANDERS))
        and len(set(clash.statements) - wanted) == len(about_list)
        for clash in found
    )
    assert not {t for clash in found for t in clash.statements} & set(triples(BYSTANDERS))


def test_a_clash_of_inferred_statements_is_found_and_told_in_one_line() -> None:
    said = (
        ":a owl:disjointWith :b . :c rdfs:subClassOf :a . :x a :c ; :p :y ."
        ":q rdfs:domain :b . :p rdfs:subPropertyOf :q ."
    )
    [clash] = clashes(said)
    assert set(clash.statements) == set(triples(":a owl:disjointWith :b . :x a :a, :b, :c ."))
    with pytest.raises(GraphInconsistent) as caught:
        reason.close(triples(said))
    message = str(caught.value)
    assert ": <https://example.org/x> is in two disjoint classes (cax-dw): " in message
    assert "/c> · <https://example.org/x> rdf:type <https://example.org/a>" in message
    assert "\n" not in message


@pytest.mark.parametrize(("rule", "said", "axiom"), FALSE)
def test_a_clash_is_about_the_thing_that_is_in_contradiction(
    rule: str, said: str, axiom: str
) -> None:
    found = {str(clash.about) for clash in clashes(said + axiom) if clash.rule == rule}
    things = {f"<https://example.org/{name}>" for name in "xyz"}
    assert found
    assert found <= things


def test_a_clash_about_a_blank_node_is_told() -> None:
    [clash] = clashes(":a owl:disjointWith :b . [] a :a, :b .")
    assert str(clash).startswith("a blank node is in two disjoint classes")


def test_a_value_outside_the_range_of_its_property_is_told_as_owlrl_puts_it() -> None:
    [clash] = clashes(":p rdfs:range xsd:decimal . :x :p 'many', 5 .")
    assert "many" in clash.meaning


UNREASONED = [
    "xsd:integer owl:disjointWith xsd:decimal . :x :note 5 .",
    ":p rdfs:range xsd:decimal . :x :p 'many' ; :note 5 .",
    ":x :note 'many'^^xsd:integer .",
]


@pytest.mark.parametrize("said", UNREASONED)
def test_a_value_counts_even_where_no_axiom_mentions_its_property(said: str) -> None:
    assert clashes(said)


CONSISTENT = [
    ":p a owl:FunctionalProperty . :x :p 1, '01'^^xsd:integer, 1.0 .",
    ":x :p 'INF'^^xsd:double, 'NaN'^^xsd:float, '-0044-03-15'^^xsd:date .",
    ":x :p '2020-01-01T24:00:00'^^xsd:dateTime .",
    ":x :p '2020'^^xsd:gYear, 'many'^^:unknown, 'é'^^xsd:anyURI .",
    ":x :p '2020-01-01T24:00:00Z'^^xsd:dateTimeStamp, ''^^xsd:hexBinary .",
    ":x :p ''^^xsd:base64Binary, 'YWI ='^^xsd:base64Binary .",
    ":x :p 'a <b>b</b>'^^rdf:XMLLiteral, '255'^^xsd:unsignedByte, 'fr-CA'^^xsd:language .",
    ":p rdfs:range xsd:string . :x :p 'a', 'a'^^xsd:string .",
    ":p a owl:IrreflexiveProperty . :x :p :y .",
    ":a owl:disjointWith :b . :x a :a . :y a :b .",
]


@pytest.mark.parametrize("said", CONSISTENT)
def test_what_is_consistent_passes(said: str) -> None:
    reason.close(triples(said))


MISFITS = [
    *("''^^xsd:date", "'x'^^xsd:decimal", "'2020-02-30'^^xsd:date", "'x'^^xsd:boolean"),
    *("'-1'^^xsd:nonNegativeInteger", "'x'^^xsd:nonNegativeInteger", "'0'^^xsd:positiveInteger"),
    *("'128'^^xsd:byte", "'1.5'^^xsd:int", "'300'^^xsd:unsignedByte", "'x'^^xsd:long"),
    *("'xy'^^xsd:hexBinary", "'?'^^xsd:base64Binary", "'a_b'^^xsd:language", "':a'^^xsd:anyURI"),
    *("'a b'^^xsd:NMTOKEN", "'1a'^^xsd:Name", "'a:b'^^xsd:NCName"),
    *("'2020-01-01T00:00:00'^^xsd:dateTimeStamp", "'x'^^xsd:dateTimeStamp", "'x'^^xsd:time"),
    *("'<a>'^^rdf:XMLLiteral", "'a'^^rdf:PlainLiteral"),
]


@pytest.mark.parametrize("value", MISFITS)
def test_an_ill_typed_value_is_a_clash_and_no_crash(value: str) -> None:
    [clash] = clashes(f":x :p {value} .")
    assert clash.rule == "dt-not-type"


@pytest.mark.parametrize(
    "axiom",
    [
        ":c owl:onProperty :p ; owl:maxCardinality :many .",
        ":k owl:unionOf _:l . _:l rdf:first :a ; rdf:rest _:l .",
    ],
)
def test_an_axiom_that_cannot_be_read_is_an_input_error(axiom: str) -> None:
    with pytest.raises(InputError, match="axiom"):
        reason.close(triples(axiom))


THINGS = [f":{name}" for name in "xyz"] + ["_:e"]
CLASSES = [f":{name}" for name in "abc"]
PROPERTIES = [f":{name}" for name in "pqr"] + ["rdfs:label"]
thing, klass, prop = (st.sampled_from(names) for names in (THINGS, CLASSES, PROPERTIES))
value = st.sampled_from(["1", "'01'^^xsd:integer", "'t'", "'t'@en", "'2020'^^xsd:gYear", "2.5"])
own = st.sampled_from(PROPERTIES[:3])
ontologies = st.lists(
    st.one_of(
        st.tuples(klass, st.just("rdfs:subClassOf"), klass),
        st.tuples(klass, st.just("owl:equivalentClass"), klass),
        st.tuples(prop, st.just("rdfs:subPropertyOf"), prop),
        st.tuples(own, st.sampled_from(["rdfs:domain", "rdfs:range"]), klass),
        st.tuples(own, st.just("owl:inverseOf"), own),
        st.tuples(
            own,
            st.just("a"),
            st.sampled_from(
                ["owl:TransitiveProperty", "owl:SymmetricProperty", "owl:ObjectProperty"]
            ),
        ),
        st.tuples(
            klass,
            st.just("rdfs:subClassOf"),
            own.map("[ owl:onProperty {} ; owl:someValuesFrom owl:Thing ]".format),
        ),
        st.tuples(
            own,
            st.just("owl:propertyChainAxiom"),
            st.tuples(own, own).map(" ".join).map("( {} )".format),
        ),
        st.tuples(thing, st.just("a"), klass),
        st.tuples(klass, st.just("a"), st.just("owl:Class")),
        st.tuples(thing, prop, thing),
        st.tuples(thing, prop, value),
        st.tuples(thing, st.just(":about"), prop),
        st.tuples(thing, st.just("owl:sameAs"), thing),
    ).map(" ".join),
    max_size=12,
).map(lambda statements: " .\n".join([*statements, ":x :note 'n' ."]))


def read(triple: ox.Triple) -> tuple[Any, Any, Any]:
    """Let rdflib read what Oxigraph writes, strings with their datatype, which RDF gives them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        terms = [from_n3(str(term)) for term in triple]
    s, p, o = (
        Literal(term, datatype=XSD.string)
        if isinstance(term, Literal) and not (term.language or term.datatype)
        else term
        for term in terms
    )
    return s, p, o


def by_owlrl(given_: list[ox.Triple]) -> set[tuple[object, ...]]:
    graph = RdflibGraph()
    for triple in given_:
        graph.add(read(triple))
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
    return set(graph)


def vacuous(statement: tuple[object, ...]) -> bool:
    """A literal as subject, a thing like itself, in everything, or what holds anyway."""
    s, p, o = statement
    told = {RDF, RDFS, OWL}
    builtin = [
        isinstance(node, URIRef) and any(node in namespace for namespace in told)
        for node in statement
    ]
    anonymous = [isinstance(node, BNode) for node in statement]
    return (
        isinstance(s, Literal)
        or (
            s == o
            and str(p).split("#")[-1]
            in {"sameAs", "subClassOf", "subPropertyOf", "equivalentClass", "equivalentProperty"}
        )
        or (o == OWL.Thing and p in {RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range})
        or (s == OWL.Nothing and p == RDFS.subClassOf)
        or all(b or "XMLSchema#" in str(n) for b, n in zip(builtin, statement, strict=True))
        or (
            p in {RDF.type, RDFS.subClassOf, OWL.equivalentClass}
            and all(a or b for a, b in zip(anonymous, builtin, strict=True))
        )
    )


@settings(max_examples=150, deadline=None)
@given(ontologies)
def test_the_closure_is_that_of_owlrl_without_what_says_nothing(turtle: str) -> None:
    said = triples(turtle)
    full = by_owlrl(said)
    mine = {read(triple) for triple in reason.close(said)}
    given_ = {read(triple) for triple in said}
    assert mine.isdisjoint(given_)
    assert mine <= full
    assert [s for s in full - mine - given_ if not vacuous(s)] == []
    assert [s for s in mine if vacuous(s)] == []


@settings(max_examples=30, deadline=None)
@given(ontologies)
def test_what_was_entailed_entails_no_more(turtle: str) -> None:
    said = triples(turtle)
    assert reason.close([*said, *reason.close(said)]) == []
