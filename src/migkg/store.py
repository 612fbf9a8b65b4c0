"""The store of a graph: built from its sources into the user's cache, and opened read-only."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import __version__, graph
from migkg.errors import MachineError
from migkg.namespaces import GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migkg.contradictions import Clash

    Notify = Callable[[str], None]

# The default graph is the union of the two: a union at query time was measured 50 times slower.
ALL = ox.DefaultGraph()
ASSERTED = ox.NamedNode(GRAPH + "asserted")
INFERRED = ox.NamedNode(GRAPH + "inferred")

_HERE = os.path.dirname(os.path.abspath(__file__))
_PROGRAM = sorted(  # the modules that make a store lie here: a change may change what it holds
    os.path.join(_HERE, name)
    for name in os.listdir(_HERE)
    if name.endswith(".py") and not name.startswith(".")
)
_FILES = "files"
_RACY = 2_000_000_000  # ns; a file system may tell two changes within this time by nothing


def open_store(of: graph.Graph, notify: Notify) -> ox.Store:
    """Open the store read-only; it is built first when sources changed or it is damaged.

    `notify` gets notes on what takes time. Raises what `build` raises.
    """
    folder = _recorded(of) or build(of, notify)[0]
    if (store := _opened(folder)) is None:
        notify("the store is damaged and is built again")
        folder, _ = build(of, notify, force=True)
        store = _opened(folder)
    if store is None:
        raise MachineError(
            f"{folder}: the store cannot be opened: set MIGKG_CACHE to another folder"
        )
    return store


def build(of: graph.Graph, notify: Notify, force: bool = False) -> tuple[str, bool]:
    """Make a store of what the sources say and entail: its folder, and whether it was built now.

    A store is complete before it gets its name, so that a build that is killed leaves the former
    ones as they are. Raises InputError for a broken source, GraphInconsistent, and MachineError
    where the cache cannot be written.
    """
    before = _newest(of)
    if before and not force:
        return before, False
    home = _home(of)
    with _alone(home, notify):
        folder = _newest(of)
        if folder and (folder != before or not force):
            return folder, False
        return _build(of, home, notify), True


def cache_folder() -> str:
    """Tell where stores are kept: $MIGKG_CACHE, else the user's cache as the platform has it."""
    if named := os.environ.get("MIGKG_CACHE"):
        return os.path.abspath(named)
    if sys.platform != "linux":
        from platformdirs import user_cache_dir

        return user_cache_dir("migkg", appauthor=False)
    # as platformdirs has it, whose import takes longer than a query
    caches = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
    return os.path.join(caches, "migkg")


def _home(of: graph.Graph) -> str:
    from binascii import crc32

    identity = f"{os.path.basename(of.root)}-{crc32(os.fsencode(of.root)):08x}"
    return os.path.join(cache_folder(), identity)


def _recorded(of: graph.Graph) -> str | None:
    """Find the store last used, if no source changed; none is opened, as with the index of git.

    https://git-scm.com/docs/racy-git
    """
    home = _home(of)
    try:
        with open(os.path.join(home, "index"), "rb") as file:
            name, _, state = file.read().partition(b"\n")
    except OSError:
        return None
    return os.path.join(home, os.fsdecode(name)) if state == _state(of) else None


def _record(of: graph.Graph, name: str, state: bytes, began: int) -> None:
    home = _home(of)
    index = os.path.join(home, "index")
    with suppress(OSError):
        os.utime(os.path.join(home, name))
        stats = [os.stat(path) for path in _inputs(of)]
        if max(max(stat.st_mtime_ns, stat.st_ctime_ns) for stat in stats) + _RACY > began:
            return
        with open(f"{index}-{os.getpid()}", "wb") as file:
            file.write(os.fsencode(name) + b"\n" + state)
        os.replace(file.name, index)


def _inputs(of: graph.Graph) -> list[str]:
    return graph.sources(of) + _PROGRAM


def _state(of: graph.Graph) -> bytes:
    return os.fsencode(f"{__version__} {ox.__version__}\n{graph.signature(_inputs(of))}")


def _key(of: graph.Graph) -> str:
    # owlrl's version is left out: what OWL 2 RL entails does not depend on it
    return f"{graph.digest(_inputs(of), of.root)}-{__version__}-{ox.__version__}"


