"""When something is due, as cron writes it; the only file that imports croniter.

A planned time is a wall clock's, without a zone: an hour that a change to summer time leaves out is made up for when
it is over, one that comes twice in autumn counts once. What is due every hour goes by the zone's standard time, so
that an hour which comes twice does not stop it.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FIELDS = 5
"""Minute, hour, day, month, weekday: seconds and years are extensions that others read otherwise."""

HOUR = 1

EVERY = ("*", "*/1")

_MADE_UP = re.compile(r"@|\b[rh]\b|[rh]\(", re.IGNORECASE)
"""Names such as @daily, and croniter's own R and H: a time that is drawn is another one in each process."""


def is_cron(expression: str) -> bool:
    """Tell whether this is an expression of five fields that comes due at some time."""
    from croniter import CroniterError, croniter

    if len(expression.split()) != FIELDS or _MADE_UP.search(expression):
        return False
    try:
        croniter(expression, datetime(2026, 1, 1)).get_next(datetime)  # noqa: DTZ001 - a wall clock's, as all here
    except (CroniterError, ValueError, TypeError, KeyError, AttributeError):  # it falls over some texts
        return False
    return True


def due(expression: str, now: float, zone: ZoneInfo) -> datetime:
    """Return the last time that was planned up to ``now`` (seconds since 1970), as a wall clock shows it."""
    from croniter import croniter

    minute = _wall(expression, now, zone).replace(second=0, microsecond=0)
    found: datetime = croniter(expression, minute + timedelta(minutes=1)).get_prev(datetime)  # strictly earlier
    return found


def seconds_to_next(expression: str, now: float, zone: ZoneInfo) -> float:
    """Return how many seconds a wall clock has until the next planned time; more than 0."""
    from croniter import croniter

    wall = _wall(expression, now, zone)
    found: datetime = croniter(expression, wall).get_next(datetime)
    return max(0.001, (found - wall).total_seconds())


def _wall(expression: str, now: float, zone: ZoneInfo) -> datetime:
    """Return what the clock that this expression goes by shows."""
    moment = datetime.fromtimestamp(now, UTC)
    local = moment.astimezone(zone)
    if expression.split()[HOUR] in EVERY:
        standard = (local.utcoffset() or timedelta()) - (local.dst() or timedelta())
        return (moment + standard).replace(tzinfo=None)
    return local.replace(tzinfo=None)
