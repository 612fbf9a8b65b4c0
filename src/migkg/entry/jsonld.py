"""JSON-LD that is read without fetching anything and without losing anything."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.entry.content import MOST_STATEMENTS, place_at, too_much
from migkg.errors import InputError
from migkg.graph import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.entry.place import Place

_DEEPEST = 500
_LONGEST = 2_000  # of a name, which a parser writes out wherever it is used
_UNDEFINED = "https://w3id.org/migkg/undefined/"  # what is not defined becomes an IRI below it
_REMOTE = re.compile(r'"@(?:context|import)"\s*:\s*(?:\[\s*)?(?=")|"@(?:context|import)"')
_WELL_FORMED = {
    "@id": re.compile(r'[^\x00-\x20<>"{}|\\^`]*'),
    "@language": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
}
_ID = re.compile(
    r'(?P<opened>\{\s*)?"(?P<key>@?\w+)"\s*:\s*(?P<iri>"(?:[^"\\]++|\\.)*+")(?P<closed>\s*\})?'
)


def examine(text: str, file: str) -> dict[str, Place]:
    """Tell where the things in JSON-LD have their ``@id``, by their IRIs.

    Raises InputError for what is no JSON, for a context elsewhere, for what no context defines and
    no base makes an IRI (https://www.w3.org/TR/json-ld11-api/#expansion-algorithm leaves it out in
    silence), and for what has too long names or too many values.
    """
    try:
        document = json.loads(text, parse_int=str, parse_float=str)
        _bounded(document, text, file)
    except json.JSONDecodeError as error:
        where = place_at(file, text, error.pos)
        raise InputError(f"{where}: no JSON: {error.msg[0].lower()}{error.msg[1:]}") from None
    except RecursionError:
        raise InputError(f"{shown(file)}: nested too deep: give inner things an @id") from None
    _all_defined(document, text, file)
    return _places(document, text, file)


def _bounded(document: Any, text: str, file: str) -> None:
    for count, (key, value) in enumerate(_parts(document)):
        if count > MOST_STATEMENTS:
            raise too_much(file, f"over {MOST_STATEMENTS:,} values")
        for name in (key, value if key[:1] == "@" and key != "@value" else ""):
            if isinstance(name, str) and len(name) > _LONGEST:
                where = _place_of(name[:_LONGEST], text, file)
                raise InputError(f"{where}: a name of over {_LONGEST:,} characters: {name[:40]!r}…")
        form = _WELL_FORMED.get(key)
        if form and isinstance(value, str) and not form.fullmatch(value):
            what = "IRI" if key == "@id" else "tag of a language"
            raise InputError(f"{_place_of(value, text, file)}: no {what}: {value[:40]!r}")


def _places(document: Any, text: str, file: str) -> dict[str, Place]:
    terms = {
        term: means if isinstance(means, str) else str(means.get("@id"))
        for key, context in _parts(document)
        if key == "@context" and isinstance(context, dict)
        for term, means in context.items()
        if isinstance(means, (str, dict))
    }
    ids = {"@id", *(term for term, means in terms.items() if means == "@id")}
    found = [match for match in _ID.finditer(text) if match["key"] in ids]
    found.sort(key=lambda match: bool(match["opened"] and match["closed"]))  # references come last
    places: dict[str, Place] = {}
    for match in found:
        prefix, _, local = json.loads(match["iri"]).partition(":")
        iri = terms.get(prefix, f"{prefix}:") + local
        places.setdefault(iri, place_at(file, text, match.start("iri")))
    return places


def _parts(document: Any) -> Iterator[tuple[str, Any]]:
    """Walk through a document: each value with its key, which its items have too.

    What a context says has, at any depth, a key that begins with ``@``. Raises RecursionError.
    """
    left = [("", document, 0)]
    while left:
        key, value, depth = left.pop()
        yield key, value
        if depth > _DEEPEST:
            raise RecursionError
        if isinstance(value, dict):
            inner = "@context/" if key[:8] == "@context" else ""
            left += ((inner + name, part, depth + 1) for name, part in value.items())
        elif isinstance(value, list):
            left += ((key, part, depth + 1) for part in value)


def _place_of(name: str, text: str, file: str) -> Place | str:
    at = text.find(json.dumps(name, ensure_ascii=False)[:-1])
    return place_at(file, text, at) if at >= 0 else shown(file)


def _all_defined(document: Any, text: str, file: str) -> None:
    for thing in document if isinstance(document, list) else [document]:
        if isinstance(thing, dict):
            given = thing.get("@context", [])
            contexts = given if isinstance(given, list) else [given]
            thing["@context"] = [{"@vocab": _UNDEFINED}, *contexts]
    parsed = ox.parse(json.dumps(document), ox.RdfFormat.JSON_LD, base_iri=_UNDEFINED)
    try:
        for quad in parsed:
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, ox.NamedNode) and term.value.startswith(_UNDEFINED):
                    name = term.value.removeprefix(_UNDEFINED)
                    raise InputError(
                        f"{_place_of(name, text, file)}: {name} is no IRI and no term of a context:"
                        " define it in @context, or write its IRI"
                    )
    except SyntaxError as error:
        if "LoadDocument" in str(error):
            match = _REMOTE.search(text)
            where = place_at(file, text, match.end()) if match else shown(file)
            raise InputError(
                f"{where}: a context elsewhere is not fetched: write what it says in its place"
            ) from None
