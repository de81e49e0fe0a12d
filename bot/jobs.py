"""What is done at set times: the jobs by name, and when each is due."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.digests import Digest, read_digests
from bot.incoming import Incoming
from bot.schedules import Schedule, Schedules
from bot.weekly_targets import WeeklyReport, read_reports

if TYPE_CHECKING:
    from bot.delivering import Jobs
    from bot.settings import Settings
    from bot.wiring import Bot

RETENTION = "retention"

SUMS = "sums"
SUMS_AT = "20 0 * * *"
"""When the day before is summed up: all that was asked by midnight has its answer then."""


def jobs_of(bot: "Bot") -> "Jobs":
    """Return the jobs by name."""
    from bot import digesting, summing, told_later, weekly
    from bot.retention import retain

    def sent(each: Digest) -> "Callable[[Mapping[str, Any]], object]":
        return lambda kept: digesting.send(bot, each, datetime.fromisoformat(str(kept["planned"])))

    def reported(each: WeeklyReport) -> "Callable[[Mapping[str, Any]], object]":
        return lambda kept: weekly.send_planned(bot, each, datetime.fromisoformat(str(kept["planned"])))

    reports = {each.job: reported(each) for each in read_reports(bot.settings.report)}
    digests = {each.job: sent(each) for each in read_digests(bot.settings.mail_digest)}
    telling = {told_later.JOB: lambda kept: told_later.run(bot, kept)}
    fixed = {RETENTION: lambda _kept: retain(bot), SUMS: lambda _kept: summing.close_days(bot), **telling}
    return {**fixed, **digests, **reports}


def scheduled(settings: "Settings") -> tuple[Schedule, ...]:
    """Return when each job is due, as the settings say."""
    digests = (Schedule(each.job, each.expression, each.job) for each in read_digests(settings.mail_digest))
    fixed = (Schedule(RETENTION, settings.retention_at, RETENTION), Schedule(SUMS, SUMS_AT, SUMS))
    reports = (Schedule(each.job, each.expression, each.job) for each in read_reports(settings.report))
    return (*fixed, *digests, *reports)


def schedules_of(bot: "Bot") -> Schedules:
    """Return the thread that puts what is due into the inbox, to be started."""

    def accept(schedule: Schedule, key: str) -> None:
        planned = key.removeprefix(f"cron:{schedule.name}:")
        bot.inbox.accept(Incoming(key, kind="job", where={"job": schedule.job, "planned": planned}))

    return Schedules(bot.sessions, accept, scheduled(bot.settings), ZoneInfo(bot.settings.timezone))
