"""What people prefer: the language they are answered in, how much is explained, how politely; said by them, shown to
them, forgotten when they ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, cast

from bot.preference_kinds import LEVELS, POLITENESS, Level, Politeness, Preferences
from bot.preference_words import FORGET, SHOW, WISHES
from knowledge.language import Language

__all__ = ["Level", "Politeness", "Preferences", "Wish", "kept", "said_before", "wish_of"]

LONGEST = 80
"""Characters of a message that may be a wish about all that follows; a longer one is something else."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a message asks of all that follows: to ``set`` something, to ``show`` what is set, to ``forget`` it."""

    kind: Literal["set", "show", "forget"]
    wanted: Preferences = field(default_factory=Preferences)


def wish_of(text: str) -> Wish | None:
    """Return what a message asks of all that follows, None where it asks something else. Takes microseconds."""
    text = " ".join(text[: LONGEST + 1].split())
    if not text or len(text) > LONGEST:
        return None
    if SHOW.fullmatch(text):
        return Wish("show")
    if FORGET.fullmatch(text):
        return Wish("forget")
    wanted = Preferences()
    for preferences, patterns in WISHES:
        if any(pattern.fullmatch(text) for pattern in patterns):
            wanted = preferences.over(wanted)
    return None if wanted == Preferences() else Wish("set", wanted)


def said_before(texts: Iterable[str]) -> Preferences:
    """Return what somebody wished for in a conversation, from their texts, oldest first; the last word counts."""
    found = Preferences()
    for text in texts:
        wish = wish_of(text)
        if wish is not None and wish.kind != "show":
            found = wish.wanted.over(found) if wish.kind == "set" else Preferences()
    return found


def kept(language: str | None, level: str | None, politeness: str | None) -> Preferences:
    """Return what is stored, what is not known (a later version's) left out."""
    return Preferences(
        cast(Language, language) if language in ("ko", "en") else None,
        cast(Level, level) if level in LEVELS else "",
        cast(Politeness, politeness) if politeness in POLITENESS else "",
    )
