"""Numbers with their units, dates, times and telephone numbers in Korean and English text, made comparable.

30,000원, 3만 원 and 삼만 원 are one amount; 오후 3시, 15:00 and 3 pm one time; 2주, 14일 and two weeks one duration.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bot.quantity import Quantity
from bot.quantity_reading import READERS
from knowledge.tokens import normalise

_LIST_MARK = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\(?\d{1,2}[.)]\s+(?!\d)|[①-⑳]\s*|step \d+[:.]\s*)|\[\d+\]", re.MULTILINE | re.IGNORECASE
)
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+|(?<![\w-])[\w-]+\.(?:com|net|org|kr|io|co|go|or|ac)\b\S*"
)
_RANGE = re.compile(r"\s*(?:[~∼\-–]|to|or|and|에서|부터|내지|between)\s*", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order, without citations, list numbers, links and addresses."""
    text = normalise(text)
    masked = text
    for pattern in (_LIST_MARK, _LINK):
        masked = pattern.sub(lambda m: " " * len(m[0]), masked)
    found: list[Quantity] = []
    for read in READERS:
        for quantity in list(read(masked)):
            found.append(quantity)
            masked = masked[: quantity.start] + "\0" * (quantity.end - quantity.start) + masked[quantity.end :]
    return tuple(_with_ranges(text, sorted(found, key=lambda q: (q.start, q.end))))


def _with_ranges(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Let both ends of a range share their unit (3~5일) and what is said of it (영업일, 이내)."""
    for index, quantity in enumerate(found):
        before, after = found[index - 1] if index else None, found[index + 1] if index + 1 < len(found) else None
        if (
            after is not None
            and quantity.sort == after.sort == "number"
            and _RANGE.fullmatch(text[quantity.end : after.start])
        ):
            if not quantity.unit and after.unit:
                value = quantity.written * after.factor
                quantity = replace(quantity, values=(value,), unit=after.unit, factor=after.factor, counted=False)
            if quantity.unit == after.unit:
                quantity = replace(quantity, business=quantity.business or after.business)
        elif (
            before is not None and _RANGE.fullmatch(text[before.end : quantity.start]) and before.unit == quantity.unit
        ):
            quantity = replace(quantity, business=quantity.business or before.business)
        yield quantity
