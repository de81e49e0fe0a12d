"""`dapbot knowledge`: look first, publish together, go back, other ways to ask, download; alone and beside a server."""

import json
from pathlib import Path

import pytest

from tests.connectors.cli.conftest import Dapbot
from tests.connectors.cli.test_knowledge import FAQ, typed
from tests.servers.dapbot import Site

NEW = FAQ.replace("사흘", "나흘") + "교환은 되나요?,네\n,답만\n"


@pytest.fixture
def dapbot(knowledge: Dapbot) -> Dapbot:
    return knowledge


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    file = tmp_path / "faq.csv"
    file.write_text(FAQ)
    return file


def test_a_dry_run_shows_all_and_writes_nothing(dapbot: Dapbot, faq: Path) -> None:
    dapbot("add", faq)
    faq.write_text(NEW)
    code, out, err = dapbot("add", faq, "--dry-run")
    assert (code, err) == (0, "")
    assert "추가 1건, 변경 1건, 삭제 0건, 그대로 1건." in out
    assert "! 질문이 비어 있어 건너뛰었어요: 1건(5행)." in out
    assert "~ 환불은 언제 되나요?\n    답변: [-사흘-]{+나흘+} 안에 됩니다" in out
    assert "+ 교환은 되나요?" in out
    assert "\n아무것도 저장하지 않았습니다." in out
    (line,) = json.loads(dapbot("add", faq, "--dry-run", "--json")[1])
    assert (line["state"], line["unchanged"]) == ("changed", 1)
    (changed,) = line["changed"]
    assert changed["diff"]["answer"] == [["out", "사흘"], ["in", "나흘"], ["same", " 안에 됩니다"]]
    assert (changed["row"], changed["before"]["answer"]) == (2, "사흘 안에 됩니다")
    assert json.loads(dapbot("history", 1, "--json")[1])[0]["number"] == 1
    assert json.loads(dapbot("staged", "--json")[1]) == []
    (faq.parent / "그림.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert dapbot("add", faq.parent / "그림.png", "--dry-run")[0] == 1


def test_columns_are_said_and_remembered(dapbot: Dapbot, tmp_path: Path) -> None:
    file = tmp_path / "표.csv"
    file.write_text("이름,설명문\n환불,네 됩니다\n")
    code, out, _ = dapbot("add", file, "--columns", "질문=이름,답변=설명문")
    assert code == 0
    assert "고르신 대로 읽었어요. 질문 열: '이름', 답변 열: '설명문'" in out
    file.write_text("설명문,이름\n아니요,환불\n")
    assert "변경 1건" in dapbot("add", file, "--dry-run")[1]
    file.write_text("환불,네\n교환,아니요\n")
    assert "2행" in dapbot("add", file, "--columns", "question=#1,answer=#2", "--dry-run")[1]
    for wrong in ("질문", "질문=", "색깔=이름", "질문=#1", "질문=없음,답변=설명문", "{"):
        assert dapbot("add", file, "--columns", wrong)[0] == 1, wrong


def test_staged_published_and_taken_back(dapbot: Dapbot, faq: Path) -> None:
    dapbot("add", faq)
    faq.write_text(NEW)
    out = dapbot("add", faq, "--stage")[1]
    assert "게시: dapbot knowledge publish 2" in out
    assert "~ 환불은 언제 되나요?" in dapbot("staged")[1]
    assert dapbot("publish", 2)[1] == "'faq.csv' 버전 2을(를) 게시했습니다: 추가 1, 변경 1, 삭제 0.\n"
    assert "게시를 기다리는 변경이 없습니다." in dapbot("staged")[1]
    code, _, err = dapbot("publish", 2)
    assert (code, "기다리고 있지 않습니다" in err) == (1, True)
    assert dapbot("rollback", 1)[1] == "'faq.csv'을(를) 버전 1의 내용으로 되돌렸습니다(새 버전 3).\n"
    out = dapbot("history", 1)[1]
    assert "   3  사용 중  " in out
    assert "(버전 1을(를) 되살림)" in out
    assert "바뀌는 것이 없어요." in dapbot("diff", 1, 1, 3)[1]
    assert "- 교환은 되나요?" in dapbot("diff", 1, 2, 3)[1]
    assert len(json.loads(dapbot("diff", 1, 2, 3, "--json")[1])["removed"]) == 1
    assert json.loads(dapbot("rollback", 1, 2, "--json")[1])["restored_from"] == 2
    faq.write_text(FAQ)
    dapbot("add", faq, "--stage")
    assert dapbot("discard", 5) == (0, "'faq.csv'의 기다리던 변경을 취소했습니다.\n", "")


def test_of_two_changes_of_one_file_the_newer_is_published(dapbot: Dapbot, faq: Path) -> None:
    for content in (NEW, FAQ.replace("이틀", "닷새")):
        faq.write_text(content)
        dapbot("add", faq, "--stage")
    code, out, err = dapbot("publish", 1, 2)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "'faq.csv' 1 버전은 더 새 변경이 함께 게시되어 취소했습니다.",
        "'faq.csv' 버전 2을(를) 게시했습니다: 추가 2, 변경 0, 삭제 0.",
    ]
    assert "닷새 걸립니다" in dapbot("search", "배송은 며칠 걸리나요?")[1]


