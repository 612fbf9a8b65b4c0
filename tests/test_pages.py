"""The pages of an export: what they say, and that every link leads somewhere."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from planted import MARKUP, NAMES
from test_reports import tool

from migkg import graph, store
from migkg.export import addresses, sitemap
from migkg.export.naming import paths
from migkg.export.pages import write
from migkg.export.site import Site, version
from migkg.namespaces import MK, MKD, RDF, SKOS
from migkg.pages import codes, words
from migkg.pages.forms import shown
from migkg.pages.reading import reading
from migkg.pages.view import View
from migkg.pages.vocabulary import VOCABULARY
from migkg.progress import unseen
from migkg.queries import catalogue
from migkg.reasoning.rules import MEANINGS
from migkg.results.formats import GRAPH_FORMATS, SUFFIXES

BASE = "https://portal.example/migkg/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def pages(exported: Path) -> dict[str, str]:
    """All pages of the export, by their path."""
    return {
        path.relative_to(exported).as_posix(): path.read_text(encoding="utf-8")
        for path in exported.rglob("*.html")
    }


class Page(HTMLParser):
    """The elements of a page, and the text of each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "img"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        self.texts.append((self.inside[-1] if self.inside else "", data))

    def text(self, *tags: str) -> str:
        return "".join(text for tag, text in self.texts if tag in tags)


# -- all pages ------------------------------------------------------------------------------------


def test_each_thing_code_term_and_shape_has_a_page_in_three_languages(
    pages: dict[str, str], shipped_graph: graph.Graph
) -> None:
    files = graph.sources(shipped_graph) + graph.shape_files(shipped_graph)
    said = {
        triple.subject.value
        for file in files
        for triple in graph.read(file)
        if isinstance(triple.subject, ox.NamedNode)
    }
    placed = paths(said)
    assert len(placed) > 1500
    for language in ("", "fr/", "es/"):
        assert {f"{language}{path}.html" for path in placed.values()} <= pages.keys()


def test_every_link_leads_to_a_file_and_a_place_in_it(
    pages: dict[str, str], exported: Path
) -> None:
    files = {path.relative_to(exported).as_posix() for path in exported.rglob("*")}
    ids = {path: re.findall(r'\sid="([^"]*)"', text) for path, text in pages.items()}
    assert not [path for path, found in ids.items() if len(set(found)) < len(found)]
    places = {path: {unescape(name) for name in found} for path, found in ids.items()}
    seen, broken = set(), []
    for path, text in pages.items():
        folder = os.path.dirname(path)
        for link in re.findall(r'\s(?:href|src)="([^"]*)"', text):
            seen.add((folder, link)) if not link.startswith("#") else None
            target, _, fragment = unescape(link).partition("#")
            if re.match(r"https?://", target):
                continue
            led = os.path.normpath(os.path.join(folder, unquote(target))) if target else path
            if led not in files or (fragment and unquote(fragment) not in places[led]):
                broken.append((path, link))
    assert not broken
    assert len(seen) > 5000


