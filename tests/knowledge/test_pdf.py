"""PDF files: paragraphs, headings, tables, page numbers; scans, locked and damaged files."""

import os

import pytest

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read
from tests.knowledge.pdf_files import Sheet, pdf

LOCKED = (
    b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
    b"/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"
)


def page_of(text: str, *, width: int = 24, top: float = 780) -> Sheet:
    """A page with a paragraph broken after every ``width`` signs, as Hangul and Word break Korean."""
    sheet, lines = Sheet(), [""]
    for sign in text:
        if len(lines[-1]) >= width and sign != " ":  # a space at the break stays where it was
            lines.append("")
        lines[-1] += sign
    sheet.block(60, top, lines)
    return sheet


def told(data: bytes) -> dict[str, dict[str, object]]:
    return {note.phrase: note.values for note in read("문서.pdf", data).described}


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read("문서.pdf", data)
    return error.value.note.phrase


LONG = (
    "고객센터는 평일 오전 아홉 시부터 오후 여섯 시까지 운영합니다. 점심시간에는 한 시간 동안 상담이 어렵습니다. "
    "주말과 공휴일에는 챗봇이 상담을 대신하며 접수된 문의는 다음 영업일에 순서대로 처리합니다. 반품을 원하시면 상품을 "
    "받은 날부터 칠 일 안에 고객센터에 접수해 주세요. 접수를 마치면 택배 기사가 방문하여 상품을 수거하고 상품 확인이 "
    "끝나면 환불을 처리합니다."
)


def test_lines_broken_at_spaces_are_one_paragraph() -> None:
    words, lines = LONG.split(" "), [""]
    for word in words:
        if len(lines[-1]) + len(word) >= 40:
            lines.append("")
        lines[-1] += f"{word} "
    sheet = Sheet()
    sheet.block(60, 780, lines)
    assert read("안내.pdf", pdf(sheet)).parts == (Section(("안내",), LONG, page=1),)


def test_lines_broken_inside_words_are_joined_where_programs_keep_the_space_of_a_break() -> None:
    text = read("안내.pdf", pdf(page_of(LONG, width=23))).parts[0].text
    assert text == LONG


def test_each_page_is_cited_and_a_sentence_stays_whole() -> None:
    first = Sheet()
    first.block(60, 300, ["이 안내는 사내 출장 규정을 정리한 것으로 출장을 신청하는 방법과 비용을 정산하는 "])
    second = Sheet()
    second.block(60, 780, ["방법을 다룹니다. 출장은 사흘 전에 신청합니다."])
    parts = read("출장.pdf", pdf(first, second)).parts
    assert [(part.page, part.text[-12:]) for part in parts] == [
        (1, "하는 방법을 다룹니다."),
        (2, "사흘 전에 신청합니다."),
    ]


def test_larger_type_is_a_heading() -> None:
    sheet = Sheet()
    sheet.write(60, 780, "배송 안내", 20)
    sheet.write(60, 740, "배송 기간", 14)
    end = sheet.block(60, 730, ["서울은 하루, 제주는 사흘이 걸립니다."])
    sheet.write(60, end - 30, "배송비", 14)
    sheet.block(60, end - 40, ["삼만 원부터는 배송비가 없습니다.", "그 아래는 삼천 원입니다."])
    parts = read("안내.pdf", pdf(sheet)).parts
    assert [part.titles for part in parts if isinstance(part, Section)] == [
        ("배송 안내", "배송 기간"),
        ("배송 안내", "배송비"),
    ]


def test_bookmarks_name_the_headings() -> None:
    sheets = []
    for title in ("총칙", "신청 절차"):
        sheet = Sheet()
        sheet.write(60, 780, title)
        sheet.block(60, 760, [f"{title}에 관한 글입니다. 자세한 내용은 아래와 같습니다."])
        sheets.append(sheet)
    parts = read("규정.pdf", pdf(*sheets, bookmarks=[(1, "총칙"), (2, "신청 절차")])).parts
    assert [(part.page, part.titles) for part in parts if isinstance(part, Section)] == [
        (1, ("총칙",)),
        (2, ("신청 절차",)),
    ]


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    sheets = []
    for number in range(1, 6):
        sheet = Sheet()
        sheet.write(60, 810, "주식회사 가나다 취업규칙")
        sheet.block(60, 760, [f"{'가나다라마'[number - 1]}부서의 근무 시간은 아침 {number}시부터입니다."])
        sheet.write(280, 30, f"- {number} -")
        sheets.append(sheet)
    data = pdf(*sheets)
    assert all("취업규칙" not in part.text and "- " not in part.text for part in read("규칙.pdf", data).parts)
    assert told(data)["read.headers_left_out"] == {"count": 10}


def test_a_number_with_dashes_at_the_edge_is_left_out_on_a_single_page_too() -> None:
    data = pdf(page_of(LONG).write(280, 30, "- 1 -"))
    assert read("안내.pdf", data).parts == (Section(("안내",), LONG, page=1),)


def faq(sheet: Sheet, rows: list[tuple[str, str]], top: float) -> Sheet:
    height = 40
    for at, (question, answer) in enumerate(rows):
        sheet.write(65, top - at * height - 15, question)
        for line, text in enumerate(answer.split("\n")):
            sheet.write(215, top - at * height - 15 - 13 * line, text)
    return sheet.grid([60, 210, 520], [top - i * height for i in range(len(rows) + 1)])


