"""Links to messages and channels, as people paste them and as Slack passes them on with a command."""

import html
import re
from dataclasses import dataclass

_CHANNEL = re.compile(r"<#(?P<id>[CGD][A-Z0-9]{2,20})(?:\|(?P<name>[^<>]{0,100}))?>")
_ARCHIVE = re.compile(
    r"https://[\w.-]+/archives/(?P<channel>[CGD][A-Z0-9]{2,20})(?:/p(?P<ts>\d{11,17}))?"
    r"(?:\?(?P<query>[^\s<>|]{0,300}))?(?=$|[\s<>|/])"
)
_THREAD = re.compile(r"(?:^|&)thread_ts=(?P<ts>\d{5,11}\.\d{1,6})(?:&|$)")
_WRAPPED = re.compile(r"<(https://[^<>|]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link leads to: a channel; ``ts``: a message in it; ``thread``: the first message of its thread."""

    channel: str
    ts: str = ""
    thread: str = ""


def taken_out(text: str) -> tuple[Linked | None, str]:
    """Return the first link to a channel or a message in a text as Slack sends it, and the text without it."""
    plain = _WRAPPED.sub(lambda found: html.unescape(found[1]), text)
    archive, channel = _ARCHIVE.search(plain), _CHANNEL.search(plain)
    if archive is not None and (channel is None or archive.start() < channel.start()):
        return _linked(archive), _without(plain, archive)
    if channel is not None:
        return Linked(channel["id"]), _without(plain, channel)
    return None, text


def _linked(found: re.Match[str]) -> Linked:
    digits = found["ts"] or ""
    ts = f"{digits[:-6]}.{digits[-6:]}" if digits else ""
    thread = _THREAD.search(found["query"] or "")
    return Linked(found["channel"], ts, thread["ts"] if thread and ts else "")


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split(" ")).strip()
