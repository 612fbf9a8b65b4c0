"""The export as a catalogue for data portals: DCAT-AP 3.0.1.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/

Nothing is a blank node, and each IRI is the same in each release and at whatever address, so that
a portal that harvests again finds what it has. What harvesters look for at a distribution (licence,
rights, language, dates) is told there, not at the data set alone.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.export import authorities, profile, wording
from migkg.export.authorities import FILE_TYPES, SYNTAX_STANDARDS, TITLES
from migkg.export.description import describe
from migkg.export.dump import DATASETS, SHAPES, whole
from migkg.export.dump import iri as iri_of
from migkg.export.site import HOME
from migkg.export.syntaxes import write_graph
from migkg.namespaces import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.export.coverage import Texts
    from migkg.export.description import Agent, Dataset, Description
    from migkg.export.distributions import Distribution
    from migkg.export.site import Site
    from migkg.progress import Progress

CATALOG = HOME + "catalog"
SERVICE = CATALOG + "#sparql"
_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_CONTACT = CATALOG + "#contact"
_RIGHTS = CATALOG + "#rights"


def iri_of_catalogue(site: Site) -> str:
    """Name the catalogue: the same in each release, and other for each selection."""
    return CATALOG + iri_of(site, whole(site)).removeprefix(DATASETS + whole(site).name)


def write(site: Site, folder: str, step: Progress) -> None:
    """Write catalog.ttl, .jsonld and .rdf, about the dumps that lie in the folder already.

    :raises InputError: as `description.describe` does
    """
    step("describing the dumps")
    statements = profile.adapted(list(statements_of(describe(site, folder))), site.profile)
    write_graph(statements, os.path.join(folder, "catalog"))


def statements_of(told: Description) -> Iterator[ox.Triple]:
    """Tell all of a description in the terms of DCAT-AP."""
    yield from _catalogue(told)
    yield from _shared(told)
    for dataset in told.datasets:
        yield from _dataset(told, dataset)
        for distribution in dataset.distributions:
            yield from _distribution(told, dataset, distribution)
    if told.site.endpoint:
        yield from _service(told, told.site.endpoint)


def _catalogue(told: Description) -> Iterator[ox.Triple]:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Catalogue."""
    site, iri = told.site, iri_of_catalogue(told.site)
    yield from _is_a(iri, "dcat:Catalog")
    yield from _texts(iri, "dct:title", told.titles)
    yield from _texts(iri, "dct:description", told.descriptions)
    yield from _dates(iri, site)
    yield from _owned(iri, told)
    yield _iri(iri, "dct:license", authorities.licence(told.licence))
    yield _iri(iri, "dct:rights", _RIGHTS)
    yield _iri(iri, "foaf:homepage", site.base)
    yield from _is_a(site.base, "foaf:Document")
    yield _iri(iri, "dcat:themeTaxonomy", authorities.THEME_TABLE)
    yield from _is_a(authorities.THEME_TABLE, "skos:ConceptScheme")
    yield from _texts(authorities.THEME_TABLE, "dct:title", {"en": "Data theme"})
    for language in authorities.LANGUAGES.values():
        yield _iri(iri, "dct:language", language)
    for place in sorted({place.iri for dataset in told.datasets for place in dataset.places}):
        yield _iri(iri, "dct:spatial", place)
    for dataset in told.datasets:
        yield _iri(iri, "dcat:dataset", dataset.iri)
    if site.endpoint:
        yield _iri(iri, "dcat:service", SERVICE)


