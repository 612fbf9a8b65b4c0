"""Loading an engine with what a local store holds, graph by graph, in batches.

What was loaded is written down on the engine, so that a load that broke off goes on where it
stopped, and one that is done over again does nothing. Each batch may arrive twice.
"""

from __future__ import annotations

import os
import time
from binascii import crc32
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from migkg.errors import MachineError
from migkg.namespaces import GRAPH
from migkg.remote.batches import batches
from migkg.remote.endpoint import Endpoint
from migkg.remote.notes import NOTHING, Note, Notes
from migkg.remote.session import Session
from migkg.remote.terms import turtle
from migkg.remote.writing import query_address, writer
from migkg.store import cache_folder
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from migkg.dataset import Dataset, Solutions
    from migkg.remote.batches import Batch
    from migkg.remote.writing import Writer
    from migkg.store import Notify

NOTED_EVERY = 1.0  # seconds: so much is sent again at most after a break
_AT_ONCE = 2  # batches
_DEADLOCK = " 40001 "  # the SQLSTATE by which Virtuoso tells of one
_TRIES = 2  # if after the first the engine does not hold what was sent
_PATIENCE = 8  # tries, in half a minute: an engine may be started again meanwhile


class Loaded(NamedTuple):
    """What a load did, in graphs, and how many statements it sent."""

    sent: int
    kept: int
    dropped: int
    statements: int


def load(
    opened: ox.Store, to: str, asked: str | None, notify: Notify, step: Callable[[str], None]
) -> Loaded:
    """Bring an engine to hold the named graphs of a local store, and no others of the namespace.

    :param to: where the engine is written to, by SPARQL 1.1 Update or the Graph Store Protocol
    :param asked: where it is asked, if that cannot be told from `to`
    :param step: gets the name of each step
    :raises UsageError: an address is none, or bears credentials
    :raises MachineError: the engine cannot be reached, refuses, or does not hold what was sent;
        or another load has begun meanwhile
    """
    with _alone(to, notify), Session(to, _PATIENCE) as session:
        endpoint = Endpoint(asked or query_address(to), _PATIENCE)
        loading = _Load(opened, writer(session), endpoint, step)
        for _ in range(_TRIES):
            done = loading.run()
            if not loading.wrong:
                return done
        raise MachineError(
            f"{to} does not hold what was sent: {', '.join(loading.wrong[:3])}; call this again"
        )


