"""What a validation found, in every format: the same findings, whatever names and values hold."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote

import jsonschema
import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from migkg.entry.place import Place
from migkg.entry.reading import read
from migkg.namespaces import MK, MKD, MKSH, shorten
from migkg.validation import shacl
from migkg.validation.finding import Finding, Outcome, Repair, Report
from migkg.validation.reports import as_json, as_sarif, formats, repairs, words
from migkg.validation.reports.excerpt import excerpt

LANGUAGES = ("en", "fr", "es")
LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
DASH = "http://datashapes.org/dash#"
OA = Namespace("http://www.w3.org/ns/oa#")
DCT_SOURCE = URIRef("http://purl.org/dc/terms/source")

Fact = tuple[str, str, str, int, int]  # severity, rule, file, line, column


def written(report: Report, form: str, language: str = "en", coloured: bool = False) -> str:
    out = BytesIO()
    formats.write(report, form, language, out, coloured)
    return out.getvalue().decode()


def placed(report: Report, case: Path) -> Report:
    """Put each finding where its thing is first named in the entry, else into the first line."""
    lines = case.read_text(encoding="utf-8").splitlines()

    def at(finding: Finding) -> Place:
        name = shorten(str(finding.focus))
        hits = ((n, line.find(name)) for n, line in enumerate(lines, 1))
        line, column = next((hit for hit in hits if hit[1] >= 0), (1, 0))
        return Place(str(case), line, column + 1)

    return report._replace(findings=[f._replace(place=at(f)) for f in report.findings])


@pytest.fixture(scope="module")
def reports(invalid_reports: dict[Path, Report]) -> dict[Path, Report]:
    return {case: placed(report, case) for case, report in invalid_reports.items()}


def facts(report: Report) -> Counter[Fact]:
    return Counter(
        (
            f.severity,
            f.source,
            *((Path(f.place.file).name, f.place.line, f.place.column) if f.place else ("", 0, 0)),
        )
        for f in report.findings
    )


@cache
def schema() -> jsonschema.Draft202012Validator:
    read = json.loads(as_json.schema())
    jsonschema.Draft202012Validator.check_schema(read)
    return jsonschema.Draft202012Validator(read)


def in_json(text: str) -> Counter[Fact]:
    told = json.loads(text)
    schema().validate(told)
    places = [f["place"] or {"file": ""} for f in told["findings"]]
    return Counter(
        (
            f["severity"].capitalize(),
            f["source"],
            Path(place["file"]).name,
            place.get("line", 0),
            place.get("column", 0),
        )
        for f, place in zip(told["findings"], places, strict=True)
    )


def in_sarif(text: str) -> Counter[Fact]:
    (run,) = json.loads(text)["runs"]
    rules = run["tool"]["driver"]["rules"]
    found: Counter[Fact] = Counter()
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        severity = next(name for name, level in LEVELS.items() if level == result["level"])
        at = result["locations"][0].get("physicalLocation")
        name = Path(unquote(at["artifactLocation"]["uri"])).name if at else ""
        region = at.get("region", {}) if at else {}
        line, column = region.get("startLine", 0), region.get("startColumn", 0)
        found[severity, rule.get("helpUri", rule["id"]), name, line, column] += 1
    return found


def in_turtle(text: str) -> Counter[Fact]:
    report = Graph().parse(data=text, format="turtle")
    found: Counter[Fact] = Counter()
    for node in report.objects(None, SH.result):
        source = report.value(node, SH.sourceConstraint) or report.value(node, SH.sourceShape)
        at = report.value(node, DCT_SOURCE)
        file = report.value(report.value(at, OA.hasSource), RDFS.label)
        line = report.value(at, OA.hasSelector)
        start = report.value(report.value(line, OA.refinedBy), OA.start)
        after = re.fullmatch(r"line=(\d+),(\d+)", str(report.value(line, RDF.value)))
        assert after
        assert int(after[2]) == int(after[1]) + 1
        severity = str(report.value(node, SH.resultSeverity)).rpartition("#")[2]
        place = (Path(str(file)).name, int(after[2]), int(str(start)) + 1)
        found[severity, str(source), *place] += 1
    return found


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def in_github(text: str) -> Counter[Fact]:
    found: Counter[Fact] = Counter()
    for line in text.splitlines():
        if command := COMMAND.fullmatch(line):
            pairs = (pair.split("=", 1) for pair in command[2].split(","))
            about = {key: unquote(value) for key, value in pairs}
            level = "note" if command[1] == "notice" else command[1]
            severity = next(name for name, known in LEVELS.items() if known == level)
            name = Path(about.get("file", "")).name
            rule = about["title"].rpartition(" [")[2].removesuffix("]")
            found[severity, rule, name, int(about.get("line", 0)), int(about.get("col", 0))] += 1
    return found


class Page(HTMLParser):
    """Collects the elements of a page, and the text of some."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            self.texts[tag][-1] += data


