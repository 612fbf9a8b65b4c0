"""The pages of docs/: made from the graph as it is, with all that it has; their links lead on."""

import importlib.util
import os
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from migkg import graph, store
from migkg.cli import cli
from migkg.errors import UsageError
from migkg.model import constraints, model
from migkg.namespaces import MK, OWL, RDF, RDFS, SKOS, expand, shorten
from migkg.queries import catalogue

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GRAPH = graph.find(str(ROOT), os.getcwd())
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
QUESTIONS = (DOCS / "questions.md").read_text(encoding="utf-8")
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")


@cache
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def read() -> model.Model:
    return model.read(GRAPH)


def test_pages_are_current() -> None:
    for path, text in generate().pages(GRAPH).items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.name} is out of date: python docs/generate.py writes it"
        )


def test_check_tells_what_is_out_of_date_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = DOCS / "questions.md"
    before = page.read_bytes()
    monkeypatch.setattr(generate(), "pages", lambda _graph: {page: "other"})
    assert generate().main(["--check"]) == 1
    assert "python docs/generate.py" in capsys.readouterr().err
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("region", "why"),
    [
        ("<!-- picture nothing -->\n<!-- end -->", "nothing"),
        ("<!-- photo actors -->\n<!-- end -->", "photo"),
        ("<!-- picture actors -->\n<!-- end -->", "projects"),
        ("<!-- overview\nmk:City mk:Tool\n-->\n<!-- end -->", "mk:City to mk:Tool"),
        ("<!-- overview\nCity Tool\n-->\n<!-- end -->", "prefix"),
    ],
)
def test_a_region_that_cannot_be_filled_or_is_missing_is_told(region: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        generate().filled(region, read())


def declared(kind: str) -> set[str]:
    """The terms of our own that the ontology declares, read without the model."""
    files = [path for path in (ROOT / "ontology").rglob("*.ttl") if path.parent.name != "shapes"]
    return {
        quad.subject.value
        for path in files
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
        if quad.predicate.value == RDF + "type"
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value.endswith(kind)
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith("https://w3id.org/migkg/")
    }


def test_every_class_property_and_code_list_is_told() -> None:
    classes, schemes = declared("#Class"), declared("#ConceptScheme")
    assert classes
    assert schemes
    for iri in classes:
        assert f"### `{shorten(iri)}`" in MODEL
    for iri in schemes | declared("Property"):
        assert f"`{shorten(iri)}`" in MODEL


def test_every_class_is_drawn_in_pictures_that_fit_a_page() -> None:
    pictures = re.findall(r"```mermaid\n(.*?)```", MODEL, re.DOTALL)
    for iri in declared("#Class"):
        assert any(re.search(rf"class {shorten(iri)[3:]}\b", picture) for picture in pictures[1:])
    assert max(len(picture.splitlines()) for picture in pictures) < 90, "too large to read"


def test_what_the_data_says_is_what_the_model_tells(shipped: ox.Store) -> None:
    """Each statement is of a property that the model gives the class, with a value it lists."""
    told = read()
    typed = {iri: list(broader(told, iri)) for iri in told.classes}
    kinds: dict[object, set[str]] = {}
    asserted: dict[object, set[str]] = {}
    for found, within in ((kinds, store.ALL), (asserted, store.ASSERTED)):
        for quad in shipped.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, within):
            assert isinstance(quad.object, ox.NamedNode)
            found.setdefault(quad.subject, set()).add(quad.object.value)
    seen = 0
    for path in graph.data_files(GRAPH):
        for triple in graph.read(path):
            for iri in asserted.get(triple.subject, set()) & typed.keys():
                if not triple.predicate.value.startswith((RDF, RDFS, SKOS, OWL, MK + "evidence")):
                    bearers = [
                        p
                        for above in typed[iri]
                        for p in told.classes[above].properties
                        if p.iri == triple.predicate.value
                    ]
                    assert bearers, (shorten(iri), shorten(triple.predicate.value))
                    assert fits(triple.object, bearers[0].values, kinds, shipped), triple
                    seen += 1
    assert seen > 500


def broader(told: model.Model, iri: str) -> Iterator[str]:
    yield iri
    for parent in told.classes[iri].broader:
        yield from broader(told, parent)


def fits(
    value: object, values: constraints.Values, kinds: dict[object, set[str]], shipped: ox.Store
) -> bool:
    if not any(values) or constraints.NODE in values.datatypes:
        return True
    if isinstance(value, ox.Literal):
        numbers = {expand("xsd:integer"), expand("xsd:decimal"), expand("xsd:double")}
        return value.datatype.value in values.datatypes or bool(
            values.datatypes & numbers and value.datatype.value in numbers
        )
    assert isinstance(value, ox.NamedNode)
    if constraints.PROPERTY in values.datatypes:
        return True
    schemes = {
        quad.object.value
        for quad in shipped.quads_for_pattern(value, ox.NamedNode(SKOS + "inScheme"), None)
        if isinstance(quad.object, ox.NamedNode)
    }
    of_it = kinds.get(value, set())
    return bool(values.classes & of_it or values.schemes & schemes) or (
        constraints.ADDRESS in values.datatypes and not of_it
    )


@pytest.mark.parametrize(
    ("class_name", "property_name", "count"),
    [
        ("mk:Participation", "prov:hadRole", "one"),
        ("mk:Claim", "mk:modality", "one"),
        ("mk:Claim", "mk:claimYear", "at most one"),
        ("mk:DeficitFinding", "mk:deficit", "at least one"),
        ("mk:Project", "mk:country", "any"),
    ],
)
def test_how_many_values_the_shapes_demand_is_told(
    class_name: str, property_name: str, count: str
) -> None:
    section = MODEL.partition(f"### `{class_name}`\n")[2].partition("\n#")[0]
    row = next(line for line in section.splitlines() if f"`{property_name}`" in line)
    assert row.split(" | ")[3] == count


def test_every_query_and_question_is_told() -> None:
    for query in catalogue.read(GRAPH).values():
        assert f"\n### {query.name}\n" in QUESTIONS
        assert f"(../queries/{query.name}.rq)" in QUESTIONS
        for question in query.questions:
            assert f"{question.ask} ({question.id})" in QUESTIONS


def headings(page: Path) -> set[str]:
    """The anchors of a page; a heading that stands twice would be called -1 the second time."""
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    anchors = [generate().anchor(heading) for heading in found]
    assert len(anchors) == len(set(anchors)), f"{page.name}: a heading stands twice"
    return set(anchors)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        if anchor:
            assert anchor in headings(file), target


WITHOUT_ROWS = {"migkg query list-ratifications"}  # the documents tell of none
COMMANDS = re.findall(r"^\s*(migkg query .+)$", QUESTIONS, re.MULTILINE)


@pytest.mark.usefixtures("shipped")
def test_command_lines_answer() -> None:
    """Each command line of the page, as a shell reads it, finds something."""
    assert len(COMMANDS) > 20
    for command in COMMANDS:
        words = shlex.split(command)[1:]
        ran = CliRunner().invoke(cli, ["--graph", str(ROOT), *words, "-f", "csv"])
        found = len(ran.stdout.splitlines()) > 1
        assert (ran.exit_code, found) == (0, command not in WITHOUT_ROWS), (command, ran.output)
