"""The datatypes of OWL 2 RL: which values fit one, and which have no value in common.

https://www.w3.org/TR/owl2-profiles/#Entities_3
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from migkg import sparql
from migkg.lexical import is_form
from migkg.namespaces import RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

_CAST_BY_OXIGRAPH = {
    XSD + name
    for name in ("boolean", "date", "dateTime", "decimal", "double", "float", "integer", "time")
}
_TEXTS = """anyURI base64Binary boolean byte date dateTime dateTimeStamp decimal double float
hexBinary int integer language long Name NCName negativeInteger NMTOKEN nonNegativeInteger
nonPositiveInteger normalizedString positiveInteger short time token unsignedByte unsignedInt
unsignedLong unsignedShort"""
JUDGED = {XSD + name for name in _TEXTS.split()}  # those of which not any text is a form
JUDGED |= {RDF + name for name in ("HTML", "PlainLiteral", "XMLLiteral")}
_WITH_TIME_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_FOR_OWLRL: dict[str, Callable[[str], str]] = {  # it refuses no bytes, blanks, XML in parts
    XSD + "hexBinary": lambda text: text or "00",
    XSD + "base64Binary": lambda text: text.replace(" ", "") or "AAAA",
    RDF + "XMLLiteral": "<part>{}</part>".format,
}
_BROADEST = {
    name: broadest
    for broadest, names in (
        (
            "decimal",
            "decimal integer long int short byte nonNegativeInteger positiveInteger unsignedLong "
            "unsignedInt unsignedShort unsignedByte nonPositiveInteger negativeInteger",
        ),
        ("string", "string normalizedString token language Name NCName NMTOKEN"),
        ("dateTime", "dateTime dateTimeStamp"),
        *((name, name) for name in ("float", "double", "boolean", "anyURI")),
        *((name, name) for name in ("hexBinary", "base64Binary")),
    )
    for name in names.split()
}


def is_datatype(class_: object) -> bool:
    """Tell whether a class is one of values."""
    return isinstance(class_, ox.NamedNode) and (
        class_.value.startswith(XSD)
        or class_.value == RDFS + "Literal"
        or class_.value.removeprefix(RDF) in {"XMLLiteral", "HTML", "langString", "PlainLiteral"}
    )


def disjoint(value: ox.Literal, datatype: ox.NamedNode) -> bool:
    """Tell whether a value cannot be one of a datatype, as it is of another kind altogether."""
    kinds = [
        _BROADEST.get(one.value.removeprefix(XSD) if one.value.startswith(XSD) else "")
        for one in (value.datatype, datatype)
    ]
    return None not in kinds and kinds[0] != kinds[1]


@lru_cache(maxsize=100_000)
def fits(text: str, datatype: str) -> bool:
    """Tell by rule dt-not-type whether a text is a form of its datatype.

    By its letters it is not, or owlrl, and Oxigraph where it can cast, find it unfit. Of other
    datatypes any text is.
    """
    if not is_form(text, datatype):
        return False
    if datatype not in JUDGED or (datatype in _CAST_BY_OXIGRAPH and _casts(text, datatype)):
        return True
    from owlrl.DatatypeHandling import AltXSDToPYTHON
    from rdflib import URIRef

    try:
        AltXSDToPYTHON.get(URIRef(datatype), str)(_FOR_OWLRL.get(datatype, str)(text))
    except (ArithmeticError, LookupError, ValueError):
        zoned = datatype == XSD + "dateTimeStamp" and _WITH_TIME_ZONE.search(text)
        return bool(zoned) and _casts(text, XSD + "dateTime")
    return True


def differ(one: ox.Literal, other: ox.Literal) -> bool:
    """Tell whether two literals stand for two values, as far as Oxigraph knows."""
    unequal = f"ASK {{ FILTER({sparql.term(one)} != {sparql.term(other)}) }}"
    return one != other and bool(ox.Store().query(unequal))


def _casts(text: str, datatype: str) -> bool:
    """Ask Oxigraph, which unlike owlrl knows INF, 24:00:00 and years before Christ."""
    value = f"<{datatype}>({ox.Literal(text)})"
    tried = f"SELECT ?value {{ BIND({value} AS ?value) FILTER(BOUND(?value)) }}"
    return any(cast("ox.QuerySolutions", ox.Store().query(tried)))
