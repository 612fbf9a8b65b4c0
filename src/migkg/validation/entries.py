"""Judge an entry: by shapes and by what follows, by what it names, each finding with its repair."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rdflib import BNode

from migkg.entry.entry import Entry
from migkg.prepared import Prepared
from migkg.progress import silent, unseen
from migkg.validation.elsewhere import explained, placed_in
from migkg.validation.finding import Finding, placed
from migkg.validation.judgement import MOST, Surroundings
from migkg.validation.recognition import prefixes
from migkg.validation.recognition.joining import joined
from migkg.validation.recognition.known import Around, Known
from migkg.validation.recognition.recognize import recognize
from migkg.validation.repair.repaired import repaired
from migkg.validation.repair.search import key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence, Set

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.graph import Graph
    from migkg.progress import Notify, Progress
    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Report


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
    names = Names(surroundings, surroundings.former(base, set(entry.statements)))
    report = found(entry, surroundings, names, progress)
    if wrong := prefixes.of_ours(report.findings):
        notify("Only the prefixes were judged: mend them, and run it again for all the rest.")
        return report._replace(findings=wrong)
    if any(finding.source == STOPPED for finding in report.findings):
        notify(_STOPPED["en"])
    progress("repairs")
    return mended(report, entry, surroundings, names)


STOPPED = "validation/stopped"
_SPACED = f"{MOST:,}".replace(",", "\u202f")
_STOPPED = {
    "en": f"Judging stopped after {MOST:,} findings: mend these, and run it again.",
    "fr": f"L'examen s'est arrêté après {_SPACED} constats : corrigez-les et recommencez.",
    "es": f"El examen se detuvo tras {_SPACED} hallazgos: corríjalos y vuelva a ejecutarlo.",
}


class Names:
    """What the graph around an entry knows, and what the entry said before."""

    def __init__(self, surroundings: Surroundings, former: Set[Statement] = frozenset()) -> None:
        self.former = former
        self.around = Around(surroundings.asserted, surroundings.shapes.graph, surroundings.around)
        self._before = _graph(former)

    def unknown(self, said: Statements, files: tuple[str, ...], most: int = MOST) -> list[Finding]:
        """Find what a version of the entry names and nothing knows, up to so many findings."""
        known = Known(Entry(files, said, {}, {}), self.around, self._before)
        return list(islice(recognize(known), most))

    def unknown_before(self, files: tuple[str, ...]) -> list[Finding]:
        """Find what the entry named before and nothing knows."""
        return self.unknown(self._before, files) if self.former else []


def found(
    entry: Entry, surroundings: Surroundings, names: Names, progress: Progress = unseen
) -> Report:
    """Find what an entry brings, leaves and mends, without repairs.

    :raises InputError: a shape is broken
    """
    said = set(entry.statements)
    comparison = surroundings.compare(
        names.former, said, _described(said), lambda done, of: progress("shapes", done, of)
    )
    report = surroundings.report(comparison)
    most = MOST // 10 if comparison.stopped else MOST
    now = names.unknown(entry.statements, entry.files, most)
    earlier = names.unknown_before(entry.files)
    known, still = {key(finding) for finding in earlier}, {key(finding) for finding in now}
    new = [finding for finding in now if key(finding) not in known]
    old = [finding for finding in now if key(finding) in known]
    gone = [finding for finding in earlier if key(finding) not in still]
    sides = [entry.statements, names.around.statements]
    findings = joined(report.findings, new, sides)
    if comparison.stopped or len(now) == most:
        findings.append(_stopped(findings[-1].focus))
    around = surroundings.around
    return report._replace(
        findings=placed_in(around, explained(placed(findings, entry))),
        before=tuple(_where_they_stand(joined(report.before, old, sides), entry, around)),
        fixed=tuple(joined(report.fixed, gone, sides)),
    )


def mended(report: Report, entry: Entry, surroundings: Surroundings, names: Names) -> Report:
    """Give the findings of an entry their repairs."""
    findings = repaired(
        report.findings,
        entry.statements,
        surroundings,
        lambda said: names.unknown(said, entry.files),
    )
    return report._replace(findings=findings)


def _where_they_stand(
    findings: Iterable[Finding], entry: Entry, around: Sequence[str]
) -> list[Finding]:
    """Give findings from before their places: in the entry if it says what is wrong, too."""
    said = [
        placed([f], entry)[0] if (f.focus, f.path, f.value) in entry.statements else f
        for f in findings
    ]
    return placed(placed_in(around, said), entry)


def _stopped(last: Node | None) -> Finding:
    return Finding("Info", last, None, None, _STOPPED, STOPPED)


def _described(said: Collection[Statement]) -> set[Node]:
    return {s for s, _, _ in said} | {o for _, _, o in said if isinstance(o, BNode)}


def _graph(said: Iterable[Statement]) -> Statements:
    found = Prepared(bind_namespaces="none")
    for statement in said:
        found.add(statement)
    return found
