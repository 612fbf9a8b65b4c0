"""A real Apache over folders, as a host of pages runs it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

_MODULES = ("authz_core", "mpm_event", "mime", "dir", "alias", "rewrite", "headers", "negotiation")
_CONFIGURATION = """
ServerRoot "{root}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile "{root}/pid"
ErrorLog "{root}/error.log"
User www-data
Group www-data
{modules}
TypesConfig "{root}/mime.types"
StartServers 1
DocumentRoot "{root}/documents"
DirectoryIndex index.html
{folders}
"""
_FOLDER = """
Alias "{address}/" "{folder}/"
<Directory "{folder}">
  Require all granted
  AllowOverride FileInfo Options=MultiViews
</Directory>
"""


@contextmanager
def apache(root: Path, folders: Mapping[str, Path]) -> Iterator[str]:
    """Serve folders at their addresses until the block ends; gives the address of the server.

    The folders are to be readable for everyone.
    """
    program, modules = shutil.which("apache2"), Path("/usr/lib/apache2/modules")
    if program is None:
        pytest.skip("Apache is not installed: sh test.sh installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (root / "documents").mkdir()
    (root / "mime.types").write_text("text/html html\ntext/css css\napplication/xml xml\n")
    text = _CONFIGURATION.format(
        root=root,
        port=port,
        modules="\n".join(f"LoadModule {m}_module {modules}/mod_{m}.so" for m in _MODULES),
        folders="".join(
            _FOLDER.format(address=address, folder=folder) for address, folder in folders.items()
        ),
    )
    (root / "apache.conf").write_text(text)
    address = f"http://127.0.0.1:{port}"
    running = subprocess.Popen(
        [program, "-f", str(root / "apache.conf"), "-DFOREGROUND"],
        stderr=subprocess.PIPE,
        env={**os.environ, "TZ": "UTC"},
    )
    try:
        for _ in range(100):
            assert running.poll() is None, running.stderr and running.stderr.read().decode()
            try:
                requests.get(address, timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield address
    finally:
        running.terminate()
        running.communicate(timeout=30)
