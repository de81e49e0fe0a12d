"""The process that ``slack_load.py`` measures: the bot with a slow model, or a bare Bolt app that only acknowledges.

It says "ready PORT" when it is connected. SIGUSR1 makes the model quick; at its end stdin is closed.
"""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient

from bot.llm import Chunk, Prompt
from bot.llm.scripted import ScriptedModel
from bot.messages import Tokens
from bot.wiring import build_bot
from connectors import running
from connectors.slack.starting import listening_to_slack, slack_channel
from tests.servers.databases import settings_of

FIRST, REST = "배송비는 3,000원이에요. [1]", " 50,000원 이상 주문하시면 무료예요. [1]"


class TimedModel(ScriptedModel):
    """Answers after ``seconds``; ``spoken`` has the moments (monotonic seconds) at which its first sentences ended."""

    def __init__(self, seconds: float, spoken: Path | None) -> None:
        super().__init__()
        self.seconds = seconds
        self._spoken = spoken

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        time.sleep(0.8 * self.seconds)
        yield Chunk(FIRST, Tokens(0, 10))
        if self._spoken is not None:
            with self._spoken.open("a") as file:
                file.write(f"{time.monotonic()}\n")
        pieces = [REST[at : at + 3] for at in range(0, len(REST), 3)]
        for piece in pieces:  # as they come from a model: that a sentence has ended is seen when the next one begins
            time.sleep(0.2 * self.seconds / len(pieces))
            yield Chunk(piece, Tokens(0, 1))
        yield Chunk("", Tokens(100, 0))


def run_bot(mode: str, url: str, data: str, seconds: float, spoken: str) -> None:
    """Be the bot until stdin ends."""
    heard = {"slack_app_token": "xapp-loopback"} if mode == "socket" else {"slack_signing_secret": SECRET}
    limits = {"messages_per_minute": 0, "messages_per_day": 0, "tokens_per_day": 0, "waiting_per_person": 10_000}
    token = {"slack_bot_token": "xoxb-loopback", "slack_api_url": url, "llm": ""}
    settings = settings_of(Path(data), **token, **heard, **limits, cache_days=0, language="ko")
    model = TimedModel(seconds, Path(spoken) if spoken else None)
    signal.signal(signal.SIGUSR1, lambda *_: setattr(model, "seconds", 0.05))
    channel = slack_channel(settings)
    assert channel is not None
    channel.streams = True
    with ExitStack() as undo:
        bot = undo.enter_context(build_bot(settings, llm=model, channels={"slack": channel}))
        undo.enter_context(running.at_work(bot))
        app = undo.enter_context(listening_to_slack(bot))
        port = 0
        if mode == "http":
            from connectors.web.app import create_app
            from tests.servers.web import served_app

            assert app is not None
            port = undo.enter_context(served_app(create_app(bot, events=app.answer), bot)).port
        while app is not None and app.state != "ready":
            time.sleep(0.05)
        bot.warm()
        wait(port)


SECRET = "loopback-signing-secret"


def run_bare(mode: str, url: str) -> None:
    """Be an app that says that it heard, and does nothing."""
    client = WebClient(token="xoxb-loopback", base_url=url)
    app = App(client=client, signing_secret=SECRET, process_before_response=True)
    app.event("message")(lambda: None)
    app.event("app_mention")(lambda: None)
    if mode == "socket":
        SocketModeHandler(app, "xapp-loopback", concurrency=20).connect()  # type: ignore[no-untyped-call]
        wait(0)
    else:
        from slack_bolt import BoltRequest
        from starlette.applications import Starlette
        from starlette.concurrency import run_in_threadpool
        from starlette.requests import Request
        from starlette.responses import Response
        from starlette.routing import Route

        async def take(request: Request) -> Response:
            body = (await request.body()).decode()
            said = await run_in_threadpool(app.dispatch, BoltRequest(body=body, headers=dict(request.headers)))
            return Response(said.body, status_code=said.status)

        serve_bare(Starlette(routes=[Route("/slack/events", take, methods=["POST"])]))


def serve_bare(site: object) -> None:
    import threading

    import uvicorn

    from connectors.serve import listen

    made = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(site, log_config=None, ws="none"))  # type: ignore[arg-type]
    threading.Thread(target=server.run, kwargs={"sockets": [made]}, daemon=True).start()
    wait(made.getsockname()[1])


def wait(port: int) -> None:
    print(f"ready {port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    what, mode, url, *rest = sys.argv[1:]
    if what == "bare":
        run_bare(mode, url)
    else:
        run_bot(mode, url, rest[0], float(rest[1]), rest[2])
