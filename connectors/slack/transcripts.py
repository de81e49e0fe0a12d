"""What people wrote in a channel or a thread, read for somebody who may read it there themselves.

A worker does this, never a listener. Nothing is read that the asker could not open in Slack: a public channel is for
every member of the company, everything else for those who are in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.channels import ChannelError
from connectors.slack.calls import RefusedError, said_no
from connectors.slack.periods import Period
from connectors.slack.posted import READ, readable, seconds
from connectors.slack.talk import MOST, Line, Transcript, newest
from connectors.slack.workspace import Colleague, Workspace

A_PAGE = 200
"""Messages that are asked for at a time, as Slack recommends."""

THREADS = 30
"""Threads of a channel whose replies are read, the newest: each is a call of about fifty a minute."""

EARLIER = 100
"""Messages before the period that are looked at for threads in which somebody has written since."""

MOST_PAGES = 50
"""Pages of one thread."""

MEMBERS = 500
"""Members of a channel that are asked for at a time."""

_NOT_IN = frozenset({"not_in_channel", "channel_not_found", "no_permission", "access_denied"})
_GONE = frozenset({"thread_not_found", "message_not_found"})


class UnreadableError(Exception):
    """It cannot be read for this person; ``phrase`` says why, with ``values``."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.values = values


class Transcripts:
    """Reads for people what they may read; threads share it. ``client`` is for reading alone."""

    def __init__(self, client: WebClient, workspace: Workspace) -> None:
        self._client = client
        self._workspace = workspace

    def channel(self, channel: str, asker: Colleague, period: Period) -> Transcript:
        """Return what was written in a channel in a period, its threads with it.

        Raises:
            UnreadableError: the asker, or the bot, may not read it; or nothing was written.
            ChannelError: Slack does not answer.
        """
        name = self._let_in(channel, asker)
        with self._explained():
            roots, older = self._roots(channel, period)
            replies, unread = self._replies(channel, roots, period)
        began = period.since.timestamp()
        posts = [*(each for each in roots if _at(each) >= began), *replies]
        own = max((_at(each) for each in posts if each.get("user") == asker.id), default=0.0) if period.own else 0.0
        if own:
            posts, older, unread = [each for each in posts if _at(each) > own], False, 0
        lines = self._lines(each for each in posts if _written(each))
        if not lines:
            raise UnreadableError("slack.command.nothing_since" if own else "slack.command.nothing_written")
        kept, cut = newest(lines)
        since = datetime.fromtimestamp(own, period.since.tzinfo) if own else period.since
        return Transcript(kept, name, since, period.until, older or cut, unread, unseen=period.own and not own)

    def thread(self, channel: str, ts: str, asker: Colleague, *, alone: bool = False) -> Transcript:
        """Return the thread that a message is in, or, ``alone``, that message.

        Raises:
            UnreadableError: as above; or the message is gone.
            ChannelError: Slack does not answer.
        """
        name = self._let_in(channel, asker)
        with self._explained():
            posts = self._thread(channel, ts)
            root = str(posts[0].get("thread_ts") or ts) if posts else ts
            if not alone and posts and str(posts[0]["ts"]) != root:  # ``ts`` is that of a reply
                posts = self._thread(channel, root)
        chosen = [each for each in posts if each.get("ts") == ts]
        if not chosen:
            raise UnreadableError("slack.command.message_gone")
        # a bot's posts are left out, but for the one that somebody points at: it may be what a customer wrote
        lines = self._lines(each for each in (chosen if alone else posts) if _written(each) or each in chosen)
        if not lines:
            raise UnreadableError("slack.command.nothing_written")
        kept, cut = newest(lines)
        return Transcript(kept, name, older=cut or len(posts) >= MOST_PAGES * A_PAGE)

    # --- who may read

    def _let_in(self, channel: str, asker: Colleague) -> str:
        """Return the channel's name. UnreadableError where the asker may not read it, or the bot is not in it."""
        if channel.startswith("D"):  # the bot's other direct messages are other people's
            if self._workspace.direct(asker.id) != channel:
                raise UnreadableError("slack.command.between_others")
            return ""
        with self._explained():
            with said_no():
                info = self._client.conversations_info(channel=channel)["channel"]
            public = not info.get("is_private") and not info.get("is_mpim")
            if not (public and asker.member) and not self._is_in(channel, asker.id):
                raise UnreadableError("slack.command.not_yours")
        if not info.get("is_member") and not info.get("is_mpim"):
            raise UnreadableError("slack.command.not_there", name=self._workspace.identity().name)
        return "" if info.get("is_mpim") else str(info.get("name") or "")

    def _is_in(self, channel: str, user: str) -> bool:
        cursor: str | None = None
        while True:
            with said_no():
                said = self._client.conversations_members(channel=channel, limit=MEMBERS, cursor=cursor)
            if user in (said.get("members") or ()):
                return True
            cursor = _next(said)
            if not cursor:
                return False

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn Slack's refusals into what may be said to the asker."""
        try:
            yield
        except RefusedError as refusal:
            if refusal.code in _NOT_IN:
                raise UnreadableError("slack.command.not_there", name=self._workspace.identity().name) from refusal
            if refusal.code in _GONE:
                raise UnreadableError("slack.command.message_gone") from refusal
            if refusal.code == "missing_scope":
                raise UnreadableError("slack.command.no_scope") from refusal
            raise

    # --- reading

    def _roots(self, channel: str, period: Period) -> tuple[list[dict[str, Any]], bool]:
        """Return a channel's own messages, the newest first, and whether older ones of the period were left out.

        Behind them a few from before the period, for their threads.
        """
        oldest = f"{period.since.timestamp():.6f}"
        latest = f"{period.until.timestamp():.6f}" if period.until else None
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            with said_no():
                said = self._client.conversations_history(
                    channel=channel, oldest=oldest, latest=latest, inclusive=True, limit=A_PAGE, cursor=cursor
                )
            found += said.get("messages") or ()
            cursor = _next(said)
            if not cursor:
                break
            if len(found) >= MOST:
                return found[:MOST], True
        with said_no():
            before = self._client.conversations_history(channel=channel, latest=oldest, limit=EARLIER)
        return [*found, *(before.get("messages") or ())], False

    def _replies(
        self, channel: str, roots: Sequence[Mapping[str, Any]], period: Period
    ) -> tuple[list[dict[str, Any]], int]:
        """Return the replies of the period, with what they reply to, and how many threads were not read."""
        began, until = period.since.timestamp(), period.until.timestamp() if period.until else float("inf")
        threads = [
            each for each in roots if each.get("reply_count") and seconds(str(each.get("latest_reply"))) >= began
        ]
        threads.sort(key=lambda each: seconds(str(each.get("latest_reply"))), reverse=True)
        there = {str(each["ts"]) for each in roots if _at(each) >= began}
        found: dict[str, dict[str, Any]] = {}
        read = 0
        for root in threads[:THREADS]:
            if len(found) >= MOST:
                break
            read += 1
            posts = self._thread(channel, str(root["ts"]), since=f"{began:.6f}")
            inside = [each for each in posts if each["ts"] != root["ts"] and began <= _at(each) < until]
            if inside and str(root["ts"]) not in there:
                inside = [each for each in posts if each["ts"] == root["ts"]] + inside
            found |= {str(each["ts"]): each for each in inside if str(each["ts"]) not in there}
        return list(found.values()), len(threads) - read

    def _thread(self, channel: str, ts: str, since: str | None = None) -> list[dict[str, Any]]:
        """Return a thread, its first message first, then its replies since then."""
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            with said_no():
                said = self._client.conversations_replies(
                    channel=channel, ts=ts, oldest=since, inclusive=True, limit=A_PAGE, cursor=cursor
                )
            found += said.get("messages") or ()
            cursor = _next(said)
            if not cursor:
                break
        return list({str(each["ts"]): each for each in found}.values())  # each page brings the first message anew

    def _lines(self, posts: Iterable[Mapping[str, Any]]) -> list[Line]:
        own = self._workspace.identity().user
        found = {}
        for each in posts:
            text = readable(str(each.get("text") or ""), own=own, name=self._name)
            files = [str(file.get("name") or "") for file in each.get("files") or ()]
            text = " ".join(filter(None, [text, *(f"[{name}]" for name in files if name)]))
            if text and each.get("user") != own:
                ts, user = str(each["ts"]), str(each.get("user") or each.get("bot_id") or "")
                found[ts] = Line(ts, str(each.get("thread_ts") or ts), user, self._writer(each), text)
        return sorted(found.values(), key=lambda line: (seconds(line.thread), seconds(line.ts)))

    def _writer(self, post: Mapping[str, Any]) -> str:
        name = str(post.get("username") or "") or self._name(str(post.get("user") or ""))
        return " ".join(name.replace(":", " ").split())[:40] or "?"

    def _name(self, user: str) -> str:
        try:
            return self._workspace.colleague(user).name if user else ""
        except ChannelError:
            return ""


def _written(post: Mapping[str, Any]) -> bool:
    """Tell whether a person wrote it."""
    return bool(post.get("user")) and not post.get("bot_id") and (post.get("subtype") or "") in READ


def _at(post: Mapping[str, Any]) -> float:
    return seconds(str(post.get("ts")))


def _latest(post: Mapping[str, Any]) -> float:
    return seconds(str(post.get("latest_reply")))


def _next(said: Any) -> str | None:
    return (said.get("response_metadata") or {}).get("next_cursor") or None
