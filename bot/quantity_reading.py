"""Reads quantities out of text: one reader for each sort, in the order in which they take their characters."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from decimal import Decimal

from bot.quantity import Date, Quantity
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


def _either(words: Collection[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_AFTER_UNIT = r"(?:$|[^가-힣]|[은는이가을를의도만에로까부마씩째입간당안미초])"
"""What may follow a Korean unit: anything but the rest of a longer word."""

_PHONE = re.compile(
    r"(?<![\d-])(?:\+\d{1,3}[-\s]?\(?0?\d{1,3}\)?[-.\s]\d{3,4}[-.\s]\d{4}|\(?0\d{1,2}\)?[-.\s]\d{3,4}[-.\s]\d{4}|"
    r"1[568]\d{2}[-\s]\d{4}|\d{3}-\d{3,4}-\d{4})(?![\d-])"
)
_DATE_DIGITS = re.compile(r"(?<!\d)(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})(?!\d)\.?")
_DATE_SLASH = re.compile(r"(?<![\d/])(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?![\d/])")
_DATE_KO = re.compile(
    r"(?:(?P<y>\d{4})\s*년\s*(?:도\s*)?)?(?P<m>\d{1,2})\s*월(?:\s*(?P<d>\d{1,2})\s*일)?|"
    r"(?P<only>\d{4})\s*년(?!\s*(?:간|동안|이상|이내|마다|차))(?:도)?"
)
_DATE_EN = re.compile(
    rf"\b(?P<m>{_either(MONTHS)})\.?(?:\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<y>\d{{4}}))?\b|"
    rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_either(MONTHS)})\b\.?(?:,?\s+(?P<y2>\d{{4}}))?|"
    r"(?<![\d$₩,.])(?P<only>(?:19|20)\d{2})(?![\d,.]\d|\s*(?:won|원|명|개|%|\d))",
    re.IGNORECASE,
)
_HALVES = r"오전|오후|아침|저녁|밤|새벽|낮"
_TIME_KO = re.compile(
    rf"(?:(?P<half>{_HALVES})\s*)?(?:(?P<first>\d{{1,2}})\s*(?:시)?\s*[~∼\-–]\s*)?(?P<hour>\d{{1,2}}|"
    rf"{_either(NATIVE)})\s*시"
    r"(?!\s?간|[도작점스])(?:\s*(?P<minute>\d{1,2})\s*분|\s*(?P<thirty>반)(?![가-힣]))?|(?P<word>정오|자정)"
)
_TIME_COLON = re.compile(
    rf"(?:(?P<half>{_HALVES})\s*)?(?<![\d:])(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?![\d:])\s*(?P<half2>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_TIME_EN = re.compile(
    r"(?:(?<![\d.$])(?P<first>\d{1,2})\s*(?:-|–|to|"
    r"until)\s*)?(?<![\d.$:])\b(?P<hour>\d{1,2})\s*(?P<half>[ap]\.?m\b\.?)|"
    r"\b(?P<clock>\d{1,2}) o'clock|\b(?P<word>noon|midnight)\b",
    re.IGNORECASE,
)
_WEEKDAY_KO = re.compile(r"(?<![가-힣])([월화수목금토일])(?:요일|\s*[~∼\-–]\s*([월화수목금토일])(?:요일)?(?![가-힣]))")
_WEEKDAY_EN = re.compile(r"\b(" + "|".join(word for word in WEEKDAYS if word.isascii()) + r")s?\b", re.IGNORECASE)
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_PART = rf"{_DIGITS}\s?(?:{_either(SCALES)})?"
_AMOUNT = re.compile(
    rf"(?P<sign>[$₩￦€£¥]|\b(?:USD|KRW|EUR|US\$)\s?)?(?P<first>{_PART})(?P<more>(?:(?<=[조억만천])\s?{_PART})*)"
)
_NATIVE = re.compile(
    rf"(?<![가-힣])({_either(NATIVE)})\s?(?=(?:번|개월|개|명|분|시간|달|가지|주|살|권|장|대|곳|차례|배|잔|박|사람|"
    rf"군데|회|건|차|종류|"
    rf"단계|자리|자|학기|해|층){_AFTER_UNIT})"
)
_SINO = re.compile(
    rf"(?<![가-힣\d])([{''.join(SINO)}십백천만억]+)\s?(?=(?:원|개월|퍼센트|프로|영업일|박|층|주일|시간|분|년|"
    rf"명){_AFTER_UNIT})"
)
_DURATION = re.compile("(?<![가-힣])(" + "|".join(KOREAN_DURATIONS) + ")(?![가-힣]*(?:살이|빨리|속히))")
_ENGLISH = _either(ENGLISH_NUMBERS)
_WORDS_EN = re.compile(
    rf"\b((?:{_ENGLISH})(?:[\s-](?:and\s)?(?:{_ENGLISH}))*)\b|\b(twice|thrice)\b|"
    r"\b(an?|per|each|every)\s+(?=(?:minute|hour|day|week|month|year|night)\b)",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"\s?[-–]?\s?({_either(UNITS)})", re.IGNORECASE)
_NOT_A_UNIT = re.compile(r"(?:요일|정|위|실|차장|호선|야|번호|서|력)")
_IN_WORKING_DAYS = re.compile(
    r"(?:영업일|근무일)\s*(?:기준)?\s*(?:으?로)?\s*(?:약|최대|최소)?\s*(?:\d{1,3}\s*일?\s*(?:[~∼\-–]|에서)\s*)?$"
)
_MEASURES_OUT = re.compile(
    r"\s?(?:가지|종류|단계|군데|곳)|(?:에|당|마다)\s(?=[^.]{0,12}[\d\0]|[^.]{0,6}번|[^.]{0,6}회)"
)


def _phones(text: str) -> Iterator[Quantity]:
    for m in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", m[0])
        yield Quantity("phone", m[0], *m.span(), values=(re.sub(r"^820?", "0", digits) if m[0][0] == "+" else digits,))


def _times(text: str) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []
    for pattern in (_TIME_COLON, _TIME_KO, _TIME_EN):
        for m in pattern.finditer(text):
            if any(m.start() < end and start < m.end() for start, end in taken):
                continue
            taken.append(m.span())
            yield from _read_time(m, m.groupdict())


def _read_time(m: re.Match[str], part: dict[str, str | None]) -> Iterator[Quantity]:
    text, span = m[0].strip(), m.span()
    if word := part.get("word"):
        midday = word.lower() in ("정오", "noon")
        yield Quantity("time", text, *span, values=(720,) if midday else (0, 1440))
        return
    said = part.get("hour") or part.get("clock") or "0"
    hour = NATIVE.get(said) or int(said)
    minute = 30 if part.get("thirty") else int(part.get("minute") or 0)
    if hour > 24 or minute > 59:
        return
    half = part.get("half") or part.get("half2")
    first = part.get("first")
    if first and int(first) <= 24:
        yield Quantity("time", text, *span, values=_clock(int(first), 0, half if m.re is _TIME_KO else None))
    exact = m.re is _TIME_COLON and said.startswith("0")
    yield Quantity("time", text, *span, values=_clock(hour, minute, half, exact=exact))


def _clock(hour: int, minute: int, half: str | None, *, exact: bool = False) -> tuple[int, ...]:
    """Return the minutes after midnight that a time can mean."""
    half = (half or "").lower().replace(".", "").strip()
    if half in ("오후", "저녁", "밤", "낮", "pm"):
        hours = [hour] if hour > 12 else [0] if half == "밤" and hour == 12 else [hour % 12 + 12]
    elif half in ("오전", "아침", "새벽", "am"):
        hours = [hour % 12]
    elif exact or hour > 12 or hour == 0:
        hours = [hour]
    else:
        hours = [hour, hour % 12, hour % 12 + 12]
    return tuple(sorted({60 * h + minute for h in hours}))


def _dates(text: str) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []
    for pattern, read in _DATE_READERS:
        for m in pattern.finditer(text):
            date = read(m)
            overlaps = any(m.start() < end and start < m.end() for start, end in taken)
            if date is not None and not overlaps and date[1] <= 12 and date[2] <= 31:
                taken.append(m.span())
                yield Quantity("date", m[0].strip(), *m.span(), date=date)


def _korean_date(m: re.Match[str]) -> Date:
    return int(m["y"] or m["only"] or 0), int(m["m"] or 0), int(m["d"] or 0)


def _english_date(m: re.Match[str]) -> Date | None:
    name = m["m"] or m["m2"] or ""
    day, year = m["d"] or m["d2"], m["y"] or m["y2"] or m["only"]
    if name.lower() in ("may", "march", "mar", "sun") and not day and not year:
        return None  # mostly the verbs
    return int(year or 0), MONTHS.get(name.lower(), 0), int(day or 0)


_DATE_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Date | None]], ...] = (
    (_DATE_DIGITS, lambda m: (int(m[1]), int(m[2]), int(m[3]))),
    (_DATE_SLASH, lambda m: (0, int(m[1]), int(m[2]))),
    (_DATE_KO, _korean_date),
    (_DATE_EN, _english_date),
)


def _weekdays(text: str) -> Iterator[Quantity]:
    for m in (*_WEEKDAY_KO.finditer(text), *_WEEKDAY_EN.finditer(text)):
        for day in m.groups():
            if day:
                yield Quantity("weekday", m[0], *m.span(), values=(WEEKDAYS[day.lower()],))


def _amounts(text: str) -> Iterator[Quantity]:
    for m in _AMOUNT.finditer(text):
        value = sum((_value(part) for part in re.findall(_PART, m["first"] + m["more"])), Decimal(0))
        yield _with_unit(text, value, m, CURRENCY_SIGNS.get((m["sign"] or "").strip(), ""))


def _worded(text: str) -> Iterator[Quantity]:
    for m in _NATIVE.finditer(text):
        again = bool(re.search(r"(?:다시|꼭|더|또) 한\s?$", text[: m.end()]))
        quantity = _with_unit(text, Decimal(NATIVE[m[1]]), m)
        yield replace(quantity, counted=quantity.counted or again or quantity.unit == "item")
    for m in _SINO.finditer(text):
        yield _with_unit(text, Decimal(_sino(m[1])), m)
    for m in _DURATION.finditer(text):
        amount, unit = KOREAN_DURATIONS[m[1]]
        rate = bool(_MEASURES_OUT.match(text, m.end()))
        yield _bounded(text, Quantity("number", m[0], *m.span(), values=(Decimal(amount),), unit=unit, counted=rate))
    yield from _worded_english(text)


def _worded_english(text: str) -> Iterator[Quantity]:
    for m in _WORDS_EN.finditer(text):
        if m[1]:
            quantity = _with_unit(text, Decimal(_english(m[1])), m)
            yield replace(quantity, counted=not quantity.unit)
        elif m[2]:
            yield _bounded(
                text, Quantity("number", m[0], *m.span(), values=(Decimal(2),), unit="times", written=Decimal(2))
            )
        else:
            yield replace(_with_unit(text, Decimal(1), m), counted=True)


READERS: tuple[Callable[[str], Iterator[Quantity]], ...] = (_phones, _times, _dates, _weekdays, _amounts, _worded)


def _with_unit(text: str, value: Decimal, m: re.Match[str], unit: str = "") -> Quantity:
    start, end = m.span()
    factor, business = Decimal(1), False
    if not unit and (found := _UNIT.match(text, end)) and _unit_ends(text, found):
        unit, factor = UNITS[found[1].lower()]
        business = found[1].lower() in BUSINESS or bool(_IN_WORKING_DAYS.search(text, 0, start))
        end = found.end()
    rate = value == 1 and unit in ("minute", "month") and bool(_MEASURES_OUT.match(text, end))
    said = text[start:end].strip()
    quantity = Quantity("number", said, start, end, values=(value * factor,), unit=unit, written=value, factor=factor)
    return _bounded(text, replace(quantity, business=business, counted=rate))


def _unit_ends(text: str, found: re.Match[str]) -> bool:
    """Whether the unit is a word of its own: not the m of "more", nor the 일 of 일요일."""
    if found[1].isascii() and found[1][-1].isalpha():
        return not text[found.end() : found.end() + 1].isascii() or not text[found.end() : found.end() + 1].isalpha()
    return not _NOT_A_UNIT.match(text, found.end())


def _bounded(text: str, quantity: Quantity) -> Quantity:
    """Add whether it is a lower or an upper bound: 3만 원 이상, at least 3 days."""
    after, before = text[quantity.end : quantity.end + 12], text[max(0, quantity.start - 16) : quantity.start].lower()
    low = bool(LOWER[0].match(after) or LOWER[1].search(before))
    high = bool(UPPER[0].match(after) or UPPER[1].search(before))
    return replace(quantity, bound=int(low) - int(high))


def _value(part: str) -> Decimal:
    """Return the value of digits and a scale: 3만, 2,000."""
    digits = re.match(_DIGITS, part)
    written = digits[0].replace(",", "") if digits else "0"
    return Decimal(written) * SCALES.get(part[len(digits[0]) if digits else 0 :].strip(), 1)


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
