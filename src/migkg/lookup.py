"""From what a person types to one RDF term, and from a term to what a person reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from migkg import sparql
from migkg.errors import UsageError
from migkg.namespaces import LANGUAGES, SKOS, XSD, expand, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.dataset import Dataset, Solutions

_SMALLEST, _GREATEST = -(2**63), 2**63 - 1  # what Oxigraph computes with
_INTEGERS = {
    "integer": (_SMALLEST, _GREATEST),
    "long": (_SMALLEST, _GREATEST),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, _GREATEST),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
    "positiveInteger": (1, _GREATEST),
    "negativeInteger": (_SMALLEST, -1),
    "nonPositiveInteger": (_SMALLEST, 0),
    "nonNegativeInteger": (0, _GREATEST),
}
_CAST = {
    "decimal": "a number such as 12.5",
    "float": "a number such as 12.5",
    "double": "a number such as 12.5",
    "boolean": "true or false",
    "date": "a date such as 2019-03-31",
    "dateTime": "a moment such as 2019-03-31T12:00:00",
    "gYear": "a year such as 2019",
    "gYearMonth": "a month such as 2019-03",
    "duration": "a duration such as P2Y6M",
}
DATATYPES = frozenset(XSD + name for name in (*_INTEGERS, *_CAST, "string", "anyURI"))

_NAMING = [
    iri
    for curie in (
        *("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "rdfs:label", "foaf:name"),
        *("dct:title", "skos:notation", "dct:identifier"),
    )
    if (iri := expand(curie))
]
_NAMES = """SELECT DISTINCT ?thing ?name {
  %s
  ?thing %s ?name
  FILTER(ISIRI(?thing) && ISLITERAL(?name))
}"""
_WITHIN = f"{{ ?thing a %s }} UNION {{ ?thing <{SKOS}inScheme> %s }}"
_LABEL_PROPERTIES = tuple(
    ox.NamedNode(iri)
    for curie in ("skos:prefLabel", "rdfs:label", "foaf:name", "dct:title", "skos:altLabel")
    if (iri := expand(curie))
)


class _Name(NamedTuple):
    thing: ox.NamedNode
    name: str


def resolve(store: Dataset, text: str, domain: str | None) -> ox.NamedNode:
    """Find the one thing that is meant by an IRI, a CURIE, a label in any language, or a code.

    Case and accents do not matter, unless only they tell two things apart.

    :param domain: the IRI or CURIE of a class or concept scheme; without, anything that has a name
    :raises UsageError: nothing is called like this, or several things are: they are listed
    """
    within = domain and ox.NamedNode(expand(domain) or domain)
    called = kind(within.value) if within else "thing"
    iri = _iri(text)
    if iri is not None:
        if not _is_there(store, iri, within or None):
            raise UsageError(f"{shorten(iri.value)} is no {called} of this graph")
        return iri
    names: list[_Name] = []
    meant = _called(store, text, within or None)
    if not meant:
        names = _names(store, within or None)
        meant = {entry.thing for entry in names if fold(entry.name) == fold(text)}
    if len(meant) > 1:
        meant = {entry.thing for entry in names if entry.name == text} or meant
    if len(meant) == 1:
        return meant.pop()
    if meant:
        raise UsageError(f"“{text}” is ambiguous; give one of {_listed(store, meant)}")
    raise UsageError(f"no {called} is called “{text}”{_nearest(store, text, names)}")


def literal(datatype: str, text: str) -> ox.Literal:
    """Make the literal that a value stands for.

    :param datatype: "string", "number", a language tag, or the IRI of a datatype
    :raises UsageError: the text is not of the lexical space of the datatype
        (https://www.w3.org/TR/xmlschema11-2/)
    """
    try:
        if datatype == "string":
            return ox.Literal(text)
        if datatype == "number":
            return _number(text.strip())
        if ":" in datatype:
            return _typed(datatype, text)
        return ox.Literal(text, language=datatype)
    except ValueError as error:
        raise UsageError(f"“{text}” cannot be written in UTF-8") from error


def label(store: Dataset, node: ox.NamedNode, language: str = "en") -> str:
    """Name a thing: in the language, else without one, else in any; else by its CURIE."""
    for prop in _LABEL_PROPERTIES:
        found = {
            quad.object.language or "": quad.object.value
            for quad in store.quads_for_pattern(node, prop, None, ox.DefaultGraph())
            if isinstance(quad.object, ox.Literal)
        }
        if found:
            return found.get(language) or found.get("") or found[min(found)]
    return shorten(node.value)


def fold(text: str) -> str:
    """Write a name for comparison: without case, accents, and ways of spacing and quoting."""
    import unicodedata

    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(char)
    )
    return " ".join(re.sub(r"[\s_\-'\u2010-\u2015\u2018\u2019]+", " ", plain).split()) or text


def _iri(text: str) -> ox.NamedNode | None:
    """Read an IRI, in angle brackets or not, or a CURIE; None for what can only be a name."""
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    iri = expand(bare)
    if iri is None and (bare != text or re.match(r"urn:|[A-Za-z][A-Za-z0-9+.-]*://", bare)):
        iri = bare
    if iri is None:
        return None
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise UsageError(f"“{text}” is no IRI: {_reason(error)}") from error


def _reason(error: ValueError) -> str:
    said = str(error).splitlines()[0]
    return "it is not UTF-8" if isinstance(error, UnicodeError) else said[0].lower() + said[1:]


def _is_there(store: Dataset, iri: ox.NamedNode, within: ox.NamedNode | None) -> bool:
    if within is None:
        return any(store.quads_for_pattern(iri, None, None)) or any(
            store.quads_for_pattern(None, None, iri)
        )
    return any(
        any(store.quads_for_pattern(iri, ox.NamedNode(prop), within))
        for curie in ("rdf:type", "skos:inScheme")
        if (prop := expand(curie))
    )


def _called(store: Dataset, text: str, within: ox.NamedNode | None) -> set[ox.NamedNode]:
    """Find what is called exactly like this, in a language of the graph or in none."""
    try:
        written = [ox.Literal(text), *(ox.Literal(text, language=code) for code in LANGUAGES)]
    except ValueError:  # not to be written in UTF-8
        return set()
    return {
        quad.subject
        for name in written
        for quad in store.quads_for_pattern(None, None, name, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
        and quad.predicate.value in _NAMING
        and (within is None or _is_there(store, quad.subject, within))
    }


def _names(store: Dataset, within: ox.NamedNode | None) -> list[_Name]:
    pattern = _WITHIN % (within, within) if within else ""
    paths = "|".join(f"<{iri}>" for iri in _NAMING)
    found = cast("Solutions", store.query(_NAMES % (pattern, paths)))
    return [
        _Name(thing, name.value)
        for thing, name in found
        if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal)
    ]


def _listed(store: Dataset, things: Iterable[ox.NamedNode]) -> str:
    shown = sorted(f"{shorten(thing.value)} ({label(store, thing)})" for thing in things)
    return ", ".join(shown[:8]) + (f" and {len(shown) - 8} more" if len(shown) > 8 else "")


def _nearest(store: Dataset, text: str, names: list[_Name]) -> str:
    import difflib

    by_name: dict[str, ox.NamedNode] = {fold(entry.name): entry.thing for entry in names}
    near = difflib.get_close_matches(fold(text), by_name, 5, 0.6)
    near += [name for name in by_name if len(text) > 2 and fold(text) in name][: 5 - len(near)]
    if near:
        return f"; near: {_listed(store, {by_name[name] for name in near})}"
    things = set(by_name.values())
    return f"; there are {_listed(store, things)}" if 0 < len(things) <= 8 else ""


def kind(iri: str) -> str:
    """Call the members of a class or a scheme: mk:TargetGroup is a target group."""
    name = re.split(r"[#/]", iri)[-1]
    return re.sub(r"[-_]|(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _number(text: str) -> ox.Literal:
    for name, form in (
        ("integer", r"[+-]?\d+"),
        ("decimal", r"[+-]?\d*\.\d+"),
        ("double", r"[+-]?(\d+(\.\d*)?|\.\d+)[eE][+-]?\d+"),
    ):
        if re.fullmatch(form, text, re.ASCII):
            return _typed(XSD + name, text)
    raise UsageError(f"“{text}” is no number such as 12 or 12.5")


def _typed(datatype: str, text: str) -> ox.Literal:
    name = datatype.removeprefix(XSD) if datatype in DATATYPES else ""
    if name in _INTEGERS:
        low, high = _INTEGERS[name]
        digits = re.fullmatch(r"[+-]?\d{1,30}", text.strip(), re.ASCII)
        if not digits or not low <= int(text) <= high:
            span = f" from {low}" if low > _SMALLEST else ""
            span += f" up to {high}" if high < _GREATEST else ""
            raise UsageError(f"“{text}” is no whole number{span}")
    if name in _CAST:
        typed = ox.Literal(text.strip(), datatype=ox.NamedNode(datatype))
        ask = f"ASK {{ BIND(<{datatype}>({sparql.term(ox.Literal(text.strip()))}) AS ?cast)"
        if not ox.Store().query(ask + " FILTER(BOUND(?cast)) }"):
            raise UsageError(f"“{text}” is not {_CAST[name]}")
        return typed
    kept = text.strip() if name in _INTEGERS else text
    return ox.Literal(kept, datatype=ox.NamedNode(datatype))
