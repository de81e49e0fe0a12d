"""What is typed behind /dapbot: the subcommand, in Korean or in English, and what it is to be done to."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.translating.request import code_of
from connectors.slack.links import Linked, taken_out
from connectors.slack.periods import LONGEST_SAID, is_period
from knowledge.language import Language, language_of

Name = Literal[
    "help",
    "ask",
    "summarize",
    "sentiment",
    "draft",
    "translate",
    "mute",
    "unmute",
    "pause",
    "resume",
    "settings",
]

WORDS: dict[Name, tuple[str, ...]] = {
    "help": ("help", "도움말", "도움", "사용법", "?"),
    "ask": ("ask", "질문", "물어보기"),
    "summarize": ("summarize", "summarise", "summary", "요약", "정리"),
    "sentiment": ("sentiment", "mood", "분위기", "감정"),
    "draft": ("draft", "write", "초안", "작성"),
    "translate": ("translate", "번역"),
    "unmute": ("unmute", "조용히 해제", "조용히해제", "조용히 그만", "말하기"),
    "mute": ("mute", "quiet", "조용히"),
    "pause": ("pause", "멈춤", "멈춰", "정지"),
    "resume": ("resume", "다시", "재개", "다시 시작"),
    "settings": ("settings", "setting", "설정"),
}
"""The words for each; the shown ones are the first of each language."""

SWITCHES = frozenset({"help", "mute", "unmute", "pause", "resume", "settings"})
"""Those that are done to a channel: with other words behind them they are the beginning of a question."""

READING = frozenset({"summarize", "sentiment"})
"""Those that are done to what is written in a channel, where no text is given."""

LONG = 40
"""Characters from which what is typed behind such a word is a text, and no period that was not understood."""

_BY_WORD = sorted(
    ((word, name) for name, words in WORDS.items() for word in words), key=lambda pair: len(pair[0]), reverse=True
)
_EVERYWHERE = re.compile(r"(?:all|everywhere|전체|모두|모든\s?(?:곳|채널)|전부)")
_QUESTION = re.compile(r"[?？]\s*$|(?:나요|까요|습니까|어요|은가요|을까|인가|는지)\s*[.~]*$")
_HOW = re.compile(
    r"(?:은|는|이|가)?\s?(?:어때(?:요)?|어떤가요|어떻습니까|좀|보기|봐\s?줘|알려\s?줘|해\s?줘|how is it|here|please)"
    r"\s*[?.!~]*"
)
_LINES = re.compile(
    r"(?<!\d)(?:in\s)?(?P<count>\d{1,2})\s?(?:줄|문장|lines?|sentences?)(?:로|으로)?(?![가-힣\w])", re.IGNORECASE
)
_IN = {
    "ko": re.compile(r"(?<![가-힣])(?:한국어|한글|우리말)로(?![가-힣])|\bin korean\b", re.IGNORECASE),
    "en": re.compile(r"(?<![가-힣])영어로(?![가-힣])|\bin english\b", re.IGNORECASE),
}
_INTO = re.compile(
    r"(?:(?:in)?to\s+(?P<english>[a-z]{2,12})(?=[\s:,]|$)|(?P<korean>[가-힣]{2,6}?)(?:으로|로)(?=[\s:,]|$)"
    r"|(?P<code>ko|en|ja|zh)(?=[\s:,]|$)|(?P<named>[a-z]{2,12}|[가-힣]{2,6}?)(?=:|\s*$))[\s:,]*",
    re.IGNORECASE,
)
"""A language's name alone begins many a text: it counts with a particle, a colon, or where nothing follows."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: ``name`` is the subcommand, ``text`` what is behind it, as Slack sent it.

    ``linked``: the message or the channel that it points at; ``everywhere``: "all" stood there; ``language`` is that of
    the word that was typed, None where none was. ``into``: the language to translate into, "" where none is named.
    ``options``: how a summary is to be done, as the task has them.
    """

    name: Name
    text: str = ""
    linked: Linked | None = None
    everywhere: bool = False
    into: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    language: Language | None = None


def order_of(typed: str) -> Order:
    """Return what is wanted; words that name no subcommand are a question, nothing at all is a call for help."""
    typed = unicodedata.normalize("NFC", typed).strip()
    if not typed:
        return Order("help")
    name, word, rest = _subcommand(typed)
    if name is None:
        return Order("ask", typed)
    language: Language | None = language_of(word) if word != "?" else None
    linked, left = taken_out(rest) if name != "ask" else (None, rest)
    if name in SWITCHES:
        everywhere = bool(_EVERYWHERE.fullmatch(left.strip().lower()))
        if left.strip() and not everywhere:
            return Order("ask", typed)
        return Order(name, linked=linked, everywhere=everywhere, language=language)
    if name in READING:
        return _reading(name, left.strip(), linked, language, typed)
    if name == "translate":
        into, left = _into(left.strip())
        return Order(name, left, linked, into=into, language=language)
    return Order(name, rest, language=language)


def _subcommand(typed: str) -> tuple[Name | None, str, str]:
    """Return the subcommand, the word for it, and what stands behind it."""
    folded = typed.lower()
    for word, name in _BY_WORD:
        if folded.startswith(word):
            rest = typed[len(word) :]
            if not rest or rest[0].isspace() or (rest[0] in ":," and rest[1:2].isspace()):
                return name, word, rest.lstrip(":, \t\r\n\u00a0\u3000")
    return None, "", ""


def _reading(name: Name, left: str, linked: Linked | None, language: Language | None, typed: str) -> Order:
    """Return an order to read something: a channel since when, a message, or a text that was typed."""
    left = "" if _HOW.fullmatch(left) else left
    said, options = _manner(left) if name == "summarize" else (left, {})
    if linked is not None or not said or is_period(said):
        return Order(name, said, linked, options=options, language=language)
    if name == "summarize" and len(left) < LONG and "\n" not in left and _QUESTION.search(left):
        return Order("ask", typed)
    return Order(name, left, language=language)


def _manner(text: str) -> tuple[str, dict[str, str]]:
    """Return what is left of the words when those are taken out that say in how many lines, and in which language."""
    if len(text) > LONGEST_SAID:
        return text, {}
    options = {}
    if (lines := _LINES.search(text)) is not None:
        options["lines"] = lines["count"]
        text = _LINES.sub(" ", text, count=1)
    for language, pattern in _IN.items():
        if pattern.search(text):
            options["language"] = language
            text = pattern.sub(" ", text, count=1)
    return " ".join(text.split()), options


def _into(text: str) -> tuple[str, str]:
    """Return the language that a text begins with the name of, by its code, and the text behind it."""
    found = _INTO.match(text)
    code = code_of(found["english"] or found["korean"] or found["code"] or found["named"]) if found else None
    return (code, text[found.end() :].strip()) if found and code else ("", text)


def is_text(order: Order) -> bool:
    """Tell whether a text was typed for the task, rather than a period that was not understood."""
    return len(order.text) >= LONG or "\n" in order.text or order.name != "summarize"
