"""What is live and may be seen, versions staged and published, on both databases."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.database import documents, staging, versions
from bot.database.staging import Upload
from knowledge.splitting import Draft

Sessions = sessionmaker[Session]
TODAY = date(2026, 11, 24)


def draft(key: str, answer: str = "네", **more: object) -> Draft:
    return Draft(key, answer, "ko", question=f"{key}?", **more)  # type: ignore[arg-type]


def publish(sessions: Sessions, *drafts: Draft, name: str = "faq.csv", live: bool = True) -> staging.Staged:
    with sessions.begin() as session:
        staged = staging.stage(session, Upload(name, "sha-" + "".join(d.answer for d in drafts), "csv", "[]", drafts))
        if live and staged.version is not None:
            versions.publish(session, staged.version)
    return staged


def seen(
    sessions: Sessions, audience: Collection[str] = (), today: date = TODAY, only: Collection[str] = ()
) -> set[str]:
    """Return the keys of the passages that may be seen, of all there are."""
    with sessions() as session:
        ids = documents.visible(session, range(1, 50), audience, today, only)
        return {record.key for record in documents.load(session, sorted(ids)).values()}


def test_only_the_live_version_is_seen(sessions: Sessions) -> None:
    publish(sessions, draft("a"), draft("b"))
    publish(sessions, draft("a"), draft("c"), live=False)
    assert seen(sessions) == {"a", "b"}
    publish(sessions, draft("a"), draft("d"))
    assert seen(sessions) == {"a", "d"}


def test_dates_include_both_days(sessions: Sessions) -> None:
    publish(
        sessions,
        draft("always"),
        draft("today", valid_from=TODAY, valid_until=TODAY),
        draft("past", valid_until=date(2026, 11, 23)),
        draft("future", valid_from=date(2026, 11, 25)),
    )
    assert seen(sessions) == {"always", "today"}
    assert seen(sessions, today=date(2026, 11, 25)) == {"always", "future"}


def test_groups_see_what_is_theirs(sessions: Sessions) -> None:
    publish(sessions, draft("all"), draft("staff", audience=("staff", "lead")), draft("nobody", audience=()))
    assert seen(sessions) == {"all"}
    assert seen(sessions, {"staff"}) == {"all", "staff"}
    assert seen(sessions, frozenset({"guest"})) == {"all"}


def test_only_some_documents(sessions: Sessions) -> None:
    publish(sessions, draft("shipping"), name="배송.csv")
    publish(sessions, draft("leave", audience=("staff",)), draft("lunch"), name="인사.csv")
    publish(sessions, draft("price"), name="가격 '25%' \\ 표.csv")
    assert seen(sessions, only={"배송.csv"}) == {"shipping"}
    assert seen(sessions, only={"배송.csv", "인사.csv"}) == {"shipping", "lunch"}
    assert seen(sessions, {"staff"}, only={"인사.csv", "없는 자료.csv"}) == {"leave", "lunch"}
    assert seen(sessions, only={"가격 '25%' \\ 표.csv"}) == {"price"}
    assert seen(sessions, {"staff"}, only={"없는 자료.csv"}) == set()
    assert seen(sessions, only=()) == {"shipping", "lunch", "price"}


def test_what_is_disabled_or_removed_is_not_seen(sessions: Sessions) -> None:
    kept = publish(sessions, draft("a"))
    gone = publish(sessions, draft("b"), name="other.csv")
    with sessions.begin() as session:
        session.execute(
            documents.DOCUMENTS.update().where(documents.DOCUMENTS.c.id == kept.document).values(enabled=False)
        )
        assert versions.remove(session, gone.document) is not None
        assert versions.remove(session, 999) is None
    assert seen(sessions) == set()
    with sessions() as session:
        assert len(documents.wanted(session)) == 1  # held for when it is enabled again
        assert documents.answering(session) == set()
        assert [row.name for row in documents.documents(session)] == ["faq.csv"]


def test_the_record_of_a_passage(sessions: Sessions) -> None:
    made = draft(
        "a", "네.\n됩니다", title="환불", aliases=("돈 돌려받기",), audience=("staff",), page=3, valid_until=TODAY
    )
    staged = publish(sessions, made)
    with sessions() as session:
        (record,) = documents.load(session, list(range(50))).values()
        assert record == documents.PassageRecord(
            id=record.id, document="faq.csv", document_id=staged.document, key="a", version=1, title="환불",
            question="a?", answer="네.\n됩니다", language="ko", page=3, audience=["staff"],
            valid_from=None, valid_until=TODAY,
        )  # fmt: skip
        assert documents.passages_of(session, staged.document) == [replace(record, aliases=("돈 돌려받기",))]
        assert documents.for_index(session, [record.id])[0].aliases == ("돈 돌려받기",)


def test_unchanged_passages_keep_their_rows(sessions: Sessions) -> None:
    first = publish(sessions, draft("a"), draft("b"), draft("c"))
    second = publish(sessions, draft("c"), draft("b", "아니요"), draft("d"))
    assert (first.added, first.changed, first.removed, first.new) == (3, 0, 0, True)
    assert (second.added, second.changed, second.removed, second.new) == (1, 1, 1, False)
    with sessions() as session:
        before, after = (documents.of_version(session, each or 0) for each in (first.version, second.version))
    assert after[0] == before[2]
    assert set(before) & set(after) == {before[2]}
    third = publish(sessions, draft("a"), draft("b"), draft("c"))
    with sessions() as session:
        assert documents.of_version(session, third.version or 0) == before  # brought back: the old rows


def test_a_file_that_says_the_same_is_no_version(sessions: Sessions) -> None:
    publish(sessions, draft("a"), draft("b"))
    assert publish(sessions, draft("b"), draft("a")).version is None


def test_ids_are_never_given_out_twice(sessions: Sessions) -> None:
    """An index may still hold the id of a passage that is gone: it must not become another passage's."""
    first = publish(sessions, draft("a"))
    with sessions.begin() as session:
        (old,) = documents.of_version(session, first.version or 0)
        versions.remove(session, first.document)
    second = publish(sessions, draft("b"))
    with sessions() as session:
        assert documents.of_version(session, second.version or 0) != [old]


