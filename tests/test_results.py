"""Rows arrive as they are in every format, by the measure of another reader."""

from __future__ import annotations

import csv
import io
import itertools
import xml.etree.ElementTree as ElementTree
from typing import TYPE_CHECKING

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from migkg.errors import UsageError
from migkg.namespaces import MKD, RDF, XSD
from migkg.results import chart, formats, readable
from migkg.results.table import render
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.terms import Row, Term

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}
NASTY = "a\tb\nc\r\nd\re \"q\" 'p' <&>]]> \\n | , ; =1+1 \u2028\u0085é😀 "
IRI = ox.NamedNode("http://example.org/é?a=1&b=<".replace("<", "%3C"))

texts = st.text(st.characters(codec="utf-8"))
xml_texts = st.text(
    st.one_of(st.sampled_from("\t\n\r <&>\"'\\"), st.characters(codec="utf-8", min_codepoint=32))
).filter(lambda text: not {"\ufffe", "\uffff"} & set(text))


def _terms(text: st.SearchStrategy[str]) -> st.SearchStrategy[Term | None]:
    return st.one_of(
        st.none(),
        st.just(IRI),
        st.just(ox.BlankNode("b1")),
        st.builds(ox.Literal, text),
        st.builds(lambda value: ox.Literal(value, language="fr-CA"), text),
        st.builds(
            lambda value: ox.Literal(value, datatype=ox.NamedNode("http://example.org/type")), text
        ),
        st.sampled_from([ox.Literal(5), ox.Literal(1.5), ox.Literal(True)]),
    )


def _rows(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[Term | None, ...]]]:
    return st.lists(st.tuples(_terms(text), _terms(text)), max_size=4)


def _written(rows: list[Row], form: str, variables: tuple[str, ...] = ("a", "été")) -> bytes:
    out = io.BytesIO()
    formats.write(variables, iter(rows), form, out)
    return out.getvalue()


def _read(written: bytes, form: str) -> list[tuple[object, ...]]:
    found = ox.parse_query_results(written, FORMATS[form])
    assert isinstance(found, ox.QuerySolutions)
    assert [name.value for name in found.variables] == ["a", "été"]
    return [tuple(row) for row in found]


@given(_rows(texts), st.sampled_from(["json", "tsv"]))
def test_json_and_tsv_round_trip(rows: list[Row], form: str) -> None:
    assert _read(_written(rows, form), form) == rows


@given(_rows(xml_texts))
def test_xml_round_trip(rows: list[Row]) -> None:
    written = _written(rows, "xml")
    assert _read(written, "xml") == rows
    ElementTree.fromstring(written)


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\ufffe"])
def test_xml_says_what_it_cannot_hold(char: str) -> None:
    with pytest.raises(UsageError, match=rf"U\+{ord(char):04X} in column a; take -f json"):
        _written([(ox.Literal(f"x{char}"), None)], "xml")


def _store() -> ox.Store:
    store = ox.Store()
    values: list[Term] = [ox.Literal(value) for value in (NASTY, "", " x ", 5, 1.5, True)]
    values += [ox.Literal("x", language="en"), IRI, ox.BlankNode()]
    for number, term in enumerate(values):
        store.add(ox.Quad(ox.NamedNode(f"http://e/{number}"), ox.NamedNode("http://e/p"), term))
    return store


@pytest.mark.parametrize("form", [*FORMATS, "csv"])
def test_what_oxigraph_writes_is_read_the_same(form: str) -> None:
    store = _store()
    query = "SELECT ?a ?été ?none { ?a ?p ?été } ORDER BY ?a"
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    ours = io.BytesIO()
    formats.write([v.value for v in found.variables], map(tuple, found), form, ours)
    again = store.query(query)
    assert isinstance(again, ox.QuerySolutions)
    if form == "csv":
        theirs = again.serialize(format=ox.QueryResultsFormat.CSV)
        assert _csv(ours.getvalue()) == _csv(theirs or b"")
        return
    theirs = again.serialize(format=FORMATS[form])
    assert theirs is not None
    left, right = (
        ox.parse_query_results(text, FORMATS[form]) for text in (ours.getvalue(), theirs)
    )
    assert isinstance(left, ox.QuerySolutions)
    assert isinstance(right, ox.QuerySolutions)
    assert left.variables == right.variables
    assert [tuple(row) for row in left] == [tuple(row) for row in right]


def _csv(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode(), newline="")))


