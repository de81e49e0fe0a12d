"""Print what a question costs where only some documents may be used.

``python -m tests.benchmarks.restricted [--rows 20000]``: a FAQ, and beside it a document of three entries. Median
milliseconds of a search in all documents (the baseline), in the small one, in the large one, and in one that is gone;
the last column is the ratio to the baseline.
"""

import argparse
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from bot.lookup import look_up
from bot.wiring import Bot, build_bot
from tests.benchmarks.versions import table
from tests.servers.databases import settings_of

SMALL = (
    "질문,답변\n회의실 예약은 어떻게 하나요?,사내 포털에서 합니다.\n주차는 어디에 하나요?,건물 뒤편입니다.\n"
    "택배 처리 기간은 얼마나 되나요?,이틀입니다.\n"
)
QUESTIONS = ("회의실 예약은 어떻게 하나요?", "환불 처리 기간은 어떻게 되나요?", "택배는 며칠 걸리나요?")
PLACES: tuple[tuple[str, frozenset[str]], ...] = (
    ("all", frozenset()),
    ("small", frozenset({"small.csv"})),
    ("large", frozenset({"large.csv"})),
    ("gone", frozenset({"gone.csv"})),
)
TIMES = 15


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder, build_bot(settings_of(Path(folder) / "data")) as bot:
        bot.library.add([("large.csv", table(rows)), ("small.csv", SMALL.encode())])
        took(bot, frozenset())  # what is loaded at the first question
        baseline = 0.0
        for name, documents in PLACES:
            median = took(bot, documents)
            baseline = baseline or median
            print(f"{name:6} {median:8.1f} ms   x {median / baseline:.2f}")


def took(bot: Bot, documents: frozenset[str]) -> float:
    """Return the median of the milliseconds that the questions take."""
    times = []
    for question in QUESTIONS * TIMES:
        started = time.perf_counter()
        look_up(bot.sessions, bot.knowledge, question, today=date(2026, 11, 25), limit=8, only=documents)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
