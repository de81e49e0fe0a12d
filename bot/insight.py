"""What was asked and how it went, over a span of days: read from the sums of closed days, and counted for today."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from bot import summing
from bot.database import day_sums
from bot.database.day_sums import Sum
from bot.insight_figures import Aspect, Figures, Insight, Share, Span, Spending, Step, Used

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST = 366
"""Days of the longest span."""

DAYS_SHOWN = 92
"""Days of a span that is shown day by day; longer ones are shown week by week."""

LABELS = ("positive", "neutral", "negative")

_SERIES = ("question", "handed", "feedback", "mood", "spent")
_LISTS = ("entry", "bad_entry")
_FIGURES = tuple(measure for measure in summing.MEASURES if measure not in _LISTS)

LIVE_SECONDS = 5.0
"""Seconds for which the count of a day that is not closed is taken again: many may look at once, and it reads rows."""

MOST_KEPT = 64
"""Spans and parts that are remembered: a few dozen for each span that people look at."""

T = TypeVar("T")


# --- reading --------------------------------------------------------------------------------------------------------


class ReadBefore:
    """The sums of closed days that were read before: they do not change, and are read again when a day closes; those of
    other days for some seconds.

    Threads may share it.
    """

    def __init__(self, time: Callable[[], float] = monotonic) -> None:
        """``time`` is in seconds."""
        self._time = time
        self._found: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._lock = Lock()

    def get_lately(self, key: tuple[object, ...], read: Callable[[], T], seconds: float = LIVE_SECONDS) -> T:
        """Return what was read under this key so many seconds ago at most."""
        return self.get((*key, int(self._time() / seconds)), read)

    def get(self, key: tuple[object, ...], read: Callable[[], T]) -> T:
        """Return what was read under this key, read now where it was not."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                kept: T = self._found[key]
                return kept
        found = read()
        with self._lock:
            self._found[key] = found
            while len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class _Days:
    """``closed`` days of both spans; ``live`` ones, with what was counted just now; how many are neither."""

    closed: Set[date]
    live: Mapping[date, Sequence[Sum]]
    pending: int
    oldest: date | None

    def closed_in(self, span: Span) -> int:
        return sum(span.first <= day <= span.last for day in self.closed)

    def live_in(self, span: Span) -> list[Sum]:
        return [each for day, some in self.live.items() if span.first <= day <= span.last for each in some]


def read_insight(
    session: "Session",
    span: Span,
    now: datetime,
    *,
    entries: int = 10,
    daily: bool = False,
    before: ReadBefore | None = None,
) -> Insight:
    """Return the figures of a span and of the one before it; days are those of ``now``'s time zone.

    ``entries`` is how many of the most used ones are listed; ``daily``: the steps are days however long the span is;
    ``before`` is kept by whoever asks often.
    """
    before = before or ReadBefore()
    days = _days(session, span, now, before)
    sums, previous = (_added_up(session, each, days, _FIGURES, before) for each in (span, span.before))
    used = _added_up(session, span, days, _LISTS, before)
    series = before.get(
        ("series", span, days.closed_in(span)), lambda: day_sums.by_day(session, span.first, span.last, _SERIES)
    )
    return Insight(
        span,
        figures_of(sums),
        figures_of(previous),
        tuple(_steps(span, {**series, **days.live}, daily=daily)),
        tuple(_shares(sums, "question", handed=True)),
        tuple(_shares(sums, "language")),
        tuple(_names(sums, "task").most_common()),
        tuple(_details(sums, "feedback", "bad").most_common()),
        tuple(_names(sums, "ended").most_common()),
        tuple(_spending(sums)),
        tuple(_aspects(sums, previous)),
        tuple(_used(used, "entry", entries)),
        tuple(_used(used, "bad_entry", entries)),
        day_sums.waiting_now(session),
        days.pending,
        span.before.first in days.closed or (days.oldest is not None and days.oldest <= span.before.first),
    )


def _added_up(
    session: "Session", span: Span, days: _Days, measures: Sequence[str], before: ReadBefore
) -> Sequence[Sum]:
    key = (*measures, span, days.closed_in(span))
    kept = before.get(key, lambda: day_sums.added_up(session, span.first, span.last, measures))
    return [*kept, *(each for each in days.live_in(span) if each.measure in measures)]


def _days(session: "Session", span: Span, now: datetime, before: ReadBefore) -> _Days:
    """Tell apart the days of both spans that have begun and may have something."""
    at = day_sums.first_answer(session)
    oldest = None if at is None else at.astimezone(now.tzinfo).date()
    first = max(span.before.first, oldest or span.before.first)
    last = min(span.last, now.date())
    closed = day_sums.closed_days(session, span.before.first, last)
    begun = (first + timedelta(days=number) for number in range((last - first).days + 1)) if oldest else ()
    waiting = [day for day in begun if day not in closed]
    live = [day for day in waiting if (now.date() - day).days < summing.LIVE_DAYS]
    counted = {
        day: before.get_lately(("live", day), partial(summing.count_day, session, day, now.tzinfo)) for day in live
    }
    return _Days(closed, counted, len(waiting) - len(live), oldest)


# --- adding up ------------------------------------------------------------------------------------------------------


