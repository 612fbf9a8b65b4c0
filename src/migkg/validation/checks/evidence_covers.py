"""Every line of the documents is cited by evidence, or left out with a reason."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from textwrap import shorten as shorten_text
from typing import TYPE_CHECKING

from rdflib import SKOS, Literal, URIRef

from migkg.evidence.documents import (
    FILE_NAME,
    OMITTED_PASSAGE,
    PASSAGE,
    open_library,
    passages,
    place,
    selected,
)
from migkg.evidence.support import evidence_of
from migkg.graph import data_files
from migkg.namespaces import MK, shorten
from migkg.validation.finding import Finding, Outcome
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.evidence.documents import Library, Passage, Text
    from migkg.validation.checking import Context

NAME = "evidence-covers"
_REASON = URIRef(MK + "omissionReason")
_NOT_AT_HAND = {
    "en": "{place} is not at hand, while other documents are: put it there, or correct "
    "mk:fileName.",
    "fr": "{place} n'est pas disponible, alors que d'autres documents le sont : placez-le là, ou "
    "corrigez mk:fileName.",
    "es": "{place} no está disponible, mientras que otros documentos sí: póngalo allí, o corrija "
    "mk:fileName.",
}
_NEITHER = {
    "en": "{place}: no evidence cites this, and it is not left out: state what it says, or leave "
    "it out with a reason (mk:OmittedPassage).",
    "fr": "{place} : aucun élément probant ne cite ceci, et ce n'est pas laissé de côté : énoncez "
    "ce qui est dit, ou laissez-le de côté avec un motif (mk:OmittedPassage).",
    "es": "{place}: ninguna prueba cita esto, y no se ha dejado de lado: enuncie lo que dice, o "
    "déjelo de lado con un motivo (mk:OmittedPassage).",
}
_BOTH = {
    "en": "{place}: evidence cites this, and yet it is left out: take it out of the lines left "
    "out.",
    "fr": "{place} : un élément probant cite ceci, et c'est pourtant laissé de côté : ôtez-le des "
    "lignes laissées de côté.",
    "es": "{place}: una prueba cita esto y, sin embargo, se ha dejado de lado: quítelo de las "
    "líneas dejadas de lado.",
}


def check(context: Context) -> Outcome:
    """Hold what data/ cites against the documents that are at hand.

    Raises InputError if MIGKG_DOCUMENTS is no folder, or for a file that cannot be read.
    """
    data = statements(data_files(context.graph))
    return judge(data, context.data, open_library(context.graph, data))


def judge(data: Statements, everything: Statements, library: Library) -> Outcome:
    """Find lines neither cited nor left out, or both; the names of reasons are in everything."""
    if not library.is_at_hand:
        counted = "no line read: the documents are not at hand (set MIGKG_DOCUMENTS)"
        return Outcome(NAME, counted, [])
    used = {one.passage for several in evidence_of(data).values() for one in several}
    citing = [one for one in passages(data, PASSAGE) if one.node in used]
    omitting = passages(data, OMITTED_PASSAGE)
    reasons = {one.node: data.value(one.node, _REASON) for one in omitting}
    findings = _not_at_hand(library)
    cited = 0
    left_out: Counter[Node | None] = Counter()
    for document, text in library.texts.items():
        if not text.own:
            written = [index for index, line in enumerate(text.lines) if line.strip()]
            by_evidence = _lines(citing, document, text)
            by_omission = _lines(omitting, document, text)
            cited += len(by_evidence.keys() & written)
            left_out.update(
                reasons[by_omission[index]] for index in written if index in by_omission
            )
            findings += _uncovered(document, text, written, by_evidence.keys() | by_omission.keys())
            findings += _contested(text, written, by_evidence, by_omission)
    return Outcome(NAME, _counted(cited, left_out, everything), findings)


def _counted(cited: int, left_out: Counter[Node | None], everything: Statements) -> str:
    reasons = [(number, _name(reason, everything)) for reason, number in left_out.items()]
    by_reason = [f"{number:,} {name}" for number, name in sorted(reasons, reverse=True)]
    counted = f"{cited:,} lines cited, {left_out.total():,} left out"
    return f"{counted}: {', '.join(by_reason)}" if by_reason else counted


def _name(reason: Node | None, everything: Statements) -> str:
    labels = everything.objects(reason, SKOS.prefLabel) if reason else []
    named = [str(one) for one in labels if isinstance(one, Literal) and one.language == "en"]
    return named[0] if named else shorten(str(reason)) if reason else "without a reason"


def _lines(several: Iterable[Passage], document: Node | None, text: Text) -> dict[int, Node]:
    """Give the lines that passages of a document select, each with one passage that does."""
    return {
        index: passage.node
        for passage in several
        if passage.document == document
        for selector in passage.selectors
        for index in selected(selector, text) or ()
    }


def _not_at_hand(library: Library) -> list[Finding]:
    return [
        Finding("Violation", document, FILE_NAME, Literal(name), _said(_NOT_AT_HAND, name), NAME)
        for document, name in sorted(library.missing.items(), key=str)
    ]


def _uncovered(
    document: Node | None, text: Text, written: list[int], covered: Set[int]
) -> Iterator[Finding]:
    """Find the runs of lines, blank ones aside, that nothing covers."""
    for is_covered, run in groupby(written, lambda index: index in covered):
        if not is_covered:
            indexes = list(run)
            where = place(text, [range(indexes[0], indexes[-1] + 1)])
            words = Literal(
                shorten_text(" ".join(text.lines[i] for i in indexes), 60, placeholder=" …")
            )
            yield Finding("Violation", document, None, words, _said(_NEITHER, where), NAME)


def _contested(
    text: Text, written: list[int], by_evidence: dict[int, Node], by_omission: dict[int, Node]
) -> Iterator[Finding]:
    both = [index for index in written if index in by_evidence and index in by_omission]
    for omitted, run in groupby(both, by_omission.__getitem__):
        indexes = list(run)
        said = _said(_BOTH, place(text, [range(indexes[0], indexes[-1] + 1)]))
        yield Finding("Violation", omitted, None, by_evidence[indexes[0]], said, NAME)


def _said(sentence: dict[str, str], where: str) -> dict[str, str]:
    return {language: text.format(place=where) for language, text in sentence.items()}
