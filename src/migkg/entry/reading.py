"""Read an entry: what its files say, and where each statement stands."""

from __future__ import annotations

import os
import re
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.entry.content import (
    MOST_BYTES,
    MOST_STATEMENTS,
    content_of,
    place_at,
    text_of,
    too_much,
)
from migkg.entry.entry import Entry
from migkg.entry.place import Place
from migkg.entry.positions import written
from migkg.entry.syntax import SYNTAXES, other_than, syntax_of
from migkg.errors import InputError, MachineError, UsageError
from migkg.graph import explained, parse, shown
from migkg.namespaces import RDF
from migkg.prepared import Prepared
from migkg.rdflib_terms import node_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rdflib.term import Node

    from migkg.entry.entry import Written
    from migkg.entry.syntax import Syntax

_OF_LISTS = {RDF + "first", RDF + "rest"}
_NAMED = re.compile(r"(?<=')[^']+(?=')|^\S+(?= is not)")
_MOST_CHARACTERS = 200_000_000  # of names written out, so that no prefix fills the memory


def read(
    files: Sequence[str],
    syntax: str | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Entry:
    """Read files as one entry, blank nodes of different files being different ones.

    Of TriG and N-Quads, the statements of all graphs are the entry's. JSON-LD and RDF/XML have
    places only where a thing has its IRI. ``-`` is standard input.

    :param syntax: a name of `migkg.entry.syntax.SYNTAXES`, for all files; by default the ending
        of each tells it, and standard input is Turtle
    :param notify: gets what is wrong with all files but the last that cannot be read
    :raises InputError: a file cannot be read, is too large, is not of its syntax or holds no
        statement; it names file, line and column
    :raises UsageError: an unknown syntax, or standard input named twice
    """
    if syntax not in {None, *SYNTAXES}:
        raise UsageError(f"{syntax}: no syntax; there are {', '.join(SYNTAXES)}")
    if list(files).count("-") > 1:
        raise UsageError("-: standard input can be read only once")
    once: dict[str, str] = {}
    for file in files:
        once.setdefault(file if file == "-" else os.path.realpath(file), file)
    entry = Entry(tuple(once.values()), Prepared(bind_namespaces="none"), {}, {})
    errors: list[InputError] = []
    left = MOST_BYTES
    for file in entry.files:
        try:
            content = content_of(file, left)
            left -= len(content)
            of = syntax_of(file, syntax)
            _add(file, text_of(content, file), of, entry)
        except InputError as error:
            errors.append(error)
    if errors:
        for other in errors[:-1]:
            notify(str(other))
        raise errors[-1]
    return entry


def _add(file: str, text: str, syntax: Syntax, entry: Entry) -> None:
    """Add to an entry what a file says."""
    if not text.strip():
        raise InputError(f"{shown(file)}: is empty")
    places: dict[str, Place] = {}
    if not syntax.positioned:
        _refuse_another(syntax, text, file)
        places = _examined(syntax, text, file)
    triples = _parsed(file, text, syntax)
    if not triples:
        raise InputError(f"{shown(file)}: holds no statement, so there is nothing to judge")
    if len(entry.statements) + len(triples) > MOST_STATEMENTS:
        raise too_much(file, f"over {MOST_STATEMENTS:,} statements with the files before")
    none = repeat(None, len(triples))
    standing = list(written(text, file)) if syntax.positioned else none
    try:
        _record(triples, standing, places, file, entry)
    except InputError as error:
        raise InputError(f"{shown(file)}: {error}") from None


def _record(
    triples: list[ox.Triple],
    standing: Iterable[Written | None],
    places: dict[str, Place],
    file: str,
    entry: Entry,
) -> None:
    nodes: dict[Any, Node] = {}

    def node(term: Any) -> Node:
        if term not in nodes:
            nodes[term] = node_of(term)
        return nodes[term]

    for (subject, predicate, object_), at in zip(triples, standing, strict=True):
        statement = node(subject), node(predicate), node(object_)
        entry.statements.add(statement)
        if at is None:
            place = places.get(subject.value, Place(file))
        else:
            if at.predicate == at.object and predicate.value not in _OF_LISTS:
                version = ox.__version__
                raise MachineError(
                    f"pyoxigraph {version} orders statements anew: take an older one"
                )
            entry.written.setdefault(statement, []).append(at)
            place = at.subject
        entry.read_from.setdefault(statement[0], place)


def _examined(syntax: Syntax, text: str, file: str) -> dict[str, Place]:
    if syntax.of == ox.RdfFormat.JSON_LD:
        from migkg.entry.jsonld import examine
    else:
        from migkg.entry.rdfxml import examine
    return examine(text, file)


def _parsed(file: str, text: str, syntax: Syntax) -> list[ox.Triple]:
    triples: list[ox.Triple] = []
    characters = 0
    try:
        for triple in parse(text.encode(), syntax.of, file):
            triples.append(triple)
            for term in triple:
                characters += 0 if isinstance(term, ox.Triple) else len(term.value)
            if len(triples) > MOST_STATEMENTS:
                raise too_much(file, f"over {MOST_STATEMENTS:,} statements")
            if characters > _MOST_CHARACTERS:
                raise too_much(file, f"over {_MOST_CHARACTERS:,} characters, names written out,")
    except SyntaxError as error:
        _refuse_another(syntax, text, file)
        raise _fault(error, text, file) from None
    return triples


def _refuse_another(syntax: Syntax, text: str, file: str) -> None:
    if other := other_than(syntax, text):
        raise InputError(f"{shown(file)}: {other}")


def _fault(error: SyntaxError, text: str, file: str) -> InputError:
    from migkg.entry.advice import advice

    line, column, what = explained(error, text.encode())
    place = Place(file, line, column)
    if not line and (named := _NAMED.search(what)):
        found = re.search(rf"(?<=[\"'>]){re.escape(named[0])}(?=[\"'<])", text)
        place = place_at(file, text, found.start()) if found else place
    todo = advice(what) if line else ""
    return InputError(f"{place}: {what}" + (f": {todo}" if todo else ""))
