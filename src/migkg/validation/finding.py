"""What a judgement of the graph comes to: findings, and what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from migkg.namespaces import MKSH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.entry.entry import Entry
    from migkg.entry.place import Place
    from migkg.rdflib_terms import Statement

_OF_PROPERTIES = {MKSH + "Entry-property", "recognition/unknown-property"}


class Repair(NamedTuple):
    """A change of the entry that takes a finding away and brings no other.

    Where nothing tells what the contributor means, the values are an example to be replaced.
    """

    removed: tuple[Statement, ...]
    added: tuple[Statement, ...]
    example: bool = False


class Finding(NamedTuple):
    """What is wrong with one thing: a validation result, a clash, a row of a check.

    https://www.w3.org/TR/shacl/#validation-report
    """

    severity: str
    focus: Node | None
    path: Node | None
    value: Node | None
    messages: dict[str, str]
    source: str
    component: str = ""
    """The IRI of the constraint component, if a shape was not conformed to."""
    place: Place | None = None
    repair: Repair | None = None
    meant: tuple[Node, ...] = ()
    """Of what is not known: which known ones may be meant, the likeliest first."""

    def message(self, language: str) -> str:
        """Say it in the language, else in English, else in any."""
        said = self.messages
        return said.get(language) or said.get("en") or next(iter(said.values()), "")


class Outcome(NamedTuple):
    """What one check of the whole graph looked at, in words and figures, and what it found."""

    check: str
    counted: str
    findings: list[Finding]


class Report(NamedTuple):
    """The findings, how many things were judged, the report in RDF and the data it is about.

    Of the whole graph, also the outcome of each check, the shapes and the reasoner being the first.
    """

    findings: list[Finding]
    judged: int
    written: Callable[[], Statements]
    data: Statements
    checks: tuple[Outcome, ...] = ()
    before: tuple[Finding, ...] = ()
    """Of an entry: what was wrong without it, and still is."""
    fixed: tuple[Finding, ...] = ()
    """Of an entry: what was wrong without it, and is no more."""

    @property
    def results(self) -> Statements:
        """The report in RDF, which is written when it is asked for: it may be long."""
        return self.written()

    @property
    def conforms(self) -> bool:
        """Whether nothing was found, as https://www.w3.org/TR/shacl/#conforms has it."""
        return not self.findings


def placed(findings: Iterable[Finding], entry: Entry) -> list[Finding]:
    """Give findings their places in an entry, unless they have one."""
    return [f if f.place else f._replace(place=_place(f, entry)) for f in findings]


def _place(finding: Finding, entry: Entry) -> Place | None:
    """Point to the property if it is the property that is wrong."""
    value = None if finding.source in _OF_PROPERTIES else finding.value
    return entry.place(finding.focus, finding.path, value)
