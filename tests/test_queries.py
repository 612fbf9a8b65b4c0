"""Stored queries: what is read off a file, what is refused, and what is put into the text."""

import os
import re
import shlex
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, URIRef, Variable

from migkg.errors import InputError, MigkgError, UsageError
from migkg.graph import Graph
from migkg.lookup import literal
from migkg.namespaces import PREFIXES, XSD
from migkg.queries import catalogue
from migkg.queries.calling import command_line
from migkg.queries.query import Question

ROOT = Path(__file__).parent.parent
HEADER = """#+ summary: Which projects are there?
#+ tags: [projects]
#+ questions:
#+   - id: cq-006
#+     ask: Which projects
#+       are there in Jordan?
#+     with: {country: Jordan}
#+   - {id: mk-001, ask: "Which, of: loans?", with: {country: [Kenya, JOR], year: 2018, kind: loan}}
#+ defaults:
#+   - year: 2016
#+ enumerate:
#+   - kind:
#+     - loan
#+     - grant
#+ parameters:
#+   country: {domain: "mk:Country", description: where it takes place}
#+ chart: {mark: bar, x: name, y: {field: year, type: ordinal}}
"""
BODY = """PREFIX ex: <http://example.org/>
SELECT ?name ?year WHERE {
  ?p ex:name ?name ; ex:year ?year ; ex:kind ?__kind ; ex:text ?__text_en ; ex:x ?__x_ex_unit .
  FILTER(?year > ?_year_integer) FILTER(?p IN (?_country_iri)) # ?_comment
}
"""


def _mistake(text: str) -> str:
    with pytest.raises(InputError) as error:
        catalogue.parse("some.rq", text)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_header_and_parameters_are_read() -> None:
    query = catalogue.parse("/somewhere/list-projects.rq", HEADER + BODY)
    assert query.name == "list-projects"
    assert (query.summary, query.tags) == ("Which projects are there?", ("projects",))
    assert query.questions == (
        Question("cq-006", "Which projects are there in Jordan?", (("country", ("Jordan",)),)),
        Question(
            "mk-001",
            "Which, of: loans?",
            (("country", ("Kenya", "JOR")), ("year", ("2018",)), ("kind", ("loan",))),
        ),
    )
    assert query.chart == {"mark": "bar", "x": "name", "y": {"field": "year", "type": "ordinal"}}
    parameters = {parameter.name: parameter for parameter in query.parameters}
    assert {name: p.kind for name, p in parameters.items()} == {
        "kind": "string",
        "text": "en",
        "x": "http://example.org/unit",
        "year": "http://www.w3.org/2001/XMLSchema#integer",
        "country": "iri",
    }
    assert {name for name, p in parameters.items() if p.required} == {"year", "country"}
    assert {name for name, p in parameters.items() if p.multiple} == {"country"}
    assert parameters["year"].default == "2016"
    assert parameters["kind"].choices == ("loan", "grant")
    assert parameters["country"].domain == "https://w3id.org/migkg/ontology#Country"
    assert parameters["country"].description == "where it takes place"


def test_what_grlc_reads_is_what_we_read() -> None:
    """grlc takes every variable that rdflib reads and that begins with one or two underscores.

    Since https://github.com/CLARIAH/grlc/pull/432 those within FILTER are among them.
    """
    for path in [*map(Path, _shipped()), None]:
        text = path.read_text() if path else HEADER + BODY
        query = catalogue.parse(str(path or "x.rq"), text)
        translateQuery(parseQuery(text))
        names = {str(leaf) for leaf in _leaves(text) if isinstance(leaf, Variable)}
        seen = {name for name in names if re.match(r"__?[^_]", name)}
        assert seen == {parameter.variable for parameter in query.parameters}
        for parameter in query.parameters:  # grlc replaces by text, within longer names as well
            alone = rf"\?{parameter.variable}(?!\w)"
            assert text.count("?" + parameter.variable) == len(re.findall(alone, text))


def _shipped() -> list[str]:
    return [str(path) for path in sorted((ROOT / "queries").glob("*.rq"))]


