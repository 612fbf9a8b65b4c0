"""A small graph as files in the syntaxes that people, scripts and harvesters read."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LINES = {"jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}


def write(
    statements: Iterable[ox.Triple], folder: str, name: str, prefixes: Mapping[str, str]
) -> None:
    """Write statements without blank nodes as `name`.ttl, .jsonld and .rdf into a folder.

    The same statements are the same bytes, in whatever order they come.

    :param prefixes: those that the Turtle needs beside the ones that migkg knows
    """
    from migkg.turtle import canonical

    ordered = sorted(set(statements), key=str)
    known = {**PREFIXES, **prefixes}
    used = {prefix: iri for prefix, iri in known.items() if any(iri in str(t) for t in ordered)}
    turtle = BytesIO()
    ox.serialize(ordered, turtle, format=ox.RdfFormat.TURTLE, prefixes=used)
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.ttl", "w", encoding="utf-8", newline="\n") as file:
        file.write(canonical(turtle.getvalue()))
    for ending, syntax in _LINES.items():
        with open(f"{path}.{ending}", "wb") as written:
            ox.serialize(ordered, written, format=syntax, prefixes=used)
