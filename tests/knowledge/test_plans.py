"""A table read as somebody says: by names or without, in part, in another order; what does not fit; a look before."""

import io
import json
from collections.abc import Sequence

import openpyxl
import pytest

from knowledge.entries import Entry, Reading, UnreadableError
from knowledge.guarded import look_guarded, read_guarded
from knowledge.looking import Looked, look, look_line, look_of
from knowledge.plans import Chosen, Plan, SheetPlan, plan_of
from knowledge.reading import BY_HAND, BY_HAND_ELSE, read
from knowledge.transport import NotAReadingError

ODD = "2026년 고객센터,,,\n번호,묻는 것,답하는 것,비고\n1,환불되나,네 됩니다,주문\n2,교환되나,아니요,주문\n"
ROLES: tuple[Chosen, ...] = ("key", "question", "answer", "title")
NAMES = ("번호", "묻는 것", "답하는 것", "비고")
BY_NAME = Plan((SheetPlan(ROLES, NAMES, header=1),))


def remembered(plan: Plan) -> Plan:
    return Plan(plan.sheets, plan.encoding, plan.delimiter, remembered=True)


def entries(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [(e.key, e.question, e.text, e.title) for e in reading.parts if isinstance(e, Entry)]


def phrases(reading: Reading) -> list[str]:
    return [note.phrase for note in reading.described]


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_columns_are_read_by_the_names_they_have() -> None:
    reading = read("a.csv", ODD.encode(), BY_NAME)
    assert entries(reading) == [("1", "환불되나", "네 됩니다", "주문"), ("2", "교환되나", "아니요", "주문")]
    assert BY_HAND in phrases(reading)


def test_the_next_file_may_have_more_columns_in_another_order() -> None:
    moved = "비고,새 열,답하는 것,묻는 것,id\n주문,x,네,환불되나,k1\n"
    reading = read("a.csv", moved.encode(), remembered(Plan((SheetPlan(ROLES[1:], NAMES[1:], header=1),))))
    assert entries(reading) == [("k1", "환불되나", "네", "주문")]
    assert BY_HAND in phrases(reading)


def test_a_file_that_the_remembered_plan_does_not_fit_is_read_as_seems_best() -> None:
    reading = read("a.csv", "질문,답변\n환불되나요?,네\n".encode(), remembered(BY_NAME))
    assert entries(reading) == [("", "환불되나요?", "네", "")]
    assert BY_HAND_ELSE in phrases(reading)
    assert BY_HAND not in phrases(reading)
    for data in (
        b'{"question": "a?", "answer": "b"}\n',
        "그냥 글입니다. 표가 아닙니다.".encode(),
        b"<html><p>abc</p></html>",
    ):
        assert read("a", data, remembered(BY_NAME)).parts


@pytest.mark.parametrize("names", [("없는 이름", "답하는 것"), ("묻는 것", "묻는 것")])
def test_names_that_are_not_there_are_said(names: tuple[str, str]) -> None:
    with pytest.raises(UnreadableError) as caught:
        read("a.csv", ODD.encode(), Plan((SheetPlan(("question", "answer"), names, header=0),)))
    assert caught.value.note.phrase == "read.plan_names"
    assert names[0] in str(caught.value.note.values["names"])


def test_what_is_no_table_has_no_columns() -> None:
    for data in (b'{"question": "a?", "answer": "b"}\n', b"<html><p>abc</p></html>", b"{\\rtf1 abc}"):
        with pytest.raises(UnreadableError) as caught:
            read("a", data, BY_NAME)
        assert caught.value.note.phrase == "read.plan_no_table"


def test_the_first_row_may_be_an_entry_and_rows_above_it_be_left_out() -> None:
    rows = "머리말,\n환불되나,네 됩니다\n교환되나,아니요\n"
    first = SheetPlan(("question", "answer"), start=1)
    assert [e[1] for e in entries(read("a.csv", rows.encode(), Plan((first,))))] == ["환불되나", "교환되나"]
    narrow = Plan((SheetPlan(("", "", "", "question", "answer")),))
    with pytest.raises(UnreadableError) as caught:
        read("a.csv", rows.encode(), narrow)
    assert caught.value.note.phrase == "read.plan_roles"
    assert entries(read("a.csv", "질문,답변\n가나요?,네\n".encode(), remembered(Plan((first,))))) == [
        ("", "가나요?", "네", "")
    ]


def test_a_column_of_text_makes_an_entry_of_each_row() -> None:
    rows = "제목,글,덧붙임,대상\n주차,뒤편에 세우세요,세 시간,직원\n,,,\n셔틀,정각에 옵니다,,전체\n"
    one = Plan((SheetPlan(("title", "text", "", "audience"), ("제목", "글", "덧붙임", "대상"), header=0),))
    found = [part for part in read("a.csv", rows.encode(), one).parts if isinstance(part, Entry)]
    assert [(e.question, e.text, e.title, e.audience) for e in found] == [
        ("", "뒤편에 세우세요", "주차", ("직원",)),
        ("", "정각에 옵니다", "셔틀", None),
    ]
    two = Plan((SheetPlan(("title", "text", "text", ""), ("제목", "글", "덧붙임", "대상"), header=0),))
    found = [part for part in read("a.csv", rows.encode(), two).parts if isinstance(part, Entry)]
    assert found[0].text == "글: 뒤편에 세우세요\n덧붙임: 세 시간"


def test_sheets_are_chosen_and_left_out() -> None:
    data = book(
        요금=[["이름", "뜻"], ["기본요금", "한 달 만 원"]],
        메모=[["아무", "글"], ["가", "나"]],
        질문=[["질문", "답변"], ["왜?", "그냥"]],
    )
    plan = Plan(
        (SheetPlan(("question", "answer"), ("이름", "뜻"), "요금", 0), SheetPlan((), (), "메모", left_out=True))
    )
    reading = read("a.xlsx", data, plan)
    assert [(e[1], e[2]) for e in entries(reading)] == [("기본요금", "한 달 만 원"), ("왜?", "그냥")]
    assert "read.left_out_sheets" in phrases(reading)
    assert len(entries(reading)) == len(reading.parts)


def test_delimiter_and_encoding_are_chosen() -> None:
    rows = "Q;A\n가, 나?;다, 라\n"
    found = entries(read("a.csv", rows.encode(), Plan(delimiter=";")))
    assert found == [("", "가, 나?", "다, 라", "")]
    french = "question,answer\noù?,là-bas, déjà vu, ça va\n".encode("cp1252")
    read_so = read("a.csv", french, Plan(encoding="Windows-1252"))
    assert entries(read_so)[0][1] == "où?"
    korean = "질문,답변\n똠방각하?,웨딩샾\n".encode("cp949")
    assert entries(read("a.csv", korean, Plan(encoding="CP949")))[0][1:3] == ("똠방각하?", "웨딩샾")
    with pytest.raises(UnreadableError):
        read("a.csv", korean, Plan(encoding="UTF-8"))
    again = korean.decode("cp949").encode()  # saved as UTF-8 since
    assert entries(read("a.csv", again, Plan(encoding="CP949", remembered=True)))[0][1] == "똠방각하?"
    assert entries(read("a.csv", b"\xef\xbb\xbf" + again, Plan(encoding="CP949")))[0][1] == "똠방각하?"


def test_a_plan_stands_in_json() -> None:
    plan = Plan(
        (SheetPlan(ROLES, NAMES, "가", 3), SheetPlan(("text",), ("",), None, None, 2, left_out=True)), "CP949", "\t"
    )
    assert plan_of(json.loads(json.dumps(plan.line()))) == plan
    assert plan_of(json.loads(json.dumps(remembered(plan).line()))) == remembered(plan)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "x",
        {},
        {"sheets": {}},
        {"sheets": [3]},
        {"sheets": [{"roles": ["nothing"]}]},
        {"sheets": [{"roles": [["question"]]}]},
        {"sheets": [{"roles": ["question"], "names": [1]}]},
        {"sheets": [{"roles": ["question"], "header": -1}]},
        {"sheets": [{"roles": ["question"], "header": True}]},
        {"sheets": [{"roles": ["question"], "start": None}]},
        {"sheets": [{"roles": ["question"], "sheet": 1}]},
        {"sheets": [{"roles": ["question"] * 1001}]},
        {"sheets": [{"roles": []}] * 201},
        {"sheets": [], "encoding": "rot13"},
        {"sheets": [], "delimiter": "ab"},
        {"sheets": [], "delimiter": []},
    ],
)
def test_what_is_no_plan_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError):
        plan_of(value)


