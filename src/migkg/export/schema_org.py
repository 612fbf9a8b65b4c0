"""The export as search engines want it: schema.org's Dataset.

https://schema.org/Dataset, and what Google asks for:
https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from migkg.export.catalog import iri_of_catalogue
from migkg.export.dump import iri, whole

if TYPE_CHECKING:
    from migkg.export.coverage import Period, Texts
    from migkg.export.description import Dataset, Description
    from migkg.export.distributions import Distribution


def document(told: Description, language: str) -> dict[str, Any]:
    """Write a description in one language as JSON-LD: the whole graph, and the data sets in it.

    Whoever puts it into a page has to escape it for where it stands.
    """
    all_of_it = next((one for one in told.datasets if one.dump == whole(told.site)), None)
    parts = [_about(told, one, language) for one in told.datasets if one is not all_of_it]
    described = _about(told, all_of_it, language) if all_of_it else _common(told, language)
    return {"@context": "https://schema.org/", **described, **({"hasPart": parts} if parts else {})}


def _about(told: Description, dataset: Dataset, language: str) -> dict[str, Any]:
    told_of_it = {
        "@type": "Dataset",
        "@id": dataset.iri,
        "name": _in(dataset.titles, language),
        "description": _in(dataset.descriptions, language),
        "identifier": dataset.iri,
        "url": dataset.page,
        "keywords": dataset.keywords.get(language, []),
        "inLanguage": dataset.languages,
        "conformsTo": dataset.standards,
        "creator": [_organization(a.iri, a.names, language) for a in dataset.creators]
        or [_organization(told.publisher.iri, told.publisher.names, language)],
        "spatialCoverage": [
            {"@type": "Place", "@id": place.iri, "name": _in(place.labels, language)}
            for place in dataset.places
            if place.labels
        ],
        "temporalCoverage": _interval(dataset.period),
        "isBasedOn": dataset.sources,
        "distribution": [_download(told, one) for one in dataset.distributions],
    }
    return {**_common(told, language), **{key: value for key, value in told_of_it.items() if value}}


def _common(told: Description, language: str) -> dict[str, Any]:
    version = told.site.version
    return {
        "@type": "Dataset",
        "@id": iri(told.site, whole(told.site)),
        "name": _in(told.titles, language),
        "description": _in(told.descriptions, language),
        "license": told.licence,
        "isAccessibleForFree": True,
        "publisher": _organization(told.publisher.iri, told.publisher.names, language),
        "version": version.number,
        "datePublished": version.issued[:10],
        "dateModified": version.modified[:10],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": iri_of_catalogue(told.site),
            "name": _in(told.titles, language),
            "url": told.site.base,
        },
    }


def _download(told: Description, distribution: Distribution) -> dict[str, Any]:
    formats = [distribution.syntax.media_type]
    if distribution.compressed:
        formats.append("application/gzip")
    return {
        "@type": "DataDownload",
        "name": distribution.title,
        "contentUrl": distribution.address,
        "encodingFormat": formats if len(formats) > 1 else formats[0],
        "contentSize": f"{distribution.size} B",
        "sha256": distribution.checksum,
        "license": told.licence,
    }


def _organization(iri: str, names: Texts, language: str) -> dict[str, Any]:
    return {"@type": "Organization", "@id": iri, "name": _in(names, language)}


def _interval(period: Period | None) -> str:
    """Write a time span as ISO 8601 has it, open where no day is stated."""
    return f"{period.start or '..'}/{period.end or '..'}" if period else ""


def _in(texts: Texts, language: str) -> str:
    """Give a text in a language, or in the first that there is."""
    return texts.get(language) or next(iter(texts.values()))
