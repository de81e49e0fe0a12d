"""The moods of people's messages over time: by day, and by what they speak of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from statistics import fmean

from bot.database.moods import MoodAt
from bot.sentiment.aspects import in_language
from bot.sentiment.reading import label_of
from knowledge.language import Language

FEWEST = 3
"""Messages that name an aspect before it is said how they speak of it: fewer say something of a person."""


@dataclass(frozen=True, slots=True)
class DayMood:
    """How many messages of one day have which label, and their mean score."""

    day: date
    labels: Counter[str]
    mean: float

    @property
    def total(self) -> int:
        """Return how many there were."""
        return self.labels.total()


@dataclass(frozen=True, slots=True)
class AspectMood:
    """How many messages name an aspect, how many of them complain of it, and the mean score of its clauses."""

    name: str
    count: int
    negative: int
    mean: float


@dataclass(frozen=True, slots=True)
class MoodsOverTime:
    """The moods of a span: each day that has some, oldest first, and the aspects, named most often first."""

    labels: Counter[str] = field(default_factory=Counter)
    mean: float = 0.0
    days: tuple[DayMood, ...] = ()
    aspects: tuple[AspectMood, ...] = ()


def over_time(moods: Iterable[MoodAt], zone: tzinfo, language: Language) -> MoodsOverTime:
    """Return the moods by day of ``zone`` and by aspect, in the names of ``language``."""
    days: dict[date, list[float]] = {}
    aspects: dict[str, list[float]] = {}
    for heard in moods:
        days.setdefault(heard.at.astimezone(zone).date(), []).append(heard.mood.score)
        for name, score in heard.mood.aspects.items():
            aspects.setdefault(in_language(name, language), []).append(score)
    scores = [score for some in days.values() for score in some]
    return MoodsOverTime(
        Counter(map(label_of, scores)),
        round(fmean(scores), 3) if scores else 0.0,
        tuple(_day(day, some) for day, some in sorted(days.items())),
        tuple(_aspect(name, some) for name, some in _often(aspects) if len(some) >= FEWEST),
    )


def _often(aspects: dict[str, list[float]]) -> list[tuple[str, list[float]]]:
    return sorted(aspects.items(), key=lambda item: (-len(item[1]), item[0]))


def _day(day: date, scores: list[float]) -> DayMood:
    return DayMood(day, Counter(map(label_of, scores)), round(fmean(scores), 3))


def _aspect(name: str, scores: list[float]) -> AspectMood:
    negative = sum(label_of(score) == "negative" for score in scores)
    return AspectMood(name, len(scores), negative, round(fmean(scores), 3))