def test_a_look_shows_rows_and_what_would_be_read() -> None:
    looked = look(ODD.encode("cp949"), Plan())
    assert (looked.kind, looked.encoding, looked.delimiter) == ("csv", "CP949", ",")
    (sheet,) = looked.sheets
    assert sheet.rows[1] == NAMES
    assert (sheet.total, sheet.width) == (4, 4)
    planned = look(ODD.encode("cp949"), BY_NAME).sheets[0]
    assert planned.count == 2
    assert (planned.samples[0].question, planned.samples[0].answer, planned.samples[0].key) == (
        "환불되나",
        "네 됩니다",
        "1",
    )
    assert planned.plan.roles == ROLES
    wrong = look(ODD.encode(), Plan((SheetPlan(("question", ""), ("번호", ""), header=1),))).sheets[0]
    assert wrong.problem is not None
    assert wrong.rows == sheet.rows


def test_a_look_at_what_is_no_table_or_cannot_be_decoded() -> None:
    assert look(b'{"question": "a?", "answer": "b"}\n', Plan()).sheets == ()
    assert look(b"{\\rtf1 abc}", Plan()).sheets == ()
    damaged = "질문,답변\n".encode("cp949") + bytes(range(128, 256)) * 3 + ",답\n".encode("cp949")
    looked = look(damaged, Plan())
    assert looked.encoding == "?"
    assert looked.lost
    assert look("한 줄 글입니다.".encode(), Plan()).sheets[0].total == 1


