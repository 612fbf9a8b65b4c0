"""Times loading Virtuoso by migkg against Virtuoso's own bulk loader, in turns.

Run it with the Python that migkg is installed for:
.venv/bin/python bench/virtuoso.py [STATEMENTS [RUNS]]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from migkg.namespaces import GRAPH, MK, MKC, MKD, PREFIXES, RDF, XSD
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import engines

    from migkg.remote.endpoint import Rows

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

AT_MOST = 2.0
BUFFERS = 170_000  # what Virtuoso's documentation advises for 2 GB
NAME = ox.NamedNode(GRAPH + "asserted")
LOAD = """
import resource, sys
import pyoxigraph as ox
from migkg.remote.load import load
opened = ox.Store.read_only(sys.argv[1])
print(load(opened, sys.argv[2], None, print, lambda _: None), file=sys.stderr)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def observations(statements: int) -> Iterator[ox.Quad]:
    """Figures of ten statements each, as the tables of UNHCR give them."""

    def term(curie: str) -> ox.NamedNode:
        prefix, _, local = curie.partition(":")
        return ox.NamedNode(PREFIXES[prefix] + local)

    for at in range(statements // 10):
        figure = ox.NamedNode(f"{MKD}observation-{at}")
        for predicate, value in (
            (ox.NamedNode(RDF + "type"), term("qb:Observation")),
            (term("qb:dataSet"), ox.NamedNode(f"{MKD}data-set-{at % 7}")),
            (ox.NamedNode(MK + "indicator"), ox.NamedNode(f"{MKC}indicator-{at % 11}")),
            (ox.NamedNode(MK + "population"), ox.NamedNode(f"{MKC}population-group-{at % 9}")),
            (term("sdmx-dimension:refArea"), ox.NamedNode(f"{MKD}country-{at % 199}")),
            (ox.NamedNode(MK + "origin"), ox.NamedNode(f"{MKD}country-{at * 31 % 211}")),
            (term("sdmx-dimension:refPeriod"), ox.NamedNode(f"{MKD}period-{1951 + at % 73}")),
            (term("sdmx-measure:obsValue"), ox.Literal(at * 7919 % 1_000_003)),
            (term("sdmx-attribute:unitMeasure"), ox.NamedNode(f"{MKC}unit-persons")),
            (
                term("dct:issued"),
                ox.Literal(
                    f"20{at % 24:02}-06-{at % 28 + 1:02}", datatype=ox.NamedNode(XSD + "date")
                ),
            ),
        ):
            yield ox.Quad(figure, predicate, value, NAME)


def by_migkg(address: str) -> Callable[[engines.Engine, Path], int]:
    def load(engine: engines.Engine, folder: Path) -> int:
        done = subprocess.run(
            [sys.executable, "-c", LOAD, str(folder / "store"), getattr(engine, address)],
            env={**os.environ, **engine.credentials, "MIGKG_CACHE": str(folder / "cache")},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return int(done.stdout.split()[-1])

    return load


def by_bulk_loader(engine: engines.Engine, folder: Path) -> int:
    script = (
        f"ld_dir('{folder}', 'data.nt', '{NAME.value}');\n"
        "rdf_loader_run();\ncheckpoint;\nselect ll_error from DB.DBA.load_list;\n"
    )
    done = subprocess.run(
        ["isql-vt", f"127.0.0.1:{engine.sql}", "dba", "dba"],
        input=script,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Error" not in done.stdout + done.stderr, done.stdout + done.stderr
    return 0


WAYS: dict[str, Callable[[engines.Engine, Path], int]] = {
    "its own bulk loader": by_bulk_loader,
    "migkg, Graph Store Protocol": by_migkg("graph_store"),
    "migkg, SPARQL Update": by_migkg("update"),
}


def count(engine: engines.Engine) -> int:
    from migkg.remote.endpoint import Endpoint

    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    [(found,)] = cast("Rows", Endpoint(engine.asked).query(query, default_graph=NAME))
    return int(plain(found))


def peak(process: subprocess.Popen[bytes]) -> int:
    """The peak memory of a process that runs, in MB."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


def main(statements: int = 1_000_000, runs: int = 3) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # in a process of its own: a child's peak memory is at least its parent's at the fork
        subprocess.run([sys.executable, __file__, "generate", name, str(statements)], check=True)
        seconds: dict[str, list[float]] = {way: [] for way in WAYS}
        memory: dict[str, list[tuple[int, int]]] = {way: [] for way in WAYS}
        for number in range(runs):
            for way, load in WAYS.items():
                place = folder / f"{way}-{number}"
                place.mkdir()
                engine = import_module("engines").virtuoso(place, buffers=BUFFERS, readable=folder)
                try:
                    began = time.perf_counter()
                    client = load(engine, folder)
                    seconds[way].append(time.perf_counter() - began)
                    memory[way].append((client, peak(engine.process)))
                    assert count(engine) == statements
                finally:
                    engine.stop()
        first, *_ = WAYS
        base = statistics.median(seconds[first])
        print(f"{statements:,} statements into an empty Virtuoso, medians of {runs} runs in turns")
        for way in WAYS:
            median = statistics.median(seconds[way])
            client, server = (max(column) for column in zip(*memory[way], strict=True))
            print(
                f"{way:<28} {median:7.2f} s  {median / base:5.2f} (at most {AT_MOST})  "
                f"peak: client {client} MB, Virtuoso {server} MB"
            )


def generate(folder: Path, statements: int) -> None:
    opened = ox.Store(str(folder / "store"))
    opened.bulk_extend(observations(statements))
    opened.flush()
    opened.dump(str(folder / "data.nt"), ox.RdfFormat.N_TRIPLES, from_graph=NAME)


if __name__ == "__main__":
    if sys.argv[1:2] == ["generate"]:
        generate(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
