"""JSON-LD, a thing a line, of any number of statements: https://www.w3.org/TR/json-ld11/."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.export.shortening import splitting
from migkg.namespaces import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import BinaryIO

    from migkg.terms import Term

    Shorten = Callable[[str], str]

_TYPE = ox.NamedNode(RDF + "type")
_LIKE_A_CURIE = re.compile(f"<({'|'.join(PREFIXES)}):")


def write(lines: Iterable[str], triples: Iterable[ox.Triple], out: BinaryIO) -> None:
    """Write statements below a context with the prefixes; a thing is told where it comes.

    :param lines: the statements as N-Triples
    :param triples: the same statements, those of one subject one after the other
    """
    # an IRI that begins like a CURIE would be read as one: its prefix is left out
    unfit = {found for line in lines for found in _LIKE_A_CURIE.findall(line)}
    context = {name: iri for name, iri in PREFIXES.items() if name not in unfit}
    shorten = _shortening(context)
    out.write(b'{"@context":' + _json(context) + b',\n"@graph":[')
    between = b"\n"
    for subject, about in groupby(triples, key=lambda triple: triple.subject):
        out.write(between + _json(_node(subject, about, shorten)))
        between = b",\n"
    out.write(b"\n]}\n")


def _shortening(context: Mapping[str, str]) -> Shorten:
    split = splitting(context)

    def shorten(iri: str) -> str:
        found = split(iri)
        return ":".join(found) if found else iri

    return shorten


def _node(subject: Term, about: Iterable[ox.Triple], shorten: Shorten) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _name(subject, shorten)}
    values: defaultdict[str, list[Any]] = defaultdict(list)
    for triple in about:
        if triple.predicate == _TYPE and not isinstance(triple.object, ox.Literal):
            node.setdefault("@type", []).append(_name(triple.object, shorten))
        else:
            values[shorten(triple.predicate.value)].append(_value(triple.object, shorten))
    return node | values


def _name(node: Term, shorten: Shorten) -> str:
    return shorten(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _value(value: Term, shorten: Shorten) -> Any:
    if not isinstance(value, ox.Literal):
        return {"@id": _name(value, shorten)}
    if value.language:
        return {"@language": value.language, "@value": value.value}
    if value.datatype.value == XSD + "string":
        return value.value
    return {"@type": shorten(value.datatype.value), "@value": value.value}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
