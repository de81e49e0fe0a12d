"""What is kept for how long, and the run that deletes the rest: once a day in a server, or by a command.

Nothing of it is held for long: a step deletes a few hundred rows and lets others write. What models used stays in the
sums, without a name.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.database import audit, freeing, retaining, said, standing, versions
from bot.signing_in import ABSOLUTE, FORGOTTEN, IDLE

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session, sessionmaker

    from bot.settings import Settings
    from bot.wiring import Bot

log = logging.getLogger(__name__)

INBOX = timedelta(days=30)
"""Rows of the inbox that are done or given up: long after any channel delivers the same event once more."""

PROCESSES = timedelta(days=1)
"""Since a process was last seen."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Retained:
    """How many rows of each kind were deleted, or would be; ``free`` are bytes in a SQLite file that are used again."""

    counts: Mapping[str, int]
    free: int

    @property
    def total(self) -> int:
        """Return the sum of all."""
        return sum(self.counts.values())


def bounds(settings: "Settings", at: datetime) -> retaining.Bounds:
    """Return what goes at this moment."""
    return retaining.Bounds(
        now=at,
        conversations=at - timedelta(days=settings.keep_days),
        inbox=at - INBOX,
        mails=at - timedelta(days=settings.mail_days),
        audit=at - audit.KEPT,
        sessions_idle=at - IDLE,
        sessions=at - ABSOLUTE,
        failures=at - FORGOTTEN,
        processes=at - PROCESSES,
        cached=at - timedelta(days=min(settings.cache_days, settings.keep_days)),
    )


def retain(bot: "Bot") -> Retained:
    """Delete what the settings no longer keep: the scheduled run of a server."""
    found = run(bot.engine, bot.sessions, bot.settings, actor="schedule")
    if found.total:
        log.info("retention: %d rows deleted", found.total)
    return found


def due(sessions: "sessionmaker[Session]", settings: "Settings", *, at: datetime | None = None) -> Mapping[str, int]:
    """Count what a run would delete now; conversations and people whose answers go in the same run come on top."""
    with sessions() as session:
        moment = at or standing.time_now(session)
        return {rule.name: rule.count(session) for rule in retaining.rules(bounds(settings, moment))}


def run(
    engine: "Engine",
    sessions: "sessionmaker[Session]",
    settings: "Settings",
    *,
    actor: str | audit.Actor,
    at: datetime | None = None,
    progress: Progress | None = None,
) -> Retained:
    """Delete what is due at ``at`` (now, by the database's clock) and say so in the audit log.

    ``progress`` gets rows done and rows in all.

    Several runs at once do no harm: each deletes what it finds.
    """
    with sessions() as session:
        moment = at or standing.time_now(session)
    counts = dict.fromkeys((rule.name for rule in retaining.rules(bounds(settings, moment))), 0)
    total = sum(due(sessions, settings, at=moment).values()) if progress else 0
    for rule in retaining.rules(bounds(settings, moment)):
        for gone in retaining.steps(sessions, rule):
            counts[rule.name] += gone
            if progress:
                progress(sum(counts.values()), max(total, sum(counts.values())))
    with sessions.begin() as session:
        versions.put(session, standing.RETAINED, moment.isoformat())
        if any(counts.values()):
            audit.note(session, actor, "retention.done", "", **{name: n for name, n in counts.items() if n})
    if any(counts.values()):
        said.tidy(sessions)
        freeing.tidy(engine)
    return Retained(counts, freeing.free_bytes(engine))
