"""A language in which the graph has no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal

from migkg.validation.finding import Finding, Repair
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.validation.recognition.known import Known

NAME = "unknown-language"
_SAID = {
    "en": "The graph has no names in the language “{tag}”, but in {tags}.",
    "fr": "Le graphe n'a pas de noms dans la langue « {tag} », mais en {tags}.",
    "es": "El grafo no tiene nombres en el idioma «{tag}», sino en {tags}.",
}


def find(known: Known) -> Iterator[Finding]:
    """Report each text in such a language; a tag with a region is near the language itself."""
    tagged = {
        (focus, path, value): value.language
        for focus, path, value in known.entry.statements
        if isinstance(value, Literal) and value.language
    }
    unknown = {
        tag
        for tag, path in {(tag, path) for (_, path, _), tag in tagged.items()}
        if not any(text.language == tag for text in known.around.texts(path))
    }
    unknown -= {getattr(value, "language", None) for value in known.former.objects()}
    if not unknown:
        return
    tags = {text.language for text in known.around.texts() if text.language}
    for (focus, path, value), tag in tagged.items():
        if tags and tag in unknown:
            near = _nearest(tag, tags)
            new = [Literal(str(value), lang=near)] if near else []
            messages = said(known.sides, _SAID, new, tag=tag, tags=", ".join(sorted(tags)))
            repair = Repair(((focus, path, value),), ((focus, path, new[0]),)) if new else None
            yield Finding("Warning", focus, path, value, messages, NAME, repair=repair)


def _nearest(tag: str, tags: set[str]) -> str:
    """Find the one tag that is a letter off; '' if none or several are.

    Two letters are mostly another language of ISO 639-1, whatever they look like.
    """
    from rapidfuzz.distance import OSA

    base = tag.partition("-")[0]
    if base in tags or len(base) == 2:
        return base if base in tags else ""
    near = [other for other in tags if OSA.distance(base, other) == 1]
    return near[0] if len(near) == 1 else ""
