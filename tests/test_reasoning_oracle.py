"""The closure beside owlrl's, over ontologies made of every construct of OWL 2 RL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl.OWLRL import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.util import from_n3
from test_reasoning import stored, triples

from migkg.reasoning import closure, reason
from migkg.store import ASSERTED

if TYPE_CHECKING:
    from collections.abc import Iterable

Statement = tuple[Any, Any, Any]

CLASSES = [f":{name}" for name in "abcd"]
PROPERTIES = [f":{name}" for name in "pqr"]
# as OWL 2 DL has it; without, owlrl leaves out that a class is within itself
DECLARED = " . ".join(
    [
        *(f"{name} a owl:Class" for name in CLASSES),
        *(f"{name} a rdf:Property" for name in PROPERTIES),
    ]
)
thing = st.sampled_from([":x", ":y", ":z", "_:e"])
klass, own = st.sampled_from(CLASSES), st.sampled_from(PROPERTIES)
prop = st.sampled_from([*PROPERTIES, "rdfs:label"])
value = st.sampled_from(["1", "'01'^^xsd:integer", "'t'", "'t'@en", "'2020'^^xsd:gYear", "2.5"])


def said(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in parts)).map(" ".join)


def listed(members: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(members, min_size=1, max_size=most).map(" ".join).map("( {} )".format)


def restriction(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return said("[ a owl:Restriction ; owl:onProperty", own, ";", *parts, "]")


narrow = st.one_of(
    klass,
    restriction("owl:someValuesFrom", st.one_of(klass, st.just("owl:Thing"))),
    restriction("owl:hasValue", st.one_of(thing, value)),
    said("[ a owl:Class ; owl:intersectionOf", listed(klass), "]"),
    said("[ a owl:Class ; owl:unionOf", listed(klass), "]"),
)
broad = st.one_of(
    klass,
    restriction("owl:allValuesFrom", klass),
    restriction("owl:hasValue", st.one_of(thing, value)),
    said("[ a owl:Class ; owl:intersectionOf", listed(klass), "]"),
)
AXIOMS = [
    said(narrow, "rdfs:subClassOf", broad),
    said(klass, "owl:equivalentClass", st.one_of(klass, restriction("owl:hasValue", thing))),
    said(prop, "rdfs:subPropertyOf", prop),
    said(own, "owl:equivalentProperty", own),
    said(own, st.sampled_from(["rdfs:domain", "rdfs:range"]), klass),
    said(own, "rdfs:range", st.sampled_from(["xsd:integer", "xsd:string", "rdfs:Literal"])),
    said(own, "owl:inverseOf", own),
    said(own, "owl:inverseOf", "[ rdfs:subPropertyOf", own, "]"),
    said(own, "a", st.sampled_from(["owl:TransitiveProperty", "owl:SymmetricProperty"])),
    said(own, "a", st.sampled_from(["owl:ObjectProperty", "owl:DatatypeProperty"])),
    said(own, "owl:propertyChainAxiom", listed(own)),
    said(klass, "a owl:Class"),
    said(klass, "owl:oneOf", listed(thing)),
    said(own, "rdfs:subPropertyOf", st.sampled_from(["rdfs:subClassOf", "rdfs:domain"])),
]
CONTRADICTABLE = [
    said(klass, st.sampled_from(["owl:disjointWith", "owl:complementOf"]), klass),
    said("[] a owl:AllDisjointClasses ; owl:members", listed(klass)),
    said(own, "owl:propertyDisjointWith", own),
    said("[] a owl:AllDisjointProperties ; owl:members", listed(own)),
    said(own, "a", st.sampled_from(["owl:IrreflexiveProperty", "owl:AsymmetricProperty"])),
    said(klass, "rdfs:subClassOf", restriction("owl:maxCardinality 0")),
    said(
        *(klass, "rdfs:subClassOf"),
        restriction("owl:maxQualifiedCardinality 0 ; owl:onClass", klass),
    ),
    said(klass, "rdfs:subClassOf owl:Nothing"),
    said("[] owl:sourceIndividual", thing, "; owl:assertionProperty", own)
    .map("{} ; owl:target".format)
    .flatmap(lambda text: st.one_of(said(f"{text}Individual", thing), said(f"{text}Value", value))),
]
EQUATING = [
    said(own, "a", st.sampled_from(["owl:FunctionalProperty", "owl:InverseFunctionalProperty"])),
    said(klass, "owl:hasKey", listed(own, 2)),
    said(klass, "rdfs:subClassOf", restriction("owl:maxCardinality 1")),
    said(
        *(klass, "rdfs:subClassOf"),
        restriction(
            "owl:maxQualifiedCardinality 1 ; owl:onClass", st.one_of(klass, st.just("owl:Thing"))
        ),
    ),
    said(thing, "owl:sameAs", thing),
    said(thing, "owl:differentFrom", thing),
    said("[] a owl:AllDifferent ; owl:distinctMembers", listed(thing)),
]
DATA = [
    said(thing, "a", klass),
    said(thing, prop, thing),
    said(thing, prop, value),
    said(thing, ":about", st.one_of(prop, klass)),
]


def ontologies(axioms: list[st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    some = st.tuples(st.lists(st.one_of(axioms), max_size=6), st.lists(st.one_of(DATA), max_size=7))
    return some.map(lambda parts: " .\n".join([DECLARED, *parts[0], *parts[1], ":x :note 'n' ."]))


def read(triple: ox.Triple) -> Statement:
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


def by_owlrl(given_: Iterable[Statement]) -> tuple[set[Statement], list[str]]:
    """What owlrl entails, with rules scm-int and scm-uni, which it lacks, applied beforehand."""
    graph = Graph()
    for statement in given_:
        graph.add(statement)
    for whole, list_ in graph.subject_objects(OWL.intersectionOf):
        for part in graph.items(list_):
            graph.add((whole, RDFS.subClassOf, part))
    for whole, list_ in graph.subject_objects(OWL.unionOf):
        for part in graph.items(list_):
            graph.add((part, RDFS.subClassOf, whole))
    reasoner = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    complaints: list[str] = []

    def gather() -> None:
        complaints.extend(reasoner.error_messages)
        reasoner.error_messages.clear()

    reasoner.post_process = gather
    reasoner.closure()
    return {s for s in graph if isinstance(s[1], URIRef)}, complaints


def vacuous(statement: Statement) -> bool:
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


def compare(store: ox.Store, found: closure.Closure) -> None:
    """All that owlrl entails is entailed and nothing else, unless there is a contradiction."""
    given_ = {read(quad.triple) for quad in store}
    full, complaints = by_owlrl(given_)
    mine = {read(triple) for triple in found.inferred}
    assert mine.isdisjoint(given_)
    assert [s for s in mine if vacuous(s)] == []
    assert mine <= full
    if found.clashes:
        for clash in found.clashes:
            assert {read(triple) for triple in clash.statements} <= full
        return
    assert complaints == []
    assert [s for s in full - mine - given_ if not vacuous(s)] == []


@settings(max_examples=300, deadline=None)
@given(ontologies(AXIOMS))
def test_the_rules_entail_what_owlrl_entails(turtle: str) -> None:
    store = stored(triples(turtle))
    found = closure.close(store, ox.DefaultGraph())
    compare(store, found)


@settings(max_examples=300, deadline=None)
@given(ontologies([*AXIOMS, *CONTRADICTABLE]))
def test_the_rules_find_every_contradiction_that_owlrl_finds(turtle: str) -> None:
    store = stored(triples(turtle))
    compare(store, closure.close(store, ox.DefaultGraph()))


@settings(max_examples=300, deadline=None)
@given(ontologies([*AXIOMS, *CONTRADICTABLE, *EQUATING]))
def test_where_things_are_the_same_owlrl_takes_over(turtle: str) -> None:
    store = stored(triples(turtle))
    compare(store, reason.close(store, ox.DefaultGraph(), lambda _note: None))


@settings(max_examples=50, deadline=None)
@given(ontologies(AXIOMS))
def test_what_was_entailed_entails_no_more(turtle: str) -> None:
    store = stored(triples(turtle))
    store.extend(ox.Quad(*t) for t in closure.close(store, ox.DefaultGraph()).inferred)
    assert closure.close(store, ox.DefaultGraph()).inferred == []


def test_the_shipped_graph_entails_what_owlrl_entails(shipped: ox.Store) -> None:
    """On a sample: all axioms, and the data that owlrl can take in within seconds."""
    sample = ox.Store()
    for quad in shipped.quads_for_pattern(None, None, None, ASSERTED):
        sample.add(ox.Quad(*quad.triple))
    found = closure.close(sample, ox.DefaultGraph())
    assert found.inferred
    compare(sample, found)
