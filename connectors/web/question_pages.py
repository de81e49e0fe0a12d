"""One group of questions as a page: how it was asked, what comes near, the answer that is written, who is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.collected import names_in
from bot.database import question_groups
from bot.database.question_groups import REASONS, Group, Span
from bot.entry_fields import EntryFields
from bot.people_said import Said, people_said
from bot.proposals import Proposals, without_people
from bot.shown import author_name
from bot.told_later import Recipient, recipients
from bot.unanswered import look_up
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of
from connectors.web.pages import visited
from connectors.web.question_rows import DAYS, brought_up, done_in, local, nearest_of, row_of
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.shapes import RowNumber
from connectors.web.trial import entry_address
from connectors.web.visitors import Visitor
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

router = APIRouter(prefix="/questions", include_in_schema=False)
MOST_ASKED = 50
MOST_DOCUMENTS = 200
MOST_RECIPIENTS = 80
"""Conversations to choose from; all others can be told together with them."""


@router.get("/answer/{answer}")
def of_answer(request: Request, answer: str) -> Response:
    """Lead to the group that an answer's question is in."""
    desk_of(request, "editor")
    bot = bot_of(request)
    brought_up(bot)
    with bot.sessions() as session:
        group = question_groups.of_answer(session, answer[:100].replace("\x00", ""))
    if group is None:
        raise Refused(404, "questions.none")
    return RedirectResponse(f"/questions/{group}", 303)


@router.get("/{group}")
def one(request: Request, group: RowNumber, said: str = "") -> Response:
    """Show a group: how it was asked, what comes near, the answer that is written or waits, who is told."""
    return shown(request, desk_of(request, "editor"), group, draft=_use(request, group, said))


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form; ``by_model``: a model has written it."""

    fields: EntryFields
    document: int | None = None
    by_model: bool = False


def shown(
    request: Request,
    desk: Desk,
    group: int,
    *,
    draft: Draft | None = None,
    problem: str = "",
    visitor: Visitor | None = None,
    status: int = 200,
) -> Response:
    """Return the page of a group."""
    bot, language = bot_of(request), reader_language(request)
    found = group_of(bot, group)
    if found.id != group:
        return RedirectResponse(f"/questions/{found.id}", 303)
    if found.state == "open" and look_up(bot, found.id, found.question, found.checked):
        found = group_of(bot, group)
    proposals, zone = Proposals(bot), bot.clock().tzinfo
    values = _asked_in(bot, found, language)
    wordings = values["wordings"]
    waits = proposals.waiting(found.id) if found.staged else None
    usual = Draft(waits.fields, waits.document) if waits else Draft(EntryFields("", wordings[0][0] if wordings else ""))
    told = recipients(bot, found.id)
    response = visited(
        request,
        "question_group.html",
        visitor,
        **values,
        group=found,
        nearest=[(*each, entry) for each, entry in zip(nearest_of(found), found.nearest, strict=False)],
        draft=draft or usual,
        waits=waits,
        documents=_documents(bot),
        collected=names_in(bot.settings.language or "ko")[0],
        people_said=[] if waits or found.state == "answered" else people_said(bot, found.id, language),
        has_model=bot.llm is not None,
        reasons=REASONS,
        decided_by=author_name(found.decided_by, language),
        decided=local(found.decided_at, zone) if found.decided_at else "",
        entry=entry_address(found.document_id, found.entry) if found.document_id and found.entry else "",
        **_telling(told, zone),
        said=done_in(request),
        problem=problem,
        may=desk,
    )
    response.status_code = status if response.status_code == 200 else response.status_code
    return response


def _asked_in(bot: "Bot", found: Group, language: Language) -> dict[str, Any]:
    """Return what the page says of how a group was asked."""
    until, zone = datetime.now(UTC), bot.clock().tzinfo
    since = until - timedelta(days=max(DAYS))
    with bot.sessions() as session:
        span = question_groups.spans(session, [found.id], since, until).get(found.id, Span())
        asked = question_groups.asked_of(session, found.id, MOST_ASKED)
        wrong = question_groups.said_wrong(session, found.id)
        said = question_groups.wordings(session, found.id)
    return {
        "row": row_of(bot, found, span, max(DAYS), language),
        "wordings": without_people(said),
        "texts": [each.text for each in said] if len(said) > 1 else [],
        "asked": [(each, local(each.at, zone)) for each in asked],
        "wrong": wrong,
    }


def _telling(told: Sequence[Recipient], zone: tzinfo | None) -> dict[str, Any]:
    """Return what the page says of those who asked: some to choose from, and how many of all are and can be told."""
    some = told[:MOST_RECIPIENTS]
    return {
        "recipients": [(each, local(datetime.fromisoformat(each.at), zone)) for each in some],
        "sample": next((each.text for each in told if each.reachable), told[0].text if told else ""),
        "tellable": sum(each.reachable and not each.told for each in some),
        "tellable_in_all": sum(each.reachable and not each.told for each in told),
        "told_of": (sum(each.told for each in told), sum(each.told or each.reachable for each in told)),
    }


def group_of(bot: "Bot", group: int) -> Group:
    """Return a group; Refused: 404, there is none."""
    with bot.sessions() as session:
        found = question_groups.get(session, group)
    if found is None:
        raise Refused(404, "questions.none")
    return found


def _documents(bot: "Bot") -> list[tuple[int, str]]:
    """Return the documents that an answer can go into, beside the collected answers."""
    collected = names_in(bot.settings.language or "ko")
    with bot.sessions() as session:
        found = question_groups.documents(session, MOST_DOCUMENTS)
    return [(number, name) for number, name in found if name not in collected]


def _use(request: Request, group: int, said: str) -> Draft | None:
    """Return the answer of a person that was chosen to begin with."""
    if not (said.isascii() and said.isdecimal() and len(said) < 4):
        return None
    found: Sequence[Said] = people_said(bot_of(request), group, reader_language(request))
    return Draft(EntryFields(found[int(said)].answer, found[int(said)].question)) if int(said) < len(found) else None
