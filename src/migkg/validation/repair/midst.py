"""What a repair can be made of: the entry, the graph around it, and the shapes."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, RDFS, BNode, Literal, URIRef

if TYPE_CHECKING:
    from rdflib import Graph as Statements
    from rdflib.term import Node

_MANY = 2_000  # things: what they have in common is told well enough by so many


class Midst(NamedTuple):
    """`data` holds the entry too, and what is inferred."""

    entry: Statements
    data: Statements
    shapes: Statements

    def like(self, node: Node) -> Counter[Node]:
        """Count of the things of the same class how many statements they share with a thing."""
        shared: Counter[Node] = Counter()
        for prop, value in self.data.predicate_objects(node):
            if not isinstance(value, Literal | BNode):
                shared.update(islice(self.data.subjects(prop, value), _MANY))
        classes = set(self.data.objects(node, RDF.type))
        alike = {
            one: count
            for one, count in shared.items()
            if one != node and not classes.isdisjoint(self.data.objects(one, RDF.type))
        }
        return Counter(alike)

    def usual(self, node: Node, path: Node) -> list[Node]:
        """List the values that a property has, first those of the things most like this one.

        What the entry says comes before all.
        """
        those: Counter[Node] = Counter()
        for one, shared in self.like(node).items():
            for value in self.data.objects(one, path):
                those[value] += 10**shared
        return self._ranked(those, Counter(islice(self.data.objects(None, path), _MANY)))

    def lacking(self, node: Node) -> list[Node]:
        """List the properties that most of the things most like this one have, and it has not."""
        like = self.like(node)
        most = max(like.values(), default=0)
        near = [one for one, shared in like.items() if shared == most][:_MANY]
        there = set(self.data.predicates(node))
        found = Counter(prop for one in near for prop in set(self.data.predicates(one)))
        return [p for p, count in found.most_common() if p not in there and 2 * count > len(near)]

    def pointing(self, node: Node, path: Node) -> list[Node]:
        """List the things that could refer to this one by a property: those like others that do."""
        classes = {
            cls
            for one in self.data.subjects(path, None)
            if one != node
            for cls in self.data.objects(one, RDF.type)
        }
        found: Counter[Node] = Counter(
            one for cls in classes for one in self.data.subjects(RDF.type, cls)
        )
        return self._ranked(found, Counter())

    def classes(self, thing: Node) -> set[Node]:
        """List the classes of a thing that no other of its classes is a part of."""
        classes = set(self.data.objects(thing, RDF.type))
        above = {c for one in classes for c in self.data.objects(one, RDFS.subClassOf) if c != one}
        return classes - above

    def said_of(self, thing: Node) -> list[tuple[Node, Node]]:
        """List what is said of a thing, without the broader ones of its classes."""
        classes = self.classes(thing)
        said = sorted(self.data.predicate_objects(thing))
        return [(p, o) for p, o in said if p != RDF.type or o in classes]

    def _ranked(self, those: Counter[Node], others: Counter[Node]) -> list[Node]:
        here = set(self.entry.subjects())
        ranked = sorted(
            {*those, *others},
            key=lambda v: (v not in here, v not in those, -those[v], -others[v], str(v)),
        )
        return [value for value in ranked if not isinstance(value, BNode)]


def named(source: str) -> Node:
    """Give the node of a shape or constraint by what a finding says of it."""
    return URIRef(source) if ":" in source else BNode(source)
