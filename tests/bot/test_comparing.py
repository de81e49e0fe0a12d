"""What a file would change, in data and in words."""

from datetime import date

from bot.comparing import Change, Elsewhere, across, compare_entries, meet, within
from bot.contradicting import differing
from bot.database.staging import content_hash
from knowledge.entries import Entry, Note, Reading
from knowledge.splitting import Draft, split


def drafts(*entries: Entry) -> list[Draft]:
    return split(Reading("csv", entries, ()))


def compared(before: list[Draft], after: list[Draft], *notes: Note) -> Change:
    return compare_entries(before, [*map(content_hash, before)], after, [*map(content_hash, after)], notes)


REFUND, DELIVERY = Entry("사흘 안에 됩니다.", "환불은 언제 되나요?", row=2), Entry("이틀 걸립니다.", "배송은?", row=3)


def test_nothing_changes() -> None:
    change = compared(drafts(REFUND, DELIVERY), drafts(DELIVERY, REFUND))
    assert (change.nothing, change.unchanged) == (True, 2)
    assert change.words("ko") == "바뀌는 것이 없어요."
    assert change.words("en") == "Nothing would change."


def test_added_changed_and_removed_with_the_fields() -> None:
    after = drafts(
        Entry(
            "나흘 안에 됩니다.",
            "환불은 언제 되나요?",
            "결제",
            "",
            ("돈 언제 받나요",),
            ("staff",),
            date(2026, 1, 1),
            None,
        ),
        Entry("안 됩니다.", "교환되나요?"),
    )
    change = compared(drafts(REFUND, DELIVERY), after)
    assert [each.title for each in change.added] == ["교환되나요?"]
    assert [each.title for each in change.removed] == ["배송은?"]
    (changed,) = change.changed
    assert changed.fields == ("answer", "title", "aliases", "audience", "valid_from")
    assert changed.words("ko") == "변경: 환불은 언제 되나요? (답변, 분류, 다른 표현, 공개 대상, 시작일)"
    assert changed.words("en").startswith("Changed: 환불은 언제 되나요? (answer, category,")
    assert [(piece.kind, piece.text) for piece in changed.pieces("answer")] == [
        ("out", "사흘"),
        ("in", "나흘"),
        ("same", " 안에 됩니다."),
    ]
    assert change.words("ko") == "추가 1건, 변경 1건, 삭제 1건, 그대로 0건."
    assert change.added[0].words("en") == "Added: 교환되나요?"


def test_a_reworded_question_is_one_change() -> None:
    (changed,) = compared(drafts(REFUND), drafts(Entry(REFUND.text, "환불이 언제 돼요?"))).changed
    assert changed.fields == ("question",)


def test_an_id_that_is_given_is_a_change_of_its_own() -> None:
    change = compared(drafts(REFUND), drafts(Entry(REFUND.text, REFUND.question, key="R-1")))
    assert change.changed[0].fields == ("key",)
    assert change.changed[0].key == "R-1"


def test_repeated_entries_and_two_answers_name_their_rows() -> None:
    found = drafts(
        REFUND,
        Entry("사흘 안에 됩니다", "환불은 언제 되나요", row=7),
        Entry("5일 걸립니다", "배송은?", row=3, sheet="요금"),
        Entry("3일 걸립니다", "배송은?", row=9, sheet="요금"),
    )
    repeated, conflicting = within(found)
    assert repeated[0].words("ko") == "같은 질문과 답변이 두 번 있어요: 환불은 언제 되나요? (2, 7행)"
    assert conflicting[0].differs == (("5일", "3일"),)
    assert "(시트 '요금' 3, 9행) 다른 점: 5일 ↔ 3일." in conflicting[0].words("ko")
    assert conflicting[0].words("en").endswith("What differs: 5일 ↔ 3일.")
    change = compared([], found)
    assert "답이 다른 곳이 1건" in change.words("ko")
    assert "there twice: 1" in change.words("en")


def test_yes_and_no_are_told_in_the_readers_language() -> None:
    _, conflicting = within(drafts(Entry("네, 됩니다.", "교환되나요?"), Entry("아니요, 안 됩니다.", "교환되나요?")))
    assert conflicting[0].differs == (("yes", "no"),)
    assert conflicting[0].words("ko").endswith("다른 점: 된다 ↔ 안 된다.")
    assert conflicting[0].words("en").endswith("What differs: yes ↔ no.")


def test_answers_for_others_or_for_another_time_do_not_contradict() -> None:
    def draft(**more: object) -> Draft:
        return Draft("k", "네", "ko", question="되나요?", **more)  # type: ignore[arg-type]

    assert meet(draft(), draft(audience=("staff",)))
    assert not meet(draft(audience=("guest",)), draft(audience=("staff",)))
    assert not meet(draft(valid_until=date(2025, 12, 31)), draft(valid_from=date(2026, 1, 1)))
    assert meet(draft(valid_until=date(2026, 1, 1)), draft(valid_from=date(2026, 1, 1)))


def test_what_other_documents_say() -> None:
    mine = drafts(REFUND, DELIVERY)
    others = {
        "환불은언제되나요": [
            Elsewhere("규정.csv", drafts(Entry("30일 안에 됩니다.", "환불은 언제 되나요?"))[0]),
            Elsewhere("안내.csv", drafts(REFUND)[0]),
        ],
        "배송은": [
            Elsewhere("옛날.csv", drafts(Entry("보통 5일 걸립니다.", "배송 기간은 며칠인가요?"))[0], near=True),
            Elsewhere("새것.csv", drafts(Entry("2일 걸립니다.", "배송 기간은?"))[0], near=True),
        ],
    }
    repeated, conflicting = across(mine, others)
    assert [(each.kind, each.document) for each in repeated] == [("elsewhere", "안내.csv")]
    assert [(each.kind, each.document) for each in conflicting] == [
        ("two_answers_elsewhere", "규정.csv"),
        ("near", "옛날.csv"),
    ]
    assert "비슷한 질문 '배송 기간은 며칠인가요?'" in conflicting[1].words("ko")
    assert "'규정.csv' answers the same question differently" in conflicting[0].words("en")


def test_numbers_dates_and_yes_or_no() -> None:
    assert differing("3일 걸립니다", "사흘 걸립니다") == ()
    assert differing("배송비는 3,000원입니다", "배송비는 2,500원입니다") == (("3,000원", "2,500원"),)
    assert differing("네, 가능합니다", "아니요, 안 됩니다") == (("yes", "no"),)
    assert differing("환불할 수 있습니다.", "환불할 수 없습니다.") == (("yes", "no"),)
    assert differing("Yes, within 3 days.", "No, it is not possible.")[0] == ("yes", "no")
    assert differing("", "무엇이든") == ()


def test_rows_that_were_left_out_are_told_with_the_change() -> None:
    note = Note("read.row_no_answer", {"count": 2, "rows": "4, 9"})
    change = compared([], drafts(REFUND), note, Note("read.encoding_used", {"encoding": "UTF-8"}))
    assert change.unread("ko") == ["답변이 비어 있어 건너뛰었어요: 2건(4, 9행)."]
