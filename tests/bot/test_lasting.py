"""Lengths of time in one unit."""

import pytest

from bot.lasting import lasting


@pytest.mark.parametrize(
    ("seconds", "korean", "english"),
    [
        (0, "1분 미만", "less than a minute"),
        (60, "1분", "1 min"),
        (3_500, "58분", "58 min"),
        (5 * 3_600, "5시간", "5 h"),
        (47 * 3_600, "47시간", "47 h"),
        (3 * 86_400, "3일", "3 days"),
    ],
)
def test_lengths_of_time(seconds: float, korean: str, english: str) -> None:
    assert (lasting(seconds, "ko"), lasting(seconds, "en")) == (korean, english)
