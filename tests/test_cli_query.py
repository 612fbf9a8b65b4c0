"""``migkg query`` as people and scripts meet it: streams, exit codes, one line for each mistake."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest

from migkg.cli import options
from migkg.cli.output import stoppable
from migkg.cli.query import command as query_command
from migkg.errors import UsageError
from migkg.queries.parameters import TAKEN

SRC = str(Path(__file__).parent.parent / "src")
ONTOLOGY = """
@prefix mk: <https://w3id.org/migkg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
mk:Country a owl:Class ; rdfs:subClassOf mk:Place . mk:Place a owl:Class .
"""
DATA = """
@prefix mk: <https://w3id.org/migkg/ontology#> . @prefix mkd: <https://w3id.org/migkg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
mkd:country-JOR a mk:Country ; rdfs:label "Jordan"@en, "Jordanie"@fr ; skos:notation "JOR" .
mkd:country-KEN a mk:Country ; rdfs:label "Kenya"@en ; skos:notation "KEN" .
mkd:country-ETH a mk:Country ; rdfs:label "Ethiopia"@en .
mkd:one a mk:Project ; rdfs:label "One"@en ; mk:budget 94000000 ;
  mk:country mkd:country-JOR, mkd:country-KEN ; mk:evidence [ mk:passage mkd:passage ] .
mkd:two a mk:Project ; rdfs:label "Two"@en ; mk:budget 5 ; mk:country mkd:country-ETH .
mkd:passage a mk:Passage ; mk:heading "PARTNERSHIP" ; oa:hasSource mkd:document .
mkd:document a mk:Document ; dct:title "A paper"@en ; dct:identifier "000" .
"""
PREFIX = """PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
QUERIES = {
    "list-projects": """#+ summary: Which projects are there?
#+ description: A row for each country.
#+ tags: [projects]
#+ questions:
#+   - {id: cq-006, ask: "Where is One?", with: {country: [Jordan, "Kenya"]}}
#+ chart: {mark: bar, x: name, y: budget}
#+ parameters:
#+   country: {domain: mk:Country, description: where it takes place}
SELECT ?name ?country ?budget WHERE {
  ?p a mk:Project ; rdfs:label ?name ; mk:budget ?budget ; mk:country ?c .
  ?c rdfs:label ?country .
  FILTER(LANG(?country) = "en" && ?c IN (COALESCE(?__country_iri, ?c), ?__country_iri))
} ORDER BY ?name ?country
""",
    "show-country": """#+ summary: What is known of a country?
#+ tags: [places]
#+ parameters: {country: {domain: mk:Country}}
SELECT ?label WHERE { ?_country_iri rdfs:label ?label } ORDER BY ?label
""",
    "list-budgets": """#+ summary: Which budgets are larger?
#+ defaults: [moreThan: 10]
#+ enumerate: [currency: [USD, EUR]]
SELECT ?name WHERE { ?p mk:budget ?b ; rdfs:label ?name
  FILTER(?b > ?_moreThan_number && COALESCE("USD" = ?__currency, true)) }
""",
    "map-projects": """#+ summary: Projects as a graph
CONSTRUCT { ?p mk:budget ?b } WHERE { ?p mk:budget ?b }
""",
}
ENDLESS = "SELECT ?s0 {" + " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(9))
ENDLESS += " FILTER(STRLEN(STR(?o0)) + STRLEN(STR(?o8)) > 1000000) }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("graph")
    for folder in ("ontology", "data", "queries"):
        (root / folder).mkdir()
    (root / "ontology" / "migkg.ttl").write_text(ONTOLOGY)
    (root / "data" / "all.ttl").write_text(DATA)
    for name, text in QUERIES.items():
        header, _, body = text.partition("SELECT" if "SELECT" in text else "CONSTRUCT")
        kind = "SELECT" if "SELECT" in text else "CONSTRUCT"
        (root / "queries" / f"{name}.rq").write_text(header + PREFIX + kind + body)
    for path in root.glob("*/*.*"):
        os.utime(path, (time.time() - 60, time.time() - 60))
    assert _migkg(root, "query", "list-projects").returncode == 0
    return root


