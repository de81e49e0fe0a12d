"""Print how long it takes to try a version of a large FAQ: ``python -m tests.benchmarks.version_trials FOLDER``.

``FOLDER`` is one that ``tests.benchmarks.web_folder`` made; it is written to. Every tenth entry is changed, some are
taken out. Beside the trial stands what the same questions take when they are only looked up once, in the same run; and
what it takes to say which conversations rest on what the version takes away.
"""

import argparse
import csv
import io
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select, update

from bot.database.asked_lately import asked_lately
from bot.database.documents import PASSAGES
from bot.database.outdated import conversations
from bot.database.tables import AnswerSource
from bot.recall import since, texts
from bot.replaying import Replayed, replay
from bot.trying_versions import Wish
from bot.version_trials import try_now
from bot.wiring import Bot, build_bot
from tests.benchmarks.scale import tell
from tests.servers.databases import settings_of

CHANGED, GONE = 10, 50


def changed(bot: Bot, document: int) -> tuple[str, bytes]:
    """Return the name and another file of a document: some entries say something else, some are not there."""
    shown = bot.library.show(document)
    rows = [("id", "질문", "답변")]
    for at, each in enumerate(shown.passages):
        if at % GONE:
            rows.append((each.key, each.question, each.answer if at % CHANGED else f"{each.answer} 새 내용입니다."))
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return shown.document.name, text.getvalue().encode()


def link(bot: Bot, document: int) -> None:
    """Have the answers' sources lead to their passages: they were written without the passages being looked at."""
    with bot.sessions.begin() as session:
        same = (PASSAGES.c.document_id == document) & (PASSAGES.c.key == AnswerSource.passage)
        found = select(func.min(PASSAGES.c.id)).where(same).scalar_subquery()
        session.execute(update(AnswerSource).where(AnswerSource.passage_id.is_(None)).values(passage_id=found))


def timed(times: Sequence[float]) -> str:
    """Return the median in milliseconds."""
    return f"{1000 * sorted(times)[len(times) // 2]:.0f} ms"


def offers(bot: Bot, document: int) -> str:
    """Return how long it takes to count the conversations that rest on what holds no longer."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        with bot.sessions() as session:
            count = conversations(session, document, since(90), 1_000)
        times.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    found = len(texts(bot, document))
    listed = time.perf_counter() - begun
    return f"{timed(times)}, conversations: {count}; {found} texts listed in {1000 * listed:.0f} ms"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    with build_bot(settings_of(options.folder)) as bot:
        document = bot.library.documents()[0].id
        link(bot, document)
        for waiting in bot.library.staged():
            bot.library.discard(waiting.version)
        version = bot.library.add([changed(bot, document)], publish=False)[0].version
        assert version is not None
        begun = time.perf_counter()
        with bot.sessions() as session:
            asked = asked_lately(session, since(90), 4 * options.questions)[: options.questions]
        tell("questions of 90 days counted", f"{time.perf_counter() - begun:.2f} s")
        questions = [Replayed(each.text, each.groups, each.language) for each in asked]
        list(replay(bot, questions[:5]))  # loads what every process loads once
        begun = time.perf_counter()
        list(replay(bot, questions))
        once = time.perf_counter() - begun
        tell(f"{len(questions)} questions looked up once", f"{once:.2f} s")
        begun = time.perf_counter()
        trial = try_now(bot, version, Wish(options.questions))
        took = time.perf_counter() - begun
        tell("the trial", f"{took:.2f} s, {took / once:.1f} times as long: {trial.state}, {trial.figures}")
        tell("conversations to correct, before", offers(bot, document))
        bot.library.publish([version])
        tell("conversations to correct, published", offers(bot, document))


if __name__ == "__main__":
    main()
