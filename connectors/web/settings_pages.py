"""The pages of settings: a section each, changed with one form; what the environment or a file says is only shown."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.audit_words import detail_in_words
from bot.changing_settings import ChangingSettings
from bot.database import places
from bot.database.audit import Actor
from bot.database.kept_settings import SETTINGS, WORDS, Kept
from bot.errors import DapbotError, SettingsError, UserError
from bot.kept_settings import KeptSettings
from bot.llm.prices import PRICES
from bot.messages import Tokens
from bot.phrases import PHRASES, say
from bot.setting_rows import Row, rows
from bot.setting_sections import ITEMS, NAMING, SECTIONS
from connectors.web.askers import bot_of
from connectors.web.desk import form_at
from connectors.web.pages import visited
from connectors.web.people import require
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.signin import text_of
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.settings import Settings

router = APIRouter(prefix="/admin/settings", include_in_schema=False)

ORDER = ("answers", "models", "limits", "web", "slack", "mail", "keeping", "words", "server")
"""The sections as they stand on the page; words have a page of their own (``words_pages.py``)."""


def changing_in(request: Request) -> ChangingSettings:
    """Return what changes the settings of this server, and takes each change up at once."""
    bot = bot_of(request)
    taken_up: KeptSettings = request.app.state.kept_settings
    return ChangingSettings(bot.settings, bot.sessions, taken_up.look)


def number_in(form: FormData) -> int:
    """Return the number of what a form was filled in over; -1, which nothing has, where it is none."""
    text = text_of(form, "seen")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def undone_by(request: Request, kept: Kept) -> int | None:
    """Return the number that takes back what was just done, where the page says so and nothing was changed since."""
    asked = request.query_params
    fresh = asked.get("done") in ("1", "undone") and asked.get("n") == str(kept.number)
    return kept.number if fresh and kept.before is not None else None


@router.get("")
def first(request: Request) -> Response:
    """Lead to the first section."""
    require(request, "admin")
    return RedirectResponse(f"/admin/settings/{ORDER[0]}", 303)


@router.get("/{section}")
def settings(request: Request, section: str) -> Response:
    """Show the settings of a section."""
    require(request, "admin")
    if section not in SECTIONS:
        raise Refused(404, "web.status.404")
    return _section(request, section)


def _section(request: Request, section: str, **shown: Any) -> Response:
    bot, language = bot_of(request), reader_language(request)
    kept = changing_in(request).kept()
    found = rows(bot.settings, kept, section)
    values: dict[str, Any] = {"problem": "", "problem_of": "", "typed": {}, "tried": None} | shown
    status = values.pop("status", 200)
    response = visited(
        request,
        "settings.html",
        section=section,
        order=ORDER,
        rows=[_seen(row, bot.settings, language) for row in found],
        changeable=any(row.changeable for row in found),
        number=kept.number,
        undo=undone_by(request, kept),
        done=_done(request, found, language),
        models=sorted(PRICES),
        channels=_channels(request, language) if section == "slack" else None,
        **values,
    )
    response.status_code = status if response.status_code == 200 else response.status_code
    return response


def _done(request: Request, found: list[Row], language: Language) -> str:
    done = request.query_params.get("done", "")
    if done == "1":
        key = "saved_restart" if any(row.pending for row in found) else "saved"
        return say(f"web.settings.{key}", language)
    return say(f"web.settings.{done}", language) if done in ("undone", "nothing") else ""


def _seen(row: Row, settings: "Settings", language: Language) -> dict[str, Any]:
    label = f"web.settings.label.{row.name}"
    kind = row.source if row.source in ("page", "default", "environment", "flag") else "file"
    return {
        "row": row,
        "label": say(label, language) if label in PHRASES else row.variable,
        "about": say(f"settings.for.{row.name}", language),
        "source": say(f"web.settings.source.{kind}", language, file=row.source),
        "choices": [(each, _choice(row, each, language)) for each in row.form.choices],
        "default": _default(row, language),
        "model": row.variable in NAMING,
        "price": _price(row, settings, language),
    }


def _default(row: Row, language: Language) -> str:
    value = _choice(row, row.default, language)
    return say("web.settings.default", language, value=value) if value else say("web.settings.default_empty", language)


def _choice(row: Row, value: str, language: Language) -> str:
    key = f"web.settings.choice.{row.name}.{value}"
    return say(key, language) if key in PHRASES else value


def _price(row: Row, settings: "Settings", language: Language) -> str:
    """Return what the model that a setting names costs; "" where it names none."""
    from bot.llm.gateway import single

    if row.variable not in NAMING or not row.value:
        return ""
    try:
        price = single(settings, row.variable).cost
    except SettingsError:  # the checks say what is missing
        return ""
    read, written = price(Tokens(1_000_000, 0)), price(Tokens(0, 1_000_000))
    if read is None or written is None:
        return say("web.settings.price_unknown", language)
    return say("web.settings.price", language, read=f"{read:g}", written=f"{written:g}")


def _channels(request: Request, language: Language) -> list[tuple[str, str]]:
    """Return the channels of Slack that have settings of their own, and these in words."""
    with bot_of(request).sessions() as session:
        found = places.listed(session, "slack")
    said = {place: detail_in_words(_plain(chosen), language) for place, chosen in found.items() if place[:1] in "CG"}
    return [(place, words) for place, words in said.items() if words]


def _plain(chosen: Any) -> dict[str, Any]:
    known = ("name", "task", "language", "politeness", "documents", "owners", "auto", "private", "paused")
    return {name: chosen[name] for name in known if name in chosen}


@router.post("/undo")
async def undo(request: Request) -> Response:
    """Take the last change of settings, or of own words, back."""
    form, _, desk = await form_at(request, "admin")
    name = WORDS if text_of(form, "of") == WORDS else SETTINGS
    section = text_of(form, "section")
    place = f"/admin/settings/{section if section in ORDER else ORDER[0]}"
    try:
        kept = await run_in_threadpool(changing_in(request).undo, name, number_in(form), desk.actor)
    except UserError as error:
        raise Refused(409, error.phrase, **error.values) from error
    return RedirectResponse(f"{place}?done=undone&n={kept.number}", 303)


@router.post("/{section}")
async def change(request: Request, section: str) -> Response:
    """Keep what was changed in a section; nothing where one value cannot be used."""
    form, _, desk = await form_at(request, "admin")
    if section not in SECTIONS:
        raise Refused(404, "web.status.404")
    typed = {v: text_of(form, v) for v, item in ITEMS.items() if v in form and item in SECTIONS[section]}
    if variable := text_of(form, "try"):
        return await run_in_threadpool(_tried, request, section, variable, typed)
    return await run_in_threadpool(_change, request, section, typed, number_in(form), desk.actor)


def _change(request: Request, section: str, typed: dict[str, str], seen: int, actor: Actor) -> Response:
    changing, bot = changing_in(request), bot_of(request)
    found = {row.variable: row for row in rows(bot.settings, changing.kept(), section)}
    wanted: dict[str, str | None] = {}
    for variable, text in typed.items():
        row, text = found[variable], text.replace("\r\n", "\n").strip()
        if row.changeable and text != row.later:
            wanted[variable] = None if text == row.default else text
    if not wanted:
        return RedirectResponse(f"/admin/settings/{section}?done=nothing", 303)
    try:
        kept = changing.set(wanted, actor, seen=seen)
    except SettingsError as error:
        problem = say(error.phrase, reader_language(request), **error.values)
        named = str(error.values.get("variable") or error.values.get("name") or "")
        return _section(request, section, problem=problem, problem_of=named, typed=typed, status=422)
    except UserError as error:
        problem = say(error.phrase, reader_language(request), **error.values)
        return _section(request, section, problem=problem, typed=typed, status=409)
    return RedirectResponse(f"/admin/settings/{section}?done=1&n={kept.number}", 303)


def _tried(request: Request, section: str, variable: str, typed: dict[str, str]) -> Response:
    """Ask the model that a field names, as it is typed: before it is kept."""
    from bot.findings_of_models import answers
    from bot.kept_settings import put

    item, language = ITEMS.get(variable), reader_language(request)
    if item is None or section != "models" or variable not in NAMING:
        raise Refused(404, "web.status.404")
    settings = bot_of(request).settings.model_copy()
    try:
        if not settings.fixed(variable):
            put(settings, variable, typed.get(variable, "").strip())
        check = answers(settings, variable) if getattr(settings, item.name) else None
    except DapbotError as error:
        problem = say(error.phrase, language, **error.values)
        return _section(request, section, problem=problem, problem_of=variable, typed=typed, status=422)
    tried = None if check is None else (variable, check.state, check.said(language), check.advised(language))
    return _section(request, section, tried=tried, typed=typed)
