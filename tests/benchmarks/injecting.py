"""Faults put into right sentences: another number, unit, date, name, a swapped number, a negation turned over.

The rules are plain string work and share nothing with the checks they measure.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

Inject = Callable[[str, str, Sequence[str], Random], str | None]
"""(sentence, its passage, other passages, random) -> the sentence with one fault, None where it offers no place."""

_NUMBER = re.compile(r"(?<![\w.,:/-])\d[\d,]*(?:\.\d+)?(?![\d:/-]|\.\d)")
_UNITS_KO = ["일", "주", "개월", "시간", "분", "년", "원", "명", "개", "회", "번", "%", "km", "kg"]
_UNITS_EN = ["days", "weeks", "months", "hours", "minutes", "years", "won", "people", "%", "km", "kg"]
_UNIT_KO = re.compile(r"(?<=\d)\s?(?:영업일|개월|시간|일(?!요)|주(?!소|문|말)|분(?!들)|년|원|명|개(?!인)|회|번|%)")
_UNIT_EN = re.compile(
    r"(?<=\d)\s(?:business days|working days|days|weeks|months|hours|minutes|years|won|people)\b|(?<=\d)%"
)
_DATE_KO = re.compile(r"(\d{1,2})(월|일)(?=[\s까부에은는이,.~]|$)")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE_EN = re.compile(r"\b(" + "|".join(_MONTHS) + r")\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?=년|\b)")
_NAME_EN = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_TAILS = tuple(
    "카드 은행 페이 센터 택배 공단 재단 생명 증권 병원 약국 호텔 협회 구청 시청 대학교 그룹웨어 전자 시스템".split()
)
_NAME_KO = re.compile(
    r"(?<![A-Za-z])[A-Z][A-Za-z]{2,}|(?<![가-힣])(?!신용|체크|고객|법인|개인|무인|교통|상담)[가-힣]{2,6}?(?:"
    + "|".join(_TAILS)
    + r")(?=[\s은는이가을를에의로으과와만,.]|$)"
)

_NEGATE = [
    (r"할 수 있습니다", "할 수 없습니다"),
    (r"할 수 없습니다", "할 수 있습니다"),
    (r"될 수 있습니다", "될 수 없습니다"),
    (r"하실 수 있습니다", "하실 수 없습니다"),
    (r"하실 수 없습니다", "하실 수 있습니다"),
    (r"가능합니다", "불가능합니다"),
    (r"불가능합니다|불가합니다", "가능합니다"),
    (r"되지 않습니다", "됩니다"),
    (r"하지 않습니다", "합니다"),
    (r"([가-힣])됩니다", r"\1되지 않습니다"),
    (r"([가-힣])합니다", r"\1하지 않습니다"),
    (r"받습니다", "받지 않습니다"),
    (r"드립니다", "드리지 않습니다"),
    (r"걸립니다", "걸리지 않습니다"),
    (r"있습니다", "없습니다"),
    (r"없습니다", "있습니다"),
    (r"했다(?=\.|$)", "하지 않았다"),
    (r"이다(?=\.|$)", "이 아니다"),
]
_NEGATE_EN = [
    (r"\bcannot\b|\bcan not\b|\bcan't\b", "can"),
    (r"\b(can|will|may|must|should)\b(?! not)", r"\1 not"),
    (r"\b(is|are|was|were) not\b", r"\1"),
    (r"\b(is|are|was|were)\b", r"\1 not"),
    (r"\b(?:do|does) not ", ""),
]
_LIGHT = [
    (r"합니다(?=[.\s]|$)", "해요"),
    (r"됩니다(?=[.\s]|$)", "돼요"),
    (r"입니다(?=[.\s]|$)", "이에요"),
    (r"있습니다(?=[.\s]|$)", "있어요"),
    (r"없습니다(?=[.\s]|$)", "없어요"),
    (r"이내", "안"),
    (r"(\d)%", r"\1퍼센트"),
    (r"(\d),(\d{3})", r"\1\2"),
]
_LIGHT_EN = [
    (r"\bdo not\b", "don't"),
    (r"\bcannot\b", "can't"),
    (r"(\d)%", r"\1 percent"),
    (r"(\d),(\d{3})", r"\1\2"),
    (r"\bwe\b", "the company"),
    (r"\bYou can\b(?!')", "You may"),
    (r"\balso\b |\busually\b ", ""),
]


def _korean(text: str) -> bool:
    return bool(re.search(r"[가-힣]", text))


def number(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Put another number where one stands, one that the passage does not have."""
    found = list(_NUMBER.finditer(sentence))
    if not found:
        return None
    place = random.choice(found)
    old = place[0].replace(",", "")
    for _ in range(50):
        new = str(round(float(old) * random.choice([2, 3, 0.5, 1.5, 5])) + random.randint(1, 9))
        if new != old and not re.search(rf"(?<!\d){new}(?!\d)", passage.replace(",", "")):
            shown = f"{int(new):,}" if "," in place[0] else new
            return sentence[: place.start()] + shown + sentence[place.end() :]
    return None


