"""A repair takes its finding away and brings no other, for every component that shapes use."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from judging import INVALID
from rdflib.term import Node

from migkg import graph
from migkg.entry.entry import Entry
from migkg.entry.reading import read
from migkg.validation.entries import Names, found, mended
from migkg.validation.finding import Finding, Report
from migkg.validation.judgement import Surroundings
from migkg.validation.repair.search import key

EACH = int(os.environ.get("MIGKG_REPAIRS", "2"))  # cases of a component and a kind of path
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


def renamed(finding: Finding) -> Iterator[tuple[Node, Node]]:
    """Tell which thing got which name by a repair, if it is the same thing."""
    assert finding.repair is not None
    old = {s for s, _, _ in finding.repair.removed}
    new = {s for s, _, _ in finding.repair.added}
    if len(old - new) == len(new - old) == 1:
        yield (old - new).pop(), (new - old).pop()


def repaired(entry: Entry, finding: Finding) -> Entry:
    assert finding.repair is not None
    said = (set(entry.statements) - set(finding.repair.removed)) | set(finding.repair.added)
    statements = read(entry.files).statements
    statements.remove((None, None, None))
    for statement in said:
        statements.add(statement)
    return entry._replace(statements=statements)


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
        findings = mended(report, entry, surroundings, names).findings
        grave = [finding for finding in findings if finding.severity != "Info"]
        known = {key(finding) for finding in grave}
        for finding in grave:
            if finding.repair is None:
                unmended.append((case.name, finding.source))
                continue
            after = found(repaired(entry, finding), others, Names(others)).findings
            left = {key(one) for one in after if one.severity != "Info"}
            same = {new: old for old, new in renamed(finding)}
            before = {tuple(same.get(part, part) for part in one) for one in left}  # type: ignore[call-overload]
            assert key(finding) not in before, (case.name, finding)
            assert before <= known, (case.name, finding, before - known)
            counted[finding.component or finding.source] += 1
    used = {f.component for report in invalid_reports.values() for f in report.findings}
    assert counted.keys() >= used
    assert len(unmended) <= UNMENDED * counted.total(), unmended
