import sys
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge import tokens
from knowledge.tokens import Morpheme, analyze, lines, morphemes, noun_pairs, sentences, stem, terms_of


def test_korean_content_morphemes_without_particles_and_endings() -> None:
    words = terms_of("환불은 영업일 기준 3일 안에 처리됩니다.").words
    assert {"환불/N", "영업일/N", "기준/N", "처리/N"} <= set(words)
    assert not any(word.startswith(("은/", "에/", "ㅂ니다")) for word in words)


def test_neighbouring_nouns_meet_however_they_are_spaced() -> None:
    joined = terms_of("유효기간이 지났어요")
    apart = terms_of("유효 기간이 지났어요")
    assert "유효기간" in joined.pairs
    assert joined.pairs == apart.pairs


def test_particles_between_nouns_are_skipped() -> None:
    found = [Morpheme("상품", "NNG", 0, 2), Morpheme("의", "JKG", 2, 3), Morpheme("가격", "NNG", 4, 6)]
    assert list(noun_pairs(found)) == ["상품가격"]


def test_a_verb_between_nouns_parts_them() -> None:
    found = [Morpheme("상품", "NNG", 0, 2), Morpheme("보", "VV", 3, 4), Morpheme("가격", "NNG", 5, 7)]
    assert list(noun_pairs(found)) == []


def test_foreign_words_and_numbers_look_the_same_in_both_languages() -> None:
    korean, english = set(terms_of("API 키를 30일마다 RESET 하나요?").words), set(terms_of("reset api keys, 30").words)
    assert {"api", "30", "reset"} <= korean & english


def test_decomposed_hangul_finds_the_composed_one() -> None:
    text = "환불 정책"
    assert terms_of(unicodedata.normalize("NFD", text)) == terms_of(text)


def test_english_stems() -> None:
    assert stem("refunds") == stem("refund") == stem("refunded")
    assert stem("환불") == "환불"


def test_bigrams_stay_inside_words() -> None:
    assert terms_of("환불 건 a").bigrams == ("환불", "건", "a")


@pytest.mark.parametrize("text", ["", " \n\t", "!!! ...", "\x00\x01", "🙂👨‍👩‍👧", "ㅋㅋㅋㅋ", "\ud7ff", "a" * 50_000])
def test_any_text_is_analysed(text: str) -> None:
    found = terms_of(text)
    assert all(term.strip() == term and " " not in term for term in (*found.words, *found.pairs, *found.bigrams))


def test_a_huge_korean_text_is_cut_and_wholly_analysed() -> None:
    found = terms_of("환불은 사흘 안에 됩니다. " * 8_000)
    assert found.words.count("환불/N") == pytest.approx(8_000, abs=40)


def test_positions_go_on_past_the_first_piece() -> None:
    text = "가나다 " * 1_200 + "환불"
    last = morphemes(text)[-1]
    assert text[last.start : last.end] == "환불"


def test_many_texts_keep_their_order() -> None:
    texts = [f"{number}번 상품의 환불" if number % 2 else f"refund of item {number}" for number in range(600)]
    assert all(str(number) in found.words for number, found in enumerate(analyze(texts)))


def test_threads_share_one_analyser() -> None:
    texts = [f"{number}번 상품의 환불 기간과 배송비" for number in range(40)]
    expected = [terms_of(text) for text in texts]
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(text for text, right in zip(texts, expected, strict=True) if terms_of(text) != right)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert list(analyze(texts)) == expected
    for thread in threads:
        thread.join()
    assert wrong == []


def test_threads_do_not_stem_each_others_words() -> None:
    """They did: an IndexError now and then, and, worse, wrong stems that stayed in the cache."""
    roots = ("running", "relation", "comput", "organiz", "happi", "nation", "hopeful", "sens")
    endings = ("ing", "ational", "er", "ation", "ness", "ally", "ed", "ivity")
    words = [f"{root}{ending}{number % 26 * 'b'}" for root in roots for ending in endings for number in range(26)]
    stem.cache_clear()
    expected = [stem(word) for word in words]
    stem.cache_clear()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: [stem(word) for word in words], range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert all(each == expected for each in found)


def test_korean_sentences_without_punctuation() -> None:
    found = sentences("환불은 사흘 걸려요 교환은 일주일 걸려요", "ko")
    assert found == ["환불은 사흘 걸려요", "교환은 일주일 걸려요"]


def test_english_sentences() -> None:
    text = 'Refunds take 3.5 days. "Express" orders are faster!\nAsk us at a.b@example.com.'
    assert sentences(text, "en") == [
        "Refunds take 3.5 days.",
        '"Express" orders are faster!',
        "Ask us at a.b@example.com.",
    ]


def test_lines_end_where_sentences_do_even_without_a_space() -> None:
    assert lines("환불됩니다.예시) 3.5일\n끝") == ["환불됩니다.", "예시) 3.5일", "끝"]


def test_warm_loads_once() -> None:
    tokens.warm()
    tokens.warm()
