"""Numbers with their units, dates, times and telephone numbers in Korean and English text, made comparable.

30,000원, 3만 원 and 삼만 원 are one amount; 오후 3시, 15:00 and 3 pm one time; 2주, 14일 and two weeks one duration.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from bot.quantity_words import (
    BUSINESS,
    CURRENCY_SIGNS,
    ENGLISH_NUMBERS,
    KOREAN_DURATIONS,
    LOWER,
    MONTHS,
    NATIVE,
    SCALES,
    SINO,
    UNITS,
    UPPER,
    WEEKDAYS,
)
from knowledge.tokens import normalise

Sort = Literal["number", "date", "time", "phone", "weekday"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text.

    ``values`` are the readings it allows: "3시" may be 180 or 900 minutes after midnight; a date is one reading
    (year, month, day) with 0 for what is not said. ``unit`` is empty where none is written. ``bound`` is 1 for
    "at least", -1 for "at most", 0 for neither. ``counted``: written in words as a mere count ("두 가지").
    """

    sort: Sort
    values: tuple[object, ...]
    unit: str
    text: str
    start: int
    end: int
    bound: int = 0
    counted: bool = False
    business: bool = False

    def same(self, other: "Quantity") -> bool:
        """Whether the other one can mean the same; a unit that is not written fits any."""
        if self.sort != other.sort:
            return False
        if self.sort == "date":
            return any(_dates_agree(a, b) for a in self.values for b in other.values)
        if self.unit and other.unit and self.unit != other.unit:
            return False
        if not set(self.values) & set(other.values):
            return False
        return self.bound * other.bound >= 0 and (self.unit != "minute" or self.business == other.business)

    def rivals(self, other: "Quantity") -> bool:
        """Whether the other one says something else of the same kind: another amount, another time."""
        return self.sort == other.sort and self.unit == other.unit and not self.same(other)


def _dates_agree(one: object, other: object) -> bool:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    pairs = list(zip(one, other, strict=True))
    return all(a == b or not a or not b for a, b in pairs) and any(a and b for a, b in pairs)


_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|net|org|kr|io|co|go|or|ac)\b\S*")
_PHONE = re.compile(
    r"(?<![\d-])(?:\+\d{1,3}[-\s]?)?(?:\(?0\d{1,2}\)?[-.\s]\d{3,4}[-.\s]\d{4}|1[568]\d{2}[-\s]\d{4}|\d{3}-\d{3,4}-\d{4}|080-\d{3}-\d{4})(?![\d-])"
)
_DATE_DIGITS = re.compile(r"(?<!\d)(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})(?!\d)\.?")
_DATE_KO = re.compile(
    r"(?:(\d{4})\s*년\s*(?:도\s*)?)?(\d{1,2})\s*월(?:\s*(\d{1,2})\s*일)?|(\d{4})\s*년(?!\s*(?:간|동안|이상|이내|마다|차))(?:도)?"
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE_EN = re.compile(
    rf"\b({_MONTH})\.?(?:\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(\d{{4}}))?\b|"
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b\.?(?:,?\s+(\d{{4}}))?|\b((?:19|20)\d{{2}})\b(?!\s*(?:won|원|명|개|%))",
    re.IGNORECASE,
)
_HOURS = "|".join(sorted(NATIVE, key=len, reverse=True))
_HALF = r"오전|오후|아침|저녁|밤|새벽|낮"
_TIME_KO = re.compile(
    rf"(?:({_HALF})\s*)?(?:(\d{{1,2}})\s*(?:시)?\s*[~∼\-–]\s*)?(\d{{1,2}}|{_HOURS})\s*시(?!\s?간|[도작점스])(?:\s*(\d{{1,2}})\s*분|\s*(반)(?![가-힣]))?|(정오|자정)"
)
_TIME_COLON = re.compile(
    r"(?:(오전|오후|저녁|밤|새벽)\s*)?(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])\s*([ap]\.?m\b\.?)?", re.IGNORECASE
)
_TIME_EN = re.compile(
    r"(?:(?<![\d.$])(\d{1,2})\s*(?:-|–|to|until)\s*)?(?<![\d.$:])\b(\d{1,2})\s*([ap]\.?m\b\.?)|\b(\d{1,2}) o'clock|\b(noon|midnight)\b",
    re.IGNORECASE,
)
_WEEKDAY_KO = re.compile(r"(?<![가-힣])([월화수목금토일])(?:요일|\s*[~∼\-–]\s*([월화수목금토일])(?:요일)?(?![가-힣]))")
_WEEKDAY_EN = re.compile(r"\b(" + "|".join(w for w in WEEKDAYS if w.isascii()) + r")s?\b", re.IGNORECASE)
_SCALE = "|".join(SCALES)
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<sign>[{re.escape(''.join(CURRENCY_SIGNS))}]|\b(?:USD|KRW|EUR|US\$)\s?)?"
    rf"(?P<first>{_DIGITS}\s?(?:{_SCALE})?)(?P<more>(?:(?<=[조억만천])\s?{_DIGITS}\s?(?:{_SCALE})?)*)"
)
_NATIVE = re.compile(
    rf"(?<![가-힣])({_HOURS})\s?(?=(?:번|개월|개|명|분|시간|달|가지|주|살|권|장|대|곳|차례|배|잔|박|사람|군데|회|건|차|종류|단계|자리|학기)(?:$|[^가-힣]|[은는이가을를의도만에로까부마씩째입이간당안미초])) ".strip()
)
_SINO = re.compile(
    rf"(?<![가-힣\d])([{''.join(SINO)}십백천만억]+)\s?(?=(?:원|개월|퍼센트|프로|영업일|박|층|주일|시간|분|년|명)(?:$|[^가-힣]|[은는이가을를의도만에로까부마씩입간당안미초]))"
)
_DURATION = re.compile("(?<![가-힣])(" + "|".join(KOREAN_DURATIONS) + ")(?![가-힣]*(?:살이|빨리|속히))")
_ENGLISH = "|".join(sorted(ENGLISH_NUMBERS, key=len, reverse=True))
_WORDS_EN = re.compile(
    rf"\b((?:{_ENGLISH})(?:[\s-](?:and\s)?(?:{_ENGLISH}))*)\b|\b(twice|thrice)\b|\b(an?|per)\s+(?=(?:minute|hour|day|week|month|year|night)\b)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?[-–]?\s?(" + "|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True)) + r")", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:[~∼\-–]|to|or|and|에서|내지|or up to)\s*(?=[\d$₩]|" + _ENGLISH + r")", re.IGNORECASE)
