"""What the first page lists of the other parts of an export: the files that lie there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from migkg.export.description import describe
from migkg.export.dump import ONTOLOGY as _ONTOLOGY
from migkg.export.dump import WHOLE, dumps
from migkg.export.schema_org import document
from migkg.export.syntax import JSON_LD, OF_DATASETS, OF_GRAPHS, RDF_XML, TURTLE
from migkg.pages.home import Download, File
from migkg.pages.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from migkg.export.site import Site

ONTOLOGY = f"dumps/{_ONTOLOGY.name}"
"""The path of the files that have the ontology, but for the ending."""

_SYNTAXES = [syntax.ending for syntax in (TURTLE, JSON_LD, RDF_XML)]
_DESCRIBED = {
    "catalogue": ("catalog", _SYNTAXES),
    "void": ("void", _SYNTAXES),
    "examples": (".well-known/sparql-examples", _SYNTAXES),
    "changes": ("changes", ["md", "ttl"]),
}
"""By the word for it, what tells of the whole, and how its files end."""


def downloads(site: Site, folder: str) -> list[Download]:
    """List the dumps that lie in an export, each with its files in the order of the syntaxes."""
    endings = [syntax.ending for syntax in (*OF_GRAPHS, *OF_DATASETS)]
    packed = [ending + gz for ending in endings for gz in ("", ".gz")]
    listed = (
        Download(dump.title, _files(folder, f"dumps/{dump.name}", packed))
        for dump in (WHOLE, *dumps(site))
    )
    return [download for download in listed if download.files]


def described(folder: str) -> dict[str, Sequence[File]]:
    """List the descriptions of the whole that lie in an export."""
    return {key: _files(folder, stem, endings) for key, (stem, endings) in _DESCRIBED.items()}


def dataset(site: Site, folder: str) -> Mapping[str, Mapping[str, Any]]:
    """Describe the whole, by language, as https://schema.org/Dataset.

    :raises InputError: the header of the ontology lacks what a description needs
    """
    told = describe(site, folder)
    return {language: document(told, language) for language in LANGUAGES}


def _files(folder: str, stem: str, endings: Iterable[str]) -> list[File]:
    paths = ((ending, f"{stem}.{ending}") for ending in endings)
    return [
        File(path, ending, os.path.getsize(os.path.join(folder, path)))
        for ending, path in paths
        if os.path.isfile(os.path.join(folder, path))
    ]
