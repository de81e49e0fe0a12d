"""Lengths: read from an order, counted in a draft, and kept."""

import re
from typing import Final, NamedTuple

from bot.drafting.brief import Length, Unit
from bot.support import split
from knowledge.language import Language, language_of

ABOUT = 0.15
"""Share by which "about 300 words" may be missed."""

PAGE: Final[dict[Language, int]] = {"ko": 1_500, "en": 500}
"""Characters of a Korean page, words of an English one."""

_UNITS: Final[dict[str, Unit]] = {
    "자": "characters", "글자": "characters", "단어": "words", "어절": "words", "문장": "sentences", "줄": "lines",
    "문단": "paragraphs", "단락": "paragraphs", "character": "characters", "word": "words", "sentence": "sentences",
    "line": "lines", "paragraph": "paragraphs",
}  # fmt: skip
_NUMBERS: Final = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "열": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
}  # fmt: skip
_KOREAN = re.compile(
    r"(?P<over>최소\s?)?(?P<cap>최대\s?)?(?P<low>\d[\d,]*)\s*(?:[~∼\-–]\s*(?P<high>\d[\d,]*)\s*)?"
    r"(?P<unit>글자|자(?!리|동|녀|격)|단어|어절|문장|줄|문단|단락)\s*"
    r"(?P<how>이내|이하|미만|안팎|내외|정도|쯤|가량|이상|까지|안으로|안에|넘지)?|"
    r"(?<![가-힣])(?P<word>한|두|세|네|다섯|여섯|일곱|여덟|열)\s?(?P<unit2>문장|줄|문단|단락)\s*"
    r"(?P<how2>이내|이하|정도|쯤|까지|안으로)?"
)
_KOREAN_PAGE = re.compile(
    r"(?:A4\s*)?(?P<count>한|두|반|\d)\s?(?:페이지|쪽|장)(?:\s?(?:분량|이내|정도))", re.IGNORECASE
)
_ENGLISH = re.compile(
    r"(?P<how>under|within|less than|fewer than|at most|up to|max(?:imum)?(?: of)?|no (?:more|longer) than|about|around|"
    r"roughly|approximately|some|at least|over|more than|in|exactly)?\s*(?P<low>\d[\d,]*|one|two|three|four|five|six|"
    r"seven|eight|ten)(?:\s*(?:-|–|to)\s*(?P<high>\d[\d,]*))?[ -]?(?P<unit>word|character|sentence|line|paragraph)s?\b"
    r"(?P<after> (?:or less|or fewer|max(?:imum)?|at most|limit))?",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"(?<![가-힣])(?:아주\s?)?(?:짧게|짧은|짤막하?게?|간단히|간략(?:히|하게)|길게|긴\s?글|자세(?:히|하게))(?![가-힣])|"
    r"\b(?:short(?! (?:stor|film))|brief(?:ly)?|long|detailed|in detail|concise(?:ly)?)\b",
    re.IGNORECASE,
)
_AT_MOST = frozenset("이내 이하 미만 까지 안으로 안에 넘지".split())
_AT_MOST_EN = re.compile(r"under|within|less|fewer|most|up to|max|no |in$")
_SHORT = re.compile(r"짧|짤막|간단|간략|short|brief|concise", re.IGNORECASE)


class Said(NamedTuple):
    """A length as an order says it, and where it stands."""

    length: Length | None
    text: str
    start: int
    end: int


def read_length(text: str) -> Said | None:
    """Return the length that an order asks for; the first exact one, else a page, else "short" or "long"."""
    for pattern, made in ((_KOREAN, _of_korean), (_ENGLISH, _of_english), (_KOREAN_PAGE, _of_page)):
        found = pattern.search(text)
        if found:
            return Said(made(found), found[0].strip(), found.start(), found.end())
    loose = _LOOSE.search(text)
    return Said(_of_loose(loose[0], language_of(text)), loose[0], loose.start(), loose.end()) if loose else None


def _of_korean(found: re.Match[str]) -> Length:
    unit, how = _UNITS[found["unit"] or found["unit2"]], found["how"] or found["how2"]
    low = _NUMBERS[found["word"]] if found["word"] else _number(found["low"])
    if found["high"]:
        return Length(low, _number(found["high"]), unit)
    if how == "이상" or found["over"]:
        return Length(low, None, unit)
    if how in _AT_MOST or found["cap"]:
        return Length(None, low, unit)
    return _about(low, unit)


def _of_english(found: re.Match[str]) -> Length:
    unit, how = _UNITS[found["unit"].lower()], (found["how"] or "").lower()
    low = _NUMBERS.get(found["low"].lower()) or _number(found["low"])
    if found["high"]:
        return Length(low, _number(found["high"]), unit)
    if how in ("at least", "over", "more than"):
        return Length(low, None, unit)
    if found["after"] or (how and _AT_MOST_EN.match(how)) or how == "at most":
        return Length(None, low, unit)
    return Length(low, low, unit) if how == "exactly" else _about(low, unit)


def _of_page(found: re.Match[str]) -> Length:
    count = {"반": 0.5}.get(found["count"]) or _NUMBERS.get(found["count"]) or int(found["count"])
    return Length(None, int(count * PAGE["ko"]), "characters")


def _of_loose(said: str, language: Language) -> Length | None:
    if not _SHORT.search(said):
        return None
    return Length(None, PAGE[language] // 3, "characters" if language == "ko" else "words")


def _about(count: int, unit: Unit) -> Length:
    """Return a length that may be missed by a little; few sentences or lines are counted exactly."""
    slack = int(count * ABOUT) if unit in ("characters", "words") else 0
    return Length(count - slack, count + slack, unit)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def counted(text: str, unit: Unit) -> int:
    """Return how many units a text has. Characters count spaces, each run of them once, as Korean editors do."""
    if unit == "characters":
        return len(" ".join(text.split()))
    if unit == "words":
        return sum(any(character.isalnum() for character in word) for word in text.split())
    if unit == "sentences":
        return len(split(text, language_of(text)))
    return len([part for part in text.split("\n\n" if unit == "paragraphs" else "\n") if part.strip()])


def shorten(text: str, length: Length) -> str:
    """Return the text without as many of its sentences as stand in the way of the length; it may still be too long.

    They go from the end of the longest paragraph, so that a greeting and a closing stay.
    """
    paragraphs = [split(part, language_of(text)) for part in text.split("\n") if part.strip()]
    while (whole := _put_together(paragraphs)) and not _short_enough(whole, length):
        longest = max(paragraphs, key=lambda part: sum(map(len, part)))
        if len(longest) > 1:
            longest.pop()
        elif len(paragraphs) > 1:
            paragraphs.remove(longest)
        else:
            break
    return _put_together(paragraphs)


def _short_enough(text: str, length: Length) -> bool:
    return length.high is None or counted(text, length.unit) <= length.high


def _put_together(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(part) for part in paragraphs)
