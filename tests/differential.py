"""Entries changed at random, and what pySHACL finds before and after when it judges everything."""

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyoxigraph as ox
import pyshacl
from rdflib import OWL, RDF, RDFS, SH, BNode, Literal, URIRef
from rdflib import Graph as Statements
from rdflib.term import Node

from migkg.namespaces import MK, MKD
from migkg.prepared import Prepared
from migkg.rdflib_terms import statement_of, triples_of
from migkg.reasoning import reason
from migkg.validation.judgement import Comparison

Key = tuple[Any, ...]
Statement = tuple[Node, Node, Node]
GUESSES = {RDFS.domain, RDFS.range, OWL.allValuesFrom}
LOOKED_AT = (
    SH.resultSeverity,
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceShape,
    SH.sourceConstraint,
    SH.sourceConstraintComponent,
)


def everything(said: Iterable[Statement], shapes: Statements) -> set[Key]:
    """Judge all that is said and follows by pySHACL alone; a key for each result."""
    data = closed(said)
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(results, Statements), results
    found = set(results.objects(None, SH.result)) - set(results.objects(None, SH.detail))
    return {tuple(results.value(node, prop) for prop in LOOKED_AT) for node in found}


def closed(said: Iterable[Statement]) -> Statements:
    """Add what follows by OWL 2 RL, but no class that is guessed from how a thing is used."""
    data = Prepared(bind_namespaces="none")
    store = ox.Store()
    for statement in said:
        data.add(statement)
    kept = (statement for statement in data if statement[1] not in GUESSES)
    store.extend(ox.Quad(*triple) for triple in triples_of(kept))
    for triple in reason.close(store, ox.DefaultGraph(), lambda _: None).inferred:
        data.add(statement_of(triple))
    return data


def difference(
    comparison: Comparison, before: set[Key], after: set[Key]
) -> dict[str, tuple[list[Key], list[Key]]]:
    """Tell where a comparison is wrong: what it misses, what it has too much."""
    ours = {
        "introduced": (comparison.introduced, after - before),
        "still": (comparison.still, after & before),
        "fixed": (comparison.fixed, before - after),
    }
    wrong = {}
    for name, (found, expected) in ours.items():
        keys = {one.key for one in found if one.finding.component}
        missed = expected - keys if name != "still" else set()
        if missed or keys - expected:
            wrong[name] = (sorted(missed, key=str), sorted(keys - expected, key=str))
    return wrong


