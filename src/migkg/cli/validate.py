"""``migkg validate``: judge new entries, or the whole graph, and say what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from migkg.cli import chosen_graph, note
from migkg.cli.reporting import report_options, tell, wanted_format
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.progress import Progress
    from migkg.validation.finding import Report


def _print_schema(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from migkg.validation.reports import as_json

        click.echo(as_json.schema(), nl=False)
        ctx.exit()


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--shapes",
    multiple=True,
    metavar="FILE",
    help="Judge any data by these shapes alone. Can be given several times.",
)
@click.option(
    "--base",
    metavar="REV",
    help="The revision in git that tells what a file of the graph said before. Default: HEAD.",
)
@click.option(
    "--syntax",
    type=click.Choice(["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"]),
    help="What FILEs are written in. Default: by their endings; standard input is Turtle.",
)
@report_options
@click.option(
    "--json-schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of -f json.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    shapes: tuple[str, ...],
    base: str | None,
    syntax: str | None,
    **how: Any,
) -> None:
    """Check an entry against the graph around it; without FILE, the whole graph.

    Several FILEs are one entry, in any syntax of RDF or a spreadsheet of migkg new; - is standard
    input. A FILE of the graph takes the place of its former version, and only what the entry
    brings counts. With --shapes, what FILEs say is judged by itself.

    Of the whole graph, each check says what it looked at and whether it holds.

    Exit code 0: nothing as grave as --fail-on; 1: something was found; 2: the call is wrong; 3: a
    file cannot be read; 4: the machine failed.
    """
    import gc

    from migkg.cli.progress import progress

    gc.set_threshold(100_000)  # looking through what is kept anyway took a fifth of the time
    with progress("judging") as step:
        if shapes:
            report = _by_shapes(list(shapes), list(files))
        elif files:
            report = _entry(files, syntax, base, step)
        else:
            from migkg.validation.validate import validate

            report = validate(chosen_graph(), note, step)
    if not report.judged:
        note("nothing was judged: no shape is about anything in the data")
        told = report.findings or report.checks or how["output"]
        if not told and wanted_format(how["form"], how["output"]) == "text":
            ctx.exit(0)
    ctx.exit(tell(report, **how))


def _by_shapes(shapes: list[str], files: list[str]) -> Report:
    from migkg.graph import sources
    from migkg.validation.by_shapes import judge_by

    return judge_by(shapes, files or sources(chosen_graph()), note)


def _entry(files: tuple[str, ...], syntax: str | None, base: str | None, step: Progress) -> Report:
    from migkg.entry.reading import read
    from migkg.validation.entries import validate_entry

    sheets = [file for file in files if file.lower().endswith((".xlsx", ".xlsm"))]
    if not sheets:
        return validate_entry(chosen_graph(), read(files, syntax, note), base, note, step)
    if len(files) > 1:
        raise UsageError(f"{sheets[0]}: a spreadsheet is an entry of its own: name it alone")
    from migkg.sheets.reading import entry_of_sheet
    from migkg.validation.finding import Report

    entry, findings = entry_of_sheet(sheets[0], chosen_graph())
    if findings:
        return Report(findings, len(findings), lambda: entry.statements, entry.statements)
    return validate_entry(chosen_graph(), entry, base, note, step)
