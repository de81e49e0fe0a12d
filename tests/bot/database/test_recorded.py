"""An answer read back by its id, on both databases."""

from sqlalchemy.orm import Session, sessionmaker

from bot.database.recorded import recorded
from bot.database.titles import numbers_of
from tests.bot.database.exchanges import SOURCE, exchange, put
from tests.bot.database.test_documents import draft, publish

Sessions = sessionmaker[Session]


def test_an_answer_is_read_back_with_who_asked(sessions: Sessions) -> None:
    said = exchange("배송은요? 😀", name="D1", person="U1", channel="slack", checks="partly")
    put(sessions, exchange("다른 것", name="D1", person="U2", channel="slack"), said)
    with sessions() as session:
        found = recorded(session, said.reply.answer_id)
    assert found is not None
    assert (found.question, found.channel, found.person) == ("배송은요? 😀", "slack", "U1")
    assert (found.reply.text, found.reply.checks, found.reply.sources) == (said.reply.text, "partly", (SOURCE,))
    assert found.passages == (None,)


def test_nobody_known_and_nothing_there(sessions: Sessions) -> None:
    said = exchange(channel="slack", sources=())
    put(sessions, said)
    with sessions() as session:
        found = recorded(session, said.reply.answer_id)
        assert found is not None
        assert (found.person, found.audience, found.passages) == ("", (), ())
        for answer in ("", "0" * 32, "x" * 40_000, "'; --"):
            assert recorded(session, answer) is None


def test_documents_by_their_names(sessions: Sessions) -> None:
    number = publish(sessions, draft("a"), name="배송 안내.csv").document
    with sessions() as session:
        assert numbers_of(session, {"배송 안내.csv", "없는 것.csv"}) == {"배송 안내.csv": number}
        assert numbers_of(session, ()) == {}
