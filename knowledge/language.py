"""Which of the two languages a text is written in."""

import re
from typing import Literal

Language = Literal["ko", "en"]

HANGUL_SHARE = 0.2
"""A text is Korean when this share of its letters is Hangul: "API 키를 reset하려면" is, "API 키 reset" is not."""

_HANGUL = re.compile("[가-힣ㄱ-ㆎᄀ-ᇿ]+")


def language_of(text: str, default: Language = "en") -> Language:
    """Return the language of ``text``; ``default`` when it has no letters at all."""
    hangul = sum(map(len, _HANGUL.findall(text)))
    if hangul and hangul >= HANGUL_SHARE * len(text):  # then so it is of the letters: they need not be counted
        return "ko"
    letters = sum(map(str.isalpha, text))
    if not letters:
        return default
    return "ko" if hangul >= HANGUL_SHARE * letters else "en"
