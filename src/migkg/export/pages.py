"""The pages of a site, and the files about each thing: which there are, and where.

- Things, codes, terms and shapes have a page each at the path that `naming.paths` gives their IRI,
  in English; in French and Spanish at the same path below fr/ and es/.
- Beside the English page lies what is said of the thing, as .ttl, .nt, .jsonld and .rdf.
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
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg import graph, store
from migkg.export import addresses, landing, negotiation, sitemap, thing_files
from migkg.export.everything import everything
from migkg.export.literals import as_written
from migkg.export.naming import FOLDERS, paths
from migkg.export.site import ONTOLOGY
from migkg.export.syntaxes import write_graph
from migkg.graph import ALL, ASSERTED
from migkg.namespaces import MK, MKC, MKD, MKSH, RDF, SKOS
from migkg.pages import home, listing, question, thing
from migkg.pages.about import about
from migkg.pages.answer import answer, every_row
from migkg.pages.links import CODES, HOME, QUERIES, SHAPES, THINGS
from migkg.pages.links import ONTOLOGY as TERMS
from migkg.pages.reading import named, reading
from migkg.pages.template import ASSETS, asset
from migkg.pages.view import View
from migkg.pages.words import LANGUAGES
from migkg.queries import catalogue
from migkg.results.formats import write as write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from migkg.dataset import Dataset
    from migkg.export.site import Site
    from migkg.pages.reading import Reading
    from migkg.progress import Progress
    from migkg.queries.query import StoredQuery

_TYPE = ox.NamedNode(RDF + "type")
_PASSAGE, _CONCEPT = ox.NamedNode(MK + "Passage"), ox.NamedNode(SKOS + "Concept")
_AT_ONCE = 500  # things; then what was looked up for their pages is forgotten


class _Making(NamedTuple):
    """What the pages are made of, where they go, and who is told how far it is."""

    site: Site
    asked: Dataset
    placed: Mapping[str, str]
    queries: list[StoredQuery]
    folder: str
    step: Progress


def write(site: Site, folder: str, step: Progress) -> None:
    """Write the pages of a site and the files about each thing; of a selection there are none.

    What is left of a graph goes to portals and stores, while pages would lead to what is not there.

    :raises InputError: a query or a file of shapes cannot be read, or a syntax cannot hold what is
        said of a thing
    """
    if site.only:
        return
    asked = everything(site.graph, site.store)
    queries = list(catalogue.read(site.graph).values())
    making = _Making(site, asked, paths(_iris(asked)), queries, folder, step)
    for name in sorted(set(_folders(making.placed))):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for name in ASSETS:
        _save(folder, name, asset(name))
    told = [*_things(making), *_sections(making), *_questions(making)]
    listed = [addresses.absolute(site.base, path, tag) for path in told for tag in LANGUAGES]
    sitemap.write(folder, site.base, sorted(listed), site.version.modified)
    negotiation.write(site, making.placed, folder)


def _iris(asked: Dataset) -> list[str]:
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


def _things(making: _Making) -> list[str]:
    """Write the pages and the files of things, one after the other."""
    asked, folder = making.asked, making.folder
    said = thing_files.stating(asked, as_written(making.site.graph, graph.sources))
    said_of_shapes = thing_files.stating(asked, as_written(making.site.graph, graph.shape_files))
    read = reading(asked)
    told = []
    for at, (iri, path) in enumerate(sorted(making.placed.items(), key=lambda item: item[1])):
        if at % _AT_ONCE == _AT_ONCE - 1:
            read = reading(asked)
        making.step("pages", at, len(making.placed))
        term = ox.NamedNode(iri)
        seen = about(read, term)
        _pages(making, read, path, partial(thing.page, about=seen), path)
        told.append(path)
        if thing.overflows(seen):
            told.append(path + addresses.ALL)
            _pages(making, read, told[-1], partial(thing.references, about=seen), path)
        statements = said_of_shapes if iri.startswith(MKSH) else said
        write_graph(statements(term), os.path.join(folder, path))
    return told


def _sections(making: _Making) -> list[str]:
    """Write the first page of each section."""
    read = reading(making.asked)
    below = {
        namespace: [iri for iri in making.placed if iri.startswith(namespace)]
        for namespace in FOLDERS
    }
    writers: dict[str, Callable[[View], str]] = {
        HOME: partial(home.page, contents=_contents(making, read, below)),
        THINGS: partial(listing.things, iris=below[MKD]),
        CODES: partial(listing.code_lists, iris=below[MKC]),
        TERMS: partial(listing.ontology, iri=ONTOLOGY.value, iris=below[MK]),
        SHAPES: partial(listing.shapes, iris=below[MKSH]),
        QUERIES: partial(question.index, queries=making.queries),
    }
    for name, writer in writers.items():
        making.step(f"page of all {name}")
        data = landing.ONTOLOGY if name == TERMS else ""
        _pages(making, read, addresses.FIRST_PAGES[name], writer, data)
    return [addresses.FIRST_PAGES[name] for name in writers]


def _contents(making: _Making, read: Reading, below: Mapping[str, list[str]]) -> home.Contents:
    """Sum up the graph and what lies in the export already."""
    site = making.site
    kinds = listing.by_class(read, below[MKD])
    return home.Contents(
        asserted=store.count(site.store, store.ASSERTED),
        inferred=store.count(site.store, store.INFERRED),
        things=len(below[MKD]),
        concepts=sum(_is_concept(making.asked, iri) for iri in below[MKC]),
        terms=len(below[MK]),
        passages=len(kinds.get(_PASSAGE, ())),
        kinds={
            kind: len(some)
            for kind, some in kinds.items()
            if any(named(making.asked, one) for one in some)
        },
        queries=making.queries,
        downloads=landing.downloads(site, making.folder),
        described=landing.described(making.folder),
        endpoint=site.endpoint,
        issued=site.version.issued,
        dataset=landing.dataset(site, making.folder),
    )


def _is_concept(asked: Dataset, iri: str) -> bool:
    return any(asked.quads_for_pattern(ox.NamedNode(iri), _TYPE, _CONCEPT, ALL))


def _questions(making: _Making) -> list[str]:
    """Write the page of each stored query, its text and its rows."""
    read = reading(making.asked)
    told = []
    for at, query in enumerate(making.queries):
        making.step("questions", at, len(making.queries))
        found = answer(making.site.store, query)
        told.append(addresses.query(query.name, "html").removesuffix(".html"))
        _pages(making, read, told[-1], partial(question.page, query=query, asked=found))
        _save(making.folder, addresses.query(query.name, "rq"), query.text.encode())
        if found.columns:
            csv = os.path.join(making.folder, addresses.query(query.name, "csv"))
            with open(csv, "wb") as file:
                write_rows(found.columns, every_row(making.site.store, found), "csv", file)
    return told


def _pages(
    making: _Making, read: Reading, path: str, writer: Callable[[View], str], data: str = ""
) -> None:
    """Write a page in each language; `data` is the path of files that say the same in RDF."""
    for tag in LANGUAGES:
        links = addresses.links(making.site.base, making.placed, path, tag, data)
        _save(making.folder, addresses.page(path, tag), writer(View(read, tag, links)).encode())


def _save(folder: str, path: str, content: bytes) -> None:
    with open(os.path.join(folder, path), "wb") as file:
        file.write(content)
