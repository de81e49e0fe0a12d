"""Tables as files: what is written is what other programs, and our own readers, read."""

import csv
import io

import openpyxl
import pytest

from knowledge.reading import read
from knowledge.sheets import read_workbook
from knowledge.writing import MOST_CELL, csv_bytes, workbook_bytes, xlsx_bytes

ROWS = [
    ["ID", "질문", "답변"],
    ["1", "배송비는 얼마인가요?\n둘째 줄 <b>&\"'", " 3,000원 \U0001f600 똠방각하"],
    ["=1+1", "둘째 질문은 무엇인가요?", "@답입니다"],
    ["", "", ""],
    ["007", "짧은 줄"],
]


def test_csv_is_what_excel_takes_for_korean() -> None:
    data = csv_bytes(ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [rows[at] for at in (0, 1, 3, 4)] == [ROWS[at] for at in (0, 1, 3, 4)]
    assert rows[2] == ["'=1+1", ROWS[2][1], "'@답입니다"]  # or a table program would calculate it
    parts = read("a.csv", data).parts
    assert [part.text for part in parts] == ["3,000원 \U0001f600 똠방각하", "@답입니다"]


def test_a_workbook_is_read_by_another_program_and_by_ours() -> None:
    data = xlsx_bytes(ROWS, "FAQ <&'>")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    assert sheet.title == "FAQ <&'>"
    assert sheet.freeze_panes == "A2"
    values = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert values[:3] == ROWS[:3]
    assert sheet["A3"].data_type != "f"  # text, not a formula
    assert read_workbook(data, "xlsx").sheets[0].rows[1] == ROWS[1]
    book.close()


def test_several_sheets_keep_their_names() -> None:
    data = workbook_bytes([("요금", ROWS, 0), ("빈 시트", [], None), ("x" * 40, [["가"]], None)])
    names = [sheet.name for sheet in read_workbook(data, "xlsx").sheets]
    assert names == ["요금", "빈 시트", "x" * 31]


@pytest.mark.parametrize("text", ["a\x00b\x1fc", "\ud800", "가" * (MOST_CELL + 10), "_x0041_", "]]>", "  spaces  "])
def test_odd_cells_make_no_broken_file(text: str) -> None:
    data = xlsx_bytes([["질문", "답변"], ["무엇인가요?", text]])
    cell = read_workbook(data, "xlsx").sheets[0].rows[1][1]
    assert len(cell) <= MOST_CELL
    assert csv_bytes([[text]])
