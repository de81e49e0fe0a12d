"""Entries that say different things of the same: pairs, half of which contradict each other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.contradictions import contradicting_sentences, contradiction
from bot.same_questions import same_questions
from bot.support import take_apart, taken_apart
from knowledge.language import Language

FIRST = "contradictions.jsonl"
"""Forty pairs, written before the rules."""

LATER = "contradictions_later.jsonl"
"""Twenty-four pairs, written once the rules found the first ones; then seen, too: .83 and .42 at first sight."""


def pairs_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]


@dataclass(frozen=True)
class Entry:
    question: str
    answer: str
    language: Language
    aliases: Sequence[str] = ()
    title: str = ""


def contradict(one: Entry, other: Entry) -> bool:
    if list(same_questions([one, other], one.language)) and contradiction(one.answer, other.answer):
        return True
    sides = [taken_apart(entry.answer) for entry in (one, other)]
    return any(contradicting_sentences(here, there) for here in sides[0] for there in sides[1])


@pytest.mark.parametrize(("name", "least_precision", "least_recall"), [(FIRST, 0.9, 0.85), (LATER, 0.9, 0.6)])
def test_pairs(name: str, least_precision: float, least_recall: float) -> None:
    """Measured: precision 1.0 and recall 1.0 on the first, 1.0 and .67 on the later ones."""
    pairs = pairs_of(name)
    found = {
        pair["id"]: contradict(
            *(Entry(question, answer, pair["language"]) for question, answer in (pair["a"], pair["b"]))
        )
        for pair in pairs
    }
    right = {pair["id"] for pair in pairs if pair["contradicts"]}
    told = {key for key, each in found.items() if each}
    assert 2 * len(right) == len(pairs)
    precision, recall = len(told & right) / len(told), len(told & right) / len(right)
    print(f"{name}: precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= least_precision, told - right
    assert recall >= least_recall, right - told


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("배송비는 얼마인가요?", "반품 배송비는 얼마인가요?", "ko"),
        ("국내 배송은 며칠 걸리나요?", "해외 배송은 며칠 걸리나요?", "ko"),
        ("성수 매장은 어디인가요?", "부산 매장은 어디인가요?", "ko"),
        ("How much is shipping?", "How much is return shipping?", "en"),
        ("Can I cancel my order?", "Can I cancel my subscription?", "en"),
    ],
)
def test_another_subject_is_another_question(one: str, other: str, language: Language) -> None:
    assert list(same_questions([Entry(one, "네.", language), Entry(other, "네.", language)], language)) == []


def test_a_large_topic_is_no_question() -> None:
    asked = [
        f"'{word}'의 띄어쓰기"
        for word in ("먹고 가다", "달려 보다", "웃어 주다", "앉아 있다", "걸어 오다", "뛰어 가다")
    ]
    assert list(same_questions([Entry(each, "붙여 씁니다.", "ko") for each in asked], "ko")) == []


def test_thousands_of_one_question_end() -> None:
    same = [Entry("배송비는 얼마인가요?", f"{n}원입니다.", "ko") for n in range(3_000)]
    pairs = list(same_questions(same, "ko"))
    assert len(pairs) < 31 * len(same)
    assert all(one < other for one, other in pairs)


@pytest.mark.parametrize("text", ["", " ", "?", "가" * 50_000, "1" * 5_000, "\x00", "3일 3일 3일"])
def test_strange_answers_are_no_error(text: str) -> None:
    assert contradiction(text, text) is None
    contradiction(text, "3일 안에 됩니다.")
    assert contradicting_sentences(take_apart(text[:500]), take_apart(text[:500])) is None