class Changer:
    """Changes statements at random in ways in which contributors err."""

    def __init__(self, seed: int, said: set[Statement], around: Sequence[Statement]) -> None:
        self.random = random.Random(seed)
        self.said = said
        everywhere = sorted({*around, *said}, key=str)
        self.things = sorted({s for s, _, _ in everywhere if isinstance(s, URIRef)}, key=str)
        self.classes = sorted({o for _, p, o in everywhere if p == RDF.type}, key=str)
        self.properties = sorted({p for _, p, _ in everywhere}, key=str)
        self.around = everywhere

    def changed(self) -> set[Statement]:
        """Give other statements, after one to four changes."""
        for _ in range(self.random.randint(1, 4)):
            self.random.choice(CHANGES)(self)
        return {s for s in self.said if not isinstance(s[0], Literal)}

    def one(self, among: Iterable[Any]) -> Any:
        """Choose one; of what a change is about, the entry's own if it has any."""
        return self.random.choice(sorted(among, key=str))

    def some(self) -> Statement:
        return self.one(self.said or self.around)  # type: ignore[no-any-return]

    def thing(self) -> Node:
        return self.one({self.some()[0]} if self.random.random() < 0.7 else self.things)  # type: ignore[no-any-return]

    def about(self, node: Node) -> list[Statement]:
        return [s for s in self.said if s[0] == node]

    def drop_a_statement(self) -> None:
        self.said.discard(self.some())

    def drop_a_property(self) -> None:
        s, p, _ = self.some()
        self.said -= {t for t in self.said if t[:2] == (s, p)}

    def drop_a_thing(self) -> None:
        self.said -= set(self.about(self.some()[0]))

    def drop_a_label(self) -> None:
        labels = [t for t in self.said if t[1] == RDFS.label]
        self.said.discard(self.one(labels) if labels else self.some())

    def retarget(self) -> None:
        s, p, o = self.some()
        if not isinstance(o, Literal):
            self.said.discard((s, p, o))
            self.said.add((s, p, self.one(self.things)))

    def change_the_class(self) -> None:
        s = self.thing()
        self.said -= {t for t in self.said if t[:2] == (s, RDF.type)}
        self.said.add((s, RDF.type, self.one(self.classes)))

    def add_a_class(self) -> None:
        self.said.add((self.thing(), RDF.type, self.one(self.classes)))

    def take_from_another(self) -> None:
        _, p, o = self.one(self.around)
        self.said.add((self.thing(), p, o))

    def say_twice(self) -> None:
        s, p, _ = self.some()
        others = [t for t in self.around if t[1] == p]
        self.said.add((s, p, self.one(others)[2] if others else self.one(self.things)))

    def copy_a_thing(self) -> None:
        node = self.some()[0]
        other = (
            URIRef(f"{node}-{self.random.randint(1, 9)}") if isinstance(node, URIRef) else BNode()
        )
        self.said |= {(other, p, o) for _, p, o in self.about(node)}
        links = [t for t in self.said if t[2] == node]
        self.said |= {(s, p, other) for s, p, _ in links[:1]}

    def rename(self) -> None:
        node = self.some()[0]
        if isinstance(node, URIRef):
            other = self.one([*self.things, URIRef(f"{node}2"), BNode("renamed")])
            self.said = {(other if s == node else s, p, o) for s, p, o in self.said}

    def change_a_literal(self) -> None:
        literals = [t for t in self.said if isinstance(t[2], Literal)]
        if literals:
            s, p, o = self.one(literals)
            text = self.random.choice([str(o), str(o) + "x", "", "7", "2021-02-30"])
            language = self.random.choice([None, "en", "fr", "de"])
            datatype = None if language else self.random.choice([None, o.datatype])
            self.said.discard((s, p, o))
            self.said.add((s, p, Literal(text, lang=language, datatype=datatype)))

    def narrow_evidence(self) -> None:
        evidence = {t[2] for t in self.said if t[1] == URIRef(MK + "evidence")}
        if evidence:
            node = self.one(evidence)
            prop = URIRef(MK + self.random.choice(["supports", "value"]))
            self.said -= {t for t in self.said if t[:2] == (node, prop)}
            if self.random.random() < 0.6:
                value = self.some()[1 if prop.endswith("supports") else 2]
                self.said.add((node, prop, value))

    def add_a_participant(self) -> None:
        whole, agent = self.thing(), self.one(self.things)
        one = URIRef(f"{MKD}participation-{self.random.randint(1, 9)}")
        prov = "http://www.w3.org/ns/prov#"
        self.said |= {
            (whole, URIRef(prov + "qualifiedAssociation"), one),
            (one, RDF.type, URIRef(MK + "Participation")),
            (one, URIRef(prov + "agent"), agent),
        }

    def change_an_axiom(self) -> None:
        kind, prop, cls = (
            self.random.randint(0, 6),
            self.one(self.properties),
            self.one(self.classes),
        )
        other, above = self.one(self.properties), self.one(self.classes)
        self.said.add(
            [
                (cls, RDFS.subClassOf, above),
                (prop, RDFS.subPropertyOf, other),
                (prop, OWL.inverseOf, other),
                (prop, RDF.type, OWL.SymmetricProperty),
                (prop, RDF.type, OWL.TransitiveProperty),
                (prop, RDFS.range, cls),
                (prop, RDF.type, OWL.ObjectProperty),
            ][kind]
        )


CHANGES: list[Callable[[Changer], None]] = [
    Changer.drop_a_statement,
    Changer.drop_a_property,
    Changer.drop_a_thing,
    Changer.drop_a_label,
    Changer.retarget,
    Changer.change_the_class,
    Changer.add_a_class,
    Changer.take_from_another,
    Changer.say_twice,
    Changer.copy_a_thing,
    Changer.rename,
    Changer.change_a_literal,
    Changer.narrow_evidence,
    Changer.add_a_participant,
    Changer.change_an_axiom,
]