@pytest.mark.parametrize(
    ("header", "place", "why"),
    [
        ("#+ summary: one: two", "1:16", "quotation marks"),
        ("#+ summary: [a", "1:", "not YAML"),
        ("#+ summary: a\n#+ sumary: b", "2:4", "sumary"),
        ("#+ summary: a\n#+ summary: b", "2:4", "twice"),
        ("#+ - summary", "1:1", "key: value"),
        ("#+ summary: {a: b}", "1:4", "text"),
        ("#+ tags: projects", "1:4", "list"),
        ("#+ summary: a\n#+ defaults:\n#+   - nothing: 1", "2:4", "nothing"),
        ("#+ parameters:\n#+   country: {range: mk:X}", "1:4", "domain"),
        ("#+ parameters:\n#+   country: {domain: nope:X}", "1:4", "nope:X"),
        ("#+ chart: {mark: bar, x: nothing}", "1:4", "nothing"),
        ("#+ chart: bar", "1:4", "mark"),
        ("#+ enumerate: {country: yes}", "1:4", "list"),
        ("#+ enumerate:\n#+   - country: [{a: b}]", "1:4", "list"),
        ("#+ enumerate: [country: [a, [b]]]", "1:4", "list"),
        ("#+ enumerate: [country]", "1:4", "list"),
        ("#+ tags: [{a: b}]", "1:4", "list"),
        ("#+ summary: a\n#+ parameters: {country: {domain: [a]}}", "2:4", "domain"),
        ("#+ parameters: {country: {domain: }}", "1:4", "domain"),
        ("#+ parameters: {country: {description: [a]}}", "1:4", "description"),
        ("#+ parameters: {country: {description: }}", "1:4", "description"),
        ("#+ defaults: [country: c]\n#+ enumerate: [country: [a, b]]", "1:4", "a, b"),
        ("#+ summary: a\n#+ tags: &a [*a]", "2:14", "alias"),
        ("#+ summary: &a text\n#+ description: *a", "2:17", "alias"),
        ("#+ tags: " + "[" * 5000 + "]" * 5000, "1:1", "deep"),
    ],
)
def test_a_broken_header_is_named_with_its_place(header: str, place: str, why: str) -> None:
    message = _mistake(f"{header}\nSELECT ?name {{ ?_country_iri ?p ?name }}")
    assert message.startswith(f"some.rq:{place}")
    assert why in message


@pytest.mark.parametrize(
    ("questions", "place", "why"),
    [
        ("#+ questions: cq-004", "1:4", "list"),
        ("#+ questions: [cq-004]", "1:16", "id and an ask"),
        ("#+ questions: [[a]]", "1:16", "id and an ask"),
        ("#+ questions: [{id: cq-1}]", "1:16", "id and an ask"),
        ("#+ questions:\n#+   - {id: cq-1, ask: A, wiht: {}}", "2:27", "wiht"),
        ("#+ questions:\n#+   - id: 4\n#+     ask: A?", "2:8", "cq-004"),
        ("#+ questions:\n#+   - id: [a]\n#+     ask: A?", "2:8", "text"),
        ("#+ questions:\n#+   - id: cq-1\n#+     ask: ", "3:8", "text"),
        ("#+ questions:\n#+   - id: cq-1\n#+     ask: A?\n#+     with: JOR", "4:8", "values"),
        ("#+ questions:\n#+   - {id: cq-1, ask: A, with: {land: JOR}}", "2:34", "“land”"),
        ("#+ questions:\n#+   - {id: cq-1, ask: A, with: {country: }}", "2:34", "text"),
        ("#+ questions:\n#+   - {id: cq-1, ask: A, with: {country: []}}", "2:34", "value"),
        ("#+ questions:\n#+   - {id: cq-1, ask: A, with: {country: [[a]]}}", "2:34", "text"),
        ("#+ questions:\n#+   - {id: cq-1, ask: A}", "2:8", "country: …"),
        (
            "#+ questions:\n#+   - {id: cq-1, ask: A, with: {country: [JOR, KEN]}}",
            "2:34",
            "takes one value, not 2",
        ),
        (
            "#+ questions:\n#+   - {id: cq-1, ask: A, with: {country: JOR, year: MMXX}}",
            "2:48",
            "MMXX",
        ),
        (
            "#+ questions:\n#+   - {id: cq-1, ask: A, with: {country: JOR}}\n"
            "#+   - {id: cq-1, ask: B, with: {country: JOR}}",
            "3:8",
            "twice",
        ),
    ],
)
def test_a_question_that_the_query_does_not_answer_is_named_with_its_place(
    questions: str, place: str, why: str
) -> None:
    message = _mistake(
        f"{questions}\nSELECT ?name {{ ?_country_iri ?p ?name ; ?q ?__year_integer }}"
    )
    assert message.startswith(f"some.rq:{place}: "), message
    assert why in message


