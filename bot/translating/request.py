"""What a translation is to be like: into which language, in which tone, by which words of the order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.language import foreign_language
from bot.preferences import Politeness, Preferences
from knowledge.language import Language, language_of

LANGUAGES: Final[dict[str, tuple[str, str]]] = {
    "ko": ("한국어", "Korean"),
    "en": ("영어", "English"),
    "ja": ("일본어", "Japanese"),
    "zh": ("중국어", "Chinese"),
    "de": ("독일어", "German"),
    "fr": ("프랑스어", "French"),
    "es": ("스페인어", "Spanish"),
    "it": ("이탈리아어", "Italian"),
    "pt": ("포르투갈어", "Portuguese"),
    "ru": ("러시아어", "Russian"),
    "vi": ("베트남어", "Vietnamese"),
    "th": ("태국어", "Thai"),
    "id": ("인도네시아어", "Indonesian"),
}
"""By code: the name in Korean and in English."""

_NAMES: Final[dict[str, str]] = {
    "ko": r"한국어|한국말|한글|우리말|국문|국어|korean|hangul",
    "en": r"영어|영문|영작|english",
    "ja": r"일본어|일어|일문|일본말|japanese",
    "zh": r"중국어|중문|중국말|chinese|mandarin",
    "de": r"독일어|독어|german",
    "fr": r"프랑스어|불어|french",
    "es": r"스페인어|서반아어|spanish",
    "it": r"이탈리아어|italian",
    "pt": r"포르투갈어|portuguese",
    "ru": r"러시아어|노어|russian",
    "vi": r"베트남어|vietnamese",
    "th": r"태국어|thai",
    "id": r"인도네시아어|indonesian",
}
_INTO: Final = tuple(
    (
        code,
        re.compile(
            rf"(?<![가-힣])(?:{names})(?:으로|로)|\b(?:in|into|to)\s(?:\w+\s)?(?:{names})\b|^(?:{names})$",
            re.IGNORECASE,
        ),
    )
    for code, names in _NAMES.items()
)
_TONES: Final[tuple[tuple[str, str], ...]] = (
    ("formal", r"격식|공식|정중|비즈니스|공손|하십시오체|formal|business|polite"),
    ("friendly", r"친근|친절|부드럽|편하게|다정|캐주얼|friendly|casual|warm"),
)
_POLITENESS: Final[tuple[tuple[Politeness, str], ...]] = (
    ("banmal", r"반말"),
    ("hasipsio", r"하십시오체|합쇼체|격식체"),
    ("haeyo", r"해요체|존댓말|높임말"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """``target``: a code of ``LANGUAGES``; ``tone``: formal, friendly or ""; ``politeness`` of Korean."""

    target: str
    tone: str = ""
    politeness: Politeness = ""

    def name(self, language: Language) -> str:
        """Return the name of the target language."""
        return LANGUAGES[self.target][0 if language == "ko" else 1]


def request_of(order: str, material: str, options: Mapping[str, str], preferences: Preferences) -> Request:
    """Return what is wanted: by an option, by the words of the order, else Korean into English and all else into
    Korean."""
    order = order[:400]
    target = code_of(options.get("to", "")) or _into(order)
    tone = options.get("tone", "") or next(
        (name for name, words in _TONES if re.search(words, order, re.IGNORECASE)), ""
    )
    politeness = next((name for name, words in _POLITENESS if re.search(words, order)), preferences.politeness)
    return Request(target or usual_target(material), tone[:40], politeness)


def code_of(said: str) -> str | None:
    """Return the code of a language that is named by its code or its name; None where there is no such one."""
    said = said.strip().lower()
    if said in LANGUAGES:
        return said
    return next((code for code, names in _NAMES.items() if said and re.fullmatch(names, said, re.IGNORECASE)), None)


def usual_target(material: str) -> str:
    """Return the language that a text is put into where nobody says which."""
    return "en" if language_of(material) == "ko" and foreign_language(material) is None else "ko"


def _into(order: str) -> str | None:
    found = next((code for code, pattern in _INTO if pattern.search(order)), None)
    return found or ("en" if "영작" in order else None)
