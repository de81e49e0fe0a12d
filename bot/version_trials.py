"""A version tried before it is published: real questions and golden ones, answered by what is live and by it.

The version's passages are in the indexes already; the database says which of them count (``bot/database/instead.py``),
so that both are searched as they would be, and nobody who asks meanwhile sees anything of it.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.database import golden, version_rows, version_trials
from bot.database.asked_lately import AskedLately, asked_lately, resting_on
from bot.database.audit import Actor, note
from bot.database.golden import Golden
from bot.database.instead import Instead
from bot.database.version_trials import Case, Entry, Figures, Kind, Trial
from bot.errors import DapbotError, UserError
from bot.question_key import question_key
from bot.replaying import Replayed, Said, ask_again, holds, tools_for
from bot.shelf import NOBODY, version_of
from knowledge.language import language_of
from knowledge.passages import Progress
from knowledge.splitting import normalised

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.version_rows import VersionRow
    from bot.wiring import Bot

log = logging.getLogger(__name__)

QUESTIONS = 200
MOST_QUESTIONS = 2_000
MOST_WRITTEN = 20
DAYS = 90
MOST_GOLDEN = 1_000
WORDINGS = 4
"""Wordings that are read for each question: some of them mean the same."""

TELL_SECONDS = 0.5


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


# --- stored ---------------------------------------------------------------------------------------------------------


def begin(bot: "Bot", version: int, wish: Wish, *, author: str | Actor = NOBODY) -> Trial:
    """Try a version in the background, and return the trial that has begun.

    Raises:
        UserError: the version does not wait to be published, or is being tried.
    """
    trial, row = _opened(bot, version, author)
    threading.Thread(target=_run, args=(bot, trial, row, wish, None), name="dapbot-version-trial", daemon=True).start()
    return trial


def try_now(
    bot: "Bot", version: int, wish: Wish, progress: Progress | None = None, *, author: str | Actor = NOBODY
) -> Trial:
    """Try a version and return the trial when it has ended, however it did; errors as for ``begin``."""
    trial, row = _opened(bot, version, author)
    _run(bot, trial, row, wish, progress)
    return trial_of(bot, version) or trial


def trial_of(bot: "Bot", version: int) -> Trial | None:
    """Return the last trial of a version, None where it was not tried."""
    with bot.sessions() as session:
        return version_trials.of_version(session, version)


def cases_of(bot: "Bot", trial: Trial, kind: Kind | None = None, limit: int = 1_000, offset: int = 0) -> list[Case]:
    """Return the questions of a trial that are answered otherwise."""
    with bot.sessions() as session:
        return version_trials.cases(session, trial.id, kind, limit, offset)


def cancel(bot: "Bot", version: int) -> bool:
    """Have a trial end; False where none goes on."""
    with bot.sessions.begin() as session:
        trial = version_trials.of_version(session, version)
        return trial is not None and version_trials.end(session, trial.id, "cancelled")


def is_tried(bot: "Bot", version: int) -> bool:
    """Tell whether a version was tried against what is live now."""
    trial = trial_of(bot, version)
    if trial is None or trial.state != "done":
        return False
    return trial.live == bot.library.live_number(bot.library.version(version).document)


def require_tried(bot: "Bot", versions: Iterable[int]) -> None:
    """Raise a UserError where the settings want versions tried before they are published, and one was not."""
    if bot.settings.publishing != "tried":
        return
    for version in versions:
        about = bot.library.version(version)
        if about.state == "staged" and not is_tried(bot, version):
            raise UserError("library.not_tried", version=version, name=about.name)


def _opened(bot: "Bot", version: int, author: str | Actor) -> "tuple[Trial, VersionRow]":
    with bot.sessions.begin() as session:
        row = version_of(session, version)
        if row.state != "staged":
            raise UserError("library.not_staged", version=version, name=row.document, number=row.number)
        basis = version_rows.basis(session, row.document_id)
        live = version_rows.one(session, basis) if basis is not None else None
        number = version_trials.begin(session, version, live.number if live else None, Actor.of(author).name)
        if number is None:
            raise UserError("library.trial_runs", name=row.document)
        note(session, author, "document.tried", row.document, version=row.number)
        trial = version_trials.of_version(session, version)
    assert trial is not None  # noqa: S101 - written in this transaction
    return trial, row


def _run(bot: "Bot", trial: Trial, row: "VersionRow", wish: Wish, progress: Progress | None) -> None:
    """Try a version, and write what came of it, also where it fails."""
    try:
        result = try_version(bot, row, wish, _telling(bot, trial.id, progress))
        with bot.sessions.begin() as session:
            version_trials.finish(session, trial.id, result.figures, result.cases)
    except StoppedError:
        return
    except DapbotError as error:
        _failed(bot, trial, error.phrase)
    except Exception:  # the edge of a thread: what went wrong is told on the page, the log has the rest
        log.exception("the trial of version %s of %r failed", row.number, row.document)
        _failed(bot, trial, "web.publishing.failed_unknown")
        if progress is not None:
            raise


def _failed(bot: "Bot", trial: Trial, phrase: str) -> None:
    with bot.sessions.begin() as session:
        version_trials.end(session, trial.id, "failed", phrase)


def _telling(bot: "Bot", trial: int, progress: Progress | None) -> Progress:
    """Return a progress that writes down how far it is now and then, and ends the work where it was taken back."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if progress:
            progress(done, total)
        if time.monotonic() - last >= TELL_SECONDS:
            last = time.monotonic()
            with bot.sessions.begin() as session:
                if not version_trials.tell(session, trial, done, total):
                    raise StoppedError

    return tell


# --- the trial ------------------------------------------------------------------------------------------------------


def try_version(bot: "Bot", row: "VersionRow", wish: Wish, progress: Progress) -> Result:
    """Answer real questions and golden ones by what is live and by the version.

    Raises:
        StoppedError: ``progress`` says so.
        DataError: the indexes are damaged.
    """
    began = time.monotonic()
    since = datetime.now(UTC) - timedelta(days=DAYS)
    progress(0, 0)
    with bot.sessions() as session:
        basis = version_rows.basis(session, row.document_id)
        kept = golden.listed(session)[:MOST_GOLDEN]
        real = list(_real(session, row, basis, since, min(wish.questions, MOST_QUESTIONS)))
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


def _real(session: "Session", row: "VersionRow", basis: int | None, since: datetime, wanted: int) -> Iterator[_Real]:
    """Yield real questions of different meaning: those first whose answers the version takes away or changes, then
    those that were asked most."""
    limit = WORDINGS * wanted
    found = resting_on(session, since, limit, live=basis, but=[row.id]) if basis is not None else []
    resting = len(found)
    found += asked_lately(session, since, limit)
    groups: dict[tuple[str, frozenset[str]], list[tuple[int, AskedLately]]] = {}
    for place, each in enumerate(found):
        key = question_key(each.text, each.language) or normalised(each.text)
        if key:
            groups.setdefault((key, each.groups), []).append((place, each))
    ordered = sorted(groups.values(), key=lambda group: (group[0][0] >= resting, -_asked(group, resting)))
    for group in ordered[:wanted]:
        first = max((each for _, each in group), key=lambda each: each.count)
        yield _Real(Replayed(first.text, first.groups, first.language), _asked(group, resting), first.answer_id)


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
