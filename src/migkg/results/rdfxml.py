"""RDF/XML of any number of statements, and of none that XML cannot hold.

Oxigraph's own loses carriage returns, and is no XML where a class or a property ends as no name.
https://www.w3.org/TR/rdf-syntax-grammar/
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.errors import InputError
from migkg.namespaces import PREFIXES, RDF, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

# https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# https://www.w3.org/TR/xml-names/#NT-NCName
_BEGIN = (
    r"A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(rf"[{_BEGIN}][{_BEGIN}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*\Z")
# https://www.w3.org/TR/rdf-syntax-grammar/#propertyElementURIs, and rdf:li, which means rdf:_1
_RESERVED = {
    RDF + name
    for name in (
        *("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description"),
        *("aboutEach", "aboutEachPrefix", "bagID", "li"),
    )
}
_UNBOUND = "http://www.w3.org/2000/xmlns/"  # https://www.w3.org/TR/xml-names/#xmlReserved
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_OF_NAMESPACE = {iri: prefix for prefix, iri in PREFIXES.items()}


class _Tag(NamedTuple):
    """The name of an element, and the prefix that it declares for itself, if it needs one."""

    name: str
    declaration: str


def write(triples: Iterable[ox.Triple], out: BinaryIO) -> None:
    """Write statements as RDF/XML; a thing is told where it comes.

    :raises InputError: a property or a character that XML cannot hold, or what is of RDF 1.2
    """
    declared = "".join(f' xmlns:{prefix}="{iri}"' for prefix, iri in sorted(PREFIXES.items()))
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode())
    for subject, about in groupby(triples, key=lambda triple: triple.subject):
        out.write(f"<rdf:Description{_reference(subject, 'about')}>\n".encode())
        out.writelines(_element(triple).encode() for triple in about)
        out.write(b"</rdf:Description>\n")
    out.write(b"</rdf:RDF>\n")


def _element(triple: ox.Triple) -> str:
    tag, value = _tag(triple.predicate.value), triple.object
    if tag is None:
        raise InputError(
            f"{_shown(triple.subject)}: RDF/XML cannot hold the property {triple.predicate}: take "
            "one whose IRI ends with a name of XML, a letter first, that RDF/XML itself does not "
            "use"
        )
    name, declaration = tag
    if not isinstance(value, ox.Literal):
        return f"  <{name}{declaration}{_reference(value, 'resource')}/>\n"
    if unfit := _NOT_XML.search(value.value):
        raise InputError(
            f"{_shown(triple.subject)}: the value of {shorten(triple.predicate.value)} has the "
            f"character U+{ord(unfit[0]):04X}, which RDF/XML cannot hold: take it out"
        )
    if value.direction is not None:
        raise InputError(f"{_shown(triple.subject)}: RDF/XML cannot hold a direction (RDF 1.2)")
    kind = ""
    if value.language:
        kind = f' xml:lang="{value.language}"'
    elif value.datatype.value != XSD + "string":
        kind = f' rdf:datatype="{value.datatype.value.translate(_ESCAPES)}"'
    return f"  <{name}{declaration}{kind}>{value.value.translate(_ESCAPES)}</{name}>\n"


@lru_cache(1 << 12)
def _tag(iri: str) -> _Tag | None:
    """Name the element of a property, if XML and RDF/XML have a name for it."""
    name = _NAME.search(iri)
    if name is None or iri in _RESERVED:
        return None
    namespace = iri[: name.start()]
    if prefix := _OF_NAMESPACE.get(namespace):
        return _Tag(f"{prefix}:{name[0]}", "")
    if namespace == _UNBOUND:
        return None
    return _Tag(f"p:{name[0]}", f' xmlns:p="{namespace.translate(_ESCAPES)}"')


def _reference(node: ox.NamedNode | ox.BlankNode | ox.Triple, role: str) -> str:
    if isinstance(node, ox.NamedNode):
        return f' rdf:{role}="{node.value.translate(_ESCAPES)}"'
    if isinstance(node, ox.BlankNode):
        return f' rdf:nodeID="{node.value}"'
    raise InputError(f"{node}: RDF/XML cannot hold a triple as a term (RDF 1.2)")


def _shown(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return shorten(subject.value) if isinstance(subject, ox.NamedNode) else str(subject)
