"""What the page of trying a question says, and that of golden questions."""

PHRASES: dict[str, tuple[str, str]] = {
    "golden.twice": (
        "같은 질문이 이미 기준 질문에 있습니다: {question}",
        "There is a golden question like this already: {question}",
    ),
    "golden.too_many": (
        "기준 질문은 {most}개까지 둘 수 있습니다. 쓰지 않는 것을 지우고 다시 해 주세요.",
        "There can be {most} golden questions at most. Remove some that are not needed, then try again.",
    ),
    "golden.empty": ("질문을 적어 주세요.", "Please write a question."),
    "golden.long": ("질문은 {limit}자까지 적을 수 있습니다.", "A question can have {limit} characters at most."),
    "golden.no_entry": (
        "어느 항목이 답해야 하는지 찾지 못했습니다. 지금 쓰이는 문서의 항목을 골라 주세요.",
        "It is not known which entry should answer this. Choose an entry of a document that is live.",
    ),
}
