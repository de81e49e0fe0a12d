"""Golden questions over HTTP: list, save, change, remove, ask them all."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import golden_changes
from bot.database import golden, runs
from bot.database.golden import NewGolden
from bot.errors import UserError
from bot.golden import KIND, golden_line, tests_line
from bot.golden import run as ask_all
from connectors.web.askers import bot_of
from connectors.web.desk import calling, desk_of
from connectors.web.reader import reader_language
from connectors.web.shapes import Body, Groups, Name, RowNumber, Text
from connectors.web.streams import Sent
from connectors.web.uploads import Tell, followed, progress_of, working
from knowledge.language import language_of

router = APIRouter(prefix="/api/v1/golden")


class GoldenLine(Body):
    """A golden question."""

    question: Annotated[Text, Field(min_length=1, max_length=golden.LONGEST_QUESTION)]
    expects: Literal["entry", "answer", "none"] = Field(
        description="`entry`: the entry `passage` of the document answers; `answer`: whichever does; `none`: it must "
        "not be answered."
    )
    document_id: RowNumber | None = Field(None, description="With `entry`.")
    passage: Name | None = Field(None, description="With `entry`: the entry's `passage`.")
    language: Literal["ko", "en"] | None = Field(None, description="Without it, the question's own.")
    audience: Groups = Field([], description="Groups that the asker is in.")
    note: Annotated[Text, Field(max_length=golden.LONGEST_NOTE)] = ""
    answer_id: Name | None = Field(None, description="The answer of a conversation that it was taken from.")

    def new(self) -> NewGolden:
        """Return it as it is saved."""
        language = self.language or language_of(self.question)
        groups = frozenset(self.audience)
        entry = (self.document_id, self.passage) if self.expects == "entry" else (None, None)
        return NewGolden(self.question, self.expects, language, *entry, groups, self.note, self.answer_id)


@router.get("", summary="List the golden questions")
def listed(request: Request) -> Response:
    """Return every golden question, with what came of it at the last run (`passed` and `came`). For editors."""
    desk_of(request, "editor")
    with bot_of(request).sessions() as session:
        every = golden.listed(session)
        held = runs.last_result(session, KIND)
    lines = held[1].get("questions", {}) if held else {}
    found = []
    for one in every:
        line = lines.get(str(one.id)) if held is not None and one.updated_at <= held[0].started_at else None
        came = {name: value for name, value in line.items() if name != "passed"} if line is not None else None
        found.append(golden_line(one) | {"passed": line["passed"] if line is not None else None, "came": came})
    return JSONResponse({"questions": found})


@router.post("", summary="Save a golden question")
def save(line: GoldenLine, request: Request) -> Response:
    """Save a question; one that is golden for these groups already expects this from now on. For editors."""
    desk = calling(request, "editor")
    _, number = golden_changes.save(bot_of(request), desk.actor, line.new())
    return JSONResponse(_line(request, number))


@router.get("/runs", summary="List the runs of the golden questions")
def past(request: Request) -> Response:
    """Return the run that goes on or was the last, and the figures of those that came to their end. For editors."""
    desk_of(request, "editor")
    with bot_of(request).sessions() as session:
        newest, ended = runs.latest(session, KIND), runs.history(session, KIND)
    return JSONResponse({"latest": _run(newest) if newest else None, "runs": [_run(each) for each in ended]})


@router.post("/runs", summary="Ask all golden questions", status_code=202)
def start(request: Request) -> Response:
    """Begin to ask them all, in the background; `GET` tells how far it is. For editors."""
    desk = calling(request, "editor")
    number = golden_changes.ask_all(bot_of(request), desk.actor)
    return JSONResponse({"run": number}, 202)


@router.post("/check", summary="Ask all golden questions, and wait")
async def check(request: Request) -> Response:
    """Ask them all: events `progress` (`{"done", "total"}`), then `done` with what came of each, or `error`.

    The result is kept like that of a run in the background. For editors.
    """
    desk = await run_in_threadpool(calling, request, "editor")
    bot, language = bot_of(request), reader_language(request)

    def ask(tell: Tell) -> Sent:
        return "done", tests_line(ask_all(bot, desk.actor.name, progress_of(tell)))

    return followed(request, working(ask, language, lambda: None), language)


@router.get("/{number}", summary="Look at a golden question")
def look(request: Request, number: RowNumber) -> Response:
    """Return one golden question. For editors."""
    desk_of(request, "editor")
    return JSONResponse(_line(request, number))


@router.put("/{number}", summary="Change a golden question")
def change(line: GoldenLine, request: Request, number: RowNumber) -> Response:
    """Put another question or expectation in the place of one. For editors."""
    desk = calling(request, "editor")
    golden_changes.change(bot_of(request), desk.actor, number, line.new())
    return JSONResponse(_line(request, number))


@router.delete("/{number}", summary="Remove a golden question")
def remove(request: Request, number: RowNumber) -> Response:
    """Remove one. For editors."""
    desk = calling(request, "editor")
    if golden_changes.remove(bot_of(request), desk.actor, number) is None:
        raise UserError("golden.none")
    return JSONResponse({"removed": number})


def _line(request: Request, number: int) -> dict[str, Any]:
    with bot_of(request).sessions() as session:
        found = golden.get(session, number)
    if found is None:
        raise UserError("golden.none")
    return golden_line(found)


def _run(run: runs.Run) -> dict[str, Any]:
    state = "interrupted" if run.interrupted else run.state
    figures = {name: run.summary.get(name) for name in ("asked", "passed", "failed")}
    times = {"started_at": run.started_at.isoformat(), "finished_at": run.finished_at and run.finished_at.isoformat()}
    return {"id": run.id, "state": state, "done": run.done, "total": run.total} | figures | times
