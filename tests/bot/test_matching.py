"""Which entry of a new version is which of the one before."""

from dataclasses import replace

from bot.database.staging import content_hash
from bot.matching import Known, match
from knowledge.entries import Entry, Reading, Section
from knowledge.splitting import Draft, split


def drafts(*rows: tuple[str, str] | tuple[str, str, str]) -> list[Draft]:
    """Read rows of question, answer and, perhaps, an id."""
    entries = [Entry(row[1], row[0], key=row[2] if len(row) == 3 else "", row=at) for at, row in enumerate(rows, 2)]
    return split(Reading("csv", tuple(entries), ()))


def known(found: list[Draft]) -> list[Known]:
    return [Known(draft.key, content_hash(draft), draft.question, draft.answer) for draft in found]


def matched(before: list[Draft], after: list[Draft]) -> list[tuple[str, int | None]]:
    found = match(known(before), after, [content_hash(draft) for draft in after])
    return list(zip(found.keys, found.before, strict=True))


A, B, C = (
    ("환불되나요?", "네, 사흘 안에 됩니다"),
    ("배송은요?", "이틀 걸립니다 보통은"),
    ("교환은요?", "안 됩니다 죄송합니다"),
)


def test_the_first_version_has_its_own_keys() -> None:
    after = drafts(A, B)
    assert matched([], after) == [(after[0].key, None), (after[1].key, None)]


def test_equal_questions_are_the_same_entry_whatever_the_order() -> None:
    before, after = drafts(A, B), drafts((B[0], "다른 답"), C, A)
    assert matched(before, after) == [(before[1].key, 1), (after[1].key, None), (before[0].key, 0)]


def test_a_reworded_question_keeps_its_key() -> None:
    before = drafts(A, B)
    after = drafts(("환불이 되나요??", A[1]), B)
    assert matched(before, after) == [(before[0].key, 0), (before[1].key, 1)]
    # And on: what is stored under the key of the old wording is found by the new one.
    stored = [replace(draft, key=key) for draft, (key, _) in zip(after, matched(before, after), strict=True)]
    assert matched(stored, drafts(("환불이 되나요??", "이제 나흘 걸립니다"), B))[0] == (before[0].key, 0)


def test_the_old_wording_comes_back_as_another_entry() -> None:
    before = drafts(A)
    stored = [replace(drafts(("환불이 될까요?", A[1]))[0], key=before[0].key)]
    found = matched(stored, drafts(("환불이 될까요?", A[1]), (A[0], "새로 쓴 답변입니다")))
    assert found == [(before[0].key, 0), (f"{before[0].key}-2", None)]


def test_ids_added_to_a_file_name_the_entries_of_before() -> None:
    before = drafts(A, B)
    assert matched(before, drafts((*A, "R1"), (*B, "D1"))) == [("R1", 0), ("D1", 1)]
    assert matched(drafts((*A, "R1"), (*B, "D1")), drafts(A, B)) == [("R1", 0), ("D1", 1)]  # and taken away again


def test_an_id_is_surer_than_the_question() -> None:
    before = drafts((*A, "1"), (*B, "2"))
    after = drafts((*B, "1"), (*A, "2"))
    assert matched(before, after) == [("1", 0), ("2", 1)]


def test_ids_that_a_download_wrote_are_those_of_the_questions() -> None:
    before = drafts(A, B)
    after = drafts((*A, before[0].key), ("배송 기간은요?", B[1], before[1].key))
    assert matched(before, after) == [(before[0].key, 0), (before[1].key, 1)]


def test_short_or_repeated_answers_tell_nothing() -> None:
    before = drafts(("하나?", "네"), ("둘?", "담당자에게 문의해 주세요"), ("셋?", "담당자에게 문의해 주세요"))
    after = drafts(("넷?", "네"), ("다섯?", "담당자에게 문의해 주세요"), ("여섯?", "담당자에게 문의해 주세요"))
    assert [place for _, place in matched(before, after)] == [None, None, None]


def test_the_same_question_twice_stays_two_entries() -> None:
    before = drafts(A, (A[0], "또 다른 답변입니다"))
    assert matched(before, drafts(A, (A[0], "또 다른 답변입니다"))) == [(before[0].key, 0), (before[1].key, 1)]
    assert matched(before, drafts((A[0], "또 다른 답변입니다"))) == [(before[1].key, 1)]


def prose(*texts: str) -> list[Draft]:
    return split(Reading("md", tuple(Section(("안내",), text) for text in texts), ()))


def test_prose_that_moved_down_keeps_its_rows() -> None:
    before = prose("첫째 문단입니다.", "둘째 문단입니다.")
    after = prose("새 문단입니다.", "첫째 문단입니다.", "둘째 문단입니다.")
    found = matched(before, after)
    assert [place for _, place in found] == [None, 0, 1]
    assert [key for key, _ in found][1:] == [before[0].key, before[1].key]
    assert len({key for key, _ in found}) == 3


def test_prose_that_changed_in_its_place_is_the_same_entry() -> None:
    before = prose("첫째 문단입니다.", "둘째 문단입니다.")
    assert matched(before, prose("첫째 문단입니다.", "둘째 문단이 바뀌었습니다."))[1] == (before[1].key, 1)
