"""One quantity of a text, and when two of them say the same."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

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
