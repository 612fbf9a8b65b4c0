"""The rules of OWL 2 RL as tables, and what they come to for the axioms of one ontology.

https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules

A row: the name of a rule | the axioms that call for it | what else must hold of them | the
statements that it needs | the statement that follows. A statement with ``?member`` stands for one
of each member of ``?list`` in order, of which ``{i}`` is the number and ``{j}`` the next; where
all members differ, ``?a`` and ``?b`` are two of them.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import pyoxigraph as ox

from migkg.errors import InputError
from migkg.namespaces import OWL, PREFIXES, RDF, XSD, expand, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migkg.dataset import Dataset, Solutions
    from migkg.terms import GraphName

    Values = dict[str, Any]

Slot: TypeAlias = Any  # a term, or an ox.Variable

# Table 9, and of the others what makes axioms of axioms: equivalence becomes subsumption here.
_SCHEMA = """
scm-cls  ||| ?c rdf:type owl:Class | ?c rdfs:subClassOf ?c
scm-cls  ||| ?c rdf:type owl:Class | ?c owl:equivalentClass ?c
scm-cls  ||| ?c rdf:type owl:Class | ?c rdfs:subClassOf owl:Thing
scm-cls  ||| ?c rdf:type owl:Class | owl:Nothing rdfs:subClassOf ?c
scm-sco  ||| ?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?c | ?a rdfs:subClassOf ?c
scm-eqc1 ||| ?a owl:equivalentClass ?b | ?a rdfs:subClassOf ?b
scm-eqc1 ||| ?a owl:equivalentClass ?b | ?b rdfs:subClassOf ?a
scm-eqc2 ||| ?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a | ?a owl:equivalentClass ?b
scm-op   ||| ?p rdf:type owl:ObjectProperty | ?p rdfs:subPropertyOf ?p
scm-op   ||| ?p rdf:type owl:ObjectProperty | ?p owl:equivalentProperty ?p
scm-dp   ||| ?p rdf:type owl:DatatypeProperty | ?p rdfs:subPropertyOf ?p
scm-dp   ||| ?p rdf:type owl:DatatypeProperty | ?p owl:equivalentProperty ?p
scm-op   ||| ?p rdf:type rdf:Property | ?p rdfs:subPropertyOf ?p
scm-op   ||| ?p rdf:type rdf:Property | ?p owl:equivalentProperty ?p
scm-spo  ||| ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r | ?p rdfs:subPropertyOf ?r
scm-eqp1 ||| ?p owl:equivalentProperty ?q | ?p rdfs:subPropertyOf ?q
scm-eqp1 ||| ?p owl:equivalentProperty ?q | ?q rdfs:subPropertyOf ?p
scm-eqp2 ||| ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p | ?p owl:equivalentProperty ?q
scm-dom1 ||| ?p rdfs:domain ?c . ?c rdfs:subClassOf ?d | ?p rdfs:domain ?d
scm-dom2 ||| ?q rdfs:domain ?c . ?p rdfs:subPropertyOf ?q | ?p rdfs:domain ?c
scm-rng1 ||| ?p rdfs:range ?c . ?c rdfs:subClassOf ?d | ?p rdfs:range ?d
scm-rng2 ||| ?q rdfs:range ?c . ?p rdfs:subPropertyOf ?q | ?p rdfs:range ?c
scm-hv   ||| ?c owl:hasValue ?v . ?c owl:onProperty ?p . ?d owl:hasValue ?v
             . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q | ?c rdfs:subClassOf ?d
scm-svf1 ||| ?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?z
             . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z | ?c rdfs:subClassOf ?d
scm-svf2 ||| ?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?y
             . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q | ?c rdfs:subClassOf ?d
scm-avf1 ||| ?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?z
             . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z | ?c rdfs:subClassOf ?d
scm-avf2 ||| ?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?y
             . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q | ?d rdfs:subClassOf ?c
