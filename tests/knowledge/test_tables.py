"""FAQ tables as people write them: the names of their columns, their separators, their accidents."""

from datetime import date

import pytest

from knowledge.columns import map_columns, role_of
from knowledge.entries import Entry, Reading, Section
from knowledge.reading import read
from knowledge.validity import to_date, to_period


def faq(text: str | bytes, name: str = "faq.csv") -> tuple[list[Entry], list[str]]:
    """Return the entries of a file and the phrases said of it."""
    reading = read(name, text.encode() if isinstance(text, str) else text)
    return [part for part in reading.parts if isinstance(part, Entry)], [note.phrase for note in reading.described]


def said(reading: Reading, phrase: str) -> dict[str, object]:
    return next(note.values for note in reading.described if note.phrase == phrase)


@pytest.mark.parametrize(
    "header",
    [
        "질문,답변", "문의,회신", "Q,A", "제목,내용", "question,answer", "문의내용,답변내용", "질문(필수),답변 (필수)",
        "고객 문의,상담사 답변",
        "FAQ 질문,FAQ 답변", "Question,Response", "질의,응답", "자주 묻는 질문,안내", "Q.,A.", "QUESTION,ANSWER",
        "title,content",
        "질문 내용*,답변 내용*", "예상질문,표준답변", "문의사항,처리결과", "증상,해결방법", "문항,답", "질문,설명",
    ],
)  # fmt: skip
def test_names_of_the_two_columns(header: str) -> None:
    entries, _ = faq(f"{header}\n환불되나요?,됩니다\n")
    assert [(entry.question, entry.text) for entry in entries] == [("환불되나요?", "됩니다")]


@pytest.mark.parametrize(
    "header",
    [
        "지점,주소",
        "질문번호,답변일",
        "name,description",
        "문의자,답변자",
        "문의일,답변여부",
        "question_id,answer_count",
    ],
)
def test_columns_that_are_no_faq(header: str) -> None:
    assert map_columns(header.split(",")) is None


def test_every_column_has_its_place() -> None:
    reading = read(
        "faq.csv",
        (
            "faq_id,대분류,소분류,제목,질문,답변,유사질문,키워드,시작일,종료일,열람대상,조회수\n"
            "A-1,배송,국내,배송 기간,며칠 걸리나요?,사흘 걸려요.,"
            '"언제 오나요?\n언제 도착해요, 혹시?","택배, 배송일",2026.1.2,2026-12-31,직원/파트너,7\n'
        ).encode(),
    )
    assert reading.parts == (
        Entry(
            text="사흘 걸려요.",
            question="며칠 걸리나요?",
            title="배송 > 국내 > 배송 기간",
            key="A-1",
            aliases=("언제 오나요?", "언제 도착해요, 혹시?", "택배", "배송일"),
            audience=("직원", "파트너"),
            valid_from=date(2026, 1, 2),
            valid_until=date(2026, 12, 31),
        ),
    )
    assert said(reading, "read.faq")["question"] == "질문"
    assert said(reading, "read.column_title")["columns"] == "'대분류', '소분류', '제목'"
    assert said(reading, "read.column_unused")["columns"] == "'조회수'"


def test_several_wordings_of_the_question_are_aliases() -> None:
    entries, _ = faq("질문1,질문2,질문3,답변\n환불되나요?,돈 돌려받나요?,,됩니다\n")
    assert entries == [Entry("됩니다", "환불되나요?", aliases=("돈 돌려받나요?",))]


def test_a_table_in_two_languages_gives_both() -> None:
    entries, _ = faq('질문(한국어),답변(한국어),Question,Answer\n환불되나요?,네,Can I get a refund?,"Yes, you can."\n')
    assert [(e.question, e.text) for e in entries] == [("환불되나요?", "네"), ("Can I get a refund?", "Yes, you can.")]


def test_the_header_comes_after_a_title() -> None:
    entries, _ = faq(
        "(주)보기 상점 FAQ,,\n작성일: 2026-01-01,,\n,,\n번호,문의,회신\n1,환불은?,됩니다\n2,교환은?,됩니다\n"
    )
    assert [entry.question for entry in entries] == ["환불은?", "교환은?"]


def test_a_header_repeated_on_the_next_page_is_no_question() -> None:
    assert len(faq("질문,답변\n환불은?,네\n질문,답변\n교환은?,네\n")[0]) == 2


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_separators_and_encodings(separator: str, encoding: str) -> None:
    text = separator.join(["질문", "답변"]) + "\r\n" + separator.join(["환불되나요?", '"첫 줄\n둘째 ""줄"""']) + "\r\n"
    entries, _ = faq(text.encode(encoding))
    assert [(entry.question, entry.text) for entry in entries] == [("환불되나요?", '첫 줄\n둘째 "줄"')]


def test_the_separator_that_excel_writes_in_the_first_line() -> None:
    assert faq("sep=;\n질문;답변\n환불?;네, 됩니다\n")[0] == [Entry("네, 됩니다", "환불?")]


def test_an_answer_cut_at_its_own_commas_is_joined() -> None:
    entries, phrases = faq("질문,답변\n환불되나요?,네, 7일 안에, 됩니다\n교환은?,네\n")
    assert [entry.text for entry in entries] == ["네, 7일 안에, 됩니다", "네"]
    assert "read.rows_joined" in phrases


