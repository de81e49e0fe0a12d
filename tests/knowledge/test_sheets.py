"""Excel workbooks: what people make of them, and what others make of them to do harm."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlwt

from knowledge.entries import Entry, Note, Section, UnreadableError
from knowledge.reading import read

Rows = list[list[Any]]


def xlsx(*sheets: tuple[str, Rows], merged: str = "", hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged and not book.index(sheet):
            sheet.merge_cells(merged)
        if name == hidden:
            sheet.sheet_state = "hidden"
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("자주 묻는 질문")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    return saved(book)


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Return a copy of a zip file in which one member has other content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def refused(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read(name, data)
    return error.value.note.phrase


FAQ: Rows = [["분류", "질문", "답변"], ["배송", "며칠 걸리나요?", "사흘"], ["환불", "환불되나요?", "네\n됩니다"]]
ENTRIES = (Entry("사흘", "며칠 걸리나요?", "배송"), Entry("네\n됩니다", "환불되나요?", "환불"))


@pytest.mark.parametrize("name", ["faq.xlsx", "faq.txt", "faq"])
def test_xlsx_by_content_whatever_its_name(name: str) -> None:
    reading = read(name, xlsx(("자주 묻는 질문", FAQ)))
    assert (reading.kind, reading.parts) == ("xlsx", ENTRIES)
    named = Note("read.faq_sheet", {"question": "질문", "answer": "답변", "rows": 2, "sheet": "자주 묻는 질문"})
    assert named in reading.described


def test_xls() -> None:
    reading = read("faq.xls", xls(FAQ))
    assert (reading.kind, reading.parts) == ("xls", ENTRIES)


def test_several_sheets_hidden_ones_left_out_and_told() -> None:
    notes: Rows = [["지점", "주소"], ["강남점", "강남대로 1"]]
    secret: Rows = [["질문", "답변"], ["원가는?", "비밀"]]
    reading = read("faq.xlsx", xlsx(("FAQ", FAQ), ("지점", notes), ("내부", secret), hidden="내부"))
    assert reading.parts == (*ENTRIES, Section(("지점",), "지점: 강남점, 주소: 강남대로 1", rows=True))
    assert Note("read.hidden_sheets", {"sheets": "'내부'"}) in reading.described


def test_merged_cells_are_filled_down() -> None:
    rows: Rows = [
        ["분류", "질문", "답변"],
        ["배송", "며칠?", "사흘"],
        [None, "제주는?", "닷새"],
        ["환불", "되나요?", "네"],
    ]
    reading = read("faq.xlsx", xlsx(("FAQ", rows), merged="A2:A3"))
    assert [part.title for part in reading.parts if isinstance(part, Entry)] == ["배송", "배송", "환불"]
    assert Note("read.merged", {"count": 1}) in reading.described


def test_a_merged_title_above_the_header_is_no_column() -> None:
    rows: Rows = [["2026년 FAQ", None, None], *FAQ]
    assert read("faq.xlsx", xlsx(("FAQ", rows), merged="A1:C1")).parts == ENTRIES


def test_numbers_and_dates_as_people_read_them() -> None:
    rows: Rows = [
        ["질문", "답변", "시작일", "종료일"],
        ["얼마?", 3000, datetime(2026, 1, 2), date(2026, 12, 31)],  # noqa: DTZ001 - as Excel has them
        ["몇 시?", 1.5, None, None],
        ["되나요?", True, None, None],
    ]
    entries = read("faq.xlsx", xlsx(("FAQ", rows))).parts
    assert [part.text for part in entries] == ["3000", "1.5", "True"]
    assert entries[0] == Entry("3000", "얼마?", valid_from=date(2026, 1, 2), valid_until=date(2026, 12, 31))


def test_cells_that_only_have_a_format_take_no_room() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in FAQ:
        sheet.append(row)
    sheet.cell(1_048_576, 16_384).font = openpyxl.styles.Font(bold=True)
    assert read("faq.xlsx", saved(book)).parts == ENTRIES


@pytest.mark.parametrize("data", [xlsx(("빈 시트", [])), xlsx(("머리글만", [["질문", "답변"]]))])
def test_workbooks_without_content(data: bytes) -> None:
    assert refused("빈.xlsx", data) == "read.nothing"


@pytest.mark.parametrize("cut", [100, 1_000, -200])
@pytest.mark.parametrize("make", [lambda: xlsx(("FAQ", FAQ)), lambda: xls(FAQ * 300)])
def test_broken_workbooks(make: Any, cut: int) -> None:
    assert refused("faq.xlsx", make()[:cut]) in ("read.broken", "read.archive", "read.old_office")


def test_damage_in_the_middle() -> None:
    data = bytearray(xlsx(("FAQ", FAQ * 200)))
    data[len(data) // 3 : len(data) // 3 + 60] = b"\x00" * 60
    assert refused("faq.xlsx", bytes(data)) == "read.broken"
    assert refused("faq.xlsx", with_member(xlsx(("FAQ", FAQ)), "xl/worksheets/sheet1.xml", b"<not xml")) in (
        "read.broken",
        "read.nothing",
    )


def test_a_password() -> None:
    """A protected workbook is a compound file with its package encrypted inside."""
    directory = "EncryptedPackage".encode("utf-16-le") + "EncryptionInfo".encode("utf-16-le")
    assert refused("faq.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + directory) == "read.password"


def test_a_bomb_by_its_ratio() -> None:
    assert refused("faq.xlsx", with_member(xlsx(("FAQ", FAQ)), "xl/media/a.bin", bytes(50_000_000))) == "read.bomb"


def test_a_bomb_of_many_members() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(5_500):
            archive.writestr(f"xl/{number}.xml", "x")
    assert refused("faq.xlsx", file.getvalue()) == "read.bomb"


def test_a_member_that_lies_about_its_size() -> None:
    data = bytearray(with_member(xlsx(("FAQ", FAQ)), "xl/media/a.bin", bytes(1_000_000)))
    true_size = (1_000_000).to_bytes(4, "little")
    assert data.count(true_size) == 2  # in its own header and in the directory
    assert refused("faq.xlsx", bytes(data.replace(true_size, (500).to_bytes(4, "little")))) in (
        "read.bomb",
        "read.broken",
    )


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row><row><c r="XFD2"><v>2</v></c></row>',
    ],
)
def test_one_cell_far_out_would_fill_the_memory(cell: bytes) -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>' + cell + b"</sheetData></worksheet>"
    )
    assert (
        refused("faq.xlsx", with_member(xlsx(("FAQ", FAQ)), "xl/worksheets/sheet1.xml", sheet)) == "read.too_many_cells"
    )


def test_entities_are_not_expanded() -> None:
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    data = with_member(xlsx(("FAQ", FAQ)), "xl/worksheets/sheet1.xml", laughs)
    try:
        text = " ".join(part.text for part in read("faq.xlsx", data).parts)
    except UnreadableError:
        return
    assert "haha" not in text


def test_comments_are_told_and_macros_refused() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in FAQ:
        sheet.append(row)
    sheet["B2"].comment = openpyxl.comments.Comment("검토 바람", "담당자")
    reading = read("faq.xlsx", saved(book))
    assert any(note.phrase == "read.comments" and note.values == {"count": 1} for note in reading.described)
    assert refused("faq.xlsm", with_member(saved(book), "xl/vbaProject.bin", b"x")) == "read.macros"
