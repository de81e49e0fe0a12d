"""HWPX: text with tabs and breaks, numbers, merged cells, notes, tracked changes; locked, damaged, hostile."""

import io
import zipfile

import pytest

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read
from tests.knowledge.hangul_files import hwpx, p, t, table

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def texts(data: bytes) -> str:
    return "\n".join(part.text for part in read("문서.hwpx", data).parts)


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read("문서.hwpx", data)
    return error.value.note.phrase


def test_what_follows_tabs_and_breaks_is_read() -> None:
    assert texts(hwpx(p("성명\t홍길동\n연락처", " 02-123-4567"))) == "성명\t홍길동\n연락처 02-123-4567"


def test_words_spread_for_their_looks_are_closed_up() -> None:
    said = texts(hwpx(p("서    약    서") + p("가. 행 사 명: 가을 음악회") + p("나는 그 책 한 권을 샀다.")))
    assert said == "서약서\n가. 행사명: 가을 음악회\n나는 그 책 한 권을 샀다."


def test_outlines_are_headings_with_their_numbers() -> None:
    data = hwpx(
        p("총칙", shape=1)
        + p("목적", shape=2)
        + p("이 규정은 출장을 정한다.")
        + p("적용", shape=2)
        + p("임직원에게 적용한다.")
        + p("부칙", shape=1)
        + p("바로 시행한다.")
    )
    assert [(part.titles, part.text) for part in read("규정.hwpx", data).parts if isinstance(part, Section)] == [
        (("제1장 총칙", "1.1 목적"), "이 규정은 출장을 정한다."),
        (("제1장 총칙", "1.2 적용"), "임직원에게 적용한다."),
        (("제2장 부칙",), "바로 시행한다."),
    ]


def test_lists_keep_their_numbers_and_signs() -> None:
    data = hwpx(p("신분증", shape=4) + p("통장 사본", shape=4) + p("도장", shape=5))
    assert texts(data) == "가. 신분증\n나. 통장 사본\n- 도장"


def test_bulleted_items_are_no_headings() -> None:
    data = hwpx(p("대상") + p("● 임직원") + p("● 계약직") + p("■ 신청 방법") + p("홈페이지에서 신청한다."))
    reading = read("안내.hwpx", data)
    assert [part.text for part in reading.parts] == ["대상\n● 임직원\n● 계약직", "홈페이지에서 신청한다."]
    assert reading.parts[1].titles == ("신청 방법",)  # type: ignore[union-attr]


def test_a_faq_table_with_merged_cells_becomes_entries() -> None:
    rows = [
        ["구분", "질 문", "답 변", "공개대상"],
        ["배송", "배송비는 얼마인가요?", "3,000원입니다.\n제주는 5,000원입니다.", "전체"],
        ["", "언제 오나요?", "이틀 안에 갑니다.", "회원"],
    ]
    data = hwpx(p("자주 묻는 질문", shape=1) + p(table(rows, {(1, 0): (2, 1)})) + p("끝."))
    assert read("faq.hwpx", data).parts[:2] == (
        Entry("3,000원입니다.\n제주는 5,000원입니다.", "배송비는 얼마인가요?", title="배송"),
        Entry("이틀 안에 갑니다.", "언제 오나요?", title="배송", audience=("회원",)),
    )


def test_labels_and_values_are_read_row_by_row() -> None:
    rows = [["작성일자", "2026. 3. 2."], ["작성자", "홍길동"], ["연락처", "02-123-4567"]]
    assert texts(hwpx(p(table(rows)))) == "작성일자: 2026. 3. 2.\n작성자: 홍길동\n연락처: 02-123-4567"


def test_questions_with_answers_in_running_text() -> None:
    data = hwpx(p("Q. 환불은 언제 되나요?") + p("A. 사흘 안에 됩니다.") + p("Q. 취소는 되나요?") + p("A. 됩니다."))
    assert [part.question for part in read("faq.hwpx", data).parts if isinstance(part, Entry)] == [
        "환불은 언제 되나요?",
        "취소는 되나요?",
    ]


def test_notes_boxes_and_frames_and_deleted_text() -> None:
    note = f'<hp:ctrl><hp:footNote number="1"><hp:subList>{p("각주의 글")}</hp:subList></hp:footNote></hp:ctrl>'
    box = f"<hp:rect><hp:drawText><hp:subList>{p('상자의 글')}</hp:subList></hp:drawText></hp:rect>"
    changed = "<hp:t>가격은 <hp:deleteBegin/>만 원<hp:deleteEnd/>이만 원이다.</hp:t>"
    data = hwpx(p("본문", note, "입니다.") + p(box) + p(table([["틀 안의 글\n둘째 줄"]])) + p(changed))
    assert texts(data).split("\n") == [
        "본문[1]입니다.",
        "[1] 각주의 글",
        "상자의 글",
        "틀 안의 글",
        "둘째 줄",
        "가격은 이만 원이다.",
    ]


