"""Forms as people fill them in: what Slack sends of fields that nobody touched, and of those that somebody did."""

from collections.abc import Mapping
from typing import Any

from tests.servers.slack_workspace import JSON

_ONE = {"static_select", "external_select", "radio_buttons", "overflow"}
_SEVERAL = {"multi_static_select", "multi_external_select", "checkboxes"}
_NAMED = {
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "multi_users_select": "users",
    "multi_conversations_select": "conversations",
    "multi_channels_select": "channels",
}


def filled(view: JSON, **changes: JSON) -> dict[str, dict[str, JSON]]:
    """Return the values of a view's fields as they are submitted: ``changes`` by action id, the others as shown."""
    values: dict[str, dict[str, JSON]] = {}
    unknown = set(changes)
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        action = element["action_id"]
        unknown.discard(action)
        values[block["block_id"]] = {action: _as_shown(element) | changes.get(action, {})}
    assert not unknown, f"no such fields: {unknown}"
    return values


def chosen(*options: JSON) -> JSON:
    """Return what a field holds in which several things were chosen."""
    return {"selected_options": list(options)}


def picked(view: JSON, action_id: str, value: str) -> JSON:
    """Return what a field holds in which one thing was chosen, by its value."""
    element = next(b["element"] for b in view["blocks"] if b.get("element", {}).get("action_id") == action_id)
    return {"selected_option": next(each for each in element["options"] if each["value"] == value)}


def options_of(answer: Any) -> list[JSON]:
    """Return what an app offered in a list. AssertionError where Slack would not show it."""
    assert isinstance(answer, Mapping), answer
    assert ("options" in answer) != ("option_groups" in answer)
    groups = answer.get("option_groups") or [{"label": {"text": "-"}, "options": answer.get("options")}]
    for group in groups:
        assert 0 < len(group["label"]["text"]) <= 75
        assert len(group["options"]) <= 100
    found = [each for group in groups for each in group["options"]]
    for each in found:
        assert each["text"]["type"] == "plain_text"
        assert 0 < len(each["text"]["text"]) <= 75
        assert 0 < len(each["value"]) <= 150
    return found


def _as_shown(element: JSON) -> JSON:
    kind = element["type"]
    if kind in _ONE:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _SEVERAL:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in _NAMED:
        name = _NAMED[kind]
        return {"type": kind, f"selected_{name}": element.get(f"initial_{name}", [] if kind[:5] == "multi" else None)}
    return {"type": kind, "value": element.get("initial_value")}
