"""The store of a graph: built from its sources into the user's cache, and opened read-only."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from migkg import __version__, graph
from migkg.errors import MachineError
from migkg.graph import ALL, ASSERTED, INFERRED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Notify = Callable[[str], None]

__all__ = ["ALL", "ASSERTED", "INFERRED", "build", "cache_folder", "count", "open_store"]

_HERE = os.path.dirname(os.path.abspath(__file__))
_PROGRAM = sorted(  # the modules that make a store lie here: a change may change what it holds
    os.path.join(folder, name)
    for folder in (_HERE, os.path.join(_HERE, "reasoning"))
    for name in os.listdir(folder)
    if name.endswith(".py") and not name.startswith(".")
)
_FILES, _SOURCES = "files", "sources"
_SMALL = 4  # up to this part of a graph, what changed is put into the former store
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
        return _build(of, home, notify, force), True


def count(opened: ox.Store, of: ox.NamedNode | ox.DefaultGraph) -> int:
    """Count the statements of a graph."""
    counted = opened.query("SELECT (COUNT(*) AS ?count) { ?s ?p ?o }", default_graph=of)
    [(number,)] = cast("Iterable[tuple[ox.Literal]]", counted)
    return int(number.value)


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


def _key(contents: dict[str, str]) -> str:
    from hashlib import sha256

    # owlrl's version is left out: what OWL 2 RL entails does not depend on it
    digest = sha256(os.fsencode(_listed(contents))).hexdigest()
    return f"{digest}-{__version__}-{ox.__version__}"


def _contents(of: graph.Graph) -> dict[str, str]:
    """Tell what a store of the graph is made from: the hash of each file, by its name."""
    return graph.digests(graph.sources(of), of.root) | graph.digests(_PROGRAM, _HERE)


def _listed(contents: dict[str, str]) -> str:
    return "".join(f"{digest} {name}\0" for name, digest in contents.items())


def _newest(of: graph.Graph) -> str | None:
    import time

    began, state, home = time.time_ns(), _state(of), _home(of)
    key = _key(_contents(of))
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


def _build(of: graph.Graph, home: str, notify: Notify, anew: bool) -> str:
    from shutil import rmtree

    for name in os.listdir(home):
        if name.startswith("building-"):
            rmtree(os.path.join(home, name), ignore_errors=True)
    contents, building = _contents(of), os.path.join(home, f"building-{os.getpid()}")
    last = max(["0", *_stores(home)]).partition("-")[0]
    store = os.path.join(home, f"{int(last) + 1:06d}-{_key(contents)}")
    try:
        if anew or not _renewed(of, home, contents, building, notify):
            _made(of, building, notify)
        if contents != _contents(of):
            notify("a source changed meanwhile, starting again")
            return _build(of, home, notify, anew)
        _seal(building, contents)
        os.rename(building, store)
    finally:
        rmtree(building, ignore_errors=True)
    others = [os.path.join(home, name) for name in _stores(home)]
    others.remove(store)
    for old in sorted(others, key=os.path.getmtime)[:-1]:
        rmtree(old, ignore_errors=True)
    _newest(of)
    return store


def _made(of: graph.Graph, building: str, notify: Notify) -> None:
    from migkg.contents import fill

    fill(ox.Store(building), of, graph.sources(of), notify)


def _renewed(
    of: graph.Graph, home: str, contents: dict[str, str], building: str, notify: Notify
) -> bool:
    """Copy the newest store and put in what changed, if it is whole and little changed."""
    from shutil import copytree

    from migkg.contents import update

    former = os.path.join(home, max(_stores(home), default=""))
    before = _made_from(former)
    changed = [n for n in contents | before if contents.get(n) != before.get(n)]
    program = graph.digests(_PROGRAM, _HERE)
    if not before or not program.keys().isdisjoint(changed) or _opened(former) is None:
        return False
    paths = [os.path.join(of.root, name) for name in changed]
    sizes = [sum(map(_size, some)) for some in (paths, graph.sources(of))]
    if sizes[0] * _SMALL > sizes[1]:
        return False
    copytree(former, building, copy_function=_linked)
    update(ox.Store(building), of, graph.sources(of), paths, notify)
    return True


def _made_from(folder: str) -> dict[str, str]:
    try:
        with open(os.path.join(folder, _SOURCES), "rb") as file:
            lines = os.fsdecode(file.read()).split("\0")[:-1]
    except OSError:
        return {}
    return {name: digest for digest, _, name in (line.partition(" ") for line in lines)}


def _size(path: str) -> int:
    return os.path.getsize(path) if os.path.exists(path) else 0


def _linked(source: str, target: str) -> None:
    """Share what RocksDB never changes, where the file system can, and copy the rest."""
    from shutil import copy2

    if source.endswith(".sst"):
        with suppress(OSError):
            os.link(source, target)
            return
    copy2(source, target)


def _seal(folder: str, contents: dict[str, str]) -> None:
    """Put beside a store what it was made from, and by what to see later that it is whole."""
    with open(os.path.join(folder, _SOURCES), "wb") as file:
        file.write(os.fsencode(_listed(contents)))
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
