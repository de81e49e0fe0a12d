"""Periods as people write them; what cannot be read is refused, never guessed."""

from datetime import date

import pytest

from knowledge.lines import read_values
from knowledge.tables import read_table
from knowledge.validity import to_date, to_period

MARCH, MAY, LAST = date(2026, 3, 1), date(2026, 5, 31), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2026년 3월 1일까지", (None, MARCH)),
        ("2026년 3월 1일(일)까지", (None, MARCH)),
        ("2026년 3월 1일부터", (MARCH, None)),
        ("2026.3.1~", (MARCH, None)),
        ("~ 2026. 3. 1.", (None, MARCH)),
        ("2026년 3월 1일 ~ 5월 31일", (MARCH, MAY)),
        ("2026년 3월 1일부터 5월 31일까지", (MARCH, MAY)),
        ("2026.3.1 ~ 5.31", (MARCH, MAY)),
        ("2026년 3월 1일 ~ 15일", (MARCH, date(2026, 3, 15))),
        ("2025년 12월 1일 ~ 3월 1일", (date(2025, 12, 1), MARCH)),
        ("26.3.1 - 26.5.31", (MARCH, MAY)),
        ("2026-03-01-2026-05-31", (MARCH, MAY)),
        ("20260301~20260531", (MARCH, MAY)),
        ("2026년 3월", (MARCH, date(2026, 3, 31))),
        ("2026년 3월 ~ 2026년 5월", (MARCH, MAY)),
        ("2026년 12월까지", (None, LAST)),
        ("2026.3부터", (MARCH, None)),
        ("until 2026-12-31", (None, LAST)),
        ("from 2026-03-01", (MARCH, None)),
        ("상시", (None, None)),
        ("상시 운영", (None, None)),
        ("별도 공지 시까지", (None, None)),
        ("추후 공지", (None, None)),
        ("", (None, None)),
    ],
)
def test_periods(written: str, period: tuple[date | None, date | None]) -> None:
    assert to_period(written) == period


@pytest.mark.parametrize(
    "written",
    [
        "3월 1일까지", "2026년 2월 30일까지", "2026-05-31 ~ 2026-03-01", "2026년 3월 1일 ~ 2월 30일", "내일까지",
        "46082",
        "2026년 3월 1일 ~ 9", "2026년 13월", "1.5", "2026-01-01, 2026-02-01, 2026-03-01", "9" * 5_000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of them
        to_period(written)


def test_single_dates() -> None:
    assert to_date("2026년 3월 1일") == to_date("'26. 3. 1.") == to_date("2026-03-01 00:00:00") == MARCH
    assert to_date("미정") is None
    with pytest.raises(ValueError, match="2026년 3월"):
        to_date("2026년 3월")


def test_an_end_before_its_beginning_is_told_and_the_row_kept() -> None:
    parts, notes = read_table([["질문", "답변", "시작일", "종료일"], ["가?", "네", "2026-05-31", "2026-03-01"]])
    assert (len(parts), [note.phrase for note in notes][-1]) == (1, "read.row_bad_date")
    line = {"question": "가?", "answer": "네", "valid_from": "2026-05-31", "valid_until": "2026-03-01"}
    entries, notes = read_values([line])
    assert (entries[0].valid_from, notes[-1].phrase) == (None, "read.row_bad_date")
