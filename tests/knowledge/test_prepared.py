"""A reading process is started before there is anything to read."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from knowledge.guarded import LIMITS, Readers

FAQ = "질문,답변\n환불 기간은?,7일입니다\n".encode()


@pytest.fixture
def readers() -> Iterator[Readers]:
    own = Readers()
    yield own
    own.end()


def test_the_first_document_is_read_by_the_process_that_was_prepared(readers: Readers) -> None:
    readers.prepare(LIMITS)
    assert readers.read("faq.csv", FAQ, LIMITS).parts
    (only,) = readers.waiting()  # the document that came at once has waited for it
    assert readers.read("faq.csv", FAQ, LIMITS).parts
    assert readers.waiting() == [only]


def test_one_that_is_not_as_it_is_needed_is_in_nobodys_way(readers: Readers) -> None:
    readers.prepare(LIMITS)
    assert readers.read("faq.csv", FAQ, replace(LIMITS, wall=30)).parts
    assert len(readers.waiting()) == 2


def test_nothing_is_left_of_one_that_was_not_needed(readers: Readers) -> None:
    readers.prepare(LIMITS)
    assert readers.read("faq.csv", FAQ, LIMITS).parts
    readers.end()
    assert readers.waiting() == readers.working() == []