def test_a_quotation_mark_that_is_never_closed() -> None:
    entries, _ = faq('질문,답변\n환불?,"닫지 않은 따옴표\n교환?,네\n')
    assert [entry.question for entry in entries] == ["환불?", "교환?"]


def test_no_header_but_questions_and_answers() -> None:
    entries, phrases = faq(
        "환불은 어떻게 하나요?,고객센터로 연락 주시면 처리해 드립니다\n"
        "배송은 며칠 걸리나요?,보통 이틀에서 사흘 걸립니다\n교환도 되나요?,네 7일 안에 가능합니다\n"
    )
    assert len(entries) == 3
    assert "read.faq_guessed" in phrases


def test_unknown_names_over_questions_and_answers() -> None:
    entries, _ = faq(
        "칸1,칸2\nHow do I return it?,Call us and we will help you\nWhat does it cost?,It costs nothing at all\n"
    )
    assert [entry.question for entry in entries] == ["How do I return it?", "What does it cost?"]


def test_rows_that_lack_something_are_counted() -> None:
    reading = read("faq.csv", "질문,답변\n환불?,네\n교환?,\n,답만\n,\n".encode())
    assert len(reading.parts) == 1
    assert said(reading, "read.row_no_answer") == {"count": 1, "rows": "3"}
    assert said(reading, "read.row_no_question") == {"count": 1, "rows": "4"}


def test_a_cell_of_a_million_characters_is_left_out_and_told() -> None:
    reading = read("faq.csv", ("질문,답변\n긴 것?," + "가" * 1_000_000 + "\n짧은 것?,네\n").encode())
    assert reading.parts == (Entry("네", "짧은 것?"),)
    assert said(reading, "read.row_too_long") == {"count": 1, "rows": "2"}


def test_formulas_are_text() -> None:
    assert faq("질문,답변\n\"=cmd|' /C calc'!A0\",=1+1\n")[0] == [Entry("=1+1", "=cmd|' /C calc'!A0")]


def test_zero_bytes_of_a_careless_export() -> None:
    assert (
        faq("질문,답변\n환불은 어떻게 하나요?,고객센터로 연락해 주세요\x00\n")[0][0].text == "고객센터로 연락해 주세요"
    )


def test_another_table_keeps_its_names_beside_the_values() -> None:
    reading = read("지점.csv", "지점,주소,전화\n강남점,강남대로 1,02-1234\n부산점,해운대로 2,051-111\n".encode())
    assert reading.parts == (
        Section(
            ("지점",),
            "지점: 강남점, 주소: 강남대로 1, 전화: 02-1234\n지점: 부산점, 주소: 해운대로 2, 전화: 051-111",
            rows=True,
        ),
    )


@pytest.mark.parametrize(
    "text", ["안녕하세요, 고객님\n감사합니다, 고객님\n", "Roses are red, dear\nViolets are blue, dear\nSo, so\n"]
)
def test_commas_do_not_make_a_table_of_prose(text: str) -> None:
    assert read("인사.txt", text.encode()).kind == "txt"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-31", date(2026, 1, 31)), ("2026.1.31.", date(2026, 1, 31)), ("2026/01/31", date(2026, 1, 31)),
        ("2026년 1월 31일", date(2026, 1, 31)), ("20260131", date(2026, 1, 31)),
        ("2026-01-31 00:00", date(2026, 1, 31)),
        ("", None), ("상시", None), ("-", None),
    ],
)  # fmt: skip
def test_dates(written: str, expected: date | None) -> None:
    assert to_date(written) == expected


@pytest.mark.parametrize("written", ["2026-13-01", "2026-02-30", "내년", "1/2/26"])
def test_no_dates(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        to_date(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-01 ~ 2026-12-31", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026.1.1-2026.12.31", (date(2026, 1, 1), date(2026, 12, 31))),
        ("~2026.12.31", (None, date(2026, 12, 31))),
        ("2026.12.31까지", (None, date(2026, 12, 31))),
        ("2026-12-31", (None, date(2026, 12, 31))),
        ("2026-01-01부터", (date(2026, 1, 1), None)),
        ("2026-01-01 ~", (date(2026, 1, 1), None)),
        ("무기한", (None, None)),
    ],
)
def test_periods(written: str, expected: tuple[date | None, date | None]) -> None:
    assert to_period(written) == expected


def test_a_period_that_cannot_be_read_is_told_and_the_row_kept() -> None:
    entries, phrases = faq("질문,답변,유효기간\n환불?,네,다음 달까지\n")
    assert entries == [Entry("네", "환불?")]
    assert "read.row_bad_date" in phrases


@pytest.mark.parametrize("everyone", ["", "전체", "모두", "all", "직원, 전체"])
def test_an_audience_that_is_everyone(everyone: str) -> None:
    assert faq(f'질문,답변,공개 대상\n환불?,네,"{everyone}"\n')[0][0].audience is None


def test_how_sure_a_name_is() -> None:
    assert role_of("질문") == ("question", 3)
    assert role_of("고객 질문 내용") == ("question", 2)
    assert role_of("질문 유형") == ("title", 3)
    assert role_of("문의일시") is None
