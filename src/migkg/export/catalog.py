"""The export as a catalogue for data portals: DCAT-AP 3.0.1.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/

Nothing is a blank node, and each IRI is the same in each release and at whatever address, so that
a portal that harvests again finds what it has. What harvesters look for at a distribution (licence,
rights, language, dates) is told there, not at the data set alone.
"""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

from migkg.export import authorities, profile, wording
from migkg.export.authorities import FILE_TYPES, SYNTAX_STANDARDS, TITLES
from migkg.export.description import describe
from migkg.export.dump import DATASETS, SHAPES, whole
from migkg.export.dump import iri as iri_of
from migkg.export.statements import is_a, link, text, texts
from migkg.export.syntaxes import write_graph
from migkg.namespaces import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from migkg.export.description import Agent, Dataset, Description
    from migkg.export.distributions import Distribution
    from migkg.export.site import Site
    from migkg.progress import Progress

CATALOG = HOME + "catalog"
_RIGHTS = CATALOG + "#rights"


def iri_of_catalogue(site: Site) -> str:
    """Name the catalogue: the same in each release, and other for each selection."""
    return CATALOG + iri_of(site, whole(site)).removeprefix(DATASETS + whole(site).name)


def _service_iri(site: Site) -> str:
    return f"{iri_of_catalogue(site)}#sparql"


def _contact_iri(site: Site) -> str:
    return f"{iri_of_catalogue(site)}#contact"


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
    yield is_a(iri, "dcat:Catalog")
    yield from texts(iri, "dct:title", told.titles)
    yield from texts(iri, "dct:description", told.descriptions)
    yield from _dates(iri, site)
    yield from _owned(iri, told)
    yield link(iri, "dct:license", authorities.licence(told.licence))
    yield link(iri, "dct:rights", _RIGHTS)
    yield link(iri, "foaf:homepage", site.base)
    yield is_a(site.base, "foaf:Document")
    yield link(iri, "dcat:themeTaxonomy", authorities.THEME_TABLE)
    yield is_a(authorities.THEME_TABLE, "skos:ConceptScheme")
    yield from texts(authorities.THEME_TABLE, "dct:title", {"en": "Data theme"})
    for language in authorities.LANGUAGES.values():
        yield link(iri, "dct:language", language)
    for place in sorted({place.iri for dataset in told.datasets for place in dataset.places}):
        yield link(iri, "dct:spatial", place)
    for dataset in told.datasets:
        yield link(iri, "dcat:dataset", dataset.iri)
    if site.endpoint:
        yield link(iri, "dcat:service", _service_iri(site))


