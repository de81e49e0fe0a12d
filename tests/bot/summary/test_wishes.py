"""What a reader looks for in a mail, without a model."""

import pytest

from bot.letter import Address, Letter
from bot.summary.letters import summarize_letter

LETTER = Letter(
    "신제품 소개 자료를 검토해 주세요. 지난달에 김포 창고로 이사했습니다. 새 사무실은 넓고 밝습니다. "
    "총비용은 3,000만 원입니다. 회의는 11월 27일 오후 3시입니다. 문의는 02-123-4567로 받습니다.",
    sender=Address("박영희"),
)


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        ("금액만 정리해줘", "3,000만 원"),
        ("몇 시 회의인지만", "오후 3시"),
        ("연락처 알려줘", "02-123-4567"),
        ("how much is it", "3,000만 원"),
    ],
)
def test_what_is_looked_for_comes_first(wish: str, first: str) -> None:
    lines = summarize_letter(LETTER, reader="ko", wish=wish).lines
    assert first in lines[0].text
    assert len({line.text for line in lines}) == 3
    assert any("검토" in line.evidence for line in lines)


@pytest.mark.parametrize("wish", ["", "영어로", "참고하세요", "[" * 10_000])
def test_other_words_change_nothing(wish: str) -> None:
    assert summarize_letter(LETTER, reader="ko", wish=wish) == summarize_letter(LETTER, reader="ko")
