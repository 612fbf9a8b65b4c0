"""How recognition says what it found: things by their names, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from migkg.namespaces import shorten
from migkg.validation.recognition.names import chosen, labels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib import Graph as Statements
    from rdflib.term import Node

    Called = Callable[[str], str]  # by language


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
    named = {name: _called(sides, term) for name, term in terms.items()}
    asking = [_called(sides, term) for term in meant]
    found = {}
    for language, template in templates.items():
        text = template.format(**{name: called(language) for name, called in named.items()})
        found[language] = f"{text} {_asked(asking, language)}".strip()
    return found


def asked(sides: Sequence[Statements], meant: Sequence[Node], language: str) -> str:
    """Ask whether one of these is meant; '' for none."""
    return _asked([_called(sides, term) for term in meant], language)


def _asked(meant: list[Called], language: str) -> str:
    if not meant:
        return ""
    question, either = _MEANT.get(language) or _MEANT["en"]
    *others, last = [called(language) for called in meant]
    return question.format(either.format(", ".join(others), last) if others else last)


def _called(sides: Sequence[Statements], term: Node | str) -> Called:
    """Call a term by its label and CURIE, a text as it is; in each language."""
    if isinstance(term, Literal):
        text = f"“{_short(term)}”"
        if term.language:
            text = f"{text}@{term.language}"
        elif term.datatype:
            text = f"{text}^^{shorten(term.datatype)}"
        return lambda _: text
    if isinstance(term, URIRef):
        names, curie = labels(sides, term), shorten(term)
        if not names:
            return lambda _: curie
        return lambda language: f"{_short(chosen(names, language))} ({curie})"
    if type(term) is str:
        return lambda _: term
    return lambda language: _UNNAMED.get(language, "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
