"""The score that the European data portal gives to the metadata of a data set, computed here.

Its metadata quality assessment has 405 points: https://data.europa.eu/mqa/methodology. Whether an
address answers cannot be asked of an export that nobody serves: it does if its file is there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from rdflib import DCAT, DCTERMS, Graph, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
# in both edp-machine-readable-format and edp-non-proprietary-format of the portal:
# https://gitlab.com/dataeuropa/vocabularies
RDF_SYNTAXES = {
    f"{EU}file-type/{name}"
    for name in ("RDF_TURTLE", "RDF_N_TRIPLES", "JSON_LD", "RDF_XML", "RDF_TRIG", "RDF_N_QUADS")
}

Answers: TypeAlias = Callable[[str], bool]

FINDABILITY = {
    DCAT.keyword: 30,
    DCAT.theme: 30,
    DCTERMS.spatial: 20,
    DCTERMS.temporal: 20,
}


def score(
    graph: Graph, dataset: URIRef, distribution: Node, conforms: bool, answers: Answers
) -> dict[str, int]:
    """Give the points of a data set and one of its distributions, by metric; none has 0."""

    def one(subject: Node, prop: URIRef) -> str:
        return str(graph.value(subject, prop) or "")

    access, download = one(distribution, DCAT.accessURL), one(distribution, DCAT.downloadURL)
    form, media = one(distribution, DCTERMS.format), one(distribution, DCAT.mediaType)
    licence, rights = one(distribution, DCTERMS.license), one(dataset, DCTERMS.accessRights)
    met = {str(prop): n for prop, n in FINDABILITY.items() if (dataset, prop, None) in graph}
    points = met | {
        "accessURL answers": 50 * answers(access),
        "downloadURL": 20 * bool(download),
        "downloadURL answers": 30 * answers(download),
        "format": 20 * bool(form),
        "media type": 10 * bool(media),
        "format and media type in vocabularies": 10
        * (form.startswith(EU + "file-type/") and media.startswith(IANA)),
        "not proprietary": 20 * (form in RDF_SYNTAXES),
        "machine-readable": 20 * (form in RDF_SYNTAXES),
        "DCAT-AP": 30 * conforms,
        "licence": 20 * bool(licence),
        "licence in vocabulary": 10 * licence.startswith(EU + "licence/"),
        "access rights": 10 * bool(rights),
        "access rights in vocabulary": 5 * rights.startswith(EU + "access-right/"),
        "contact": 20 * bool(one(dataset, DCAT.contactPoint)),
        "publisher": 10 * bool(one(dataset, DCTERMS.publisher)),
        "rights": 5 * bool(one(distribution, DCTERMS.rights)),
        "size": 5 * bool(one(distribution, DCAT.byteSize)),
        "issued": 5 * bool(one(distribution, DCTERMS.issued) and one(dataset, DCTERMS.issued)),
        "modified": 5
        * bool(one(distribution, DCTERMS.modified) and one(dataset, DCTERMS.modified)),
    }
    return {metric: n for metric, n in points.items() if n}
