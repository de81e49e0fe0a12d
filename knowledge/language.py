"""Which of the two languages a text is written in."""

from typing import Literal

Language = Literal["ko", "en"]

HANGUL_SHARE = 0.2
"""A text is Korean when this share of its letters is Hangul: "API 키를 reset하려면" is, "API 키 reset" is not."""


def language_of(text: str, default: Language = "en") -> Language:
    """Return the language of ``text``; ``default`` when it has no letters at all."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return default
    hangul = sum("가" <= c <= "힣" or "ㄱ" <= c <= "ㆎ" or "ᄀ" <= c <= "ᇿ" for c in letters)
    return "ko" if hangul >= HANGUL_SHARE * len(letters) else "en"
