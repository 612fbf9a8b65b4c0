"""What a load writes down on the engine: that it has begun, and what has arrived of each graph.

Each load has a ticket, a graph below LOADS that it signs; who has the highest one goes on. It adds
to its own ticket and drops lower ones: nothing that it does late takes away what another noted. It
names each graph before it writes to it, and reads what others named after it has signed: whatever
a load may yet write to, those with higher tickets know, and each passes on all names.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from migkg.errors import MachineError
from migkg.namespaces import GRAPH
from migkg.remote.endpoint import ARRIVED, LOADS
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from migkg.remote.endpoint import Endpoint
    from migkg.remote.writing import Writer

_NOTE = re.compile(r"(\d+) ([0-9a-f]+)")


class Note(NamedTuple):
    """How many batches of a graph have arrived, and the digest of these."""

    number: int
    digest: str


NOTHING: Final = Note(0, "")


class Notes:
    """The notes of one load."""

    def __init__(self, to: Writer, endpoint: Endpoint) -> None:
        self._to, self._endpoint = to, endpoint
        self._ticket = ""
        self._there: set[str] = set()  # the tickets that were met

    def begin(self) -> None:
        """Take a higher ticket than any; whoever loads at the moment gives way.

        :raises MachineError: another has taken a higher one meanwhile
        """
        last, _, _ = self._highest()[len(LOADS.value) + 1 :].partition("-")
        self._ticket = f"{LOADS.value}/{int(last or 0) + 1:012}-{os.urandom(8).hex()}"
        self._to.add(self._ticket, _line(LOADS, NOTHING))
        self.mine()

    def read(self) -> dict[ox.NamedNode, Note]:
        """Tell what is known of each graph that was loaded, or was about to be.

        Of several notes those of the highest ticket count, and of these the furthest.
        """
        found: dict[ox.NamedNode, tuple[str, Note]] = {}
        for ticket, name, said in self._endpoint.noted("?name ?note", f"?name {ARRIVED} ?note"):
            self._there.add(plain(ticket))
            if isinstance(name, ox.NamedNode) and name.value.startswith(GRAPH) and name != LOADS:
                note = _NOTE.fullmatch(plain(said))
                new = (plain(ticket), Note(int(note[1]), note[2]) if note else NOTHING)
                found[name] = max(new, found.get(name, new))
        return {name: note for name, (_, note) in found.items()}

    def hold(self, notes: Mapping[ox.NamedNode, Note]) -> None:
        """Write down all that is known of each graph; then lower tickets are of no more use."""
        lines = [_line(name, note) for name, note in notes.items()]
        for at in range(0, len(lines), self._to.most):
            self._to.add(self._ticket, b"".join(lines[at : at + self._to.most]))
        for ticket in sorted(self._there):
            if ticket < self._ticket:
                self._to.drop(ticket)

    def add(self, name: ox.NamedNode, note: Note) -> None:
        """Write down what has arrived of a graph."""
        self._to.add(self._ticket, _line(name, note))

    def mine(self) -> None:
        """Stop if another load has begun: it goes on with what this one has done.

        :raises MachineError: one has
        """
        if self._highest() != self._ticket:
            raise MachineError(
                "another load of this engine has begun meanwhile and goes on with this: "
                "wait for it, or call this again"
            )

    def _highest(self) -> str:
        signed = self._endpoint.noted("", f"{LOADS} {ARRIVED} ?note")
        return max((plain(ticket) for (ticket,) in signed), default="")


def _line(name: ox.NamedNode, note: Note) -> bytes:
    said = f"{note.number} {note.digest}" if note.number else ""
    return f'{name} {ARRIVED} "{said}" .\n'.encode()
