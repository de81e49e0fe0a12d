"""What is set for a channel is kept once, taken back once, never over what somebody else has set; on both databases."""

from bot.database.audit import Actor, Wanted, lines
from bot.database.engine import Sessions
from connectors.slack.choices import Choices
from connectors.slack.settings_kept import Changed, keep, undo
from connectors.slack.settings_view import state_of
from tests.bot.database.conftest import empty, engine, kind, sessions, settings  # noqa: F401 - fixtures

JIYEON = Actor("slack:지연")
USUAL = Choices()
WANTED = Choices(documents=frozenset({"배송.csv"}), owners=("U01",), paused=True)


def test_kept_and_taken_back(sessions: Sessions) -> None:  # noqa: F811
    assert keep(sessions, "C1", state_of(USUAL), WANTED, JIYEON) == Changed("C1", USUAL, WANTED)
    assert keep(sessions, "C1", state_of(USUAL), WANTED, JIYEON) == Changed("C1", WANTED, WANTED)  # told twice
    assert keep(sessions, "C1", state_of(USUAL), Choices(auto=True), JIYEON) is None  # from a form of before
    assert undo(sessions, "C1", state_of(WANTED), JIYEON) == Changed("C1", WANTED, USUAL, undoing=True)
    assert undo(sessions, "C1", state_of(WANTED), JIYEON) is None  # pressed twice
    assert undo(sessions, "C1", state_of(USUAL), JIYEON) == Changed("C1", USUAL, WANTED, undoing=True)
    assert undo(sessions, "C2", "", JIYEON) is None
    with sessions() as session:
        said = lines(session, Wanted(action="channel"), limit=9)
    assert [line.action for line in reversed(said)] == ["channel.settings", *2 * ["channel.settings_undone"]]
    assert {line.subject for line in said} == {"slack:C1"}