def _dataset(told: Description, dataset: Dataset) -> Iterator[ox.Triple]:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Dataset."""
    iri = dataset.iri
    yield is_a(iri, "dcat:Dataset")
    yield from texts(iri, "dct:title", dataset.titles)
    yield from texts(iri, "dct:description", dataset.descriptions)
    yield from _identified(dataset)
    yield from _dates(iri, told.site)
    yield from _versions(told, dataset)
    yield from _owned(iri, told)
    yield from _subject(iri, dataset)
    yield from _covered(dataset)
    for creator in dataset.creators:
        yield link(iri, "dct:creator", creator.iri)
        yield from _agent(creator)
    yield link(iri, "dct:accessRights", authorities.PUBLIC)
    yield link(iri, "dct:accrualPeriodicity", authorities.IRREGULAR)
    yield link(iri, "dct:provenance", f"{iri}#provenance")
    yield is_a(f"{iri}#provenance", "dct:ProvenanceStatement")
    yield from texts(f"{iri}#provenance", "rdfs:label", {"en": dataset.provenance})
    yield link(iri, "dcat:landingPage", dataset.page)
    yield is_a(dataset.page, "foaf:Document")
    for language in dataset.languages:
        yield link(iri, "dct:language", authorities.LANGUAGES[language])
    for standard in dataset.standards:
        yield link(iri, "dct:conformsTo", standard)
        yield from _standard(standard)
    for source in dataset.sources:
        yield link(iri, "prov:wasDerivedFrom", source)
    if dataset.kind:
        yield link(iri, "dct:type", dataset.kind)
        yield from _concept(dataset.kind)
    if dataset.dump != whole(told.site):
        yield link(iri, "dct:isPartOf", iri_of(told.site, whole(told.site)))
    for distribution in dataset.distributions:
        yield link(iri, "dcat:distribution", f"{iri}#{distribution.key}")


def _identified(dataset: Dataset) -> Iterator[ox.Triple]:
    """Identify by the own IRI, and by that of what is described."""
    iri = dataset.iri
    yield text(iri, "dct:identifier", iri)
    if dataset.about != iri:
        yield link(iri, "dct:relation", dataset.about)
        yield is_a(dataset.about, "rdfs:Resource")
        yield link(iri, "adms:identifier", f"{iri}#identifier")
        yield is_a(f"{iri}#identifier", "adms:Identifier")
        yield text(f"{iri}#identifier", "skos:notation", dataset.about, "xsd:anyURI")


def _versions(told: Description, dataset: Dataset) -> Iterator[ox.Triple]:
    """Tell the version, and the chain of those before it.

    A version has an IRI, but is no dcat:Dataset here: CKAN makes a package of whatever is one. So
    it is dct:hasVersion, which dcat:hasVersion is a part of, and which asks for no class.
    """
    iri, number = dataset.iri, told.site.version.number
    yield text(iri, "dcat:version", number)
    chain = (number, *told.earlier)
    for version in chain:
        yield link(iri, "dct:hasVersion", f"{iri}/{version}")
        yield link(f"{iri}/{version}", "dcat:isVersionOf", iri)
        yield text(f"{iri}/{version}", "dcat:version", version)
    for version, before in pairwise(chain):
        yield link(f"{iri}/{version}", "dcat:previousVersion", f"{iri}/{before}")
    if told.site.since and told.earlier:
        notes = {"en": f"What changed since {told.earlier[0]}: {told.site.base}changes.md"}
        yield from texts(iri, "adms:versionNotes", notes)


def _covered(dataset: Dataset) -> Iterator[ox.Triple]:
    iri = dataset.iri
    for place in dataset.places:
        yield link(iri, "dct:spatial", place.iri)
        yield is_a(place.iri, "dct:Location")
        yield from texts(place.iri, "skos:prefLabel", place.labels)
    if dataset.period:
        span = f"{iri}#period"
        yield link(iri, "dct:temporal", span)
        yield is_a(span, "dct:PeriodOfTime")
        for curie, day in zip(("dcat:startDate", "dcat:endDate"), dataset.period, strict=True):
            if day:
                yield text(span, curie, day, "xsd:date")


def _distribution(
    told: Description, dataset: Dataset, distribution: Distribution
) -> Iterator[ox.Triple]:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Distribution."""
    iri, syntax = f"{dataset.iri}#{distribution.key}", distribution.syntax
    yield is_a(iri, "dcat:Distribution")
    titles = {lang: f"{title} ({distribution.title})" for lang, title in dataset.titles.items()}
    yield from texts(iri, "dct:title", titles)
    said = wording.of_file(syntax.name, distribution.compressed)
    yield from texts(iri, "dct:description", said)
    yield link(iri, "dcat:accessURL", distribution.address)
    yield link(iri, "dcat:downloadURL", distribution.address)
    yield is_a(distribution.address, "rdfs:Resource")
    file_type, media_type = FILE_TYPES[syntax], authorities.media_type(syntax.media_type)
    yield link(iri, "dct:format", file_type)
    yield is_a(file_type, "dct:MediaTypeOrExtent")
    yield link(iri, "dcat:mediaType", media_type)
    yield is_a(media_type, "dct:MediaType")
    if distribution.compressed:
        yield link(iri, "dcat:compressFormat", authorities.GZIP)
        yield is_a(authorities.GZIP, "dct:MediaType")
    yield link(iri, "dct:conformsTo", SYNTAX_STANDARDS[syntax])
    yield from _standard(SYNTAX_STANDARDS[syntax])
    yield text(iri, "dcat:byteSize", str(distribution.size), "xsd:nonNegativeInteger")
    checksum = f"{iri}-checksum"
    yield link(iri, "spdx:checksum", checksum)
    yield is_a(checksum, "spdx:Checksum")
    yield link(checksum, "spdx:algorithm", authorities.SHA256)
    yield text(checksum, "spdx:checksumValue", distribution.checksum, "xsd:hexBinary")
    yield link(iri, "dct:license", authorities.licence(told.licence))
    yield link(iri, "dct:rights", _RIGHTS)
    yield link(iri, "adms:status", authorities.COMPLETED)
    yield from _dates(iri, told.site)
    for language in dataset.languages:
        yield link(iri, "dct:language", authorities.LANGUAGES[language])
    if told.site.endpoint and dataset.dump == whole(told.site):
        yield link(iri, "dcat:accessService", _service_iri(told.site))


