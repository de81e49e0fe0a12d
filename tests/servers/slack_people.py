"""People in Slack and what they do: they write, edit, react, click, fill in forms, type commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.servers.slack_surfaces import react, unreact
from tests.servers.slack_workspace import APP, BOT_USER, JSON, TEAM, Member, Room

if TYPE_CHECKING:
    from tests.servers.slack import SlackServer
    from tests.servers.slack_delivery import Delivery


@dataclass(frozen=True)
class Said:
    """What a person wrote: where it is, and what the app was told about it."""

    room: Room
    ts: str
    post: JSON
    events: tuple["Delivery", ...] = field(default=())

    @property
    def acked(self) -> bool:
        return all(each.acked for each in self.events)


class Person:
    """Somebody in the workspace; each act changes its state and tells the app what Slack tells it."""

    def __init__(self, slack: "SlackServer", member: Member) -> None:
        self.slack = slack
        self.member = member
        self.id = member.id

    @property
    def direct(self) -> Room:
        """The direct message with the bot."""
        return self.slack.direct(self)

    def says(self, room: Room, text: str, thread: str = "", files: Mapping[str, bytes] | None = None) -> Said:
        """Write a message; with a mention in a channel the app gets ``message`` and ``app_mention``, two event ids."""
        post: JSON = {"type": "message", "user": self.id, "text": text, "team": self.member.team}
        post |= {"ts": self.slack.workspace.new_ts(), "client_msg_id": self.slack.workspace.identifier("M")}
        elements = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]
        post["blocks"] = [{"type": "rich_text", "block_id": "b0", "elements": elements}]
        if self.member.bot:
            post |= {"subtype": "bot_message", "bot_id": f"B{self.id[1:]}", "username": self.member.name}
        if files:
            held = [self.slack.new_file(name, content, self.id) for name, content in files.items()]
            post |= {"files": held, "upload": False} | ({} if self.member.bot else {"subtype": "file_share"})
        if thread:
            post |= {"thread_ts": thread, "parent_user_id": room.posts.get(thread, {}).get("user", "")}
        self.slack.workspace.keep(room, post)
        return Said(room, post["ts"], post, tuple(self._told(room, dict(post))))

    def _told(self, room: Room, post: JSON) -> list["Delivery"]:
        if BOT_USER not in room.members:
            return []
        place = {"channel": room.id, "event_ts": post["ts"]}
        beside = {"is_ext_shared_channel": room.shared}
        told = [self.slack.event({**post, **place, "channel_type": room.kind}, **beside)]
        if self.slack.mention in post["text"] and room.kind != "im":
            told.append(self.slack.event({**post, **place, "type": "app_mention"}, **beside))
        return told

    def edits(self, said: Said, text: str) -> "Delivery":
        """Change what was written."""
        before, ts = dict(said.post), self.slack.workspace.new_ts()
        said.post.update(text=text, edited={"user": self.id, "ts": ts})
        return self._changed(said.room, ts, dict(said.post), before)

    def deletes(self, said: Said) -> "Delivery":
        """Take away what was written."""
        gone = self.slack.workspace.drop(said.room, said.ts)
        return self._changed(said.room, self.slack.workspace.new_ts(), None, gone)

    def _changed(self, room: Room, ts: str, post: JSON | None, before: JSON) -> "Delivery":
        change: JSON = {"type": "message", "hidden": True, "ts": ts, "event_ts": ts, "previous_message": before}
        change |= {"channel": room.id, "channel_type": room.kind}
        change |= {"subtype": "message_changed", "message": post} if post else {"subtype": "message_deleted"}
        return self.slack.event(change if post else change | {"deleted_ts": before["ts"]})

    def joins(self, room: Room) -> "Delivery":
        """Enter a channel: the message of it, and the event."""
        room.members.add(self.id)
        ts = self.slack.workspace.new_ts()
        text = f"<@{self.id}>님이 채널에 참여했습니다"
        post: JSON = {"type": "message", "subtype": "channel_join", "user": self.id, "text": text, "ts": ts}
        self.slack.workspace.keep(room, post)
        joined = {"type": "member_joined_channel", "user": self.id, "channel": room.id, "channel_type": "C"}
        self.slack.event(joined | {"team": TEAM, "event_ts": ts})
        return self.slack.event({**post, "channel": room.id, "channel_type": room.kind, "event_ts": ts})

    def invites_bot(self, room: Room) -> "Delivery":
        """Invite the bot into a channel."""
        room.members.add(BOT_USER)
        joined = {"type": "member_joined_channel", "user": BOT_USER, "channel": room.id, "channel_type": "C"}
        return self.slack.event(joined | {"team": TEAM, "inviter": self.id, "event_ts": self.slack.workspace.new_ts()})

    def removes_bot(self, room: Room) -> "Delivery":
        """Take the bot out of a channel."""
        room.members.discard(BOT_USER)
        left = {"type": "channel_left" if room.kind == "channel" else "group_left", "channel": room.id}
        return self.slack.event(left | {"actor_id": self.id, "event_ts": self.slack.workspace.new_ts()})

    def archives(self, room: Room) -> "Delivery":
        """Archive a channel."""
        room.archived = True
        return self.slack.event({"type": "channel_archive", "channel": room.id, "user": self.id})

    def reacts(self, room: Room, ts: str, name: str, *, off: bool = False) -> "Delivery":
        """Put a reaction on a message ("pushpin" is the pin), or take it ``off``."""
        post = room.posts[ts]
        if off:
            unreact(post, name, self.id)
        else:
            react(post, name, self.id)
        item = {"type": "message", "channel": room.id, "ts": ts}
        event = {"type": "reaction_removed" if off else "reaction_added", "user": self.id, "reaction": name}
        return self.slack.event(
            event | {"item": item, "item_user": post.get("user"), "event_ts": self.slack.workspace.new_ts()}
        )

    def opens_home(self, tab: str = "home") -> "Delivery":
        """Open the app's page: ``home`` or ``messages``."""
        event: JSON = {"type": "app_home_opened", "user": self.id, "channel": self.direct.id, "tab": tab}
        if tab == "home" and self.id in self.slack.workspace.homes:
            event["view"] = self.slack.workspace.homes[self.id]
        return self.slack.event(event | {"event_ts": self.slack.workspace.new_ts()})

    def clicks(self, room: Room, post: JSON, action_id: str, value: str | None = None, **more: Any) -> "Delivery":
        """Click what has an action id in a message (``value`` chooses one of several of it); ``more``: of a choice."""
        action, block = found_action(post.get("blocks", []), action_id, value)
        hidden = bool(post.get("is_ephemeral"))
        container = {"type": "message", "message_ts": post["ts"], "channel_id": room.id, "is_ephemeral": hidden}
        if post.get("thread_ts"):
            container["thread_ts"] = post["thread_ts"]
        origin = {"channel": room.id, "ts": post["ts"], "user": self.id}
        payload = self._interactive("block_actions") | {
            "container": container,
            "channel": {"id": room.id, "name": room.name or "directmessage"},
            "state": {"values": more.pop("state", {})},
            "response_url": self.slack.response_url(origin),
            "actions": [acted(action, block, value, self.slack.workspace.new_ts()) | more],
        }
        return self.slack.deliverer.deliver("interactive", payload if hidden else payload | {"message": dict(post)})

    def clicks_in(self, view: JSON, action_id: str, value: str | None = None, **more: Any) -> "Delivery":
        """Click something in a modal or on App Home."""
        action, block = found_action(view.get("blocks", []), action_id, value)
        payload = self._interactive("block_actions") | {"container": {"type": "view", "view_id": view["id"]}}
        acts = [acted(action, block, value, self.slack.workspace.new_ts()) | more]
        return self.slack.deliverer.deliver("interactive", payload | {"view": dict(view), "actions": acts})

    def submits(self, view: JSON, values: Mapping[str, Mapping[str, JSON]] | None = None) -> "Delivery":
        """Submit a modal; ``values``: block id -> action id -> what is in the field. The answer has response_action."""
        shown = dict(view) | {"state": {"values": {key: dict(each) for key, each in (values or {}).items()}}}
        payload = self._interactive("view_submission") | {"view": shown, "response_urls": []}
        return self.slack.deliverer.deliver("interactive", payload)

    def looks_up(self, view: JSON, action_id: str, typed: str = "") -> "Delivery":
        """Open a list that is searched, and type into it. The answer has the options."""
        action, block = found_action(view.get("blocks", []), action_id, None)
        if len(typed) < action.get("min_query_length", 3):
            raise AssertionError(f"so little is not looked up under {action_id!r}: {typed!r}")
        payload = self._interactive("block_suggestion") | {"container": {"type": "view", "view_id": view["id"]}}
        payload |= {"action_id": action_id, "block_id": block["block_id"], "value": typed, "view": dict(view)}
        return self.slack.deliverer.deliver("interactive", payload)

    def closes(self, view: JSON) -> "Delivery":
        """Close a modal; the app is told where it asked for that."""
        view["open"] = False
        payload = self._interactive("view_closed") | {"view": dict(view), "is_cleared": False}
        return self.slack.deliverer.deliver("interactive", payload)

    def commands(self, room: Room, command: str, text: str = "") -> "Delivery":
        """Type a slash command."""
        form = {"token": "loopback", "team_id": TEAM, "team_domain": "loopback", "api_app_id": APP, "user_id": self.id}
        form |= {
            "user_name": self.member.id.lower(),
            "channel_id": room.id,
            "channel_name": room.name or "directmessage",
        }
        form |= {"command": command, "text": text, "trigger_id": self.slack.workspace.trigger(self.id)}
        form |= {"response_url": self.slack.response_url({"channel": room.id, "user": self.id})}
        return self.slack.deliverer.deliver("slash_commands", form | {"is_enterprise_install": "false"})

    def uses_shortcut(self, room: Room, post: JSON, callback_id: str) -> "Delivery":
        """Choose a message shortcut."""
        payload = self._interactive("message_action") | {
            "callback_id": callback_id,
            "message_ts": post["ts"],
            "message": dict(post),
            "channel": {"id": room.id, "name": room.name or "directmessage"},
            "response_url": self.slack.response_url({"channel": room.id, "ts": post["ts"], "user": self.id}),
        }
        return self.slack.deliverer.deliver("interactive", payload)

    def _interactive(self, kind: str) -> JSON:
        user = {"id": self.id, "username": self.id.lower(), "name": self.id.lower(), "team_id": self.member.team}
        return {
            "type": kind,
            "user": user,
            "api_app_id": APP,
            "token": "loopback",
            "team": {"id": TEAM, "domain": "loopback"},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.slack.workspace.trigger(self.id),
            "action_ts": self.slack.workspace.new_ts(),
        }


