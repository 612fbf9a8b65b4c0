"""The list of pages for search engines: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from migkg.export import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        lines.write(_listing("urlset", listed, modified), os.path.join(folder, parts[-1]))
    if len(parts) == 1:
        os.rename(os.path.join(folder, parts[0]), os.path.join(folder, "sitemap.xml"))
        return
    listing = _listing("sitemapindex", (base + part for part in parts), modified)
    lines.write(listing, os.path.join(folder, "sitemap.xml"))


def _listing(root: str, addresses: Iterable[str], modified: str) -> Iterator[str]:
    element = {"urlset": "url", "sitemapindex": "sitemap"}[root]
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    for address in addresses:
        told = f"<loc>{escape(address)}</loc><lastmod>{escape(modified[:10])}</lastmod>"
        yield f"<{element}>{told}</{element}>\n"
    yield f"</{root}>\n"
