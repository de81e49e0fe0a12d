"""Until when, as a date: "내일", "다음 주 화요일 오후 3시", "EOD Friday", seen from the day a mail was sent.

What can be read in more than one way stays as it was said: no date is better than a wrong one. Weeks begin on Monday.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.summary.due_words import (
    AHEAD,
    CLOCK,
    DAY_OF_MONTH,
    FULL_DATE,
    LAST_DAYS,
    MONTH_DAY,
    MONTH_NAMES,
    MONTHS_EN,
    NUMBERS,
    SPAN,
    WEEK,
    WEEKDAY,
    WEEKDAYS,
    WHOLE_WEEK,
)

LONG_AGO, FAR = 45, 300
"""Days: a day without a year that lies further back is that of the next year; one further ahead, that of the last."""

Reader = Callable[[str, date], date | None]


def date_of(words: str, sent: datetime | None) -> str | None:
    """Return the day that words of a mail mean, in ISO 8601, with the time where they say one.

    ``sent``: when the mail was sent, on the clock of its writer; None where that is not known: only what names its year
    is understood then. A time is one on the same clock, and has no offset for that reason.
    """
    said = " ".join(words.split()).lower()
    minutes = _minutes(said)
    day = _full_date(said)
    if day is None and sent is not None:
        day = _day(said, sent.date())
        if day is None and minutes is not None and CLOCK.fullmatch(said):
            day = _next_at(minutes, sent)
    if day is None:
        return None
    return day.isoformat() if minutes is None else f"{day.isoformat()}T{minutes // 60:02}:{minutes % 60:02}"


def _day(said: str, sent: date) -> date | None:
    for read in _READERS:
        try:
            if (day := read(said, sent)) is not None:
                return day
        except (ValueError, OverflowError):  # the 31st of a month that has none, a year beyond the calendar
            return None
    return None


def _full_date(said: str) -> date | None:
    for pattern in FULL_DATE:
        if found := pattern.search(said):
            try:
                return date(_year(found["year"]), _month(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def _year(said: str) -> int:
    return int(said) + 2000 if len(said) == 2 else int(said)


def _month(said: str) -> int:
    return int(said) if said.isdigit() else MONTHS_EN[said[:3]]


def _month_day(said: str, sent: date) -> date | None:
    for pattern in MONTH_DAY:
        if found := pattern.search(said):
            month, day = _month(found["month"]), int(found["day"])
            if month > 12 >= day and "/" in found[0]:
                month, day = day, month
            if "next" in found.groupdict():
                return date(sent.year + 1, month, day)
            return _nearest(sent, month, day)
    return None


def _nearest(sent: date, month: int, day: int) -> date:
    there = date(sent.year, month, day)
    if (sent - there).days > LONG_AGO:
        return date(sent.year + 1, month, day)
    return date(sent.year - 1, month, day) if (there - sent).days > FAR else there


def _day_of_month(said: str, sent: date) -> date | None:
    """Read "27일", "the 27th", "다음 달 5일": the next such day, or that of the month that is named."""
    found = DAY_OF_MONTH.search(said)
    if found is None:
        return None
    day = int(found["day"] or found["nth"])
    ahead = AHEAD.get((found["month"] or "").replace(" ", ""))
    if ahead is None:
        ahead = 0 if day >= sent.day else 1
    first = _month_on(sent, ahead)
    return first.replace(day=day)


def _month_on(sent: date, ahead: int) -> date:
    """Return the first day of the month so many months later."""
    months = sent.year * 12 + sent.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def _last_day(said: str, sent: date) -> date | None:
    """Read "월말", "11월 말", "다음 달까지", "end of the quarter"."""
    if found := re.search(r"(?P<month>\d{1,2})월\s?말", said):
        month = int(found["month"])
        return _ending(_nearest(sent, month, 28))
    if found := re.search(r"end of (?P<month>" + MONTH_NAMES + r")", said):
        return _ending(_nearest(sent, _month(found["month"]), 28))
    for pattern, span, ahead in LAST_DAYS:
        if pattern.search(said):
            last = (sent.month - 1) // span * span + span + ahead * span
            return _ending(_month_on(sent, last - sent.month))
    return None


def _ending(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _relative(said: str, sent: date) -> date | None:
    for days, pattern in NUMBERS:
        if pattern.search(said):
            return sent + timedelta(days=days)
    return None


def _weekday(said: str, sent: date) -> date | None:
    """Read a day of the week: alone it is the next one from the day of the mail on, with its week that of the week."""
    found = WEEKDAY.search(said)
    if found is None:
        return None
    wanted = WEEKDAYS[next(filter(None, (found["ko"], found["en"])))[:3]]
    week = WEEK.search(said)
    if week is None:  # on a Wednesday, "by Wednesday" may be today or in a week
        return sent + timedelta(days=(wanted - sent.weekday()) % 7) if wanted != sent.weekday() else None
    monday = sent - timedelta(days=sent.weekday()) + timedelta(weeks=AHEAD[week[0].strip().replace(" ", "")])
    there = monday + timedelta(days=wanted)
    return there if there >= sent or week[0].strip() not in ("this", "coming") else there + timedelta(weeks=1)


def _whole_week(said: str, sent: date) -> date | None:
    """Read "이번 주까지", "주말까지", "by the end of next week": a week ends on its Friday, a weekend on its Sunday."""
    for pattern, ahead, weekday in WHOLE_WEEK:
        if pattern.search(said):
            monday = sent - timedelta(days=sent.weekday())
            day = monday + timedelta(weeks=ahead, days=weekday)
            return day if day >= sent else None
    return None


def _span(said: str, sent: date) -> date | None:
    """Read "3일 이내", "5영업일", "within two weeks": counted from the day after the mail; hours name no day."""
    found = SPAN.search(said)
    if found is None:
        return None
    number = _number(found["number"] or found["count"])
    unit = found["unit"] or found["of"]
    if number > 400:
        return None
    if re.match(r"주|week", unit):
        return sent + timedelta(weeks=number)
    if re.match(r"개월|달|month", unit):
        there = _month_on(sent, number)
        return there.replace(day=min(sent.day, monthrange(there.year, there.month)[1]))
    if re.match(r"영업|business|working", unit):
        return _working_days(sent, number)
    return sent + timedelta(days=number)


def _number(said: str) -> int:
    words = {"한": 1, "두": 2, "세": 3, "일": 1, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    return words[said] if said in words else int(said)


def _working_days(day: date, number: int) -> date:
    """Weekends are passed over; holidays of a country are not known here."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def _minutes(said: str) -> int | None:
    """Return a time of the day in minutes; hours of one to six without a word before them are in the afternoon."""
    found = CLOCK.search(said)
    if found is None:
        return None
    if found["word"]:
        return 12 * 60
    hour = int(found["hour"] or found["hours"] or found["only"])
    minute = int(found["minute"] or found["minutes"] or 0) if not found["half"] else 30
    part = (found["part"] or found["ampm"] or found["m"] or "").replace(".", "")
    if part in ("오후", "저녁", "밤", "낮", "pm", "p") and hour < 12:
        hour += 12
    elif part in ("오전", "아침", "새벽", "am", "a") and hour == 12:
        hour = 0
    elif not part and 1 <= hour <= 6:
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _next_at(minutes: int, sent: datetime) -> date:
    later = minutes > sent.hour * 60 + sent.minute
    return sent.date() if later else sent.date() + timedelta(days=1)


_READERS: tuple[Reader, ...] = (_month_day, _day_of_month, _weekday, _last_day, _whole_week, _relative, _span)
