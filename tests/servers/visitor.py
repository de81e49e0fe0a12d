"""A browser without a screen: it keeps its cookies and sends the forms of our own pages."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.servers.dapbot import Answer, Site, form


@dataclass
class PageVisitor:
    """One visitor of one server; ``token`` is what the last page it opened carried."""

    site: Site
    language: str = "ko"
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def open(self, path: str) -> Answer:
        """Open a page, as far as it goes without being led on."""
        answer = self.call("GET", path)
        if found := re.search(rb'name="csrf-token" content="([0-9a-f]+)"', answer.body):
            self.token = found[1].decode()
        return answer

    def send(self, path: str, *files: tuple[str, bytes], **fields: str) -> Answer:
        """Send a form with the token of the last page."""
        if files:
            body, kind = form(files, csrf_token=self.token, **fields)
            return self.call("POST", path, body, **{"Content-Type": kind})
        return self.send_pairs(path, *fields.items())

    def send_pairs(self, path: str, *pairs: tuple[str, str]) -> Answer:
        """Send a form whose fields have names that are no Python names, or come more than once."""
        body = urlencode([("csrf_token", self.token), *pairs])
        return self.call("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def follow(self, answer: Answer) -> Answer:
        """Go where a response leads."""
        assert answer.status == 303, (answer.status, answer.text)
        return self.open(answer.headers["location"])

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send a request as the browser of this visitor would."""
        own = {"Accept": "text/html", "Accept-Language": self.language, "Sec-Fetch-Site": "same-origin"}
        if method != "GET":
            own["Origin"] = self.site.address
        if self.cookies:
            own["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.site.call(method, path, body, {**own, **headers})
        for line in filter(None, [answer.headers.get("set-cookie", "")]):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer
