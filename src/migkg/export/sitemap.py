"""The list of pages for search engines: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST = 50_000  # addresses in a file
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(
    folder: str, base: str, addresses: Iterable[str], modified: str, most: int = _MOST
) -> None:
    """Write sitemap.xml; where one file does not hold all, it lists others that do."""
    waiting = iter(addresses)
    parts: list[str] = []
    while listed := list(islice(waiting, most)):
        parts.append(f"sitemap-{len(parts) + 1}.xml")
        _write(os.path.join(folder, parts[-1]), "urlset", listed, modified)
    if len(parts) == 1:
        os.rename(os.path.join(folder, parts[0]), os.path.join(folder, "sitemap.xml"))
        return
    listed = [base + part for part in parts]
    _write(os.path.join(folder, "sitemap.xml"), "sitemapindex", listed, modified)


def _write(path: str, root: str, addresses: Sequence[str], modified: str) -> None:
    element = {"urlset": "url", "sitemapindex": "sitemap"}[root]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n')
        for address in addresses:
            told = f"<loc>{escape(address)}</loc><lastmod>{escape(modified[:10])}</lastmod>"
            file.write(f"<{element}>{told}</{element}>\n")
        file.write(f"</{root}>\n")
