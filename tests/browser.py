"""Chromium over a folder of pages: a script of ours drives them, and what it finds comes back."""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

_DRIVER = """<!DOCTYPE html><html lang="en"><title>driver</title><link rel="icon" href="data:,">
<body style="margin:0"><iframe style="border:0;width:WIDTHpx;height:900px"></iframe>
<pre id="told"></pre><script>
const frame = document.querySelector("iframe");
const loaded = act => new Promise(done => {
  frame.onload = () => done(frame.contentDocument);
  act();
});
const open_ = path => loaded(() => { frame.src = path; });
const click = link => loaded(() => link.click());
const script = path => new Promise(done => {
  const made = frame.contentDocument.createElement("script");
  made.src = path;
  made.onload = done;
  frame.contentDocument.head.append(made);
});
const say = told => { document.getElementById("told").textContent = JSON.stringify(told); };
(async () => { SCRIPT })().then(say, error => say({error: String(error) + error.stack}));
</script></body></html>"""


class _Handler(SimpleHTTPRequestHandler):
    """Gives files of a folder, and some texts besides."""

    texts: dict[str, bytes]

    def do_GET(self) -> None:
        text = self.texts.get(urlsplit(self.path).path)
        if text is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        is_script = self.path.endswith(".js")
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def _serving(folder: Path, texts: dict[str, bytes]) -> Iterator[str]:
    handler = type("_Handler", (_Handler,), {"texts": texts})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chromium(home: Path, *arguments: str) -> str:
    """Open a page without a screen: what it is like at the end, as HTML."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed: sh test.sh installs it")
    done = subprocess.run(
        [
            browser,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--no-first-run", "--disable-default-apps", "--window-size=1300,1000"),
            f"--user-data-dir={home / 'profile'}",
            "--virtual-time-budget=120000",
            "--dump-dom",
            *arguments,
        ],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return done.stdout


def driven(
    folder: Path,
    home: Path,
    script: str,
    width: int = 1100,
    texts: dict[str, bytes] | None = None,
    *options: str,
) -> tuple[Any, list[str]]:
    """Run a script over the pages of a folder, in a frame: what it returns, and the URLs asked for.

    The script has `open_(path)` and `click(link)`, which give the document that comes, and
    `script(path)`, which runs a script in it.
    """
    driver = _DRIVER.replace("WIDTH", str(width)).replace("SCRIPT", script)
    log = home / "net.json"
    with _serving(folder, {"/driver": driver.encode(), **(texts or {})}) as at:
        page = chromium(home, *options, f"--log-net-log={log}", f"{at}/driver")
    told = re.search(r'<pre id="told">(.+?)</pre>', page, re.DOTALL)
    assert told, page[-500:]
    found = json.loads(unescape(told[1]))
    assert not isinstance(found, dict) or "error" not in found, found
    return found, sorted(_requests(log))


def _requests(log: Path) -> Iterator[str]:
    """List what pages asked for; what Chromium asks for itself has no page that began it."""
    for event in json.loads(log.read_text(encoding="utf-8"))["events"]:
        told = event.get("params", {})
        if "url" in told and str(told.get("initiator", "")).startswith("http"):
            yield told["url"]
