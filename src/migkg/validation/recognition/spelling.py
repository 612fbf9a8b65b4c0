"""Which terms are spelt like one that is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg.lookup import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib import URIRef

_FARTHEST = 4
_SHOWN = 3
_WORD = re.compile(r"[^\W\d_]?[^\W\d_A-Z]+|[^\W\d_a-z]+|\d+")


class Pool(NamedTuple):
    """Terms to choose from, and how they are written: in full, and after their namespace.

    `known` keeps what was found for a term that was looked for.
    """

    terms: list[URIRef]
    full: list[str]
    local: list[str]
    known: dict[str, dict[URIRef, float]]

    def distances(self, iri: str) -> dict[URIRef, float]:
        """Tell how far the terms are that are spelt nearly so: letters that are not the same."""
        if iri not in self.known:
            found: dict[URIRef, float] = {}
            for term, distance in _distances(iri.casefold(), self):
                found[term] = min(found.get(term, distance), distance)
            self.known[iri] = found
        return self.known[iri]


def pool(terms: Iterable[URIRef]) -> Pool:
    """Prepare terms to be compared with; case makes no difference at first."""
    listed = list(dict.fromkeys(terms))
    full = [term.casefold() for term in listed]
    return Pool(listed, full, [text[len(namespace(text)) :] for text in full], {})


def _distances(full: str, among: Pool) -> Iterator[tuple[URIRef, float]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    local = full[len(namespace(full)) :]
    far = _tolerance(local)
    for text, choices, more in ((local, among.local, 1), (full, among.full, 0)):
        for _, distance, at in process.extract(
            text, choices, scorer=OSA.distance, score_cutoff=far - more, limit=None
        ):
            yield among.terms[at], distance + more


def namespace(iri: str) -> str:
    """Cut an IRI after its last hash or slash.

    >>> namespace("https://w3id.org/migkg/ontology#Project")
    'https://w3id.org/migkg/ontology#'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def nearest(iri: str, pools: Iterable[Pool], is_wanted: Callable[[URIRef], bool]) -> list[URIRef]:
    """Find the terms that are spelt nearly so, the nearest first; of like ones the wanted first.

    Letters are changed, left out, put in or swapped: optimal string alignment. The name in another
    namespace is as far as a letter.
    """
    from rapidfuzz.distance import OSA

    distances: dict[URIRef, float] = {}
    for one in pools:
        for term, distance in one.distances(iri).items():
            distances[term] = min(distances.get(term, distance), distance)
    ranked = sorted(
        (distance + 1.5 * (not is_wanted(term)), OSA.distance(iri, term), str(term), term)
        for term, distance in distances.items()
        if str(term) != str(iri)
    )
    return [rank[-1] for rank in ranked if rank[0] <= ranked[0][0] + 1][:_SHOWN]


def _tolerance(local: str) -> int:
    """Allow a letter in three of what tells the name from others of its kind."""
    telling = local.partition("-")[2] or local
    return max(1, min(_FARTHEST, len(telling) // 3))


def readings(local: str) -> list[str]:
    """Read a local name as words, with and without the first ones, which may tell the kind.

    >>> readings("country-Jordan")
    ['country jordan', 'jordan']
    """
    words = _WORD.findall(local)
    return [fold(" ".join(words[at:])) for at in range(min(len(words), 4))]


def similar(text: str, choices: list[str]) -> list[str]:
    """Find the texts that are nearly the same, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    far = min(_FARTHEST, len(text) // 4)
    found = process.extract(text, choices, scorer=OSA.distance, score_cutoff=far, limit=_SHOWN)
    return [choice for choice, _, _ in found]
