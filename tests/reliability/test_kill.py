"""A command that is killed between any two of its steps (``bot/faults.py``): the next start is right.

Each case runs the real command in a process of its own, has it killed at one point, and looks at the folder twice: as
it was left, without any healing, where the check must find the damage (or it would prove nothing), and after a start.
"""

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.database import documents, versions
from bot.faults import POINTS
from bot.lookup import look_up
from bot.owner import Ownership
from bot.wiring import Bot, build_bot
from tests.knowledge.models import make_model
from tests.servers.commands import Ended, dapbot
from tests.servers.databases import copy_folder, settings_of

TODAY = date(2026, 11, 24)
REFUND, DELIVERY, PARKING = "환불은 언제 되나요?", "배송은 며칠 걸리나요?", "주차장은 어디에 있나요?"
OLD = {REFUND: "사흘 안에 됩니다", DELIVERY: "이틀 걸립니다"}
NEW = {REFUND: "나흘 안에 됩니다", DELIVERY: "이틀 걸립니다", "교환은 되나요?": "이레 안에 됩니다"}
GARAGE = {PARKING: "건물 뒤편에 있습니다"}
FILLER = {f"{n}번 상품의 보증 기간은?": f"{n % 37}개월입니다" for n in range(2_100)}
FEW = dict(list(FILLER.items())[:600])


def faq(rows: dict[str, str]) -> str:
    return "id,질문,답변\n" + "".join(f"{key(each)},{each},{answer}\n" for each, answer in rows.items())


def key(question: str) -> str:
    return f"k{zlib.crc32(question.encode())}"


@dataclass(frozen=True)
class Case:
    """A command, what holds before it, and what holds after it."""

    words: tuple[str, ...]
    before: dict[str, str]
    after: dict[str, str]
    points: tuple[str, ...]
    prepared: tuple[tuple[str, ...], ...] = ()
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    """Other questions that are answered so afterwards."""


INDEXING = ("between_legs", "after_index", "after_publish")
NOTING = ("after_sweep", "in_followed", "before_calibration", "after_calibration")
CASES = {
    "add": Case(
        ("add", "{folder}/faq.csv"),
        OLD,
        NEW,
        ("before_commit", "after_rows", *INDEXING, "between_removals"),
        files={"faq": NEW},
    ),
    "publish": Case(
        ("publish", "3", "--yes"),
        OLD,
        NEW,
        ("before_commit", "after_rows", "after_publish"),
        prepared=(("add", "--stage", "{folder}/faq.csv"),),
        files={"faq": NEW},
    ),
    "roll back": Case(
        ("rollback", "1"),
        NEW,
        OLD,
        ("before_commit", "after_rows", "after_index", "between_removals"),
        prepared=(("add", "{folder}/faq.csv"),),
        files={"faq": NEW},
    ),
    "disable": Case(("disable", "1"), OLD, {}, ("before_commit", "after_rows")),
    "enable": Case(("enable", "1"), {}, OLD, ("after_rows",), prepared=(("disable", "1"),)),
    "add an alias": Case(
        ("alias", "add", key(REFUND), "돈 돌려받기"),
        OLD,
        OLD,
        ("before_commit", "after_rows", "between_legs"),
        asked={"돈 돌려받기": OLD[REFUND]},
    ),
    "add-many": Case(("add", "{folder}/many.csv"), OLD, OLD | FILLER, ("between_chunks",), files={"many": FILLER}),
    "remove": Case(("remove", "1", "--yes"), OLD, {}, ("before_commit", "after_rows", "between_removals", *NOTING)),
    "rebuild": Case(
        ("rebuild",),
        OLD | FEW,
        OLD | FEW,
        ("in_rebuild", "before_switch", "in_switch", "after_switch"),
        prepared=(("add", "{folder}/many.csv"),),
        files={"many": FEW},
    ),
}
KILLS = [(name, point) for name, case in CASES.items() for point in case.points]
MARKS = dict.fromkeys(("add", "disable"), (pytest.mark.postgresql,))


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two documents."""
    folder = tmp_path_factory.mktemp("start") / "data"
    with build_bot(settings_of(folder)) as bot:
        bot.library.add([("faq.csv", faq(OLD).encode()), ("garage.csv", faq(GARAGE).encode())])
    return folder


@pytest.fixture(scope="module")
def prepared(start: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes the data folder of a case as it is before the command, once."""

    @cache
    def folder_of(name: str) -> Path:
        case, folder = CASES[name], tmp_path_factory.mktemp(name) / "data"
        copy_folder(start, folder)
        write_files(folder.parent, case)
        for words in case.prepared:
            ended = run(folder, *words)
            assert ended.code == 0, ended
        return folder

    return folder_of


