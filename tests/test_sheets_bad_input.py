"""Bad spreadsheets: a line each within seconds and bounded memory, and nothing written."""

import io
import os
import re
import resource
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from filling import FIRST, PASSAGE, blank, column, fill, saved, whole
from openpyxl import Workbook, load_workbook

from migkg import graph
from migkg.errors import InputError
from migkg.kinds.choices import Choices
from migkg.model.triples import Triples
from migkg.sheets.cells import tables, tables_of
from migkg.sheets.reading import Read, entry_of_tables

ROOT = Path(__file__).parent.parent
PROJECT = {"rdfs:label@en": "Green jobs", "mk:evidence": PASSAGE}
MEMORY = 1_500_000_000
SECONDS = 20
TYPES = "[Content_Types].xml"


@pytest.fixture(scope="module")
def choices(shipped_graph: graph.Graph) -> Choices:
    return Choices(Triples(shipped_graph))


@pytest.fixture
def book(choices: Choices) -> Any:
    return fill(blank("project", choices), {"Projects": [PROJECT]})


@pytest.fixture
def read(choices: Choices, tmp_path: Path) -> Callable[[Any], Read]:
    def of(book: Any) -> Read:
        path = saved(book, tmp_path / "entry.xlsx")
        return entry_of_tables(path, *tables(path), choices)

    return of


def told(read: Read) -> list[tuple[str, str]]:
    return [(f.place.cell if f.place else "", f.message("en")) for f in read.findings]


# -- cells and sheets -------------------------------------------------------------------------


def test_merged_cells_are_named(book: Any, read: Callable[[Any], Read]) -> None:
    book["Projects"].merge_cells("C3:D4")
    ((cell, message),) = told(read(book))
    assert cell == "Projects!C3"
    assert message.startswith("C3:D4 are merged")


def test_hidden_rows_columns_and_sheets_are_named_where_something_stands(
    book: Any, read: Callable[[Any], Read]
) -> None:
    page = book["Projects"]
    page.row_dimensions[3].hidden = True
    page.row_dimensions[9].hidden = True
    letter = page.cell(1, column(page, "mk:evidence")).column_letter
    page.column_dimensions[letter].hidden = True
    page.column_dimensions["T"].hidden = True
    fill(book, {"Periods": [{"": "period-x", "rdfs:label@en": "2030"}]})
    book["Periods"].sheet_state = "veryHidden"
    book["Budgets"].sheet_state = "hidden"
    found = dict(told(read(book)))
    assert found.keys() == {"Projects!B3", f"Projects!{letter}1", "Periods!A1"}
    assert found["Projects!B3"].startswith("Row 3 is hidden")
    assert found[f"Projects!{letter}1"].startswith(f"Column {letter} is hidden")


def test_what_is_no_sheet_of_ours_is_named_unless_it_is_empty(
    book: Any, read: Callable[[Any], Read]
) -> None:
    book.create_sheet("Sheet1")
    book.create_sheet("My notes")["B5"] = "ask the ministry"
    ((cell, message),) = told(read(book))
    assert cell == "'My notes'!A1"
    assert "second row" in message


def test_sheet_of_a_class_that_nobody_knows_is_named(
    book: Any, read: Callable[[Any], Read]
) -> None:
    page = book.create_sheet("Wishes")
    page["A2"], page["A3"] = "mk:Wish", "wish-x"
    assert [cell for cell, _ in told(read(book))] == ["Wishes!A2"]


def test_second_sheet_of_a_class_is_named(book: Any, read: Callable[[Any], Read]) -> None:
    copy = book.copy_worksheet(book["Projects"])
    assert ("'Projects Copy'!A2", True) in [
        (cell, "same class" in message) for cell, message in told(read(book))
    ]
    assert copy.title == "Projects Copy"


@pytest.mark.parametrize("rows", [1, 2])
def test_missing_headings_are_told(rows: int, book: Any, read: Callable[[Any], Read]) -> None:
    book["Projects"].delete_rows(1, rows)
    found = told(read(book))
    assert [cell for cell, _ in found] == ["Projects!A1"]
    assert "Restore the two heading rows" in found[0][1]


def test_headings_that_are_wrong_or_missing_are_told(
    book: Any, read: Callable[[Any], Read]
) -> None:
    page = book["Projects"]
    for at, (key, value) in enumerate([("mk:contry", "Jordan"), (None, "x"), ("mk:x", None)], 70):
        page.cell(2, at, key)
        page.cell(FIRST, at, value)
    found = dict(told(read(book)))
    assert found.keys() == {"Projects!BR2", "Projects!BS3"}
    assert "did you mean mk:country" in found["Projects!BR2"]