def _environment(graph: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MIGKG_")}
    cache = str(graph.parent / f"{graph.name}-cache")
    return {**kept, "PYTHONPATH": SRC, "MIGKG_GRAPH": str(graph), "MIGKG_CACHE": cache, **more}


def _migkg(graph: Path, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "migkg", *args],
        env=_environment(graph, **more),
        cwd=graph.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _mistake(done: subprocess.CompletedProcess[str], code: int, *says: str) -> None:
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("migkg: ")
    for text in says:
        assert text in done.stderr
    assert done.returncode == code


def test_the_list_has_a_line_for_each_query(graph: Path) -> None:
    done = _migkg(graph, "query")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    for name, text in QUERIES.items():
        summary = re.search(r"summary: (.*)", text)
        assert summary is not None
        assert [line for line in lines if name in line and summary[1] in line]
    assert lines.index("Places:") < lines.index("Projects:") < lines.index("Other:")


def test_help_tells_question_and_parameters(graph: Path) -> None:
    text = " ".join(_migkg(graph, "query", "list-projects", "--help").stdout.split())
    for part in ("Which projects are there?", "A row for each country.", "cq-006", "--country"):
        assert part in text
    assert "Where it takes place. A country, by its name in any language, code, CURIE or" in text
    assert "several times" in text
    assert "Required" in _migkg(graph, "query", "show-country", "--help").stdout
    assert "Default: 10" in _migkg(graph, "query", "list-budgets", "--help").stdout


@pytest.mark.parametrize("typed", ["Jordan", "jordanie", "JOR", "mkd:country-JOR"])
def test_a_country_by_any_name(graph: Path, typed: str) -> None:
    done = _migkg(graph, "query", "list-projects", "--country", typed)
    assert (done.stdout, done.stderr) == ("name,country,budget\nOne,Jordan,94000000\n", "")


def test_several_values_and_none(graph: Path) -> None:
    two = _migkg(graph, "query", "list-projects", "--country", "JOR", "--country", "Ethiopia")
    assert len(two.stdout.splitlines()) == 3
    assert len(_migkg(graph, "query", "list-projects").stdout.splitlines()) == 4


def test_the_same_rows_in_every_format(graph: Path) -> None:
    answers = {
        form: _migkg(graph, "query", "list-projects", "-f", form).stdout
        for form in ("json", "xml", "tsv", "csv", "markdown", "table")
    }
    rows = json.loads(answers["json"])["results"]["bindings"]
    names = [row["country"]["value"] for row in rows]
    assert names == ["Jordan", "Kenya", "Ethiopia"]
    for form, answer in answers.items():
        places = [answer.index(name) for name in names]
        assert places == sorted(places), form
    assert "94,000,000" in answers["table"]


def test_options_before_the_name_count_and_those_after_it_win(graph: Path) -> None:
    assert _migkg(graph, "query", "-f", "tsv", "list-projects").stdout.startswith("?name")
    done = _migkg(graph, "query", "-f", "tsv", "list-projects", "-f", "csv")
    assert done.stdout.startswith("name")


def test_the_graph_is_named_before_or_after_the_command(graph: Path, tmp_path: Path) -> None:
    for args in (
        ["--graph", str(graph), "query", "show-country", "--country", "KEN"],
        ["query", "show-country", "--country", "KEN", f"--graph={graph}"],
    ):
        assert _migkg(graph, *args, MIGKG_GRAPH=str(tmp_path)).stdout == "label\nKenya\n"


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["list-project"], 2, ["did you mean list-projects"]),
        (["show-country"], 2, ["--country is missing", "a country, by its name"]),
        (["show-country", "--county", "JOR"], 2, ["--county", "--country"]),
        (
            ["show-country", "--country", "Jordn"],
            2,
            ["--country", "near: mkd:country-JOR (Jordan)"],
        ),
        (["show-country", "--country", "mkd:country-XXX"], 2, ["is no country of this graph"]),
        (["show-country", "--country", "http://a b"], 2, ["no IRI"]),
        (["show-country", "--country", 'x" }\n# {\r'], 2, ["no country is called"]),
        (["show-country", "--country", "JOR", "--country", "KEN"], 2, ["one value, not 2"]),
        (["show-country", "--country", "JOR", "more"], 2, ["more"]),
        (["list-budgets", "--more-than", "1,000"], 2, ["--more-than", "1,000", "no number"]),
        (["list-budgets", "--currency", "GBP"], 2, ["USD", "EUR"]),
        (["-e", "SELECT ?x {\n ?x a foo:Bar }"], 2, ["line 2, column 7", "foo:"]),
        (["-e", "SELECT ?x WHER { }"], 2, ["line 1, column 11", "WHERE"]),
        (["-e", "DELETE WHERE { ?s ?p ?o }"], 2, ["would change the graph"]),
        (["-e", "ASK {}", "list-projects"], 2, ["-e"]),
        (["-e", "SELECT * { FILTER(<http://e/f>(1)) }"], 2, ["http://e/f"]),
        (["-e", "ASK {}", "--sources"], 2, ["SELECT"]),
        (["-e", "SELECT ?x WHER { }", "--sources"], 2, ["line 1, column 11", "WHERE"]),
        (["-e", "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }"], 2, ["--allow-service"]),
        (["nothing.rq"], 3, ["nothing.rq", "No such file"]),
        (["list-projects", "-f", "excel"], 2, ["excel", "xlsx"]),
        (["list-projects", "-f", "turtle"], 2, ["turtle", "csv"]),
        (["map-projects", "-f", "csv"], 2, ["csv", "turtle"]),
        (["show-country", "--country", "JOR", "-f", "chart", "-o", "x.svg"], 2, ["no chart"]),
        (["-e", "SELECT * {}", "-o", "x.svg"], 2, ["no chart", "list-projects"]),
        (["list-projects", "-o", "x.unknown"], 2, ["x.unknown", "-f"]),
        (["list-projects", "-o", "no/such/folder.csv"], 2, ["no/such/folder.csv"]),
        (["list-projects", "--limit", "0"], 2, ["--limit"]),
        (["list-projects", "--limit", "many"], 2, ["many"]),
        (["list-projects", "--timeout", "-1"], 2, ["--timeout"]),
        (["list-projects", "--timeout", "1e300"], 2, ["--timeout", "1e+300"]),
        (["list-projects", "--timeout", "nan"], 2, ["--timeout"]),
        (["list-projects", "--graph", "/nowhere"], 2, ["/nowhere"]),
        (["list-projects", "--nonsense"], 2, ["--nonsense"]),
    ],
)
def test_each_mistake_is_one_line(graph: Path, args: list[str], code: int, says: list[str]) -> None:
    _mistake(_migkg(graph, "query", *args), code, *says)


