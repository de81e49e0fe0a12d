"""The form of a channel's settings within Slack's limits, and what comes back from it, whatever that is."""

from typing import Any

import pytest

from bot.database.titles import Title
from bot.messages import Message
from bot.preferences import Preferences
from connectors.slack.choices import Choices, as_set, choices_from, kept
from connectors.slack.settings_values import changed_values, changes, submitted, warnings
from connectors.slack.settings_view import (
    Known,
    groups_offered,
    mark_of,
    offered,
    sentence_view,
    settings_view,
    state_of,
)
from connectors.slack.workspace import UserGroup
from knowledge.language import Language
from tests.connectors.slack.seen import texts
from tests.servers.slack_forms import chosen, filled, options_of
from tests.servers.slack_limits import check_view

LONG = "아주 긴 이름의 자료 " * 12 + ".csv"
HOSTILE = '<!channel> *굵게* <https://x.example|눌러> "따옴표" & 더'
TITLES = (Title("배송.csv"), Title("인사.csv", restricted=True), Title("옛날.csv", used=False), Title(LONG))
KNOWN = Known((*TITLES, Title(HOSTILE)), (UserGroup("S01", "support", "고객지원팀"), UserGroup("S02", "hr", "hr")))
FULL = Choices(
    documents=frozenset({"배송.csv", "사라진.csv", LONG, HOSTILE}),
    language="en",
    auto=True,
    private=True,
    owners=("S01", "S99", "U01", "W02"),
    politeness="hasipsio",
    paused=True,
)
Values = dict[str, dict[str, dict[str, Any]]]


def given(view: dict[str, Any], values: Values) -> dict[str, Any]:
    return view | {"state": {"values": values}}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("choices", [Choices(), FULL])
def test_a_form_that_is_not_touched_changes_nothing(choices: Choices, language: Language) -> None:
    view = check_view(settings_view("C1", choices, KNOWN, language, changed=True))
    assert submitted(given(view, filled(view)), choices, KNOWN) == choices
    assert submitted(view, choices, KNOWN) == choices
    assert state_of(choices) in view["private_metadata"]
    assert choices_from({name: value for name, value in kept(choices).items() if value is not None}) == choices


def test_what_is_gone_is_said_and_nobody_is_called() -> None:
    view = settings_view("C1", FULL, KNOWN, "ko")
    assert "사라진.csv" in texts(view)
    labels = [o["text"]["text"] for o in filled(view)["documents"]["settings_documents"]["selected_options"]]
    assert "사라진.csv (없어진 자료)" in labels
    groups = [o["text"]["text"] for o in filled(view)["groups"]["settings_groups"]["selected_options"]]
    assert groups == ["고객지원팀 (@support)", "S99 (없어진 그룹)"]
    without = settings_view("C1", Choices(), Known(), "en")
    assert all(block.get("block_id") != "groups" for block in without["blocks"])
    said = "\n".join(changes(Choices(), FULL, KNOWN, "ko"))
    assert "<!channel>" not in said
    assert "<https" not in said
    assert "subteam" not in said
    assert check_view(sentence_view("slack.settings.admins_only", "ko"))


def test_hundreds_of_documents_are_searched() -> None:
    titles = [Title(f"부서 {n:03} 안내.csv", restricted=n % 2 == 0) for n in range(350)]
    assert len(options_of(offered(titles, "", "ko"))) == 100
    assert "350" in offered(titles, "", "en")["option_groups"][0]["label"]["text"]
    assert [o["text"]["text"] for o in options_of(offered(titles, " 안내  부서 007", "ko"))] == ["부서 007 안내.csv"]
    assert options_of(offered(titles, "ㅁ" * 40_000, "ko")) == []
    decomposed = [Title("한국.csv")]
    assert len(options_of(offered(decomposed, "한국", "ko"))) == 1
    marked = options_of(offered(KNOWN.titles, "", "ko"))
    assert len({each["value"] for each in marked}) == len(KNOWN.titles)
    assert any("정해진 그룹만" in each["text"]["text"] for each in marked)
    assert len(options_of(groups_offered(KNOWN.groups, "@HR"))) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"documents": {"settings_documents": {"selected_options": [{"value": "배송.csv"}, {"value": None}, {}]}}},
        {"documents": {"settings_documents": {"selected_options": None}}},
        {"language": {"settings_language": {"selected_option": {"value": "fr"}}}},
        {"language": {"settings_language": {"selected_option": None}}},
        {"politeness": {"settings_politeness": {"selected_option": {"value": "banmal"}}}},
        {"groups": {"settings_groups": chosen({"value": "S777"}, {"value": "<!subteam^S1>"})}},
        {"people": {"settings_people": {"selected_users": ["<!channel>", "D1", "", "U1 U2", 7]}}},
        {"people": "what is this"},
        {"auto": {"settings_auto": []}},
        {"paused": {"settings_paused": chosen({"value": "everything"})}},
    ],
)
def test_what_cannot_be_chosen_is_not(values: Any) -> None:
    assert submitted({"state": {"values": values}}, Choices(), KNOWN) == Choices()


@pytest.mark.parametrize("state", [None, [], "x", {"values": None}, {"values": []}, {"values": "x"}])
def test_a_broken_form_changes_nothing(state: Any) -> None:
    assert submitted({"state": state}, FULL, KNOWN) == FULL


def test_what_an_admin_would_want_to_know() -> None:
    def said(**values: Any) -> str:
        return " ".join(warnings(Choices(**values), KNOWN, "ko"))

    assert said() == ""
    assert said(documents=frozenset({"배송.csv", "사라진.csv"})) == ""
    assert "쓸 수 있는 것이 없습니다" in said(documents=frozenset({"옛날.csv", "사라진.csv"}))
    assert "정해진 그룹만" in said(documents=frozenset({"인사.csv"}))
    assert said(documents=frozenset({"인사.csv"}), private=True) == ""
    assert "멈춰" in said(auto=True, paused=True)


def test_changes_are_told_and_logged() -> None:
    after = Choices(documents=frozenset(f"{n}.csv" for n in range(12)), private=True)
    lines = changes(Choices(), after, KNOWN, "ko")
    assert len(lines) == 2
    assert "외 4건" in lines[0]
    assert changed_values(Choices(), after)["private"] is True
    assert changed_values(after, Choices()) == {"documents": "-", "private": "-"}
    assert len("\n".join(changes(FULL, Choices(), KNOWN, "en"))) < 3_000


def test_what_is_set_goes_with_the_message() -> None:
    message = as_set(Message("?", "slack"), FULL)
    assert message.documents == FULL.documents
    assert message.usual == Preferences("en", "", "hasipsio")
    assert mark_of("\ud800") != mark_of("가")