scm-int  | ?c owl:intersectionOf ?list | ?list rdf:rest*/rdf:first ?d || ?c rdfs:subClassOf ?d
scm-uni  | ?c owl:unionOf ?list | ?list rdf:rest*/rdf:first ?d || ?d rdfs:subClassOf ?c
"""

# Tables 4 to 7. That two things are the same is found here; what follows from it is not.
_THINGS = """
prp-dom  | ?p rdfs:domain ?c || ?x ?p ?y | ?x rdf:type ?c
prp-rng  | ?p rdfs:range ?c || ?x ?p ?y | ?y rdf:type ?c
prp-fp   | ?p rdf:type owl:FunctionalProperty || ?x ?p ?a . ?x ?p ?b | ?a owl:sameAs ?b
prp-ifp  | ?p rdf:type owl:InverseFunctionalProperty || ?a ?p ?x . ?b ?p ?x | ?a owl:sameAs ?b
prp-symp | ?p rdf:type owl:SymmetricProperty || ?x ?p ?y | ?y ?p ?x
prp-trp  | ?p rdf:type owl:TransitiveProperty || ?x ?p ?y . ?y ?p ?z | ?x ?p ?z
prp-spo1 | ?p rdfs:subPropertyOf ?q | FILTER(?p != ?q) | ?x ?p ?y | ?x ?q ?y
prp-spo2 | ?p owl:propertyChainAxiom ?list || ?x{i} ?member ?x{j} | ?x0 ?p ?x{end}
prp-inv1 | ?p owl:inverseOf ?q || ?x ?p ?y | ?y ?q ?x
prp-inv2 | ?p owl:inverseOf ?q || ?x ?q ?y | ?y ?p ?x
prp-key  | ?c owl:hasKey ?list || ?a rdf:type ?c . ?b rdf:type ?c
           . ?a ?member ?k{i} . ?b ?member ?k{i} | ?a owl:sameAs ?b
cls-int1 | ?c owl:intersectionOf ?list || ?x rdf:type ?member | ?x rdf:type ?c
cls-int2 | ?c owl:intersectionOf ?list | ?list rdf:rest*/rdf:first ?d
         | ?x rdf:type ?c | ?x rdf:type ?d
cls-uni  | ?c owl:unionOf ?list | ?list rdf:rest*/rdf:first ?d | ?x rdf:type ?d | ?x rdf:type ?c
cls-svf1 | ?c owl:someValuesFrom ?d . ?c owl:onProperty ?p | FILTER(?d != owl:Thing)
         | ?x ?p ?y . ?y rdf:type ?d | ?x rdf:type ?c
cls-svf2 | ?c owl:someValuesFrom owl:Thing . ?c owl:onProperty ?p || ?x ?p ?y | ?x rdf:type ?c
cls-avf  | ?c owl:allValuesFrom ?d . ?c owl:onProperty ?p || ?x rdf:type ?c . ?x ?p ?y
         | ?y rdf:type ?d
cls-hv1  | ?c owl:hasValue ?v . ?c owl:onProperty ?p || ?x rdf:type ?c | ?x ?p ?v
cls-hv2  | ?c owl:hasValue ?v . ?c owl:onProperty ?p || ?x ?p ?v | ?x rdf:type ?c
cls-maxc2 | ?c owl:maxCardinality ?n . ?c owl:onProperty ?p | FILTER(?n = 1)
         | ?x rdf:type ?c . ?x ?p ?a . ?x ?p ?b | ?a owl:sameAs ?b
cls-maxqc3 | ?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass ?d
         | FILTER(?n = 1 && ?d != owl:Thing)
         | ?x rdf:type ?c . ?x ?p ?a . ?a rdf:type ?d . ?x ?p ?b . ?b rdf:type ?d | ?a owl:sameAs ?b
