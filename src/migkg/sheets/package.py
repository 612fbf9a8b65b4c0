"""What an .xlsx file consists of, looked at before anything of it is built up in memory.

It is a zip file of XML parts (ECMA-376, https://ecma-international.org/publications-and-standards/
standards/ecma-376/). No part may have a document type: with it entities, and what these expand to,
are refused before a library sees them. Sizes and counts are bounded by what an entry can need.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from migkg.errors import InputError
from migkg.graph import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKED = 32 * 2**20
_UNPACKED = 128 * 2**20
_PARTS = 1_000
_CELLS = 200_000  # rows and cells, filled or not
_ELEMENTS = 400_000  # of any other part
_DEEP = 64
_ROWS = 1_048_576
_CHUNK = 2**16
_COMPOUND = b"\xd0\xcf\x11\xe0"  # https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb
_REFERENCE = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
)


class Layout(NamedTuple):
    """What of a worksheet is not in its cells."""

    merged: tuple[str, ...]
    hidden_rows: frozenset[int]
    hidden_columns: tuple[tuple[int, int], ...]
    """The first and the last of each run of columns, counted from 1."""


def packed(path: str) -> bytes:
    """Read a file that claims to be a workbook.

    :raises InputError: there is no such file, it is too large, or evidently no workbook
    """
    try:
        with open(path, "rb") as file:
            content = file.read(_PACKED + 1)
    except OSError as error:
        raise InputError(f"{shown(path)}: cannot be read: {error.strerror}") from None
    if len(content) > _PACKED:
        limit = f"{_PACKED // 2**20} MB"
        raise InputError(f"{shown(path)}: a workbook with an entry has at most {limit}; split it")
    if not content.startswith(b"PK"):
        raise InputError(f"{shown(path)}: {_other(content)}")
    return content


def _other(content: bytes) -> str:
    if not content:
        return "an empty file, no workbook"
    if content.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "protected by a password: save it without one"
        return "a workbook of Excel 97-2003 (.xls): save it as .xlsx"
    if content[:64].lstrip().startswith(b"<"):
        return "XML or HTML, no workbook: save it as .xlsx"
    if b"\0" not in content[:4096]:
        return "text, such as CSV, no workbook: save it as .xlsx"
    return "no workbook: save it as .xlsx"


def layouts(content: bytes, path: str) -> dict[str, Layout]:
    """Look at each part of a workbook, and tell the layout of the worksheets, by part name.

    :raises InputError: it is no workbook, or one that no entry can need
    """
    with _complaining(path), zipfile.ZipFile(BytesIO(content)) as archive:
        _directory(archive, path)
        found = {}
        for info in archive.infolist():
            name = info.filename.lstrip("/")
            if name.lower().endswith((".xml", ".rels", ".vml")):
                part = _Part(name, path)
                with archive.open(info) as stream:
                    part.read(stream)
                if part.is_worksheet:
                    found[name] = part.layout()
        return found


@contextmanager
def _complaining(path: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as e:
        said = " ".join(str(e).split()) or type(e).__name__
        raise InputError(f"{shown(path)}: a broken workbook, save it anew: {said}") from e
    except RuntimeError as e:
        raise InputError(f"{shown(path)}: protected by a password: save it without one") from e


def _directory(archive: zipfile.ZipFile, path: str) -> None:
    infos = archive.infolist()
    names = {info.filename for info in infos}
    where = shown(path)
    if "mimetype" in names and "content.xml" in names:
        raise InputError(f"{where}: an OpenDocument file (.ods): save it as .xlsx")
    if "[Content_Types].xml" not in names:
        raise InputError(f"{where}: a zip file, but no workbook: save it as .xlsx")
    if "xl/workbook.xml" not in names:
        kind = "a binary workbook (.xlsb)" if "xl/workbook.bin" in names else "no spreadsheet"
        raise InputError(f"{where}: {kind}: save it as .xlsx")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise InputError(f"{where}: a workbook with macros (.xlsm): save it as .xlsx, without them")
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(f"{where}: protected by a password: save it without one")
    odd = [n for n in names if ".." in re.split(r"[/\\]", n) or re.match(r"[/\\]|[A-Za-z]:", n)]
    if odd or len(names) < len(infos):
        raise InputError(f"{where}: its parts have names that no spreadsheet program gives them")
    total = sum(info.file_size for info in infos)
    if total > _UNPACKED or len(infos) > _PARTS:
        raise InputError(
            f"{where}: unpacked it has {total // 2**20:,} MB in {len(infos):,} parts; a workbook "
            f"with an entry has at most {_UNPACKED // 2**20} MB in {_PARTS:,}"
        )


class _Part:
    """Reads one XML part, as far as it stays within bounds."""

    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path
        self.is_worksheet = False
        self.depth = self.elements = self.cells = self.row = 0
        self.merged: list[str] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []

    def layout(self) -> Layout:
        return Layout(tuple(self.merged), frozenset(self.hidden_rows), tuple(self.hidden_columns))

    def read(self, stream: object) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            while chunk := stream.read(_CHUNK):  # type: ignore[attr-defined]
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self._refused(f"is broken XML ({error}): save the workbook anew") from error

    def _refused(self, what: str) -> InputError:
        return InputError(f"{shown(self.path)}: its part {self.name} {what}")

    def _doctype(self, *_: object) -> None:
        raise self._refused("has a document type, which no spreadsheet program writes")

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self.depth += 1
        if self.depth > _DEEP:
            raise self._refused("is nested deeper than any spreadsheet")
        if self.depth == 1:
            self.is_worksheet = name == "worksheet"
        if self.is_worksheet and name in ("row", "c"):
            self._cell(name, attributes)
            return
        self.elements += 1
        if self.elements > _ELEMENTS:
            raise self._refused(f"has more than {_ELEMENTS:,} elements, which no entry needs")
        if self.is_worksheet and name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif self.is_worksheet and name == "col" and attributes.get("hidden") in ("1", "true"):
            ends = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.hidden_columns.append(ends)

    def _cell(self, name: str, attributes: dict[str, str]) -> None:
        self.cells += 1
        if self.cells > _CELLS:
            raise self._refused(
                f"has more than {_CELLS:,} rows and cells, most of them surely empty: delete the "
                "rows below the last one that is filled, then save"
            )
        reference = attributes.get("r")
        if name == "c":
            if reference is not None and not _REFERENCE.fullmatch(reference):
                raise self._refused(f"has a cell {reference[:20]!r}")
            return
        row = int(reference) if reference and reference.isdecimal() else self.row + 1
        if not self.row < row <= _ROWS:
            raise self._refused(f"has a row {str(reference)[:20]} out of order")
        self.row = row
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(row)
