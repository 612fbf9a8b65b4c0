"""Writes docs/questions.md, and the pictures and tables of docs/model.md, from the graph itself.

``python docs/generate.py`` rewrites them; with ``--check`` it only tells whether they are current.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from migkg import graph
from migkg.cli.options import conditions, meaning, sentence
from migkg.errors import UsageError
from migkg.model import model, picture
from migkg.namespaces import expand, shorten
from migkg.queries import catalogue, tags
from migkg.queries.calling import command_line
from migkg.queries.query import option_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from migkg.graph import Graph
    from migkg.model.constraints import Values
    from migkg.model.model import Class, Model, Property
    from migkg.queries.query import Parameter, StoredQuery

DOCS = Path(__file__).parent
_REGION = re.compile(r"(<!-- (\w+)(.*?)-->\n).*?(<!-- end -->)", re.DOTALL)
_QUESTIONS = """# The questions

What the graph answers, by subject. Each question stands with the command that answers it; for
another project, country or group of people, change the value. Add `--sources` to see which passages
of which documents say so, or `-o answer.csv` to keep the answer (`.xlsx` for a spreadsheet).

A value may be a name in English, French or Spanish, or a code: `Jordan`, `Jordanie` and `JOR` are
the same. For a value that the graph does not know, those that are near are listed. “not stated” in
an answer means that a document was read and does not say. The
[README](../README.md#ask-a-question) tells how to install `migkg`.

This page is made from the queries themselves: `python docs/generate.py` writes it.
"""


def pages(of: Graph) -> dict[Path, str]:
    """Make each page anew.

    :raises UsageError: a region of docs/model.md asks for what the model does not have
    """
    template = (DOCS / "model.md").read_text(encoding="utf-8")
    return {
        DOCS / "questions.md": questions(catalogue.read(of)),
        DOCS / "model.md": filled(template, model.read(of)),
    }


# -- questions ------------------------------------------------------------------------------------


def questions(stored: dict[str, StoredQuery]) -> str:
    """Write the page of the questions."""
    sections = tags.by_tag(stored.values())
    every = {tag for query in stored.values() for tag in query.tags} | sections.keys()
    ordered = [*sections, *sorted(every - sections.keys(), key=tags.title)]
    text = [_QUESTIONS, "## Contents\n"]
    for tag in ordered:
        text.append(f"- [{tags.title(tag)}](#{anchor(tags.title(tag))})")
        text += [f"  - {_to(query.name)}: {query.summary}" for query in sections.get(tag, ())]
    for tag in ordered:
        text.append(f"\n## {tags.title(tag)}")
        text += [_query(query) for query in sections.get(tag, ())]
        if also := [_to(query.name) for query in stored.values() if tag in query.tags[1:]]:
            text.append(f"\nSee also {', '.join(also)}.")
    return "\n".join(text) + "\n"


def _query(query: StoredQuery) -> str:
    lines = [f"\n### {query.name}\n", f"**{query.summary}.** {query.description}".rstrip(), ""]
    for question in query.questions:
        lines += [
            f"- {question.ask} ({question.id})\n",
            _shell(command_line(query, question.values), "  "),
        ]
    if not query.questions and not any(_needed(parameter) for parameter in query.parameters):
        lines.append(_shell(f"migkg query {query.name}"))
    if query.parameters:
        lines += ["| value | |", "|---|---|"]
        lines += [
            f"| `--{option_name(parameter.name)}` | {_cell(_told(parameter))} |"
            for parameter in query.parameters
        ]
        lines.append("")
    if query.chart:
        lines.append(f"Draws a chart as well: `migkg query {query.name} -o {query.name}.svg`.\n")
    lines.append(f"In SPARQL: [{query.name}.rq](../queries/{query.name}.rq)")
    return "\n".join(lines)


def _needed(parameter: Parameter) -> bool:
    return parameter.required and parameter.default is None


def _told(parameter: Parameter) -> str:
    return ". ".join([meaning(parameter), *conditions(parameter)]) + "."


def _shell(command: str, indent: str = "") -> str:
    return "".join(f"{indent}{line}\n" for line in ("```sh", command, "```"))


# -- model ----------------------------------------------------------------------------------------


def filled(template: str, of: Model) -> str:
    """Fill the regions of a page: between a comment that asks for something and “end”."""
    drawn: set[str] = set()

    def fill(found: re.Match[str]) -> str:
        begin, asked, words, end = found.groups()
        if asked not in _FILLS:
            raise UsageError(f"docs/model.md asks for {asked}; there are {', '.join(_FILLS)}")
        drawn.update(words.split())
        return f"{begin}{_FILLS[asked](of, words)}\n{end}"

    text = _REGION.sub(fill, template)
    if missing := {found.part for found in of.classes.values()} - drawn:
        raise UsageError(f"docs/model.md lacks <!-- picture {' '.join(sorted(missing))} -->")
    return text


def _overview(of: Model, words: str) -> str:
    pairs = [line.split() for line in words.strip().splitlines()]
    return _mermaid(picture.overview(of, [(_iri(one), _iri(other)) for one, other in pairs]))


def _iri(curie: str) -> str:
    iri = expand(curie)
    if iri is None:
        raise UsageError(f"docs/model.md: {curie} has no prefix that is known")
    return iri


def _part(of: Model, words: str) -> str:
    parts = words.split()
    classes = [
        found
        for part in parts
        for found in sorted(of.classes.values(), key=lambda found: _place(found, of))
        if found.part == part
    ]
    if not classes:
        raise UsageError(f"docs/model.md: there are no shapes of classes in {words.strip()}.ttl")
    drawn = _mermaid(picture.part(classes))
    return "\n\n".join([drawn, *(_class(found, of) for found in classes)])


def _place(found: Class, of: Model) -> tuple[str, ...]:
    """Order a class by name, after the broader one that it stands with."""
    above = _place(of.classes[found.broader[0]], of) if found.broader else ()
    return (*above, shorten(found.iri))


def _class(found: Class, of: Model) -> str:
    said = [f"### `{shorten(found.iri)}`"]
    said.append(f"**{sentence(found.label)}.** {found.definition}".rstrip())
    if parents := [_class_link(parent, of) for parent in found.broader]:
        said.append(f"Narrower than {', '.join(parents)}, with all properties of it.")
    if found.properties:
        said.append(_table(found.properties, of))
    return "\n\n".join(said)


def _table(properties: Iterable[Property], of: Model) -> str:
    lines = ["| property | label | values | how many | definition |", "|---|---|---|---|---|"]
    for prop in properties:
        cells = (_term(prop.iri), prop.label, _values(prop.values, of), _count(prop))
        lines.append(f"| {' | '.join(map(_cell, (*cells, prop.definition)))} |")
    return "\n".join(lines)


def _values(told: Values, of: Model) -> str:
    names = [_class_link(iri, of) for iri in sorted(told.classes)]
    names += [_scheme_link(iri, of) for iri in picture.ordered(told.schemes)]
    return " or ".join(names + picture.values(told)) or "anything"


def _count(prop: Property) -> str:
    if prop.most is None:
        return "at least one" if prop.least else "any"
    return {(1, 1): "one", (0, 1): "at most one", (0, 0): "none"}.get(
        (prop.least, prop.most), f"{prop.least} to {prop.most}"
    )


def _schemes(of: Model, _words: str) -> str:
    lines = ["| list | scheme | codes | definition |", "|---|---|---|---|"]
    for scheme in sorted(of.schemes.values(), key=lambda scheme: scheme.title):
        cells = (scheme.title, _scheme_link(scheme.iri, of), str(scheme.size), scheme.definition)
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    return "\n".join(lines)


def _unplaced(of: Model, _words: str) -> str:
    return _table(of.unplaced, of) if of.unplaced else "There is none."


_FILLS: dict[str, Callable[[Model, str], str]] = {
    "overview": _overview,
    "picture": _part,
    "schemes": _schemes,
    "unused": _unplaced,
}


def _class_link(iri: str, of: Model) -> str:
    curie = shorten(iri)
    return f"[`{curie}`](#{anchor(curie)})" if iri in of.classes else _term(iri)


def _scheme_link(iri: str, of: Model) -> str:
    return f"[`{shorten(iri)}`](../{of.schemes[iri].path})"


def _term(iri: str) -> str:
    """Write a term, with a link where another vocabulary defines it."""
    curie = f"`{shorten(iri)}`"
    return curie if iri.startswith("https://w3id.org/migkg/") else f"[{curie}]({iri})"


def _mermaid(text: str) -> str:
    return f"```mermaid\n{text}\n```"


# -- Markdown -------------------------------------------------------------------------------------


def anchor(heading: str) -> str:
    """Name the anchor that GitHub and GitLab give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _to(heading: str) -> str:
    return f"[{heading}](#{anchor(heading)})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(arguments: list[str]) -> int:
    """Write the pages, or tell which are out of date."""
    made = pages(graph.find(str(DOCS.parent), os.getcwd()))
    stale = [
        path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    for path in stale:
        if "--check" in arguments:
            sys.stderr.write(f"{path.name} is out of date: python docs/generate.py writes it\n")
        else:
            path.write_text(made[path], encoding="utf-8")
    return int("--check" in arguments and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
