"""The pages of an export as people use them: in Chromium, on any screen, with any means."""

import re
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, driven
from test_reports import tool

VISIT = """
let page = await open_("/index.html");
page = await click(page.querySelector("nav.sections a[href='id/index.html']"));
const shown = () =>
  [...page.querySelectorAll("[data-entry]:not([hidden]) a")].map(a => a.textContent);
const told = () => page.querySelector("output").textContent;
const type = text => {
  const input = page.querySelector("#filter");
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event("input", {bubbles: true}));
};
const all = [shown().length, told()];
type("egypte");
const none = [shown().length, told(), page.querySelectorAll("section:not([hidden])").length];
type("prospects");
const some = [shown(), told(), page.querySelectorAll("section:not([hidden]) h2").length];
const live = page.querySelector("output").getAttribute("aria-live");
const label = page.querySelector("#filter").labels[0].textContent;
page = await click([...page.querySelectorAll("a")].find(a => a.textContent === "PROSPECTS"));
const english = [page.querySelector("h1").textContent, page.documentElement.lang];
const cite = page.querySelector(".cites a");
cite.click();
const cited = [cite.getAttribute("aria-label"), page.querySelector(":target").id,
  getComputedStyle(page.querySelector(":target")).backgroundColor];
page = await click(page.querySelector("nav.languages a[hreflang=fr]"));
const french = [page.querySelector("h1").textContent, page.documentElement.lang];
page = await click([...page.querySelectorAll("dd a")].find(a => a.textContent === "Jordanie"));
const jordan =
  [page.querySelector("h1").textContent, page.documentElement.lang, page.location.pathname];
page = await click(page.querySelector("nav.sections a:nth-child(4)"));
page.location.hash = "Project";
const term = page.querySelector(":target h3 a").textContent;
return {all, none, some, live, label, english, cited, french, jordan, term};
"""


def test_people_find_a_thing_follow_links_and_change_the_language(
    exported: Path, tmp_path: Path
) -> None:
    found, urls = driven(exported, tmp_path, VISIT)
    count = len(list((exported / "id").glob("*.nt")))
    assert found["all"] == [count, f"{count} entries"]
    assert found["none"] == [0, f"0 of {count} entries", 0]
    shown, told, groups = found["some"]
    assert "PROSPECTS" in shown
    assert told == f"{len(shown)} of {count} entries"
    assert 1 < groups < 15
    assert (found["live"], found["label"]) == ("polite", "Filter by name")
    assert found["english"] == ["PROSPECTS", "en"]
    label, place, background = found["cited"]
    assert label == f"evidence {place.removeprefix('e')}"
    assert background == "rgb(255, 241, 194)", "the evidence is marked"
    assert found["french"] == ["PROSPECTS", "fr"]
    assert found["jordan"] == ["Jordanie", "fr", "/fr/id/country-JOR.html"]
    assert found["term"] == "projet"
    assert urls
    assert [url for url in urls if not url.startswith("http://127.0.0.1:")] == []


def test_the_filter_works_from_a_disk(exported: Path, tmp_path: Path) -> None:
    page = chromium(tmp_path, (exported / "es" / "code" / "index.html").as_uri())
    assert re.search(r'<form class="filter"(?![^>]*hidden)', page)
    assert re.search(r"<output[^>]*>\d+ entradas</output>", page)


EACH = """
const told = {};
for (const path of PATHS) {
  const page = await open_("/" + path);
  const wide = page.documentElement.clientWidth;
  const inTable = e => e.closest(".table, .sparql, .skip, .identifier > span");
  told[path] = {
    over: page.documentElement.scrollWidth - wide,
    wide: [...page.body.querySelectorAll("*")].filter(e => !inTable(e))
      .filter(e => e.getBoundingClientRect().right > wide + 1).map(e => e.outerHTML.slice(0, 99)),
    paper: getComputedStyle(page.body).backgroundColor,
    keys: [...page.querySelectorAll("a, button, input, [tabindex], [onclick]")]
      .map(e => e.matches(".skip") ? "skip" : e.tabIndex),
  };
  if (AXE) {
    await script("/axe.js");
    const found = await frame.contentWindow.axe.run(page, {resultTypes: ["violations"]});
    told[path].axe = found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" | "));
    told[path].passes = found.passes.length;
  }
}
return told;
"""
PAGES = [
    *("index.html", "fr/id/index.html", "es/code/index.html", "ontology/index.html"),
    *("queries/index.html", "fr/queries/list-figures.html", "queries/show-project.html"),
    *("id/project-prospects.html", "es/id/organization-ilo.html", "id/organization-ilo~all.html"),
    *("fr/id/passage-000-prospects.html", "code/policy-area.html", "ontology/Project.html"),
    *("shape/Organization-unitOf-itself.html", "shape/Membership.html"),
]
DARK = ("--blink-settings=preferredColorScheme=0",)


def each(folder: Path, home: Path, paths: list[str], width: int, *options: str) -> Any:
    axe = tool("axe-core/axe.min.js").read_bytes()
    script = EACH.replace("PATHS", str(paths)).replace("AXE", "true" if width > 500 else "false")
    found, urls = driven(folder, home, script, width, {"/axe.js": axe}, *options)
    assert [url for url in urls if not url.startswith("http://127.0.0.1:")] == []
    return found


@pytest.mark.parametrize(
    ("options", "paper"), [((), "rgb(255, 254, 251)"), (DARK, "rgb(22, 24, 27)")]
)
def test_axe_finds_nothing_in_light_and_dark(
    options: tuple[str, ...], paper: str, exported: Path, tmp_path: Path
) -> None:
    found = each(exported, tmp_path, PAGES[:: 2 if options else 1], 1100, *options)
    for path, told in found.items():
        assert told["axe"] == [], path
        assert told["passes"] > 15
        assert told["paper"] == paper
        assert told["keys"][0] == "skip", "the first that the tabulator key comes to"
        assert set(told["keys"][1:]) == {0}, "and then all else, in the order of the page"


def test_no_page_is_wider_than_a_phone(exported: Path, planted: Path, tmp_path: Path) -> None:
    for folder, paths in ((exported, PAGES), (planted, ["id/plain.html", "index.html"])):
        for path, told in each(folder, tmp_path, paths, 320).items():
            assert (told["over"], told["wide"]) == (0, []), path
