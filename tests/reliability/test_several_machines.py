"""Two machines over one PostgreSQL and one Chroma server, as real processes with data folders of their own."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.database import documents, leading
from bot.database.engine import open_engine, sessions_for
from bot.settings import Settings
from knowledge.embedding import EmbeddingModel
from knowledge.vector_server import VectorKeeper
from tests.knowledge.models import make_model
from tests.servers import postgres
from tests.servers.chroma import ChromaServer
from tests.servers.commands import dapbot
from tests.servers.dapbot import Site, serving

WITHIN = 60.0
MEANINGS = ["환불은 refund", "배송은 delivery", "주차장은 parking", "언제", "보증 warranty"]
DIES_AT = 12
"""Parts of vectors that the process that publishes begins until it is killed: ten in the tests before, then within
the three of a large file."""


@dataclass
class Company:
    """What the machines share, and the two of them."""

    database: str
    chroma: ChromaServer
    model: Path
    folder: Path
    machines: dict[str, Site] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DAPBOT_DATABASE_URL": self.database,
            "DAPBOT_CHROMA_URL": self.chroma.address,
            "DAPBOT_EMBEDDING_MODEL": str(self.model),
            "OMP_NUM_THREADS": "1",
        }

    def start(self, name: str, **environment: str) -> Site:
        data = self.folder / name / "data"
        data.parent.mkdir(exist_ok=True)
        site = self.stack.enter_context(serving(data, **self.environment, **environment))
        site.wait_ready()
        self.machines[name] = site
        return site

    def settings(self) -> Settings:
        return Settings(data=self.folder / "looker", database_url=self.database)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    folder = tmp_path_factory.mktemp("company")
    chroma = ChromaServer(folder)
    made = Company(postgres.new_database(), chroma, make_model(folder / "model", MEANINGS), folder)
    chroma.start()
    try:
        with made.stack:
            made.start("one", DAPBOT_FAULT=f"between_vectors:{DIES_AT}")
            made.start("two")
            yield made
    finally:
        chroma.stop()


def found(site: Site, question: str) -> dict[str, Any]:
    answer = site.post("/api/v1/search", {"question": question, "limit": 3}, Authorization=f"Bearer {site.token}")
    assert answer.status == 200, answer.text
    result: dict[str, Any] = answer.json
    return result


def first(site: Site, question: str) -> str:
    passages = found(site, question)["passages"]
    return str(passages[0]["quote"]) if passages else ""


def upload(site: Site, name: str, rows: dict[str, str]) -> Any:
    body = "질문,답변\n" + "".join(f"{question},{answer}\n" for question, answer in rows.items())
    answer = site.upload((name, body.encode()), Authorization=f"Bearer {site.token}")
    assert answer.status == 200, answer.text
    return answer.json


def until(condition: Any, within: float = WITHIN) -> float:
    """Wait for a condition; return the seconds that it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within, "it did not come true"
        time.sleep(0.02)
    return time.monotonic() - began


def vectors_are_right(company: Company) -> bool:
    """Tell whether the server holds the vectors of exactly what is live."""
    engine = open_engine(company.settings())
    with sessions_for(engine)() as session:
        wanted, space = documents.wanted(session), leading.whole(session)
    engine.dispose()
    keeper = VectorKeeper(EmbeddingModel(str(company.model)), company.chroma.address, space)
    held = keeper.held()
    keeper.close()
    return held == wanted


@dataclass
class Asker:
    """Someone who asks one machine the same question again and again."""

    site: Site
    question: str
    said: list[tuple[float, str]] = field(default_factory=list)
    answers: dict[str, float] = field(default_factory=dict)
    """When each answer was given first."""
    stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Asker":
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self.stop.wait(0.03):
            asked, answer = time.monotonic(), first(self.site, self.question)
            self.said.append((asked, answer))
            self.answers.setdefault(answer, time.monotonic())


def test_published_on_one_answered_by_the_other(company: Company) -> None:
    one, two = company.machines["one"], company.machines["two"]
    upload(one, "faq.csv", {"환불은 언제 되나요?": "사흘 안에 됩니다"})
    until(lambda: two.call("GET", "/ready").json["parts"]["vectors"] == "ready")  # the first vectors there are
    assert first(two, "환불은 언제 되나요?") == "사흘 안에 됩니다"
    assert found(two, "refund")["passages"][0]["vector_score"] > 0.5
    for here, there in ((one, two), (two, one)):
        question, answer = f"배송은 {here.port}번 창고에서 며칠 걸리나요?", f"{here.port}시간 걸립니다"
        with Asker(there, question) as asker:
            upload(here, f"delivery{here.port}.csv", {question: answer})
            published = time.monotonic()
            until(lambda: answer in asker.answers)  # noqa: B023 - it is over before the next round
        print(f"\npublished by one machine, answered by the other {asker.answers[answer] - published:+.2f} s later")


def test_no_question_falls_between_two_versions(company: Company) -> None:
    question = "환불은 언제 되나요?"
    with Asker(company.machines["one"], question) as one, Asker(company.machines["two"], question) as two:
        for days in ("나흘", "닷새", "사흘"):
            upload(company.machines["two"], "faq.csv", {question: f"{days} 안에 됩니다"})
            until(lambda: all(asker.said[-1:] and days in asker.said[-1][1] for asker in (one, two)))  # noqa: B023
    for asker in (one, two):
        assert asker.answers.keys() == {"사흘 안에 됩니다", "나흘 안에 됩니다", "닷새 안에 됩니다"}


