"""What all pages have around them, and the templates that they are made with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from migkg.namespaces import shorten
from migkg.pages.links import SECTIONS
from migkg.pages.words import LANGUAGES
from migkg.syntax import OF_GRAPHS

if TYPE_CHECKING:
    from jinja2 import Environment

    from migkg.pages.view import View

ASSETS = ("style.css", "filter.js", "icon.svg")
_SYNTAXES = {syntax.media_type: syntax.name for syntax in OF_GRAPHS}


def asset(name: str) -> bytes:
    """Read a file that pages refer to: one of ASSETS, at the root of the site."""
    return files(__package__).joinpath("assets", name).read_bytes()


def title(view: View) -> str:
    """Give the title of the site."""
    told = view.reading.heading.title
    return told.get(view.language) or told.get("en") or "migkg"


def render(template: str, view: View, section: str, **told: Any) -> str:
    """Fill a template.

    :param section: one of SECTIONS, that the page is in
    :param told: what the template needs besides; `here` for the first page of a section
    """
    environment = _environment()
    parts: Any = environment.globals["parts"]
    context = {
        "language": view.language,
        "words": view.words,
        "languages": LANGUAGES,
        "sections": SECTIONS,
        "section": section,
        "here": False,
        "links": view.links,
        "heading": view.reading.heading,
        "license": _license(view.reading.heading.license),
        "site": title(view),
        "summary": "",
        "syntaxes": _SYNTAXES,
        "english": parts.lang("" if view.language == "en" else "en"),
        **told,
    }
    return environment.get_template(template).render(context)


def _license(iri: str) -> str:
    known = {"http://creativecommons.org/licenses/by/4.0/": "CC BY 4.0"}
    return known.get(iri) or shorten(iri).strip("<>")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["parts"] = made.get_template("parts.html").module
    return made
