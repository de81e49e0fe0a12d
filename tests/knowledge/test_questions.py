import pytest

from knowledge.questions import LONGEST, QUOTED, understand


def test_the_frame_of_a_korean_question_weighs_less_than_its_content() -> None:
    asked = understand("환불은 어떻게 신청하나요?")
    assert asked.language == "ko"
    assert asked.words["환불/N"] == 1.0
    assert asked.words["어떻/V"] < asked.words["신청/N"]
    assert asked.bigrams["환불"] == 1.0
    assert asked.bigrams["나요"] < 0.5


def test_what_is_quoted_weighs_more_whatever_it_is() -> None:
    asked = understand("화면에 '어떻게 할까요'라고 나와요")
    assert asked.words["어떻/V"] == QUOTED
    assert asked.bigrams["까요"] == QUOTED
    assert asked.words["화면/N"] == 1.0


def test_an_apostrophe_quotes_nothing() -> None:
    assert set(understand("I can't find the shop's address, it's gone").words.values()) == {1.0}


def test_spaced_and_joined_compounds_ask_for_the_same_pair() -> None:
    assert "유효기간" in understand("유효 기간은?").words
    assert "유효기간" in understand("유효기간은?").words


def test_an_english_question_asks_for_stems() -> None:
    asked = understand("When are refunds paid?")
    assert asked.language == "en"
    assert {"refund", "paid"} <= set(asked.words)


@pytest.mark.parametrize("text", ["", "???", "''", "“”", "İSTANBUL 환불 규정은 무엇인가요", "환" * 10, "\x00"])
def test_any_text_is_understood(text: str) -> None:
    asked = understand(text)
    assert all(weight > 0 for weight in (*asked.words.values(), *asked.bigrams.values()))


def test_a_huge_text_is_looked_for_by_its_head() -> None:
    asked = understand("환불 규정을 알려 주세요. " + "가나다 " * 30_000)
    assert len(asked.text) <= LONGEST
    assert "환불/N" in asked.words
