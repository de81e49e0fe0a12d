"""Questions that were asked in vain, over HTTP: list, look into, decide, answer, tell those who asked."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.database import question_groups
from bot.entry_fields import LONGEST_ANSWER, LONGEST_QUESTION, EntryFields
from bot.errors import UserError
from bot.measured import Effect
from bot.proposals import Proposal, Proposals
from bot.told_later import Recipient, begin, recipients
from connectors.web.askers import bot_of
from connectors.web.desk import calling, desk_of
from connectors.web.question_forms import merge_groups, split_group
from connectors.web.question_pages import group_of
from connectors.web.question_rows import DAYS, brought_up, group_line, row_of, wanted_in
from connectors.web.reader import reader_language
from connectors.web.shapes import Body, Name, RowNumber, Text

if TYPE_CHECKING:
    from bot.wiring import Bot

router = APIRouter(prefix="/api/v1/questions")
A_PAGE = 100
MOST_TEXTS = 100

Wording = Annotated[Text, Field(min_length=1, max_length=500)]


class MergeLine(Body):
    """Groups that ask the same."""

    groups: Annotated[list[RowNumber], Field(min_length=2, max_length=100)]


class SplitLine(Body):
    """What is another question."""

    text: Annotated[Text, Field(min_length=1, max_length=4_000)] = Field(description="One of `wordings`, whole.")


class DismissLine(Body):
    """Why nobody will answer."""

    reason: Literal["no_question", "out_of_scope", "will_not", "other"]


class AnswerLine(Body):
    """An answer for everyone."""

    question: Annotated[Text, Field(min_length=1, max_length=LONGEST_QUESTION)]
    answer: Annotated[Text, Field(min_length=1, max_length=LONGEST_ANSWER)]
    aliases: Annotated[list[Wording], Field(max_length=MOST_TEXTS)] = Field([], description="Other ways to ask.")
    document: RowNumber | None = Field(None, description="Which one it goes into; without it, the collected answers.")


class AttachLine(Body):
    """An entry that answers it already."""

    document: RowNumber
    passage: Name = Field(description="The entry's `passage`.")
    questions: Annotated[list[Wording], Field(min_length=1, max_length=MOST_TEXTS)] = Field(
        description="What it is to be found by, too."
    )


class ToldLine(Body):
    """Whom to tell, and what."""

    conversations: Annotated[list[Name], Field(max_length=10_000)] | None = Field(
        None, description="Without it: everyone who can be told."
    )
    text: Annotated[Text, Field(max_length=4_000)] = Field("", description="Without it, each has their own question.")


@router.get("", summary="List questions asked in vain")
def listed(
    request: Request,
    state: Literal["open", "answered", "dismissed"] = "open",
    days: Annotated[int, Query(ge=1, le=3_650)] = 30,
    q: Annotated[str, Query(max_length=200)] = "",
    language: Literal["", "ko", "en"] = "",
    kind: Literal["", "unanswered", "bad", "handed"] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Return groups of questions of one meaning, the most asked lately first, a hundred at a time. For editors.

    `count` and `people` are of all its questions, `within` of the last `days` (`parts`: eight parts of them, the oldest
    first; `kinds`: why they are there). `nearest` are the entries that come next; `confidence` says how sure the search
    is of the first one.
    """
    desk_of(request, "editor")
    bot, spoken = bot_of(request), reader_language(request)
    brought_up(bot)
    wanted = wanted_in(days, state, q, language, kind)
    with bot.sessions() as session:
        wanted = question_groups.found(session, wanted)
        total = question_groups.count(session, wanted)
        groups = question_groups.listed(session, wanted, A_PAGE, (page - 1) * A_PAGE)
        spans = question_groups.spans(session, [each.id for each in groups], wanted.since, wanted.until)
    empty = question_groups.Span()
    lines = [group_line(row_of(bot, each, spans.get(each.id, empty), days, spoken)) for each in groups]
    return JSONResponse({"total": total, "page": page, "groups": lines})


@router.post("/merge", summary="Merge groups")
def merge(line: MergeLine, request: Request) -> Response:
    """Put groups that ask the same into the one that was asked most, with what will be asked like them. For editors."""
    desk = calling(request, "editor")
    into = merge_groups(bot_of(request), list(line.groups), desk.actor)
    if into is None:
        raise UserError("questions.cannot_merge")
    return JSONResponse({"group": into})


@router.get("/{group}", summary="Look into a group of questions")
def one(request: Request, group: RowNumber) -> Response:
    """Return a group with how it was asked (`wordings`, personal data taken out), the last questions (`asked`; their
    conversations for admins), the answer that waits with its effect, and whom to tell. For editors."""
    desk = desk_of(request, "editor")
    bot = bot_of(request)
    found = group_of(bot, group)
    wanted = wanted_in(max(DAYS), found.state, "", "", "")
    with bot.sessions() as session:
        span = question_groups.spans(session, [found.id], wanted.since, wanted.until).get(found.id)
        asked = question_groups.asked_of(session, found.id, A_PAGE)
    row = row_of(bot, found, span or question_groups.Span(), max(DAYS), reader_language(request))
    proposals = Proposals(bot)
    waits = proposals.waiting(found.id) if found.staged else None
    flags = ("unanswered", "bad", "handed")
    lines = [
        {"answer_id": each.answer_id, "channel": each.channel, "at": each.at.isoformat()}
        | {name: getattr(each, name) for name in flags}
        | ({"conversation": each.conversation_id} if desk.admin else {})
        for each in asked
    ]
    wordings = [{"text": text, "count": count} for text, count in proposals.wordings(found.id, MOST_TEXTS)]
    about = {"wordings": wordings, "asked": lines, "prepared": _proposal_line(waits) if waits else None}
    told = [_recipient_line(each) for each in recipients(bot, found.id)]
    return JSONResponse({**group_line(row), **about, "recipients": told})


