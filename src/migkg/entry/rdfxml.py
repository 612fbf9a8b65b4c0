"""RDF/XML that is read without expanding or fetching anything."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from migkg.entry.place import Place
from migkg.errors import InputError

if TYPE_CHECKING:
    from typing import NoReturn

_MOST_ATTRIBUTES = 1_000  # pyoxigraph compares each with each
_DEEPEST = 1_000
_LONGEST = 2_000  # of a namespace or a base, which a parser writes out wherever it is used
_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
_BASE = "http://www.w3.org/XML/1998/namespace base"


def examine(text: str, file: str) -> dict[str, Place]:
    """Tell where the elements stand that describe a thing, by the IRI in their ``rdf:about``.

    Raises InputError, at its place, for what is no well-formed XML, has a document type, with which
    come entities, says that it is not in UTF-8, or would take a parser very long to unfold.
    """
    return _Examined(text, file).places


class _Examined:
    """A document as expat goes through it."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.places: dict[str, Place] = {}
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.XmlDeclHandler = self.declare
        self.parser.StartDoctypeDeclHandler = self.type
        self.parser.StartNamespaceDeclHandler = self.name
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            where = Place(file, error.lineno, error.offset + 1)
            raise InputError(f"{where}: no XML: {expat.errors.messages[error.code]}") from None

    def declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8"}:
            self.refuse(f"says that it is in {encoding}: save it as UTF-8, and say so here")

    def type(self, *_: object) -> None:
        self.refuse("a document type is not read: take it out, and write out what its entities say")

    def name(self, _prefix: str | None, uri: str | None) -> None:
        self.bound(uri or "", "a namespace")

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.refuse(f"over {_DEEPEST:,} elements in each other: give inner things an rdf:about")
        if len(attributes) > _MOST_ATTRIBUTES:
            self.refuse(f"an element of over {_MOST_ATTRIBUTES:,} attributes")
        self.bound(attributes.get(_BASE, ""), "a base")
        if iri := attributes.get(_ABOUT):
            self.places.setdefault(iri, self.here())

    def end(self, _name: str) -> None:
        self.depth -= 1

    def bound(self, iri: str, what: str) -> None:
        if len(iri) > _LONGEST:
            self.refuse(f"{what} of over {_LONGEST:,} characters")

    def here(self) -> Place:
        return Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def refuse(self, why: str) -> NoReturn:
        raise InputError(f"{self.here()}: {why}")