class _Load:
    def __init__(
        self, opened: ox.Store, to: Writer, endpoint: Endpoint, step: Callable[[str], None]
    ) -> None:
        self.opened, self.to, self.endpoint, self.step = opened, to, endpoint, step
        self.notes = Notes(to, endpoint)
        self.wrong: list[str] = []  # graphs that the engine does not hold as they were sent

    def run(self) -> Loaded:
        """Send what is missing, then drop what is not to be there, and count."""
        self.step("comparing")
        names = _names(self.opened)
        self.notes.begin()
        there = self.notes.read()
        held: dict[ox.NamedNode, Note] = {}
        whole: dict[ox.NamedNode, Batch] = {}
        for name in names:
            note = there.get(name, NOTHING)
            last = self.compare(name, note)
            if last:
                held[name] = note
                if last.number == note.number:
                    whole[name] = last
        self.notes.hold(dict.fromkeys([*names, *there], NOTHING) | held)
        parts, statements = dict(whole), 0
        for name in names:
            if name in whole:
                continue
            if name not in held:
                self.notes.mine()
                self.to.drop(name.value)
            total = _count(self.opened, name)
            for batch, sent in self.send(name, held.get(name, NOTHING)):
                parts[name] = batch
                statements += sent
                self.step(f"{name.value[len(GRAPH) :]} ({batch.statements / total:.0%})")
        self.step("counting")
        dropped = self.verify(parts)
        return Loaded(len(names) - len(whole), len(whole), dropped, statements)

    def compare(self, name: ox.NamedNode, note: Note) -> Batch | None:
        """Give the last batch of a graph, or one after those noted, if these are as noted."""
        last = None
        if note.number:
            with closing(batches(self.opened, name, self.to)) as found:
                for batch in found:
                    if batch.number == note.number and batch.digest != note.digest:
                        return None
                    last = batch._replace(ntriples=b"")
                    if batch.number > note.number:
                        return last
        return last if last and last.number == note.number else None

    def send(self, name: ox.NamedNode, arrived: Note) -> Iterator[tuple[Batch, int]]:
        """Send the batches of a graph that have not arrived, and note now and then how far.

        The first goes alone: Virtuoso was seen to give tags of a language back empty that two
        requests at once had been the first to use.

        :return: each batch that has arrived, without its content, and its number of statements
        """
        noted = time.monotonic()
        with (
            ThreadPoolExecutor(_AT_ONCE) as pool,
            closing(batches(self.opened, name, self.to)) as found,
        ):
            under_way: deque[tuple[Batch, int, Future[None]]] = deque()

            def first_done(last: bool) -> tuple[Batch, int]:
                nonlocal noted
                batch, sent, sending = under_way.popleft()
                sending.result()
                if last or time.monotonic() - noted >= NOTED_EVERY:
                    self.notes.add(name, Note(batch.number, batch.digest))
                    noted = time.monotonic()
                return batch, sent

            before = 0
            for batch in found:
                if batch.number > arrived.number:
                    sending = pool.submit(self.add, name, batch.ntriples)
                    kept = batch._replace(ntriples=b"")
                    under_way.append((kept, batch.statements - before, sending))
                    if batch.number == 1:
                        wait([sending])
                before = batch.statements
                if len(under_way) > _AT_ONCE:
                    yield first_done(last=False)
            while under_way:
                yield first_done(last=len(under_way) == 1)

    def add(self, name: ox.NamedNode, ntriples: bytes) -> None:
        """Send a batch, again if it got in the way of the other that is under way."""
        self.notes.mine()
        ready = turtle(ntriples, self.to.durations)
        for _ in range(_TRIES):
            try:
                self.to.add(name.value, ready)
            except MachineError as error:
                if _DEADLOCK not in str(error):
                    raise
            else:
                return
        self.to.add(name.value, ready)

    def verify(self, parts: Mapping[ox.NamedNode, Batch]) -> int:
        """Drop other graphs, and compare the counts; what is not as sent is loaded anew next time.

        A load that was killed, or gave way to this one, may have done one thing more meanwhile; it
        may yet do so, hence what was dropped stays noted and is looked at by each load.

        :return: how many graphs were dropped
        """
        dropped = 0
        for name in self.notes.read().keys() - parts.keys():
            if _count(self.endpoint, name):
                self.notes.mine()
                self.to.drop(name.value)
                dropped += 1
        sound = {}
        self.wrong = []
        for name, part in parts.items():
            count = _count(self.endpoint, name)
            if count == part.statements:
                sound[name] = Note(part.number, part.digest)
            else:
                self.wrong.append(f"{name.value} ({count} of {part.statements})")
        self.notes.mine()
        if self.wrong:
            self.notes.begin()
            self.notes.hold(dict.fromkeys(self.notes.read(), NOTHING) | sound)
        return dropped


def _count(of: Dataset, name: ox.NamedNode) -> int:
    text = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
    [(count,)] = cast("Solutions", of.query(text, default_graph=name))
    return int(plain(count))


def _names(opened: ox.Store) -> list[ox.NamedNode]:
    """List the graphs that are loaded; a file that is no more has left an empty one behind."""
    return sorted(
        (
            name
            for name in opened.named_graphs()
            if isinstance(name, ox.NamedNode)
            and name.value.startswith(GRAPH)
            and any(opened.quads_for_pattern(None, None, None, name))
        ),
        key=str,
    )


@contextmanager
def _alone(to: str, notify: Notify) -> Iterator[None]:
    """Let one process of this user load an engine at a time; the lock of one killed is void."""
    from filelock import FileLock, Timeout

    folder = cache_folder()
    path = os.path.join(folder, f"load-{crc32(to.encode()):08x}.lock")
    try:
        os.makedirs(folder, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            notify("waiting for another process that loads the engine")
            lock.acquire()
    except OSError as error:
        raise MachineError(
            f"{folder}: cannot be written: {error.strerror or error}; "
            "set MIGKG_CACHE to another folder"
        ) from error
    try:
        yield
    finally:
        lock.release()
