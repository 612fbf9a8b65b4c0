"""A repair takes its finding away and brings no other, for every component that shapes use."""

import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from judging import INVALID
from parsers import canonical
from rdflib import XSD, Graph, Literal, URIRef

from migkg import graph, namespaces
from migkg.entry.entry import Entry
from migkg.entry.reading import read
from migkg.validation import entries
from migkg.validation.entries import Names, found
from migkg.validation.finding import Finding, Repair, Report
from migkg.validation.judgement import Surroundings
from migkg.validation.repair import values
from migkg.validation.repair.search import key
from migkg.validation.reports import repairs

EACH = int(os.environ.get("MIGKG_REPAIRS", "2"))  # cases of a component and a kind of path
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in namespaces.PREFIXES.items())
UNMENDED = 0.03  # of the findings: what would have to be invented


@pytest.fixture(scope="module")
def surroundings(shipped_graph: graph.Graph) -> Surroundings:
    return Surroundings(shipped_graph, (), lambda _: None)


@pytest.fixture(scope="module")
def others(shipped_graph: graph.Graph) -> Surroundings:
    """Surroundings in which nothing was tried out."""
    return Surroundings(shipped_graph, (), lambda _: None)


def sample(reports: dict[Path, Report]) -> list[Path]:
    """Take cases of every component, on things and on properties, with a value and without."""
    of: defaultdict[tuple[object, ...], list[Path]] = defaultdict(list)
    for case in INVALID:
        for finding in reports[case].findings:
            told = finding.component, type(finding.path), finding.value is None
            if case not in of[told]:
                of[told].append(case)
    return list(dict.fromkeys(case for cases in of.values() for case in cases[:EACH]))


def afterwards(key: tuple[object, ...], repair: Repair) -> tuple[object, ...]:
    """Tell what a finding is called when a thing has another name, or a statement another value."""
    source, *about = key
    for before, after in zip(repair.removed, repair.added, strict=False):
        if before == tuple(about) and before[:2] == after[:2]:
            return source, *after
    old, new = ({s for s, _, _ in said} for said in (repair.removed, repair.added))
    if len(old - new) == len(new - old) == 1:
        names = {(old - new).pop(): (new - old).pop()}
        return source, *(names.get(part, part) for part in about)  # type: ignore[call-overload]
    return key


def repaired(entry: Entry, finding: Finding) -> Entry:
    assert finding.repair is not None
    said = (set(entry.statements) - set(finding.repair.removed)) | set(finding.repair.added)
    statements = read(entry.files).statements
    statements.remove((None, None, None))
    for statement in said:
        statements.add(statement)
    return entry._replace(statements=statements)


def by_hand(text: str, finding: Finding, data: Graph) -> str:
    """Do with a text what its repair says to its reader, where it takes no looking for a place."""
    steps = [step for step in repairs.steps(finding, data, "en") if step.turtle]
    said = {step.said: step.turtle for step in steps}
    if said.keys() == {"Add"}:
        return f"{text}\n{said['Add']}\n"
    if said.keys() == {"Instead of", "write"}:
        old, new = said["Instead of"], said["write"]
        if " " in old and old.split()[0] != new.split()[0]:
            return text  # other values of the property may follow
        return re.sub(rf"(?<![\w:]){re.escape(old)}(?![\w-])", lambda _: new, text)
    return text


def said_by(turtle: str) -> set[str]:
    return canonical(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


def test_repairs(
    surroundings: Surroundings, others: Surroundings, invalid_reports: dict[Path, Report]
) -> None:
    counted: Counter[str] = Counter()
    unmended = []
    cases = sample(invalid_reports)
    for case in cases:
        entry = read([str(case)])
        names = Names(surroundings)
        report = found(entry, surroundings, names)
        findings = entries.mended(report, entry, surroundings, names).findings
        grave = [finding for finding in findings if finding.severity != "Info"]
        known = {key(finding) for finding in grave}
        for finding in grave:
            if finding.repair is None:
                unmended.append((case.name, finding.source))
                continue
            after = found(repaired(entry, finding), others, Names(others)).findings
            left = {key(one) for one in after if one.severity != "Info"}
            still = known | {afterwards(one, finding.repair) for one in known}
            mended = {key(finding), afterwards(key(finding), finding.repair)}
            assert mended.isdisjoint(left), (case.name, finding)
            assert left <= still, (case.name, finding, left - still)
            counted[finding.component or finding.source] += 1
            text = PREFIXES + case.read_text(encoding="utf-8")
            changed = by_hand(text, finding, report.data)
            if changed != text:
                wanted = repaired(entry, finding).statements.serialize(format="nt")
                assert said_by(changed) == said_by(wanted), (case.name, finding)
                counted["by hand"] += 1
    assert counted.pop("by hand") > counted.total() / 2
    used = {f.component for report in invalid_reports.values() for f in report.findings}
    assert counted.keys() >= used
    assert len(unmended) <= UNMENDED * counted.total(), unmended


@pytest.mark.parametrize(
    ("text", "datatype", "same"),
    [
        ("1e6", XSD.integer, "1000000"),
        ("1.5E3", XSD.integer, "1500"),
        ("94 million", XSD.integer, "94000000"),
        ("US$ 1,5 million", XSD.integer, "1500000"),
        ("94 000 000", XSD.integer, "94000000"),
        ("1,200,000", XSD.integer, "1200000"),
        ("1,200", XSD.integer, None),  # twelve hundred, or one and a fifth
        ("1,2", XSD.decimal, "1.2"),
        ("1,2", XSD.integer, None),
        ("1.500,50", XSD.decimal, "1500.50"),
        ("more than 94 million", XSD.integer, None),
        ("May 2019", XSD.gYear, None),
        ("1'250.50", XSD.decimal, "1250.50"),
        ("1,250.50", XSD.decimal, "1250.50"),
        ("15.12.2021", XSD.date, "2021-12-15"),
        ("12/15/2021", XSD.date, "2021-12-15"),
        ("3/3/2021", XSD.date, "2021-03-03"),
        ("01/07/2019", XSD.date, None),  # the first of July, or the seventh of January
        ("12.1 to 13 million", XSD.integer, None),
        ("-5", XSD.decimal, None),
        ("31/31/2021", XSD.date, None),
        ("94 millionaires", XSD.integer, None),
    ],
)
def test_a_text_is_written_as_what_it_says(text: str, datatype: URIRef, same: str | None) -> None:
    found = [str(way) for way in values.rewritten(Literal(text)) if way.datatype == datatype]
    assert found == ([same] if same else [])