def test_one_id_is_one_question(graph: Graph) -> None:
    """Two queries may answer one question, each in its way; one id is never two questions."""
    folder = Path(graph.root, "queries")
    asks = "#+ summary: a\n#+ questions: [{id: cq-4, ask: %s}]\nSELECT ?x { ?x ?p ?o }"
    _write(folder / "list-projects.rq", asks % "What")
    _write(folder / "show-budget.rq", asks % "What")
    assert len(catalogue.read(graph)) == 2
    _write(folder / "show-budget.rq", asks % "Who")
    with pytest.raises(InputError, match=r"show-budget\.rq:2:21: cq-4 .*list-projects\.rq"):
        catalogue.read(graph)


@pytest.mark.parametrize(
    ("text", "column", "why"),
    [
        ("SELECT ?_x { ?_x ?p ?o }", 8, "column"),
        ("SELECT * { ?s ?p ?_x }", 18, "column"),
        ("SELECT ?p { ?s ?p ?_x } GROUP BY ?p ?_x", 37, "grouped"),
        ("SELECT ?p { ?s ?p ?_x FILTER(BOUND(?_x)) }", 36, "BOUND"),
        ("SELECT ?p { ?s ?p ?o BIND(?o AS ?_x) }", 33, "AS"),
        ("SELECT ?p { ?s ?_x ?p }", 16, "no value"),
        ("SELECT ?p { ?s ?p ?_x_y_z_w }", 19, "no parameter"),
        ("SELECT ?p { ?s ?p ?___x }", 19, "no parameter"),
        ("SELECT ?p { ?s ?p ?_x_nonsense }", 19, "nonsense"),
        ("SELECT ?p { ?s ?p ?_x_nope_year }", 19, "nope:"),
        ("SELECT ?p { ?s ?p ?_limit_integer }", 19, "--limit"),
        ("SELECT ?p { ?s ?p ?_x , ?__x_iri }", 25, "both"),
        ("SELECT ?p { ?s ?p ?_form }", 19, "form"),
        ("SELECT ?p { ?s ?p ?_Limit_integer }", 19, "--limit"),
        ("SELECT ?p { ?s ?p ?_activityType , ?_ActivityType }", 36, "--activity-type"),
        ("SELECT ?p { ?s ?p ?_1x }", 19, "no parameter"),
        ("SELECT ?p { ?s ?p ?o FILTER(?o = ?__x) }", 34, "COALESCE"),
        ("SELECT ?p { ?s ?p ?o FILTER(!(?o < ?__x)) }", 36, "COALESCE"),
        ("SELECT ?p { ?s ?p ?o FILTER REGEX(?o, ?__x) }", 39, "COALESCE"),
        ("SELECT ?p { ?s ?p ?o FILTER NOT EXISTS { ?s ?q ?o FILTER(?o = ?__x) } }", 63, "COAL"),
        ("SELECT ?p { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(?o) > ?__x)", 56, "COALESCE"),
        ("SELECT ?p { ?s ?p ?o FILTER(?o<?_max_integer&&5>?o) }", 31, "space after <"),
        ("SELECT ?p { ?s ?p ?o FILTER(?o<$__max&&5>?o) }", 31, "space after <"),
        ("SELECT ?p { ?s ?p ?_x , ?_xy }", 19, "grlc"),
        ("SELECT ?p { ?s ?p ?o FILTER(?o IN (?__x)) }", 36, "COALESCE"),
        ("SELECT ?p { ?s ex:p ?p }", 16, "ex:"),
        ("SELECT ?p { ?s ?p", 18, "}"),
    ],
)
def test_a_parameter_that_cannot_be_one_is_named_with_its_place(
    text: str, column: int, why: str
) -> None:
    message = _mistake(f"#+ summary: a\n{text}")
    assert message.startswith(f"some.rq:2:{column}: ")
    assert why in message


