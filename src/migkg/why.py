"""Why a statement holds, as people read it: passages, or the rule and what it is applied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import unquote

import pyoxigraph as ox

from migkg import lookup, sparql
from migkg.namespaces import GRAPH, RDF
from migkg.reasoning.rules import MEANINGS
from migkg.results.readable import shown
from migkg.sources.passages import Source, is_inferred, ordered, proving, supporting
from migkg.store import ALL, ASSERTED, INFERRED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migkg.dataset import Dataset, Solutions
    from migkg.reasoning.proof import Proof
    from migkg.sources.passages import Support
    from migkg.terms import Term

_FIRST, _REST = (ox.NamedNode(RDF + name) for name in ("first", "rest"))


class Ground(NamedTuple):
    """A statement that holds, and why.

    What is said has passages that support it, or else files of the graph that say it; what
    follows has a rule of OWL 2 RL, what that says, and the statements that it is applied to.
    """

    statement: str
    supports: list[Support]
    files: list[str]
    rule: str
    meaning: str
    premises: list[Ground]

    def sources(self) -> Iterator[Source]:
        """List the passages that the statement rests on."""
        yield from (support for support in self.supports if isinstance(support, Source))
        for premise in self.premises:
            yield from premise.sources()


def grounding(store: Dataset, language: str) -> Callable[[ox.Triple], Ground]:
    """Make a function that tells why a statement of a store holds, in a language."""
    return _Grounding(store, language).of


def name(store: Dataset, term: Term, language: str) -> str:
    """Name a thing, or show a value."""
    return lookup.label(store, term, language) if isinstance(term, ox.NamedNode) else shown(term)


class _Grounding:
    def __init__(self, store: Dataset, language: str) -> None:
        self.store, self.language = store, language
        self.prover = proving(store)
        self.support = supporting(store, self.prover)
        self.known: dict[ox.Triple, list[str]] = {}

    def of(self, triple: ox.Triple) -> Ground:
        if is_inferred(self.store, triple) and (proof := self.prover.proof(triple)):
            return self.proved(proof)
        return self.said(triple)

    def proved(self, proof: Proof) -> Ground:
        if not proof.rule:
            return self.said(proof.statement)
        premises = [self.proved(premise) for premise in proof.premises]
        meaning = MEANINGS.get(proof.rule, "")
        return Ground(self.words(proof.statement), [], [], proof.rule, meaning, premises)

    def said(self, triple: ox.Triple) -> Ground:
        supports = ordered(self.support(triple))
        return Ground(
            self.words(triple), supports, [] if supports else self.files(triple), "", "", []
        )

    def words(self, triple: ox.Triple) -> str:
        return " · ".join(map(self.word, triple))

    def word(self, term: Term) -> str:
        """Name a term; of a list its members."""
        members = list(self.members(term)) if isinstance(term, ox.BlankNode) else []
        if members:
            return f"({', '.join(map(self.word, members))})"
        return name(self.store, term, self.language)

    def members(self, node: ox.BlankNode) -> Iterator[Term]:
        for first in self.store.quads_for_pattern(node, _FIRST, None, ALL):
            yield first.object
        for rest in self.store.quads_for_pattern(node, _REST, None, ALL):
            if isinstance(rest.object, ox.BlankNode):
                yield from self.members(rest.object)

    def files(self, triple: ox.Triple) -> list[str]:
        """Name the files of the graph that say a statement, whatever its blank nodes are."""
        if triple not in self.known:
            slots = [
                f"?{place}" if isinstance(term, ox.BlankNode) else sparql.term(term)
                for place, term in zip("spo", triple, strict=True)
            ]
            query = f"SELECT DISTINCT ?graph {{ GRAPH ?graph {{ {' '.join(slots)} }} }}"
            found = cast("Solutions", self.store.query(query, default_graph=ALL))
            graphs = {graph for (graph,) in found if isinstance(graph, ox.NamedNode)}
            self.known[triple] = sorted(
                unquote(graph.value.removeprefix(GRAPH)) for graph in graphs - {ASSERTED, INFERRED}
            )
        return self.known[triple]
