"""A version tried before it is published: real questions and golden ones, answered by what is live and by it.

The version's passages are in the indexes already; the database says which of them count (``bot/database/instead.py``),
so that both are searched as they would be, and nobody who asks meanwhile sees anything of it.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.database import golden, version_rows, version_trials
from bot.database.asked_lately import AskedLately, asked_lately, resting_on
from bot.database.golden import Golden
from bot.database.instead import Instead
from bot.database.version_trials import Case, Entry, Figures, Kind
from bot.question_key import question_key
from bot.replaying import Replayed, Said, ask_again, holds, tools_for
from knowledge.language import language_of
from knowledge.passages import Progress
from knowledge.splitting import normalised

if TYPE_CHECKING:
    from bot.database.version_rows import VersionRow
    from bot.wiring import Bot

QUESTIONS = 200
MOST_QUESTIONS = 2_000
MOST_WRITTEN = 20
DAYS = 90
MOST_GOLDEN = 1_000
WORDINGS = 4
"""Wordings that are read for each question: some of them mean the same."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a version is tried: on how many real ``questions``, and for how many answers a model is asked as well."""

    questions: int = QUESTIONS
    written: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it; ``cases`` are the questions that are answered otherwise, the worst first."""

    figures: Figures
    cases: tuple[Case, ...]


class StoppedError(Exception):
    """The trial was taken back while it went on."""


@dataclass(frozen=True, slots=True)
class _Real:
    """A real question: how it was asked, how often, and one of its answers."""

    question: Replayed
    asked: int
    answer_id: str


def try_version(bot: "Bot", row: "VersionRow", wish: Wish, progress: Progress) -> Result:
    """Answer real questions and golden ones by what is live and by the version.

    Raises:
        StoppedError: ``progress`` says so.
        DataError: the indexes are damaged.
    """
    began = time.monotonic()
    since = datetime.now(UTC) - timedelta(days=DAYS)
    progress(0, 0)
    wanted = min(wish.questions, MOST_QUESTIONS)
    with bot.sessions() as session:
        basis = version_rows.basis(session, row.document_id)
        kept = golden.listed(session)[:MOST_GOLDEN]
        resting = resting_on(session, since, WORDINGS * wanted, live=basis, but=[row.id]) if basis is not None else []
        often = asked_lately(session, since, WORDINGS * wanted)
    real = list(_real(resting, often, wanted))
    before = Instead({row.document_id: basis} if basis is not None else {})
    after = Instead({row.document_id: row.id})
    asking = [each.question for each in real] + [Replayed.of(each) for each in kept]
    pairs = list(_both(bot, asking, before, after, progress))
    cases = [*_golden_cases(kept, pairs[len(real) :]), *_real_cases(real, pairs[: len(real)])]
    cases.sort(key=lambda case: version_trials.KINDS.index(case.kind))
    if wish.written and bot.llm is not None:
        cases = list(_written(bot, cases, (before, after), min(wish.written, MOST_WRITTEN), progress))
    counts = Counter(case.kind for case in cases)
    figures = Figures(
        questions=len(real),
        asked=sum(each.asked for each in real),
        golden=len(kept),
        failing=sum(not holds(each, now) for each, (_, now) in zip(kept, pairs[len(real) :], strict=True)),
        open=sum(not was.answered and not now.answered for was, now in pairs[: len(real)]),
        since=since.date().isoformat(),
        seconds=round(time.monotonic() - began, 2),
        **{kind: counts[kind] for kind in version_trials.KINDS},
    )
    return Result(figures, tuple(cases))


def _real(resting: Sequence[AskedLately], often: Sequence[AskedLately], wanted: int) -> Iterator[_Real]:
    """Yield real questions of different meaning: those first whose answers the version takes away or changes, then
    those that were asked most."""
    groups: dict[tuple[str, frozenset[str]], list[tuple[int, AskedLately]]] = {}
    for place, each in enumerate([*resting, *often]):
        key = question_key(each.text, each.language) or normalised(each.text)
        if key:
            groups.setdefault((key, each.groups), []).append((place, each))
    first = len(resting)
    ordered = sorted(groups.values(), key=lambda group: (group[0][0] >= first, -_asked(group, first)))
    for group in ordered[:wanted]:
        usual = max((each for _, each in group), key=lambda each: each.count)
        yield _Real(Replayed(usual.text, usual.groups, usual.language), _asked(group, first), usual.answer_id)


def _asked(group: "Sequence[tuple[int, AskedLately]]", resting: int) -> int:
    """Return how often questions of one meaning were asked; a wording that was found twice counts once."""
    every = {each.text: each.count for place, each in group if place >= resting}
    some = {each.text: each.count for place, each in group if place < resting}
    return sum((some | every).values())


def _both(
    bot: "Bot", asking: Sequence[Replayed], before: Instead, after: Instead, progress: Progress
) -> Iterator[tuple[Said, Said]]:
    tools = tools_for(bot, before), tools_for(bot, after)
    for done, question in enumerate(asking, 1):
        yield ask_again(bot, question, tools[0]), ask_again(bot, question, tools[1])
        progress(done, len(asking))


def _real_cases(real: Sequence[_Real], pairs: Sequence[tuple[Said, Said]]) -> Iterator[Case]:
    """Yield the real questions that are answered otherwise, those asked most first."""
    both = sorted(zip(real, pairs, strict=True), key=lambda pair: -pair[0].asked)
    for each, (was, now) in both:
        kind = _kind(was, now)
        if kind is not None:
            question = each.question
            yield Case(kind, question.text, each.asked, question.groups, _entry(was), _entry(now), each.answer_id)


def _kind(was: Said, now: Said) -> Kind | None:
    """Return what became of an answer, None where its reader would see none of it."""
    if was.answered and now.answered:
        return "changed" if was.text.split() != now.text.split() else None
    if was.answered:
        return "lost"
    return "gained" if now.answered else None


def _golden_cases(kept: Sequence[Golden], pairs: Sequence[tuple[Said, Said]]) -> Iterator[Case]:
    for each, (was, now) in zip(kept, pairs, strict=True):
        before, after = holds(each, was), holds(each, now)
        if before != after:
            entries = (_entry(was), _entry(now))
            kind: Kind = "mended" if after else "broken"
            yield Case(kind, each.question, 0, each.audience, *entries, golden_id=each.id, expects=each.expects)


def _entry(said: Said) -> Entry | None:
    if not said.answered:
        return None
    return Entry(said.document_id, said.document, said.key, said.title, said.text)


def _written(
    bot: "Bot", cases: Sequence[Case], rows: tuple[Instead, Instead], most: int, progress: Progress
) -> Iterator[Case]:
    """Yield the cases, the first ones with what a model would write before and after."""
    tools = [tools_for(bot, each) for each in rows]
    for at, case in enumerate(cases):
        if at >= most:
            yield case
            continue
        progress(at, min(most, len(cases)))
        question = Replayed(case.question, case.groups, language_of(case.question))
        said = [ask_again(bot, question, each, model=True) for each in tools]
        entries = [_with(entry, each) for entry, each in zip((case.before, case.after), said, strict=True)]
        yield replace(case, before=entries[0], after=entries[1])


def _with(entry: Entry | None, said: Said) -> Entry | None:
    if entry is None or not said.answered:
        return entry
    return replace(entry, written=said.text)
