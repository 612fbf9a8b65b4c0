"""The checks of evidence: on the shipped graph, and on faults planted in it and in a small one."""

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph as Statements
from rdflib import Literal, Namespace
from rdflib.namespace import XSD
from rdflib.term import Node

from migkg import graph
from migkg.errors import InputError
from migkg.evidence import documents, figures, support
from migkg.evidence.documents import PASSAGE, Library, passages
from migkg.evidence.support import evidence_of
from migkg.evidence.values import is_figure, says
from migkg.evidence.wording import address_stands_in, is_named_in, stands_in
from migkg.namespaces import PREFIXES, shorten
from migkg.validation.checking import Context
from migkg.validation.checks import evidence_borne_out, evidence_complete, evidence_covers
from migkg.validation.finding import Finding, Outcome
from migkg.validation.statements import statements

ROOT = Path(__file__).parent.parent
MK = Namespace(PREFIXES["mk"])
MKD = Namespace(PREFIXES["mkd"])
VALUE = Namespace(PREFIXES["sdmx-measure"]).obsValue
CHECKS = (evidence_complete, evidence_borne_out, evidence_covers)

TEXT = """DISPLACEMENT AT A GLANCE

164 million persons
were displaced (67.9%) in 2016

ILO RESPONSE

The ILO works with cooper
atives in Jordan since 1 July 2019. Work is planned.

7
"""
NOTES = "# Editorial notes\n\n## Calendar years\n\nA year begins on 1 January.\n"
ONTOLOGY = """
mkc:group-displaced skos:prefLabel "displaced person (forcibly)"@en , "persona desplazada"@es .
mkc:kind-cooperative skos:prefLabel "cooperative"@en .
mkc:status-planning skos:prefLabel "planning"@en .
mkc:omission-reason-page-number skos:prefLabel "page number"@en .
"""
DATA = """
mkd:document-x mk:fileName "x.txt" ; mk:evidence [ mk:passage mkd:passage-notes ] .
mkd:document-notes mk:fileName "docs/notes.md" ; mk:evidence [ mk:passage mkd:passage-notes ] .
mkd:passage-notes a mk:Passage ; oa:hasSource mkd:document-notes ; mk:heading "Calendar years" .
mkd:passage-glance a mk:Passage ; oa:hasSource mkd:document-x ;
    oa:hasSelector mkd:lines-glance ; mk:heading "DISPLACEMENT AT A GLANCE" .
mkd:lines-glance rdf:value "line=0,4" .
mkd:passage-response a mk:Passage ; oa:hasSource mkd:document-x ;
    oa:hasSelector mkd:lines-response ; mk:heading "ILO RESPONSE / The ILO works" .
mkd:lines-response rdf:value "line=5,9" .
mkd:left-out-7 a mk:OmittedPassage ; oa:hasSource mkd:document-x ;
    oa:hasSelector mkd:lines-7 ; mk:omissionReason mkc:omission-reason-page-number .
mkd:lines-7 rdf:value "line=10,11" .
mkd:observation rdfs:label "displaced"@en ; sdmx-measure:obsValue 164000000 ;
    mk:population mkc:group-displaced ; mk:year "2016"^^xsd:gYear ; mk:share 67.9 ;
    mk:evidence [ mk:passage mkd:passage-glance ; oa:exact "persons were displaced" ] .
mkd:project mk:country mkd:country-JOR ; mk:about mkc:kind-cooperative ;
    mk:status mkc:status-planning ; mk:start "2019-07-01"^^xsd:date ;
    mk:evidence [ mk:passage mkd:passage-response ;
                  mk:supports mk:country , mk:about , mk:start ] ,
                [ mk:passage mkd:passage-response ; oa:exact "Work is planned" ;
                  mk:supports mk:status ; mk:value mkc:status-planning ] .
mkd:country-JOR rdfs:label "Jordan"@en ; skos:exactMatch wd:Q810 .
"""


def context(root: Path) -> Context:
    of = graph.Graph(str(root))
    return Context(of, statements(graph.sources(of)), Statements(), ox.Store(), (), ())


