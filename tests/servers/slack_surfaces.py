"""The rest of Slack's Web API: reactions, pins, modals and App Home, the assistant's line, files."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.servers.slack_limits import check_view
from tests.servers.slack_workspace import APP, BOT, BOT_USER, JSON, TEAM, Room, SlackError

if TYPE_CHECKING:
    from tests.servers.slack_web import Call


def add_reaction(call: "Call") -> JSON:
    _, post = _item(call)
    name = call.required("name", "invalid_name")
    marks = post.setdefault("reactions", [])
    mark = next((each for each in marks if each["name"] == name), None)
    if mark is not None and BOT_USER in mark["users"]:
        raise SlackError("already_reacted")
    react(post, name, BOT_USER)
    call.slack.workspace.told()
    return {}


def remove_reaction(call: "Call") -> JSON:
    _, post = _item(call)
    if not unreact(post, call.required("name", "invalid_name"), BOT_USER):
        raise SlackError("no_reaction")
    call.slack.workspace.told()
    return {}


def reactions(call: "Call") -> JSON:
    room, post = _item(call)
    return {"type": "message", "channel": room.id, "message": post}


def react(post: JSON, name: str, user: str) -> None:
    """Put a reaction on a message."""
    marks = post.setdefault("reactions", [])
    mark = next((each for each in marks if each["name"] == name), None)
    if mark is None:
        mark = {"name": name, "users": [], "count": 0}
        marks.append(mark)
    if user not in mark["users"]:
        mark["users"].append(user)
        mark["count"] += 1


def unreact(post: JSON, name: str, user: str) -> bool:
    """Take a reaction away; False where it was not there."""
    for mark in post.get("reactions", []):
        if mark["name"] == name and user in mark["users"]:
            mark["users"].remove(user)
            mark["count"] -= 1
            post["reactions"] = [each for each in post["reactions"] if each["count"]]
            return True
    return False


def add_pin(call: "Call") -> JSON:
    room, post = _item(call)
    if post["ts"] in room.pins:
        raise SlackError("already_pinned")
    room.pins.append(post["ts"])
    return {}


def remove_pin(call: "Call") -> JSON:
    room, post = _item(call)
    if post["ts"] not in room.pins:
        raise SlackError("no_pin")
    room.pins.remove(post["ts"])
    return {}


def pins(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    return {"items": [{"type": "message", "channel": room.id, "message": room.posts[ts]} for ts in room.pins]}


def _item(call: "Call") -> tuple[Room, JSON]:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    ts = call.required("timestamp", "bad_timestamp")
    if ts not in room.posts:
        raise SlackError("message_not_found")
    return room, room.posts[ts]


def open_view(call: "Call") -> JSON:
    person = _triggered(call)
    view = _new_view(call, check_view(call.object("view")), person)
    return {"view": view}


def push_view(call: "Call") -> JSON:
    person = _triggered(call)
    below = [each for each in call.slack.workspace.views.values() if each["user"] == person and each["open"]]
    if len(below) >= 3:
        raise SlackError("push_limit_reached")
    view = _new_view(call, check_view(call.object("view")), person)
    view["previous_view_id"] = below[-1]["id"] if below else None
    return {"view": view}


def update_view(call: "Call") -> JSON:
    views = call.slack.workspace.views
    named, outside = call.text("view_id"), call.text("external_id")
    view = views.get(named) if named else next((v for v in views.values() if v.get("external_id") == outside), None)
    if view is None or not view["open"]:
        raise SlackError("not_found")
    if call.text("hash") and call.text("hash") != view["hash"]:
        raise SlackError("hash_conflict")
    change_view(call.slack.workspace.new_ts(), view, check_view(call.object("view")))
    call.slack.workspace.told()
    return {"view": view}


def publish_view(call: "Call") -> JSON:
    user = call.required("user_id", "user_not_found")
    if user not in call.slack.workspace.members:
        raise SlackError("user_not_found")
    given = check_view(call.object("view"))
    if given["type"] != "home":
        raise SlackError("invalid_arguments")
    before = call.slack.workspace.homes.get(user)
    if before and call.text("hash") and call.text("hash") != before["hash"]:
        raise SlackError("hash_conflict")
    view = _new_view(call, given, user)
    call.slack.workspace.homes[user] = view
    call.slack.workspace.told()
    return {"view": view}


def _triggered(call: "Call") -> str:
    """Return the person whose act a trigger id stands for; it opens one view, within its seconds."""
    trigger = call.text("trigger_id")
    until, person = call.slack.workspace.triggers.get(trigger, (None, ""))
    if until is None:
        raise SlackError("invalid_trigger_id" if trigger else "invalid_arguments")
    if time.monotonic() > until:
        raise SlackError("expired_trigger_id")
    del call.slack.workspace.triggers[trigger]
    call.slack.workspace.triggers[trigger] = (0.0, person)
    return person


def _new_view(call: "Call", given: JSON, person: str) -> JSON:
    workspace = call.slack.workspace
    view = {
        "id": workspace.identifier("V"),
        "team_id": TEAM,
        "app_id": APP,
        "bot_id": BOT,
        "user": person,
        "open": True,
    }
    view |= {"root_view_id": view["id"], "previous_view_id": None, "app_installed_team_id": TEAM}
    change_view(workspace.new_ts(), view, given)
    workspace.views[str(view["id"])] = view
    workspace.told()
    return view


def change_view(ts: str, view: JSON, given: JSON) -> None:
    """Put new content into a view."""
    empty = {"private_metadata": "", "callback_id": "", "external_id": "", "state": {"values": {}}}
    view |= empty | given | {"hash": f"{ts}.hash"}
    for number, block in enumerate(view.get("blocks", [])):
        block.setdefault("block_id", f"b{number}")


def set_status(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel_id", "channel_not_found"))
    thread = call.required("thread_ts", "invalid_thread_ts")
    messages = call.object("loading_messages") or []
    if len(messages) > 10:
        raise SlackError("invalid_arguments")
    call.slack.workspace.statuses.append(
        {"channel": room.id, "thread_ts": thread, "status": call.text("status"), "loading_messages": messages}
    )
    call.slack.workspace.told()
    return {}


def set_prompts(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel_id", "channel_not_found"))
    given = call.object("prompts") or []
    if not given or len(given) > 4 or any(not each.get("title") or not each.get("message") for each in given):
        raise SlackError("invalid_arguments")
    if not (call.text("thread_ts") and call.slack.agent_view):  # there, a thread's are taken and never shown
        call.slack.workspace.prompts.append({"channel": room.id, "title": call.text("title"), "prompts": given})
        call.slack.workspace.told()
    return {}


def set_title(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel_id", "channel_not_found"))
    call.slack.workspace.titles[(room.id, call.required("thread_ts", "invalid_thread_ts"))] = call.text("title")
    return {}


def file_info(call: "Call") -> JSON:
    found = call.slack.workspace.files.get(call.required("file", "file_not_found"))
    if found is None:
        raise SlackError("file_not_found")
    return {"file": found, "comments": [], "response_metadata": {"next_cursor": ""}}


def upload_url(call: "Call") -> JSON:
    if call.number("length", 0) <= 0:
        raise SlackError("invalid_arguments")
    made = call.slack.new_file(call.required("filename", "invalid_arguments"), b"", BOT_USER)
    return {"upload_url": f"{call.slack.root}/upload/{made['id']}", "file_id": made["id"]}


def complete_upload(call: "Call") -> JSON:
    workspace = call.slack.workspace
    done = []
    for each in call.object("files") or []:
        found = workspace.files.get(each.get("id", ""))
        if found is None or not workspace.contents.get(found["id"]):
            raise SlackError("file_not_found")
        found["title"] = each.get("title") or found["name"]
        done.append(found)
    if call.text("channel_id"):
        room = workspace.room(call.text("channel_id"))
        post = {"type": "message", "subtype": "file_share", "user": BOT_USER, "bot_id": BOT, "files": done}
        post |= {"text": call.text("initial_comment"), "ts": workspace.new_ts(), "upload": True}
        workspace.keep(room, post | ({"thread_ts": call.text("thread_ts")} if call.text("thread_ts") else {}))
    return {"files": done}


METHODS: dict[str, tuple[Callable[["Call"], JSON], str]] = {
    "reactions.add": (add_reaction, "reactions:write"),
    "reactions.remove": (remove_reaction, "reactions:write"),
    "reactions.get": (reactions, "reactions:read"),
    "pins.add": (add_pin, "pins:write"),
    "pins.remove": (remove_pin, "pins:write"),
    "pins.list": (pins, "pins:read"),
    "views.open": (open_view, ""),
    "views.push": (push_view, ""),
    "views.update": (update_view, ""),
    "views.publish": (publish_view, ""),
    "assistant.threads.setStatus": (set_status, "assistant:write"),
    "assistant.threads.setSuggestedPrompts": (set_prompts, "assistant:write"),
    "assistant.threads.setTitle": (set_title, "assistant:write"),
    "files.info": (file_info, "files:read"),
    "files.getUploadURLExternal": (upload_url, "files:write"),
    "files.completeUploadExternal": (complete_upload, "files:write"),
}
