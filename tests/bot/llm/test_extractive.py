from bot.llm.extractive import GAP, WHOLE, extract

REFUNDS = (
    "한빛상점은 2009년에 문을 열었습니다. 본사는 부산에 있습니다. 직원은 모두 마흔두 명이며 서로를 별명으로 부릅니다. "
    "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다. 다만 카드사에 따라 이틀이 더 걸릴 수 있습니다. "
    "매장은 평일 오전 9시부터 오후 6시까지 엽니다. 점심시간은 따로 없습니다. 주차장은 건물 뒤편에 있으며 두 시간까지 "
    "무료입니다. 자전거를 두는 곳도 마련되어 있습니다. 반려동물은 안고 들어오실 수 있습니다. "
    "제주와 섬 지역의 배송비는 3,000원이 더해집니다. 선물 포장은 1,500원입니다."
)
OFFICE = (
    "The company was founded in 2009 by two engineers from Busan. Its first office was a small garage near the port. "
    "Refunds are paid within 3 business days of the request. However, some banks need two more days. "
    "The shop opens at 9 in the morning and closes at 6. Bicycles may be left behind the building. "
    "Gift wrapping costs 1,500 won. Shipping to islands costs 3,000 won more. Dogs are welcome when carried."
)


def test_a_short_text_is_shown_whole() -> None:
    text = "환불은 3일 걸립니다. 교환은 5일 걸립니다."
    assert extract("교환은요?", text, "ko") == text


def test_the_sentence_that_answers_comes_with_the_one_that_belongs_to_it() -> None:
    found = extract("환불은 며칠이나 걸리나요?", REFUNDS, "ko")
    assert "3일 안에 처리됩니다. 다만 카드사에 따라" in found
    assert "주차장" not in found
    found = extract("How long does a refund take?", OFFICE, "en")
    assert "within 3 business days of the request. However, some banks" in found
    assert "Bicycles" not in found


def test_two_things_asked_for_at_once_are_both_shown_in_the_order_of_the_text() -> None:
    found = extract("제주 배송비와 환불 처리 기간을 알려 주세요", REFUNDS, "ko")
    assert found.index("3일 안에") < found.index("3,000원")


def test_every_run_stands_in_the_text_character_by_character() -> None:
    for question in ("환불", "배송비 얼마", "주차 되나요?", "우주", "", "2009년 부산"):
        for run in extract(question, REFUNDS, "ko").split(GAP):
            assert run in REFUNDS


def test_a_question_that_shares_nothing_gets_the_beginning() -> None:
    assert extract("zzz qqq", REFUNDS, "ko").startswith("한빛상점은 2009년에")


def test_text_without_sentences_is_shown_whole() -> None:
    rows = "가" * (2 * WHOLE)
    assert extract("가", rows, "ko") == rows
    assert extract("가", "", "ko") == ""