def test_the_state_of_each_version(sessions: Sessions) -> None:
    publish(sessions, draft("a"))
    staged = publish(sessions, draft("b"), live=False)
    with sessions() as session:
        (row,) = documents.documents(session)
        assert (row.version, row.state, row.entries, row.languages) == (1, "published", 1, ("ko",))
        assert versions.requested(session) == [staged.version]
    with sessions.begin() as session:
        versions.publish(session, staged.version or 0)
    with sessions() as session:
        assert [row.state for row in documents.documents(session)] == ["published"]
        assert versions.requested(session) == []


def test_publishing_what_was_removed_meanwhile_does_nothing(sessions: Sessions) -> None:
    with sessions.begin() as session:
        versions.publish(session, 77)
    assert seen(sessions) == set()


def test_the_change_number_only_grows(sessions: Sessions) -> None:
    with sessions() as session:
        assert versions.change_number(session) == 0
    numbers = [publish(sessions, draft(key)).change for key in "abcdefghijkl"]
    assert numbers == list(range(1, 13))
    with sessions.begin() as session:
        name = versions.identity(session)
    with sessions.begin() as session:
        assert versions.identity(session) == name
        versions.put(session, "progress", "1/2")
        versions.put(session, "progress", "2/2")
        assert versions.value(session, "progress") == "2/2"


@pytest.mark.parametrize("count", [0, 1, 70_000])
def test_any_number_of_ids(sessions: Sessions, count: int) -> None:
    publish(sessions, draft("a"))
    with sessions() as session:
        assert len(documents.visible(session, list(range(1, count + 1)), (), TODAY)) == min(count, 1)
