"""The model as the ontology, the shapes and their use tell it: classes, properties, code lists.

A class has the properties that its shapes name (https://www.w3.org/TR/shacl/#targets), that have
it as domain, and that things of it bear. What a property points to is what the shapes allow; where
they are silent, its range or code list; and where it has none, what it points to in the graph.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.model.constraints import (
    ADDRESS,
    OF_LANGUAGES,
    PROPERTY,
    SH,
    TEXT,
    Constraint,
    Values,
    constraints,
)
from migkg.model.triples import Triples
from migkg.namespaces import MK, MKSH, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from migkg.graph import Graph

QB = "http://purl.org/linked-data/cube#"
THING = MKSH + "Thing"  # the shape of whatever data describes
_OF_EVERY_THING = (RDFS + "label", MK + "evidence")


class Property(NamedTuple):
    """A property as things of a class bear it, or of none so far."""

    iri: str
    label: str
    definition: str
    values: Values
    least: int = 0
    most: int | None = None


class Class(NamedTuple):
    """A class; its properties are those that its broader classes do not have already."""

    iri: str
    label: str
    definition: str
    broader: tuple[str, ...]  # of the model
    part: str  # bare name of the file of its shape or a broader one's; empty if nothing tells
    properties: tuple[Property, ...]


class Scheme(NamedTuple):
    """A code list."""

    iri: str
    title: str
    definition: str
    path: str  # from the root of the graph
    size: int


class Model(NamedTuple):
    """All there is, by IRI; `unplaced` are properties that no class has."""

    classes: dict[str, Class]
    schemes: dict[str, Scheme]
    unplaced: tuple[Property, ...]

    def properties(self) -> Iterator[Property]:
        """List what each class has, and what none has."""
        for found in self.classes.values():
            yield from found.properties
        yield from self.unplaced


def read(graph: Graph) -> Model:
    """Read the model of a graph.

    :raises InputError: a file cannot be read
    """
    return read_from(Triples(graph))


def read_from(triples: Triples, language: str = "en") -> Model:
    """Read the model from statements; it is named and defined in the language where it is known."""
    return _Reader(triples, language).model()


class _Reader:
    """What the statements and the shapes tell, as far as it takes both to tell it."""

    def __init__(self, triples: Triples, language: str) -> None:
        self.triples, self.language = triples, language
        kinds = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
        self.properties = {iri for kind in kinds for iri in self.triples.of_type(OWL + kind)}
        self.shapes = self._shapes()
        self.parents = self._parents()
        self.usage = self._usage()
        self.general = self._general()
        self.chains = dict(self._chains())

    def model(self) -> Model:
        names = [*self.parents, THING]
        own = {iri: constraints(self.triples, self.shapes.get(iri, ())) for iri in names}
        placed = self._placed(own)
        classes = {
            iri: Class(
                iri,
                self._label(iri),
                self._text(iri, SKOS + "definition"),
                tuple(self.parents.get(iri, ())),
                self._part(iri),
                tuple(self._property(name, iri, own) for name in sorted(placed[iri], key=_local)),
            )
            for iri in names
        }
        told = {prop.iri for found in classes.values() for prop in found.properties}
        unplaced = [p for p in sorted(self.properties) if p.startswith(MK) and p not in told]
        return Model(
            classes,
            {iri: self._scheme(iri) for iri in self.triples.of_type(SKOS + "ConceptScheme")},
            tuple(self._property(name, None, own) for name in unplaced),
        )

    # -- classes ----------------------------------------------------------------------------------

    def _shapes(self) -> dict[str, list[str]]:
        """Tell which shapes are of one class; those of several say what holds of all things."""
        found: dict[str, list[str]] = {THING: [THING]}
        for shape in self.triples.of_type(SH + "NodeShape"):
            classes = self.triples.objects(shape, SH + "targetClass")
            for name in self.triples.objects(shape, SH + "targetObjectsOf"):
                classes += self.triples.objects(name, RDFS + "range")
            if len(classes) == 1 and not self._of_terms(classes[0]):
                found.setdefault(classes[0], []).append(shape)
        return found

    def _of_terms(self, iri: str) -> bool:
        """Tell whether a class is one of properties, classes or ontologies."""
        members = set(self.triples.of_type(iri))
        return iri.startswith(OF_LANGUAGES) or bool(members and members <= self.properties)

    def _parents(self) -> dict[str, list[str]]:
        """List the classes, each with its nearest broader ones of the model."""
        own = {iri for iri in self.triples.of_type(OWL + "Class") if iri.startswith(MK)}
        classes = sorted((own | self.shapes.keys()) - {THING})
        return {
            iri: [
                parent
                for parent in self.triples.objects(iri, RDFS + "subClassOf")
                if parent in set(classes)
            ]
            for iri in classes
        }

    def _broader(self, iri: str) -> list[str]:
        """List a class and all broader ones, the nearest first."""
        found = [iri]
        for known in found:
            found += [parent for parent in self.parents.get(known, ()) if parent not in found]
        return found

    def _part(self, iri: str) -> str:
        shapes = [shape for broader in self._broader(iri) for shape in self.shapes.get(broader, ())]
        path = self.triples.file_of.get(shapes[0] if shapes else iri, "")
        return os.path.splitext(os.path.basename(path))[0]

    def _placed(self, own: Mapping[str, Mapping[str, Constraint]]) -> dict[str, set[str]]:
        """Tell which class has which property.

        What several classes have in common is told of the nearest class that is broader than both.
        """
        placed = {iri: set(constraints) for iri, constraints in own.items()}
        placed[THING] |= set(_OF_EVERY_THING)
        for name in self.properties:
            for iri in self.triples.objects(name, RDFS + "domain"):
                placed.setdefault(iri, set()).add(name)
        for iri, name in self.usage:
            placed[iri].add(name)
        for name, (first, _) in self.chains.items():
            for iri in [iri for iri, names in placed.items() if first in names]:
                placed[iri].add(name)
        for iri in self.parents:
            placed[iri] -= placed[THING]
        for iri in self.parents:
            placed[iri] |= self._shared(iri, placed)
        return {iri: self._additional(iri, placed, own) for iri in own}

    def _shared(self, iri: str, placed: Mapping[str, set[str]]) -> set[str]:
        """Tell which properties more than one branch of narrower classes has."""
        narrower = [child for child, parents in self.parents.items() if iri in parents]
        branches = [
            {name for c in self.parents if child in self._broader(c) for name in placed[c]}
            for child in narrower
        ]
        names = [name for branch in branches for name in branch]
        return {name for name in names if names.count(name) > 1}

    def _additional(
        self, iri: str, placed: Mapping[str, set[str]], own: Mapping[str, Mapping[str, Constraint]]
    ) -> set[str]:
        """Leave out what broader classes have already, unless the class says how often anew."""
        broader = self._broader(iri)[1:]
        counts = {n: c[1:] for parent in reversed(broader) for n, c in own[parent].items()}
        anew = {n for n, c in own[iri].items() if c[1:] not in ((0, None), counts.get(n))}
        return placed[iri] - {n for parent in broader for n in placed[parent]} | anew

    # -- properties -------------------------------------------------------------------------------

    def _property(
        self, name: str, iri: str | None, own: Mapping[str, Mapping[str, Constraint]]
    ) -> Property:
        said = [own[c][name] for c in (self._broader(iri) if iri else ()) if name in own[c]]
        said += self.general.get(name, [])
        said += self.general.get(self.chains.get(name, ("", ""))[1], [])
        values = Values()
        for constraint in said:
            values |= constraint.values
        if not any(values):
            used = self._used(name, iri) or self._kind(name)
            ranged = self._range(name)
            values = ranged._replace(schemes=ranged.schemes | used.schemes) if ranged else used
        if values.schemes:
            values = values._replace(classes=values.classes - {SKOS + "Concept"})
        return Property(
            name,
            self._label(name),
            self._text(name, SKOS + "definition"),
            values,
            max((constraint.least for constraint in said), default=0),
            min((c.most for c in said if c.most is not None), default=None),
        )

    def _range(self, name: str) -> Values | None:
        schemes = frozenset(self.triples.objects(name, QB + "codeList"))
        ranges = [
            iri for iri in self.triples.objects(name, RDFS + "range") if iri != SKOS + "Concept"
        ]
        classes = frozenset(iri for iri in ranges if iri in self.parents)
        return Values(classes, schemes) if classes or schemes else None

    def _kind(self, name: str) -> Values:
        literal = name in self.triples.of_type(OWL + "DatatypeProperty")
        return Values(datatypes=frozenset({TEXT} if literal else ()))

    def _chains(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Tell of properties that follow from a chain of others where it begins and ends.

        https://www.w3.org/TR/owl2-syntax/#Object_Subproperties
        """
        for name, links in self.triples.chains(OWL + "propertyChainAxiom"):
            yield name, (links[0], links[-1])

    def _used(self, name: str, iri: str | None) -> Values | None:
        """Tell what a property of a class and of its narrower ones points to in the graph."""
        found = [
            values
            for (bearer, used), values in self.usage.items()
            if used == name and (iri is None or iri in self._broader(bearer))
        ]
        values = Values()
        for more in found:
            values |= more
        if len(values.classes) > 1:
            values = values._replace(
                classes=frozenset(self._broader(c)[-1] for c in values.classes)
            )
        if found and not any(values):  # an IRI that the graph does not describe
            return Values(datatypes=frozenset({ADDRESS}))
        return values if found else None

    def _usage(self) -> dict[tuple[str, str], Values]:
        """Tell which properties the things of each class bear, and with what values."""
        kinds: dict[str, list[str]] = {}
        for iri in self.parents:
            for thing in self.triples.of_type(iri):
                kinds.setdefault(thing, []).append(iri)
        found: dict[tuple[str, str], Values] = {}
        for quad in self.triples.store:
            name = quad.predicate.value
            if name.startswith((*OF_LANGUAGES, SH)) and name != RDF + "value":
                continue
            for iri in kinds.get(getattr(quad.subject, "value", ""), ()):
                values = self._values(quad.object, kinds)
                found[iri, name] = found.get((iri, name), Values()) | values
        return found

    def _values(self, value: object, kinds: Mapping[str, list[str]]) -> Values:
        if isinstance(value, ox.Literal):
            return Values(datatypes=frozenset({value.datatype.value}))
        iri = getattr(value, "value", "")
        if SKOS + "Concept" in kinds.get(iri, ()):
            return Values(schemes=frozenset(self.triples.objects(iri, SKOS + "inScheme")))
        if iri in self.properties:
            return Values(datatypes=frozenset({PROPERTY}))
        return Values(classes=frozenset(kinds.get(iri, ())))

    def _general(self) -> dict[str, list[Constraint]]:
        """Collect what shapes that are not of one class say of each property."""
        own = {shape for shapes in self.shapes.values() for shape in shapes}
        shapes = [shape for shape in self.triples.of_type(SH + "NodeShape") if shape not in own]
        found: dict[str, list[Constraint]] = {}
        for shape in shapes:
            if self.triples.objects(shape, SH + "targetSubjectsOf"):
                for name, constraint in constraints(self.triples, [shape]).items():
                    found.setdefault(name, []).append(constraint)
        return found

    def _scheme(self, iri: str) -> Scheme:
        return Scheme(
            iri,
            self._text(iri, SKOS + "prefLabel"),
            self._text(iri, SKOS + "definition"),
            self.triples.file_of[iri],
            len(self.triples.subjects(SKOS + "inScheme", iri)),
        )

    def _label(self, iri: str) -> str:
        named = [iri, *self.shapes.get(iri, ())]
        labels = [self._text(name, RDFS + "label") for name in named]
        labels += [
            self._text(shape, SH + "name") for shape in self.triples.subjects(SH + "path", iri)
        ]
        return next(filter(None, labels), "")

    def _text(self, iri: str, name: str) -> str:
        return self.triples.text(iri, name, self.language)


def _local(iri: str) -> tuple[str, str]:
    return re.split(r"[#/]", iri)[-1], iri
