"""Judge an entry: by shapes and by what follows, by what it names, each finding with its repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode

from migkg.entry.entry import Entry
from migkg.prepared import Prepared
from migkg.validation.finding import placed
from migkg.validation.judgement import Surroundings
from migkg.validation.progress import silent, unseen
from migkg.validation.recognition.joining import joined
from migkg.validation.recognition.known import Around, Known
from migkg.validation.recognition.recognize import recognize
from migkg.validation.repair.repaired import repaired
from migkg.validation.repair.search import key
from migkg.validation.repair.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.graph import Graph
    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding, Report
    from migkg.validation.progress import Notify, Progress


def validate_entry(
    graph: Graph,
    entry: Entry,
    base: str | None = None,
    notify: Notify = silent,
    progress: Progress = unseen,
) -> Report:
    """Judge an entry in the midst of a graph.

    Files of the graph take the place of their former version, which is that of git's HEAD or of
    the commit `base`. The findings are those that the entry introduces; what was wrong before, and
    what is no more, is told apart. Findings have their places and, where one was found, a repair.

    :param notify: gets what the user is to know, line by line
    :param progress: gets the name of what is done, and how far it is
    :raises InputError: a file of the graph cannot be read, or a shape is broken
    :raises UsageError: there is no such commit
    """
    surroundings = Surroundings(graph, entry.files, notify)
    said = set(entry.statements)
    former = surroundings.former(base, said)
    comparison = surroundings.compare(
        former, said, _described(said), lambda done, of: progress("shapes", done, of)
    )
    report = surroundings.report(comparison)
    names = _Names(entry.files, surroundings, former)
    recognized = names.recognized(entry.statements)
    earlier = names.recognized(_graph(former)) if former else []
    known = {key(finding) for finding in earlier}
    still = {key(finding) for finding in recognized}
    new = [finding for finding in recognized if key(finding) not in known]
    findings = joined(report.findings, new, [entry.statements, names.around.statements])
    progress("repairs")
    trial = Trial(surroundings, entry.statements, names.recognized)
    findings = repaired(findings, entry.statements, surroundings, trial)
    return report._replace(
        findings=placed(findings, entry),
        before=tuple(placed([*report.before, *(f for f in recognized if key(f) in known)], entry)),
        fixed=(*report.fixed, *(f for f in earlier if key(f) not in still)),
    )


class _Names:
    """What the graph around an entry knows."""

    def __init__(
        self, files: tuple[str, ...], surroundings: Surroundings, former: Collection[Statement]
    ) -> None:
        self.files, self.former = files, _graph(former)
        self.around = Around(surroundings.asserted, surroundings.shapes.graph, surroundings.around)

    def recognized(self, said: Statements) -> list[Finding]:
        """Find what a version of the entry names and nothing knows."""
        return recognize(Known(Entry(self.files, said, {}, {}), self.around, self.former))


def _described(said: Collection[Statement]) -> set[Node]:
    return {s for s, _, _ in said} | {o for _, _, o in said if isinstance(o, BNode)}


def _graph(said: Iterable[Statement]) -> Statements:
    found = Prepared(bind_namespaces="none")
    for statement in said:
        found.add(statement)
    return found
