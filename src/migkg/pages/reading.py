"""A store as pages read it: what is looked up again and again is kept."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.namespaces import OA, OWL, PREFIXES, RDF, RDFS, SKOS, shorten
from migkg.pages.vocabulary import VOCABULARY
from migkg.pages.words import WORDS
from migkg.results.readable import harmless
from migkg.sources import passages
from migkg.store import ALL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Set

    from migkg.dataset import Dataset
    from migkg.sources.passages import Source, Support
    from migkg.terms import Term

LABELS = tuple(
    ox.NamedNode(iri)
    for iri in (
        *(SKOS + "prefLabel", RDFS + "label", PREFIXES["foaf"] + "name"),
        *(PREFIXES["dct"] + "title", SKOS + "altLabel"),
    )
)
"""The properties that name a thing, the best first."""

_KEPT = 20_000
_TYPE = ox.NamedNode(RDF + "type")
_TITLE = ox.NamedNode(PREFIXES["dct"] + "title")
_VERSION = ox.NamedNode(OWL + "versionInfo")
_LICENSE = ox.NamedNode(PREFIXES["dct"] + "license")
_HAS_SOURCE = ox.NamedNode(OA + "hasSource")
_SELECTOR = ox.NamedNode(OA + "FragmentSelector")
_VALUE = ox.NamedNode(RDF + "value")


class Name(NamedTuple):
    """A text and the language that it is in, "" where none is told."""

    text: str
    language: str = ""


class Heading(NamedTuple):
    """What the header of the ontology says of the whole: its title by language, and the rest."""

    title: dict[str, str]
    version: str
    license: str


class Reading(NamedTuple):
    """Ways of asking a store."""

    store: Dataset
    heading: Heading
    name: Callable[[ox.NamedNode, str], Name]
    source: Callable[[Term], Source]
    support: Callable[[ox.Triple], Set[Support]]
    rule: Callable[[ox.Triple], str]
    """The rule of OWL 2 RL by which a statement follows; "" for one that is said."""


def reading(store: Dataset) -> Reading:
    """Make the ways of asking a store that pages need; what they keep lives as long as they do."""
    prover = passages.proving(store)
    source = passages.describing(store)

    def rule(triple: ox.Triple) -> str:
        if not passages.is_inferred(store, triple):
            return ""
        proof = prover.proof(triple)
        return (proof.rule if proof else "") or "owl"

    @lru_cache(_KEPT)
    def labels(node: ox.NamedNode) -> Mapping[str, str]:
        for prop in LABELS:
            if found := _texts(store, node, prop):
                return found
        return VOCABULARY.get(node.value, {})

    @lru_cache(_KEPT)
    def name(node: ox.NamedNode, language: str) -> Name:
        return _best(labels(node), language) or _unlabelled(store, node, language, source)

    return Reading(store, _heading(store), name, source, passages.supporting(store, prover), rule)


def named(store: Dataset, node: ox.NamedNode) -> bool:
    """Tell whether a thing has a name of its own."""
    return any(_texts(store, node, prop) for prop in LABELS)


def texts(store: Dataset, node: ox.NamedNode, iri: str, language: str) -> Name | None:
    """Give a text about a thing in the language, else in none, in English, or in any."""
    return _best(_texts(store, node, ox.NamedNode(iri)), language)


def place(source: Source, language: str) -> str:
    """Tell where in its document a passage is: lines, a page, or as its selector is written."""
    words = WORDS[language]
    if source.lines.startswith("page "):
        return words["page"].format(source.lines.removeprefix("page "))
    if source.lines[:1].isdigit():
        many = "–" in source.lines or "," in source.lines
        return words["lines" if many else "line"].format(source.lines)
    return source.lines


def _best(by_language: Mapping[str, str], language: str) -> Name | None:
    for tag in (language, "", "en", min(by_language, default="")):
        if tag in by_language:
            return Name(by_language[tag], tag)
    return None


def _texts(store: Dataset, node: ox.NamedNode, prop: ox.NamedNode) -> dict[str, str]:
    """Give the texts of a property by language, of several in one language always the same.

    What is blank is no text: a link would have nothing to be seen, and be read as nothing.
    """
    found = sorted(
        (quad.object.language or "", harmless(quad.object.value))
        for quad in store.quads_for_pattern(node, prop, None, ALL)
        if isinstance(quad.object, ox.Literal) and quad.object.value.strip()
    )
    return dict(reversed(found))


def _unlabelled(
    store: Dataset, node: ox.NamedNode, language: str, source: Callable[[Term], Source]
) -> Name:
    """Name a passage by its heading, a place in a text by its lines, anything else by its CURIE."""
    if any(store.quads_for_pattern(node, _HAS_SOURCE, None, ALL)):
        found = source(node)
        where = f"({place(found, language)})" if found.lines else ""
        told = [": ".join(filter(None, (found.code, found.heading))), where]
        if any(told):
            return Name(" ".join(filter(None, told)), "")
    if any(store.quads_for_pattern(node, _TYPE, _SELECTOR, ALL)):
        for written in _texts(store, node, _VALUE).values():
            lines = passages.places(written)
            return Name(place(source(node)._replace(lines=lines), language), "")
    return Name(shorten(node.value).strip("<>"), "")


def _heading(store: Dataset) -> Heading:
    """Read the header of the ontology; of several ontologies that of the first."""
    ontologies = sorted(
        (
            quad.subject
            for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(OWL + "Ontology"), ALL)
            if isinstance(quad.subject, ox.NamedNode)
        ),
        key=str,
    )
    for ontology in ontologies:
        title = _texts(store, ontology, _TITLE)
        version = min(_texts(store, ontology, _VERSION).values(), default="")
        licenses = [
            quad.object.value
            for quad in store.quads_for_pattern(ontology, _LICENSE, None, ALL)
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith("http")
        ]
        return Heading(title, version, min(licenses, default=""))
    return Heading({}, "", "")
