"""Times a warm ``migkg query`` against scripts that do the same, whole processes, interleaved.

Run it with the Python that migkg is installed for: .venv/bin/python bench/query.py [RUNS]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
QUERIES: list[tuple[str, dict[str, str]]] = [
    ("list-projects", {"country": "Jordan"}),
    ("list-partners", {"project": "PROSPECTS"}),
    ("list-figures", {}),
    ("list-codes", {}),
]
# This process stays small: a child's peak memory is at least its parent's at the fork.
PREPARE = """
import json, os, sys
from migkg import graph, lookup, store
from migkg.queries import catalogue
of = graph.find(sys.argv[1], os.getcwd())
folder, _ = store.build(of, lambda note: None)
opened = store.open_store(of, print)
texts = []
for name, given in json.loads(sys.argv[2]):
    query = catalogue.stored(of, name)
    domains = {parameter.name: parameter.domain for parameter in query.parameters}
    terms = {p: [lookup.resolve(opened, text, domains[p])] for p, text in given.items()}
    texts.append(catalogue.bind(query, terms))
json.dump([folder, texts, graph.sources(of)], sys.stdout)
"""
BARE = """
import sys
import pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
for solution in store.query(sys.argv[2]):
    print(*(term.value if term else "" for term in solution), sep=",")
"""
RDFLIB = """
import sys
import rdflib
graph = rdflib.Graph()
for path in sys.argv[2:]:
    graph.parse(path)
for row in graph.query(sys.argv[1]):
    print(*(term if term is not None else "" for term in row), sep=",")
"""
AT_MOST = {"bare pyoxigraph": 2.5, "rdflib": 0.35}
MEGABYTES_AT_MOST = 80


class Run(NamedTuple):
    seconds: float
    megabytes: float


def run(command: list[str]) -> Run:
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        sys.exit(f"failed: {command}")
    return Run(seconds, usage.ru_maxrss / 1024)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    with tempfile.TemporaryDirectory() as cache:
        os.environ["MIGKG_CACHE"] = cache
        command = [sys.executable, "-c", PREPARE, str(ROOT), json.dumps(QUERIES)]
        prepared = subprocess.run(command, capture_output=True, text=True, check=True)
        folder, texts, sources = json.loads(prepared.stdout)
        time.sleep(2.1)  # what was touched just now is read again each time
        print(f"{'query':<18} {'process':<16} {'median ms':>9} {'MB':>5} {'migkg is':>9}  at most")
        for (name, given), text in zip(QUERIES, texts, strict=True):
            options = [word for p, value in given.items() for word in (f"--{p}", value)]
            migkg = os.path.join(os.path.dirname(sys.executable), "migkg")
            processes = {
                "migkg": [migkg, "--graph", str(ROOT), "query", name, *options, "-f", "csv"],
                "bare pyoxigraph": [sys.executable, "-c", BARE, folder, text],
                "rdflib": [sys.executable, "-c", RDFLIB, text, *sources],
            }
            measure(name, processes, runs)


def measure(name: str, processes: dict[str, list[str]], runs: int) -> None:
    took: dict[str, list[Run]] = {process: [] for process in processes}
    for turn in range(runs + 1):
        for process, command in processes.items():
            one = run(command)
            if turn:  # the first fills the caches of the machine
                took[process].append(one)
    medians = {p: statistics.median(one.seconds for one in took[p]) for p in processes}
    for process in processes:
        peak = max(one.megabytes for one in took[process])
        line = f"{name:<18} {process:<16} {medians[process] * 1000:9.1f} {peak:5.0f}"
        if process in AT_MOST:
            line += f" {medians['migkg'] / medians[process]:9.2f} {AT_MOST[process]:8.2f}"
        else:
            line += f" {'':9} {MEGABYTES_AT_MOST:5} MB"
        print(line)


if __name__ == "__main__":
    main()