def in_html(text: str) -> Counter[Fact]:
    page = Page(text)
    kinds = [a["class"] for tag, a in page.tags if tag == "li" and a.get("class") in LEVELS]
    names = [name for name in page.texts.get("h2", []) if name]
    found: Counter[Fact] = Counter()
    for kind, item in zip(kinds, page.texts.get("li", []), strict=False):
        at = re.search(r"line (\d+), column (\d+)", item)
        rule = re.search(r"Rule: (\S+)", item)
        assert at
        assert rule
        assert kind
        found[kind, rule[1], Path(names[0]).name, int(at[1]), int(at[2])] += 1
    return found


def in_text(text: str) -> Counter[Fact]:
    severities = {"Error": "Violation", "Warning": "Warning", "Note": "Info"}
    found: Counter[Fact] = Counter()
    for block in text.split("\n\n"):
        at = re.match(r"(.+):(\d+):(\d+): (Error|Warning|Note): ", block)
        rule = re.search(r"\n  \[(\S+)\]\n?$", block)
        if at and rule:
            name = Path(at[1]).name
            found[severities[at[4]], rule[1], name, int(at[2]), int(at[3])] += 1
    return found


READERS = {
    "text": in_text,
    "json": in_json,
    "sarif": in_sarif,
    "github": in_github,
    "turtle": in_turtle,
    "html": in_html,
}
SHORT = {"text", "github", "html"}  # these call a shape by its CURIE


def test_every_format_has_a_reader() -> None:
    assert tuple(READERS) == formats.FORMATS


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_format_tells_every_finding(form: str, reports: dict[Path, Report]) -> None:
    """Of each invalid case the severity, the rule and the place, and nothing else."""
    assert len(reports) > 300
    for case, report in reports.items():
        expected = facts(report)
        if form in SHORT:
            expected = Counter({(s, shorten(r), *at): n for (s, r, *at), n in expected.items()})  # type: ignore[misc]
        assert READERS[form](written(report, form)) == expected, case


@pytest.mark.parametrize("form", formats.FORMATS)
def test_nothing_wrong_is_told_in_every_format(form: str) -> None:
    report = Report([], 3, Graph, Graph())
    text = written(report, form)
    assert not READERS[form](text)
    if form in SHORT:
        assert "All is as it should be: 3 things judged." in text


TOOLS = Path(sys.prefix) / "tools" / "node_modules"


def tool(pattern: str) -> Path:
    """A file of a package of npm, which test.sh installs beside the environment's packages."""
    found = next(TOOLS.glob(pattern), None)
    if found is None:
        pytest.skip(f"{pattern} is not there: sh test.sh installs it from npm")
    return found