def test_a_first_letter_in_a_box_and_fields_to_tick() -> None:
    inside = f"<hp:drawText><hp:subList>{p('발')}</hp:subList></hp:drawText>"
    letter = f'<hp:rect dropcapstyle="DoubleLine">{inside}</hp:rect>'
    assert texts(hwpx(p("광다이오드", letter) + p('<hp:checkBtn caption="동의함"/>'))) == "발광다이오드\n동의함"


def test_tables_beside_paragraphs_and_cells_without_lists_as_some_programs_write_them() -> None:
    row = "<hp:tr><hp:tc>{}</hp:tc><hp:tc>{}</hp:tc></hp:tr>"
    rows = row.format(p("질문"), p("답변")) + row.format(p("되나요?"), p("됩니다."))
    assert read("faq.hwpx", hwpx(p("안내") + f"<hp:tbl>{rows}</hp:tbl>")).parts[1:] == (Entry("됩니다.", "되나요?"),)


def test_rows_of_values_are_no_names_of_columns() -> None:
    rows = [["담당 부서", "체육과", "과장", "02-123-4567"], ["담당 부서", "문화과", "과장", "02-123-9999"]]
    assert texts(hwpx(p(table(rows)))).split("\n")[1] == "담당 부서, 문화과, 과장, 02-123-9999"


def test_headers_are_left_out_and_memos_and_pictures_told() -> None:
    header = f"<hp:ctrl><hp:header><hp:subList>{p('머리말')}</hp:subList></hp:header></hp:ctrl>"
    memo = f'<hp:ctrl><hp:fieldBegin type="MEMO"><hp:subList>{p("비밀 메모")}</hp:subList></hp:fieldBegin></hp:ctrl>'
    reading = read("문서.hwpx", hwpx(p(header, "본문", memo, "<hp:pic/>")))
    assert [part.text for part in reading.parts] == ["본문"]
    told = {note.phrase: note.values.get("count") for note in reading.described}
    assert (told["read.comments"], told["read.pictures"], told["read.headers_left_out"]) == (1, 1, 1)


def test_more_than_ten_sections_stay_in_order() -> None:
    assert texts(hwpx(*[p(f"구역 {i}") for i in range(12)])).split("\n") == [f"구역 {i}" for i in range(12)]


def test_locked_empty_and_pictures_only() -> None:
    assert refused(hwpx(p("비밀"), encrypted=True)) == "read.password"
    assert refused(hwpx(p(""))) == "read.nothing"
    assert refused(hwpx(p("<hp:pic/>"))) == "read.only_pictures"


def test_damaged_and_hostile_files() -> None:
    data = hwpx(p("글입니다. " * 200))
    for cut in (30, 300, len(data) // 2, len(data) - 10):
        assert refused(data[:cut]) == "read.broken"
    assert refused(hwpx(p("글"), extra={"Contents/section9.xml": BOMB.encode() + b"<x>&b;</x>"})) == "read.entities"
    assert refused(hwpx("<hp:p>")) == "read.broken"
    assert refused(hwpx("<hp:x>" * 500 + "</hp:x>" * 500)) == "read.too_deep"
    assert refused(hwpx(p("글"), extra={"BinData/a.bmp": bytes(60_000_000)})) == "read.bomb"


def test_entities_in_another_encoding_and_a_table_that_claims_a_billion_rows() -> None:
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + BOMB + "<x>&b;</x>").encode("utf-16")
    assert refused(hwpx(p("글"), extra={"Contents/section9.xml": wide})) == "read.entities"
    far = table([["가", "나"], ["다", "라"]]).replace('rowAddr="1"', 'rowAddr="99999999"')
    assert "가" in texts(hwpx(p(far) + p("끝입니다.")))


def test_members_that_climb_out_are_never_written(tmp_path: object) -> None:
    file = io.BytesIO(hwpx(p("글입니다.")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../escaped.xml", "<x/>")
    assert texts(file.getvalue()) == "글입니다."


def test_text_is_escaped_as_in_the_format() -> None:
    assert texts(hwpx(p(t("A < B & C")))) == "A < B & C"
