"""A web application on a free port of this process, for tests that hold its model in their hands."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from connectors.serve import listen
from connectors.web.app import create_app
from tests.servers.dapbot import Site

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.wiring import Bot


@contextmanager
def served(bot: "Bot", token: str = "") -> Iterator[Site]:
    """Serve ``bot``; yield where."""
    with served_app(create_app(bot, token=token), bot) as site:
        yield site


@contextmanager
def served_app(app: "FastAPI", bot: "Bot") -> Iterator[Site]:
    """Serve an application; yield where."""
    made = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [made]}, daemon=True)
    thread.start()
    try:
        yield Site("127.0.0.1", made.getsockname()[1], bot.settings.data)
    finally:
        app.state.streams.close()
        server.should_exit = True
        thread.join(10)
        made.close()
