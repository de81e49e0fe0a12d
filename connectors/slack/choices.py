"""What admins have set for a channel: read before a message is taken and again before it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from bot.messages import Message
from bot.preference_kinds import POLITENESS, Politeness, Preferences
from knowledge.language import Language


@dataclass(frozen=True, slots=True)
class Choices:
    """What is set for one channel; as made, it is how a channel is where nobody has set anything.

    ``documents``: the names of the documents that may be used there, none for all. ``language``: None for that of the
    question. ``auto``: what looks like a question or a problem is answered without a mention. ``private``: answers go
    to the asker alone. ``owners``: the ids of the user group (``S...``) and of the people (``U...``) who are called
    where somebody asks for a person. ``paused``: nothing is answered there.
    """

    documents: frozenset[str] = frozenset()
    language: Language | None = None
    auto: bool = False
    private: bool = False
    owners: tuple[str, ...] = ()
    politeness: Politeness = ""
    paused: bool = False


def choices_from(chosen: Mapping[str, Any]) -> Choices:
    """Return what is kept in the row of a place; what is not known, or of another kind, is left as it is usually."""
    language, politeness = chosen.get("language"), chosen.get("politeness")
    return Choices(
        documents=frozenset(_names(chosen.get("documents"))),
        language=cast(Language, language) if language in ("ko", "en") else None,
        auto=chosen.get("auto") is True,
        private=chosen.get("private") is True,
        owners=tuple(_names(chosen.get("owners"))),
        politeness=cast(Politeness, politeness) if politeness in POLITENESS else "",
        paused=chosen.get("paused") is True,
    )


def as_set(message: Message, choices: Choices) -> Message:
    """Return a message as it is answered in a channel for which this is set; what its person prefers goes before."""
    usual = Preferences(choices.language, "", choices.politeness)
    return replace(message, documents=choices.documents, usual=usual)


def kept(choices: Choices) -> dict[str, Any]:
    """Return what is put into the row of a place; None where it is as usual."""
    usual = Choices()
    row: dict[str, Any] = {}
    for each in fields(Choices):
        value = getattr(choices, each.name)
        if value == getattr(usual, each.name):
            row[each.name] = None
        else:
            row[each.name] = (
                sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value
            )
    return row


def _names(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
