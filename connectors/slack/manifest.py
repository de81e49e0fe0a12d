"""The manifest that makes the app in one paste: every scope, event and button that it needs, and no more."""

from typing import Any

from bot.phrases import say
from knowledge.language import Language

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:read",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
    "users:read",
)
"""What the bot may do; each is needed by a call that it makes or by an event that it hears."""

EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "reaction_added": ("reactions:read",),
    "subteam_updated": ("usergroups:read",),
    "tokens_revoked": (),
}
"""The events it hears, and the scopes that each needs."""

COMMAND = "/dapbot"
"""What is typed to have something done."""

SHORTCUTS = {"summarise_thread": "thread", "read_mood": "mood"}
"""The entries in the menu of a message, and the phrases with their names."""

PROMPTS = ("slack.prompt_one", "slack.prompt_two")


def manifest(language: Language, *, url: str = "", name: str = "Dapbot") -> dict[str, Any]:
    """Return the manifest. ``url`` is the server's public address: with it events come over HTTP, else Socket Mode."""
    about = say("slack.about", language)
    address = f"{url.rstrip('/')}/slack/events"
    requests = {"request_url": address} if url else {}
    choices = {"message_menu_options_url": address} if url else {}  # asked what a list that is searched offers
    return {
        "display_information": {"name": name, "description": about[:140], "background_color": "#1f3a5f"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": about[:300],
                "suggested_prompts": [
                    {"title": say(f"{each}.title", language), "message": say(f"{each}.message", language)}
                    for each in PROMPTS
                ],
            },
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": say("slack.command.description", language),
                    "usage_hint": say("slack.command.hint", language),
                    "should_escape": True,  # channels and people come as their ids
                    **({"url": address} if url else {}),
                }
            ],
            "shortcuts": [
                {
                    "name": say(f"slack.shortcut.{name}", language),
                    "type": "message",
                    "callback_id": callback,
                    "description": say(f"slack.shortcut.{name}_about", language),
                }
                for callback, name in SHORTCUTS.items()
            ],
            "bot_user": {"display_name": name, "always_online": True},
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**requests, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **requests, **choices},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }
