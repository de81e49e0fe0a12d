"""What Slack's Web API tells: the team, people, groups, channels and what was written there."""

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.servers.slack_workspace import APP, BOT, BOT_USER, JSON, TEAM, Room, SlackError

if TYPE_CHECKING:
    from tests.servers.slack_web import Call


def auth_test(call: "Call") -> JSON:
    return {
        "url": "https://loopback.slack.example/",
        "team": "루프백",
        "user": "dapbot",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "is_enterprise_install": False,
    }


def api_test(call: "Call") -> JSON:
    if call.text("error"):
        raise SlackError(call.text("error"))
    return {"args": call.arguments}


def team_info(call: "Call") -> JSON:
    return {"team": {"id": TEAM, "name": "루프백", "domain": "loopback", "url": "https://loopback.slack.example/"}}


def bots_info(call: "Call") -> JSON:
    return {"bot": {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "Dapbot", "deleted": False}}


def connections_open(call: "Call") -> JSON:
    return {"url": call.slack.socket_url()}


def replies(call: "Call") -> JSON:
    room = _read(call)
    ts = call.required("ts", "thread_not_found")
    if ts not in room.posts:
        raise SlackError("thread_not_found")
    first = room.posts[ts].get("thread_ts") or ts
    found = list(call.slack.workspace.thread(room, first))
    head, rest = [each for each in found if each["ts"] == first], [each for each in found if each["ts"] != first]
    kept, tail = _page(call, _between(call, rest), 1000)
    return {"messages": [_seen(call, each) for each in [*head, *kept]], **tail}


def history(call: "Call") -> JSON:
    room = _read(call)
    found = [
        post
        for post in call.slack.workspace.visible(room)
        if post.get("thread_ts", post["ts"]) == post["ts"] or post.get("subtype") == "thread_broadcast"
    ]
    kept, tail = _page(call, list(reversed(_between(call, found))), 100)
    return {"messages": [_seen(call, each) for each in kept], **tail, "pin_count": len(room.pins)}