def test_moved_columns_and_renamed_sheets_do_not_matter(
    book: Any, read: Callable[[Any], Read]
) -> None:
    page = book["Projects"]
    page.insert_cols(3)
    page.title = "Our projects (draft)"
    entry, findings = read(book)
    assert findings == []
    assert len(entry.statements) == 4
    assert {at.cell for at in entry.read_from.values()} == {
        "'Our projects (draft)'!B3",
        "'Our projects (draft)'!F3",
    }


def test_many_wrong_cells_are_told_within_seconds(book: Any, read: Callable[[Any], Read]) -> None:
    page = book["Projects"]
    at = column(page, "mk:country")
    for row in range(FIRST, FIRST + 2_000):
        page.cell(row, 1, f"project-{row}")
        page.cell(row, at, f"Nowhere {row} | Nobody {row}")
    start = time.process_time()
    assert len(read(book).findings) == 4_000
    assert time.process_time() - start < SECONDS


def test_far_away_rows_are_read(book: Any, read: Callable[[Any], Read]) -> None:
    page = book["Projects"]
    page.cell(1_048_576, column(page, "rdfs:label@en"), "The last row")
    page.cell(1_048_576, column(page, "mk:country"), "Nowhere")
    assert [cell.rpartition("I")[2] for cell, _ in told(read(book))] == ["1048576"]


# -- files ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def content(choices: Choices) -> bytes:
    out = io.BytesIO()
    fill(whole("project", choices), {"Projects": [PROJECT]}).save(out)
    return out.getvalue()


def repacked(content: bytes, changed: dict[str, bytes | None]) -> bytes:
    """The same workbook with parts changed, added or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, data in {**parts, **changed}.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def imported(data: bytes, folder: Path, name: str = "entry.xlsx") -> tuple[int, str]:
    """Exit code and message of `migkg import`, in bounds; nothing may be written."""
    (folder / name).write_bytes(data)
    before = sorted(folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "migkg", "--graph", ROOT, "import", name, "-o", "entry.ttl"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limits,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert sorted(folder.iterdir()) == before
    assert "Traceback" not in done.stderr
    assert done.stdout == "" or done.returncode == 1
    assert done.returncode == 1 or len(done.stderr.splitlines()) == 1
    return done.returncode, done.stderr + done.stdout


def worksheets(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (name for name in archive.namelist() if "worksheets/sheet" in name)


def rows(number: int, cells: str) -> bytes:
    head = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        b'2006/main"><sheetData>'
    )
    body = "".join(f'<row r="{at}" customFormat="1" s="1">{cells}</row>' for at in range(1, number))
    return head + body.encode() + b"</sheetData></worksheet>"


def compound(stream: str = "Workbook") -> bytes:
    """The beginning of a compound file, of which .xls and encrypted workbooks are."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)
    )


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "an empty file"),
        (b"Project;Country\nGreen jobs;Jordan\n", "text, such as CSV"),
        ("Projet,Länder\n".encode("latin-1"), "text, such as CSV"),
        (b"\xef\xbb\xbf<html><table></table></html>", "text, such as CSV"),
        (b"  <?xml version='1.0'?><x/>", "XML or HTML"),
        (os.urandom(200).replace(b"PK", b"XX") + b"\0", "no workbook"),
        (compound(), "Excel 97-2003 (.xls)"),
        (compound("EncryptedPackage"), "protected by a password"),
        (b"PK\x03\x04 broken", "a broken workbook"),
        (packed({"a.txt": b"a"}), "a zip file, but no workbook"),
        (packed({"mimetype": b"x", "content.xml": b"<x/>"}), "OpenDocument file (.ods)"),
        (packed({TYPES: b"<x/>", "xl/workbook.bin": b""}), "binary workbook (.xlsb)"),
        (packed({TYPES: b"<x/>", "word/document.xml": b"<x/>"}), "no spreadsheet"),
        (packed({TYPES: b"<x/>", "xl/workbook.xml": b"<x/>"}), "a broken workbook"),
        (packed({TYPES: b"<x/>", "xl/workbook.xml": b"<x"}), "broken XML"),
    ],
)
def test_file_that_is_no_workbook_says_what_it_is(
    data: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "entry.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        tables(str(path))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_file_that_is_no_workbook_is_refused_in_a_line(tmp_path: Path) -> None:
    code, said = imported(b"Project;Country\n", tmp_path)
    assert code == 3
    assert said.startswith("migkg: entry.xlsx: text, such as CSV, no workbook: save it as .xlsx")


def test_missing_file_folder_and_device_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "no.xlsx", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            tables(str(path))
    with pytest.raises(InputError, match="at most 32 MB"):
        tables("/dev/zero")


def test_empty_workbook_is_said_to_be_empty(choices: Choices, tmp_path: Path) -> None:
    out = io.BytesIO()
    blank("project", choices).save(out)
    code, said = imported(out.getvalue(), tmp_path)
    assert (code, "no row is filled" in said) == (3, True)
    out = io.BytesIO()
    Workbook().save(out)
    code, said = imported(out.getvalue(), tmp_path)
    assert (code, "no row is filled" in said) == (3, True)


def test_truncated_workbook_is_refused(content: bytes) -> None:
    for size in (1_000, len(content) // 2, len(content) - 30):
        with pytest.raises(InputError, match="a broken workbook"):
            tables_of(content[:size], "entry.xlsx")


def test_damaged_part_is_refused(content: bytes, tmp_path: Path) -> None:
    sheet = next(worksheets(content))
    at = content.index(sheet.encode()) + len(sheet) + 40
    damaged = content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]
    code, said = imported(damaged, tmp_path)
    assert code == 3, said


def test_macros_are_refused(content: bytes, tmp_path: Path) -> None:
    code, said = imported(repacked(content, {"xl/vbaProject.bin": b"x"}), tmp_path)
    assert (code, "macros (.xlsm)" in said) == (3, True)


def test_encrypted_parts_are_refused(content: bytes, tmp_path: Path) -> None:
    data = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(signature), content):
            data[found.start() + offset] |= 1
    code, said = imported(bytes(data), tmp_path)
    assert (code, "protected by a password" in said) == (3, True)


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "xl\\..\\e"])
def test_names_that_lead_elsewhere_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(InputError, match="names that no spreadsheet program"):
        tables_of(repacked(content, {name: b"<x/>"}), "entry.xlsx")


