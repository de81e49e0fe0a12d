"""`dapbot serve`: the owner of the data folder, with the web server and the indexer, until it is told to stop."""

import errno
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from bot.database.examples import example_questions
from bot.errors import DataError, OperatorError, SettingsError
from bot.kept_settings import with_stored
from bot.owner import Ownership, find_owner
from bot.phrases import say
from bot.reach import is_loopback
from bot.settings import Settings
from connectors import running
from connectors.channels import channels_of
from connectors.mail.starting import Listening, listening_to_mail
from connectors.slack.starting import listening_to_slack
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.indexer import Indexer
    from bot.wiring import Bot
    from connectors.slack.app import SlackApp

log = logging.getLogger(__name__)

PORTS_TRIED = 50
PATIENCE_SECONDS = 10
"""For a command that has the folder for a moment, such as one question in a terminal."""


def listen(host: str, port: int, *, beyond: bool = False) -> socket.socket:
    """Return a listening socket on ``port``, or on the next free one (0: any); ``beyond``: others may reach it.

    Raises:
        SettingsError: the host is not this machine's alone, or it has no free port near.
    """
    if not beyond and not is_loopback(host):
        raise SettingsError("serve.beyond", host=host)
    tried = range(port, min(port + PORTS_TRIED, 65_536)) if port else (0,)
    for each in tried:
        made = _bound(host, each)
        if made:
            return made
    raise SettingsError("serve.no_port", host=host, first=port, last=tried[-1])


def _bound(host: str, port: int) -> socket.socket | None:
    """Return a socket that listens on this port, None where another program does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there it would let two programs share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(1024)
    except PermissionError as error:
        made.close()
        raise SettingsError("serve.failed", host=f"{host}:{port}", reason=error.strerror) from error
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            return None
        raise SettingsError("serve.failed", host=f"{host}:{port}", reason=error.strerror) from error
    return made


def address_of(made: socket.socket, host: str) -> str:
    """Return what to type into a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is told apart
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{made.getsockname()[1]}"


def run(settings: Settings, language: Language, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM, then stop cleanly within a few seconds.

    ``tell`` shows a line to whoever started it.

    Raises:
        OperatorError: another process has the data folder, the address cannot be used, or a setting is wrong.
    """
    host = settings.web_host.strip("[]")
    with ExitStack() as undo:
        ownership = _own(settings, undo)
        settings = with_stored(settings)
        stop = undo.enter_context(running.stop_signals())
        beyond = not is_loopback(host) and _has_admin(settings)
        made = undo.enter_context(closing(listen(host, settings.web_port, beyond=beyond)))
        from bot.accounts import Accounts
        from bot.indexer import Indexer
        from bot.presence import INBOX, present
        from bot.wiring import build_bot  # here: whoever cannot have the folder is told so at once

        bot = build_bot(settings, ownership=ownership, channels=channels_of(settings))
        undo.callback(running.close, bot)
        Accounts(bot.sessions).tidy()
        address = address_of(made, host)
        owner = ownership.announce(address)
        indexer = Indexer(bot.library).start()
        undo.callback(indexer.stop, running.GRACE_SECONDS)
        _ = bot.llm  # a model that the settings name but nobody can use is told before the page opens
        work = undo.enter_context(running.at_work(bot))
        undo.enter_context(present(bot, "serve", indexer, {INBOX: work.workers.wake}))
        slack = undo.enter_context(listening_to_slack(bot))
        heard: dict[str, Listening] = {**undo.enter_context(listening_to_mail(bot))}
        if slack is not None:
            heard["slack"] = slack
        parts = lambda: {"documents": _state(indexer), **work.parts(), **{n: a.state for n, a in heard.items()}}  # noqa: E731
        server = undo.enter_context(_web(bot, made, owner.token, parts, slack))
        if settings.web_port not in (0, made.getsockname()[1]):
            tell(say("serve.other_port", language, wanted=settings.web_port, port=made.getsockname()[1]))
        _say_ready(bot, address, language, tell)
        running.say_if_paused(bot, language, tell)
        bot.warm()  # only now: loading would hold the page's start up
        while not stop.wait(0.5):
            if not server.is_alive():
                raise OperatorError("serve.failed", host=host, reason="")
        tell(say("serve.stopping", language))
    tell(say("serve.stopped", language))
    running.leave_behind()


def _has_admin(settings: Settings) -> bool:
    """Tell whether someone may sign in and do everything: without, nobody beyond this machine is let near."""
    from bot.accounts import Accounts
    from bot.database.opening import opened

    with opened(settings) as sessions:
        return Accounts(sessions).has_admin()


def _own(settings: Settings, undo: ExitStack) -> Ownership:
    """Take the data folder for this process, and give it back at the end."""
    ownership = undo.enter_context(Ownership(settings.data))
    until = time.monotonic() + PATIENCE_SECONDS
    while not ownership.take():
        owner = find_owner(settings.data)
        if owner is not None and owner.address:
            raise OperatorError("serve.running", address=owner.address)
        if time.monotonic() > until:
            raise DataError("serve.locked", folder=settings.data)
    return ownership


def _say_ready(bot: "Bot", address: str, language: Language, tell: Callable[[str], None]) -> None:
    """Say where the page is and what to try there."""
    tell(say("serve.ready", language, address=address))
    _say_who_may_come(bot, language, tell)
    with bot.sessions() as session:
        questions = example_questions(session, language, bot.clock().date(), 1)
    tell(say("serve.try", language, question=questions[0]) if questions else say("serve.try.empty", language))


def _say_who_may_come(bot: "Bot", language: Language, tell: Callable[[str], None]) -> None:
    """Say what whoever opens the server to others should know."""
    from bot.accounts import Accounts

    public = bot.settings.public_url
    if public:
        known = Accounts(bot.sessions).any()
        tell(say("serve.public" if known else "serve.public_nobody", language, address=public))
    if not is_loopback(bot.settings.web_host) and not public.startswith("https:"):
        tell(say("serve.plain", language))


@contextmanager
def _web(
    bot: "Bot",
    made: socket.socket,
    token: str,
    parts: Callable[[], dict[str, str]],
    slack: "SlackApp | None" = None,
) -> Iterator[threading.Thread]:
    """Serve the web application on a socket, in a thread; at the end, let whoever is being answered go.

    All threads below it are daemons: a model that does not answer cannot keep the program from stopping.
    """
    import uvicorn

    from connectors.web.app import create_app

    app = create_app(bot, token=token, parts=parts, events=slack.answer if slack else None)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            ws="none",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=running.GRACE_SECONDS,
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [made]}, name="web", daemon=True)
    thread.start()
    try:
        while thread.is_alive() and not server.started:
            thread.join(0.01)
        yield thread
    finally:
        app.state.streams.close()
        server.should_exit = True
        thread.join(2 * running.GRACE_SECONDS)


def _state(indexer: "Indexer") -> str:
    """Return the indexer's state for /ready: one that has given up for now is not ready."""
    return indexer.state.replace("off:", "failed:")
