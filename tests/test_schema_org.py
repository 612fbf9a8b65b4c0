"""The export as search engines want it.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, Graph, URIRef

from migkg import graph
from migkg.export.landing import dataset as described
from migkg.export.site import Site, version


@pytest.fixture(scope="module")
def site(shipped_graph: graph.Graph, shipped: ox.Store) -> Site:
    return Site(shipped_graph, shipped, version(shipped), "https://portal.example/migkg/")


def datasets(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield document
    yield from document["hasPart"]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_each_data_set_has_what_google_requires_and_recommends(
    exported: Path, site: Site, language: str
) -> None:
    document = described(site, str(exported))[language]
    assert document["@context"] == "https://schema.org/"
    json.dumps(document)
    for dataset in datasets(document):
        assert dataset["@type"] == "Dataset"
        assert 50 <= len(dataset["description"]) <= 5000
        assert dataset["license"] == "http://creativecommons.org/licenses/by/4.0/"
        assert dataset["isAccessibleForFree"] is True
        assert dataset["version"] == "0.1.0"
        assert dataset["dateModified"] == "2026-11-21"
        assert dataset["keywords"]
        for wanted in ("name", "identifier", "url", "creator", "publisher"):
            assert dataset[wanted], wanted
        for download in dataset["distribution"]:
            assert download["contentUrl"].startswith("https://portal.example/migkg/dumps/")
            assert download["encodingFormat"]


def test_it_is_in_the_language_of_the_page(exported: Path, site: Site) -> None:
    french = described(site, str(exported))["fr"]
    assert french["name"].startswith("Migrations de main-d'œuvre")
    assert "déplacement forcé" in french["keywords"]
    assert french["creator"][0]["name"] == "rédaction de migkg"
    assert "Jordanie" in {place["name"] for place in french["spatialCoverage"]}


def test_times_are_intervals_open_where_nothing_is_stated(exported: Path, site: Site) -> None:
    listed = described(site, str(exported))["en"]["hasPart"]
    parts = {part["@id"].rpartition("/")[2]: part for part in listed}
    assert parts["dataset-undp-estimates-bounds"]["temporalCoverage"] == "../2050-12-31"
    assert parts["dataset-governance-slides"]["temporalCoverage"] == "2017-01-01/2020-06-30"
    assert "temporalCoverage" not in parts["dataset-governance-slides-bounds"]
    assert "spatialCoverage" not in parts["ontology"]


def test_it_tells_what_the_catalogue_tells(exported: Path, site: Site) -> None:
    catalogue = Graph().parse(exported / "catalog.ttl")
    for dataset in datasets(described(site, str(exported))["en"]):
        iri = URIRef(dataset["@id"])
        titles = {str(title) for title in catalogue.objects(iri, DCTERMS.title)}
        assert dataset["name"] in titles
        sizes = {
            str(catalogue.value(one, DCAT.downloadURL)): f"{catalogue.value(one, DCAT.byteSize)} B"
            for one in catalogue.objects(iri, DCAT.distribution)
        }
        downloads = dataset["distribution"]
        assert {one["contentUrl"]: one["contentSize"] for one in downloads} == sizes


def test_without_dumps_the_graph_is_described_all_the_same(tmp_path: Path, site: Site) -> None:
    document = described(site, str(tmp_path))["en"]
    assert document["name"] == "Labour migration, forced displacement and cooperatives"
    assert "distribution" not in document
    assert "hasPart" not in document
