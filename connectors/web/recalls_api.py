"""Answers that rest on what holds no longer, for programs: the texts, who was told them, and the correction."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import UserError
from bot.recall import DAYS, LONGEST, Recall, prepared, recall, send, texts
from connectors.web.askers import bot_of
from connectors.web.desk import calling, desk_of
from connectors.web.listing import seen_document
from connectors.web.recalls import MOST_DAYS, Days
from connectors.web.shapes import Body, RowNumber, Text

router = APIRouter(prefix="/api/v1/knowledge")


class RecallLine(Body):
    """A correction, and the conversations that it is sent to."""

    conversations: list[Annotated[Text, Field(min_length=1, max_length=64)]] = Field(
        min_length=1, max_length=500, description="Their `conversation`."
    )
    ko: Annotated[Text, Field(max_length=LONGEST)] = Field("", description="For those in Korean.")
    en: Annotated[Text, Field(max_length=LONGEST)] = Field("", description="For those in English.")
    days: int = Field(DAYS, ge=1, le=MOST_DAYS)
    mark: Annotated[Text, Field(max_length=20)] = Field(
        "", description="The `mark` that was read: refused where something else holds by now."
    )


@router.get("/{document}/recall", summary="List the texts that people were told and that hold no longer")
def outdated_lines(request: Request, document: RowNumber, days: Days = DAYS) -> Response:
    """Return the texts of a document that answers rest on and that were changed or withdrawn since. For editors."""
    desk = desk_of(request, "editor")
    seen_document(request, document, desk)
    lines = [
        {
            "text": each.was.passage,
            "passage": each.was.key,
            "question": each.was.question,
            "was": each.was.answer,
            "now": each.now.answer if each.now else None,
            "conversations": each.conversations,
            "told": told,
            "last_at": each.last_at.isoformat(),
        }
        for each, told in texts(bot_of(request), document, days)
    ]
    return JSONResponse({"texts": lines})


@router.get("/{document}/recall/{text}", summary="See who was told a text that holds no longer")
def outdated_line(request: Request, document: RowNumber, text: RowNumber, days: Days = DAYS) -> Response:
    """Return the conversations that a text (`text` of the list) was used in, and a prepared correction. For editors;
    who asked is for admins alone. `state`: `open`, `told`, `unreachable`, or `restricted`: what holds now is not for
    who asked."""
    desk = desk_of(request, "editor")
    seen_document(request, document, desk)
    return JSONResponse(_line(recall(bot_of(request), document, text, days), admin=desk.admin))


def _line(found: Recall, *, admin: bool) -> dict[str, Any]:
    return {
        "text": found.was.passage,
        "passage": found.was.key,
        "was": found.was.answer,
        "now": found.now.answer if found.now else None,
        "mark": found.mark,
        "prepared": {language: prepared(found, language) for language in ("ko", "en")},
        "conversations": [
            {
                "conversation": each.use.conversation_id,
                "answer_id": each.use.answer_id,
                "channel": each.use.channel,
                "person": (each.use.person or None) if admin else None,
                "language": each.use.language,
                "question": each.use.question,
                "answer": each.use.said,
                "at": each.use.at.isoformat(),
                "state": each.state,
                "told_at": each.told_at.isoformat() if each.told_at else None,
            }
            for each in found.affected
        ],
    }


@router.post("/{document}/recall/{text}", summary="Send a correction")
def correct(request: Request, document: RowNumber, text: RowNumber, line: RecallLine) -> Response:
    """Tell conversations, each once, what holds now in the place of a text that they were told. For editors."""
    desk = calling(request, "editor")
    seen_document(request, document, desk)
    found = recall(bot_of(request), document, text, line.days)
    if line.mark and line.mark != found.mark:
        raise UserError("web.recall.moved")
    words = {"ko": line.ko, "en": line.en}
    sent = send(bot_of(request), found, frozenset(line.conversations), words, author=desk.actor)
    return JSONResponse({"told": sent.told, "failed": sent.failed})