def test_pages_load_nothing_from_elsewhere_and_name_their_own_address(
    pages: dict[str, str], exported: Path
) -> None:
    for path, text in pages.items():
        loaded = re.findall(r'<(?:script|img|iframe|video|embed)\s[^>]*src="([^"]*)', text)
        styles = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]*)"', text)
        assert not [url for url in loaded + styles if re.match(r"[a-z]+:|//", url)], path
        assert styles
        canonical = re.findall(r'<link rel="canonical" href="([^"]*)"', text)
        assert canonical == [BASE + path.removesuffix("index.html")]
        alternates = dict(re.findall(r'hreflang="(..)" href="(https:[^"]*)"', text))
        assert alternates.keys() == {"en", "fr", "es"}
        language = path[:2] if path[:3] in ("fr/", "es/") else "en"
        assert alternates[language] == canonical[0]
        assert f'<html lang="{language}">' in text
    for asset in ("style.css", "icon.svg", "filter.js"):
        text = (exported / asset).read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(|\bimport\b|href=|fetch|XMLHttp", text), asset


def test_the_site_map_lists_all_pages(pages: dict[str, str], exported: Path) -> None:
    root = ElementTree.parse(exported / "sitemap.xml").getroot()
    listed = [found.text or "" for found in root.iter() if found.tag.endswith("loc")]
    assert sorted(listed) == sorted(BASE + p.removesuffix("index.html") for p in pages)
    dates = {found.text for found in root.iter() if found.tag.endswith("lastmod")}
    assert dates == {"2026-11-21"}


def test_a_long_site_map_is_in_several_files(tmp_path: Path) -> None:
    sitemap.write(str(tmp_path), BASE, (f"{BASE}{i}" for i in range(25)), "2026-01-01", most=10)
    parts = re.findall(r"<loc>(.*?)</loc>", (tmp_path / "sitemap.xml").read_text())
    assert parts == [f"{BASE}sitemap-{i}.xml" for i in (1, 2, 3)]
    listed = [
        found
        for part in parts
        for found in re.findall(
            r"<loc>(.*?)</loc>", (tmp_path / part.removeprefix(BASE)).read_text()
        )
    ]
    assert listed == [f"{BASE}{i}" for i in range(25)]


KINDS = (
    *("index", "id/index", "code/index", "ontology/index", "shape/index", "queries/index"),
    *("id/project-prospects", "id/organization-ilo", "id/organization-ilo~all"),
    *("id/passage-000-prospects", "id/document-000", "id/structure-bounds"),
    *("code/policy-area", "code/policy-area-decent-work", "ontology/participant"),
    *("ontology/Project", "shape/Membership", "shape/Organization-unitOf-itself"),
    *("queries/list-figures", "queries/list-ratifications", "queries/compare-documents"),
)


def test_pages_of_each_kind_are_valid_html(exported: Path, planted: Path, tmp_path: Path) -> None:
    vnu = tool("vnu-jar/build/dist/vnu.jar")
    control = tmp_path / "control.html"
    control.write_text('<!DOCTYPE html><html lang="en"><title>x</title><p id=a><p id=a>')
    files = [exported / language / f"{kind}.html" for kind in KINDS for language in ("", "fr")]
    files += [planted / f"{kind}.html" for kind in ("index", "id/plain", "id/passage", "code/list")]
    files += [planted / f"{kind}.html" for kind in ("shape/Thing-amount", "queries/list-things")]
    files += [planted / "queries" / "ask-elsewhere.html"]
    done = subprocess.run(
        [
            "java",
            "-jar",
            str(vnu),
            "--no-langdetect",
            "--format",
            "json",
            str(control),
            *map(str, files),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = json.loads(done.stderr)["messages"]
    assert "Duplicate ID" in told[0]["message"]
    assert not [message for message in told if not message["url"].endswith("control.html")]


# -- what pages say -------------------------------------------------------------------------------


def test_a_page_says_what_is_said_on_which_evidence(pages: dict[str, str]) -> None:
    page = pages["id/project-prospects.html"]
    statement = re.search(r'<dd><a href="country-JOR.html">Jordan</a>.*?</dd>', page)
    assert statement
    [number] = re.findall(r'href="#e(\d+)"', statement[0])
    evidence = re.search(rf'<li id="e{number}">.*?</li>', page, re.DOTALL)
    assert evidence
    told = Page(evidence[0]).text("li", "a", "span", "q")
    assert "PROSPECTS PARTNERSHIP" in told
    assert "lines 444–457" in told
    assert 'href="passage-000-prospects.html"' in evidence[0]
    assert "Jordan, Lebanon and Iraq in the Arab region" in told


def test_the_first_page_counts_what_there_is(pages: dict[str, str], shipped: ox.Store) -> None:
    told = re.findall(r"<strong>([\d,]+)</strong> <span>([^<]+)</span>", pages["index.html"])
    figures = {what: int(count.replace(",", "")) for count, what in told}
    asserted = set(shipped.quads_for_pattern(None, None, None, store.ASSERTED))
    subjects = {quad.subject.value for quad in asserted if isinstance(quad.subject, ox.NamedNode)}
    a, concept = ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + "Concept")
    concepts = shipped.quads_for_pattern(None, a, concept, store.ASSERTED)
    lists = pages["code/index.html"]
    assert figures["statements"] == len(asserted)
    assert figures["things"] == sum(iri.startswith(MKD) for iri in subjects)
    assert figures["classes and properties"] == sum(iri.startswith(MK) for iri in subjects)
    assert figures["codes"] == sum(1 for _ in concepts) == lists.count("<li data-entry>")


def test_a_kind_is_listed_if_some_of_its_things_have_names(planted: Path) -> None:
    """The first of them, by IRI, has none."""
    kinds = Page((planted / "index.html").read_text(encoding="utf-8")).text("a")
    assert "effort" in kinds
    assert "passage" not in kinds


def test_the_first_page_tells_how_many_questions_are_elsewhere(
    pages: dict[str, str], planted: Path
) -> None:
    for text in (pages["index.html"], (planted / "index.html").read_text(encoding="utf-8")):
        shown = len(set(re.findall(r'href="queries/(?!index)[^"]+\.html"', text)))
        [left] = re.findall(r"(\d+) more</a>", text) or ["0"]
        [every] = re.findall(r"<strong>(\d+)</strong> <span>stored questions", text)
        assert shown + int(left) == int(every)
    assert "0 more" not in text


def test_what_follows_is_marked_with_its_rule(pages: dict[str, str]) -> None:
    page = pages["fr/id/project-prospects.html"]
    follows = re.search(
        r'>Banque mondiale</a> <a class="follows" href="#(.+?)">s&#39;ensuit<', page
    )
    assert follows
    rule = re.search(rf'<li id="{follows[1]}">(.*?)</li>', page)
    assert rule
    assert Page(rule[1]).text("", "span") == (
        "s'ensuit par prp-spo2\u00a0: une propriété après l'autre équivaut à celle-ci"
    )
    assert not re.search(r'>Jordanie</a> <a class="follows"', page)


def test_a_page_is_in_its_language_and_marks_what_is_not(pages: dict[str, str]) -> None:
    french = pages["fr/id/project-prospects.html"]
    assert ">Jordanie</a>" in french
    assert ">pays</a>" in french
    assert ' lang="en">resilience of host communities</a>' in french
    assert ">Jordania</a>" in pages["es/id/project-prospects.html"]


def test_a_passage_says_where_it_is_and_what_rests_on_it(pages: dict[str, str]) -> None:
    page = pages["fr/id/passage-000-prospects.html"]
    assert "lignes 444–457" in page
    resting = re.search(r'<li><a href="project-prospects.html"[^>]*>PROSPECTS</a>.*?</li>', page)
    assert resting
    assert ">pays</a>" in resting[0]


def test_a_list_of_codes_has_all_of_them_with_the_broader_on_top(pages: dict[str, str]) -> None:
    page = pages["es/code/organization-kind.html"]
    tree = page[page.index('<ul class="tree">') :]
    assert re.search(
        r'"organization-kind-self-help-organization.html".*</span><ul class="tree">\n'
        r'<li><a href="organization-kind-cooperative.html"',
        tree,
    )
    inside = set(re.findall(r'<li><a href="(organization-kind-[^"]+).html"', tree))
    listed = set(re.findall(r'href="(organization-kind-[^"]+).html"', pages["es/code/index.html"]))
    assert inside == listed


def test_codes_that_are_broader_than_each_other_are_each_listed(planted: Path) -> None:
    page = (planted / "code" / "list.html").read_text()
    tree = page[page.index('<ul class="tree">') :]
    assert {"one.html", "two.html"} <= set(re.findall(r'<li><a href="(.*?)"', tree))


def test_a_chain_of_codes_is_listed_however_long_it_is() -> None:
    said = ox.Store()
    codes_of = [ox.NamedNode(f"https://example.org/{at:04}") for at in range(1_200)]
    scheme = ox.NamedNode("https://example.org/list")
    for code, broader in pairwise([*codes_of, scheme]):
        said.add(ox.Quad(code, ox.NamedNode(SKOS + "inScheme"), scheme))
        said.add(ox.Quad(code, ox.NamedNode(SKOS + "broader"), broader))
    view = View(reading(said), "en", addresses.links(BASE, {}, "code/list", "en"))
    listed, waiting = set(), codes.tree(view, scheme)
    while waiting:
        node = waiting.pop()
        listed.add(node.shown.href)
        waiting += node.narrower
    assert listed == {code.value for code in codes_of}


def test_iris_of_terms_lead_to_their_place(pages: dict[str, str], shipped: ox.Store) -> None:
    places = set(
        re.findall(r'<article class="term" data-entry id="(.*?)"', pages["ontology/index.html"])
    )
    terms = {
        quad.subject.value.removeprefix(MK)
        for quad in shipped
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(MK)
    }
    assert places == terms


def test_what_refers_to_a_thing_is_all_there_though_not_on_its_page(
    pages: dict[str, str], shipped: ox.Store
) -> None:
    page, every = pages["id/organization-ilo.html"], pages["id/organization-ilo~all.html"]
    assert re.search(r'<a href="organization-ilo~all.html">\d+ more</a>', page)
    claims = shipped.quads_for_pattern(
        None, ox.NamedNode(MK + "claimant"), ox.NamedNode(MKD + "organization-ilo")
    )
    for quad in claims:
        assert isinstance(quad.subject, ox.NamedNode)
        assert f'href="{quad.subject.value.removeprefix(MKD)}.html"' in every


@pytest.mark.parametrize(
    ("datatype", "value", "en", "fr", "es"),
    [
        ("integer", "169000000", "169,000,000", "169\u202f000\u202f000", "169\u202f000\u202f000"),
        ("integer", "2016", "2016", "2016", "2016"),
        ("decimal", "-12345.50", "-12,345.50", "-12\u202f345,50", "-12\u202f345,50"),
        ("double", "1.5E3", "1.5E3", "1.5E3", "1.5E3"),
        ("date", "2019-07-01", "1 July 2019", "1er juillet 2019", "1 de julio de 2019"),
        ("date", "2019-06-30", "30 June 2019", "30 juin 2019", "30 de junio de 2019"),
        ("date", "-0044-03-15", "-0044-03-15", "-0044-03-15", "-0044-03-15"),
        ("gYearMonth", "2019-07", "July 2019", "juillet 2019", "julio de 2019"),
        ("gYear", "2019", "2019", "2019", "2019"),
        *(
            ("dateTime", f"2019-07-02T{time}", f"2 July 2019{told}", f"2 juillet 2019{told}",
             f"2 de julio de 2019{told}")
            for time, told in (
                ("00:00:00Z", ""),
                ("14:30:00Z", ", 14:30 UTC"),
                ("00:00:00+02:00", ", 00:00 +02:00"),
            )
        ),
        ("duration", "P1Y6M", "1 year, 6 months", "1 an, 6 mois", "1 año, 6 meses"),
        ("duration", "P", "P", "P", "P"),
        ("boolean", "1", "yes", "oui", "sí"),
    ],
)  # fmt: skip
def test_values_are_in_the_form_of_the_language(
    datatype: str, value: str, en: str, fr: str, es: str
) -> None:
    literal = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
    assert [shown(literal, language) for language in ("en", "fr", "es")] == [en, fr, es]


def test_words_are_there_in_each_language_and_take_the_same() -> None:
    for key, english in words.WORDS["en"].items():
        for language in words.LANGUAGES:
            said = words.WORDS[language][key]
            assert said or key == "english_only"
            assert said.count("{}") == english.count("{}")
    assert all(said.keys() == words.LANGUAGES.keys() for said in VOCABULARY.values())
    assert words.RULES.keys() == MEANINGS.keys()


# -- stored queries -------------------------------------------------------------------------------


def test_each_query_has_a_page_with_its_text_and_its_rows(
    exported: Path, shipped_graph: graph.Graph
) -> None:
    for query in catalogue.read(shipped_graph).values():
        stem = exported / "queries" / query.name
        page = Page(stem.with_suffix(".html").read_text(encoding="utf-8"))
        assert stem.with_suffix(".rq").read_text(encoding="utf-8") == query.text
        assert query.summary in page.text("h1")
        assert all(question.ask in page.text("li") for question in query.questions)
        sparql = "".join(text for _, text in page.texts)
        assert query.text.split("WHERE", 1)[1].strip() in sparql, "not changed by being coloured"


@pytest.mark.parametrize("name", ["list-partners", "show-project", "compare-documents"])
def test_the_command_of_a_page_gives_its_rows(name: str, exported: Path) -> None:
    text = (exported / "queries" / f"{name}.html").read_text(encoding="utf-8")
    counted = re.search(r'<p>([^<]*) <code class="command">migkg (.*?)</code></p>', text)
    assert counted
    command = [*shlex.split(unescape(counted[2])), "-f", "csv"]
    done = subprocess.run(
        [sys.executable, "-m", "migkg", *command], capture_output=True, text=True, check=True
    )
    csv = (exported / "queries" / f"{name}.csv").read_bytes().decode()
    assert done.stdout == csv.replace("\r\n", "\n")
    rows = len(re.findall(r"<tr><td", text))
    total = int(re.findall(r"\d+", counted[1])[-1])
    assert rows == min(50, total) == min(50, csv.count("\r\n") - 1)


def test_a_query_that_cannot_be_asked_has_a_page_without_an_answer(planted: Path) -> None:
    for name in ("ask-elsewhere", "show-unknown"):
        page = (planted / "queries" / f"{name}.html").read_text(encoding="utf-8")
        assert "SELECT" in page
        assert 'id="result"' not in page
        assert not (planted / "queries" / f"{name}.csv").exists()


def test_a_selection_has_no_pages(planted_graph: graph.Graph, tmp_path: Path) -> None:
    opened = store.open_store(planted_graph, lambda _note: None)
    only = (ox.NamedNode(MK + "Thing"),)
    site = Site(planted_graph, opened, version(opened), BASE, only=only)
    write(site, str(tmp_path), unseen)
    assert list(tmp_path.iterdir()) == []


def test_rows_have_their_sources(exported: Path) -> None:
    text = (exported / "fr" / "queries" / "list-partners.html").read_text(encoding="utf-8")
    row = re.search(r"<tr><td><span lang=\"en\">PROSPECTS</span></td>.*?</tr>", text)
    assert row
    assert re.search(
        r'href="\.\./id/passage-000-prospects\.html" title="[^"]*">000, lignes 444', row[0]
    )


# -- files of things ------------------------------------------------------------------------------


def test_the_files_of_a_thing_say_the_same_in_each_syntax(exported: Path) -> None:
    for path in (
        "id/project-prospects",
        "code/policy-area",
        "ontology/participant",
        "shape/Project",
    ):
        said = {
            ending: canonical(exported / f"{path}.{ending}")
            for ending in ("ttl", "nt", "jsonld", "rdf")
        }
        assert len(set(said.values())) == 1, path
        assert len(said["nt"].splitlines()) >= 5
    nt = (exported / "id" / "project-prospects.nt").read_text(encoding="utf-8")
    assert f'<{MKD}country-JOR> <http://www.w3.org/2000/01/rdf-schema#label> "Jordanie"@fr' in nt
    assert f"<{MK}passage> <{MKD}passage-000-prospects>" in nt
    assert f"<{MK}participant>" not in nt, "that follows"


def canonical(file: Path) -> str:
    form = GRAPH_FORMATS[SUFFIXES[file.suffix]]
    said = ox.Dataset(ox.parse(path=str(file), format=form))
    said.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, said)))


