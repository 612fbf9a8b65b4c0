"""The pages of a site, and the files about each thing: which there are, and where.

- Things, codes, terms and shapes have a page each at the path that `naming.paths` gives their IRI,
  in English; in French and Spanish at the same path below fr/ and es/.
- Beside the English page lie the statements of the thing that are said, as .ttl, .nt, .jsonld, .rdf.
- `index.html` in each folder lists what is in it; that of ontology/ has a place for each term, so
  that the IRIs of terms, which have a `#`, lead there. The list of a long `n more` is `<path>~all`.
- `queries/<name>` has a page, the text as .rq and the rows as .csv.
- Pages refer to one another relatively, `style.css` and `filter.js` lie at the root: the folder can
  be opened from a disk, and lie at any address. What is absolute begins with the site's base.
- `sitemap.xml` lists all pages; `.htaccess` and `w3id/.htaccess` lead from IRIs to files.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph, store
from migkg.export import addresses, landing, negotiation, sitemap
from migkg.export.everything import everything
from migkg.export.literals import as_written
from migkg.export.naming import FOLDERS, paths
from migkg.export.site import ONTOLOGY
from migkg.export.thing_files import files, stating
from migkg.graph import ASSERTED
from migkg.namespaces import MK, MKC, MKD, MKSH
from migkg.pages import home, listing, question, thing
from migkg.pages.about import about
from migkg.pages.answer import answer, every_row
from migkg.pages.links import CODES, HOME, QUERIES, SHAPES, THINGS
from migkg.pages.links import ONTOLOGY as TERMS
from migkg.pages.reading import named, reading
from migkg.pages.template import ASSETS, asset
from migkg.pages.words import LANGUAGES
from migkg.queries import catalogue
from migkg.results.formats import write as write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from migkg.dataset import Dataset
    from migkg.export.site import Site
    from migkg.pages.links import Links
    from migkg.progress import Progress
    from migkg.queries.query import StoredQuery

_PASSAGE = ox.NamedNode(MK + "Passage")
_AT_ONCE = 500  # things; then what was looked up for their pages is forgotten


def write(site: Site, folder: str, step: Progress) -> None:
    """Write the pages of a site and the files about each thing.

    :raises InputError: a query or a file of shapes cannot be read, or a syntax cannot hold what is
        said of a thing
    """
    asked = everything(site.graph, site.store)
    placed = paths(_named(asked))
    for name in sorted(_folders(placed)):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for name in ASSETS:
        _save(folder, name, asset(name))
    queries = catalogue.read(site.graph)
    told = [
        *_things(site, asked, placed, folder, step),
        *_sections(site, asked, placed, queries, folder, step),
        *_queries(site, asked, placed, queries, folder, step),
    ]
    sitemap.write(
        folder,
        site.base,
        (addresses.absolute(site.base, path, tag) for path in sorted(told) for tag in LANGUAGES),
        site.version.modified,
    )
    negotiation.write(site, placed, folder)


def _named(asked: Dataset) -> list[str]:
    """List the IRIs, in the namespaces that have pages, of which something is said."""
    found = {
        quad.subject.value
        for quad in asked.quads_for_pattern(None, None, None, ASSERTED)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return sorted(iri for iri in found if iri.startswith(tuple(FOLDERS)))


def _folders(placed: Mapping[str, str]) -> Iterator[str]:
    for path in (*placed.values(), *addresses.FIRST_PAGES.values()):
        for tag in LANGUAGES:
            yield os.path.dirname(addresses.page(path, tag))


def _things(
    site: Site, asked: Dataset, placed: Mapping[str, str], folder: str, step: Progress
) -> list[str]:
    """Write the pages and the files of things, one after the other."""
    said = stating(asked, as_written(site.graph, graph.sources))
    said_of_shapes = stating(asked, as_written(site.graph, graph.shape_files))
    read = reading(asked)
    told = []
    for at, (iri, path) in enumerate(sorted(placed.items(), key=lambda item: item[1])):
        if at % _AT_ONCE == _AT_ONCE - 1:
            read = reading(asked)
        step("pages", at, len(placed))
        term = ox.NamedNode(iri)
        seen = about(read, term)
        link = partial(addresses.links, site.base, placed, data=path)
        _pages(folder, path, link, partial(thing.page, read, seen))
        told.append(path)
        if thing.overflows(seen):
            more = path + addresses.ALL
            _pages(folder, more, link, partial(thing.references, read, seen))
            told.append(more)
        statements = said_of_shapes if iri.startswith(MKSH) else said
        for ending, content in files(term, statements(term)):
            _save(folder, f"{path}.{ending}", content)
    return told


def _sections(
    site: Site,
    asked: Dataset,
    placed: Mapping[str, str],
    queries: Mapping[str, StoredQuery],
    folder: str,
    step: Progress,
) -> list[str]:
    """Write the first page of each section."""
    read = reading(asked)
    below = {
        namespace: [iri for iri in placed if iri.startswith(namespace)] for namespace in FOLDERS
    }
    kinds = listing.by_class(read, below[MKD])
    contents = home.Contents(
        asserted=store.count(site.store, store.ASSERTED),
        inferred=store.count(site.store, store.INFERRED),
        things=len(below[MKD]),
        concepts=len(below[MKC]),
        terms=len(below[MK]),
        passages=len(kinds.get(_PASSAGE, ())),
        kinds={k: len(members) for k, members in kinds.items() if named(asked, members[0])},
        queries=list(queries.values()),
        downloads=landing.downloads(folder),
        described=landing.described(folder),
        endpoint=site.endpoint,
        issued=site.version.issued,
        dataset=landing.dataset(site, folder),
    )
    writers: dict[str, Callable[[str, Links], str]] = {
        HOME: partial(home.page, read, contents),
        THINGS: partial(listing.things, read, below[MKD]),
        CODES: partial(listing.code_lists, read, below[MKC]),
        TERMS: partial(listing.ontology, read, ONTOLOGY.value, below[MK]),
        SHAPES: partial(listing.shapes, read, below[MKSH]),
        QUERIES: partial(question.index, read, list(queries.values())),
    }
    for name, writer in writers.items():
        step(f"page of all {name}")
        path = addresses.FIRST_PAGES[name]
        data = "dumps/ontology" if name == TERMS and "ontology" in landing.dumps(folder) else ""
        _pages(folder, path, partial(addresses.links, site.base, placed, data=data), writer)
    return [addresses.FIRST_PAGES[name] for name in writers]


def _queries(
    site: Site,
    asked: Dataset,
    placed: Mapping[str, str],
    queries: Mapping[str, StoredQuery],
    folder: str,
    step: Progress,
) -> list[str]:
    """Write the page of each stored query, its text and its rows."""
    read = reading(asked)
    told = []
    for at, query in enumerate(queries.values()):
        step("questions", at, len(queries))
        found = answer(site.store, query)
        path = addresses.query(query.name, "html").removesuffix(".html")
        link = partial(addresses.links, site.base, placed)
        _pages(folder, path, link, partial(question.page, read, query, found))
        _save(folder, addresses.query(query.name, "rq"), query.text.encode())
        columns, rows = every_row(site.store, found)
        with open(os.path.join(folder, addresses.query(query.name, "csv")), "wb") as file:
            write_rows(columns, rows, "csv", file)
        told.append(path)
    return told


def _pages(
    folder: str,
    path: str,
    link: Callable[[str, str], Links],
    writer: Callable[[str, Links], str],
) -> None:
    """Write a page in each language."""
    for tag in LANGUAGES:
        _save(folder, addresses.page(path, tag), writer(tag, link(path, tag)).encode())


def _save(folder: str, path: str, content: bytes) -> None:
    with open(os.path.join(folder, path), "wb") as file:
        file.write(content)
