"""A version that was tried on real questions, as the pages and the API show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.database.version_trials import KINDS, Case, Entry, Kind, Trial
from bot.phrases import say
from bot.shown import author_name
from bot.version_trial_words import progress_words, sentences
from bot.version_trials import cases_of, trial_of
from bot.word_diff import Piece, word_diff
from connectors.web.listing import local_time
from connectors.web.refusals import Refused
from connectors.web.trial import entry_address
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.shown import VersionInfo
    from bot.wiring import Bot

A_PAGE = 20
SHORT = 90


@dataclass(frozen=True, slots=True)
class ShownSide:
    """What answers a question: ``text`` is "" where nothing does; ``link`` leads to the entry, "" while it waits."""

    label: str
    title: str
    text: str
    link: str
    written: str


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A question whose answer would be another one; ``pieces`` are both answers word by word, where there are two."""

    kind: Kind
    question: str
    about: tuple[str, ...]
    sides: tuple[ShownSide, ...]
    pieces: tuple[Piece, ...]
    written: tuple[Piece, ...]
    other: str
    conversations: str


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """A trial: ``sentences`` say what came of it, ``problem`` why it counts no longer, or never did.

    ``current``: it was held against what is live now. ``cases`` are some of one ``kind``.
    """

    state: str
    current: bool
    sentences: tuple[str, ...]
    problem: str
    when: str
    done: int
    total: int
    progress: str
    counts: tuple[tuple[Kind, int], ...] = ()
    kind: Kind = "lost"
    cases: tuple[ShownCase, ...] = ()
    page: int = 1
    last_page: int = 1
    missing: str = ""


def shown_trial(
    bot: "Bot", info: "VersionInfo", language: Language, *, kind: str | None = None, page: int = 1, admin: bool = False
) -> ShownTrial | None:
    """Return the trial of a version as it is shown, None where there was none; with ``kind`` (of ``KINDS``, "": the
    first that there is) some of its questions.

    Raises:
        Refused: 404, there is no such kind.
    """
    if kind and kind not in KINDS:
        raise Refused(404, "web.status.404")
    trial = trial_of(bot, info.version)
    if trial is None:
        return None
    zone = bot.clock().tzinfo
    current = trial.state == "done" and trial.live == bot.library.live_number(info.document)
    shown = ShownTrial(
        state=trial.state,
        current=current,
        sentences=tuple(sentences(trial.figures, language)) if trial.state == "done" else (),
        problem=_problem(trial, language, current=current),
        when=f"{local_time(trial.finished_at or trial.started_at, zone)} · {author_name(trial.author, language)}".strip(
            " ·"
        ),
        done=trial.done,
        total=trial.total,
        progress=progress_words(trial, language),
    )
    if kind is None or trial.state != "done":
        return shown
    counts = tuple((each, trial.shares.get(each, 0)) for each in KINDS)
    chosen: Kind = next((each for each, count in counts if each == kind or (not kind and count)), "lost")
    last = max(1, -(-dict(counts)[chosen] // A_PAGE))
    page = min(max(1, page), last)
    some = cases_of(bot, trial, chosen, A_PAGE, (page - 1) * A_PAGE)
    gone = sum(getattr(trial.figures, each) for each in KINDS) - sum(trial.shares.values())
    return ShownTrial(
        **{name: getattr(shown, name) for name in ("state", "current", "sentences", "problem", "when")},
        done=trial.done,
        total=trial.total,
        progress=shown.progress,
        counts=counts,
        kind=chosen,
        cases=tuple(_case(each, trial, info, language, admin=admin) for each in some),
        page=page,
        last_page=last,
        missing=say("web.publishing.gone_later", language, count=gone) if gone > 0 else "",
    )


def _problem(trial: Trial, language: Language, *, current: bool) -> str:
    if trial.state == "failed":
        try:
            reason = say(trial.error or "web.publishing.failed_unknown", language)
        except (KeyError, IndexError):  # its sentence names what is known no longer
            reason = say("web.publishing.failed_unknown", language)
        return say("web.publishing.failed", language, reason=reason)
    if trial.state in ("cancelled", "broken_off"):
        return say(f"web.publishing.{trial.state}", language)
    return "" if current or trial.state == "running" else say("web.publishing.stale", language)


def _case(case: Case, trial: Trial, info: "VersionInfo", language: Language, *, admin: bool) -> ShownCase:
    before, after = case.before, case.after
    both = before is not None and after is not None
    other = both and before is not None and after is not None and _place(before) != _place(after)
    query: Mapping[str, str] = {"q": case.question[:200], "from": trial.figures.since}
    return ShownCase(
        kind=case.kind,
        question=case.question,
        about=tuple(_about(case, language)),
        sides=() if both else tuple(_sides(case, info, language)),
        pieces=tuple(word_diff(before.text, after.text)) if before and after else (),
        written=tuple(word_diff(before.written, after.written)) if before and after and after.written else (),
        other=say("web.publishing.other_entry", language, title=_title(after)) if other and after else "",
        conversations=f"/conversations?{urlencode(query)}" if admin and case.answer_id else "",
    )


def _place(entry: Entry) -> tuple[int, str]:
    return entry.document_id, entry.key


def _about(case: Case, language: Language) -> Iterator[str]:
    if case.golden_id:
        yield say(f"web.publishing.expects.{case.expects or 'answer'}", language)
    else:
        yield say("web.publishing.asked", language, count=f"{case.asked:,}")
    if case.groups:
        yield say("web.publishing.as", language, groups=", ".join(sorted(case.groups)))


def _sides(case: Case, info: "VersionInfo", language: Language) -> Iterator[ShownSide]:
    for label, entry in (("now", case.before), ("then", case.after)):
        said = say(f"web.publishing.{label}", language)
        if entry is None:
            yield ShownSide(said, "", "", "", "")
            continue
        waits = label == "then" and entry.document_id == info.document
        link = "" if waits else entry_address(entry.document_id, entry.key)
        yield ShownSide(said, _title(entry), entry.text, link, entry.written)


def _title(entry: Entry) -> str:
    name = " ".join((entry.title or entry.text).split())
    return name if len(name) <= SHORT else name[: SHORT - 1].rstrip() + "…"