def _dataset(told: Description, dataset: Dataset) -> Iterator[ox.Triple]:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Dataset."""
    iri = dataset.iri
    yield from _is_a(iri, "dcat:Dataset")
    yield from _texts(iri, "dct:title", dataset.titles)
    yield from _texts(iri, "dct:description", dataset.descriptions)
    yield from _identified(dataset)
    yield from _dates(iri, told.site)
    yield from _versions(told, dataset)
    yield from _owned(iri, told)
    yield from _subject(iri, dataset)
    yield from _covered(dataset)
    for creator in dataset.creators:
        yield _iri(iri, "dct:creator", creator.iri)
        yield from _agent(creator)
    yield _iri(iri, "dct:accessRights", authorities.PUBLIC)
    yield _iri(iri, "dct:accrualPeriodicity", authorities.IRREGULAR)
    yield _iri(iri, "dct:provenance", f"{iri}#provenance")
    yield from _is_a(f"{iri}#provenance", "dct:ProvenanceStatement")
    yield from _texts(f"{iri}#provenance", "rdfs:label", {"en": dataset.provenance})
    yield _iri(iri, "dcat:landingPage", dataset.page)
    yield from _is_a(dataset.page, "foaf:Document")
    for language in dataset.languages:
        yield _iri(iri, "dct:language", authorities.LANGUAGES[language])
    for standard in dataset.standards:
        yield _iri(iri, "dct:conformsTo", standard)
        yield from _standard(standard)
    for source in dataset.sources:
        yield _iri(iri, "prov:wasDerivedFrom", source)
    if dataset.kind:
        yield _iri(iri, "dct:type", dataset.kind)
        yield from _concept(dataset.kind)
    if dataset.dump != whole(told.site):
        yield _iri(iri, "dct:isPartOf", iri_of(told.site, whole(told.site)))
    for distribution in dataset.distributions:
        yield _iri(iri, "dcat:distribution", f"{iri}#{distribution.key}")


def _identified(dataset: Dataset) -> Iterator[ox.Triple]:
    """Identify by the own IRI, and by that of what is described."""
    iri = dataset.iri
    yield _text(iri, "dct:identifier", iri)
    if dataset.about != iri:
        yield _iri(iri, "dct:relation", dataset.about)
        yield from _is_a(dataset.about, "rdfs:Resource")
        yield _iri(iri, "adms:identifier", f"{iri}#identifier")
        yield from _is_a(f"{iri}#identifier", "adms:Identifier")
        yield _text(f"{iri}#identifier", "skos:notation", dataset.about, XSD + "anyURI")


def _versions(told: Description, dataset: Dataset) -> Iterator[ox.Triple]:
    """Tell the version, and the chain of those before it.

    A version has an IRI, but is no dcat:Dataset here: CKAN makes a package of whatever is one. So
    it is dct:hasVersion, which dcat:hasVersion is a part of, and which asks for no class.
    """
    iri, number = dataset.iri, told.site.version.number
    yield _text(iri, "dcat:version", number)
    for version in (number, *told.earlier):
        yield _iri(iri, "dct:hasVersion", f"{iri}/{version}")
        yield _iri(f"{iri}/{version}", "dcat:isVersionOf", iri)
        yield _text(f"{iri}/{version}", "dcat:version", version)
    for before in told.earlier[:1]:
        yield _iri(f"{iri}/{number}", "dcat:previousVersion", f"{iri}/{before}")
        if told.site.since:
            notes = {"en": f"What changed since {before}: {told.site.base}changes.md"}
            yield from _texts(iri, "adms:versionNotes", notes)


def _covered(dataset: Dataset) -> Iterator[ox.Triple]:
    iri = dataset.iri
    for place in dataset.places:
        yield _iri(iri, "dct:spatial", place.iri)
        yield from _is_a(place.iri, "dct:Location")
        yield from _texts(place.iri, "skos:prefLabel", place.labels)
    if dataset.period:
        span = f"{iri}#period"
        yield _iri(iri, "dct:temporal", span)
        yield from _is_a(span, "dct:PeriodOfTime")
        for curie, day in zip(("dcat:startDate", "dcat:endDate"), dataset.period, strict=True):
            if day:
                yield _text(span, curie, day, XSD + "date")


def _distribution(
    told: Description, dataset: Dataset, distribution: Distribution
) -> Iterator[ox.Triple]:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Distribution."""
    iri, syntax = f"{dataset.iri}#{distribution.key}", distribution.syntax
    yield from _is_a(iri, "dcat:Distribution")
    titles = {lang: f"{title} ({distribution.title})" for lang, title in dataset.titles.items()}
    yield from _texts(iri, "dct:title", titles)
    said = wording.of_file(syntax.name, distribution.compressed)
    yield from _texts(iri, "dct:description", said)
    yield _iri(iri, "dcat:accessURL", distribution.address)
    yield _iri(iri, "dcat:downloadURL", distribution.address)
    yield from _is_a(distribution.address, "rdfs:Resource")
    file_type, media_type = FILE_TYPES[syntax], authorities.media_type(syntax.media_type)
    yield _iri(iri, "dct:format", file_type)
    yield from _is_a(file_type, "dct:MediaTypeOrExtent")
    yield _iri(iri, "dcat:mediaType", media_type)
    yield from _is_a(media_type, "dct:MediaType")
    if distribution.compressed:
        yield _iri(iri, "dcat:compressFormat", authorities.GZIP)
        yield from _is_a(authorities.GZIP, "dct:MediaType")
    yield _iri(iri, "dct:conformsTo", SYNTAX_STANDARDS[syntax])
    yield from _standard(SYNTAX_STANDARDS[syntax])
    yield _text(iri, "dcat:byteSize", str(distribution.size), XSD + "nonNegativeInteger")
    checksum = f"{iri}-checksum"
    yield _iri(iri, "spdx:checksum", checksum)
    yield from _is_a(checksum, "spdx:Checksum")
    yield _iri(checksum, "spdx:algorithm", authorities.SHA256)
    yield _text(checksum, "spdx:checksumValue", distribution.checksum, XSD + "hexBinary")
    yield _iri(iri, "dct:license", authorities.licence(told.licence))
    yield _iri(iri, "dct:rights", _RIGHTS)
    yield _iri(iri, "adms:status", authorities.COMPLETED)
    yield from _dates(iri, told.site)
    for language in dataset.languages:
        yield _iri(iri, "dct:language", authorities.LANGUAGES[language])
    if told.site.endpoint and dataset.dump == whole(told.site):
        yield _iri(iri, "dcat:accessService", SERVICE)


