"""What whoever had an answer thinks of it: said, changed, taken back; by the page and by programs."""

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.database.conversations import REASONS
from bot.database.opinions import take_back
from connectors.web.askers import Asker, asker_from, bot_of
from connectors.web.chat_log import LONGEST_NAME
from connectors.web.pages import checked_form
from connectors.web.shapes import FeedbackLine

if TYPE_CHECKING:
    from bot.wiring import Bot

router = APIRouter(prefix="/chat", include_in_schema=False)
LONGEST_COMMENT = 1_000


def rate(bot: "Bot", asker: Asker, line: FeedbackLine) -> None:
    """Keep an opinion, or forget it where it is 0.

    Raises:
        UserError: there is no such answer.
    """
    channel, person = asker.channel, asker.person(None)
    if line.rating:
        bot.rate(line.answer_id, line.rating, channel=channel, person=person, reason=line.reason, comment=line.comment)
        return
    with bot.sessions.begin() as session:
        take_back(session, line.answer_id, channel=channel, person=person)


@router.post("/rate")
async def rate_without_script(request: Request) -> Response:
    """Keep what a form says of an answer, where no script runs, and show the conversation again."""
    form, visitor = await checked_form(request)
    said = {name: str(form.get(name) or "").replace("\0", "") for name in ("rating", "reason", "comment")}
    told = {
        "answer_id": str(form.get("answer") or "").replace("\0", "")[:40] or "-",
        "rating": 1 if said["rating"] == "1" else -1 if said["rating"] == "-1" else 0,
        "reason": said["reason"] if said["reason"] in REASONS else None,
        "comment": said["comment"].strip()[:LONGEST_COMMENT] or None,
    }
    line = FeedbackLine.model_validate(told)
    await run_in_threadpool(rate, bot_of(request), asker_from(request, visitor), line)
    tab = str(form.get("conversation") or "")[:LONGEST_NAME]
    return RedirectResponse(f"/?conversation={tab}#answer-{line.answer_id}", 303)
