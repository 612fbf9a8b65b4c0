"""How much is said in a graph, counted as VoID has it: https://www.w3.org/TR/void/#statistics."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from migkg.export import lines
from migkg.namespaces import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TYPE = f"<{RDF}type>"


class Counts(NamedTuple):
    """What is counted; by IRI how many entities a class and how many statements a property has."""

    triples: int
    subjects: int
    objects: int
    entities: int
    """Subjects whose IRIs are in the space of the data set."""
    classes: dict[str, int]
    properties: dict[str, int]
    examples: dict[str, str]
    """By class the entity of which most is said."""


class _Tally:
    """Counts statements, those of one subject after those of another."""

    def __init__(self, space: str) -> None:
        self.space = f"<{space}"
        self.triples = self.subjects = self.entities = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.most: dict[str, tuple[int, str]] = {}
        self.subject = ""
        self.types: list[str] = []
        self.said = 0

    def objects(self, sorted_lines: Iterable[str]) -> Iterator[str]:
        """Count statements, and give the object of each on a line."""
        for line in sorted_lines:
            subject, predicate, rest = line.split(" ", 2)
            value = rest.removesuffix(" .\n")
            if subject != self.subject:
                self.leave()
                self.subject, self.types, self.said = subject, [], 0
            self.said += 1
            self.properties[predicate] += 1
            if predicate == _TYPE:
                self.types.append(value)
            yield f"{value}\n"
        self.leave()

    def leave(self) -> None:
        """Count the subject of which all was read."""
        if not self.subject:
            return
        self.triples += self.said
        self.subjects += 1
        is_entity = self.subject.startswith(self.space)
        self.entities += is_entity
        for name in self.types:
            self.classes[name] += is_entity
            if is_entity and self.said > self.most.get(name, (0, ""))[0]:
                self.most[name] = (self.said, self.subject)


def count(sorted_lines: Iterable[str], space: str, folder: str) -> Counts:
    """Count what distinct, sorted N-Triples say.

    :param space: how the IRIs of entities begin
    :param folder: where to put aside what memory is not to hold
    """
    tally = _Tally(space)
    objects = sum(1 for _ in lines.distinct(tally.objects(sorted_lines), folder))
    return Counts(
        triples=tally.triples,
        subjects=tally.subjects,
        objects=objects,
        entities=tally.entities,
        classes={name[1:-1]: n for name, n in sorted(tally.classes.items()) if name[0] == "<"},
        properties={name[1:-1]: n for name, n in sorted(tally.properties.items())},
        examples={name[1:-1]: one[1:-1] for name, (_, one) in sorted(tally.most.items())},
    )
