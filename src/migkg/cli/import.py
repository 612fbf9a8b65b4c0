"""``migkg import``: a filled spreadsheet as Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from migkg.cli import chosen_graph, language_option, note
from migkg.cli.output import destination

if TYPE_CHECKING:
    from migkg.validation.finding import Finding


@click.command
@click.argument("file")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@language_option
@click.pass_context
def command(ctx: click.Context, file: str, output: str | None, language: str) -> None:
    """Turn FILE, a spreadsheet that migkg new KIND --sheet made, into Turtle in canonical form.

    All that is wrong with the cells, and then with what they say, is told with the cell. With
    errors nothing is written; warnings and notes are told.

    Exit code 0: written; 1: something was found; 3: the file is no workbook.
    """
    from migkg import turtle
    from migkg.sheets.reading import entry_of_sheet
    from migkg.validation.entries import validate_entry
    from migkg.validation.severity import fails

    graph = chosen_graph()
    entry, findings = entry_of_sheet(file, graph)
    if not findings:
        findings = validate_entry(graph, entry, None, note).findings
    wrong = fails(findings, "violation")
    for finding in findings:
        click.echo(_line(finding, language), err=not wrong)
    if wrong:
        count = "1 finding" if len(findings) == 1 else f"{len(findings):,} findings"
        note(f"{count}; nothing was written")
        ctx.exit(1)
    text = turtle.canonical(entry.statements.serialize(format="nt", encoding="utf-8"))
    with destination(output) as out:
        out.write(text.encode())


def _line(finding: Finding, language: str) -> str:
    from migkg.results.readable import harmless

    return harmless(f"{finding.place}: {finding.message(language)}".replace("\n", " "))
