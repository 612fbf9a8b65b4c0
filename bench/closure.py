"""Times what follows from the sources by OWL 2 RL: migkg against owlrl.

.venv/bin/python bench/closure.py [STATEMENTS]

STATEMENTS  of the grown graph that migkg closes alone (default 1000000)
"""

import os
import subprocess
import sys

from measuring import MIGKG as MIGKG_COMMAND
from measuring import ROOT, Line, grown, in_turn, print_table

from migkg import graph

MIGKG = """
import sys, time
import pyoxigraph
from migkg import graph
from migkg.reasoning import closure
store = pyoxigraph.Store()
for path in sys.argv[1:]:
    store.bulk_extend(pyoxigraph.Quad(*triple) for triple in graph.read(path))
began = time.perf_counter()
inferred = closure.close(store, graph.ALL).inferred
seconds = time.perf_counter() - began
print(len(store), "statements entail", len(inferred), "more", file=sys.stderr)
print("took", seconds)
"""
BUILT = """
import sys, time
from migkg import graph, store
from migkg.reasoning import closure
opened = store.open_store(graph.find(sys.argv[1], "."), lambda note: None)
began = time.perf_counter()
inferred = closure.close(opened, graph.ASSERTED).inferred
seconds = time.perf_counter() - began
print(len(inferred), "statements more", file=sys.stderr)
print("took", seconds)
"""
OWLRL = """
import sys, time
import owlrl, rdflib
graph = rdflib.Graph()
for path in sys.argv[1:]:
    graph.parse(path)
began = time.perf_counter()
owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
print("took", time.perf_counter() - began)
"""
SAMPLE = ("projects", "places.ttl", "countries.ttl", "organizations.ttl", "instruments.ttl")


def main() -> None:
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    shipped = graph.Graph(ROOT)
    data = os.path.join(ROOT, "data")
    sample = [
        path for path in graph.data_files(shipped) if os.path.relpath(path, data).startswith(SAMPLE)
    ]
    files = graph.ontology_files(shipped) + sample
    took = in_turn(
        {
            "migkg": [sys.executable, "-c", MIGKG, *files],
            "owlrl": [sys.executable, "-c", OWLRL, *files],
        },
        runs=2,
        fewer={"owlrl": 1},
    )
    print_table(
        f"Closure of the ontology and {len(sample)} files of data, parsing apart",
        [Line("migkg", took["migkg"]), Line("owlrl", took["owlrl"], "0.05")],
    )
    folder = grown(statements)
    subprocess.run([MIGKG_COMMAND, "--graph", folder, "build"], check=True, capture_output=True)
    million = in_turn({"migkg": [sys.executable, "-c", BUILT, folder]}, 2)
    print_table(
        f"Closure of a built store of {statements:,} statements",
        [Line("migkg", million["migkg"], "60 s and 2000 MB")],
    )


if __name__ == "__main__":
    main()
