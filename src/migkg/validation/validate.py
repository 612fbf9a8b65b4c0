"""Judge the whole graph: by the shapes, by what OWL 2 RL entails, by the checks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from migkg import graph as sources
from migkg.progress import silent, unseen
from migkg.validation import contradiction
from migkg.validation.entailment import entailed
from migkg.validation.finding import Outcome
from migkg.validation.shacl import constraints, judge
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph as Statements

    from migkg.progress import Notify, Progress
    from migkg.validation.finding import Report


def validate(graph: sources.Graph, notify: Notify = silent, progress: Progress = unseen) -> Report:
    """Judge a whole graph: by its shapes, its consistency and its checks.

    :param notify: gets what the user is to know, line by line
    :raises InputError: a file cannot be read, or a shape or a check is broken
    """
    of_shapes = sources.shape_files(graph)
    folder = os.path.join(graph.root, "ontology", "shapes")
    whose = sources.shown(of_shapes[0] if len(of_shapes) == 1 else folder)
    rules = statements(of_shapes, notify)
    progress("shapes")
    data = statements(sources.sources(graph), notify)
    with entailed(data, notify):
        report = judge(data, rules, None, whose, lambda done, of: progress("shapes", done, of))
    counted = f"{report.judged:,} things, {len(constraints(rules)):,} constraints"
    outcomes = [Outcome("shapes", counted, report.findings)]
    outcomes += _checked(graph, data, rules, notify, progress)
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
