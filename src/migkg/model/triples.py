"""The statements of a graph and of its shapes, and what is looked up in them by IRI."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph as files
from migkg.namespaces import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.graph import Graph


class Triples:
    """All that ontology, shapes and data state; alignments with other vocabularies are left out."""

    def __init__(self, graph: Graph) -> None:
        """Read the files of a graph.

        :raises InputError: a file cannot be read
        """
        self.store = ox.Store()
        self.file_of: dict[str, str] = {}  # where a subject is described, from the root
        elsewhere = os.path.join(graph.root, "ontology", "alignments", "")
        for path in files.sources(graph) + files.shape_files(graph):
            if path.startswith(elsewhere):
                continue
            here = os.path.relpath(path, graph.root).replace(os.sep, "/")
            triples = files.read(path)
            self.store.extend(ox.Quad(*triple) for triple in triples)
            for triple in triples:
                if isinstance(triple.subject, ox.NamedNode):
                    self.file_of.setdefault(triple.subject.value, here)

    def of_type(self, iri: str) -> list[str]:
        """List the things of a class."""
        return self.subjects(RDF + "type", iri)

    def subjects(self, name: str, iri: str) -> list[str]:
        """List the IRIs that have a property with this value."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(name), ox.NamedNode(iri))
        return sorted(
            quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)
        )

    def objects(self, iri: str, name: str) -> list[str]:
        """List the IRIs that are values of a property."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None)
        return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))

    def numbers(self, iri: str, name: str) -> list[int]:
        """List the numbers that are values of a property."""
        return [int(float(term.value)) for term in self._literals(iri, name)]

    def text(self, iri: str, name: str, language: str = "en") -> str:
        """Give the text of a property in the language, else in English, else without a language."""
        texts = (self.said(iri, name, tag) for tag in (language, "en", None))
        return next(filter(None, texts), "")

    def said(self, iri: str, name: str, language: str | None) -> str:
        """Give the text of a property in the language, and in no other."""
        found = [t.value for t in self._literals(iri, name) if t.language == language]
        return min(found, default="")

    def inverse_paths(self, shape: str) -> list[str]:
        """List the properties that a shape follows from value to subject.

        https://www.w3.org/TR/shacl/#property-path-inverse
        """
        paths = self.store.quads_for_pattern(
            ox.NamedNode(shape), ox.NamedNode("http://www.w3.org/ns/shacl#path"), None
        )
        return [
            inverse.object.value
            for path in paths
            if isinstance(path.object, ox.BlankNode)
            for inverse in self.store.quads_for_pattern(
                path.object, ox.NamedNode("http://www.w3.org/ns/shacl#inversePath"), None
            )
            if isinstance(inverse.object, ox.NamedNode)
        ]

    def chains(self, name: str) -> Iterator[tuple[str, list[str]]]:
        """Give the IRIs that have lists of IRIs as values of a property, with their lists."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(name), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.BlankNode):
                yield quad.subject.value, list(self._list(quad.object))

    def _list(self, node: ox.BlankNode) -> Iterator[str]:
        nodes = [node]
        for cell in nodes:
            for quad in self.store.quads_for_pattern(cell, None, None):
                if quad.predicate.value == RDF + "first" and isinstance(quad.object, ox.NamedNode):
                    yield quad.object.value
            for quad in self.store.quads_for_pattern(cell, ox.NamedNode(RDF + "rest"), None):
                nodes += [quad.object] if isinstance(quad.object, ox.BlankNode) else []

    def _literals(self, iri: str, name: str) -> list[ox.Literal]:
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None)
        return [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
