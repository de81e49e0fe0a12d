"""Passages are indexed in parts: small ones where they take long, as all that is in work is lost in a crash."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from bot.database import documents
from bot.wiring import Bot, build_bot
from knowledge.passages import Passage, Progress
from knowledge.search import Knowledge
from tests.servers.databases import settings_of

ROWS = 48


class Target:
    """Takes passages as an index does, in so many seconds a part."""

    def __init__(self, seconds: float) -> None:
        self.parts: list[list[int]] = []
        self._seconds = seconds

    def index(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Keep the ids of a part."""
        time.sleep(self._seconds)
        self.parts.append([passage.id for passage in passages])
        if progress:
            progress(len(passages), len(passages))


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    faq = "질문,답변\n" + "".join(f"{n}번 창구는 어디에 있나요?,{n}층입니다\n" for n in range(ROWS))
    with build_bot(settings_of(tmp_path / "data")) as bot:
        bot.library.add([("faq.csv", faq.encode())])
        yield bot


def parts_of(bot: Bot, target: Target, most: int) -> tuple[list[int], list[tuple[int, int]]]:
    """Index all passages, five at a time or ``most``; return the sizes of the parts, and the progress."""
    told: list[tuple[int, int]] = []
    with bot.sessions() as session:
        ids = documents.wanted(session)
    follower = bot.library._uptake.follower
    begun = list(follower._index(cast(Knowledge, target), ids, 5, lambda *done: told.append(done), most))
    assert [each for part in target.parts for each in part] == sorted(ids)
    sizes = [len(part) for part in target.parts]
    assert begun == [sum(sizes[:at]) for at in range(len(sizes))]
    return sizes, told


def test_a_part_that_takes_long_stays_small(bot: Bot) -> None:
    sizes, told = parts_of(bot, Target(0.02), most=20)
    assert sizes == [5] * 9 + [3]
    assert told[0] == (5, ROWS)
    assert told[-1] == (ROWS, ROWS)


def test_parts_grow_where_they_are_quick_and_none_is_left_out(bot: Bot) -> None:
    sizes, told = parts_of(bot, Target(0), most=20)
    assert sizes[0] == 5
    assert set(sizes[1:-1]) <= {5, 20}  # as quick as this machine is just now
    assert told[-1] == (ROWS, ROWS)


def test_parts_of_an_index_that_is_built_anew_stay_as_they_are(bot: Bot) -> None:
    assert parts_of(bot, Target(0), most=0)[0] == [5] * 9 + [3]
