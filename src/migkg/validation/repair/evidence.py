"""Repairs of what is said without a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, BNode, URIRef

from migkg.namespaces import PREFIXES
from migkg.validation.finding import Repair
from migkg.validation.repair import change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding
    from migkg.validation.repair.change import Candidate
    from migkg.validation.repair.midst import Midst

REQUIRED = PREFIXES["mksh"] + "Thing-evidence"
_EVIDENCE = URIRef(PREFIXES["mk"] + "evidence")
_KIND = URIRef(PREFIXES["mk"] + "Passage")
_PASSAGE = URIRef(PREFIXES["mk"] + "passage")
_VALUE = URIRef(PREFIXES["mk"] + "value")
_SUPPORTS = URIRef(PREFIXES["mk"] + "supports")


def cited(finding: Finding, midst: Midst) -> Iterator[Candidate]:
    """Let a passage support what is said: one that the entry cites for the thing, or for others."""
    focus, path = finding.focus, finding.path
    if focus is None or path is None:
        return
    for evidence in sorted(midst.entry.objects(focus, _EVIDENCE), key=str):
        if (evidence, _SUPPORTS, None) in midst.entry:
            yield change.added([(evidence, _SUPPORTS, path)])
    for passage in _passages(focus, midst):
        node = BNode()
        said = [(focus, _EVIDENCE, node), (node, _PASSAGE, passage), (node, _SUPPORTS, path)]
        yield change.added(said)


def bracketed(passage: Node, midst: Midst) -> Iterator[Candidate]:
    """Put a passage that is evidence itself into the brackets that were forgotten."""
    if (passage, RDF.type, _KIND) in midst.data:
        for thing in sorted(midst.entry.subjects(_EVIDENCE, passage), key=str):
            node = BNode()
            cited = ((thing, _EVIDENCE, node), (node, _PASSAGE, passage))
            yield change.Candidate(Repair(((thing, _EVIDENCE, passage),), cited))


def retracted(statement: Statement, midst: Midst) -> list[Statement]:
    """Take a statement away, and of the evidence what supports it and nothing else."""
    focus, path, value = statement
    found = [statement]
    for evidence in sorted(midst.entry.objects(focus, _EVIDENCE), key=str):
        supported = set(midst.entry.objects(evidence, _SUPPORTS))
        narrowed = set(midst.entry.objects(evidence, _VALUE))
        alone = {*midst.data.objects(focus, path)} == {value}
        if path in supported and (alone if not narrowed else value in narrowed):
            if supported == {path}:
                found += [
                    (focus, _EVIDENCE, evidence),
                    *midst.entry.triples((evidence, None, None)),
                ]
            else:
                found.append((evidence, _SUPPORTS, path))
    return found


def _passages(focus: Node, midst: Midst) -> list[Node]:
    own = [
        passage
        for evidence in midst.data.objects(focus, _EVIDENCE)
        for passage in midst.data.objects(evidence, _PASSAGE)
    ]
    here = sorted(midst.entry.objects(None, _PASSAGE), key=str)
    others = sorted(midst.data.objects(None, _PASSAGE), key=str)[:1]
    return list(dict.fromkeys([*sorted(own, key=str), *here, *others]))[:4]
