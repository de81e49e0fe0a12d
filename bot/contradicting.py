"""Where two answers to the same question say different things: other numbers, other dates, yes against no."""

import re

from bot.quantities import quantities
from bot.quantity import Quantity

MOST = 5
_NO = re.compile(
    r"^\W*(?:아니요|아니오|아뇨|아닙니다|안 ?(?:됩니다|돼요|되)|불가(?:능|합)?|no\b|not\b|unfortunately)", re.IGNORECASE
)
_YES = re.compile(r"^\W*(?:네|예|그렇습니다|맞습니다|가능(?:합|해)|됩니다|yes\b|sure\b|of course\b)", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:할 ?수 ?없|하실 ?수 ?없|불가능?(?:합니다|해요)|지 ?않습니다|안 ?됩니다|cannot\b|can't\b|"
    r"not (?:possible|allowed))",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"(?:할 ?수 ?있|하실 ?수 ?있|(?<!불)가능(?:합니다|해요)|you can\b|is possible|are allowed)", re.IGNORECASE
)


def differing(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """Return what differs in two answers, as written in each: ``("3일", "5일")``; one may be empty, which is not told
    unless something of its kind stands against it."""
    found = [*_quantities(one, other)]
    said = tuple(_stance(text) for text in (one, other))
    if all(said) and said[0] != said[1]:
        found.insert(0, (said[0], said[1]))
    return tuple(found[:MOST])


def _quantities(one: str, other: str) -> list[tuple[str, str]]:
    """Return the quantities of each text that the other one has a rival for, and does not have itself."""
    first, second = _stated(one), _stated(other)
    lonely = [q for q in first if not any(q.same(each) for each in second)]
    rivals = [q for q in second if not any(each.same(q) for each in first)]
    pairs: list[tuple[str, str]] = []
    for quantity in lonely:
        rival = next((each for each in rivals if quantity.rivals(each)), None)
        if rival is not None:
            rivals.remove(rival)
            pairs.append((quantity.text, rival.text))
    return pairs


def _stated(text: str) -> list[Quantity]:
    return [quantity for quantity in quantities(text[:10_000]) if not quantity.counted]


def _stance(text: str) -> str:
    """Return the words by which a text says yes or no as a whole; empty where it says neither, or both."""
    for start in (_NO, _YES):
        if start.search(text):
            return "no" if start is _NO else "yes"
    denied, allowed = _DENIED.search(text), _ALLOWED.search(text)
    if bool(denied) == bool(allowed):
        return ""
    return "no" if denied else "yes"
