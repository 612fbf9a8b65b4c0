"""Every statement in data/ that has to names a passage, and no evidence is idle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.evidence.support import EVIDENCE, evidence_of, has_source_of_data_set, wanting_evidence
from migkg.graph import data_files
from migkg.validation.finding import Finding, Outcome
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.evidence.support import Evidence
    from migkg.validation.checking import Context

    _Slip = tuple[Node, Node | None, Node | None]

NAME = "evidence-complete"
_BARE = {
    "en": "This statement names no passage that supports it: add mk:evidence with an mk:passage.",
    "fr": "Cette assertion ne nomme aucun passage qui l'appuie : ajoutez mk:evidence avec un "
    "mk:passage.",
    "es": "Esta afirmación no nombra ningún pasaje que la respalde: añada mk:evidence con un "
    "mk:passage.",
}
_IDLE = {
    "en": "Evidence is given for something that is not stated here: correct mk:supports or "
    "mk:value, or state it.",
    "fr": "Un élément probant porte sur ce qui n'est pas affirmé ici : corrigez mk:supports ou "
    "mk:value, ou affirmez-le.",
    "es": "Se da una prueba de algo que no se afirma aquí: corrija mk:supports o mk:value, o "
    "afírmelo.",
}


def check(context: Context) -> Outcome:
    """Judge what data/ states; raises InputError for a file that cannot be read."""
    return judge(statements(data_files(context.graph)))


def judge(data: Statements) -> Outcome:
    """Find the statements without evidence, and evidence of what is not stated."""
    evidence = evidence_of(data)
    wanting = wanting_evidence(data)
    tabular = 0
    bare = []
    for thing, prop, value in wanting:
        if thing not in evidence and has_source_of_data_set(data, thing):
            tabular += 1
        elif not any(one.passage and one.covers(prop, value) for one in evidence.get(thing, ())):
            bare.append((thing, prop, value))
    findings = [Finding("Violation", *statement, _BARE, NAME) for statement in _sorted(bare)]
    findings += [
        Finding("Violation", *slip, _IDLE, NAME) for slip in _sorted(_idle(data, evidence))
    ]
    counted = f"{len(wanting):,} statements, " + (
        f"{len(bare):,} without evidence" if bare else "all with evidence"
    )
    return Outcome(
        NAME,
        counted + (f" ({tabular:,} by the source of their data set)" if tabular else ""),
        findings,
    )


def _idle(data: Statements, evidence: dict[Node, list[Evidence]]) -> Iterator[_Slip]:
    for thing, several in evidence.items():
        said = [(p, o) for p, o in data.predicate_objects(thing) if p != EVIDENCE]
        for one in several:
            covered = [(p, o) for p, o in said if one.covers(p, o)]
            for prop in one.properties - {p for p, _ in covered}:
                yield thing, prop, None
            for value in one.values - {o for _, o in covered}:
                yield thing, None, value
            if not (covered or one.properties or one.values):
                yield thing, EVIDENCE, None


def _sorted(slips: Iterable[_Slip]) -> list[_Slip]:
    return sorted(set(slips), key=lambda slip: tuple(map(str, slip)))
