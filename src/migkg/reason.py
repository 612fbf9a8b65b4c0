"""What follows from the sources by OWL 2 RL, and what contradicts itself; owlrl reasons."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
from owlrl.DatatypeHandling import AltXSDToPYTHON
from owlrl.OWLRL import OWLRL_Semantics
from owlrl.XsdDatatypes import OWL_RL_Datatypes
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from migkg.contradictions import Clash, clashes
from migkg.errors import GraphInconsistent, InputError
from migkg.rdflib_terms import statement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement

_DATATYPES = set(OWL_RL_Datatypes)
_CAST_BY_OXIGRAPH = {XSD.boolean, XSD.date, XSD.dateTime, XSD.decimal}
_CAST_BY_OXIGRAPH |= {XSD.double, XSD.float, XSD.integer, XSD.time}
_WITH_TIME_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_FOR_OWLRL: dict[
    URIRef | None, Callable[[str], str]
] = {  # it refuses no bytes, blanks, XML in parts
    XSD.hexBinary: lambda text: text or "00",
    XSD.base64Binary: lambda text: text.replace(" ", "") or "AAAA",
    RDF.XMLLiteral: "<part>{}</part>".format,
}
_TYPE, _SUBCLASS = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(RDFS.subClassOf))
_VOCABULARY = (str(RDF), str(RDFS), str(OWL), str(XSD))
_REFLEXIVE = {OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty}
_REFLEXIVE |= {RDFS.subClassOf, RDFS.subPropertyOf}
_MEMBERSHIP = {RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range}
_ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy}
_ANNOTATIONS |= {OWL.versionInfo, OWL.versionIRI, OWL.priorVersion, OWL.deprecated}
_DECLARATIONS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}


class Inconsistency(GraphInconsistent):
    """The sources contradict each other; `clashes` tells where."""

    clashes: list[Clash]

    def __init__(self, clashes: list[Clash]) -> None:
        others = f" (and {len(clashes) - 1} more)" if clashes[1:] else ""
        super().__init__(f"the sources contradict each other: {clashes[0]}{others}")
        self.clashes = clashes


def close(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """List what OWL 2 RL entails beyond the given triples, without what says nothing.

    https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
    Raises Inconsistency with every clash found, InputError for an axiom that owlrl cannot read.
    """
    given = {
        statement_of(t, typed_strings=True): t
        for t in triples
        if not isinstance(t.object, ox.Triple)
    }
    if misfits := [t for s, t in given.items() if not _fits_datatype(s[2])]:
        meaning = "has a value that is not of the form of its datatype"
        raise Inconsistency([Clash("dt-not-type", t.subject, meaning, (t,)) for t in misfits])
    closure, complaints = _closure(set(given))
    terms = {node: term for s, t in given.items() for node, term in zip(s, t, strict=True)}
    entailed = {
        s: ox.Triple(*(terms.get(node) or ox.NamedNode(str(node)) for node in s))
        for s in closure
        if not isinstance(s[0], Literal)
    }
    all_entailed = set(entailed.values())
    found = list(clashes(all_entailed))
    if found or complaints:
        asserted = set(given.values())
        found.sort(key=lambda clash: len(set(clash.statements) - asserted))
        raise Inconsistency(
            list(_with_grounds(found, asserted, all_entailed))
            or [Clash("owlrl", None, text, ()) for text in complaints]
        )
    return [t for s, t in entailed.items() if s not in given and not _says_nothing(s)]


def _with_grounds(
    found: list[Clash], asserted: set[ox.Triple], entailed: set[ox.Triple]
) -> Iterator[Clash]:
    """Put before a class that was inferred the classes within it that are asserted of the thing."""
    within = {(t.subject, t.object) for t in entailed if t.predicate == _SUBCLASS}
    said: dict[object, list[ox.Triple]] = {}
    for triple in asserted:
        if triple.predicate == _TYPE:
            said.setdefault(triple.subject, []).append(triple)
    for clash in found:
        statements: list[ox.Triple] = []
        for premise in clash.statements:
            if premise.predicate == _TYPE and premise not in asserted:
                own = said.get(premise.subject, [])
                grounds = (t for t in own if (t.object, premise.object) in within)
                statements += sorted(grounds, key=str)
            statements.append(premise)
        yield clash._replace(statements=tuple(dict.fromkeys(statements)))


def _says_nothing(statement: Statement) -> bool:
    s, p, o = statement
    return (
        (s == o and p in _REFLEXIVE)
        or (s == OWL.Nothing and p == RDFS.subClassOf)
        or (o in {OWL.Thing, RDFS.Resource} and p in _MEMBERSHIP)
        or all(map(_in_vocabulary, statement))
        or (
            p in {RDF.type, RDFS.subClassOf, OWL.equivalentClass}
            and all(isinstance(node, BNode) or _in_vocabulary(node) for node in (s, o))
        )
    )


def _in_vocabulary(node: Node) -> bool:
    return isinstance(node, URIRef) and str(node).startswith(_VOCABULARY)


def _closure(given: set[Statement]) -> tuple[set[Statement], list[str]]:
    """Close what can matter, or everything should the result reach what was left out."""
    inert = _inert(given)
    closure, complaints = _owlrl(set(_reasoned_with(given, inert)))
    if any(_reaches(statement, inert) for statement in closure):
        closure, complaints = _owlrl(given)
    return closure | given, complaints


def _inert(given: set[Statement]) -> set[Node]:
    """Predicates that no axiom mentions: only eq-rep could say more of their statements."""
    inert = {p for _, p, _ in given if p in _ANNOTATIONS or not _in_vocabulary(p)}
    while True:
        axioms = [s for s in given if s[1] not in inert and not _declares(s)]
        mentioned = {node for s, _, o in axioms for node in (s, o)}
        if inert.isdisjoint(mentioned):
            return inert
        inert -= mentioned


def _reasoned_with(given: set[Statement], inert: set[Node]) -> Iterator[Statement]:
    datatypes = {None}  # all values of a datatype are in the same classes: one of each stays
    for statement in given:
        datatype = getattr(statement[2], "datatype", None)
        if statement[1] not in inert or datatype not in datatypes:
            datatypes.add(datatype)
            yield statement


def _reaches(statement: Statement, inert: set[Node]) -> bool:
    s, p, o = statement
    about = OWL.sameAs in statement or (p not in inert and (s in inert or o in inert))
    return about and s != o and not _declares(statement)


def _declares(statement: Statement) -> bool:
    return statement[1] == RDF.type and statement[2] in _DECLARATIONS


def _owlrl(given: set[Statement]) -> tuple[set[Statement], list[str]]:
    graph = Graph()
    for statement in given:
        graph.add(statement)
    reasoner = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    rules = reasoner.rules

    def corrected(statement: Statement, _cycle: int) -> None:
        if statement[1] == OWL.hasKey:  # owlrl's prp-key does not look at the last property
            for same in _same_keys(graph, statement[0], list(graph.items(statement[2]))):
                reasoner.store_triple(same)
        else:
            rules(statement, 2)  # in cycle 1 it lists blank nodes, in quadratic time

    def without_error_nodes() -> None:
        complaints.extend(m for m in reasoner.error_messages if not m.startswith("Lexical value"))
        reasoner.error_messages.clear()

    complaints: list[str] = []
    reasoner.rules, reasoner.post_process = corrected, without_error_nodes
    try:
        reasoner.closure()
    except (AttributeError, ValueError) as error:
        raise InputError(f"an axiom cannot be reasoned with: {error}") from error
    return {s for s in graph if isinstance(s[1], URIRef)}, complaints


def _same_keys(graph: Graph, of: Node, keys: list[Node]) -> Iterator[Statement]:
    first: dict[tuple[Node, ...], Node] = {}
    for thing in graph.subjects(RDF.type, of) if keys else ():
        for values in product(*(list(graph.objects(thing, key)) for key in keys)):
            yield thing, OWL.sameAs, first.setdefault(values, thing)


def _fits_datatype(node: Node) -> bool:
    """By rule dt-not-type: owlrl, and Oxigraph where it can cast, must find a value unfit."""
    if not isinstance(node, Literal) or node.datatype not in _DATATYPES:
        return True
    text = str(node)
    try:
        AltXSDToPYTHON.get(node.datatype, str)(_FOR_OWLRL.get(node.datatype, str)(text))
    except (ArithmeticError, LookupError, ValueError):
        if node.datatype == XSD.dateTimeStamp:
            return bool(_WITH_TIME_ZONE.search(text)) and _casts(text, XSD.dateTime)
        return node.datatype in _CAST_BY_OXIGRAPH and _casts(text, node.datatype)
    return True


def _casts(text: str, datatype: URIRef) -> bool:
    """Ask Oxigraph, which unlike owlrl knows INF, 24:00:00 and years before Christ."""
    value = f"<{datatype}>({ox.Literal(text)})"
    tried = f"SELECT ?value {{ BIND({value} AS ?value) FILTER(BOUND(?value)) }}"
    return any(cast("ox.QuerySolutions", ox.Store().query(tried)))
