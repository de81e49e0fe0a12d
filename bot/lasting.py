"""Lengths of time as people say them."""

from bot.phrases import say
from knowledge.language import Language

UNITS = (("days", 86_400, 2), ("hours", 3_600, 1), ("minutes", 60, 1))
"""Each with its seconds, and from how many of it on it is used."""


def lasting(seconds: float, language: Language) -> str:
    """Return a length of time in one unit, rounded: minutes, hours or days."""
    for unit, length, least in UNITS:
        if seconds >= length * least:
            return say(f"lasting.{unit}", language, count=round(seconds / length))
    return say("lasting.moment", language)
