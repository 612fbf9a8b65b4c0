"""The dumps that lie in an export, each with its size and checksum."""

from __future__ import annotations

import os
from hashlib import file_digest
from typing import TYPE_CHECKING, NamedTuple

from migkg.export.authorities import SYNTAXES, Syntax

if TYPE_CHECKING:
    from migkg.export.site import Site


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


def distributions(site: Site, folder: str, path: str) -> list[Distribution]:
    """Describe the files of one dump, whose path below the folder has no ending."""
    found = []
    for syntax in SYNTAXES:
        for key in (syntax.ending, f"{syntax.ending}.gz"):
            file = os.path.join(folder, *f"{path}.{key}".split("/"))
            if os.path.isfile(file):
                found.append(
                    Distribution(
                        key=key,
                        address=f"{site.base}{path}.{key}",
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
