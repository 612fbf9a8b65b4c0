"""``migkg describe``: all about one thing."""

from __future__ import annotations

from itertools import groupby
from os.path import splitext
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from migkg import lookup
from migkg.cli import language_option, opened
from migkg.cli.output import destination
from migkg.describe import describe, triples
from migkg.errors import UsageError
from migkg.results.formats import GRAPH_FORMATS, SUFFIXES, write_graph
from migkg.results.readable import terminal_width
from migkg.sources.citation import citation
from migkg.why import grounding

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from migkg.describe import Description, Statement
    from migkg.why import Ground

    Grounds = dict[ox.Triple, Ground]


@click.command
@click.argument("thing")
@click.option(
    "--why",
    is_flag=True,
    help="Tell the passages that support each statement, or the rule that it follows by.",
)
@language_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", *GRAPH_FORMATS]),
    metavar="FORMAT",
    help=f"text, or RDF: {', '.join(GRAPH_FORMATS)}. Default: by the name of FILE, else text.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
def command(thing: str, why: bool, language: str, form: str | None, output: str | None) -> None:
    """Tell all about one THING, by its name in any language, code, CURIE or IRI."""
    asked = opened()
    node = lookup.resolve(asked, thing, None)
    form = form or _format(output)
    with destination(output) as out:
        if form != "text":
            write_graph(triples(asked, node), form, out)
        else:
            width = terminal_width() if out.isatty() else None
            found = describe(asked, node, language)
            statements = found.statements + found.references if why else []
            ground = grounding(asked, language)
            grounds = {one.triple: ground(one.triple) for one in statements}
            lines = _text(found, grounds, width)
            out.write("".join(f"{line}\n" for line in lines).encode())


def _format(output: str | None) -> str:
    suffix = splitext(output or "")[1].lower()
    form = SUFFIXES.get(suffix, "text")
    if suffix not in ("", ".txt") and form not in GRAPH_FORMATS:
        raise UsageError(f"{output} tells no format of a description: give one with -f")
    return form if form in GRAPH_FORMATS else "text"


def _text(found: Description, grounds: Grounds, width: int | None) -> Iterator[str]:
    yield found.name
    yield f"{found.curie} · {', '.join(found.kinds)}"
    if found.also_called:
        yield f"also called {', '.join(found.also_called)}"
    if found.definition:
        yield found.definition
    for statements, arrow in ((found.statements, ""), (found.references, " ←")):
        if statements:
            yield ""
            yield from _grouped(statements, grounds, arrow, width)
    cited = {s.code: s.title for ground in grounds.values() for s in ground.sources()}
    if cited:
        yield ""
        yield from (f"{code}: {cited[code]}" for code in sorted(cited))


def _grouped(
    statements: list[Statement], grounds: Grounds, arrow: str, width: int | None
) -> Iterator[str]:
    """Set the values of a property below one another, beside its name."""
    beside = max(len(statement.property) for statement in statements) + len(arrow)
    for prop, group in groupby(statements, key=lambda statement: statement.property):
        heading = prop + arrow
        for statement in group:
            yield from _wrapped(statement.value, f"  {heading:<{beside}}  ", width)
            heading = ""
            if statement.triple in grounds:
                yield from _grounds(grounds[statement.triple], beside + 6, width)


def _grounds(ground: Ground, indent: int, width: int | None) -> Iterator[str]:
    """Cite what supports a statement, or tell the rule that it follows by and its premises."""
    margin = " " * indent
    if ground.rule:
        rule = f"follows by {ground.rule} ({ground.meaning}) from"
        yield from _wrapped(rule, margin, width)
        for premise in ground.premises:
            yield from _wrapped(premise.statement, margin + "  ", width)
            yield from _grounds(premise, indent + 4, width)
        return
    said = [citation(support, noted=True) for support in ground.supports] or ground.files
    for one in said:
        yield from _wrapped(one, margin, width)


def _wrapped(text: str, before: str, width: int | None) -> list[str]:
    if width is None:
        return [before + text]
    return wrap(
        text,
        max(width, len(before) + 30),
        initial_indent=before,
        subsequent_indent=" " * len(before),
    )
