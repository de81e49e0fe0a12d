"""Words that say until when, as the days they mean, seen from Wednesday, 25 November 2026, half past two."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.summary.asking import due_of
from bot.summary.due_dates import date_of

SEOUL = ZoneInfo("Asia/Seoul")
SENT = datetime(2026, 11, 25, 14, 30, tzinfo=SEOUL)

KOREAN = {
    "오늘": "2026-11-25",
    "금일 18시": "2026-11-25T18:00",
    "내일": "2026-11-26",
    "내일모레": "2026-11-27",
    "글피": "2026-11-28",
    "금요일": "2026-11-27",
    "화요일": "2026-12-01",
    "금주 금요일": "2026-11-27",
    "다음 주 화요일": "2026-12-01",
    "차주 월요일 오전 10시 30분": "2026-11-30T10:30",
    "다다음 주 수요일": "2026-12-09",
    "다음 주 화요일(12/1) 오후 3시": "2026-12-01T15:00",
    "이번 주": "2026-11-27",
    "주말": "2026-11-29",
    "다음 주": "2026-12-04",
    "월말": "2026-11-30",
    "12월 말": "2026-12-31",
    "분기 말": "2026-12-31",
    "연말": "2026-12-31",
    "다음 달 5일": "2026-12-05",
    "다음 달": "2026-12-31",
    "27일(금)": "2026-11-27",
    "5일": "2026-12-05",
    "11월 27일(금) 오후 6시": "2026-11-27T18:00",
    "2026. 12. 4.(금) 18:00": "2026-12-04T18:00",
    "1월 5일": "2027-01-05",
    "12. 2. 17:00": "2026-12-02T17:00",
    "26. 12. 2.": "2026-12-02",
    "11월 2일": "2026-11-02",
    "3일 이내": "2026-11-28",
    "5영업일 이내": "2026-12-02",
    "2주 안": "2026-12-09",
    "한 달 이내": "2026-12-25",
    "일주일": "2026-12-02",
    "이틀": "2026-11-27",
    "오후 5시": "2026-11-25T17:00",
    "오전 10시": "2026-11-26T10:00",
}
ENGLISH = {
    "today 5:30 pm": "2026-11-25T17:30",
    "tomorrow noon": "2026-11-26T12:00",
    "the day after tomorrow": "2026-11-27",
    "EOD Friday": "2026-11-27",
    "COB": "2026-11-25",
    "next Tuesday 5pm": "2026-12-01T17:00",
    "this Monday": "2026-11-30",
    "end of the week": "2026-11-27",
    "end of next week": "2026-12-04",
    "the end of the month": "2026-11-30",
    "end of January": "2027-01-31",
    "Nov 27": "2026-11-27",
    "27 November 2026": "2026-11-27",
    "Friday, December 4": "2026-12-04",
    "12/15/2026": "2026-12-15",
    "27/11": "2026-11-27",
    "the 3rd": "2026-12-03",
    "within three business days": "2026-11-30",
    "within two weeks": "2026-12-09",
}


@pytest.mark.parametrize(("words", "day"), [*KOREAN.items(), *ENGLISH.items()])
def test_the_day_that_is_meant(words: str, day: str) -> None:
    assert date_of(words, SENT) == day


@pytest.mark.parametrize(
    "words", ["asap", "다음 주 초", "3일 전", "48시간", "수요일", "2월 30일", "99일", "25시", "", "13/32"]
)
def test_what_can_mean_more_than_one_day_stays_as_it_was_said(words: str) -> None:
    assert date_of(words, SENT) is None


def test_without_the_date_of_the_mail_only_what_names_its_year() -> None:
    assert date_of("2026-12-01 오후 2시", None) == "2026-12-01T14:00"
    assert [date_of(words, None) for words in ("내일", "12월 1일", "금요일", "오후 5시", "3일 이내")] == [None] * 5


def test_the_end_of_a_year() -> None:
    sent = datetime(2026, 12, 30, 9, tzinfo=SEOUL)
    days = [
        date_of(words, sent) for words in ("다음 주 월요일", "모레", "1월 4일", "다음 달 10일", "12월 20일", "월말")
    ]
    assert days == ["2027-01-04", "2027-01-01", "2027-01-04", "2027-01-10", "2026-12-20", "2026-12-31"]
    assert date_of("12월 28일", datetime(2027, 1, 3, tzinfo=SEOUL)) == "2026-12-28"
    assert date_of("29일", datetime(2027, 2, 1, tzinfo=SEOUL)) is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("행사 3일 전까지 취소해 주세요.", "3일 전"),
        ("신청 기간은 11월 20일부터 12월 2일까지입니다.", "12월 2일"),
        ("접수 기간: 11. 20. ~ 12. 2. 17:00", "12. 2. 17:00"),
        ("행사는 12월 3일부터 12월 5일까지 열립니다.", None),
        ("금요일 퇴근 전까지 공유해 주세요.", "금요일"),
        ("11월 27일 금요일까지 제출해 주세요.", "11월 27일 금요일"),
        ("금일 중 회신 부탁드립니다.", "금일"),
        ("오늘 보내 드린 견적서 확인 부탁드립니다.", None),
        ("Could you reply by 5pm on Thursday?", "5pm on Thursday"),
        ("Please send it by EOD Friday.", "EOD Friday"),
        ("The office is open from Monday until Friday.", None),
    ],
)
def test_the_words_that_say_until_when(sentence: str, words: str | None) -> None:
    assert due_of(sentence) == words


@pytest.mark.parametrize(
    "words", ["9" * 5_000, "월" * 5_000, "12월 " * 2_000, "next " * 2_000, "0000-00-00", "9999-12-31"]
)
def test_odd_words(words: str) -> None:
    found = date_of(words, SENT)
    assert found is None or len(found) in (10, 16)
