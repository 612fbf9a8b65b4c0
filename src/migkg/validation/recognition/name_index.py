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

_INITIALS, _ACRONYM = "=", "@"


class NameIndex:
    """Things by what they are called, in each language."""

    def __init__(self, names: Mapping[URIRef, Names]) -> None:
        """Sort the things by what they are looked for by."""
        self.names = names
        self._by_key: defaultdict[str, set[URIRef]] = defaultdict(set)
        self._by_word: defaultdict[str, set[URIRef]] = defaultdict(set)
        self._by_shorter: defaultdict[str, set[str]] = defaultdict(set)
        for thing, named in names.items():
            for name in _all(named):
                for key in _keys(name, _INITIALS, _ACRONYM):
                    self._by_key[key].add(thing)
                for word in name.words:
                    if word not in self._by_word:
                        for shorter in _shorter(word):
                            self._by_shorter[shorter].add(word)
                    self._by_word[word].add(thing)

    def near(self, names: Names) -> list[URIRef]:
        """List the things of which `wording.is_same` or `wording.is_alike` may hold, and more."""
        found: set[URIRef] = set()
        for name in _all(names):
            for key in _keys(name, _ACRONYM, _INITIALS):
                found |= self._by_key.get(key, set())
            found |= min(map(self._spelt, name.words), key=len, default=set())
        return sorted(found)

    def _spelt(self, word: str) -> set[URIRef]:
        """List the things with this word in a name, or with one that is mistyped so."""
        near = set().union(*(self._by_shorter.get(text, set()) for text in _shorter(word)))
        alike = {other for other in near if is_mistyped(word, other)} | {word}
        return set().union(*(self._by_word.get(other, set()) for other in alike))


def _all(names: Names) -> Iterable[Name]:
    return {name for listed in names.values() for name in listed}


def _keys(name: Name, initials: str, acronym: str) -> set[str]:
    """List what a name is found by; its initials find acronyms, and an acronym finds initials."""
    own = {name.folded, name.joined, f"{initials}{name.initials}"}
    return own | ({f"{acronym}{name.folded}"} if name.is_acronym else set())


def _shorter(word: str) -> set[str]:
    """List a word and what is left of it without a letter: words a letter off share one of these.

    https://en.wikipedia.org/wiki/Approximate_string_matching
    """
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
