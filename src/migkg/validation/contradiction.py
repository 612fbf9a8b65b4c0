"""Findings about what contradicts itself by OWL 2 RL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Literal

from migkg.namespaces import shorten
from migkg.rdflib_terms import statement_of
from migkg.reasoning.clash import Clash
from migkg.reasoning.datatypes import fits
from migkg.validation.finding import Finding
from migkg.validation.shacl import Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement


def finding(clash: Clash, said: Collection[ox.Triple] = ()) -> Finding:
    """Blame the thing that is in contradiction, by the last statement about it.

    Of an entry (what it says is `said`), the last statement that the contradiction rests on is
    blamed.
    """
    about = [t for t in clash.statements if t in said]
    about = about or [t for t in clash.statements if t.subject == clash.about]
    focus, path, value = statement_of(about[-1]) if about else (None, None, None)
    misfit = clash.rule == "dt-not-type" and said
    messages = _misfit(value) if misfit and isinstance(value, Literal) else {"en": str(clash)}
    return Finding("Violation", focus, path, value, messages, f"OWL 2 RL: {clash.rule}")


def _misfit(value: Literal) -> dict[str, str]:
    datatype = shorten(str(value.datatype))
    return {
        "en": f"“{value}” is not written as a value of {datatype} is.",
        "fr": f"« {value} » n'est pas écrit comme une valeur de {datatype}.",
        "es": f"«{value}» no está escrito como un valor de {datatype}.",
    }


def key(clash: Clash) -> tuple[object, ...]:
    """Give what tells a clash from others."""
    return clash.rule, clash.about, frozenset(clash.statements)


def found(clash: Clash, explained: Clash | None = None, said: Collection[ox.Triple] = ()) -> Found:
    """Make a finding of a clash, worded as it is `explained`, and a result for a report."""
    one = finding(explained or clash, said)
    return Found(one, key(clash), ("", *as_result(one)))


def as_result(finding: Finding) -> tuple[Node, list[Statement]]:
    """Write a finding as a validation result: https://www.w3.org/TR/shacl/#results."""
    node = BNode()
    said = [
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH[finding.severity]),
        (SH.sourceConstraintComponent, SH.SPARQLConstraintComponent),
        (SH.focusNode, finding.focus),
        (SH.resultPath, finding.path),
        (SH.value, finding.value),
        *((SH.resultMessage, Literal(text, lang=tag)) for tag, text in finding.messages.items()),
    ]
    return node, [(node, prop, term) for prop, term in said if term is not None]


def misfits(said: Iterable[ox.Triple]) -> Iterator[Clash]:
    """Find the values that are not of their datatypes, by rule dt-not-type."""
    for triple in said:
        value = triple.object
        if isinstance(value, ox.Literal) and not fits(value.value, value.datatype.value):
            meaning = "has a value that is not of the form of its datatype"
            yield Clash("dt-not-type", triple.subject, meaning, (triple,))
