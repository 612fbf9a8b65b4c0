"""Entries of thousands of things: the work grows as they do, and repairs have an end.

What is counted is what is looked up in the graph, not the time, which a busy machine tells wrongly.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef
from rdflib.plugins.sparql.processor import SPARQLProcessor

from migkg import graph
from migkg.entry.reading import read
from migkg.validation import entries, judgement, reach
from migkg.validation.entries import Names, found, mended
from migkg.validation.index import Index
from migkg.validation.judgement import Surroundings
from migkg.validation.repair.trial import Trial
from migkg.validation.reports import formats

PREFIXES = """
PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
KINDS = {
    "several faults in each": "mkd:project-{0} a mk:Project ; mk:country mkd:country-XX{0} ; "
    'mk:territoryCount "x{0}" .',
    "a misspelt property in each": "mkd:project-{0} a mk:Project ; mk:contry mkd:country-JOR ; "
    'rdfs:label "Undertaking {0}"@en .',
    "an unknown class": 'mkd:prject-{0} a mk:Prject ; rdfs:label "Undertaking {0}"@en .',
    "one thing with many misspelt values": "mkd:project-0 mk:country mkd:country-XX{0} .",
    "nothing wrong": 'mkd:project-{0} a mk:Project ; rdfs:label "Undertaking {0}"@en ; '
    "mk:evidence [ mk:passage mkd:passage-000-prospects ] .",
}


@pytest.fixture(scope="module")
def around(shipped_graph: graph.Graph) -> Surroundings:
    return Surroundings(shipped_graph, [], lambda _line: None)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many statements were looked at, queries asked of rdflib, and changes tried out."""
    counted = {"statements": 0, "queries": 0, "trials": 0}
    matches, query, changed = Index.matches, SPARQLProcessor.query, Trial.changed

    def matching(index: Index, *pattern: Any) -> list[Any]:
        listed = matches(index, *pattern)
        counted["statements"] += 1 + len(listed)
        return listed

    def asked(*args: Any, **named: Any) -> Any:
        counted["queries"] += 1
        return query(*args, **named)

    def tried(*args: Any) -> Any:
        counted["trials"] += 1
        return changed(*args)

    monkeypatch.setattr(Index, "matches", matching)
    monkeypatch.setattr(SPARQLProcessor, "query", asked)
    monkeypatch.setattr(Trial, "changed", tried)
    return counted


@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_as_the_entry_does(
    around: Surroundings, work: dict[str, int], tmp_path: Path, kind: str
) -> None:
    looked_at = []
    for count in (30, 80, 130, 180):  # the first time, more is looked up for all
        file = tmp_path / f"{count}.ttl"
        things = (KINDS[kind].format(f"many-{at}") for at in range(count))
        file.write_text(PREFIXES + "\n".join(things), encoding="utf-8")
        entry = read([str(file)])
        work.update(statements=0, queries=0)
        report = found(entry, around, Names(around))
        looked_at.append(work["statements"])
        assert work["queries"] <= 10
        assert (len(report.findings) >= count) is (kind != "nothing wrong")
    _, one, two, three = looked_at
    assert three - two <= 1.1 * (two - one) + 300


def test_repairs_are_sought_for_the_first_of_very_many(
    around: Surroundings, work: dict[str, int], tmp_path: Path
) -> None:
    file = tmp_path / "entry.ttl"
    things = (KINDS["a misspelt property in each"].format(f"many-{at}") for at in range(600))
    file.write_text(PREFIXES + "\n".join(things), encoding="utf-8")
    entry = read([str(file)])
    before = set(entry.statements)
    names = Names(around)
    report = mended(found(entry, around, names), entry, around, names)
    assert work["trials"] <= 51
    repaired = [bool(finding.repair) for finding in report.findings]
    assert any(repaired[:20])
    assert not any(repaired[300:])
    assert set(entry.statements) == before
    assert around.state.said == before  # which what is told of the findings is looked up in


def test_what_leads_to_too_many_things_is_found_among_all(
    shipped_graph: graph.Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """New things that have the name of old ones, which are wrong by that, too."""
    file = tmp_path / "entry.ttl"
    things = [f'mkd:one-{at} a mk:Project ; rdfs:label "PROSPECTS"@en .' for at in range(40)]
    file.write_text(PREFIXES + "\n".join(things), encoding="utf-8")
    told = []
    for patience in (reach._PATIENCE_IN_ALL, 10):
        monkeypatch.setattr(reach, "_PATIENCE_IN_ALL", patience)
        around = Surroundings(shipped_graph, [], lambda _line: None)
        report = found(read([str(file)]), around, Names(around))
        told.append({(one.source, one.focus, one.path, one.value) for one in report.findings})
    assert told[0] == told[1]
    assert URIRef("https://w3id.org/migkg/id/project-prospects") in {one[1] for one in told[1]}


def test_judging_stops_where_nobody_would_read_on_and_says_so(
    shipped_graph: graph.Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(judgement, "MOST", 40)
    monkeypatch.setattr(entries, "MOST", 40)
    file = tmp_path / "entry.ttl"
    things = (KINDS["several faults in each"].format(f"many-{at}") for at in range(60))
    file.write_text(PREFIXES + "\n".join(things), encoding="utf-8")
    told: list[str] = []
    report = entries.validate_entry(shipped_graph, read([str(file)]), None, told.append)
    *found, last = report.findings
    assert 40 <= len(found) <= 80  # of shapes and of recognition
    assert last.source == "validation/stopped"
    assert last.place
    assert any("Judging stopped" in line for line in told)
    assert report.fixed == ()
    for form in formats.FORMATS:
        formats.write(report, form, "fr", written := BytesIO())
        assert "arrêté après 5" in written.getvalue().decode()