def turtle(text: str) -> str:
    return "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items()) + text


def small(folder: Path, data: str = DATA, text: str = TEXT) -> Context:
    """Write a graph with one document, which the three checks find nothing amiss with."""
    files = {
        "graph/ontology/codes.ttl": turtle(ONTOLOGY),
        "graph/data/all.ttl": turtle(data),
        "graph/docs/notes.md": NOTES,
        "shared/documents/x.txt": text,
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return context(folder / "graph")


@pytest.fixture(autouse=True)
def _documents_where_they_usually_are(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "whole" not in request.fixturenames:
        monkeypatch.delenv("MIGKG_DOCUMENTS", raising=False)


@pytest.fixture(scope="module")
def whole() -> Context:
    at_hand = os.environ.get("MIGKG_DOCUMENTS", ROOT.parent / "shared" / "documents")
    if not os.path.isdir(at_hand):
        pytest.skip(f"the documents are not at hand in {at_hand} (set MIGKG_DOCUMENTS)")
    return context(ROOT)


@pytest.fixture(scope="module")
def library(whole: Context, data: Statements) -> Library:
    return documents.open_library(whole.graph, data)


@pytest.fixture(scope="module")
def data(whole: Context) -> Statements:
    return statements(graph.data_files(whole.graph))


class Check(Protocol):
    def check(self, context: Context) -> Outcome: ...


def told(findings: list[Finding]) -> str:
    return "\n".join(f"{f.focus} {f.path} {f.value}: {f.message('en')}" for f in findings)


@pytest.mark.parametrize("check", CHECKS)
def test_the_shipped_graph_holds(check: Check, whole: Context) -> None:
    outcome = check.check(whole)
    assert not outcome.findings, told(outcome.findings)


def test_a_sound_graph_is_counted(tmp_path: Path) -> None:
    of = small(tmp_path)
    outcomes = [check.check(of) for check in CHECKS]
    assert [told(outcome.findings) for outcome in outcomes] == ["", "", ""]
    assert [outcome.counted for outcome in outcomes] == [
        "10 statements, all with evidence",
        "8 citations borne out, 6 by the value itself and 2 by exact words alone; "
        "2 of notes, tables and pages not opened",
        "6 lines cited, 1 left out: 1 page number",
    ]


GLANCE = "mkd:passage-glance ; oa:exact"
RESPONSE = "mkd:passage-response ;\n                  mk:supports mk:country"


@pytest.mark.parametrize(
    ("sound", "fault", "found"),
    [
        # a value that the lines do not have
        ("164000000", "165000000", "borne-out observation obsValue"),
        ("164000000", "64000000", "borne-out observation obsValue"),
        ("164000000", "164", "borne-out observation obsValue"),
        ("164000000", '"many"^^xsd:integer', "borne-out observation obsValue"),
        ("164000000", '"INF"^^xsd:double', "borne-out observation obsValue"),
        ("67.9", "7.9", "borne-out observation share"),
        ("67.9", "67", "borne-out observation share"),
        ('"2016"', '"2017"', "borne-out observation year"),
        ("2019-07-01", "2019-07-02", "borne-out project start"),
        ('"Jordan"', '"Jord"', "borne-out project country"),
        ('"Jordan"', '"Lebanon"', "borne-out project country"),
        # lines that do not have the value
        ("line=5,9", "line=5,7", "borne-out project about"),
        ("line=0,4", "line=4,8", "borne-out observation obsValue"),
        ("line=0,4", "line=0,12", "borne-out passage-glance hasSelector"),
        ("line=0,4", "line=4,4", "borne-out passage-glance hasSelector"),
        ("line=0,4", "page=1", "borne-out passage-glance hasSelector"),
        ("oa:hasSelector mkd:lines-glance ;", "", "borne-out passage-glance hasSelector"),
        ("line=10,11", "line=10,12", "borne-out left-out-7 hasSelector"),
        (GLANCE, GLANCE.replace("glance", "response"), "borne-out observation obsValue"),
        (RESPONSE, RESPONSE.replace("response", "glance"), "borne-out project country"),
        # words and headings that do not stand there
        ("Work is planned", "Work was planned", "borne-out project exact"),
        ("Work is planned", "ork is planned", "borne-out project exact"),
        ("persons were displaced", "persons displaced", "borne-out observation exact"),
        ("AT A GLANCE", "IN FIGURES", "borne-out passage-glance heading"),
        ("/ The ILO works", "/ The UNHCR works", "borne-out passage-response heading"),
        ('"Calendar years"', '"Calendar"', "borne-out passage-notes heading"),
        # evidence that is missing or idle
        ("mk:country , mk:about ,", "mk:country ,", "complete project about"),
        ("mk:passage mkd:passage-glance ;", "", "complete observation obsValue"),
        ("mk:value mkc:status-planning", "mk:value mkc:x", "complete project status"),
        ("mk:value mkc:status-planning", "mk:value mkc:x", "complete project None"),
        ("mk:country , mk:about", "mk:country , mk:region , mk:about", "complete project region"),
        ("mkd:country-JOR rdfs", "mkd:country-JOR mk:in mkd:x ; rdfs", "complete country-JOR in"),
        # lines that are cited by nothing, or left out though they are cited
        ("mk:OmittedPassage", "mk:Passage", "covers document-x None"),
        ("line=5,9", "line=5,8", "covers document-x None"),
        ("line=10,11", "line=8,11", "covers left-out-7 None"),
        ('"docs/notes.md"', '"y.txt"', "covers document-notes fileName"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, sound: str, fault: str, found: str) -> None:
    assert DATA.count(sound) == 1
    findings = found_in(small(tmp_path, DATA.replace(sound, fault)))
    assert found in {
        f"{f.source.removeprefix('evidence-')} {local(f.focus)} {local(f.path)}" for f in findings
    }


def found_in(of: Context) -> list[Finding]:
    return [finding for check in CHECKS for finding in check.check(of).findings]


def local(node: Node | None) -> str:
    return re.split("[/#]", str(node))[-1]


def test_a_finding_says_where_to_look(tmp_path: Path) -> None:
    [finding] = found_in(small(tmp_path, DATA.replace("164000000", "165000000")))
    assert finding.value == Literal(165_000_000)
    for language in ("en", "fr", "es"):
        assert "mkd:passage-glance (x.txt, lines 1–4)" in finding.message(language)


def test_one_fault_is_one_finding(tmp_path: Path) -> None:
    """What rests on exact words that do not stand there is not blamed besides."""
    [finding] = found_in(small(tmp_path, DATA.replace("Work is planned", "Work was planned")))
    assert local(finding.path) == "exact"


def test_a_table_rests_on_the_source_of_its_data_set(tmp_path: Path) -> None:
    data = DATA + "mkd:row qb:dataSet mkd:table ; sdmx-measure:obsValue 5 ."
    sourced = data + "mkd:table dct:source mkd:x ; mk:evidence [ mk:passage mkd:passage-notes ] ."
    assert len(evidence_complete.check(small(tmp_path / "bare", data)).findings) == 2
    outcome = evidence_complete.check(small(tmp_path / "sourced", sourced))
    assert not outcome.findings
    assert "2 by the source of their data set" in outcome.counted


def test_without_the_documents_only_completeness_is_judged(tmp_path: Path) -> None:
    of = small(tmp_path, DATA.replace("164000000", "1"))
    (tmp_path / "shared/documents/x.txt").unlink()
    for _ in range(2):
        outcomes = [check.check(of) for check in CHECKS]
        assert [outcome.findings for outcome in outcomes] == [[], [], []]
        assert all("not at hand" in outcome.counted for outcome in outcomes[1:])
        shutil.rmtree(tmp_path / "shared", ignore_errors=True)


def test_the_documents_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = small(tmp_path)
    (tmp_path / "shared/documents").rename(tmp_path / "elsewhere")
    monkeypatch.setenv("MIGKG_DOCUMENTS", str(tmp_path / "elsewhere"))
    assert "6 lines cited" in evidence_covers.check(of).counted
    monkeypatch.setenv("MIGKG_DOCUMENTS", str(tmp_path / "nowhere"))
    for check in (evidence_borne_out, evidence_covers):
        with pytest.raises(InputError, match="nowhere: no folder"):
            check.check(of)


def test_a_document_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    of = small(tmp_path)
    (tmp_path / "shared/documents/x.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=r"x\.txt: not UTF-8 at byte 4"):
        evidence_borne_out.check(of)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("return migrants", "with  return  migrants, and"),
        ("market access", "Market\n\naccess"),
        ("community members", "host community mem\n\nbers;"),
        ("job creation", "decent jo\n\nb creation"),
        ("rights-based", "for a rights-\n\nbased approach"),
        ("micro-insurance", "through micro-\n\ninsurance"),
        ("co-operative", "a cooperative"),
        ("Education and training", "Education & \nTraining"),
        ("workers’ cooperatives", "of workers'  \n\ncooperatives providing"),
        ("ILO", "the ILO’s approach"),
        ("No. 143", "1975 \n\n(No.143) and"),
        ("8.7", "(SDG targets 8.7, 8.8)"),
        ("Dignità in campo", "“Dignita\u0300 in campo» project"),
    ],
)
def test_words_stand_in_a_text(words: str, text: str) -> None:
    assert stands_in(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("IOM", "of axioms"),
        ("UN", "fund under UNHCR"),
        ("World", "workers worldwide"),
        ("Middle East", "Middle Eastern countries"),
        ("binding", "non-binding agreements"),
        ("payment", "non-\n\npayment of wages"),
        ("formal work", "informal work"),
        ("SDG target 8", "SDG target 8.7"),
        ("No. 9", "(No. 97)"),
        ("2019", "20\n19"),
        ("forced return", "forced and return"),
        ("market access", "access market"),
        ("informal", "workers in  \nformal jobs"),
        ("therefore", "There\nFore"),
        ("", "anything"),
        ("–", "a – b"),
    ],
)
def test_words_do_not_stand_in_a_text(words: str, text: str) -> None:
    assert not stands_in(words, text)


WORD = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=2, max_size=9)
BREAK = st.sampled_from(["\n", "\n\n", "-\n", "-\n\n  ", "\n "])


@settings(max_examples=200, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=5), st.data())
def test_words_stand_in_a_text_that_is_broken_anywhere(
    words: list[str], data: st.DataObject
) -> None:
    broken = []
    for word in words:
        at = data.draw(st.integers(1, len(word) - 1))
        ends = data.draw(st.one_of(st.just(""), BREAK))
        broken.append(word[:at] + ends + word[at:] + data.draw(st.sampled_from([" ", "  ", " \n"])))
    assert stands_in(" ".join(words), f"Among 30 {''.join(broken)}(2019)")


