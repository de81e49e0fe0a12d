"""A version tried on real and golden questions before it is published; on both databases."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.database import golden, instead
from bot.database.audit import Wanted, lines
from bot.database.columns import now
from bot.database.erasing import erase, find_people
from bot.database.golden import NewGolden
from bot.database.version_trial_tables import VersionTrialRow
from bot.database.version_trials import Case
from bot.errors import DataError, UserError
from bot.llm.scripted import ScriptedModel
from bot.messages import Message
from bot.trying_versions import QUESTIONS, Wish
from bot.version_trial_words import sentences, trial_line
from bot.version_trials import begin, cancel, cases_of, is_tried, require_tried, trial_of, try_now
from bot.wiring import Bot, build_bot
from tests.bot.database.conftest import settings_for

OLD = (
    "질문,답변,대상\n환불은 언제 되나요?,사흘 안에 됩니다.,\n배송은 며칠 걸리나요?,이틀 걸립니다.,\n"
    "교환은 어떻게 하나요?,고객센터로 전화해 주세요.,\n연차는 며칠인가요?,열다섯 날입니다.,staff\n"
)
NEW = (
    "질문,답변,대상\n환불은 언제 되나요?,나흘 안에 됩니다.,\n배송은 며칠 걸리나요?,이틀 걸립니다.,\n"
    "선물 포장이 되나요?,네. 무료로 해 드립니다.,\n연차는 며칠인가요?,스무 날입니다.,staff\n"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bot]:
    with build_bot(settings_for(request.param, tmp_path / "data")) as made:
        made.library.add([("faq.csv", OLD.encode())])
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Bot]:
    with build_bot(settings_for("sqlite", tmp_path / "data")) as made:
        made.library.add([("faq.csv", OLD.encode())])
        yield made


def ask(bot: Bot, question: str, *groups: str, person: str | None = None) -> str:
    return bot.ask(Message(question, "slack", person=person, audience=frozenset(groups))).answer_id


def staged(bot: Bot, content: str = NEW, name: str = "faq.csv") -> int:
    version = bot.library.add([(name, content.encode())], publish=False)[0].version
    assert version is not None
    return version


def by_kind(cases: list[Case]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case in cases:
        found.setdefault(case.kind, []).append(case.question)
    return found


def keep(bot: Bot, question: str, expects: golden.Expects, key: str | None = None) -> None:
    with bot.sessions.begin() as session:
        golden.add(session, NewGolden(question, expects, "ko", 1 if key else None, key), "김민지")


def test_what_is_lost_changed_and_new(bot: Bot) -> None:
    for question in ("환불은 언제 되나요?", "환불이 언제 되나요", "환불은 언제 되나요?", "교환은 어떻게 하나요?"):
        ask(bot, question)
    for question in ("배송은 며칠 걸리나요?", "선물 포장이 되나요?", "우주선은 어디에 있나요?", "연차는 며칠인가요?"):
        ask(bot, question)
    ask(bot, "연차는 며칠인가요?", "staff")
    refund = next(p.key for p in bot.library.show(1).passages if "환불" in p.question)
    keep(bot, "환불은 언제 되나요?", "entry", refund)
    keep(bot, "교환은 어떻게 하나요?", "answer")
    keep(bot, "선물 포장이 되나요?", "none")
    keep(bot, "우주선은 어디에 있나요?", "answer")  # fails before and after
    version, told = staged(bot), list[tuple[int, int]]()
    trial = try_now(bot, version, Wish(), lambda done, total: told.append((done, total)), author="김민지")
    assert (trial.state, trial.live, trial.author) == ("done", 1, "김민지")
    assert told[-1] == (trial.figures.questions + 4,) * 2
    cases = cases_of(bot, trial)
    assert by_kind(cases) == {
        "broken": ["교환은 어떻게 하나요?", "선물 포장이 되나요?"],
        "lost": ["교환은 어떻게 하나요?"],
        "changed": ["환불은 언제 되나요?", "연차는 며칠인가요?"],
        "gained": ["선물 포장이 되나요?"],
    }
    refunds = next(case for case in cases if case.kind == "changed")
    assert refunds.asked == 3  # two ways to ask the same
    assert refunds.before is not None
    assert refunds.after is not None
    assert (refunds.before.text, refunds.after.text) == ("사흘 안에 됩니다.", "나흘 안에 됩니다.")
    assert next(case.groups for case in cases if "연차" in case.question) == frozenset({"staff"})
    assert trial.figures.open == 2  # the ship, and the leave for everybody
    assert trial.figures.failing == 3
    said = " ".join(sentences(trial.figures, "ko"))
    assert "답 2개가 바뀌고 1개가 사라지고 1개가 새로 생겨요." in said
    assert "기준 질문 4개 중 2개가 틀리게 돼요." in said
    assert "2 would change, 1 would be lost" in " ".join(sentences(trial.figures, "en"))
    assert ask(bot, "환불은 언제 되나요?")
    assert bot.ask(Message("환불은 언제 되나요?", "slack")).text == "사흘 안에 됩니다."
    with bot.sessions() as session:
        assert any(line.action == "document.tried" for line in lines(session, Wanted(), limit=20))
    assert is_tried(bot, version)
    bot.library.publish([version])
    assert not is_tried(bot, staged(bot, OLD))


def test_a_result_is_of_what_was_live_then(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?")
    version = staged(small)
    trial = try_now(small, version, Wish())
    assert trial.figures.changed == 1
    small.library.add([("faq.csv", OLD.replace("사흘", "닷새").encode())])
    assert not is_tried(small, version)
    assert trial_line(small, trial, small.library.live_number(1), "ko")["current"] is False
    assert try_now(small, version, Wish()).live == 3
    assert is_tried(small, version)


def test_a_document_that_was_never_live(small: Bot) -> None:
    ask(small, "선물 포장이 되나요?")
    version = staged(small, "질문,답변\n선물 포장이 되나요?,네.\n", "더.csv")
    trial = try_now(small, version, Wish())
    assert trial.live is None
    assert by_kind(cases_of(small, trial)) == {"gained": ["선물 포장이 되나요?"]}
    assert is_tried(small, version)
    small.library.discard(version)
    assert trial_of(small, version) is None


def test_what_rests_on_the_version_comes_first(small: Bot) -> None:
    for _ in range(3):
        ask(small, "배송은 며칠 걸리나요?")
    ask(small, "교환은 어떻게 하나요?")
    trial = try_now(small, staged(small), Wish(questions=1))
    assert by_kind(cases_of(small, trial)) == {"lost": ["교환은 어떻게 하나요?"]}
    assert (trial.figures.questions, trial.figures.asked) == (1, 1)


def test_nothing_was_asked(small: Bot) -> None:
    version = staged(small)
    trial = try_now(small, version, Wish())
    assert trial.figures.questions == 0
    assert trial.figures.nothing
    assert "시험할 것이 없었어요" in " ".join(sentences(trial.figures, "ko"))
    assert is_tried(small, version)


def test_one_at_a_time_stopped_and_begun_again(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?")
    version = staged(small)
    begun = threading.Event()
    go_on = threading.Event()
    states = []

    def progress(done: int, total: int) -> None:
        begun.set()
        assert go_on.wait(30)

    thread = threading.Thread(target=lambda: states.append(try_now(small, version, Wish(), progress).state))
    thread.start()
    assert begun.wait(30)
    with pytest.raises(UserError) as error:
        begin(small, version, Wish())
    assert error.value.phrase == "library.trial_runs"
    assert cancel(small, version)
    assert not cancel(small, version)
    go_on.set()
    thread.join(30)
    assert states == ["cancelled"]
    assert not is_tried(small, version)
    with small.sessions.begin() as session:  # a process that died in the middle of it
        long_ago = now() - timedelta(minutes=5)
        session.execute(update(VersionTrialRow).values(state="running", seen_at=long_ago))
    dead = trial_of(small, version)
    assert dead is not None
    assert dead.state == "broken_off"
    assert try_now(small, version, Wish()).state == "done"


def test_what_goes_wrong_is_told(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?")
    version = staged(small)

    def progress(done: int, total: int) -> None:
        raise DataError("library.index_damaged", folder="x")

    failed = try_now(small, version, Wish(), progress)
    assert (failed.state, failed.error) == ("failed", "library.index_damaged")
    with pytest.raises(UserError) as error:
        try_now(small, 1, Wish())
    assert error.value.phrase == "library.not_staged"
    with pytest.raises(UserError):
        try_now(small, 999, Wish())


def test_whoever_is_erased_leaves_nothing_in_it(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?", person="U1")
    ask(small, "교환은 어떻게 하나요?", person="U2")
    version = staged(small)
    trial = try_now(small, version, Wish(), author="김민지")
    assert len(cases_of(small, trial)) == 2
    with small.sessions() as session:
        people = find_people(session, "U1")
    erase(small.engine, people)
    left = cases_of(small, trial)
    assert by_kind(left) == {"lost": ["교환은 어떻게 하나요?"]}
    again = trial_of(small, version)
    assert again is not None
    assert dict(again.shares) == {"lost": 1}


def test_untried_is_refused_where_the_settings_want_it(small: Bot) -> None:
    version = staged(small)
    require_tried(small, [version])
    small.settings.publishing = "tried"
    with pytest.raises(UserError) as error:
        require_tried(small, [version])
    assert error.value.phrase == "library.not_tried"
    assert f"knowledge try {version}" in str(error.value)
    try_now(small, version, Wish())
    require_tried(small, [version])


def test_what_a_model_would_write(tmp_path: Path) -> None:
    model = ScriptedModel(["사흘 안에 됩니다. [1]", "사흘 안에 됩니다. [1]", "나흘 안에 됩니다. [1]"])
    with build_bot(settings_for("sqlite", tmp_path / "data"), llm=model) as bot:
        bot.library.add([("faq.csv", OLD.encode())])
        bot.ask(Message("환불은 언제 되나요?", "web"))
        version = staged(bot)
        asked = len(model.asked)
        trial = try_now(bot, version, Wish())
        assert len(model.asked) == asked  # no model without being told to
        (case,) = cases_of(bot, trial)
        assert case.after is not None
        assert case.after.written == ""
        (case,) = cases_of(bot, try_now(bot, version, Wish(written=5)))
        assert case.after is not None
        assert "나흘" in case.after.written
        assert len(model.asked) == asked + 2


def test_the_documents_as_they_would_be(small: Bot) -> None:
    version = staged(small)
    would = instead.Instead({1: version})
    today = small.clock().date()
    with small.sessions() as session:
        every = list(range(1, 20))
        shown = would.load(session, sorted(would.visible(session, every, (), today)))
        assert {each.question for each in shown.values()} == {
            "환불은 언제 되나요?", "배송은 며칠 걸리나요?", "선물 포장이 되나요?"
        }  # fmt: skip
        assert {each.version for each in shown.values()} == {2}
        staff = would.visible(session, every, ("staff",), today)
        assert len(staff) == 4
        assert would.visible(session, every, ("staff",), today, ("other.csv",)) == set()
    assert QUESTIONS == 200