def test_optional_parameters_match_anything_and_take_several_values() -> None:
    query = catalogue.parse("x.rq", "SELECT ?s { ?s ?p ?o FILTER(COALESCE(?o IN (?__o), true)) }")
    store = ox.Store()
    predicate = ox.NamedNode("http://e/p")
    for value in ("a", "b", "c"):
        store.add(ox.Quad(ox.NamedNode("http://e/" + value), predicate, ox.Literal(value)))

    def count(*values: str) -> int:
        found = store.query(catalogue.bind(query, {"o": [ox.Literal(value) for value in values]}))
        assert isinstance(found, ox.QuerySolutions)
        return len(list(found))

    assert (count(), count("a"), count("a", "c"), count("d")) == (3, 1, 2, 0)


@pytest.mark.parametrize(
    "body",
    [
        "?s ?p ?__x",
        "?s ?p ?__x FILTER(?__x != ?o) ?s ?q ?o",
        "?s ?p ?o FILTER(COALESCE(?o = ?__x, true))",
        "?s ?p ?o FILTER(LANG(?o) = COALESCE(?__x, 'en'))",
        "?s ?p ?o BIND(?__x AS ?y)",
        "?s ?p ?o ; <http://e/absolute?_x> ?y FILTER(COALESCE(?o< ?__x, true))",
    ],
)
def test_where_an_optional_parameter_may_be_without_value(body: str) -> None:
    """Without a value each of these finds what it would find without the parameter."""
    query = catalogue.parse("x.rq", f"SELECT ?s {{ {body} }}")
    assert [parameter.required for parameter in query.parameters] == [False]


def test_bind_refuses_what_is_missing_or_too_much() -> None:
    query = catalogue.parse("x.rq", "SELECT ?o { ?_s_iri ?p ?o }")
    with pytest.raises(UsageError, match="missing"):
        catalogue.bind(query, {})
    one = ox.NamedNode("http://e/1")
    with pytest.raises(UsageError, match="one value"):
        catalogue.bind(query, {"s": [one, one]})


INJECTED = st.one_of(
    st.text(),
    st.text(st.sampled_from(list("\"'\\u0075U?{}<>#@^.,;()\n\r\t \x00_xIRelect")), max_size=30),
    st.sampled_from(['x" } #', '" . ?s ?p ?o . "', "\\u0022 }", "http://e/> ?p <http://e/"]),
)


@given(
    INJECTED, st.sampled_from(["string", "en", "number", "http://www.w3.org/2001/XMLSchema#date"])
)
def test_nothing_that_is_typed_changes_the_query(typed: str, kind: str) -> None:
    """The bound text has the algebra of the unbound one, with one literal for the variable."""
    text = 'SELECT ?s { ?s <http://e/p> ?_x, "?_x" ; <http://e/?_x> ?o FILTER(?o != ?_x) # ?_x\n }'
    query = catalogue.parse("x.rq", text)
    try:
        value = literal(kind, typed)
    except UsageError:
        return
    bound = catalogue.bind(query, {"x": [value]})
    leaves = _leaves(bound)
    at = [place for place, leaf in enumerate(_leaves(text)) if leaf == Variable("_x")]
    assert len(at) == 2
    language = value.language or ""
    datatype = "" if language else value.datatype.value
    assert [leaves[place] for place in at] == [(value.value, language, datatype)] * 2
    back = [Variable("_x") if place in at else leaf for place, leaf in enumerate(leaves)]
    assert back == _leaves(text)


@given(INJECTED.filter(lambda text: "\0" not in text))
def test_a_command_line_that_is_shown_is_what_a_shell_takes(typed: str) -> None:
    query = catalogue.parse("x.rq", "SELECT ?s { ?s ?p ?__activityType }")
    question = Question("cq-1", "Which?", (("activityType", (typed,)),))
    words = shlex.split(command_line(query, question.values))
    assert words == ["migkg", "query", "x", "--activity-type", typed]


@given(INJECTED)
def test_an_iri_is_one_token_or_refused(typed: str) -> None:
    text = "SELECT ?p { ?_x_iri ?p ?o }"
    query = catalogue.parse("x.rq", text)
    try:
        value = ox.NamedNode(typed)
    except ValueError:
        return
    leaves = _leaves(catalogue.bind(query, {"x": [value]}))
    assert [
        URIRef(typed) if leaf == Variable("_x_iri") else leaf for leaf in _leaves(text)
    ] == leaves


