"""Which evidence supports a statement, and which statements have to have some."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, RDFS, SKOS, URIRef

from migkg.namespaces import MK, OA, PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.rdflib_terms import Statement

EVIDENCE = URIRef(MK + "evidence")
PASSAGE = URIRef(MK + "passage")
SUPPORTS = URIRef(MK + "supports")
VALUE = URIRef(MK + "value")
EXACT = URIRef(OA + "exact")
_SELECTOR = URIRef(OA + "hasSelector")
_DATA_SET = URIRef(PREFIXES["qb"] + "dataSet")
_SOURCE = URIRef(PREFIXES["dct"] + "source")
_PASSAGES = (URIRef(MK + "Passage"), URIRef(MK + "OmittedPassage"))
_LABELS = {RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel}
_ALIGNMENTS = {
    RDFS.seeAlso,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
}
_NEEDS_NONE = {RDF.type, EVIDENCE, *_LABELS, *_ALIGNMENTS}


class Evidence(NamedTuple):
    """That a passage supports what is said of a thing: no properties or values leave none out."""

    passage: Node | None
    properties: frozenset[Node]
    values: frozenset[Node]
    exact: Node | None

    def covers(self, prop: Node, value: Node) -> bool:
        """Tell whether a statement on the thing, with this property and value, is supported."""
        return prop in (self.properties or {prop}) and value in (self.values or {value})


def evidence_of(data: Statements) -> dict[Node, list[Evidence]]:
    """Give the evidence of each thing that has some."""
    passage = dict(data.subject_objects(PASSAGE))
    exact = dict(data.subject_objects(EXACT))
    properties, values = _several(data, SUPPORTS), _several(data, VALUE)
    found: dict[Node, list[Evidence]] = {}
    for thing, node in data.subject_objects(EVIDENCE):
        narrowed = frozenset(properties.get(node, ())), frozenset(values.get(node, ()))
        evidence = Evidence(passage.get(node), *narrowed, exact.get(node))
        found.setdefault(thing, []).append(evidence)
    return found


def _several(data: Statements, prop: Node) -> dict[Node, set[Node]]:
    found: dict[Node, set[Node]] = {}
    for node, value in data.subject_objects(prop):
        found.setdefault(node, set()).add(value)
    return found


def wanting_evidence(data: Statements) -> list[Statement]:
    """List what has to have evidence: all but labels, types, evidence, passages and alignments."""
    exempt = set(data.objects(None, EVIDENCE))
    for kind in _PASSAGES:
        for passage in data.subjects(RDF.type, kind):
            exempt |= {passage, *data.objects(passage, _SELECTOR)}
    return [(s, p, o) for s, p, o in data if p not in _NEEDS_NONE and s not in exempt]


def has_source_of_data_set(data: Statements, thing: Node) -> bool:
    """Tell whether a thing is of a data set that names its source: tabular data rest on that."""
    return any((one, _SOURCE, None) in data for one in data.objects(thing, _DATA_SET))
