"""A catalogue as one portal's software needs it, where that is other than DCAT-AP has it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.export.authorities import FILE_TYPES, media_type
from migkg.namespaces import OWL, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROFILES = ("dcat-ap", "ckan")
"""``dcat-ap`` is what data.europa.eu and national portals harvest; ``ckan`` is a CKAN as it comes.

Such a CKAN keeps one language of a text, takes the keywords of all languages for tags of one,
refuses tags with other signs than letters, digits, blanks, hyphens, underscores and dots, and shows
the IRI of a format to people. Its readers before DCAT-AP 3 look for the version in owl:versionInfo.
What it gets is no DCAT-AP, as formats and media types are texts in it.
https://github.com/ckan/ckanext-dcat
"""

_LANGUAGE = "en"  # CKAN's locale where none is set
_KEYWORD = ox.NamedNode(PREFIXES["dcat"] + "keyword")
_VERSION = ox.NamedNode(PREFIXES["dcat"] + "version")
_NO_TAG = re.compile(r"[^\w\-.]+")
_SHORTEST, _LONGEST = 2, 100  # of a tag
_FORMAT = ox.NamedNode(PREFIXES["dct"] + "format")
_MEDIA_TYPE = ox.NamedNode(PREFIXES["dcat"] + "mediaType")
_PLAIN = {
    **{(_FORMAT, ox.NamedNode(iri)): syntax.name for syntax, iri in FILE_TYPES.items()},
    **{
        (_MEDIA_TYPE, ox.NamedNode(media_type(syntax.media_type))): syntax.media_type
        for syntax in FILE_TYPES
    },
}


def adapted(statements: list[ox.Triple], profile: str) -> Iterable[ox.Triple]:
    """Change the statements of a catalogue for one of PROFILES."""
    return statements if profile == "dcat-ap" else _for_ckan(statements)


def _for_ckan(statements: list[ox.Triple]) -> Iterator[ox.Triple]:
    languages: defaultdict[tuple[object, object], set[str]] = defaultdict(set)
    for subject, predicate, value in statements:
        if isinstance(value, ox.Literal) and value.language:
            languages[subject, predicate].add(value.language)
    for statement in statements:
        subject, predicate, value = statement
        known = languages[subject, predicate]
        if isinstance(value, ox.Literal) and known and value.language != _kept(known):
            continue
        if predicate == _KEYWORD and isinstance(value, ox.Literal):
            tag = _NO_TAG.sub(" ", value.value).strip()
            if _SHORTEST <= len(tag) <= _LONGEST:
                yield ox.Triple(subject, predicate, ox.Literal(tag, language=value.language))
        elif isinstance(value, ox.NamedNode) and (predicate, value) in _PLAIN:
            yield ox.Triple(subject, predicate, ox.Literal(_PLAIN[predicate, value]))
        else:
            yield statement
            if predicate == _VERSION:
                yield ox.Triple(subject, ox.NamedNode(OWL + "versionInfo"), value)


def _kept(languages: set[str]) -> str:
    return _LANGUAGE if _LANGUAGE in languages else min(languages)
