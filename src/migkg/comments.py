"""Comments in a Turtle file that is canonical but for them, and keeping them while it grows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from migkg import turtle
from migkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    Key = tuple[str | int, ...]

_BOM = b"\xef\xbb\xbf"


class _Line(NamedTuple):
    """A line of code, with the comment behind it and the lines of comments before it."""

    code: str
    behind: str
    before: tuple[str, ...]
    number: int


def deviation(content: bytes) -> int:
    """Tell the first line from which a document is not canonical, comments apart; 0 if it is.

    :raises SyntaxError: the document is no Turtle
    :raises InputError: it has triples as terms, or text with a direction (RDF 1.2)
    """
    form = turtle.canonical(content)
    if content == form.encode():
        return 0
    if content.startswith(_BOM):
        return 1
    ours, theirs = _lines(content.decode()), _lines(form)
    for mine, canonical in zip(ours, theirs, strict=False):
        if mine.code != canonical.code:
            return mine.number
        if not _comments(mine.before) and mine.before != canonical.before:
            return mine.number - len(mine.before)
    return 0 if len(ours) == len(theirs) else min(ours[-1].number, len(theirs))


def grown(content: bytes, more: bytes) -> str:
    """Write what a document says and more in canonical form, with the comments of the document.

    A comment stays with the line of code before which, or behind which, it stands; with the thing
    that it stands before. Those that the document begins and ends with stay there.

    :param more: N-Triples, whose blank nodes have other names than those of the document
    :raises InputError: the document is not canonical, or a comment has no place in it any more
    """
    if line := deviation(content):
        raise InputError(f"{line}: not in canonical form from here on: run migkg format on it")
    form = turtle.canonical(content + b"\n" + more)
    if not turtle.commented(content):
        return form
    lines = _lines(form)
    place = {key: at for at, keys in enumerate(_keys(lines)) for key in keys}
    before: dict[int, tuple[str, ...]] = {}
    behind: dict[int, str] = {}
    old = _lines(content.decode())
    for at, (mine, keys) in enumerate(zip(old, _keys(old), strict=True)):
        try:
            if _comments(mine.before):
                head = place[keys[0]] if at else 0
                before[head] = (*before.get(head, ()), *mine.before)
            if mine.behind:
                behind[place[keys[-1]]] = mine.behind
        except KeyError:
            said = " ".join((*mine.before, mine.behind)).strip()
            raise InputError(
                f"{mine.number}: what is added leaves no place for the comment {said[:60]}: "
                "move it before the thing that it is about"
            ) from None
    return "\n".join(_written(lines, before, behind))


def _written(
    lines: list[_Line], before: dict[int, tuple[str, ...]], behind: dict[int, str]
) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield from before.get(at, line.before)
        yield line.code + behind.get(at, "")


def _comments(trivia: tuple[str, ...]) -> bool:
    return any(map(str.strip, trivia))


def _lines(text: str) -> list[_Line]:
    """Take a document apart into lines of code; the last has none, it ends the document."""
    breaks, comments, at = [], [], 0
    for token in turtle.TOKEN.finditer(text):
        breaks += [i for i in range(at, token.start()) if text[i] == "\n"]
        at = token.end()
        if token.lastgroup:
            comments.append(token.start())
    breaks += [i for i in range(at, len(text)) if text[i] == "\n"]
    lines: list[_Line] = []
    before: list[str] = []
    number = 1
    comments.reverse()
    for start, end in zip([0, *(i + 1 for i in breaks)], [*breaks, len(text)], strict=True):
        comment = comments.pop() if comments and comments[-1] < end else end
        code = text[start:comment]
        code = code.rstrip() if comment < end else code
        whole = text[start:end]
        if code or end == len(text):
            if end == len(text) and whole and not code:
                before.append(whole)
                whole = ""
            lines.append(_Line(code, whole[len(code) :], tuple(before), number))
            before = []
        else:
            before.append(whole)
        number += whole.count("\n") + 1
    return lines


def _keys(lines: list[_Line]) -> list[tuple[Key, ...]]:
    """Name each line by what it says of what, first for comments before it, last for those behind.

    The canonical form has a property a line, with its value if there is one, else a line a value;
    what stands in brackets belongs to the value. A thing without a name is one piece.
    """
    found: list[tuple[Key, ...]] = []
    seen: Counter[Key] = Counter()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) - 1 and lines[end].code != ".":
            end += 1
        if lines[at].code.startswith("PREFIX ") or at == len(lines) - 1:
            found.append(((lines[at].code,),))
            at += 1
            continue
        codes = [line.code for line in lines[at : end + 1]]
        if codes[0].startswith(("[", "_:")):
            whole: Key = ("\n".join(codes),)
            seen[whole] += 1
            found += [((*whole, seen[whole], i),) for i in range(len(codes))]
        else:
            found += [tuple((codes[0], *key) for key in keys) for keys in _inner(codes, seen)]
        at = end + 1
    return found


def _inner(codes: list[str], seen: Counter[Key]) -> Iterator[tuple[Key, ...]]:
    """Name the lines of the block of a thing."""
    yield ((),)
    prop, at = "", 1
    while at < len(codes) - 1:
        first = codes[at][:5].strip()  # four blanks before a property, eight before a value
        value = codes[at].strip()
        if first:
            prop, _, value = value.partition(" ")
            if not value:
                yield ((prop,),)
                at += 1
                continue
        end = at
        depth = _depth(codes[at])
        while depth:
            end += 1
            depth += _depth(codes[end])
        text = "\n".join([value, *codes[at + 1 : end + 1]]).rstrip(" ;,")
        seen[codes[0], prop, text] += 1
        name = (prop, text, seen[codes[0], prop, text])
        for offset in range(end - at + 1):
            key: Key = (*name, offset)
            yield ((prop,), key) if first and not offset else (key,)
        at = end + 1
    yield (("", "."),)


def _depth(code: str) -> int:
    return code.endswith(("[", "(")) - code.lstrip().startswith(("]", ")"))