@pytest.mark.parametrize(
    "entities",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in pairwise("abcdefghi"))
        + "]>",
        '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
    ids=["laughs", "file", "external"],
)
def test_document_types_are_refused(entities: str, content: bytes, tmp_path: Path) -> None:
    name = next(worksheets(content))
    code, said = imported(repacked(content, {name: declaring(entities, content, name)}), tmp_path)
    assert (code, "has a document type" in said) == (3, True), said


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/styles.xml", "docProps/core.xml", TYPES])
def test_document_type_of_any_part_is_refused(name: str, content: bytes) -> None:
    data = repacked(content, {name: declaring('<!DOCTYPE x [<!ENTITY a "a">]>', content, name)})
    with pytest.raises(InputError, match="has a document type"):
        tables_of(data, "entry.xlsx")


def declaring(entities: str, content: bytes, name: str) -> bytes:
    old = re.sub(rb"^<\?xml.*?\?>", b"", part(content, name))
    return b'<?xml version="1.0"?>' + entities.encode() + old


def test_million_empty_rows_are_refused_with_what_to_do(content: bytes, tmp_path: Path) -> None:
    name = next(worksheets(content))
    data = repacked(content, {name: rows(1_000_000, '<c r="A1" s="1"/>')})
    code, said = imported(data, tmp_path)
    assert code == 3
    assert "delete the rows below the last one" in said


