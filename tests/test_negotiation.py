"""From the IRIs of the graph to what tells of them: both .htaccess files in a real Apache."""

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
import requests
from planted import NAMES
from webserver import apache

from migkg.export import negotiation
from migkg.export.base_url import checked
from migkg.export.site import Site, Version
from migkg.graph import Graph
from migkg.namespaces import RDF
from migkg.syntax import OF_DATASETS, OF_GRAPHS, Syntax

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = (
    "application/ld+json;q=1.0, text/turtle;q=0.9, application/n-triples;q=0.8, "
    "application/rdf+xml;q=0.7, */*;q=0.1"
)
JENA = (
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,"
    "text/plain;q=0.5,*/*;q=0.2"
)
OWLAPI = (
    "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
)
ACCEPTS = {  # what clients ask for, and what they get
    BROWSER: "html",
    "text/html": "html",
    "text/html;q=0.5, text/turtle": "ttl",
    "text/html, text/turtle;q=0.5": "html",
    "text/html;q=0.55, text/turtle;q=0.5": "html",
    "text/html;q=0.5, text/turtle;q=0.55": "ttl",
    "text/html;q=0.50, text/turtle;q=0.5": "ttl",
    "text/html;level=1;q=0.9, text/turtle;q=0.3": "html",
    "*/*": "ttl",
    "": "ttl",
    "text/turtle": "ttl",
    "TEXT/Turtle ; charset=utf-8": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': "jsonld",
    "application/rdf+xml": "rdf",
    "application/rdf+xml;q=1.000, text/turtle;q=0.999": "rdf",
    "text/turtle;q=0, */*": "jsonld",
    "text/turtle;q=0.0, text/html;q=0.000, application/rdf+xml;q=0.1": "rdf",
    "text/*": "ttl",
    "application/*;q=0.8, text/*;q=0.2": "jsonld",
    RDFLIB: "jsonld",
    JENA: "ttl",
    OWLAPI: "rdf",
    "image/png": "",
    "text/turtle;q=0": "",
}
LANGUAGES = {
    "": "",
    "fr": "fr/",
    "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5": "fr/",
    "es-419,es;q=0.9": "es/",
    "en-GB,en;q=0.9,fr;q=0.8": "",
    "de,es;q=0.3,fr;q=0.2": "es/",
    "de": "",
    "en;q=0.1,fr;q=0.15": "fr/",
    "fr;q=0": "",
}


class Served(NamedTuple):
    """The site, and w3id.org as it would be: addresses that end with a slash."""

    site: str
    w3id: str


@pytest.fixture(scope="module")
def served(planted: Path) -> Iterator[Served]:
    root = Path(tempfile.mkdtemp())
    try:
        root.chmod(0o755)
        shutil.copytree(planted, root / "site")
        (root / "w3id").mkdir()
        shutil.copy(planted / "w3id" / ".htaccess", root / "w3id")
        dumps = root / "site" / "dumps"
        dumps.mkdir(exist_ok=True)
        (dumps / "big.ttl").write_text("# plain")
        (dumps / "big.ttl.gz").write_bytes(gzip.compress(b"# packed", mtime=0))
        (dumps / "small.nq").write_text("# plain")
        folders = {"/deep/down": root / "site", "/migkg": root / "w3id"}
        with apache(root, folders) as at:
            yield Served(f"{at}/deep/down/", f"{at}/migkg/")
    finally:
        shutil.rmtree(root)


def get(address: str, accept: str = "", language: str = "") -> requests.Response:
    headers = {"Accept": accept or None, "Accept-Language": language or None}
    return requests.get(address, headers=headers, allow_redirects=False, timeout=30)