def _newest(of: graph.Graph) -> str | None:
    import time

    began, state, key, home = time.time_ns(), _state(of), _key(of), _home(of)
    name = next((name for name in reversed(_stores(home)) if name.endswith(key)), None)
    if name is None:
        return None
    _record(of, name, state, began)
    return os.path.join(home, name)


def _stores(home: str) -> list[str]:
    """List the stores, the oldest first: a number, the hash of the sources, the versions."""
    try:
        return sorted(name for name in os.listdir(home) if name[0].isdigit())
    except OSError:
        return []


def _build(of: graph.Graph, home: str, notify: Notify) -> str:
    from shutil import rmtree

    for name in os.listdir(home):
        if name.startswith("building-"):
            rmtree(os.path.join(home, name), ignore_errors=True)
    key, quads = _quads(of, notify)
    last = max(["0", *_stores(home)]).partition("-")[0]
    store = os.path.join(home, f"{int(last) + 1:06d}-{key}")
    building = os.path.join(home, f"building-{os.getpid()}")
    try:
        _write(quads, building)
        os.rename(building, store)
    finally:
        rmtree(building, ignore_errors=True)
    others = [os.path.join(home, name) for name in _stores(home)]
    others.remove(store)
    for old in sorted(others, key=os.path.getmtime)[:-1]:
        rmtree(old, ignore_errors=True)
    _newest(of)
    return store


def _quads(of: graph.Graph, notify: Notify) -> tuple[str, list[ox.Quad]]:
    from migkg import reason

    key, files = _key(of), graph.sources(of)
    notify(f"reading {len(files)} files")
    parts = {ox.NamedNode(graph.graph_name(of, path)): graph.read(path) for path in files}
    asserted = list(dict.fromkeys(triple for part in parts.values() for triple in part))
    notify(f"reasoning over {len(asserted)} statements")
    try:
        inferred = reason.close(asserted)
    except reason.Inconsistency as error:
        files = [graph.shown(os.path.relpath(path, of.root)) for path in files]
        said = {t: file for file, part in zip(files, parts.values(), strict=True) for t in part}
        raise reason.Inconsistency(_located(error.clashes, said)) from error
    if key != _key(of):
        notify("a source changed meanwhile, starting again")
        return _quads(of, notify)
    parts |= {ASSERTED: asserted, INFERRED: inferred}
    quads = [ox.Quad(*triple) for triple in asserted + inferred]
    quads += [ox.Quad(s, p, o, name) for name, part in parts.items() for s, p, o in part]
    return key, quads


def _located(clashes: list[Clash], said: dict[ox.Triple, str]) -> list[Clash]:
    """Tell, of each statement that clashes, the file that says it."""
    return [
        clash._replace(files=tuple(said.get(t, "inferred") for t in clash.statements))
        for clash in clashes
    ]


def _write(quads: list[ox.Quad], folder: str) -> None:
    store = ox.Store(folder)
    store.bulk_extend(quads)
    store.flush()
    store.optimize()
    del store
    with open(os.path.join(folder, _FILES), "wb") as file:
        file.write(_sizes(folder))


def _opened(folder: str) -> ox.Store | None:
    """Open a store if it is whole: RocksDB takes a truncated manifest for one of an older state."""
    with suppress(OSError, RuntimeError), open(os.path.join(folder, _FILES), "rb") as file:
        if file.read() == _sizes(folder):
            return ox.Store.read_only(folder)
    return None


def _sizes(folder: str) -> bytes:
    with os.scandir(folder) as entries:
        sizes = [f"{entry.name} {entry.stat().st_size}\n" for entry in entries]
    return "".join(sorted(size for size in sizes if not size.startswith(_FILES))).encode()


@contextmanager
def _alone(home: str, notify: Notify) -> Iterator[None]:
    """Let one process at a time write to the cache; the lock of one that was killed is void."""
    from filelock import FileLock, Timeout

    lock = FileLock(os.path.join(home, "lock"))
    try:
        os.makedirs(home, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            notify("waiting for another process that builds the store")
            lock.acquire()
        yield
    except OSError as error:
        reason = error.strerror or " ".join(str(error).split())
        raise MachineError(
            f"{home}: no store can be written: {reason}; "
            "make room, or set MIGKG_CACHE to another folder"
        ) from error
    finally:
        lock.release()
