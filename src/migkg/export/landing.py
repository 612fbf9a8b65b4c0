"""What the first page lists of the other parts of an export: the files that lie there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from migkg.export.description import describe
from migkg.export.dump import FOLDER, dumps, files, whole
from migkg.export.dump import ONTOLOGY as _ONTOLOGY
from migkg.export.schema_org import document
from migkg.namespaces import LANGUAGES
from migkg.pages.home import Download, File
from migkg.syntax import JSON_LD, RDF_XML, TURTLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from migkg.export.site import Site

ONTOLOGY = f"{FOLDER}/{_ONTOLOGY.name}"
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
    listed = (
        Download(
            dump.title, [_file(folder, file.path, file.ending) for file in files(folder, dump)]
        )
        for dump in (whole(site), *dumps(site))
    )
    return [download for download in listed if download.files]


def described(folder: str) -> dict[str, Sequence[File]]:
    """List the descriptions of the whole that lie in an export."""
    return {
        key: [
            _file(folder, f"{stem}.{ending}", ending)
            for ending in endings
            if os.path.isfile(os.path.join(folder, f"{stem}.{ending}"))
        ]
        for key, (stem, endings) in _DESCRIBED.items()
    }


def dataset(site: Site, folder: str) -> Mapping[str, Mapping[str, Any]]:
    """Describe the whole, by language, as https://schema.org/Dataset.

    :raises InputError: the header of the ontology lacks what a description needs
    """
    told = describe(site, folder)
    return {language: document(told, language) for language in LANGUAGES}


def _file(folder: str, path: str, ending: str) -> File:
    return File(path, ending, os.path.getsize(os.path.join(folder, path)))
