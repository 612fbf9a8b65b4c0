"""The first page of a site: what the graph is, in figures, what there is to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from migkg.pages.forms import number
from migkg.pages.links import CODES, HOME, ONTOLOGY, QUERIES, THINGS, anchor
from migkg.pages.template import render, title
from migkg.pages.values import Shown, show
from migkg.queries.tags import by_tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph as ox

    from migkg.pages.view import View
    from migkg.queries.query import StoredQuery

_KINDS, _QUERIES = 18, 9
_SIZES = {
    "en": ("B", "kB", "MB", "GB"),
    "fr": ("o", "ko", "Mo", "Go"),
    "es": ("B", "kB", "MB", "GB"),
}


class File(NamedTuple):
    """A file to take away: its path below the root of the site, how it ends, its bytes."""

    path: str
    ending: str
    size: int


class Download(NamedTuple):
    """What there is to take away, by language, and its files."""

    title: Mapping[str, str]
    files: Sequence[File]


class Contents(NamedTuple):
    """What is told of the whole."""

    asserted: int
    inferred: int
    things: int
    concepts: int
    terms: int
    passages: int
    kinds: Mapping[ox.NamedNode, int]
    queries: Sequence[StoredQuery]
    downloads: Sequence[Download]
    described: Mapping[str, Sequence[File]]
    """Descriptions for machines, by the key of the word for them."""
    endpoint: str | None
    issued: str
    dataset: Mapping[str, Mapping[str, Any]]
    """The whole as https://schema.org/Dataset, for search engines, by language."""


def page(view: View, contents: Contents) -> str:
    """Write the first page in a language."""
    words = view.words
    kinds = sorted(contents.kinds.items(), key=lambda item: (-item[1], item[0].value))
    site = title(view)
    begin = _one_a_subject(contents.queries)
    left = len(contents.queries) - len(begin)
    return render(
        "home.html",
        view,
        HOME,
        here=True,
        title=site,
        summary=words["lead"],
        figures=_figures(view, contents),
        kinds=[(_kind(view, kind), count) for kind, count in kinds[:_KINDS]],
        queries=begin,
        queries_left=left and number(str(left), view.language),
        downloads=[
            (download.title[view.language], [_file(view, file) for file in download.files])
            for download in contents.downloads
        ],
        described=[
            (words[key], [_file(view, file) for file in files])
            for key, files in contents.described.items()
            if files
        ],
        endpoint=contents.endpoint,
        cite=_cite(view, contents),
        dataset=contents.dataset[view.language],
    )


def _one_a_subject(queries: Sequence[StoredQuery]) -> list[StoredQuery]:
    return [found[0] for found in by_tag(queries).values()][:_QUERIES]


def _kind(view: View, kind: ox.NamedNode) -> Shown:
    """Name a class; it leads to its things."""
    seen = show(view, kind)
    href = view.links.section(THINGS) + "#" + anchor(kind.value)
    return seen._replace(href=href, outside=False)


def _figures(view: View, contents: Contents) -> list[tuple[str, str, str]]:
    words = view.words
    return [
        (number(str(count), view.language), words[key], href)
        for count, key, href in (
            (contents.asserted, "statements", ""),
            (contents.inferred, "statements_inferred", ""),
            (contents.things, "n_things", view.links.section(THINGS)),
            (contents.passages, "n_passages", ""),
            (contents.concepts, "n_concepts", view.links.section(CODES)),
            (contents.terms, "n_terms", view.links.section(ONTOLOGY)),
            (len(contents.queries), "n_queries", view.links.section(QUERIES)),
        )
    ]


def _file(view: View, file: File) -> dict[str, str]:
    return {
        "href": view.links.file(file.path),
        "ending": file.ending,
        "size": _size(file.size, view.language),
    }


def _size(size: int, language: str) -> str:
    """Write bytes in powers of a thousand, as the SI has them."""
    value, unit, units = float(size), 0, _SIZES[language]
    while value >= 1000 and unit + 1 < len(units):
        value, unit = value / 1000, unit + 1
    digits = f"{value:.1f}" if unit > 1 else f"{value:.0f}"
    return f"{number(digits, language)}\u00a0{units[unit]}"


def _cite(view: View, contents: Contents) -> str:
    words, year = view.words, contents.issued[:4]
    version = f"{words['version'].lower()} {view.reading.heading.version}"
    address = view.links.absolute[view.language]
    return f"migkg{words['colon']}{title(view)}, {version} ({year}). {address}"
