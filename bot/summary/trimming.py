"""A sentence made shorter without changing what it says: openings, marks and connecting words go, the rest stays."""

import re

from bot.summary.asking_words import DUE_EN
from bot.summary.brief_words import (
    ASIDE,
    ASKING_EN,
    ATTACHED_EN,
    BOUNDARY_EN,
    CLAUSE_KO,
    DANGLING_EN,
    ENDINGS_KO,
    FILLER_EN,
    FORMAL_KO,
    HERE_EN,
    LEADING_EN,
    LEADING_KO,
    MONEY,
    PAST_KO,
    SUBORDINATE_EN,
    VOCATIVE_EN,
)
from bot.summary.form_words import OPENING_EN, OPENING_KO
from knowledge.language import Language, language_of

LONGEST: dict[Language, int] = {"ko": 120, "en": 220}
"""Characters of a line; a longer one ends after a clause, with an ellipsis."""

SHORTEST_CUT = 0.5
"""A clause that ends before this share of the length is too early to cut at."""

BRIEF_EN, SHORTEST_EN = 20, 6
"""Words of an English line, and those before which it is not cut."""

BRIEF_KO, SHORTEST_KO = 64, 20
"""Characters of a Korean line, and of what may be left of a longer one."""

_FINAL_SS = 20
"""Where ㅆ stands among the final consonants."""

_MARK = re.compile(r"^(?:[-–•·*▪●○◦■□▶※☞✓✔#>]+|\(?\d{1,2}[.)](?!\d)|[①-⑳]|[가-하][.)](?=\s)|\[[ xX]?\])\s*")
_CELLS = re.compile(r"\s*\|\s*")
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


def brief_of(sentence: str) -> str:
    """Return a sentence as one of three lines that tell a mail: what it says, without politeness and asides.

    An English one of more than twenty words ends after a phrase; a Korean one, whose verb stands last, may begin after
    a clause. Dates, amounts and names that are left stand as they stood; a deadline that was cut off is put back.
    """
    text = line_of(_CELLS.sub(" · ", sentence.strip(" |")))
    return _brief_korean(text) if language_of(text) == "ko" else _brief_english(text)


def _brief_korean(text: str) -> str:
    text = _without(LEADING_KO, text, 2)
    text = ASIDE.sub("", text) if len(text) > BRIEF_KO else text
    text = _clause(text) if len(text) > BRIEF_KO else text
    for pattern, instead in ENDINGS_KO:
        if pattern.search(text):
            return _shortened(pattern.sub(instead, text), LONGEST["ko"])
    text = PAST_KO.sub(_past, FORMAL_KO.sub(_noted, text))
    return _shortened(text.rstrip(".") if text.endswith(".") else text, LONGEST["ko"])


def _noted(found: re.Match[str]) -> str:
    """Return 함 for 합니다: among the final consonants ㅁ stands just before ㅂ."""
    return chr(ord(found["last"]) - 1)


def _past(found: re.Match[str]) -> str:
    last = found["last"]
    final = (ord(last) - ord("가")) % 28
    return f"{last}음" if last in "없않" or (final == _FINAL_SS and last != "겠") else found[0]


def _clause(text: str) -> str:
    """Return a long Korean sentence from a later clause on; amounts, and figures that stand only before it, keep it."""
    for found in CLAUSE_KO.finditer(text):
        rest = text[found.end() :]
        if SHORTEST_KO <= len(rest) <= BRIEF_KO:
            before = text[: found.end()]
            lost = any(map(str.isdigit, before)) and not any(map(str.isdigit, rest))
            return text if lost or MONEY.search(before) else f"… {rest}"
    return text


def _brief_english(text: str) -> str:
    for _ in range(4):
        before = text
        text = _without(VOCATIVE_EN, text, 3)
        text = _without(LEADING_EN, text, 3)
        if text == before:
            break
    text = _without(HERE_EN, text, 3)
    if (asked := _without(ASKING_EN, text, 2)) != text:
        text = asked.rstrip("?") if asked.endswith("?") else asked
    elif (rest := _without(ATTACHED_EN, text, 1)) != text:
        text = f"Attached: {rest[:1].lower()}{rest[1:]}" if rest[1:2].islower() else f"Attached: {rest}"
    text = FILLER_EN.sub("", ASIDE.sub("", text)).strip()
    if len(text.split()) > BRIEF_EN:
        text = _without(SUBORDINATE_EN, text, 5)
    return _capital(_cut_english(text)).removesuffix(".")


def _without(pattern: re.Pattern[str], text: str, words: int) -> str:
    """Return what follows the pattern where that is still so many words."""
    rest = pattern.sub("", text, count=1)
    return rest if len(rest.split()) >= words else text


def _cut_english(text: str) -> str:
    words = text.split()
    if len(words) <= BRIEF_EN:
        return text
    ends = [found.start() for found in BOUNDARY_EN.finditer(text)]
    ends = [end for end in ends if SHORTEST_EN <= len(text[:end].split()) <= BRIEF_EN]
    kept = text[: ends[-1]] if ends else " ".join(words[:BRIEF_EN])
    while (shorter := DANGLING_EN.sub("", kept)) != kept:
        kept = shorter
    due = DUE_EN.search(text, max(0, len(kept) - 20))
    if due is not None and due.end() > len(kept):
        return f"{kept[: due.start()].rstrip(' ,;:-–—')} … {due[0]}"
    return kept.rstrip(" ,;:-–—.") + " …"


def _capital(text: str) -> str:
    """Return a line with a capital letter, unless it begins with an address or a name such as "iPhone"."""
    return text[:1].upper() + text[1:] if re.match(r"[a-z]+(?![\w@./:-])", text) else text


def _shortened(text: str, limit: int) -> str:
    """Cut behind the last clause that fits; where none does, between words."""
    if len(text) <= limit:
        return text
    ends = [found.end() for found in _CUT.finditer(text, 0, limit)]
    end = next((end for end in reversed(ends) if end >= SHORTEST_CUT * limit), text.rfind(" ", 0, limit))
    return text[: end if end > 0 else limit].rstrip(" ,;:-–—") + " …"
