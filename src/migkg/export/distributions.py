"""The dumps that lie in an export, each with its size and checksum."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from migkg.export.dump import files
from migkg.export.target import checksum

if TYPE_CHECKING:
    from migkg.export.dump import Dump
    from migkg.export.site import Site
    from migkg.syntax import Syntax


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
    return [
        Distribution(
            key=file.ending,
            address=site.base + file.path,
            syntax=file.syntax,
            compressed=file.compressed,
            size=os.path.getsize(os.path.join(folder, file.path)),
            checksum=checksum(os.path.join(folder, file.path)),
        )
        for file in files(folder, dump)
    ]
