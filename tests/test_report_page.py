"""The page of a report, as a browser shows it: to everyone, on any screen."""

import json
import os
import re
import shutil
import subprocess
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from test_reports import FINDINGS, hostile, report_of, tool

from migkg.entry.place import Place
from migkg.validation.finding import Outcome, Report
from migkg.validation.reports import as_html

ENTRY = """
# an entry
mkd:budget-x a mk:Budget ;
    rdfs:label "Budget of X"@en ;
    mk:amount "2.5 million" ;
    mk:evidence [ mk:supports mk:amount ] .
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    entry = folder / "entry.ttl"
    entry.write_text(ENTRY, encoding="utf-8")
    first, second, *rest = FINDINGS
    found = [
        first._replace(place=Place(str(entry), 5, 15)),
        second._replace(place=Place(str(entry), 6, 17)),
        *rest,
    ]
    entry_report = report_of(*found, before=FINDINGS[:2], fixed=FINDINGS[2:3])
    whole = report_of(rest[1])._replace(checks=(Outcome("shapes", "9 things", [rest[1]]),))
    made = {
        "entry": (entry_report, "en"),
        "français": (entry_report, "fr"),
        "whole": (whole, "es"),
        "hostile": (hostile(folder), "en"),
    }
    return {name: written(report, language) for name, (report, language) in made.items()}


def written(report: Report, language: str) -> str:
    out = BytesIO()
    as_html.write(report, language, out)
    return out.getvalue().decode()


AXE = """
<script>{axe}</script>
<script>
axe.run(document, {{resultTypes: ["violations"]}}).then(found => {{
  const told = found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" | "));
  document.body.innerHTML = "<pre id=told></pre>";
  document.getElementById("told").textContent = JSON.stringify({{
    told, passes: found.passes.length,
    paper: getComputedStyle(document.body).backgroundColor
  }});
}});
</script>
</body>"""
FRAME = """<!DOCTYPE html><title>frame</title><body style="margin:0">
<iframe width="{width}" height="900" style="border:0" srcdoc="{page}"></iframe><pre id=told></pre>
<script>
window.onload = () => {{
  const page = document.querySelector("iframe").contentDocument;
  const wide = page.documentElement.clientWidth;
  const told = [...page.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > wide + 1).map(e => e.outerHTML.slice(0, 99));
  document.getElementById("told").textContent = JSON.stringify({{
    told, scroll: page.documentElement.scrollWidth - wide
  }});
}};
</script></body>"""


def browsed(page: str, folder: Path, *options: str) -> dict[str, object]:
    """Open a page in Chromium, and take what its script leaves in the element `told`."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed: sh test.sh installs it")
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=20000",
            "--dump-dom",
            *options,
            file.as_uri(),
        ],
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = re.search(r'<pre id="told">(.+?)</pre>', done.stdout)
    assert told, done.stdout[-500:] + done.stderr[-500:]
    unescaped = told[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    found: dict[str, object] = json.loads(unescaped)
    return found


DARK = ("--blink-settings=preferredColorScheme=0",)


@pytest.mark.parametrize(
    ("name", "options"), [("entry", DARK), ("français", ()), ("whole", ()), ("hostile", ())]
)
def test_axe_finds_nothing(
    name: str, options: tuple[str, ...], pages: dict[str, str], tmp_path: Path
) -> None:
    axe = tool("axe-core/axe.min.js").read_text(encoding="utf-8")
    page = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>', "", pages[name])
    assert page != pages[name]
    head, _, _ = page.rpartition("</body>")
    found = browsed(head + AXE.format(axe=axe), tmp_path, *options)
    assert found["told"] == []
    assert found["paper"] == ("rgb(20, 24, 29)" if options else "rgb(255, 255, 255)")


@pytest.mark.parametrize(("name", "width"), [("entry", 320), ("hostile", 320), ("whole", 1100)])
def test_nothing_is_wider_than_the_screen(
    name: str, width: int, pages: dict[str, str], tmp_path: Path
) -> None:
    frame = FRAME.format(width=width, page=escape(pages[name], quote=True))
    assert browsed(frame, tmp_path) == {"told": [], "scroll": 0}


def test_page_loads_nothing_and_runs_nothing(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert "default-src 'none'; style-src 'unsafe-inline'" in page
        assert not re.search(r"<(script|link|img|iframe)|@import|url\(", page)


def test_page_marks_the_term_in_its_line(pages: dict[str, str]) -> None:
    assert "<pre>mk:amount <mark>&#34;2.5 million&#34;</mark> ;</pre>" in pages["entry"]
    assert "<figcaption>ligne 6, colonne 17</figcaption>" in pages["français"]
