"""The lines of the audit log in words, the same on the page and in the terminal."""

import json
from collections.abc import Mapping
from typing import Any

from bot.phrases import PHRASES, say
from bot.shown import author_name
from knowledge.language import Language


def actor_in_words(actor: str, language: Language) -> str:
    """Return who did something: an account's name; ``command:NAME``, ``token:NAME`` and ``local`` as what they are."""
    return say("audit.by_command", language) if actor == "command" else author_name(actor, language)


def action_in_words(action: str, language: Language) -> str:
    """Return what was done, as it is called in the log where there are no words for it."""
    return _said(action, language, "audit")


def detail_in_words(detail: Mapping[str, Any], language: Language) -> str:
    """Return ``name: value`` for each value that says something."""
    held = {name: value for name, value in detail.items() if value not in (None, [], "")}
    return ", ".join(
        f"{_said(name, language, 'audit.detail', 'rows')}: {_value(name, value, language)}"
        for name, value in held.items()
    )


def _value(name: str, value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return say("audit.detail.yes" if value else "audit.detail.no", language)
    if isinstance(value, list):
        return " ".join(map(str, value))
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    phrase = f"audit.detail.{name}.{value}"
    return say(phrase, language) if phrase in PHRASES else value


def _said(name: str, language: Language, *groups: str) -> str:
    """Return the words that one of these groups of phrases has for a name, the name itself where none has."""
    phrase = next((f"{group}.{name}" for group in groups if f"{group}.{name}" in PHRASES), "")
    return say(phrase, language) if phrase else name