_LIST_MARK = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\(?\d{1,2}[.)]\s+(?!\d)|[①-⑳]\s*|step \d+[:.]\s*)|\[\d+\]", re.MULTILINE | re.IGNORECASE
)


@lru_cache(maxsize=4_096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order, without citations, list numbers, links and addresses."""
    masked = normalise(text)
    for pattern in (_LIST_MARK, _URL):
        masked = pattern.sub(lambda m: " " * len(m[0]), masked)
    found: list[Quantity] = []
    for reader in (_phones, _times, _dates, _weekdays, _amounts):
        for quantity in reader(masked):
            found.append(quantity)
            masked = masked[: quantity.start] + "\0" * (quantity.end - quantity.start) + masked[quantity.end :]
    return tuple(_ranges(normalise(text), sorted(found, key=lambda q: q.start)))


def _phones(text: str) -> Iterator[Quantity]:
    for m in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", m[0])
        local = re.sub(r"^82", "0", digits) if m[0].startswith("+82") else digits
        yield Quantity("phone", (local,), "", m[0], *m.span())


def _times(text: str) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []
    for m in _TIME_COLON.finditer(text):
        hour, minute = int(m[2]), int(m[3])
        if hour <= 24 and minute < 60:
            taken.append(m.span())
            yield Quantity("time", _clock(hour, minute, m[1] or m[4], exact=m[2].startswith("0")), "", m[0], *m.span())
    for m in (*_TIME_KO.finditer(text), *_TIME_EN.finditer(text)):
        if any(m.start() < end and start < m.end() for start, end in taken):
            continue
        yield from _read_time(m)


def _read_time(m: re.Match[str]) -> Iterator[Quantity]:
    korean = m.re is _TIME_KO
    word = m[6] if korean else m[5]
    if word:
        yield Quantity("time", ((720,) if word.lower() in ("정오", "noon") else (0, 1440)), "", m[0], *m.span())
        return
    half = m[1] if korean else m[3]
    first, last = (m[2], m[3]) if korean else (m[1], m[2] or m[4])
    hour = NATIVE.get(last) or int(last) if korean else int(last)
    if hour > 24:
        return
    minute = (int(m[4]) if m[4] else 30 if m[5] else 0) if korean else 0
    if first and int(first) <= 24:
        ambiguous = half if korean else None
        yield Quantity("time", _clock(int(first), 0, ambiguous), "", m[0], *m.span())
    yield Quantity("time", _clock(hour, minute, half if not (korean and first) else half), "", m[0], *m.span())


def _clock(hour: int, minute: int, half: str | None, *, exact: bool = False) -> tuple[int, ...]:
    """Return the minutes after midnight a time can mean."""
    half = (half or "").lower().replace(".", "").strip()
    if half in ("오후", "저녁", "밤", "낮", "pm"):
        hours = [hour % 12 + 12] if hour <= 12 and not (half == "밤" and hour == 12) else [0 if hour == 12 else hour]
    elif half in ("오전", "아침", "새벽", "am"):
        hours = [hour % 12]
    elif exact or hour > 12 or hour == 0:
        hours = [hour]
    else:
        hours = [hour, hour % 12, hour % 12 + 12]
    return tuple(sorted({60 * h + minute for h in hours}))


def _dates(text: str) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []

    def fresh(m: re.Match[str], year: object, month: object, day: object) -> Iterator[Quantity]:
        if any(m.start() < end and start < m.end() for start, end in taken):
            return
        reading = (int(str(year or 0)), int(str(month or 0)), int(str(day or 0)))
        if reading[1] <= 12 and reading[2] <= 31:
            taken.append(m.span())
            yield Quantity("date", (reading,), "", m[0].strip(), *m.span())

    for m in _DATE_DIGITS.finditer(text):
        yield from fresh(m, m[1], m[2], m[3])
    for m in _DATE_KO.finditer(text):
        yield from fresh(m, m[1] or m[4], m[2], m[3])
    for m in _DATE_EN.finditer(text):
        if m[1] and m[1].lower() in ("may", "march", "sun") and not (m[2] or m[3] or m[1][0].isupper()):
            continue
        if m[1] and m[1].lower() == "may" and not (m[2] or m[3]):
            continue
        month = MONTHS.get((m[1] or m[5] or "").lower())
        yield from fresh(m, m[3] or m[6] or m[7], month, m[2] or m[4])


def _weekdays(text: str) -> Iterator[Quantity]:
    for m in _WEEKDAY_KO.finditer(text):
        for day in (m[1], m[2]):
            if day:
                yield Quantity("weekday", (WEEKDAYS[day],), "", m[0], *m.span())
    for m in _WEEKDAY_EN.finditer(text):
        yield Quantity("weekday", (WEEKDAYS[m[1].lower()],), "", m[0], *m.span())


def _amounts(text: str) -> Iterator[Quantity]:
    spans: list[tuple[int, int]] = []
    for m in _AMOUNT.finditer(text):
        value = _value(m["first"]) + sum(
            (_value(p) for p in re.findall(rf"{_DIGITS}\s?(?:{_SCALE})?", m["more"])), Decimal(0)
        )
        quantity = _with_unit(text, value, m, CURRENCY_SIGNS.get((m["sign"] or "").strip()))
        spans.append((quantity.start, quantity.end))
        yield quantity
    for quantity in _worded(text):
        if not any(quantity.start < end and start < quantity.end for start, end in spans):
            yield quantity


def _worded(text: str) -> Iterator[Quantity]:
    for m in _NATIVE.finditer(text):
        yield replace(_with_unit(text, Decimal(NATIVE[m[1]]), m, None), counted=_is_count(text, m.end()))
    for m in _SINO.finditer(text):
        yield _with_unit(text, Decimal(_sino(m[1])), m, None)
    for m in _DURATION.finditer(text):
        minutes, unit = KOREAN_DURATIONS[m[1]]
        yield _bounded(text, Quantity("number", (Decimal(minutes),), unit, m[0], *m.span()))
    for m in _WORDS_EN.finditer(text):
        if m[1]:
            value = _english(m[1])
            quantity = _with_unit(text, Decimal(value), m, None)
            yield replace(quantity, counted=not quantity.unit or (value == 1 and quantity.unit == "time"))
        elif m[2]:
            yield Quantity("number", (Decimal(2 if m[2].lower() == "twice" else 3),), "times", m[0], *m.span())
        else:
            yield replace(_with_unit(text, Decimal(1), m, None), counted=True)


def _is_count(text: str, end: int) -> bool:
    """Whether a number in words only counts what is listed ("두 가지 방법", "다시 한번")."""
    return bool(re.match(r"\s?(?:가지|종류|단계|군데|곳)", text[end:])) or bool(
        re.search(r"(?:다시|꼭|더|또) 한\s?$", text[:end])
    )


def _with_unit(text: str, value: Decimal, m: re.Match[str], currency: str | None) -> Quantity:
    start, end = m.span()
    unit, business = currency or "", False
    if not unit and (found := _UNIT.match(text, end)) and _unit_ends(text, found):
        unit, factor = UNITS[found[1].lower()]
        value *= factor
        business = found[1].lower() in BUSINESS or bool(
            re.search(r"영업일\s*(?:기준\s*)?(?:으로\s*)?(?:약\s*)?(?:[\d,]+\s*[~∼\-–]\s*)?$", text[:start])
        )
        end = found.end()
    return _bounded(text, Quantity("number", (value,), unit, text[start:end].strip(), start, end, business=business))


def _unit_ends(text: str, found: re.Match[str]) -> bool:
    """Whether the unit is a word of its own: not the m of "more", nor the 일 of 일요일."""
    rest = text[found.end() :]
    if found[1].isascii() and found[1][-1].isalpha():
        return not re.match(r"[A-Za-z]", rest)
    return not (
        found[1] in ("일", "분", "주", "년", "장", "대", "회", "인", "점", "자", "조")
        and re.match(r"(?:요일|정|위|실|차장|호선|야)", rest)
    )


def _bounded(text: str, quantity: Quantity) -> Quantity:
    """Add whether it is a lower or an upper bound: 3만 원 이상, at least 3 days."""
    after, before = text[quantity.end : quantity.end + 12], text[max(0, quantity.start - 16) : quantity.start].lower()
    low = bool(LOWER[0].match(after) or LOWER[1].search(before))
    high = bool(UPPER[0].match(after) or UPPER[1].search(before))
    return replace(quantity, bound=int(low) - int(high))


def _ranges(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Give the first number of a range the unit of the second: 3~5일."""
    for index, quantity in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        if (
            after is not None
            and quantity.sort == after.sort == "number"
            and not quantity.unit
            and after.unit
            and _RANGE.fullmatch(text[quantity.end : after.start] or " ") is None
            and not re.fullmatch(r"\s*(?:[~∼\-–]|to|or|and|에서|내지)\s*\D?", text[quantity.end : after.start])
        ):
            yield quantity
        elif after is not None and quantity.sort == after.sort == "number" and not quantity.unit and after.unit:
            factor = _factor(after)
            values = tuple(v * factor for v in quantity.values if isinstance(v, Decimal))
            yield replace(quantity, values=values, unit=after.unit, business=after.business, counted=False)
        else:
            yield quantity


def _factor(quantity: Quantity) -> Decimal:
    written = _UNIT.search(quantity.text)
    return next((f for u, (_, f) in UNITS.items() if written and u == written[1].lower()), Decimal(1))


def _value(text: str) -> Decimal:
    digits = re.match(_DIGITS, text)
    assert digits is not None
    scale = text[digits.end() :].strip()
    try:
        return Decimal(digits[0].replace(",", "")) * SCALES.get(scale, 1)
    except InvalidOperation:
        return Decimal(0)


def _sino(word: str) -> int:
    """Return the value of a number in Sino-Korean words: 삼만 -> 30000."""
    total = section = digit = 0
    for letter in word:
        if letter in SINO:
            digit = SINO[letter]
        elif letter in "십백천":
            section += (digit or 1) * {"십": 10, "백": 100, "천": 1000}[letter]
            digit = 0
        else:
            total += (section + digit or 1) * {"만": 10**4, "억": 10**8}[letter]
            section = digit = 0
    return total + section + digit


def _english(words: str) -> int:
    """Return the value of a number in English words: "twenty-five" -> 25."""
    total = section = 0
    for word in re.split(r"[\s-]+", words.lower()):
        value = ENGLISH_NUMBERS.get(word, 0)
        if value == 100:
            section = (section or 1) * 100
        elif value >= 1000:
            total += (section or 1) * value
            section = 0
        else:
            section += value
    return total + section
