"""What is set for places: kept, taken back, and without a person who was erased."""

from sqlalchemy import Engine

from bot.database import places
from bot.database.erasing import erase, find_people
from tests.bot.database.exchanges import Sessions
from tests.bot.database.test_erasing import everything


def test_values_are_set_and_taken_back(sessions: Sessions) -> None:
    with sessions.begin() as session:
        places.choose(session, "slack", "C1", documents=["배송.csv"], auto=True)
        places.choose(session, "slack", "C1", auto=None, language="en\x00")
        places.choose(session, "mail", "C1", auto=False)
    with sessions() as session:
        assert places.chosen(session, "slack", "C1") == {"documents": ["배송.csv"], "language": "en"}
        assert places.chosen(session, "slack", "C2") == {}
        assert places.listed(session, "mail") == {"C1": {"auto": False}}


def test_an_owner_is_erased_from_the_places_of_their_channel(engine: Engine, sessions: Sessions) -> None:
    before = {"was": {"owners": ["U0000001", "U0000002"]}, "state": "abc"}
    with sessions.begin() as session:
        places.choose(session, "slack", "C1", owners=["S0000001", "U0000001"], before=before)
        places.choose(session, "slack", "C2", owners=["U0000002"])
        places.choose(session, "mail", "C1", owners=["U0000001"])
    with sessions() as session:
        (found,) = [each for each in find_people(session, "U0000001") if each.channel == "slack"]
    assert erase(engine, [found]).counts["places"] == 1
    with sessions() as session:
        assert places.chosen(session, "slack", "C1") == {
            "owners": ["S0000001"],
            "before": {"was": {"owners": ["U0000002"]}, "state": "abc"},
        }
        assert places.chosen(session, "slack", "C2") == {"owners": ["U0000002"]}
        assert places.chosen(session, "mail", "C1") == {"owners": ["U0000001"]}
    assert everything(engine).count("U0000001") == 1
