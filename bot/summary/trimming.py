"""A sentence made shorter without changing what it says: openings, marks and connecting words go, the rest stays."""

import re

from bot.summary.form_words import OPENING_EN, OPENING_KO
from knowledge.language import Language, language_of

LONGEST: dict[Language, int] = {"ko": 120, "en": 220}
"""Characters of a line; a longer one ends after a clause, with an ellipsis."""

SHORTEST_CUT = 0.5
"""A clause that ends before this share of the length is too early to cut at."""

_MARK = re.compile(r"^(?:[-–•·*▪●○◦■□▶※☞✓✔#>]+|\(?\d{1,2}[.)](?!\d)|[①-⑳]|[가-하][.)](?=\s)|\[[ xX]?\])\s*")
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|`")
_CUT = re.compile(
    r"[,;:]\s|(?:며|고|나|지만|는데|으며|하여|해서|면)\s|\s[-–—]\s|\s(?:and|but|which|because|so that|while)\s"
)


def line_of(sentence: str, *, speaker: str = "") -> str:
    """Return a sentence as a line of a summary: every number, date and name that is left stands as it stood."""
    text = _EMPHASIS.sub("", sentence).strip()
    while (bare := _MARK.sub("", text, count=1)) != text and bare.strip():
        text = bare.strip()
    language = language_of(text)
    opening = OPENING_KO if language == "ko" else OPENING_EN
    rest = opening.sub("", text, count=1)
    if len(rest) >= min(len(text), 12):
        text = rest[:1].upper() + rest[1:] if language == "en" and rest != text else rest
    if speaker and not text.startswith(speaker):
        text = f"{speaker}: {text}"
    return _shortened(text, LONGEST[language])


def _shortened(text: str, limit: int) -> str:
    """Cut behind the last clause that fits; where none does, between words."""
    if len(text) <= limit:
        return text
    ends = [found.end() for found in _CUT.finditer(text, 0, limit)]
    end = next((end for end in reversed(ends) if end >= SHORTEST_CUT * limit), text.rfind(" ", 0, limit))
    return text[: end if end > 0 else limit].rstrip(" ,;:-–—") + " …"
