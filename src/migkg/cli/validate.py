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
@click.option("--shapes", metavar="FILE", help="Judge by these shapes alone, any data.")
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
    ctx: click.Context, files: tuple[str, ...], shapes: str | None, form: str, language: str
) -> None:
    """Check entries in Turtle against the graph around them; without FILE, the whole graph.

    Of the whole graph, each check says what it looked at and whether it holds.

    Exit code 0: all is as it should be; 1: something was found; 3: a file cannot be read.
    """
    import gc

    from migkg.cli.progress import progress
    from migkg.validation.validate import validate

    gc.set_threshold(100_000)  # looking through what is kept anyway took a fifth of the time
    with progress("judging") as step:
        report = validate(chosen_graph(), list(files), shapes, note, step)
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
