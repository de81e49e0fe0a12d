"""What Slack refuses in Block Kit: the same limits, said in the same words."""

from collections.abc import Iterator
from typing import Any

from tests.servers.slack_workspace import JSON, SlackError

MOST_TEXT, MOST_UPDATED_BYTES, MOST_MARKDOWN, MOST_BLOCK_CHARACTERS = 40_000, 4_000, 12_000, 13_200

_BLOCKS = {
    "section", "divider", "header", "context", "actions", "image", "input", "markdown", "rich_text", "file", "video",
    "context_actions", "table", "task_card", "plan", "alert", "card", "carousel", "data_table",
}  # fmt: skip
_ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5}
_INTERACTIVE = {
    "button", "static_select", "external_select", "users_select", "conversations_select", "channels_select",
    "multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select",
    "multi_channels_select", "overflow", "datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons",
    "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
    "feedback_buttons", "icon_button", "workflow_button",
}  # fmt: skip

Fault = tuple[str, str]
"""What is wrong, and where (a JSON pointer)."""


def check_message(blocks: Any, text: str, *, updating: bool = False) -> list[JSON]:
    """Return the blocks of a message. SlackError where Slack would refuse them or the text."""
    if len(text) > MOST_TEXT or (updating and len(_escaped(text).encode()) > MOST_UPDATED_BYTES):
        raise SlackError("msg_too_long")
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    refuse("invalid_blocks", list(faults(blocks, 50, "/blocks")))
    if sum(map(_shown, blocks)) > MOST_BLOCK_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return blocks


def _escaped(text: str) -> str:
    """As Slack counts it; what is escaped already is not escaped again."""
    plain = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _shown(block: JSON) -> int:
    """Return how much a block counts for the sum of a message: every text in it, and a little for itself."""
    return _characters(block) + 100 * (block["type"] == "divider")


def _characters(value: Any) -> int:
    if isinstance(value, dict):
        return sum(
            len(inner) if key in ("text", "title") and isinstance(inner, str) else _characters(inner)
            for key, inner in value.items()
        )
    return sum(map(_characters, value)) if isinstance(value, list) else 0


