"""The names of many things, to find those that are called nearly like one of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import URIRef

    from migkg.validation.recognition.wording import Name

    Names = dict[str, list[Name]]


class NameIndex:
    """Things by what they are called, in each language."""

    def __init__(self, names: Mapping[URIRef, Names]) -> None:
        """Sort the names by what they are looked for by."""
        self.names = names
        self._things: list[URIRef] = []
        self._spellings: tuple[list[str], list[str]] = ([], [])
        self._by_key: defaultdict[str, list[URIRef]] = defaultdict(list)
        for thing, named in names.items():
            for name in {name for listed in named.values() for name in listed}:
                self._things.append(thing)
                for texts, text in zip(self._spellings, _spellings(name), strict=True):
                    texts.append(text)
                for key in _keys(name):
                    self._by_key[key].append(thing)

    def near(self, names: Names) -> list[URIRef]:
        """List the things of which `wording.is_same` or `wording.is_alike` may hold, and more."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found: set[URIRef] = set()
        for name in {name for listed in names.values() for name in listed}:
            for key in _keys(name):
                found.update(self._by_key.get(key, ()))
            for text, texts in zip(_spellings(name), self._spellings, strict=True):
                far = len(name.words) + 1  # a letter in each, and a blank
                near = process.extract(
                    text, texts, scorer=OSA.distance, score_cutoff=far, limit=None
                )
                found.update(self._things[at] for _, _, at in near)
        return sorted(found)


def _keys(name: Name) -> set[str]:
    initials = {f"={name.initials}"} | ({f"={name.folded}"} if name.is_acronym else set())
    return {name.folded, name.joined, *initials}


def _spellings(name: Name) -> tuple[str, str]:
    return " ".join(name.words), " ".join(sorted(name.words))
