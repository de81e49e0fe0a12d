"""What the tutor says."""

PHRASES: dict[str, tuple[str, str]] = {
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
}
