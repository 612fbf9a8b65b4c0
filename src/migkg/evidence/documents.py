"""The texts of the documents, and which of their lines a passage selects."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, URIRef

from migkg.errors import InputError
from migkg.graph import shown
from migkg.namespaces import MK, OA

if TYPE_CHECKING:
    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.graph import Graph

PASSAGE = URIRef(MK + "Passage")
OMITTED_PASSAGE = URIRef(MK + "OmittedPassage")
FILE_NAME = URIRef(MK + "fileName")
HEADING = URIRef(MK + "heading")
SELECTOR = URIRef(OA + "hasSelector")
_SOURCE = URIRef(OA + "hasSource")
_LINES = re.compile(r"line=(\d*),(\d*)")


class Text(NamedTuple):
    """What a document says, line by line; `own` for one that travels with the graph."""

    name: str
    lines: list[str]
    own: bool


class Library(NamedTuple):
    """The documents that can be read, and the file names of those that cannot."""

    texts: dict[Node | None, Text]
    missing: dict[Node, str]

    @property
    def is_at_hand(self) -> bool:
        """Whether any document can be read, apart from those that travel with the graph."""
        return any(not text.own for text in self.texts.values())


class Passage(NamedTuple):
    """A part of a document: its heading, and how it is found there (`line=120,124`)."""

    node: Node
    document: Node | None
    heading: str
    selectors: list[str]


def open_library(graph: Graph, data: Statements) -> Library:
    """Read the documents that mk:fileName names, from MIGKG_DOCUMENTS, else ../shared/documents.

    A name with a folder (docs/notes.md) is a file of the graph itself. Raises InputError if
    MIGKG_DOCUMENTS is no folder or a document cannot be read.
    """
    documents = _folder(graph)
    found = Library({}, {})
    for document, file_name in sorted(data.subject_objects(FILE_NAME), key=str):
        name = str(file_name)
        own = "/" in name
        folder = graph.root if own else documents
        path = os.path.join(folder, name)
        if folder and os.path.isfile(path):
            found.texts[document] = Text(name, _lines(path), own)
        elif not own:
            found.missing[document] = name
    return found


def _folder(graph: Graph) -> str:
    chosen = os.environ.get("MIGKG_DOCUMENTS", "")
    if chosen and not os.path.isdir(chosen):
        raise InputError(
            f"{shown(chosen)}: no folder: set MIGKG_DOCUMENTS to that of the documents"
        )
    usual = os.path.join(os.path.dirname(os.path.abspath(graph.root)), "shared", "documents")
    return chosen or (usual if os.path.isdir(usual) else "")


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise InputError(f"{shown(path)}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{shown(path)}: not UTF-8 at byte {error.start + 1}") from None
    return text.removesuffix("\n").split("\n")


def passages(data: Statements, kind: URIRef) -> list[Passage]:
    """List the passages of a class, in the order of their IRIs."""
    return [
        Passage(
            node,
            data.value(node, _SOURCE),
            str(data.value(node, HEADING) or ""),
            sorted(
                str(fragment)
                for selector in data.objects(node, SELECTOR)
                for fragment in data.objects(selector, RDF.value)
            ),
        )
        for node in sorted(data.subjects(RDF.type, kind), key=str)
    ]


def selected(selector: str, text: Text) -> range | None:
    """Give the indexes of the lines that a selector selects; None unless all of them are there.

    https://www.rfc-editor.org/rfc/rfc5147#section-2.2: `line=a,b` are the lines between two
    positions, counted from 0 before the first line; without a number, from or to the end.
    """
    found = _LINES.fullmatch(selector)
    if not found:
        return None
    first, last = int(found[1] or 0), int(found[2] or len(text.lines))
    return range(first, last) if first < last <= len(text.lines) else None


def place(text: Text, lines: list[range]) -> str:
    """Tell people where lines are, counted from 1 and both ends included."""
    ends = [(one[0] + 1, one[-1] + 1) for one in lines]
    return f"{text.name}, " + ", ".join(
        f"line {first}" if first == last else f"lines {first}–{last}" for first, last in ends
    )
