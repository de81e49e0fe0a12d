"""Sentences made short: nothing that is left says something else than it did."""

import pytest

from bot.summary.trimming import brief_of, line_of

KOREAN = {
    "바쁘신 와중에 죄송하지만 27일까지 견적서를 보내 주시기 바랍니다.": "27일까지 견적서를 보내 주세요",
    "항상 저희 서비스를 이용해 주셔서 감사드리며, 11월분 청구서를 송부드립니다.": "11월분 청구서를 송부",
    "총 결제 금액은 12,000,000원(부가세 포함)입니다.": "총 결제 금액은 12,000,000원(부가세 포함)",
    "회의는 다음 주 화요일 오후 2시로 변경되었습니다.": "회의는 다음 주 화요일 오후 2시로 변경되었음",
    "추가 비용은 발생하지 않습니다.": "추가 비용은 발생하지 않음",
    "자료는 내일 공유드리겠습니다.": "자료는 내일 공유 예정",
    "계약서 검토가 어렵습니다.": "계약서 검토가 어렵습니다",
    "12월 18일에 행사를 엽니다.": "12월 18일에 행사를 엽니다",
    "감사합니다.": "감사합니다",
    "2026. 12. 4.(금)까지 제출 부탁드립니다.": "2026. 12. 4.(금)까지 제출 부탁",
}
ENGLISH = {
    "Jeff/Brenda:  Could you please send me the draft?": "Send me the draft",
    "Hi Phillip, this is just a reminder that the office is closed on Friday.": "The office is closed on Friday",
    "I wanted to let you know that the invoice was paid.": "The invoice was paid",
    "Attached is the new report.": "Attached: the new report",
    "iPhone orders are late.": "iPhone orders are late",
    "minsu@partner.com is the address.": "minsu@partner.com is the address",
    "Please note that prices (as discussed) rise by 5% (from $20).": "Prices rise by 5% (from $20)",
}


@pytest.mark.parametrize(("sentence", "line"), [*KOREAN.items(), *ENGLISH.items()])
def test_what_a_line_does_without(sentence: str, line: str) -> None:
    assert brief_of(sentence) == line


def test_a_long_korean_sentence_begins_after_a_clause() -> None:
    sentence = (
        "지난주 회의에서 말씀드린 바와 같이 신규 서버 도입 건과 관련하여 비교할 수 있는 견적이 필요하오니, "
        "12월 1일까지 서버 3대 기준 견적서를 보내 주시면 감사하겠습니다."
    )
    assert brief_of(sentence) == "… 12월 1일까지 서버 3대 기준 견적서를 보내 주세요"


def test_an_amount_is_never_cut_off() -> None:
    sentence = (
        "청구 금액은 부가세를 포함하여 모두 3,300,000원이며, 지난달보다 늘어난 것은 야간 점검이 두 차례 "
        "추가되었기 때문이니 확인하시기 바랍니다."
    )
    assert "3,300,000원" in brief_of(sentence)


def test_a_deadline_that_is_cut_off_is_put_back() -> None:
    sentence = (
        "Please review the attached proposal for the new customer portal and the three appendices that describe the "
        "interfaces, the data model and the plan, and send your comments to me by Friday, December 4."
    )
    line = brief_of(sentence)
    assert line.startswith("Review the attached proposal for the new customer portal")
    assert line.endswith("… by Friday, December 4")


@pytest.mark.parametrize("text", ["", " ", ".", "?", "…", "(" * 500, "가" * 5_000, "a " * 5_000, "\n\n", "| | |", "1."])
def test_odd_sentences(text: str) -> None:
    assert len(brief_of(text)) <= 250
    assert len(line_of(text)) <= 250
