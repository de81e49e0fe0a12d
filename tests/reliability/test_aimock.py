"""The providers' clients against aimock, a mock server of others (npm, MIT): its own idea of each protocol, and chaos.

Only by `make soak`, and where Node and the npm registry are there.
"""

import json
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from pydantic import BaseModel

from bot.errors import ModelError
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, asked_whole
from bot.llm.gateway import TaskModel
from bot.llm.langchain import LangChainModel
from bot.llm.structured import structured
from bot.settings import Settings

pytestmark = pytest.mark.soak

PACKAGE = "@copilotkit/aimock@1.43.0"
ANSWER = "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다. [1]"
FIXTURES = [
    {"match": {"userMessage": "환불"}, "response": {"content": ANSWER}, "chunkSize": 5},
    {"match": {"userMessage": "며칠"}, "response": {"content": '{"days": 3}'}},
    {"match": {"userMessage": "한도"}, "response": {"error": {"message": "slow down"}, "status": 429}},
    {"match": {"userMessage": "고장"}, "response": {"error": {"message": "down"}, "status": 500}},
    {"match": {"userMessage": "열쇠"}, "response": {"error": {"message": "no such key"}, "status": 401}},
    {"match": {"userMessage": "잘림"}, "response": {"content": ANSWER}, "chunkSize": 3, "truncateAfterChunks": 4},
]
ADDRESSES = {
    "openai:gpt-4o-mini": ("openai_base_url", "/v1"),
    "anthropic:claude-haiku-4-5": ("anthropic_base_url", ""),
    "google_genai:gemini-2.5-flash": ("google_gemini_base_url", ""),
    "ollama:exaone3.5": ("ollama_host", ""),
}
KEYS: dict[str, Any] = {"anthropic_api_key": "x", "google_api_key": "x"}
EVERY = pytest.mark.parametrize("name", list(ADDRESSES))


class Days(BaseModel):
    days: int


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Installs and starts it; yields its address."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("there is no Node")
    folder = tmp_path_factory.mktemp("aimock")
    install = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
    if subprocess.run(install, check=False, capture_output=True, timeout=300).returncode:
        pytest.skip(f"{PACKAGE} could not be installed")
    fixtures = folder / "fixtures.json"
    fixtures.write_text(json.dumps({"fixtures": FIXTURES}), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = folder / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
    command = [node, str(script), "-p", str(port), "-f", str(fixtures), "--strict", "--log-level", "warn"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            assert time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.1)


def model_at(name: str, address: str) -> LangChainModel:
    field, path = ADDRESSES[name]
    model = LangChainModel(Settings(llm=name, llm_deadline=10, **{field: address + path}, **KEYS), name)
    model.warm()
    return model


def chaos(address: str, **rates: float) -> None:
    """Set how often it fails; without rates never."""
    body = json.dumps(rates).encode()
    method, data = ("POST", body) if rates else ("DELETE", None)
    request = Request(f"{address}/__aimock/chaos", data, {"Content-Type": "application/json"}, method=method)
    with urlopen(request, timeout=5):
        pass


def said(model: LanguageModel, question: str) -> str:
    try:
        return "".join(chunk.text for chunk in model.stream(Prompt("자료만 보고 답합니다.", question)))
    except ModelError as error:
        return error.phrase


@EVERY
def test_answers_and_failures(aimock: str, name: str) -> None:
    model = model_at(name, aimock)
    assert said(model, "환불은 얼마나 걸리나요?") == ANSWER
    assert said(model, "한도") == "model.limited"
    assert said(model, "고장") == "model.down"
    assert said(model, "열쇠") == "model.refused"
    assert said(model, "잘림") in {"model.cut", "model.down"}


@EVERY
def test_a_checked_value(aimock: str, name: str) -> None:
    found = structured(model_at(name, aimock), Prompt("며칠인지 숫자로 답합니다.", "며칠?"), Days, Deadline(20))
    assert found.value.days == 3


@EVERY
def test_whatever_happens_there_is_an_answer_or_a_reason(aimock: str, name: str) -> None:
    """Of 200 calls with every fault at once, each ends as the whole answer or as an error that is known."""
    model = model_at(name, aimock)
    rates = {"dropRate": 0.1, "malformedRate": 0.1, "disconnectRate": 0.1, "rateLimitRate": 0.1}
    chaos(aimock, **rates)
    try:
        ends = Counter(said(model, "환불은 얼마나 걸리나요?") for _ in range(200))
    finally:
        chaos(aimock)
    print(name, dict(ends))
    assert set(ends) <= {ANSWER, "model.limited", "model.down", "model.cut", "model.broken"}
    assert ends[ANSWER] > 80
    assert said(model, "환불은 얼마나 걸리나요?") == ANSWER  # and all is well afterwards


def test_a_fallback_of_another_provider_answers_where_the_first_is_down(aimock: str) -> None:
    first, other = model_at("openai:gpt-4o-mini", aimock), model_at("anthropic:claude-haiku-4-5", aimock)
    answer = asked_whole(TaskModel(first, fallback=other), Prompt("답합니다.", "환불"), Deadline(10))
    assert (answer.text, answer.model) == (ANSWER, "openai:gpt-4o-mini")
    away = LangChainModel(Settings(openai_base_url="http://127.0.0.1:9/v1"), "openai:gpt-4o-mini")
    answer = asked_whole(TaskModel(away, fallback=other), Prompt("답합니다.", "환불"), Deadline(10))
    assert (answer.text, answer.model) == (ANSWER, "anthropic:claude-haiku-4-5")
