"""After a restore the bot answers from what was restored, though ids may now mean other texts."""

from pathlib import Path

from bot.database.backup import back_up, restore
from bot.messages import Message
from bot.settings import Settings
from bot.wiring import build_bot

FIRST = "질문,답변\n배송은 며칠 걸리나요?,보통 이틀에서 사흘 걸려요.\n"
LATER = "질문,답변\n주차장이 있나요?,건물 지하 2층에 있어요.\n"
OTHER = "질문,답변\n영업 시간은 언제인가요?,평일 9시부터 6시까지예요.\n"


def test_the_indexes_follow_what_was_restored(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    with build_bot(settings) as bot:
        bot.library.add([("배송.csv", FIRST.encode())])
        back_up(bot.engine, tmp_path / "b")
        bot.library.add([("주차.csv", LATER.encode())])
        assert "지하 2층" in bot.ask(Message("주차장이 있나요?", "terminal")).text
    restore(settings, tmp_path / "b")
    with build_bot(settings) as bot:
        bot.library.add([("영업.csv", OTHER.encode())])  # it gets the ids that the lost document had
        assert "이틀에서 사흘" in bot.ask(Message("배송은 며칠 걸리나요?", "terminal")).text
        assert "9시부터 6시" in bot.ask(Message("영업 시간은 언제인가요?", "terminal")).text
        lost = bot.ask(Message("주차장이 있나요?", "terminal"))
    assert not lost.answered
    assert "지하 2층" not in lost.text
