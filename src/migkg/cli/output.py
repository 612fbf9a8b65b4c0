"""Where results go, whole or not at all, and how a run is stopped."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from migkg.errors import MachineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

T = TypeVar("T")

_INTERRUPTED = 130
_DONE = b"\0"
_ENOUGH = (_DONE, b"\x02")  # SIGINT is 2 wherever there is POSIX
_unfinished: list[str] = []


@contextmanager
def destination(path: str | None) -> Iterator[BinaryIO]:
    """Open standard output, or a file that is put in its place when all of it is written.

    :raises UsageError: the path is a folder, or in none
    :raises MachineError: the file cannot be written
    """
    if path in (None, "-", "/dev/stdout"):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
            with open(path, "wb") as out:  # a device, a pipe: its real path need not be a path
                yield out
            return
        target = os.path.realpath(path)
        if os.path.isdir(target) or not os.path.isdir(os.path.dirname(target)):
            raise UsageError(
                f"{path} is no file that could be written: -o names a file in a folder"
            )
        yield from _replacing(target)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise MachineError(f"{path} cannot be written: {error.strerror}") from error


def colours(out: BinaryIO) -> bool:
    """Whether to colour what is written: on a terminal, else as https://no-color.org/ has it.

    FORCE_COLOR (https://force-color.org/) asks for colours anywhere; NO_COLOR outweighs it.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return out.isatty() and os.environ.get("TERM") != "dumb"


def _replacing(target: str) -> Iterator[BinaryIO]:
    beside = f"{target}.{os.getpid()}.part"
    _unfinished.append(beside)
    try:
        with open(beside, "xb") as out:
            if os.path.exists(target):
                os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, target)
    finally:
        with suppress(OSError):
            os.unlink(beside)
        _unfinished.remove(beside)


@contextmanager
def stoppable(seconds: float | None) -> Iterator[None]:
    """Let a deadline and Ctrl-C end the process while Oxigraph computes.

    Oxigraph answers to no signal before it has finished, but lets other threads run: one of them
    waits for the deadline and for the interrupt, which the operating system writes to a pipe.

    :raises UsageError: there is a deadline, and a system on which a thread cannot wait like this
    """
    if os.name != "posix":
        if seconds is not None:
            raise UsageError("--timeout is not supported on this system")
        yield
        return
    import select
    import signal
    import threading

    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def watch() -> None:
        ready = True
        said = b""
        while ready and said not in _ENOUGH:
            ready = bool(select.select([reading], [], [], seconds)[0])
            said = os.read(reading, 1) if ready else b""
        if said == _DONE:
            return
        for path in _unfinished:
            with suppress(OSError):
                os.unlink(path)
        if ready:
            os._exit(_INTERRUPTED)
        with suppress(OSError):
            os.write(2, f"migkg: stopped after {seconds:g} seconds (--timeout)\n".encode())
        os._exit(MachineError.exit_code)

    watcher = threading.Thread(target=watch, daemon=True)
    before: int | None = None
    with suppress(ValueError):  # not the main thread, which alone receives signals
        before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    watcher.start()
    try:
        yield
    finally:
        if before is not None:
            signal.set_wakeup_fd(before)
        os.write(writing, _DONE)
        watcher.join()
        os.close(reading)
        os.close(writing)


class Window(Generic[T]):
    """What lies within an offset and a limit, taken one by one; how much it was, and was it all."""

    def __init__(self, found: Iterable[T], offset: int, limit: int | None) -> None:
        self.count = 0
        self.more = False
        self._found, self._offset, self._limit = found, offset, limit

    def __iter__(self) -> Iterator[T]:
        """Take what lies within; one more tells whether something was cut off."""
        for at, item in enumerate(self._found):
            if at < self._offset:
                continue
            if self.count == self._limit:
                self.more = True
                return
            self.count += 1
            yield item
