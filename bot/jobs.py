"""What is done at set times: the jobs by name, and when each is due."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.incoming import Incoming
from bot.schedules import Schedule, Schedules

if TYPE_CHECKING:
    from bot.delivering import Jobs
    from bot.settings import Settings
    from bot.wiring import Bot

RETENTION = "retention"


def jobs_of(bot: "Bot") -> "Jobs":
    """Return the jobs by name."""
    from bot.retention import retain

    return {RETENTION: lambda _kept: retain(bot)}


def scheduled(settings: "Settings") -> tuple[Schedule, ...]:
    """Return when each job is due, as the settings say."""
    return (Schedule(RETENTION, settings.retention_at, RETENTION),)


def schedules_of(bot: "Bot") -> Schedules:
    """Return the thread that puts what is due into the inbox, to be started."""

    def accept(schedule: Schedule, key: str) -> None:
        bot.inbox.accept(Incoming(key, kind="job", where={"job": schedule.job}))

    return Schedules(bot.sessions, accept, scheduled(bot.settings), ZoneInfo(bot.settings.timezone))
