"""``migkg validate``: judge new entries, or the whole graph, and say what is wrong."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from migkg.cli import chosen_graph, language_option, note

if TYPE_CHECKING:
    from migkg.validation.finding import Report


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--shapes",
    multiple=True,
    metavar="FILE",
    help="Judge any data by these shapes alone. Can be given several times.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    help="How to say it (turtle: a SHACL report).",
)
@language_option
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], shapes: tuple[str, ...], form: str, language: str
) -> None:
    """Check entries in Turtle against the graph around them; without FILE, the whole graph.

    With --shapes, what FILEs of any syntax of RDF (told by the ending) say is judged by itself.

    Of the whole graph, each check says what it looked at and whether it holds.

    Exit code 0: all is as it should be; 1: something was found; 3: a file cannot be read.
    """
    from migkg.cli.progress import progress
    from migkg.graph import sources
    from migkg.validation.by_shapes import judge_by
    from migkg.validation.validate import validate

    with progress("judging") as step:
        if shapes:
            report = judge_by(list(shapes), list(files) or sources(chosen_graph()), note)
        else:
            report = validate(chosen_graph(), list(files), note, step)
    if not report.judged:
        note("nothing was judged: no shape is about anything in the data")
    if report.judged or report.findings or report.checks or form != "text":
        with suppress(BrokenPipeError):  # the exit code is for those who do not read the report
            click.echo(_written(report, form, language))
    ctx.exit(0 if report.conforms else 1)


def _written(report: Report, form: str, language: str) -> str:
    from migkg.validation import formats

    if form == "json":
        return formats.as_json(report, language)
    if form == "turtle":
        return formats.as_turtle(report)
    return formats.as_text(report, language)
