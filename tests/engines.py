"""SPARQL engines of two makers, each a real server on the loopback in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from contextlib import suppress
from sysconfig import get_path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60.0

_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {readable}
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
Charset = UTF-8
[SPARQL]
MaxQueryCostEstimationTime = 0
ResultSetMaxRows = {rows}
"""


class Engine(NamedTuple):
    """An engine that runs: where it is asked and written to, and how it is stopped."""

    name: str
    folder: Path
    port: int
    command: tuple[str, ...]
    process: subprocess.Popen[bytes]
    asked: str
    update: str
    graph_store: str
    credentials: dict[str, str]
    sql: int = 0  # the port of Virtuoso's own protocol

    def stop(self) -> None:
        """End it, without asking whether it has finished."""
        self.process.kill()
        self.process.wait()
        for lock in self.folder.glob("*.lck"):
            lock.unlink()

    def again(self) -> Engine:
        """Start it once more, on what it has kept."""
        return self._replace(process=_started(self.command, self.folder, self.asked))


def free_port() -> int:
    """Find a port of the loopback that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def oxigraph(folder: Path) -> Engine:
    """Start the server of Oxigraph."""
    port = free_port()
    program = os.path.join(get_path("scripts"), "oxigraph")
    command = (program, "serve", "--location", "data", "--bind", f"127.0.0.1:{port}")
    root = f"http://127.0.0.1:{port}"
    asked = f"{root}/query"
    process = _started(command, folder, asked)
    return Engine(
        "oxigraph", folder, port, command, process, asked, f"{root}/update", f"{root}/store", {}
    )


def virtuoso(
    folder: Path, *, rows: int = 10_000_000, buffers: int = 20_000, readable: Path | None = None
) -> Engine:
    """Start Virtuoso, whose administrator is called dba, with the password dba."""
    port, sql = free_port(), free_port()
    program = shutil.which("virtuoso-t")
    if program is None:
        raise FileNotFoundError("virtuoso-t: install virtuoso-opensource")
    text = _INI.format(
        sql=sql,
        http=port,
        rows=rows,
        buffers=buffers,
        dirty=buffers * 3 // 4,
        readable=readable or ".",
    )
    folder.joinpath("virtuoso.ini").write_text(text)
    command = (program, "+configfile", "virtuoso.ini", "+foreground")
    root = f"http://127.0.0.1:{port}"
    asked = f"{root}/sparql"
    return Engine(
        *("virtuoso", folder, port, command, _started(command, folder, asked), asked),
        update=f"{root}/sparql-auth",
        graph_store=f"{root}/sparql-graph-crud-auth",
        credentials={"MIGKG_STORE_USER": "dba", "MIGKG_STORE_PASSWORD": "dba"},
        sql=sql,
    )


def _started(command: tuple[str, ...], folder: Path, asked: str) -> subprocess.Popen[bytes]:
    with open(folder / "log", "ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{asked}?query=ASK%7B%7D", timeout=5):
            return process
        time.sleep(0.05)
    process.kill()
    raise TimeoutError(f"{command[0]} did not start:\n{(folder / 'log').read_text()[-2000:]}")
