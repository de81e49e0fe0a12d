"""Slack's ``chat.*``: messages, and messages that are written bit by bit."""

import time
from typing import TYPE_CHECKING, Any

from tests.servers.slack_limits import MOST_MARKDOWN, check_message
from tests.servers.slack_workspace import APP, BOT, BOT_USER, JSON, TEAM, Room, SlackError, StreamState

if TYPE_CHECKING:
    from tests.servers.slack_web import Call


def post_message(call: "Call") -> JSON:
    room = _open_room(call)
    post = _post(call, room)
    if call.text("thread_ts"):
        _in_thread(room, post, call.text("thread_ts"))
        if call.flag("reply_broadcast"):
            post["subtype"] = "thread_broadcast"
    call.slack.limit_rate(room.id)
    call.slack.workspace.keep(room, post)
    call.slack.tell_of_own(room, post)
    return {"channel": room.id, "ts": post["ts"], "message": _bare(post)}


def update(call: "Call") -> JSON:
    room, post = _own_message(call)
    if (room.id, post["ts"]) in call.slack.workspace.streams and not _expired(call, (room.id, post["ts"])):
        raise SlackError("streaming_state_conflict")
    before = dict(post)
    new = _post(call, room, updating=True)
    post["text"] = new["text"]
    if "blocks" in new or call.text("text") or call.text("markdown_text"):
        post.pop("blocks", None)
    post |= {key: new[key] for key in ("blocks", "attachments", "metadata") if key in new}
    post["edited"] = {"user": BOT_USER, "ts": call.slack.workspace.new_ts()}
    call.slack.workspace.told()
    call.slack.tell_of_own(room, post, before=before)
    return {"channel": room.id, "ts": post["ts"], "text": post["text"], "message": _bare(post)}


def delete(call: "Call") -> JSON:
    room, post = _own_message(call, "cant_delete_message")
    call.slack.workspace.drop(room, post["ts"])
    call.slack.tell_of_own(room, None, before=post)
    return {"channel": room.id, "ts": post["ts"]}


def post_ephemeral(call: "Call") -> JSON:
    room = _open_room(call)
    user = call.required("user")
    if user not in call.slack.workspace.members:
        raise SlackError("user_not_found")
    if user not in room.members:
        raise SlackError("user_not_in_channel")
    post = _post(call, room) | {"is_ephemeral": True, "user_shown": user}
    if call.text("thread_ts"):
        post["thread_ts"] = call.text("thread_ts")
    room.ephemeral.append(post)
    call.slack.workspace.told()
    return {"message_ts": post["ts"]}


def permalink(call: "Call") -> JSON:
    room = call.slack.workspace.room(call.required("channel"))
    ts = call.required("message_ts")
    if ts not in room.posts:
        raise SlackError("message_not_found")
    thread = room.posts[ts].get("thread_ts")
    tail = f"?thread_ts={thread}&cid={room.id}" if thread and thread != ts else ""
    return {
        "channel": room.id,
        "permalink": f"https://loopback.slack.example/archives/{room.id}/p{ts.replace('.', '')}{tail}",
    }


def start_stream(call: "Call") -> JSON:
    room = _open_room(call)
    thread = call.required("thread_ts", "invalid_thread_ts")
    if room.kind != "im":
        for name in ("recipient_team_id", "recipient_user_id"):
            call.required(name, f"missing_{name}")
    post = _new(call, room, "")
    _in_thread(room, post, thread)
    post["streaming"] = True
    stream = StreamState(room.id, post["ts"], time.monotonic())
    _take(call, stream)
    post["text"] = stream.text
    call.slack.limit_rate(room.id)
    with call.slack.workspace.lock:
        call.slack.workspace.streams[(room.id, post["ts"])] = stream
        call.slack.workspace.keep(room, post)
    return {"channel": room.id, "ts": post["ts"]}


def append_stream(call: "Call") -> JSON:
    room, stream = _stream(call)
    if not call.text("markdown_text") and not call.object("chunks"):
        raise SlackError("no_text")
    _take(call, stream)
    room.posts[stream.ts]["text"] = stream.text
    call.slack.workspace.told()
    return {"channel": room.id, "ts": stream.ts}


def stop_stream(call: "Call") -> JSON:
    room, stream = _stream(call)
    _take(call, stream)
    last = check_message(call.object("blocks"), "")
    post = room.posts[stream.ts]
    text = [{"type": "markdown", "text": stream.text}] if stream.text else []
    post |= {"text": stream.text, "blocks": [*text, *stream.tasks.values(), *stream.blocks, *last]}
    _with_ids(post["blocks"])
    if call.object("metadata"):
        post["metadata"] = _metadata(call.object("metadata"))
    post.pop("streaming")
    del call.slack.workspace.streams[(room.id, stream.ts)]
    call.slack.workspace.told()
    call.slack.tell_of_own(room, post)
    return {"channel": room.id, "ts": stream.ts, "message": _bare(post)}


