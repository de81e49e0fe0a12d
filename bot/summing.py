"""Sums by day: what makes them, and the run that closes the days that are over.

A sum has nobody in it: it stays when a person is erased, and when conversations have been kept long enough. Ratings
count for the day they were given on and handovers for the day they began or ended on, so that a day that is over does
not change any more.
"""

import logging
import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from bot.database import day_sums
from bot.database.day_sums import NO_QUESTIONS, Sum
from bot.database.moods import moods_since
from bot.incoming import Incoming

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.wiring import Bot

log = logging.getLogger(__name__)

JOB = "sums"

SETTLED = timedelta(minutes=15)
"""After midnight, until what was asked before has its answer: a draft may take two minutes, the rest is for clocks."""

LIVE_DAYS = 2
"""Days up to today that are counted where they are not closed yet; older ones wait for the run."""

STEP = 1.2
"""The ratio of the bounds of two neighbouring buckets of times: a percentile is off by some per cent at most."""


# --- the day --------------------------------------------------------------------------------------------------------


def bounds(day: date, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """Return the first moment of a day, and that of the next one."""
    begin = datetime.combine(day, datetime.min.time(), zone)
    return begin, datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)


def count_day(session: "Session", day: date, zone: tzinfo | None) -> list[Sum]:
    """Return the sums of a day as the tables have it now."""
    since, until = bounds(day, zone)
    span = (session, since, until)
    parts = (_answers(*span), _times(*span), _opinions(*span), _handovers(*span), _moods(*span), _entries(*span))
    began = [Sum("conversation", channel, "", count) for channel, count in day_sums.conversations_between(*span)]
    return [*began, *(each for part in parts for each in part if each.count)]


def _answers(session: "Session", since: datetime, until: datetime) -> Iterator[Sum]:
    counts: Counter[tuple[str, str, str]] = Counter()
    totals: Counter[tuple[str, str, str]] = Counter()
    for each in day_sums.answers_between(session, since, until):
        if each.task == "answer":
            how = "answered" if each.answered else "unanswered"
            counts["question", each.channel, how] += each.count
            counts["language", each.language, how] += each.count
        elif each.task not in NO_QUESTIONS:
            counts["task", each.task, ""] += each.count
        counts["spent", each.task, each.model] += each.count
        counts["unpriced", each.task, each.model] += each.unpriced
        counts["input", each.task, each.model] += each.input
        counts["output", each.task, each.model] += each.output
        totals["spent", each.task, each.model] += each.cost_usd  # type: ignore[assignment]
    yield from (Sum(*key, count, float(totals[key])) for key, count in counts.items())
    yield Sum("solved", "", "", day_sums.solved(session, since, until))


def _times(session: "Session", since: datetime, until: datetime) -> Iterator[Sum]:
    buckets = Counter(bucket(each) for each in day_sums.latencies(session, since, until))
    yield from (Sum("latency", str(number), "", count) for number, count in buckets.items())


def _opinions(session: "Session", since: datetime, until: datetime) -> Iterator[Sum]:
    for rating, reason, count in day_sums.opinions_between(session, since, until):
        yield Sum("feedback", "good" if rating > 0 else "bad", reason, count)


def _handovers(session: "Session", since: datetime, until: datetime) -> Iterator[Sum]:
    for channel, count in day_sums.handed_between(session, since, until):
        yield Sum("handed", channel, "", count)
    ended = day_sums.ended_between(session, since, until)
    for outcome, count in Counter(outcome for outcome, _ in ended).items():
        yield Sum("ended", outcome, "", count)
    for number, count in Counter(bucket(seconds) for _, seconds in ended).items():
        yield Sum("waited", str(number), "", count)
    replies = Counter(bucket(seconds) for seconds in day_sums.first_replies_between(session, since, until))
    for number, count in replies.items():
        yield Sum("replied", str(number), "", count)


def _moods(session: "Session", since: datetime, until: datetime) -> Iterator[Sum]:
    from bot.sentiment.aspects import TWINS, in_language
    from bot.sentiment.reading import label_of

    counts: Counter[tuple[str, str]] = Counter()
    totals: dict[tuple[str, str], float] = {}
    for heard in moods_since(session, since, until):
        named: list[tuple[str, str, float]] = [("mood", label_of(heard.mood.score), heard.mood.score)]
        for name, score in heard.mood.aspects.items():
            aspect = in_language(name, "ko")
            if aspect in TWINS:  # the known ones alone: a word of somebody's own may be a name
                named += [("aspect", aspect, score)]
                named += [("complaint", aspect, score)] if label_of(score) == "negative" else []
        for measure, name, score in named:
            counts[measure, name] += 1
            totals[measure, name] = totals.get((measure, name), 0.0) + score
    yield from (Sum(measure, name, "", count, totals[measure, name]) for (measure, name), count in counts.items())


def _entries(session: "Session", since: datetime, until: datetime) -> Iterator[Sum]:
    for document, key, count in day_sums.entries_between(session, since, until):
        yield Sum("entry", document, key, count)
    for document, key, count in day_sums.bad_entries_between(session, since, until):
        yield Sum("bad_entry", document, key, count)


# --- times ----------------------------------------------------------------------------------------------------------


def bucket(value: float) -> int:
    """Return the number of the bucket that a time falls into; its unit is up to whoever asks."""
    return 0 if value <= 1 else math.ceil(math.log(value, STEP))


def percentile(buckets: dict[int, int], share: float) -> float | None:
    """Return about the value that ``share`` (0 to 1) of the times do not exceed; None where there are none."""
    total = sum(buckets.values())
    before = 0
    for number, count in sorted(buckets.items()):
        if before + count >= share * total:
            within = (share * total - before) / count
            return STEP ** (number - 1 + within) if number else within
        before += count
    return None


# --- the days that are over -----------------------------------------------------------------------------------------


def waiting_days(session: "Session", now: datetime) -> list[date]:
    """Return the days that are over and not summed up, the newest first."""
    oldest = day_sums.first_answer(session)
    last = (now - SETTLED).date() - timedelta(days=1)
    if oldest is None:
        return []
    first = oldest.astimezone(now.tzinfo).date()
    closed = day_sums.closed_days(session, first, last)
    days = (last - timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day not in closed]


def close_days(bot: "Bot") -> int:
    """Sum up the days that are over and were not yet, each in a transaction of its own; return how many they were."""
    now = bot.clock()
    with bot.sessions() as session:
        days = waiting_days(session, now)
    for day in days:
        with bot.sessions() as session:
            sums = count_day(session, day, now.tzinfo)
        day_sums.keep_once(bot.sessions, day, sums)
    if days:
        log.info("sums: %d days closed", len(days))
    return len(days)


def ask_to_close(bot: "Bot", days: int) -> None:
    """Have a worker close the days that wait; asked for again in the same hour, it is done once."""
    hour = f"{bot.clock():%Y-%m-%dT%H}"
    bot.inbox.accept(Incoming(f"{JOB}:{hour}:{days}", kind="job", where={"job": JOB}, priority=1))


MEASURES = (
    "conversation", "question", "language", "task", "spent", "unpriced", "input", "output", "solved", "latency",
    "feedback", "handed", "ended", "waited", "replied", "mood", "aspect", "complaint", "entry", "bad_entry",
)  # fmt: skip
"""All that is summed up beside ``closed``."""
