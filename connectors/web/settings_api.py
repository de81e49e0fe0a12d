"""`/api/v1/settings` and `/api/v1/checks`: what the pages of settings and checks do, for programs of administrators."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.database.kept_settings import SETTINGS, WORDS
from bot.errors import SettingsError
from bot.own_words import KEYS
from bot.phrases import original
from bot.setting_rows import row_line, rows
from connectors.web.askers import bot_of
from connectors.web.checks import Checks, check_line
from connectors.web.checks_pages import checks_in
from connectors.web.desk import calling, desk_of
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.settings_pages import changing_in
from connectors.web.shapes import Body, Name, RowNumber, Text

router = APIRouter(prefix="/api/v1")

SEEN = "The `number` of what the change was chosen over: refused with 409 where somebody else changed something since."
Value = Annotated[Text, Field(max_length=2000)] | int | float | None


class SettingsLine(Body):
    """Values to set, by the name of the setting; null for the default."""

    values: dict[Name, Value] = Field(min_length=1, max_length=100)
    seen: RowNumber | None = Field(None, description=SEEN)


class WordsLine(Body):
    """Own words for one phrase; empty: as it was written."""

    key: Name
    ko: Annotated[Text, Field(max_length=2000)] = ""
    en: Annotated[Text, Field(max_length=2000)] = ""
    seen: RowNumber | None = Field(None, description=SEEN)


class ChecksLine(Body):
    """Which groups to check; all where none is named."""

    groups: list[Name] = Field([], max_length=20)


@router.get("/settings", summary="List the settings")
def settings(request: Request) -> Response:
    """Give every setting: its value, its default, where the value comes from, whether it can be changed here.

    Secrets are never shown: `***` says that one is set. `from_next_start` is the value that holds after a restart,
    null where that is the same.
    """
    desk_of(request, "admin")
    return JSONResponse(_settings(request))


def _settings(request: Request) -> dict[str, Any]:
    kept = changing_in(request).kept(SETTINGS)
    found = rows(bot_of(request).settings, kept)
    return {"number": kept.number, "settings": [row_line(row) for row in found]}


@router.post("/settings", summary="Change settings")
def change(line: SettingsLine, request: Request) -> Response:
    """Keep values in the database, all or none; each takes effect at once or at the next start (`takes_effect`)."""
    desk = calling(request, "admin")
    values = {name: None if value is None else str(value) for name, value in line.values.items()}
    try:
        changing_in(request).set(values, desk.actor, seen=line.seen)
    except SettingsError as error:  # whoever sent it must act, not whoever runs the server
        raise Refused(422, error.phrase, **error.values) from error
    return JSONResponse(_settings(request))


@router.get("/settings/words", summary="List the bot's own phrases")
def words(request: Request) -> Response:
    """Give the phrases that may have other words: the original and the own words, "" where there are none."""
    desk_of(request, "admin")
    return JSONResponse(_words(request))


def _words(request: Request) -> dict[str, Any]:
    kept = changing_in(request).kept(WORDS)
    listed = [
        {
            "key": key,
            "original": {"ko": original(key, "ko"), "en": original(key, "en")},
            "own": {"ko": "", "en": "", **(kept.values.get(key) or {})},
        }
        for key in KEYS
    ]
    return {"number": kept.number, "words": listed}


@router.post("/settings/words", summary="Put a phrase into own words")
def say(line: WordsLine, request: Request) -> Response:
    """Keep own words for a phrase; names in braces stay as they are in the original."""
    desk = calling(request, "admin")
    changing_in(request).say(line.key, {"ko": line.ko, "en": line.en}, desk.actor, seen=line.seen)
    return JSONResponse(_words(request))


@router.post("/settings/undo", summary="Take the last change of settings back")
def undo(request: Request) -> Response:
    """Take the last change of settings back; called again, it brings the change back."""
    desk = calling(request, "admin")
    changing = changing_in(request)
    changing.undo(SETTINGS, changing.kept().number, desk.actor)
    return JSONResponse(_settings(request))


@router.get("/checks", summary="What the last checks found")
def checks(request: Request) -> Response:
    """Give what was found by group; `running` says that a check is at work, `at` when it last ended."""
    desk_of(request, "admin")
    return JSONResponse(_checks(request, checks_in(request)))


@router.post("/checks", summary="Check the set-up now", status_code=202)
def check(line: ChecksLine, request: Request) -> Response:
    """Begin the checks, and give what is known so far; `GET /api/v1/checks` follows them."""
    calling(request, "admin")
    found = checks_in(request)
    if unknown := set(line.groups) - set(found.names):
        raise Refused(422, "web.checks.no_group", name=min(unknown)[:80], known=", ".join(found.names))
    found.begin(*line.groups)
    return JSONResponse(_checks(request, found), status_code=202)


def _checks(request: Request, checks: Checks) -> dict[str, Any]:
    language = reader_language(request)
    return {
        "groups": [
            {
                "name": group.name,
                "running": group.running,
                "at": group.at.isoformat() if group.at else None,
                "checks": [check_line(check, language) for check in group.findings],
            }
            for group in checks.groups()
        ]
    }
