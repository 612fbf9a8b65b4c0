"""``migkg validate``: judge new entries, or the whole graph, and say what is wrong."""

from __future__ import annotations

from typing import Any

import click

from migkg.cli import chosen_graph, note
from migkg.cli.reporting import report_options, tell, wanted_format


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
    ctx: click.Context, /, files: tuple[str, ...], shapes: tuple[str, ...], **how: Any
) -> None:
    """Check entries in Turtle against the graph around them; without FILE, the whole graph.

    With --shapes, what FILEs of any syntax of RDF (told by the ending) say is judged by itself.

    Of the whole graph, each check says what it looked at and whether it holds.

    Exit code 0: nothing as grave as --fail-on; 1: something was found; 3: a file cannot be read.
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
        if wanted_format(how["form"], how["output"]) == "text" and not how["output"]:
            ctx.exit(0)
    ctx.exit(tell(report, **how))