def test_what_changed_meanwhile_is_shown_and_asked_about(dapbot: Dapbot, faq: Path, data: Path) -> None:
    dapbot("add", faq)
    faq.write_text(NEW)
    dapbot("add", faq, "--stage")
    faq.write_text(FAQ.replace("이틀", "닷새"))
    dapbot("add", faq)
    code, out, err = dapbot("publish", 2)  # no terminal to ask on
    assert (code, "버전 3(으)로 바뀌었습니다" in err, "--yes" in err) == (1, True, True)
    assert "[-닷새-]{+이틀+}" in out
    said = typed(data, "publish", "2", answer="아니요")
    assert "게시하지 않았습니다." in said
    assert dapbot("publish", 2, "--yes")[0] == 0
    assert json.loads(dapbot("history", 1, "--json")[1])[0]["number"] == 4


def test_who_may_see_it_and_whether_it_is_used(dapbot: Dapbot, faq: Path) -> None:
    dapbot("add", faq, "--audience", "직원")
    assert "직원만 볼 수 있음" in dapbot("list")[1]
    assert json.loads(dapbot("search", "환불", "--json")[1])["passages"] == []
    assert json.loads(dapbot("search", "환불", "--json", "--audience", "직원")[1])["passages"]
    assert dapbot("audience", 1, "--everyone")[1] == "이제 'faq.csv' 자료를 모두가 볼 수 있습니다.\n"
    assert dapbot("audience", 1, "가", "나")[1] == "이제 'faq.csv' 자료는 가, 나만 볼 수 있습니다.\n"
    assert dapbot("audience", 1)[0] == 2
    assert dapbot("disable", 1)[1] == "'faq.csv' 자료를 답변에서 뺐습니다.\n"
    assert "(쓰지 않음)" in dapbot("list")[1]
    assert dapbot("enable", 1)[1] == "'faq.csv' 자료를 다시 답변에 씁니다.\n"
    assert "보관한 파일" in dapbot("show", 1)[1]
    assert dapbot("disable", 9)[0] == 1


def test_other_ways_to_ask(dapbot: Dapbot, faq: Path) -> None:
    dapbot("add", faq)
    key = json.loads(dapbot("show", 1, "--json")[1])["passages"][0]["passage"]
    assert "등록된 다른 표현이 없습니다" in dapbot("alias", "list")[1]
    out = dapbot("alias", "add", key, "머니백 소요일")[1]
    assert out == "이제 '머니백 소요일'(으)로 물어도 '환불은 언제 되나요?' 항목을 찾습니다.\n"
    assert "머니백 소요일  → 환불은 언제 되나요?  faq.csv" in dapbot("alias", "list", 1)[1]
    (line,) = json.loads(dapbot("alias", "list", "--json")[1])
    assert (line["alias"], line["key"]) == ("머니백 소요일", key)
    assert json.loads(dapbot("search", "머니백 소요일", "--json")[1])["passages"][0]["passage"] == key
    assert dapbot("alias", "add", key, "머니백 소요일")[0] == 1
    assert dapbot("alias", "remove", line["id"])[1] == "'머니백 소요일' 표현을 지웠습니다.\n"


def test_down_and_up_again(dapbot: Dapbot, faq: Path, tmp_path: Path) -> None:
    dapbot("add", faq)
    code, _, err = dapbot("download", 1)  # the file of this name is there
    assert (code, "이미 있습니다" in err) == (1, True)
    target = tmp_path / "받은 것.csv"
    assert dapbot("download", 1, "-o", target) == (0, f"{target} 파일로 저장했습니다.\n", "")
    assert target.read_text("utf-8-sig").splitlines()[0] == "id,질문,답변"
    assert "faq.csv  그대로" in dapbot("add", target, "--document", 1)[1]
    assert dapbot("add", target, faq, "--document", 1)[0] == 1
    assert dapbot("download", 1, "--original", "-o", target)[0] == 0
    assert target.read_text() == FAQ
    assert dapbot("download", 1, "-o", tmp_path / "없는 곳" / "a")[0] == 1


def asked(site: Site, question: str) -> str:
    return str(site.post("/api/v1/ask", {"question": question}).json["answer"])
