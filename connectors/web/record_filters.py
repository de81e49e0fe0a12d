"""Which conversations an address asks for: ``/conversations?from=2026-11-01&channel=slack&answered=no``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from urllib.parse import urlencode

from bot.database.cleaning import cleaned
from bot.database.conversations import REASONS
from bot.database.exchange_filters import Wanted
from bot.database.handovers import OUTCOMES
from bot.phrases import PHRASES, say
from bot.sentiment.aspects import in_language
from connectors.web.shapes import LARGEST_NUMBER
from knowledge.language import Language

PATH = "/conversations"
LONGEST = 300
"""Characters of one value."""

CHANNELS = ("web", "slack", "mail", "http", "terminal")
TASKS = ("answer", "summarize", "translate", "draft", "sentiment", "tutor", "smalltalk")

CHOICES: dict[str, tuple[str, ...]] = {
    "channel": CHANNELS,
    "task": TASKS,
    "language": ("ko", "en"),
    "answered": ("yes", "no"),
    "handed": ("open", "solved", "yes"),
    "rating": ("good", "bad"),
    "reason": REASONS,
    "mood": ("negative", "neutral", "positive"),
    "outcome": OUTCOMES,
}
"""Filters with few values, in the order of the form; another channel or task than these is a value all the same."""

NAMES = ("q", "from", "to", *CHOICES, "aspect", "model", "document", "passage", "person")

QUICK = (
    ("unanswered", {"answered": "no"}),
    ("bad", {"rating": "bad"}),
    ("handed", {"handed": "open"}),
    ("negative", {"mood": "negative"}),
)
"""What admins look for most, by one click."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: what it says, and the address without it."""

    label: str
    value: str
    without: str


def values_of(query: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of an address that say something; what cannot be a value is left out."""
    values = {name: cleaned(query.get(name, ""), LONGEST).strip() for name in NAMES}
    for name, choices in CHOICES.items():
        if values[name] not in choices and name not in ("channel", "task"):
            values[name] = ""
    for name in ("from", "to"):
        values[name] = values[name] if _day(values[name]) else ""
    for name in ("document", "person"):
        values[name] = str(number) if (number := whole_number(values[name])) else ""
    return {name: value for name, value in values.items() if value}


def wanted_of(values: Mapping[str, str], zone: tzinfo | None) -> Wanted:
    """Return what these filters choose; days are those of a time zone, the last one is counted in."""
    begin, end = _day(values.get("from", "")), _day(values.get("to", ""))
    answered = {"yes": True, "no": False}.get(values.get("answered", ""))
    return Wanted(
        since=_moment(begin, zone) if begin else None,
        until=_moment(end + timedelta(days=1), zone) if end else None,
        answered=answered,
        rating={"good": 1, "bad": -1}.get(values.get("rating", ""), 0),
        document=whole_number(values.get("document", "")),
        person=whole_number(values.get("person", "")),
        words=values.get("q", ""),
        aspects=_both(values.get("aspect", "")),
        **{name: values.get(name, "") for name in _PLAIN},
    )


_PLAIN = ("channel", "task", "language", "handed", "reason", "mood", "model", "passage", "outcome")


def _both(aspect: str) -> tuple[str, ...]:
    """Return an aspect's Korean and English name: each message has that of its language."""
    return tuple(sorted({in_language(aspect, "ko"), in_language(aspect, "en")})) if aspect else ()


def address(values: Mapping[str, str], path: str = PATH, **changed: str) -> str:
    """Return the address of the same filters with some of them changed; "" takes one away."""
    kept = {name: value for name, value in {**values, **changed}.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def chips(values: Mapping[str, str], names: Mapping[str, str], language: Language) -> list[Chip]:
    """Return the filters that are on; ``names`` has words for values that are numbers."""
    found = []
    for name, value in values.items():
        if name != "q":
            words = names.get(name) or word_of(name, value, language)
            found.append(Chip(say(f"web.conversations.{name}", language), words, address(values, **{name: ""})))
    return found


def word_of(name: str, value: str, language: Language) -> str:
    """Return a value in words, itself where there are none."""
    for key in (f"web.conversations.{name}.{value}", f"report.task.{value}" if name == "task" else ""):
        if key in PHRASES:
            return say(key, language)
    return value


def choices(language: Language) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the filters of the form: name, label, and the values with their words."""
    return [
        (name, say(f"web.conversations.{name}", language), [(each, word_of(name, each, language)) for each in values])
        for name, values in CHOICES.items()
    ]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and 1970 < found.year < 9000 else None  # databases and zones have their ends


def _moment(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone).astimezone() if zone is None else datetime.combine(day, time(), zone)


def whole_number(text: str) -> int | None:
    """Return a number that a row may have; None for whatever else stands in an address."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else 0
    return number if 0 < number <= LARGEST_NUMBER else None
