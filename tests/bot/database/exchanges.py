"""Questions and answers to be recorded, for tests."""

from dataclasses import replace

from sqlalchemy.orm import Session, sessionmaker

from bot.database.conversations import Exchange, record
from bot.database.tables import new_id
from bot.messages import Message, Reply, Source

Sessions = sessionmaker[Session]

SOURCE = Source("자주 묻는 질문.csv", "배송-1", 3, "배송", 2, 0.87, "배송은 이틀에서 사흘 걸려요.")
REPLY = Reply("", "", "이틀에서 사흘 걸려요. 😀 똠방각하", True, 0.91, "answer", "ko", sources=(SOURCE,))


def exchange(
    question: str = "배송은 얼마나 걸리나요?",
    *,
    name: str = "",
    person: str | None = None,
    channel: str = "web",
    **reply: object,
) -> Exchange:
    said = replace(REPLY, answer_id=new_id(), conversation=name or new_id(), **reply)
    return Exchange(Message(question, channel, name or None, person), said)


def put(sessions: Sessions, *exchanges: Exchange) -> list[str]:
    names = []
    for item in exchanges:
        with sessions.begin() as session:
            names.append(record(session, item))
    return names