def test_sarif_is_valid(reports: dict[Path, Report], tmp_path: Path) -> None:
    """By the official schema, and by the rules of the standard and of GitHub."""
    run = tool("@microsoft/sarif-multitool-*/Sarif.Multitool")
    official = json.loads((run.parent / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    made = {
        "all": report_of(*FINDINGS, before=FINDINGS[:2], fixed=FINDINGS[2:3]),
        "none": Report([], 0, Graph, Graph()),
        "hostile": hostile(tmp_path),
        "cases": report_of(*(f for report in reports.values() for f in report.findings)),
    }
    logs = []
    for name, report in made.items():
        text = written(report, "sarif")
        jsonschema.validate(json.loads(text), official)
        log = tmp_path / f"{name}.sarif"
        # the validator opens each address: none of them may lead out of this machine
        log.write_text(text.replace("https://", "http://127.0.0.1:9/"), encoding="utf-8")
        logs.append(str(log))
    done = subprocess.run(
        [run, "validate", "--rule-kind", "Sarif;Ghas", *logs],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert f"{len(logs)} files scanned" in said, said
    assert "error" not in said, said
    assert done.returncode == 0, said


# Reports made by hand: what the judgement of an entry comes to


def mk(name: str) -> URIRef:
    return URIRef(MK + name)


def mkd(name: str) -> URIRef:
    return URIRef(MKD + name)


BUDGET, PROJECT, EVIDENCE = mkd("budget-x"), mkd("project-x"), BNode("evidence")
SAID = {
    "en": "An amount is a number.",
    "fr": "Un montant est un nombre.",
    "es": "Un importe es un número.",
}
DATATYPE = str(SH.DatatypeConstraintComponent)
FINDINGS = (
    Finding(
        "Violation",
        BUDGET,
        mk("amount"),
        Literal("2.5 million"),
        SAID,
        MKSH + "Budget-amount",
        DATATYPE,
        Place("entry.ttl", 5, 15),
        Repair(
            ((BUDGET, mk("amount"), Literal("2.5 million")),),
            ((BUDGET, mk("amount"), Literal("2500000", datatype=XSD.integer)),),
        ),
    ),
    Finding(
        "Warning",
        EVIDENCE,
        mk("passage"),
        None,
        {"en": "Write a passage."},
        MKSH + "Evidence-passage",
        str(SH.MinCountConstraintComponent),
        Place("entry.ttl", 6, 17),
        Repair((), ((EVIDENCE, mk("passage"), mkd("passage-1")),), example=True),
    ),
    Finding(
        "Info",
        PROJECT,
        None,
        None,
        {"en": "Adds to X."},
        "recognition/adds",
        place=Place("sheet.xlsx", cell="Projects!C7"),
    ),
    Finding("Violation", PROJECT, RDFS.label, None, {"": "Sans langue."}, MKSH + "Thing-label"),
)
DATA = Graph()
DATA.add((BUDGET, RDFS.label, Literal("Budget of X", lang="en")))
DATA.add((BUDGET, RDFS.label, Literal("Budget de X", lang="fr")))
DATA.add((BUDGET, mk("evidence"), EVIDENCE))
DATA.add((EVIDENCE, mk("supports"), mk("amount")))
DATA.add((mk("amount"), RDFS.label, Literal("amount", lang="en")))
DATA.add((mk("amount"), RDFS.label, Literal("importe", lang="es")))


def report_of(
    *findings: Finding, before: tuple[Finding, ...] = (), fixed: tuple[Finding, ...] = ()
) -> Report:
    return Report(list(findings), 3, Graph, DATA, (), before, fixed)


TEXT = """entry.ttl:5:15: Erreur : Budget de X (mkd:budget-x)
  Un montant est un nombre.
  amount : “2.5 million”
  Au lieu de : mk:amount "2.5 million"
  écrivez : mk:amount 2500000
  [mksh:Budget-amount]

entry.ttl:6:17: Avertissement : élément probant de Budget de X (mkd:budget-x)
  Write a passage.
  mk:passage
  Ajoutez, dans élément probant de Budget de X (mkd:budget-x) : mk:passage mkd:passage-1 ;
  Les valeurs sont un exemple : mettez les vôtres à leur place.
  [mksh:Evidence-passage]

sheet.xlsx:Projects!C7: Remarque : mkd:project-x
  Adds to X.
  [recognition/adds]

Erreur : mkd:project-x
  Sans langue.
  libellé
  [mksh:Thing-label]

Déjà signalé auparavant, et non compté : 1 erreur, 1 avertissement
  entry.ttl:5:15: Budget de X (mkd:budget-x) : Un montant est un nombre.
  entry.ttl:6:17: élément probant de Budget de X (mkd:budget-x) : Write a passage.

Corrigé par cette contribution : 1 remarque
  sheet.xlsx:Projects!C7: mkd:project-x : Adds to X.

2 erreurs, 1 avertissement, 1 remarque dans 2 fichiers ; 3 ressources examinées.
"""


def test_text_as_a_user_reads_it() -> None:
    report = report_of(*reversed(FINDINGS), before=FINDINGS[:2], fixed=FINDINGS[2:3])
    assert written(report, "text", "fr") == TEXT


def test_text_is_coloured_only_where_asked() -> None:
    report = report_of(*FINDINGS)
    coloured = written(report, "text", coloured=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == written(report, "text")
    assert coloured != written(report, "text")


def test_text_quotes_the_line_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'PREFIX mk: <https://w3id.org/migkg/ontology#>\n<urn:x> mk:amount "2.5 million" .\n'
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode())))
    read(["-"])
    found = FINDINGS[0]._replace(place=Place("-", 2, 19))
    assert '  2 | <urn:x> mk:amount "2.5 million" .' in written(report_of(found), "text")
    assert "2.5 million" in written(report_of(found), "html")


def test_text_points_at_the_term(tmp_path: Path) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_text('mkd:難 mk:amount "2.5 million" .\n', encoding="utf-8")
    at = FINDINGS[0]._replace(place=Place(str(entry), 1, 17), repair=None)
    lines = written(report_of(at), "text").splitlines()
    assert lines[2:4] == [
        '  1 | mkd:難 mk:amount "2.5 million" .',
        "    |                  ^^^^^^^^^^^^^",  # the character before takes two columns
    ]


@pytest.mark.parametrize(
    ("line", "column", "term"),
    [
        ("mkd:a a mk:Project .", 1, "mkd:a"),
        ("mkd:a a mk:Project.", 9, "mk:Project"),
        ("<http://example.org/a> a mk:B .", 1, "<http://example.org/a>"),
        ('x "a \\" b"@en-gb , "c"', 3, '"a \\" b"@en-gb'),
        ('x "2020"^^xsd:gYear.', 3, '"2020"^^xsd:gYear'),
        ('x """a "quoted" text""" .', 3, '"""a "quoted" text"""'),
        ('x """begins here', 3, '"""begins here'),
        ("x 'single' .", 3, "'single'"),
        ("x [ mk:p 1 ] .", 3, "["),
        ("x 12.50 .", 3, "12.50"),
        ("\tmk:amount 5 ;", 2, "mk:amount"),
        ("mkd:a\\,b mk:p 1 .", 1, "mkd:a\\,b"),
        ("mkd:a.b.c .", 1, "mkd:a.b.c"),
        ("ends here", 10, ""),
    ],
)
def test_the_term_at_a_place(line: str, column: int, term: str, tmp_path: Path) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_bytes(b"\xef\xbb\xbfone\r\ntwo\r" + line.encode() + b"\r\n")
    found = excerpt(Place(str(entry), 3, column))
    assert found
    assert found.text[found.start : found.end] == term
    assert "\t" not in found.text


def test_of_a_long_line_a_piece_is_shown(tmp_path: Path) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_text("x " * 500_000 + "mk:here" + " y" * 500_000)
    found = excerpt(Place(str(entry), 1, 1_000_001))
    assert found
    assert len(found.text) < 250
    assert found.text[found.start : found.end] == "mk:here"
    assert found.text[0] == found.text[-1] == "…"


@pytest.mark.parametrize("place", [("gone.ttl", 1, 1), ("here.ttl", 9, 1), ("here.ttl", 1, 99)])
def test_what_is_no_longer_there_is_not_shown(
    place: tuple[str, int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.ttl").write_text("mkd:a a mk:B .\n")
    assert excerpt(Place(*place)) is None
    report = report_of(FINDINGS[0]._replace(place=Place(*place)))
    assert " | " not in written(report, "text")
    assert written(report, "html")


def test_of_many_findings_people_see_the_gravest() -> None:
    notes = [FINDINGS[2]._replace(place=Place("a.ttl", n, 1)) for n in range(1, 12_001)]
    report = report_of(*notes, FINDINGS[0]._replace(place=Place("b.ttl", 1, 1)))
    text = written(report, "text")
    assert "b.ttl:1:1: Error" in text
    assert len(in_text(text)) == 300
    assert "11,701 more are not shown; -f json lists all." in text
    assert written(report, "text", "fr").count("11\u202f701 autres") == 1
    page = written(report, "html")
    assert page.count('<li class="Violation">') == 1
    assert page.count('<li class="Info">') == 999
    assert "11,001 more" in page
    assert len(json.loads(written(report, "json"))["findings"]) == 12_001


@pytest.mark.parametrize("form", formats.FORMATS)
def test_many_findings_are_written_one_after_the_other(form: str) -> None:
    class Pieces:
        """Takes what is written, and keeps how long each piece was."""

        def __init__(self) -> None:
            self.lengths: list[int] = []

        def write(self, piece: bytes) -> int:
            self.lengths.append(len(piece))
            return len(piece)

        def writelines(self, pieces: Iterable[bytes]) -> None:
            for piece in pieces:
                self.write(piece)

    out = Pieces()
    formats.write(report_of(*FINDINGS[:2] * 2_000), form, "en", cast("BinaryIO", out))
    assert sum(out.lengths) > 10 * max(out.lengths)


def test_footnotes_are_in_every_format() -> None:
    report = report_of(*FINDINGS, before=FINDINGS[:2] * 4, fixed=FINDINGS[2:3])
    told = json.loads(written(report, "json"))
    assert told["counts"] == {"violation": 2, "warning": 1, "info": 1, "before": 8, "fixed": 1}
    assert [len(told[name]) for name in ("findings", "before", "fixed")] == [4, 8, 1]
    (run,) = json.loads(written(report, "sarif"))["runs"]
    states = Counter(result["baselineState"] for result in run["results"])
    assert states == {"new": 4, "unchanged": 8, "absent": 1}
    text = written(report, "text")
    assert "Wrong before already, and not counted: 4 errors, 4 warnings\n" in text
    assert "\n  3 more are not shown; -f json lists all.\n\nMended by this entry: 1 note\n" in text
    assert "Wrong before already, and not counted: 4 errors, 4 warnings" in written(
        report, "github"
    )
    assert len(in_turtle_nodes(written(report, "turtle"))) == 4
    page = Page(written(report, "html"))
    assert "Wrong before already, and not counted" in page.texts["h2"]


def in_turtle_nodes(text: str) -> list[object]:
    return list(Graph().parse(data=text, format="turtle").objects(None, SH.result))


def test_languages_have_the_same_words() -> None:
    assert {frozenset(words.WORDS[language]) for language in LANGUAGES} == {
        frozenset(words.WORDS["en"])
    }
    for key, said in words.WORDS["en"].items():
        for language in LANGUAGES:
            assert words.WORDS[language][key].count("{}") == said.count("{}"), (language, key)


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 0, "0 files"),
        ("en", 1, "1 file"),
        ("en", 1234, "1234 files"),
        ("en", 12345, "12,345 files"),
        ("fr", 0, "0 fichier"),
        ("fr", 2, "2 fichiers"),
        ("es", 0, "0 archivos"),
        ("es", 12345, "12\u202f345 archivos"),
    ],
)
def test_numbers_are_spoken(language: str, count: int, said: str) -> None:
    assert words.numbered("file", count, language) == said