cls-maxqc4 | ?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing
         | FILTER(?n = 1) | ?x rdf:type ?c . ?x ?p ?a . ?x ?p ?b | ?a owl:sameAs ?b
cls-oo   | ?c owl:oneOf ?list | ?list rdf:rest*/rdf:first ?x || ?x rdf:type ?c
cax-sco  | ?c rdfs:subClassOf ?d | FILTER(?c != ?d) | ?x rdf:type ?c | ?x rdf:type ?d
"""

# The rules that conclude "false": in place of a statement, what is the matter with ?x or ?a.
_FALSE = """
eq-diff1 | ?a owl:differentFrom ?b || ?a owl:sameAs ?b
         | is the same as a thing it is said to differ from
eq-diff2 | ?all rdf:type owl:AllDifferent . ?all owl:members ?list || ?a owl:sameAs ?b
         | is the same as a thing it is said to differ from
eq-diff3 | ?all rdf:type owl:AllDifferent . ?all owl:distinctMembers ?list || ?a owl:sameAs ?b
         | is the same as a thing it is said to differ from
prp-irp  | ?p rdf:type owl:IrreflexiveProperty || ?x ?p ?x
         | is related to itself by an irreflexive property
prp-asyp | ?p rdf:type owl:AsymmetricProperty || ?x ?p ?y . ?y ?p ?x
         | is related both ways by an asymmetric property
prp-pdw  | ?a owl:propertyDisjointWith ?b || ?x ?a ?y . ?x ?b ?y
         | is related to the same thing by two disjoint properties
prp-adp  | ?all rdf:type owl:AllDisjointProperties . ?all owl:members ?list || ?x ?a ?y . ?x ?b ?y
         | is related to the same thing by two disjoint properties
prp-npa1 | ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetIndividual ?y
         || ?x ?p ?y | is related to a thing it is said not to be related to
prp-npa2 | ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetValue ?y
         || ?x ?p ?y | has a value it is said not to have
cls-nothing2 ||| ?x rdf:type owl:Nothing | is in the empty class
cls-com  | ?a owl:complementOf ?b || ?x rdf:type ?a . ?x rdf:type ?b
         | is in a class and in its complement
cls-maxc1 | ?c owl:maxCardinality ?n . ?c owl:onProperty ?p | FILTER(?n = 0)
         | ?x rdf:type ?c . ?x ?p ?y | has a value of a property where it may have none
cls-maxqc1 | ?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass ?d
         | FILTER(?n = 0 && ?d != owl:Thing) | ?x rdf:type ?c . ?x ?p ?y . ?y rdf:type ?d
         | has a value of a class where it may have none
cls-maxqc2 | ?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing
         | FILTER(?n = 0) | ?x rdf:type ?c . ?x ?p ?y
         | has a value of a property where it may have none
cax-dw   | ?a owl:disjointWith ?b || ?x rdf:type ?a . ?x rdf:type ?b | is in two disjoint classes
cax-adc  | ?all rdf:type owl:AllDisjointClasses . ?all owl:members ?list
         || ?x rdf:type ?a . ?x rdf:type ?b | is in two disjoint classes
dt-diff  | ?p rdf:type owl:FunctionalProperty || ?x ?p ?a . ?x ?p ?b
         | has two values of a functional property
dt-diff  | ?c owl:maxCardinality ?n . ?c owl:onProperty ?p | FILTER(?n = 1)
         | ?x rdf:type ?c . ?x ?p ?a . ?x ?p ?b | has two values of a property where it may have one
