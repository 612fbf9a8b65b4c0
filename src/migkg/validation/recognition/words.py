"""How recognition says what it found: things by their names, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from migkg.namespaces import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from migkg.validation.recognition.known import Known

_LONGEST = 80
_UNNAMED = {"en": "a blank node", "fr": "un nœud anonyme", "es": "un nodo anónimo"}
_MEANT = {
    "en": ("Did you mean {}?", "{} or {}"),
    "fr": ("Vouliez-vous dire {} ?", "{} ou {}"),
    "es": ("¿Quiso decir {}?", "{} o {}"),
}


def said(
    known: Known, templates: dict[str, str], meant: Sequence[Node] = (), **terms: Node | str
) -> dict[str, str]:
    """Fill in what is said in each language, and name what may be meant."""
    return {
        language: " ".join(
            filter(
                None,
                (
                    template.format(**{n: called(known, t, language) for n, t in terms.items()}),
                    asked(known, meant, language),
                ),
            )
        )
        for language, template in templates.items()
    }


def asked(known: Known, meant: Sequence[Node], language: str) -> str:
    """Ask whether one of these is meant; '' for none."""
    if not meant:
        return ""
    question, either = _MEANT[language]
    *others, last = [called(known, term, language) for term in meant]
    return question.format(either.format(", ".join(others), last) if others else last)


def called(known: Known, term: Node | str, language: str) -> str:
    """Call a term by its label and CURIE, a text as it is."""
    if isinstance(term, Literal):
        text = f"“{_short(term)}”"
        if term.language:
            return f"{text}@{term.language}"
        return f"{text}^^{shorten(term.datatype)}" if term.datatype else text
    if isinstance(term, URIRef):
        label = known.label(term, language)
        return f"{_short(label)} ({shorten(term)})" if label else shorten(term)
    return str(term) if type(term) is str else _UNNAMED[language]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
