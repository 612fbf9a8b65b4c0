"""The text of a file that somebody hands in: bounded, and text at all."""

from __future__ import annotations

import os
import re
import stat
import sys

from migkg.entry.place import Place
from migkg.errors import InputError
from migkg.graph import shown

MOST_BYTES = 20_000_000
MOST_STATEMENTS = 250_000
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = {
    b"PK\x03\x04": "a spreadsheet or another ZIP archive",
    b"\x1f\x8b": "compressed (gzip)",
    b"%PDF": "a PDF document",
}
_READ_ONCE: dict[str, bytes] = {}  # to point at lines of it
_WIDE = re.compile(rb"[^\0]\0[^\0]\0|\0[^\0]\0[^\0]")
_LINE_BREAK = re.compile(r"\r\n?|\n")


def content_of(file: str, most: int = MOST_BYTES) -> bytes:
    """Read a file, or standard input (``-``), of at most so many bytes.

    Raises InputError if it cannot be read or is larger, which of a file is known before it is
    read; a folder, a pipe and a device are not opened.
    """
    try:
        if file == "-":
            if sys.stdin is None or sys.stdin.closed:
                raise InputError("-: standard input is closed")
            content = _READ_ONCE[file] = sys.stdin.buffer.read(most + 1)
        else:
            found = os.stat(file)
            if stat.S_ISDIR(found.st_mode):
                raise InputError(f"{shown(file)}: is a folder: name the files in it")
            if not stat.S_ISREG(found.st_mode):
                raise InputError(f"{shown(file)}: is no file: what a pipe brings is read from -")
            if found.st_size > most:
                raise too_much(file, f"over {MOST_BYTES // 1_000_000} MB")
            with open(file, "rb") as opened:
                content = opened.read(most + 1)
    except OSError as error:
        raise InputError(f"{shown(file)}: cannot be read: {error.strerror or error}") from None
    if len(content) > most:
        raise too_much(file, f"over {MOST_BYTES // 1_000_000} MB")
    return content


def read_before(file: str) -> bytes:
    """Give what was read of standard input, which cannot be read again; nothing of a file."""
    return _READ_ONCE.get(file, b"")


def text_of(content: bytes, file: str) -> str:
    """Decode UTF-8, without its byte-order mark; raises InputError for what is no such text."""
    kind = next((kind for magic, kind in _BINARY.items() if content.startswith(magic)), "")
    if kind:
        raise InputError(f"{shown(file)}: is {kind}, not text")
    if content.startswith(_UTF_16) or _WIDE.match(content):
        raise InputError(f"{shown(file)}: is in UTF-16: save it as UTF-8")
    content = content.removeprefix(_BOM)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise InputError(f"{shown(file)}: is binary, not text") from None
        before = content[: error.start].decode()
        where = place_at(file, before, len(before))
        byte = f"0x{content[error.start]:02X}"
        raise InputError(f"{where}: the byte {byte} is no UTF-8: save the file as UTF-8") from None
    if (at := text.find("\0")) >= 0:
        raise InputError(f"{place_at(file, text, at)}: a NUL byte, which no text has: take it out")
    return text


def too_much(file: str, what: str) -> InputError:
    """Say that a file is too large for an entry, and what to do."""
    return InputError(
        f"{shown(file)}: {what} is more than an entry may have: split it, or make a graph of it "
        "(a folder with data/) and validate that (--graph)"
    )


def line_starts(text: str) -> list[int]:
    """List where the lines of a text begin; CR, LF and CRLF break them."""
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


def place_at(file: str, text: str, offset: int) -> Place:
    """Tell line and column of a character of a text."""
    starts = line_starts(text[:offset])
    if text[offset - 1 : offset + 1] == "\r\n":  # both are the break of one line
        starts.pop()
    return Place(file, len(starts), offset - starts[-1] + 1)
