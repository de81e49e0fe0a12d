"""A company's own words for what the bot says by itself: greeting, not knowing, passing on to a person."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from bot.database.cleaning import cleaned
from bot.errors import UserError
from bot.phrases import original, replace_words
from knowledge.language import Language

LONGEST = 600
"""Characters of one phrase."""

LANGUAGES: tuple[Language, ...] = ("ko", "en")

OWNABLE: dict[str, tuple[str, ...]] = {
    "greeting": ("smalltalk.greeting", "smalltalk.who", "smalltalk.help", "smalltalk.thanks", "smalltalk.farewell"),
    "refusal": ("answer.unknown", "answer.nothing_near", "answer.no_documents", "answer.part_unknown"),
    "person": ("smalltalk.human", "slack.handover.offer", "slack.handover.passed_on", "slack.handover.nobody_direct"),
    "limits": ("answer.tokens_person", "answer.budget_spent"),
}
"""The phrases that may have other words, by what they are about."""

KEYS = tuple(key for keys in OWNABLE.values() for key in keys)

SAMPLES: dict[Language, dict[str, str]] = {
    "ko": {"question": "반품은 언제까지 되나요?", "names": "김하늘", "at": "18시"},
    "en": {"question": "How long can I return it?", "names": "Haneul Kim", "at": "18:00"},
}
"""What stands for a placeholder in a preview."""


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces.

    Raises:
        ValueError: a brace is not closed, or holds more than a name.
    """
    names = set()
    for _, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        names.add(name)
    return frozenset(names)


def checked(key: str, language: Language, text: str) -> str:
    """Return own words as they are kept; "" where they are those of the original, or none.

    Raises:
        UserError: there is no such phrase, it is too long, or its placeholders are not those of the original.
    """
    if key not in KEYS:
        raise UserError("words.unknown", key=key[:80])
    text = cleaned(text.replace("\r\n", "\n"), LONGEST + 1).strip()
    if len(text) > LONGEST:
        raise UserError("words.long", limit=LONGEST)
    meant = placeholders(original(key, language))
    try:
        found = placeholders(text)
    except ValueError as error:
        raise UserError("words.braces", names=_named(meant)) from error
    if text and found != meant:
        raise UserError("words.placeholders" if meant else "words.braces", names=_named(meant))
    return "" if text == original(key, language) else text


def _named(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "-"


def preview(key: str, language: Language, text: str) -> str:
    """Return what somebody would read: ``text``, or the original where it is empty, with samples filled in."""
    return (text or original(key, language)).format(**SAMPLES[language])


def use(values: Mapping[str, Any]) -> None:
    """Say what is kept from now on; what cannot be used (any more) is left out."""
    own: dict[str, tuple[str, str]] = {}
    for key, texts in values.items():
        if key not in KEYS or not isinstance(texts, Mapping):
            continue
        both = (_usable(key, "ko", texts.get("ko")), _usable(key, "en", texts.get("en")))
        if any(both):
            own[key] = both
    replace_words(own)


def _usable(key: str, language: Language, text: object) -> str:
    try:
        return checked(key, language, text) if isinstance(text, str) else ""
    except UserError:
        return ""
