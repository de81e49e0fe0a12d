"""The page of the weekly report: what it says, where it goes, and one sent now."""

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot import weekly
from bot.phrases import say
from bot.weekly_targets import WeeklyReport, read_reports
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused

if TYPE_CHECKING:
    from bot.wiring import Bot

router = APIRouter(include_in_schema=False)

PAGE = "/insight/report"
_ONCE = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a report goes: ``number`` in the setting, and what keeps it from being sent ("": nothing)."""

    number: int
    target: str
    cron: str
    problem: str


def _problem(bot: "Bot", report: WeeklyReport) -> str:
    """Return the phrase for what keeps a report from being sent, "" for nothing."""
    settings = bot.settings
    if report.can_be_sent(settings.slack_bot_token, settings.smtp_url, settings.mail_address):
        return ""
    return "web.insight.report.unreachable.slack" if report.by_slack else "web.insight.report.unreachable.mail"


def _receivers(request: Request) -> list[Receiver]:
    bot, language = bot_of(request), reader_language(request)
    found = []
    for number, each in enumerate(read_reports(bot.settings.report)):
        problem = _problem(bot, each)
        found.append(Receiver(number, each.target, each.expression, say(problem, language) if problem else ""))
    return found


@router.get(PAGE)
def report(request: Request, sent: str = "", to: int = -1) -> Response:
    """Show the report as it would be sent now, and where it goes."""
    desk = desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    now = bot.clock()
    receivers, spoken = _receivers(request), bot.settings.language or "ko"
    target = next((each.target for each in receivers if each.number == to), "")
    said = say(f"web.insight.report.{sent}", language, target=target) if sent in ("sent", "again") and target else ""
    return visited(
        request,
        "insight_report.html",
        written=weekly.write(bot.sessions, weekly.week_before(now.date()), now, spoken, bot.settings.public_url),
        spoken=spoken,
        receivers=receivers,
        said=said,
        once=secrets.token_hex(8),
        may=desk,
    )


@router.post(PAGE)
async def send(request: Request) -> Response:
    """Send it now to one of those who receive it; a form that is sent twice sends it once."""
    form, _, desk = await form_at(request, "editor")
    number, once = str(form.get("to") or ""), str(form.get("once") or "")
    reports = read_reports(bot_of(request).settings.report)
    if not (number.isascii() and number.isdecimal() and int(number[:6]) < len(reports) and _ONCE.fullmatch(once)):
        raise Refused(422, "web.insight.report.gone")
    chosen = reports[int(number)]
    if problem := _problem(bot_of(request), chosen):
        raise Refused(422, problem)
    done = await run_in_threadpool(_sent, request, chosen, once, desk)
    return RedirectResponse(f"{PAGE}?sent={'sent' if done else 'again'}&to={int(number)}", 303)


def _sent(request: Request, report: WeeklyReport, once: str, desk: Desk) -> bool:
    bot = bot_of(request)
    span = weekly.week_before(bot.clock().date())
    return weekly.send(bot, report, span, f"{report.job}:now:{once}", desk.actor)
