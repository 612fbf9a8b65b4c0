"""What is to be told of one thing, whatever the language."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg import describe
from migkg.namespaces import MK, MKD, OA, RDF, RDFS, SKOS
from migkg.sources.passages import Source, ordered
from migkg.store import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.pages.reading import Reading
    from migkg.terms import Term

_NAMES = (SKOS + "prefLabel", RDFS + "label", SKOS + "altLabel")
_DEFINITION = ox.NamedNode(SKOS + "definition")
_TYPE = ox.NamedNode(RDF + "type")
_EVIDENCE, _PASSAGE, _SUPPORTS = (ox.NamedNode(MK + n) for n in ("evidence", "passage", "supports"))
_EXACT = ox.NamedNode(OA + "exact")


class Said(NamedTuple):
    """A value, the rule by which it follows if it does, and the numbers of what supports it."""

    value: Term
    rule: str = ""
    cited: tuple[int, ...] = ()


class Group(NamedTuple):
    """A property with its values, or with the things that it leads from."""

    property: ox.NamedNode
    values: list[Said]


class Citation(NamedTuple):
    """A passage that supports statements, and the words that it has for values of properties."""

    source: Source
    exact: list[tuple[str, tuple[ox.NamedNode, ...]]]


class About(NamedTuple):
    """A thing: its kinds, names and definitions, what is said of it, on which evidence.

    `resting` are the things that have a passage as evidence, each with the properties that the
    passage supports, all of them if there are none. `members` counts what is in a class, `listed`
    tells whether some of that is in no narrower one; `uses` counts the statements with a property.
    """

    term: ox.NamedNode
    kinds: list[ox.NamedNode]
    names: list[Group]
    definitions: list[Said]
    statements: list[Group]
    citations: list[Citation]
    references: list[Group]
    resting: list[tuple[ox.NamedNode, list[ox.NamedNode]]]
    members: int
    listed: bool
    uses: int


def about(reading: Reading, term: ox.NamedNode) -> About:
    """Collect what a page tells of a term.

    Evidence is numbered by document and place in it, over all that the page tells.
    """
    store = reading.store
    out = describe.told(store, term)
    named = [
        ox.Triple(term, ox.NamedNode(iri), value)
        for iri in _NAMES
        for value in _values(reading, term, ox.NamedNode(iri))
    ]
    defined = [ox.Triple(term, _DEFINITION, value) for value in _values(reading, term, _DEFINITION)]
    supports = {
        triple: [
            s for s in reading.support(triple) if isinstance(s, Source) and s.passage != term.value
        ]
        for triple in (*named, *defined, *out)
    }
    exact = _exact(reading, term)
    every = {source for sources in supports.values() for source in sources} | exact.keys()
    cited = [source for source in ordered(every) if isinstance(source, Source)]
    numbers = {source: at for at, source in enumerate(cited, start=1)}

    def said(triple: ox.Triple) -> Said:
        found = tuple(sorted(numbers[source] for source in supports[triple]))
        return Said(triple.object, reading.rule(triple), found)

    members = _subjects(reading, _TYPE, term)
    return About(
        term=term,
        kinds=describe.kinds(store, term),
        names=_grouped((triple.predicate, said(triple)) for triple in named),
        definitions=[said(triple) for triple in defined],
        statements=_grouped((triple.predicate, said(triple)) for triple in out),
        citations=[Citation(source, exact.get(source, [])) for source in cited],
        references=_grouped(
            (triple.predicate, Said(triple.subject, reading.rule(triple)))
            for triple in describe.referring(store, term, out)
            if isinstance(triple.subject, ox.NamedNode)
        ),
        resting=_resting(reading, term),
        members=len(members),
        listed=any(term in describe.kinds(store, m) for m in members if m.value.startswith(MKD)),
        uses=sum(1 for _ in store.quads_for_pattern(None, term, None, ALL)),
    )


def _values(reading: Reading, term: ox.NamedNode, prop: ox.NamedNode) -> list[Term]:
    return sorted(
        (q.object for q in reading.store.quads_for_pattern(term, prop, None, ALL)), key=str
    )


def _grouped(pairs: Iterable[tuple[ox.NamedNode, Said]]) -> list[Group]:
    groups: defaultdict[ox.NamedNode, list[Said]] = defaultdict(list)
    for prop, said in pairs:
        groups[prop].append(said)
    return [Group(prop, groups[prop]) for prop in sorted(groups, key=str)]


def _exact(
    reading: Reading, term: ox.NamedNode
) -> dict[Source, list[tuple[str, tuple[ox.NamedNode, ...]]]]:
    """Read the evidence of a thing: each passage, its words for values, and of which properties."""
    found: defaultdict[Source, set[tuple[str, tuple[ox.NamedNode, ...]]]] = defaultdict(set)
    for evidence in _objects(reading, term, _EVIDENCE):
        properties = tuple(sorted(_named(reading, evidence, _SUPPORTS), key=str))
        words = {
            (literal.value, properties)
            for literal in _objects(reading, evidence, _EXACT)
            if isinstance(literal, ox.Literal)
        }
        for passage in _objects(reading, evidence, _PASSAGE):
            found[reading.source(passage)] |= words
    return {source: sorted(words, key=str) for source, words in found.items()}


def _resting(
    reading: Reading, passage: ox.NamedNode
) -> list[tuple[ox.NamedNode, list[ox.NamedNode]]]:
    found: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for evidence in reading.store.quads_for_pattern(None, _PASSAGE, passage, ALL):
        properties = set(_named(reading, evidence.subject, _SUPPORTS))
        for quad in reading.store.quads_for_pattern(None, _EVIDENCE, evidence.subject, ALL):
            if isinstance(quad.subject, ox.NamedNode):
                found[quad.subject] |= properties
    return [(thing, sorted(found[thing], key=str)) for thing in sorted(found, key=str)]


def _objects(reading: Reading, node: Term, prop: ox.NamedNode) -> Iterator[Term]:
    if not isinstance(node, ox.Literal):
        for quad in reading.store.quads_for_pattern(node, prop, None, ALL):
            yield quad.object


def _named(reading: Reading, node: Term, prop: ox.NamedNode) -> Iterator[ox.NamedNode]:
    for value in _objects(reading, node, prop):
        if isinstance(value, ox.NamedNode):
            yield value


def _subjects(reading: Reading, prop: ox.NamedNode, value: ox.NamedNode) -> list[ox.NamedNode]:
    quads = reading.store.quads_for_pattern(None, prop, value, ALL)
    return [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]
