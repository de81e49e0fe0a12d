"""A version that waits, tried on real questions before it is published: the page, its progress, and the API."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.errors import UserError
from bot.phrases import say
from bot.trying_versions import DAYS, MOST_QUESTIONS, MOST_WRITTEN, QUESTIONS, Wish
from bot.version_trial_words import progress_words, trial_line
from bot.version_trials import begin, cancel, trial_of, try_now
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, calling, desk_of, form_at
from connectors.web.pages import visited
from connectors.web.publishing import one_waiting
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.shapes import Body, RowNumber
from connectors.web.streams import EVENT_STREAM, Sent
from connectors.web.uploads import Tell, followed, progress_of, working
from connectors.web.version_trial_view import shown_trial
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.shown import VersionInfo
    from bot.wiring import Bot

pages = APIRouter(prefix="/documents/staged", include_in_schema=False)
router = APIRouter(prefix="/api/v1/knowledge/staged")


class TrialLine(Body):
    """On what a version is to be tried."""

    questions: int = Field(QUESTIONS, ge=0, le=MOST_QUESTIONS, description="Real questions, of different meaning.")
    written: int = Field(
        0, ge=0, le=MOST_WRITTEN, description="Questions that a language model answers as well, before and after."
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """The file as the page names it: what it would change is on a page of its own, and takes a while to find out.

    ``seen`` is the number of the live version that it would replace, 0 without one.
    """

    version: int
    name: str
    seen: int
    replaces: str


def _tried(bot: "Bot", info: "VersionInfo", language: Language) -> Tried:
    seen = bot.library.live_number(info.document)
    replaces = say("web.publishing.replaces", language, version=seen) if seen else say("web.staged.new", language)
    return Tried(info.version, info.name, seen or 0, replaces)


@pages.get("/{version}/trial")
def trial(request: Request, version: RowNumber, show: str = "", page: int = 1) -> Response:
    """Show what a version would answer otherwise, or the form that tries it."""
    desk = desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    info = one_waiting(bot, version)
    return visited(
        request,
        "version_trial.html",
        each=_tried(bot, info, language),
        may=desk,
        trial=shown_trial(bot, info, language, kind=show, page=page, admin=desk.admin),
        here=f"/documents/staged/{version}/trial",
        days=DAYS,
        questions=QUESTIONS,
        most_questions=MOST_QUESTIONS,
        most_written=MOST_WRITTEN,
        has_model=bool(bot.settings.llm) or bot.llm is not None,
        required=bot.settings.publishing == "tried",
        problems=[],
    )


@pages.post("/{version}/trial")
async def start(request: Request, version: RowNumber) -> Response:
    """Try a version in the background, and show how far it is; one that is being tried is shown."""
    form, _, desk = await form_at(request, "editor")
    wish = Wish(_number(form, "questions", QUESTIONS, MOST_QUESTIONS), _number(form, "written", 0, MOST_WRITTEN))
    await run_in_threadpool(_begin, bot_of(request), version, wish, desk)
    return RedirectResponse(f"/documents/staged/{version}/trial", 303)


def _begin(bot: "Bot", version: int, wish: Wish, desk: Desk) -> None:
    try:
        begin(bot, version, wish, author=desk.actor)
    except UserError as error:
        if error.phrase != "library.trial_runs":
            raise


def _number(form: FormData, name: str, usual: int, most: int) -> int:
    text = str(form.get(name) or "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refused(422, "web.publishing.wrong_number")
    return min(int(text), most)


@pages.post("/{version}/trial/cancel")
async def stop(request: Request, version: RowNumber) -> Response:
    """Have a trial end."""
    await form_at(request, "editor")
    await run_in_threadpool(cancel, bot_of(request), version)
    return RedirectResponse(f"/documents/staged/{version}/trial", 303)


@pages.get("/{version}/trial/progress")
def progress(request: Request, version: RowNumber) -> Response:
    """Return how far a trial is, for the page's script."""
    desk_of(request, "editor")
    found = trial_of(bot_of(request), version)
    if found is None:
        raise Refused(404, "web.status.404")
    words = progress_words(found, reader_language(request))
    return JSONResponse({"state": found.state, "done": found.done, "total": found.total, "words": words})


# --- API --------------------------------------------------------------------------------------------------------


@router.get("/{version}/trial", summary="See what a file that waits would answer otherwise")
def trial_result(request: Request, version: RowNumber) -> Response:
    """Return the last trial of a staged version, with each question that it would answer otherwise. For editors.

    `state` is `running`, `done`, `cancelled`, `failed` or `broken_off` (the server was restarted); `current` is false
    where another version went live since. `kind` of a case: `broken` and `mended` golden questions; `lost`, `changed`
    and `gained` answers of real ones. 404 when it was not tried.
    """
    desk_of(request, "editor")
    return JSONResponse(_line(request, version))


@router.post("/{version}/trial", summary="Try a file that waits on real questions", status_code=202)
async def try_it(request: Request, version: RowNumber, line: TrialLine) -> Response:
    """Answer real and golden questions by what is live and by a staged version, and keep what differs. For editors.

    It goes on in the background: 202 with the trial as `GET` returns it. With `Accept: text/event-stream`: the events
    `progress` (`{"done", "total"}`), then `done` with the trial, or `error`. 409 while it is being tried already.
    """
    desk = calling(request, "editor")
    bot, language, wish = bot_of(request), reader_language(request), Wish(line.questions, line.written)
    if EVENT_STREAM in request.headers.get("accept", ""):
        return followed(request, _followed(request, version, wish, desk), language)
    await run_in_threadpool(begin, bot, version, wish, author=desk.actor)
    return JSONResponse(await run_in_threadpool(_line, request, version), status_code=202)


@router.delete("/{version}/trial", summary="Stop trying a file that waits")
def stop_trying(request: Request, version: RowNumber) -> Response:
    """Have a trial end; `stopped` is false where none goes on. For editors."""
    calling(request, "editor")
    return JSONResponse({"stopped": cancel(bot_of(request), version)})


def _followed(request: Request, version: int, wish: Wish, desk: Desk) -> Generator[Sent, None, None]:
    bot = bot_of(request)

    def work(tell: Tell) -> Sent:
        try_now(bot, version, wish, progress_of(tell), author=desk.actor)
        return "done", _line(request, version)

    return working(work, reader_language(request), lambda: None)


def _line(request: Request, version: int) -> dict[str, Any]:
    bot = bot_of(request)
    found = trial_of(bot, version)
    if found is None:
        raise UserError("library.no_trial", version=version)
    live = bot.library.live_number(bot.library.version(version).document)
    return trial_line(bot, found, live, reader_language(request))
