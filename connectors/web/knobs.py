"""The conditions of a trial as they stand in a form and in an address, so that a trial can be shared."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from bot.phrases import say
from bot.trying import MOST_READ, READ, Knobs
from connectors.web.refusals import Refused
from knowledge.confidence import LINES
from knowledge.language import Language
from knowledge.passages import LEGS

if TYPE_CHECKING:
    from bot.settings import Settings

OTHER: Final = "b_"
"""How the names of the second one's fields begin, where two trials stand side by side."""

Fields = FormData | QueryParams


@dataclass(frozen=True, slots=True)
class Limits:
    """What somebody may choose: which groups, and whether another day than today."""

    groups: Collection[str]
    days: bool


def knobs_in(fields: Fields, limits: Limits, prefix: str = "") -> Knobs:
    """Return the conditions that a form or an address names.

    Raises:
        Refused: 422, a value is none that there can be.
    """
    legs = _text(fields, f"{prefix}legs")
    language = _text(fields, f"{prefix}in")
    chosen = frozenset(value for value in fields.getlist(f"{prefix}groups") if isinstance(value, str))
    return Knobs(
        line=_line(_text(fields, f"{prefix}line"), _text(fields, f"{prefix}percent")),
        legs=frozenset([legs]) if legs in LEGS else frozenset(LEGS),
        read=_read(_text(fields, f"{prefix}read")),
        groups=chosen & frozenset(limits.groups),
        day=_day(_text(fields, f"{prefix}day")) if limits.days else None,
        language=language if language in ("ko", "en") else None,  # type: ignore[arg-type]
        model=_text(fields, f"{prefix}model") != "0",
    )


def address_of(question: str, knobs: Knobs, other: Knobs | None = None) -> str:
    """Return the address of the page that shows this trial."""
    pairs = [("q", question), *_pairs(knobs, "")]
    if other is not None:
        pairs += [("compare", "1"), *_pairs(other, OTHER)]
    return f"/documents/try?{urlencode(pairs)}"


def knob_words(knobs: Knobs, settings: "Settings", language: Language, *, has_model: bool) -> list[str]:
    """Return what is not as for every question, in words; ``has_model``: there is a language model."""
    told = []
    if knobs.line is not None and knobs.line != LINES[settings.line]:
        told.append(say("web.trials.set.line", language, percent=round(100 * knobs.line)))
    if len(knobs.legs) == 1:
        told.append(say(f"web.trials.set.{next(iter(knobs.legs))}", language))
    if knobs.read != READ:
        told.append(say("web.trials.set.read", language, count=knobs.read))
    if knobs.groups:
        told.append(say("web.trials.set.groups", language, groups=", ".join(sorted(knobs.groups))))
    if knobs.day is not None:
        told.append(say("web.trials.set.day", language, day=knobs.day.isoformat()))
    if knobs.language is not None:
        told.append(say(f"web.trials.set.{knobs.language}", language))
    if has_model and not knobs.model:
        told.append(say("web.trials.set.no_model", language))
    return told


def without_model(knobs: Knobs) -> Knobs:
    """Return the same conditions, but that no model is asked: opening an address must cost nothing."""
    return replace(knobs, model=False)


def _pairs(knobs: Knobs, prefix: str) -> list[tuple[str, str]]:
    pairs = {
        "percent": "" if knobs.line is None else f"{100 * knobs.line:g}",
        "legs": next(iter(knobs.legs)) if len(knobs.legs) == 1 else "",
        "read": "" if knobs.read == READ else str(knobs.read),
        "day": knobs.day.isoformat() if knobs.day else "",
        "in": knobs.language or "",
        "model": "" if knobs.model else "0",
    }
    named = [(f"{prefix}{name}", value) for name, value in pairs.items() if value]
    return named + [(f"{prefix}groups", group) for group in sorted(knobs.groups)]


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""


def _line(named: str, percent: str) -> float | None:
    if percent:
        if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", percent, re.ASCII) or float(percent) > 100:
            raise Refused(422, "web.trials.bad_percent")
        return float(percent) / 100
    return LINES.get(named)


def _read(number: str) -> int:
    if not number:
        return READ
    if not re.fullmatch(r"\d{1,3}", number, re.ASCII) or not 1 <= int(number) <= MOST_READ:
        raise Refused(422, "web.trials.bad_read", most=MOST_READ)
    return int(number)


def _day(day: str) -> date | None:
    if not day:
        return None
    try:
        found = date.fromisoformat(day)
    except ValueError as error:
        raise Refused(422, "web.trials.bad_day") from error
    if not 1900 <= found.year <= 2200:
        raise Refused(422, "web.trials.bad_day")
    return found
