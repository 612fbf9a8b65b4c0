"""In which file of the graph a thing is described."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import RDF

from migkg import graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node


class Files:
    """The files of a graph, read when a thing is looked for whose name stands in them."""

    def __init__(self, paths: Sequence[str]) -> None:
        """Take files in Turtle."""
        self._paths = paths
        self._subjects: dict[str, dict[str, bool]] = {}

    def describing(self, thing: Node) -> str:
        """Name the file that says what a thing is, else one that says anything; '' if none does.

        :raises InputError: a file cannot be read
        """
        name = str(thing)[max(str(thing).rfind("#"), str(thing).rfind("/")) + 1 :].encode()
        found = ""
        for path, content in self._contents:
            if name in content:
                typed = self._subjects_of(path).get(str(thing))
                if typed:
                    return graph.shown(path)
                found = found or (graph.shown(path) if typed is not None else "")
        return found

    @cached_property
    def _contents(self) -> list[tuple[str, bytes]]:
        contents = []
        for path in self._paths:
            with suppress(OSError), open(path, "rb") as file:  # it was read a moment ago
                contents.append((path, file.read()))
        return contents

    def _subjects_of(self, path: str) -> dict[str, bool]:
        """List what a file is about, and whether it says what that is."""
        if path not in self._subjects:
            found: dict[str, bool] = {}
            for subject, predicate, _ in graph.triples(path, path):
                iri = str(getattr(subject, "value", subject))
                found[iri] = found.get(iri, False) or predicate.value == str(RDF.type)
            self._subjects[path] = found
        return self._subjects[path]
