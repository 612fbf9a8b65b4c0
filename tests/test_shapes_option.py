"""`migkg validate --shapes`: any data by any shapes, as pySHACL judges them."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef

from migkg.errors import InputError
from migkg.validation import by_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

EX = Namespace("https://example.org/")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
PREFIXES = f"""\
PREFIX : <{EX}>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <{RDF}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <{SH}>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
COMMAND = [sys.executable, "-m", "migkg", "validate"]


def write(path: Path, text: str) -> str:
    path.write_text(PREFIXES + text, encoding="utf-8")
    return str(path)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Validate in a folder without a graph around it."""
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def results(report: Graph, of: Iterable[Node]) -> list[tuple[str, ...]]:
    """What results tell; names of blank nodes, and the languages of messages, apart."""

    def told(result: Node, prop: URIRef) -> str:
        value = report.value(result, prop)
        return "_" if isinstance(value, BNode) else value.n3() if value is not None else ""

    return sorted(
        (
            told(result, SH.focusNode),
            told(result, SH.resultPath),
            told(result, SH.value),
            told(result, SH.sourceConstraintComponent),
            told(result, SH.resultSeverity) or SH.Violation.n3(),
            told(result, SH.sourceShape),
        )
        for result in of
    )


# The suite of the W3C, which pySHACL's source brings

OTHERWISE = {
    "core/node/qualified-001": "can only be present on a PropertyShape",  # said, not passed over
    "core/path/path-strange-002": "not as SHACL has it",  # two paths in one; SHACL's shapes say so
    "core/property/uniqueLang-002": "",  # pySHACL takes "1"^^xsd:boolean for true
    "sparql/pre-binding/shapesGraph-001": "$shapesGraph",  # which pySHACL has not, and need not
}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    wanted = f"pyshacl=={version('pyshacl')}"
    load = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*load, "--no-deps", "--no-binary", ":all:", wanted], cwd=folder, check=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
    return next(folder.glob("*/test/resources/sht_tests"))


def test_suite_of_the_w3c(suite: Path) -> None:
    seen = set()
    for path in sorted(suite.rglob("*.ttl")):
        told = by_shapes.read(
            [str(path)]
        ).statements  # rdflib would write some literals in its own way
        for test in told.subjects(RDF.type, SHT.Validate):
            name = str(path.relative_to(suite).with_suffix("")).replace("\\", "/")
            action = told.value(test, MF.action)
            data, shapes = (
                str(told.value(action, prop)).removeprefix("file://")
                for prop in (SHT.dataGraph, SHT.shapesGraph)
            )
            expected = told.value(test, MF.result)
            seen.add(name)
            if expected == SHT.Failure or OTHERWISE.get(name):
                with pytest.raises(InputError) as raised:
                    by_shapes.judge_by([shapes], [data], print)
                assert OTHERWISE.get(name, "") in str(raised.value)
                continue
            report = by_shapes.judge_by([shapes], [data], print)
            found = results(report.results, report.results.objects(None, SH.result))
            wanted = results(told, told.objects(expected, SH.result))
            # what two shapes find by the same property shape is told once
            right = found == (sorted(set(wanted)) if name.endswith("/shared") else wanted)
            assert right is (name not in OTHERWISE), name
    assert len(seen) > 100
    assert seen > OTHERWISE.keys()


# The same as pySHACL's own command

NAMES = "abcdef"
CLASSES = "TUV"
VALUES = ['"x"', '"xyz"', '"x"@en', '"y"@fr', "1", "2", "5", '"2020-01-01"^^xsd:date', "true"]


def some_data(chance: random.Random) -> str:
    lines = [":U rdfs:subClassOf :T .", ":V a rdfs:Class , sh:NodeShape ."]
    for name in NAMES:
        lines.append(f":{name} a :{chance.choice(CLASSES)} .")
        lines.append(f":{name} :s {chance.choice(VALUES)} ; :t {chance.choice(VALUES)} .")
        for prop in "pqr":
            for _ in range(chance.choice([0, 1, 1, 3])):
                value = chance.choice([*VALUES, *(f":{n}" for n in NAMES), "[ :p :a ]"])
                lines.append(f":{name} :{prop} {value} .")
    return "\n".join(lines)


def some_constraint(chance: random.Random, depth: int = 0) -> str:
    name, prop, cls = chance.choice(NAMES), chance.choice("pqr"), chance.choice(CLASSES)
    simple = [
        f"sh:class :{cls}",
        "sh:datatype " + chance.choice(["xsd:string", "xsd:integer", "rdf:langString", "xsd:date"]),
        "sh:nodeKind sh:" + chance.choice(["IRI", "BlankNode", "Literal", "IRIOrLiteral"]),
        f"sh:minInclusive {chance.randrange(4)}",
        f"sh:maxExclusive {chance.randrange(4)}",
        f"sh:minLength {chance.randrange(4)}",
        f"sh:maxLength {chance.randrange(3)}",
        f'sh:pattern "{chance.choice(["^x", "z$", "example"])}"',
        'sh:languageIn ( "en" "de" )',
        f"sh:hasValue :{name}",
        f"sh:in ( :{name} 1 'x' )",
        f"sh:disjoint :{prop}",
        f"sh:equals :{prop}",
        "sh:closed true ; sh:ignoredProperties ( rdf:type :p )",
        "sh:sparql [ sh:select 'SELECT $this ?value { $this <https://example.org/p> ?value . "
        "FILTER isLiteral(?value) }' ]",
    ]
    nested = (
        [
            f"sh:not [ {some_constraint(chance, depth + 1)} ]",
            *(
                f"sh:{kind} ( [ {some_constraint(chance, depth + 1)} ]"
                f" [ {some_constraint(chance, depth + 1)} ] )"
                for kind in ("and", "or", "xone")
            ),
            f"sh:node [ {some_constraint(chance, depth + 1)} ]",
            f"sh:property [ {some_property(chance, depth + 1)} ]",
        ]
        if depth < 2
        else []
    )
    return chance.choice([*simple, *nested])


def some_property(chance: random.Random, depth: int = 0) -> str:
    one, other = chance.choice("pqr"), chance.choice("pqr")
    path = chance.choice(
        [
            f":{one}",
            f":{one}",
            f"[ sh:inversePath :{one} ]",
            f"( :{one} :{other} )",
            f"[ sh:alternativePath ( :{one} :{other} ) ]",
            f"[ sh:zeroOrMorePath :{one} ]",
            f"[ sh:oneOrMorePath :{one} ]",
            f"[ sh:zeroOrOnePath :{one} ]",
        ]
    )
    counting = [
        "sh:minCount 1",
        "sh:maxCount 1",
        "sh:uniqueLang true",
        f"sh:qualifiedValueShape [ {some_constraint(chance, 2)} ] ; sh:qualifiedMinCount 1",
        f"sh:qualifiedValueShape [ {some_constraint(chance, 2)} ] ; sh:qualifiedMaxCount 1",
    ]
    if chance.random() < 0.1:  # pySHACL compares no blank nodes, which p, q and r may have
        return f"sh:path :s ; sh:lessThan{chance.choice(['', 'OrEquals'])} :t"
    return f"sh:path {path} ; {chance.choice([*counting, some_constraint(chance, depth)])}"


def some_shapes(chance: random.Random) -> str:
    lines = []
    for at in range(40):
        target = chance.choice(
            [
                f"sh:targetClass :{chance.choice(CLASSES)}",
                f"sh:targetNode :{chance.choice(NAMES)} , 5",
                f"sh:targetSubjectsOf :{chance.choice('pqr')}",
                f"sh:targetObjectsOf :{chance.choice('pqr')}",
            ]
        )
        asked = chance.choice([some_constraint, some_property])(chance)
        severity = chance.choice(["", "; sh:severity sh:Warning", "; sh:severity sh:Info"])
        lines.append(f":S{at} {target} ; {asked} {severity} .")
    lines.append(f":V a rdfs:Class , sh:NodeShape ; {some_constraint(chance)} .")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(5))
def test_results_are_those_of_the_command_of_pyshacl(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = write(tmp_path / "data.ttl", some_data(chance))
    shapes = write(tmp_path / "shapes.ttl", some_shapes(chance))
    command = [sys.executable, "-m", "pyshacl", "-s", shapes, "-f", "nt", data]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    theirs = Graph().parse(data=done.stdout, format="nt")
    ours = by_shapes.judge_by([shapes], [data], print)
    (report,) = theirs.subjects(RDF.type, SH.ValidationReport)
    expected = results(theirs, theirs.objects(report, SH.result))
    assert results(ours.results, ours.results.objects(None, SH.result)) == expected
    assert len(ours.findings) == len(expected) > 20
    assert ours.conforms is (theirs.value(report, SH.conforms) == Literal(True))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("[] a :B", []),  # with nothing to be compared with
        ("[] a :B ; :q 1", []),
        (":a :p [] ; :q 1 , 2", ["_", "_"]),  # one for each pair
        (":a :p 1 , 5 ; :q [] , 3", ["1", "5", "5"]),
        (":a :p [] ; :q []", ["_"]),
        (':a :p "soon"^^xsd:gYear , "2018"^^xsd:gYear ; :q "2019"^^xsd:gYear', ["soon"]),
    ],
)
@pytest.mark.parametrize("component", ["lessThan", "lessThanOrEquals"])
def test_what_does_not_compare_is_a_finding(
    tmp_path: Path, component: str, data: str, expected: list[str]
) -> None:
    shapes = f":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:{component} :q ] ."
    files = write(tmp_path / "shapes.ttl", shapes), write(tmp_path / "data.ttl", f"{data} .")
    found = by_shapes.judge_by([files[0]], [files[1]], print).findings
    values = ["_" if isinstance(f.value, BNode) else str(f.value) for f in found]
    assert sorted(values) == sorted(expected)
    assert {f.component for f in found} <= {str(SH) + f"L{component[1:]}ConstraintComponent"}


# Files

DATA = ":a a :T ; :p 1 ."
OF_T = ":S a sh:NodeShape ; sh:targetClass :T ; "
SHAPES = OF_T + "sh:property :S-p . :S-p sh:path :p ; sh:maxCount 0 ."
MORE = ":R a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :q ; sh:minCount 1 ] ."


def test_no_graph_is_needed_and_shapes_may_be_in_several_files(tmp_path: Path) -> None:
    write(tmp_path / "d.ttl", DATA)
    write(tmp_path / "s.ttl", SHAPES)
    write(tmp_path / "r.ttl", MORE)
    one = run(tmp_path, "--shapes", "s.ttl", "d.ttl")
    both = run(tmp_path, "--shapes", "s.ttl", "--shapes", "r.ttl", "d.ttl")
    assert (one.returncode, both.returncode) == (1, 1)
    assert "1 error in 1 file; 1 thing judged" in one.stdout
    assert "2 errors in 1 file; 1 thing judged" in both.stdout


def test_shapes_may_stand_in_the_data(tmp_path: Path) -> None:
    write(tmp_path / "d.ttl", DATA + SHAPES)
    done = run(tmp_path, "--shapes", "d.ttl", "d.ttl")
    assert (done.returncode, done.stderr) == (1, "")
    assert "1 error in 1 file; 1 thing judged" in done.stdout


FORMATS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "json": "json-ld", "rdf": "xml"}


@pytest.mark.parametrize(
    "text", ["", DATA, '[] sh:declare [ sh:prefix "x" ; sh:namespace "y:" ] .']
)
def test_shapes_without_a_shape_are_a_slip(tmp_path: Path, text: str) -> None:
    write(tmp_path / "d.ttl", DATA)
    write(tmp_path / "s.ttl", text)
    done = run(tmp_path, "--shapes", "s.ttl", "d.ttl")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "migkg: s.ttl: holds no shape: name files of shapes after --shapes\n"


@pytest.mark.parametrize("ending", [*FORMATS, "trig", "nq"])
def test_the_ending_tells_the_syntax(tmp_path: Path, ending: str) -> None:
    for name, text in (("d", DATA), ("s", SHAPES)):
        read = Graph().parse(data=PREFIXES + text, format="turtle")
        form = FORMATS.get(ending, "nt")
        read.serialize(tmp_path / f"{name}.{ending}", format=form, encoding="utf-8")
    done = run(tmp_path, "--shapes", f"s.{ending}", f"d.{ending}", "-f", "turtle")
    assert (done.returncode, done.stderr) == (1, "")
    report = Graph().parse(data=done.stdout, format="turtle")
    (focus,) = report.objects(None, SH.focusNode)
    assert focus == EX.a


@pytest.mark.parametrize("name", ["d.ttl", "d.nt", "d.jsonld", "d.rdf"])
def test_broken_data_is_told(tmp_path: Path, name: str) -> None:
    write(tmp_path / "s.ttl", SHAPES)
    (tmp_path / name).write_text("{ <oops")
    done = run(tmp_path, "--shapes", "s.ttl", name)
    assert done.returncode == 3
    assert done.stderr.startswith(f"migkg: {name}:")
    assert done.stderr.count("\n") == 1


def test_relative_names_are_relative_to_their_file(tmp_path: Path) -> None:
    write(tmp_path / "d.ttl", "<#x> a :T ; :p 1 .")
    write(tmp_path / "s.ttl", SHAPES)
    done = run(tmp_path, "--shapes", "s.ttl", "d.ttl", "-f", "turtle")
    assert f"<{(tmp_path / 'd.ttl').as_uri()}#x>" in done.stdout


def test_what_is_imported_is_named_and_not_fetched(tmp_path: Path) -> None:
    write(tmp_path / "d.ttl", DATA + "<> sh:shapesGraph <http://127.0.0.1:9/shapes> .")
    write(tmp_path / "s.ttl", SHAPES + ": owl:imports <http://127.0.0.1:9/more> .")
    done = run(tmp_path, "--shapes", "s.ttl", "d.ttl")
    assert done.returncode == 1
    assert [line.split(":")[1].split()[0] for line in done.stderr.splitlines()] == ["owl", "sh"]
    assert done.stderr.count("is not fetched") == 2


def test_prefixes_that_are_imported_are_known(tmp_path: Path) -> None:
    text = (
        OF_T
        + """sh:sparql [ sh:prefixes :one ; sh:select "SELECT $this { $this e:p 1 }" ] .
        :one owl:imports :two . :two owl:imports :three .
        :three sh:declare [ sh:prefix "e" ; sh:namespace "https://example.org/" ] ."""
    )
    report = by_shapes.judge_by(
        [write(tmp_path / "s.ttl", text)], [write(tmp_path / "d.ttl", DATA)], print
    )
    assert [finding.focus for finding in report.findings] == [EX.a]


# Shapes with errors in them

PROPERTY = OF_T + "sh:property :P . :P a sh:PropertyShape ; sh:path :p ; "
BROKEN = {
    "count": (PROPERTY + 'sh:minCount "a" .', ":P", "sh:minCount must be a literal"),
    "counts": (PROPERTY + "sh:minCount 1 , 2 .", ":P", "at most one sh:minCount"),
    "path": (OF_T + "sh:property :P . :P sh:path 'p' ; sh:minCount 1 .", ":P", "ath"),
    "short path": (OF_T + "sh:property :P . :P sh:path ( :p ) ; sh:minCount 1 .", ":P", "two"),
    "no path": (OF_T + "sh:property :P . :P sh:minCount 1 .", ":P", ""),
    "two paths": (PROPERTY + "sh:path :q .", ":P", "more than one"),
    "pattern": (PROPERTY + "sh:pattern '(' .", ":P", "unterminated"),
    "kind": (PROPERTY + "sh:nodeKind sh:Iri .", ":P", ""),
    "kind of text": (PROPERTY + "sh:nodeKind 'IRI' .", ":P", ""),
    "in": (PROPERTY + "sh:in :p .", ":P", ""),
    "datatype": (PROPERTY + "sh:datatype 'xsd:string' .", ":P", "datatype"),
    "closed": (OF_T + "sh:closed 'x' .", ":S", "closed"),
    "severity": (OF_T + "sh:severity 'high' ; sh:closed true .", ":S", "SHACL"),
    "target": (":S sh:targetClass 'T' ; sh:closed true .", ":S", ""),
    "nowhere": (OF_T + "sh:property :nowhere .", ":", ""),
    "recursion": (OF_T + "sh:node :S .", ":S", "ecurs"),
    "recursion of two": (OF_T + "sh:node :R . :R sh:node :S .", ":", "ecurs"),
    "unknown parameter": (PROPERTY + "sh:minCont 1 .", ":P", "did you mean sh:minCount?"),
    "unknown class": (":S a sh:NodeShap ; sh:targetClass :T .", ":S", "sh:NodeShape?"),
    "query": (OF_T + "sh:sparql [ sh:select 'SELECT {' ] .", ":S", ""),
    "no query": (OF_T + "sh:sparql [ sh:message 'x' ] .", ":S", "sh:select"),
    "no this": (OF_T + "sh:sparql [ sh:select 'SELECT ?x { ?x a ?y }' ] .", ":S", "$this"),
    "minus": (
        OF_T + "sh:sparql [ sh:select 'SELECT $this { $this a ?x MINUS { $this ?y 1 } }' ] .",
        ":S",
        "MINUS",
    ),
    "prefix": (
        OF_T + "sh:sparql [ sh:select 'SELECT $this { $this no:p 1 }' ] .",
        ":S",
        "declare it by sh:prefixes",
    ),
    "script": (OF_T + "sh:js [ sh:jsFunctionName 'f' ] .", ":S", "sh:js: no SHACL-JS here"),
    "rule": (OF_T + "sh:rule [ a sh:TripleRule ] .", ":S", "sh:rule: no SHACL-AF here"),
    "own target": (":S sh:target [ sh:select 'x' ] ; sh:closed true .", ":S", "no SHACL-AF here"),
    "entailment": ("[] sh:entailment <http://www.w3.org/ns/entailment/RDFS> .", "", "entailment"),
}


@pytest.mark.parametrize(("text", "name", "said"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("data", [DATA, ":nothing :to :judge ."], ids=["judging", "idle"])
def test_a_broken_shape_is_named_with_its_file_and_what_is_wrong(
    tmp_path: Path, text: str, name: str, said: str, data: str
) -> None:
    """Whether there is something to be judged or not."""
    files = [write(tmp_path / "s.ttl", text), write(tmp_path / "r.ttl", MORE)]
    with pytest.raises(InputError) as raised:
        by_shapes.judge_by(files, [write(tmp_path / "d.ttl", data)], print)
    where, _, message = str(raised.value).partition(": a shape is broken: ")
    assert re.fullmatch(rf"{re.escape(files[0])}:\d+:\d+", where)
    assert message.startswith(name.replace(":", f"<{EX}"))
    assert said in message
    assert "\n" not in message


def test_every_broken_shape_is_named_and_only_those(tmp_path: Path) -> None:
    good = ":G a sh:NodeShape ; sh:targetClass :T ; sh:property :P , [ sh:path :q ; sh:minCount 1 ]"
    write(tmp_path / "d.ttl", DATA)
    write(tmp_path / "s.ttl", f"{PROPERTY} sh:minCount 'a' . {good} .")
    write(
        tmp_path / "r.ttl", ":R sh:targetClass :T ; sh:property [ sh:path :p ; sh:pattern '(' ] ."
    )
    done = run(tmp_path, "--shapes", "s.ttl", "--shapes", "r.ttl", "d.ttl")
    assert (done.returncode, done.stdout) == (3, "")
    said = [line.split(": ")[:4] for line in done.stderr.splitlines()]
    assert sorted([one, where.partition(":")[0], *more] for one, where, *more in said) == [
        ["migkg", "r.ttl", "a shape is broken", f"<{EX}R>, sh:property"],
        ["migkg", "s.ttl", "a shape is broken", f"<{EX}P>"],
    ]
