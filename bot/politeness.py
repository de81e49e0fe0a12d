"""At which level of politeness a Korean sentence is said, told by its last ending."""

import re
from typing import Literal

from bot.preference_kinds import Politeness
from knowledge.language import Language, language_of
from knowledge.tokens import morphemes

Said = Literal["", "haeyo", "hasipsio", "banmal", "written"]
"""``written``: the neutral style of documents ("처리된다"), which is nobody's speech; "" where there is no ending."""

FEWEST_WORDS = 5
"""Of fewer words it is not told in which language they are: names and commands stay what they are in both."""

_CITATION = re.compile(r"\[\d+\]")
_TAIL = re.compile(r"[^가-힣a-zA-Z\d]+$")
_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NO_WORDS = re.compile(r"`[^`]*`|https?://\S+|\S+@\S+")


def said_at(sentence: str) -> Said:
    """Return the level of one sentence; headings, list items and sentences that end in a noun have none."""
    text = _TAIL.sub("", _CITATION.sub("", sentence)).rstrip()
    if not _HANGUL.search(text[-1:]):
        return ""
    if re.search(r"(?:니다|니까|십시오|시오|시다)$", text):
        return "hasipsio"
    if re.search(r"(?:요|죠)$", text):
        return "haeyo" if _ends(text) else ""
    if not _ends(text):
        return ""
    return "written" if text.endswith("다") else "banmal"


def _ends(text: str) -> bool:
    """Whether the last word has the ending of a sentence: "필요" and "주소" have none."""
    parts = morphemes(text[-40:])
    return bool(parts) and any(part.tag == "EF" for part in parts[-2:])


def rude(sentence: str, wanted: Politeness) -> bool:
    """Whether a sentence is said familiarly to somebody who did not ask for that."""
    return wanted != "banmal" and said_at(sentence) == "banmal"


def off_level(sentence: str, wanted: Politeness) -> bool:
    """Whether a sentence is said at another level than somebody asked for."""
    return bool(wanted) and said_at(sentence) not in ("", wanted)


def in_other_language(sentence: str, wanted: Language) -> bool:
    """Whether a sentence is written in the language that was not asked for; names, commands and links do not count."""
    text = _NO_WORDS.sub(" ", _CITATION.sub(" ", sentence))
    if wanted == "ko":
        return not _HANGUL.search(text) and len(_WORD.findall(text)) >= FEWEST_WORDS
    return language_of(text) == "ko" and len(text.split()) >= FEWEST_WORDS - 2
