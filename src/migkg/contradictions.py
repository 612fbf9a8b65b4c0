"""What contradicts itself by OWL 2 RL: one query for each rule that concludes "false".

https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from migkg.namespaces import PREFIXES, expand, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

# rule: what is the matter with ?x, else with ?a, premises | condition. dt-diff: where prp-fp or
# cls-maxc2 say that there is one value, two literals are a contradiction.
_FALSE = """
eq-diff1: is the same as a thing it is said to differ from
?a owl:differentFrom ?b . ?a owl:sameAs ?b
eq-diff2: is the same as a thing it is said to differ from
?all rdf:type owl:AllDifferent . ?all owl:members ?list . ?a owl:sameAs ?b
| ?list rdf:rest*/rdf:first ?a , ?b FILTER(?a != ?b)
eq-diff3: is the same as a thing it is said to differ from
?all rdf:type owl:AllDifferent . ?all owl:distinctMembers ?list . ?a owl:sameAs ?b
| ?list rdf:rest*/rdf:first ?a , ?b FILTER(?a != ?b)
prp-irp: is related to itself by an irreflexive property
?p rdf:type owl:IrreflexiveProperty . ?x ?p ?x
prp-asyp: is related both ways by an asymmetric property
?p rdf:type owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x
prp-pdw: is related to the same thing by two disjoint properties
?a owl:propertyDisjointWith ?b . ?x ?a ?y . ?x ?b ?y
prp-adp: is related to the same thing by two disjoint properties
?all rdf:type owl:AllDisjointProperties . ?all owl:members ?list . ?x ?a ?y . ?x ?b ?y
| ?list rdf:rest*/rdf:first ?a , ?b FILTER(?a != ?b)
prp-npa1: is related to a thing it is said not to be related to
?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetIndividual ?y . ?x ?p ?y
prp-npa2: has a value it is said not to have
?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetValue ?y . ?x ?p ?y
cls-nothing2: is in the empty class
?x rdf:type owl:Nothing
cls-com: is in a class and in its complement
?a owl:complementOf ?b . ?x rdf:type ?a . ?x rdf:type ?b
cls-maxc1: has a value of a property where it may have none
?c owl:maxCardinality ?n . ?c owl:onProperty ?p . ?x rdf:type ?c . ?x ?p ?y | FILTER(?n = 0)
cls-maxqc1: has a value of a class where it may have none
?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass ?d .
?x rdf:type ?c . ?x ?p ?y . ?y rdf:type ?d | FILTER(?n = 0)
cls-maxqc2: has a value of a property where it may have none
?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing .
?x rdf:type ?c . ?x ?p ?y | FILTER(?n = 0)
cax-dw: is in two disjoint classes
?a owl:disjointWith ?b . ?x rdf:type ?a . ?x rdf:type ?b
cax-adc: is in two disjoint classes
?all rdf:type owl:AllDisjointClasses . ?all owl:members ?list . ?x rdf:type ?a . ?x rdf:type ?b
| ?list rdf:rest*/rdf:first ?a , ?b FILTER(?a != ?b)
dt-diff: has two values of a functional property
?p rdf:type owl:FunctionalProperty . ?x ?p ?a . ?x ?p ?b
| FILTER(isLiteral(?a) && isLiteral(?b) && ?a != ?b)
dt-diff: has two values of a property where it may have one
?c owl:maxCardinality ?n . ?c owl:onProperty ?p . ?x rdf:type ?c . ?x ?p ?a . ?x ?p ?b
| FILTER(?n = 1 && isLiteral(?a) && isLiteral(?b) && ?a != ?b)
"""


class Clash(NamedTuple):
    """What is the matter with a thing: statements that by a rule of OWL 2 RL cannot all hold."""

    rule: str
    about: ox.NamedNode | ox.BlankNode | ox.Triple | None  # None: owlrl does not tell
    meaning: str
    statements: tuple[ox.Triple, ...]
    files: tuple[str, ...] = ()  # that say the statements; "inferred" for what follows from others

    def __str__(self) -> str:
        files = self.files or ("",) * len(self.statements)
        said = " · ".join(
            " ".join(map(_shown, triple)) + (f" ({file})" if file else "")
            for triple, file in zip(self.statements, files, strict=True)
            if not any(isinstance(term, ox.BlankNode) for term in triple)
        )
        about = "a blank node" if isinstance(self.about, ox.BlankNode) else _shown(self.about)
        return f"{about} {self.meaning} ({self.rule}){said and ': '}{said}".lstrip()


def clashes(entailed: set[ox.Triple]) -> Iterator[Clash]:
    """List the contradictions among triples closed under OWL 2 RL, each with its premises."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in entailed)
    for rule, meaning, body in re.findall(r"(\S+): (.+)\n((?:[?|].+\n)+)", _FALSE):
        premises, _, condition = body.partition("|")
        individual = "x" if "?x" in premises else "a"
        seen = set()
        found = store.query(f"SELECT * {{ {premises} . {condition} }}", prefixes=PREFIXES)
        for row in cast("ox.QuerySolutions", found):
            statements = tuple(
                ox.Triple(
                    *(
                        row[word[1:]] if word[0] == "?" else ox.NamedNode(expand(word) or word)
                        for word in p.split()
                    )
                )
                for p in premises.split(" .")
            )
            if frozenset(statements) not in seen:
                seen.add(frozenset(statements))
                written = tuple(_as_written(t, entailed) for t in statements)
                yield Clash(rule, row[individual], meaning, written)


def _as_written(triple: ox.Triple, triples: set[ox.Triple]) -> ox.Triple:
    """Undo what Oxigraph makes of literals (007 to 7, a nonNegativeInteger to an integer)."""
    if triple in triples:
        return triple
    like = [t for t in triples if t.subject == triple.subject and t.predicate == triple.predicate]
    for candidate in like:
        store = ox.Store()
        store.add(ox.Quad(*candidate))
        if [quad.triple for quad in store] == [triple]:
            return candidate
    return triple


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return shorten(term.value) if isinstance(term, ox.NamedNode) else str(term or "")