def _service(told: Description, endpoint: str) -> Iterator[ox.Triple]:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/#DataService.

    A SPARQL endpoint describes itself: https://www.w3.org/TR/sparql11-service-description/#accessing
    """
    iri = _service_iri(told.site)
    yield is_a(iri, "dcat:DataService")
    titles = {lang: wording.joined(lang, title, "SPARQL") for lang, title in told.titles.items()}
    yield from texts(iri, "dct:title", titles)
    yield from texts(iri, "dct:description", told.descriptions)
    yield text(iri, "dct:identifier", iri)
    yield link(iri, "dcat:endpointURL", endpoint)
    yield link(iri, "dcat:endpointDescription", endpoint)
    yield is_a(endpoint, "rdfs:Resource")
    yield link(iri, "dct:conformsTo", authorities.SPARQL_PROTOCOL)
    yield from _standard(authorities.SPARQL_PROTOCOL)
    yield link(iri, "dct:license", authorities.licence(told.licence))
    yield link(iri, "dct:accessRights", authorities.PUBLIC)
    yield link(iri, "dcat:landingPage", told.site.base)
    yield from _owned(iri, told)
    for dataset in told.datasets:
        if dataset.dump != SHAPES:
            yield link(iri, "dcat:servesDataset", dataset.iri)
        if dataset.dump == whole(told.site):
            yield from _subject(iri, dataset)


def _subject(iri: str, dataset: Dataset) -> Iterator[ox.Triple]:
    for theme in authorities.THEMES:
        yield link(iri, "dcat:theme", theme)
    for language, keywords in dataset.keywords.items():
        for keyword in keywords:
            yield from texts(iri, "dcat:keyword", {language: keyword})


def _owned(iri: str, told: Description) -> Iterator[ox.Triple]:
    yield link(iri, "dct:publisher", told.publisher.iri)
    yield link(iri, "dcat:contactPoint", _contact_iri(told.site))


def _shared(told: Description) -> Iterator[ox.Triple]:
    """Describe what several resources refer to."""
    contact = _contact_iri(told.site)
    yield from _agent(told.publisher)
    yield link(told.publisher.iri, "foaf:homepage", told.site.base)
    yield is_a(contact, "vcard:Kind")
    yield is_a(contact, "vcard:Organization")
    yield from texts(contact, "vcard:fn", told.publisher.names)
    yield link(contact, "vcard:hasURL", told.site.base)
    licence = authorities.licence(told.licence)
    yield is_a(licence, "dct:LicenseDocument")
    if title := authorities.CKAN_LICENCES.get(authorities.bare(told.licence)):
        yield from texts(licence, "dct:title", {"en": title})
    if licence != told.licence:
        yield link(licence, "skos:exactMatch", told.licence)
    yield is_a(_RIGHTS, "dct:RightsStatement")
    owner = told.publisher.names.get("en", told.publisher.iri)
    yield from texts(_RIGHTS, "rdfs:label", {"en": f"Licensed by {owner} under {told.licence}"})
    yield is_a(authorities.PUBLIC, "dct:RightsStatement")
    yield is_a(authorities.IRREGULAR, "dct:Frequency")
    yield from _concept(authorities.COMPLETED)
    yield is_a(authorities.SHA256, "spdx:ChecksumAlgorithm")
    for theme in authorities.THEMES:
        yield from _concept(theme)
        yield link(theme, "skos:inScheme", authorities.THEME_TABLE)
    for language in authorities.LANGUAGES.values():
        yield is_a(language, "dct:LinguisticSystem")


def _agent(agent: Agent) -> Iterator[ox.Triple]:
    yield is_a(agent.iri, "foaf:Agent")
    yield from texts(agent.iri, "foaf:name", agent.names)
    if agent.kind:
        yield link(agent.iri, "dct:type", agent.kind)
        yield is_a(agent.kind, "skos:Concept")
        kind = agent.kind.rpartition("/")[2]
        yield from texts(agent.kind, "skos:prefLabel", {"en": kind})


def _dates(iri: str, site: Site) -> Iterator[ox.Triple]:
    yield text(iri, "dct:issued", site.version.issued, "xsd:dateTime")
    yield text(iri, "dct:modified", site.version.modified, "xsd:dateTime")


def _standard(iri: str) -> Iterator[ox.Triple]:
    yield is_a(iri, "dct:Standard")
    yield from texts(iri, "dct:title", {"en": TITLES[iri]})


def _concept(iri: str) -> Iterator[ox.Triple]:
    yield is_a(iri, "skos:Concept")
    yield from texts(iri, "skos:prefLabel", {"en": TITLES[iri]})
