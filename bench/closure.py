"""Times what follows from the sources by OWL 2 RL: migkg against owlrl.

.venv/bin/python bench/closure.py [STATEMENTS]

STATEMENTS  of the grown graph that migkg closes alone (default 1000000)
"""

import os
import sys

from measuring import ROOT, Line, grown, in_turn, print_table

from migkg import graph

MIGKG = """
import sys, time
from migkg import graph, reason
triples = list(dict.fromkeys(t for path in sys.argv[1:] for t in graph.read(path)))
began = time.perf_counter()
inferred = reason.close(triples)
seconds = time.perf_counter() - began
print(len(triples), "statements entail", len(inferred), "more", file=sys.stderr)
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
    sources = graph.sources(graph.Graph(grown(statements)))
    million = in_turn({"migkg": [sys.executable, "-c", MIGKG, *sources]}, 0, {"migkg": 1})
    print_table(
        f"Closure of a graph of {statements:,} statements",
        [Line("migkg", million["migkg"], "60 s and 2000 MB, parsing included in the memory")],
    )


if __name__ == "__main__":
    main()
