"""Which task a message is for: the answer from the documents, a word about nothing, or work on a text.

A message goes to small talk only when small talk is all it says, and to work on a text only when it asks for that;
everything else is looked up, statements about a problem included.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from bot.material import Parts, readings
from bot.preferences import wish_of
from bot.small_words import CRISIS, FILLERS, PATTERNS, SEXUAL, Kind
from bot.task_words import ABOUT, POINTS, RULES, Rule
from knowledge.language import Language

LONGEST = 120
"""Characters, runs of the same one squeezed, of what may be small talk as a whole."""

LOOKED_THROUGH = 2_000
"""Characters looked through for someone who may be in danger; what is more than small talk there is none."""

_ORDER: tuple[Kind, ...] = (
    "hostile", "complaint", "who", "help", "human", "apology", "thanks", "farewell", "how_are_you", "affection",
    "greeting", "praise", "test", "agree", "laughter", "sadness",
)  # fmt: skip
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_NOISE = re.compile(r"[^\w\s'’/\-*]+|[_~]+")
_END = r"(?:(?=\s|$|[ㅋㅎㅠㅜㅡ])|(?<=[ㅋㅎㅠㅜㅡ]))"
"""A phrase ends where a word does; laughter and tears are written without a space."""

_JAMO_ONLY = re.compile(r"[ㄱ-ㅎㅏ-ㅣ\s]+")


BUILT = frozenset({"answer", "draft", "preferences", "sentiment", "smalltalk", "summarize", "translate", "tutor"})
"""The tasks that there are (``bot.tasks.TASKS``); what else is wanted is answered from the documents."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The task a message asks for and why; ``material`` is the text it is to be done to, empty where none is given."""

    task: str
    reason: str
    material: str = ""


def route(text: str, language: Language) -> str:
    """Return the task for the message, one of ``BUILT``; as fast as ``wanted``."""
    task = wanted(text, language).task
    return task if task in BUILT else "answer"


def wanted(text: str, language: Language) -> Wanted:
    """Return what the message asks for, whether it can be done yet or not; under a millisecond.

    ``language`` is that of the asker: its rules are tried first.
    """
    if (kind := kind_of(text)) is not None:
        return Wanted("smalltalk", kind)
    if (wish := wish_of(text)) is not None:
        return Wanted("preferences", wish.kind)
    for parts in readings(text):
        for spoken in _languages(language):
            if (rule := _asked(parts, spoken)) is not None:
                return Wanted(rule.task, rule.reason, parts.material)
    return Wanted("answer", "nothing asked to be done to a text")


def _languages(first: Language) -> tuple[Language, Language]:
    return ("ko", "en") if first == "ko" else ("en", "ko")


def _asked(parts: Parts, language: Language) -> Rule | None:
    """Return the first rule that the order fits."""
    order = parts.order.lower() if language == "en" else parts.order
    if not parts.material and _about(language).search(order) and not _points(language).search(order):
        return None
    fitting = (rule for rule, pattern in _rules(language) if pattern.search(order))
    return next((rule for rule in fitting if parts.material or not rule.needs_text), None)


def kind_of(text: str) -> Kind | None:
    """Return what kind of small talk the whole message is, None when it is something to look up."""
    text = text.strip()
    if not text:
        return "empty"
    if (danger := _danger(text)) is not None:
        return danger
    if not any(character.isalnum() for character in text):
        return "symbols" if any(not character.isspace() and character.isprintable() for character in text) else "empty"
    said = _squeezed(text[:LOOKED_THROUGH])
    if len(said) > LONGEST:
        return None
    if len(text) > LOOKED_THROUGH and len(said := _squeezed(text)) > LONGEST:
        return None
    if _JAMO_ONLY.fullmatch(said) and not _consumed(said):
        return "unclear"
    kinds = _consumed(said)
    return next((kind for kind in _ORDER if kind in kinds), None)


def _danger(text: str) -> Kind | None:
    looked = text[:LOOKED_THROUGH]
    if _crisis().search(looked):
        return "crisis"
    return "sexual" if len(text) <= LONGEST and _sexual().search(text) else None


def _squeezed(text: str) -> str:
    """Return the text in lower case with runs cut to three and everything but words and spaces gone."""
    text = unicodedata.normalize("NFC", _RUN.sub(r"\1\1\1", text)[: 20 * LONGEST]).lower().replace("’", "'")
    return " ".join(_NOISE.sub(" ", text).split())


def _consumed(said: str) -> frozenset[Kind]:
    """Return the kinds of phrases that make up all of ``said``; none when anything else is left over."""
    found: set[Kind] = set()
    return frozenset(found) if _walk(said, 0, found, set()) else frozenset()


def _walk(said: str, start: int, found: set[Kind], dead: set[int]) -> bool:
    """Consume ``said`` from ``start``, the longest phrase first; ``dead`` are the places that lead nowhere."""
    while start < len(said) and said[start] == " ":
        start += 1
    if start >= len(said):
        return True
    if start in dead:
        return False
    for end, kind in sorted(_phrases_at(said, start), key=lambda step: -step[0]):
        if _walk(said, end, found, dead):
            if kind is not None:
                found.add(kind)
            return True
    dead.add(start)
    return False


def _phrases_at(said: str, start: int) -> list[tuple[int, Kind | None]]:
    """Return (end, kind) of every phrase at ``start`` that ends with a word."""
    matches = ((pattern.match(said, start), kind) for kind, pattern in _compiled())
    return [(matched.end(), kind) for matched, kind in matches if matched and matched.end() > start]


@cache
def _compiled() -> tuple[tuple[Kind | None, re.Pattern[str]], ...]:
    kinds: list[tuple[Kind | None, str]] = [(kind, "|".join(PATTERNS[kind])) for kind in _ORDER]
    kinds.append((None, FILLERS))
    return tuple((kind, re.compile(f"(?:{_apostrophes(pattern)}){_END}")) for kind, pattern in kinds)


def _apostrophes(pattern: str) -> str:
    """Make apostrophes optional: people write "whats up"."""
    return pattern.replace("'", "'?")


@cache
def _crisis() -> re.Pattern[str]:
    return re.compile("|".join(CRISIS), re.IGNORECASE)


@cache
def _sexual() -> re.Pattern[str]:
    return re.compile("|".join(SEXUAL), re.IGNORECASE)


@cache
def _rules(language: Language) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rule.pattern)) for rule in RULES[language])


@cache
def _about(language: Language) -> re.Pattern[str]:
    return re.compile(ABOUT[language])


@cache
def _points(language: Language) -> re.Pattern[str]:
    return re.compile(POINTS[language])