def test_literals_are_as_the_sources_write_them(planted: Path) -> None:
    for name in ("id/plain", "shape/Thing-amount"):
        for ending in ("ttl", "nt", "jsonld", "rdf"):
            text = (planted / f"{name}.{ending}").read_text(encoding="utf-8")
            assert re.search(r'"01"|>01<| 01 ', text), (name, ending)


# -- what is hard to write ------------------------------------------------------------------------


def test_markup_in_names_is_text(planted: Path) -> None:
    for path in planted.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = Page(text)
        assert not page.inside, path
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"img", "b", "i", "iframe"}, path
        scripts = [attributes for tag, attributes in page.elements if tag == "script"]
        assert all("src" in s or s.get("type") == "application/ld+json" for s in scripts)
        assert not [a for _, s in page.elements for a in s if a.startswith("on")]
        links = [s.get("href") or "" for tag, s in page.elements if tag == "a"]
        assert not [link for link in links if link.startswith(("javascript:", "data:"))]
    page = Page((planted / "id" / "plain.html").read_text(encoding="utf-8"))
    assert page.text("h1") == f"plain {MARKUP}"
    assert "javascript:alert(1)" in page.text("dd"), "said, and not a link"


def test_the_block_for_search_engines_holds_markup(planted: Path) -> None:
    text = (planted / "index.html").read_text(encoding="utf-8")
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert "<" not in block
    assert json.loads(block)["@type"] == "Dataset"
    assert text.count("</script>") == 1