@router.post("/{group}/split", summary="Split a question off")
def split(line: SplitLine, request: Request, group: RowNumber) -> Response:
    """Take one way of asking out of a group: it is another question, a group of its own. For editors."""
    desk = calling(request, "editor")
    found = group_of(bot_of(request), group)
    made = split_group(bot_of(request), found.id, line.text, desk.actor)
    if made is None:
        raise UserError("questions.cannot_split")
    return JSONResponse({"group": made})


@router.post("/{group}/dismiss", summary="Dismiss a group")
def dismiss(line: DismissLine, request: Request, group: RowNumber) -> Response:
    """Say that nobody will answer it, and why. For editors."""
    desk = calling(request, "editor")
    found = group_of(bot_of(request), group)
    Proposals(bot_of(request)).dismiss(found.id, line.reason, desk.actor)
    return _state(bot_of(request), group)


@router.post("/{group}/reopen", summary="Open a group again")
def reopen(request: Request, group: RowNumber) -> Response:
    """Take back a dismissal or an answer, which is gone from its document then. For editors."""
    desk = calling(request, "editor")
    found = group_of(bot_of(request), group)
    Proposals(bot_of(request)).reopen(found.id, desk.actor)
    return _changed(request, group)


@router.put("/{group}/prepared", summary="Prepare an answer")
def prepare(line: AnswerLine, request: Request, group: RowNumber) -> Response:
    """Prepare an answer to a group: it waits to be approved; what it would change is told. For editors."""
    desk = calling(request, "editor")
    bot = bot_of(request)
    found = group_of(bot, group)
    fields = EntryFields(line.answer, line.question, aliases=tuple(line.aliases))
    proposals = Proposals(bot)
    proposals.prepare(found.id, fields, line.document, desk.actor)
    waits = proposals.waiting(found.id)
    return JSONResponse({"prepared": _proposal_line(waits) if waits else None})


@router.delete("/{group}/prepared", summary="Discard a prepared answer")
def discard(request: Request, group: RowNumber) -> Response:
    """Take back what was prepared. For editors."""
    desk = calling(request, "editor")
    found = group_of(bot_of(request), group)
    return JSONResponse({"discarded": Proposals(bot_of(request)).discard(found.id, desk.actor)})


@router.post("/{group}/approve", summary="Approve a prepared answer")
def approve(request: Request, group: RowNumber) -> Response:
    """Make what was prepared live. For editors."""
    desk = calling(request, "editor")
    found = group_of(bot_of(request), group)
    Proposals(bot_of(request)).approve(found.id, desk.actor)
    return _changed(request, group)


@router.post("/{group}/attach", summary="Have an entry answer a group")
def attach(line: AttachLine, request: Request, group: RowNumber) -> Response:
    """Have an entry that is there be found by these questions, too; what that has changed is told. For editors."""
    desk = calling(request, "editor")
    bot = bot_of(request)
    found = group_of(bot, group)
    effect = Proposals(bot).attach(found.id, line.document, line.passage, line.questions, desk.actor)
    request.app.state.examples.forget()
    return JSONResponse({"effect": _effect_line(effect)})


@router.post("/{group}/tell", summary="Tell those who asked")
def tell(line: ToldLine, request: Request, group: RowNumber) -> Response:
    """Tell those who asked what has an answer now, where they asked, once each; return how many. For editors.

    `told` is null where there are so many that it goes on in the background: `recipients` says how far it is.
    """
    desk = calling(request, "editor")
    bot = bot_of(request)
    found = group_of(bot, group)
    chosen = None if line.conversations is None else frozenset(line.conversations)
    return JSONResponse({"told": begin(bot, found.id, chosen, desk.actor, line.text.strip())})


def _state(bot: "Bot", group: int) -> Response:
    found = group_of(bot, group)
    return JSONResponse({"group": found.id, "state": found.state})


def _changed(request: Request, group: int) -> Response:
    request.app.state.examples.forget()
    return _state(bot_of(request), group)


def _proposal_line(waits: Proposal) -> dict[str, Any]:
    fields = waits.fields
    said = {"question": fields.question, "answer": fields.answer, "aliases": [*fields.aliases]}
    where = {"version": waits.version, "document": waits.document, "name": waits.name, "passage": waits.key}
    return {**where, **said, "effect": _effect_line(waits.effect)}


def _effect_line(effect: Effect) -> dict[str, Any]:
    """Return an effect as JSON; questions are named only where they change, or stay without an answer."""
    total, answered = len(effect.questions), effect.answered
    without = [text for text, _, after in effect.questions if not after]
    golden = {"total": effect.golden, "broken": list(effect.broken), "mended": list(effect.mended)}
    return {"questions": total, "answered": answered, "unanswered": without, "golden": golden}


def _recipient_line(each: Recipient) -> dict[str, Any]:
    plain = ("conversation", "channel", "at", "text", "told", "reachable")
    return {name: getattr(each, name) for name in plain}
