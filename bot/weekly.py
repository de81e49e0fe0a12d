"""The weekly report: the main figures of seven days in words, by mail or into a Slack channel."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import summing
from bot.database import audit, mails
from bot.database.most_asked import MostAsked, most_asked
from bot.incoming import Incoming
from bot.insight import read_insight
from bot.insight_figures import Figures, Insight, Span
from bot.lasting import lasting
from bot.messages import Message
from bot.phrases import PHRASES, say
from bot.redacting import redacted
from bot.sentiment.aspects import in_language
from bot.weekly_targets import SLACK, WeeklyReport
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from bot.wiring import Bot

log = logging.getLogger(__name__)

DAYS = 7
MOST_GROUPS = 3
LONGEST = 120
"""Characters of a question that are shown."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report in words."""

    subject: str
    text: str


def week_before(day: date) -> Span:
    """Return the seven days that end with the one before ``day``."""
    return Span(day - timedelta(days=DAYS), day - timedelta(days=1))


# --- in words -------------------------------------------------------------------------------------------------------


def write(sessions: "Sessions", span: Span, now: datetime, language: Language, public_url: str = "") -> Written:
    """Return the report of a span in words; ``public_url`` is where its link leads, "" for none."""
    with sessions() as session:
        found = read_insight(session, span, now)
        since, until = summing.bounds(span.first, now.tzinfo)[0], summing.bounds(span.last, now.tzinfo)[1]
        groups = most_asked(session, since, until, MOST_GROUPS)
    days = {"first": _day(span.first, language), "last": _day(span.last, language)}
    parts = ["\n".join(_figures(found, language))]
    if groups:
        parts.append("\n".join([say("report.weekly.unanswered", language), *_groups(groups, language)]))
    if public_url:
        address = f"{public_url.rstrip('/')}/insight?from={span.first}&to={span.last}"
        parts.append(say("report.weekly.link", language, address=address))
    return Written(say("report.weekly.subject", language, **days), "\n\n".join(parts))


def _day(day: date, language: Language) -> str:
    return f"{day.month}월 {day.day}일" if language == "ko" else f"{day:%b} {day.day}"


def _figures(found: Insight, language: Language) -> Iterator[str]:
    now, before = found.now, found.before if found.comparable else Figures()
    changed = _change(now.questions, before.questions, language)
    yield say("report.weekly.questions", language, count=now.questions, change=changed)
    if now.questions:
        values = {"answered": now.answered, "share": f"{now.share or 0:.0%}", "unanswered": now.unanswered}
        yield say(
            "report.weekly.answered", language, **values, change=_change(now.unanswered, before.unanswered, language)
        )
    if now.handed or now.ended:
        took = "" if now.waited is None else say("report.weekly.took", language, time=lasting(now.waited, language))
        yield say("report.weekly.handed", language, handed=now.handed, ended=now.ended, took=took)
    if now.good or now.bad:
        yield say("report.weekly.opinions", language, good=now.good, bad=now.bad, reason=_reason(found, language))
    if now.complaints is not None:
        change = _earlier(before.complaints, language)
        values = {"share": f"{now.complaints:.0%}", "change": change, "aspect": _aspect(found, language)}
        yield say("report.weekly.moods", language, **values)
    if now.cost_usd:
        each = "" if not now.per_solved else say("report.weekly.per_solved", language, cost=now.per_solved)
        yield say("report.weekly.cost", language, cost=now.cost_usd, each=each)


def _change(now: float, before: float, language: Language) -> str:
    if not now or not before or not round((now - before) / before * 100):
        return ""
    return say("report.weekly.change", language, change=f"{(now - before) / before:+.0%}")


def _earlier(before: float | None, language: Language) -> str:
    return "" if before is None else say("report.weekly.before", language, share=f"{before:.0%}")


def _reason(found: Insight, language: Language) -> str:
    named = ((name, count) for name, count in found.reasons if f"slack.reasons.{name}" in PHRASES)
    name, count = next(named, ("", 0))
    return (
        say("report.weekly.reason", language, reason=say(f"slack.reasons.{name}", language), count=count)
        if name
        else ""
    )


def _aspect(found: Insight, language: Language) -> str:
    worst = next((each for each in found.aspects if each.negative), None)
    if worst is None:
        return ""
    return say("report.weekly.aspect", language, aspect=in_language(worst.name, language), count=worst.negative)


def _groups(groups: "list[MostAsked]", language: Language) -> Iterator[str]:
    for number, group in enumerate(groups, 1):
        line = " ".join(redacted(group.question, language_of(group.question)).text.split())
        shown = line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
        yield say("report.weekly.group", language, number=number, question=shown, count=group.count)


# --- sending --------------------------------------------------------------------------------------------------------


def send_planned(bot: "Bot", report: WeeklyReport, planned: datetime) -> bool:
    """Send the report of a planned time (a wall clock's): of the seven days before it. Done twice, it is sent once.

    False where it was sent before, or where its channel is not set up: ``dapbot doctor`` says so.
    """
    settings = bot.settings
    if not report.can_be_sent(settings.slack_bot_token, settings.smtp_url, settings.mail_address):
        log.warning("a weekly report has no way to go: its channel is not set up")
        return False
    key = f"{report.job}:{planned.isoformat(timespec='minutes')}"
    return send(bot, report, week_before(planned.date()), key, "schedule")


def send(bot: "Bot", report: WeeklyReport, span: Span, key: str, actor: "str | audit.Actor") -> bool:
    """Put a report into the inbox, once for each ``key``; False where it was there before."""
    summing.close_days(bot)
    language: Language = bot.settings.language or "ko"
    written = write(bot.sessions, span, bot.clock(), language, bot.settings.public_url)
    if bot.inbox.accept(_notice(report, key, written, language)) != "new":
        return False
    with bot.sessions.begin() as session:
        audit.note(
            session, actor, "report.sent", report.target, since=span.first.isoformat(), until=span.last.isoformat()
        )
    return True


def _notice(report: WeeklyReport, key: str, written: Written, language: Language) -> Incoming:
    where: Mapping[str, Any]
    if report.by_slack:
        channel = report.target.removeprefix(SLACK)
        where = {"channel": channel, "kind": "channel", "asked": "digest", "new": True}
        message = Message("", "slack", conversation=f"{channel}:{key}", language=language)
        return Incoming(key, message, kind="notice", where=where, text=f"**{written.subject}**\n\n{written.text}")
    message = Message("", mails.CHANNEL, conversation=key, language=language)
    where = {"to": report.target, "subject": written.subject, "new": True}
    return Incoming(key, message, kind="notice", where=where, text=written.text)
