"""What is done to questions that were asked in vain, as forms of their pages send it."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot import faq_draft
from bot.database import audit, question_groups
from bot.entry_fields import EntryFields
from bot.errors import DapbotError, UserError
from bot.phrases import say
from bot.proposals import Proposals
from bot.told_later import begin
from bot.unanswered import about_each
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, form_at
from connectors.web.question_pages import Draft, group_of, shown
from connectors.web.questions import listing
from connectors.web.reader import reader_language
from connectors.web.refusals import status_of
from connectors.web.shapes import RowNumber
from connectors.web.visitors import Visitor

if TYPE_CHECKING:
    from bot.wiring import Bot

router = APIRouter(prefix="/questions", include_in_schema=False)
LONGEST_TEXT = 4_000


@router.post("/merge")
async def merge(request: Request) -> Response:
    """Put the chosen groups into the one of them that was asked most."""
    form, visitor, desk = await form_at(request, "editor")
    chosen = [int(each) for each in form.getlist("group") if isinstance(each, str) and _is_number(each)]
    into = await run_in_threadpool(merge_groups, bot_of(request), chosen, desk.actor)
    if into is None:
        problem = say("questions.cannot_merge", reader_language(request))
        return await run_in_threadpool(listing, request, desk, problem=problem, visitor=visitor)
    return _to(into, "merged")


def merge_groups(bot: "Bot", chosen: list[int], actor: "audit.Actor") -> int | None:
    """Merge groups, and return the one they are in; None where they cannot be."""
    with bot.sessions.begin() as session:
        found = {each.id: each for number in dict.fromkeys(chosen) if (each := question_groups.get(session, number))}
        if len(found) < 2:
            return None
        into = max(found.values(), key=lambda each: (each.state == "open", each.count, -each.id)).id
        for number in found:
            question_groups.merge(session, number, into)
        audit.note(session, actor, "question.merged", f"#{into}", groups=sorted(found))
        return into


@router.post("/{group}/split")
async def split(request: Request, group: RowNumber) -> Response:
    """Take one way of asking out of a group: it is another question."""
    form, visitor, desk = await form_at(request, "editor")
    made = await run_in_threadpool(split_group, bot_of(request), group, _text(form, "text"), desk.actor)
    if made is None:
        return await run_in_threadpool(_wrong, request, desk, group, visitor, UserError("questions.cannot_split"))
    return _to(group, "split")


def split_group(bot: "Bot", group: int, text: str, actor: "audit.Actor") -> int | None:
    """Split off what was asked in these words; None where that cannot be."""
    about = about_each([text])[text]
    with bot.sessions.begin() as session:
        made = question_groups.split(session, group, text, (about.core, about.whole))
        if made is not None:
            audit.note(session, actor, "question.split", f"#{group}", made=made)
        return made


@router.post("/{group}/dismiss")
async def dismiss(request: Request, group: RowNumber) -> Response:
    """Say that it will not be answered, and why."""
    form, visitor, desk = await form_at(request, "editor")
    try:
        reason = str(form.get("reason") or "")
        await run_in_threadpool(Proposals(bot_of(request)).dismiss, group, reason, desk.actor)
    except UserError as error:
        return await run_in_threadpool(_wrong, request, desk, group, visitor, error)
    return _to(group, "dismissed")


@router.post("/{group}/reopen")
async def reopen(request: Request, group: RowNumber) -> Response:
    """Take back what was decided."""
    _, visitor, desk = await form_at(request, "editor")
    try:
        await run_in_threadpool(Proposals(bot_of(request)).reopen, group, desk.actor)
    except UserError as error:
        return await run_in_threadpool(_wrong, request, desk, group, visitor, error)
    request.app.state.examples.forget()
    return _to(group, "reopened")


@router.post("/{group}/draft")
async def draft(request: Request, group: RowNumber) -> Response:
    """Have the model write a draft from the nearest entries, and show it in the form."""
    form, visitor, desk = await form_at(request, "editor")
    question = _text(form, "question")
    try:
        written = await run_in_threadpool(faq_draft.write, bot_of(request), question, desk.actor.name)
    except DapbotError as error:
        fields = _fields(form)
        return await run_in_threadpool(_wrong, request, desk, group, visitor, error, Draft(fields, _document(form)))
    made = Draft(EntryFields(written, question, aliases=_fields(form).aliases), _document(form), by_model=True)
    return await run_in_threadpool(shown, request, desk, group, draft=made, visitor=visitor)


@router.post("/{group}/prepare")
async def prepare(request: Request, group: RowNumber) -> Response:
    """Prepare the answer that was written: it is shown with its effect, and is not live yet."""
    form, visitor, desk = await form_at(request, "editor")
    fields, document = _fields(form), _document(form)
    try:
        await run_in_threadpool(Proposals(bot_of(request)).prepare, group, fields, document, desk.actor)
    except UserError as error:
        return await run_in_threadpool(_wrong, request, desk, group, visitor, error, Draft(fields, document))
    return _to(group, "prepared")


@router.post("/{group}/discard")
async def discard(request: Request, group: RowNumber) -> Response:
    """Take back what was prepared."""
    _, _, desk = await form_at(request, "editor")
    await run_in_threadpool(Proposals(bot_of(request)).discard, group, desk.actor)
    return _to(group, "discarded")


@router.post("/{group}/approve")
async def approve(request: Request, group: RowNumber) -> Response:
    """Make what was prepared live."""
    _, visitor, desk = await form_at(request, "editor")
    try:
        await run_in_threadpool(Proposals(bot_of(request)).approve, group, desk.actor)
    except UserError as error:
        return await run_in_threadpool(_wrong, request, desk, group, visitor, error)
    request.app.state.examples.forget()
    return _to(group, "approved")


@router.post("/{group}/attach")
async def attach(request: Request, group: RowNumber) -> Response:
    """Have an entry that is there be found by these questions, too."""
    form, visitor, desk = await form_at(request, "editor")
    document, key, texts = _document(form), _text(form, "key"), _fields(form).aliases
    try:
        if document is None:
            raise UserError("library.no_document", id="")
        effect = await run_in_threadpool(
            Proposals(bot_of(request)).attach, group, document, key, list(texts), desk.actor
        )
    except UserError as error:
        return await run_in_threadpool(_wrong, request, desk, group, visitor, error)
    request.app.state.examples.forget()
    counts = {"total": len(effect.questions), "answered": effect.answered, "broken": len(effect.broken)}
    return _to(group, "attached", **counts)


@router.post("/{group}/tell")
async def tell(request: Request, group: RowNumber) -> Response:
    """Tell those who asked in the chosen conversations."""
    form, _, desk = await form_at(request, "editor")
    await run_in_threadpool(group_of, bot_of(request), group)
    named = frozenset(each for each in form.getlist("conversation") if isinstance(each, str))
    chosen = None if form.get("everyone") else named
    own = _text(form, "own").strip()
    count = await run_in_threadpool(begin, bot_of(request), group, chosen, desk.actor, own)
    return _to(group, "telling") if count is None else _to(group, "told", count=count)


def _wrong(
    request: Request,
    desk: Desk,
    group: int,
    visitor: Visitor,
    error: DapbotError,
    draft: Draft | None = None,
) -> Response:
    """Show the page again, with what is wrong; what was typed stays."""
    problem = say(error.phrase, reader_language(request), **error.values)
    return shown(request, desk, group, draft=draft, problem=problem, visitor=visitor, status=status_of(error))


def _to(group: int, done: str, **values: int) -> Response:
    return RedirectResponse(f"/questions/{group}?{urlencode({'done': done, **values})}", 303)


def _fields(form: FormData) -> EntryFields:
    aliases = [each for each in form.getlist("alias") if isinstance(each, str)]
    return EntryFields(str(form.get("answer") or ""), str(form.get("question") or ""), aliases=tuple(aliases))


def _document(form: FormData) -> int | None:
    value = str(form.get("document") or "")
    return int(value) if _is_number(value) else None


def _text(form: FormData, name: str) -> str:
    return str(form.get(name) or "")[:LONGEST_TEXT].replace("\x00", " ")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