def check_view(view: Any) -> JSON:
    """Return a view. SlackError where Slack would refuse it."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        refuse("invalid_arguments", [("missing required field: type", "/view/type")])
    found = list(faults(view.get("blocks", []), 100, "/view/blocks", view=True))
    if view["type"] == "modal":
        found += _plain(view.get("title"), 24, "/view/title")
        for part in ("submit", "close"):
            found += _plain(view[part], 24, f"/view/{part}") if part in view else []
        if any(block.get("type") == "input" for block in view.get("blocks", [])) and "submit" not in view:
            found.append(("missing required field: submit", "/view/submit"))
    if len(view.get("private_metadata") or "") > 3000:
        found.append(("must be less than 3001 characters", "/view/private_metadata"))
    if len(view.get("callback_id") or "") > 255:
        found.append(("must be less than 256 characters", "/view/callback_id"))
    refuse("invalid_arguments", found)
    return view


def refuse(code: str, found: list[Fault]) -> None:
    """Raise what Slack says about faults; nothing where there are none."""
    if found:
        said = [f"{wrong} [json-pointer:{where}]" for wrong, where in found]
        raise SlackError(code, errors=said, response_metadata={"messages": [f"[ERROR] {each}" for each in said]})


def faults(blocks: list[Any], most: int, at: str, *, view: bool = False) -> Iterator[Fault]:
    """Yield what is wrong in a list of blocks."""
    if len(blocks) > most:
        yield f"no more than {most} items allowed", at
    ids: set[str] = set()
    actions: set[str] = set()
    for number, block in enumerate(blocks):
        where = f"{at}/{number}"
        if not isinstance(block, dict) or block.get("type") not in _BLOCKS:
            yield f"unsupported type: {block.get('type') if isinstance(block, dict) else block}", f"{where}/type"
            continue
        named = block.get("block_id")
        if named is not None:
            if named in ids:
                yield f"block_id {named} already exists", f"{where}/block_id"
            ids.add(named)
            yield from _at_most(named, 255, f"{where}/block_id")
        yield from _of_block(block, where, view)
        yield from _of_elements(block, where, actions)


def _of_block(block: JSON, where: str, view: bool) -> Iterator[Fault]:
    kind = block["type"]
    if kind == "section":
        yield from _of_section(block, where)
    elif kind == "header":
        yield from _plain(block.get("text"), 150, f"{where}/text")
    elif kind == "markdown":
        yield from _at_least(block.get("text"), f"{where}/text")
        yield from _at_most(block.get("text"), MOST_MARKDOWN, f"{where}/text")
    elif kind == "image":
        yield from _at_least(block.get("alt_text"), f"{where}/alt_text")
        yield from _at_most(block.get("alt_text"), 2000, f"{where}/alt_text")
    elif kind == "input":
        yield from _of_input(block, where, view)
    elif kind in _ELEMENTS:
        held = block.get("elements", [])
        if not held:
            yield "must provide at least 1 item", f"{where}/elements"
        if len(held) > _ELEMENTS[kind]:
            yield f"no more than {_ELEMENTS[kind]} items allowed", f"{where}/elements"


def _of_section(block: JSON, where: str) -> Iterator[Fault]:
    if "text" not in block and "fields" not in block:
        yield "missing required field: text", where
    if "text" in block:
        yield from _text(block["text"], 3000, f"{where}/text")
    if len(block.get("fields", [])) > 10:
        yield "no more than 10 items allowed", f"{where}/fields"
    for number, each in enumerate(block.get("fields", [])):
        yield from _text(each, 2000, f"{where}/fields/{number}")


def _of_input(block: JSON, where: str, view: bool) -> Iterator[Fault]:
    if not view:
        yield "unsupported type: input", f"{where}/type"
    yield from _plain(block.get("label"), 2000, f"{where}/label")
    if "element" not in block:
        yield "missing required field: element", where


def _of_elements(block: JSON, where: str, actions: set[str]) -> Iterator[Fault]:
    """Yield what is wrong with what can be clicked; action ids are unique in the whole list."""
    for key in ("accessory", "element"):
        if key in block:
            yield from _of_element(block[key], f"{where}/{key}", actions)
    if block["type"] == "rich_text":
        return
    for number, each in enumerate(block.get("elements", [])):
        if block["type"] == "context" and each.get("type") in ("mrkdwn", "plain_text"):
            yield from _text(each, 3000, f"{where}/elements/{number}")
        else:
            yield from _of_element(each, f"{where}/elements/{number}", actions)


def _of_element(element: JSON, where: str, actions: set[str]) -> Iterator[Fault]:
    kind = element.get("type")
    if kind not in _INTERACTIVE and kind != "image":
        yield f"unsupported type: {kind}", f"{where}/type"
        return
    named = element.get("action_id")
    if named is not None:
        if named in actions:
            yield f"`action_id` {named} already exists for another element", f"{where}/action_id"
        actions.add(named)
        yield from _at_most(named, 255, f"{where}/action_id")
    yield from _at_most(element.get("url"), 3000, f"{where}/url")
    if kind == "button":
        yield from _plain(element.get("text"), 75, f"{where}/text")
        yield from _at_most(element.get("value"), 2000, f"{where}/value")
        if element.get("style") not in (None, "primary", "danger"):
            yield "must be one of: primary, danger", f"{where}/style"
    elif kind == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            button = element.get(side) or {}
            yield from _plain(button.get("text"), 75, f"{where}/{side}/text")
            yield from _at_least(button.get("value"), f"{where}/{side}/value")
            yield from _at_most(button.get("value"), 2000, f"{where}/{side}/value")
    elif kind == "icon_button":
        yield from _plain(element.get("text"), 75, f"{where}/text")
    yield from _of_options(element, where)


def _of_options(element: JSON, where: str) -> Iterator[Fault]:
    kind = str(element.get("type"))
    listed = element.get("options")
    if kind in ("static_select", "multi_static_select") and not listed and not element.get("option_groups"):
        yield "must provide at least 1 item", f"{where}/options"
    most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(kind, 100)
    if listed and len(listed) > most:
        yield f"no more than {most} items allowed", f"{where}/options"
    for number, option in enumerate(listed or []):
        yield from _text(option.get("text"), 75, f"{where}/options/{number}/text")
        yield from _at_most(option.get("value"), 150, f"{where}/options/{number}/value")
    first = [element[key] for key in ("initial_option",) if element.get(key)] + element.get("initial_options", [])
    known = [option.get("value") for option in listed or []]
    if listed and any(each.get("value") not in known for each in first):
        yield "initial option must exactly match one of the options", where
    yield from _at_most((element.get("placeholder") or {}).get("text"), 150, f"{where}/placeholder/text")
    if kind == "plain_text_input":
        yield from _at_most(element.get("initial_value"), 3000, f"{where}/initial_value")


def _plain(text: Any, most: int, where: str) -> list[Fault]:
    """Return what is wrong with a text that must be ``plain_text``."""
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        return [("must be a plain_text object", where)]
    return list(_text(text, most, where))


def _text(text: Any, most: int, where: str) -> Iterator[Fault]:
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        yield "must be a text object", where
        return
    yield from _at_least(text.get("text"), f"{where}/text")
    yield from _at_most(text.get("text"), most, f"{where}/text")


def _at_least(text: Any, where: str) -> Iterator[Fault]:
    if not text:
        yield "must be more than 0 characters", where


def _at_most(text: Any, most: int, where: str) -> Iterator[Fault]:
    if isinstance(text, str) and len(text) > most:
        yield f"must be less than {most + 1} characters", where
