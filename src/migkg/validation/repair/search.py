"""The search for a repair: candidates are tried out, and mended where they break something else."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from migkg.validation.repair.change import Candidate, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from migkg.validation.finding import Finding, Repair

_STEPS = 3  # changes that a repair is made of
_TRIES = 50  # candidates at each step
_FOLLOWED = 4  # candidates that break something else, of which more is tried


class Effect(NamedTuple):
    """What a change takes away, and what it brings."""

    gone: frozenset[tuple[object, ...]]
    new: tuple[Finding, ...]


class Tired(Exception):
    """No more is tried out: it would take too long."""


class Trial(Protocol):
    """Where changes are tried out."""

    def changed(self, candidate: Candidate) -> AbstractContextManager[Effect]:
        """Let a change hold for a while, and tell its effect; raises Tired after too many."""


def key(finding: Finding) -> tuple[object, ...]:
    """Tell two findings apart."""
    return finding.source, finding.focus, finding.path, finding.value


def repair(
    finding: Finding, propose: Callable[[Finding], Iterable[Candidate]], trial: Trial
) -> Repair | None:
    """Find the first change that takes a finding away and brings no other."""
    return _mended(finding, propose, trial, _STEPS)


def _mended(
    finding: Finding,
    propose: Callable[[Finding], Iterable[Candidate]],
    trial: Trial,
    steps: int,
) -> Repair | None:
    halves: list[tuple[int, int, Candidate]] = []
    rest: Repair | None = None
    for at, candidate in enumerate(islice(propose(finding), _TRIES)):
        with trial.changed(candidate) as effect:
            if key(finding) not in effect.gone:
                continue
        if effect.new:
            halves.append((len(effect.new), at, candidate))
        elif not candidate.last:
            return candidate.repair
        else:
            rest = candidate.repair
    for _, _, candidate in sorted(halves, key=lambda half: half[:2])[:_FOLLOWED]:
        if steps == 1:
            break
        with trial.changed(candidate) as effect:
            more = _all_mended(effect.new, propose, trial, steps - 1)
        if more is not None:
            return together(candidate.repair, more)
    return rest


def _all_mended(
    findings: Sequence[Finding],
    propose: Callable[[Finding], Iterable[Candidate]],
    trial: Trial,
    steps: int,
) -> Repair | None:
    """Mend one after the other; what mends one may mend others."""
    found: Repair | None = None
    left = {key(finding): finding for finding in findings}
    with ExitStack() as changed:
        while left:
            more = _mended(left[next(iter(left))], propose, trial, steps)
            if more is None:
                return None
            effect = changed.enter_context(trial.changed(Candidate(more)))
            left = {name: one for name, one in left.items() if name not in effect.gone}
            found = together(found, more) if found else more
    return found
