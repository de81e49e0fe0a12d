"""What comes down goes up again and changes nothing: columns, words and unknown columns stay, ids are there."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from bot.errors import UserError
from bot.library import Library
from bot.settings import Settings
from bot.wiring import build_bot

HARD = (
    ("환불은 언제 되나요?", '사흘 안에 "꼭" 됩니다,\n늦어도 나흘', "a,b"),
    ("수식인가요?", '=HYPERLINK("http://evil","x")', "+82-10"),
    ("음수인가요?", "-5", "@SUM(1)"),
    ("목록인가요?", "- 하나\n- 둘", "'=이미"),
    ("탭인가요?", "가\t나", "''-x"),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with build_bot(Settings(data=tmp_path / "data")) as bot:
        yield bot.library


def csv_of(*rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def book_of(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for line in sheet.iter_rows():
            for cell in line:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # text, whatever it begins with
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book}


def round_trip(library: Library, name: str, data: bytes) -> bytes:
    """Upload, download, upload again: the second upload must change nothing, and so must a third."""
    (result,) = library.add([(name, data)])
    assert result.state == "added"
    number = library.change_number()
    _, _, down = library.download(1)
    change = library.compare((name, down))[0].change
    assert (change.nothing, change.added, change.changed, change.removed) == (True, (), (), ())
    assert [each.state for each in library.add([(name, down)])] == ["unchanged"]
    assert library.change_number() == number
    return down


def test_a_table_with_hard_cells(library: Library) -> None:
    down = round_trip(library, "faq.csv", csv_of(("질문", "답변", "담당"), *HARD, encoding="utf-8"))
    assert down.startswith(b"\xef\xbb\xbf")
    rows = cells(down)
    assert rows[0] == ["id", "질문", "답변", "담당"]
    keys = [passage.key for passage in library.show(1).passages]
    assert [row[0] for row in rows[1:]] == keys
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@\t\r" and cell]
    assert rows[2][2:] == ['\'=HYPERLINK("http://evil","x")', "'+82-10"]
    assert (rows[3][2], rows[4][2]) == ("-5", "'- 하나\n- 둘")
    assert rows[1][1:] == [*HARD[0][:1], '사흘 안에 "꼭" 됩니다,\n늦어도 나흘', "a,b"]


def test_titles_above_empty_rows_and_cp949(library: Library) -> None:
    rows = (("2026년 자주 묻는 질문", "", ""), ("", "", ""), ("번호", "질문", "답변"))
    body = (("1", "환불되나요?", "네"), ("", "", ""), ("번호", "질문", "답변"), ("2", "교환되나요?", "아니요"))
    down = round_trip(library, "faq.csv", csv_of(*rows, *body, encoding="cp949"))
    table = cells(down)
    assert table[0] == ["", "2026년 자주 묻는 질문", "", ""]
    assert table[2] == table[5] == ["id", "번호", "질문", "답변"]
    assert table[4] == ["", "", "", ""]


def test_ids_of_the_file_stay_and_the_missing_ones_are_filled(library: Library) -> None:
    data = csv_of(("질문", "코드", "답변"), ("가나요?", "A-1", "네 갑니다"), ("오나요?", "", "네 옵니다"))
    down = round_trip(library, "faq.csv", data)
    table = cells(down)
    assert table[0] == ["질문", "코드", "답변"]
    assert table[1][1] == "A-1"
    assert table[2][1] == library.show(1).passages[1].key


def test_an_entry_that_is_edited_keeps_its_key_and_its_aliases(library: Library) -> None:
    library.add([("faq.csv", csv_of(("질문", "답변"), ("가나요?", "네"), ("오나요?", "네")))])
    key = library.show(1).passages[0].key
    library.alias_add(key, "출발하는지")
    table = cells(library.download(1)[2])
    table[1][1:] = ["언제 출발하나요?", "아홉 시에 갑니다"]
    (result,) = library.add([("faq.csv", csv_of(*table))])
    assert (result.added, result.changed, result.removed) == (0, 1, 0)
    assert library.show(1).passages[0].aliases == ("출발하는지",)
    assert library.aliases(1)[0].question == "언제 출발하나요?"
    assert "출발하는지" not in library.download(1)[2].decode()  # the file has those of the file


def test_two_languages_in_a_row(library: Library) -> None:
    data = csv_of(
        ("질문(한국어)", "답변(한국어)", "질문(영어)", "답변(영어)"),
        ("환불되나요?", "네, 사흘 안에 됩니다", "Can I get a refund?", "Yes, within three days"),
        ("교환되나요?", "아니요, 안 됩니다", "Can I exchange it?", "No, you cannot"),
    )
    round_trip(library, "faq.csv", data)


def test_a_table_without_names(library: Library) -> None:
    rows = [
        (f"{word}은 언제 되나요?", f"{word}은 접수하신 날부터 사흘 안에 됩니다.") for word in ("환불", "교환", "배송")
    ]
    down = round_trip(library, "faq.csv", csv_of(*rows))
    assert cells(down)[0] == ["id", "질문", "답변"]


def test_a_table_whose_names_say_nothing(library: Library) -> None:
    rows = [
        (f"{word}은 언제 되나요?", f"{word}은 접수하신 날부터 사흘 안에 됩니다.") for word in ("환불", "교환", "배송")
    ]
    down = round_trip(library, "faq.csv", csv_of(("가", "나"), *rows))
    assert cells(down)[0] == ["id", "질문", "답변"]


def test_tabs(library: Library) -> None:
    down = round_trip(library, "faq.tsv", "질문\t답변\n가나요?\t네, 갑니다\n오나요?\t네\n".encode("utf-16"))
    assert down.decode("utf-8-sig").splitlines()[0] == "id\t질문\t답변"
    assert library.download(1)[1].startswith("text/tab-separated-values")


def test_a_workbook_with_several_sheets(library: Library) -> None:
    data = book_of(
        요금=[["요금 안내", None, None], ["질문", "답변", "비고"], *HARD],
        배송=[["담당", "질문", "답변", "유효기간"], ["김", "며칠 걸리나요?", 3, "2026-01-01 ~ 2026-12-31"]],
        표=[["지점", "전화"], ["서울", "02-123-4567"], ["부산", "051-123-4567"]],
    )
    down = round_trip(library, "faq.xlsx", data)
    found = sheets(down)
    assert list(found) == ["요금", "배송", "표"]
    assert found["요금"][1] == ["id", "질문", "답변", "비고"]
    assert found["요금"][3][2:] == ['=HYPERLINK("http://evil","x")', "+82-10"]
    assert found["배송"][1][1:] == ["김", "며칠 걸리나요?", "3", "2026-01-01 ~ 2026-12-31"]
    assert found["표"][1] == ["서울", "02-123-4567"]
    book = openpyxl.load_workbook(io.BytesIO(down))
    assert {cell.data_type for row in book["요금"].iter_rows() for cell in row} <= {"s", "inlineStr", "n"}  # no formula


def test_merged_cells(library: Library) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["분류", "질문", "답변"], ["결제", "환불되나요?", "네"], [None, "취소되나요?", "네, 됩니다"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    (table,) = sheets(round_trip(library, "faq.xlsx", out.getvalue())).values()
    assert [row[1] for row in table] == ["분류", "결제", "결제"]


def test_lines_of_json(library: Library) -> None:
    lines = [
        {"question": "가나요?", "answer": "네", "team": ["a"], "aliases": ["출발?"]},
        {"faq_id": "B", "question": "오나요?", "answer": "=1+1"},
    ]
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines) + "깨진 줄\n"
    down = round_trip(library, "faq.jsonl", data.encode()).decode()
    first, second, broken = down.splitlines()
    assert json.loads(first) == {"id": library.show(1).passages[0].key, **lines[0]}
    assert json.loads(second) == lines[1]
    assert broken == "깨진 줄"


def test_an_array_of_json(library: Library) -> None:
    data = json.dumps([{"question": "가나요?", "answer": "네"}, {"question": "오나요?", "answer": "네"}]).encode()
    down = round_trip(library, "faq.json", data)
    assert [list(each) for each in json.loads(down)] == [["id", "question", "answer"]] * 2


def test_prose_comes_back_as_it_came(library: Library) -> None:
    data = "# 안내\n본문입니다. 두 시간 무료예요.\n".encode("cp949")
    library.add([("안내/주차.md", data)])
    assert library.download(1) == ("주차.md", "application/octet-stream", data)


def test_the_original_and_the_live_version(library: Library) -> None:
    first, second = csv_of(("질문", "답변"), ("가나요?", "네")), csv_of(("질문", "답변"), ("가나요?", "아니요"))
    library.add([("faq.csv", first)])
    library.add([("faq.csv", second)])
    assert library.download(1, original=True)[2] == second
    library.rollback(1)
    assert library.download(1, original=True)[2] == first
    assert cells(library.download(1)[2])[1][1:] == ["가나요?", "네"]


def test_a_file_that_was_not_kept(library: Library, tmp_path: Path) -> None:
    library.add([("faq.csv", csv_of(("질문", "답변", "대상"), ("가나요?", "=네", "직원")))])
    library.add([("a.md", "# 안내\n본문입니다.".encode())])
    with library._sessions.begin() as session:  # as in a database of an earlier release
        session.execute(text("DELETE FROM originals"))
    name, _, down = library.download(1)
    assert name == "faq.csv"
    assert cells(down)[1][2:6] == ["가나요?", "'=네", "", "직원"]
    assert library.compare(("faq.csv", down))[0].change.nothing
    for document, phrase in ((2, "library.no_original"), (9, "library.no_document")):
        with pytest.raises(UserError) as refused:
            library.download(document)
        assert refused.value.phrase == phrase
