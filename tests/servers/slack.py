"""A loopback Slack workspace with state: the Web API, events over HTTP or Socket Mode, and people who act.

with SlackServer() as slack:
    minsu = slack.person("민수")
    help_desk = slack.channel("고객지원", minsu)
    client = WebClient(token=slack.token, base_url=slack.url)      # SLACK_BOT_TOKEN, SLACK_API_URL
    slack.deliverer.url = "http://127.0.0.1:3000/slack/events"     # HTTP; without it, Socket Mode
    said = minsu.says(help_desk, f"{slack.mention} 환불은 며칠 걸리나요?")
    slack.wait_for(lambda: slack.replies(help_desk, said.ts))
"""

import itertools
import mimetypes
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.servers.slack_delivery import Deliverer, Delivery, Lines
from tests.servers.slack_faults import Fault
from tests.servers.slack_people import Person
from tests.servers.slack_web import Call, handler_of
from tests.servers.slack_workspace import APP, BOT_USER, JSON, TEAM, Member, Room, SlackError, Workspace

SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history channels:join channels:read chat:write commands files:read"
    " files:write groups:history groups:read im:history im:read im:write mpim:history mpim:read pins:read pins:write"
    " reactions:read reactions:write team:read usergroups:read users:read users:read.email users.profile:read".split()
)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512