@given(_rows(texts))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_csv_is_read_back_by_the_csv_module(rows: list[Row]) -> None:
    fields = [[plain(term) for term in row] for row in rows]
    assert _csv(_written(rows, "csv")) == [["a", "été"], *fields]
    single = [row[:1] for row in fields]
    assert _csv(_written([row[:1] for row in rows], "csv", ("a",))) == [["a"], *single]


def test_rows_are_written_as_they_come() -> None:
    """Nothing is gathered: the first row is out before the second is asked for."""
    for form in ("csv", "tsv", "json", "xml"):
        out = io.BytesIO()

        def rows(out: io.BytesIO = out) -> Iterator[Row]:
            yield (ox.Literal("first"),)
            assert b"first" in out.getvalue()

        formats.write(["a"], rows(), form, out)


def test_booleans() -> None:
    for form in ("json", "xml"):
        out = io.BytesIO()
        formats.write_boolean(False, form, out)
        answer = ox.parse_query_results(out.getvalue(), FORMATS[form])
        assert isinstance(answer, ox.QueryBoolean)
        assert not answer
    with pytest.raises(UsageError, match="yes or no"):
        formats.write_boolean(True, "xlsx", io.BytesIO())


@pytest.mark.parametrize("form", formats.GRAPH_FORMATS)
def test_graphs_are_read_back(form: str) -> None:
    said: tuple[tuple[str, Term], ...] = (
        ("http://e/p", ox.Literal(NASTY)),
        ("http://e/p", IRI),
        (RDF + "type", ox.NamedNode("http://e/2020")),  # no name of XML
    )
    triples = [
        ox.Triple(ox.NamedNode(MKD + name), ox.NamedNode(prop), term)
        for name, (prop, term) in itertools.product(("one", "two"), said)
    ]
    mixed = triples[::3] + triples[1::3] + triples[2::3]
    out = io.BytesIO()
    formats.write_graph(iter(mixed), form, out)
    again = io.BytesIO()
    formats.write_graph(iter(mixed), form, again)
    out.seek(0)
    assert out.getvalue() == again.getvalue()
    assert {quad.triple for quad in ox.parse(out.getvalue(), formats.GRAPH_FORMATS[form])} == {
        *triples
    }
    assert out.getvalue().endswith(b"\n")
    if form == "rdfxml":  # of Oxigraph's own, XML parsers make other texts
        texts = {
            str(o) for o in Graph().parse(out, format="xml").objects(None, URIRef("http://e/p"))
        }
        assert texts == {NASTY, IRI.value}
    if form == "turtle":
        assert out.getvalue().count(b"@prefix") == 2
        assert out.getvalue().count(b"mkd:one") == 1


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ("project", "Project"),
        ("ref_period", "Ref period"),
        ("refPeriod", "Ref period"),
        ("countryISO", "Country ISO"),
        ("ISO3code", "ISO3code"),
        ("x", "X"),
    ],
)
def test_headings(variable: str, words: str) -> None:
    assert readable.heading(variable).lower() == words.lower()
    assert readable.heading(variable)[0] == words[0]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (None, ""),
        (ox.NamedNode(MKD + "country-JOR"), "mkd:country-JOR"),
        (ox.NamedNode("http://example.org/x"), "http://example.org/x"),
        (ox.Literal(94000000), "94,000,000"),
        (ox.Literal(2016), "2016"),
        (ox.Literal("-12345.678", datatype=ox.NamedNode(XSD + "decimal")), "-12,345.678"),
        (ox.Literal("1.5e300", datatype=ox.NamedNode(XSD + "double")), "1.5e300"),
        (ox.Literal("123456"), "123456"),
        (ox.Literal("0000012345", datatype=ox.NamedNode(XSD + "integer")), "12,345"),
        (ox.Literal("00000", datatype=ox.NamedNode(XSD + "integer")), "0"),
        (ox.Literal(True), "yes"),
        (ox.Literal("a\x1b[31mb\x07\u202e"), "a\ufffd[31mb\ufffd\ufffd"),
        (ox.Literal("two\r\nlines\tand"), "two\nlines and"),
    ],
)
def test_how_terms_are_shown(term: Term | None, text: str) -> None:
    assert readable.shown(term) == text


