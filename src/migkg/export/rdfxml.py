"""RDF/XML, and no statement that XML cannot hold: https://www.w3.org/TR/rdf-syntax-grammar/."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from migkg.errors import InputError
from migkg.namespaces import PREFIXES, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

# https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# https://www.w3.org/TR/xml-names/#NT-NCName, of what begins no name the common part
_ENDS_AS_NAME = re.compile(r"[^\W\d][\w.-]*\Z")
_START = re.compile(rb"<\?[^>]*>\s*<rdf:RDF([^>]*)>")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'


def write(triples: Iterable[ox.Triple], out: BinaryIO) -> None:
    """Write statements as RDF/XML, what is said of a thing together if it comes together.

    :raises InputError: a property or a character that XML cannot hold
    """
    ox.serialize(
        _checked(triples), cast("BinaryIO", _Body(out)), ox.RdfFormat.RDF_XML, prefixes=PREFIXES
    )
    out.write(b"\n")


def _checked(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    properties: set[ox.NamedNode] = set()
    for triple in triples:
        if triple.predicate not in properties:
            if not _ENDS_AS_NAME.search(triple.predicate.value):
                raise InputError(
                    f"{_shown(triple.subject)}: RDF/XML cannot hold the property "
                    f"{triple.predicate}: its IRI is to end with a letter and what may follow one "
                    "in a name of XML"
                )
            properties.add(triple.predicate)
        value = triple.object
        if isinstance(value, ox.Literal) and (unfit := _NOT_XML.search(value.value)):
            raise InputError(
                f"{_shown(triple.subject)}: the value of {shorten(triple.predicate.value)} has the "
                f"character U+{ord(unfit[0]):04X}, which RDF/XML cannot hold: take it out"
            )
        yield triple


def _shown(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return shorten(subject.value) if isinstance(subject, ox.NamedNode) else str(subject)


class _Body:
    """Takes what Oxigraph writes: its prefixes in any order, and ends of line that XML drops."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.head: bytes | None = b""

    def write(self, chunk: bytes) -> int:
        if self.head is None:
            self.out.write(chunk.replace(b"\r", b"&#13;"))
            return len(chunk)
        self.head += chunk
        if start := _START.match(self.head):
            declared = sorted(re.findall(rb' xmlns:[^ =]+="[^"]*"', start[1]))
            rest, self.head = self.head[start.end() :], None
            self.out.write(_HEAD + b"".join(declared) + b">")
            self.write(rest)
        return len(chunk)

    def flush(self) -> None:
        self.out.flush()
