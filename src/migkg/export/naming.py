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
_DEVICES = {"con", "prn", "aux", "nul"}  # which no file of some systems may be called


def paths(iris: Iterable[str]) -> dict[str, str]:
    """Give each IRI below a namespace of FOLDERS its path without ending, such as id/country-JOR.

    A path is the local name wherever every file system takes it: what is not a letter, digit,
    `-`, `_` or `.` of ASCII is percent-encoded with `~` for `%`; a long name, and of names that
    differ only by case all, get a part of their hash. Other IRIs are left out.
    """
    placed = {iri: f"{folder}/{file_name(name)}" for iri in iris for folder, name in _split(iri)}
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for iri, path in placed.items():
        alike[path.lower()].append(iri)
    for among in alike.values():
        if len(among) > 1:
            for iri in among:
                placed[iri] += f"~{_hash(iri)}"
    return placed


def _split(iri: str) -> list[tuple[str, str]]:
    """Take apart the IRI of a name, if it is in a namespace that has a folder."""
    return [
        (folder, iri.removeprefix(namespace))
        for namespace, folder in FOLDERS.items()
        if iri.startswith(namespace) and iri != namespace
    ]


def file_name(name: str) -> str:
    """Make of a name what every file system takes; other names never get the same."""
    safe = quote(name, safe="").replace("~", "%7E").replace("%", "~")
    first = safe.split(".", 1)[0].lower()
    unfit = safe.startswith(".") or safe.endswith(".") or first in _DEVICES or first == "index"
    if unfit or len(safe) > _LONGEST:
        return f"{safe[:_LONGEST].strip('.')}~{_hash(name)}"
    return safe


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
