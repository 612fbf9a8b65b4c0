"""What takes long says what it does, to people on a terminal only."""

import os
import pty
import subprocess
import sys

import pytest

CODE = """
import time
from migkg.cli.progress import progress
with progress("judging") as step:
    step("shapes")
    time.sleep({})
"""


def said(seconds: float) -> str:
    """What a terminal shows of work that takes so long."""
    ours, theirs = pty.openpty()
    code = CODE.format(seconds)
    subprocess.run([sys.executable, "-c", code], stderr=theirs, check=True)
    os.write(theirs, b"\n")
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        return terminal.read1(10_000).decode()


@pytest.mark.parametrize(("seconds", "shown"), [(1.5, True), (0, False)])
def test_terminal_shows_work_that_takes_over_a_second(seconds: float, shown: bool) -> None:
    assert ("judging: shapes" in said(seconds)) is shown


def test_nothing_is_shown_elsewhere() -> None:
    code = CODE.format(1.2)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
