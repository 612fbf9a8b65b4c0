"""The kinds of entry, and what ontology and shapes say of the nodes that each is made of."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.errors import UsageError
from migkg.model import model
from migkg.model.constraints import SH, Values
from migkg.namespaces import MK, OA, OWL, PREFIXES, RDF, RDFS, SKOS, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.model.model import Class, Model
    from migkg.model.triples import Triples

QB = PREFIXES["qb"]
LABEL = RDFS + "label"
EVIDENCE = MK + "evidence"
DOCUMENT, PASSAGE, SELECTOR = MK + "Document", MK + "Passage", OA + "FragmentSelector"
_PERIOD = PREFIXES["dct"] + "PeriodOfTime"

# What each kind is, and which nodes of other classes may have to be described with it.
_KINDS = {
    "project": (
        MK + "Project",
        MK + "Participation",
        MK + "Budget",
        _PERIOD,
        MK + "Activity",
        MK + "Objective",
        MK + "StatusReport",
    ),
    "cooperative": (MK + "Cooperative", PREFIXES["org"] + "Membership"),
    "organization": (MK + "Organization", PREFIXES["org"] + "Membership"),
    "instrument": (MK + "Instrument",),
    "ratification": (MK + "Ratification",),
    "statistic": (QB + "Observation", QB + "DataSet", _PERIOD),
    "document": (DOCUMENT,),
    "event": (MK + "Event", _PERIOD),
}
KINDS = tuple(_KINDS)
_TELLING = ("minCount", "datatype", "pattern")  # shapes with these say what to write
_MISSED = re.compile(r"NOT EXISTS \{ \$this ([\w-]+:[\w-]+) \?\w+ \}")
_CITED = (DOCUMENT, PASSAGE, SELECTOR)


class Field(NamedTuple):
    """A property as a node of a class may have it."""

    iri: str
    label: str
    meaning: str
    values: Values
    least: int = 0
    most: int | None = None
    worded: bool = False
    """Its values are texts that say their language."""
    one_a_language: bool = False
    having: tuple[str, str] | None = None
    """A property that its values must have, and the pattern of it: a currency has a code."""
    instead: tuple[str, ...] = ()
    """The labels of the properties of which a node needs one if it has not this one."""
    usual: bool = False
    """Whether it is the one that most things have of these."""

    @property
    def needed(self) -> bool:
        """Whether a node of the class is not complete without it."""
        return self.least > 0


class Narrower(NamedTuple):
    """A class that says more precisely what a node is."""

    iri: str
    label: str
    meaning: str


class Node(NamedTuple):
    """A class of which an entry may have nodes."""

    iri: str
    label: str
    meaning: str
    stem: str
    """How the local names of its nodes begin: ``project-``."""
    narrower: tuple[Narrower, ...]
    fields: tuple[Field, ...]
    is_thing: bool
    """Whether its nodes have a label and evidence."""
    owner: str = ""
    """The property by which exactly one other node has each of them, if they cannot be alone."""


class Kind(NamedTuple):
    """A kind of entry: the node that it is about comes first, what is cited last."""

    name: str
    nodes: tuple[Node, ...]

    def node(self, iri: str) -> Node:
        """Give the node of a class."""
        return next(node for node in self.nodes if node.iri == iri)


def kind(name: str, triples: Triples, language: str = "en") -> Kind:
    """Read what a kind of entry consists of, in the language where it is known.

    :raises UsageError: there is no such kind: those that are near are named
    """
    if name not in _KINDS:
        raise UsageError(f"there is no kind “{name}”{_near(name)}")
    reader = _reader(triples, language)
    classes = tuple(dict.fromkeys((*_KINDS[name], *_CITED)))
    return Kind(name, tuple(reader.node(iri, classes) for iri in classes))


def nodes(classes: Iterable[str], triples: Triples, language: str = "en") -> dict[str, Node]:
    """Read classes of which an entry may have nodes; those that the model has not are left out."""
    reader = _reader(triples, language)
    return {iri: reader.node(iri, ()) for iri in classes if iri in reader.model.classes}


def summaries(triples: Triples, language: str = "en") -> dict[str, str]:
    """Say in a line what each kind is: the definition of its class, else its label."""
    classes = _reader(triples, language).model.classes
    return {
        name: classes[iri].definition or _sentence(classes[iri].label)
        for name, (iri, *_) in _KINDS.items()
    }


def _near(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), KINDS, 1, 0.5)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(KINDS)}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


@lru_cache(maxsize=3)
def _reader(triples: Triples, language: str) -> _Reader:
    return _Reader(triples, language)


class _Reader:
    """What the model and the statements tell of classes, as far as it takes both to tell it."""

    def __init__(self, triples: Triples, language: str) -> None:
        self.triples, self.language = triples, language
        self.model: Model = model.read_from(triples, language)
        self.things = set(triples.objects(model.THING, SH + "targetClass"))
        self.structured = set(self._structured())
        self.inferred = {name for name, _ in triples.chains(OWL + "propertyChainAxiom")}

    def node(self, iri: str, beside: tuple[str, ...]) -> Node:
        """Read a class; the properties that refer to what may be described beside come early."""
        found = self.model.classes[iri]
        narrower = self._narrower(iri)
        return Node(
            iri,
            found.label,
            found.definition,
            self._stem(iri),
            tuple(Narrower(c.iri, c.label, c.definition) for c in narrower),
            tuple(self._fields(iri, narrower, set(beside) - {*_CITED, iri})),
            bool(self.things & set(self._broader(iri))),
            self._owner(iri),
        )

    def _broader(self, iri: str) -> list[str]:
        found = [iri]
        for known in found:
            found += [more for more in self.model.classes[known].broader if more not in found]
        return found

    def _narrower(self, iri: str) -> list[Class]:
        return [
            found
            for name, found in sorted(self.model.classes.items())
            if name != iri and iri in self._broader(name) and name != model.THING
        ]

    def _stem(self, iri: str) -> str:
        return stem(self.triples, self._broader(iri))

    def _fields(self, iri: str, narrower: Iterable[Class], beside: set[str]) -> list[Field]:
        """List the properties: first what is needed, then as above, then what is used most."""
        uses = self._uses([iri, *(found.iri for found in narrower)])
        found: dict[str, Field] = {}
        for name in (*self._broader(iri), model.THING):
            for prop in self.model.classes[name].properties:
                found.setdefault(prop.iri, self._field(prop, iri))
        for of in narrower:
            for prop in of.properties:
                found.setdefault(prop.iri, self._field(prop, of.iri)._replace(least=0))
        for wanted in self._alternatives(iri):
            labels = {name: found[name].label for name in wanted if name in found}
            for name in labels:
                found[name] = found[name]._replace(
                    instead=tuple(label for other, label in labels.items() if other != name),
                    usual=uses[name] == max(uses[other] for other in labels),
                )
        own = [
            field
            for field in found.values()
            if field.iri not in (LABEL, EVIDENCE)
            and field.most != 0
            and (uses[field.iri] or field.iri not in self.inferred)
        ]
        return sorted(
            own,
            key=lambda field: (
                not field.needed,
                not field.instead,
                field.values.classes.isdisjoint(beside),
                -uses[field.iri],
                field.label,
                field.iri,
            ),
        )

    def _field(self, prop: model.Property, of: str) -> Field:
        shapes = [
            part
            for part in self.triples.subjects(SH + "path", prop.iri)
            if self._is_of(part, self._broader(of))
        ]
        every = self.triples.subjects(SH + "path", prop.iri)
        return Field(
            prop.iri,
            prop.label,
            self._meaning(prop, shapes),
            prop.values,
            max(prop.least, prop.iri in self.structured and of == QB + "Observation"),
            1 if prop.iri in self.structured and prop.most is None else prop.most,
            RDF + "langString" in prop.values.datatypes,
            any(self.triples.text(part, SH + "uniqueLang") == "true" for part in every),
            next(self._having(shapes), None),
        )

    def _having(self, shapes: list[str]) -> Iterator[tuple[str, str]]:
        """Read what is asked of a text of a value.

        https://www.w3.org/TR/shacl/#NodeConstraintComponent
        """
        for part in shapes:
            for node in self.triples.objects(part, SH + "node"):
                for inner in self.triples.objects(node, SH + "property"):
                    pattern = self.triples.text(inner, SH + "pattern")
                    for path in self.triples.objects(inner, SH + "path") if pattern else ():
                        yield path, pattern

    def _meaning(self, prop: model.Property, shapes: list[str]) -> str:
        """Take the definition in the language, else what the shape says in it, else any."""
        known = self.triples.said(prop.iri, SKOS + "definition", self.language)
        messages = [
            self.triples.text(part, SH + "message", self.language)
            for asks in _TELLING
            for part in shapes
            if self.triples.text(part, SH + asks) or self.triples.objects(part, SH + asks)
        ]
        return known or next(filter(None, messages), "") or prop.definition

    def _is_of(self, part: str, classes: Iterable[str]) -> bool:
        """Tell whether a property shape belongs to the shape of one of the classes."""
        return any(
            self.triples.objects(shape, SH + "targetClass") in [[iri] for iri in classes]
            for shape in self.triples.subjects(SH + "property", part)
        )

    def _uses(self, classes: Iterable[str]) -> Counter[str]:
        """Count how often the things of classes have each property."""
        return Counter(
            quad.predicate.value
            for iri in classes
            for thing in self.triples.of_type(iri)
            for quad in self.triples.store.quads_for_pattern(ox.NamedNode(thing), None, None)
        )

    def _alternatives(self, iri: str) -> Iterator[list[str]]:
        """Read of which properties a node needs one: those that a constraint misses together."""
        for shape in self.triples.subjects(SH + "targetClass", iri):
            for part in self.triples.objects(shape, SH + "sparql"):
                missed = _MISSED.findall(self.triples.text(part, SH + "select"))
                if len(missed) > 1:
                    yield [name for curie in missed if (name := expand(curie))]

    def _structured(self) -> Iterator[str]:
        """List what each observation needs, whatever the structure of its data set.

        https://www.w3.org/TR/vocab-data-cube/#dsd-dsd: dimensions, and the attributes that are
        required.
        """
        needed = []
        for structure in self.triples.of_type(QB + "DataStructureDefinition"):
            of = set()
            for component in self.triples.objects(structure, QB + "component"):
                of |= set(self.triples.objects(component, QB + "dimension"))
                if self.triples.text(component, QB + "componentRequired") == "true":
                    of |= set(self.triples.objects(component, QB + "attribute"))
            needed.append(of)
        yield from set.intersection(*needed) if needed else ()

    def _owner(self, iri: str) -> str:
        """Find the inverse path that a node has exactly one value of."""
        for shape in self.triples.subjects(SH + "targetClass", iri):
            for part in self.triples.objects(shape, SH + "property"):
                least = self.triples.numbers(part, SH + "minCount")
                most = self.triples.numbers(part, SH + "maxCount")
                for path in self.triples.inverse_paths(part) if least == most == [1] else ():
                    return path
        return ""


def stem(triples: Triples, classes: list[str]) -> str:
    """Read how names begin from the pattern that shapes ask of IRIs: ``project-``, "" if of none.

    :param classes: a class, then broader ones
    """
    own = re.split(r"[#/]", classes[0])[-1].lower()
    for iri in classes:
        for shape in triples.subjects(SH + "targetClass", iri):
            pattern = triples.text(shape, SH + "pattern")
            found = re.search(r"/id/\(?([a-z|-]+?)\)?-\[", pattern)
            if found:
                stems = found[1].split("|")
                return f"{own if own in stems else stems[0]}-"
    return ""
