"""Print what versions of a large FAQ cost: ``python -m tests.benchmarks.versions [--rows 20000]``.

A FAQ of a shop goes in whole, then again with every hundredth answer changed: compared, staged, published, brought
back. SQLite first, then PostgreSQL where it can be started. The rows side (reading, comparing, writing) is told apart
from the index side; the last column is the time against what analysing the same rows alone takes, which no way of
storing them can avoid.
"""

import argparse
import csv
import io
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.database import documents, staging
from bot.gathering import Gathered
from bot.intake import Taken, read_in, take
from bot.messages import Message
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from knowledge import tokens
from tests.servers.postgres import new_database

THINGS = ("환불", "배송", "교환", "적립금", "쿠폰", "회원 등급", "세금계산서", "예약 주문", "정기 구독", "선물 포장")
SIDES = ("신청 방법", "처리 기간", "제한 조건", "수수료", "취소 기한", "필요 서류", "변경 절차", "확인 메뉴")
QUESTION = "{2}번 상품의 {0} {1}은 어떻게 되나요?"
ANSWER = "{2}번 상품의 {0} {1}은 영업일 기준 {3}일 안에 문자로 알려 드립니다. 문의는 1588-{4}입니다."


def table(count: int, *, days: int = 0) -> bytes:
    """Return a FAQ of ``count`` different rows as CSV; ``days`` is added to every hundredth answer."""
    draw = random.Random(7)  # noqa: S311 - a benchmark
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["번호", "분류", "질문", "답변"])
    for number in range(count):
        thing, side, more = draw.choice(THINGS), draw.choice(SIDES), days * (number % 100 == 0)
        values = (thing, side, number, draw.randint(1, 20) + more, draw.randint(1000, 9999))
        rows.writerow([number, thing, QUESTION.format(*values), ANSWER.format(*values)])
    return text.getvalue().encode("utf-8-sig")


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measured(bot: Bot, rows: int) -> list[tuple[str, float]]:
    """Return what each step takes, in seconds."""
    first, second = (Gathered("faq.csv", table(rows, days=days)) for days in (0, 30))
    taken = take(first)
    assert isinstance(taken, Taken)
    found = [("reading and cutting", timed(lambda: read_in(taken)))]
    intake = read_in(taken)
    with bot.sessions() as session:  # written and taken back: the rows side alone
        upload = replace(intake.upload("", None), name="other.csv")
        found.append(("comparing and writing rows", timed(lambda: staging.stage(session, upload))))
        session.rollback()
    question = f"{rows - 1}번 상품의 {THINGS[0]}은 어떻게 되나요?"

    def until_answered(work: Callable[[], object]) -> float:
        return timed(lambda: (work(), bot.ask(Message(question, "api"), record=False)))

    found.append(("add -> answer, everything new", until_answered(lambda: bot.library.add([first]))))
    found.append(("add again, same bytes", timed(lambda: bot.library.add([first]))))
    found.append(("compare (dry run), 1 % changed", timed(lambda: bot.library.compare(second))))
    (staged,) = bot.library.add([second], publish=False)
    assert staged.version is not None
    version, document = staged.version, bot.library.documents()[0].id
    found.append(("change_of, 1 % changed", timed(lambda: bot.library.change_of(version))))
    found.append(("publish staged -> answer", until_answered(lambda: bot.library.publish([version]))))
    found.append(("rollback -> answer", until_answered(lambda: bot.library.rollback(document))))
    with bot.sessions() as session:
        ids, today = sorted(documents.wanted(session))[:100], bot.clock().date()
        took = timed(lambda: [documents.visible(session, ids, ("a",), today) for _ in range(200)]) / 200
    found.append(("visible, 100 candidates", took))
    return found


def main() -> None:
    """Measure on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args().rows
    tokens.morphemes("준비")
    analysing = timed(lambda: list(tokens.analyze(table(rows).decode().splitlines())))
    print(f"{rows} rows; analysing them alone: {analysing:.2f} s")
    for name in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder:
            try:
                url = new_database() if name == "postgresql" else None
            except pytest.skip.Exception as error:
                print(f"{name}: {error}")
                continue
            with build_bot(Settings(data=Path(folder), database_url=url)) as bot:
                bot.ask(Message("환불은 언제 되나요?", "api"), record=False)  # warm
                for step, seconds in measured(bot, rows):
                    print(f"{name:<11} {step:<34} {seconds:8.3f} s  {seconds / analysing:6.2f}")


if __name__ == "__main__":
    main()
