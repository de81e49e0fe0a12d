"""Which messages of Slack's are read, and how they read."""

from typing import Any

import pytest

from connectors.slack.posted import Posted, posted_from, readable, withdrawn, without

BASE: dict[str, Any] = {
    "type": "message",
    "channel": "C01",
    "channel_type": "channel",
    "user": "U01",
    "ts": "1764060000.000100",
    "text": "배송비 얼마예요",
}


def event(**more: Any) -> dict[str, Any]:
    return {**BASE, **more}


def test_a_message_is_read() -> None:
    posted = posted_from(event())
    assert posted is not None
    assert (posted.key, posted.conversation, posted.threaded) == (
        "slack:C01:1764060000.000100",
        "C01:1764060000.000100",
        False,
    )


def test_a_mention_told_twice_has_one_key() -> None:
    first = posted_from(event(text="<@UBOT> 안녕"))
    second = posted_from({**event(text="<@UBOT> 안녕"), "type": "app_mention"})
    assert first is not None
    assert second is not None
    assert first.key == second.key


def test_a_direct_message_is_one_conversation() -> None:
    top = posted_from(event(channel="D01", channel_type="im"))
    inside = posted_from(event(channel="D01", channel_type="im", ts="1764060009.0", thread_ts="1764060000.000100"))
    assert top is not None
    assert inside is not None
    assert top.conversation == inside.conversation == "D01"
    assert inside.thread == "1764060000.000100"


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B01"},
        {"bot_profile": {"id": "B01"}},
        {"user": "USLACKBOT"},
        {"user": None},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "B02"},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "channel_topic"},
        {"ts": ""},
        {"channel": None},
    ],
)
def test_what_no_person_wrote_is_not_read(more: dict[str, Any]) -> None:
    assert posted_from(event(**more)) is None


def test_files_in_a_direct_message_are_read() -> None:
    posted = posted_from(event(channel="D01", channel_type="im", subtype="file_share", files=[{"id": "F1"}, "junk"]))
    assert posted is not None
    assert posted.text == BASE["text"]


def changed(text: str, before: str, edited: str) -> dict[str, Any]:
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": "C01",
        "channel_type": "channel",
        "message": {"user": "U01", "ts": BASE["ts"], "text": text, "edited": {"user": "U01", "ts": edited}},
        "previous_message": {"user": "U01", "ts": BASE["ts"], "text": before},
    }


def test_an_edit_has_a_key_of_its_own() -> None:
    posted = posted_from(changed("환불 얼마예요", "배송비 얼마예요", "1764060030.000000"))
    assert posted is not None
    assert posted.text == "환불 얼마예요"
    assert posted.key == "slack:C01:1764060000.000100:edit:1764060030.000000"


def test_an_edit_long_after_and_a_preview_are_nothing() -> None:
    assert posted_from(changed("환불", "배송", "1764060090.000000")) is None
    assert posted_from(changed("배송", "배송", "1764060010.000000")) is None
    assert posted_from({**BASE, "subtype": "message_changed"}) is None


def test_text_as_people_see_it() -> None:
    raw = (
        "<@UBOT> <@U02>님, <#C9|공지> &lt;b&gt; &amp; <https://a.kr/x|문서> <https://a.kr> <mailto:a@b.kr|a@b.kr> "
        "<!here> <!subteam^S1|@hr>"
    )
    names = {"U02": "민수"}
    said = readable(raw, own="UBOT", name=lambda user: names.get(user, ""))
    assert said == "@민수님, #공지 <b> & 문서 (https://a.kr/x) https://a.kr a@b.kr @here @hr"


def test_a_name_that_is_not_known_stays_its_id() -> None:
    assert readable("<@U77> 어디 계세요") == "@U77 어디 계세요"


def test_the_bot_is_left_out_with_its_comma() -> None:
    assert without("<@UBOT>, 안녕 <@UBOT|dapbot>: 하세요", "UBOT") == "안녕   하세요"


def test_mentions() -> None:
    posted = Posted("C1", "1.0", "1.0", "U1", "<@U2> <@W3|x> <@bad>", "channel")
    assert posted.mentions() == {"U2", "W3"}


def test_hostile_markup_takes_no_time() -> None:
    readable("<" * 40_000)
    readable("<@U1" * 10_000)


def test_what_was_taken_back_is_known_by_its_key() -> None:
    gone = {"subtype": "message_deleted", "channel": "C01", "deleted_ts": BASE["ts"], "hidden": True}
    assert withdrawn({**gone, "previous_message": dict(BASE)}) == f"slack:C01:{BASE['ts']}"
    stone = {"subtype": "message_changed", "channel": "C01", "previous_message": dict(BASE)}
    assert withdrawn({**stone, "message": {"subtype": "tombstone", "ts": BASE["ts"]}}) == f"slack:C01:{BASE['ts']}"
    assert withdrawn({**gone, "previous_message": {**BASE, "bot_id": "B1"}}) == ""
    assert withdrawn({**gone, "previous_message": None}) == ""
    assert withdrawn(event()) == ""