@settings(max_examples=200, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=5))
def test_words_stand_in_a_text_whole(words: list[str]) -> None:
    text = f"Among 30 {'  '.join(words)} (2019)"
    assert stands_in(" ".join(words), text)
    assert not stands_in(" ".join(words)[1:], text)
    assert not stands_in(" ".join(words)[:-1], text)
    assert not stands_in(" ".join(words) + "s", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mutual benefit society", "(cooperatives, mutual benefit societies, \n\nassociations"),
        ("social enterprise", "social \n\nenterprises) which"),
        ("tax", "taxes"),
        ("survey", "surveys"),
        ("refugees-only cooperative", "Refugees-only cooperatives formed"),
    ],
)
def test_a_name_stands_in_the_plural_too(name: str, text: str) -> None:
    assert is_named_in(name, text)
    assert not stands_in(name, text)


def test_web_addresses_stand_in_a_text() -> None:
    text = "Skills https://www.ilo.org/skills/lang--\n\nen/index.htm\nhttps://ilo.org/coop"
    assert address_stands_in("https://www.ilo.org/skills/lang--en/index.htm", text)
    assert address_stands_in("http://ilo.org/coop", text)
    assert not address_stands_in("https://www.ilo.org/skills", text)
    assert not address_stands_in("https://www.ilo.org/skills/lang--en/index.html", text)
    assert not address_stands_in("https://lo.org/coop", text)


