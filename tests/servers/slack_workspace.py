"""What a Slack workspace knows: people, channels, messages, streams, files, views. One lock holds all of it."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

TEAM, APP, BOT_USER, BOT = "T0LOOPBACK", "A0LOOPBACK", "U0DAPBOT", "B0DAPBOT"

JSON = dict[str, Any]


class SlackError(Exception):
    """An answer with ``ok: false``; ``extra`` goes beside the code."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


@dataclass
class Member:
    """A person or bot; ``guest``: "" or "restricted" or "ultra"; ``team`` another one's for an external person."""

    id: str
    name: str
    locale: str = "ko-KR"
    tz: str = "Asia/Seoul"
    email: str = ""
    guest: str = ""
    team: str = TEAM
    admin: bool = False
    bot: bool = False
    deleted: bool = False
    owner: bool = False

    def shown(self) -> JSON:
        """As ``users.info`` shows it."""
        profile = {"real_name": self.name, "display_name": self.name, "email": self.email, "team": self.team}
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.id.lower(),
            "real_name": self.name,
            "deleted": self.deleted,
            "tz": self.tz,
            "tz_offset": 32400,
            "profile": profile,
            "is_admin": self.admin or self.owner,
            "is_owner": self.owner,
            "is_primary_owner": self.owner,
            "is_restricted": bool(self.guest),
            "is_ultra_restricted": self.guest == "ultra",
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": 1_790_000_000,
        } | ({"is_stranger": True} if self.team != TEAM else {})


@dataclass
class Room:
    """A channel: ``kind`` is "channel" (public), "group" (private), "im" or "mpim"."""

    id: str
    name: str
    kind: str = "channel"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    shared: bool = False
    topic: str = ""
    pins: list[str] = field(default_factory=list)
    posts: dict[str, JSON] = field(default_factory=dict)
    """By ``ts``, as Slack shows them, with ``metadata``."""
    ephemeral: list[JSON] = field(default_factory=list)

    def shown(self) -> JSON:
        """As ``conversations.info`` shows it."""
        if self.kind == "im":
            partner = next((each for each in self.members if each != BOT_USER), "")
            return {"id": self.id, "is_im": True, "user": partner, "is_open": True, "is_archived": self.archived}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": False,
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "channel",
            "is_archived": self.archived,
            "is_member": BOT_USER in self.members,
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "context_team_id": TEAM,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }


@dataclass
class StreamState:
    """An open stream: its ``text`` and ``blocks`` so far, since when (monotonic seconds)."""

    room: str
    ts: str
    since: float
    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    tasks: dict[str, JSON] = field(default_factory=dict)


class Workspace:
    """The state. ``lag``: seconds until a new message is seen by conversations.replies and history."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition()
        self.members: dict[str, Member] = {
            BOT_USER: Member(BOT_USER, "Dapbot", bot=True),
            "USLACKBOT": Member("USLACKBOT", "Slackbot", bot=True),
        }
        self.rooms: dict[str, Room] = {}
        self.groups: dict[str, JSON] = {}
        self.streams: dict[tuple[str, str], StreamState] = {}
        self.files: dict[str, JSON] = {}
        self.contents: dict[str, bytes] = {}
        self.views: dict[str, JSON] = {}
        self.homes: dict[str, JSON] = {}
        self.statuses: list[JSON] = []
        self.prompts: list[JSON] = []
        self.titles: dict[tuple[str, str], str] = {}
        self.triggers: dict[str, tuple[float, str]] = {}
        """What a trigger id opens for: (valid until, monotonic seconds; the person)."""
        self.lag = 0.0
        self.stream_life = 300.0
        self.trigger_life = 3.0
        self._seen_from: dict[tuple[str, str], float] = {}
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self._changes = 0

    def identifier(self, letter: str) -> str:
        """Return an id that nothing else has."""
        return f"{letter}0{next(self._numbers):09d}"

    def new_ts(self) -> str:
        """Return a time stamp later than all before."""
        with self.lock:
            self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def room(self, channel: str) -> Room:
        """Return a channel, or the direct message with a person. SlackError where it is unknown."""
        with self.lock:
            if channel in self.rooms:
                return self.rooms[channel]
            if channel in self.members and channel != BOT_USER:
                return self.direct(channel)
            raise SlackError("channel_not_found")

    def direct(self, *people: str) -> Room:
        """Return the direct message of people with the bot, made where there was none."""
        with self.lock:
            wanted = {*people, BOT_USER}
            kind = "im" if len(people) == 1 else "mpim"
            for room in self.rooms.values():
                if room.kind == kind and room.members == wanted:
                    return room
            made = Room(self.identifier("D" if kind == "im" else "G"), "", kind, wanted)
            self.rooms[made.id] = made
            return made

    def keep(self, room: Room, post: JSON) -> JSON:
        """Put a message into a channel; count it as a reply of its thread."""
        with self.lock:
            room.posts[post["ts"]] = post
            self._seen_from[(room.id, post["ts"])] = time.monotonic() + self.lag
            parent = room.posts.get(post.get("thread_ts", ""))
            if parent is not None and parent is not post:
                self._count_reply(parent, post)
            self.told()
            return post

    @staticmethod
    def _count_reply(parent: JSON, post: JSON) -> None:
        users = parent.setdefault("reply_users", [])
        if post.get("user") not in users:
            users.append(post.get("user"))
        parent["thread_ts"] = parent["ts"]
        parent["reply_count"] = parent.get("reply_count", 0) + 1
        parent["reply_users_count"] = len(users)
        parent["latest_reply"] = post["ts"]

    def drop(self, room: Room, ts: str) -> JSON:
        """Take a message away. SlackError where it is not there."""
        with self.lock:
            if ts not in room.posts:
                raise SlackError("message_not_found")
            gone = room.posts.pop(ts)
            parent = room.posts.get(gone.get("thread_ts", ""))
            if parent is not None and parent is not gone:
                parent["reply_count"] = max(0, parent.get("reply_count", 1) - 1)
            self.told()
            return gone

    def visible(self, room: Room) -> list[JSON]:
        """Return the messages that a reader sees by now, the oldest first."""
        now = time.monotonic()
        with self.lock:
            return [post for ts, post in sorted(room.posts.items()) if self._seen_from.get((room.id, ts), 0.0) <= now]

    def thread(self, room: Room, ts: str) -> Iterator[JSON]:
        """Yield the messages of a thread that are seen by now, its first one first."""
        return (post for post in self.visible(room) if post["ts"] == ts or post.get("thread_ts") == ts)

    def trigger(self, person: str) -> str:
        """Return a trigger id of what a person just did."""
        with self.lock:
            made = f"{next(self._numbers)}.{TEAM}.{person}"
            self.triggers[made] = (time.monotonic() + self.trigger_life, person)
            return made

    def told(self) -> None:
        """Wake those who wait for something to hold."""
        with self.changed:
            self._changes += 1
            self.changed.notify_all()

    def wait_for(self, holds: Callable[[], object], seconds: float = 5.0) -> Any:
        """Wait until ``holds`` returns something true, and return that. AssertionError after ``seconds``."""
        until = time.monotonic() + seconds
        while True:
            seen = self._changes
            if found := holds():  # holding no lock: it may well call the server
                return found
            left = until - time.monotonic()
            if left <= 0:
                raise AssertionError(f"not within {seconds} s")
            with self.changed:
                if self._changes == seen:
                    self.changed.wait(min(left, 0.05))
