"""Slack's HTTP side: the Web API as slack_sdk calls it, files, response URLs, and the door to Socket Mode."""

import email.parser
import email.policy
import email.utils
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.servers import slack_chat, slack_lists, slack_socket, slack_surfaces
from tests.servers.slack_faults import Broken, Cut, Fault, Hang, RateLimited, Refuse, Slow
from tests.servers.slack_workspace import JSON, SlackError

if TYPE_CHECKING:
    from tests.servers.slack import SlackServer

METHODS: dict[str, tuple[Callable[["Call"], JSON], str]] = {
    **slack_chat.METHODS,
    **slack_lists.METHODS,
    **slack_surfaces.METHODS,
}

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to Slack</body></html>"


@dataclass
class Call:
    """One call of the Web API: its arguments, when it came (monotonic seconds), and what was answered."""

    slack: "SlackServer"
    method: str
    arguments: JSON
    token: str = ""
    at: float = field(default_factory=time.monotonic)
    answer: JSON = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return an argument, "" where it is not there."""
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def required(self, name: str, otherwise: str = "invalid_arguments") -> str:
        """Return an argument; SlackError where it is missing."""
        if not self.text(name):
            raise SlackError(otherwise)
        return self.text(name)

    def flag(self, name: str) -> bool:
        """Return an argument that is on or off."""
        return self.text(name).lower() in ("1", "true")

    def number(self, name: str, usual: int) -> int:
        """Return a whole number."""
        try:
            return int(self.text(name) or usual)
        except ValueError as error:
            raise SlackError("invalid_arguments") from error

    def object(self, name: str) -> Any:
        """Return a list or an object; a form brings it as JSON."""
        value = self.arguments.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value) if value else None
            except ValueError as error:
                raise SlackError("invalid_arguments") from error
        return value

    def need(self, scope: str) -> None:
        """Raise ``missing_scope`` where the app was not granted a scope."""
        if scope and scope not in self.slack.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.slack.scopes)))


class Handler(BaseHTTPRequestHandler):
    """One connection; ``slack`` is set on a subclass for each server."""

    slack: "SlackServer"
    protocol_version = "HTTP/1.1"

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Slack's clock, which may differ from this machine's."""
        return email.utils.formatdate((timestamp or time.time()) + self.slack.clock_ahead, usegmt=True)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/link" and "websocket" in self.headers.get("Upgrade", "").lower():
            slack_socket.serve(self)
        elif path.startswith("/files/"):
            self._download(unquote(path))
        elif path.startswith("/api/"):
            self._called(b"")
        else:
            self.reply(404, b"not found", "text/plain")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        if path.startswith("/api/"):
            self._called(body)
        elif path.startswith("/response/"):
            self._responded(path.rpartition("/")[2], body)
        elif path.startswith("/upload/"):
            self.slack.fill_file(path.rpartition("/")[2], body)
            self.reply(200, f"OK - {len(body)}".encode(), "text/plain")
        else:
            self.reply(404, b"not found", "text/plain")

    def reply(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        """Answer; a client that is gone does not matter."""
        try:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _called(self, body: bytes) -> None:
        """Carry a call out, or let it fail as the script says."""
        url = urlsplit(self.path)
        arguments = dict(parse_qsl(url.query)) | parsed(self.headers.get("Content-Type", ""), body)
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        call = Call(self.slack, url.path.removeprefix("/api/"), arguments, bearer or str(arguments.pop("token", "")))
        fault = self.slack.note(call)
        if isinstance(fault, Hang | Cut):
            self._break(call, fault)
            return
        if isinstance(fault, RateLimited):
            self.answer(call, {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": f"{fault.retry_after:g}"})
            return
        if isinstance(fault, Broken):
            self.reply(fault.status, b"<html><body>Server Error</body></html>", "text/html")
            return
        if isinstance(fault, Slow):
            self.slack.stopped.wait(fault.seconds)
        self.answer(call, carried_out(call, fault))

    def answer(self, call: Call, said: JSON, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Send an answer of the Web API."""
        limited = said.pop("retry_after", None)
        if limited is not None:
            status, headers = 429, {"Retry-After": str(limited)}
        call.answer = said
        granted = {"x-oauth-scopes": ",".join(sorted(self.slack.scopes))}
        body = json.dumps(said, ensure_ascii=False).encode()
        self.reply(status, body, "application/json; charset=utf-8", granted | (headers or {}))
        self.slack.workspace.told()

    def _break(self, call: Call, fault: Hang | Cut) -> None:
        if fault.after:
            call.answer = carried_out(call, None)
        if isinstance(fault, Hang):
            self.slack.stopped.wait(fault.seconds)
        self.close_connection = True
        self.slack.workspace.told()

    def _responded(self, name: str, body: bytes) -> None:
        said = json.loads(body or b"{}")
        status, text = self.slack.respond(name, said)
        self.reply(status, text.encode(), "text/plain")

    def _download(self, path: str) -> None:
        """A file's bytes; the page to sign in where the token is missing, as Slack does."""
        named = path.split("/")[2]
        if self.headers.get("Authorization") != f"Bearer {self.slack.token}" or "files:read" not in self.slack.scopes:
            self.reply(200, LOGIN_PAGE, "text/html; charset=utf-8")
            return
        found = self.slack.workspace.files.get(named)
        if found is None:
            self.reply(404, b"", "text/plain")
        else:
            self.reply(200, self.slack.workspace.contents[named], found["mimetype"])


def carried_out(call: Call, fault: Fault | None) -> JSON:
    """Return what Slack answers, and do what was asked."""
    try:
        if isinstance(fault, Refuse):
            raise SlackError(fault.code, **fault.extra)
        known = METHODS.get(call.method)
        if known is None:
            raise SlackError("unknown_method")
        _let_in(call)
        if call.method not in ("api.test", "auth.test", "apps.connections.open"):
            call.need(known[1])
        with call.slack.workspace.lock:
            return {"ok": True, **json.loads(json.dumps(known[0](call)))}
    except SlackError as error:
        return {"ok": False, "error": error.code, **error.extra}


def _let_in(call: Call) -> None:
    if call.method == "api.test":
        return  # the only one that anybody may call
    if not call.token:
        raise SlackError("not_authed")
    if call.slack.revoked:
        raise SlackError("token_revoked")
    for_app = call.method == "apps.connections.open"
    if call.token != (call.slack.app_token if for_app else call.slack.token):
        other = call.token in (call.slack.app_token, call.slack.token)
        raise SlackError("not_allowed_token_type" if other else "invalid_auth")


def parsed(kind: str, body: bytes) -> JSON:
    """Return the arguments of a JSON body, a form, or a multipart form."""
    if kind.startswith("application/json"):
        return dict(json.loads(body or b"{}"))
    if kind.startswith("multipart/form-data"):
        whole = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
            b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
        )
        return {
            str(part.get_param("name", header="content-disposition")): (part.get_payload(decode=True) or b"").decode(
                "utf-8", "replace"
            )
            for part in whole.iter_parts()
        }
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def handler_of(slack: "SlackServer") -> type[Handler]:
    """Return the handler of one server."""
    return type("SlackHandler", (Handler,), {"slack": slack})
