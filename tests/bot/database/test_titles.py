"""The names of documents, for lists to choose from, and the passages of some of them, on both databases."""

import pytest

from bot.database import titles, versions
from bot.database.titles import Title
from tests.bot.database.exchanges import Sessions
from tests.bot.database.test_documents import draft, publish


def test_documents_by_name(sessions: Sessions) -> None:
    publish(sessions, draft("a"), name="배송.csv")
    publish(sessions, draft("b"), name="올린 것.csv", live=False)
    publish(sessions, draft("c"), name="인사.csv")
    with sessions.begin() as session:
        versions.set_audience(session, 3, ["staff"])
    with sessions() as session:
        assert titles.titles(session) == [
            Title("배송.csv"),
            Title("올린 것.csv", used=False),
            Title("인사.csv", restricted=True),
        ]


@pytest.mark.parametrize(("names", "count"), [((), 0), (("gone.csv",), 0), (("a.csv",), 2), (("a.csv", "b.csv"), 3)])
def test_passages_of_some_documents(sessions: Sessions, names: tuple[str, ...], count: int) -> None:
    publish(sessions, draft("a"), draft("b"), name="a.csv")
    publish(sessions, draft("a"), draft("c"), name="a.csv")
    publish(sessions, draft("d"), name="b.csv")
    publish(sessions, draft("e"), name="b.csv", live=False)
    with sessions() as session:
        found = titles.passages_in(session, frozenset(names), 3)
        assert found is not None
        assert len(found) == count
        assert titles.passages_in(session, frozenset({"a.csv", "b.csv"}), 2) is None
