"""The page of own words: what the bot says by itself, each phrase with its original and what people would read."""

import json
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.database.audit import Actor
from bot.database.kept_settings import WORDS
from bot.errors import UserError
from bot.own_words import LANGUAGES, LONGEST, OWNABLE, SAMPLES, placeholders, preview
from bot.phrases import original, say
from connectors.web.desk import form_at
from connectors.web.pages import visited
from connectors.web.people import require
from connectors.web.reader import reader_language
from connectors.web.settings_pages import ORDER, changing_in, number_in, undone_by
from connectors.web.signin import text_of

router = APIRouter(prefix="/admin/settings/words", include_in_schema=False)


@router.get("")
def words(request: Request) -> Response:
    """Show the phrases that may have other words."""
    require(request, "admin")
    return _words(request)


def _words(request: Request, **shown: Any) -> Response:
    language = reader_language(request)
    kept = changing_in(request).kept(WORDS)
    values: dict[str, Any] = {"problem": "", "problem_of": "", "typed": {}} | shown
    status = values.pop("status", 200)
    done = request.query_params.get("done", "")
    key = {"1": "saved", "undone": "undone", "nothing": "nothing"}.get(done)
    response = visited(
        request,
        "words.html",
        section="words",
        order=ORDER,
        groups=[(name, [_phrase(key, kept.values.get(key) or {}) for key in keys]) for name, keys in OWNABLE.items()],
        samples=json.dumps(SAMPLES, ensure_ascii=False),
        longest=LONGEST,
        number=kept.number,
        undo=undone_by(request, kept),
        done=say(f"web.settings.{key}", language) if key else "",
        **values,
    )
    response.status_code = status if response.status_code == 200 else response.status_code
    return response


def _phrase(key: str, own: dict[str, str]) -> dict[str, Any]:
    texts = {
        language: {
            "own": own.get(language, ""),
            "original": original(key, language),
            "preview": preview(key, language, own.get(language, "")),
        }
        for language in LANGUAGES
    }
    names = ", ".join(f"{{{name}}}" for name in sorted(placeholders(original(key, "ko"))))
    return {"key": key, "texts": texts, "names": names, "changed": any(own.values())}


@router.post("")
async def change(request: Request) -> Response:
    """Keep own words for one phrase; ``back``: the original."""
    form, _, desk = await form_at(request, "admin")
    key = text_of(form, "key")
    typed: dict[str, str] = {language: text_of(form, language).replace("\r\n", "\n").strip() for language in LANGUAGES}
    if text_of(form, "back"):
        typed = {}
    return await run_in_threadpool(_change, request, key, typed, number_in(form), desk.actor)


def _change(request: Request, key: str, typed: dict[str, str], seen: int, actor: Actor) -> Response:
    try:
        kept = changing_in(request).say(key, typed, actor, seen=seen)
    except UserError as error:
        problem = say(error.phrase, reader_language(request), **error.values)
        status = 409 if error.phrase == "settings.changed_meanwhile" else 422
        cut = {language: text[: 4 * LONGEST] for language, text in typed.items()}
        return _words(request, problem=problem, problem_of=key, typed=cut, status=status)
    return RedirectResponse(f"/admin/settings/words?done=1&n={kept.number}#{key}", 303)
