"""When something is due: the minute, the zone, and the hours that a change to summer time leaves out or repeats."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cron import due, is_cron, seconds_to_next
from bot.errors import SettingsError
from bot.settings import load

SEOUL, BERLIN, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


@pytest.mark.parametrize(
    "text", ["30 3 * * *", "*/5 9-18 * * 1-5", "0 9 * * mon", "0 0 1 1 *", "59 23 31 12 *", "0 0 L * *"]
)
def test_an_expression_of_five_fields(text: str) -> None:
    assert is_cron(text)


@pytest.mark.parametrize(
    "text",
    ["", "매일 3시", "@daily", "60 * * * *", "0 24 * * *", "0 0 31 2 *", "0 0 * * * *", "* * * *", "R * * * *",
     "0 H * * *", "0 0 ** * *", "-1 * * * *", "*/0 * * * *", "\x00 * * * *", "9" * 5000 + " * * * *", "1-0 * * * x"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert not is_cron(text)


def test_a_setting_that_is_none_is_told_with_an_example() -> None:
    with pytest.raises(SettingsError, match=r"DAPBOT_RETENTION_AT=매일 is not as cron has it.*30 3"):
        load(retention_at="매일")


def test_it_is_due_from_its_minute_on() -> None:
    three = at("2026-11-25T03:30", SEOUL)
    assert due("30 3 * * *", three - 0.001, SEOUL).isoformat() == "2026-11-24T03:30:00"
    assert due("30 3 * * *", three, SEOUL).isoformat() == "2026-11-25T03:30:00"
    assert due("30 3 * * *", three + 86_399, SEOUL).isoformat() == "2026-11-25T03:30:00"
    assert seconds_to_next("30 3 * * *", three - 60, SEOUL) == 60
    assert seconds_to_next("30 3 * * *", three, SEOUL) == 86_400


def ticks(expression: str, zone: ZoneInfo, first: str, hours: int) -> list[str]:
    """Return the planned times that a clock meets which looks every five minutes."""
    begin = datetime.fromisoformat(first).replace(tzinfo=UTC)
    looks = [(begin + timedelta(minutes=5 * i)).timestamp() for i in range(12 * hours)]
    return sorted({due(expression, look, zone).isoformat(timespec="minutes") for look in looks})


def test_an_hour_that_is_left_out_is_made_up_for() -> None:
    """In Berlin, 2:30 does not exist on 29 March 2026."""
    assert due("30 2 * * *", at("2026-03-29T01:59", BERLIN), BERLIN).day == 28
    assert due("30 2 * * *", at("2026-03-29T03:00", BERLIN), BERLIN).isoformat() == "2026-03-29T02:30:00"
    assert ticks("30 2 * * *", BERLIN, "2026-03-28T12:00", 48) == [f"2026-03-{d}T02:30" for d in (28, 29, 30)]


def test_an_hour_that_comes_twice_counts_once() -> None:
    """In New York, 1:30 comes twice on 1 November 2026."""
    assert ticks("30 1 * * *", NEW_YORK, "2026-10-31T12:00", 48) == [
        "2026-10-31T01:30",
        "2026-11-01T01:30",
        "2026-11-02T01:30",
    ]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_what_is_due_every_hour_goes_on_through_both(day: str) -> None:
    found = ticks("*/10 * * * *", BERLIN, f"{day}T00:00", 4)
    assert len(found) == 24
    assert {len(found)} == {len(set(found))}


def test_hours_that_are_named_are_those_of_the_clock_on_the_wall() -> None:
    """Every sixth hour is none that comes twice: in summer too it is the one that people see."""
    six = at("2026-07-01T06:00", BERLIN)
    assert due("0 */6 * * *", six, BERLIN).isoformat() == "2026-07-01T06:00:00"
    assert seconds_to_next("0 */6 * * *", six, BERLIN) == 6 * 3600
    assert ticks("0 */2 * * *", BERLIN, "2026-10-24T22:00", 6) == [f"2026-10-25T0{hour}:00" for hour in (0, 2, 4)]
