"""The API held to its own description: schemathesis makes requests from it, the server says nothing that is not in it.

Seeded: the same requests each time. They name what is really there in half of the cases, and know the owner's token, so
that they get behind the first "no such document".
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.phrases import replace_words
from connectors.web.app import create_app
from tests.samples import BotMaker
from tests.servers.dapbot import Site, form
from tests.servers.web import served_app

TOKEN = "t" * 43
OWNER = {"Authorization": f"Bearer {TOKEN}"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
SLOW = {
    "POST /api/v1/knowledge": 2,
    "POST /api/v1/knowledge/{document}/entries": 0,
    "PUT /api/v1/questions/{group}/prepared": 0,
}
"""Cases of what takes long, in the short run: each upload has its process, an English entry loads the model."""

MANY = 50

ENDS = ("DELETE",)
"""What takes away what the others ask for comes last."""

Known = Mapping[str, list[Any]]
Operation = APIOperation[Any, Any, Any, Any]
Case = schemathesis.Case[Operation]


@dataclass(frozen=True)
class Api:
    """``site`` serves it; ``known`` are ids that are really there, by the name of the parameter."""

    site: Site
    known: Known

    @property
    def operations(self) -> list[Operation]:
        schema = schemathesis.openapi.from_url(f"{self.site.address}/api/openapi.json")
        found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
        return sorted(found, key=lambda each: each.method.upper() in ENDS)


@pytest.fixture
def api(make_bot: BotMaker) -> Iterator[Api]:
    bot = make_bot()
    app = create_app(bot, token=TOKEN)
    with served_app(app, bot) as site:
        yield Api(site, known(site))
        app.state.checks.wait(60)
    replace_words({})


def known(site: Site) -> Known:
    """Fill in what the requests can be about, and return its ids."""
    site.upload(("주차.csv", "질문,답변\n주차는 어디에 하나요?,건물 뒤편입니다.\n".encode()), **OWNER)
    document = site.call("GET", "/api/v1/knowledge", headers=OWNER).json["documents"][-1]["id"]
    body, kind = form((("주차.csv", "질문,답변\n주차는 어디에 하나요?,건물 앞입니다.\n".encode()),), publish="0")
    assert site.call("POST", "/api/v1/knowledge", body, {"Content-Type": kind, **OWNER}).status == 200
    staged = site.call("GET", "/api/v1/knowledge/staged", headers=OWNER).json["staged"]
    asked = [site.post("/api/v1/ask", {"question": text, "person": "민수"}, **OWNER).json for text in QUESTIONS]
    talked = site.call("GET", "/api/v1/conversations", headers=OWNER).json
    golden = site.post("/api/v1/golden", {"question": QUESTIONS[0]}, **OWNER)
    return {
        "document": [1, document],
        "version": [each["version"] for each in staged],
        "passage": ["refund", "delivery"],
        "answer_id": [each["answer_id"] for each in asked],
        "number": [golden.json.get("id", 1) if isinstance(golden.json, dict) else 1],
        "group": [1, 2],
        "alias": [1],
        "key": ["answer.unknown", "smalltalk.greeting", "refund"],
        "conversation": [each["id"] for each in talked["conversations"]],
    }


QUESTIONS = ("환불은 얼마나 걸리나요?", "화성에 지점이 있나요?", "배송비는 얼마인가요?")


def findings(api: Api, operation: Operation, count: int, told: Counter[str]) -> list[str]:
    """Send so many requests to one address; return what the server should not have said, each once."""
    found: dict[str, None] = {}

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), data=st.data())
    def send(case: Case, data: st.DataObject) -> None:
        places: list[dict[str, Any]] = [p for p in (case.path_parameters, case.body) if isinstance(p, dict)]
        for place in places:
            for name in sorted(set(place) & set(api.known)):
                if data.draw(st.booleans()):
                    place[name] = data.draw(st.sampled_from(api.known[name]))
        accept = data.draw(st.sampled_from(["application/json", "text/event-stream", "*/*"]))
        answer = case.call(headers={**OWNER, "Accept": accept}, timeout=60)
        told[str(answer.status_code)] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            found.update(dict.fromkeys(f"{operation.label}: {each}"[:2000] for each in failures.exceptions))

    send()
    return list(found)


def fuzzed(api: Api, count: int) -> list[str]:
    told: Counter[str] = Counter()
    found: list[str] = []
    for operation in api.operations:
        cases = count if count >= MANY else min(count, SLOW.get(operation.label, count))
        found += findings(api, operation, cases, told) if cases else ()
    assert told["200"] > told.total() / 10, f"too few requests get through to say anything: {told}"
    return found


@pytest.mark.filterwarnings("default")  # of the libraries that make the requests
def test_the_api_says_only_what_its_description_says(api: Api) -> None:
    assert fuzzed(api, 4) == []


@pytest.mark.soak
@pytest.mark.filterwarnings("default")
def test_the_api_says_only_what_its_description_says_for_long(api: Api) -> None:
    assert fuzzed(api, int(os.environ.get("FUZZ_CASES", "60"))) == []
