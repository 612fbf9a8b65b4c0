"""What a load writes down on the engine: who loads, and what has arrived of each graph.

They stand in the graph LOADS: of each graph that is loaded how many batches have arrived, a digest
of these, and by which load; of two loads that overlap neither is believed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from migkg.errors import MachineError
from migkg.namespaces import GRAPH
from migkg.remote.endpoint import ARRIVED, LOADS
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from migkg.remote.endpoint import Endpoint, Rows
    from migkg.remote.writing import Writer

_LOADER = ox.NamedNode(GRAPH + "loads#loader")  # the load that is under way, or was the last
_NOTE = re.compile(r"(\d+) ([0-9a-f]+) ([0-9a-f]+)")


class Note(NamedTuple):
    """How many batches of a graph have arrived, and the digest of these."""

    number: int
    digest: str


NOTHING = Note(0, "")


class Notes:
    """The notes of one load."""

    def __init__(self, to: Writer, endpoint: Endpoint) -> None:
        self._to, self._endpoint = to, endpoint
        self._me = os.urandom(16).hex()

    def read(self) -> dict[ox.NamedNode, Note]:
        """Tell what is known of each graph that was loaded, or was about to be."""
        text = f"SELECT ?g ?note {{ ?g {ARRIVED} ?note }}"
        found: dict[ox.NamedNode, list[tuple[int, str, str]]] = {}
        for name, said in cast("Rows", self._endpoint.query(text, default_graph=LOADS)):
            if isinstance(name, ox.NamedNode) and name.value.startswith(GRAPH):
                notes = found.setdefault(name, [])
                if note := _NOTE.fullmatch(plain(said)):
                    notes.append((int(note[1]), note[2], note[3]))
        return {
            name: Note(*max(notes)[:2]) if len({loader for *_, loader in notes}) == 1 else NOTHING
            for name, notes in found.items()
        }

    def begin(self, names: Iterable[ox.NamedNode], held: Mapping[ox.NamedNode, Note]) -> None:
        """Sign as the one who loads; of the graphs that are not held nothing is known any more.

        All are named from now on, so that the next load knows what it may have to drop.
        """
        lines = [f'{LOADS} {_LOADER} "{self._me}" .\n']
        lines += [self._line(name, held.get(name, NOTHING)) for name in names]
        most = self._to.most
        self._to.replace(LOADS.value, "".join(lines[:most]).encode())
        for at in range(most, len(lines), most):
            self._to.add(LOADS.value, "".join(lines[at : at + most]).encode())

    def add(self, name: ox.NamedNode, note: Note) -> None:
        """Write down what has arrived of a graph."""
        self._to.add(LOADS.value, self._line(name, note).encode())

    def mine(self) -> None:
        """Stop if another load has begun: it goes on with what this one has done.

        :raises MachineError: one has
        """
        text = f'ASK {{ {LOADS} {_LOADER} "{self._me}" }}'
        if not self._endpoint.query(text, default_graph=LOADS):
            raise MachineError(
                "another load of this engine has begun meanwhile and goes on with this: "
                "wait for it, or call this again"
            )

    def _line(self, name: ox.NamedNode, note: Note) -> str:
        said = f"{note.number} {note.digest} {self._me}" if note.number else ""
        return f'{name} {ARRIVED} "{said}" .\n'
