"""Questions that were asked in vain are put together by meaning, as they come, in the background.

What tells them apart is their subject, as for entries that ask the same (``same_questions.py``). Which entries come
next to each group is looked up once for each state of the documents.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Self

from bot.alerting import alert
from bot.database import asked, question_nearest
from bot.database.asked import KINDS, Head, New
from bot.database.columns import now
from bot.database.versions import change_number
from bot.likeness import likeness
from bot.same_questions import Subject, subjects
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from bot.wiring import Bot

log = logging.getLogger(__name__)

AT_ONCE = 300
"""Questions of a kind that are put into groups in one transaction."""

JOINED = 0.5
"""Share of the words (Jaccard) from which on two questions count as one."""

ALIKE, LOOKED_AT = 0.5, 20
"""Questions that share fewer words are one where their meaning is so near; so many are compared. (Pairs of
question_pair_ko that look alike: words find 71 of 100 that ask the same, at .92 precision; with this 82, at .88.)"""

LOOKED_UP = 50
"""Groups that are held against the documents at a time, the most asked first."""

NEAREST = 5
EVERY = 60.0
"""Seconds between two looks for new questions."""

SOME = 50
"""New questions that a page does not make wait for: putting them into groups takes no time."""


def refresh(bot: "Bot", *, whole: bool = True, stop: Callable[[], bool] = lambda: False) -> int:
    """Put what has come into groups, and return how many questions that were.

    ``whole``: also count anew what time, erasure and retention have changed, and hold open groups against the
    documents. Several processes may do so at once. ``stop`` tells whether to end before all is done.
    """
    done = 0
    while not stop() and (some := _one_batch(bot)):
        done += some
    if whole and not stop():
        _count_anew(bot)
        look_up_open(bot)
    return done


def waiting(bot: "Bot") -> int:
    """Return how many questions are in no group yet, counted up to ``SOME`` and one."""
    with bot.sessions() as session:
        return asked.count_new(session, asked.marks(session), SOME + 1)


def _one_batch(bot: "Bot") -> int:
    with bot.sessions() as session:
        before = asked.marks(session)
        found = {kind: asked.new(session, kind, before.get(kind, ""), AT_ONCE) for kind in KINDS}
        heads = asked.heads(session)
    after = {kind: max([before.get(kind, ""), *(each.at.isoformat() for each in some)]) for kind, some in found.items()}
    came = [each for some in found.values() for each in some]
    if not came:
        return 0
    groups = Groups(heads)
    about = about_each([*(each.text for each in came), *groups.unknown()])
    with bot.sessions.begin() as session:
        if not asked.claim(session, before, after):
            return 0
        groups.learn(about)
        for id_, subject in groups.learnt.items():
            asked.set_words(session, id_, _kept(subject))
        there = asked.groups_of(session, [each.answer_id for each in came])
        placed: list[tuple[New, int]] = []
        for each in came:
            subject = about[each.text]
            group = there.get(each.answer_id) or groups.find(each.text, subject)
            if group is None:
                group = asked.begin(session, each.text, each.language, _kept(subject), each.asked_at)
                groups.add(Head(group, group, each.text, each.language, None), subject)
            there[each.answer_id] = group
            placed.append((each, group))
        asked.put(session, placed)
        asked.sum_up(session, there.values(), now())
        last = {group: each.asked_at for each, group in sorted(placed, key=lambda pair: pair[0].asked_at)}
        for group, at in last.items():
            asked.reopened(session, [group], at)
    return len(came)


def _kept(subject: Subject) -> tuple[frozenset[str], frozenset[str]]:
    return subject.core, subject.whole


def about_each(texts: Iterable[str]) -> dict[str, Subject]:
    """Return what each question is about; of one that is about nothing, its own words are all that tells it apart."""
    chosen = list(dict.fromkeys(texts))
    found: dict[str, Subject] = {}
    languages: tuple[Language, ...] = ("ko", "en")
    for language in languages:
        some = [text for text in chosen if language_of(text) == language]
        found |= dict(zip(some, subjects(some, language), strict=True))
    return {text: subject if subject.whole else _itself(text) for text, subject in found.items()}


def _itself(text: str) -> Subject:
    return Subject(frozenset(), frozenset({f"={' '.join(text.lower().split())[:80]}"}))


class Groups:
    """Finds the group of a question: the one whose words it shares most, if that is half of them or more; else the one
    that it shares some with and is nearest to in meaning, if that is near enough."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads: list[tuple[Head, Subject]] = []
        self._by_word: dict[str, list[int]] = {}
        self._unknown = [head for head in heads if head.words is None]
        self.learnt: dict[int, Subject] = {}
        for head in heads:
            if head.words is not None:
                self.add(head, Subject(*map(frozenset, head.words)))

    def unknown(self) -> list[str]:
        """Return the questions of the groups whose words are not known."""
        return [head.question for head in self._unknown]

    def learn(self, about: Mapping[str, Subject]) -> None:
        """Take what the groups whose words were not known are about; ``learnt`` has them by the group's id."""
        for head in self._unknown:
            self.learnt[head.id] = about[head.question]
            self.add(head, about[head.question])
        self._unknown = []

    def add(self, head: Head, subject: Subject) -> None:
        """Add a group."""
        for word in subject.whole:
            self._by_word.setdefault(word, []).append(len(self._heads))
        self._heads.append((head, subject))

    def find(self, text: str, subject: Subject) -> int | None:
        """Return the group that a question belongs to, None for one of its own."""
        near = {place for word in subject.whole for place in self._by_word.get(word, ())}
        best, found = JOINED, None
        some: list[tuple[float, Head]] = []
        for place in sorted(near):
            head, other = self._heads[place]
            if head.question == text:
                return head.target
            share = _jaccard(subject, other)
            if subject.asks_otherwise(other):
                continue
            some.append((share, head))
            if share >= best:
                best, found = share + 1e-9, head.target
        return found if found is not None else self._nearest(text, some)

    @staticmethod
    def _nearest(text: str, some: list[tuple[float, Head]]) -> int | None:
        looked_at = sorted(some, key=lambda each: -each[0])[:LOOKED_AT]
        alike = [(likeness(text, head.question), head.target) for _, head in looked_at]
        nearest = max(alike, default=(0.0, 0))
        return nearest[1] if nearest[0] >= ALIKE else None


