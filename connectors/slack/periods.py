"""Since when a channel is to be read, as people say it: 오늘, 어제, 2시간, 월요일부터, "last 3 days", 2h."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LONGEST = timedelta(days=366)
"""Nothing older is read, whatever is said."""

USUAL = timedelta(hours=24)
"""What is read where nothing is said."""

LOOKED_BACK = timedelta(days=7)
"""How far back somebody's own last message is looked for."""

LONGEST_SAID = 60
"""Characters; more is no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` until ``until`` (None: now), both aware.

    ``own``: from the last message of who asks, which is looked for from ``since`` on.
    """

    since: datetime
    until: datetime | None = None
    own: bool = False


_NUMBERS = {"한": 1, "하나": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "열": 10, "반": 0.5}
_NUMBERS |= {"일": 1, "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5}
_NUMBERS |= {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "half an": 0.5}
_UNITS = (
    (timedelta(minutes=1), r"분|m|mins?|minutes?"),
    (timedelta(hours=1), r"시간|h|hrs?|hours?"),
    (timedelta(days=1), r"일|d|days?"),
    (timedelta(weeks=1), r"주일?|w|wks?|weeks?"),
    (timedelta(days=30), r"달|개월|months?"),
)
_DAYS = (
    "월요일|mon(?:day)?",
    "화요일|tue(?:s(?:day)?)?",
    "수요일|wed(?:nesday)?",
    "목요일|thu(?:r?s(?:day)?)?",
    "금요일|fri(?:day)?",
    "토요일|sat(?:urday)?",
    "일요일|sun(?:day)?",
)
_LEADS = re.compile(
    r"^(?:최근|지난|for|in|since|from|over|the|last|past)\s+(?=\S)|^(?:최근|지난)(?=\d|한|두|하루|이틀)"
)
_TAIL = re.compile(
    r"\s*(?:동안(?:의|에)?|(?<!시)간|(?<=\d일)치|분량|이내(?:의|에)?|내(?:의)?|전부터|전|이후(?:로|부터)?|이래|부터|"
    r"것만|것|까지|만|의|ago|on|onwards?|up to now|until now)$"
)
_OPEN = re.compile(r"부터|이후|이래|\bsince\b|\bfrom\b|\bon(?:wards?)?\b|까지|\bago\b")
"""With these a day is where it begins, not all there is."""

_HERE = re.compile(r"(?<![가-힣\w])(?:이\s?채널|여기|this channel|in here|here|대화|채팅|글|messages?)(?![\w가-힣])")
_AMOUNT = re.compile(rf"(?P<number>\d{{1,4}}(?:\.\d)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\s?")
_OWN = re.compile(
    r"(?:내가|제가)?\s?(?:마지막|지난번)(?:으로|에)?\s?(?:방문|접속|본|쓴|말한|봤던|들어온)?\s?(?:이후|뒤|후|다음)?(?:로|부터|에)?"
    r"|(?:since )?(?:i was last here|my last (?:visit|message|post)|last (?:visit|time))"
)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})[-./년]\s?)?(?P<month>\d{1,2})(?:[-./]|월\s?)(?P<day>\d{1,2})일?",
)
_HOUR = re.compile(
    r"(?P<half>오전|오후|아침|저녁)?\s?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|시)(?:\s?(?P<minutes>\d{1,2})분)?"
    r"|(?P<clock>\d{1,2})\s?(?P<side>am|pm|a\.m\.|p\.m\.)"
)


def period_of(said: str, now: datetime) -> Period | None:
    """Return the period that somebody names, None where it is none; "" is the last 24 hours. ``now`` is theirs."""
    text = _bare(said)
    if text is None:
        return None
    if not text:
        return Period(now - USUAL)
    if _OWN.fullmatch(text):
        return Period(now - LOOKED_BACK, own=True)
    found = next((found for read in _READERS if (found := read(text, now)) is not None), None)
    return replace(found, until=None) if found is not None and _OPEN.search(said.lower()) else found


