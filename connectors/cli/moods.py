"""The part of `dapbot report` that tells of moods: over time, and by what people speak of."""

from typing import TYPE_CHECKING, Any

from connectors.cli.session import words

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from bot.database.engine import Sessions
    from bot.moods_over_time import DayMood, MoodsOverTime
    from connectors.terminal import Screen

LABELS = ("positive", "neutral", "negative")
WIDTH = 24
"""Characters of the bar of a day."""

MOST_ASPECTS = 10


def moods_between(sessions: "Sessions", since: "datetime", until: "datetime", zone: "tzinfo") -> "MoodsOverTime":
    """Return the moods of a span, aspects by their names in the language that this command speaks."""
    from bot.database.moods import moods_since
    from bot.moods_over_time import over_time
    from connectors.cli.session import spoken

    with sessions() as session:
        return over_time(moods_since(session, since, until), zone, spoken())


def moods_line(moods: "MoodsOverTime") -> dict[str, Any]:
    """Return it as JSON can hold it."""
    return {
        "total": moods.labels.total(),
        "mean": moods.mean,
        **{label: moods.labels[label] for label in LABELS},
        "days": [
            {"day": day.day.isoformat(), "total": day.total, "mean": day.mean}
            | {label: day.labels[label] for label in LABELS}
            for day in moods.days
        ],
        "aspects": [
            {"name": each.name, "count": each.count, "negative": each.negative, "mean": each.mean}
            for each in moods.aspects
        ],
    }


def show_moods(screen: "Screen", moods: "MoodsOverTime") -> None:
    """Write it for people."""
    screen.write(words("report.moods") + "\n", "bold")
    total = moods.labels.total()
    if not total:
        screen.write("  " + words("report.moods.none") + "\n")
        return
    counts = {label: moods.labels[label] for label in LABELS}
    screen.write("  " + words("report.moods.all", total=total, mean=moods.mean, **counts) + "\n")
    most = max(day.total for day in moods.days)
    for day in moods.days:
        screen.write(f"  {day.day:%m-%d}  ", "dim")
        screen.write(_bar(day, most) + "  " + words("report.moods.day", total=day.total, mean=day.mean) + "\n")
    if moods.aspects:
        screen.write("  " + words("report.moods.aspects") + "\n", "dim")
    for each in moods.aspects[:MOST_ASPECTS]:
        values = {"name": each.name, "count": each.count, "negative": each.negative, "mean": each.mean}
        screen.write("    " + words("report.moods.aspect", **values) + "\n")
    screen.write("  " + words("report.moods.how") + "\n", "dim")


def _bar(day: "DayMood", most: int) -> str:
    """Return a bar as long as the day has messages: ``+`` praise, ``·`` neutral, ``-`` complaint."""
    length = max(1, round(WIDTH * day.total / most))
    negative = round(length * day.labels["negative"] / day.total)
    positive = min(length - negative, round(length * day.labels["positive"] / day.total))
    bar = "+" * positive + "·" * (length - positive - negative) + "-" * negative
    return bar.ljust(WIDTH)