def _jaccard(one: Subject, other: Subject) -> float:
    mine, theirs = (each.core or each.whole for each in (one, other))
    return len(mine & theirs) / max(1, len(mine | theirs))


# --- what time and the documents change -----------------------------------------------------------------------------


def _count_anew(bot: "Bot") -> None:
    with bot.sessions() as session:
        wrong = asked.outdated(session, now())
    with bot.sessions.begin() as session:
        asked.sum_up(session, {*wrong, *asked.withdraw(session)}, now())


def look_up_open(bot: "Bot", limit: int = LOOKED_UP) -> int:
    """Hold open groups against the documents as they are now, the most asked first; return how many it were."""
    with bot.sessions() as session:
        change = change_number(session)
        open_ = question_nearest.unchecked(session, change, limit)
    for group, question in open_:
        _look_up(bot, group, question, change)
    return len(open_)


def look_up(bot: "Bot", group: int, question: str, checked: int) -> bool:
    """Hold one group against the documents, where they are others than when it was; tell whether it was done."""
    with bot.sessions() as session:
        change = change_number(session)
    if checked != change:
        _look_up(bot, group, question, change)
    return checked != change


def _look_up(bot: "Bot", group: int, question: str, change: int) -> None:
    nearest, confidence = nearest_to(bot, question)
    with bot.sessions.begin() as session:
        question_nearest.note_nearest(session, group, nearest, confidence, change)


def nearest_to(bot: "Bot", question: str) -> tuple[list[dict[str, object]], float]:
    """Return the entries that come next to a question, best first, and how sure the search is of the first one."""
    from bot.lookup import look_up as search

    looked = search(bot.sessions, bot.knowledge, question, today=bot.clock().date(), limit=NEAREST)
    found: list[dict[str, object]] = [
        {"document": record.document_id, "key": record.key, "question": (record.question or record.title)[:200]}
        for _, record in looked.passages
    ]
    return found, float(looked.found.confidence)


class Grouping:
    """One thread that looks for new questions every minute, and tells who is to be told of what many ask."""

    def __init__(self, bot: "Bot", every: float = EVERY) -> None:
        self._bot = bot
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="questions", daemon=True)

    def start(self) -> Self:
        """Begin, after one pause: a server that starts has other things to do."""
        self._thread.start()
        return self

    def stop(self, wait: float = 2.0) -> None:
        """End after what it is at."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(wait)

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            try:
                refresh(self._bot, stop=self._stop.is_set)
                alert(self._bot)
            except Exception:  # the thread must live on: the database may be back at the next look
                log.exception("questions cannot be put together")
