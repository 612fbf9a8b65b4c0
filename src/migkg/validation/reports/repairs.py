"""A repair as people read it, and as a change of the text of the file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
from rdflib import BNode

from migkg.namespaces import PREFIXES
from migkg.rdflib_terms import statement_of
from migkg.results.readable import harmless
from migkg.validation import naming
from migkg.validation.reports import excerpt, short_turtle
from migkg.validation.reports.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph as Statements

    from migkg.entry.place import Place
    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Repair
    from migkg.validation.reports.short_turtle import Shorten


class Step(NamedTuple):
    """What to do, in words, and the Turtle to do it with; `gone` is Turtle that is to go."""

    said: str
    turtle: str = ""
    gone: bool = False


def steps(repair: Repair, data: Statements, language: str) -> list[Step]:
    """Tell step by step what to change: instead of this write that, remove, add."""
    words = WORDS[language]
    if len(repair.removed) == len(repair.added) == 1:
        (old,), (new,) = repair.removed, repair.added
        if old[0] == new[0]:
            told = [
                Step(words["instead"], _pair(old), gone=True),
                Step(words["write"], _pair(new)),
            ]
        else:
            told = [
                Step(words["instead"], _whole(old), gone=True),
                Step(words["write"], _whole(new)),
            ]
    else:
        told = [
            *_grouped(repair.removed, "remove", data, language),
            *_grouped(repair.added, "add", data, language),
        ]
    if repair.example:
        told.append(Step(words["example"]))
    return told


def _pair(statement: Statement) -> str:
    _, prop, value = statement
    return harmless(f"{short_turtle.verb(prop)} {short_turtle.term(value)}")


def _whole(statement: Statement) -> str:
    return harmless(f"{short_turtle.term(statement[0])} {_pair(statement)} .")


def _grouped(
    statements: Sequence[Statement], what: str, data: Statements, language: str
) -> list[Step]:
    """Take statements subject by subject; what goes into a blank node that is there, by itself.

    Turtle has no name for such a node, so that words have to tell which one it is.
    """
    words = WORDS[language]
    there = {s for s, _, _ in statements if isinstance(s, BNode) and (s, None, None) in data}
    told = []
    for node in dict.fromkeys(s for s, _, _ in statements if s in there):
        lines = [f"{_pair(statement)} ;" for statement in statements if statement[0] == node]
        said = words[f"{what} in"].format(naming.thing(node, data, language))
        told.append(Step(said, "\n".join(lines), what == "remove"))
    rest = [statement for statement in statements if statement[0] not in there]
    if rest:
        turtle = harmless("\n\n".join(short_turtle.sentences(rest)))
        told.insert(0, Step(words[what], turtle, what == "remove"))
    return told


def document(statements: Sequence[Statement]) -> str:
    """Write statements as a Turtle document, with the prefixes that it needs."""
    text = "\n\n".join(short_turtle.sentences(statements))
    used = [name for name in sorted(PREFIXES) if f"{name}:" in text]
    head = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used)
    return f"{head}\n{text}\n" if text else ""


class Edit(NamedTuple):
    """Characters of one line, both columns counted from 1 and the end left out, and new text."""

    line: int
    start: int
    end: int
    text: str


_LARGEST = 200_000  # characters of a file in which an edit is tried


def edit(repair: Repair, place: Place | None) -> Edit | None:
    """Tell a repair as a change of the text at the place of its finding, if it is one.

    The term that stands there is exchanged, or a statement is put behind it. What comes out is
    parsed: an edit changes the statements of the file as the repair does, else it is none.
    """
    if place is None or place.cell or not place.line or not place.column or repair.example:
        return None
    lines = excerpt.source(place.file)
    if place.line > len(lines) or sum(map(len, lines)) > _LARGEST:
        return None
    read = _parsed("\n".join(lines))
    if read is None:
        return None
    short, before = read
    line = lines[place.line - 1]
    for change in _candidates(repair, place, line, short):
        changed = line[: change.start - 1] + change.text + line[change.end - 1 :]
        text = "\n".join([*lines[: place.line - 1], changed, *lines[place.line :]])
        after = _parsed(text)
        if after and _does(repair, before, after[1]):
            return change
    return None


def _candidates(repair: Repair, place: Place, line: str, short: Shorten) -> list[Edit]:
    start = place.column
    end = start + len(excerpt.term(line, start - 1))
    added = repair.added
    if len(repair.removed) == 1 and len(added) == 1:
        pairs = zip(repair.removed[0], added[0], strict=True)
        changed = [new for old, new in pairs if old != new]
        if len(changed) == 1 and not isinstance(changed[0], BNode):
            return [Edit(place.line, start, end, short_turtle.term(changed[0], short))]
    if added and not repair.removed and len({subject for subject, _, _ in added}) == 1:
        if any(isinstance(value, BNode) for _, _, value in added):
            return []
        pairs_added = [
            f"{short_turtle.verb(prop, short)} {short_turtle.term(value, short)} ;"
            for _, prop, value in added
        ]
        return [Edit(place.line, end, end, f" {' '.join(pairs_added)}")]
    return []


def _does(repair: Repair, before: Sequence[Statement], after: Sequence[Statement]) -> bool:
    """Whether the statements differ as the repair says; blank nodes are taken for one another."""
    gone = _counted(before) - _counted(after)
    new = _counted(after) - _counted(before)
    return gone == _counted(repair.removed) and new == _counted(repair.added)


def _counted(statements: Sequence[Statement]) -> set[tuple[str, ...]]:
    return {
        tuple("[]" if isinstance(term, BNode) else short_turtle.term(term) for term in triple)
        for triple in statements
    }


@lru_cache(maxsize=4)
def _parsed(text: str) -> tuple[Shorten, list[Statement]] | None:
    try:
        parsed = ox.parse(text.encode(), ox.RdfFormat.TURTLE)
        statements = [statement_of(quad.triple) for quad in parsed]
    except (SyntaxError, ValueError):
        return None
    return short_turtle.shortener(parsed.prefixes), statements