"""

# What the rules of which a reader may see a conclusion say, in words.
MEANINGS = {
    "prp-dom": "what has this property is in this class",
    "prp-rng": "a value of this property is in this class",
    "prp-symp": "the property holds both ways",
    "prp-trp": "what holds of one link after another holds from end to end",
    "prp-spo1": "the property is within a wider one",
    "prp-spo2": "one property after another makes up this one",
    "prp-inv1": "one property is the other seen from the other side",
    "prp-inv2": "one property is the other seen from the other side",
    "cls-int1": "what is in all the classes is in what they have in common",
    "cls-int2": "what is in an intersection is in each of its classes",
    "cls-uni": "what is in one of the classes is in their union",
    "cls-svf1": "the class of what has such a value",
    "cls-svf2": "the class of what has a value",
    "cls-avf": "all values of what is in this class are in another",
    "cls-hv1": "what is in this class has this value",
    "cls-hv2": "what has this value is in this class",
    "cls-oo": "the class lists its members",
    "cax-sco": "the class is within a wider one",
    "scm-sco": "a class within a wider one, and that within a third",
    "scm-spo": "a property within a wider one, and that within a third",
    "scm-eqc1": "classes that are equivalent are within each other",
    "scm-eqc2": "classes within each other are equivalent",
    "scm-eqp1": "properties that are equivalent are within each other",
    "scm-eqp2": "properties within each other are equivalent",
    "scm-dom1": "a class within a wider one",
    "scm-dom2": "a property within a wider one",
    "scm-rng1": "a class within a wider one",
    "scm-rng2": "a property within a wider one",
}

TYPE, FIRST, REST, NIL = (ox.NamedNode(RDF + name) for name in ("type", "first", "rest", "nil"))
SAME = ox.NamedNode(OWL + "sameAs")
_NUMBERS = (ox.NamedNode(OWL + "maxCardinality"), ox.NamedNode(OWL + "maxQualifiedCardinality"))


class Pattern(NamedTuple):
    """A statement with variables in it."""

    subject: Slot
    predicate: Slot
    object: Slot


class Rule(NamedTuple):
    """What a rule comes to for some axioms: if `body` holds, so does `head`, or none of it may."""

    name: str
    axioms: tuple[ox.Triple, ...]
    body: tuple[Pattern, ...]
    head: Pattern | None
    meaning: str = ""  # of a rule without a head: what is the matter


class _Row(NamedTuple):
    name: str
    axioms: list[str]
    condition: str
    body: list[str]
    conclusion: str


def schema_rules(axioms: ox.Store) -> list[Rule]:
    """Give the rules by which axioms entail axioms; those with a list are made for these axioms."""
    return list(_grounded(_SCHEMA, axioms))


def thing_rules(axioms: ox.Store) -> list[Rule]:
    """Give what closed axioms entail of things, one rule for each.

    :raises InputError: a list without end, or a cardinality that is no number
    """
    return list(_grounded(_THINGS, axioms))


def false_rules(axioms: ox.Store) -> list[Rule]:
    """Give what may not hold of things by closed axioms; raises as `thing_rules` does."""
    return list(_grounded(_FALSE, axioms))


def axioms(store: Dataset, graph: GraphName) -> Iterator[ox.Triple]:
    """Read the statements of a graph that the rules take for axioms, lists among them."""
    predicates, classes = (" ".join(map(str, terms)) for terms in _vocabulary())
    query = f"""SELECT ?subject ?predicate ?object {{
      {{ VALUES ?predicate {{ {predicates} }} ?subject ?predicate ?object }}
      UNION {{ VALUES ?predicate {{ {TYPE} }} VALUES ?object {{ {classes} }}
               ?subject ?predicate ?object }}
    }}"""
    for row in cast("Solutions", store.query(query, default_graph=graph)):
        yield ox.Triple(*cast("list[Any]", row))


def is_axiom(triple: ox.Triple) -> bool:
    """Tell whether the rules take a statement for an axiom."""
    predicates, classes = _vocabulary()
    return triple.predicate in predicates or (triple.predicate == TYPE and triple.object in classes)


@cache
def _vocabulary() -> tuple[set[ox.NamedNode], set[ox.NamedNode]]:
    """Collect the predicates of axioms, and the classes that make a statement of type one."""
    predicates, classes = {FIRST, REST}, set()
    rows = [*_rows(_SCHEMA), *_rows(_THINGS), *_rows(_FALSE)]
    for row in rows:
        for pattern in row.axioms + (row.body if row.name.startswith("scm") else []):
            _, predicate, object_ = pattern.split()
            if predicate == "rdf:type":
                classes.add(_constant(object_))
            else:
                predicates.add(_constant(predicate))
    return predicates, classes


@cache
def _rows(table: str) -> list[_Row]:
    rows = []
    for line in re.split(r"\n(?=\S)", table.strip()):
        name, axioms, condition, body, conclusion = (" ".join(c.split()) for c in line.split("|"))
        rows.append(_Row(name, _patterns(axioms), condition, _patterns(body), conclusion))
    return rows


def _patterns(text: str) -> list[str]:
    return [pattern for pattern in text.split(" . ") if pattern]


def _grounded(table: str, schema: ox.Store) -> Iterator[Rule]:
    for row in _rows(table):
        where = " . ".join(filter(None, [*row.axioms, row.condition]))
        if any("maxC" in axiom or "maxQ" in axiom for axiom in row.axioms):
            _check_numbers(schema)
        text = f"SELECT * {{ {where} }}"
        found = cast("ox.QuerySolutions", schema.query(text, prefixes=PREFIXES))
        known: dict[Rule, None] = {}
        for solution in found:
            values = {name.value: solution[name] for name in found.variables}
            members = list(_members(schema, values["list"])) if "list" in values else []
            pairs = combinations(members, 2) if "all" in values else [()]
            for pair in pairs:
                known[_rule(row, values | dict(zip("ab", pair, strict=False)), members)] = None
        yield from known


def _rule(row: _Row, values: Values, members: Sequence[Slot]) -> Rule:
    values = {**values, **{f"member{i}": member for i, member in enumerate(members)}}
    body = [
        _pattern(text.replace("?member", f"?member{i}").format(i=i, j=i + 1), values)
        for text in row.body
        for i in (range(len(members)) if "?member" in text else (0,))
    ]
    conclusion = row.conclusion.format(end=len(members))
    is_false = not conclusion.startswith(("?", "owl:"))
    return Rule(
        row.name,
        tuple(ox.Triple(*_pattern(axiom, values)) for axiom in row.axioms),
        tuple(p for p in body if p.predicate != SAME or p.subject != p.object),  # rule eq-ref
        None if is_false else _pattern(conclusion, values),
        conclusion if is_false else "",
    )


def _pattern(text: str, values: Values) -> Pattern:
    return Pattern(*(_slot(word, values) for word in text.split()))


def _slot(word: str, values: Values) -> Slot:
    if word[0] != "?":
        return _constant(word)
    return values.get(word[1:]) or ox.Variable(word[1:])


@cache
def _constant(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie) or curie)


def _members(schema: ox.Store, node: Slot) -> Iterator[Slot]:
    seen = set()
    while node != NIL:
        seen.add(node)
        firsts, rests = (
            [q.object for q in schema.quads_for_pattern(node, link, None)] for link in (FIRST, REST)
        )
        if len(firsts) != 1 or len(rests) != 1 or rests[0] in seen:
            raise InputError(f"an axiom cannot be reasoned with: {_shown(node)} is no list")
        yield firsts[0]
        node = rests[0]


def _check_numbers(schema: ox.Store) -> None:
    for predicate in _NUMBERS:
        for quad in schema.quads_for_pattern(None, predicate, None):
            datatype = getattr(quad.object, "datatype", None)
            if datatype is None or not datatype.value.startswith(XSD):
                raise InputError(
                    "an axiom cannot be reasoned with: "
                    f"{shorten(predicate.value)} is to be a number, not {_shown(quad.object)}"
                )


def _shown(term: Slot) -> str:
    return shorten(term.value) if isinstance(term, ox.NamedNode) else str(term)