class SlackServer:
    """``clock_ahead``: seconds by which Slack's clock differs; ``posts_per_second``: 0 for no limit in a channel."""

    def __init__(self, *, agent_view: bool = True, echo: bool = True) -> None:
        self.token, self.app_token, self.signing_secret = "xoxb-loopback", "xapp-loopback", "loopback-signing-secret"
        self.scopes = set(SCOPES)
        self.agent_view, self.echo = agent_view, echo
        self.revoked = False
        self.clock_ahead = 0.0
        self.posts_per_second = 0.0
        self.workspace = Workspace()
        self.deliverer, self.lines = Deliverer(self), Lines(self)
        self.called: list[Call] = []
        self.responses: list[JSON] = []
        """What was posted to response URLs, with ``url_of`` (the delivery's id) beside it."""
        self.stopped = threading.Event()
        self._urls: dict[str, JSON] = {}
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._posted: dict[str, float] = {}
        self._numbers = itertools.count(1)
        self._http = _Http(("127.0.0.1", 0), handler_of(self))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def url(self) -> str:
        """The base of the Web API."""
        return f"{self.root}/api/"

    @property
    def mention(self) -> str:
        """What people write to mention the bot."""
        return f"<@{BOT_USER}>"

    def __enter__(self) -> Self:
        self._thread.start()
        self.deliverer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stopped.set()
        self.lines.cut()
        self.deliverer.stop()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def socket_url(self) -> str:
        """Return where to connect for Socket Mode."""
        return f"ws://127.0.0.1:{self._http.server_address[1]}/link?ticket={next(self._numbers)}&app_id={APP}"

    # --- the workspace

    def person(self, name: str, **known: Any) -> Person:
        """Add a person; ``known``: locale, tz, email, guest, team, admin, bot, as of ``Member``."""
        member = Member(self.workspace.identifier("U"), name, **known)
        self.workspace.members[member.id] = member
        return Person(self, member)

    def channel(
        self, name: str, *people: Person, kind: str = "channel", bot: bool = True, shared: bool = False
    ) -> Room:
        """Add a channel ("channel" is public, "group" private) with people, and the bot."""
        members = {each.id for each in people} | ({BOT_USER} if bot else set())
        room = Room(self.workspace.identifier("C"), name, kind, members, shared=shared)
        self.workspace.rooms[room.id] = room
        return room

    def direct(self, *people: Person) -> Room:
        """Return the direct message of people with the bot."""
        return self.workspace.direct(*(each.id for each in people))

    def group(self, handle: str, *people: Person, name: str = "") -> str:
        """Add a user group; return its id."""
        made = {"id": self.workspace.identifier("S"), "handle": handle, "name": name or handle, "date_delete": 0}
        made |= {"team_id": TEAM, "is_usergroup": True, "users": [each.id for each in people]}
        self.workspace.groups[str(made["id"])] = made
        return str(made["id"])

    def changes_group(self, named: str, **changes: Any) -> Delivery:
        """Change a user group: ``handle``, ``name``, ``users``, ``date_delete`` (seconds since 1970: switched off)."""
        group = self.workspace.groups[named]
        group.update(changes)
        return self.event({"type": "subteam_updated", "subteam": dict(group), "event_ts": self.workspace.new_ts()})

    def posts(self, room: Room, thread: str = "") -> list[JSON]:
        """Return the bot's messages in a channel, or in one thread; streams that run have ``streaming``."""
        with self.workspace.lock:
            found = [post for _, post in sorted(room.posts.items()) if post.get("user") == BOT_USER]
            return [post for post in found if not thread or post.get("thread_ts", post["ts"]) == thread]

    def replies(self, room: Room, thread: str) -> list[JSON]:
        """Return the bot's finished messages in a thread."""
        return [post for post in self.posts(room, thread) if not post.get("streaming")]

    def new_file(self, name: str, content: bytes, owner: str) -> JSON:
        """Put a file into the workspace."""
        named = self.workspace.identifier("F")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        link = f"{self.root}/files/{named}/download/file"
        made: JSON = {"id": named, "name": name, "title": name, "mimetype": kind, "filetype": name.rpartition(".")[2]}
        made |= {"size": len(content), "user": owner, "mode": "hosted", "is_external": False, "url_private": link}
        made |= {"url_private_download": link, "created": int(time.time())}
        self.workspace.files[named], self.workspace.contents[named] = made, content
        return made

    def fill_file(self, named: str, content: bytes) -> None:
        """Take the bytes of a file that was announced."""
        self.workspace.contents[named] = content
        self.workspace.files[named]["size"] = len(content)

    # --- calls

    def fails(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method ("*": of any) fail, one fault each, in order."""
        with self.workspace.lock:
            self._faults[method].extend(faults)

    def note(self, call: Call) -> Fault | None:
        """Keep a call; return what is to go wrong with it."""
        with self.workspace.lock:
            self.called.append(call)
            for key in (call.method, "*"):
                if self._faults[key]:
                    return self._faults[key].popleft()
        return None

    def calls(self, method: str) -> list[Call]:
        """Return the calls of a method so far, in order."""
        with self.workspace.lock:
            return [call for call in self.called if call.method == method]

    def limit_rate(self, room: str) -> None:
        """Refuse a post that comes too soon after the last one in its channel."""
        if self.posts_per_second:
            now = time.monotonic()
            wait = self._posted.get(room, 0.0) + 1 / self.posts_per_second - now
            if wait > 0:
                raise SlackError("ratelimited", retry_after=max(1, round(wait)))
            self._posted[room] = now

    def wait_for(self, holds: Callable[[], object], seconds: float = 5.0) -> Any:
        """Wait until something true comes out of ``holds``, and return it."""
        return self.workspace.wait_for(holds, seconds)

    def response_url(self, origin: JSON) -> str:
        """Return a URL that takes up to five answers; ``origin``: channel, ts and user of what they answer."""
        made = f"{next(self._numbers)}"
        self._urls[made] = origin | {"left": 5}
        return f"{self.root}/response/{made}"

    def respond(self, name: str, said: JSON) -> tuple[int, str]:
        """Take what was posted to a response URL."""
        origin = self._urls.get(name)
        if origin is None or origin["left"] <= 0:
            return 404, "used_url"
        with self.workspace.lock:
            origin["left"] -= 1
            self.responses.append(said | {"origin": origin})
            room = self.workspace.rooms.get(origin.get("channel", ""))
            if room is not None and origin.get("ts") in room.posts:
                if said.get("delete_original"):
                    self.workspace.drop(room, origin["ts"])
                elif said.get("replace_original"):
                    room.posts[origin["ts"]] |= {key: said[key] for key in ("text", "blocks") if key in said}
            self.workspace.told()
        return 200, "ok"

    # --- events

    def event(self, event: JSON, **beside: Any) -> Delivery:
        """Tell the app about an event, with an ``event_id`` of its own."""
        authorized = {"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "enterprise_id": None}
        payload: JSON = {
            "token": "loopback",
            "team_id": TEAM,
            "context_team_id": TEAM,
            "api_app_id": APP,
            "event": event,
        }
        payload |= {
            "type": "event_callback",
            "event_id": f"Ev{next(self._numbers):010d}",
            "event_time": int(time.time()),
        }
        payload |= {"authorizations": [authorized | {"is_enterprise_install": False}], "is_ext_shared_channel": False}
        return self.deliverer.deliver("events_api", payload | beside)

    def tell_of_own(self, room: Room, post: JSON | None, before: JSON | None = None) -> None:
        """Tell the app about its own message, as Slack does."""
        if self.echo and BOT_USER in room.members:
            self.event(message_event(room, self.workspace.new_ts(), post, before))


def message_event(room: Room, ts: str, post: JSON | None, before: JSON | None = None) -> JSON:
    """Return the event of a message that is new, changed (``before`` and ``post``) or gone (``before`` only)."""
    place = {"channel": room.id, "channel_type": room.kind}
    if before is None and post is not None:
        return {**post, **place, "event_ts": post["ts"]}
    changed = {"type": "message", "hidden": True, "ts": ts, "event_ts": ts, "previous_message": before, **place}
    if post is None:
        return changed | {"subtype": "message_deleted", "deleted_ts": (before or {}).get("ts")}
    return changed | {"subtype": "message_changed", "message": dict(post)}