def test_doctor_says_who_runs(company: Company) -> None:
    ended = dapbot("doctor", "--json", "--data", company.machines["one"].data, **company.environment)
    running = [check for check in ended.json["checks"] if check["name"].startswith("process_")]
    assert len(running) == 2, ended.out
    assert all(check["state"] == "ok" for check in running), running


def document(company: Company, name: str) -> int:
    engine = open_engine(company.settings())
    with engine.connect() as connection:
        number = connection.execute(text("SELECT id FROM documents WHERE name = :name"), {"name": name}).scalar_one()
    engine.dispose()
    return int(number)


def test_what_is_removed_on_one_is_never_answered_by_the_other(company: Company) -> None:
    question, answer = "환불은 언제 되나요?", "사흘 안에 됩니다"
    number = document(company, "faq.csv")
    with Asker(company.machines["one"], question) as one, Asker(company.machines["two"], question) as two:
        until(lambda: one.said and two.said)
        words = ("knowledge", "remove", number, "--yes", "--data", company.machines["two"].data)
        ended = dapbot(*words, **company.environment)
        removed = time.monotonic()
        until(lambda: one.said[-1][0] > removed and two.said[-1][0] > removed)
    assert ended.code == 0, ended
    for asker in (one, two):
        assert answer in {said for _, said in asker.said}, "it was never answered"
        assert answer not in {said for asked, said in asker.said if asked > removed}
    until(lambda: vectors_are_right(company))


def test_rights_and_other_ways_to_ask_hold_on_both(company: Company) -> None:
    one, two = company.machines["one"], company.machines["two"]
    path = company.folder / "staff.csv"
    path.write_text("id,질문,답변\nS1,비상 연락처는?,내선 100번입니다\n", "utf-8")
    add = ("knowledge", "add", path, "--audience", "staff", "--data", one.data)
    assert dapbot(*add, **company.environment).code == 0
    alias = dapbot("knowledge", "alias", "add", "S1", "밤에 부를 사람", "--data", two.data, **company.environment)
    assert alias.code == 0, alias
    for site in (one, two):
        assert "내선 100번입니다" not in first(site, "비상 연락처는?"), "not for everyone"
        until(lambda: "내선 100번입니다" in asked_as(site, "비상 연락처는?", "staff"))  # noqa: B023 - over before the next
        until(lambda: "내선 100번입니다" in asked_as(site, "밤에 부를 사람", "staff"))  # noqa: B023 - the same


def asked_as(site: Site, question: str, group: str) -> list[str]:
    body = {"question": question, "audience": [group], "limit": 1}
    answer = site.post("/api/v1/search", body, Authorization=f"Bearer {site.token}")
    return [str(passage["quote"]) for passage in answer.json["passages"]]


def test_without_the_vector_server_the_words_go_on(company: Company) -> None:
    one, two = company.machines["one"], company.machines["two"]
    company.chroma.stop()
    question, answer = "주차장은 어디에 있나요?", "건물 뒤편에 있습니다"
    upload(one, "parking.csv", {question: answer})
    until(lambda: first(two, question) == answer)
    assert found(two, question)["legs"]["vectors"].startswith("off")
    company.chroma.lose_everything()
    company.chroma.start()
    took = until(lambda: vectors_are_right(company))
    print(f"\nback with nothing: {took:.1f} s later the vectors are whole again")
    until(lambda: found(two, question)["legs"]["vectors"] == "used")
    assert found(two, question)["passages"][0]["vector_score"] > 0.5


def test_built_anew_while_both_answer(company: Company) -> None:
    question, answer = "주차장은 어디에 있나요?", "건물 뒤편에 있습니다"
    one, two = company.machines["one"], company.machines["two"]
    with Asker(one, question) as first_one, Asker(two, question) as second:
        ended = dapbot("knowledge", "rebuild", "--data", one.data, **company.environment)
        until(lambda: places(company) == {leading_space(company)})
    assert ended.code == 0, ended
    for asker in (first_one, second):
        assert {said for _, said in asker.said} == {answer}
    assert vectors_are_right(company)
    took = until(lambda: (found(two, question)["passages"][0]["vector_score"] or 0.0) > 0.5)  # a leg may rest a while
    print(f"\nbuilt anew: {took:.1f} s later both legs find")


def leading_space(company: Company) -> str:
    engine = open_engine(company.settings())
    with sessions_for(engine)() as session:
        space = leading.whole(session)
    engine.dispose()
    return space


def places(company: Company) -> set[str]:
    """Return the spaces in which the machines search, as they say."""
    engine = open_engine(company.settings())
    with engine.connect() as connection:
        details = connection.execute(text("SELECT detail FROM processes")).scalars().all()
    engine.dispose()
    return {detail["space"] for detail in details}


def test_the_process_that_publishes_is_killed(company: Company) -> None:
    """In the middle of a large file, that another one has taken in: this one finishes it."""
    one, two = company.machines["one"], company.machines["two"]
    rows = {f"{n}번 warranty 기간은 얼마나 되나요?": f"{n}개월입니다" for n in range(500)}
    began = time.monotonic()
    upload(two, "warranty.csv", rows)
    assert one.process is not None
    assert one.process.wait(WITHIN) == -9
    print(f"\nkilled within a file of {len(rows)} rows: live {time.monotonic() - began:.2f} s after it was sent")
    assert first(two, "499번 warranty 기간은 얼마나 되나요?") == "499개월입니다"
    until(lambda: vectors_are_right(company))
