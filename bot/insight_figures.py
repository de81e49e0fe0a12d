"""The shapes of what the page of insight shows: a span of days, its figures, and what they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both counted in."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Span":
        """The span of the same length before it."""
        return Span(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


def last_days(today: date, days: int) -> Span:
    """Return the span of so many days that ends today."""
    return Span(today - timedelta(days=days - 1), today)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a span. ``p50`` and ``p95`` are in milliseconds, costs in US dollars.

    ``waited`` is a handover's time to its end, ``replied`` that to a person's first reply where it was written on a
    page: medians, in seconds.
    ``good`` and ``bad`` are ratings; ``unpriced`` answers came from a model whose price is not known; ``solved`` are
    questions that were answered, not called bad, and not handed over. None where nothing was measured.
    """

    conversations: int = 0
    questions: int = 0
    answered: int = 0
    solved: int = 0
    others: int = 0
    handed: int = 0
    ended: int = 0
    good: int = 0
    bad: int = 0
    moods: Mapping[str, int] = field(default_factory=dict)
    mood: float | None = None
    cost_usd: float = 0.0
    answers: int = 0
    unpriced: int = 0
    p50: float | None = None
    p95: float | None = None
    waited: float | None = None
    waited_p95: float | None = None
    replied: float | None = None

    @property
    def unanswered(self) -> int:
        """Questions that the documents had no answer to."""
        return self.questions - self.answered

    @property
    def share(self) -> float | None:
        """The part of the questions that had an answer, 0 to 1."""
        return self.answered / self.questions if self.questions else None

    @property
    def complaints(self) -> float | None:
        """The part of the messages with a mood whose mood is negative, 0 to 1."""
        total = sum(self.moods.values())
        return self.moods.get("negative", 0) / total if total else None

    @property
    def per_answer(self) -> float | None:
        """US dollars for an answer of any task, as far as prices are known."""
        return self.cost_usd / self.answers if self.answers else None

    @property
    def per_solved(self) -> float | None:
        """US dollars, of all answers, for a question that was solved."""
        return self.cost_usd / self.solved if self.solved else None


@dataclass(frozen=True, slots=True)
class Share:
    """How many questions came so (over a channel, in a language), and how many of them were answered."""

    name: str
    count: int
    answered: int
    handed: int = 0


@dataclass(frozen=True, slots=True)
class Spending:
    """What the answers of a task by a model used and cost, as far as the price is known."""

    task: str
    model: str
    answers: int
    input: int
    output: int
    cost_usd: float
    unpriced: int


@dataclass(frozen=True, slots=True)
class Aspect:
    """What messages speak of (by its Korean name), how many complain of it, the mean score, and as it was before."""

    name: str
    count: int
    negative: int
    mean: float
    negative_before: int


@dataclass(frozen=True, slots=True)
class Used:
    """How many answers rest on an entry."""

    document: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """A day, or a week of days, in the series."""

    span: Span
    questions: int = 0
    answered: int = 0
    handed: int = 0
    good: int = 0
    bad: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0
    cost_usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Insight:
    """A span and the one before it. ``pending`` are days of both that are not summed up yet: nothing of them is here.

    ``waiting`` are handovers that wait now. ``comparable``: there were figures from the first day of the span before.
    """

    span: Span
    now: Figures
    before: Figures
    steps: tuple[Step, ...]
    channels: tuple[Share, ...]
    languages: tuple[Share, ...]
    tasks: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    spending: tuple[Spending, ...]
    aspects: tuple[Aspect, ...]
    entries: tuple[Used, ...]
    bad_entries: tuple[Used, ...]
    waiting: int = 0
    pending: int = 0
    comparable: bool = True
