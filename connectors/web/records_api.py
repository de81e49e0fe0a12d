"""`/api/v1/conversations`: what the pages of conversations show and do, for programs of administrators."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.database import exchange_search
from bot.database.audit import note
from bot.database.conversation_rows import ConversationRow, rows_of
from bot.database.dossier import Dossier, dossier
from bot.database.handovers import Handover
from connectors.web import record_filters as filters
from connectors.web.askers import bot_of
from connectors.web.desk import calling, desk_of
from connectors.web.exports import exported_file, ledger_line
from connectors.web.records import taken_away
from connectors.web.refusals import Refused
from connectors.web.shapes import RowNumber, Text

router = APIRouter(prefix="/api/v1/conversations")

Value = Annotated[Text, Field(max_length=filters.LONGEST)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class ConversationQuery(BaseModel):
    """Which conversations; all of it must hold for one of a conversation's exchanges."""

    q: Value = Field("", description="Words that all stand in the exchange; Korean is found within words.")
    from_: Day | None = Field(None, alias="from", description="The first day, YYYY-MM-DD in the time zone that is set.")
    to: Day | None = Field(None, description="The last day, counted in.")
    channel: Value = Field("", description="web, slack, mail, http, terminal, or a channel of your own.")
    task: Value = Field("", description="answer, summarize, translate, draft, sentiment, tutor or smalltalk.")
    language: Literal["", "ko", "en"] = ""
    answered: Literal["", "yes", "no"] = ""
    handed: Literal["", "open", "solved", "yes"] = Field("", description="Whether a person was asked to take it over.")
    rating: Literal["", "good", "bad"] = ""
    reason: Literal["", "wrong", "outdated", "incomplete", "other"] = ""
    mood: Literal["", "negative", "neutral", "positive"] = ""
    outcome: Literal["", "answered", "missing", "no_question", "other"] = ""
    aspect: Value = Field("", description="What the question speaks of with liking or dislike.")
    model: Value = ""
    document: RowNumber | None = Field(None, description="The document that an answer rests on, by its id.")
    passage: Value = Field("", description="The entry that an answer rests on, by its `passage`.")
    person: RowNumber | None = Field(None, description="Who asked, by their number.")

    @property
    def values(self) -> dict[str, str]:
        """Return the filters as an address has them."""
        given = self.model_dump(by_alias=True, include=set(ConversationQuery.model_fields))
        return filters.values_of({name: str(value) for name, value in given.items() if value})


class PageQuery(ConversationQuery):
    """A page of them."""

    below: RowNumber | None = Field(None, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=200)


@router.get("", summary="List conversations")
def listed(query: Annotated[PageQuery, Query()], request: Request) -> Response:
    """Return the newest conversations that match, each with the newest exchange that does.

    `next` leads on, null at the end. A search for something rare may return fewer than asked for, and go on by `next`.
    For admins.
    """
    desk_of(request, "admin")
    bot = bot_of(request)
    wanted = filters.wanted_of(query.values, bot.clock().tzinfo)
    with bot.sessions() as session:
        found = exchange_search.find(session, wanted, below=query.below or None, size=query.limit)
        rows = rows_of(session, found.hits)
    return JSONResponse({"conversations": [_row_line(row) for row in rows], "next": found.below})


FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {"text/csv": {}, "application/x-ndjson": {}}}
}


@router.get("/export", summary="Export conversations", response_class=Response, responses=FILES)
def export(query: Annotated[ConversationQuery, Query()], request: Request, kind: Literal["csv", "jsonl"]) -> Response:
    """Return every exchange of the conversations that match: a table, or a JSON object a line. For admins."""
    return exported_file(request, kind, query.values)


@router.get("/{conversation}", summary="See a conversation")
def one(request: Request, conversation: str, before: RowNumber | None = None) -> Response:
    """Return a conversation with its last exchanges, and everything that is kept of each.

    `before` leads to earlier ones. That it was opened is written to the audit log. For admins.
    """
    desk = desk_of(request, "admin")
    bot = bot_of(request)
    with bot.sessions.begin() as session:
        found = dossier(session, conversation, before=before or None)
        if found is None:
            raise Refused(404, "web.status.404")
        note(session, desk.actor, "conversation.opened", found.id, channel=found.channel)
    return JSONResponse(_dossier_line(found))


@router.delete("/{conversation}", summary="Delete a conversation")
def delete(request: Request, conversation: str) -> Response:
    """Delete a conversation with all that hangs on it. For admins."""
    desk = calling(request, "admin")
    return JSONResponse({"deleted": taken_away(bot_of(request), conversation, desk.actor)})


def _row_line(row: ConversationRow) -> dict[str, Any]:
    return asdict(row) | {"at": row.at.isoformat()}


def _dossier_line(found: Dossier) -> dict[str, Any]:
    plain = ("id", "channel", "place", "title", "person_id", "person", "name", "audience", "total", "before")
    line: dict[str, Any] = {name: getattr(found, name) for name in plain}
    line |= {"created_at": found.created_at.isoformat(), "updated_at": found.updated_at.isoformat()}
    line["exchanges"] = [
        ledger_line(each.ledger)
        | {
            "entries": [asdict(used) for used in each.used],
            "handovers": [_handover_line(handed) for handed in each.handovers],
            "mail": each.mail or None,
        }
        for each in found.exchanges
    ]
    line["told"] = [{"at": each.at.isoformat(), "text": each.text} for each in found.told]
    line["handovers"] = [_handover_line(each) for each in found.handovers]
    return line


def _handover_line(each: Handover) -> dict[str, Any]:
    times = {"created_at": each.created_at.isoformat()}
    ended = each.solved_at.isoformat() if each.solved_at else None
    plain = ("id", "asker", "question", "outcome", "note", "solver")
    return {name: getattr(each, name) for name in plain} | times | {"solved_at": ended}
