"""The language of a reply, and other people's languages."""

import pytest

from bot.language import foreign_language, foreign_notice, reply_language
from knowledge.language import Language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("返金はどのくらいかかりますか?", "ja"),
        ("返金方法 カタカナ", "ja"),
        ("退款需要多长时间?", "zh"),
        ("Сколько длится возврат?", "ru"),
        ("كم يستغرق استرداد الأموال؟", "ar"),
        ("คืนเงินใช้เวลานานเท่าไร", "th"),
        ("धनवापसी में कितना समय लगता है?", "hi"),
        ("Hoàn tiền mất bao lâu?", "vi"),
        ("¿Cuánto tarda el reembolso de mi pedido?", "es"),
        ("Combien de temps pour le remboursement de ma commande ?", "fr"),
        ("Wie lange dauert die Rückerstattung und wo kann ich sie beantragen?", "de"),
        ("Berapa lama pengembalian dana untuk pesanan saya?", "id"),
    ],
)
def test_foreign_languages(text: str, code: str) -> None:
    assert foreign_language(text) == code
    assert foreign_notice(text)
    assert reply_language(text) == "en"
    assert reply_language(text, setting="ko") == "ko"
    assert reply_language(text, person="en", setting="ko") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("환불은 어떻게 하나요?", "ko"),
        ("VPN 접속이 안 돼요", "ko"),
        ("東京 지점은 어디예요?", "ko"),
        ("How do I get a refund?", "en"),
        ("refund", "en"),
        ("Where can I park near the café?", "en"),
        ("How do I read 漢字?", "en"),
        ("Is the De la Cruz form still valid?", "en"),
        ("URL404", "en"),
    ],
)
def test_korean_and_english(text: str, language: Language) -> None:
    assert foreign_language(text) is None
    assert foreign_notice(text) is None
    assert reply_language(text, person="ko" if language == "en" else "en") == language


@pytest.mark.parametrize("text", ["", "?", "123", "🙂", "\x00"])
def test_without_letters_what_is_known_decides(text: str) -> None:
    assert reply_language(text) == "ko"
    assert reply_language(text, conversation="en", setting="ko") == "en"
    assert reply_language(text, person="ko", conversation="en") == "ko"
    assert reply_language(text, setting="en") == "en"


def test_a_long_text_is_read_in_part() -> None:
    assert reply_language("가" * 100_000) == "ko"
    assert foreign_language("あ" * 100_000) == "ja"
