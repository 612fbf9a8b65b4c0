"""Which other data sets the graph links to, by which property and how often.

https://www.w3.org/TR/void/#linkset
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from migkg.namespaces import HOME, OWL, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINKING = {
    f"<{iri}>"
    for iri in (
        *(SKOS + name + "Match" for name in ("exact", "close", "broad", "narrow", "related")),
        OWL + "sameAs",
        OWL + "equivalentClass",
        OWL + "equivalentProperty",
        RDFS + "seeAlso",
    )
}


class Target(NamedTuple):
    """A data set that is linked to."""

    name: str
    title: str
    space: str
    """How its IRIs begin."""


_KNOWN = (
    Target("wikidata", "Wikidata", "http://www.wikidata.org/entity/"),
    Target(
        "eu-countries",
        "Countries and territories (EU Vocabularies)",
        "http://publications.europa.eu/resource/authority/country/",
    ),
    Target(
        "eu-vocabularies", "EU Vocabularies", "http://publications.europa.eu/resource/authority/"
    ),
    Target("essglobal", "ESSGlobal", "http://purl.org/essglobal/"),
    Target("schema-org", "Schema.org", "https://schema.org/"),
)


class Linkset(NamedTuple):
    """How many statements link to a data set by a property."""

    target: Target
    property: str
    triples: int


def linksets(lines: Iterable[str]) -> list[Linkset]:
    """Count the links in distinct N-Triples from names of the graph to those of others."""
    found: Counter[tuple[Target, str]] = Counter()
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        ours = subject.startswith(f"<{HOME}")
        if ours and predicate in _LINKING and value[0] == "<" and not value[1:].startswith(HOME):
            found[_target(value[1:-4]), predicate[1:-1]] += 1
    return [Linkset(target, prop, n) for (target, prop), n in sorted(found.items())]


def _target(iri: str) -> Target:
    for target in _KNOWN:
        if iri.startswith(target.space):
            return target
    parts = urlsplit(iri)
    if not parts.netloc:  # such as urn:isbn:…
        return Target(parts.scheme, parts.scheme, f"{parts.scheme}:")
    return Target(parts.netloc, parts.netloc, f"{parts.scheme}://{parts.netloc}/")
