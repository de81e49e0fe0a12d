"""`POST /api/v1/knowledge/check`: what `dapbot knowledge check` finds, told by the server that owns the indexes."""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.checkup import check as look_through
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
    questions without an answer; `words` say it in the language asked for.
    """
    await run_in_threadpool(calling, request, "editor")
    return followed(request, working(_checking(request, line.language), line.language, lambda: None), line.language)


def _checking(request: Request, language: Language) -> Callable[[Tell], Sent]:
    bot = bot_of(request)

    def look(tell: Tell) -> Sent:
        today = bot.clock().date()
        found = look_through(bot.sessions, bot.knowledge, today, progress_of(tell), line=bot.settings.line)
        return "done", checkup_line(found, language)

    return look
