"""A graph of the local store in batches of N-Triples, always the same."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from migkg.remote.writing import Writer


class Batch(NamedTuple):
    """A part of a graph, and what the graph is up to its end."""

    number: int
    statements: int
    digest: str
    ntriples: bytes = b""
    """The part itself."""


def batches(opened: ox.Store, name: ox.NamedNode, to: Writer) -> Generator[Batch]:
    """Cut a graph of a store into parts that can be sent at once.

    The digest is one of the whole graph up to there, and of how it is cut and written. Close what
    is not read to its end: a thread reads ahead.
    """
    digest = sha256(f"{to.most} {to.size} {to.durations}\n".encode())
    statements = 0
    with closing(_lines(opened, name)) as lines:
        for number, batch in enumerate(_cut(lines, to.most, to.size), 1):
            ntriples = b"".join(batch)
            digest.update(ntriples)
            statements += len(batch)
            yield Batch(number, statements, digest.hexdigest(), ntriples)


def _cut(lines: Iterator[bytes], most: int, size: int) -> Iterator[list[bytes]]:
    """Take so many lines and bytes at once; a statement is a line and is not divided."""
    while taken := list(islice(lines, most)):
        yield from _halved(taken, size)


def _halved(lines: list[bytes], size: int) -> Iterator[list[bytes]]:
    if len(lines) == 1 or sum(map(len, lines)) <= size:
        yield lines
    else:
        yield from _halved(lines[: len(lines) // 2], size)
        yield from _halved(lines[len(lines) // 2 :], size)


def _lines(opened: ox.Store, name: ox.NamedNode) -> Generator[bytes]:
    """Read a graph, a statement a line, while the caller does something with what was read."""
    there, here = os.pipe()

    def dump() -> None:
        with open(here, "wb") as file:
            opened.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=name)

    with ThreadPoolExecutor(1) as pool, open(there, "rb", 1 << 20) as file:
        reading = pool.submit(dump)
        yield from file
        reading.result()  # raises what ended it too soon
