"""A graph as files, one for each syntax, that say the same."""

from __future__ import annotations

import mmap
import os
from functools import partial
from typing import TYPE_CHECKING

from migkg.export import jsonld, lines
from migkg.export.readable import write_turtle
from migkg.results import rdfxml
from migkg.syntax import JSON_LD, N_TRIPLES, RDF_XML, TURTLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

_LEVEL = 6  # of compression; 9 takes three times as long for three hundredths less


def write_syntaxes(stem: str) -> None:
    """Write what a file of sorted N-Triples says in the other syntaxes of one graph, beside it.

    :param stem: the path of the files, but for the ending
    :raises InputError: a syntax cannot hold a statement
    """
    source = f"{stem}.{N_TRIPLES.ending}"
    read = partial(lines.triples, source)
    folder = os.path.dirname(stem)
    with open(f"{stem}.{TURTLE.ending}", "wb") as out:
        write_turtle(read, out, folder)
    with open(f"{stem}.{JSON_LD.ending}", "wb") as out:
        jsonld.write(lines.read(source), read(), out)
    with open(f"{stem}.{RDF_XML.ending}", "wb") as out:
        rdfxml.write(read(), out)


def write_graph(triples: Iterable[ox.Triple], stem: str) -> None:
    """Write a graph in each syntax, in files beside one another.

    :param stem: the path of the files, but for the ending
    :raises InputError: a syntax cannot hold a statement
    """
    sorted_lines = lines.distinct(map(lines.line, triples), os.path.dirname(stem))
    lines.write(sorted_lines, f"{stem}.{N_TRIPLES.ending}")
    write_syntaxes(stem)


def compress(path: str) -> None:
    """Write the compressed form of a file beside it: of the same bytes always the same bytes.

    What gzip of Python writes is another with each zlib that a machine may have.
    """
    import deflate

    with (
        open(path, "rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        open(f"{path}.gz", "wb") as out,
    ):
        out.write(deflate.gzip_compress(content, _LEVEL))
