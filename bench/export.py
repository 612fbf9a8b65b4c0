"""Times the dumps of an export, and shows that their memory does not grow with their number.

.venv/bin/python bench/export.py [STATEMENTS, default 100000 [RUNS, default 3]]

All write the same graph, all that is asserted, from sorted N-Triples into the same syntaxes:
Turtle, N-Triples, JSON-LD and RDF/XML; raptor knows no JSON-LD. Beside it all dumps that migkg
writes, of the shipped graph and of the grown one.
"""

import os
import shutil
import sys

from measuring import ROOT, Line, folder, grown, in_turn, print_table

_DUMPS = """
import sys
from migkg import graph, store
from migkg.export import dumps
from migkg.export.site import Site, version
from migkg.progress import unseen
of = graph.find(sys.argv[1], ".")
opened = store.open_store(of, lambda _: None)
dumps.write(Site(of, opened, version(opened)), sys.argv[2], unseen)
"""
_SYNTAXES = """
import sys
from migkg.export import lines
from migkg.export.syntaxes import write_syntaxes
source, into = sys.argv[1:]
lines.write(lines.distinct(lines.read(source), into), f"{into}/all.nt")
write_syntaxes(f"{into}/all")
"""
_RDFLIB = """
import sys
import rdflib
rdflib.NORMALIZE_LITERALS = False
source, into = sys.argv[1:]
graph = rdflib.Graph().parse(source, format="nt")
for ending, syntax in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml")):
    graph.serialize(f"{into}/all.{ending}", format=syntax, encoding="utf-8")
"""
_RAPTOR = """
for syntax in turtle ntriples rdfxml-abbrev; do
  rapper -q -i ntriples -o $syntax "$1" >"$2/all.$syntax" || exit 1
done
"""


def _emptied(name: str) -> str:
    path = os.path.join(folder(), "exported", name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def _again(script: str, *arguments: str) -> list[str]:
    """Let a script run into a folder that is empty each time: the last argument."""
    into = arguments[-1]
    emptied = f"import shutil, os; shutil.rmtree({into!r}); os.makedirs({into!r})\n"
    return [sys.executable, "-c", emptied + script, *arguments]


def main() -> None:
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    large = grown(statements)
    into = {name: _emptied(name) for name in ("shipped", "large", "migkg", "rdflib", "raptor")}
    all_dumps = in_turn(
        {
            "large": _again(_DUMPS, large, into["large"]),
            "shipped": _again(_DUMPS, ROOT, into["shipped"]),
        },
        runs,
    )
    source = os.path.join(into["large"], "dumps", "asserted.nt")
    sizes = [sum(entry.stat().st_size for entry in _files(into[n])) for n in ("large", "shipped")]
    print_table(
        f"All dumps, {sizes[0] / sizes[1]:.0f} times as many bytes",
        [
            Line(f"{statements:,} statements", all_dumps["large"], "memory: less than as often"),
            Line("the shipped graph", all_dumps["shipped"]),
        ],
    )
    commands = {
        "migkg": _again(_SYNTAXES, source, into["migkg"]),
        "rdflib": _again(_RDFLIB, source, into["rdflib"]),
    }
    if shutil.which("rapper"):
        commands["raptor"] = ["sh", "-c", _RAPTOR, "sh", source, into["raptor"]]
    measured = in_turn(commands, runs, {"rdflib": 1})
    print_table(
        f"One graph of {statements:,} statements in four syntaxes",
        [
            Line("migkg", measured["migkg"]),
            Line("rdflib", measured["rdflib"], "a fifth of its time, a third of its memory"),
            Line("raptor, in three", measured["raptor"])
            if "raptor" in measured
            else Line("raptor", None, "rapper is not on the PATH"),
        ],
    )


def _files(path: str) -> list[os.DirEntry[str]]:
    found = []
    for entry in os.scandir(path):
        found += _files(entry.path) if entry.is_dir() else [entry]
    return found


if __name__ == "__main__":
    main()
