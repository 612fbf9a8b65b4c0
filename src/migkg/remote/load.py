"""Loading an engine with what a local store holds, graph by graph, in batches.

What was loaded is written down on the engine, so that a load that broke off goes on where it
stopped, and one that is done over again does nothing: the graph LOADS has, of each graph, a
digest of its content and how many batches have arrived. Each of them may arrive twice.
"""

from __future__ import annotations

import os
from binascii import crc32
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from migkg.errors import MachineError
from migkg.namespaces import GRAPH
from migkg.remote.endpoint import DIGEST, LOADS, Endpoint
from migkg.remote.session import Session
from migkg.remote.terms import turtle
from migkg.remote.writing import query_address, writer
from migkg.store import cache_folder
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from migkg.remote.endpoint import Rows
    from migkg.remote.writing import Writer
    from migkg.store import Notify

_ARRIVED = ox.NamedNode(GRAPH + "loads#arrived")  # batches
_LOADER = ox.NamedNode(GRAPH + "loads#loader")  # the load that is under way, or was the last
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


class _Part(NamedTuple):
    """A graph of the local store, or what the engine knows of one."""

    digest: str
    batches: int
    statements: int = 0


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
        self.me = ox.Literal(os.urandom(16).hex())
        self.wrong: list[str] = []  # graphs that the engine does not hold as they were sent

    def run(self) -> Loaded:
        """Drop what is not to be there, then send what is missing, then count."""
        self.step("comparing")
        parts = {name: self.part(name) for name in _names(self.opened)}
        there = self.records()
        gone = there.keys() - parts.keys()
        for name in gone:
            self.to.drop(name.value)
        held = {n: r for n, r in there.items() if n in parts and r.digest == parts[n].digest}
        self.begin(parts, held)
        whole = {name for name, record in held.items() if record.batches >= parts[name].batches}
        total, statements = sum(parts[name].statements for name in parts.keys() - whole), 0
        for name in sorted(parts.keys() - whole, key=str):
            if name not in held:
                self.mine()
                self.to.drop(name.value)
            for count in self.send(name, parts[name], held[name].batches if name in held else 0):
                statements += count
                self.step(f"{name.value[len(GRAPH) :]} ({statements / total:.0%})")
        self.step("counting")
        self.verify(parts)
        return Loaded(len(parts) - len(whole), len(whole), len(gone), statements)

    def part(self, name: ox.NamedNode) -> _Part:
        """Sum up a graph of the local store."""
        digest = sha256(f"{self.to.most} {self.to.size} {self.to.durations}\n".encode())
        batches = statements = 0
        for count, batch in self.batches(name):
            digest.update(batch)
            batches += 1
            statements += count
        return _Part(digest.hexdigest(), batches, statements)

    def batches(self, name: ox.NamedNode) -> Iterator[tuple[int, bytes]]:
        """Cut a graph into batches, always the same: how many statements, and these."""
        triples = (quad.triple for quad in self.opened.quads_for_pattern(None, None, None, name))
        while taken := list(islice(triples, self.to.most)):
            yield from self.cut(taken)

    def cut(self, triples: list[ox.Triple]) -> Iterator[tuple[int, bytes]]:
        """Halve what is too large for one request; a statement is not divided."""
        written = cast("bytes", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))
        if len(written) <= self.to.size or len(triples) == 1:
            yield len(triples), written
        else:
            yield from self.cut(triples[: len(triples) // 2])
            yield from self.cut(triples[len(triples) // 2 :])

    def records(self) -> dict[ox.NamedNode, _Part]:
        """Read what the engine knows of graphs that were loaded."""
        text = (
            f"SELECT ?g ?arrived ?digest "
            f"{{ ?g {_ARRIVED} ?arrived OPTIONAL {{ ?g {DIGEST} ?digest }} }}"
        )
        digests: dict[ox.NamedNode, set[str]] = {}
        arrived: dict[ox.NamedNode, int] = {}
        for name, number, digest in cast("Rows", self.endpoint.query(text, default_graph=LOADS)):
            if isinstance(name, ox.NamedNode) and name.value.startswith(GRAPH):
                digests.setdefault(name, set()).add(plain(digest))
                arrived[name] = max(arrived.get(name, 0), int(plain(number)))
        # where two loads left a digest each, none is believed
        return {
            name: _Part("".join(said) if len(said) == 1 else "", arrived[name])
            for name, said in digests.items()
        }

    def begin(self, parts: Iterable[ox.NamedNode], held: Mapping[ox.NamedNode, _Part]) -> None:
        """Sign as the one who loads; of the graphs that are not held nothing is known any more.

        All are named from now on, so that the next load knows what it may have to drop.
        """
        lines = [f"{LOADS} {_LOADER} {self.me} .\n"]
        for name in parts:
            lines += _lines(name, held[name]) if name in held else [f"{name} {_ARRIVED} 0 .\n"]
        self.to.replace(LOADS.value, "".join(lines[: self.to.most]).encode())
        for at in range(self.to.most, len(lines), self.to.most):
            self.to.add(LOADS.value, "".join(lines[at : at + self.to.most]).encode())

    def send(self, name: ox.NamedNode, part: _Part, arrived: int) -> Iterator[int]:
        """Send the batches of a graph that have not arrived, and note how far they have."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            under_way: deque[tuple[int, int, Future[None]]] = deque()

            def first_done() -> int:
                number, count, sending = under_way.popleft()
                sending.result()
                self.note(name, part._replace(batches=number))
                return count

            for number, (count, batch) in enumerate(self.batches(name), 1):
                if number > arrived:
                    self.mine()
                    ready = turtle(batch, self.to.durations)
                    under_way.append((number, count, pool.submit(self.add, name, ready)))
                if len(under_way) == _AT_ONCE:
                    yield first_done()
            while under_way:
                yield first_done()

    def add(self, name: ox.NamedNode, batch: bytes) -> None:
        """Send a batch, again if it got in the way of the other that is under way."""
        for _ in range(_TRIES):
            try:
                self.to.add(name.value, batch)
            except MachineError as error:
                if _DEADLOCK not in str(error):
                    raise
            else:
                return
        self.to.add(name.value, batch)

    def note(self, name: ox.NamedNode, part: _Part) -> None:
        """Write down on the engine how many batches of a graph have arrived."""
        self.to.add(LOADS.value, "".join(_lines(name, part)).encode())

    def mine(self) -> None:
        """Stop if another load has begun: it goes on with what this one has done."""
        if not self.endpoint.query(f"ASK {{ {LOADS} {_LOADER} {self.me} }}", default_graph=LOADS):
            raise MachineError(
                "another load of this engine has begun meanwhile and goes on with this: "
                "wait for it, or call this again"
            )

    def verify(self, parts: Mapping[ox.NamedNode, _Part]) -> None:
        """Compare the counts; what is not as it was sent is loaded anew next time.

        A load that was killed, or gave way to this one, may have done one thing more meanwhile.
        """
        strange = self.records().keys() - parts.keys()
        for name in strange:
            self.to.drop(name.value)
        text = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
        sound = {}
        self.wrong = []
        for name, part in parts.items():
            [(count,)] = cast("Rows", self.endpoint.query(text, default_graph=name))
            if int(plain(count)) == part.statements:
                sound[name] = part
            else:
                self.wrong.append(f"{name.value} ({plain(count)} of {part.statements})")
        self.mine()
        if strange or self.wrong:
            self.begin(parts, sound)


def _lines(name: ox.NamedNode, record: _Part) -> list[str]:
    return [
        f'{name} {DIGEST} "{record.digest}" .\n',
        f"{name} {_ARRIVED} {record.batches} .\n",
    ]


def _names(opened: ox.Store) -> list[ox.NamedNode]:
    names = [name for name in opened.named_graphs() if isinstance(name, ox.NamedNode)]
    return sorted((name for name in names if name.value.startswith(GRAPH)), key=str)


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