def _leaves(text: str) -> list[object]:
    """List the terms of a query and the names of what they stand in, in the order of the text."""
    found: list[object] = []

    def collect(node: object) -> object:
        if isinstance(node, CompValue) and node.name == "literal":
            datatype = str(node.datatype or XSD + "string")
            found.append((str(node.string), str(node.lang or ""), "" if node.lang else datatype))
            return node
        if isinstance(node, Literal | URIRef | Variable):
            found.append(node)
        elif isinstance(node, CompValue):
            found.append(node.name)
        return None

    traverse(parseQuery(text), visitPre=collect)
    return found


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.setenv("MIGKG_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "graph" / "queries"
    (folder / "checks").mkdir(parents=True)
    for name in ("list-projects", "show-budget"):
        _write(folder / f"{name}.rq", f"#+ summary: {name}?\nSELECT ?x {{ ?x ?p ?__o }}")
    return Graph(str(folder.parent))


def _write(path: Path, text: str, age: float = 60) -> None:
    path.write_text(text)
    at = path.stat().st_mtime - age
    os.utime(path, (at, at))


def test_the_catalogue_notices_every_change(graph: Graph) -> None:
    assert list(catalogue.read(graph)) == ["list-projects", "show-budget"]
    path = Path(graph.root, "queries", "show-budget.rq")
    _write(path, "#+ summary: other\nSELECT ?x { ?x ?p ?__o }")
    assert catalogue.read(graph)["show-budget"].summary == "other"
    path.write_text("#+ summary: third\nSELECT ?x { ?x ?p ?__o }")
    assert catalogue.stored(graph, "show-budget").summary == "third"
    path.unlink()
    assert list(catalogue.read(graph)) == ["list-projects"]


def test_what_is_remembered_is_what_is_parsed(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(graph.root, "queries", "list-projects.rq")
    path.write_text(HEADER + BODY)
    later = path.stat().st_ctime + 60
    monkeypatch.setattr("time.time", lambda: later)
    parsed = catalogue.stored(graph, "list-projects")
    remembered = Path(os.environ["MIGKG_CACHE"], "queries")
    assert [entry.name[:13] for entry in remembered.iterdir()] == ["list-projects"]
    assert catalogue.stored(graph, "list-projects") == parsed
    for entry in remembered.iterdir():
        entry.write_bytes(entry.read_bytes()[:-20])
    assert catalogue.stored(graph, "list-projects") == parsed


def test_what_is_remembered_is_forgotten_when_the_reader_changes() -> None:
    """Each module that reading a file draws in is part of what the memory depends on."""
    package = Path(catalogue.__file__).parent.parent
    state = catalogue._state("x.rq")
    reading, seen = ["queries/file"], {"graph", "errors"}  # messages alone
    while reading:
        module = reading.pop()
        if module in seen:
            continue
        seen.add(module)
        assert str(package / f"{module}.py") in state
        text = (package / f"{module}.py").read_text()
        for origin, names in re.findall(r"^from migkg\.?([\w.]*) import (.*)", text, re.MULTILINE):
            path = origin.replace(".", "/")
            is_module = (package / f"{path}.py").is_file()
            reading += (
                [path] if is_module else [f"{path}/{n}".strip("/") for n in names.split(", ")]
            )
    assert "missing" not in state.rpartition("x.rq")[0]


def test_a_cache_that_cannot_be_written_is_done_without(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGKG_CACHE", "/dev/null/nothing")
    assert list(catalogue.read(graph)) == ["list-projects", "show-budget"]


def test_an_unknown_name_offers_near_ones(graph: Graph) -> None:
    with pytest.raises(UsageError, match="did you mean list-projects"):
        catalogue.stored(graph, "list-project")


def test_a_broken_file_hinders_no_other(graph: Graph) -> None:
    broken = Path(graph.root, "queries", "broken.rq")
    broken.write_bytes(b"#+ summary: \xff\n")
    assert catalogue.stored(graph, "show-budget").name == "show-budget"
    with pytest.raises(InputError, match=r"broken\.rq: byte 13"):
        catalogue.read(graph)
    broken.write_text("SELECT ?x { ?x ?p ?o }")
    with pytest.raises(InputError, match="no summary"):
        catalogue.read(graph)


def test_an_own_file_needs_no_header_and_no_known_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    path.write_text("SELECT ?x { ?x a mk:Project ; mk:country ?_country_iri }")
    query = catalogue.own(str(path))
    bound = catalogue.bind(query, {"country": [ox.NamedNode("http://e/")]})
    ox.Store().query(bound, prefixes=PREFIXES)
    with pytest.raises(MigkgError, match="No such file"):
        catalogue.own(str(tmp_path / "nothing.rq"))