def figures_of(sums: Iterable[Sum]) -> Figures:
    """Return the figures that sums make."""
    counts: Counter[str] = Counter()
    totals: dict[str, float] = {}
    named: dict[str, Counter[str]] = {}
    answered = 0
    for each in sums:
        counts[each.measure] += each.count
        totals[each.measure] = totals.get(each.measure, 0.0) + each.total
        named.setdefault(each.measure, Counter())[each.name] += each.count
        answered += each.count if (each.measure, each.detail) == ("question", "answered") else 0
    moods, opinions = named.get("mood", Counter()), named.get("feedback", Counter())
    latency, waited = _buckets(named.get("latency")), _buckets(named.get("waited"))
    return Figures(
        conversations=counts["conversation"],
        questions=counts["question"],
        answered=answered,
        solved=counts["solved"],
        others=counts["task"],
        handed=counts["handed"],
        ended=counts["ended"],
        good=opinions["good"],
        bad=opinions["bad"],
        moods={label: moods[label] for label in LABELS},
        mood=totals["mood"] / counts["mood"] if counts["mood"] else None,
        cost_usd=totals.get("spent", 0.0),
        answers=counts["spent"],
        unpriced=counts["unpriced"],
        p50=summing.percentile(latency, 0.5),
        p95=summing.percentile(latency, 0.95),
        waited=summing.percentile(waited, 0.5),
        replied=summing.percentile(_buckets(named.get("replied")), 0.5),
        waited_p95=summing.percentile(waited, 0.95),
    )


def _buckets(named: Counter[str] | None) -> dict[int, int]:
    return {int(name): count for name, count in (named or {}).items()}


def _names(sums: Iterable[Sum], measure: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in sums:
        found[each.name] += each.count if each.measure == measure else 0
    return +found


def _details(sums: Iterable[Sum], measure: str, name: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in sums:
        found[each.detail] += each.count if (each.measure, each.name) == (measure, name) else 0
    return +found


def _shares(sums: Sequence[Sum], measure: str, *, handed: bool = False) -> list[Share]:
    answered: Counter[str] = Counter()
    for each in sums:
        answered[each.name] += each.count if (each.measure, each.detail) == (measure, "answered") else 0
    over = _names(sums, "handed") if handed else Counter[str]()
    return [Share(name, n, answered[name], over[name]) for name, n in _names(sums, measure).most_common()]


def _spending(sums: Iterable[Sum]) -> list[Spending]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    for each in sums:
        if each.measure in ("spent", "input", "output", "unpriced"):
            row = found.setdefault((each.name, each.detail), {})
            row[each.measure] = row.get(each.measure, 0) + each.count
            row["cost"] = row.get("cost", 0.0) + (each.total if each.measure == "spent" else 0.0)
    rows = [
        Spending(
            task, model, int(row.get("spent", 0)), int(row.get("input", 0)), int(row.get("output", 0)),
            row.get("cost", 0.0), int(row.get("unpriced", 0)),
        )
        for (task, model), row in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda each: (-each.cost_usd, -each.answers, each.task, each.model))


def _aspects(sums: Sequence[Sum], before: Sequence[Sum]) -> list[Aspect]:
    """Return what is spoken of, what is complained of most first; what few speak of would say something of a person."""
    from bot.moods_over_time import FEWEST

    counts, negative, earlier = _names(sums, "aspect"), _names(sums, "complaint"), _names(before, "complaint")
    scores: dict[str, float] = {}
    for each in sums:
        if each.measure == "aspect":
            scores[each.name] = scores.get(each.name, 0.0) + each.total
    found = [
        Aspect(name, count, negative[name], round(scores[name] / count, 3), earlier[name])
        for name, count in counts.items()
        if count >= FEWEST
    ]
    return sorted(found, key=lambda each: (-each.negative, -each.count, each.name))


def _used(sums: Iterable[Sum], measure: str, most: int) -> list[Used]:
    found: Counter[tuple[str, str]] = Counter()
    for each in sums:
        if each.measure == measure:
            found[each.name, each.detail] += each.count
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [Used(document, key, count) for (document, key), count in ordered[:most]]


def _steps(span: Span, series: Mapping[date, Sequence[Sum]], *, daily: bool) -> Iterator[Step]:
    """Yield the days of a span, or its weeks where it is long; the last week may be shorter."""
    size = 1 if daily or span.days <= DAYS_SHOWN else 7
    for number in range(0, span.days, size):
        first = span.first + timedelta(days=number)
        last = min(first + timedelta(days=size - 1), span.last)
        days = (first + timedelta(days=each) for each in range((last - first).days + 1))
        yield _step(Span(first, last), [each for day in days for each in series.get(day, ())])


def _step(span: Span, sums: Iterable[Sum]) -> Step:
    counts: Counter[tuple[str, str]] = Counter()
    cost = 0.0
    for each in sums:
        counts[each.measure, each.detail if each.measure == "question" else each.name] += each.count
        counts[each.measure, ""] += each.count
        cost += each.total if each.measure == "spent" else 0.0
    return Step(
        span,
        questions=counts["question", ""],
        answered=counts["question", "answered"],
        handed=counts["handed", ""],
        good=counts["feedback", "good"],
        bad=counts["feedback", "bad"],
        positive=counts["mood", "positive"],
        neutral=counts["mood", "neutral"],
        negative=counts["mood", "negative"],
        cost_usd=cost,
    )