def test_wide_empty_rows_are_refused(content: bytes, tmp_path: Path) -> None:
    name = next(worksheets(content))
    cells = "".join(f'<c r="{a}{b}1" s="1"/>' for a in "ABC" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    code, said = imported(repacked(content, {name: rows(50_000, cells)}), tmp_path)
    assert (code, "rows and cells" in said) == (3, True)


@pytest.mark.parametrize("size", [200 * 2**20, 4 * 2**30])
def test_zip_bomb_is_refused_by_the_sizes_in_its_directory(
    size: int, content: bytes, tmp_path: Path
) -> None:
    packer = zlib.compressobj(9, wbits=-15)
    block = bytes(2**20)
    data = b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
    bomb = repacked(content, {"xl/media/bomb.xml": b""})
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert "xl/media/bomb.xml" in archive.namelist()
    code, said = imported(_claiming(content, data, size), tmp_path)
    assert (code, "unpacked it has" in said) == (3, True), said


def _claiming(content: bytes, deflated: bytes, size: int) -> bytes:
    """A workbook with a part that says how large it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        info = zipfile.ZipInfo("xl/bomb.xml")
        info.compress_type = 0
        new.writestr(info, deflated)
        info.compress_type, info.file_size, info.CRC = 8, size, 0
    return out.getvalue()


def test_zip_bomb_that_lies_about_its_size_is_refused(content: bytes, tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=-15)
    text = b"<row/>" * 2**17
    data = packer.compress(b"<x>") + b"".join(packer.compress(text) for _ in range(500))
    code, said = imported(_claiming(content, data + packer.flush(), 1_000), tmp_path)
    assert (code, "broken" in said) == (3, True), said


@pytest.mark.parametrize(
    ("of", "old", "new", "message"),
    [
        ("sheet", b"<sheetData>", b"<sheetData>" + b"<a>" * 100_000, "nested deeper"),
        ("sheet", b'<row r="1"', b'<row r="99999999999"', "out of order"),
        ("sheet", b'<row r="2"', b'<row r="1"', "out of order"),
        ("sheet", b'<c r="A1"', b'<c r="ZZZZ1"', "has a cell"),
        ("xl/styles.xml", b"<fonts", b"<x/>" * 500_000 + b"<fonts", "has more than 400,000"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets", "broken XML"),
    ],
)
def test_odd_parts_are_refused(
    of: str, old: bytes, new: bytes, message: str, content: bytes
) -> None:
    name = list(worksheets(content))[1] if of == "sheet" else of
    before = part(content, name)
    assert old in before
    with pytest.raises(InputError, match=message):
        tables_of(repacked(content, {name: before.replace(old, new, 1)}), "entry.xlsx")


def test_huge_merges_and_links_cost_nothing(content: bytes, tmp_path: Path) -> None:
    name = list(worksheets(content))[1]
    before = part(content, name)
    merged = before.replace(
        b"</sheetData>",
        b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    )
    code, said = imported(repacked(content, {name: merged}), tmp_path)
    assert (code, "A1:XFD1048576 are merged" in said) == (1, True), said


def test_style_that_is_not_there_is_refused(content: bytes, tmp_path: Path) -> None:
    name = list(worksheets(content))[1]
    odd = re.sub(rb' s="\d+"', b' s="99999"', part(content, name))
    code, said = imported(repacked(content, {name: odd}), tmp_path)
    assert (code, "a broken workbook" in said) == (3, True), said


SHARED = "xl/sharedStrings.xml"
OF_SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_strings(content: bytes, strings: bytes, label: int) -> bytes:
    """The workbook with its text in a part of its own, as most programs write it."""
    types = part(content, TYPES).replace(
        b"</Types>",
        f'<Override PartName="/{SHARED}" ContentType="{OF_SHARED}"/></Types>'.encode(),
    )
    name = list(worksheets(content))[1]
    cell = rb'<c r="B3"[^>]*>.*?</c>'
    sheet = re.sub(cell, b'<c r="B3" t="s"><v>%d</v></c>' % label, part(content, name))
    assert sheet != part(content, name)
    whole = f'<sst xmlns="{MAIN}">'.encode() + strings + b"</sst>"
    return repacked(content, {TYPES: types, name: sheet, SHARED: whole})


def test_shared_and_rich_text_is_read(content: bytes, choices: Choices, tmp_path: Path) -> None:
    strings = b"<si><t>x</t></si><si><r><t>Green </t></r><r><rPr><b/></rPr><t>jobs</t></r></si>"
    path = tmp_path / "entry.xlsx"
    path.write_bytes(with_strings(content, strings, 1))
    entry, findings = entry_of_tables(str(path), *tables(str(path)), choices)
    assert findings == []
    assert "Green jobs" in {str(term) for term in entry.statements.objects()}


def test_shared_text_that_is_not_there_is_refused(content: bytes, tmp_path: Path) -> None:
    code, said = imported(with_strings(content, b"<si><t>x</t></si>", 9), tmp_path)
    assert (code, "a broken workbook" in said) == (3, True), said


def test_endless_text_stays_in_bounds(content: bytes, tmp_path: Path) -> None:
    strings = b"<si><t>" + b"x" * 50_000_000 + b"</t></si>"
    code, said = imported(with_strings(content, strings, 0), tmp_path)
    assert (code, "32,767" in said) == (1, True), said[:300]
    assert len(said) < 2_000
    many = b"<si><t>x</t></si>" * 300_000
    code, said = imported(with_strings(content, many, 0), tmp_path)
    assert (code, "has more than 400,000" in said) == (3, True), said[:300]


def test_workbook_of_another_program_with_odd_extras_is_read(
    book: Any, read: Callable[[Any], Read], tmp_path: Path
) -> None:
    """Filters, links, conditional formats, comments and pictures of others do not matter."""
    from openpyxl.formatting.rule import ColorScaleRule

    scale = ColorScaleRule("min", None, "FFFFFF", end_type="max", end_color="000000")
    page = book["Projects"]
    page.auto_filter.ref = "A1:F9"
    page["B3"].hyperlink = "https://www.ilo.org/"
    page.conditional_formatting.add("A1:Z99", scale)
    page.print_title_rows = "1:2"
    entry, findings = read(book)
    assert findings == []
    assert len(entry.statements) == 4
    assert load_workbook(tmp_path / "entry.xlsx")
