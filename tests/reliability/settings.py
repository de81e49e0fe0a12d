"""The settings of a run's processes: the fault point comes by the environment, as it does for anybody."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.settings import Settings


def settings_from(asked: Mapping[str, Any]) -> Settings:
    """Return the settings; no limits, for 2,000 messages in a minute are what is wanted here."""
    return Settings(
        data=Path(asked["data"]),
        database_url=asked["database_url"] or None,
        messages_per_minute=0,
        messages_per_day=0,
        tokens_per_person=0,
        tokens_per_day=0,
    )