def found_action(blocks: list[JSON], action_id: str, value: str | None) -> tuple[JSON, JSON]:
    """Return what can be clicked under an action id, and its block. AssertionError where nothing can."""
    for block in blocks:
        held = [*block.get("elements", []), *(block[key] for key in ("accessory", "element") if key in block)]
        for each in held:
            if each.get("action_id") == action_id and (value is None or value in _values(each)):
                return each, block
    raise AssertionError(f"nothing to click under {action_id!r} {value or ''}")


def _values(element: JSON) -> list[str]:
    if element["type"] == "feedback_buttons":
        return [element["positive_button"]["value"], element["negative_button"]["value"]]
    return [str(each.get("value")) for each in element.get("options", [])] or [str(element.get("value"))]


def acted(element: JSON, block: JSON, value: str | None, ts: str) -> JSON:
    """Return an element as it is told that somebody used it."""
    action: JSON = {"type": element["type"], "action_id": element["action_id"], "block_id": block.get("block_id", "")}
    action["action_ts"] = ts
    if element["type"] in ("static_select", "overflow", "radio_buttons"):
        chosen = next((each for each in element["options"] if each["value"] == value), element["options"][0])
        return action | {"selected_option": chosen}
    if element["type"] == "feedback_buttons":
        return action | {"value": value or element["positive_button"]["value"]}
    return action | {key: element[key] for key in ("value", "text", "url") if key in element}