def test_evidence_without_a_name_is_told_and_leads_nowhere(planted: Path) -> None:
    text = (planted / "id" / "many2.html").read_text(encoding="utf-8")
    assert re.search(r"nameless\W+unnamed", re.sub(r"<[^>]*>", "", text))
    assert not re.search(r"<a [^>]*>(nameless|unnamed)", text)


def test_a_document_without_a_title_is_called_by_its_iri(planted: Path) -> None:
    text = (planted / "id" / "many2.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="https://example.org/report"[^>]*>https://example.org/report<', text)
    assert not re.search(r"<a [^>]*>\s*</a>", text)


def test_a_thing_with_a_blank_label_is_called_as_one_without(planted: Path) -> None:
    assert Page((planted / "id" / "many3.html").read_text(encoding="utf-8")).text("h1") == (
        "mkd:many3"
    )
    page = (planted / "id" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<a [^>]*>\s*</a>", page)
    assert "mkd:many3</a>" in page


def test_no_two_things_have_one_page(planted: Path) -> None:
    placed = paths(MKD + name for name in NAMES)
    files = {path.lower() for path in placed.values()}
    assert len(files) == len(NAMES)
    for iri, path in placed.items():
        page = Page((planted / f"{path}.html").read_text(encoding="utf-8"))
        assert iri in page.text("code")


def test_an_export_is_the_same_on_another_machine(
    planted: Path, planted_graph: graph.Graph, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(planted_graph.root, elsewhere)
    done = subprocess.run(
        [sys.executable, "-m", "migkg", "--graph", str(elsewhere), "export", "out",
         "--base-url", BASE],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C",
             "MIGKG_CACHE": str(tmp_path / "cache")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert bytes_of(tmp_path / "out") == bytes_of(planted)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
