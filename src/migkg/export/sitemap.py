"""The list of pages for search engines: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST = 50_000  # addresses in a file
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(folder: str, base: str, addresses: Iterable[str], modified: str, most: int = _MOST) -> None:
    """Write sitemap.xml; where one file does not hold all, it lists others that do."""
    waiting = iter(addresses)
    files: list[str] = []
    first = list(islice(waiting, most))
    second = list(islice(waiting, most))
    if not second:
        _write(folder, "sitemap.xml", "urlset", "url", first, modified)
        return
    for part in (first, second, *_parts(waiting, most)):
        name = f"sitemap-{len(files) + 1}.xml"
        _write(folder, name, "urlset", "url", part, modified)
        files.append(base + name)
    _write(folder, "sitemap.xml", "sitemapindex", "sitemap", files, modified)


def _parts(addresses: Iterator[str], most: int) -> Iterator[list[str]]:
    while part := list(islice(addresses, most)):
        yield part


def _write(
    folder: str, name: str, root: str, element: str, addresses: Sequence[str], modified: str
) -> None:
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n')
        for address in addresses:
            told = f"<loc>{escape(address)}</loc><lastmod>{escape(modified[:10])}</lastmod>"
            file.write(f"<{element}>{told}</{element}>\n")
        file.write(f"</{root}>\n")
