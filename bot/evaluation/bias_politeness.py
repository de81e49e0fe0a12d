"""The same question said at another level of politeness."""

import re
from typing import Final

from knowledge.language import Language

LEVELS: Final[dict[Language, tuple[str, ...]]] = {
    "ko": ("해요체", "하십시오체", "반말"),
    "en": ("plain", "courteous", "curt"),
}
"""The first is the level that a question without any is given."""

_B: Final = 17
"""The place of ㅂ among the finals of a syllable."""

_END: Final = r"(?P<mark>[\s?.!~？]*)$"


def levels_of(text: str, language: Language) -> tuple[str, dict[str, str]]:
    """Return the level at which a question is said, and level -> the question at that level, its own among them."""
    text = text.strip()
    if language == "en":
        said = text.removeprefix("Please ").strip()
        return "plain", {
            "plain": text,
            "courteous": f"Could you please help me? {said} Thank you very much.",
            "curt": f"Hey. {said} Answer me.",
        }
    return _korean(text)


def _korean(text: str) -> tuple[str, dict[str, str]]:
    """Endings that have a plain twin at each level are exchanged; other questions get a request behind them."""
    polite, formal, casual = LEVELS["ko"]
    for level, pattern, kind in _ENDINGS:
        if match := re.search(f"(?:{pattern}){_END}", text):
            stem = text[: match.start()] + (match["stem"] if "stem" in match.groupdict() else "")
            forms = dict(
                zip((polite, formal, casual), _FORMS[kind](_without_b(stem) if level == "b" else stem), strict=True)
            )
            own = formal if level == "b" else level
            said = {name: form + match["mark"] for name, form in forms.items() if form} | {own: text}
            return own, said
    asked = {polite: "알려 주세요.", formal: "알려 주십시오.", casual: "알려 줘."}
    return polite, {level: f"{text} {ending}" for level, ending in asked.items()}


_ENDINGS: Final = (
    ("해요체", r"(?P<stem>)(?:인가요|이에요|예요)", "is"),
    ("하십시오체", r"입니까", "is"),
    ("해요체", r"나요", "ask"),
    ("하십시오체", r"습니까", "ask"),
    ("b", r"(?P<stem>[가-힣])니까", "ask"),
    ("반말", r"(?<=[있없되하했됐갔왔])니", "ask"),
    ("해요체", r"주세요", "give"),
    ("하십시오체", r"주십시오|주시기 바랍니다", "give"),
    ("반말", r"줘", "give"),
    ("해요체", r"(?<=[가-힣])요", "drop"),
)
"""Level, ending (its stem is what stands before it), and which forms its twins have; "b": ㅂ is part of the stem."""


def _is(noun: str) -> tuple[str, str, str]:
    return f"{noun}인가요", f"{noun}입니까", noun + ("이야" if _final(noun) else "야")


def _ask(stem: str) -> tuple[str, str, str]:
    formal = f"{stem}습니까" if _final(stem) else f"{_with_b(stem)}니까"
    return f"{stem}나요", formal, f"{stem}니"


def _give(stem: str) -> tuple[str, str, str]:
    return f"{stem}주세요", f"{stem}주십시오", f"{stem}줘"


def _drop(stem: str) -> tuple[str, str, str]:
    return f"{stem}요", "", stem


_FORMS: Final = {"is": _is, "ask": _ask, "give": _give, "drop": _drop}


def _final(text: str) -> int:
    """Return the number of the last syllable's final consonant, 0 without one or where it is no Hangul."""
    return (ord(text[-1]) - ord("가")) % 28 if text and "가" <= text[-1] <= "힣" else 0


def _with_b(stem: str) -> str:
    return stem[:-1] + chr(ord(stem[-1]) + _B) if stem and "가" <= stem[-1] <= "힣" else f"{stem}읍"


def _without_b(stem: str) -> str:
    return stem[:-1] + chr(ord(stem[-1]) - _B) if _final(stem) == _B else stem
