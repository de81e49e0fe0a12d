"""What the bot says in answers, summaries, drafts, translations, and about moods and preferences."""

PHRASES: dict[str, tuple[str, str]] = {
    # --- what people prefer (bot/tasks/preferences.py)
    "preferences.set": ("알겠습니다. 앞으로 이렇게 답해 드릴게요.", "All right. From now on:"),
    "preferences.shown": ("지금 설정은 이렇습니다.", "Your settings:"),
    "preferences.none": (
        "따로 정해 두신 것이 없습니다. “앞으로 영어로 답해 줘”, “반말로 해 줘”, “앞으로 쉽게 설명해 줘”처럼 말씀해 주세요.",
        'Nothing is set. Say for example "answer in Korean from now on" or "from now on explain things simply".',
    ),
    "preferences.forgotten": ("설정을 모두 지웠습니다.", "Your settings are forgotten."),
    "preferences.here_only": (
        "누구신지 알 수 없는 곳이라 이 대화에서만 기억합니다.",
        "I cannot know who you are here, so this holds for this conversation only.",
    ),
    "preferences.needs_model": (
        "지금은 언어 모델이 없어 자료의 문장을 그대로 보여 드립니다. 말투와 수준은 모델이 답할 때 반영됩니다.",
        "There is no language model here, so answers are the documents' own words; tone and level count once a model "
        "writes them.",
    ),
    "preferences.undo": ("되돌리시려면 “내 설정 지워 줘”라고 해 주세요.", 'To undo it, say "forget my settings".'),
    "preferences.language": ("언어", "Language"),
    "preferences.language.ko": ("한국어", "Korean"),
    "preferences.language.en": ("영어", "English"),
    "preferences.level": ("설명 수준", "Level"),
    "preferences.level.child": ("아주 쉽게", "very simple"),
    "preferences.level.student": ("중고등학생", "a student"),
    "preferences.level.general": ("일반", "general"),
    "preferences.level.expert": ("전문가, 자세히", "an expert, in detail"),
    "preferences.politeness": ("말투", "Tone"),
    "preferences.politeness.haeyo": ("해요체", "polite (haeyo)"),
    "preferences.politeness.hasipsio": ("하십시오체", "formal (hasipsio)"),
    "preferences.politeness.banmal": ("반말", "familiar (banmal)"),
    # --- translation (bot/tasks/translate.py, bot/translating)
    "translate.writing": ("{target}로 옮기고 있습니다…", "Translating into {target}…"),
    "translate.writing_part": (
        "{target}로 옮기고 있습니다… ({part}/{parts})",
        "Translating into {target}… ({part}/{parts})",
    ),
    "translate.already": ("이미 {target}로 된 글입니다.", "The text is in {target} already."),
    "translate.glossary_unused": (
        "용어집을 읽을 수 없어 쓰지 않았습니다. 관리자에게 알려 주세요.",
        "The glossary could not be read and was not used; please tell an administrator.",
    ),
    "translate.no_text": (
        "무엇을 번역해 드릴까요? 글을 함께 보내 주세요. 예: “영어로 번역해 줘: 배송은 3일 걸립니다.”",
        'What should I translate? Send the text along, e.g. "translate into Korean: delivery takes 3 days."',
    ),
    "translate.one_of": (
        "번역할 파일(표준 입력은 -)이나 --input 가운데 하나를 주세요.",
        "Give either a file to translate (- for standard input) or --input.",
    ),
    "translate.output_alone": ("--output은 --input과 함께 씁니다.", "--output goes with --input."),
    "translate.folder": ("{name}은(는) 폴더입니다. 글 파일을 주세요.", "{name} is a folder; give a text file."),
    "translate.no_language": (
        "{named}: 옮길 수 있는 언어가 아닙니다. 다음 중 하나로 적어 주세요: {codes}.",
        "{named} is no language that can be translated into. One of: {codes}.",
    ),
    "translate.progress": ("번역", "translating"),
    "translate.lines_failed": (
        "{total}줄 중 {failed}줄은 번역하지 못했습니다. 까닭은 그 줄에 있습니다.",
        "{failed} of {total} lines could not be translated; each says why.",
    ),
    "translate.needs_model": (
        "번역하려면 언어 모델이 필요합니다. 관리자가 DAPBOT_LLM을 설정하면 옮겨 드릴 수 있습니다.",
        "Translating takes a language model. Once an administrator sets DAPBOT_LLM, I can.",
    ),
    "translate.not_now": (
        "지금은 언어 모델을 쓸 수 없어 번역하지 못했습니다.",
        "The language model cannot be used just now, so this is not translated.",
    ),
    "translate.failed": (
        "지금은 번역하지 못했습니다. {why} 잠시 뒤에 다시 부탁해 주세요.",
        "I could not translate it now. {why} Please ask again in a while.",
    ),
    "translate.in_documents": (
        "등록된 자료에 이 내용을 다루는 항목이 그 언어로 있습니다:",
        "The documents have an entry about this in that language:",
    ),
    "translate.terms": ("용어집에 있는 말:", "Words that the glossary has:"),
    "translate.stays": ("번역해도 그대로 두어야 할 것:", "What stays as it is in any translation:"),
    "translate.left": (
        "뒷부분 {count:,}자는 옮기지 못해 원문 그대로 두었습니다. {why}",
        "The last {count:,} characters could not be translated and stand in the original. {why}",
    ),
    "translate.missing": (
        "확인해 주세요. 원문에 있는 이것이 번역에 보이지 않습니다: {parts}.",
        "Please check: the original has these, the translation does not: {parts}.",
    ),
    "translate.added": (
        "확인해 주세요. 원문에 없는 이것이 번역에 있습니다: {parts}.",
        "Please check: the translation has these, the original does not: {parts}.",
    ),
    "translate.terms_not_used": (
        "용어집의 말을 쓰지 않은 곳이 있습니다: {terms}.",
        "Words of the glossary were not used: {terms}.",
    ),
    "translate.none": ("없음", "none"),
    "translate.tone.formal": ("격식 있고 정중하게", "formal and polite"),
    "translate.tone.friendly": ("친근하고 부드럽게", "friendly and warm"),
    "translate.tone.as_is": ("원문의 말투대로", "as in the original"),
    "translate.mend": (
        "앞서 이렇게 옮겼는데 고칠 것이 있다. {faults} 고친 글 전체만 다시 써라.\n{text}",
        "It was translated so before, and something is wrong with it. {faults} Write the whole mended text again, and "
        "nothing else.\n{text}",
    ),
    "translate.mend_missing": ("빠진 것: {parts}.", "Missing: {parts}."),
    "translate.mend_added": ("원문에 없는 것: {parts}.", "Not in the original: {parts}."),
    "translate.mend_terms": ("용어집대로 쓸 것: {terms}.", "To be called as in the glossary: {terms}."),
    "translate.mend_lines": (
        "줄 수: 원문 {wanted}줄, 번역 {there}줄.",
        "Lines: {wanted} in the original, {there} in the translation.",
    ),
    "translate.glossary_gone": (
        "용어집 {file}을(를) 읽을 수 없습니다: {reason}",
        "The glossary {file} cannot be read: {reason}",
    ),
    "translate.glossary_large": (
        "용어집 {file}이(가) 너무 큽니다. {limit}MB까지 됩니다.",
        "The glossary {file} is too large; {limit} MB at most.",
    ),
    "translate.glossary_broken": (
        "용어집 {file}은(는) CSV 표가 아닙니다. 한 줄에 ‘한국어,영어’ 두 칸으로 적어 CSV로 저장해 주세요.",
        "The glossary {file} is no CSV table. Write two columns to a line, Korean,English, and save it as CSV.",
    ),
    "translate.glossary_empty": (
        "용어집 {file}에서 용어를 찾지 못했습니다. 한 줄에 ‘한국어,영어’ 두 칸으로 적어 주세요.",
        "No term was found in the glossary {file}. Write two columns to a line: Korean,English.",
    ),
    # --- answers (bot/tasks/answer.py, bot/orchestrator.py)
    "answer.searching": ("자료를 찾고 있습니다…", "Looking it up…"),
    "answer.writing": ("답변을 쓰고 있습니다…", "Writing the answer…"),
    "answer.attempting": (
        "답변을 {attempts}번 써서 비교하고 있습니다…",
        "Writing the answer {attempts} times to compare…",
    ),
    "answer.attempted": (
        "답변 {attempts}개 중 {done}개를 받았습니다…",
        "{done} of {attempts} answers are written…",
    ),
    "answer.trying_again": ("언어 모델에 다시 물어보고 있습니다…", "Asking the language model once more…"),
    "answer.asking_another": ("다른 언어 모델에 물어보고 있습니다…", "Asking another language model…"),
    "answer.mending": (
        "자료와 맞지 않는 문장을 고치고 있습니다…",
        "Mending a sentence that did not match the documents…",
    ),
    "answer.manner": (
        "읽는 사람의 수준은 '{level}', 말투는 '{tone}'에 맞춘다. 말투에 관한 다른 규칙보다 먼저다.",
        "Write for this reader: {level}. Tone: {tone}. This goes before any other rule on tone.",
    ),
    "answer.passage_head": ("=== {mark} 자료 {number} ===", "=== {mark} passage {number} ==="),
    "answer.unknown": (
        "죄송합니다. 등록된 자료에서 답을 찾지 못했습니다. 비슷한 질문을 확인해 보시거나 담당자에게 문의해 주세요.",
        "Sorry, I don't know: the documents do not answer this. Please see the nearest questions, or ask a person.",
    ),
    "answer.nothing_near": (
        "죄송합니다. 등록된 자료에서 관련된 내용을 찾지 못했습니다. 담당자에게 문의해 주세요.",
        "Sorry, I don't know: the documents have nothing on this. Please ask a person.",
    ),
    "answer.no_documents": (
        "아직 등록된 자료가 없어 답변드릴 수 없습니다. 관리자가 자료를 올리면 답변할 수 있습니다.",
        "There are no documents yet, so I cannot answer. I can once an administrator adds some.",
    ),
    "answer.only_english": (
        "한국어 자료가 없어 영어 자료에서 같은 영문 단어와 숫자로 찾았습니다.",
        "There is nothing in Korean, so English documents were searched for the same words and numbers.",
    ),
    "answer.only_other_language": (
        "영어 자료가 없어 한국어 자료에서 찾았습니다.",
        "There is nothing in English on this; what was found is in Korean.",
    ),
    "answer.part_unknown": (
        "다음 질문의 답은 자료에서 찾지 못했습니다: {question}",
        "The documents do not answer this part: {question}",
    ),
    "answer.instead": (
        "{why} 그래서 자료의 원문을 그대로 보여 드립니다.",
        "{why} So this is taken from the documents word for word.",
    ),
    "answer.not_supported": (
        "언어 모델이 쓴 답변이 자료와 맞지 않아 자료의 원문을 그대로 보여 드립니다.",
        "What the language model wrote did not match the documents, so this is taken from them word for word.",
    ),
    "answer.tokens_person": (
        "오늘 언어 모델을 쓸 수 있는 양을 모두 쓰셨습니다. {at}까지는 자료의 원문으로 답해 드립니다.",
        "You have used up today's share of the language model; until {at} answers are taken word for word from the "
        "documents.",
    ),
    "answer.budget_spent": (
        "언어 모델 사용 한도에 이르러 {at}까지는 자료의 원문으로 답해 드립니다.",
        "The budget for the language model is used up; until {at} answers are taken word for word from the documents.",
    ),
    "answer.cut_question": (
        "질문이 길어 앞의 {limit:,}자만 읽었습니다.",
        "The question is long; only its first {limit:,} characters were read.",
    ),
    # --- drafts (bot/tasks/draft.py, bot/drafting/)
    "draft.ask": (
        "바로 쓸 수 있도록 몇 가지만 알려 주세요.\n{missing}\n{known}아는 것만 답하셔도 됩니다. “그냥 써 줘”라고 하시면 "
        "지금 아는 내용으로 쓰겠습니다.",
        "A few things, and I can write it right away.\n{missing}\n{known}Answer what you can; if you say “just write "
        "it”, I go ahead with what I know.",
    ),
    "draft.ask.target": (
        "- 대상: 누가 읽을 글인가요? (예: 20-30대 직장인)",
        "- Readers: who is it for? (e.g. office workers in their twenties and thirties)",
    ),
    "draft.ask.topic": (
        "- 제품·주제: 무엇에 대한 글인가요? (예: 프리미엄 커피 구독 서비스)",
        "- Product or subject: what is it about? (e.g. a premium coffee subscription)",
    ),
    "draft.ask.target.notice": (
        "- 대상: 누구에게 알리는 글인가요? (예: 전 직원, 입주민)",
        "- Readers: who is to be told? (e.g. all staff, residents)",
    ),
    "draft.ask.topic.notice": (
        "- 주제: 무엇을 알리나요? (예: 승강기 점검)",
        "- Subject: what is to be announced? (e.g. maintenance of the lift)",
    ),
    "draft.ask.topic.complaint_reply": (
        "- 내용: 어떤 불만이 들어왔나요? (예: 배송이 사흘 늦음. 받은 글을 붙여 주셔도 됩니다)",
        "- Subject: what is the complaint? (e.g. the parcel came three days late; you may paste what they wrote)",
    ),
    "draft.ask.topic.faq": (
        "- 주제: 어떤 질문에 대한 항목인가요? (예: 영수증 재발행)",
        "- Subject: which question is it about? (e.g. reissuing a receipt)",
    ),
    "draft.ask.topic.scene": (
        "- 주제: 누가 나오는 어떤 이야기인가요? (예: 비 오는 날 문을 연 작은 서점)",
        "- Subject: who is it about, and what happens? (e.g. a small bookshop that opens on a rainy day)",
    ),
    "draft.ask.tone.scene": (
        "- 분위기: 어떤 느낌이 좋을까요? (예: 잔잔하게, 긴장감 있게)",
        "- Mood: how should it feel? (e.g. quiet, suspenseful)",
    ),
    "draft.ask.when": (
        "- 일시: 언제 일인가요? (예: 12월 4일 금요일 오후 2시)",
        "- When: on what day, at what time? (e.g. Friday, December 4, 2 p.m.)",
    ),
    "draft.ask.tone": (
        "- 톤: 어떤 말투가 좋을까요? (예: 친근하면서 전문적으로)",
        "- Tone: how should it sound? (e.g. friendly and professional)",
    ),
    "draft.ask.length": ("- 길이: 얼마나 길게 쓸까요? (예: 200자 이내)", "- Length: how long? (e.g. within 200 words)"),
    "draft.known": ("(알려 주신 것 — {known})\n", "(What I have: {known})\n"),
    "draft.part.kind": ("종류: {said}", "kind: {said}"),
    "draft.part.target": ("대상: {said}", "readers: {said}"),
    "draft.part.topic": ("제품·주제: {said}", "subject: {said}"),
    "draft.part.when": ("일시: {said}", "when: {said}"),
    "draft.part.tone": ("톤: {said}", "tone: {said}"),
    "draft.part.length": ("길이: {said}", "length: {said}"),
    "draft.name.target": ("대상", "readers"),
    "draft.name.topic": ("제품·주제", "product or subject"),
    "draft.name.when": ("일시", "when"),
    "draft.name.tone": ("톤", "tone"),
    "draft.name.length": ("길이", "length"),
    "draft.kind.marketing_mail": ("마케팅 메일", "marketing mail"),
    "draft.kind.complaint_reply": ("불만에 대한 답장", "reply to a complaint"),
    "draft.kind.faq": ("FAQ 항목", "FAQ entry"),
    "draft.kind.notice": ("공지·안내문", "notice"),
    "draft.kind.blog": ("블로그 글", "blog post"),
    "draft.kind.scene": ("소설·장면", "story or scene"),
    "draft.kind.copy": ("짧은 문구", "slogan or caption"),
    "draft.kind.mail": ("메일", "mail"),
    "draft.kind.text": ("글", "text"),
    "draft.subject": ("제목: {subject}", "Subject: {subject}"),
    "draft.version": ("■ {number}안", "■ Version {number}"),
    "draft.writing": ("초안을 쓰고 있습니다…", "Writing the draft…"),
    "draft.not_said": ("(따로 말하지 않음)", "(not said)"),
    "draft.none": ("(없음)", "(none)"),
    "draft.fitting": ("이런 글에 알맞은 길이", "a length that fits such a text"),
    "draft.at_most": ("{high:,}{unit} 이내", "at most {high:,} {unit}"),
    "draft.at_least": ("{low:,}{unit} 이상", "at least {low:,} {unit}"),
    "draft.between": ("{low:,}~{high:,}{unit}", "{low:,} to {high:,} {unit}"),
    "draft.unit.characters": ("자", "characters"),
    "draft.unit.words": ("단어", "words"),
    "draft.unit.sentences": ("문장", "sentences"),
    "draft.unit.lines": ("줄", "lines"),
    "draft.unit.paragraphs": ("문단", "paragraphs"),
    "draft.mend": (
        "앞선 초안은 길이가 맞지 않습니다. {faults} 길이를 {length}(제목 포함)에 맞추어 다시 쓰되, 내용과 톤은 지키세요.",
        "The earlier draft does not keep to the length. {faults} Write it again within the length ({length}, subject "
        "included), keeping content and tone.",
    ),
    "draft.revise": (
        "앞선 초안을 다음과 같이 고쳐 쓰세요. 말하지 않은 부분은 그대로 두세요: {wish}",
        "Change the earlier draft as follows and leave the rest as it is: {wish}",
    ),
    "draft.wrong_length": ("{number}안은 {count:,}{unit}입니다.", "Version {number} has {count:,} {unit}."),
    "draft.was_cut": (
        "부탁하신 길이를 넘어 문장 몇 개를 뺐습니다({count:,}{unit}).",
        "It was too long, so a few sentences were left out ({count:,} {unit}).",
    ),
    "draft.too_long": (
        "부탁하신 길이보다 깁니다({count:,}{unit}).",
        "It is longer than you asked for ({count:,} {unit}).",
    ),
    "draft.too_short": (
        "부탁하신 길이보다 짧습니다({count:,}{unit}).",
        "It is shorter than you asked for ({count:,} {unit}).",
    ),
    "draft.check": (
        "내보내기 전에 확인해 주세요. 주신 내용이나 자료에 없는 것입니다: {facts}",
        "Please check before you use it; this is neither in your order nor in the documents: {facts}",
    ),
    "draft.gaps": (
        "대괄호로 비워 둔 곳을 채워 주세요: {gaps}",
        "Please fill the gaps in brackets: {gaps}",
    ),
    "draft.assumed": (
        "말씀이 없던 것({parts})은 알맞게 정했습니다.",
        "What was not said ({parts}) I chose to fit.",
    ),
    "draft.fewer": (
        "{wanted}개를 부탁하셨는데 {made}개만 쓸 수 있었습니다.",
        "You asked for {wanted} versions; only {made} could be written.",
    ),
    "draft.needs_model": (
        "언어 모델이 없어 글의 틀만 잡았습니다. 관리자가 언어 모델을 연결하면(DAPBOT_LLM) 글을 다 써 드립니다.",
        "There is no language model, so this is only the frame. Once an administrator connects one (DAPBOT_LLM), I "
        "write the whole text.",
    ),
    "draft.no_revision": (
        "다듬어 쓰려면 언어 모델이 필요해 바뀐 조건으로 틀만 다시 잡았습니다.",
        "Rewriting takes a language model, so this is the frame again with what you changed.",
    ),
    "draft.instead": (
        "{why} 그래서 글의 틀만 잡았습니다.",
        "{why} So this is only the frame.",
    ),
    # --- dapbot draft (connectors/cli/draft.py)
    "draft.order": ("글 하나 써 주세요", "Please write a text"),
    "draft.go_on": ("그냥 써 줘", "just write it"),
    "draft.progress": ("초안 쓰는 중", "Drafting"),
    "draft.one_of": (
        "무엇을 쓸지 한 가지로 알려 주세요. 주문(과 --kind, --target, --product 등) 또는 --input 파일입니다.",
        "Say what to write in one way: an order (with --kind, --target, --product and so on), or --input with a file.",
    ),
    "draft.output_alone": ("--output은 --input과 함께 씁니다.", "--output goes with --input."),
    "draft.no_kind": (
        "'{kind}'은(는) 모르는 글의 종류입니다. 쓸 수 있는 종류: {kinds}",
        "'{kind}' is no kind of text that is known; these are: {kinds}.",
    ),
    "draft.folder": (
        "{name}은(는) 폴더입니다. 한 줄에 주문 하나씩 적은 JSONL 파일을 --input에 주세요.",
        "{name} is a folder; give --input a JSONL file with an order a line.",
    ),
    "draft.failed": (
        "{total}줄 중 {failed}줄은 쓰지 못했습니다. 까닭은 결과의 error에 있습니다.",
        "{failed} of {total} lines could not be drafted; their error says why.",
    ),
    # --- small talk, routing, history (bot/tasks/smalltalk.py)
    "smalltalk.greeting": (
        "안녕하세요! 저는 회사 자료에서 답을 찾아 드리는 답봇입니다. 궁금한 점을 물어보세요.",
        "Hello! I'm Dapbot. I look for answers in the company's documents. What would you like to know?",
    ),
    "smalltalk.examples": (
        "예를 들면 이렇게 물어보실 수 있습니다: {questions}",
        "You could ask, for example: {questions}",
    ),
    "smalltalk.who": (
        "저는 사람이 아니라 답봇이라는 프로그램입니다. 회사가 등록한 자료에서 답을 찾아 출처와 함께 알려 드리고, "
        "자료에 없는 "
        "것은 모른다고 말씀드립니다.",
        "I'm Dapbot, a program and not a person. I look for answers in the documents the company has added and show "
        "where "
        "they come from; what is not in them, I say I don't know.",
    ),
    "smalltalk.help": (
        '회사 자료에 있는 내용을 한국어나 영어로 물어보시면 답과 출처를 알려 드립니다. "그럼 교환은요?"처럼 이어서 '
        "물어보셔도 됩니다.",
        "Ask in English or Korean about anything in the company's documents, and I'll answer with the source. You "
        "can go "
        'on from an answer, too: "And for exchanges?"',
    ),
    "smalltalk.help.mail": (
        "메일을 전달해 주시면 세 줄로 요약하고 할 일과 기한을 알려 드립니다. 전달할 때 위에 적으신 말이 부탁입니다: “영어로”, "
        "“금액만 정리해줘”, “번역해줘”, “답장 초안 써줘”, “질문에 답해줘”. 제목에 [요약], [번역], [답장 초안], [감정], [질문]이라고 적으셔도 됩니다. "
        "질문을 바로 메일로 보내시면 회사 자료에서 찾아 답합니다.",
        "Forward a mail, and you get three lines and what is to be done by when. What you write above it says what you "
        "want: “in Korean”, “only the amounts”, “translate”, “draft a reply”, “answer this from the FAQ”. [summary], "
        "[translate], [draft reply], [mood] or [question] in the subject say the same. A question mailed directly is "
        "answered from the company's documents.",
    ),
    "smalltalk.human": (
        "그 일은 담당자에게 문의해 주세요. 어떤 일인지 적어 주시면 자료에서 먼저 찾아보겠습니다.",
        "Please ask the person in charge. If you tell me what it is about, I'll look in the documents first.",
    ),
    "smalltalk.thanks": (
        "도움이 되었다니 다행입니다. 더 궁금한 점이 있으면 언제든 물어보세요.",
        "Glad that helped. Ask whenever there is something else.",
    ),
    "smalltalk.farewell": (
        "네, 안녕히 가세요. 궁금한 점이 생기면 언제든 다시 물어보세요.",
        "Goodbye. Come back whenever you have a question.",
    ),
    "smalltalk.how_are_you": (
        "저는 프로그램이라 안부는 없지만 물어봐 주셔서 감사합니다. 회사 자료에서 찾아볼 것이 있으면 말씀해 주세요.",
        "I'm a program, so there is little to tell, but thank you for asking. What may I look up for you?",
    ),
    "smalltalk.affection": (
        "고마운 말씀이지만 저는 프로그램이라 자료에서 답을 찾는 일만 할 수 있습니다. 궁금한 점을 물어보세요.",
        "That is kind, but I'm a program and can only look things up in documents. What would you like to know?",
    ),
    "smalltalk.praise": (
        "감사합니다. 더 찾아볼 것이 있으면 말씀해 주세요.",
        "Thank you. Tell me if there is anything else to look up.",
    ),
    "smalltalk.agree": (
        "네, 알겠습니다. 더 궁금한 점이 있으면 물어보세요.",
        "All right. Ask me if there is anything else.",
    ),
    "smalltalk.laughter": (
        "네, 궁금한 점이 있으면 편하게 물어보세요.",
        "Feel free to ask me anything about the company's documents.",
    ),
    "smalltalk.sadness": (
        "불편한 점이 있으셨나요? 어떤 일인지 적어 주시면 자료에서 찾아보겠습니다.",
        "Is something wrong? Tell me what it is about, and I'll look in the documents.",
    ),
    "smalltalk.apology": (
        "괜찮습니다. 궁금한 점을 물어보세요.",
        "No problem at all. What would you like to know?",
    ),
    "smalltalk.complaint": (
        "도움이 되지 못해 죄송합니다. 조금 다른 말로 다시 물어봐 주시거나 담당자에게 문의해 주세요.",
        "I'm sorry that didn't help. Please ask again in other words, or contact the person in charge.",
    ),
    "smalltalk.hostile": (
        "불편을 드렸다면 죄송합니다. 무엇이 필요한지 알려 주시면 자료에서 찾아보겠습니다. 담당자에게 직접 문의하셔도 "
        "됩니다.",
        "I'm sorry if something went wrong. Tell me what you need and I'll look it up, or contact the person in "
        "charge.",
    ),
    "smalltalk.sexual": (
        "그런 대화는 해 드릴 수 없습니다. 회사 자료에 관한 질문을 해 주세요.",
        "I can't talk about that. Please ask me about the company's documents.",
    ),
    "smalltalk.crisis": (
        "많이 힘드신 것 같아 걱정됩니다. 저는 프로그램이라 곁에 있어 드릴 수 없지만, 자살예방 상담전화 109에서 "
        "24시간 무료로 "
        "이야기를 들어 드립니다. 지금 위험한 상황이라면 119에 바로 연락해 주세요.",
        "I'm sorry you are having such a hard time. I'm only a program, but people are there for you: in Korea call "
        "109, "
        "the suicide prevention line, free and day and night; elsewhere your local emergency number or a crisis "
        "line. If "
        "you are in danger right now, please call 119 (in Korea) or your emergency number.",
    ),
    "smalltalk.test": (
        "네, 잘 작동하고 있습니다. 회사 자료에 관해 궁금한 점을 물어보세요.",
        "Yes, I'm working. Ask me something about the company's documents.",
    ),
    "smalltalk.unclear": (
        "무슨 뜻인지 잘 모르겠습니다. 궁금한 점을 문장으로 적어 주세요.",
        "I did not understand that. Please write your question as a sentence.",
    ),
    "smalltalk.symbols": (
        "궁금한 점을 글로 적어 주시면 회사 자료에서 찾아보겠습니다.",
        "Please put your question into words, and I'll look in the company's documents.",
    ),
    "smalltalk.empty": (
        "질문이 비어 있습니다. 궁금한 점을 적어 주세요.",
        "There is no question yet. Please type what you would like to know.",
    ),
    # --- language model (bot/llm/)
    "model.provider_unknown": (
        "{variable}의 제공자 '{provider}'을(를) 알 수 없습니다. 쓸 수 있는 제공자: {known}",
        "{variable} names the provider '{provider}', which is not known; these are: {known}.",
    ),
    "model.package_missing": (
        "{variable}의 제공자 '{provider}'에는 {package} 패키지가 필요합니다. 설치: `uv pip install {package}`.",
        "The provider '{provider}' of {variable} needs the package {package}: run `uv pip install {package}`.",
    ),
    "model.key_missing": (
        "{variable}={name}을(를) 쓰려면 {key}를 설정해 주세요. 이 모델 없이 쓰려면 {variable}을(를) 비워 두세요.",
        "{variable}={name} needs {key} to be set; leave {variable} empty to do without that model.",
    ),
    "model.slow": (
        "언어 모델이 제시간에 답하지 못했습니다.",
        "The language model did not answer in time.",
    ),
    "model.down": (
        "언어 모델에 연결할 수 없습니다.",
        "The language model could not be reached.",
    ),
    "model.limited": (
        "언어 모델의 사용 한도에 걸렸습니다.",
        "The language model is over its rate limit.",
    ),
    "model.refused": (
        "언어 모델이 요청을 거절했습니다.",
        "The language model refused the request.",
    ),
    "model.cut": (
        "언어 모델의 응답이 도중에 끊겼습니다.",
        "The language model broke off.",
    ),
    "model.broken": (
        "언어 모델의 응답을 읽을 수 없습니다.",
        "What the language model sent could not be read.",
    ),
    "model.unreadable": (
        "언어 모델의 응답이 정해진 형식에 맞지 않아 쓰지 않았습니다.",
        "What the language model wrote did not have the form asked for, so it was not used.",
    ),
    "feedback.unknown_rating": (
        "평가는 1 또는 -1, 이유는 {reasons} 중 하나여야 합니다.",
        "A rating is 1 or -1, and a reason one of {reasons}.",
    ),
    "feedback.no_answer": (
        "평가할 답변을 찾을 수 없습니다. 이미 지워졌을 수 있습니다.",
        "The answer to rate was not found. It may have been erased.",
    ),
    "summary.reading": ("읽는 중입니다…", "Reading it…"),
    "summary.empty": ("요약할 글이 없습니다.", "There is no text to summarize."),
    "summary.no_text": (
        "요약할 글을 붙여 넣어 주세요. 예: “요약해줘:” 다음에 글을 붙이면 됩니다.",
        "Please paste the text to summarize, for example after “Summarize:”.",
    ),
    "summary.no_conversation": (
        "아직 요약할 만한 대화가 없습니다.",
        "There is nothing in this conversation to summarize yet.",
    ),
    "summary.person": ("질문자", "Person"),
    "summary.bot": ("답변", "Answer"),
    "summary.actions": ("할 일", "To do"),
    "summary.questions": ("답을 기다리는 질문", "Open questions"),
    "summary.evidence": ("근거가 된 문장", "The sentences behind it"),
    "summary.who": ("담당: {value}", "who: {value}"),
    "summary.due": ("기한: {value}", "due: {value}"),
    "summary.wish": ("읽는 사람의 부탁: {wish}\n\n", "What the reader asks: {wish}\n\n"),
    "summary.extract": (
        "글에 있는 문장을 골라 그대로 옮긴 요약입니다.",
        "These are sentences of the text itself, picked without a language model.",
    ),
    "summary.instead": (
        "{why} 대신 글에 있는 문장을 골라 그대로 옮겼습니다.",
        "{why} These are sentences of the text itself instead.",
    ),
    "summary.not_supported": (
        "모델이 쓴 요약이 글에서 확인되지 않아 쓰지 않았습니다.",
        "What the model wrote is not borne out by the text.",
    ),
    "summary.replaced": (
        "글에서 확인되지 않은 {count}줄은 글에 있는 문장으로 바꾸었습니다.",
        "Lines that the text does not bear out, replaced by sentences of its own: {count}.",
    ),
    "summary.left_out": (
        "글이 길어 중요도가 낮은 문장 {count}개는 빼고 요약했습니다.",
        "The text is long: {count} of its less important sentences were left out.",
    ),
    "summary.other_language": (
        "다른 언어로 옮겨 요약하려면 언어 모델이 필요합니다 (DAPBOT_LLM).",
        "A summary in another language than the text's needs a language model (DAPBOT_LLM).",
    ),
    # --- a mail in three lines (bot/summary/letters.py, wording.py)
    "letter_reply.head": (
        "받는 사람: {to}\n제목: Re: {subject}\n\n{body}",
        "To: {to}\nSubject: Re: {subject}\n\n{body}",
    ),
    "letter_reply.frame": (
        "{name}님, 안녕하세요.\n\n보내 주신 ‘{subject}’ 메일 잘 받았습니다. 말씀하신 내용에 답변드립니다.\n\n{items}\n\n"
        "더 필요한 것이 있으면 말씀해 주세요.\n감사합니다.\n{own} 드림",
        "Dear {name},\n\nThank you for your mail about “{subject}”. My answers to what you asked:\n\n{items}\n\n"
        "Please let me know if you need anything else.\n\nBest regards,\n{own}",
    ),
    "letter_reply.gap": ("[답변]", "[answer]"),
    "letter_reply.link": ("[링크나 연락처]", "[link or contact]"),
    "letter_reply.somebody": ("[받는 분]", "[recipient]"),
    "letter_reply.own": ("[보내는 사람]", "[your name]"),
    "letter_reply.wish": ("답장 초안을 써 주세요.", "Please draft a reply."),
    "letter_reply.not_sent": (
        "초안이며 아무에게도 보내지 않았습니다. 읽고 고쳐서 직접 보내 주세요.",
        "This is a draft and was sent to nobody. Please read it, change it and send it yourself.",
    ),
    "letter_reply.needs_model": (
        "언어 모델이 없어 메일이 묻고 부탁한 것에 빈칸을 둔 틀만 드립니다.",
        "Without a language model there is only a frame, with a gap for each thing that the mail asks.",
    ),
    "letter.heading.mail": (
        "[메일] 보낸 사람: {sender} / 받는 사람: {to} / 날짜: {sent} / 제목: {subject}",
        "[Mail] from: {sender} / to: {to} / date: {sent} / subject: {subject}",
    ),
    "letter.heading.file": ("[첨부 파일] {name}", "[Attached file] {name}"),
    "summary.letter.subject": ("제목: {subject}", "Subject: {subject}"),
    "summary.letter.files": ("첨부: {names}", "Attached: {names}"),
    "summary.letter.no_date": ("기한은 적혀 있지 않습니다.", "No deadline is named."),
    "summary.letter.no_more": ("그 밖의 내용은 없습니다.", "There is nothing else in it."),
    "summary.letter.no_question": ("답을 기다리는 질문은 없습니다.", "No question waits for an answer."),
    "summary.letter.read": ("읽음", "read"),
    "summary.letter.empty_file": ("글자가 없습니다.", "There is no text in it."),
    "summary.letter.extract": (
        "언어 모델 없이 메일의 문장을 골라 줄였습니다.",
        "Sentences of the mail itself, shortened without a language model.",
    ),
    "summary.letter.own_language": (
        "언어 모델 없이 메일의 문장을 골라 줄였고, 메일의 언어 그대로입니다. 번역해 요약하려면 언어 모델(DAPBOT_LLM)이 필요합니다.",
        "Sentences of the mail itself, shortened without a language model and left in the mail's own language. "
        "A summary in yours needs a language model (DAPBOT_LLM).",
    ),
    "summary.languages": ("--language는 ko나 en입니다.", "--language is ko or en."),
    "summary.folder": (
        "{name} 폴더 안의 파일들을 요약하려면 --input을 쓰세요.",
        "{name} is a folder: give it with --input to summarize the files in it.",
    ),
    "summary.one_of": (
        "파일(표준 입력은 -)을 적거나 --input으로 폴더나 JSONL 파일을 주세요 (둘 중 하나만).",
        "Give either a file (-: standard input), or a folder or a JSONL file with --input.",
    ),
    "summary.output_alone": ("--output은 --input과 함께 씁니다.", "--output goes with --input."),
    "summary.progress": ("요약하는 중", "Summarizing"),
    "summary.failed": (
        "{total}개 중 {failed}개는 요약하지 못했습니다. 출력의 error에 이유가 있습니다.",
        "{failed} of {total} could not be summarized; their `error` in the output says why.",
    ),
    "sentiment.no_model": (
        "설정한 언어 모델이 없습니다. DAPBOT_LLM이나 DAPBOT_TASK_SENTIMENT_LLM을 정하거나 --with-model 없이 실행해 주세요.",
        "The settings name no language model. Set DAPBOT_LLM, or leave --with-model out.",
    ),
    "sentiment.bill": (
        "언어 모델이 읽은 글 {judged}건 · 토큰: 입력 {input:,}, 출력 {output:,} · {cost}",
        "Read by the language model: {judged} · tokens: {input:,} in, {output:,} out · {cost}",
    ),
    "sentiment.own_instead": (
        "일부는 Dapbot의 작은 모델이 읽었습니다: {why}",
        "Dapbot's own small model read some: {why}",
    ),
    "sentiment.failure.long": (
        "언어 모델에 보여 주기에는 너무 긴 글이 있습니다.",
        "a text is too long to be shown to a language model.",
    ),
    "sentiment.failure.cap": ("언어 모델의 한도를 다 썼습니다.", "the budget for the language model is used up."),
    "sentiment.failure.left_out": ("언어 모델이 빠뜨린 글이 있습니다.", "the language model left some out."),
    "sentiment.output_alone": (
        "--output과 --plot은 --input과 함께 씁니다.",
        "--output and --plot go with --input.",
    ),
    "sentiment.title": (
        "{total}건의 감정, 평균 {mean:+.2f} (-1~1)",
        "Mood of {total} texts, mean {mean:+.2f} (-1 to 1)",
    ),
    "sentiment.one_of": (
        "글을 적거나 --input으로 파일을 주세요 (둘 중 하나만).",
        "Give either a text or a file of texts with --input.",
    ),
    "sentiment.progress": ("감정을 읽는 중", "Reading the mood"),
    "sentiment.failed": (
        "{total}줄 중 {failed}줄은 읽지 못했습니다. 출력의 error에 이유가 있습니다.",
        "{failed} of {total} lines could not be read; their `error` in the output says why.",
    ),
    "sentiment.positive": ("긍정", "positive"),
    "sentiment.neutral": ("중립", "neutral"),
    "sentiment.negative": ("부정", "negative"),
    "sentiment.found": ("{label} ({score:+.2f})", "{label} ({score:+.2f})"),
    "sentiment.reasons": ("근거: {words}", "Because of: {words}"),
    "sentiment.aspects": ("언급한 것: {aspects}", "About: {aspects}"),
    "sentiment.summary": (
        "{total}건: 긍정 {positive}, 중립 {neutral}, 부정 {negative}. 평균 점수 {mean:+.2f} (-1~1)",
        "{total} texts: {positive} positive, {neutral} neutral, {negative} negative; mean score {mean:+.2f} (-1 to 1)",
    ),
    "sentiment.prompt_text": ("=== {mark} 글 {number} ===", "=== {mark} text {number} ==="),
    "sentiment.reading": ("감정을 읽고 있습니다.", "Reading the mood."),
    "sentiment.no_text": (
        "어떤 글의 감정을 볼까요? 글을 붙여 넣어 주세요. 여러 건이면 한 줄에 하나씩 번호를 붙여 주시면 됩니다.",
        "Which text should I read? Please paste it here; several opinions go one a line, each with a number.",
    ),
    "sentiment.nothing": (
        "좋다거나 나쁘다는 말을 찾지 못했습니다. 중립으로 봅니다.",
        "I found no words of praise or complaint; it reads as neutral.",
    ),
    "sentiment.reads.positive": (
        "긍정적인 글입니다. 점수는 {score:+.2f}입니다 (-1 매우 부정, 1 매우 긍정).",
        "It reads as positive: {score:+.2f} (-1 very negative, 1 very positive).",
    ),
    "sentiment.reads.neutral": (
        "중립에 가까운 글입니다. 점수는 {score:+.2f}입니다 (-1 매우 부정, 1 매우 긍정).",
        "It reads as about neutral: {score:+.2f} (-1 very negative, 1 very positive).",
    ),
    "sentiment.reads.negative": (
        "부정적인 글입니다. 점수는 {score:+.2f}입니다 (-1 매우 부정, 1 매우 긍정).",
        "It reads as negative: {score:+.2f} (-1 very negative, 1 very positive).",
    ),
    "sentiment.because": ("그렇게 본 말: {words}", "Because of: {words}"),
    "sentiment.by_aspect": ("항목별: {aspects}", "By topic: {aspects}"),
    "sentiment.and_more": (
        "나머지 {count}건은 위의 집계에만 넣었습니다.",
        "The other {count} are counted above and not listed.",
    ),
    "sentiment.instead": (
        "{why} 그래서 Dapbot의 작은 모델이 읽었습니다.",
        "{why} So Dapbot's own small model read it.",
    ),
    "sentiment.too_long_for_model": (
        "글이 길거나 많아서 Dapbot의 작은 모델이 읽었습니다.",
        "The text is long, or there are many, so Dapbot's own small model read it.",
    ),
    "sentiment.missed": (
        "언어 모델이 빠뜨린 {count}건은 Dapbot의 작은 모델이 읽었습니다.",
        "Dapbot's own small model read the {count} that the language model left out.",
    ),
    "sentiment.aspect": ("  {name}: {count}건, 평균 {mean:+.2f}", "  {name}: {count}, mean {mean:+.2f}"),
    "chat.hello": (
        "무엇이든 물어보세요. /sources 출처 · /history 기록 · /new 새 대화 · /quit 끝내기",
        "Ask away. /sources · /history · /new (a new conversation) · /quit",
    ),
    "chat.commands": (
        "/sources 마지막 답의 출처 · /history 지금까지의 대화 · /new 새 대화 · /quit 끝내기",
        "/sources: what the last answer rests on · /history: what was said · /new: a new conversation · /quit: leave",
    ),
    "chat.no_command": (
        "{command}라는 명령은 없습니다. /help로 명령을 볼 수 있습니다.",
        "There is no command {command}; /help lists them.",
    ),
    "chat.new": ("새 대화를 시작합니다.", "A new conversation begins."),
    "chat.no_history": ("아직 나눈 대화가 없습니다.", "Nothing has been said yet."),
    "chat.no_sources": ("마지막 답변에 출처가 없습니다.", "The last answer rests on no source."),
    "chat.stopped": ("답변을 멈췄습니다.", "Stopped."),
    "chat.again_to_quit": (
        "끝내려면 한 번 더 Ctrl-C를 누르거나 /quit을 입력하세요.",
        "Ctrl-C again, or /quit, to leave.",
    ),
    "chat.replaced": (
        "확인해 보니 위 내용은 문서와 맞지 않아 아래 답으로 바꿉니다.",
        "On checking, the text above was not backed by the documents; this replaces it:",
    ),
    "chat.extract": ("(문서에서 발췌한 답변입니다)", "(an extract from the documents)"),
    "chat.sources": ("출처", "Sources"),
    "chat.nearest": ("이런 질문에는 답할 수 있습니다:", "These questions can be answered:"),
    "chat.page": ("{page}쪽", "page {page}"),
    "lasting.moment": ("1분 미만", "less than a minute"),
    "lasting.minutes": ("{count}분", "{count} min"),
    "lasting.hours": ("{count}시간", "{count} h"),
    "lasting.days": ("{count}일", "{count} days"),
}
