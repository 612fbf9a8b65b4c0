"""What the shapes say of properties: which values they let pass, and how many.

A constraint in SPARQL (https://www.w3.org/TR/shacl/#sparql-constraints) is understood where it
lists the values that pass by their classes or code lists, each in a NOT EXISTS of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg.namespaces import OWL, RDF, RDFS, XSD, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.model.triples import Triples

SH = "http://www.w3.org/ns/shacl#"
OF_LANGUAGES = (RDF, RDFS, OWL)  # whose classes and properties are about terms, not about things
NUMBER = XSD + "decimal"
ADDRESS = XSD + "anyURI"
TEXT = XSD + "string"
NODE = RDFS + "Resource"  # whatever has an IRI
PROPERTY = RDF + "Property"

_SPARQL_VALUES = re.compile(r"NOT EXISTS \{ \?value (a\S*|skos:inScheme) ([\w-]+:[\w-]+) \}")
_SPARQL_PATH = re.compile(r"\(([\w-]+:[\w-]+) AS \?path\)")
_SPARQL_NUMBER = re.compile(r"!\s*ISNUMERIC\(\?value\)")


class Values(NamedTuple):
    """What a property points to; nothing at all means anything."""

    classes: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    datatypes: frozenset[str] = frozenset()

    def __or__(self, other: Values) -> Values:
        return Values(*(a | b for a, b in zip(self, other, strict=True)))


class Constraint(NamedTuple):
    """What shapes say of one property."""

    values: Values = Values()
    least: int = 0
    most: int | None = None


def constraints(triples: Triples, shapes: Iterable[str]) -> dict[str, Constraint]:
    """Collect what shapes say of each property together."""
    found: dict[str, Constraint] = {}
    for name, constraint in _said(triples, shapes):
        if name.startswith(OF_LANGUAGES) and name not in (RDFS + "label", RDF + "value"):
            continue
        before = found.get(name, Constraint())
        most = [count for count in (before.most, constraint.most) if count is not None]
        found[name] = Constraint(
            before.values | constraint.values,
            max(before.least, constraint.least),
            min(most, default=None),
        )
    return found


def _said(triples: Triples, shapes: Iterable[str]) -> Iterator[tuple[str, Constraint]]:
    for shape in shapes:
        for part in triples.objects(shape, SH + "property"):
            for path in triples.objects(part, SH + "path"):
                yield path, _constraint(triples, part)
        for part in triples.objects(shape, SH + "sparql"):
            yield from _sparql(triples.text(part, SH + "select"))


def _constraint(triples: Triples, shape: str) -> Constraint:
    schemes = [
        scheme
        for node in triples.objects(shape, SH + "node")
        for part in triples.objects(node, SH + "property")
        for scheme in triples.objects(part, SH + "hasValue")
    ]
    datatypes = triples.objects(shape, SH + "datatype")
    bounds = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
    if not datatypes and any(triples.numbers(shape, SH + bound) for bound in bounds):
        datatypes = [NUMBER]
    pattern = triples.text(shape, SH + "pattern")
    if pattern and not datatypes:
        datatypes = [ADDRESS if pattern.startswith("^http") else TEXT]
    elif SH + "IRI" in triples.objects(shape, SH + "nodeKind"):
        datatypes = [NODE]
    classes = triples.objects(shape, SH + "class")
    return Constraint(
        Values(frozenset(classes), frozenset(schemes), frozenset(datatypes)),
        max(triples.numbers(shape, SH + "minCount"), default=0),
        min(triples.numbers(shape, SH + "maxCount"), default=None),
    )


def _sparql(select: str) -> Iterator[tuple[str, Constraint]]:
    """Read which values a constraint lets pass, if it is of the form that names them."""
    path = _SPARQL_PATH.search(select)
    name = path and expand(path[1])
    if not name:
        return
    classes: set[str] = set()
    schemes: set[str] = set()
    for relation, curie in _SPARQL_VALUES.findall(select):
        (schemes if relation == "skos:inScheme" else classes).add(expand(curie) or curie)
    datatypes = {NUMBER} if _SPARQL_NUMBER.search(select) else set()
    if classes or schemes or datatypes:
        yield (
            name,
            Constraint(Values(frozenset(classes), frozenset(schemes), frozenset(datatypes))),
        )
