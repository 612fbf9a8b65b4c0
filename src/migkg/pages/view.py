"""What a page is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from migkg.pages.words import WORDS

if TYPE_CHECKING:
    from migkg.pages.links import Links
    from migkg.pages.reading import Reading


class View(NamedTuple):
    """A store to ask, the language of a page, and where from it other pages lie."""

    reading: Reading
    language: str
    links: Links

    @property
    def words(self) -> dict[str, str]:
        """What pages say in the language."""
        return WORDS[self.language]
