"""What the manifest asks for is what the app listens to and calls, and no more."""

import ast
import re
from pathlib import Path

import connectors.slack.manifest as made
from connectors.slack import shortcuts
from connectors.slack.manifest import COMMAND, EVENTS, SCOPES, SHORTCUTS, manifest

FOLDER = Path(made.__file__).parent
NEEDED = {
    "assistant_threads_setStatus": {"assistant:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "chat_appendStream": {"chat:write"},
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_startStream": {"chat:write"},
    "chat_stopStream": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_info": {"channels:read", "groups:read", "mpim:read"},
    "conversations_members": {"channels:read", "groups:read", "mpim:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "files_info": {"files:read"},
    "reactions_add": {"reactions:write"},
    "reactions_remove": {"reactions:write"},
    "usergroups_list": {"usergroups:read"},
    "users_list": {"users:read"},
    "users_conversations": {"channels:read", "groups:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "api_test": set(),
    "auth_test": set(),
}
"""Methods of Slack's client that the product calls, and the scopes they take."""


def called() -> set[str]:
    """Return the methods of the client that the code calls."""
    names = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                if owner.endswith(("client", "_reading", "_client")):
                    names.add(node.func.attr)
    return names


def test_scopes_are_those_of_calls_and_events() -> None:
    assert called() == set(NEEDED)
    needed = {"commands"}.union(*NEEDED.values(), *map(set, EVENTS.values()))
    assert needed == set(SCOPES)


def test_commands_and_shortcuts_have_listeners() -> None:
    code = "".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.py")))
    assert re.findall(r"app\.command\((\w+)\)", code) == ["COMMAND"]
    chosen = [getattr(shortcuts, each) for each in re.findall(r"app\.message_shortcut\((\w+)\)", code)]
    assert sorted(chosen) == sorted(SHORTCUTS)
    for url in ("", "https://bot.example"):
        for language in ("ko", "en"):
            features = manifest(language, url=url)["features"]
            (command,) = features["slash_commands"]
            assert command["command"] == COMMAND
            assert len(command["description"]) <= 2_000
            assert len(command["usage_hint"]) <= 1_000
            assert command.get("url", "") == (f"{url}/slack/events" if url else "")
            for each in features["shortcuts"]:
                assert 0 < len(each["name"]) <= 24
                assert 0 < len(each["description"]) <= 150


def test_every_event_has_a_listener() -> None:
    listened = {
        each for path in FOLDER.glob("*.py") for each in re.findall(r'app\.event\("(\w+)"\)', path.read_text("utf-8"))
    }
    assert listened == {event.partition(".")[0] for event in EVENTS}


def test_both_ways_to_hear() -> None:
    socket, http = manifest("ko"), manifest("en", url="https://bot.example/", name="Bot")
    assert socket["settings"]["socket_mode_enabled"]
    assert "request_url" not in socket["settings"]["event_subscriptions"]
    assert not http["settings"]["socket_mode_enabled"]
    assert http["settings"]["event_subscriptions"]["request_url"] == "https://bot.example/slack/events"
    assert http["settings"]["interactivity"]["request_url"] == "https://bot.example/slack/events"
    assert http["settings"]["interactivity"]["message_menu_options_url"] == "https://bot.example/slack/events"
    for each in (socket, http):
        assert len(each["features"]["agent_view"]["agent_description"]) <= 300
        assert len(each["display_information"]["description"]) <= 140
