"""In which syntax a file is written, and in which one its content evidently is."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

import pyoxigraph as ox

from migkg.errors import InputError
from migkg.graph import shown


class Syntax(NamedTuple):
    """A syntax of RDF, as people call it, and the endings of its files, the usual one first."""

    name: str
    of: ox.RdfFormat
    endings: tuple[str, ...]
    positioned: bool = True
    """Whether each term has a place, and not only some things."""


SYNTAXES = {
    "turtle": Syntax("Turtle", ox.RdfFormat.TURTLE, (".ttl",)),
    "trig": Syntax("TriG", ox.RdfFormat.TRIG, (".trig",)),
    "ntriples": Syntax("N-Triples", ox.RdfFormat.N_TRIPLES, (".nt",)),
    "nquads": Syntax("N-Quads", ox.RdfFormat.N_QUADS, (".nq",)),
    "jsonld": Syntax("JSON-LD", ox.RdfFormat.JSON_LD, (".jsonld", ".json"), False),
    "rdfxml": Syntax("RDF/XML", ox.RdfFormat.RDF_XML, (".rdf", ".owl", ".xml"), False),
}
_EVIDENT = (  # of a beginning after blanks; none of them begins a Turtle document
    (
        "a web page: save the file itself, not the page that shows it",
        re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE),
    ),
    ("rdfxml", re.compile(r"<\?xml|<!--|<!DOCTYPE|<[A-Za-z_][\w.:-]*\s[^<>]*=\s*[\"']")),
    ("jsonld", re.compile(r"(?:\[\s*)?\{\s*[\"}]")),
)


def syntax_of(file: str, told: str | None) -> Syntax:
    """Choose a syntax: the one that was told, else that of the file's ending.

    Standard input (``-``) is Turtle unless told. Raises InputError for an unknown ending.
    """
    if told is not None or file == "-":
        return SYNTAXES[told or "turtle"]
    ending = os.path.splitext(file)[1].lower()
    for syntax in SYNTAXES.values():
        if ending in syntax.endings:
            return syntax
    known = " ".join(syntax.endings[0] for syntax in SYNTAXES.values())
    raise InputError(f"{shown(file)}: the ending tells no syntax of RDF; there are {known}")


def other_than(syntax: Syntax, text: str) -> str:
    """Say what a text is that is not of the syntax, if that is evident, and what to do about it."""
    beginning = text[:10_000].lstrip()
    for name, begins in _EVIDENT:
        if begins.match(beginning):
            found = SYNTAXES.get(name)
            return f"holds {name}" if found is None else _rename(found, syntax)
    content = text.encode()
    for other in SYNTAXES.values():
        if other.positioned and other is not syntax:
            try:
                if sum(1 for _ in ox.parse(content, other.of)):
                    return _rename(other, syntax)
            except SyntaxError:
                continue
    return ""


def _rename(found: Syntax, said: Syntax) -> str:
    if found == said:
        return ""
    name = next(key for key, syntax in SYNTAXES.items() if syntax == found)
    return f"holds {found.name}, not {said.name}: name it …{found.endings[0]} (--syntax {name})"
