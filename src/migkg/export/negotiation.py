"""Files for Apache that lead from the IRIs of the graph to what tells of them.

`.htaccess` lies at the root of the site and works wherever that lies. `w3id/.htaccess` is for the
folder migkg/ of https://github.com/perma-id/w3id.org: it sends everyone to the base of the site, to
the very file, as the site may lie on a host without rules of its own.

The client gets what it wants most (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1).
Where it wants several alike it gets Turtle: browsers name text/html and want the rest less, while
who sends `*/*` or nothing is a program, and the IRI is one of data. 303 tells that what comes is
not the thing itself but says something of it (https://www.w3.org/TR/cooluris/#r303gendocument).
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from migkg.export import lines
from migkg.export.naming import FOLDERS
from migkg.namespaces import HOME, LANGUAGES, MK
from migkg.syntax import OF_DATASETS, OF_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from migkg.export.site import Site

_DUMPS = {syntax.media_type: syntax.ending for syntax in (*OF_GRAPHS, *OF_DATASETS)}
_TYPES = {
    **_DUMPS,
    "application/sparql-query": "rq",
    "text/csv": "csv",
    "text/markdown": "md",
}
_RANGES = (
    (r"\*/\*", ("TTL", "JSONLD", "NT", "RDF", "TRIG", "NQ", "HTML")),
    (r"text/\*", ("TTL", "HTML")),
    (r"application/\*", ("JSONLD", "NT", "RDF", "TRIG", "NQ")),
    ("text/turtle", ("TTL",)),
    (r"application/(?:ld\+)?json", ("JSONLD",)),
    ("application/n-triples", ("NT",)),
    (r"application/rdf\+xml", ("RDF",)),
    ("application/trig", ("TRIG",)),
    ("application/n-quads", ("NQ",)),
    ("text/html", ("HTML",)),
)
"""What clients may name, a wider range before what is in it, and what that is wanted for."""
_ORDER = ("ttl", "jsonld", "nt", "rdf", "html")
_FORMS = {syntax.ending: syntax.ending for syntax in OF_GRAPHS}
_QUADS = {syntax.ending: syntax.ending for syntax in OF_DATASETS}


def write(site: Site, placed: Mapping[str, str], folder: str) -> None:
    """Write both files; for a site at the names of the graph themselves there is no other one."""
    shared = {
        "types": _TYPES,
        "dumps": _DUMPS,
        "ranges": _RANGES,
        "wanted": _wanted,
        "choices": {"ENDING": _ORDER, "QUADS": (*_QUADS, "html")},
        "forms": _FORMS,
        "quads": _QUADS,
        "version": re.escape(site.version.iri.rpartition("/")[2]),
        "exceptions": list(_exceptions(placed)),
        "languages": LANGUAGES,
        "base": _written(site.base),
    }
    about = f"Leads from IRIs of migkg {site.version.number} to the files beside this one."
    _save({**shared, "about": about, "files": True}, os.path.join(folder, ".htaccess"))
    if site.base != HOME:
        about = f"Leads from IRIs of migkg {site.version.number} to {site.base}"
        os.makedirs(os.path.join(folder, "w3id"), exist_ok=True)
        _save({**shared, "about": about, "files": False}, os.path.join(folder, "w3id", ".htaccess"))


def _written(base: str) -> str:
    """Write an address as mod_rewrite takes it, which escapes it as it was."""
    return unquote(base).replace("$", "\\$")


def _wanted(range_: str) -> str:
    """Match, in a header and ",1", a range and take its q: without one the 1 at the end.

    Of `0.50` it takes `0.5`, of `1.0` just `1`, so that texts are in the order of the numbers.
    """
    item = rf"(?:^|,)\s*{range_}\s*"
    other = r"(?:;(?!\s*q=)[^,;]*)*"
    return rf"(?|{item}{other};\s*q=(0\.\d*[1-9]|1|0)|{item}{other},(?:.*,)?(1)$) [NC]"


def _exceptions(placed: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Give rules for names that are not those of their files: what a URL looks like, and the path.

    The server sees a name decoded. Where that is ambiguous, or has what looks like a query, the
    line of the request, which is not decoded, is looked at as well.
    """
    for iri, path in placed.items():
        for namespace, folder in FOLDERS.items():
            name = iri.removeprefix(namespace)
            if namespace == MK or name == iri or path == f"{folder}/{name}":
                continue
            seen = re.escape(unquote(name.partition("?")[0])).replace("\\/", "/")
            request = ""
            if "%" in name or "?" in name:
                sent = re.escape(quote(name, safe="%/:?@!$&'()*+,;=-._~[]"))
                request = rf"^\S+ \S*/{folder}/{sent} "
            yield f"^{folder}/{seen}$", request, path


def _save(told: dict[str, Any], path: str) -> None:
    lines.write([_environment().get_template("htaccess").render(told)], path)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(__package__),
        autoescape=False,  # noqa: S701  # no HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
