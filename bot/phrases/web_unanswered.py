"""What the page of unanswered questions says, and what people are told when there is an answer."""

PHRASES: dict[str, tuple[str, str]] = {
    "telling.subject": ("물어보신 내용에 답이 생겼어요", "There is an answer to what you asked"),
}
