"""``migkg new``: begin an entry, in Turtle or as a spreadsheet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from migkg.cli import chosen_graph, language_option
from migkg.cli.output import destination
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.kinds.choices import Choices
    from migkg.kinds.kind import Kind
    from migkg.model.triples import Triples


class _Kind(click.ParamType[str]):
    """A kind of entry, which a shell can complete."""

    name = "kind"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[click.shell_completion.CompletionItem]:
        """Complete the name of a kind."""
        from click.shell_completion import CompletionItem

        from migkg.kinds.kind import KINDS

        return [CompletionItem(kind) for kind in KINDS if kind.startswith(incomplete)]


@click.command
@click.argument("kind", type=_Kind(), required=False)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option(
    "--sheet", metavar="FILE", help="Make a spreadsheet (.xlsx) with lists to choose from instead."
)
@click.option(
    "--from",
    "things",
    multiple=True,
    metavar="THING",
    help="With --sheet: fill it with this thing of the graph, by name, code, CURIE or IRI, or with "
    "“all” of the kind. Can be given several times.",
)
@language_option
def command(
    kind: str | None, output: str | None, sheet: str | None, things: tuple[str, ...], language: str
) -> None:
    """Begin an entry of a KIND: a template whose blanks are to be filled; without KIND, list them.

    The template is Turtle with comments: what each property means, whether it is needed, which
    codes and things there are, and how to cite a text, a PDF, a web page or a data set. Or it is a
    spreadsheet, which migkg import turns into Turtle.
    """
    from migkg.kinds.choices import Choices
    from migkg.kinds.kind import kind as read_kind
    from migkg.model.triples import Triples

    triples = Triples(chosen_graph())
    if kind is None:
        if output or sheet or things:
            raise UsageError("name the kind of entry: migkg new lists them")
        click.echo(_listed(triples, language))
        return
    of = read_kind(kind, triples, language)
    if things and not sheet:
        raise UsageError("--from fills a spreadsheet: name its file with --sheet")
    if sheet and output:
        raise UsageError("--sheet names the file already: leave -o out")
    if sheet and not sheet.lower().endswith(".xlsx"):
        raise UsageError(f"{sheet}: a spreadsheet is made as .xlsx: name it so")
    path = sheet or output
    if path and os.path.isfile(path) and os.path.getsize(path):
        raise UsageError(f"{path} is there already, and may be filled: name another file")
    choices = Choices(triples)
    if sheet:
        content = _workbook(of, choices, things, language)
    else:
        from migkg.kinds.template import template

        content = template(of, choices, language).encode()
    with destination(path) as out:
        out.write(content)


def _listed(triples: Triples, language: str) -> str:
    """Write a line for each kind."""
    from migkg.kinds.kind import summaries

    said = summaries(triples, language)
    longest = max(map(len, said))
    return "\n".join(f"{kind:<{longest}}  {summary}" for kind, summary in said.items())


def _workbook(of: Kind, choices: Choices, things: tuple[str, ...], language: str) -> bytes:
    if not things:
        from migkg.sheets.columns import sheets
        from migkg.sheets.words import WORDS
        from migkg.sheets.workbook import workbook

        return workbook(sheets(of, WORDS[language]), {}, choices, language)
    from migkg.sheets.filling import filled, said

    chosen = list(dict.fromkeys(iri for thing in things for iri in _meant(of, choices, thing)))
    return filled(of, chosen, said(chosen_graph()), choices, language)


def _meant(of: Kind, choices: Choices, thing: str) -> list[str]:
    """Find the things of the kind that are meant.

    :raises UsageError: nothing is called like this, or several things are
    """
    from migkg.model.constraints import Values
    from migkg.namespaces import MKD, shorten

    values = Values(classes=frozenset({of.nodes[0].iri}))
    if thing.lower() == "all":
        every = [iri for iri in choices.types if iri.startswith(MKD) and choices.fits(iri, values)]
        if not every:
            raise UsageError(f"the graph has no {of.name} yet: leave --from out")
        return sorted(every)
    found = sorted(choices.meant(thing, values))
    if len(found) == 1:
        return found
    if found:
        listed = ", ".join(map(shorten, found))
        raise UsageError(f"“{thing}” is ambiguous; give one of {listed}")
    near = ", ".join(
        f"{shorten(one.iri)} ({one.name})" for one in choices.near(thing, values, "en")
    )
    raise UsageError(f"no {of.name} is called “{thing}”" + (f"; near: {near}" if near else ""))
