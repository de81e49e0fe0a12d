"""The indexes are built anew while questions are asked: all of them go on being answered, and changes are taken up."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.indexer import Indexer
from bot.lookup import look_up
from bot.owner import Ownership
from bot.wiring import Bot, build_bot
from tests.servers.databases import settings_of

ROWS = 2_000
TODAY = date(2026, 11, 24)
THINGS = ("청소기", "냉장고", "세탁기", "선풍기", "공기청정기", "전기밥솥", "전자레인지", "제습기")
ANSWERS = {f"{THINGS[n % 8]} {n}호의 보증 기간은 얼마나 되나요?": f"{n}개월입니다" for n in range(ROWS)}
NEW = "질문,답변\n주차장은 어디에 있나요?,건물 뒤편에 있습니다\n"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("rebuild") / "data"
    faq = "질문,답변\n" + "".join(f"{question},{answer}\n" for question, answer in ANSWERS.items())
    with build_bot(settings_of(folder)) as bot:
        bot.library.add([("faq.csv", faq.encode())])
        yield bot


@dataclass
class Asking:
    """Someone who asks one question after the other."""

    bot: Bot
    asked: int = 0
    right: int = 0
    slowest: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        questions = [*ANSWERS.items()]
        while not self.stop.is_set():
            question, answer = questions[(self.asked * 37 + 11) % ROWS]
            began = time.monotonic()
            self.asked += 1
            self.right += first(self.bot, question) == answer
            self.slowest = max(self.slowest, time.monotonic() - began)
            time.sleep(0.02)  # the rebuild needs the processor too


@contextmanager
def asking(bot: Bot) -> Iterator[list[Asking]]:
    people = [Asking(bot) for _ in range(2)]
    threads = [threading.Thread(target=each.run) for each in people]
    for thread in threads:
        thread.start()
    try:
        yield people
    finally:
        for each in people:
            each.stop.set()
        for thread in threads:
            thread.join()


def first(bot: Bot, question: str) -> str:
    """Return the answer found first, or what went wrong."""
    try:
        found = look_up(bot.sessions, bot.knowledge, question, today=TODAY, limit=1).passages
    except Exception as error:  # noqa: BLE001 - counted, not raised: it would end the thread
        return repr(error)
    return found[0][1].answer if found else ""


def test_all_questions_are_answered_during_a_rebuild(bot: Bot) -> None:
    place = bot.knowledge.place.folder
    folder = bot.settings.data
    with asking(bot) as people, Indexer(bot.library, settled=True):
        other = build_bot(settings_of(folder), ownership=Ownership(folder))  # a command in another process
        began = time.monotonic()
        rebuild = threading.Thread(target=other.library.rebuild)
        rebuild.start()
        while not [path for path in (folder / "indexes").glob("[0-9]*") if path.name != place]:
            time.sleep(0.02)  # the new indexes are begun
        with build_bot(settings_of(folder), ownership=Ownership(folder)) as third:
            changed = time.monotonic()
            third.library.add([("garage.csv", NEW.encode())])
            taken_up, during = time.monotonic() - changed, rebuild.is_alive()
        rebuild.join()
        took = time.monotonic() - began
        other.close()
    asked, right = sum(each.asked for each in people), sum(each.right for each in people)
    slowest = max(each.slowest for each in people)
    print(f"\nrebuild of {ROWS} passages: {took:.1f} s; {right} of {asked} questions answered right meanwhile")
    print(f"the slowest after {slowest:.2f} s; a change {'during' if during else 'after'} it live in {taken_up:.1f} s")
    assert asked > 20
    assert right == asked
    assert bot.knowledge.place.folder not in ("", place)
    assert [path.name for path in (folder / "indexes").iterdir() if path.is_dir()] == [bot.knowledge.place.folder]
    assert first(bot, "주차장은 어디에 있나요?") == "건물 뒤편에 있습니다"
    assert len(bot.knowledge.all_ids()) == ROWS + 1


def test_emptying_the_indexes_first_would_be_seen(bot: Bot) -> None:
    """What a rebuild in place does: the test above would find it."""
    from bot.database import documents

    with bot.sessions() as session:
        passages = documents.for_index(session, sorted(documents.wanted(session))[:300])
    with asking(bot) as people:
        bot.knowledge.clear()
        while sum(each.asked for each in people) < 10:
            time.sleep(0.02)
        bot.knowledge.index(passages)
    bot.library.catch_up()
    asked, right = sum(each.asked for each in people), sum(each.right for each in people)
    print(f"\nin place: {right} of {asked} questions answered right meanwhile")
    assert right < asked
