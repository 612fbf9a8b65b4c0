"""Put an entry into the files of a graph, if it is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg import graph
from migkg.adding.plan import plan
from migkg.adding.writing import Change, alone, write
from migkg.entry.reading import read
from migkg.errors import MachineError, UsageError
from migkg.validation.entries import validate_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from migkg.adding.plan import Addition
    from migkg.progress import Progress
    from migkg.validation.finding import Report

    Notify = Callable[[str], None]


def add(
    of: graph.Graph,
    files: list[str],
    accepts: Callable[[Report], bool],
    notify: Notify,
    progress: Progress,
) -> tuple[Report, list[Addition] | None]:
    """Judge an entry, and write what the graph does not say yet into its files, all or none.

    :param accepts: tells whether the entry is to be added, given what was found
    :return: the report; what was added, None if the entry was not accepted
    :raises UsageError: the graph is not to be written to, or something has no place in it
    :raises InputError: a file cannot be read or says nothing, or one of the graph is not canonical
    :raises MachineError: another process writes, or nothing can be written
    """
    _refuse_installed(of)
    with alone(of.root) as left:
        for path in left:
            notify(f"{path}: written now, as an earlier migkg add was stopped")
        report, additions = prepare(of, files, accepts, notify, progress)
        if additions:
            write(of.root, [Change(a.path, a.before, a.after) for a in additions])
        return report, additions


def prepare(
    of: graph.Graph,
    files: list[str],
    accepts: Callable[[Report], bool],
    notify: Notify,
    progress: Progress,
) -> tuple[Report, list[Addition] | None]:
    """Judge an entry and tell what `add` would write, which see."""
    state = _state(of, files)
    entry = read(files, notify=notify)
    report = validate_entry(of, entry, None, notify, progress)
    if not accepts(report):
        return report, None
    progress("files")
    additions = plan(of, entry.statements)
    if _state(of, files) != state:
        raise MachineError("a file was changed meanwhile: nothing was added, call this again")
    return report, additions


def finish(of: graph.Graph) -> list[str]:
    """Put in place what an addition that was stopped had ready; list these files.

    Raises MachineError as `add` does.
    """
    _refuse_installed(of)
    with alone(of.root) as left:
        return left


def _refuse_installed(of: graph.Graph) -> None:
    if graph.is_installed(of):
        raise UsageError(
            "the graph that was installed is not written to: name a checkout of it with --graph"
        )


def _state(of: graph.Graph, files: list[str]) -> str:
    return graph.signature([*graph.sources(of), *graph.shape_files(of), *files])
