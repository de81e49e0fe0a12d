"""Indexing at size: words are analysed once, in bounded batches, and the result is the same however it is cut."""

import resource
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import tokens
from knowledge.keywords import KeywordIndex
from knowledge.passages import Passage
from knowledge.questions import understand
from knowledge.tokens import BATCH, BATCH_CHARACTERS, Terms, analyze, stem, terms_of

TEXTS = [
    f"{number}번 상품의 환불 기간은 {number % 7}일이며, refund of item {number}은 담당자에게 문의해 주세요."
    for number in range(2 * BATCH + 10)
]


def test_one_worker_and_two_find_the_same() -> None:
    """A list is analysed by Kiwi's workers, a single text by the thread that asks."""
    words = sorted({word for text in TEXTS[:300] for word in text.split()})
    by_workers = [[(token.form, token.tag) for token in found] for found in tokens._kiwi().tokenize(words)]
    by_one = [[(token.form, token.tag) for token in tokens._kiwi().tokenize(word)] for word in words]
    assert by_workers == by_one


def test_what_is_kept_of_earlier_texts_changes_nothing() -> None:
    expected = [terms_of(text) for text in TEXTS[::29]]
    assert [terms for at, terms in enumerate(analyze(TEXTS)) if at % 29 == 0] == expected


def test_texts_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"{taken}번 환불"

    found = analyze(endless())
    assert isinstance(next(found), Terms)
    assert taken <= 2 * BATCH + 1
    taken = 0
    long = ("환불 " * (BATCH_CHARACTERS // 3) for _ in range(1_000))
    next(analyze(text for text in long if (taken := taken + 1)))
    assert taken <= 3


def test_a_text_without_spaces_is_analysed_too() -> None:
    found = terms_of("환불은사흘안에됩니다" * 2_000)
    assert found.words.count("환불/N") > 1_500


def test_a_word_is_the_same_wherever_it_stands() -> None:
    alone = terms_of("환불기간은").words
    assert set(alone) <= set(terms_of("문의하신 환불기간은 사흘입니다").words)


def test_numbers_have_no_stem() -> None:
    from snowballstemmer import stemmer  # type: ignore[import-untyped]

    english = stemmer("english")
    assert all(stem(str(number)) == english.stemWord(str(number)) for number in range(0, 3_000, 7))


def test_headings_of_many_passages_are_found_in_each(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path)
    titles = ["환불 규정", "배송 안내"]
    index.add([Passage(at, "ko", f"{at}호 문서", title=titles[at % 2]) for at in range(600)])
    hits = index.search(understand("배송"), 1_000)
    assert set(hits.words.scores) == set(range(1, 600, 2))
    assert all(look.heads == (frozenset({"배송/N", "안내/N", "배송안내"}),) for look in hits.look([1, 599]).values())
    index.close()


def test_parts_added_one_by_one_find_what_one_addition_finds(tmp_path: Path) -> None:
    passages = [Passage(at, "ko", text, question=f"{at}번 환불은?") for at, text in enumerate(TEXTS[:400])]
    whole, parts = KeywordIndex(tmp_path / "whole"), KeywordIndex(tmp_path / "parts")
    whole.add(passages)
    for start in range(0, 400, 130):
        parts.add(passages[start : start + 130])
    assert whole.ids() == parts.ids()
    assert whole.lengths() == parts.lengths()
    for number in (3, 77, 399):
        question = understand(f"{number}번 상품 환불 기간")
        found = [index.search(question, 50).words.scores for index in (whole, parts)]
        assert next(iter(found[0])) == next(iter(found[1])) == number
        assert list(found[0].values()) == pytest.approx(list(found[1].values()), rel=1e-3)
    whole.close()
    parts.close()


def test_questions_do_not_wait_while_much_is_indexed(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path)
    index.add([Passage(1, "ko", "환불은 사흘 걸립니다")])
    passages = [Passage(at, "ko", text) for at, text in enumerate(TEXTS, 10)]
    adding = threading.Thread(target=index.add, args=(passages,))
    adding.start()
    asked = 0
    while adding.is_alive():
        assert 1 in index.search(understand("환불 사흘"), 50).words.scores
        asked += 1
    adding.join()
    assert asked > 0
    assert len(index.ids()) == len(TEXTS) + 1
    index.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells the most memory in kilobytes there only")
def test_megabytes_are_indexed_in_bounded_memory(tmp_path: Path) -> None:
    tokens.warm()
    index = KeywordIndex(tmp_path)
    index.add([Passage(0, "ko", "준비")])
    line = "영업일 기준 {0}일 안에 처리되며 {0}번 창구에서 신청 번호 {0}을 말씀해 주세요. "
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    texts = (line.format(at) * 9 for at in range(1, 100_000))
    size, at = 0, 0
    while size < 6_000_000:
        some = [Passage(at + place, "ko", next(texts)) for place in range(1_000)]
        size, at = size + sum(len(each.text.encode()) for each in some), at + len(some)
        index.add(some)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 150, f"{grown:.0f} MB more for {size / 1e6:.0f} MB of text"
    index.close()
