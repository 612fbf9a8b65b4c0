"""Judge entries, or the whole graph: by the shapes, by what OWL 2 RL entails, by the checks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from rdflib import RDF, SH, BNode, Literal

from migkg import graph as sources
from migkg.entry.entry import Entry
from migkg.validation import contradiction, judgement
from migkg.validation.contradiction import as_result
from migkg.validation.entailment import entailed
from migkg.validation.finding import Outcome, Report
from migkg.validation.shacl import constraints, judge
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import Graph as Statements

    from migkg.validation.finding import Finding

    Notify = Callable[[str], None]


class Progress(Protocol):
    """Gets the name of what is done next, and how much of how much is done, where it is known."""

    def __call__(self, name: str, done: int = 0, of: int = 0, /) -> None:
        """Show it."""


def _silent(_: str) -> None:
    pass


def _unseen(_name: str, _done: int = 0, _of: int = 0, /) -> None:
    pass


def validate(
    graph: sources.Graph,
    files: list[str],
    shapes: str | None = None,
    notify: Notify = _silent,
    progress: Progress = _unseen,
) -> Report:
    """Judge files in the midst of the graph, or the whole graph where there are none.

    Of files, only what they change is judged; of the whole graph also its consistency and the
    checks. With a file of shapes, the files (else the graph) are judged by these alone.

    :param notify: gets what the user is to know, line by line
    :raises InputError: a file cannot be read, or a shape or a check is broken
    """

    def advance(done: int, of: int) -> None:
        progress("shapes", done, of)

    if shapes is not None:
        read = statements(files or sources.sources(graph), notify)
        return judge(read, statements([shapes]), None, sources.shown(shapes), advance)
    if files:
        entry = Entry(tuple(files), statements(files, notify), {}, {})
        return judgement.judge(graph, entry, None, notify, advance)
    of_shapes = sources.shape_files(graph)
    folder = os.path.join(graph.root, "ontology", "shapes")
    whose = sources.shown(of_shapes[0] if len(of_shapes) == 1 else folder)
    rules = statements(of_shapes, notify)
    return _whole(graph, rules, whose, notify, progress)


def _whole(
    graph: sources.Graph, rules: Statements, whose: str, notify: Notify, progress: Progress
) -> Report:
    progress("shapes")
    data = statements(sources.sources(graph), notify)
    with entailed(data, notify):
        report = judge(data, rules, None, whose, lambda done, of: progress("shapes", done, of))
    counted = f"{report.judged:,} things, {len(constraints(rules)):,} constraints"
    outcomes = [Outcome("shapes", counted, report.findings)]
    for outcome in _checked(graph, data, rules, notify, progress):
        outcomes.append(outcome)
        for finding in outcome.findings:
            _record(report.results, finding)
    found = [finding for outcome in outcomes for finding in outcome.findings]
    return report._replace(findings=found, checks=tuple(outcomes))


def _checked(
    graph: sources.Graph, data: Statements, rules: Statements, notify: Notify, progress: Progress
) -> Iterator[Outcome]:
    """Find what clashes by OWL 2 RL; where nothing does, run the checks."""
    from migkg import store
    from migkg.reasoning.clash import Inconsistency
    from migkg.validation import checking

    name = "owl-rl-contradictions"
    progress(name)
    try:
        opened = store.open_store(graph, notify)
    except Inconsistency as error:
        notify("the sources contradict each other: the checks wait until they do not")
        clashes = [contradiction.finding(clash) for clash in error.clashes]
        yield Outcome(name, f"{len(data):,} statements", clashes)
        return
    inferred = store.count(opened, store.INFERRED)
    yield Outcome(name, f"{len(data):,} statements, {inferred:,} inferred from them", [])
    yield from checking.run(checking.read(graph, opened, data, rules), progress)


def _record(results: Statements, finding: Finding) -> None:
    report = results.value(None, RDF.type, SH.ValidationReport) or BNode()
    node, said = as_result(finding)
    results.set((report, SH.conforms, Literal(False)))
    results.add((report, RDF.type, SH.ValidationReport))
    results.add((report, SH.result, node))
    for statement in said:
        results.add(statement)
