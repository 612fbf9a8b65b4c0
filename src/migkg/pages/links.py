"""Where, seen from one page, others lie: whoever serves or writes pages knows, pages do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg.namespaces import MK, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECTIONS = ("home", "things", "codes", "ontology", "shapes", "queries")
"""The pages that are always there."""
HOME, THINGS, CODES, ONTOLOGY, SHAPES, QUERIES = SECTIONS


class Links(NamedTuple):
    """The addresses that one page needs, each relative to it unless told otherwise."""

    term: Callable[[str], str | None]
    """Of the page of an IRI, if it has one."""
    section: Callable[[str], str]
    query: Callable[[str, str], str]
    """Of the page ("html"), the text ("rq") and the rows ("csv") of a stored query, by its name."""
    file: Callable[[str], str]
    """Of a file of the site, by its path below the site's root."""
    languages: Mapping[str, str]
    """Of the page in each language, this one's included."""
    absolute: Mapping[str, str]
    """The same as the world knows them: with scheme and host."""
    alternates: Mapping[str, str]
    """Of what the page tells, in RDF: media types and addresses."""
    every_reference: str = ""
    """Of the list of all that refers to the thing."""


def anchor(iri: str) -> str:
    """Name the place of a class, list or term on the page of its section.

    Of a term of the ontology it is the local name, so that the IRI of the term leads there.
    """
    return re.sub(r"[\s<>]+", "", iri.removeprefix(MK) if iri.startswith(MK) else shorten(iri))