def test_a_drawn_faq_table_becomes_entries_also_over_two_pages() -> None:
    first = faq(
        Sheet().write(60, 800, "자주 묻는 질문"), [("질문", "답변"), ("환불은 언제 되나요?", "사흘 안에\n됩니다.")], 780
    )
    second = faq(Sheet(), [("질문", "답변"), ("취소는 되나요?", "배송 전에는 됩니다.")], 800)
    entries = [part for part in read("faq.pdf", pdf(first, second)).parts if isinstance(part, Entry)]
    assert [(entry.question, entry.text, entry.page) for entry in entries] == [
        ("환불은 언제 되나요?", "사흘 안에\n됩니다.", 1),
        ("취소는 되나요?", "배송 전에는 됩니다.", 2),
    ]


def test_a_table_without_questions_keeps_its_rows() -> None:
    sheet = Sheet().grid([60, 200, 350, 500], [780, 750, 720, 690])
    for row, cells in enumerate(
        [("요금제", "월 요금", "데이터"), ("기본", "3만 원", "10 GB"), ("고급", "5만 원", "무제한")]
    ):
        for column, text in enumerate(cells):
            sheet.write(65 + 145 * column, 760 - 30 * row, text)
    parts = read("요금.pdf", pdf(sheet)).parts
    assert [part.text for part in parts] == [
        "요금제: 기본, 월 요금: 3만 원, 데이터: 10 GB\n요금제: 고급, 월 요금: 5만 원, 데이터: 무제한"
    ]


def test_questions_with_answers_know_their_page() -> None:
    sheets = []
    for number in (1, 2):
        sheet = Sheet()
        sheet.block(
            60, 780, [f"Q{number}. {number}번 상품은 교환이 되나요?", f"A{number}. 네, {number}주 안에 됩니다."]
        )
        sheets.append(sheet)
    entries = [part for part in read("faq.pdf", pdf(*sheets)).parts if isinstance(part, Entry)]
    assert [(entry.question, entry.page) for entry in entries] == [
        ("1번 상품은 교환이 되나요?", 1),
        ("2번 상품은 교환이 되나요?", 2),
    ]


def test_hyphens_of_the_margin_go_and_others_stay() -> None:
    sheet = Sheet()
    lines = [
        "Customers may return the goods within seven days after the deliv-",
        "ery has arrived at their home or office address.",
    ]
    sheet.block(60, 780, lines)
    assert "the delivery has arrived" in read("returns.pdf", pdf(sheet)).parts[0].text


def test_scans_and_partly_scanned_files() -> None:
    assert refused(pdf(Sheet(picture=True), Sheet(picture=True))) == "read.scanned"
    assert refused(pdf(Sheet())) == "read.nothing"
    sheets = [page_of(LONG), page_of(LONG[::-1]), Sheet(picture=True)]
    assert told(pdf(*sheets))["read.pages_without_text"] == {"count": 1, "pages": "3"}


def test_text_without_a_map_to_its_characters() -> None:
    strange = "".join(chr(0xE000 + i) for i in range(60))
    assert refused(pdf(Sheet().write(60, 700, strange))) == "read.unmapped"


def test_locked_long_and_damaged_files() -> None:
    data = pdf(page_of(LONG))
    assert refused(pdf(page_of(LONG), encrypt=LOCKED)) == "read.password"
    assert refused(b"%PDF-1.7\n" + os.urandom(3_000)) == "read.broken"
    assert refused(data[:200]) == "read.broken"
    assert refused(pdf(*[Sheet()] * 2_001)) == "read.too_many_pages"


def test_a_page_with_more_lines_than_a_table_has() -> None:
    sheet = page_of(LONG)
    sheet.lines = [(x, 10, x, 800) for x in range(0, 590, 2)] + [(10, y, 590, y) for y in range(0, 840, 2)]
    assert "고객센터" in read("도면.pdf", pdf(sheet)).parts[0].text


def test_a_row_that_the_end_of_a_page_has_cut_is_one_entry() -> None:
    first = faq(Sheet(), [("질문", "답변"), ("반품은 어떻게 하나요?", "고객센터에 접수하면")], 780)
    second = Sheet().write(215, 765, "기사가 찾아갑니다.").write(65, 725, "취소는 되나요?").write(215, 725, "됩니다.")
    second.lines = [(x, 780, x, 700) for x in (60, 210, 520)] + [(60, y, 520, y) for y in (740, 700)]
    entries = [part for part in read("faq.pdf", pdf(first, second)).parts if isinstance(part, Entry)]
    assert [(entry.question, " ".join(entry.text.split()), entry.page) for entry in entries] == [
        ("반품은 어떻게 하나요?", "고객센터에 접수하면 기사가 찾아갑니다.", 1),
        ("취소는 되나요?", "됩니다.", 2),
    ]


def test_raised_numbers_stay_on_their_line() -> None:
    sheet = Sheet().write(60, 700, "이자는 연 3퍼센트", 10).write(145, 704, "1)", 6).write(155, 700, "입니다.", 10)
    assert read("이자.pdf", pdf(sheet)).parts[0].text.replace(" ", "") == "이자는연3퍼센트1)입니다."
