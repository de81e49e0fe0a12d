"""Dates and periods as people write them in a column: 2026-01-31, 2026.1.31., 2026년 1월 31일, ~2026/12/31."""

import re
from datetime import date

_DATE = re.compile(
    r"(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})\s*(?:일|\.)?(?:[T ]\d{1,2}:\d{2}\S*)?"
)
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_BETWEEN = re.compile(r"\s*(?:~|〜|～|–|—|부터|to|until)\s*|\s+-\s+", re.IGNORECASE)
_UNLIMITED = {
    "",
    "-",
    "상시",
    "무기한",
    "없음",
    "영구",
    "계속",
    "제한없음",
    "none",
    "never",
    "always",
    "unlimited",
    "n/a",
}

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
    return found[0]


def to_period(text: str) -> Period:
    """Return the first and the last day of a period; a single date is its last day, as in a best-before date.

    Raises:
        ValueError: no date in it can be read.
    """
    if _is_unlimited(text):
        return None, None
    text = text[:LONGEST]
    found = _dates(text)
    if len(found) == 2:
        return found[0], found[1]
    if len(found) != 1:
        raise ValueError(text)
    before, _, after = text.partition(_written(text))
    if "부터" in after or (_BETWEEN.match(after) and not before.strip()) or "이후" in after or "from" in before.lower():
        return found[0], None
    return None, found[0]


def _written(text: str) -> str:
    match = _DATE.search(text) or _COMPACT.search(text)
    return match.group() if match else ""


def _dates(text: str) -> list[date]:
    matches = list(_DATE.finditer(text)) or list(_COMPACT.finditer(text))
    return [date(int(m[1]), int(m[2]), int(m[3])) for m in matches]


def _is_unlimited(text: str) -> bool:
    return re.sub(r"\s", "", text[:LONGEST]).casefold() in _UNLIMITED
