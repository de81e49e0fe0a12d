"""What is said in Slack alone."""

PHRASES: dict[str, tuple[str, str]] = {
    "slack.part": ("{number}/{of}", "{number}/{of}"),
    "slack.nothing": ("(내용이 없습니다)", "(nothing to say)"),
    "slack.page": ("{page}쪽", "p. {page}"),
    "slack.more_sources": ("그 밖의 자료 {count}건", "and {count} more"),
    "slack.by_model": ("AI가 쓴 답변", "written by AI"),
    "slack.feedback.good": ("도움이 됐어요", "Helpful"),
    "slack.feedback.bad": ("아쉬워요", "Not helpful"),
    "slack.feedback.good_label": ("이 답변이 도움이 되었습니다", "This answer was helpful"),
    "slack.feedback.bad_label": ("이 답변이 도움이 되지 않았습니다", "This answer was not helpful"),
    "slack.feedback.thanks": ("고맙습니다. 의견을 남겼습니다.", "Thank you. Your opinion is kept."),
    "slack.no_events": (
        "SLACK_BOT_TOKEN은 있지만 메시지를 받을 방법이 없습니다. SLACK_APP_TOKEN(Socket Mode)이나 "
        "SLACK_SIGNING_SECRET(HTTP)을 넣어 주세요.",
        "SLACK_BOT_TOKEN is set, but nothing to hear messages by. Set SLACK_APP_TOKEN (Socket Mode) or "
        "SLACK_SIGNING_SECRET (HTTP).",
    ),
    "slack.about": (
        "회사 자료에서 찾아 근거와 함께 답하고, 모르면 모른다고 말하는 동료",
        "The colleague who answers from the company's documents, with sources, and says so when they do not know",
    ),
    "slack.prompt_one.title": ("무엇을 할 수 있나요?", "What can you do?"),
    "slack.prompt_one.message": ("무엇을 할 수 있나요?", "What can you do?"),
    "slack.prompt_two.title": ("글 요약하기", "Summarize a text"),
    "slack.prompt_two.message": ("이 대화를 세 줄로 요약해 줘", "Summarize this conversation in three lines"),
    "slack.prompts": ("이런 것을 물어보세요", "Try asking"),
    "slack.joined": (
        "안녕하세요, {name}입니다. 이 채널에서는 저를 @로 부르신 질문에만 그 스레드에서 답합니다. 자료에 없으면 모른다고 말씀드려요. "
        "그만하길 바라시면 스레드에 “조용히”라고 적어 주세요.",
        "Hello, this is {name}. In this channel I answer, in the thread, only what mentions me, and I say so where the "
        'documents have no answer. Write "mute" in a thread to keep me quiet there.',
    ),
    "slack.joined_big": (
        "안녕하세요, {name}입니다. {members:,}명이 계신 채널이라, 저를 @로 부르신 질문에만 그 스레드에서 조용히 답합니다. "
        "자료에 없으면 모른다고 말씀드려요. 그만하길 바라시면 스레드에 “조용히”라고 적어 주세요.",
        "Hello, this is {name}. With {members:,} people here I keep to the threads and answer only what mentions me; I say "
        'so where the documents have no answer. Write "mute" in a thread to keep me quiet there.',
    ),
    "slack.trouble.left": (
        "{place} 채널에서 제가 빠졌습니다. 이제 그 채널의 질문에는 답하지 못합니다. 다시 부르시려면 채널에서 저를 초대해 주세요. "
        "채널 설정은 그대로 두었습니다.",
        "I was removed from {place} and answer nothing there any more. Invite me again to take that back; what was set "
        "for the channel is kept.",
    ),
    "slack.trouble.archived": (
        "{place} 채널이 보관되어 그곳의 질문에는 답하지 못합니다. 보관을 풀면 다시 답합니다.",
        "{place} was archived, so nothing is answered there. I go on when it is unarchived.",
    ),
    "slack.trouble.gone": (
        "{place} 채널을 찾을 수 없습니다. 삭제되었거나 저를 내보낸 비공개 채널입니다. 그곳에서 기다리던 질문은 그만두었습니다.",
        "{place} cannot be found: it was deleted, or it is private and I was removed. Questions that waited there were "
        "given up.",
    ),
    "slack.trouble.scope": (
        "Slack 앱에 권한 {scope}이(가) 없어 하지 못한 일이 있습니다. `dapbot slack manifest`의 결과를 앱 설정의 App Manifest에 "
        "붙여 넣고 다시 설치해 주세요.",
        "Something could not be done because the Slack app lacks the scope {scope}. Paste what `dapbot slack manifest` "
        "prints into App Manifest of the app, and install it again.",
    ),
    "slack.trouble.group_renamed": (
        "{places} 채널의 담당 그룹 @{group}의 이름이 @{now}(으)로 바뀌었습니다. 그대로 이 그룹을 부르니, 담당이 맞는지만 확인해 주세요.",
        "The group @{group}, which is called for {places}, is now @{now}. I go on calling it; please see whether that is "
        "right.",
    ),
    "slack.trouble.group_disabled": (
        "{places} 채널의 담당 그룹 @{group}이(가) 꺼졌습니다. 이제 부를 사람이 없으니 채널 설정에서 담당을 다시 정해 주세요.",
        "The group @{group}, which is called for {places}, was disabled: nobody can be called there. Please set somebody "
        "else in the channel's settings.",
    ),
    "slack.trouble.group_unseen": (
        "사용자 그룹 @{group}의 이름이 바뀌었거나 꺼졌습니다. {group}만 볼 수 있게 한 자료는 이제 Slack에서 아무에게도 보이지 않습니다. "
        "그룹 이름을 되돌리거나, 자료의 공개 범위를 바꿔 주세요.",
        "The user group @{group} was renamed or disabled. What is kept for {group} is shown to nobody in Slack any more. "
        "Give the group its name back, or change who may see those documents.",
    ),
    "slack.trouble.token": (
        "Slack이 봇 토큰을 받아 주지 않습니다({code}). Slack에서는 아무에게도 답하지 못합니다. 앱을 다시 설치하고 새 토큰을 "
        "SLACK_BOT_TOKEN에 넣은 뒤 다시 시작해 주세요. 기다리는 질문은 그때 답합니다.",
        "Slack does not take the bot's token ({code}): nobody is answered in Slack. Install the app again, put the new "
        "token into SLACK_BOT_TOKEN and restart; what waits is answered then.",
    ),
    "slack.gate.paused": (
        "지금 이 채널에서는 답변을 멈췄어요. 다시 답하게 하려면 관리자에게 말씀해 주세요.",
        "I am paused in this channel. An admin can have me answer here again.",
    ),
    "slack.status": ("답변을 준비하고 있습니다…", "is getting your answer…"),
    # --- Slack: the settings of a channel (connectors/slack/{channel_settings,settings_*}.py)
    "slack.settings.title": ("채널 설정", "Channel settings"),
    "slack.settings.save": ("저장", "Save"),
    "slack.settings.close": ("닫기", "Close"),
    "slack.settings.heading": (
        "<#{channel}> 채널에서 제가 어떻게 답할지 정합니다. 저장하면 바로 적용되고, 되돌릴 수 있어요.",
        "How I answer in <#{channel}>. It holds as soon as you save, and can be undone.",
    ),
    "slack.settings.meanwhile": (
        "여는 동안 다른 관리자가 이 채널의 설정을 바꿨습니다. 지금 설정을 다시 보여 드리니, 확인하고 저장해 주세요.",
        "Another admin changed these settings while you had them open. Here is what holds now; please check and save.",
    ),
    "slack.settings.admins_only": (
        "채널 설정은 관리자만 바꿀 수 있어요. 워크스페이스 관리자나 이 봇의 관리자에게 부탁해 주세요.",
        "Only admins may change a channel's settings. Please ask an admin of the workspace, or whoever runs this bot.",
    ),
    "slack.settings.channels_only": (
        "다이렉트 메시지에는 정할 것이 없어요. 설정할 채널에서 다시 열어 주세요.",
        "There is nothing to set for direct messages. Please open this in the channel that you want to set up.",
    ),
    "slack.settings.documents": ("쓸 자료", "Documents"),
    "slack.settings.documents_all": ("모든 자료", "all documents"),
    "slack.settings.documents_hint": (
        "고르면 이 채널에서는 그 자료에서만 찾아 답합니다. 비워 두면 모든 자료를 씁니다.",
        "Choose some, and I answer here from those alone. Leave it empty for all documents.",
    ),
    "slack.settings.documents_gone": (
        "고르셨던 자료 가운데 지금은 없는 것: {names}. 지우거나, 이름이 바뀌었다면 새 이름으로 다시 골라 주세요.",
        "Chosen, but not there any more: {names}. Take them out, or choose them again if they were renamed.",
    ),
    "slack.settings.gone": ("없어진 자료", "not there any more"),
    "slack.settings.not_used": ("사용 안 함", "not in use"),
    "slack.settings.restricted": ("정해진 그룹만", "some groups only"),
    "slack.settings.more": (
        "자료 {count}건 중 {shown}건입니다. 이름을 더 적어 보세요",
        "{shown} of {count} documents: type more of the name",
    ),
    "slack.settings.and_more": ("외 {count}건", "and {count} more"),
    "slack.settings.auto": ("답하는 때", "When I answer"),
    "slack.settings.auto.mentioned": ("부를 때만", "When mentioned"),
    "slack.settings.auto.mentioned_means": (
        "@로 부른 질문과, 제가 답한 스레드에서 이어지는 질문에 답합니다",
        "Mentions, and follow-ups in threads that I am part of",
    ),
    "slack.settings.auto.auto": ("질문처럼 보이면 자동으로", "Whatever looks like a question"),
    "slack.settings.auto.auto_means": (
        "부르지 않아도 질문이나 문제로 보이면 답합니다. 잡담에는 끼어들지 않아요",
        "Questions and problems, also without a mention; never small talk",
    ),
    "slack.settings.private": ("답변을 볼 사람", "Who sees answers"),
    "slack.settings.private.public": ("채널의 모두", "Everyone in the channel"),
    "slack.settings.private.public_means": ("질문의 스레드에서 답합니다", "I answer in the thread of the question"),
    "slack.settings.private.private": ("질문한 사람만", "The asker alone"),
    "slack.settings.private.private_means": (
        "다이렉트 메시지로 답하고, 원하면 채널에 공유할 수 있어요",
        "I answer in a direct message, which they can share",
    ),
    "slack.settings.groups": ("담당 그룹", "Owner group"),
    "slack.settings.groups_none": ("사용자 그룹 고르기", "Choose user groups"),
    "slack.settings.group_gone": ("없어진 그룹", "not there any more"),
    "slack.settings.people": ("담당자", "Owners"),
    "slack.settings.people_none": ("사람 고르기", "Choose people"),
    "slack.settings.people_hint": (
        "누가 담당자를 찾으면 담당 그룹과 담당자를 부릅니다.",
        "The group and the owners are called when somebody asks for a person.",
    ),
    "slack.settings.owners": ("담당", "Owners"),
    "slack.settings.owners_none": ("없음", "none"),
    "slack.settings.no_robots": (
        "앱이나 봇은 담당자가 될 수 없어요: {names}",
        "Apps and bots cannot be owners: {names}",
    ),
    "slack.settings.language": ("답변 언어", "Language"),
    "slack.settings.language.asked": ("질문한 언어로", "That of the question"),
    "slack.settings.language.ko": ("한국어", "Korean"),
    "slack.settings.language.en": ("영어", "English"),
    "slack.settings.politeness": ("말투", "Tone"),
    "slack.settings.politeness.usual": ("정하지 않음", "Not set"),
    "slack.settings.politeness.haeyo": ("해요체", "Polite (haeyo)"),
    "slack.settings.politeness.hasipsio": ("하십시오체", "Formal (hasipsio)"),
    "slack.settings.politeness_hint": (
        "언어와 말투는 본인이 따로 정해 둔 사람에게는 그 사람의 설정을 따릅니다. 말투는 AI가 쓰는 한국어 답변에 적용돼요.",
        "People's own language and tone go before these. The tone is for answers in Korean that an AI writes.",
    ),
    "slack.settings.paused": ("멈춤", "Pause"),
    "slack.settings.paused.yes": ("이 채널에서는 답하지 않기", "Answer nothing in this channel"),
    "slack.settings.paused.no": ("답하기", "Answer"),
    "slack.settings.saved": ("*<#{channel}> 채널의 설정을 바꿨습니다.*", "*The settings of <#{channel}> are changed.*"),
    "slack.settings.undone": (
        "*<#{channel}> 채널의 설정을 되돌렸습니다.*",
        "*The settings of <#{channel}> are back as they were.*",
    ),
    "slack.settings.change": ("{name}: {before} → *{after}*", "{name}: {before} → *{after}*"),
    "slack.settings.undo": ("되돌리기", "Undo"),
    "slack.settings.redo": ("다시 적용", "Apply again"),
    "slack.settings.too_late": (
        "그 뒤에 설정이 다시 바뀌어서 되돌리지 않았습니다. 채널 설정에서 직접 바꿔 주세요.",
        "The settings were changed again since, so nothing was undone. Please change them in the channel's settings.",
    ),
    "slack.settings.nothing_left": (
        "고르신 자료 가운데 지금 쓸 수 있는 것이 없습니다. 이 채널에서는 모든 질문에 모른다고 답하게 됩니다.",
        "None of the chosen documents can be used now: here, every question will be answered with “I don't know”.",
    ),
    "slack.settings.all_restricted": (
        "고르신 자료는 모두 정해진 그룹만 볼 수 있어서, 모두가 보는 답변에는 쓰이지 않습니다. 답변을 질문한 사람만 보게 하면 쓸 수 있어요.",
        "All of the chosen documents are for some groups only, so they are not used where everyone reads along. They are "
        "where the asker alone sees the answer.",
    ),
    "slack.settings.paused_anyway": (
        "멈춰 두셔서, 자동으로 답하기는 다시 시작할 때까지 쉬어요.",
        "While paused, nothing is answered by itself either.",
    ),
    "slack.settings.not_in": (
        "저는 아직 이 채널에 없어요. 채널에서 저를 초대하면(`/invite`) 이 설정대로 답합니다.",
        "I am not in this channel yet. Invite me there (`/invite`), and I answer as set.",
    ),
    # --- Slack: asking for a person, and why an answer did not help (connectors/slack/handover*.py, reasons.py)
    "slack.handover.button": ("담당자 연결", "Ask a person"),
    "slack.handover.confirm.title": ("담당자를 부를까요?", "Ask a person?"),
    "slack.handover.confirm.text": (
        "담당자에게 이름과 질문이 전해져요. 채널에서는 이 스레드에 담당자를 부르고, 저와의 다이렉트 메시지에서는 담당자에게 따로 전해 드려요.",
        "Your name and your question go to the people in charge: in a channel they are called into this thread, from a "
        "direct message with me they are written to.",
    ),
    "slack.handover.confirm.yes": ("부르기", "Ask"),
    "slack.handover.confirm.no": ("취소", "Cancel"),
    "slack.handover.offer": (
        "담당자에게 이어 드릴까요? 아래 버튼을 누르시면 이름과 질문을 담당자에게 전해 드려요.",
        "Shall I pass this on to a person? Press the button, and they get your name and your question.",
    ),
    "slack.handover.called": ("{name}님이 담당자를 찾고 있어요.", "{name} is asking for a person."),
    "slack.handover.nobody": (
        "{name}님이 담당자를 찾고 있어요. 이 채널에는 아직 담당자가 정해져 있지 않아서 관리자에게 알려요. 관리자가 이 스레드를 보고 이어서 도와드릴 거예요.",
        "{name} is asking for a person. Nobody is in charge of this channel yet, so the admins are told and go on from "
        "here.",
    ),
    "slack.handover.gone": (
        "{name}님이 담당자를 찾고 있어요. 정해 둔 담당자가 지금은 Slack에 없어서 부르지 못했고, 대신 관리자에게 알려요.",
        "{name} is asking for a person. Those in charge are not in Slack any more and could not be called; the admins are "
        "told instead.",
    ),
    "slack.handover.quiet": (
        "저는 이 스레드에서 조용히 있을게요. 저를 @로 부르시면 다시 답해요.",
        "I stay quiet in this thread now; mention me, and I answer again.",
    ),
    "slack.handover.passed_on": (
        "담당자에게 전했어요: {names}. 다이렉트 메시지로 답을 받으실 거예요.",
        "Passed on to {names}. They will answer you in a direct message.",
    ),
    "slack.handover.nobody_direct": (
        "아직 담당자가 정해져 있지 않아서 전하지 못했어요. 관리자가 `SLACK_OWNERS`나 채널 설정에서 담당자를 정하면 다시 눌러 주세요.",
        "Nobody is in charge of this yet, so it could not be passed on. Please press again once an admin has set "
        "`SLACK_OWNERS` or the channel's owners.",
    ),
    "slack.handover.owner": (
        "{name}님이 담당자를 찾고 있어요. {asker}님에게 다이렉트 메시지로 답해 주세요.",
        "{name} is asking for a person. Please answer {asker} in a direct message.",
    ),
    "slack.handover.already": ("담당자를 이미 불렀어요: {names} ({at})", "They were called already: {names} ({at})"),
    "slack.handover.already_nobody": ("관리자에게 이미 알렸어요. ({at})", "The admins were told already. ({at})"),
    "slack.handover.admins": (
        "{name}님이 담당자를 찾는데 정해 둔 담당자가 없어요. 답을 부탁드려요: {place}\n{question}\n"
        "담당자는 채널 설정(`/dapbot 설정`)에서, 전체 담당자는 `SLACK_OWNERS`에서 정해요.",
        "{name} is asking for a person, and nobody is in charge. Please answer: {place}\n{question}\nOwners are set per "
        "channel (`/dapbot settings`), for everywhere else by `SLACK_OWNERS`.",
    ),
    "slack.handover.admins_gone": (
        "{name}님이 담당자를 찾는데 정해 둔 담당자({owners})가 Slack에 없어서 부르지 못했어요. 답을 부탁드려요: {place}\n{question}\n"
        "그룹이 꺼졌거나 사람이 나갔을 수 있어요. 채널 설정(`/dapbot 설정`)이나 `SLACK_OWNERS`를 확인해 주세요.",
        "{name} is asking for a person, but those in charge ({owners}) are not in Slack any more. Please answer: {place}\n"
        "{question}\nThe group may be disabled, or people have left: see the channel's settings (`/dapbot settings`) or "
        "`SLACK_OWNERS`.",
    ),
    "slack.handover.solve": ("해결됨", "Solved"),
    "slack.handover.reopen": ("다시 열기", "Reopen"),
    "slack.handover.solved": ("{name}님이 해결 · {outcome}", "Solved by {name} · {outcome}"),
    "slack.handover.not_yours": (
        "해결됨 표시는 담당자를 찾은 분, 불린 담당자, 관리자만 할 수 있어요.",
        "Only who asked, those who were called and admins can mark this as solved.",
    ),
    "slack.handover.erased": ("이 요청은 지워져서 남아 있지 않아요.", "This request has been erased."),
    "slack.handover.outcome.answered": ("담당자가 답했어요", "a person answered"),
    "slack.handover.outcome.missing": ("자료에 없는 내용이었어요", "the documents lack it"),
    "slack.handover.outcome.no_question": ("질문이 아니었어요", "it was no question"),
    "slack.handover.outcome.other": ("그 밖에", "something else"),
    "slack.handover.form.title": ("해결됨으로 표시", "Mark as solved"),
    "slack.handover.form.how": ("어떻게 끝났나요?", "How did it end?"),
    "slack.handover.form.note": ("남길 말", "Note"),
    "slack.handover.form.submit": ("저장", "Save"),
    "slack.handover.form.close": ("취소", "Cancel"),
    "slack.reasons.title": ("무엇이 아쉬웠나요?", "What was wrong?"),
    "slack.reasons.why": ("이유", "Reason"),
    "slack.reasons.wrong": ("틀린 답이에요", "It is wrong"),
    "slack.reasons.outdated": ("오래된 내용이에요", "It is outdated"),
    "slack.reasons.incomplete": ("내용이 부족해요", "It is incomplete"),
    "slack.reasons.other": ("그 밖에", "Something else"),
    "slack.reasons.comment": ("자세한 의견", "Tell us more"),
    "slack.reasons.hint": (
        "맞는 내용이나 출처를 적어 주시면 자료를 고치는 데 써요.",
        "What is right, or where it says so, helps to correct the documents.",
    ),
    "slack.reasons.submit": ("보내기", "Send"),
    "slack.reasons.close": ("닫기", "Close"),
    "slack.reasons.offer": (
        "의견을 남겼어요. 고맙습니다. 답이 더 필요하시면 담당자에게 물어볼 수 있어요.",
        "Your opinion is kept, thank you. If you still need an answer, you can ask a person.",
    ),
    "slack.reasons.long": ("{most}자까지 적을 수 있어요.", "Please use {most} characters or fewer."),
    # --- Slack: /dapbot and message shortcuts (connectors/slack/commands.py, shortcuts.py, readings.py)
    "slack.command.description": (
        "질문에 답하고, 대화를 요약하고, 분위기를 읽고, 글을 씁니다",
        "Answers questions, sums up conversations, reads the mood, writes",
    ),
    "slack.command.hint": (
        "[질문] | 요약 [오늘·2시간·링크] | 분위기 | 초안 | 번역 | 조용히 | 설정 | 도움말",
        "[question] | summarize [today, 2h, link] | sentiment | draft | translate | mute | settings | help",
    ),
    "slack.command.help": (
        "*{command} 뒤에 이렇게 적어 보세요.* 답은 본인에게만 보내 드려요.\n"
        "• `{command} 환불은 며칠 걸리나요?` 자료에서 찾아 답합니다. (`질문`)\n"
        "• `{command} 요약` 이 채널의 지난 24시간을 요약합니다. `요약 오늘`, `요약 어제`, `요약 2시간`, `요약 월요일부터`, "
        "`요약 마지막 방문 이후`, `요약 (메시지 링크)`, `요약 #채널`\n"
        "• `{command} 분위기` 대화의 분위기를 읽습니다. 글이나 링크를 붙여도 됩니다.\n"
        "• `{command} 초안 신제품 출시 안내 메일` 글을 써 드립니다.\n"
        "• `{command} 번역 영어로 …` 글이나 메시지 링크를 번역합니다.\n"
        "• `{command} 조용히` 부르실 때만 답합니다. `조용히 (스레드 링크)`는 그 스레드에서만. `조용히 해제`로 되돌립니다.\n"
        "• 메시지의 ⋮ 메뉴에서 “이 스레드 요약”, “분위기 보기”도 쓸 수 있어요.",
        "*Try these after {command}.* Only you get the answer.\n"
        "• `{command} How long do refunds take?` answers from the documents. (`ask`)\n"
        "• `{command} summarize` sums up the last 24 hours of this channel; also `summarize today`, `yesterday`, `2h`, "
        "`since monday`, `since my last visit`, `summarize (link to a message)`, `summarize #channel`\n"
        "• `{command} sentiment` reads the mood of the conversation, of a text or of a link.\n"
        "• `{command} draft a mail that announces our new product` writes.\n"
        "• `{command} translate to Korean: …` translates a text, or a link to a message.\n"
        "• `{command} mute` answers only what mentions me; `mute (link to a thread)` in that thread alone. `unmute` takes "
        "it back.\n"
        "• The ⋮ menu of a message has “Summarize thread” and “Read the mood”.",
    ),
    "slack.command.help_admin": (
        "*관리자*\n"
        "• `{command} 설정` 이 채널의 설정을 엽니다.\n"
        "• `{command} 멈춤` 이 채널에서 답하지 않습니다. `멈춤 전체`는 모든 곳에서. `다시`, `다시 전체`로 되돌립니다.",
        "*Admins*\n"
        "• `{command} settings` opens the settings of this channel.\n"
        "• `{command} pause` answers nothing in this channel; `pause all` nothing anywhere. `resume` and `resume all` take "
        "it back.",
    ),
    "slack.command.usage.ask": (
        "무엇이 궁금하세요? 예: `{command} 질문 환불은 며칠 걸리나요?`",
        "What would you like to know? For example: `{command} ask How long do refunds take?`",
    ),
    "slack.command.usage.draft": (
        "어떤 글을 쓸까요? 예: `{command} 초안 신제품 출시 안내 메일, 고객 대상, 친근하게`",
        "What shall I write? For example: `{command} draft a friendly mail to customers about our new product`",
    ),
    "slack.command.usage.translate": (
        "무엇을 번역할까요? 예: `{command} 번역 영어로 내일 뵙겠습니다` 또는 `{command} 번역 (메시지 링크)`",
        "What shall I translate? For example: `{command} translate to Korean: See you tomorrow`, or a link to a message",
    ),
    "slack.command.usage.summarize": (
        "언제부터 요약할지 알아듣지 못했어요. `오늘`, `어제`, `2시간`, `3일`, `이번 주`, `월요일부터`, `11월 20일부터`, "
        "`마지막 방문 이후`처럼 적거나 메시지 링크를 붙여 주세요.",
        "I did not get since when. Try `today`, `yesterday`, `2h`, `3 days`, `this week`, `since monday`, "
        "`since 2026-11-20`, `since my last visit`, or paste a link to a message.",
    ),
    "slack.command.taken.ask": (
        "찾아보고 다이렉트 메시지로 답해 드릴게요.",
        "I will look it up and answer you in a direct message.",
    ),
    "slack.command.taken.summarize": (
        "읽고 요약해서 다이렉트 메시지로 보내 드릴게요.",
        "I will read it and send you the summary in a direct message.",
    ),
    "slack.command.taken.sentiment": (
        "분위기를 읽어서 다이렉트 메시지로 보내 드릴게요.",
        "I will read the mood and send it to you in a direct message.",
    ),
    "slack.command.taken.draft": (
        "초안을 써서 다이렉트 메시지로 보내 드릴게요.",
        "I will write a draft and send it to you in a direct message.",
    ),
    "slack.command.taken.translate": (
        "번역해서 다이렉트 메시지로 보내 드릴게요.",
        "I will translate it and send it to you in a direct message.",
    ),
    "slack.command.later": (
        "지금은 관리자가 답하기를 멈춰 두어서, 다시 시작하면 다이렉트 메시지로 보내 드릴게요.",
        "Answering is paused just now; you will get it in a direct message as soon as it goes on.",
    ),
    "slack.command.refused": (
        "기다리는 요청이 많아 받지 못했어요. 앞의 답을 받으신 뒤에 다시 해 주세요.",
        "Too much is waiting, so this was not taken. Please try again once the others are answered.",
    ),
    "slack.command.channel_paused": (
        "이 채널에서는 관리자가 저를 멈춰 두었어요. 저에게 다이렉트 메시지로 물어보시면 답해 드릴게요.",
        "An admin has paused me in this channel. Write to me in a direct message and I will answer.",
    ),
    "slack.command.admins_only": (
        "관리자만 쓸 수 있는 명령이에요. 필요하시면 관리자에게 부탁해 주세요.",
        "Only admins can do this. Please ask one of them if you need it.",
    ),
    "slack.command.channels_only": (
        "다이렉트 메시지에서는 쓸 수 없는 명령이에요. 채널에서 적어 주세요.",
        "Please type it in a channel: there is nothing of this kind to do in a conversation between people.",
    ),
    "slack.command.muted": (
        "이 채널에서는 저를 @로 부르실 때만 답할게요. 되돌리려면 `{command} 조용히 해제`.",
        "In this channel I now answer only what mentions me. `{command} unmute` takes it back.",
    ),
    "slack.command.unmuted": (
        "이 채널에서 전처럼 답할게요.",
        "In this channel I answer as before.",
    ),
    "slack.command.thread_muted": (
        "그 스레드에서는 저를 @로 부르실 때만 답할게요. 되돌리려면 `{command} 조용히 해제 (스레드 링크)`.",
        "In that thread I now answer only what mentions me. `{command} unmute (link to the thread)` takes it back.",
    ),
    "slack.command.thread_unmuted": (
        "그 스레드에서 전처럼 답할게요.",
        "In that thread I answer as before.",
    ),
    "slack.command.mute_not_admin": (
        "채널 전체에서 저를 조용히 있게 하는 일은 관리자만 할 수 있어요. 스레드 하나라면 그 스레드에 “조용히”라고 적거나, "
        "`{command} 조용히 (스레드 링크)`라고 적어 주세요.",
        "Only admins can keep me quiet in a whole channel. For one thread, write “mute” in it, or "
        "`{command} mute (link to the thread)`.",
    ),
    "slack.command.other_channel": (
        "그 스레드가 있는 채널에서 적어 주세요.",
        "Please type it in the channel that the thread is in.",
    ),
    "slack.command.paused": (
        "이 채널에서 답하기를 멈췄어요. 다시 시작하려면 `{command} 다시`.",
        "I answer nothing in this channel any more. `{command} resume` takes it back.",
    ),
    "slack.command.resumed": (
        "이 채널에서 다시 답할게요.",
        "I answer in this channel again.",
    ),
    "slack.command.not_paused": (
        "이 채널에서는 멈춰 있지 않아요.",
        "I am not paused in this channel.",
    ),
    "slack.command.paused_all": (
        "모든 곳에서 답하기를 멈췄어요. 들어온 메시지와 메일은 쌓아 두었다가, `{command} 다시 전체`로 다시 시작하면 답합니다.",
        "I answer nothing anywhere any more. What comes in, mails too, is kept and answered after `{command} resume all`.",
    ),
    "slack.command.resumed_all": (
        "모든 곳에서 다시 답합니다. 쌓인 것부터 답할게요.",
        "I answer everywhere again, what was kept first.",
    ),
    "slack.command.not_paused_all": (
        "멈춰 있지 않아요. 이 채널만 멈췄다면 `{command} 다시`라고 해 주세요.",
        "It is not paused. If it is this channel, use `{command} resume`.",
    ),
    "slack.command.settings_opened": ("설정을 열었어요.", "The settings are open."),
    "slack.command.settings_late": (
        "설정을 열지 못했어요. 다시 한번 해 주세요.",
        "The settings could not be opened. Please try again.",
    ),
    "slack.command.read.summarize": ("{what} 요약", "Summary of {what}"),
    "slack.command.read.sentiment": ("{what} 분위기", "Mood of {what}"),
    "slack.command.read.translate": ("{what} 번역", "Translation of {what}"),
    "slack.command.read.channel": ("채널 대화", "a channel"),
    "slack.command.read.thread": ("스레드", "a thread"),
    "slack.command.read.message": ("메시지", "a message"),
    "slack.command.read_thread": (
        "스레드의 메시지 {count:,}개({people:,}명)를 읽었습니다.",
        "Messages of the thread that were read: {count:,} (people: {people:,}).",
    ),
    "slack.command.read_channel": (
        "{since}부터 메시지 {count:,}개({people:,}명)를 읽었습니다.",
        "Messages since {since} that were read: {count:,} (people: {people:,}).",
    ),
    "slack.command.read_between": (
        "{since}부터 {until}까지 메시지 {count:,}개({people:,}명)를 읽었습니다.",
        "Messages from {since} until {until} that were read: {count:,} (people: {people:,}).",
    ),
    "slack.command.unseen": (
        "이 채널에 남기신 글을 지난 7일 안에서 찾지 못해 7일치를 읽었습니다.",
        "No message of yours was found in the last 7 days, so all of them were read.",
    ),
    "slack.command.older": (
        "글이 많아 최근 것만 읽고 오래된 것은 뺐습니다(한 번에 {most:,}개까지).",
        "There was too much: the newest was read, older messages were left out (at most {most:,} at a time).",
    ),
    "slack.command.unread": (
        "답글까지 읽지 못한 스레드가 {count:,}개 있습니다.",
        "Threads whose replies were not read: {count:,}.",
    ),
    "slack.command.nothing_written": (
        "그 사이에 사람이 쓴 글이 없어요. 기간을 늘려서 다시 해 보세요.",
        "Nobody wrote anything in that time. Try a longer one.",
    ),
    "slack.command.nothing_since": (
        "마지막으로 글을 남기신 뒤로 올라온 글이 없어요.",
        "Nothing was written since your last message.",
    ),
    "slack.command.message_gone": (
        "그 메시지를 찾지 못했어요. 지워졌거나 링크가 잘못되었을 수 있어요.",
        "That message was not found. It may have been deleted, or the link may be wrong.",
    ),
    "slack.command.not_there": (
        "제가 들어가 있지 않은 곳이라 읽을 수 없어요. 채널에서 `/invite @{name}`으로 초대한 뒤 다시 해 주세요.",
        "I am not in there, so I cannot read it. Invite me with `/invite @{name}` in the channel and try again.",
    ),
    "slack.command.not_yours": (
        "참여하고 있지 않은 채널이라 읽어 드릴 수 없어요.",
        "You are not in that channel, so I cannot read it for you.",
    ),
    "slack.command.between_others": (
        "다른 분들끼리의 개인 대화는 읽을 수 없어요. 필요한 글을 복사해서 보내 주세요.",
        "I cannot read direct messages between people. Paste the text that you need.",
    ),
    "slack.command.no_scope": (
        "여기를 읽을 권한이 앱에 없어요. 관리자에게 알려 주세요: `dapbot doctor`가 무엇이 빠졌는지 말해 줍니다.",
        "The app may not read this place. Please tell an admin: `dapbot doctor` says what is missing.",
    ),
    "slack.shortcut.thread": ("이 스레드 요약", "Summarize thread"),
    "slack.shortcut.thread_about": (
        "이 메시지가 있는 스레드를 요약해 본인에게만 보내 드립니다",
        "Sums up the thread of this message, for you alone",
    ),
    "slack.shortcut.mood": ("분위기 보기", "Read the mood"),
    "slack.shortcut.mood_about": (
        "이 메시지나 스레드의 분위기를 읽어 본인에게만 보내 드립니다",
        "Reads the mood of this message or its thread, for you alone",
    ),
    # --- Slack: App Home (connectors/slack/home*.py)
    "slack.home.hello": (
        "안녕하세요, {name}입니다. 회사 자료에서 찾아 근거와 함께 답하고, 자료에 없으면 모른다고 말씀드려요.",
        "Hello, this is {name}. I answer from the company's documents, with sources, and say so where they have no answer.",
    ),
    "slack.home.ask_hint": (
        "누르시면 저와의 메시지에서 답해 드려요.",
        "Press one, and I answer in our messages.",
    ),
    "slack.home.asked": (
        "“{question}” — 메시지에서 답해 드릴게요. {link}",
        "“{question}” — I am answering in our messages. {link}",
    ),
    "slack.home.asked_paused": (
        "“{question}” — 지금은 멈춰 두어 바로 답하지 못해요. 다시 시작하면 메시지에서 답해 드릴게요. {link}",
        "“{question}” — I am paused just now, and answer in our messages as soon as I may go on. {link}",
    ),
    "slack.home.refused": (
        "기다리는 질문이 많아 받지 못했어요. 앞의 답변을 받으신 뒤에 다시 눌러 주세요.",
        "Too many questions are waiting, so this one was not taken. Please press again once the others are answered.",
    ),
    "slack.home.messages": ("메시지 열기", "Open messages"),
    "slack.home.knows": ("알고 있는 자료", "What I know"),
    "slack.home.document": ("*{name}* · 항목 {count}개 · {date} 기준", "*{name}* · entries: {count} · as of {date}"),
    "slack.home.more": (
        "그 밖에 자료 {documents}건, 항목 {entries}개",
        "More documents: {documents}, entries: {entries}",
    ),
    "slack.home.knows_nothing": (
        "아직 보실 수 있는 자료가 없어요. 관리자가 자료를 올리면 여기에서 보실 수 있습니다.",
        "There is no document for you yet. Once an admin adds one, it is listed here.",
    ),
    "slack.home.how": ("이렇게 쓰세요", "How to use me"),
    "slack.home.how_mention": (
        "• 채널에서는 저({mention})를 불러 물어보세요. 그 스레드에서 답하고, 이어서 물으실 때는 부르지 않으셔도 돼요.",
        "• In a channel, mention {mention} with your question. I answer in its thread, where you can go on without a "
        "mention.",
    ),
    "slack.home.how_direct": (
        "• 저에게 바로 보내는 메시지에는 부르지 않아도 모두 답해요. 요약, 번역, 초안도 말로 부탁하시면 돼요.",
        "• Everything you write to me directly is answered. Ask in words for summaries, translations and drafts, too.",
    ),
    "slack.home.how_command": (
        "• 어디서나 `/dapbot` 뒤에 질문을 적으시면 본인에게만 답해 드려요. 할 수 있는 일은 `/dapbot 도움말`에 모두 있어요.",
        "• Anywhere, `/dapbot` and a question gives an answer that only you see; `/dapbot help` lists all that I can do.",
    ),
    "slack.home.how_files": (
        "• 관리자가 저에게 파일을 보내시면 무엇이 바뀌는지 먼저 보여 드리고, 확인하시면 자료로 씁니다.",
        "• Admins send me files: I show what would change, and use them once that is confirmed.",
    ),
    "slack.home.how_quiet": (
        "• 스레드에서 “조용히”라고 하시면 거기서는 부르실 때만 답해요.",
        '• Write "mute" in a thread, and I answer there only when mentioned.',
    ),
    "slack.home.mine": ("내 설정", "My settings"),
    "slack.home.mine_hint": (
        "Slack에서 저와 나누는 모든 대화에 쓰입니다. “앞으로 영어로 답해 줘”처럼 말로 정하셔도 돼요.",
        'They hold for all you ask me in Slack. You can say so, too: "answer in Korean from now on".',
    ),
    "slack.home.choose": ("고르기", "Choose"),
    "slack.home.not_set.language": ("질문한 언어로", "That of the question"),
    "slack.home.not_set.level": ("정하지 않음", "Not set"),
    "slack.home.not_set.politeness": ("정하지 않음", "Not set"),
    "slack.home.politeness_hint": ("한국어 답변에 쓰입니다", "for answers in Korean"),
    "slack.home.forget": ("내 설정 지우기", "Forget my settings"),
    "slack.home.forgotten": ("설정을 모두 지웠습니다.", "Your settings are forgotten."),
    "slack.home.undo": ("되돌리기", "Undo"),
    "slack.home.restored": ("설정을 되돌렸습니다.", "Your settings are back."),
    "slack.home.admin": ("관리", "Administration"),
    "slack.home.only_admins": (
        "관리자만 할 수 있는 일이에요.",
        "Only admins may do that.",
    ),
    "slack.home.week": ("*지난 7일* (모든 채널)", "*The last 7 days* (all channels)"),
    "slack.home.questions": ("질문 *{count}*건", "Questions: *{count}*"),
    "slack.home.answered": ("답한 비율 *{share}*", "Answered: *{share}*"),
    "slack.home.unanswered": ("답하지 못한 질문 *{count}*건", "Without an answer: *{count}*"),
    "slack.home.others": ("요약·초안 등 *{count}*건", "Summaries, drafts etc.: *{count}*"),
    "slack.home.opinions": (":+1: *{good}* · :-1: *{bad}*", ":+1: *{good}* · :-1: *{bad}*"),
    "slack.home.waiting": ("지금 기다리는 메시지 *{count}*건", "Waiting now: *{count}*"),
    "slack.home.dead": ("보내지 못한 답변 *{count}*건", "Given up: *{count}*"),
    "slack.home.people_wait": (
        "담당자를 기다리는 요청 *{count}*건",
        "Waiting for a person: *{count}*",
    ),
    "slack.home.person_waits": (
        "• {person} · {at}부터 {place}",
        "• {person} · since {at} {place}",
    ),
    "slack.home.person_waits_there": ("스레드 열기", "Open the thread"),
    "slack.home.people_waiting": ("*담당자를 기다리는 사람*", "*Waiting for a person*"),
    "slack.home.more_people": ("그 밖에 {count}명", "More: {count}"),
    "slack.home.web": ("웹 관리 화면", "Web administration"),
    "slack.home.pause": ("모두 멈추기", "Pause everywhere"),
    "slack.home.pause_title": ("모두 멈출까요?", "Pause everywhere?"),
    "slack.home.pause_text": (
        "Slack과 메일에서 새로 오는 메시지는 받아 두기만 하고, 다시 시작하면 차례로 답합니다.",
        "New messages in Slack and by mail are kept and wait; they are answered in turn once you resume.",
    ),
    "slack.home.pause_yes": ("멈추기", "Pause"),
    "slack.home.pause_no": ("그대로 두기", "Leave it"),
    "slack.home.resume": ("다시 시작", "Resume"),
    "slack.home.paused": (
        ":double_vertical_bar: *지금은 모두 멈춰 두었습니다.* 새 메시지는 받아 두고, 다시 시작하면 차례로 답합니다.",
        ":double_vertical_bar: *Everything is paused.* New messages are kept, and answered in turn on resuming.",
    ),
    "slack.home.channels": ("*채널 설정*", "*Channels*"),
    "slack.home.no_channels": (
        "아직 들어가 있는 채널이 없어요. 채널에서 `/invite {mention}`이라고 적어 초대해 주세요.",
        "I am in no channel yet. Write `/invite {mention}` in one to invite me.",
    ),
    "slack.home.more_channels": ("그 밖에 채널 {count}곳", "More channels: {count}"),
    "slack.home.settings": ("설정", "Settings"),
    "slack.home.channel.auto": ("질문처럼 보이면 자동으로 답변", "answers what looks like a question"),
    "slack.home.channel.mention": ("부를 때만 답변", "answers mentions only"),
    "slack.home.channel.private": ("질문한 사람에게만", "answers in private"),
    "slack.home.channel.documents": ("쓰는 자료 {count}건", "documents: {count}"),
    "slack.home.channel.owners": ("담당자 지정됨", "has owners"),
    "slack.home.channel.paused": (":double_vertical_bar: 멈춤", ":double_vertical_bar: paused"),
    # --- answers for the asker alone, sharing them, trying again (connectors/slack/private.py, sharing.py)
    "slack.private.pointer": (
        "답은 다이렉트 메시지로 보내 드릴게요. 이 안내는 본인에게만 보여요.",
        "I will answer you in a direct message. Only you can see this.",
    ),
    "slack.private.closed": (
        "답은 다이렉트 메시지로 보내야 하는데, 보낼 수가 없어요. 저에게 먼저 다이렉트 메시지를 보내 주세요.",
        "I should answer you in a direct message, but cannot send you one. Please write to me directly first.",
    ),
    "slack.again.button": ("다시 시도", "Try again"),
    "slack.again.given_up": (
        "죄송해요. 문제가 생겨서 답을 드리지 못했어요. 잠시 뒤에 다시 시도해 주세요. 관리자도 이 일을 볼 수 있어요.",
        "Sorry, something went wrong and I could not answer. Please try again in a while; admins can see it too.",
    ),
    "slack.again.trying": ("다시 시도하고 있어요…", "Trying again…"),
    "slack.again.not_yours": ("질문하신 분만 다시 시도할 수 있어요.", "Only the person who asked can try again."),
    "slack.again.gone": (
        "이 질문의 기록이 남아 있지 않거나 이미 답했어요. 다시 물어봐 주세요.",
        "This question is no longer on record, or was answered already. Please ask again.",
    ),
    "slack.share.button": ("채널에 공유", "Share with channel"),
    "slack.share.by": ("{name}님이 공유한 답변", "An answer shared by {name}"),
    "slack.share.done": ("{channel}에 공유했어요", "Shared with {channel}"),
    "slack.share.restricted": (
        "이 답변에는 그 채널의 모두가 볼 수는 없는 자료가 쓰였어요. 그래서 공유하지 않았습니다.",
        "This answer rests on documents that not everyone in that channel may read, so I did not share it.",
    ),
    "slack.share.changed": (
        "답변에 쓰인 자료가 그 사이에 바뀌었거나 없어져서 공유하지 않았습니다. 채널에서 다시 물어봐 주세요.",
        "The documents behind this answer have changed since, so I did not share it. Please ask again in the channel.",
    ),
    "slack.share.gone": (
        "이 답변의 기록이 남아 있지 않아 공유할 수 없어요. 채널에서 다시 물어봐 주세요.",
        "This answer is no longer on record, so it cannot be shared. Please ask again in the channel.",
    ),
    "slack.share.unreachable": (
        "그 채널에 글을 쓸 수 없어서 공유하지 못했어요. 저를 채널에 초대한 뒤에 다시 눌러 주세요.",
        "I cannot write in that channel, so I could not share it. Invite me there, then press the button again.",
    ),
    "slack.private.open": ("다이렉트 메시지 열기", "Open it"),
    "slack.private.question": ("질문: “{question}”", "Question: “{question}”"),
    "slack.private.place": ("질문한 곳 보기", "Where you asked"),
    "slack.private.task.summarize": ("요약", "Summary"),
    "slack.private.task.sentiment": ("분위기", "Mood"),
    "slack.private.task.draft": ("초안", "Draft"),
    "slack.private.task.translate": ("번역", "Translation"),
    "slack.private.task.tutor": ("설명", "Explanation"),
    "slack.private.task.preferences": ("설정", "Preferences"),
    "slack.private.task.smalltalk": ("안내", "Note"),
    # --- files that admins drop in a direct message (connectors/slack/files.py)
    "slack.files.receiving": ("“{name}” 파일을 받고 있어요…", 'Getting "{name}"…'),
    "slack.files.fetching": ("“{name}” 파일을 받고 있어요… {percent}%", 'Getting "{name}"… {percent}%'),
    "slack.files.reading": ("“{name}” 파일을 읽고 있어요…", 'Reading "{name}"…'),
    "slack.files.indexing": (
        "“{name}”에서 읽은 항목을 정리하고 있어요… {percent}%",
        'Preparing what was read from "{name}"… {percent}%',
    ),
    "slack.files.publishing": ("“{name}” 파일을 게시하고 있어요… {percent}%", 'Publishing "{name}"… {percent}%'),
    "slack.files.shown": (
        "“{name}” 파일을 읽었어요. 바뀔 내용을 확인하고 게시해 주세요.",
        '"{name}" was read. Look at what would change, then publish it.',
    ),
    "slack.files.new": ("새 문서예요.", "A new document."),
    "slack.files.replaces": (
        "지금 쓰고 있는 {number}번째 판을 대신해요.",
        "It replaces version {number}, which is live now.",
    ),
    "slack.files.read_as": ("읽은 방법:", "How it was read:"),
    "slack.files.first_added": ("새 항목 {count:,}개", "New entries: {count:,}"),
    "slack.files.first_changed": ("바뀐 항목 {count:,}개", "Changed entries: {count:,}"),
    "slack.files.first_removed": ("없어지는 항목 {count:,}개", "Entries that go: {count:,}"),
    "slack.files.many": (
        "문서 {count:,}개가 게시를 기다려요. 추가 {added:,} · 변경 {changed:,} · 삭제 {removed:,}",
        "Documents that wait: {count:,}. Added {added:,} · changed {changed:,} · removed {removed:,}",
    ),
    "slack.files.more": ("그 밖에 {count:,}개", "and {count:,} more"),
    "slack.files.same": (
        "이미 있는 내용과 같아서 바뀌는 것이 없어요. (문서 {count:,}개)",
        "The same as what is here already: nothing changes (documents: {count:,}).",
    ),
    "slack.files.on_the_web": ("관리 화면에서 자세히 보기", "See all of it on the web"),
    "slack.files.publish": ("게시", "Publish"),
    "slack.files.cancel": ("취소", "Cancel"),
    "slack.files.undo": ("되돌리기", "Undo"),
    "slack.files.live": (
        "“{name}” 게시를 마쳤어요. 이제 답변에 쓰여요.",
        '"{name}" is live: answers use it from now on.',
    ),
    "slack.files.requested": (
        "“{name}” 파일을 게시했어요. 잠시 뒤부터 답변에 쓰여요.",
        '"{name}" is published; answers use it in a moment.',
    ),
    "slack.files.entries": ("{name}: 항목 {count:,}개", "{name}: {count:,} entries"),
    "slack.files.cancelled": (
        "“{name}” 게시를 취소했어요. 바뀐 것은 없어요.",
        '"{name}" was cancelled. Nothing was changed.',
    ),
    "slack.files.discarded": (
        "“{name}” 파일은 이미 취소되어 게시할 것이 없어요. 필요하면 파일을 다시 올려 주세요.",
        '"{name}" was discarded already: there is nothing to publish. Drop the file again if you need it.',
    ),
    "slack.files.moved": (
        "그 사이 이 문서가 바뀌어서 게시하지 않고 다시 비교했어요. 확인하고 다시 눌러 주세요.",
        "The document was changed meanwhile, so nothing was published and it was compared anew. Look again, then publish.",
    ),
    "slack.files.undone": ("“{name}” 게시를 되돌렸어요.", 'Publishing "{name}" was undone.'),
    "slack.files.not_undone": (
        "그 사이 다른 내용이 게시된 문서는 되돌리지 않았어요: {names}",
        "Documents that were published again meanwhile stay as they are: {names}",
    ),
    "slack.files.only_admins": (
        "파일을 답변 자료로 등록하는 일은 관리자만 할 수 있어요.",
        "Only admins can add files to the documents that answers come from.",
    ),
    "slack.files.direct": (
        "파일은 관리자가 저에게 다이렉트 메시지로 보내 주시면 답변 자료로 등록할 수 있어요.",
        "An admin can drop the file in a direct message to me: then it can be added to what answers come from.",
    ),
    "slack.files.too_many": (
        "한 번에 {most}개까지 받아요. 나머지 {left}개는 다시 올려 주세요.",
        "At most {most} files are taken at a time. Drop the other {left} again.",
    ),
    "slack.files.forgotten": (
        "이 파일의 기록이 없어요. 파일을 다시 올려 주세요.",
        "There is no record of this file any more. Drop it again.",
    ),
    "slack.files.problem": ("“{name}” 파일을 등록하지 못했어요. {reason}", '"{name}" could not be added. {reason}'),
    "slack.files.gone": ("파일이 Slack에서 삭제되었어요.", "The file was deleted from Slack."),
    "slack.files.no_right": (
        "이 파일을 읽을 권한이 없어요. 앱 권한에 files:read가 있는지 `dapbot doctor`로 확인하고 앱을 다시 설치해 주세요.",
        "The file may not be read. Run `dapbot doctor` to see whether the app has files:read, then reinstall the app.",
    ),
    "slack.files.elsewhere": (
        "Slack에 저장된 파일이 아니에요. 내려받은 파일을 직접 올려 주세요.",
        "The file is not kept in Slack. Download it and drop the file itself.",
    ),
    "slack.files.too_large": (
        "{limit}MB보다 커요. 나누어서 올려 주세요.",
        "It is larger than {limit} MB. Split it, then drop the parts.",
    ),
    # --- an admin's pin on a person's answer (connectors/slack/pinning.py)
    "slack.pin.asker": ("문의자", "the person who asked"),
    "slack.pin.answerer": ("담당자", "the person in charge"),
    "slack.pin.made": (
        "사람이 남긴 답변으로 FAQ 초안을 만들었어요.",
        "A draft for the FAQ, from an answer that a person gave.",
    ),
    "slack.pin.thread": ("원래 스레드", "The thread"),
    "slack.pin.question": ("질문", "Question"),
    "slack.pin.answer": ("답변", "Answer"),
    "slack.pin.taken": (
        "개인정보로 보이는 것을 가렸어요: {what}. 남은 것이 없는지 확인해 주세요.",
        "What looks like personal data was taken out: {what}. Please check that none is left.",
    ),
    "slack.pin.private": (
        "비공개 채널의 대화예요. 등록하면 이 채널에 없는 사람도 답변으로 보게 돼요.",
        "The channel is private. Once added, people who are not in it see this in answers.",
    ),
    "slack.pin.cut": (
        "답변이 길어서 앞 {limit:,}자만 담았어요.",
        "The answer is long: only its first {limit:,} characters are here.",
    ),
    "slack.pin.add": ("등록", "Add"),
    "slack.pin.edit": ("고치기", "Edit"),
    "slack.pin.discard": ("버리기", "Discard"),
    "slack.pin.undo": ("되돌리기", "Undo"),
    "slack.pin.close": ("닫기", "Close"),
    "slack.pin.edit_title": ("FAQ 초안 고치기", "Edit the draft"),
    "slack.pin.edit_help": (
        "‘등록’을 누르면 바로 답변에 쓰여요. 개인정보가 남아 있지 않은지 확인해 주세요.",
        'Once you press "Add", answers use it. Please check that no personal data is left.',
    ),
    "slack.pin.empty": ("내용을 적어 주세요.", "Write something here."),
    "slack.pin.added": (
        "“{name}” 문서에 등록했어요. 이제 답변에 쓰여요.",
        'Added to "{name}": answers use it from now on.',
    ),
    "slack.pin.discarded": ("초안을 버렸어요.", "The draft was discarded."),
    "slack.pin.undone": ("“{name}” 문서에서 다시 뺐어요.", 'Taken out of "{name}" again.'),
}
