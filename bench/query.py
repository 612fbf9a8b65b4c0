"""Times a warm ``migkg query`` against scripts that do the same, whole processes, interleaved.

.venv/bin/python bench/query.py [STATEMENTS [RUNS]]
STATEMENTS  of a grown graph (default: the shipped graph); rdflib, which parses it, then runs once
RUNS        default 15
"""

import json
import shutil
import subprocess
import sys
import time

from measuring import MIGKG, ROOT, Line, folder, grown, in_turn, print_table

QUERIES: list[tuple[str, dict[str, str]]] = [
    ("list-projects", {"country": "Jordan"}),
    ("list-partners", {"project": "PROSPECTS"}),
    ("list-figures", {"indicator": "people displaced by climate change"}),
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
    texts.append(catalogue.bind_to_look_up(query, terms))
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


def main() -> None:
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    of = grown(statements) if statements else ROOT
    folder()
    command = [sys.executable, "-c", PREPARE, of, json.dumps(QUERIES)]
    prepared = subprocess.run(command, capture_output=True, text=True, check=True)
    store, texts, sources = json.loads(prepared.stdout)
    time.sleep(2.1)  # what was touched just now is read again each time
    size = f"{statements:,} statements" if statements else "the shipped graph"
    asked = list(zip(QUERIES, texts, strict=True))
    for (name, given), text in asked[:1] if statements else asked:
        options = [word for p, value in given.items() for word in (f"--{p}", value)]
        processes = {
            "migkg": [MIGKG, "--graph", of, "query", name, *options, "-f", "csv"],
            "bare pyoxigraph": [sys.executable, "-c", BARE, store, text],
            "rdflib": [sys.executable, "-c", RDFLIB, text, *sources],
        }
        others = {
            "Jena (arq)": arq(text, sources),
            "Comunica": comunica(text, sources),
        }
        processes |= {tool: words for tool, words in others.items() if words}
        slow = dict.fromkeys(["rdflib", *others], 1) if statements else {}
        took = in_turn(processes, runs, slow)
        lines = [
            Line("migkg", took["migkg"], "" if statements else "80 MB"),
            Line("bare pyoxigraph", took["bare pyoxigraph"], "3" if statements else "2.5"),
            Line("rdflib", took["rdflib"], "0.02" if statements else "0.35"),
        ]
        lines += [Line(t, took.get(t), "" if t in took else "not installed") for t in others]
        print_table(f"A cold process that asks {name}, {size}", lines)


def arq(text: str, sources: list[str]) -> list[str]:
    """The command of Jena that parses the sources and asks; none where it is not installed."""
    found = shutil.which("arq")
    return [found, *(f"--data={path}" for path in sources), text] if found else []


def comunica(text: str, sources: list[str]) -> list[str]:
    found = shutil.which("comunica-sparql-file")
    return [found, *sources, "-q", text] if found else []


if __name__ == "__main__":
    main()
