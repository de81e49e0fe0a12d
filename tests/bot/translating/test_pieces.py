"""A long text in pieces that make it up again."""

import pytest

from bot.translating.pieces import LONGEST, pieces

SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\n안녕하세요\n\n2\n00:00:03,000 --> 00:00:04,500\n- 가요?\n- 네.\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\n",
        "안녕하세요",
        SUBTITLES,
        "앞\n```py\nx = 1  # 주석\n```\n뒤",
        "문단입니다.\n\n" * 2_000,
        "가" * 9_000,
        "- 하나\n- 둘\n\n| 표 | 칸 |\n|---|---|\n",
        "12345 67,890",
    ],
)
def test_nothing_is_lost(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert all(len(piece.text) <= LONGEST for piece in found if piece.translated)


def test_subtitles_go_in_groups() -> None:
    (piece,) = pieces(SUBTITLES)
    assert [one.text for one in piece.subtitles] == ["안녕하세요", "- 가요?\n- 네."]
    many = pieces("".join(f"{n}\n00:00:01,000 --> 00:00:02,000\n안녕하세요, 여러분\n\n" for n in range(500)))
    assert 5 < len(many) < 20


def test_code_and_numbers_stay() -> None:
    found = pieces("앞\n```py\nx = 1\n```\n뒤\n")
    assert [piece.text for piece in found if piece.translated] == ["앞", "뒤"]
    assert not any(piece.translated for piece in pieces("12345 67,890"))
