"""Mails that no person waits for an answer to: from machines, lists and ourselves. None of them is ever answered."""

import re

from connectors.mail.head import Head
from connectors.mail.heads import is_ours

_MACHINES = re.compile(
    r"(?:mailer-?daemon|postmaster|no-?_?-?\.?reply|do-?_?not-?_?reply|donotreply|bounces?|notifications?|auto-?reply"
    r"|listserv|majordomo|abuse-report|feedback-?loop)(?:[+.=_-].*)?",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"^\s*(?:\[[^\]]{1,20}\]\s*)?(?:"
    r"auto(?:matic)?[- ]?(?:reply|response|antwort)\s*(?:[:：\])(]|$)"
    r"|out of (?:the )?office\s*(?:re:|reply|auto|[:：(–-]|$)|(?:abwesenheit|respuesta automática|réponse automatique)"
    r"|自動返信|自动回复|undeliver(?:able|ed)\b|delivery status notification|mail delivery (?:fail|sub|sys)"
    r"|returned mail:|failure notice$|부재\s?중\s?(?:자동|알림|안내|메시지|입니다|[:：]|$)"
    r"|자동\s?(?:회신|응답|답장)\s?(?:[:：\])]|메일|메시지|입니다|$)|휴가\s?중\s?(?:자동|입니다|[:：]|$)"
    r"|(?:메일|메시지)\s?(?:전송|배달|발송)\s?실패|반송된\s?메일|메일\s?반송|(?:수신\s?확인|읽음)\s?[:：])",
    re.IGNORECASE,
)
"""How subjects begin that machines write; what people write about such mails begins otherwise."""

_LISTS = ("list-id", "list-post", "list-unsubscribe", "list-help", "list-subscribe", "list-owner", "mailing-list")
_AUTOMATIC = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-response",
    "x-failed-recipients",
    "x-loop",
    "x-mailer-daemon",
    "x-dapbot",
    "feedback-id",
    "x-amazon-mail-relay-type",
)


def robot(head: Head, sender: str, own: str, envelope: str | None = None) -> str:
    """Return why a mail is a machine's, "" where it may be a person's.

    ``sender`` and ``own`` are addresses in small letters; ``envelope`` is the envelope's sender, None where it is not
    known. RFC 3834 names most of the signs, RFC 2919 and 2369 those of lists, RFC 3462 reports.
    """
    if sender == own or is_ours(head.first("message-id")):
        return "own"
    submitted = head.first("auto-submitted").split(";")[0].strip().lower()
    if submitted not in ("", "no") or head.has(*_AUTOMATIC):
        return "automatic"
    if head.first("precedence").strip().lower() in ("bulk", "list", "junk", "auto_reply"):
        return "bulk"
    if head.has(*_LISTS):
        return "list"
    return_path = head.first("return-path").strip() if head.has("return-path") else None
    if envelope == "" or return_path == "<>" or _MACHINES.fullmatch(sender.partition("@")[0]):
        return "machine"
    kind = " ".join(head.first("content-type").lower().split())
    if kind.startswith(("multipart/report", "message/delivery-status")) or "report-type=" in kind:
        return "report"
    return "away" if _AWAY.search(head.text("subject")) else ""
