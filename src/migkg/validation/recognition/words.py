"""How recognition says what it found: things by their names, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from migkg.namespaces import shorten
from migkg.validation.recognition.names import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph as Statements
    from rdflib.term import Node


_LONGEST = 80
_UNNAMED = {"en": "a blank node", "fr": "un nœud anonyme", "es": "un nodo anónimo"}
_MEANT = {
    "en": ("Did you mean {}?", "{} or {}"),
    "fr": ("Vouliez-vous dire {} ?", "{} ou {}"),
    "es": ("¿Quiso decir {}?", "{} o {}"),
}


def said(
    sides: Sequence[Statements],
    templates: dict[str, str],
    meant: Sequence[Node] = (),
    **terms: Node | str,
) -> dict[str, str]:
    """Fill in what is said in each language, and name what may be meant."""
    found = {}
    for language, template in templates.items():
        text = template.format(**{n: called(sides, t, language) for n, t in terms.items()})
        found[language] = f"{text} {asked(sides, meant, language)}".strip()
    return found


def asked(sides: Sequence[Statements], meant: Sequence[Node], language: str) -> str:
    """Ask whether one of these is meant; '' for none."""
    if not meant:
        return ""
    question, either = _MEANT.get(language) or _MEANT["en"]
    *others, last = [called(sides, term, language) for term in meant]
    return question.format(either.format(", ".join(others), last) if others else last)


def called(sides: Sequence[Statements], term: Node | str, language: str) -> str:
    """Call a term by its label and CURIE, a text as it is."""
    if isinstance(term, Literal):
        text = f"“{_short(term)}”"
        if term.language:
            return f"{text}@{term.language}"
        return f"{text}^^{shorten(term.datatype)}" if term.datatype else text
    if isinstance(term, URIRef):
        name = label(sides, term, language)
        return f"{_short(name)} ({shorten(term)})" if name else shorten(term)
    return str(term) if type(term) is str else _UNNAMED.get(language, "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
