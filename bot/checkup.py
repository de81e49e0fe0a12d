"""`dapbot knowledge check`: what an admin should know of the documents, and mend.

How well the search finds what they say, which leg of it serves which language; entries that contradict each other or
say the same twice; what has expired or soon will; what nobody was ever shown; what people asked in vain. Reads only,
but for the weights of the legs, which are set by what was measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.checkup_entries import Together, compare_entries
from bot.checkup_legs import LegReport, leg_reports
from bot.checkup_questions import Leftover, group_questions
from bot.database import checkups
from bot.database.checkups import Entry
from knowledge.confidence import LINES
from knowledge.passages import Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from knowledge.search import Knowledge

SOON = 30
"""Days before its end from which on an entry is said to expire soon."""

UNREAD = 90
"""Days without being shown after which an entry counts as unread."""

LATELY = 30
"""Days of unanswered questions."""

FEWEST_ANSWERS = 20
"""Answers in the time from which on "never shown" means something."""

_STEPS = (60, 95, 100)
"""Percent of the work that are done after the legs, the comparison, the questions."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found. ``unread`` is None where too few answers were given to tell."""

    today: date
    entries: dict[str, int]
    legs: tuple[LegReport, ...]
    together: Together
    expired: tuple[Entry, ...]
    expiring: tuple[Entry, ...]
    unread: tuple[Entry, ...] | None
    answers: int
    leftovers: tuple[Leftover, ...]


def check(
    sessions: "sessionmaker[Session]",
    knowledge: "Knowledge",
    today: date,
    progress: Progress | None = None,
    *,
    line: str = "balanced",
    weigh: bool = True,
) -> Checkup:
    """Look through all live entries; some seconds for a thousand, a minute or two for twenty thousand.

    ``progress`` is told percents. ``line`` is that of the settings. ``weigh``: the legs of the search count
    from now on what they deserve; only for the owner of the data folder.
    """
    now = datetime.now(UTC)
    with sessions() as session:
        entries = checkups.live_entries(session)
        shown = checkups.shown_since(session, now - timedelta(days=UNREAD))
        answers = checkups.answers_since(session, now - timedelta(days=UNREAD))
        asked = checkups.unanswered_since(session, now - timedelta(days=LATELY))
    valid = [entry for entry in entries if entry.is_valid(today)]
    indexed = knowledge.ids()
    found = [entry for entry in valid if entry.id in indexed]
    legs = leg_reports(found, knowledge, line, _part(progress, 0, _STEPS[0]), weigh=weigh)
    together = compare_entries(valid, knowledge, _part(progress, *_STEPS[:2]))
    leftovers = group_questions(asked, lambda text: knowledge.search(text, limit=1).confidence >= LINES[line])
    if progress:
        progress(_STEPS[2], _STEPS[2])
    return Checkup(
        today,
        {language: sum(entry.language == language for entry in entries) for language in ("ko", "en")},
        tuple(legs),
        together,
        _until(entries, lambda end: end < today),
        _until(entries, lambda end: today <= end <= today + timedelta(days=SOON)),
        tuple(e for e in valid if (e.document, e.key) not in shown) if answers >= FEWEST_ANSWERS else None,
        answers,
        tuple(leftovers),
    )


def _until(entries: Sequence[Entry], chosen: Callable[[date], bool]) -> tuple[Entry, ...]:
    found = [entry for entry in entries if entry.valid_until is not None and chosen(entry.valid_until)]
    return tuple(sorted(found, key=lambda entry: entry.valid_until or date.max))


def _part(progress: Progress | None, begin: int, end: int) -> Progress | None:
    """Return the progress of a part of the work, told as percents of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), _STEPS[2])