def test_a_broken_query_file_is_named_with_its_place(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    path.write_text("#+ summary: [a\nSELECT ?x { ?x a mk:Project }")
    _mistake(_migkg(graph, "query", str(path)), 3, "own.rq:1:", "YAML")
    path.write_text("SELECT ?x {\n  ?x a mk:Project ")
    _mistake(_migkg(graph, "query", str(path)), 3, "own.rq:2:", "}")


def test_a_missing_value_of_an_own_file_points_to_its_help(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "my.rq"
    path.write_text("SELECT ?x { ?x mk:country ?_country_iri }")
    _mistake(_migkg(graph, "query", str(path)), 2, f"(migkg query {path} --help)")
    assert "--country" in _migkg(graph, "query", str(path), "--help").stdout


def test_an_own_file_and_typed_sparql_know_the_prefixes(graph: Path, tmp_path: Path) -> None:
    text = "SELECT ?x { ?x a mk:Project } ORDER BY ?x"
    path = tmp_path / "own.rq"
    path.write_text(text)
    expected = "x\nhttps://w3id.org/migkg/id/one\nhttps://w3id.org/migkg/id/two\n"
    assert _migkg(graph, "query", str(path)).stdout == expected
    assert _migkg(graph, "query", "-e", text).stdout == expected


def test_inferred_statements_are_seen_unless_left_out(graph: Path) -> None:
    text = "SELECT (COUNT(?x) AS ?n) { ?x a mk:Place }"
    assert _migkg(graph, "query", "-e", text).stdout == "n\n3\n"
    assert _migkg(graph, "query", "-e", text, "--asserted").stdout == "n\n0\n"


def test_show_prints_the_bound_query_that_gives_the_same_answer(graph: Path) -> None:
    shown = _migkg(graph, "query", "list-projects", "--country", "Kenya", "--show").stdout
    assert ", <https://w3id.org/migkg/id/country-KEN>))" in shown
    assert "?__country_iri" not in shown
    direct = _migkg(graph, "query", "list-projects", "--country", "Kenya")
    assert _migkg(graph, "query", "-e", shown).stdout == direct.stdout
    assert "?_country_iri" in _migkg(graph, "query", "show-country", "--show").stdout


def test_a_cut_off_and_an_empty_answer_are_said(graph: Path) -> None:
    cut = _migkg(graph, "query", "list-projects", "--limit", "2", "--offset", "0")
    assert len(cut.stdout.splitlines()) == 3
    assert "cut off by --limit 2" in cut.stderr
    rest = _migkg(graph, "query", "list-projects", "--limit", "2", "--offset", "2")
    assert (len(rest.stdout.splitlines()), rest.stderr) == (2, "")
    none = _migkg(graph, "query", "-e", "SELECT ?x { ?x a mk:Nothing }")
    assert (none.returncode, none.stdout, none.stderr) == (0, "x\n", "migkg: no results\n")


def test_sources_are_a_column_and_a_legend(graph: Path) -> None:
    table = _migkg(graph, "query", "list-projects", "--sources", "-f", "table").stdout
    assert "Sources" in table.splitlines()[0]
    assert "000: PARTNERSHIP" in table
    assert table.splitlines()[-1] == "000: A paper"
    rows = _migkg(graph, "query", "list-projects", "--sources").stdout.splitlines()
    assert rows[0] == "name,country,budget,sources"
    assert rows[1] == "One,Jordan,94000000,A paper: PARTNERSHIP"
    assert rows[3] == "Two,Ethiopia,5,"


def test_graphs_and_answers_of_yes_and_no(graph: Path) -> None:
    built = _migkg(graph, "query", "map-projects").stdout
    assert len(list(ox.parse(built, ox.RdfFormat.TURTLE))) == 2
    assert _migkg(graph, "query", "-e", "ASK { ?x a mk:Project }").stdout == "true\n"
    assert _migkg(graph, "query", "-e", "ASK { ?x a mk:Nothing }", "-f", "table").stdout == "no\n"


def test_a_file_is_written_whole_or_not_at_all(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("former")
    target.chmod(0o640)
    failed = _migkg(
        graph, "query", "-e", "SELECT (1/'x' AS ?y) (<http://e/f>(1) AS ?x) {}", "-o", str(target)
    )
    assert failed.returncode == 2
    assert target.read_text() == "former"
    assert _migkg(graph, "query", "list-projects", "-o", str(target)).stdout == ""
    assert len(json.loads(target.read_text())["results"]["bindings"]) == 3
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["answer.json"]
    for name, begins in (("a.xlsx", b"PK"), ("a.svg", b"<svg"), ("a.png", b"\x89PNG")):
        assert _migkg(graph, "query", "list-projects", "-o", str(tmp_path / name)).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["C2"].value == 94000000


def test_a_link_is_written_through(graph: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    link.symlink_to(real)
    _migkg(graph, "query", "list-projects", "-o", str(link))
    assert link.is_symlink()
    assert real.read_text().startswith("name")


@pytest.mark.parametrize(
    "args",
    [
        ["query"],
        ["query", "--help"],
        ["--help"],
        ["query", "list-projects", "--show"],
        *(["query", "list-projects", "-f", form] for form in ("csv", "json", "table", "xlsx")),
        ["query", "map-projects"],
        ["query", "-e", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "-f", "tsv"],
    ],
)
def test_a_full_disk_is_one_line(graph: Path, args: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "migkg", *args],
            env=_environment(graph),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
    assert "No space left on device" in done.stderr


def test_a_full_disk_leaves_no_part_of_a_file(graph: Path) -> None:
    _mistake(_migkg(graph, "query", "list-projects", "-f", "csv", "-o", "/dev/full"), 4, "No space")
    assert os.path.exists("/dev/full")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "table"),
        ("CONSTRUCT { ?a ?b ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "ntriples"),
        ("CONSTRUCT { ?a ?b ?i } { ?a ?b ?c . ?g ?h ?i }", "turtle"),
    ],
)
def test_a_closed_pipe_ends_in_silence(graph: Path, text: str, form: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "migkg", "query", "-e", text, "-f", form],
        env=_environment(graph),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(30) == 0


@pytest.mark.parametrize(
    ("args", "code"), [(["--help"], 0), (["query"], 0), (["validate", "bad.ttl"], 1)]
)
def test_a_closed_pipe_keeps_the_exit_code(
    graph: Path, tmp_path: Path, args: list[str], code: int
) -> None:
    (tmp_path / "bad.ttl").write_text("@prefix mk: <https://w3id.org/migkg/ontology#> .\n")
    reading, writing = os.pipe()
    os.close(reading)
    if args[0] == "validate":
        shapes = tmp_path / "shapes.ttl"
        shapes.write_text(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .\n"
            "e:S a sh:NodeShape ; sh:targetClass e:C ;\n"
            "  sh:property [ sh:path e:p ; sh:minCount 1 ] ."
        )
        (tmp_path / "bad.ttl").write_text("<http://e/x> a <http://e/C> .")
        args = ["validate", str(tmp_path / "bad.ttl"), "--shapes", str(shapes)]
        assert _migkg(graph, *args).returncode == code
    try:
        done = subprocess.run(
            [sys.executable, "-m", "migkg", *args],
            env=_environment(graph),
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (code, b"")


def test_closed_standard_error_changes_nothing(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    for args, code in (
        ("list-projects", 0),
        (f"list-projects -o {target}", 0),
        ("-e 'SELECT ?x { ?x a mk:Nothing }'", 0),
        ("list-project", 2),
    ):
        command = f"exec {sys.executable} -m migkg query {args} 2>&-"
        done = subprocess.run(
            ["sh", "-c", command], env=_environment(graph), stdout=subprocess.PIPE, check=False
        )
        assert done.returncode == code
        assert b"migkg:" not in done.stdout
    assert target.read_text().startswith("name,country,budget")


def test_a_deleted_folder_is_said(graph: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    for query in ("list-projects", "own.rq"):
        command = f'mkdir {gone}; cd {gone}; rmdir {gone}; {sys.executable} -c "$0" query {query}'
        done = subprocess.run(
            ["sh", "-c", command, "from migkg.cli import main; main()"],
            env=_environment(graph),
            capture_output=True,
            text=True,
            check=False,
        )
        _mistake(done, 4, "the current folder does not exist")


@pytest.mark.parametrize(
    "ending",
    [
        "-o /dev/stdout | cat",
        "-o - | cat",
        "-o /dev/fd/3 3>&1 >/dev/null | cat",
        "-o /proc/self/fd/3 3>&1 >/dev/null | cat",
        "-o pipe & cat pipe; wait",
    ],
)
def test_results_go_into_a_pipe(graph: Path, tmp_path: Path, ending: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m migkg query show-country --country KEN -f csv {ending}"],
        env=_environment(graph),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("label\nKenya\n", "")
    assert os.listdir(tmp_path) == ["pipe"]


def test_a_closed_standard_output_is_said(graph: Path) -> None:
    command = f"exec {sys.executable} -m migkg query list-projects >&-"
    done = subprocess.run(
        ["sh", "-c", command], env=_environment(graph), stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (4, b"migkg: standard output is closed\n")


def test_a_time_out_stops_the_query_and_leaves_nothing(graph: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    done = _migkg(
        graph, "query", "-e", ENDLESS, "--timeout", "0.5", "-o", str(tmp_path / "answer.csv")
    )
    assert time.monotonic() - began < 2.5
    _mistake(done, 4, "0.5 seconds", "--timeout")
    assert os.listdir(tmp_path) == []


def test_a_time_out_covers_the_opening_of_the_store(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    for folder in ("ontology", "data", "queries"):
        (root / folder).mkdir(parents=True)
    (root / "ontology" / "migkg.ttl").write_text(ONTOLOGY)
    lines = (f"<http://e/{n}> <http://e/p> <http://e/{n + 1}> .\n" for n in range(1_000_000))
    (root / "data" / "all.ttl").write_text("".join(lines))
    began = time.monotonic()
    done = _migkg(root, "query", "-e", "ASK {}", "--timeout", "0.5")
    assert time.monotonic() - began < 4
    assert done.returncode == 4
    assert "stopped after 0.5 seconds (--timeout)" in done.stderr
    assert done.stdout == ""


def test_a_time_out_that_cannot_be_kept_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    with pytest.raises(UsageError, match="not supported"), stoppable(1.0):
        pass
    with stoppable(None):
        pass


def test_an_interrupt_stops_the_query_and_leaves_nothing(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    with subprocess.Popen(
        [sys.executable, "-m", "migkg", "query", "-e", ENDLESS, "-o", str(target)],
        env=_environment(graph),
        stderr=subprocess.PIPE,
    ) as running:
        while not os.listdir(tmp_path):
            time.sleep(0.01)
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert running.wait(10) == 130
        assert time.monotonic() - began < 1
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert os.listdir(tmp_path) == []


def test_a_terminal_gets_a_table_of_its_width(graph: Path) -> None:
    master, slave = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "migkg", "query", "list-projects"],
        env=_environment(graph, COLUMNS="40", TERM="xterm"),
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    seen = b""
    while select.select([master], [], [], 20)[0]:
        try:
            seen += os.read(master, 4096)
        except OSError:
            break
    assert running.wait(20) == 0
    os.close(master)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", seen.decode())
    lines = plain.splitlines()
    assert lines[0].split() == ["Name", "Country", "Budget"]
    assert all(len(line) <= 40 for line in lines)
    assert "94,000,000" in plain


def test_completion_offers_queries_parameters_and_choices(graph: Path) -> None:
    def offered(*words: str) -> str:
        line = " ".join(["migkg", *words])
        return _migkg(
            graph, _MIGKG_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words))
        ).stdout

    assert "plain,list-projects" in offered("query", "list-p")
    assert "plain,--country" in offered("query", "list-projects", "--co")
    assert "plain,EUR" in offered("query", "list-budgets", "--currency", "E")
    assert "plain,query" in offered("qu")


def test_no_parameter_can_hide_an_option() -> None:
    written = {name[2:] for p in query_command.params for name in p.opts if name.startswith("--")}
    destinations = {option.name for option in options.run_options()}
    assert written | destinations | {"help", "graph", "store", "version"} == TAKEN


def test_a_warm_query_loads_nothing_that_it_does_not_need(graph: Path) -> None:
    """Half of the time of a query is spent on imports: this keeps slow ones from coming back."""
    script = (
        "import os, sys\nend = os._exit\n"
        "def tell(code):\n    print(*sys.modules, file=sys.stderr, flush=True)\n    end(code)\n"
        "os._exit = tell\nsys.argv = ['migkg', 'query', 'list-projects', '-f', 'csv']\n"
        "from migkg.cli import main\nmain()"
    )
    bare = "import sys, click, pyoxigraph; print(*sorted(sys.modules), file=sys.stderr)"
    loaded = [
        set(
            subprocess.run(
                [sys.executable, "-c", program],
                env=_environment(graph),
                capture_output=True,
                text=True,
                check=True,
            ).stderr.split()
        )
        for program in (script, bare)
    ]
    ours = {name.partition(".")[0] for name in loaded[0] - loaded[1]}
    # click loads difflib and locale where it reads a short option; the others let Ctrl-C through
    allowed = {"migkg", "difflib", "heapq", "_heapq", "locale", "_locale", "select", "signal"}
    allowed |= {"binascii", "_bisect", "gc"}
    assert ours <= allowed
    assert {name for name in loaded[0] if name.startswith("migkg.")} <= {
        f"migkg.{name}"
        for name in (
            *("cli", "cli.query", "cli.options", "cli.output", "cli.startup", "errors", "graph"),
            *("dataset", "federation", "lookup", "namespaces", "sparql", "store", "terms"),
            *("queries", "queries.calling", "queries.catalogue", "queries.query"),
            *("results", "results.formats"),
        )
    }


def test_help_of_the_whole_loads_no_engine(graph: Path) -> None:
    script = (
        "import os, sys\nend = os._exit\n"
        "def tell(code):\n    print(*sys.modules, file=sys.stderr, flush=True)\n    end(code)\n"
        "os._exit = tell\nsys.argv = ['migkg', '--help']\nfrom migkg.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=_environment(graph),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pyoxigraph" not in done.stderr.split()
    for command in ("query", "describe", "validate", "build"):
        assert f"  {command} " in done.stdout
