"""Where the pages of a site lie, and how one leads to another.

A page lies at the path of what it tells of; those in another language than English lie alike, in a
folder of their own: id/country-JOR.html, fr/id/country-JOR.html. So a link within a language is the
same in each, and no name of a thing can look like the name of a language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.export.naming import file_name
from migkg.export.site import ONTOLOGY as HEADER
from migkg.pages.links import CODES, HOME, ONTOLOGY, QUERIES, SHAPES, THINGS, Links
from migkg.pages.words import LANGUAGES
from migkg.syntax import OF_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_PAGES = {
    HOME: "index",
    THINGS: "id/index",
    CODES: "code/index",
    ONTOLOGY: "ontology/index",
    SHAPES: "shape/index",
    QUERIES: "queries/index",
}
"""The first page of each section."""
ALL = "~all"
"""Behind the path of a thing: the list of all that refers to it; no name is encoded like this."""


def page(path: str, language: str) -> str:
    """Name the file of a page, from the root of the site."""
    return f"{'' if language == 'en' else f'{language}/'}{path}.html"


def query(name: str, ending: str) -> str:
    """Name a file of a stored query, from the root of the site or the folder of a language."""
    return f"queries/{file_name(name)}.{ending}"


def absolute(base: str, path: str, language: str) -> str:
    """Give the address of a page as the world knows it; that of a first page is its folder's."""
    return base + page(path, language).removesuffix("index.html")


def links(base: str, paths: Mapping[str, str], path: str, language: str, data: str = "") -> Links:
    """Give the addresses that a page needs.

    :param paths: of the IRIs that have pages
    :param path: of the page, from the folder of its language, without ending
    :param data: the same of files that tell in RDF what the page does, where there are any
    """
    above = "../" * path.count("/")
    root = above + ("" if language == "en" else "../")
    here = path[: path.rfind("/") + 1]

    def within(target: str) -> str:
        return target.removeprefix(here) if here and target.startswith(here) else above + target

    def term(iri: str) -> str | None:
        if iri == HEADER.value:
            return within(f"{FIRST_PAGES[ONTOLOGY]}.html")
        found = paths.get(iri)
        return None if found is None else within(f"{found}.html")

    def asked(name: str, ending: str) -> str:
        return within(query(name, ending)) if ending == "html" else root + query(name, ending)

    return Links(
        term=term,
        section=lambda name: within(f"{FIRST_PAGES[name]}.html"),
        query=asked,
        file=lambda path: root + path,
        languages={tag: root + page(path, tag) for tag in LANGUAGES},
        absolute={tag: absolute(base, path, tag) for tag in LANGUAGES},
        alternates={s.media_type: f"{root}{data}.{s.ending}" for s in OF_GRAPHS if data},
        every_reference=within(f"{path.removesuffix(ALL)}{ALL}.html"),
    )