def as_people_write(number: int) -> Iterator[str]:
    yield str(number)
    yield f"{number:,}"
    yield f"{number:,}".replace(",", "\u202f")
    for scale, name in ((10**6, "million"), (10**9, "billion")):
        if number >= scale:
            scaled = f"{Decimal(number) / scale:f}"
            yield f"{scaled.rstrip('0').rstrip('.') if '.' in scaled else scaled} {name}"


AROUND = [
    "{}",
    "({})",
    "**{}**  \nrefugees",
    "about {}, and",
    "It was {}.",
    "No.{}",
    "p. {}-{}",
    "≈{}%",
    "US$ {};",
]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**13), st.sampled_from(AROUND), st.integers(0, 9))
def test_a_number_is_read_whole(number: int, around: str, digit: int) -> None:
    for form in as_people_write(number):
        text = around.replace("{}", form)
        assert figures.states_number(text, Decimal(number))
        assert not figures.states_number(text, Decimal(number * 10 + digit)) or number == digit == 0
        assert not figures.states_number(text, Decimal(number // 10)) or number == 0
        assert not figures.states_number(text, Decimal(int(f"{digit or 1}{number}")))
        assert not figures.states_number(text, Decimal(number) + Decimal("0.1"))


@settings(max_examples=200, deadline=None)
@given(st.decimals(0, 1000, places=1), st.sampled_from(["%", "  %", " per cent", " million"]))
def test_a_decimal_is_read_whole(number: Decimal, unit: str) -> None:
    scale = 10**6 if "million" in unit else 1
    text = f"some {number}{unit} of them"
    assert figures.states_number(text, number * scale)
    assert not figures.states_number(text, (number + Decimal("0.1")) * scale)
    assert not figures.states_number(text, Decimal(int(number)) * scale) or number == int(number)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2200000000", "2.2 billon\n\nWorkers"),
        ("94000000", "Budget: 94 USD million"),
        ("21", "21% -89% jobs"),
        ("89", "21% -89% jobs"),
        ("25000000", "between 25 million and \n\n1 billion"),
        ("25000000", "25 to 30 million people"),
        ("1000000000", "between 25 million and \n\n1 billion"),
        ("33.3", "One third of the global"),
        ("66.67", "two-thirds"),
        ("50", "half of all workers"),
        ("2", "in two territories"),
        ("27", "twenty-seven countries"),
        ("-5", "fell by 5%"),
        ("3", "Third edition"),
        ("20", "the 20th session"),
    ],
)
def test_numbers_stand_in_words_and_ranges(value: str, text: str) -> None:
    assert figures.states_number(text, Decimal(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3", "143 states"),
        ("64", "164 million"),
        ("9", "in 2019"),
        ("3", "the 3RP"),
        ("97", "C097 and C97"),
        ("19", "COVID-19"),
        ("10.7", "target 10.7.1"),
        ("1000", "http://www.ilo.org/f?p=1000:12100"),
        ("33.3", "the third edition"),
        ("33.4", "One third of the global"),
        ("70.8", "70.8 million"),
        ("1", "someone"),
        ("1", "One third of the global"),
        ("3", "One third of the global"),
    ],
)
def test_numbers_do_not_stand_in_others(value: str, text: str) -> None:
    assert not figures.states_number(text, Decimal(value))


