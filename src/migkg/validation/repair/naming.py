"""Names for things: from the pattern that they are to follow, and from what they are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from rdflib import DCTERMS, RDFS, SKOS, BNode, Literal, URIRef

from migkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.validation.repair.midst import Midst

_ALTERNATIVES = re.compile(r"\(([^()|]+(?:\|[^()|]+)+)\)")
_FIXED = re.compile(r"\^((?:[^\\^$.|?*+()\[\]{}]|\[[.]\])+)")
_NAMING = (DCTERMS.identifier, URIRef(PREFIXES["mk"] + "isoAlpha3"), SKOS.prefLabel, RDFS.label)
_LONGEST = 60  # characters


def names(focus: Node, pattern: str, midst: Midst) -> Iterator[URIRef]:
    """Propose IRIs that a pattern lets pass and that nothing has."""
    alternatives = _ALTERNATIVES.search(pattern)
    for word in alternatives[1].split("|") if alternatives else [""]:
        fixed = _FIXED.match(_ALTERNATIVES.sub(word, pattern))
        if not fixed:
            continue
        begin = fixed[1].replace("[.]", ".")
        for rest in _called(focus, midst):
            for name in (rest, *_reduced(rest, begin)):
                iri = URIRef(begin + name)
                if re.search(pattern, iri) and not any(midst.data.triples((iri, None, None))):
                    yield iri


def _reduced(rest: str, begin: str) -> Iterator[str]:
    kind = begin.rpartition("/")[2]
    yield rest.removeprefix(kind)
    yield from (rest.removeprefix(kind).lower(), rest.removeprefix(kind).upper())
    yield re.sub("[^A-Za-z0-9]", "", rest.title())


def _called(focus: Node, midst: Midst) -> Iterator[str]:
    for prop in _NAMING:
        said = [o for o in midst.data.objects(focus, prop) if isinstance(o, Literal)]
        for text in sorted(said, key=lambda o: (o.language not in ("en", None), str(o))):
            yield slug(str(text))
            yield str(text)
    if not isinstance(focus, BNode):
        yield slug(re.split("[/#:]", str(focus))[-1])
    for one, _ in midst.entry.subject_predicates(focus):
        if not isinstance(one, BNode):
            yield slug(re.split("[/#]", str(one))[-1].partition("-")[2])
    yield "new"


def slug(text: str) -> str:
    """Write a text with letters, figures and hyphens alone: “Rio São” becomes ``rio-sao``."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "x"
