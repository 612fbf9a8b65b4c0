"""Entries as spreadsheets: what is written into one is read from it, with the cell of each."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from filling import FIRST, PASSAGE, blank, column, fill, saved, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from rdflib import RDF, RDFS, XSD, Literal, URIRef

from migkg import graph, turtle
from migkg.cli import cli
from migkg.errors import UsageError
from migkg.kinds.choices import Choices
from migkg.kinds.kind import KINDS, kind
from migkg.model.constraints import Values
from migkg.model.triples import Triples
from migkg.namespaces import MKD, expand, shorten
from migkg.sheets.cells import tables
from migkg.sheets.filling import filled, said
from migkg.sheets.reading import Read, entry_of_sheet, entry_of_tables
from migkg.validation.entries import validate_entry

Said = Mapping[Any, Sequence[ox.Triple]]
CASES = sorted((Path(__file__).parent / "cases" / "valid").glob("*.ttl"))
COUNTRIES = ("JOR", "LBN", "EGY", "IRQ")
PROJECT = {"rdfs:label@en": "Green jobs in Jordan", "mk:evidence": PASSAGE}


@pytest.fixture(scope="module")
def choices(shipped_graph: graph.Graph) -> Choices:
    return Choices(Triples(shipped_graph))


@pytest.fixture(scope="module")
def statements(shipped_graph: graph.Graph) -> Said:
    return said(shipped_graph)


def read_file(path: str, choices: Choices) -> Read:
    """As `entry_of_sheet` does, of a graph that is read once."""
    found, findings = tables(path)
    return entry_of_tables(path, found, findings, choices)


@pytest.fixture
def read(choices: Choices, tmp_path: Path) -> Callable[[Any], Read]:
    return lambda book: read_file(saved(book, tmp_path / "entry.xlsx"), choices)


def iri(curie: str) -> URIRef:
    return URIRef(expand(curie) or curie)


def things(name: str, choices: Choices, known: Said) -> list[str]:
    of = Values(classes=frozenset({kind(name, choices.triples).nodes[0].iri}))
    subjects = [s.value for s in known if isinstance(s, ox.NamedNode)]
    return sorted(iri for iri in subjects if choices.fits(iri, of))


def canonical(triples: set[ox.Triple] | bytes) -> str:
    if isinstance(triples, set):
        triples = b"".join(f"{s} {p} {o} .\n".encode() for s, p, o in triples)
    return turtle.canonical(triples)


def about(thing: str, known: Said, owned: set[str]) -> set[ox.Triple]:
    """What the data say of a thing, of its evidence and of what belongs to it alone."""
    found: set[ox.Triple] = set()
    nodes: list[object] = [ox.NamedNode(thing)]
    for node in nodes:
        for triple in known.get(node, ()):
            found.add(triple)
            value = triple.object
            if isinstance(value, ox.BlankNode) or triple.predicate.value in owned:
                nodes.append(value)
    return found


def read_back(content: bytes, path: Path, of: graph.Graph) -> Read:
    path.write_bytes(content)
    return entry_of_sheet(str(path), of)


# -- there and back ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language"), [(name, ["en", "fr", "es"][at % 3]) for at, name in enumerate(KINDS)]
)
def test_all_things_of_a_kind_come_back_as_they_are(
    name: str,
    language: str,
    choices: Choices,
    statements: Said,
    shipped_graph: graph.Graph,
    tmp_path: Path,
) -> None:
    of = kind(name, choices.triples, language)
    chosen = things(name, choices, statements)
    assert chosen or name in ("cooperative", "ratification")
    if not chosen:
        return
    content = filled(of, chosen, statements, choices, language)
    entry, findings = read_back(content, tmp_path / "all.xlsx", shipped_graph)
    assert findings == []
    owned = {node.owner for node in of.nodes if node.owner}
    expected = set().union(*(about(thing, statements, owned) for thing in chosen))
    again = entry.statements.serialize(format="nt", encoding="utf-8")
    assert canonical(again) == canonical(expected)
    assert len(entry.written) == len(entry.statements)


def test_all_cases_of_the_kinds_come_back_as_they_are(choices: Choices, tmp_path: Path) -> None:
    seen = set()
    kinds = [kind(name, choices.triples) for name in KINDS]
    for case in CASES:
        known: dict[Any, list[ox.Triple]] = {}
        for triple in graph.read(str(case)):
            known.setdefault(triple.subject, []).append(triple)
        for of in kinds:
            classes = {of.nodes[0].iri, *(one.iri for one in of.nodes[0].narrower)}
            chosen = [
                t.subject.value
                for triples in known.values()
                for t in triples
                if t.predicate.value == str(RDF.type)
                and isinstance(t.subject, ox.NamedNode)
                and getattr(t.object, "value", "") in classes
            ]
            if not chosen:
                continue
            content = filled(of, chosen, known, choices, "en")
            (tmp_path / "case.xlsx").write_bytes(content)
            entry, findings = read_file(str(tmp_path / "case.xlsx"), choices)
            assert findings == [], case.name
            owned = {node.owner for node in of.nodes if node.owner}
            expected = set().union(*(about(thing, known, owned) for thing in chosen))
            again = entry.statements.serialize(format="nt", encoding="utf-8")
            assert canonical(again) == canonical(expected), case.name
            seen.add((case.name, of.name))
    assert len(seen) >= 25
    assert {name for _, name in seen} >= set(KINDS) - {"cooperative"}


def test_what_a_sheet_cannot_hold_is_refused_by_name(choices: Choices, statements: Said) -> None:
    of = kind("project", choices.triples)
    project = ox.NamedNode(f"{MKD}project-prospects")
    for prop, value, message in (
        ("rdfs:seeAlso", ox.NamedNode("https://www.ilo.org/"), "no column for rdfs:seeAlso"),
        ("mk:territoryCount", ox.Literal("007", datatype=ox.NamedNode(str(XSD.integer))), "007"),
        ("skos:altLabel", ox.Literal("a | b", language="en"), "also called"),
        ("skos:altLabel", ox.Literal("bell \a", language="en"), "control characters"),
        ("skos:altLabel", ox.Literal("x" * 40_000, language="en"), "32,767"),
        ("skos:altLabel", ox.Literal(" blank", language="de"), "blank"),
        ("mk:country", ox.BlankNode("b"), "no name"),
    ):
        triple = ox.Triple(project, ox.NamedNode(expand(prop) or prop), value)
        known = {**statements, project: [*statements[project], triple]}
        with pytest.raises(UsageError, match=re.escape(message)):
            filled(of, [project.value], known, choices, "en")
    with pytest.raises(UsageError, match="mkd:organization-ilo is mk:Organization"):
        filled(of, [f"{MKD}organization-ilo"], statements, choices, "en")


@settings(max_examples=15, deadline=None)
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"])
    ).filter(lambda text: text.strip()),
    value=st.integers(-(10**15) + 1, 10**15 - 1)
    | st.decimals(-(10**6), 10**6, places=4, allow_nan=False).map(float),
)
def test_what_is_typed_is_what_is_read(
    text: str,
    value: float,
    choices: Choices,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    book = blank("statistic", choices)
    fill(
        book,
        {
            "Statistics": [{"": "observation-x", "sdmx-measure:obsValue": value}],
            "Documents": [{"": "document-x", "dct:identifier": "x"}],
        },
    )
    page = book["Documents"]
    cell = page.cell(FIRST, column(page, "dct:identifier"))
    cell.value, cell.data_type = text, "s"
    path = saved(book, tmp_path_factory.mktemp("typed") / "entry.xlsx")
    entry, findings = read_file(path, choices)
    assert findings == []
    found = entry.statements.value(iri("mkd:document-x"), iri("dct:identifier"))
    assert str(found) == text.strip()
    number = entry.statements.value(iri("mkd:observation-x"), iri("sdmx-measure:obsValue"))
    assert isinstance(number, Literal)
    assert float(number) == value
    whole = float(value).is_integer()
    assert number.datatype == (XSD.integer if whole else XSD.decimal)
    assert re.fullmatch(r"-?\d+" if whole else r"-?\d+\.\d+", number)


# -- what people write ------------------------------------------------------------------------


def test_officer_adds_a_project_with_all_that_belongs_to_it(
    read: Callable[[Any], Read], choices: Choices, shipped_graph: graph.Graph
) -> None:
    book = fill(
        whole("project", choices),
        {
            "Projects": [
                {
                    "rdfs:label@en": "Green jobs in Jordan",
                    "rdfs:label@fr": "Emplois verts en Jordanie",
                    "mk:evidence": "Green jobs",
                    "mk:country": "Jordan (JOR) | Líbano|mkd:country-EGY | IRQ",
                    "dct:temporal": "2024 to 2027",
                    "mk:objective": "green jobs for women",
                    "mk:activityType": "Capacity Building | mkc:activity-type-research",
                    "mk:territoryCount": 3,
                }
            ],
            "Participations": [
                {
                    "^prov:qualifiedAssociation": "Green jobs in Jordan",
                    "rdfs:label@en": "ILO in green jobs",
                    "prov:agent": "OIT",
                    "prov:hadRole": "implementing",
                    "mk:evidence": "Green jobs",
                }
            ],
            "Budgets": [
                {
                    "^mk:budget": "emplois verts en jordanie",
                    "rdfs:label@en": "Budget of green jobs",
                    "mk:amount": 2500000.5,
                    "sdmx-attribute:unitMeasure": "USD",
                    "mk:evidence": "Green jobs",
                }
            ],
            "Periods": [
                {
                    "rdfs:label@en": "2024 to 2027",
                    "dcat:startDate": datetime.date(2024, 1, 1),
                    "dcat:endDate": "2027-12-31",
                    "mk:evidence": "Green jobs",
                }
            ],
            "Activities": [
                {
                    "rdfs:label@en": "Training of women",
                    "mk:activityType": "capacity building",
                    "mk:partOf": "mkd:project-green-jobs-in-jordan",
                    "mk:evidence": "Green jobs",
                }
            ],
            "Objectives": [
                {
                    "rdfs:label@en": "Green jobs for women",
                    "mk:about": "decent work",
                    "mk:evidence": "Green jobs",
                }
            ],
            "Documents": [
                {
                    "rdfs:label@en": "Ministry page on green jobs",
                    "dct:title@en": "Green jobs",
                    "foaf:page": "https://www.example.org/green",
                    "mk:readOn": datetime.date(2026, 5, 1),
                    "mk:documentKind": "web page",
                    "mk:evidence": "Green jobs",
                }
            ],
            "Passages": [
                {
                    "oa:hasSource": "Ministry page on green jobs",
                    "mk:heading": "Green jobs",
                    "oa:hasSelector": "page 7",
                }
            ],
            "Evidence": [
                {
                    "": "Green jobs in Jordan",
                    "mk:passage": PASSAGE,
                    "mk:supports": "country",
                    "mk:value": "Jordan | Liban",
                    "oa:exact": "Jordan, Lebanon and Iraq",
                }
            ],
        },
    )
    entry, findings = read(book)
    assert [(str(f.place), f.message("en")) for f in findings] == []
    said = set(entry.statements)
    project = iri("mkd:project-green-jobs-in-jordan")
    budget = iri("mkd:budget-budget-of-green-jobs")
    passage = iri("mkd:passage-ministry-page-on-green-j-green-jobs")
    amount = Literal("2500000.5", datatype=XSD.decimal, normalize=False)
    for statement in (
        (project, RDFS.label, Literal("Emplois verts en Jordanie", lang="fr")),
        *(
            (project, iri("mk:country"), iri(f"mkd:country-{c}"))
            for c in ["JOR", "LBN", "EGY", "IRQ"]
        ),
        (project, iri("mk:activityType"), iri("mkc:activity-type-capacity-building")),
        (project, iri("mk:budget"), budget),
        (project, iri("dct:temporal"), iri("mkd:period-2024-to-2027")),
        (project, iri("mk:objective"), iri("mkd:objective-green-jobs-for-women")),
        (budget, iri("mk:amount"), amount),
        (iri("mkd:activity-training-of-women"), iri("mk:partOf"), project),
        (passage, iri("oa:hasSelector"), URIRef(f"{passage}-position")),
        (URIRef(f"{passage}-position"), RDF.value, Literal("page=7")),
    ):
        assert statement in said
    exact = [s for s, _, o in said if o == Literal("Jordan, Lebanon and Iraq")]
    values = set(entry.statements.objects(exact[0], iri("mk:value")))
    assert values == {iri("mkd:country-JOR"), iri("mkd:country-LBN")}
    report = validate_entry(shipped_graph, entry)
    assert [(str(f.place), f.message("en")) for f in report.findings] == []


def test_findings_of_shapes_point_at_cells(
    read: Callable[[Any], Read], choices: Choices, shipped_graph: graph.Graph
) -> None:
    book = fill(
        blank("project", choices),
        {
            "Projects": [{"": "project-x", "rdfs:label@en": "X", "mk:territoryCount": 0}],
            "Periods": [
                {
                    "rdfs:label@en": "a year",
                    "dcat:startDate": datetime.date(2027, 1, 1),
                    "dcat:endDate": datetime.date(2024, 1, 1),
                    "mk:evidence": PASSAGE,
                }
            ],
        },
    )
    projects, periods = book["Projects"], book["Periods"]
    count = projects.cell(FIRST, column(projects, "mk:territoryCount")).coordinate
    start = periods.cell(FIRST, column(periods, "dcat:startDate")).coordinate
    entry, findings = read(book)
    assert findings == []
    found = validate_entry(shipped_graph, entry).findings
    told = [(f.place.cell, f.message("en")[:24]) for f in found if f.place]
    assert (f"Projects!{count}", "The number of territorie") in told
    assert (f"Periods!{start}", "The period ends before i") in told
    assert all(f.place for f in found)


def wrong(
    book: Any, read: Callable[[Any], Read], title: str, key: str, value: object
) -> tuple[str, str]:
    """What is found where a cell has a value; and that nothing else is."""
    page = book[title]
    cell = page.cell(FIRST, column(page, key), value)
    _, findings = read(book)
    assert len(findings) == 1, [f.message("en") for f in findings]
    (found,) = findings
    assert found.place is not None
    assert found.place.cell == f"{title}!{cell.coordinate}"
    assert set(found.messages) == {"en", "fr", "es"}
    return found.message("en"), found.message("fr")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("mk:country", "Jordn", "did you mean Jordan"),
        ("mk:country", "Jordan | Lebanom", "“Lebanom”"),
        ("mk:country", "capacity building", "Nothing that fits here"),
        ("mk:country", 5, "“5”"),
        ("mk:activityType", "mkc:activity-type-trainin", "Nothing that fits here"),
        ("mk:activityType", "mkd:country-JOR", "Nothing that fits here"),
        ("mk:territoryCount", "3", "is text, not a number"),
        ("mk:territoryCount", "about 3", "a whole number such as 12"),
        ("mk:territoryCount", 3.5, "a whole number such as 12"),
        ("mk:territoryCount", True, "a whole number such as 12"),
        ("mk:territoryCount", datetime.date(2020, 1, 1), "a whole number such as 12"),
        ("mk:territoryCount", 10**16, "15"),
        ("mk:territoryCount", "=1+2", "A formula"),
        ("rdfs:label@fr", 2018, "format the cell as text"),
        ("rdfs:label@fr", datetime.date(2018, 1, 1), "format the cell as text"),
        ("rdfs:label@fr", True, "format the cell as text"),
        ("rdfs:label@fr", datetime.time(12, 30), "format the cell as text"),
        ("rdfs:label@fr", datetime.timedelta(days=2), "format the cell as text"),
        ("rdfs:label@en", "=CONCAT(A1, B1)", "A formula"),
        ("rdfs:label@en", "#N/A", "#N/A is the error of a calculation"),
        ("", "not an iri", "is no identifier"),
        ("dct:temporal", "2019", "Nothing that fits here"),
        ("mk:about", "Cooperatives", "may be any of"),
    ],
)
def test_cell_that_means_nothing_is_found(
    key: str, value: object, message: str, read: Callable[[Any], Read], choices: Choices
) -> None:
    book = fill(blank("project", choices), {"Projects": [PROJECT]})
    if message == "may be any of":
        fill(
            book,
            {
                "Objectives": [
                    {"": "objective-a", "rdfs:label@en": "Cooperatives"},
                    {"": "objective-b", "rdfs:label@en": "cooperatives"},
                ]
            },
        )
        value = "COOPERATIVES"
    if value == "#N/A":
        page = book["Projects"]
        page.cell(FIRST, column(page, key)).data_type = "e"
    said, in_french = wrong(book, read, "Projects", key, value)
    assert message in said
    assert said != in_french


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("dct:issued", 43921, "is a number, not a date"),
        ("dct:issued", "31/03/2019", "a date such as 2019-03-31"),
        ("dct:issued", "2019-02-30", "a date such as 2019-03-31"),
        ("dct:issued", datetime.datetime(2019, 3, 31, 12, 30), "a date such as 2019-03-31"),
        ("mk:publicationYear", "in 2019", "a year such as 2019"),
        ("mk:publicationYear", 2019.5, "a year such as 2019"),
        ("mk:publicationYear", datetime.date(2019, 1, 1), "a year such as 2019"),
        ("foaf:page", "www.ilo.org", "an address with http or https"),
        ("foaf:page", "https://www.ilo.org/a b", "an address with http or https"),
        ("mk:fileName", 12, "format the cell as text"),
        ("dct:creator", "Nobody at all", "describe the new thing"),
    ],
)
def test_date_year_or_address_that_is_none_is_found(
    key: str, value: object, message: str, read: Callable[[Any], Read], choices: Choices
) -> None:
    row = {"rdfs:label@en": "X", "dct:title@en": "X", "mk:evidence": PASSAGE}
    book = fill(blank("document", choices), {"Documents": [row]})
    assert message in wrong(book, read, "Documents", key, value)[0]


def test_percentage_is_not_taken_for_what_it_stands_for(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    row = {"": "observation-x", "sdmx-measure:obsValue": 0.5}
    book = fill(blank("statistic", choices), {"Statistics": [row]})
    page = book["Statistics"]
    page.cell(FIRST, column(page, "sdmx-measure:obsValue")).number_format = "0%"
    (found,) = read(book).findings
    assert "as a percentage, and holds 0.5" in found.message("en")


def test_all_is_told_at_once(read: Callable[[Any], Read], choices: Choices) -> None:
    rows = [
        {**PROJECT, "rdfs:label@en": f"P {at}", "mk:country": f"Nowhere {at}", "mk:about": "=1"}
        for at in range(20)
    ]
    _, findings = read(fill(blank("project", choices), {"Projects": rows}))
    assert len(findings) == 40
    assert len({f.place for f in findings}) == 40


def test_dates_years_and_numbers_are_read_as_they_are(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    row = {
        "": "document-x",
        "rdfs:label@en": "X",
        "dct:issued": datetime.datetime(2020, 4, 30),
        "mk:readOn": "1899-12-31",
        "mk:publicationYear": 2020.0,
        "mk:edition": 1.0,
    }
    entry, findings = read(fill(blank("document", choices), {"Documents": [row]}))
    assert findings == []
    values = {
        shorten(str(p)): o for p, o in entry.statements.predicate_objects(iri("mkd:document-x"))
    }
    assert values["dct:issued"] == Literal("2020-04-30", datatype=XSD.date)
    assert values["mk:readOn"] == Literal("1899-12-31", datatype=XSD.date)
    assert values["mk:publicationYear"] == Literal("2020", datatype=XSD.gYear)
    assert values["mk:edition"].n3() == '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'


def test_blanks_around_text_do_not_matter(read: Callable[[Any], Read], choices: Choices) -> None:
    row = {
        "rdfs:label@en": "\xa0 Green\xa0jobs \n",
        "mk:country": " Jordan\xa0(JOR)\u200b|  lebanon ",
        "mk:evidence": PASSAGE,
        "mk:about": " \xa0 ",
    }
    entry, findings = read(fill(blank("project", choices), {"Projects": [row]}))
    assert findings == []
    project = iri("mkd:project-green-jobs")
    assert (project, RDFS.label, Literal("Green\xa0jobs", lang="en")) in entry.statements
    assert len(set(entry.statements.objects(project, iri("mk:country")))) == 2


# -- names ------------------------------------------------------------------------------------


def test_identifiers_are_made_of_names_and_never_taken_twice(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    labels = ["PROSPECTS", "Prospects!", "Étude n° 2", "Own", "移民"]
    rows: list[dict[str, object]] = [{**PROJECT, "rdfs:label@en": label} for label in labels]
    rows[3][""] = "mkd:project-my-own"
    entry, findings = read(fill(blank("project", choices), {"Projects": rows}))
    made = set(entry.statements.subjects(RDF.type, iri("mk:Project")))
    assert made == {
        iri(f"mkd:project-{name}") for name in ("prospects-2", "prospects-3", "etude-n-2", "my-own")
    }
    assert [f.message("en")[:19] for f in findings] == ["The row has no name"]


def test_codes_name_instruments_and_documents(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    row = {"rdfs:label@en": "Migration 2030", "dct:identifier": "C999", "rdf:type": "Convention"}
    entry, findings = read(fill(blank("instrument", choices), {"Instruments": [row]}))
    assert findings == []
    assert (iri("mkd:instrument-C999"), RDF.type, iri("mk:Convention")) in entry.statements
    assert (None, None, iri("mk:Instrument")) not in entry.statements


def test_same_identifier_and_same_row_are_found(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    rows = [
        {"": "project-x", **PROJECT},
        {"": "mkd:project-x", **PROJECT, "rdfs:label@en": "Other"},
        {"": "project-x", **PROJECT},
    ]
    _, findings = read(fill(blank("project", choices), {"Projects": rows}))
    assert [str(f.place.cell) for f in findings if f.place] == ["Projects!A4", "Projects!A5"]
    assert "stands in Projects!A3 already" in findings[0].message("en")
    assert "the same as the one at Projects!A3" in findings[1].message("en")


def test_names_in_all_languages_codes_and_identifiers_mean_the_same(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    names = ["Jordan (JOR)", "jordanie", "JORDANIA", "JOR", "mkd:country-JOR",
             f"{MKD}country-JOR", "Jordan (mkd:country-JOR)"]  # fmt: skip
    rows = [{**PROJECT, "rdfs:label@en": name, "mk:country": name} for name in names]
    entry, findings = read(fill(blank("project", choices), {"Projects": rows}))
    assert findings == []
    assert set(entry.statements.objects(None, iri("mk:country"))) == {iri("mkd:country-JOR")}


def test_row_and_thing_of_the_same_name_are_not_mixed_up(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    rows = [
        {**PROJECT, "rdfs:label@en": "PROSPECTS"},
        {**PROJECT, "rdfs:label@en": "Child", "mk:partOf": "PROSPECTS"},
    ]
    _, findings = read(fill(blank("project", choices), {"Projects": rows}))
    (found,) = findings
    assert "mkd:project-prospects, mkd:project-prospects-2" in found.message("en")


def test_column_may_be_repeated_and_another_language_added(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    book = fill(blank("project", choices), {"Projects": [{**PROJECT, "mk:country": "Jordan"}]})
    page = book["Projects"]
    at = page.max_column
    for more, (key, value) in enumerate(
        [("mk:country", "Lebanon"), ("rdfs:label@it", "Lavori verdi"), ("mk:territoryCount", 2)], 1
    ):
        page.cell(1, at + more, "more")
        page.cell(2, at + more, key)
        page.cell(FIRST, at + more, value)
    entry, findings = read(book)
    assert findings == []
    countries = set(entry.statements.objects(None, iri("mk:country")))
    assert countries == {iri("mkd:country-JOR"), iri("mkd:country-LBN")}
    assert (None, RDFS.label, Literal("Lavori verdi", lang="it")) in entry.statements
    page.cell(FIRST, column(page, "mk:territoryCount"), 3)
    _, findings = read(book)
    assert ["takes one value" in f.message("en") for f in findings] == [True]


def test_evidence_is_of_values_that_are_there(
    read: Callable[[Any], Read], choices: Choices
) -> None:
    book = fill(
        blank("project", choices),
        {
            "Projects": [{**PROJECT, "mk:country": "Jordan"}],
            "Evidence": [
                {"": "Green jobs in Jordan", "mk:passage": PASSAGE, "mk:supports": "country",
                 "mk:value": "Lebanon"},
                {"": "Green job in Jordan", "mk:passage": PASSAGE},
                {"": "PROSPECTS", "mk:passage": PASSAGE, "mk:supports": "mk:budget"},
                {"": "PROSPECTS", "mk:passage": PASSAGE, "mk:supports": "colour"},
                {"mk:passage": PASSAGE},
            ],
        },
    )  # fmt: skip
    entry, findings = read(book)
    messages = {f.place.cell: f.message("en") for f in findings if f.place}
    assert "has no value “Lebanon”" in messages["Evidence!D3"]
    assert (
        "called “Green job in Jordan” (did you mean Green jobs in Jordan" in messages["Evidence!A4"]
    )
    assert "called “colour”" in messages["Evidence!C6"]
    assert "no name" in messages["Evidence!B7"]
    assert len(messages) == 4
    assert (None, iri("mk:supports"), iri("mk:budget")) in entry.statements


# -- the sheets themselves --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Read me", "Projects"]),
        ("fr", ["Lisez-moi", "Projets"]),
        ("es", ["Léame", "Proyectos"]),
    ],
)
def test_workbook_explains_itself(language: str, titles: list[str], choices: Choices) -> None:
    book = whole("project", choices, language)
    assert book.sheetnames[:2] == titles
    assert book.active.title == titles[0]
    of = kind("project", choices.triples, language)
    page = book[titles[1]]
    assert page.freeze_panes == "C3"
    headings = {page.cell(2, cell.column).value: cell for cell in page[1]}
    for field in of.nodes[0].fields:
        key = shorten(field.iri)
        owned = any(key == shorten(node.owner) for node in of.nodes)
        cell = headings.get(key) or headings.get(f"{key}@en")
        assert owned or cell, key
        if cell and field.meaning:
            assert field.meaning in cell.comment.text
    assert headings["rdfs:label@en"].value.endswith(" *")
    assert not headings["rdfs:label@fr"].value.endswith("*")
    assert book.worksheets[-1].sheet_state == "hidden"


@pytest.mark.parametrize("name", KINDS)
def test_lists_to_choose_from_have_all_there_is_by_name(name: str, choices: Choices) -> None:
    book = whole(name, choices)
    of = kind(name, choices.triples)
    titles = {book[title].cell(2, 1).value: title for title in book.sheetnames}
    for node in of.nodes[:-1]:
        page = book[titles[shorten(node.iri)]]
        ranges = {
            str(one.sqref).rstrip("0123456789").partition(str(FIRST))[0]: one
            for one in page.data_validations.dataValidation
        }
        for field in node.fields:
            listed = [choice.name for choice in choices.of(field, "en")]
            at = next((c for c in page[2] if c.value == shorten(field.iri)), None)
            if not listed or at is None or field.iri.endswith("hasSelector"):
                continue
            found = ranges[at.column_letter]
            sheet, _, cells = found.formula1.replace("$", "").rpartition("!")
            values = [row[0].value for row in book[sheet.strip("'")][cells]]
            assert values == listed
            assert len(set(values)) == len(values)


def test_names_in_lists_are_read_as_what_they_name(choices: Choices) -> None:
    """Each name that a list offers means the thing that it stands for, whatever else there is."""
    asked = 0
    for language in ("en", "fr", "es"):
        for name in KINDS:
            for node in kind(name, choices.triples).nodes[:-1]:
                for field in node.fields:
                    if len(listed := choices.of(field, language)) > 200:
                        continue
                    for choice in listed:
                        assert choices.meant(choice.name, field.values) == {choice.iri}
                        asked += 1
    assert asked > 3_000


# -- the command ------------------------------------------------------------------------------


def test_import_writes_canonical_turtle(choices: Choices, tmp_path: Path) -> None:
    row = {**PROJECT, "mk:country": "Jordan"}
    path = saved(fill(blank("project", choices), {"Projects": [row]}), tmp_path / "a.xlsx")
    out = tmp_path / "a.ttl"
    done = CliRunner().invoke(cli, ["import", path, "-o", str(out)])
    assert (done.exit_code, done.output) == (0, "")
    assert turtle.canonical(out.read_bytes()) == out.read_text()
    assert CliRunner().invoke(cli, ["import", path]).stdout == out.read_text()
    assert CliRunner().invoke(cli, ["validate", str(out)]).exit_code == 0


def test_import_with_findings_writes_nothing(choices: Choices, tmp_path: Path) -> None:
    row = {**PROJECT, "mk:country": "Jordn"}
    book = fill(blank("project", choices), {"Projects": [row]})
    cell = book["Projects"].cell(FIRST, column(book["Projects"], "mk:country")).coordinate
    path = saved(book, tmp_path / "a.xlsx")
    out = tmp_path / "a.ttl"
    done = CliRunner().invoke(cli, ["import", path, "-o", str(out), "--lang", "fr"])
    assert done.exit_code == 1
    assert not out.exists()
    assert f"a.xlsx:Projects!{cell}: Rien qui convienne ici" in done.stdout
    row = {"rdfs:label@en": "X", "mk:country": "Jordan"}
    path = saved(fill(blank("project", choices), {"Projects": [row]}), tmp_path / "b.xlsx")
    done = CliRunner().invoke(cli, ["import", path, "-o", str(out)])
    assert done.exit_code == 1
    assert not out.exists()
    assert "b.xlsx:Projects!" in done.stdout
    assert "No passage supports this" in done.stdout


def test_things_of_the_graph_are_written_into_a_sheet(tmp_path: Path) -> None:
    path = str(tmp_path / "a.xlsx")
    call = [
        "new",
        "organization",
        "--sheet",
        path,
        "--from",
        "OIT",
        "--from",
        "mkd:organization-ica",
    ]
    done = CliRunner().invoke(cli, call)
    assert (done.exit_code, done.output) == (0, "")
    page = load_workbook(path)["Organizations"]
    assert [page.cell(row, 1).value for row in (FIRST, FIRST + 1)] == [
        "mkd:organization-ilo",
        "mkd:organization-ica",
    ]
    headings = [cell.value for cell in page[2]]
    assert "rdfs:label@fr" in headings
    assert "rdfs:label@it" not in headings
    every = str(tmp_path / "b.xlsx")
    done = CliRunner().invoke(cli, ["new", "event", "--sheet", every, "--from", "all"])
    assert done.exit_code == 0
    assert load_workbook(every)["Events"].cell(FIRST + 7, 1).value
