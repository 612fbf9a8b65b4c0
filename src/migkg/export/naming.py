"""Where in an export the pages and files of a thing, concept, term or shape lie."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from migkg.namespaces import MK, MKC, MKD, MKSH

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDERS = {MKD: "id", MKC: "code", MK: "ontology", MKSH: "shape"}
"""Namespaces, and the folders in which their names have files."""

_LONGEST = 120  # bytes; with the name of a syntax behind it, every file system takes that
_DEVICES = {f"{name}{at}" for name in ("com", "lpt") for at in range(10)}
_TAKEN = {"index", "con", "prn", "aux", "nul", *_DEVICES}  # the last: by some systems


def paths(iris: Iterable[str]) -> dict[str, str]:
    """Give each IRI below a namespace of FOLDERS its path without ending, such as id/country-JOR.

    A path is the local name wherever every file system takes it: what is not a letter, digit, `-`
    or `_` of ASCII is percent-encoded with `~` for `%`; a long name gets a part of its hash. Of
    names that differ only by case so do all but the last (the property region, not the class
    Region). Other IRIs are left out.
    """
    placed = {iri: f"{folder}/{_file(name)}" for iri in iris for folder, name in _split(iri)}
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for iri, path in placed.items():
        alike[path.lower()].append(iri)
    for among in alike.values():
        for iri in sorted(among)[:-1]:
            placed[iri] += f"~{_hash(iri)}"
    return placed


def _split(iri: str) -> list[tuple[str, str]]:
    """Take apart the IRI of a name, if it is in a namespace that has a folder."""
    return [
        (folder, iri.removeprefix(namespace))
        for namespace, folder in FOLDERS.items()
        if iri.startswith(namespace) and iri != namespace
    ]


def _file(name: str) -> str:
    """Make of a local name what every file system takes; other names never get the same."""
    safe = quote(name, safe="").replace("~", "%7E").replace(".", "%2E").replace("%", "~")
    if len(safe) > _LONGEST or safe.lower() in _TAKEN:
        return f"{safe[:_LONGEST]}~{_hash(name)}"
    return safe


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
