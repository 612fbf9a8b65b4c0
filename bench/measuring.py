"""Runs processes in turn, and prints what they took as one kind of table."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MIGKG = os.path.join(os.path.dirname(sys.executable), "migkg")


class Measured(NamedTuple):
    """Of a process that ran several times: the median of its seconds, the peak of its memory."""

    seconds: float
    megabytes: float
    runs: int


class Line(NamedTuple):
    """A line of a table: what ran, and what is aimed at for migkg beside it, in words."""

    what: str
    measured: Measured | None
    aim: str = ""


def in_turn(
    processes: Mapping[str, Sequence[str]], runs: int, fewer: Mapping[str, int] | None = None
) -> dict[str, Measured]:
    """Run processes one after the other, as often as that, the first time for the caches alone.

    :param fewer: those that run less often because they take long, and are not run for the caches
    :raises SystemExit: one of them failed
    """
    times: dict[str, list[float]] = {name: [] for name in processes}
    peaks = dict.fromkeys(processes, 0.0)
    for turn in range(runs + 1):
        for name, command in processes.items():
            few = (fewer or {}).get(name)
            if few is not None and turn >= few:
                continue
            seconds, megabytes = _run(command)
            if turn or few is not None:
                times[name].append(seconds)
                peaks[name] = max(peaks[name], megabytes)
    return {
        name: Measured(statistics.median(times[name]), peaks[name], len(times[name]))
        for name in processes
    }


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Run a process; the seconds that it prints in its last line, else those that passed."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        out = child.stdout
        last = b""
        while out and (chunk := out.read(1 << 16)):
            last = (last + chunk)[-100:]
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if status:
        sys.exit(f"failed: {' '.join(command)[:500]}")
    said = last.rstrip().rpartition(b"\n")[2]
    if said.startswith(b"took "):
        seconds = float(said.split()[1])
    return seconds, usage.ru_maxrss / 1024


def print_table(title: str, lines: Sequence[Line]) -> None:
    """Print a table; the ratio is that of the first line to the line."""
    width = max(len(line.what) for line in lines)
    print(f"\n{title}")
    print(f"{'':{width}}   median   peak  runs  ratio  aimed at")
    first = lines[0].measured
    for what, measured, aim in lines:
        if measured is None:
            print(f"{what:{width}}  {aim}")
            continue
        unit, value = ("ms", measured.seconds * 1000) if measured.seconds < 10 else ("s ", 0.0)
        shown = f"{value:6.0f}" if unit == "ms" else f"{measured.seconds:6.1f}"
        ratio = f"{first.seconds / measured.seconds:6.3f}" if first else ""
        memory = f"{measured.megabytes:3.0f} MB"
        print(f"{what:{width}} {shown} {unit} {memory:>7} {measured.runs:4} {ratio:>7}  {aim}")
    sys.stdout.flush()


def folder() -> str:
    """Name the folder for graphs and stores: $MIGKG_BENCH, which stays, else one in $TMPDIR."""
    named = os.environ.get("MIGKG_BENCH")
    if not named:
        import atexit
        import shutil
        import tempfile

        named = os.environ["MIGKG_BENCH"] = tempfile.mkdtemp(prefix="migkg-bench-")
        atexit.register(shutil.rmtree, named, ignore_errors=True)
    os.environ["MIGKG_CACHE"] = os.path.join(named, "cache")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    return named


def grown(statements: int) -> str:
    """Give the folder of a graph of that size; it is written where it is not there yet."""
    target = os.path.join(folder(), f"graph-{statements}")
    if not os.path.isdir(target):
        script = os.path.join(ROOT, "bench", "grow.py")
        subprocess.run([sys.executable, script, str(statements), target], check=True)
        time.sleep(2.1)  # what was touched just now is read again each time
    return target