def unit(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Put another unit behind a number."""
    korean = _korean(sentence)
    found = list((_UNIT_KO if korean else _UNIT_EN).finditer(sentence))
    if not found:
        return None
    place = random.choice(found)
    options = [each for each in (_UNITS_KO if korean else _UNITS_EN) if each not in place[0]]
    new = random.choice(options)
    gap = " " if place[0].startswith(" ") and new != "%" else ""
    return sentence[: place.start()] + gap + new + sentence[place.end() :]


def date(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Put another month, day or year."""
    if place := _DATE_EN.search(sentence):
        new = random.choice([month for month in _MONTHS if month not in passage])
    elif place := _YEAR.search(sentence):
        new = str(int(place[0]) + random.choice([-7, -3, -2, 3, 4, 6]))
    elif (place := _DATE_KO.search(sentence)) and re.search(r"\d월", sentence):
        old = int(place[1])
        new = str(random.choice([n for n in range(1, 13) if n != old and f"{n}{place[2]}" not in passage])) + place[2]
    else:
        return None
    return None if new in passage else sentence[: place.start()] + new + sentence[place.end() :]


def name(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Put a name of another document."""
    pattern = _NAME_KO if _korean(sentence) else _NAME_EN
    places = list(pattern.finditer(sentence))
    if not places:
        return None
    place = random.choice(places)
    tail = next((end for end in _TAILS if place[0].endswith(end)), "")
    strange = [
        found
        for other in random.sample(others, min(len(others), 60))
        for found in pattern.findall(other)
        if found not in passage and (found.isascii() == place[0].isascii())
    ]
    strange = [found for found in strange if found.endswith(tail)] or strange
    return sentence[: place.start()] + random.choice(strange) + sentence[place.end() :] if strange else None


def swap(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Put another number of the same unit that the passage has, where the sentence does not have it."""
    found = list(_NUMBER.finditer(sentence))
    random.shuffle(found)
    for place in found:
        after = sentence[place.end() : place.end() + (2 if _korean(sentence) else 4)]
        options = [
            m[0]
            for m in _NUMBER.finditer(passage)
            if m[0] not in sentence and passage[m.end() : m.end() + len(after)] == after
        ]
        if options and after.strip(" .,"):
            return sentence[: place.start()] + random.choice(options) + sentence[place.end() :]
    return None


def negation(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Turn the sentence's last predicate over."""
    for pattern, new in _NEGATE if _korean(sentence) else _NEGATE_EN:
        found = list(re.finditer(pattern, sentence))
        if found and (not _korean(sentence) or found[-1].end() >= len(sentence) - 2):
            last = found[-1]
            return sentence[: last.start()] + last.expand(new) + sentence[last.end() :]
    return None


def verbatim(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Leave it as it is."""
    return sentence


def light(sentence: str, passage: str, others: Sequence[str], random: Random) -> str | None:
    """Write it a little differently: endings, symbols, contractions."""
    changed = sentence
    for pattern, new in _LIGHT if _korean(sentence) else _LIGHT_EN:
        changed = re.sub(pattern, new, changed)
    return changed if changed != sentence else None


FAULTS: dict[str, Inject] = {
    "number": number,
    "date": date,
    "unit": unit,
    "name": name,
    "swap": swap,
    "negation": negation,
}
RIGHT: dict[str, Inject] = {"verbatim": verbatim, "light": light}
