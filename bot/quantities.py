"""Numbers with their units, dates, times and telephone numbers in Korean and English text, made comparable.

30,000원, 3만 원 and 삼만 원 are one amount; 오후 3시, 15:00 and 3 pm one time; 2주, 14일 and two weeks one duration.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from knowledge.tokens import normalise

Sort = Literal["number", "date", "time", "phone", "weekday"]
Date = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text, at ``start:end`` of it.

    ``values``: the readings a number, time, weekday or telephone number allows; "3시" is 180 or 900 minutes after
    midnight. ``date``: year, month, day, 0 for what is not said. ``written``: the number before its unit's factor,
    2 of "2주". ``bound``: 1 for "at least", -1 for "at most". ``counted``: it only counts or measures out ("두 가지",
    "한 달에"). ``business``: in working days.
    """

    sort: Sort
    text: str
    start: int
    end: int
    values: tuple[Decimal | int | str, ...] = ()
    date: Date = (0, 0, 0)
    unit: str = ""
    written: Decimal = Decimal(0)
    factor: Decimal = Decimal(1)
    bound: int = 0
    counted: bool = False
    business: bool = False

    def same(self, other: "Quantity") -> bool:
        """Whether the other one can mean the same; a unit that is not written fits any."""
        if self.sort == "number" and other.sort == "time":
            return not self.unit and any(int(v) % 720 == self.written * 60 % 720 for v in other.values)
        if self.sort != other.sort:
            return False
        if self.sort == "date":
            return _dates_agree(self.date, other.date)
        if not set(self.values) & set(other.values) or (self.unit and other.unit and self.unit != other.unit):
            return bool(self.written) and self.written == other.written and not (self.unit and other.unit)
        return self.bound * other.bound >= 0 and self.business == other.business

    def rivals(self, other: "Quantity") -> bool:
        """Whether the other one says something else of the same kind: another amount, another time."""
        return self.sort == other.sort and self.unit == other.unit and not self.same(other)

    @property
    def key(self) -> str:
        """A word that stands for the quantity where sentences are compared."""
        return f"#{self.sort}{self.unit}{self.date if self.sort == 'date' else self.values[-1]}"


def _dates_agree(one: Date, two: Date) -> bool:
    pairs = list(zip(one, two, strict=True))
    return all(a == b or not a or not b for a, b in pairs) and any(a and b for a, b in pairs)


_LIST_MARK = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\(?\d{1,2}[.)]\s+(?!\d)|[①-⑳]\s*|step \d+[:.]\s*)|\[\d+\]", re.MULTILINE | re.IGNORECASE
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|net|org|kr|io|co|go|or|ac)\b\S*")
_RANGE = re.compile(r"\s*(?:[~∼\-–]|to|or|and|에서|부터|내지|between)\s*", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order, without citations, list numbers, links and addresses."""
    from bot.quantity_reading import READERS

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
