"""People with browsers: they keep their cookies, send the token of the page they are on, and follow no redirect."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from tests.servers.dapbot import Answer, Site

FORM = "application/x-www-form-urlencoded"


class Clock:
    """A clock in the test's hands, that goes on from now."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def turn(self, span: timedelta) -> None:
        self.ahead += span


@dataclass
class Person:
    """One browser."""

    site: Site
    language: str = "ko"
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    """Headers that go with every request."""

    def send(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request as a browser does that shows a page."""
        every = {"Accept": "text/html", "Accept-Language": self.language, **self.extra}
        if self.cookies:
            every["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.site.call(method, path, body, {**every, **(headers or {})})
        self._keep(answer)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form with the token of the page shown last; ``csrf_token=`` sends another."""
        return self.send("POST", path, urlencode({"csrf_token": self.token, **fields}), {"Content-Type": FORM})

    def sign_in(self, name: str, password: str, to: str = "") -> Answer:
        self.get(f"/sign-in?next={to}")
        answer = self.post("/sign-in", name=name, password=password, next=to)
        if answer.status == 303:
            self.get("/account")
        return answer

    @property
    def session(self) -> str:
        """The name of the session's cookie, "" without one."""
        return next((name for name in self.cookies if "session" in name), "")

    def _keep(self, answer: Answer) -> None:
        for line in answer.cookies:
            name, _, rest = line.partition("=")
            value = rest.partition(";")[0].strip('"')
            if "Max-Age=0" in line or not value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        found = re.search(r'<meta name="csrf-token" content="([^"]+)"', answer.text) if answer.is_page else None
        if found:
            self.token = found[1]


def alert(answer: Answer) -> str:
    """Return the sentence of a page that says what went wrong."""
    found = re.search(r'role="alert">([^<]+)', answer.text)
    return html.unescape(found[1]) if found else ""