def _service(told: Description, endpoint: str) -> Iterator[ox.Triple]:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/#DataService.

    A SPARQL endpoint describes itself: https://www.w3.org/TR/sparql11-service-description/#accessing
    """
    yield from _is_a(SERVICE, "dcat:DataService")
    titles = {lang: wording.joined(lang, title, "SPARQL") for lang, title in told.titles.items()}
    yield from _texts(SERVICE, "dct:title", titles)
    yield from _texts(SERVICE, "dct:description", told.descriptions)
    yield _text(SERVICE, "dct:identifier", SERVICE)
    yield _iri(SERVICE, "dcat:endpointURL", endpoint)
    yield _iri(SERVICE, "dcat:endpointDescription", endpoint)
    yield from _is_a(endpoint, "rdfs:Resource")
    yield _iri(SERVICE, "dct:conformsTo", authorities.SPARQL_PROTOCOL)
    yield from _standard(authorities.SPARQL_PROTOCOL)
    yield _iri(SERVICE, "dct:license", authorities.licence(told.licence))
    yield _iri(SERVICE, "dct:accessRights", authorities.PUBLIC)
    yield _iri(SERVICE, "dcat:landingPage", told.site.base)
    yield from _owned(SERVICE, told)
    for dataset in told.datasets:
        if dataset.dump != SHAPES:
            yield _iri(SERVICE, "dcat:servesDataset", dataset.iri)
        if dataset.dump == whole(told.site):
            yield from _subject(SERVICE, dataset)


def _subject(iri: str, dataset: Dataset) -> Iterator[ox.Triple]:
    for theme in authorities.THEMES:
        yield _iri(iri, "dcat:theme", theme)
    for language, keywords in dataset.keywords.items():
        for keyword in keywords:
            yield from _texts(iri, "dcat:keyword", {language: keyword})


def _owned(iri: str, told: Description) -> Iterator[ox.Triple]:
    yield _iri(iri, "dct:publisher", told.publisher.iri)
    yield _iri(iri, "dcat:contactPoint", _CONTACT)


def _shared(told: Description) -> Iterator[ox.Triple]:
    """Describe what several resources refer to."""
    yield from _agent(told.publisher)
    yield _iri(told.publisher.iri, "foaf:homepage", told.site.base)
    yield from _is_a(_CONTACT, "vcard:Kind")
    yield from _is_a(_CONTACT, "vcard:Organization")
    yield from _texts(_CONTACT, "vcard:fn", told.publisher.names)
    yield _iri(_CONTACT, "vcard:hasURL", told.site.base)
    licence = authorities.licence(told.licence)
    yield from _is_a(licence, "dct:LicenseDocument")
    if title := authorities.CKAN_LICENCES.get(authorities.bare(told.licence)):
        yield from _texts(licence, "dct:title", {"en": title})
    if licence != told.licence:
        yield _iri(licence, "skos:exactMatch", told.licence)
    yield from _is_a(_RIGHTS, "dct:RightsStatement")
    owner = told.publisher.names.get("en", told.publisher.iri)
    yield from _texts(_RIGHTS, "rdfs:label", {"en": f"Licensed by {owner} under {told.licence}"})
    yield from _is_a(authorities.PUBLIC, "dct:RightsStatement")
    yield from _is_a(authorities.IRREGULAR, "dct:Frequency")
    yield from _concept(authorities.COMPLETED)
    yield from _is_a(authorities.SHA256, "spdx:ChecksumAlgorithm")
    for theme in authorities.THEMES:
        yield from _concept(theme)
        yield _iri(theme, "skos:inScheme", authorities.THEME_TABLE)
    for language in authorities.LANGUAGES.values():
        yield from _is_a(language, "dct:LinguisticSystem")


def _agent(agent: Agent) -> Iterator[ox.Triple]:
    yield from _is_a(agent.iri, "foaf:Agent")
    yield from _texts(agent.iri, "foaf:name", agent.names)
    if agent.kind:
        yield _iri(agent.iri, "dct:type", agent.kind)
        yield from _is_a(agent.kind, "skos:Concept")
        kind = agent.kind.rpartition("/")[2]
        yield from _texts(agent.kind, "skos:prefLabel", {"en": kind})


def _dates(iri: str, site: Site) -> Iterator[ox.Triple]:
    yield _text(iri, "dct:issued", site.version.issued, XSD + "dateTime")
    yield _text(iri, "dct:modified", site.version.modified, XSD + "dateTime")


def _standard(iri: str) -> Iterator[ox.Triple]:
    yield from _is_a(iri, "dct:Standard")
    yield from _texts(iri, "dct:title", {"en": TITLES[iri]})


def _concept(iri: str) -> Iterator[ox.Triple]:
    yield from _is_a(iri, "skos:Concept")
    yield from _texts(iri, "skos:prefLabel", {"en": TITLES[iri]})


def _is_a(iri: str, curie: str) -> Iterator[ox.Triple]:
    yield ox.Triple(ox.NamedNode(iri), ox.NamedNode(RDF + "type"), _term(curie))


def _texts(iri: str, curie: str, texts: Texts) -> Iterator[ox.Triple]:
    for language, text in texts.items():
        yield ox.Triple(ox.NamedNode(iri), _term(curie), ox.Literal(text, language=language))


def _text(iri: str, curie: str, text: str, datatype: str = XSD + "string") -> ox.Triple:
    literal = ox.Literal(text, datatype=ox.NamedNode(datatype))
    return ox.Triple(ox.NamedNode(iri), _term(curie), literal)


def _iri(iri: str, curie: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(iri), _term(curie), ox.NamedNode(value))


def _term(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode({**PREFIXES, **_PREFIXES}[prefix] + name)
