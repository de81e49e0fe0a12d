"""The HTTP API: ask, search, rate; is it alive, is it ready. The documents are in ``uploads.py``."""

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.lookup import look_up, lookup_line
from bot.messages import Event, Message, Reply, answer_line, source_line
from connectors.web.askers import Asker, admit, asker_of, bot_of
from connectors.web.markup import to_html
from connectors.web.pages import reply_html
from connectors.web.rating import rate
from connectors.web.reader import reader_language
from connectors.web.refusals import error_sentence
from connectors.web.shapes import FeedbackLine, QuestionLine, SearchLine
from connectors.web.streams import EVENT_STREAM, Sent
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

router = APIRouter(prefix="/api/v1")
state = APIRouter()


@router.post("/ask", summary="Ask a question")
async def ask(line: QuestionLine, request: Request) -> Response:
    """Answer a question line with the answer line.

    With `Accept: text/event-stream` the reply comes as events: `status` (`{"text"}`: what is being done), `sources`
    (`{"sources"}`), `text` (`{"text"}`: one more sentence), `done` (the answer line; its `answer` replaces the text
    so far) or `error` (`{"error"}`). Whoever hangs up stops the work. Who asks more than they may is told 429, and in
    `Retry-After` in how many seconds it goes on.
    """
    asker = asker_of(request)
    line = asker.begun(line)
    message = asker.message(line)
    bot = bot_of(request)
    language = reader_language(request)
    if asker.record(line):  # batches of this machine's owner are as long as they are
        await admit(request, message)
    if EVENT_STREAM in request.headers.get("accept", ""):
        work = _events(bot, message, line, asker, language)
        response: Response = request.app.state.streams.response(
            work, lambda error: ("error", {"error": error_sentence(error, language)})
        )
        return response
    answering = partial(bot.ask, message, record=asker.record(line))
    reply = await anyio.to_thread.run_sync(answering, limiter=request.app.state.asking)
    return JSONResponse(_line(reply, line, asker))


def _line(reply: Reply, line: QuestionLine, asker: Asker) -> dict[str, Any]:
    answer = answer_line(reply) | {"id": line.id}
    if asker.visitor or reply.conversation == asker.conversation(line.conversation):
        answer["conversation"] = line.conversation  # as whoever asked calls it
    return answer


def _events(
    bot: "Bot", message: Message, line: QuestionLine, asker: Asker, language: Language
) -> Generator[Sent, None, None]:
    """Yield the bot's events as the protocol has them; our own page gets the text and the reply as HTML besides."""
    text = ""
    events = bot.stream(message, record=asker.record(line))
    try:
        for event in events:
            if event.reply is not None:
                done = _line(event.reply, line, asker)
                if asker.visitor:
                    done["html"] = reply_html(bot, event.reply, line.conversation or "", asker.visitor, language)
                yield "done", done
            elif event.kind == "text" and asker.visitor:
                text += event.text
                yield "text", {"text": event.text, "html": to_html(text)}
            else:
                yield event.kind, _event_data(event)
    finally:
        if isinstance(events, Generator):
            events.close()  # the model is not asked on for a reader who has gone


def _event_data(event: Event) -> dict[str, Any]:
    if event.kind == "sources":
        return {"sources": [source_line(source) for source in event.sources]}
    return {"error" if event.kind == "error" else "text": event.text}


@router.post("/search", summary="Search the documents")
def search(line: SearchLine, request: Request) -> Response:
    """Return the passages found for a question, best first, with their scores: `{"passages", "confidence", "legs"}`."""
    asker = asker_of(request)
    bot = bot_of(request)
    looked = look_up(
        bot.sessions,
        bot.knowledge,
        line.question,
        audience=asker.audience(line.audience),
        today=bot.clock().date(),
        limit=line.limit,
    )
    return JSONResponse(lookup_line(looked))


@router.post("/feedback", summary="Rate an answer")
def feedback(line: FeedbackLine, request: Request) -> Response:
    """Keep what a person thought of an answer (1 or -1, and why); a later rating replaces it, 0 takes it back."""
    rate(bot_of(request), asker_of(request), line)
    return JSONResponse({"answer_id": line.answer_id, "rating": line.rating})


@state.get("/health", summary="Is the server alive?")
async def health() -> Response:
    """Answer at once, whatever is still loading."""
    return JSONResponse({"alive": True})


@state.get("/ready", summary="Is everything loaded?")
def ready(request: Request) -> Response:
    """Tell the state of each part: 200 when all are `ready` or `off`, 503 until then."""
    parts = dict(bot_of(request).knowledge.ready())
    parts |= request.app.state.parts()
    waiting = [name for name, state in parts.items() if state != "ready" and not state.startswith("off")]
    return JSONResponse({"ready": not waiting, "parts": parts}, status_code=503 if waiting else 200)