def _open_room(call: "Call") -> Room:
    """Return the channel that may be written to."""
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    if room.archived:
        raise SlackError("is_archived")
    if BOT_USER not in room.members:
        if room.kind == "channel" and "chat:write.public" in call.slack.scopes:
            return room
        raise SlackError("not_in_channel" if room.kind == "channel" else "channel_not_found")
    return room


def _post(call: "Call", room: Room, *, updating: bool = False) -> JSON:
    """Return the message that a call describes, not kept yet."""
    text, markdown = call.text("text"), call.text("markdown_text")
    if markdown and (text or call.object("blocks")):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    blocks = check_message(call.object("blocks"), text, updating=updating)
    if not (text or markdown or blocks or call.object("attachments")):
        raise SlackError("no_text")
    post = _new(call, room, text or markdown)
    if markdown:
        blocks = [{"type": "markdown", "text": markdown}]
    if blocks or call.object("blocks") is not None:
        post["blocks"] = _with_ids(blocks)
    if call.object("attachments"):
        post["attachments"] = call.object("attachments")
    if call.object("metadata") is not None:
        post["metadata"] = _metadata(call.object("metadata"))
    return post


def _new(call: "Call", room: Room, text: str) -> JSON:
    who = {"user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM}
    profile = {"id": BOT, "app_id": APP, "name": "Dapbot", "deleted": False, "team_id": TEAM}
    return {"type": "message", **who, "bot_profile": profile, "text": text, "ts": call.slack.workspace.new_ts()}


def _with_ids(blocks: list[JSON]) -> list[JSON]:
    """Give every block its id, as Slack does."""
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"b{number}")
    return blocks


def _metadata(given: Any) -> JSON:
    """Return the metadata of a message; an empty object takes it away."""
    if not isinstance(given, dict):
        raise SlackError("invalid_metadata_format")
    if given and not ("event_type" in given and isinstance(given.get("event_payload"), dict)):
        raise SlackError("invalid_metadata_schema")
    return given


def _bare(post: JSON) -> JSON:
    """Return a message as the call's answer shows it."""
    return {key: value for key, value in post.items() if key != "streaming"}


def _in_thread(room: Room, post: JSON, thread: str) -> None:
    """Put a message into a thread; a reply's own ``ts`` stands for its thread."""
    parent = room.posts.get(thread)
    if parent is None:
        raise SlackError("thread_not_found")
    post["thread_ts"] = parent.get("thread_ts") or thread
    post["parent_user_id"] = room.posts.get(post["thread_ts"], parent).get("user", "")


def _own_message(call: "Call", foreign: str = "cant_update_message") -> tuple[Room, JSON]:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    if room.archived:
        raise SlackError("is_archived")
    post = room.posts.get(call.required("ts", "message_not_found"))
    if post is None:
        raise SlackError("message_not_found")
    if post.get("bot_id") != BOT:
        raise SlackError(foreign)
    return room, post


def _expired(call: "Call", key: tuple[str, str]) -> bool:
    """Tell whether a stream was open for too long; Slack has closed it by itself then."""
    workspace = call.slack.workspace
    if time.monotonic() - workspace.streams[key].since <= workspace.stream_life:
        return False
    del workspace.streams[key]
    workspace.room(key[0]).posts[key[1]].pop("streaming", None)
    return True


def _stream(call: "Call") -> tuple[Room, StreamState]:
    room = call.slack.workspace.room(call.required("channel", "channel_not_found"))
    key = (room.id, call.required("ts", "message_not_found"))
    if key[1] not in room.posts:
        raise SlackError("message_not_found")
    if room.posts[key[1]].get("bot_id") != BOT:
        raise SlackError("message_not_owned_by_app")
    if key not in call.slack.workspace.streams or _expired(call, key):
        raise SlackError("message_not_in_streaming_state")
    return room, call.slack.workspace.streams[key]


def _take(call: "Call", stream: StreamState) -> None:
    """Add what a call brings to the stream; text travels in ``chunks`` or as ``markdown_text``."""
    markdown, chunks = call.text("markdown_text"), call.object("chunks") or []
    texts = [markdown, *(str(each.get("text", "")) for each in chunks if each.get("type") == "markdown_text")]
    if len(markdown) > MOST_MARKDOWN or sum(map(len, texts)) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    for each in chunks:
        kind = each.get("type")
        if kind == "blocks":
            stream.blocks += check_message(each.get("blocks"), "")
        elif kind in ("task_update", "plan_update"):
            stream.tasks[str(each.get("id", kind))] = {"type": "task_card", "title": each.get("title", "")}
        elif kind != "markdown_text":
            raise SlackError("invalid_chunks")
    stream.text += "".join(texts)


METHODS = {
    "chat.postMessage": (post_message, "chat:write"),
    "chat.update": (update, "chat:write"),
    "chat.delete": (delete, "chat:write"),
    "chat.postEphemeral": (post_ephemeral, "chat:write"),
    "chat.getPermalink": (permalink, ""),
    "chat.startStream": (start_stream, "chat:write"),
    "chat.appendStream": (append_stream, "chat:write"),
    "chat.stopStream": (stop_stream, "chat:write"),
}
