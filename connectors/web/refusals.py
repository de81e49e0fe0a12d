"""Errors as people and programs see them: one sentence in the reader's language, never a traceback."""

import logging
from urllib.parse import quote, urlsplit
from uuid import uuid4

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.errors import DapbotError, ModelError, UserError
from bot.phrases import say
from connectors.web.reader import reader_language, wants_page
from connectors.web.templating import page
from knowledge.language import Language

log = logging.getLogger(__name__)

FIELD_PHRASES = {
    "missing": "web.field.missing",
    "json_invalid": "web.field.json",
    "string_type": "web.field.string",
    "string_too_short": "web.field.empty",
    "string_too_long": "web.field.long",
    "list_type": "web.field.list",
    "model_attributes_type": "web.field.object",
    "dict_type": "web.field.object",
}
"""pydantic's name of an error to our sentence; anything else is told as a wrong value."""


NOT_FOUND = {
    "library.no_document", "library.no_version", "library.no_such_version", "library.no_trial", "library.no_alias",
    "web.recall.gone_text",
    "library.no_key", "library.no_original", "library.no_file", "entry.none", "feedback.no_answer",

    "questions.none", "web.chat.handed.none_such", "accounts.none", "tokens.none", "golden.none",
}  # fmt: skip
"""What a UserError says when the thing it is about is not there."""

OVERTAKEN = {
    "library.changed_meanwhile",
    "library.trial_runs",
    "web.recall.moved",
    "settings.changed_meanwhile",
    "settings.nothing_to_undo",
    "library.not_staged",
    "entry.moved",
    "entry.gone",
}
"""What it says when somebody else was faster."""


class Refused(HTTPException):
    """A request that is not carried out, with its status and the phrase that says why.

    It is an HTTPException, so that the framework lets it through while it reads a body.
    """

    def __init__(self, status: int, phrase: str, /, **values: object) -> None:
        super().__init__(status, headers={})
        self.phrase = phrase
        self.values = values

    def sentence(self, language: Language) -> str:
        """Return the one sentence to show."""
        return say(self.phrase, language, **self.values)


def refusal_response(request: Request, refused: Refused) -> Response:
    """Say a refusal: as JSON to a program, as a page to a person who opened one."""
    if refused.status_code == 401 and wants_page(request):
        return RedirectResponse(f"/sign-in?next={quote(_place(request), safe='')}", 303)
    sentence = refused.sentence(reader_language(request))
    response = error_response(request, refused.status_code, sentence)
    response.headers.update(refused.headers or {})
    if refused.status_code == 401:
        response.headers["www-authenticate"] = "Bearer"
    return response


def _place(request: Request) -> str:
    """Return where to go on after the sign-in: to the page that was asked for, or the one that held the form."""
    if request.method in ("GET", "HEAD"):
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return urlsplit(request.headers.get("referer", "")).path or "/documents"


def error_response(request: Request, status: int, sentence: str) -> Response:
    """Return ``{"error": sentence}``, or the error page where a page was asked for."""
    if wants_page(request):
        return page(request, "error.html", status, sentence=sentence)
    return JSONResponse({"error": sentence}, status_code=status)


def handle_http_error(request: Request, error: Exception) -> Response:
    """Handle what the framework or our own code refused: no such address, wrong method, a body it cannot read."""
    if isinstance(error, Refused):
        return refusal_response(request, error)
    status = error.status_code if isinstance(error, HTTPException) else 500
    phrase = f"web.status.{status}" if status in (400, 404, 405) else "web.status.400"
    response = error_response(request, status, say(phrase, reader_language(request)))
    response.headers.update(getattr(error, "headers", None) or {})
    return response


def handle_wrong_body(request: Request, error: Exception) -> Response:
    """Handle a body of the wrong shape: name the first field that is wrong, and what it must be."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) and error.errors() else {}
    kind = str(first.get("type", ""))
    name = ".".join(str(part) for part in first.get("loc", ())[1:]) or "JSON"
    phrase = FIELD_PHRASES.get(kind, "web.field.wrong")
    if kind == "value_error":  # our own validators name a phrase
        phrase = str(first.get("ctx", {}).get("error", "web.field.wrong"))
    of_body = first.get("loc", ("body",))[0] == "body"
    if of_body and kind != "json_invalid" and not _is_json(request) and request.method != "GET":
        return error_response(request, 415, say("web.refused.type", reader_language(request)))
    limit = first.get("ctx", {}).get("max_length", "")
    return error_response(request, 422, say(phrase, reader_language(request), name=name, limit=limit))


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"


def status_of(error: DapbotError) -> int:
    """Return the status of an error: the asker's (404, 409, 422), the model's (502) or the operator's (503)."""
    if not isinstance(error, UserError):
        return 502 if isinstance(error, ModelError) else 503
    return 404 if error.phrase in NOT_FOUND else 409 if error.phrase in OVERTAKEN else 422


def handle_dapbot_error(request: Request, error: Exception) -> Response:
    """Handle an error that carries its sentence: the asker's (422, 404), the model's (502), the operator's (503)."""
    if not isinstance(error, DapbotError):
        return crash_response(request, error)
    if not isinstance(error, UserError):
        log.error("%s: %s", type(error).__name__, error)
    status = status_of(error)
    return error_response(request, status, say(error.phrase, reader_language(request), **error.values))


def crash_response(request: Request, error: Exception) -> Response:
    """Word what should not have happened: a short id for the person, the traceback under that id in the log."""
    return error_response(request, 500, error_sentence(error, reader_language(request)))


def error_sentence(error: Exception, language: Language) -> str:
    """Return the sentence of an error; one that nobody foresaw is logged under a short id, which the sentence names."""
    if isinstance(error, Refused):
        return error.sentence(language)
    if isinstance(error, DapbotError):
        return say(error.phrase, language, **error.values)
    number = uuid4().hex[:8]
    log.error("error %s", number, exc_info=error)
    return say("web.crash", language, number=number)
