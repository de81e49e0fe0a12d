"""Moods by day and by aspect, and which messages have one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.database.moods import MoodAt, TurnMood, moods_since
from bot.messages import Message
from bot.moods_over_time import over_time
from bot.sentiment.listening import mood_of
from tests.samples import NOON, BotMaker

SEOUL = ZoneInfo("Asia/Seoul")
LATE = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
"""Half an hour before midnight in Seoul."""


def heard(score: float, minutes: int = 0, **aspects: float) -> MoodAt:
    return MoodAt(LATE + timedelta(minutes=minutes), TurnMood(score, aspects))


def test_days_are_those_of_the_zone() -> None:
    found = over_time([heard(0.5), heard(-0.5), heard(-0.9, 31), heard(0.05, 40)], SEOUL, "ko")
    assert [(day.day, day.total, day.mean) for day in found.days] == [
        (date(2026, 11, 24), 2, 0.0),
        (date(2026, 11, 25), 2, -0.425),
    ]
    assert dict(found.labels) == {"positive": 1, "negative": 2, "neutral": 1}
    assert found.mean == pytest.approx(-0.212, abs=0.001)


def test_both_languages_count_for_one_aspect_and_rare_ones_are_not_told() -> None:
    some = [heard(0, 배송=-0.5), heard(0, delivery=-0.7), heard(0, 배송=0.3), heard(0, 가격=-0.9)]
    (aspect,) = over_time(some, SEOUL, "ko").aspects
    assert (aspect.name, aspect.count, aspect.negative, aspect.mean) == ("배송", 3, 2, -0.3)
    assert over_time(some, SEOUL, "en").aspects[0].name == "delivery"


def test_nothing_heard() -> None:
    found = over_time([], SEOUL, "ko")
    assert (found.labels.total(), found.mean, found.days, found.aspects) == (0, 0.0, (), ())


@pytest.mark.parametrize(
    ("text", "task", "sign"),
    [
        ("배송이 너무 늦어서 화가 나요", "answer", -1),
        ("정말 감사합니다", "smalltalk", 1),
        ("배송이 너무 늦어서 화가 나요", "translate", None),
        ("배송이 너무 늦어서 화가 나요", "sentiment", None),
        ("   ", "answer", None),
    ],
)
def test_only_what_is_a_persons_own_has_a_mood(text: str, task: str, sign: int | None) -> None:
    mood = mood_of(text, task)
    assert (mood is None) == (sign is None)
    assert mood is None or mood.score * (sign or 0) > 0


def test_what_is_recorded_has_its_mood_and_what_is_not_has_none(make_bot: BotMaker) -> None:
    bot = make_bot()
    bot.ask(Message("환불이 왜 이렇게 늦나요? 너무 답답합니다", "test", person="minji"))
    bot.ask(Message("최악이에요 화가 납니다", "test"), record=False)
    with bot.sessions() as session:
        (found,) = moods_since(session, NOON - timedelta(days=1), NOON + timedelta(days=1))
    assert found.mood.score < -0.3
    assert "환불" in found.mood.aspects
