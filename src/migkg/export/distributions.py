"""The dumps that lie in an export, each with its size and checksum."""

from __future__ import annotations

import os
from hashlib import file_digest
from typing import TYPE_CHECKING, NamedTuple

from migkg.export.dumps import FOLDER
from migkg.export.syntax import OF_DATASETS, OF_GRAPHS

if TYPE_CHECKING:
    from migkg.export.dump import Dump
    from migkg.export.site import Site
    from migkg.export.syntax import Syntax


class Distribution(NamedTuple):
    """A file to download."""

    key: str
    """What tells it from other files of the same data set, such as ttl.gz."""
    address: str
    syntax: Syntax
    compressed: bool
    size: int
    checksum: str

    @property
    def title(self) -> str:
        """What it is called, in any language."""
        return f"{self.syntax.name}, gzip" if self.compressed else self.syntax.name


def distributions(site: Site, folder: str, dump: Dump) -> list[Distribution]:
    """Describe the files of a dump that lie in an export."""
    found = []
    for syntax in (*OF_GRAPHS, *OF_DATASETS):
        for key in (syntax.ending, f"{syntax.ending}.gz"):
            path = f"{FOLDER}/{dump.name}.{key}"
            file = os.path.join(folder, *path.split("/"))
            if os.path.isfile(file):
                found.append(
                    Distribution(
                        key=key,
                        address=site.base + path,
                        syntax=syntax,
                        compressed=key.endswith(".gz"),
                        size=os.path.getsize(file),
                        checksum=_sha256(file),
                    )
                )
    return found


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()
