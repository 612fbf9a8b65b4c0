"""Findings about what an entry does not name: where they are, and why the entry is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import URIRef

from migkg.entry.reading import read
from migkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib.term import Node

    from migkg.entry.entry import Entry
    from migkg.entry.place import Place
    from migkg.validation.finding import Finding

_MOST = 50  # things that are looked for: files are read for them, with the place of every term
_BECAUSE = {
    "en": "It was not wrong before: it is what the entry says, or says no more, that makes it so.",
    "fr": "Ce n'était pas une erreur auparavant : c'est ce que dit la saisie, ou ce qu'elle ne dit "
    "plus, qui en fait une.",
    "es": "Antes no era un error: lo es por lo que dice la entrada, o por lo que ya no dice.",
}


def explained(findings: Iterable[Finding]) -> list[Finding]:
    """Add to each finding without a place that the entry makes it so."""
    return [
        f if f.place or f.focus is None else f._replace(messages=_because(f.messages))
        for f in findings
    ]


def _because(messages: dict[str, str]) -> dict[str, str]:
    return {
        language: f"{text} {_BECAUSE[language]}" if language in _BECAUSE else text
        for language, text in messages.items()
    }


def placed_in(files: Sequence[str], findings: Sequence[Finding]) -> list[Finding]:
    """Give findings without a place that in the file which describes their thing."""
    wanted = dict.fromkeys(f.focus for f in findings if not f.place and isinstance(f.focus, URIRef))
    described = _described(files, list(wanted)[:_MOST])
    return [
        f if f.place or f.focus not in described else f._replace(place=_place(f, described))
        for f in findings
    ]


def _described(files: Iterable[str], things: Sequence[URIRef]) -> dict[Node, Entry]:
    """Read the files that describe things, each file once."""
    found: dict[Node, Entry] = {}
    for path in files if things else ():
        left = [thing for thing in things if thing not in found]
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        if not any(thing.rpartition("/")[2] in text for thing in left):
            continue
        try:
            said = read([path])
        except InputError:  # a file of the graph that is in no syntax of entries
            continue
        found |= {thing: said for thing in left if (thing, None, None) in said.statements}
    return found


def _place(finding: Finding, described: dict[Node, Entry]) -> Place | None:
    return described[finding.focus].place(finding.focus, finding.path, finding.value)  # type: ignore[index]
