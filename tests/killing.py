"""Kill a process at random moments, and see that whoever comes next finds all in order."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator


def killed(
    start: Callable[[], subprocess.Popen[str]], times: int, seed: int = 0
) -> Iterator[float]:
    """Start a process so many times, and kill it (SIGKILL) after a random part of its time.

    How long it takes is measured by letting it end once, first. After each kill the caller gets
    its turn, with the moment of it as a part of the whole time, and is to bring about again what
    the process is to find. A process that ended before its kill came counts as any other.
    """
    yield _duration(start)
    duration = _duration(start)
    moments = random.Random(seed)
    for _ in range(times):
        process = start()
        moment = moments.random()
        time.sleep(duration * moment)
        process.kill()
        process.communicate(timeout=60)
        yield moment


def _duration(start: Callable[[], subprocess.Popen[str]]) -> float:
    began = time.monotonic()
    process = start()
    _, errors = process.communicate(timeout=120)
    if process.returncode:
        raise AssertionError(f"it fails when it is not killed: {errors}")
    return time.monotonic() - began