def test_a_look_in_a_child_process_and_as_json() -> None:
    looked = look_guarded("a.csv", ODD.encode(), BY_NAME)
    assert looked == look(ODD.encode(), BY_NAME)
    assert look_of(json.loads(json.dumps(look_line(looked)))) == looked
    reading, drafts = read_guarded("a.csv", ODD.encode(), plan=BY_NAME)
    assert [draft.key for draft in drafts] == ["1", "2"]
    assert BY_HAND in phrases(reading)
    with pytest.raises(UnreadableError):
        look_guarded("a", b"MZ\x90\x00", Plan())


@pytest.mark.parametrize(
    "line", [None, {}, {"kind": 1}, {"kind": "csv", "encoding": "", "delimiter": "", "lost": 0, "sheets": [1]}]
)
def test_a_line_that_is_no_look_is_not_trusted(line: object) -> None:
    with pytest.raises(NotAReadingError):
        look_of(line)


def test_wide_and_long_tables_are_shown_in_part() -> None:
    wide = "\n".join(",".join(f"{row}-{column} " + "가" * 500 for column in range(100)) for row in range(60))
    looked: Looked = look(wide.encode(), Plan())
    (sheet,) = looked.sheets
    assert (len(sheet.rows), sheet.width, sheet.total) == (20, 60, 60)
    assert max(len(cell) for row in sheet.rows for cell in row) <= 160


def test_of_a_long_table_the_beginning_is_read() -> None:
    (sheet,) = look(("질문,답변\n" + "무엇?,그것\n" * 3_000).encode(), Plan()).sheets
    assert (sheet.total, sheet.count) == (3_001, 1_999)
