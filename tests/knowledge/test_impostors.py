"""Passages left out in turn, with their kin: what a corpus finds for a question it does not answer."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

import pytest

from knowledge.calibration import typical_impostor
from knowledge.impostors import SAMPLE, impostors
from knowledge.keywords import KeywordIndex
from knowledge.passages import Passage

THINGS = (
    "환불 배송 교환 적립금 쿠폰 영수증 비밀번호 탈퇴 포장 매장 주차 예약 좌석 결제 할부 세금계산서 보증서 수리 조립 "
    "설치 색상 치수 재고 입고 품절 단체주문 견적 해외배송 관세 통관"
).split()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[KeywordIndex]:
    made = KeywordIndex(tmp_path / "words")
    yield made
    made.close()


def passages(*texts: str) -> list[Passage]:
    return [Passage(number, "ko", text) for number, text in enumerate(texts, 1)]


def score(index: KeywordIndex, some: Sequence[Passage]) -> float:
    index.clear()
    index.add(some)
    return typical_impostor(impostors(index, some))


def made_of(count: int) -> list[Passage]:
    drawn = random.Random(7)  # noqa: S311 - texts for a test
    return passages(*(" ".join(drawn.sample(THINGS, count)) + " 순서로 합니다." for _ in range(60)))


def test_a_corpus_that_always_finds_something_alike_scores_higher(index: KeywordIndex) -> None:
    assert score(index, made_of(12)) > score(index, made_of(2)) + 0.3


def test_kin_leaves_with_the_passage(index: KeywordIndex) -> None:
    """Three entries a subject: without kin left out, the siblings would answer each other's questions."""
    families = [
        f"{one} {text}"
        for one in THINGS
        for text in ("신청은 방문 접수로 합니다.", "신청 기한은 매달 말일입니다.", "신청 결과는 전화로 알립니다.")
    ]
    some = passages(*families)
    index.add(some)
    found = impostors(index, some)
    assert len(found) == SAMPLE
    assert fmean(each.words_gap for each in found) < 0.2


def test_a_large_corpus_is_sampled_and_progress_is_told(index: KeywordIndex) -> None:
    some = passages(*(f"{one} 안내 {number}번 창구에서 합니다." for number in range(8) for one in THINGS))
    index.add(some)
    told: list[tuple[int, int]] = []
    found = impostors(index, some, lambda done, total: told.append((done, total)))
    assert len(found) == SAMPLE
    assert told == [(done, SAMPLE) for done in range(1, SAMPLE + 1)]


def test_nothing_to_ask_is_passed_over(index: KeywordIndex) -> None:
    some = [Passage(1, "ko", ""), Passage(2, "ko", "네."), Passage(3, "ko", "", question="주차는 어디에 하나요?")]
    index.add(some)
    assert len(impostors(index, some)) == 1
    assert impostors(index, []) == []


def test_hostile_texts_do_no_harm(index: KeywordIndex) -> None:
    some = passages(
        "가" * 5_000, "가나 " * 2_000, "\x00\ud7a3 것이다 그렇다.", "?? !! .. 가", "https://example.com/가/나?다=라"
    )
    index.add(some)
    assert all(each.words_gap <= 1 for each in impostors(index, some))
