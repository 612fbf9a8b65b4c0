"""Which passages of which documents support a triple, by its evidence in the store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import pyoxigraph as ox

from migkg.namespaces import MK, OA, PREFIXES, RDF, RDFS
from migkg.store import ALL, ASSERTED
from migkg.store import INFERRED as INFERRED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set

    from migkg.dataset import Dataset
    from migkg.reasoning.proof import Prover
    from migkg.terms import Term

INFERRED: Final = "inferred"

_TYPE = ox.NamedNode(RDF + "type")
_VALUE = ox.NamedNode(RDF + "value")
_LABEL = ox.NamedNode(RDFS + "label")
_EVIDENCE = ox.NamedNode(MK + "evidence")
_PASSAGE = ox.NamedNode(MK + "passage")
_SUPPORTS = ox.NamedNode(MK + "supports")
_NARROWED_TO = ox.NamedNode(MK + "value")
_PASSAGE_CLASS = ox.NamedNode(MK + "Passage")
_HEADING = ox.NamedNode(MK + "heading")
_HAS_SOURCE = ox.NamedNode(OA + "hasSource")
_HAS_SELECTOR = ox.NamedNode(OA + "hasSelector")
_DATA_SET = ox.NamedNode(PREFIXES["qb"] + "dataSet")
_SOURCE = ox.NamedNode(PREFIXES["dct"] + "source")
_IDENTIFIER = ox.NamedNode(PREFIXES["dct"] + "identifier")
_TITLE = ox.NamedNode(PREFIXES["dct"] + "title")
_SAYS_EVIDENCE = {_EVIDENCE, _PASSAGE, _SUPPORTS, _NARROWED_TO}


class Source(NamedTuple):
    """A passage of a document; a document as a whole has no passage, heading and lines."""

    passage: str
    document: str
    code: str
    title: str
    heading: str
    lines: str


Support = Source | Literal["inferred"]


class _Evidence(NamedTuple):
    """An evidence node: empty `properties` or `values` leave nothing out."""

    passages: set[Term]
    properties: set[Term]
    values: set[Term]


def proving(store: Dataset) -> Prover:
    """Make what proves the statements of a store that were inferred."""
    from migkg.reasoning.proof import Prover

    return Prover(store, ALL, lambda triple: _is_in(store, triple, ASSERTED))


def supporting(store: Dataset, prover: Prover | None = None) -> Callable[[ox.Triple], Set[Support]]:
    """Make a function that tells what supports a triple; it reads each passage once.

    What was inferred is supported by what supports the statements that it follows from.
    """
    return _Support(store, prover or proving(store)).of


def describing(store: Dataset) -> Callable[[Term], Source]:
    """Make a function that describes a passage, or a document as a whole; it reads each once."""
    return _Support(store, proving(store)).source


def ordered(supports: Iterable[Support]) -> list[Support]:
    """Order by document, then place in it; what is inferred comes last."""
    return sorted(supports, key=_order)


def is_inferred(store: Dataset, triple: ox.Triple) -> bool:
    """Tell whether a statement follows without being said."""
    inferred = _is_in(store, triple, INFERRED_GRAPH)
    return inferred and not _is_in(store, triple, ASSERTED)


def _is_in(store: Dataset, triple: ox.Triple, graph: ox.NamedNode) -> bool:
    return any(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, graph))


class _Support:
    """What supports a triple; evidence and passages are read once."""

    def __init__(self, store: Dataset, prover: Prover) -> None:
        self.store, self.prover = store, prover
        self.evidence: dict[Term, list[_Evidence]] = {}
        self.sources: dict[Term, Source] = {}
        self.passages: dict[Term, bool] = {}

    def of(self, triple: ox.Triple) -> Set[Support]:
        """Give the passages whose evidence covers a triple, and those that the triple is about."""
        s, p, o = triple.subject, triple.predicate, triple.object
        found: set[Term] = {node for node in (s, o) if self.is_passage(node)}
        if p not in _SAYS_EVIDENCE and not p.value.startswith(OA):
            if is_inferred(self.store, triple):
                inferred = set() if p == _TYPE else self.of_premises(triple)
                return inferred | {self.source(node) for node in found}
            for evidence in self.evidence_of(s):
                if p in (evidence.properties or {p}) and o in (evidence.values or {o}):
                    found |= evidence.passages
        return {self.source(node) for node in found}

    def of_premises(self, triple: ox.Triple) -> set[Support]:
        """Give what supports the statements that another follows from, if anything does."""
        proof = self.prover.proof(triple)
        return {s for said in (proof.said() if proof else ()) for s in self.of(said)} or {INFERRED}

    def is_passage(self, node: Term) -> bool:
        if node not in self.passages:
            self.passages[node] = _PASSAGE_CLASS in self.objects(node, _TYPE)
        return self.passages[node]

    def evidence_of(self, subject: Term) -> list[_Evidence]:
        """Read the evidence of a thing; an observation without any has its data set's source."""
        if subject not in self.evidence:
            self.evidence[subject] = [
                _Evidence(
                    set(self.objects(node, _PASSAGE)),
                    set(self.objects(node, _SUPPORTS)),
                    set(self.objects(node, _NARROWED_TO)),
                )
                for node in self.objects(subject, _EVIDENCE)
            ] or [
                _Evidence({source}, set(), set())
                for data_set in self.objects(subject, _DATA_SET)
                for source in self.objects(data_set, _SOURCE)
            ]
        return self.evidence[subject]

    def source(self, node: Term) -> Source:
        """Describe a passage, or a document as a whole."""
        if node not in self.sources:
            within = next(self.objects(node, _HAS_SOURCE), None)
            is_passage = within is not None or self.is_passage(node)
            document = within if is_passage else node
            selectors = [
                _lines(self.text(selector, _VALUE))
                for selector in self.objects(node, _HAS_SELECTOR)
            ]
            self.sources[node] = Source(
                passage=_name(node) if is_passage else "",
                document=_name(document),
                code=self.text(document, _IDENTIFIER),
                title=self.text(document, _TITLE) or self.text(document, _LABEL),
                heading=self.text(node, _HEADING) if is_passage else "",
                lines=", ".join(sorted(selectors)),
            )
        return self.sources[node]

    def text(self, node: Term | None, predicate: ox.NamedNode) -> str:
        """Give the English text if there is one, else one and always the same."""
        literals = [o for o in self.objects(node, predicate) if isinstance(o, ox.Literal)]
        best = min(literals, key=lambda o: (o.language != "en", o.value), default=None)
        return best.value if best else ""

    def objects(self, node: Term | None, predicate: ox.NamedNode) -> Iterator[Term]:
        if isinstance(node, ox.NamedNode | ox.BlankNode):
            for quad in self.store.quads_for_pattern(node, predicate, None, ALL):
                yield quad.object


def _name(node: Term | None) -> str:
    return "" if node is None or isinstance(node, ox.Triple) else node.value


def _lines(selector: str) -> str:
    """Write what a fragment selects as people count it: lines from 1, both ends included.

    https://www.rfc-editor.org/rfc/rfc5147#section-2.2 counts the positions between lines.
    """
    lines = re.match(r"line=(\d*),(\d*)", selector)
    if lines:
        first, last = int(lines[1] or 0) + 1, lines[2]
        return last if str(first) == last else f"{first}\u2013{last}"
    page = re.fullmatch(r"page=(\d+)", selector)
    return f"page {page[1]}" if page else selector


def _order(support: Support) -> tuple[object, ...]:
    if not isinstance(support, Source):
        return (1,)
    place = [int(number) for number in re.findall(r"\d+", support.lines)]
    return (0, support.code, support.document, place, support.passage)
