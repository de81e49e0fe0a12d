"""Files that people put into Slack, fetched with the bot's token: to the disk, up to a limit, from Slack alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.channels import ChannelError
from connectors.slack.calls import PATIENCE, RefusedError, reading, said_no
from knowledge.entries import Note
from knowledge.formats import MAX_BYTES

if TYPE_CHECKING:
    from slack_sdk import WebClient

AT_ONCE = 65_536
LONGEST = 300.0
"""Seconds for one file."""

HOSTS = (".slack.com", ".slack-gov.com")
"""Where Slack keeps files: the token is shown to nobody else."""

GONE = frozenset({"file_not_found", "file_deleted", "not_visible"})

Progress = Callable[[int, int], object]
"""Told how many bytes of how many are there."""


class UnfetchedError(Exception):
    """A file cannot be had, now or later; ``note`` says why and what to do."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(phrase)
        self.note = Note(phrase, values)


@dataclass(frozen=True, slots=True)
class Held:
    """A file as Slack describes it; ``size`` in bytes."""

    name: str
    size: int
    kind: str
    url: str


def described(client: "WebClient", file: str) -> Held:
    """Return what Slack knows of a file.

    Raises:
        UnfetchedError: it is gone, or is not Slack's to give out.
        ChannelError: Slack cannot be asked now.
    """
    client = reading(client)
    try:
        with said_no():
            found = client.files_info(file=file).get("file") or {}
    except RefusedError as refusal:
        if refusal.code in GONE:
            raise UnfetchedError("slack.files.gone") from refusal
        if refusal.code in ("missing_scope", "access_denied", "no_permission"):
            raise UnfetchedError("slack.files.no_right") from refusal
        raise
    return _held(found)


def _held(found: dict[str, Any]) -> Held:
    if found.get("mode") in ("tombstone", "hidden_by_limit"):
        raise UnfetchedError("slack.files.gone")
    url = str(found.get("url_private_download") or found.get("url_private") or "")
    if found.get("is_external") or not url:
        raise UnfetchedError("slack.files.elsewhere")
    size = found.get("size")
    name = str(found.get("name") or found.get("title") or "file")
    return Held(name, size if isinstance(size, int) else 0, str(found.get("mimetype") or ""), url)


def fetch(
    client: "WebClient", held: Held, target: Path, *, limit: int = MAX_BYTES, progress: Progress = lambda *_: None
) -> None:
    """Write the bytes of a file to ``target``; nothing of one that is larger than ``limit`` bytes stays there.

    Raises:
        UnfetchedError: it is too large, gone, or may not be read.
        ChannelError: Slack cannot be asked now.
    """
    if held.size > limit:
        raise _too_large(limit)
    if not _is_slacks(held.url, client.base_url):
        raise UnfetchedError("slack.files.elsewhere")
    address = quote(held.url, safe=":/?&=%#+,;@~!$'()*")
    request = Request(address, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 - looked at above
    try:
        with build_opener(_Staying).open(request, timeout=PATIENCE) as answer:
            _written(answer, held, target, limit, progress)
    except HTTPError as error:
        raise _refused(error) from error
    except (OSError, HTTPException, ValueError) as error:
        raise ChannelError(f"a file cannot be fetched from Slack: {type(error).__name__}") from error


def _written(answer: Any, held: Held, target: Path, limit: int, progress: Progress) -> None:
    begun, done = time.monotonic(), 0
    said = str(answer.headers.get("Content-Type") or "")
    if said.startswith("text/html") and not held.kind.startswith("text/html"):
        raise UnfetchedError("slack.files.no_right")  # the page to sign in: the token may not read it
    with target.open("wb") as file:
        while block := answer.read(AT_ONCE):
            done += len(block)
            if done > limit:
                raise _too_large(limit)
            if time.monotonic() - begun > LONGEST:
                raise TimeoutError
            file.write(block)
            progress(done, held.size)
    if held.size and done < held.size:
        raise ChannelError("a file ended before its end")


def _too_large(limit: int) -> UnfetchedError:
    return UnfetchedError("slack.files.too_large", limit=limit // 1_000_000)


def _refused(error: HTTPError) -> Exception:
    if error.code == 429 or error.code >= 500:
        said = error.headers.get("Retry-After") or ""
        return ChannelError(f"a file is refused: {error.code}", retry_after=float(said) if said.isdigit() else None)
    return UnfetchedError("slack.files.gone" if error.code in (404, 410) else "slack.files.no_right")


def _is_slacks(url: str, api: str) -> bool:
    """Tell whether an address is one of Slack's own, or of the server that is set instead of Slack's."""
    there, ours = urlsplit(url), urlsplit(api)
    if (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
        return True
    return there.scheme == "https" and f".{(there.hostname or '').lower()}".endswith(HOSTS) and there.port is None


class _Staying(HTTPRedirectHandler):
    """Goes nowhere else: a token must not be shown to whoever an answer names."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing: what comes instead of the file is taken for a refusal."""
        return
