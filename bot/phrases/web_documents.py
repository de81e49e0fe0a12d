"""What the pages of documents say besides: columns, entries, owners, templates."""

PHRASES: dict[str, tuple[str, str]] = {
    # --- one entry (connectors/web/entry_pages.py)
    "web.entry.edit": ("고치기", "Edit"),
    "web.entry.edit.of": ("고치기: {title}", "Edit: {title}"),
    "web.entry.new": ("새 항목", "New entry"),
    "web.entry.add": ("항목 추가", "Add an entry"),
    "web.entry.question": ("질문", "Question"),
    "web.entry.answer": ("답변", "Answer"),
    "web.entry.text": ("글", "Text"),
    "web.entry.aliases": ("다른 표현", "Other wordings"),
    "web.entry.aliases.help": (
        "한 줄에 하나씩 적어 주세요. 이렇게 물어도 이 답을 찾아요.",
        "One a line. Questions worded like these find this answer as well.",
    ),
    "web.entry.title": ("분류", "Category"),
    "web.entry.groups": ("볼 수 있는 그룹(쉼표로 구분)", "Who may see it (groups, separated by commas)"),
    "web.entry.groups.help": ("비워 두면 모두에게 보여요.", "Empty means everyone."),
    "web.entry.from": ("시작일", "Valid from"),
    "web.entry.until": ("종료일", "Valid until"),
    "web.entry.more": ("분류, 볼 수 있는 그룹, 유효 기간", "Category, audience, validity"),
    "web.entry.more.prose": ("볼 수 있는 그룹, 유효 기간", "Audience, validity"),
    "web.entry.prose": (
        "“{title}” 아래의 글이에요. 제목과 쪽은 파일 속 자리라서 여기에서는 바꾸지 않아요.",
        "Text under “{title}”. Its heading and page say where it stands in the file, and are not changed here.",
    ),
    "web.entry.no_table": (
        "{kind} 문서라서 파일 자체는 고치지 못해요. 답에는 고친 글이 바로 쓰이고, 내려받으면 고친 글이 JSONL로 나와요. "
        "파일을 다시 올릴 때는 미리보기에서 이 수정이 사라지지 않는지 확인해 주세요.",
        "The {kind} file itself cannot be rewritten. Answers use the edited text at once, and a download gives it as "
        "JSONL. When you upload the file again, check in the preview that the edit is not lost.",
    ),
    "web.entry.at_once": (
        "저장하면 바로 답에 쓰이고 새 버전으로 남아요. 언제든 되돌릴 수 있어요.",
        "Saved, it is used in answers at once and kept as a new version. You can undo it at any time.",
    ),
    "web.entry.save": ("저장", "Save"),
    "web.entry.save_mine": ("내가 쓴 대로 저장", "Save what I wrote"),
    "web.entry.cancel": ("취소", "Cancel"),
    "web.entry.keep_theirs": ("지금 내용 그대로 두기", "Keep what it says now"),
    "web.entry.remove": ("항목 빼기", "Take it out"),
    "web.entry.both": ("두 사람이 고친 내용", "What both wrote"),
    "web.entry.theirs": ("지금 내용", "What it says now"),
    "web.entry.mine": ("내가 쓴 내용", "What you wrote"),
    "web.done.entry_edited": (
        "항목을 고쳤어요. 이제 이 내용으로 답해요.",
        "The entry was changed; answers use it now.",
    ),
    "web.done.entry_added": ("항목을 추가했어요. 이제 답에 쓰여요.", "The entry was added; answers use it now."),
    "web.done.entry_removed": ("항목을 뺐어요. 이제 답에 쓰이지 않아요.", "The entry was taken out of answers."),
    "web.done.entry_same": ("바뀐 내용이 없어 그대로 뒀어요.", "Nothing was different, so nothing was changed."),
    "web.done.entry_gone": ("이미 빠진 항목이에요.", "The entry has been taken out already."),
    "web.version.edited": ("화면에서 고침", "edited here"),
    "web.version.overtaken": (
        "그사이 문서가 또 바뀌어서 한 번에 되돌릴 수 없어요. 버전 화면에서 골라 되돌려 주세요.",
        "The document has changed again since, so this cannot be undone in one step. Choose a version on its page.",
    ),
}
