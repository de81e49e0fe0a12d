"""What the documents' pages show beside the library, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from bot.database import aliases, browsing, versions
from bot.database.columns import now
from bot.database.tables import Answer
from bot.tasks.request import SourceDetail
from tests.bot.database.exchanges import exchange, put
from tests.bot.database.test_documents import TODAY, draft, publish

Sessions = sessionmaker[Session]


def keys(page: browsing.BrowsedPage) -> list[str]:
    return [entry.key for entry in page.entries]


def test_entries_come_in_pages_in_the_order_of_the_file(sessions: Sessions) -> None:
    document = publish(sessions, *(draft(f"k{n:03}", "") for n in range(120))).document
    with sessions() as session:
        first = browsing.browse(session, document)
        last = browsing.browse(session, document, page=3)
        beyond = browsing.browse(session, document, page=99)
        before = browsing.browse(session, document, page=-1)
    assert (first.total, first.first, len(first.entries)) == (120, 0, 50)
    assert keys(last) == [f"k{n:03}" for n in range(100, 120)]
    assert beyond == last
    assert before == first


WORDS = [
    ("환불", {"refund"}),
    ("환불 신청", {"refund"}),
    ("신청 없는말", set()),
    ("REFUND", {"refund"}),
    ("100%", {"percent"}),
    ("%", {"percent"}),
    ("_", {"under_score"}),
    ("\\", set()),
    ("' OR 1=1 --", set()),
    ("\u1112\u116a\u11ab\u1107\u116e\u11af", {"refund"}),
    ("", {"refund", "percent", "under_score"}),
]


def test_entries_are_found_by_their_words(sessions: Sessions) -> None:
    document = publish(
        sessions,
        draft("refund", "환불은 마이페이지에서 신청하세요"),
        draft("percent", "100% 면 재질입니다"),
        draft("under_score", "네"),
    ).document
    with sessions() as session:
        for words, found in WORDS:
            assert set(keys(browsing.browse(session, document, words=words))) == found, words


def test_somebody_in_groups_sees_what_is_for_them(sessions: Sessions) -> None:
    document = publish(
        sessions, draft("all"), draft("staff", audience=("staff", "lead")), draft("nobody", audience=()), draft("end")
    ).document
    with sessions() as session:
        for groups, seen in (
            (None, ["all", "staff", "nobody", "end"]),
            ((), ["all", "end"]),
            (("lead",), ["all", "staff", "end"]),
        ):
            page = browsing.browse(session, document, groups=groups)
            assert (keys(page), page.total) == (seen, len(seen))
        assert browsing.place_of(session, document, "staff") is not None
        assert browsing.place_of(session, document, "staff", groups=()) is None
        place = browsing.place_of(session, document, "end", groups=())
        assert place is not None
        assert place[0] == 1
        assert browsing.place_of(session, document, "nothing") is None
        assert browsing.known_groups(session) == ("lead", "staff")


def test_an_entry_with_all_there_is_to_it(sessions: Sessions) -> None:
    made = draft("a", "네.\n됩니다", title="환불", aliases=("돈 돌려받기",), page=3, valid_until=TODAY)
    document = publish(sessions, made).document
    with sessions.begin() as session:
        change = versions.raise_change(session)
        aliases.add(session, document, "a", "환불 되나요?", "kim", change)
    with sessions() as session:
        (entry,) = browsing.browse(session, document).entries
    assert (entry.title, entry.page, entry.aliases, entry.audience) == ("환불", 3, ("돈 돌려받기",), None)
    assert [(given.question, given.author) for given in entry.given] == [("환불 되나요?", "kim")]
    assert not entry.expired(TODAY)
    assert entry.expired(TODAY + timedelta(days=1))
    assert not entry.waits(TODAY)
    assert replace(entry, valid_from=TODAY + timedelta(days=1)).waits(TODAY)


def test_expired_entries_are_counted_in_live_versions_only(sessions: Sessions) -> None:
    past = date(2026, 1, 1)
    old = publish(sessions, draft("a", valid_until=past), draft("b", valid_until=past), draft("c", valid_until=TODAY))
    publish(sessions, draft("a", valid_until=past), draft("d"), name="other.csv")
    publish(sessions, draft("a", valid_until=past), draft("e"))  # a newer version of the first
    publish(sessions, draft("z", valid_until=past), name="third.csv", live=False)
    with sessions() as session:
        counts = browsing.expired(session, TODAY)
        changes = browsing.last_changes(session)
    assert counts[old.document] == 1
    assert sum(counts.values()) == 2
    assert len(changes) == 3


def test_answers_are_counted_by_document(sessions: Sessions) -> None:
    document = publish(sessions, draft("a"), draft("b")).document
    other = publish(sessions, draft("c"), name="other.csv").document
    with sessions() as session:
        ids = [entry.id for entry in browsing.browse(session, document).entries]
    detail = (SourceDetail(ids[0], 1.0, None),)
    names = put(sessions, *(replace(exchange(f"질문 {n}"), source_details=detail) for n in range(25)))
    assert len(names) == 25
    with sessions.begin() as session:
        first = browsing.uses(session, document, limit=100).last[-1]
        old = now() - timedelta(days=40)
        session.execute(update(Answer).where(Answer.id == first.answer_id).values(created_at=old))
    with sessions() as session:
        found = browsing.uses(session, document)
        assert (found.total, found.recent, len(found.last)) == (25, 24, 20)
        assert found.last[0].at >= found.last[-1].at
        assert found.last[0].question.startswith("질문")
        assert browsing.uses(session, other) == browsing.Uses(0, 0, ())


def test_groups_of_documents_and_of_entries_are_known(sessions: Sessions) -> None:
    document = publish(sessions, draft("a", audience=("직원",))).document
    with sessions.begin() as session:
        versions.set_audience(session, document, ["임원", "직원"])
    with sessions() as session:
        assert browsing.known_groups(session) == ("임원", "직원")
