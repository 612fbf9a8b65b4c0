"""``migkg add``: put a sound entry into the files of the graph where its kind lives."""

from __future__ import annotations

import sys
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import click

from migkg.cli import chosen_graph, note
from migkg.cli.reporting import report_options, tell
from migkg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.adding.plan import Addition
    from migkg.validation.finding import Report


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Change nothing; print what would be, as a diff.")
@report_options
@click.pass_context
def command(ctx: click.Context, /, files: tuple[str, ...], dry_run: bool, **how: Any) -> None:
    """Put an entry without findings into the data/ file where its kind lives.

    Several files are one entry. A file that is written stays in canonical form and keeps its
    comments. All is written or nothing; if the machine stops meanwhile, the next call (it may have
    no FILE) finishes it.

    Exit code 0: the graph says now what the entry says; 1: something was found, and nothing was
    added; 3: a file cannot be read; 4: nothing could be written.
    """
    from migkg.adding.add import add, finish, prepare
    from migkg.cli.progress import progress
    from migkg.validation.reports.formats import write
    from migkg.validation.severity import fails

    of = chosen_graph()
    if not files:
        if not (left := finish(of)):
            raise UsageError("there is nothing to finish: name the FILE to be added")
        for path in left:
            click.echo(f"{path}: written, as an earlier call was stopped")
        return

    def accepts(report: Report) -> bool:
        return report.judged > 0 and not fails(report.findings, how["fail_on"])

    with progress("judging") as step:
        report, additions = (prepare if dry_run else add)(of, list(files), accepts, note, step)
    if additions is None:
        if not report.findings:
            note("nothing was added: no shape is about anything in the entry")
        tell(report, **how)
        ctx.exit(1)
    if report.findings:
        write(report, "text", how["language"], sys.stderr.buffer, coloured=False)
    if not additions:
        click.echo("nothing to add: the graph says all of it already")
    for addition in additions:
        click.echo("".join(_diff(addition)), nl=False) if dry_run else click.echo(_line(addition))


def _line(addition: Addition) -> str:
    counted = [
        f"{count} {name}{'s' * (count != 1)}"
        for count, name in ((addition.things, "thing"), (addition.statements, "statement"))
        if count
    ]
    new = " (a new file)" if addition.before is None else ""
    return f"{addition.path}: {' and '.join(counted)} added{new}"


def _diff(addition: Addition) -> Iterator[str]:
    """Write a change for ``git apply``: https://git-scm.com/docs/diff-format."""
    before, after = (
        [f"{line}\n" for line in (content or b"").decode().split("\n")[:-1]]
        for content in (addition.before, addition.after)
    )
    old = "/dev/null" if addition.before is None else f"a/{addition.path}"
    return unified_diff(before, after, old, f"b/{addition.path}")
