"""``migkg format``: write Turtle files in their canonical form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from migkg.cli import chosen_graph, note
from migkg.cli.output import destination
from migkg.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--check", is_flag=True, help="Change nothing; list what would be rewritten.")
@click.option("--yes", is_flag=True, help="Rewrite files with comments too, which get lost.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], check: bool, yes: bool) -> None:
    """Rewrite Turtle files in their canonical form; without FILE, all of the graph.

    The form depends on nothing but what a file says: who sorts, indents or names blank nodes
    otherwise makes no difference between two versions. Comments are lost where a file is rewritten;
    a file that is in this form but for comments stays as it is.

    Exit code 0: all is in this form; 1: with --check, something is not; 3: a file cannot be read,
    and none was written.
    """
    from migkg import graph

    if not files:
        of = chosen_graph()
        files = tuple(dict.fromkeys([*graph.sources(of), *graph.shape_files(of)]))
    changed = _changed(files)
    for path in changed if check else ():
        click.echo(f"would be rewritten: {graph.shown(path)}")
    if not check:
        _confirm(changed, yes)
        for path, text in changed.items():
            with destination(path) as out:
                out.write(text.encode())
            click.echo(f"rewritten: {graph.shown(path)}")
    if left := len(files) - len(changed):
        click.echo(f"{left} {'file is' if left == 1 else 'files are'} in canonical form already")
    ctx.exit(1 if check and changed else 0)


def _changed(files: Iterable[str]) -> dict[str, str]:
    """Read all files before any is written; tell the text of those that are to be rewritten.

    Raises InputError if one cannot be read; of several, the last, after notes on the others.
    """
    changed = {}
    errors = []
    for path in files:
        try:
            text = _canonical(path)
        except InputError as error:
            errors.append(error)
            continue
        if text is not None:
            changed[path] = text
    for other in errors[:-1]:
        note(str(other))
    if errors:
        raise errors[-1]
    return changed


def _canonical(path: str) -> str | None:
    """Read a file and write it in canonical form; None if it is in this form but for comments."""
    from migkg import comments, graph, turtle

    graph.read(path)  # which says where the syntax is broken
    with open(path, "rb") as file:
        content = file.read()
    try:
        return turtle.canonical(content) if comments.deviation(content) else None
    except InputError as error:
        raise InputError(f"{graph.shown(path)}: {error}") from None


def _confirm(changed: Iterable[str], yes: bool) -> None:
    """Ask before comments are lost, or refuse where nobody can answer."""
    from migkg import graph, turtle

    for path in () if yes else changed:
        with open(path, "rb") as file:
            line = turtle.commented(file.read())
        where = f"{graph.shown(path)}:{line}"
        if not line:
            continue
        if not sys.stdin.isatty():
            raise UsageError(f"{where}: this comment would be lost; --yes rewrites the file anyway")
        if not click.confirm(f"{where}: this comment and any others get lost. Rewrite?", err=True):
            raise UsageError(f"{where}: the comment stays, and nothing was rewritten")
