"""The pages' templates: Jinja2 with everything escaped, the words of ``bot/phrases/``, static files by their hash."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.phrases import say
from bot.shown import person_name
from connectors.web import navigation
from connectors.web.markup import to_html
from connectors.web.reader import reader_language
from knowledge.language import Language

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@cache
def static_version() -> str:
    """Return a hash of all static files: a part of their address, so that browsers may keep them for ever."""
    digest = sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = lambda text: Markup(to_html(text))  # noqa: S704 - sanitised there
    environment.globals["static"] = lambda name: f"/static/{static_version()}/{name}"
    environment.globals["person_name"] = person_name
    return environment


def words(language: Language) -> Callable[..., str]:
    """Return the function by which a template says a phrase in this language."""

    def speak(key: str, **values: object) -> str:
        return say(key, language, **values)

    return speak


def fragment(name: str, language: Language, **values: Any) -> str:
    """Return a part of a page as HTML."""
    return _environment().get_template(name).render(say=words(language), language=language, **values)


def _slack_failed(request: Request, who: Any) -> str:
    """Return what keeps the bot from answering in Slack, for admins: where the token is bad, Slack cannot tell them."""
    if who is None or not who.may("admin"):
        return ""
    state: str = request.app.state.parts().get("slack", "")
    return state.removeprefix("failed: ") if state.startswith("failed: ") else ""


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a whole page in the reader's language."""
    language = reader_language(request)
    who = getattr(request.state, "who", None)
    shown = {"places": navigation.seen_by(navigation.BAR, who), "tabs": navigation.seen_by(navigation.TABS, who)}
    values = {"token": "", "who": who, "slack_failed": _slack_failed(request, who), **shown, **values}
    html = fragment(name, language, path=request.url.path, **values)
    headers = {"content-language": language, "vary": "Accept-Language, Cookie"}
    return HTMLResponse(html, status_code=status, headers=headers)
