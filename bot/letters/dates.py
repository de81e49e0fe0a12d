"""Dates as people's mail programs write them, in the languages of ``date_words``."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

from bot.letters.date_words import AFTERNOON, BEFORE_TIME, CROATIAN, MONTHS, MORNING, ZONES

LONGEST = 120
"""Characters of a date that are looked at."""

_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_OFFSET = re.compile(
    r"(?:\b(?:GMT|UTC)\s*)?(?<![\d:/-])([+\u2212-])(\d{1,2})(?::?([0-5]\d))?(?=\s*\)|\s*$|\s+\()", re.IGNORECASE
)
_AFTER_GMT = re.compile(r"\b(?:GMT|UTC)\s*([+\u2212-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_AFTER_TIME = re.compile(r"(?<=\d\d[초秒]|[:.]\d\d)\s*([+\u2212-])(\d\d):?([0-5]\d)\b")
_ZONE = re.compile(rf"(?<![^\W\d_])({'|'.join(sorted(map(re.escape, ZONES), key=len)[::-1])})(?![^\W\d_])")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[년年./-]\s*(\d{1,2})\s*[월月./-]\s*(\d{1,2})(?!\d)\s*[일日.]?")
_YEAR_LAST = re.compile(r"(?<![\d.:])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d|\d\d)(?!\d)")
_VIETNAMESE = re.compile(r"(\d{1,2})\s+th(?:áng|g)\.?\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TIME = re.compile(
    r"(?<![\d.])([01]?\d|2[0-4])\s*(?:[:.]|(?:h|시|時|点|點)\s?)\s*([0-5]\d|\d(?=\s?[분分]))(?!\d)(?:\s?[분分])?(?:\s?[:.]?\s?([0-5]?\d)(?=\s?[초秒]|(?<=\d\d)(?!\d)))?"
)
_HOUR = re.compile(r"(?<![\d.])([01]?\d|2[0-4])\s*(?:시|時|点|點|h\b|(?=\s*[ap]\.?m\b))", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Day:
    """A date, and where it stands."""

    year: int
    month: int
    day: int
    begin: int
    end: int


def moment_of(said: str, zone: tzinfo | None = None, year_first: bool = False) -> datetime | None:
    """Return the moment that a date in a mail names, None where it cannot be understood.

    ``zone`` is what it is in where it names none itself; without either it is returned without one. ``year_first``:
    "26/11/20" is the 20th of November 2026, as Korean programs write it.
    """
    said = _MARKS.sub("", said).replace("\xa0", " ").replace("\u202f", " ").strip()[:LONGEST]
    said, offset = _without_zone(said)
    day = _day_of(said, year_first)
    if day is None:
        return None
    hour, minute, second = _time_of(f"{said[: day.begin]} {said[day.end :]}", f"{said[day.end :]}")
    try:
        return (
            datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=timezone(offset))
            if (offset is not None)
            else datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
        )
    except (ValueError, OverflowError):
        return None


def has_date(said: str) -> bool:
    """Tell whether there is a date in a line: with its month, and its day."""
    said = _MARKS.sub("", said)[:400]
    return _day_of(said, year_first=False) is not None


def _without_zone(said: str) -> tuple[str, timedelta | None]:
    for pattern in (_AFTER_GMT, _AFTER_TIME, _OFFSET):
        if found := pattern.search(said):
            minutes = int(found[2]) * 60 + int(found[3] or 0)
            if minutes <= 14 * 60:
                offset = timedelta(minutes=minutes if found[1] == "+" else -minutes)
                return f"{said[: found.start()]} {_ZONE.sub(' ', said[found.end() :])}", offset
    if (found := _ZONE.search(said)) and re.search(r"\d[:.시h]?\d", said[: found.start()]):
        return f"{said[: found.start()]} {said[found.end() :]}", ZONES[found[1]]
    return said, None


def _day_of(said: str, year_first: bool) -> _Day | None:
    if found := _YEAR_FIRST.search(said):
        return _Day(int(found[1]), int(found[2]), int(found[3]), found.start(), found.end())
    if found := _VIETNAMESE.search(said):
        return _Day(int(found[3]), int(found[2]), int(found[1]), found.start(), found.end())
    return _named(said) or _numeric(said, year_first)


def _numeric(said: str, year_first: bool) -> _Day | None:
    """Read "28/10/2021", whose order says nothing: the day first, unless it cannot be or the clock is American."""
    found = _YEAR_LAST.search(said)
    if found is None:
        return None
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    if year_first and last <= 31 and second <= 12:
        return _checked(first, second, last, found)
    american = found[2] == "/" and re.search(r"\d\s*[AP]M\b", said[found.end() :]) is not None
    if (american and first <= 12) or second > 12:
        first, second = second, first
    return _checked(last, second, first, found)


def _checked(year: int, month: int, day: int, found: re.Match[str]) -> _Day | None:
    year += 2000 if year < 80 else 1900 if year < 100 else 0
    return _Day(year, month, day, found.start(), found.end()) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _named(said: str) -> _Day | None:
    """Read a date whose month is a word: the year is four digits, the day is the number beside the word."""
    words = [(found, MONTHS.get(found[0].casefold().rstrip("."), 0)) for found in _WORD.finditer(said)]
    for found, month in words:
        if not month or (found[0].islower() and len(found[0]) < 3):
            continue
        if found[0].casefold() in ("listopada", "lis") and any(word[0].casefold() in CROATIAN for word, _ in words):
            month = 10
        day = _beside(said, found, month)
        if day:
            return day
    return None


def _beside(said: str, word: re.Match[str], month: int) -> _Day | None:
    before = re.search(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er|-|\.|º|ª|\s|de\s)*$", said[: word.start()])
    rest = said[word.end() :]
    if before:
        year = re.match(r"[\s.,/'-]*(?:de\s+|del\s+)?((?:19|20)\d\d|\d\d(?![:.\d]))", rest) or _YEAR.search(rest)
        other = None if year else _YEAR.search(said[: before.start()])
        number = year or other
        if number is None:
            return None
        end = word.end() + (year.end() if year else 0)
        begin = other.start() if other else before.start()
        return _of(int(number[1]), month, int(before[1]), begin, end)
    after = re.match(
        r"[\s.-]*(\d{1,2})(?:st|nd|rd|th)?(?![\d:])[\s.,-]*(?:(?:at\s+)?((?:19|20)\d\d|\d\d(?![:.\d])))?", rest
    )
    if after is None:
        return None
    earlier = None if after[2] else _YEAR.search(said[: word.start()]) or _YEAR.search(rest)
    year_said = after[2] or (earlier[1] if earlier else "")
    if not year_said:
        return None
    begin = earlier.start() if earlier and earlier.string is not rest else word.start()
    return _of(int(year_said), month, int(after[1]), begin, word.end() + after.end())


def _of(year: int, month: int, day: int, begin: int, end: int) -> _Day | None:
    return _Day(year + 2000 if year < 100 else year, month, day, begin, end) if 1 <= day <= 31 else None


def _time_of(said: str, after: str) -> tuple[int, int, int]:
    """Return the time of day; noon and midnight as a clock of twelve hours has them."""
    found = _TIME.search(after) or _TIME.search(said) or _HOUR.search(after) or _HOUR.search(said)
    if found is None:
        return 0, 0, 0
    parts = found.groups()
    hour, minute, second = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0, int((*parts, None, None)[2] or 0)
    before, behind = found.string[: found.start()].split(), found.string[found.end() :].split()
    mark = before[-1] if before and before[-1] in BEFORE_TIME else ""
    for word in behind[:2]:
        mark = mark or _half(word)
    if mark.casefold() in AFTERNOON and hour < 12:
        hour += 12
    elif mark.casefold() in MORNING and hour == 12:
        hour = 0
    return hour % 24, minute, second


def _half(word: str) -> str:
    """Return the half of the day that a word behind a time names."""
    small = word.casefold().strip(",;:()")
    return next((each for each in (small, small.rstrip(".")) if each in AFTERNOON or each in MORNING), "")