def raw(address: str, accept: str) -> str:
    """Ask with the address as it is, where requests would write `%2D` as `-`; where it leads."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    target = address.removeprefix(f"http://{parts.netloc}")
    connection.request("GET", target, headers={"Accept": accept})
    location = connection.getresponse().headers["Location"]
    connection.close()
    assert location, address
    return location


def places(served: Served) -> dict[str, str]:
    """Where each of the two is asked, and where what it leads to begins."""
    return {served.site: served.site, served.w3id: "https://portal.example/migkg/"}


def test_each_client_gets_the_syntax_that_it_wants_most(served: Served) -> None:
    for asked, base in places(served).items():
        for accept, ending in ACCEPTS.items():
            found = get(f"{asked}id/plain", accept)
            if ending:
                told = (found.status_code, found.headers.get("Location"))
                assert told == (303, f"{base}id/plain.{ending}"), accept
            else:
                assert found.status_code == 406, accept
            assert set(found.headers["Vary"].split(",")) == {"Accept", "Accept-Language"}
            assert found.headers["Access-Control-Allow-Origin"] == "*"


def test_browsers_get_the_language_that_they_want_most(served: Served) -> None:
    for asked, base in places(served).items():
        for language, folder in LANGUAGES.items():
            found = get(f"{asked}code/one", BROWSER, language)
            assert found.headers["Location"] == f"{base}{folder}code/one.html", language


def test_every_iri_leads_to_what_tells_of_it(served: Served, planted: Path) -> None:
    sent = {name: quote(name, safe="%/()+?=~") for name in NAMES if name != "x.ttl"}
    for asked, base in places(served).items():
        for name, path in sent.items():
            location = raw(f"{asked}id/{path}", "application/n-triples")
            assert location.startswith(base), name
            told = (planted / location.removeprefix(base)).read_text()
            assert f"<https://w3id.org/migkg/id/{name}> <{RDF}type>" in told, name
    assert get(f"{served.w3id}id/x.ttl", BROWSER).headers["Location"].endswith("/id/x~2Ettl.html")


@pytest.mark.parametrize(
    ("iri", "html", "data"),
    [
        ("ontology", "ontology/index.html", "dumps/ontology.ttl"),
        ("ontology/1.2.3", "ontology/index.html", "dumps/ontology.ttl"),
        ("", "index.html", "catalog.ttl"),
        ("dataset/x", "index.html", "catalog.ttl"),
        ("void", "index.html", "void.ttl"),
        ("graph/inferred", "index.html", "dumps/inferred.ttl"),
        ("graph/asserted", "index.html", "dumps/asserted.ttl"),
        ("graph/data/planted.ttl", "index.html", "dumps/migkg.trig"),
        ("shape/Thing", "shape/Thing.html", "shape/Thing.ttl"),
    ],
)
def test_the_ontology_graphs_and_data_sets_lead_to_what_tells_of_them(
    iri: str, html: str, data: str, served: Served
) -> None:
    for asked, base in places(served).items():
        if iri or asked == served.w3id:
            assert get(asked + iri, BROWSER).headers["Location"] == base + html
        assert get(asked + iri, BROWSER, "fr").headers["Location"] == f"{base}fr/{html}"
        assert get(asked + iri, "*/*").headers["Location"] == base + data


def test_the_first_page_stands_at_the_address_that_it_calls_its_own(served: Served) -> None:
    found = get(served.site, BROWSER)
    assert found.status_code == 200
    assert '<link rel="canonical" href="https://portal.example/migkg/">' in found.text
    assert set(found.headers["Vary"].replace(" ", "").split(",")) >= {"Accept", "Accept-Language"}


@pytest.mark.parametrize("iri", ["", "catalog", "void", "dataset/x", "graph/inferred", "id/plain"])
@pytest.mark.parametrize("syntax", OF_GRAPHS)
def test_who_names_one_syntax_gets_it(served: Served, iri: str, syntax: Syntax) -> None:
    for asked in places(served):
        location = get(asked + iri, syntax.media_type).headers["Location"]
        assert location.endswith(f".{syntax.ending}")


def test_a_named_graph_is_there_in_syntaxes_that_name_it(served: Served) -> None:
    for asked, base in places(served).items():
        graph = f"{asked}graph/data/planted.ttl"
        for syntax in OF_DATASETS:
            found = get(graph, f"text/turtle, {syntax.media_type};q=0.5")
            assert found.headers["Location"] == f"{base}dumps/migkg.{syntax.ending}"
        for syntax in OF_GRAPHS:
            assert get(graph, syntax.media_type).status_code == 406


@pytest.mark.parametrize(
    ("base", "leads_to"),
    [
        ("https://x.example/%7eu/", "https://x.example/~u/"),
        ("https://x.example/c$1/a%20b/", "https://x.example/c$1/a%20b/"),
        ("https://x.example/donn%C3%A9es/", "https://x.example/donn%c3%a9es/"),
        (
            "https://x.example:8443/(a)+b&c;d=e@f!/'g*/",
            "https://x.example:8443/(a)+b&c;d=e@f!/'g*/",
        ),
    ],
)
def test_any_base_is_led_to(base: str, leads_to: str) -> None:
    root = Path(tempfile.mkdtemp())
    try:
        root.chmod(0o755)
        release = Version("1.2.3", "https://w3id.org/migkg/ontology/1.2.3", "", "")
        site = Site(Graph(str(root)), ox.Store(), release, checked(base))
        (root / "site").mkdir()
        negotiation.write(site, {}, str(root / "site"))
        (root / "site" / "w3id").rename(root / "w3id")
        with apache(root, {"/migkg": root / "w3id"}) as at:
            found = get(f"{at}/migkg/id/country-JOR", "text/turtle")
    finally:
        shutil.rmtree(root)
    assert found.headers["Location"] == f"{leads_to}id/country-JOR.ttl"


def test_the_rest_of_the_names_leads_to_the_files_of_the_site(served: Served) -> None:
    for path in ("dumps/migkg.nq.gz", "catalog.jsonld", "id/plain.ttl", "fr/index.html"):
        found = get(served.w3id + path)
        assert (found.status_code, found.headers["Location"]) == (
            302,
            f"https://portal.example/migkg/{path}",
        )


def test_files_come_with_their_types(served: Served) -> None:
    for path, media_type in {
        "id/plain.ttl": "text/turtle",
        "id/plain.nt": "application/n-triples",
        "id/plain.jsonld": "application/ld+json",
        "id/plain.rdf": "application/rdf+xml",
        "id/plain.html": "text/html; charset=utf-8",
        "queries/list-things.rq": "application/sparql-query",
        "dumps/small.nq": "application/n-quads",
        "dumps/big.ttl.gz": "application/gzip",
        ".well-known/void": "text/turtle",
        ".well-known/sparql-examples": "text/turtle",
    }.items():
        found = get(served.site + path)
        assert (found.status_code, found.headers["Content-Type"]) == (200, media_type)
    assert get(f"{served.site}id/nothing.html").status_code == 404


def test_what_lies_packed_goes_out_packed_to_who_takes_that(served: Served) -> None:
    def fetch(path: str, encoding: str) -> requests.Response:
        headers = {"Accept-Encoding": encoding}
        return requests.get(served.site + path, headers=headers, timeout=30)

    packed = fetch("dumps/big.ttl", "br, gzip")
    assert (packed.headers.get("Content-Encoding"), packed.text) == ("gzip", "# packed")
    assert packed.headers["Content-Type"].startswith("text/turtle")
    assert "Accept-Encoding" in packed.headers["Vary"]
    for path, encoding in (("big.ttl", "identity"), ("big.ttl", "gzip;q=0"), ("small.nq", "gzip")):
        plain = fetch(f"dumps/{path}", encoding)
        assert (plain.headers.get("Content-Encoding"), plain.text) == (None, "# plain")
    as_it_lies = fetch("dumps/big.ttl.gz", "gzip")
    assert gzip.decompress(as_it_lies.content) == b"# packed"
    assert "Content-Encoding" not in as_it_lies.headers


def test_a_site_at_the_names_themselves_has_no_file_that_leads_to_itself(
    planted_at_home: Path,
) -> None:
    assert (planted_at_home / ".htaccess").is_file()
    assert not (planted_at_home / "w3id").exists()
