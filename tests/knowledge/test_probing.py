"""Questions made from passages, each with the passage as it is without the wording that is asked."""

import pytest

from knowledge.passages import Passage
from knowledge.probing import probe_of, probes_of, rescored, shared_headings

ALIASES = ("배송료 무료 조건", "택배비 얼마나 나와요?")


def test_an_alias_is_asked_and_taken_away() -> None:
    passage = Passage(1, "ko", "3,000원입니다.", "배송", "배송비는 얼마인가요?", ALIASES)
    probe = probe_of(passage)
    assert probe is not None
    assert probe.kind == "alias"
    assert probe.text in ALIASES
    assert set(probe.reduced.aliases) == set(ALIASES) - {probe.text}
    assert probe.reduced.question == passage.question


def test_without_aliases_the_question_then_the_title_then_a_sentence() -> None:
    question = probe_of(Passage(1, "ko", "3,000원입니다.", "배송", "배송비는 얼마인가요?"))
    assert question is not None
    assert (question.kind, question.reduced.question) == ("question", "")
    title = probe_of(Passage(1, "en", "It is 3,000 won.", "Delivery charges"))
    assert title is not None
    assert (title.kind, title.reduced.title) == ("title", "")
    text = "Expenses are paid together with the salary at the end of each month. Ask the office."
    sentence = probe_of(Passage(1, "en", text))
    assert sentence is not None
    assert sentence.kind == "sentence"
    assert sentence.text != text.split(". ")[0]
    assert set(sentence.text.split()) <= set(text.split())


def test_a_heading_that_several_passages_have_asks_for_none_of_them() -> None:
    passages = [
        Passage(number, "en", f"Text number {number} of the handbook says this.", "Handbook") for number in (1, 2)
    ]
    shared = shared_headings(passages)
    assert shared == {"Handbook"}
    assert [probe.kind for probe in probes_of(passages, shared)] == ["sentence", "sentence"]


@pytest.mark.parametrize(
    "passage",
    [
        Passage(1, "ko", ""),
        Passage(1, "ko", "네."),
        Passage(1, "ko", "가" * 100_000),
        Passage(1, "en", "\x00\ud7a3"),
        Passage(1, "ko", "https://example.com/a/b/c?d=e"),
    ],
)
def test_what_has_nothing_to_ask_is_left_out(passage: Passage) -> None:
    assert probe_of(passage) is None


def test_a_heading_in_the_other_language_is_not_asked() -> None:
    probe = probe_of(Passage(1, "ko", "회사 서버에 접속하려면 먼저 신청서를 내고 승인을 받아야 합니다.", "VPN Access"))
    assert probe is not None
    assert probe.kind == "sentence"


def test_the_score_is_that_of_bm25() -> None:
    assert rescored({"a": 1, "b": 1}, {"a": 2.0}, mean=2.0) == pytest.approx(2.0)
    assert rescored({"b": 3}, {"a": 2.0}, mean=2.0) == 0
    assert rescored({"a": 1, "b": 9}, {"a": 2.0}, mean=2.0) < 2.0
    assert rescored({"a": 50}, {"a": 2.0}, mean=50.0) < 2.0 * 2.2
    assert rescored({}, {}, mean=0.0) == 0
