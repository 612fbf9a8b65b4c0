import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, SH, BNode, Graph, Literal

from migkg import graph, turtle
from migkg.cli import cli
from migkg.entry.reading import read
from migkg.errors import InputError
from migkg.validation import by_shapes, shacl, validate
from migkg.validation.entries import validate_entry
from migkg.validation.finding import Finding, Report
from migkg.validation.reports.formats import FORMATS
from migkg.validation.statements import statements

PREFIXES = """
PREFIX ex: <https://example.org/>
PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX mksh: <https://w3id.org/migkg/shape/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
ONTOLOGY = """
mk:Project a owl:Class ; rdfs:label "project"@en ; owl:disjointWith mk:Country .
mk:Pilot a owl:Class ; rdfs:subClassOf mk:Project .
mk:Country a owl:Class .
mk:country a owl:ObjectProperty ; rdfs:label "country"@en , "país"@es .
mk:start a owl:DatatypeProperty ; rdfs:label "start"@en .
mk:evidence a owl:ObjectProperty .
mk:passage a owl:ObjectProperty .
mk:Passage a owl:Class .
"""
SHAPES = """
mksh:Project a sh:NodeShape ;
    sh:targetClass mk:Project ;
    sh:property mksh:Project-country , mksh:Project-start ;
    sh:sparql mksh:Project-name .
mksh:Project-country a sh:PropertyShape ;
    sh:path mk:country ; sh:class mk:Country ; sh:minCount 1 ;
    sh:message "Write a country."@en , "Escriba un país."@es .
mksh:Project-start a sh:PropertyShape ;
    sh:path mk:start ; sh:datatype xsd:date ; sh:message "Write a date."@en .
mksh:Project-name a sh:SPARQLConstraint ;
    sh:select '''SELECT $this WHERE {
        $this a ?class FILTER NOT EXISTS { $this <http://www.w3.org/2000/01/rdf-schema#label> ?l }
    }''' ;
    sh:message "Name it."@en , "Nómbrelo."@es .
mksh:Evidence a sh:NodeShape ;
    sh:targetObjectsOf mk:evidence ;
    sh:property [ sh:path mk:passage ; sh:minCount 1 ; sh:message "Write a passage."@en ] .
"""
DATA = """
mkd:country-JOR a mk:Country ; rdfs:label "Jordan"@en .
mkd:project-irbid a mk:Project ; rdfs:label "Irbid"@en ; mk:country mkd:country-JOR ;
    mk:evidence [ mk:passage mkd:passage-1 ] .
