"""What the doctor finds of the work: what waits and was given up, limits reached, settings that nobody reads."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.database import limits, standing
from bot.database.opening import opened
from bot.errors import UserError
from bot.findings import Check
from bot.inbox import Inbox
from bot.limits import Limits
from bot.llm.gateway import named, single
from bot.messages import Message, Tokens
from bot.settings import ENVIRONMENT, MODEL_OF_TASK, TASKS, Settings, unknown_names
from bot.translating.glossary import read_glossary
from bot.weekly_targets import read_reports

LATE_SECONDS = 900.0
"""What waits longer than this is waited for by somebody who has given up."""


def of_inbox(settings: Settings) -> Iterator[Check]:
    """Look at what waits, and at what was given up."""
    with opened(settings) as sessions:
        inbox = Inbox(sessions)
        counts, oldest, paused = inbox.counts(), inbox.oldest(), inbox.paused()
        with sessions() as session:
            dead = standing.given_up(session)
    waiting = counts["new"] + counts["answered"] + counts["sending"]
    if paused:
        yield Check("paused", "todo", "doctor.paused", {"count": waiting}, "doctor.paused_do")
    if dead:
        yield Check("given_up", "todo", "doctor.given_up", {"count": dead}, "doctor.given_up_do")
    values = {"count": waiting, "minutes": int(oldest // 60)}
    if waiting and oldest > LATE_SECONDS:
        yield Check("inbox", "note" if paused else "todo", "doctor.late", values, "" if paused else "doctor.late_do")
    else:
        yield Check("inbox", "ok", "doctor.waiting" if waiting else "doctor.nothing_waits", values)


def of_limits(settings: Settings) -> Iterator[Check]:
    """Look at which limits are reached today, and whether a cap of the cost can be held."""
    zone = ZoneInfo(settings.timezone)
    midnight = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    with opened(settings) as sessions:
        reached = Limits(settings, sessions).capped(Message("", "doctor"), own=False)
        with sessions() as session:
            refused = limits.refused(session, midnight.timestamp())
    if reached is not None:
        values = {"until": f"{reached.until:%Y-%m-%d %H:%M}"}
        yield Check("budget", "note", "doctor.budget_spent", values, "doctor.budget_spent_do")
    if refused:
        yield Check("limits", "note", "doctor.limits_reached", {"count": refused}, "doctor.limits_reached_do")


def of_caps(settings: Settings) -> Iterator[Check]:
    """Say so where the cost is capped and nobody knows the price of a model that may be asked."""
    if not settings.llm or not (settings.cost_per_day or settings.cost_per_month):
        return
    models = {model.name: model for model in (single(settings, variable) for variable in named(settings))}
    for model in models.values():
        if model.cost(Tokens(1, 1)) is None:
            yield Check("cost", "todo", "doctor.price_unknown", {"model": model.name}, "doctor.price_unknown_do")


def of_glossary(settings: Settings) -> Iterator[Check]:
    """Look at the glossary that translations use, where one is set."""
    if not settings.glossary:
        return
    try:
        values = {"file": settings.glossary, "count": len(read_glossary(Path(settings.glossary)))}
        yield Check("glossary", "ok", "doctor.glossary", values)
    except UserError as error:
        yield Check("glossary", "todo", error.phrase, dict(error.values), "doctor.glossary_do")


def of_reports(settings: Settings) -> Iterator[Check]:
    """Name the weekly reports that have no way to go."""
    for number, each in enumerate(read_reports(settings.report)):
        if not each.can_be_sent(settings.slack_bot_token, settings.smtp_url, settings.mail_address):
            name = "SLACK_BOT_TOKEN" if each.by_slack else "DAPBOT_MAIL_ADDRESS, DAPBOT_SMTP_URL"
            values = {"target": each.target, "name": name}
            yield Check(f"report_{number}", "todo", "doctor.report", values, "doctor.report_do")


def of_names() -> Iterator[Check]:
    """Name the settings that set nothing."""
    for found in unknown_names():
        key = "doctor.unknown_near" if found.nearest else "doctor.unknown"
        key = "doctor.unknown_task" if MODEL_OF_TASK.fullmatch(found.name) else key
        where = "" if found.where == ENVIRONMENT else f" ({found.where})"
        values = {"name": found.name, "where": where, "nearest": found.nearest, "tasks": ", ".join(TASKS)}
        yield Check(f"setting_{found.name}", "note", key, values)