def info(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    if room.kind != "channel" and BOT_USER not in room.members:
        raise SlackError("channel_not_found")
    _allow(call, room, "read")
    hidden = set() if call.flag("include_num_members") else {"num_members"}
    return {"channel": {key: value for key, value in room.shown().items() if key not in hidden}}


def members(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    _allow(call, room, "read")
    if room.kind != "channel" and BOT_USER not in room.members:
        raise SlackError("channel_not_found")
    kept, tail = _page(call, sorted(room.members), 100)
    return {"members": kept, **tail}


def rooms(call: "Call") -> JSON:
    kinds = (call.text("types") or "public_channel").split(",")
    wanted = {
        {"public_channel": "channel", "private_channel": "group"}.get(each.strip(), each.strip()) for each in kinds
    }
    found = [
        room.shown()
        for room in call.slack.workspace.rooms.values()
        if room.kind in wanted
        and (room.kind == "channel" or BOT_USER in room.members)
        and not (room.archived and call.flag("exclude_archived"))
    ]
    kept, tail = _page(call, found, 100)
    return {"channels": kept, **tail}


def own_rooms(call: "Call") -> JSON:
    """The channels that the bot itself is in."""
    kinds = {"public_channel": "channel", "private_channel": "group"}
    wanted = [each.strip() for each in (call.text("types") or "public_channel").split(",")]
    for kind in wanted:
        call.need({"public_channel": "channels:read", "private_channel": "groups:read"}.get(kind, f"{kind}:read"))
    found = [
        room.shown()
        for room in call.slack.workspace.rooms.values()
        if room.kind in {kinds.get(kind, kind) for kind in wanted}
        and BOT_USER in room.members
        and not (room.archived and call.flag("exclude_archived"))
    ]
    kept, tail = _page(call, found, 100)
    return {"channels": kept, **tail}


def open_room(call: "Call") -> JSON:
    if call.text("channel"):
        room = call.slack.workspace.room(call.text("channel"))
    else:
        people = [each for each in call.text("users").split(",") if each]
        if not people or any(each not in call.slack.workspace.members for each in people):
            raise SlackError("user_not_found")
        if any(call.slack.workspace.members[each].bot for each in people):
            raise SlackError("cannot_dm_bot")
        room = call.slack.workspace.direct(*people)
    return {"channel": room.shown() if call.flag("return_im") else {"id": room.id}, "already_open": True}


def join(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    if room.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if room.archived:
        raise SlackError("is_archived")
    room.members.add(BOT_USER)
    return {"channel": room.shown()}


def leave(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    room.members.discard(BOT_USER)
    return {}


def user_info(call: "Call") -> JSON:
    member = call.slack.workspace.members.get(call.required("user", "user_not_found"))
    if member is None:
        raise SlackError("user_not_found")
    return {"user": member.shown() | ({"locale": member.locale} if call.flag("include_locale") else {})}


def users(call: "Call") -> JSON:
    found = [
        member.shown() | ({"locale": member.locale} if call.flag("include_locale") else {})
        for member in call.slack.workspace.members.values()
        if member.team == TEAM
    ]
    kept, tail = _page(call, found, 1000)
    return {"members": kept, "cache_ts": 1_790_000_000, **tail}


def user_by_mail(call: "Call") -> JSON:
    for member in call.slack.workspace.members.values():
        if member.email and member.email == call.text("email"):
            return {"user": member.shown()}
    raise SlackError("users_not_found")


def profile(call: "Call") -> JSON:
    member = call.slack.workspace.members.get(call.text("user") or BOT_USER)
    if member is None:
        raise SlackError("user_not_found")
    return {"profile": member.shown()["profile"]}


def groups(call: "Call") -> JSON:
    shown = []
    for group in call.slack.workspace.groups.values():
        if group["date_delete"] and not call.flag("include_disabled"):
            continue
        whom = {} if call.flag("include_users") else {"users": None}
        shown.append({key: value for key, value in (group | whom).items() if value is not None})
    return {"usergroups": shown}


def group_users(call: "Call") -> JSON:
    group = call.slack.workspace.groups.get(call.required("usergroup", "no_such_subteam"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group["users"])}


def _read(call: "Call") -> Room:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    _allow(call, room, "history")
    if BOT_USER not in room.members:
        raise SlackError("not_in_channel" if room.kind == "channel" else "channel_not_found")
    return room


def _allow(call: "Call", room: Room, what: str) -> None:
    kind = {"channel": "channels", "group": "groups"}.get(room.kind, room.kind)
    call.need(f"{kind}:{what}")


def _seen(call: "Call", post: JSON) -> JSON:
    hidden = {"streaming"} | (set() if call.flag("include_all_metadata") else {"metadata"})
    return {key: value for key, value in post.items() if key not in hidden}


def _between(call: "Call", posts: list[JSON]) -> list[JSON]:
    oldest, latest, both = call.text("oldest") or "0", call.text("latest") or "9" * 11, call.flag("inclusive")
    ends = {oldest, latest} if both else set()
    return [each for each in posts if float(oldest) < float(each["ts"]) < float(latest) or each["ts"] in ends]


def _page(call: "Call", found: list[Any], usual: int) -> tuple[list[Any], JSON]:
    """Return one page and what says how to get the next."""
    limit = max(1, min(call.number("limit", usual), 1000))
    start = 0
    if call.text("cursor"):
        try:
            start = int(base64.b64decode(call.text("cursor").encode()).decode().removeprefix("next:"))
        except ValueError as error:
            raise SlackError("invalid_cursor") from error
    more = start + limit < len(found)
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return found[start : start + limit], {"has_more": more, "response_metadata": {"next_cursor": cursor}}


METHODS: dict[str, tuple[Callable[["Call"], JSON], str]] = {
    "api.test": (api_test, ""),
    "auth.test": (auth_test, ""),
    "team.info": (team_info, "team:read"),
    "bots.info": (bots_info, "users:read"),
    "apps.connections.open": (connections_open, ""),
    "conversations.replies": (replies, ""),
    "conversations.history": (history, ""),
    "conversations.info": (info, ""),
    "conversations.members": (members, ""),
    "conversations.list": (rooms, ""),
    "conversations.open": (open_room, "im:write"),
    "conversations.join": (join, "channels:join"),
    "conversations.leave": (leave, ""),
    "users.conversations": (own_rooms, ""),
    "users.info": (user_info, "users:read"),
    "users.list": (users, "users:read"),
    "users.lookupByEmail": (user_by_mail, "users:read.email"),
    "users.profile.get": (profile, "users.profile:read"),
    "usergroups.list": (groups, "usergroups:read"),
    "usergroups.users.list": (group_users, "usergroups:read"),
}
