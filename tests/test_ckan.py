"""What CKAN's own harvester (ckanext-dcat) takes of the catalogue, and what it drops.

CKAN is in an environment of its own, which test.sh makes.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import DCAT, RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from migkg import graph
from migkg.export import catalog
from migkg.export.site import Site, version
from migkg.progress import unseen

ROOT = Path(__file__).parent.parent
PYTHON = ROOT / ".venv" / "ckan" / "bin" / "python"
HOME = "https://w3id.org/migkg/"
DATASET = Namespace(HOME + "dataset/")
FILES = {
    "ttl": ("euro_dcat_ap_3", "ttl", "catalog.ttl"),
    "jsonld": ("euro_dcat_ap_3", "json-ld", "catalog.jsonld"),
    "rdf": ("euro_dcat_ap_3", "xml", "catalog.rdf"),
    "before 3": ("euro_dcat_ap_2", "ttl", "catalog.ttl"),
    "ckan": ("euro_dcat_ap_3", "ttl", "ckan/catalog.ttl"),
    "ckan before 3": ("euro_dcat_ap_2", "ttl", "ckan/catalog.ttl"),
}

ONE_LANGUAGE = "CKAN keeps one language where its schema is not a multilingual one"
NEVER_READ = "CKAN has no field for it"
DROPPED = {
    ("Dataset", "title", "fr"): ONE_LANGUAGE,
    ("Dataset", "title", "es"): ONE_LANGUAGE,
    ("Dataset", "description", "fr"): ONE_LANGUAGE,
    ("Dataset", "description", "es"): ONE_LANGUAGE,
    ("Distribution", "title", "fr"): ONE_LANGUAGE,
    ("Distribution", "title", "es"): ONE_LANGUAGE,
    ("Distribution", "description", "fr"): ONE_LANGUAGE,
    ("Distribution", "description", "es"): ONE_LANGUAGE,
    ("Agent", "name", "fr"): ONE_LANGUAGE,
    ("Agent", "name", "es"): ONE_LANGUAGE,
    ("Kind", "fn", "fr"): ONE_LANGUAGE,
    ("Kind", "fn", "es"): ONE_LANGUAGE,
    ("Dataset", "spatial", ""): "CKAN keeps one place of several: the last one it meets",
    ("Dataset", "wasDerivedFrom", ""): NEVER_READ + "; dct:provenance says it in words",
    ("Dataset", "isPartOf", ""): NEVER_READ,
}
"""What CKAN drops: of which class, which property, in which language; and why."""

NAMELESS = {"PeriodOfTime", "Checksum", "ProvenanceStatement", "RightsStatement"}
"""Nodes of which CKAN keeps what they say, but not how they are called."""


@pytest.fixture(scope="module")
def folder(
    exported: Path,
    shipped_graph: graph.Graph,
    shipped: ox.Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The catalogue as it is, and in ckan/ the one of the profile for CKAN."""
    where = tmp_path_factory.mktemp("catalogues")
    for name in ("catalog.ttl", "catalog.jsonld", "catalog.rdf"):
        (where / name).symlink_to(exported / name)
    (where / "ckan").mkdir()
    (where / "ckan" / "dumps").symlink_to(exported / "dumps")
    site = Site(
        shipped_graph,
        shipped,
        version(shipped),
        "https://portal.example/migkg/",
        "https://portal.example/sparql",
        profile="ckan",
    )
    catalog.write(site, str(where / "ckan"), unseen)
    return where


@pytest.fixture(scope="module")
def taken(folder: Path) -> dict[str, Any]:
    """What CKAN makes of each of FILES."""
    arguments = [
        argument
        for profile, syntax, name in FILES.values()
        for argument in (profile, syntax, str(folder / name))
    ]
    script = str(ROOT / "tests" / "ckan_reading.py")
    run = subprocess.run([PYTHON, script, *arguments], check=True, capture_output=True, text=True)
    return dict(zip(FILES, json.loads(run.stdout), strict=True))


def by_iri(taken: dict[str, Any]) -> dict[str, Any]:
    return {
        next(extra["value"] for extra in dataset["extras"] if extra["key"] == "uri"): dataset
        for dataset in taken["datasets"]
    }