def test_page_says_what_is_in_another_language() -> None:
    page = written(report_of(FINDINGS[0], FINDINGS[1]), "html", "fr")
    assert '<html lang="fr">' in page
    assert '<p class="message">Un montant est un nombre.</p>' in page
    assert '<span lang="en">Write a passage.</span>' in page


def test_json_gives_terms_and_repair() -> None:
    told = json.loads(written(report_of(*FINDINGS), "json", "es"))["findings"]
    assert told[0]["value"] == {"type": "literal", "value": "2.5 million"}
    assert told[0]["message"] == SAID["es"]
    assert told[0]["messages"] == SAID
    assert told[0]["place"] == {"file": "entry.ttl", "line": 5, "column": 15}
    assert told[1]["focus"] == {"type": "bnode", "value": "evidence"}
    assert told[1]["repair"]["example"]
    assert told[2]["place"] == {"file": "sheet.xlsx", "cell": "Projects!C7"}
    assert told[3]["messages"] == {"und": "Sans langue."}
    added = Graph().parse(data=told[0]["repair"]["turtle"], format="turtle")
    assert set(added) == set(FINDINGS[0].repair.added if FINDINGS[0].repair else ())


def test_checks_of_the_whole_graph_are_told() -> None:
    checks = (Outcome("shapes", "9 things", []), Outcome("terms", "<b>7</b> terms", [FINDINGS[3]]))
    report = report_of(FINDINGS[3])._replace(checks=checks)
    assert "shapes  holds      9 things\nterms   1 finding  <b>7</b> terms\n" in written(
        report, "text"
    )
    page = Page(written(report, "html"))
    assert page.texts["td"] == ["holds", "9 things", "1 finding", "<b>7</b> terms"]
    assert page.texts["th"][-2:] == ["shapes", "terms"]