def write_files(folder: Path, case: Case) -> None:
    for name, rows in case.files.items():
        (folder / f"{name}.csv").write_text(faq(rows), "utf-8")


def run(data: Path, *words: str, fault: str = "") -> Ended:
    filled = [word.format(folder=data.parent) for word in words]
    return dapbot("knowledge", *filled, "--data", data, DAPBOT_FAULT=fault)


def faults_of(bot: Bot, expected: dict[str, str], asked: Mapping[str, str]) -> list[str]:
    """Return what is not as it should be where ``expected``, and the garage, are all there is."""
    expected = expected | GARAGE
    with bot.sessions() as session:
        wanted, used = documents.wanted(session), documents.answering(session)
        texts = {row.answer for row in documents.load(session, list(used)).values()}
    told = [
        (texts == set(expected.values()) and len(used) == len(expected), f"the rows: {texts}"),
        (bot.knowledge.ids() == bot.knowledge.all_ids(), "a passage is indexed otherwise than it should be"),
        (bot.knowledge.all_ids() - waiting(bot) == wanted, "the indexes hold something else than the rows want"),
        (all(info.state == "published" for info in bot.library.documents()), "a version waits"),
        (not (bot.library.staged() and expected.keys() >= NEW.keys()), "what was published waits"),
        (not bot.library.is_behind(), "the indexes are behind"),
    ]
    for question, answer in [*expected.items()][:2] + [*expected.items()][-2:] + [*asked.items()]:
        found = look_up(bot.sessions, bot.knowledge, question, today=TODAY, limit=3).passages
        told.append((bool(found) and found[0][1].answer == answer, f"{question} is answered otherwise"))
    for gone in (OLD.keys() | NEW.keys()) - expected.keys():
        found = look_up(bot.sessions, bot.knowledge, gone, today=TODAY).passages
        told.append((gone not in {record.question for _, record in found}, f"{gone} is still answered"))
    return [said for holds, said in told if not holds]


@pytest.mark.parametrize(
    ("name", "point"), [pytest.param(name, point, marks=MARKS.get(name, ())) for name, point in KILLS]
)
def test_the_next_start_is_right(name: str, point: str, prepared: Callable[[str], Path], tmp_path: Path) -> None:
    case, data = CASES[name], tmp_path / "data"
    copy_folder(prepared(name), data)
    write_files(tmp_path, case)
    assert run(data, *case.words, fault=point).code == -9
    with unhealed(data) as bot:
        assert point == "before_commit" or faults_of(bot, case.after, case.asked)
    began = time.monotonic()
    with build_bot(settings_of(data)) as bot:
        took = time.monotonic() - began
        before = point == "before_commit"
        assert faults_of(bot, case.before if before else case.after, {} if before else case.asked) == []
        left = sorted(path.name for path in (data / "indexes").iterdir() if path.is_dir())
        assert left in (["keywords"], [bot.knowledge.place.folder]), "a generation of the indexes is left behind"
    print(f"{name}, killed {point}: right after {took:.2f} s")


def waiting(bot: Bot) -> set[int]:
    """Return the passages that only staged versions hold: the indexes hold them already."""
    with bot.sessions() as session:
        pending = {each for version in versions.pending(session) for each in documents.of_version(session, version)}
        return pending - documents.wanted(session)


def test_vectors_that_no_passage_was_kept_for_are_made_again(tmp_path: Path) -> None:
    """With an embedding model: killed where the vectors are in their index and the words are not in theirs."""
    model = make_model(tmp_path / "model", ["환불은 refund", "언제 when", "배송은 delivery"])
    (tmp_path / "faq.csv").write_text(faq(OLD), "utf-8")
    words = ("knowledge", "add", tmp_path / "faq.csv", "--data", tmp_path / "data")
    assert dapbot(*words, DAPBOT_FAULT="between_legs", DAPBOT_EMBEDDING_MODEL=str(model)).code == -9
    with build_bot(settings_of(tmp_path / "data", embedding_model=str(model))) as bot:
        found = look_up(bot.sessions, bot.knowledge, REFUND, today=TODAY)
        assert found.found.legs["vectors"] == "used"
        assert found.passages[0][1].answer == OLD[REFUND]
        assert found.passages[0][0].vector_score is not None


def unhealed(data: Path) -> Bot:
    """Open a folder as it was left: a bot that does not own it mends nothing."""
    return build_bot(settings_of(data), ownership=Ownership(data))


def test_every_point_is_died_at() -> None:
    assert {point for _, point in KILLS} == set(POINTS)
