from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from owlrl.DatatypeHandling import AltXSDToPYTHON
from owlrl.XsdDatatypes import OWL_RL_Datatypes
from rdflib import URIRef

from migkg.errors import InputError
from migkg.namespaces import RDF, RDFS, XSD
from migkg.reasoning import datatypes, reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.reasoning.clash import Clash
    from migkg.reasoning.closure import Closure

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE)]


def stored(statements: Iterable[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in statements)
    return store


def closed(turtle: str) -> Closure:
    return reason.close(stored(triples(turtle)), ox.DefaultGraph(), lambda _note: None)


def clashes(turtle: str) -> list[Clash]:
    found = closed(turtle).clashes
    assert found
    return found


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
    assert set(triples(entailed)) <= set(closed(said).inferred)


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
    joined = {t for t in closed(said).inferred if t.predicate.value.endswith("#sameAs")}
    assert joined == set(triples(same))


def test_nothing_is_said_about_plain_data() -> None:
    said = (
        ":c a owl:Class ; rdfs:label 'c'@en . :p a owl:ObjectProperty . :x a :c ; :p [ :p :y ], 5 ."
    )
    assert closed(said) == ([], [])


FALSE = [
    ("eq-diff1", ":x owl:sameAs :y ; owl:differentFrom :y .", ""),
    (
        "eq-diff2",
        ":x owl:sameAs :z .",
        ":all a owl:AllDifferent ; owl:members ( :x :y :z ) .",
    ),
    (
        "eq-diff3",
        ":x owl:sameAs :y .",
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
        ":c owl:onProperty :p ; owl:maxCardinality 0 . :x a :c ; :p :y .",
        "",
    ),
    (
        "cls-maxqc1",
        ":c owl:onProperty :p ; owl:onClass :d ;"
        " owl:maxQualifiedCardinality 0 . :x a :c ; :p :y . :y a :d .",
        "",
    ),
    (
        "cls-maxqc2",
        ":c owl:onProperty :p ; owl:onClass owl:Thing ;"
        " owl:maxQualifiedCardinality 0 . :x a :c ; :p :y .",
        "",
    ),
    ("cax-dw", ":a owl:disjointWith :b . :x a :a, :b .", ""),
    (
        "cax-adc",
        ":x a :a, :c .",
        ":all a owl:AllDisjointClasses ; owl:members ( :a :b :c ) .",
    ),
    ("dt-diff", ":p a owl:FunctionalProperty . :x :p 1, 2 .", ""),
    (
        "dt-diff",
        ":c owl:onProperty :p ; owl:maxCardinality 1 . :x a :c ; :p 1, 2 .",
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
    assert set(clash.statements) == set(triples(":a owl:disjointWith :b . :x a :a, :b ."))
    assert str(clash).startswith(
        "<https://example.org/x> is in two disjoint classes (cax-dw): <https://example.org/a>"
    )
    assert "/x> rdf:type <https://example.org/a>" in str(clash)
    assert "\n" not in str(clash)


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
    assert closed(said).clashes == []
    assert all(fits(t.object) for t in triples(said) if isinstance(t.object, ox.Literal))


def test_datatypes_of_which_not_any_text_is_a_form() -> None:
    known = {str(datatype) for datatype in OWL_RL_Datatypes}
    free = {XSD + "string", RDF + "langString", RDFS + "Literal"}
    assert known - free == datatypes.JUDGED
    assert AltXSDToPYTHON[URIRef(XSD + "string")]("\x00") == "\x00"


def fits(value: ox.Literal) -> bool:
    return datatypes.fits(value.value, value.datatype.value)


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
def test_a_text_that_is_no_form_of_its_datatype_is_told(value: str) -> None:
    [triple] = triples(f":x :p {value} .")
    assert isinstance(triple.object, ox.Literal)
    assert not fits(triple.object)


@pytest.mark.parametrize(
    "axiom",
    [
        ":c owl:onProperty :p ; owl:maxCardinality :many .",
        ":k owl:intersectionOf _:l . _:l rdf:first :a ; rdf:rest _:l .",
    ],
)
def test_an_axiom_that_cannot_be_read_is_an_input_error(axiom: str) -> None:
    with pytest.raises(InputError, match="axiom"):
        closed(axiom)


FALLEN_BACK = [
    (":x owl:sameAs :y ; a :c .", ":y a :c .", ":x is the same as :y"),
    (":p a owl:FunctionalProperty . :x :p :y, :z ; :q :y .", ":x :q :z .", "is the same as"),
    ("owl:sameAs rdfs:domain :a . :x :note :y .", ":x a :a .", "owl:sameAs"),
    ("rdf:type rdfs:domain :a . :x a :b .", ":x a :a .", "rdf:type"),
    (
        ":a owl:onProperty :p ; owl:someValuesFrom xsd:integer . :x :p 5 .",
        ":x a :a .",
        "xsd:integer",
    ),
]


@pytest.mark.parametrize(("said", "entailed", "why"), FALLEN_BACK)
def test_where_the_rules_do_not_tell_all_owlrl_does_and_the_user_is_told(
    said: str, entailed: str, why: str
) -> None:
    notes: list[str] = []
    found = reason.close(stored(triples(said)), ox.DefaultGraph(), notes.append)
    assert set(triples(entailed)) <= set(found.inferred)
    [note] = notes
    assert "owlrl" in note
    assert why in note.replace("<https://example.org/", ":").replace(">", "")