def is_period(said: str) -> bool:
    """Tell whether somebody names a period; "" is one."""
    return period_of(said, datetime(2026, 1, 15, 12, 0)) is not None  # noqa: DTZ001 - any moment will do


def _bare(said: str) -> str | None:
    """Return the words that count, None where there are too many of them."""
    if len(said) > LONGEST_SAID:
        return None
    text = _HERE.sub(" ", unicodedata.normalize("NFC", said).lower())
    text = " ".join(text.strip(" .,!~").split())
    for _ in range(3):
        if _OWN.fullmatch(text) or text in _NAMED:
            return text
        text = _LEADS.sub("", _TAIL.sub("", text))
    return text


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


_NAMED: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(("오늘", "금일", "today", "this morning", "오늘 아침", "아침"), (0, None)),
    **dict.fromkeys(("어제", "yesterday"), (1, 0)),
    **dict.fromkeys(("그제", "그저께", "the day before yesterday"), (2, 1)),
}
"""Days back from this midnight to where it begins, and to where it ends."""

_WEEKS: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(("이번 주", "이번주", "금주", "this week"), (0, None)),
    **dict.fromkeys(("지난 주", "지난주", "저번 주", "저번주", "last week"), (1, 0)),
}
"""The same in weeks, from this Monday."""

_NAMED |= _WEEKS


def _named(text: str, now: datetime) -> Period | None:
    if text not in _NAMED:
        return None
    weekly = text in _WEEKS
    begin = _midnight(now) - timedelta(days=now.weekday() if weekly else 0)
    unit = timedelta(weeks=1) if weekly else timedelta(days=1)
    first, last = _NAMED[text]
    return Period(begin - first * unit, None if last is None else begin - last * unit)


def _amount(text: str, now: datetime) -> Period | None:
    if text in ("하루", "이틀", "사흘", "나흘", "닷새"):
        return Period(now - timedelta(days=_NUMBERS[text]))
    if text in ("반나절", "half a day"):
        return Period(now - timedelta(hours=6))
    plain = next((unit for unit, words in _UNITS if re.fullmatch(f"(?:{words})", text) and len(text) > 1), None)
    if plain is not None and text.isascii():
        return Period(now - plain)
    found = _AMOUNT.match(text)
    if found is None:
        return None
    unit = next((unit for unit, words in _UNITS if re.fullmatch(f"(?:{words})", text[found.end() :])), None)
    if unit is None:
        return None
    number = _NUMBERS[found["number"]] if found["number"] in _NUMBERS else float(found["number"])
    return Period(now - min(number * unit, LONGEST)) if number > 0 else None


def _weekday(text: str, now: datetime) -> Period | None:
    for at, words in enumerate(_DAYS):
        if re.fullmatch(words, text):
            return Period(_midnight(now) - timedelta(days=(now.weekday() - at) % 7))
    return None


def _date(text: str, now: datetime) -> Period | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        day = _midnight(now).replace(
            year=int(found["year"] or now.year), month=int(found["month"]), day=int(found["day"])
        )
        if day > now and not found["year"]:
            day = day.replace(year=day.year - 1)
    except ValueError:
        return None
    return Period(max(day, now - LONGEST)) if day <= now else None


def _hour(text: str, now: datetime) -> Period | None:
    found = _HOUR.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"] or found["clock"])
    minute = int(found["minute"] or found["minutes"] or 0)
    late = found["half"] in ("오후", "저녁") or (found["side"] or "").startswith("p")
    hour = hour + 12 if late and hour < 12 else hour
    if hour > 23 or minute > 59:
        return None
    at = _midnight(now).replace(hour=hour, minute=minute)
    return Period(at if at <= now else at - timedelta(days=1))


_READERS: tuple[Callable[[str, datetime], Period | None], ...] = (_named, _amount, _weekday, _date, _hour)