FORMS = ["{d} {m} {y}", "{d}  {m},\n{y}", "{m} {d}, {y}", "{y}-{n:02}-{d:02}", "{d}th of {m} {y}"]


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(FORMS))
def test_days_months_and_years_are_read(day: date, form: str) -> None:
    text = "on " + form.format(d=day.day, m=f"{day:%B}", n=day.month, y=day.year) + ", says 7 ILO"
    assert figures.days(text) == {day}
    assert figures.years(text) == {day.year}
    assert says(text, Literal(str(day), datatype=XSD.date), [])
    assert not says(text, Literal(str(day + timedelta(1)), datatype=XSD.date), [])


def test_days_and_months_stand_in_ranges() -> None:
    assert figures.days("14-17 November 2017") == {date(2017, 11, 14), date(2017, 11, 17)}
    assert figures.days("30 March – 2 April 2020") == {date(2020, 3, 30), date(2020, 4, 2)}
    assert figures.days("1 July 2019 - 30 June 2023") == {date(2019, 7, 1), date(2023, 6, 30)}
    assert figures.days("the second quarter 2020") == {date(2020, 4, 1), date(2020, 6, 30)}
    assert figures.days("31 June 2020, 114 May 2020") == set()
    assert figures.months("in \nJuly 2016; 2017 (No. 205) adopted in June") == {
        (2016, 7),
        (2017, 6),
    }


