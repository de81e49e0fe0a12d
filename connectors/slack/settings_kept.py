"""What is set for a channel is kept with what was set before, so that the last change can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.database import audit, places
from bot.database.audit import Actor
from connectors.slack.choices import Choices, choices_from, kept
from connectors.slack.listening import NAME
from connectors.slack.settings_values import changed_values
from connectors.slack.settings_view import state_of

if TYPE_CHECKING:
    from bot.database.engine import Sessions

BEFORE = "before"
"""Under this name a channel's place keeps what was set before the last change: ``was``, and ``state`` of what is."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of what is set for a channel; ``undoing``: it took another one back."""

    channel: str
    before: Choices
    after: Choices
    undoing: bool = False


def keep(sessions: "Sessions", channel: str, state: str, wanted: Choices, actor: Actor) -> Changed | None:
    """Keep what was chosen, and who did it in the audit log; done once more, nothing is changed.

    None where what holds is neither what the form was filled with (``state``) nor what is wanted: somebody else
    changed it meanwhile.
    """
    with sessions.begin() as session:
        places.choose(session, NAME, channel)  # takes the row, where there is one: nobody writes in between
        now = choices_from(places.chosen(session, NAME, channel))
        changed = Changed(channel, now, wanted)
        if now == wanted:
            return changed
        if state_of(now) != state:
            return None
        places.choose(session, NAME, channel, **_row(changed))
        audit.note(session, actor, "channel.settings", f"{NAME}:{channel}", **changed_values(now, wanted))
    return changed


def undo(sessions: "Sessions", channel: str, state: str, actor: Actor) -> Changed | None:
    """Put back what was set before; None where what holds is not that ``state`` any more."""
    with sessions.begin() as session:
        places.choose(session, NAME, channel)
        row = places.chosen(session, NAME, channel)
        now, before = choices_from(row), row.get(BEFORE)
        if not isinstance(before, Mapping) or not state == before.get("state") == state_of(now):
            return None
        was = before.get("was")
        changed = Changed(channel, now, choices_from(was if isinstance(was, Mapping) else {}), undoing=True)
        places.choose(session, NAME, channel, **_row(changed))
        detail = changed_values(now, changed.after)
        audit.note(session, actor, "channel.settings_undone", f"{NAME}:{channel}", **detail)
    return changed


def _row(changed: Changed) -> dict[str, Any]:
    """Return what the channel's place keeps after a change."""
    return {**kept(changed.after), BEFORE: {"was": _held(changed.before), "state": state_of(changed.after)}}


def _held(choices: Choices) -> dict[str, Any]:
    return {name: value for name, value in kept(choices).items() if value is not None}
