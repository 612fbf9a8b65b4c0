"""`migkg new`: templates made from ontology and shapes, valid once their blanks are filled."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef
from rdflib.term import Node

from migkg import graph
from migkg.cli import cli
from migkg.errors import UsageError
from migkg.kinds import kind as kinds
from migkg.kinds.choices import Choices
from migkg.kinds.kind import KINDS, Kind
from migkg.kinds.names import slug
from migkg.kinds.position import selector, worded
from migkg.kinds.template import BLANK, template, uncommented
from migkg.model.triples import Triples
from migkg.namespaces import MK, MKC, MKD, expand, shorten
from migkg.rdflib_terms import statement_of
from migkg.validation import shacl
from migkg.validation.finding import Finding
from migkg.validation.statements import statements

NEW = f"{MKD}passage-example"


@pytest.fixture(scope="module")
def shapes(shipped_graph: graph.Graph) -> Graph:
    return statements(graph.shape_files(shipped_graph))


@pytest.fixture(scope="module")
def data(shipped_graph: graph.Graph) -> Graph:
    return statements(graph.sources(shipped_graph))


@pytest.fixture(scope="module")
def triples(shipped_graph: graph.Graph) -> Triples:
    return Triples(shipped_graph)


@pytest.fixture(scope="module")
def choices(triples: Triples) -> Choices:
    return Choices(triples)


def parsed(text: str) -> set[tuple[Node, Node, Node]]:
    return {statement_of(q.triple) for q in ox.parse(text.encode(), ox.RdfFormat.TURTLE)}


def judged(text: str, data: Graph, shapes: Graph) -> list[Finding]:
    added = parsed(text) - set(data)
    for statement in added:
        data.add(statement)
    try:
        nodes = {s for s, _, _ in added}
        return shacl.judge(data, shapes, nodes, "shipped").findings
    finally:
        for statement in added:
            data.remove(statement)


class Filler:
    """Fills blanks as a contributor does: from the lists, and with names of its own."""

    def __init__(self, kind: Kind, choices: Choices, text: str) -> None:
        self.choices = choices
        self.fields = {shorten(f.iri): f for node in kind.nodes for f in node.fields}
        self.new = set(re.findall(rf"^mkd:([a-z-]+){BLANK}", uncommented(text), re.MULTILINE))

    def fill(self, text: str) -> str:
        return "\n".join(self.line(line) for line in text.splitlines())

    def line(self, line: str) -> str:
        if BLANK not in line or line.lstrip().startswith("#"):
            return line
        words = line.split()
        if words[0] == "mk:supports":
            return line.replace(f"mk:{BLANK}", "rdfs:label")
        if words[0] == "mk:value":
            return line.replace(f"mkd:{BLANK}", '"Example of ours"@en')
        if words[0] in self.fields and re.search(rf"mk[cd]:\S*{BLANK} ;", line):
            stem = words[1].removeprefix("mkd:").removesuffix(BLANK)
            field = self.fields[words[0]]
            found = self.choices.of(field, "en")
            known = [one.iri for one in found if "instrument-sdg" not in one.iri]
            if known and not (stem in self.new and field.values.classes == {MK + "Budget"}):
                return line.replace(words[1], shorten(known[0]).strip("<>"))
        line = line.replace(f"mkd:passage-{BLANK} ] ", "mkd:passage-000-prospects ] ")
        line = re.sub(rf"(mk:passage mkd:passage-){BLANK}", r"\g<1>000-prospects", line)
        for blank, value in (
            (f'mk:fileName "{BLANK}"', 'mk:fileName "example.pdf"'),
            ("____-__-__", "2020-04-30"),
            ("____-__", "2020-04"),
            ('"____"', '"2020"'),
            (f"line={BLANK},{BLANK}", "line=120,124"),
            (f"page={BLANK}", "page=7"),
            (f"P{BLANK}Y", "P4Y"),
            (f"https://{BLANK}", "https://www.ilo.org/example"),
            (f'"{BLANK}"^^', '"12"^^'),
            (f'"{BLANK}"', '"Example of ours"'),
        ):
            line = line.replace(blank, value)
        return line.replace(BLANK, "example-of-ours")


@pytest.mark.parametrize("name", KINDS)
def test_template_is_valid_when_its_blanks_are_filled(
    name: str, triples: Triples, choices: Choices, data: Graph, shapes: Graph
) -> None:
    kind = kinds.kind(name, triples)
    text = template(kind, choices, "en")
    full = Filler(kind, choices, text).fill(text)
    assert BLANK not in re.sub(r"^\s*#.*", "", full, flags=re.MULTILINE)
    assert [f"{f.path} {f.message('en')}" for f in judged(full, data, shapes)] == []


@pytest.mark.parametrize("name", KINDS)
def test_every_blank_that_is_left_is_found(
    name: str, triples: Triples, choices: Choices, data: Graph, shapes: Graph
) -> None:
    kind = kinds.kind(name, triples)
    text = uncommented(template(kind, choices, "en"))
    left = {s for s in parsed(text) if BLANK in str(s[2])}
    findings = judged(text, data, shapes)
    assert {(p, o) for _, p, o in left} <= {(f.path, f.value) for f in findings}
    new = {s for s, _, _ in parsed(text) if isinstance(s, URIRef)}
    assert all(BLANK in str(node) for node in new)
    assert new <= {f.focus for f in findings}


@pytest.mark.parametrize("name", KINDS)
def test_a_template_as_it_comes_is_validated_with_the_place_of_each_blank(
    name: str, tmp_path: Path
) -> None:
    entry = tmp_path / "entry.ttl"
    run = CliRunner().invoke
    assert run(cli, ["new", name, "-o", str(entry)]).exit_code == 0
    lines = entry.read_text(encoding="utf-8").splitlines()
    blanks = {at for at, line in enumerate(lines, 1) if BLANK in line.partition("#")[0]}
    result = run(cli, ["validate", str(entry), "-f", "json"])
    assert result.exit_code == 1, result.output
    found = json.loads(result.stdout)["findings"]
    assert blanks <= {one["place"]["line"] for one in found}


def blocks(text: str) -> Iterator[str]:
    """The commented blocks of a template, each by itself."""
    for block in re.split(r"\n\n", text):
        if re.search(r"^# mkd:", block, re.MULTILINE):
            yield re.sub(r"^# ", "", block, flags=re.MULTILINE)


@pytest.mark.parametrize("name", ["project", "statistic"])
def test_blocks_are_valid_when_they_are_filled(
    name: str, triples: Triples, choices: Choices, data: Graph, shapes: Graph
) -> None:
    kind = kinds.kind(name, triples)
    text = template(kind, choices, "en")
    head = "".join(re.findall(r"^PREFIX .*\n", text, re.MULTILINE))
    filler = Filler(kind, choices, text)
    seen = 0
    for block in blocks(text):
        filled = filler.fill(head + block)
        about = re.search(r"^mkd:(\S+)", filled, re.MULTILINE)
        assert about
        # what belongs to another thing is found to be missing there, and nothing else is
        whose = {"Participation-whole", "Budget-whose", "StatusReport-whose", "Objective-whose"}
        found = {shorten(f.source).removeprefix("mksh:") for f in judged(filled, data, shapes)}
        in_a_text = {"Passage-selector-missing"} if about[1].startswith("passage-") else set()
        assert found <= whose | in_a_text, block
        seen += 1
    assert seen == 5 + {"project": 6, "statistic": 2}[name]


@pytest.mark.parametrize("name", KINDS)
def test_optional_lines_are_turtle_and_pass_the_shapes(
    name: str, triples: Triples, choices: Choices, data: Graph, shapes: Graph
) -> None:
    """All that the main thing may have, at once; but for what excludes something else."""
    kind = kinds.kind(name, triples)
    text = template(kind, choices, "en")
    filler = Filler(kind, choices, text)
    excluded = re.compile(
        r"mk:(lowerBound|upperBound|boundOpenness|instrumentNumber|edition|partOf|accompanies) "
        r"|mk:(statusReport|budget) |prov:qualifiedAssociation |mk:supports|mk:value"
    )
    main = text[: text.index("\n.\n") + 3]
    lines = [
        re.sub(r"^( *)# ", r"\1", line) if not excluded.search(line) else line
        for line in main.splitlines()
    ]
    filled = filler.fill("\n".join(lines))
    found = [f"{shorten(f.source)}: {f.value}" for f in judged(filled, data, shapes)]
    assert [f for f in found if "identifier" not in f and "issued-year" not in f] == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("name", KINDS)
def test_template_tells_all_of_a_kind(
    name: str, language: str, triples: Triples, choices: Choices
) -> None:
    kind = kinds.kind(name, triples, language)
    text = template(kind, choices, language)
    main = kind.nodes[0]
    for field in main.fields:
        line = re.search(
            rf"^ *(# )?{re.escape(shorten(field.iri))} .*{BLANK[:2]}", text, re.MULTILINE
        )
        assert line, field.iri
        assert (line[1] is None) == (field.needed or field.usual)
        assert field.label in " ".join(re.sub(r"^ *#+ *", "", text, flags=re.MULTILINE).split())
    assert all(len(line) <= 100 for line in text.splitlines() if re.match(r" *## [^ ]", line))
    for word in ("rfc5147", "rfc8118", "mk:readOn", "oa:FragmentSelector", "mk:documentKind"):
        assert word in text or name == "document"


def test_template_is_in_the_language(triples: Triples, choices: Choices) -> None:
    texts = {
        language: template(kinds.kind("project", triples, language), choices, language)
        for language in ("en", "fr", "es")
    }
    assert "Jordan (JOR)" in texts["en"]
    assert "Jordanie (JOR)" in texts["fr"]
    assert "Jordania (JOR)" in texts["es"]
    assert "élément probant" in texts["fr"]
    assert "prueba: obligatoria" in texts["es"]


def test_lists_name_all_of_a_short_list_and_how_to_get_a_long_one(
    triples: Triples, choices: Choices
) -> None:
    text = template(kinds.kind("ratification", triples), choices, "en")
    for code in triples.subjects(expand("skos:inScheme") or "", f"{MKC}ratification-status"):
        assert shorten(code) in text
    assert "migkg query -e 'SELECT ?thing ?name { VALUES ?class { mk:Country }" in text
    listed = re.search(
        r"list-codes --scheme (\S+)", template(kinds.kind("project", triples), choices, "en")
    )
    assert listed
    done = CliRunner().invoke(cli, ["query", "list-codes", "--scheme", listed[1]])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) > 12


def test_command_in_the_lists_runs(triples: Triples, choices: Choices) -> None:
    text = template(kinds.kind("ratification", triples), choices, "en")
    query = re.search(r"migkg query -e '(.*VALUES \?class \{ mk:Country \}.*)'", text)
    assert query
    done = CliRunner().invoke(cli, ["query", "-e", query[1]])
    assert "country-JOR" in done.stdout


def test_what_shapes_say_is_in_the_kind(triples: Triples) -> None:
    kind = kinds.kind("statistic", triples)
    fields = {shorten(field.iri): field for field in kind.nodes[0].fields}
    assert fields["mk:indicator"].needed
    assert fields["sdmx-measure:obsValue"].usual
    assert fields["mk:lowerBound"].instead == ("value", "upper bound")
    budget = kinds.kind("project", triples).node(MK + "Budget")
    assert budget.owner == MK + "budget"
    assert budget.stem == "budget-"
    unit = next(f for f in budget.fields if f.iri.endswith("unitMeasure"))
    assert unit.having is not None
    assert kinds.kind("cooperative", triples).nodes[0].stem == "cooperative-"


def test_inferred_property_is_not_asked_for(triples: Triples) -> None:
    fields = kinds.kind("project", triples).nodes[0].fields
    assert MK + "participant" not in [field.iri for field in fields]


def test_kinds_are_listed_a_line_each() -> None:
    done = CliRunner().invoke(cli, ["new"])
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(KINDS)
    assert all(len(line.split()) > 2 for line in done.stdout.splitlines())


def test_unknown_kind_names_the_nearest(triples: Triples) -> None:
    with pytest.raises(UsageError, match="did you mean cooperative"):
        kinds.kind("coopertive", triples)
    with pytest.raises(UsageError, match="there are project, cooperative"):
        kinds.kind("zzz", triples)


def test_kinds_complete_in_the_shell() -> None:
    asked = {"_MIGKG_COMPLETE": "bash_complete", "COMP_WORDS": "migkg new co", "COMP_CWORD": "2"}
    done = CliRunner().invoke(cli, env=asked, prog_name="migkg")
    assert done.stdout.split() == ["plain,cooperative"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x.ttl"], "name the kind"),
        (["project", "--from", "PROSPECTS"], "--sheet"),
        (["project", "--sheet", "a.xlsx", "-o", "b.ttl"], "leave -o out"),
        (["project", "--sheet", "a.ods"], ".xlsx"),
        (["project", "--sheet", "a.xlsx", "--from", "PROSPEKTS"], "near: mkd:project-prospects"),
        (["event", "--sheet", "a.xlsx", "--from", "PROSPECTS"], "no event is called"),
        (["cooperative", "--sheet", "a.xlsx", "--from", "all"], "has no cooperative yet"),
    ],
)
def test_call_that_makes_no_sense_is_refused(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGKG_GRAPH", str(Path(__file__).parent.parent))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["new", *arguments])
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)
    assert not list(tmp_path.iterdir())


def test_file_that_may_be_filled_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "entry.ttl"
    assert CliRunner().invoke(cli, ["new", "event", "-o", str(path)]).exit_code == 0
    made = path.read_text()
    again = CliRunner().invoke(cli, ["new", "project", "-o", str(path)])
    assert "is there already" in str(again.exception)
    assert path.read_text() == made


def test_names_become_identifiers() -> None:
    assert slug("Œuvres coopératives – 2ᵉ phase (Égypte)") == "oeuvres-cooperatives-2e-phase-egypte"
    assert slug("L’emploi d'abord") == "lemploi-dabord"
    assert slug("移民") == ""
    assert len(slug("a" * 500)) == 60


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lines 121-124", "line=120,124"),
        ("lignes 121–124", "line=120,124"),
        ("Línea 7", "line=6,7"),
        ("page 7", "page=7"),
        ("página 12", "page=12"),
        ("line=120,124", "line=120,124"),
        ("lines 124-121", None),
        ("page 0", None),
        ("lines 0-4", None),
        ("somewhere", None),
    ],
)
def test_positions_are_read_as_people_count(text: str, value: str | None) -> None:
    assert selector(text) == value


def test_positions_are_written_as_people_count() -> None:
    assert worded("line=120,124", "fr") == "lignes 121–124"
    assert selector(worded("line=0,1", "es")) == "line=0,1"
    assert selector(worded("page=3", "es")) == "page=3"
