"""Results larger than memory pass through it; what has to be held whole is refused in time."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

SRC = str(Path(__file__).parent.parent / "src")
COUNT = 70  # things; as many rows as their cube
ROWS = "SELECT ?a ?b ?c { ?a <http://e/p> ?v . ?b <http://e/p> ?w . ?c <http://e/p> ?x }"
# a child's peak is at least its parent's when it forks: one that is small stands in between
MEASURE = """
import json, os, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stderr=subprocess.PIPE, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(json.dumps([done.returncode, peak, done.stderr]), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("streaming") / "graph"
    for folder in ("ontology", "data", "queries"):
        (root / folder).mkdir(parents=True)
    lines = (f"<http://e/things/number-{n}> <http://e/p> {n} .\n" for n in range(COUNT))
    (root / "data" / "all.ttl").write_text("".join(lines))
    migkg(root, "query", "-e", "ASK {}")
    return root


def migkg(graph: Path, *args: str, to: Path | None = None) -> tuple[int, int, str]:
    """Call the command: its exit code, its peak memory in MB, and what it says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MIGKG_")}
    environment = {**kept, "PYTHONPATH": SRC, "MIGKG_CACHE": str(graph.parent / "cache")}
    command = [sys.executable, "-m", "migkg", "--graph", str(graph), *args]
    with open(to or os.devnull, "wb") as out:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, *command],
            env=environment,
            stdout=out,
            stderr=subprocess.PIPE,
            timeout=120,
            check=True,
        )
    code, peak, said = json.loads(done.stderr)
    return code, peak, said


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_a_result_passes_through_in_bounded_memory(graph: Path, tmp_path: Path, form: str) -> None:
    _, few, _ = migkg(graph, "query", "-e", ROWS + " LIMIT 10", "-f", form)
    code, many, said = migkg(graph, "query", "-e", ROWS, "-f", form, to=tmp_path / "all")
    assert (code, said) == (0, "")
    written = (tmp_path / "all").read_bytes()
    assert written.count(b"number-") == 3 * COUNT**3
    assert len(written) > 20_000_000  # its terms in memory would be ten times that
    assert many <= few + 5, "MB"
    assert many < 150


def test_a_limit_ends_a_query_that_has_no_end(graph: Path) -> None:
    things = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(12))
    began = time.monotonic()
    code, peak, said = migkg(
        graph, "query", "-e", f"SELECT * {{ {things} }}", "-f", "csv",
        "--limit", "1000", "--offset", "1000",
    )  # fmt: skip
    assert time.monotonic() - began < 5
    assert code == 0
    assert peak < 150
    assert "cut off by --limit 1000" in said


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_rows_that_nobody_reads_in_a_table_are_refused(
    graph: Path, tmp_path: Path, form: str
) -> None:
    target = tmp_path / "all.txt"
    code, peak, said = migkg(graph, "query", "-e", ROWS, "-f", form, "-o", str(target))
    assert code == 2
    assert "holds 10,000 rows, these are more; take csv, or --limit" in said
    assert peak < 150
    assert os.listdir(tmp_path) == []
    code, _, said = migkg(
        graph, "query", "-e", ROWS, "-f", form, "--limit", "10000", "-o", str(target)
    )
    assert code == 0
    assert "cut off" in said
    assert target.read_text().count("number-") >= 30_000


def test_a_time_out_while_rows_are_written_leaves_no_file(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    target.write_text("what was here before\n")
    things = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(12))
    began = time.monotonic()
    code, peak, said = migkg(
        graph, "query", "-e", f"SELECT * {{ {things} }}", "--timeout", "1.5", "-o", str(target)
    )
    assert time.monotonic() - began < 4
    assert (code, said) == (4, "migkg: stopped after 1.5 seconds (--timeout)\n")
    assert peak < 150
    assert os.listdir(tmp_path) == ["all.csv"]
    assert target.read_text() == "what was here before\n"


@pytest.mark.parametrize("ending", ["ORDER BY ?s0", "GROUP BY ?s0 HAVING (COUNT(*) > 1)"])
def test_a_time_out_stops_what_has_to_be_read_whole(graph: Path, ending: str) -> None:
    shown = "?s0" if "GROUP" in ending else "*"
    things = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(9))
    condition = "FILTER(STRLEN(STR(?o0)) + STRLEN(STR(?o8)) > 1000000)"
    began = time.monotonic()
    code, _, said = migkg(
        graph, "query", "-e", f"SELECT {shown} {{ {things} {condition} }} {ending}",
        "--timeout", "1",
    )  # fmt: skip
    assert time.monotonic() - began < 4
    assert (code, said) == (4, "migkg: stopped after 1 seconds (--timeout)\n")
