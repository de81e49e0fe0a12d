"""The Slack app: listeners that only keep what came, over Socket Mode or over HTTP."""

import logging
import threading
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler

from bot.channels import ChannelError
from bot.errors import DapbotError
from connectors.slack.calls import said_no
from connectors.slack.channel import SlackChannel
from connectors.slack.listeners import register
from connectors.slack.troubles import watching

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.settings import Settings
    from bot.wiring import Bot

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds between two tries to reach Slack at the start; the last holds on."""

AT_ONCE = 20
"""Events that are looked at side by side."""

GRACE = 0.5
"""Seconds for the end of the connection."""

STATUSES = 4
"""Threads that show that the bot is at it: where they are all busy, it shows by the reply itself."""

WAITING = 50
"""Such small things that may wait for one of these threads."""


class SlackApp:
    """What listens to Slack while the block runs; ``state`` says how it stands.

    Starting needs Slack only in the background: a company whose network is down has its web page all the same.
    """

    def __init__(self, bot: "Bot", client: "WebClient", channel: SlackChannel) -> None:
        self._bot = bot
        self._client = client
        self._channel = channel
        self._stop = threading.Event()
        self._after = ThreadPoolExecutor(STATUSES, thread_name_prefix="slack-after")
        self._room = threading.BoundedSemaphore(WAITING)
        self._handler: SocketModeHandler | None = None
        self._thread = threading.Thread(target=self._begin, name="slack", daemon=True)
        self._troubles = watching(channel)
        self.app: App | None = None
        self._state = "starting"

    @property
    def state(self) -> str:
        """Return "ready", or what is in the way: for /ready and the web's pages."""
        refused = self._troubles.token if self._troubles is not None else ""
        return f"failed: {refused}" if refused else self._state

    def start(self) -> "SlackApp":
        """Begin to listen, in the background."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Listen no more; what was accepted is kept."""
        self._stop.set()
        self._after.shutdown(wait=False, cancel_futures=True)
        if self._handler is not None:  # the library waits some seconds for its own threads: nobody need wait for it
            ending = threading.Thread(target=_close, args=(self._handler,), name="slack-close", daemon=True)
            ending.start()
            ending.join(GRACE)
        self._thread.join(GRACE)

    def __enter__(self) -> "SlackApp":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def answer(self, body: str, headers: Mapping[str, str]) -> tuple[int, str, Mapping[str, str]]:
        """Return status, body and headers of the answer to a request of Slack's over HTTP.

        Without a secret to check it by, nothing is taken; before Slack is reached, it is to come again.
        """
        if self._bot.settings.slack_signing_secret is None:
            return 404, "", {}
        if self.app is None:
            return 503, "", {"Retry-After": "5"}
        said = self.app.dispatch(BoltRequest(body=body, headers=dict(headers)))
        return said.status, said.body or "", {name: values[0] for name, values in said.headers.items() if values}

    def _begin(self) -> None:
        """Try until Slack answers, then listen."""
        tries = 0
        while not self._stop.is_set():
            try:
                self._listen()
            except (ChannelError, DapbotError, OSError) as error:
                self._state = f"failed: {error}"
                log.warning("Slack: %s", error)
            except Exception as error:  # noqa: BLE001 - whatever the library raises, the next try may go well
                self._state = f"failed: {type(error).__name__}"
                log.warning("Slack cannot be listened to: %s", type(error).__name__)
            else:
                self._state = "ready"
                self._look_after()
                return
            self._stop.wait(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    def _look_after(self) -> None:
        """Where Slack does not take our token any more, ask from time to time whether it does again."""
        if self._troubles is not None:
            self._troubles.found_all()
        while not self._stop.wait(PAUSES[-1]):
            if self._troubles is not None and self._troubles.token:
                with suppress(ChannelError), said_no():
                    self._client.auth_test()

    def _listen(self) -> None:
        identity = self._channel.workspace.identity()
        self.app = bolt_app(self._client, self._bot.settings)
        register(self.app, self._bot, self._channel, self._soon)
        token = self._bot.settings.slack_app_token
        if token is not None and self._handler is None:
            handler = SocketModeHandler(self.app, token.get_secret_value(), concurrency=AT_ONCE)
            handler.connect()  # type: ignore[no-untyped-call]
            self._handler = handler
        log.info("Slack: listening as %s in %s", identity.name, identity.url or identity.team)

    def _soon(self, act: Callable[[], object]) -> None:
        """Do something that nobody waits for; where too much is waiting already, it is left out."""
        if self._room.acquire(blocking=False):
            try:
                self._after.submit(self._done, act)
            except RuntimeError:  # it is time to stop
                self._room.release()

    def _done(self, act: Callable[[], object]) -> None:
        try:
            act()
        except (ChannelError, DapbotError) as error:
            log.info("Slack: something small was left out: %s", error)
        except Exception as error:  # noqa: BLE001 - it would be lost without a word, in a thread nobody waits for
            at = traceback.extract_tb(error.__traceback__)[-1]
            log.error("Slack: something small failed: %s at %s:%d", type(error).__name__, at.name, at.lineno)  # noqa: TRY400 - no content
        finally:
            self._room.release()


def _close(handler: SocketModeHandler) -> None:
    try:
        handler.close()  # type: ignore[no-untyped-call]
    except (AttributeError, OSError) as error:  # slack_sdk 3.47 closes a connection twice that was cut
        log.debug("closing Slack's connection: %s", error)


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether a line of the library says something: that our client has the token is as it should be."""
    return "`token` will be unused" not in record.getMessage()


def bolt_app(client: "WebClient", settings: "Settings") -> App:
    """Return the app without listeners. A listener that fails is not said to be done: Slack tells it once more."""
    secret = settings.slack_signing_secret
    logging.getLogger("slack_bolt.App").addFilter(_is_news)
    return App(
        client=client,
        signing_secret=secret.get_secret_value() if secret else "",
        request_verification_enabled=secret is not None,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )
