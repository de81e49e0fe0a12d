"""Cells that Excel would take for formulas, and workbooks of several sheets."""

import io

import openpyxl
import pytest

from knowledge.formulas import guarded, unguarded
from knowledge.writing import csv_bytes, workbook_bytes


@pytest.mark.parametrize("cell", ["=1+1", "+82-10", "-하나", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-1", "=", "-"])
def test_no_formula_goes_out_and_every_cell_comes_back(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "가", "'인용'", "-5", "+3.5", "-1,000", "-10%", "a=b", "''", "5-3"])
def test_what_is_none_stays(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell


def test_csv_for_excel() -> None:
    assert csv_bytes([["질문", "=1"], ["가,나", "-5"]]).decode("utf-8-sig") == '질문,\'=1\r\n"가,나",-5\r\n'
    assert csv_bytes([["가", "나"]], "\t") == "﻿가\t나\r\n".encode()


def test_sheets_have_names_that_excel_takes() -> None:
    names = ["요금/배송", "요금:배송", "가" * 40, "가" * 40, "", "a", "A", "'따옴표'"]
    data = workbook_bytes([(name, [["질문", "답변"], ["=1", "네"]], 0) for name in names])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 for name in book.sheetnames)
    assert book.sheetnames[:2] == ["요금 배송", "요금 배송 (2)"]
    assert book[book.sheetnames[0]]["A2"].data_type != "f"


def test_a_sheet_without_names_of_columns_has_nothing_pinned() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([("가", [["a"], ["b"]], None), ("나", [["a"], ["b"]], 1)])))
    assert book["가"].freeze_panes is None
    assert book["나"].freeze_panes == "A3"