# SHACL


REPORT_SHAPE = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX dash: <http://datashapes.org/dash#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
[] a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
  sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ;
  sh:property [ sh:path sh:result ; sh:class sh:ValidationResult ] .
[] a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
  sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ;
  sh:property [ sh:path sh:value ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:sourceShape ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:sourceConstraint ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:sourceConstraintComponent ;
    sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ;
    sh:or ( [ sh:datatype xsd:string ] [ sh:datatype rdf:langString ] ) ] ;
  sh:property [ sh:path dash:suggestion ; sh:class dash:GraphUpdate ] .
[] a sh:NodeShape ; sh:targetObjectsOf dash:addedTriple , dash:deletedTriple ;
  sh:class rdf:Statement ;
  sh:property [ sh:path rdf:subject ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path rdf:predicate ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path rdf:object ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


def vocabularies() -> set[str]:
    """The terms of SHACL and DASH, as pySHACL brings them."""
    known: set[str] = set()
    for name in ("shacl.ttl", "dash.ttl"):
        text = files(pyshacl).joinpath("assets", name).read_text(encoding="utf-8")
        known |= {str(s) for s in Graph().parse(data=text, format="turtle").subjects()}
    return known


def test_shacl_report_is_what_the_standard_wants(reports: dict[Path, Report]) -> None:
    """Section 3.6 of SHACL as shapes; each term of SHACL and DASH is one."""
    known = vocabularies()
    shapes = Graph().parse(data=REPORT_SHAPE, format="turtle")
    everything = Graph()
    made = [*reports.values(), report_of(*FINDINGS), Report([], 0, Graph, Graph())]
    for report in made:
        everything.parse(data=written(report, "turtle"), format="turtle")
    conforms, _, said = pyshacl.validate(everything, shacl_graph=shapes, inplace=True)
    assert conforms, said
    terms = {str(term) for triple in everything for term in triple}
    for term in terms:
        if term.startswith((str(SH), DASH)):
            assert term in known, term


def test_shacl_report_keeps_what_pyshacl_says() -> None:
    """Complex paths, details and anonymous shapes included."""
    of = Graph().parse(
        data="""
        PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <https://example.org/>
        ex:S a sh:NodeShape ; sh:targetNode ex:a ;
          sh:property [ sh:path ( [ sh:inversePath ex:p ] [ sh:zeroOrMorePath ex:q ] ) ;
            sh:minCount 1 ; sh:message "m" ] ;
          sh:property [ sh:path ex:r ; sh:message "n" ;
            sh:node [ sh:property [ sh:path ex:s ; sh:maxCount 0 ; sh:message "o" ] ] ] .""",
        format="turtle",
    )
    data = Graph().parse(
        data="PREFIX ex: <https://example.org/> ex:a ex:r ex:b . ex:b ex:s 1 .", format="turtle"
    )
    report = shacl.judge(data, of, None, "")
    assert len(report.findings) == 2
    again = Graph().parse(data=written(report, "turtle"), format="turtle")
    assert isomorphic(again, report.results)
    paths = {f["path"] for f in json.loads(written(report, "json"))["findings"]}
    assert paths == {"^<https://example.org/p>/<https://example.org/q>*", "https://example.org/r"}


# Hostile input


EVIL = (
    "</script><img src=x onerror=alert(1)>\x1b[31m\u202e\u2066&amp;{{ 7*7 }}\n::error::[x](y) \x07"
)


IN_TABLES = {"table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "pre", "mark"}


def hostile(tmp_path: Path) -> Report:
    name = "a b,c:d%#?é<i>\u202e.ttl"
    (tmp_path / name).write_text(f"mkd:x rdfs:label {EVIL!r} . {EVIL}".replace("\n", " "))
    thing = mkd("x")
    data = Graph()
    for term in (thing, mk("amount"), mk("Thing")):
        data.add((term, RDFS.label, Literal(EVIL, lang="en")))
    repair = Repair(((thing, mk("amount"), Literal(EVIL)),), ((thing, mk("p"), Literal(EVIL)),))
    finding = Finding(
        "Violation",
        thing,
        mk("amount"),
        Literal(EVIL),
        {"en": EVIL, "fr": EVIL},
        MKSH + "Thing-label",
        DATATYPE,
        Place(str(tmp_path / name), 1, 1),
        repair,
    )
    check = finding._replace(focus=None, source="queries/checks/<b>.rq", place=None, repair=None)
    return Report([finding, check], 1, Graph, data, (Outcome(EVIL, EVIL, [check]),), (finding,))


def test_what_names_hold_is_data_in_every_format(tmp_path: Path) -> None:
    report = hostile(tmp_path)
    plain = Page(written(report_of(*FINDINGS[:2], before=FINDINGS[:1]), "html"))
    page = written(report, "html")
    tags = {tag for tag, _ in Page(page).tags}
    assert tags <= {tag for tag, _ in plain.tags} | IN_TABLES
    assert not {"script", "img", "i", "b"} & tags
    assert not any(key.startswith("on") for _, attributes in Page(page).tags for key in attributes)
    assert "49" not in page.replace(str(tmp_path), "")  # of {{7*7}}, not of the folder
    for text in (page, written(report, "text"), written(report, "github")):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    commands = [line for line in written(report, "github").splitlines() if line.startswith("::")]
    assert len(commands) == 2
    assert all(map(COMMAND.fullmatch, commands))
    told = json.loads(written(report, "json"))["findings"]
    assert told[0]["value"]["value"] == told[0]["messages"]["en"] == EVIL
    turtle = Graph().parse(data=written(report, "turtle"), format="turtle")
    assert set(turtle.objects(None, SH.value)) == {Literal(EVIL)}
    (run,) = json.loads(written(report, "sarif"))["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w:/.%~-]+", uri, re.ASCII)
    assert unquote(uri).endswith("a b,c:d%#?é<i>\u202e.ttl")
    markdown = re.sub(r"(?ms)^(```+).*?^\1$", "", run["results"][0]["message"]["markdown"])
    assert re.search(r"(?<!\\)[<\[&]", markdown) is None


TEXTS = st.text(max_size=60) | st.sampled_from(
    [EVIL, "a\r\nb", "::error::", "]]>", "\\", '"""', "``` ", ""]
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.text(min_size=1).filter(lambda name: "\0" not in name))
def test_whatever_is_said_is_told_in_every_format(
    label: str, message: str, value: str, file: str
) -> None:
    thing, literal = mkd("x"), Literal(value, lang="fr")
    data = Graph()
    data.add((thing, RDFS.label, Literal(label)))
    repair = Repair(((thing, mk("p"), literal),), ((thing, mk("q"), literal),))
    said = {"en": message} if message else {}
    at = Place(file, 3, 4)
    found = Finding("Warning", thing, mk("p"), literal, said, MKSH + "X", DATATYPE, at, repair)
    report = Report([found, found], 1, Graph, data, (), (found,), (found,))
    for form in formats.FORMATS:
        text = written(report, form, "fr")
        if form in {"json", "sarif"}:
            json.loads(text)
        elif form == "turtle":
            read = ox.parse(text.encode(), ox.RdfFormat.TURTLE)
            values = [q.object for q in read if q.predicate.value == str(SH.value)]
            assert values == [ox.Literal(value, language="fr")] * 2
        elif form == "html":
            assert [a.get("class") for tag, a in Page(text).tags if tag == "li"][:2] == [
                "Warning"
            ] * 2
        else:
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
        if form == "github":
            assert len([line for line in text.split("\n") if COMMAND.fullmatch(line)]) == 2
            assert len([line for line in text.split("\n") if line.startswith("::")]) == 2


# Repairs as changes of the text


ENTRY = """PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX x: <https://w3id.org/migkg/id/>
x:a a mk:Budget ; mk:amount "5" ; mk:contry x:country-JOR ; mk:evidence [ mk:supports mk:amount ] .
x:b mk:evidence [] .
"""
A, B, BLANK = mkd("a"), mkd("b"), BNode("any")
FIVE = Literal("5", datatype=XSD.integer)
LABEL = Literal('"quoted" \\ and\nbroken', lang="fr")


@pytest.mark.parametrize(
    ("place", "removed", "added", "changed"),
    [
        ((3, 29), [(A, mk("amount"), Literal("5"))], [(A, mk("amount"), FIVE)], "mk:amount 5 ;"),
        (
            (3, 35),
            [(A, mk("contry"), mkd("country-JOR"))],
            [(A, mk("country"), mkd("country-JOR"))],
            "mk:country x:country-JOR",
        ),
        (
            (3, 45),
            [(A, mk("contry"), mkd("country-JOR"))],
            [(A, mk("contry"), mkd("country-LBN"))],
            "mk:contry x:country-LBN ;",
        ),
        ((3, 1), [], [(A, mk("unit"), mkd("u"))], "x:a mk:unit x:u ; a mk:Budget"),
        ((3, 73), [], [(BLANK, mk("passage"), mkd("p"))], "[ mk:passage x:p ; mk:supports"),
        (
            (3, 1),
            [],
            [(A, RDFS.label, LABEL)],
            'rdf-schema#label> "\\"quoted\\" \\\\ and\\nbroken"@fr ; a',
        ),
        ((4, 1), [], [(B, mk("p"), FIVE), (B, mk("q"), A)], "x:b mk:p 5 ; mk:q x:a ; mk:evidence"),
        ((4, 17), [], [(BLANK, mk("passage"), mkd("p"))], "[ mk:passage x:p ;] ."),
    ],
)
def test_a_repair_is_an_edit(
    place: tuple[int, int],
    removed: list[tuple[URIRef, URIRef, URIRef]],
    added: list[tuple[URIRef, URIRef, URIRef]],
    changed: str,
    tmp_path: Path,
) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_text(ENTRY, encoding="utf-8")
    repair = Repair(tuple(removed), tuple(added))
    edit = repairs.edit(repair, Place(str(entry), *place))
    assert edit
    lines = ENTRY.splitlines()
    line = lines[edit.line - 1]
    lines[edit.line - 1] = line[: edit.start - 1] + edit.text + line[edit.end - 1 :]
    assert changed in lines[edit.line - 1]
    finding = FINDINGS[0]._replace(repair=repair, place=Place(str(entry), *place))
    (run,) = json.loads(written(report_of(finding), "sarif"))["runs"]
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["deletedRegion"] == {
        "startLine": edit.line,
        "startColumn": edit.start,
        "endLine": edit.line,
        "endColumn": edit.end,
    }
    assert replacement["insertedContent"]["text"] == edit.text


@pytest.mark.parametrize(
    "repair",
    [
        Repair(((A, mk("amount"), Literal("6")),), ((A, mk("amount"), FIVE),)),  # not what is there
        Repair(((B, mk("amount"), Literal("5")),), ((B, mk("amount"), FIVE),)),  # of another thing
        Repair(((A, mk("amount"), Literal("5")),), ((A, mk("amount"), FIVE),), example=True),
        Repair(((A, mk("amount"), Literal("5")),), ()),
        Repair((), ((B, mk("p"), FIVE),)),  # would be said of A
        Repair((), ((A, mk("evidence"), BNode()),)),
        Repair((), ((A, mk("p"), FIVE), (B, mk("p"), FIVE))),
    ],
)
def test_what_the_text_does_not_bear_is_no_edit(repair: Repair, tmp_path: Path) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_text(ENTRY, encoding="utf-8")
    assert repairs.edit(repair, Place(str(entry), 3, 29)) is None


@pytest.mark.parametrize("text", ["", "{", "not Turtle at all\n" * 5, ENTRY.replace('"5"', '"5')])
def test_an_edit_of_what_is_no_turtle_is_none(text: str, tmp_path: Path) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_text(text, encoding="utf-8")
    repair = Repair(((A, mk("amount"), Literal("5")),), ((A, mk("amount"), FIVE),))
    assert repairs.edit(repair, Place(str(entry), 3, 29)) is None


def told(repair: Repair, data: Graph) -> list[repairs.Step]:
    return repairs.steps(FINDINGS[0]._replace(focus=PROJECT, repair=repair), data, "en")


def test_a_repair_in_several_steps() -> None:
    new = BNode("new")
    repair = Repair(
        ((BUDGET, mk("amount"), Literal("5")), (EVIDENCE, mk("supports"), mk("unit"))),
        (
            (PROJECT, mk("budget"), BUDGET),
            (PROJECT, mk("evidence"), new),
            (new, mk("passage"), mkd("p")),
        ),
    )
    assert told(repair, DATA) == [
        ("Remove", 'mkd:budget-x\n    mk:amount "5" ;\n.', True),
        ("Remove, in evidence of Budget of X (mkd:budget-x)", "mk:supports mk:unit ;", True),
        (
            "Add",
            "mkd:project-x\n    mk:budget mkd:budget-x ;\n    mk:evidence [\n"
            "        mk:passage mkd:p ;\n    ] ;\n.",
            False,
        ),
    ]


def test_what_is_new_stands_in_brackets_where_it_belongs() -> None:
    """A node of the entry that says nothing yet is told as one, not as another node."""
    data = Graph()
    empty, new, inner = BNode(), BNode(), BNode()
    data.add((PROJECT, mk("evidence"), empty))
    added = [
        (empty, mk("passage"), mkd("p")),
        (BUDGET, mk("evidence"), new),
        (new, mk("passage"), inner),
        (inner, mk("supports"), mk("unit")),
    ]
    assert told(Repair((), tuple(added)), data) == [
        (
            "Add",
            "mkd:budget-x\n    mk:evidence [\n        mk:passage [\n"
            "            mk:supports mk:unit ;\n        ] ;\n    ] ;\n.",
            False,
        ),
        ("Add, in evidence of mkd:project-x", "mk:passage mkd:p ;", False),
    ]


def test_another_name_is_told_once() -> None:
    inner = BNode()
    other = mkd("project-other")
    said = [(PROJECT, mk("evidence"), inner), (BUDGET, mk("of"), PROJECT)]
    new = [(other, mk("evidence"), inner), (BUDGET, mk("of"), other)]
    assert told(Repair(tuple(said), tuple(new)), DATA) == [
        ("Instead of", "mkd:project-x", True),
        ("write", "mkd:project-other", False),
    ]


def test_of_another_thing_it_is_told_what_it_is() -> None:
    def exchanged(subject: URIRef | BNode) -> list[repairs.Step]:
        return told(Repair(((subject, mk("p"), FIVE),), ((subject, mk("p"), LABEL),)), DATA)

    assert exchanged(PROJECT)[0].turtle == "mk:p 5"
    assert exchanged(BUDGET)[0].turtle == "mkd:budget-x mk:p 5 ."
    assert exchanged(EVIDENCE)[0] == (
        "Remove, in evidence of Budget of X (mkd:budget-x)",
        "mk:p 5 ;",
        True,
    )


def test_what_goes_is_shown_whole() -> None:
    data = Graph()
    inner = BNode()
    data.add((PROJECT, mk("evidence"), inner))
    data.add((inner, mk("passage"), mkd("p")))
    (step,) = told(Repair(((PROJECT, mk("evidence"), inner),), ()), data)
    assert step.turtle == (
        "mkd:project-x\n    mk:evidence [\n        mk:passage mkd:p ;\n    ] ;\n."
    )


def test_fingerprints_hold_when_lines_move() -> None:
    def prints(*findings: Finding) -> list[str]:
        (run,) = json.loads(written(report_of(*findings), "sarif"))["runs"]
        return [result["partialFingerprints"]["migkg/v1"] for result in run["results"]]

    here, moved = FINDINGS[0], FINDINGS[0]._replace(place=Place("entry.ttl", 50, 1))
    assert prints(here) == prints(moved)
    others = (FINDINGS[1], here._replace(value=Literal("3")), here._replace(source=MKSH + "Other"))
    assert len(set(prints(here, *others))) == 4
    other = BNode("other")
    renamed = Graph()
    renamed.add((BUDGET, RDFS.label, Literal("Other", lang="en")))
    renamed.add((BUDGET, mk("evidence"), other))
    moved = FINDINGS[1]._replace(focus=other)
    fingerprint = as_sarif.fingerprint(moved, report_of()._replace(data=renamed))
    assert fingerprint == prints(FINDINGS[1])[0]
