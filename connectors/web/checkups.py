"""`POST /api/v1/knowledge/check`: what `dapbot knowledge check` finds, told by the server that owns the indexes."""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.checkup_kept import run as look_through
from bot.checkup_words import checkup_line
from connectors.web.askers import bot_of
from connectors.web.desk import calling
from connectors.web.shapes import Body
from connectors.web.streams import Sent
from connectors.web.uploads import Tell, followed, progress_of, working
from knowledge.language import Language

router = APIRouter(prefix="/api/v1/knowledge")


class CheckLine(Body):
    """How the findings are worded."""

    language: Literal["ko", "en"] = "ko"


@router.post("/check", summary="Check the documents")
async def check(line: CheckLine, request: Request) -> Response:
    """Look through the documents: events `progress` (`{"done", "total"}`), then `done` with what was found, or `error`.

    Found are the recall of each leg of the search, contradictions, duplicates, overlaps, expired and unread entries,
    questions without an answer; `words` say it in the language asked for. The page of the checkup shows it, too.
    """
    desk = await run_in_threadpool(calling, request, "editor")
    work = _checking(request, line.language, desk.actor.name)
    return followed(request, working(work, line.language, lambda: None), line.language)


def _checking(request: Request, language: Language, author: str) -> Callable[[Tell], Sent]:
    bot = bot_of(request)

    def look(tell: Tell) -> Sent:
        return "done", checkup_line(look_through(bot, author, progress_of(tell)), language)

    return look
