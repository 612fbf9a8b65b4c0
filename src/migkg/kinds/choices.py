"""The things and codes that a property may point to: how people see them, and what they mean."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.kinds.kind import stem
from migkg.kinds.position import worded
from migkg.lookup import fold
from migkg.model.constraints import NODE, PROPERTY
from migkg.namespaces import LANGUAGES, MK, MKC, MKD, OA, PREFIXES, RDF, RDFS, SKOS, expand, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.kinds.kind import Field
    from migkg.model.constraints import Values
    from migkg.model.triples import Triples

_LABELS = (SKOS + "prefLabel", RDFS + "label", MK + "heading")
_CODES = (MK + "isoAlpha3", PREFIXES["dct"] + "identifier", SKOS + "notation")
_NAMES = (*_LABELS, *_CODES, SKOS + "altLabel", PREFIXES["dct"] + "title")


class Choice(NamedTuple):
    """One of the values of a property: its IRI, and a name that no other of them has."""

    iri: str
    name: str


class Choices:
    """What the things and codes of a graph are called, and which of them a property takes."""

    def __init__(self, triples: Triples) -> None:
        """Read the names of all that has an IRI of ours."""
        self.triples = triples
        self.broader: dict[str, set[str]] = {}
        self.listed: dict[tuple[Values, tuple[str, str] | None, str], list[Choice]] = {}
        self.named: dict[tuple[str, str], str] = {}
        self.near_names: dict[Values, dict[str, str]] = {}
        self.types: defaultdict[str, set[str]] = defaultdict(set)
        self.schemes: defaultdict[str, set[str]] = defaultdict(set)
        for name, found in ((RDF + "type", self.types), (SKOS + "inScheme", self.schemes)):
            for quad in triples.store.quads_for_pattern(None, ox.NamedNode(name), None):
                if isinstance(quad.subject, ox.NamedNode):
                    found[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.folded: defaultdict[str, set[str]] = defaultdict(set)
        for thing, text in self._names():
            self.names[text].add(thing)
            self.folded[fold(text)].add(thing)

    def of(self, field: Field, language: str) -> list[Choice]:
        """List what a property takes, by name in the language; where two are alike, with CURIE."""
        asked = field.values, field.having, language
        if asked not in self.listed:
            self.listed[asked] = self._list(field, language)
        return self.listed[asked]

    def _list(self, field: Field, language: str) -> list[Choice]:
        found = {
            iri: self.name(iri, language)
            for iri in self.types
            if self.fits(iri, field.values) and self._has(iri, field.having)
        }
        times = Counter(found.values())
        named = [
            Choice(iri, name if times[name] == 1 else f"{name} ({shorten(iri)})")
            for iri, name in found.items()
        ]
        return sorted(named, key=lambda choice: (_in_order(choice.name), choice.iri))

    def name(self, iri: str, language: str) -> str:
        """Name a thing: its label and code; a passage by document, heading and lines."""
        if (iri, language) not in self.named:
            self.named[iri, language] = self._name(iri, language)
        return self.named[iri, language]

    def _name(self, iri: str, language: str) -> str:
        label = self._label(iri, language) or shorten(iri)
        if self.triples.objects(iri, OA + "hasSource"):
            return self._passage(iri, label, language)
        code = next(filter(None, (self.triples.text(iri, name) for name in _CODES)), "")
        return f"{label} ({code})" if code and code not in label else label

    def fits(self, iri: str, values: Values) -> bool:
        """Tell whether a property takes a thing or code."""
        if PROPERTY in values.datatypes:
            return bool(self.types.get(iri, _NONE) & _PROPERTIES)
        if self.schemes.get(iri, _NONE) & values.schemes:
            return True
        if NODE in values.datatypes:
            return iri.startswith((MKD, MKC)) and bool(self.triples.file_of.get(iri))
        return any(self._broader(of) & values.classes for of in self.types.get(iri, _NONE))

    def is_within(self, iri: str, classes: Iterable[str]) -> bool:
        """Tell whether a class is one of the classes, or narrower than one."""
        return not self._broader(iri).isdisjoint(classes)

    def bearing(self, name: str) -> set[str]:
        """Give the classes of the things that have a property."""
        quads = self.triples.store.quads_for_pattern(None, ox.NamedNode(name), None)
        subjects = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
        return {of for subject in subjects for of in self.types.get(subject, _NONE)}

    def labels(self, iri: str) -> set[str]:
        """Give the labels of a thing or a class in every language."""
        return {self.triples.said(iri, RDFS + "label", tag) for tag in LANGUAGES} - {""}

    def stem(self, iri: str) -> str:
        """Tell how the local names of the things of a class begin."""
        return stem(self.triples, [iri, *sorted(self._broader(iri) - {iri})])

    def meant(self, text: str, values: Values) -> set[str]:
        """Find what a property takes and is called like this: by name, code, CURIE or IRI.

        Case and accents do not matter, unless only they tell two things apart. What stands in
        brackets after a name, a code or a CURIE, has to be of the same thing. Of two, the one that
        lists name like this is meant.
        """
        iri = expand(text) or text.removeprefix("<").removesuffix(">")
        if iri in self.types:
            return {iri} if self.fits(iri, values) else set()
        exact = self._fitting(self.names.get(text, ()), values)
        found = exact or self._fitting(self.folded.get(fold(text), ()), values)
        bracketed = None if found else re.fullmatch(r"(.+)\s\(([^()]+)\)", text)
        if bracketed:
            found = self.meant(bracketed[1], values) & self.meant(bracketed[2], values)
        listed = {iri for iri in found if text in (self.name(iri, tag) for tag in LANGUAGES)}
        return listed if len(listed) == 1 else found

    def near(self, text: str, values: Values, language: str) -> list[Choice]:
        """List what a property takes and is called nearly like this."""
        from difflib import get_close_matches

        if values not in self.near_names:
            of = {n: self._fitting(things, values) for n, things in self.folded.items()}
            self.near_names[values] = {n: min(things) for n, things in of.items() if things}
        names = self.near_names[values]
        wanted = fold(text)
        near = get_close_matches(wanted, names, 3, 0.6)
        near += [name for name in names if len(wanted) > 2 and wanted in name][: 3 - len(near)]
        found = dict.fromkeys(names[name] for name in near)
        return [Choice(iri, self.name(iri, language)) for iri in found]

    def _has(self, iri: str, asked: tuple[str, str] | None) -> bool:
        return asked is None or bool(re.search(asked[1], self.triples.text(iri, asked[0])))

    def _fitting(self, things: Iterable[str], values: Values) -> set[str]:
        return {iri for iri in things if self.fits(iri, values)}

    def _broader(self, iri: str) -> set[str]:
        if iri not in self.broader:
            found = [iri]
            for known in found:
                more = self.triples.objects(known, RDFS + "subClassOf")
                found += [one for one in more if one not in found]
            self.broader[iri] = set(found)
        return self.broader[iri]

    def _names(self) -> Iterator[tuple[str, str]]:
        for name in _NAMES:
            for quad in self.triples.store.quads_for_pattern(None, ox.NamedNode(name), None):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    yield quad.subject.value, quad.object.value
        for passage in self.triples.of_type(MK + "Passage"):
            for language in LANGUAGES:
                yield passage, self.name(passage, language)

    def _label(self, iri: str, language: str) -> str:
        labels = (self.triples.text(iri, name, language) for name in _LABELS)
        return next(filter(None, labels), "")

    def _passage(self, iri: str, heading: str, language: str) -> str:
        document = self.triples.objects(iri, OA + "hasSource")[0]
        code = self.triples.text(document, PREFIXES["dct"] + "identifier")
        code = code or document.rpartition("document-")[2]
        positions = [
            worded(self.triples.text(selector, RDF + "value"), language)
            for selector in self.triples.objects(iri, OA + "hasSelector")
        ]
        where = f" ({positions[0]})" if positions else ""
        return f"{code}: {heading}{where}"


_NONE: frozenset[str] = frozenset()
_PROPERTIES = {
    PREFIXES["owl"] + kind for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}


def _in_order(name: str) -> list[tuple[int, str]]:
    """Order as people do: without case and accents, and numbers by their size."""
    parts = re.findall(r"[0-9]+|[^0-9]+", fold(name))
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts]
