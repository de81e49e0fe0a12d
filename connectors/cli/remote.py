"""The bot of the server that owns the data folder, asked over its loopback address (DESIGN 1.3)."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from bot.errors import DataError, UserError
from bot.messages import Event, Message, Nearest, Reply, Source, Tokens
from knowledge.language import Language

TIMEOUT = 120.0
"""Seconds without a byte; an answer's own deadline (DAPBOT_LLM_DEADLINE) is well below."""


class RemoteBot:
    """Asks as the owner: with the token of ``owner.json``, which only this user can read.

    ``language`` is that of the server's own sentences; answers are in the language of the question.
    """

    def __init__(self, address: str, token: str, language: Language) -> None:
        self._address = (address if "://" in address else f"http://{address}").rstrip("/")
        self._token = token
        self._language = language
        self._opener = build_opener(ProxyHandler({}))  # this machine is never reached through a proxy

    def ask(self, message: Message, *, record: bool = True) -> Reply:
        """Return the reply.

        Raises:
            DataError: the server does not answer, or not as Dapbot would.
            UserError: the server refused, with its own sentence.
        """
        with self._post("/api/v1/ask", _question_line(message, record), "application/json") as response:
            return reply_from(json.load(response))

    def stream(self, message: Message, *, record: bool = True) -> Iterator[Event]:
        """Yield the events of the reply as the server sends them; errors as for `ask`."""
        with self._post("/api/v1/ask", _question_line(message, record), "text/event-stream") as response:
            kind = ""
            for kind, data in _server_events(response):
                yield _event(kind, data)
            if kind not in ("done", "error"):
                raise ValueError("the stream broke off")

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Return the JSON that the server answers to ``body``; errors as for `ask`."""
        with self._post(path, body, "application/json") as response:
            return json.load(response)

    def events(self, path: str, body: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the events of long work as the server sends them; errors as for `ask`."""
        with self._post(path, body, "text/event-stream") as response:
            kind = ""
            for kind, data in _server_events(response):
                if kind == "error":
                    raise UserError("cli.server_refused", address=self._address, said=data["error"])
                yield kind, data
            if kind != "done":
                raise ValueError("the stream broke off")

    @contextmanager
    def _post(self, path: str, body: Mapping[str, Any], accept: str) -> Iterator[IO[bytes]]:
        """Yield the answer to be read; whatever goes wrong on the way becomes a sentence."""
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Accept": accept,
            "Accept-Language": self._language,
        }
        request = Request(self._address + path, json.dumps(body).encode(), headers)  # noqa: S310 - from owner.json
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                yield response
        except HTTPError as error:
            with error:
                raise UserError("cli.server_refused", address=self._address, said=_sentence(error)) from error
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
            raise DataError("cli.server_silent", address=self._address, reason=error) from error


def ready_parts(address: str) -> dict[str, str]:
    """Return the state of each part of a server as its /ready tells it; of no part where it does not answer."""
    opener = build_opener(ProxyHandler({}))
    try:
        try:
            with opener.open(f"{address.rstrip('/')}/ready", timeout=5) as response:
                said = json.load(response)
        except HTTPError as error:
            with error:
                said = json.load(error)
        return {str(name): str(state) for name, state in said["parts"].items()}
    except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError):
        return {}


def reply_from(line: Mapping[str, Any]) -> Reply:
    """Return the reply that an answer line of the JSON contract holds."""
    return Reply(
        answer_id=line["answer_id"],
        conversation=line["conversation"],
        text=line["answer"],
        answered=line["answered"],
        confidence=line["confidence"],
        task=line["task"],
        language=line["language"],
        sources=tuple(Source(**source) for source in line["sources"]),
        nearest=tuple(Nearest(**near) for near in line["nearest"]),
        checks=line["checks"],
        model=line["model"],
        tokens=Tokens(**line["tokens"]),
        cost_usd=line["cost_usd"],
        latency_ms=line["latency_ms"],
        extract=line["extract"],
        notice=line.get("notice"),
        error=line.get("error"),
    )


def _question_line(message: Message, record: bool) -> dict[str, Any]:
    line = {
        "question": message.text,
        "conversation": message.conversation,
        "language": message.language,
        "audience": sorted(message.audience) or None,
        "person": message.person,
        "channel": message.channel,
        "task": message.task or None,
        "options": dict(message.options) or None,
    }
    return {name: value for name, value in line.items() if value is not None} | ({} if record else {"record": False})


def _server_events(response: IO[bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (event, data) of a text/event-stream; comments, which keep the line open, are passed over."""
    kind, data = "", ""
    for raw in response:
        line = raw.decode().rstrip("\r\n")
        if line.startswith("event:"):
            kind = line[6:].strip()
        elif line.startswith("data:"):
            data += line[5:].strip()
        elif not line and kind:
            yield kind, json.loads(data)
            kind, data = "", ""


def _event(kind: str, data: Mapping[str, Any]) -> Event:
    if kind == "done":
        return Event("done", reply=reply_from(data))
    if kind == "sources":
        return Event("sources", sources=tuple(Source(**source) for source in data["sources"]))
    if kind == "error":
        return Event("error", text=data["error"])
    return Event("status" if kind == "status" else "text", text=data["text"])


def _sentence(error: HTTPError) -> str:
    """Return what the server said, else its status."""
    try:
        said = json.load(error)
    except (ValueError, OSError):
        said = None
    return str(said["error"]) if isinstance(said, dict) and said.get("error") else f"HTTP {error.code}"