def strings(value: Any) -> Iterator[str]:
    """All that CKAN keeps somewhere in what it has made, whatever it calls the field."""
    if isinstance(value, dict):
        for within in value.values():
            yield from strings(within)
    elif isinstance(value, list):
        for within in value:
            yield from strings(within)
    elif isinstance(value, str) and value[:1] in ("[", "{"):
        yield from strings(json.loads(value))
    else:
        yield str(value)


def local(iri: Node) -> str:
    return str(iri).replace("#", "/").rpartition("/")[2]


def lost(of: Graph, node: Node, kind: str, kept: set[str]) -> Iterator[tuple[str, str, str]]:
    """Tell what is said of a node, and of nodes of its own, and not kept."""
    for prop, value in of.predicate_objects(node):
        if prop == RDF.type:
            continue
        language = value.language or "" if isinstance(value, Literal) else ""
        kinds = {local(each) for each in of.objects(value, RDF.type)}
        if str(value) not in kept and not kinds & NAMELESS:
            yield kind, local(prop), "" if language == "en" else language
        own = {"Agent", "Kind", "Identifier", *NAMELESS} & kinds
        if own and isinstance(value, URIRef) and str(value).startswith(HOME):
            yield from lost(of, value, own.pop(), kept)


@pytest.mark.parametrize("name", ["ttl", "jsonld", "rdf"])
def test_ckan_takes_each_data_set_and_file_and_drops_only_what_is_listed(
    folder: Path, taken: dict[str, Any], name: str
) -> None:
    told = Graph().parse(folder / "catalog.ttl")
    datasets = by_iri(taken[name])
    assert set(datasets) == {str(iri) for iri in told.subjects(RDF.type, DCAT.Dataset)}
    drops = set()
    for iri, dataset in datasets.items():
        resources = {resource["uri"]: resource for resource in dataset["resources"]}
        assert set(resources) == {str(o) for o in told.objects(URIRef(iri), DCAT.distribution)}
        drops |= set(lost(told, URIRef(iri), "Dataset", set(strings(dataset))))
        for resource in resources.values():
            kept = set(strings(resource))
            drops |= set(lost(told, URIRef(resource["uri"]), "Distribution", kept))
    assert drops == set(DROPPED)


def test_what_ckan_shows_first_is_there(taken: dict[str, Any]) -> None:
    datasets = by_iri(taken["ttl"])
    whole = datasets[DATASET + "migkg"]
    assert whole["title"] == "Labour migration, forced displacement and cooperatives"
    assert whole["license_id"] == "cc-by"  # of CKAN's own register
    assert whole["version"] == "0.1.0"
    extras = {extra["key"]: extra["value"] for extra in whole["extras"]}
    assert extras["publisher_name"] == "editors of migkg"
    assert extras["contact_url"] == "https://portal.example/migkg/"
    for dataset in datasets.values():
        for resource in dataset["resources"]:
            assert resource["license"].endswith("/licence/CC_BY_4_0")
            assert len(resource["hash"]) == 64
            assert resource["size"] > 0


def test_the_profile_for_ckan_gives_it_one_language_names_of_formats_and_tags_that_it_takes(
    taken: dict[str, Any],
) -> None:
    assert taken["ttl"]["refused"]  # people's and main-d'œuvre
    assert not taken["ckan"]["refused"]
    for dataset in taken["ckan"]["datasets"]:
        names = [tag["name"] for tag in dataset["tags"]]
        assert names
        assert not {"migración", "travailleurs migrants"} & set(names)
        for resource in dataset["resources"]:
            assert resource["format"] in {
                *("Turtle", "N-Triples", "JSON-LD", "RDF", "TriG", "N-Quads")
            }
            assert resource["mimetype"].startswith(("text/", "application/"))
    assert {d["title"] for d in taken["ckan"]["datasets"]} == {
        dataset["title"] for dataset in taken["ttl"]["datasets"]
    }


def test_the_profile_for_ckan_tells_the_version_to_readers_before_dcat_ap_3(
    taken: dict[str, Any],
) -> None:
    assert {dataset.get("version") for dataset in taken["before 3"]["datasets"]} == {None}
    assert {dataset["version"] for dataset in taken["ckan before 3"]["datasets"]} == {"0.1.0"}
