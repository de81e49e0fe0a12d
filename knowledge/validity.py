"""Dates and periods as people write them in a column: 2026-01-31, 2026.1.31., 2026년 1월 31일, ~2026/12/31."""

import re
from calendar import monthrange
from datetime import date

_DATE = re.compile(
    r"(?<!\d)(\d{4}|'?\d{2})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})(?!\d)\s*(?:일|\.)?"
    r"(?:\s*\([월화수목금토일]\))?(?:[T ]\d{1,2}:\d{2}\S*)?"
)
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})(?!\d)\s*(?:일|\.)?")
_DAY = re.compile(r"(\d{1,2})\s*일")
_MONTH = re.compile(r"(?<!\d)(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})(?!\d)\s*월?")
_BETWEEN = re.compile(r"\s*(?:~|〜|～|–|—|부터|에서|to|until)\s*|\s*-\s*", re.IGNORECASE)
_BEGINS = re.compile(r"부터|이후|from\b|since\b", re.IGNORECASE)
_UNLIMITED = {"", "-", "상시", "무기한", "없음", "영구", "계속", "제한없음", "미정", "none", "never", "always", "n/a"}
_UNLIMITED_WORDS = (
    "상시",
    "무기한",
    "영구",
    "연중",
    "별도공지",
    "추후공지",
    "별도안내",
    "종료시",
    "unlimited",
    "untilfurther",
)
"""What a text without any digit may begin with."""

LONGEST = 100
"""Characters of a cell that may be a date or a period."""

Period = tuple[date | None, date | None]


def to_date(text: str) -> date | None:
    """Return the date that ``text`` is, None where it is empty or says that there is no limit.

    Raises:
        ValueError: it is no date that can be read, or one that does not exist.
    """
    if _is_unlimited(text):
        return None
    found = _dates(text[:LONGEST])
    if len(found) != 1:
        raise ValueError(text[:LONGEST])
    return _date(found[0])


def to_period(text: str) -> Period:
    """Return the first and the last day of a period; a single date is its last day, as in a best-before date.

    ``2026년 3월 1일 ~ 5월 31일`` is of one year, ``2026년 3월`` is the whole month.

    Raises:
        ValueError: no date in it can be read, or it ends before it begins.
    """
    if _is_unlimited(text):
        return None, None
    text = text[:LONGEST]
    found = _dates(text)
    if not found:
        return ordered(_months(text), text)
    first = _date(found[0])
    if len(found) == 2:
        return ordered((first, _date(found[1])), text)
    if len(found) != 1:
        raise ValueError(text)
    before, after = text[: found[0].start()], text[found[0].end() :]
    second = _second(after, first)
    if second is not None:
        return ordered((first, second), text)
    if _BEGINS.search(after) or _BEGINS.search(before) or (_BETWEEN.match(after) and not before.strip()):
        return first, None
    return None, first


def _second(after: str, first: date) -> date | None:
    """Return the end of a period that is written shorter than its beginning: "~ 5월 31일", "~ 5.31", "~ 15일"."""
    between = _BETWEEN.match(after)
    if between is None:
        return None
    rest = after[between.end() :]
    if short := _SHORT.match(rest):
        month, day = int(short[1]), int(short[2])
    elif single := _DAY.match(rest):
        month, day = first.month, int(single[1])
    elif re.search(r"\d", rest):
        raise ValueError(rest)
    else:
        return None
    end = date(first.year, month, day)
    return end if end >= first else date(first.year + 1, month, day)


def _months(text: str) -> Period:
    """Return the period that whole months make."""
    months = list(_MONTH.finditer(text))
    if not 1 <= len(months) <= 2:
        raise ValueError(text)
    begin, end = (date(int(m[1]), int(m[2]), 1) for m in (months[0], months[-1]))
    end = end.replace(day=monthrange(end.year, end.month)[1])
    before, after = text[: months[0].start()], text[months[0].end() :]
    if len(months) == 2 or not (before.strip() or after.strip()):
        return begin, end
    if re.search(r"\d", after):
        raise ValueError(text)
    return (begin, None) if _BEGINS.search(text) or _BETWEEN.match(after) else (None, end)


def ordered(period: Period, text: str = "") -> Period:
    """Return the period; ValueError where it ends before it begins."""
    begin, end = period
    if begin and end and end < begin:
        raise ValueError(text)
    return period


def _dates(text: str) -> list[re.Match[str]]:
    return list(_DATE.finditer(text)) or list(_COMPACT.finditer(text))


def _date(match: re.Match[str]) -> date:
    year = int(match[1].lstrip("'"))
    return date(year if year > 99 else 2000 + year, int(match[2]), int(match[3]))


def _is_unlimited(text: str) -> bool:
    if not text:
        return True
    plain = re.sub(r"\s", "", text[:LONGEST]).casefold()
    return plain in _UNLIMITED or (not re.search(r"\d", plain) and plain.startswith(_UNLIMITED_WORDS))
