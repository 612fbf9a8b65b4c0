"""How commands that judge tell what they found, and with which exit code."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migkg.cli import language_option
from migkg.cli.output import colours, destination
from migkg.validation.reports.formats import FORMATS, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from migkg.validation.finding import Report

    Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="For people text, or html, a page to send; for programs json, sarif, github "
        "(annotations), turtle (a SHACL report). Default: by the name of FILE, else text.",
    ),
    click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all."),
    click.option(
        "--fail-on",
        type=click.Choice(["violation", "warning", "info"]),
        default="violation",
        show_default=True,
        help="How grave a finding has to be for exit code 1.",
    ),
    language_option,
)


def report_options(command: Command) -> Command:
    """Give a command the options that `tell` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wanted_format(form: str | None, output: str | None) -> str:
    """Take the format that was asked for, else that of the ending of the file, else text."""
    return form or SUFFIXES.get(os.path.splitext(output or "")[1].lower(), "text")


def tell(
    report: Report, *, form: str | None, output: str | None, fail_on: str, language: str
) -> int:
    """Write a report, and give the exit code: 1 if a finding is as grave as `fail_on`.

    Nobody has to read the report for the exit code to be right.

    :raises UsageError: the output is a folder, or in none
    :raises MachineError: it cannot be written
    """
    from migkg.validation.reports.formats import write
    from migkg.validation.severity import fails

    with suppress(BrokenPipeError), destination(output) as out:
        write(report, wanted_format(form, output), language, out, colours(out))
    return 1 if fails(report.findings, fail_on) else 0
