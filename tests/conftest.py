import gc
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from judging import INVALID, judged
from planted import plant
from rdflib import Graph

from migkg import graph, store
from migkg.export.export import export
from migkg.export.site import Site, version
from migkg.namespaces import HOME
from migkg.validation.finding import Report
from migkg.validation.statements import statements

ROOT = Path(__file__).parent.parent

# a shell's background jobs ignore it, and so would all commands that tests start and interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of the test run's own: what users have in theirs is neither used nor touched."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("MIGKG_CACHE")
    os.environ["MIGKG_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["MIGKG_CACHE"]
    else:
        os.environ["MIGKG_CACHE"] = before


@pytest.fixture(scope="module", autouse=True)
def collected() -> Iterator[None]:
    """Take away here what hangs on errors that tests expected, and not in a thread of a later test.

    Answers of pyoxigraph may only be taken away in the thread that asked.
    """
    yield
    gc.collect()


@pytest.fixture
def reachable(tmp_path: Path) -> Path:
    """A folder of the test's own that a user without rights can reach, too."""
    top = Path(tempfile.gettempdir())
    for folder in [tmp_path, *tmp_path.parents]:
        if top in folder.parents:
            folder.chmod(0o755)
    return tmp_path


@pytest.fixture(scope="session")
def shipped_graph() -> graph.Graph:
    return graph.find(str(ROOT), os.getcwd())


@pytest.fixture(scope="session")
def shipped(shipped_graph: graph.Graph, cache: Path) -> ox.Store:  # noqa: ARG001  # set up first
    """The store of the graph of this repository."""
    return store.open_store(shipped_graph, lambda _note: None)


@pytest.fixture(scope="session")
def exported(
    shipped_graph: graph.Graph, shipped: ox.Store, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The graph of this repository, exported with all parts."""
    folder = tmp_path_factory.mktemp("exported") / "site"
    site = Site(
        shipped_graph,
        shipped,
        version(shipped),
        "https://portal.example/migkg/",
        "https://portal.example/sparql",
    )
    export(site, str(folder))
    return folder


@pytest.fixture(scope="session")
def shapes(shipped_graph: graph.Graph) -> Graph:
    return statements(graph.shape_files(shipped_graph))


@pytest.fixture(scope="session")
def data(shipped_graph: graph.Graph) -> Graph:
    return statements(graph.sources(shipped_graph))


@pytest.fixture(scope="session")
def invalid_reports(data: Graph, shapes: Graph) -> dict[Path, Report]:
    """What is found in each invalid entry."""
    return {case: judged(case, data, shapes) for case in INVALID}


@pytest.fixture(scope="session")
def planted_graph(tmp_path_factory: pytest.TempPathFactory) -> graph.Graph:
    """A graph with names and labels that are hard to write."""
    return graph.find(str(plant(tmp_path_factory.mktemp("planted"))), os.getcwd())


@pytest.fixture(scope="session")
def planted(planted_graph: graph.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of that graph."""
    return _exported(planted_graph, tmp_path_factory, "https://portal.example/migkg/")


@pytest.fixture(scope="session")
def planted_at_home(planted_graph: graph.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same at the address that the names of the graph have."""
    return _exported(planted_graph, tmp_path_factory, HOME)


def _exported(of: graph.Graph, folders: pytest.TempPathFactory, base: str) -> Path:
    folder = folders.mktemp("export") / "exported"
    opened = store.open_store(of, lambda _note: None)
    export(Site(of, opened, version(opened), base), str(folder))
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything runs: a skip there is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
