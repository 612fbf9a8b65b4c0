"""Lines of text, such as N-Triples: written, sorted, and read again, however many there are."""

from __future__ import annotations

import heapq
import os
from contextlib import ExitStack
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AT_ONCE = 200_000  # lines held in memory, some 50 MB


def line(triple: ox.Triple) -> str:
    """Write a statement as https://www.w3.org/TR/n-triples/ has it.

    :raises InputError: it is of RDF 1.2, which portals do not know
    """
    value = triple.object
    if isinstance(value, ox.Triple):
        raise InputError(f"{triple.subject}: a triple as a term (RDF 1.2) cannot be exported")
    if isinstance(value, ox.Literal) and value.direction is not None:
        raise InputError(f"{triple.subject}: text with a direction (RDF 1.2) cannot be exported")
    return f"{triple} .\n"


def distinct(lines: Iterable[str], folder: str, at_once: int = _AT_ONCE) -> Iterator[str]:
    """Sort lines by their code points, and give each once.

    :param folder: where to put aside what is more than `at_once` lines
    """
    unread = iter(lines)
    with ExitStack() as opened:
        runs: list[Iterable[str]] = []
        while some := sorted(islice(unread, at_once)):
            if not runs and len(some) < at_once:
                runs = [some]
                break
            file = opened.enter_context(
                TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder)
            )
            file.writelines(some)
            file.seek(0)
            runs.append(file)
        yield from merged(*runs)


def merged(*parts: Iterable[str]) -> Iterator[str]:
    """Give the lines of sorted parts in order, and each once."""
    return (found for found, _ in groupby(heapq.merge(*parts)))


def write(lines: Iterable[str], path: str) -> None:
    """Write lines into a new file, the same bytes on every system."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def read(path: str) -> Iterator[str]:
    """Give the lines of a file one after the other, none of one that was not written."""
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8", newline="\n") as file:
        yield from file


def triples(path: str) -> Iterator[ox.Triple]:
    """Give the statements of a file of N-Triples one after the other."""
    return (quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES))