LONG = "a sentence of the kind that stands in a cell and does not fit on a line of a terminal"
ROWS: list[Row] = [
    (ox.Literal("PROSPECTS"), ox.Literal(94000000), ox.Literal(LONG)),
    (ox.Literal("[bold]x[/bold]"), ox.Literal(7), None),
    (ox.Literal("日本語"), ox.Literal(12), ox.Literal("short")),
]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 300])
def test_a_table_fits_the_terminal_and_loses_nothing(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    page = render(["name", "budgetUSD", "about_it"], ROWS, ["1: a note"], False)
    assert max(map(_cells, page.splitlines())) <= width
    words = "".join(page.split())
    for text in ("PROSPECTS", "94,000,000", "[bold]x[/bold]", "日本語", "Budget", "Aboutit"):
        assert text in words
    if width >= 60:
        for word in LONG.split():
            assert word in page
    assert page.splitlines()[-1] == "1: a note"


@given(st.integers(min_value=0))
def test_thousands_are_set_apart(number: int) -> None:
    written = ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
    assert readable.shown(written) == (f"{number:,}" if number > 9999 else str(number))


def test_a_number_of_any_length_is_shown() -> None:
    """Python refuses to read numbers of more than 4,300 digits."""
    huge = ox.Literal("7" * 5000, datatype=ox.NamedNode(XSD + "integer"))
    assert readable.shown(huge).replace(",", "") == huge.value
    assert readable.number(huge.value) == huge.value


@pytest.mark.parametrize("columns", ["²", "0", "", "-5", "99x"])
def test_a_width_that_is_none_is_passed_over(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "94,000,000" in render(["name", "budget", "about"], ROWS, [], False)


def _cells(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


def test_numbers_are_aligned_at_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = render(["n"], [(ox.Literal(94000000),), (ox.Literal(7),)], [], False).splitlines()
    assert [line.rjust(10) for line in lines[2:]] == lines[2:]
    assert lines[3].endswith(" 7")


def test_markdown_is_one_table_whatever_it_holds() -> None:
    nasty = ox.Literal("a|b\nc *d* <script> `e` [f](g) \\")
    out = io.BytesIO()
    formats.write(["x", "n"], [(nasty, ox.Literal(1))], "markdown", out)
    lines = out.getvalue().decode().splitlines()
    assert lines[:2] == ["| X | N |", "| --- | ---: |"]
    assert len(lines) == 3
    assert lines[2] == r"| a\|b<br>c \*d\* \<script> \`e\` \[f\](g) \\ | 1 |"


def test_a_workbook_holds_values_and_no_formulas() -> None:
    day = ox.Literal("2019-03-31", datatype=ox.NamedNode(XSD + "date"))
    huge = ox.Literal("12345678901234567890", datatype=ox.NamedNode(XSD + "integer"))
    rows: list[Row] = [
        (ox.Literal("=1+1"), ox.Literal(5), day, ox.Literal(True)),
        (ox.Literal("bell\x07"), huge, None, ox.NamedNode("http://example.org/")),
    ]
    out = io.BytesIO()
    formats.write(["a_b", "n", "day", "x"], rows, "xlsx", out)
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0] == ["A b", "N", "Day", "X"]
    assert values[1][:2] == ["=1+1", 5]
    assert sheet["A2"].data_type == "s"
    assert values[1][2].date().isoformat() == "2019-03-31"
    assert values[1][3] is True
    assert values[2] == ["bell\ufffd", "12345678901234567890", None, "http://example.org/"]


def test_a_cell_that_excel_would_cut_is_refused() -> None:
    with pytest.raises(UsageError, match="take csv"):
        formats.write(["a"], [(ox.Literal("x" * 40_000),)], "xlsx", io.BytesIO())


def test_a_sheet_that_is_too_long_is_refused_before_all_rows_are_drawn() -> None:
    row = (ox.Literal("x"),)
    with pytest.raises(UsageError, match="take csv"):
        formats.write(["a"], itertools.repeat(row), "xlsx", io.BytesIO())


def test_a_chart_shows_the_rows() -> None:
    rows: list[Row] = [(ox.Literal("PROSPECTS"), ox.Literal(94)), (ox.Literal("other"), None)]
    declared = {"mark": "bar", "x": "name", "y": {"field": "budget", "title": "US dollars"}}
    out = io.BytesIO()
    chart.draw(["name", "budget"], rows, declared, "svg", out)
    drawn = out.getvalue().decode()
    ElementTree.fromstring(drawn)
    for text in ("PROSPECTS", "US dollars", "Name"):
        assert text in drawn
    png = io.BytesIO()
    chart.draw(["name", "budget"], rows, declared, "png", png)
    assert png.getvalue().startswith(b"\x89PNG")