mkd:passage-1 a mk:Passage .
"""
QUERY = """#+ summary: Projects and passages
PREFIX mk: <https://w3id.org/migkg/ontology#>
SELECT ?passage { ?project a mk:Project ; mk:country ?country ; mk:evidence/mk:passage ?passage }
"""


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PREFIXES + text, encoding="utf-8")
    return str(path)


@pytest.fixture
def small(tmp_path: Path) -> graph.Graph:
    """A graph that passes every check."""
    root = tmp_path / "graph"
    for name, text in (
        ("ontology/migkg.ttl", ONTOLOGY),
        ("ontology/shapes/projects.ttl", SHAPES),
        ("data/things.ttl", DATA),
    ):
        write(root / name, text)
        (root / name).write_text(turtle.canonical((root / name).read_bytes()), encoding="utf-8")
    (root / "queries").mkdir()
    (root / "queries" / "list-passages.rq").write_text(QUERY)
    return graph.find(str(root), ".")


def found(report: Report) -> set[tuple[str, str]]:
    return {(str(f.focus).rpartition("/")[2], f.message("en")) for f in report.findings}


def violations(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity == "Violation"]


def run(of: graph.Graph, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--graph", of.root, "validate", *arguments])


COMMAND = [sys.executable, "-m", "migkg", "--graph"]


def process(of: graph.Graph, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, of.root, "validate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


GOOD = 'mkd:project-zarqa a mk:Pilot ; rdfs:label "Zarqa"@en ; mk:country mkd:country-JOR .'
BAD = 'mkd:project-zarqa a mk:Pilot ; rdfs:label "Zarqa"@en ; mk:country mkd:country-JRD .'


def test_entry_is_judged_with_the_graph_around_it(small: graph.Graph, tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good.ttl", GOOD), write(tmp_path / "bad.ttl", BAD)
    assert validate_entry(small, read([good])).conforms
    assert found(validate_entry(small, read([bad]))) == {("project-zarqa", "Write a country.")}


def test_entries_may_rest_on_each_other(small: graph.Graph, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.ttl", BAD)
    country = write(tmp_path / "country.ttl", "mkd:country-JRD a mk:Country .")
    assert not violations(validate_entry(small, read([bad, country])))


def test_what_is_wrong_elsewhere_is_not_blamed_on_the_entry(
    small: graph.Graph, tmp_path: Path
) -> None:
    write(Path(small.root) / "data" / "wrong.ttl", "mkd:project-ajloun a mk:Project .")
    assert validate_entry(small, read([write(tmp_path / "good.ttl", GOOD)])).conforms
    assert not validate.validate(small).conforms


def test_file_of_the_graph_is_not_counted_twice(small: graph.Graph) -> None:
    report = validate_entry(small, read([str(Path(small.root) / "data" / "things.ttl")]))
    assert not violations(report)
    assert report.judged == 2


def test_blank_nodes_of_an_entry_are_judged(small: graph.Graph, tmp_path: Path) -> None:
    entry = write(tmp_path / "e.ttl", GOOD.replace(" .", " ; mk:evidence [] ."))
    (finding,) = validate_entry(small, read([entry])).findings
    assert isinstance(finding.focus, BNode)
    assert "evidence of Zarqa (mkd:project-zarqa)" in run(small, entry).stdout


def test_judging_some_things_finds_what_judging_all_finds_of_them(
    small: graph.Graph, tmp_path: Path
) -> None:
    entry = write(
        tmp_path / "e.ttl",
        "mkd:a a mk:Project ; mk:start 3 . mkd:b a mk:Pilot ; mk:country mkd:a ; mk:evidence [] .",
    )
    data = statements([*graph.sources(small), entry])
    shapes = statements(graph.shape_files(small))
    everything = shacl.judge(data, shapes, None, "")
    for nodes in ({f.focus} for f in everything.findings):
        some = shacl.judge(data, shapes, nodes, "")
        expected = [f for f in everything.findings if f.focus in nodes]
        assert [f._replace(source="") for f in some.findings] == [
            f._replace(source="") for f in expected
        ]


def test_messages_of_sparql_constraints_come_in_the_language(
    small: graph.Graph, tmp_path: Path
) -> None:
    entry = write(tmp_path / "e.ttl", "mkd:a a mk:Project ; mk:country mkd:country-JOR .")
    assert "Nómbrelo." in run(small, entry, "--lang", "es").stdout
    assert "Name it." in run(small, entry, "--lang", "fr").stdout  # there is none in French


def test_literals_are_judged_as_they_stand(
    small: graph.Graph, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace(" .", ' ; mk:start "2021-02-30"^^xsd:date .')
    (finding,) = validate_entry(small, read([write(tmp_path / "e.ttl", text)])).findings
    assert isinstance(finding.value, Literal)
    assert finding.value.n3() == Literal("2021-02-30", datatype=finding.value.datatype).n3()
    assert capfd.readouterr().err == ""


def test_whole_graph_conforms(small: graph.Graph) -> None:
    result = run(small)
    assert result.exit_code == 0, result.output
    assert "All is as it should be: 2 things judged." in result.stdout


def test_contradictions_of_the_whole_graph_are_findings(small: graph.Graph) -> None:
    write(
        Path(small.root) / "data" / "wrong.ttl",
        "mkd:country-JOR a mk:Project ; mk:country mkd:country-JOR .",
    )
    (clash,) = [f for f in validate.validate(small).findings if "OWL" in f.source]
    assert clash.source == "OWL 2 RL: cax-dw"
    assert str(clash.focus) == "https://w3id.org/migkg/id/country-JOR"
    assert clash.message("en").startswith("mkd:country-JOR is in two disjoint classes (cax-dw): ")
    assert "mkd:country-JOR rdf:type mk:Project (data/wrong.ttl)" in clash.message("en")
    result = run(small, "-f", "turtle")
    assert result.exit_code == 1
    report = Graph().parse(data=result.stdout, format="turtle")
    assert len(list(report.objects(None, SH.result))) == len(validate.validate(small).findings)


CLASHES = [
    (
        "cax-adc",
        "[] a owl:AllDisjointClasses ; owl:members ( mk:Country mk:Treaty mk:Project ) .",
        "mkd:t a mk:Treaty , mk:Pilot .",
        "mkd:t rdf:type mk:Pilot (data/wrong.ttl) · mkd:t rdf:type mk:Project (inferred)",
    ),
    (
        "prp-npa1",
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual mkd:t ;"
        " owl:assertionProperty mk:p ; owl:targetIndividual mkd:u .",
        "mkd:t mk:p mkd:u .",
        "mkd:t mk:p mkd:u (data/wrong.ttl)",
    ),
    (
        "dt-not-type",
        "",
        'mkd:t mk:p "many"^^xsd:nonNegativeInteger .',
        'mkd:t mk:p "many"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>',
    ),
]


@pytest.mark.parametrize(("rule", "axiom", "said", "shown"), CLASHES)
def test_a_contradiction_is_about_the_thing_not_the_axiom(
    small: graph.Graph, rule: str, axiom: str, said: str, shown: str
) -> None:
    write(Path(small.root) / "ontology" / "more.ttl", axiom)
    write(Path(small.root) / "data" / "wrong.ttl", said)
    (clash,) = [f for f in validate.validate(small).findings if f.source.endswith(rule)]
    assert str(clash.focus) == "https://w3id.org/migkg/id/t"
    assert clash.message("en").startswith("mkd:t ")
    assert shown in clash.message("en")


def test_stored_checks_are_run_on_the_whole_graph(small: graph.Graph) -> None:
    check = Path(small.root) / "queries" / "checks" / "project-in-jordan.rq"
    check.parent.mkdir(parents=True)
    check.write_text(
        "#+ summary: No project is in Jordan.\n"
        "SELECT ?project ?country { ?project mk:country ?country }\n"
    )
    (finding,) = validate.validate(small).findings
    assert finding.message("en") == "No project is in Jordan."
    assert str(finding.focus).endswith("project-irbid")
    assert str(finding.value).endswith("country-JOR")
    assert run(small).exit_code == 1


def plant(of: graph.Graph, query: str) -> None:
    check = Path(of.root) / "queries" / "checks" / "no-jordan.rq"
    check.parent.mkdir(parents=True)
    check.write_text(query)


IN_JORDAN = """#+ summary: A project is in Jordan
#+ description: Move it.
SELECT ?project ?country { ?project mk:country ?country }
"""


def test_each_check_says_what_it_looked_at(small: graph.Graph) -> None:
    plant(small, IN_JORDAN)
    report = validate.validate(small)
    assert [outcome.check for outcome in report.checks][:3] == [
        "shapes",
        "owl-rl-contradictions",
        "no-jordan",
    ]
    assert report.checks[0].counted == "2 things, 4 constraints"
    text = run(small).stdout
    block = text.split("\n\n")[-2].split("\n")
    assert len(block) == len(report.checks)
    starts = [
        line.index(outcome.counted) for line, outcome in zip(block, report.checks, strict=True)
    ]
    assert len(set(starts)) == 1
    assert "A project is in Jordan. Move it." in text
    assert [line.split()[:3] for line in block if line.startswith("no-jordan")] == [
        ["no-jordan", "1", "finding"]
    ]
    assert text.endswith("\n1 error; 2 things judged.\n")
    assert run(small, "--lang", "fr").stdout.count("respecté") == len(block) - 1
    assert run(small, "--lang", "es").stdout.count("se cumple") == len(block) - 1


def test_checks_in_json(small: graph.Graph) -> None:
    plant(small, IN_JORDAN)
    told = json.loads(run(small, "-f", "json").stdout)
    assert not told["conforms"]
    found = {check["check"]: check["findings"] for check in told["checks"]}
    assert found["no-jordan"] == 1
    assert sum(found.values()) == 1
    assert all(check["counted"] for check in told["checks"])


def test_entries_are_judged_by_shapes_alone(small: graph.Graph, tmp_path: Path) -> None:
    plant(small, IN_JORDAN)
    entry = write(tmp_path / "e.ttl", GOOD)
    assert json.loads(run(small, entry, "-f", "json").stdout)["checks"] == []


def test_findings_about_a_file_name_it(small: graph.Graph) -> None:
    write(Path(small.root) / "data" / "more.ttl", "mkd:b a mk:Passage .")
    assert "Error: data/more.ttl\n" in run(small).stdout


def test_report_in_turtle_holds_what_checks_find(small: graph.Graph) -> None:
    plant(small, IN_JORDAN)
    result = run(small, "-f", "turtle")
    report = Graph().parse(data=result.stdout, format="turtle")
    (node,) = report.subjects(RDF.type, SH.ValidationResult)
    assert str(report.value(node, SH.focusNode)).endswith("project-irbid")
    assert run(small, "-f", "turtle").stdout == result.stdout


def test_broken_check_is_one_line_and_exit_3(small: graph.Graph) -> None:
    plant(small, "#+ summary: x\nASK { ?s ?p ?o }")
    done = process(small)
    assert done.returncode == 3
    assert done.stdout == ""
    last = done.stderr.splitlines()[-1]
    assert "queries/checks/no-jordan.rq:2:1: a check is a SELECT query" in last


def test_checks_wait_for_a_graph_without_contradictions(small: graph.Graph) -> None:
    plant(small, IN_JORDAN)
    write(Path(small.root) / "data" / "wrong.ttl", "mkd:country-JOR a mk:Project .")
    done = process(small)
    assert done.returncode == 1
    assert "the checks wait" in done.stderr
    assert "no-jordan" not in done.stdout


def test_given_shapes_judge_alone(small: graph.Graph, tmp_path: Path) -> None:
    shapes = write(
        tmp_path / "s.ttl",
        "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:S-p ."
        "ex:S-p sh:path ex:p ; sh:maxCount 0 ; sh:severity sh:Warning .",
    )
    data = write(tmp_path / "d.ttl", "ex:a a ex:Thing ; ex:p 1 . mkd:x a mk:Project .")
    result = run(small, data, "--shapes", shapes, "-f", "json")
    report = json.loads(result.stdout)
    assert [(f["severity"], f["focus"]["value"]) for f in report["findings"]] == [
        ("warning", "https://example.org/a")
    ]
    assert not report["conforms"]
    assert result.exit_code == 0  # a warning
    assert run(small, data, "--shapes", shapes, "--fail-on", "warning").exit_code == 1


def test_shapes_that_aim_at_nothing_are_told(small: graph.Graph, tmp_path: Path) -> None:
    shapes = write(tmp_path / "s.ttl", SHAPES.replace("mk:Project ;", "mk:Projct ;", 1))
    data = write(tmp_path / "d.ttl", BAD)
    assert "nothing was judged" in run(small, data, "--shapes", shapes).stderr


def test_broken_shapes_are_told(tmp_path: Path) -> None:
    shapes = write(
        tmp_path / "s.ttl",
        "ex:S a sh:NodeShape ; sh:targetClass mk:Pilot ; sh:property ex:nowhere .",
    )
    with pytest.raises(InputError, match="a shape is broken"):
        by_shapes.judge_by([shapes], [write(tmp_path / "d.ttl", GOOD)], print)


TARGET = "ex:S a sh:NodeShape ; sh:targetClass mk:Pilot ; "
OF_P = TARGET + "sh:property ex:S-p . ex:S-p a sh:PropertyShape ; sh:path rdfs:label ; "
LOOP = (
    "_:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ;"
    " <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l ."
)
BROKEN_SHAPES = {
    "query": TARGET + 'sh:sparql [ sh:select "garbage" ; sh:message "m" ] .',
    "prefix": TARGET + 'sh:sparql [ sh:select "SELECT $this { $this no:p 1 }" ; sh:message "m" ] .',
    "pattern": OF_P + 'sh:pattern "(" .',
    "number as pattern": OF_P + "sh:pattern 5 .",
    "cyclic list": OF_P + f"sh:in _:l . {LOOP}",
    "cyclic path": OF_P.replace("rdfs:label", "_:l") + "sh:minCount 1 . _:l sh:inversePath _:l .",
    "count": OF_P + 'sh:minCount "many" .',
    "recursion": TARGET + "sh:node ex:S .",
    "constraint left out": TARGET + "sh:qualifiedValueShape ex:S ; sh:qualifiedMinCount 1 .",
}


@pytest.mark.parametrize("shape", BROKEN_SHAPES.values(), ids=BROKEN_SHAPES)
def test_broken_shapes_are_one_line_with_their_file(
    small: graph.Graph, tmp_path: Path, shape: str
) -> None:
    shapes = write(tmp_path / "s.ttl", shape)
    done = process(small, write(tmp_path / "d.ttl", GOOD), "--shapes", shapes)
    assert re.match(rf"migkg: {re.escape(shapes)}:\d+:\d+: a shape is broken: ", done.stderr)
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert done.returncode == 3


def test_broken_shapes_of_the_graph_are_named(small: graph.Graph, tmp_path: Path) -> None:
    of_graph = Path(small.root) / "ontology" / "shapes"
    entry = write(tmp_path / "d.ttl", GOOD)
    write(of_graph / "projects.ttl", BROKEN_SHAPES["pattern"])
    with pytest.raises(InputError, match=r"shapes/projects\.ttl: a shape is broken"):
        validate_entry(small, read([entry]))
    write(of_graph / "more.ttl", "")
    with pytest.raises(InputError, match="ontology/shapes: a shape is broken"):
        validate_entry(small, read([entry]))


def test_where_a_shape_breaks_pyshacl_can_be_seen(
    small: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGKG_DEBUG", "1")
    shapes = write(tmp_path / "s.ttl", BROKEN_SHAPES["pattern"])
    done = process(small, write(tmp_path / "d.ttl", GOOD), "--shapes", shapes)
    assert "Traceback" in done.stderr
    assert "pyshacl" in done.stderr


def test_report_in_turtle_is_a_shacl_report(small: graph.Graph, tmp_path: Path) -> None:
    for text, conforms in ((GOOD, True), (BAD, False)):
        result = run(small, write(tmp_path / "e.ttl", text), "-f", "turtle")
        report = Graph().parse(data=result.stdout, format="turtle")
        (node,) = report.subjects(RDF.type, SH.ValidationReport)
        assert report.value(node, SH.conforms) == Literal(conforms)
        assert result.exit_code == (0 if conforms else 1)


def test_finding_tells_thing_property_and_value(small: graph.Graph, tmp_path: Path) -> None:
    entry = write(tmp_path / "e.ttl", BAD)
    output = run(small, entry, "--lang", "es").stdout
    assert output.split("\n")[:2] == [
        f"{entry}:10:67: Error: Zarqa (mkd:project-zarqa)",
        "  Escriba un país.",
    ]
    assert "  país: mkd:country-JRD" in output


@pytest.mark.parametrize(
    ("text", "where"), [("mkd:a a mk:Project ;\n  mk:country [ .", "e.ttl:11:"), (None, "none.ttl")]
)
def test_unreadable_input_is_one_line_and_exit_3(
    small: graph.Graph, tmp_path: Path, text: str | None, where: str
) -> None:
    entry = write(tmp_path / "e.ttl", text) if text else str(tmp_path / "none.ttl")
    done = process(small, entry)
    assert done.returncode == 3
    assert done.stdout == ""
    assert where in done.stderr
    assert done.stderr.count("\n") == 1


def test_every_broken_file_is_told(small: graph.Graph, tmp_path: Path) -> None:
    files = [write(tmp_path / f"{name}.ttl", text) for name, text in zip("abc", "!  ", strict=True)]
    Path(files[2]).write_text("<a:b> oops")
    done = process(small, *files)
    assert done.returncode == 3
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == files


@pytest.mark.parametrize("text", ["", "# a comment\n"])
def test_an_entry_that_says_nothing_is_not_praised(
    small: graph.Graph, tmp_path: Path, text: str
) -> None:
    entry = tmp_path / "e.ttl"
    entry.write_text(text)
    done = process(small, str(entry))
    assert str(entry) in done.stderr
    assert done.stdout == ""
    assert done.returncode == 3


@pytest.mark.parametrize(("text", "code"), [(BAD, 1), (GOOD, 0)])
def test_the_exit_code_tells_of_findings_where_nobody_reads_them(
    small: graph.Graph, tmp_path: Path, text: str, code: int
) -> None:
    command = [*COMMAND, small.root, "validate", write(tmp_path / "e.ttl", text)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (code, b"")


def test_wrong_call_is_exit_2(small: graph.Graph) -> None:
    assert run(small, "--lang", "de").exit_code == 2


SEVERE = {
    severity: f"ex:S a sh:NodeShape ; sh:targetClass mk:Pilot ; sh:property ex:S-p ."
    f"ex:S-p sh:path mk:country ; sh:maxCount 0 ; sh:severity {node} ."
    for severity, node in (
        ("violation", "sh:Violation"),
        ("warning", "sh:Warning"),
        ("info", "sh:Info"),
        ("own", "<https://example.org/worse#Disaster>"),
    )
}


@pytest.mark.parametrize(
    ("severity", "fails"),
    [
        ("violation", {"violation", "warning", "info"}),
        ("warning", {"warning", "info"}),
        ("info", {"info"}),
        ("own", {"violation", "warning", "info"}),
    ],
)
def test_what_fails_is_as_grave_as_was_asked(
    small: graph.Graph, tmp_path: Path, severity: str, fails: set[str]
) -> None:
    shapes, entry = write(tmp_path / "s.ttl", SEVERE[severity]), write(tmp_path / "e.ttl", GOOD)
    for least in ("violation", "warning", "info"):
        for form in FORMATS:
            done = run(small, entry, "--shapes", shapes, "--fail-on", least, "-f", form)
            assert done.exit_code == (1 if least in fails else 0), (least, form)
            assert done.stdout
    by_default = run(small, entry, "--shapes", shapes)
    assert by_default.exit_code == (1 if "violation" in fails else 0)
    named = {"violation": "Error", "warning": "Warning", "info": "Note"}
    assert named.get(severity, "<https://example.org/worse#Disaster>: ") in by_default.stdout


def test_report_goes_into_a_file_in_the_format_of_its_name(
    small: graph.Graph, tmp_path: Path
) -> None:
    entry = write(tmp_path / "e.ttl", BAD)
    for name, begins in (
        ("r.html", "<!DOCTYPE html>"),
        ("r.json", '{\n"conforms": false'),
        ("r.sarif", '{"$schema"'),
        ("r.ttl", "PREFIX "),
        ("r.txt", f"{entry}:10:67: Error: "),
        ("r", f"{entry}:10:67: Error: "),
    ):
        done = run(small, entry, "-o", str(tmp_path / name))
        assert (done.exit_code, done.output) == (1, "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    done = run(small, entry, "-o", str(tmp_path / "r.html"), "-f", "json", "--lang", "es")
    assert json.loads((tmp_path / "r.html").read_text(encoding="utf-8"))["language"] == "es"


def test_what_no_shape_looks_at_is_told_and_fails(small: graph.Graph, tmp_path: Path) -> None:
    entry = write(tmp_path / "e.ttl", "mkd:project-a a mk:Projct .")
    done = process(small, entry)
    assert done.returncode == 1
    assert f"{entry}:10:17: Error: " in done.stdout
    assert "mk:Project" in done.stdout


def test_report_of_nothing_judged_is_written_where_it_was_asked_for(
    small: graph.Graph, tmp_path: Path
) -> None:
    entry = write(tmp_path / "e.ttl", "ex:a ex:p 1 .")
    assert run(small, entry, "-o", str(tmp_path / "r.txt")).exit_code == 1
    assert "0 things judged" in (tmp_path / "r.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("output", "code", "said"),
    [
        (".", 2, "is no file"),
        ("none/r.html", 2, "is no file"),
        ("/dev/full", 4, "cannot be written"),
    ],
)
def test_report_that_cannot_be_written_is_told(
    small: graph.Graph, tmp_path: Path, output: str, code: int, said: str
) -> None:
    done = process(small, write(tmp_path / "e.ttl", BAD), "-o", str(tmp_path / output))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.ttl", "graph"]


@pytest.mark.parametrize("form", FORMATS)
def test_full_disk_and_closed_pipe_are_told_apart(
    small: graph.Graph, tmp_path: Path, form: str
) -> None:
    command = [*COMMAND, small.root, "validate", write(tmp_path / "e.ttl", BAD), "-f", form]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (4, 1)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_colours_are_as_the_environment_wants(
    small: graph.Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    coloured: bool,
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = run(small, write(tmp_path / "e.ttl", BAD))
    assert ("\x1b[" in done.stdout) is coloured


def test_terminal_is_coloured(
    small: graph.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    ours, theirs = pty.openpty()
    command = [*COMMAND, small.root, "validate", write(tmp_path / "e.ttl", BAD)]
    subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        assert b"\x1b[31m\x1b[1mError\x1b[0m: " in terminal.read1(10_000)


def test_schema_is_printed_without_a_graph(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["--graph", str(tmp_path), "validate", "--json-schema"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["title"] == "Report of migkg validate"
