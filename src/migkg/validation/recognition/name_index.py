"""The names of many things, to find those that are called nearly like one of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from migkg.validation.recognition.wording import is_mistyped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import URIRef

    from migkg.validation.recognition.wording import Name

    Names = dict[str, list[Name]]


class NameIndex:
    """Things by what they are called, in each language."""

    def __init__(self, names: Mapping[URIRef, Names]) -> None:
        """Sort the things by what they are looked for by."""
        self.names = names
        self._by_key: defaultdict[str, set[URIRef]] = defaultdict(set)
        self._by_word: defaultdict[str, set[URIRef]] = defaultdict(set)
        self._by_spelling: dict[str, set[URIRef]] = {}
        for thing, named in names.items():
            for name in _all(named):
                for key in _keys(name):
                    self._by_key[key].add(thing)
                for word in name.words:
                    self._by_word[word].add(thing)

    def near(self, names: Names) -> list[URIRef]:
        """List the things of which `wording.is_same` or `wording.is_alike` may hold, and more."""
        found: set[URIRef] = set()
        for name in _all(names):
            for key in _keys(name):
                found |= self._by_key.get(key, set())
            found |= min(map(self._spelt, name.words), key=len, default=set())
        return sorted(found)

    def _spelt(self, word: str) -> set[URIRef]:
        """List the things with this word in a name, or with one that is mistyped so."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if word not in self._by_spelling:
            near = process.extract(
                word, list(self._by_word), scorer=OSA.distance, score_cutoff=1, limit=None
            )
            alike = (other for other, _, _ in near if other == word or is_mistyped(word, other))
            self._by_spelling[word] = set().union(*(self._by_word[other] for other in alike))
        return self._by_spelling[word]


def _all(names: Names) -> Iterable[Name]:
    return {name for listed in names.values() for name in listed}


def _keys(name: Name) -> set[str]:
    initials = {f"={name.initials}"} | ({f"={name.folded}"} if name.is_acronym else set())
    return {name.folded, name.joined, *initials}
