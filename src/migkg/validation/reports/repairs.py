"""A repair as people read it, and as a change of the text of the file."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
from rdflib import BNode, Literal

from migkg.namespaces import PREFIXES
from migkg.results.readable import harmless
from migkg.validation import naming
from migkg.validation.reports import excerpt, short_turtle
from migkg.validation.reports.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.entry.place import Place
    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding, Repair
    from migkg.validation.reports.short_turtle import Shorten

_LARGEST = 200_000  # characters of a file in which an edit is tried
_BLANK = "[]"


class Step(NamedTuple):
    """What to do, in words, and the Turtle to do it with; `gone` is Turtle that is to go."""

    said: str
    turtle: str = ""
    gone: bool = False


def steps(finding: Finding, data: Statements, language: str) -> list[Step]:
    """Tell step by step how to mend a finding: instead of this write that, remove, add."""
    if finding.repair is None:
        return []
    words, repair = WORDS[language], finding.repair
    if exchanged := _exchanged(repair, finding.focus):
        old, new = exchanged
        told = [Step(words["instead"], old, gone=True), Step(words["write"], new)]
    else:
        told = [
            *_grouped(repair.removed, "remove", data, language),
            *_grouped(repair.added, "add", data, language),
        ]
    if repair.example:
        told.append(Step(words["example" if repair.added else "choice"]))
    return told


def _exchanged(repair: Repair, focus: Node | None) -> tuple[str, str] | None:
    """Write a repair as a piece of text and what stands in its place, if it is no more than that.

    That is a value, or the name of a thing wherever it stands.
    """
    if len(repair.removed) == len(repair.added) == 1:
        (old,), (new,) = repair.removed, repair.added
        if old[0] == new[0] == focus:
            return _pair(old), _pair(new)
        nameless = isinstance(old[0], BNode) or isinstance(new[0], BNode)
        return None if nameless else (_whole(old), _whole(new))
    before = {thing for subject, _, value in repair.removed for thing in (subject, value)}
    after = {thing for subject, _, value in repair.added for thing in (subject, value)}
    if len(before - after) != 1 or len(after - before) != 1:
        return None
    (name,), (other,) = before - after, after - before
    names = {name: other}
    renamed = {(names.get(s, s), p, names.get(o, o)) for s, p, o in repair.removed}
    if renamed != set(repair.added) or isinstance(name, BNode) or isinstance(other, BNode):
        return None
    return harmless(short_turtle.term(name)), harmless(short_turtle.term(other))


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
    values = {value for _, _, value in statements}
    there = [
        subject
        for subject in dict.fromkeys(subject for subject, _, _ in statements)
        if isinstance(subject, BNode) and subject not in values and _is_of(subject, data)
    ]
    said = _described(statements, data)
    inner = list(there)
    for node in inner:
        inner += [o for s, _, o in said if s == node and isinstance(o, BNode) and o not in inner]
    told = []
    if rest := [statement for statement in said if statement[0] not in inner]:
        turtle = harmless("\n\n".join(short_turtle.sentences(rest)))
        told.append(Step(words[what], turtle, what == "remove"))
    for node in there:
        turtle = harmless(short_turtle.inside(node, said))
        step = words[f"{what} in"].format(naming.thing(node, data, language))
        told.append(Step(step, turtle, what == "remove"))
    return told


def _is_of(node: Node, data: Statements) -> bool:
    return (node, None, None) in data or (None, None, node) in data


def _described(statements: Sequence[Statement], data: Statements) -> list[Statement]:
    """Take statements and what the data say of blank nodes that are values in them."""
    said = dict.fromkeys(statements)
    subjects = {subject for subject, _, _ in statements}
    ahead = [value for _, _, value in statements if isinstance(value, BNode)]
    for value in ahead:
        if value not in subjects:
            subjects.add(value)
            more = sorted(data.triples((value, None, None)), key=str)
            said.update(dict.fromkeys(more))
            ahead += [inner for _, _, inner in more if isinstance(inner, BNode)]
    return list(said)


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


def edit(repair: Repair, place: Place | None) -> Edit | None:
    """Tell a repair as a change of the text at the place of its finding, if it is one.

    The term that stands there is exchanged, or statements are put behind it. What comes out is
    parsed: an edit changes the statements of the file as the repair does, else it is none.
    """
    if place is None or place.cell or not place.line or not place.column or repair.example:
        return None
    lines = excerpt.source(place.file)
    if place.line > len(lines) or sum(map(len, lines)) > _LARGEST:
        return None
    before = _parsed("\n".join(lines))
    line = lines[place.line - 1]
    change = _candidate(repair, place, line, before.short) if before else None
    if before is None or change is None:
        return None
    changed = line[: change.start - 1] + change.text + line[change.end - 1 :]
    after = _parsed("\n".join([*lines[: place.line - 1], changed, *lines[place.line :]]))
    return change if after and _does(repair, before, after) else None


def _candidate(repair: Repair, place: Place, line: str, short: Shorten) -> Edit | None:
    removed, added = repair.removed, repair.added
    start = place.column
    end = start + len(excerpt.term(line, start - 1))
    if len(removed) == len(added) == 1:
        pairs = zip(removed[0], added[0], strict=True)
        changed = [new for old, new in pairs if old != new]
        if len(changed) == 1 and not isinstance(changed[0], BNode):
            return Edit(place.line, start, end, short_turtle.term(changed[0], short))
        return None
    subjects = {subject for subject, _, _ in added}
    if removed or len(subjects) != 1 or any(isinstance(value, BNode) for _, _, value in added):
        return None
    said = (f" {short_turtle.verb(p, short)} {short_turtle.term(o, short)} ;" for _, p, o in added)
    return Edit(place.line, end, end, "".join(said))


def _does(repair: Repair, before: _Parsed, after: _Parsed) -> bool:
    """Whether the statements differ as the repair says."""
    gone, new = before.statements - after.statements, after.statements - before.statements
    return gone == _counted(repair.removed) and new == _counted(repair.added)


def _counted(statements: Sequence[Statement]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(str(_oxigraph(term)) for term in triple) for triple in statements)


def _oxigraph(node: Node) -> object:
    if isinstance(node, BNode):
        return _BLANK
    if not isinstance(node, Literal):
        return f"<{node}>"
    datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
    return ox.Literal(str(node), datatype=datatype, language=node.language)


class _Parsed(NamedTuple):
    """The statements of a text, its blank nodes taken for one another, and its prefixes."""

    statements: Counter[tuple[str, ...]]
    short: Shorten


@lru_cache(maxsize=4)
def _parsed(text: str) -> _Parsed | None:
    parsed = ox.parse(text.encode(), ox.RdfFormat.TURTLE)
    try:
        statements = Counter(
            tuple(_BLANK if isinstance(term, ox.BlankNode) else str(term) for term in quad.triple)
            for quad in parsed
        )
    except SyntaxError:
        return None
    return _Parsed(statements, short_turtle.shortener(parsed.prefixes))