def test_a_duration_and_a_page_are_figures() -> None:
    for written, holds in (("P4Y", True), ("P5Y", False), ("P4M", False), ("4", False)):
        duration = Literal(written, datatype=XSD.duration)
        assert says("Increase over four years", duration, []) == holds
        assert is_figure(duration)


def altered(data: Statements, alter: Callable[[Decimal], Decimal]) -> tuple[Statements, Statements]:
    """Alter each value and bound of an observation; give the data so, and what was altered."""
    other, changed = Statements(), Statements()
    for s, p, o in data:
        if p in {VALUE, MK.lowerBound, MK.upperBound} and isinstance(o, Literal):
            changed.add((s, p, Literal(alter(Decimal(str(o))))))
    other += ((s, p, o) for s, p, o in data if not any(True for _ in changed.triples((s, p, None))))
    return other + changed, changed


def last_digit(value: Decimal) -> Decimal:
    """Give one of the last digit that a value is given with: 0.1 for 67.9, 100000 for 70800000."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(10) ** exponent


@pytest.mark.parametrize(
    "alter",
    [
        lambda value: value + last_digit(value),
        lambda value: value - last_digit(value),
        lambda value: value * 10,
        lambda value: value / 1000,
    ],
)
def test_each_altered_figure_is_objected_to(
    whole: Context,
    data: Statements,
    library: Library,
    alter: Callable[[Decimal], Decimal],
) -> None:
    other, changed = altered(data, alter)
    findings = evidence_borne_out.judge(other, whole.data, library).findings
    objected = {(finding.focus, finding.path) for finding in findings}
    cited = {
        passage.node for passage in passages(data, PASSAGE) if passage.document in library.texts
    }
    missed = [
        (s, p, o)
        for s, p, o in changed
        if (s, p) not in objected
        and any(e.covers(p, o) and e.passage in cited for e in evidence_of(other)[s])
    ]
    assert len(changed) > 20
    assert not missed


def told_by(data: Statements, node: Node) -> str:
    """Order evidence by what it says: blank nodes have other names in each run."""
    thing = data.value(None, support.EVIDENCE, node)
    return f"{thing} {sorted(map(str, data.predicate_objects(node)))}"


def test_most_evidence_from_another_passage_is_objected_to(
    whole: Context, data: Statements, library: Library
) -> None:
    """What the other passage says as well is borne out there too: hence most, not all."""
    chance = random.Random(3)
    of = {p.node: p.document for p in passages(data, PASSAGE) if p.document in library.texts}
    lines = [p for p in sorted(of, key=str) if (p, documents.SELECTOR, None) in data]
    cited = [(node, p) for node, p in data.subject_objects(support.PASSAGE) if p in lines]
    sample = chance.sample(sorted(cited, key=lambda one: told_by(data, one[0])), 300)
    other = Statements() + data
    moved = []
    for node, passage in sample:
        elsewhere = chance.choice([p for p in lines if of[p] == of[passage] and p != passage])
        other.set((node, support.PASSAGE, elsewhere))
        moved.append((data.value(None, support.EVIDENCE, node), elsewhere))
    findings = evidence_borne_out.judge(other, whole.data, library).findings
    objected = {(f.focus, f.message("en").partition(" (")[0].rpartition(" ")[2]) for f in findings}
    caught = sum((thing, shorten(str(passage))) in objected for thing, passage in moved)
    assert caught / len(moved) > 0.9
