"""Times migkg validate, of an entry and of the whole graph, against pySHACL's own command.

.venv/bin/python bench/validate.py [RUNS, default 5] [full]

full  has pySHACL judge the grown graph as well, which takes it an hour or so
"""

import os
import sys

import pyoxigraph as ox
from measuring import MIGKG, ROOT, Line, folder, grown, in_turn, print_table

from migkg import graph
from migkg.rdflib_terms import triples_of
from migkg.validation.judgement import Surroundings

PYSHACL = os.path.join(os.path.dirname(sys.executable), "pyshacl")
ENTRY = os.path.join(ROOT, "tests", "cases", "valid", "Project-example.ttl")
STATEMENTS = 100_000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    folder()
    big = grown(STATEMENTS)
    took = in_turn(
        {
            "entry": [MIGKG, "--graph", ROOT, "validate", ENTRY],
            "entry in the grown graph": [MIGKG, "--graph", big, "validate", ENTRY],
            "whole": [MIGKG, "--graph", ROOT, "validate"],
            "pyshacl": by_pyshacl(ROOT),
        },
        runs,
        {"whole": 1, "pyshacl": 1},
    )
    print_table(
        "An entry in the shipped graph",
        [
            Line("migkg validate ENTRY", took["entry"], "1500 ms"),
            Line("pyshacl, the graph with what follows", took["pyshacl"], "0.1"),
        ],
    )
    lines = [
        Line("migkg validate ENTRY", took["entry in the grown graph"]),
        Line("pyshacl, the shipped graph alone", took["pyshacl"], "0.1"),
    ]
    if "full" in sys.argv:
        full = in_turn({"pyshacl": by_pyshacl(big)}, 0, {"pyshacl": 1})
        lines.append(Line("pyshacl, the grown graph", full["pyshacl"], "0.1"))
    print_table(f"An entry in a graph of {STATEMENTS:,} statements", lines)
    print_table(
        "The whole shipped graph",
        [
            Line("migkg validate, with all checks", took["whole"]),
            Line("pyshacl, the graph with what follows", took["pyshacl"], "1.0"),
        ],
    )


def by_pyshacl(root: str) -> list[str]:
    """Write the shapes and what they judge to a file each, and have pySHACL judge them."""
    of = graph.Graph(root)
    name = os.path.join(folder(), os.path.basename(root))
    judged = triples_of(Surroundings(of, [], print).data)
    shapes = (triple for path in graph.shape_files(of) for triple in graph.read(path))
    for kind, triples in (("data", judged), ("shapes", shapes)):
        ox.serialize(triples, f"{name}-{kind}.ttl", format=ox.RdfFormat.TURTLE)
    return [PYSHACL, "-s", f"{name}-shapes.ttl", f"{name}-data.ttl"]


if __name__ == "__main__":
    main()
