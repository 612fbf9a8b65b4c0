"""What the first page lists of the other parts of an export: the files that lie there."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.namespaces import MKD
from migkg.pages.home import Download

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from migkg.export.site import Site

_SYNTAXES = ("ttl", "nt", "jsonld", "rdf", "trig", "nq")
_ENDING = re.compile(r"(.+)\.((?:ttl|nt|jsonld|rdf|trig|nq)(?:\.gz)?)")
_FIRST = ("migkg", "data", "codes", "ontology", "shapes", "alignments", "inferred")
_DESCRIBED = {
    "catalogue": ("catalog", ("ttl", "jsonld", "rdf")),
    "void": ("void", ("ttl", "jsonld", "rdf")),
    "examples": (".well-known/sparql-examples", ("ttl", "jsonld", "rdf")),
    "changes": ("changes", ("md", "ttl")),
}


def dumps(folder: str) -> set[str]:
    """Name the dumps of an export: those of single data sets begin with datasets/."""
    return {found[1] for path in _files(folder, "dumps") if (found := _ENDING.fullmatch(path))}


def downloads(folder: str) -> list[Download]:
    """List the files of the dumps, each dump's in the order of the syntaxes."""
    found = [
        _download(folder, path, *parts.groups())
        for path in _files(folder, "dumps")
        if (parts := _ENDING.fullmatch(path))
    ]
    return sorted(found, key=_order)


def described(folder: str) -> dict[str, Sequence[Download]]:
    """List the descriptions of the whole that lie in an export."""
    return {
        key: [
            Download(key, path, ending, os.path.getsize(os.path.join(folder, path)))
            for ending in endings
            if os.path.isfile(os.path.join(folder, path := f"{stem}.{ending}"))
        ]
        for key, (stem, endings) in _DESCRIBED.items()
    }


def dataset(site: Site, folder: str) -> Mapping[str, Any]:  # noqa: ARG001  # for a catalogue's sake
    """Describe the whole as https://schema.org/Dataset."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "migkg",
        "url": site.base,
        "version": site.version.number,
    }


def _files(folder: str, name: str) -> list[str]:
    """List the files of a folder and those in the folders in it, by their path from it."""
    root = os.path.join(folder, name)
    return sorted(
        os.path.relpath(os.path.join(parent, file), root).replace(os.sep, "/")
        for parent, _, files in os.walk(root)
        for file in files
    )


def _download(folder: str, path: str, stem: str, ending: str) -> Download:
    what = stem.removeprefix("datasets/")
    size = os.path.getsize(os.path.join(folder, "dumps", path))
    is_data_set = stem.startswith("datasets/")
    return Download(
        ox.NamedNode(MKD + what) if is_data_set else what, f"dumps/{path}", ending, size
    )


def _order(file: Download) -> tuple[object, ...]:
    name = file.what if isinstance(file.what, str) else file.what.value
    first = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    syntax = _SYNTAXES.index(file.ending.removesuffix(".gz"))
    return (not isinstance(file.what, str), first, name, syntax, file.ending)
