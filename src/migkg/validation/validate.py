"""Judge entries, or the whole graph: by the shapes, by what OWL 2 RL entails, by the checks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rdflib import RDF, SH, BNode, Literal

from migkg import graph as sources
from migkg.rdflib_terms import statement_of
from migkg.validation.finding import Finding, Outcome, Report
from migkg.validation.shacl import constraints, judge
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import Graph as Statements

    from migkg.entry.entry import Entry
    from migkg.reasoning.clash import Clash

    Notify = Callable[[str], None]


def _silent(_: str) -> None:
    pass


def validate(
    graph: sources.Graph,
    files: list[str],
    shapes: str | None = None,
    notify: Notify = _silent,
    progress: Notify = _silent,
) -> Report:
    """Judge files in the midst of the graph, or the whole graph where there are none.

    Of files, only what they describe is judged; of the whole graph also its consistency and the
    checks. With a file of shapes, the files (else the graph) are judged by these alone.

    :param notify: gets what the user is to know, line by line
    :param progress: gets the name of what is done next
    :raises InputError: a file cannot be read, or a shape or a check is broken
    """
    if shapes is not None:
        read = statements(files or sources.sources(graph), notify)
        return judge(read, statements([shapes]), None, sources.shown(shapes))
    of_shapes = sources.shape_files(graph)
    folder = os.path.join(graph.root, "ontology", "shapes")
    whose = sources.shown(of_shapes[0] if len(of_shapes) == 1 else folder)
    rules = statements(of_shapes, notify)
    if not files:
        return _whole(graph, rules, whose, notify, progress)
    entry = statements(files, notify)
    around = [path for path in sources.sources(graph) if not _is_one_of(path, files)]
    nodes = set(entry.subjects()) | {node for node in entry.objects() if isinstance(node, BNode)}
    return judge(statements(around, notify) + entry, rules, nodes, whose)


def validate_entry(graph: sources.Graph, entry: Entry, notify: Notify = _silent) -> Report:
    """Judge an entry in the midst of the graph; findings have the places of what they are about.

    :raises InputError: a file of the graph cannot be read, or a shape is broken
    """
    rules = statements(sources.shape_files(graph), notify)
    said = entry.statements
    nodes = set(said.subjects()) | {node for node in said.objects() if isinstance(node, BNode)}
    whose = sources.shown(os.path.join(graph.root, "ontology", "shapes"))
    report = judge(statements(sources.sources(graph), notify) + said, rules, nodes, whose)
    placed = [f._replace(place=entry.place(f.focus, f.path, f.value)) for f in report.findings]
    return report._replace(findings=placed)


def _is_one_of(path: str, files: list[str]) -> bool:
    return any(os.path.samefile(path, file) for file in files)


def _whole(
    graph: sources.Graph, rules: Statements, whose: str, notify: Notify, progress: Notify
) -> Report:
    data = statements(sources.sources(graph), notify)
    progress("shapes")
    report = judge(data, rules, None, whose)
    counted = f"{report.judged:,} things, {len(constraints(rules)):,} constraints"
    outcomes = [Outcome("shapes", counted, report.findings)]
    for outcome in _checked(graph, data, rules, notify, progress):
        outcomes.append(outcome)
        for finding in outcome.findings:
            _record(report.results, finding)
    found = [finding for outcome in outcomes for finding in outcome.findings]
    return report._replace(findings=found, checks=tuple(outcomes))


def _checked(
    graph: sources.Graph, data: Statements, rules: Statements, notify: Notify, progress: Notify
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
        clashes = [_clash(clash) for clash in error.clashes]
        yield Outcome(name, f"{len(data):,} statements", clashes)
        return
    inferred = store.count(opened, store.INFERRED)
    yield Outcome(name, f"{len(data):,} statements, {inferred:,} inferred from them", [])
    yield from checking.run(checking.read(graph, opened, data, rules), progress)


def _clash(clash: Clash) -> Finding:
    """Blame the thing that is in contradiction, by the last statement about it."""
    about = [t for t in clash.statements if t.subject == clash.about]
    focus, path, value = statement_of(about[-1]) if about else (None, None, None)
    return Finding("Violation", focus, path, value, {"en": str(clash)}, f"OWL 2 RL: {clash.rule}")


def _record(results: Statements, finding: Finding) -> None:
    report = results.value(None, RDF.type, SH.ValidationReport) or BNode()
    node = BNode()
    results.set((report, SH.conforms, Literal(False)))
    results.add((report, RDF.type, SH.ValidationReport))
    results.add((report, SH.result, node))
    results.add((node, RDF.type, SH.ValidationResult))
    results.add((node, SH.resultSeverity, SH[finding.severity]))
    results.add((node, SH.sourceConstraintComponent, SH.SPARQLConstraintComponent))
    for prop, term in (
        (SH.focusNode, finding.focus),
        (SH.resultPath, finding.path),
        (SH.value, finding.value),
        *((SH.resultMessage, Literal(text, lang=tag)) for tag, text in finding.messages.items()),
    ):
        if term is not None:
            results.add((node, prop, term))
