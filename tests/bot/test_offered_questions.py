"""Questions that people are offered follow the documents."""

from bot.offered_questions import Examples
from tests.samples import BotMaker


def test_they_follow_the_documents_and_the_count(make_bot: BotMaker) -> None:
    bot = make_bot()
    offered = Examples(bot)
    four, five = offered.some("ko"), offered.some("ko", 5)
    assert (len(four), len(five)) == (4, 5)
    assert offered.some("en", 5) == five  # there is nothing in English
    assert "연차는 며칠까지 이월되나요?" not in offered.some("ko", 50)  # for the staff
    bot.library.add([("new.jsonl", '{"question": "주차는 어디에 하나요?", "answer": "지하 2층입니다."}\n'.encode())])
    assert "주차는 어디에 하나요?" in offered.some("ko", 50)
    for document in bot.library.documents():
        bot.library.disable(document.id)
    assert offered.some("ko") == []
