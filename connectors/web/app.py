"""The web application: one FastAPI app over one bot, with the pages and the API, guarded from the first day."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.accounts import Accounts
from bot.errors import DapbotError
from bot.kept_settings import KeptSettings
from bot.offered_questions import Examples
from bot.said_filling import Filling
from connectors.web import (
    account,
    administration,
    api,
    asking_people,
    catalogue,
    checks_pages,
    checkup_pages,
    checkups,
    column_pages,
    entry_api,
    entry_pages,
    exports,
    figures,
    golden,
    golden_api,
    handover_pages,
    handovers_api,
    history,
    insight,
    insight_report,
    mail_pages,
    pages,
    persons,
    publishing,
    question_forms,
    question_pages,
    questions,
    questions_api,
    rating,
    recalls,
    recalls_api,
    records,
    records_api,
    refusals,
    settings_api,
    settings_pages,
    shelf,
    signin,
    slack_events,
    source_pages,
    trail,
    trials,
    uploads,
    version_trials,
    volume,
    waiting,
    words_pages,
)
from connectors.web.checks import checks_of
from connectors.web.conversations import Conversations
from connectors.web.description import describe
from connectors.web.erasures import Erasures
from connectors.web.gate import Gate
from connectors.web.guard import Guard
from connectors.web.previews import Previews
from connectors.web.sessions import Door
from connectors.web.streams import Streams
from connectors.web.templating import STATIC, static_version
from connectors.web.visitors import Visitors, load_secret

if TYPE_CHECKING:
    from bot.wiring import Bot

ROUTERS = (
    signin.router,
    slack_events.router,
    account.router,
    administration.router,
    trail.router,
    waiting.router,
    exports.router,
    mail_pages.router,
    records.router,
    records_api.router,
    persons.router,
    words_pages.router,
    settings_pages.router,
    checks_pages.router,
    settings_api.router,
    api.router,
    rating.router,
    asking_people.router,
    history.router,
    handover_pages.router,
    handovers_api.router,
    source_pages.router,
    checkups.router,
    version_trials.router,
    recalls_api.router,
    publishing.router,
    uploads.router,
    entry_api.router,
    catalogue.router,
    api.state,
    figures.router,
    insight.router,
    insight.pages,
    insight_report.router,
    pages.router,
    version_trials.pages,
    recalls.pages,
    publishing.pages,
    checkup_pages.router,
    golden_api.router,
    golden.router,
    trials.router,
    shelf.router,
    column_pages.router,
    entry_pages.router,
    volume.router,
    questions_api.router,
    questions.router,
    question_forms.router,
    question_pages.router,
)
"""Addresses with words before those with the number of a document."""

THREADS = 128
"""Pages at once, and answers at once: with the framework's 40 for both, waiting people would starve every page."""


def create_app(
    bot: "Bot",
    *,
    token: str = "",
    parts: Callable[[], dict[str, str]] = dict,
    accounts: Accounts | None = None,
    events: "slack_events.Answer | None" = None,
) -> FastAPI:
    """Return the application over ``bot``.

    ``token`` is the owner's bearer token, empty: nobody is the owner; ``parts`` tells the state of whatever else
    must be ready before the server is. ``accounts`` are those of the bot's database, where they are not given.
    ``events`` answers what Slack sends.
    """
    settings = bot.settings
    app = FastAPI(
        title="Dapbot",
        version=_version(),
        description="Answers from a company's own FAQ.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page would load a script from elsewhere; ours is in pages.py
        redoc_url=None,
        lifespan=_lifespan,
    )
    describe(app)
    app.state.bot = bot
    _ = bot.metrics  # counted from here on
    app.state.token = token
    app.state.parts = parts
    app.state.events = events
    app.state.language = settings.language
    secret = load_secret(settings)
    app.state.door = Door(settings, accounts or Accounts(bot.sessions), secret)
    app.state.conversations = Conversations(secret)
    app.state.visitors = Visitors(secret, secure=app.state.door.secure)
    app.state.streams = Streams()
    app.state.examples = Examples(bot)
    app.state.previews = Previews()
    app.state.kept_settings = KeptSettings(bot.sessions, bot.settings, bot.renew_model)
    app.state.checks = checks_of(bot, parts)
    app.state.said = Filling(bot.sessions)
    app.state.erasures = Erasures()
    for router in ROUTERS:
        app.include_router(router)
    app.mount(f"/static/{static_version()}", _Forever(directory=STATIC))
    app.add_exception_handler(HTTPException, refusals.handle_http_error)
    app.add_exception_handler(RequestValidationError, refusals.handle_wrong_body)
    app.add_exception_handler(DapbotError, refusals.handle_dapbot_error)
    app.add_middleware(Gate)
    app.add_middleware(Guard, public_url=settings.public_url, name=settings.web_host.strip("[]"))
    return app


def _version() -> str:
    try:
        return version("dapbot")
    except PackageNotFoundError:  # run from the source folder, not installed
        return "0"


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.asking = anyio.CapacityLimiter(THREADS)  # threads of their own: answers may wait for a model
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    app.state.said.start()
    yield
    app.state.said.stop()


class _Forever(StaticFiles):
    """Static files whose address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, to be kept."""
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response
