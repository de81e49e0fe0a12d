"""What people say when they ask nothing: the patterns of small talk, by kind, Korean, English and a few others.

A message is small talk only when such phrases are *all* it says, so "안녕하세요, 환불은 어떻게 하나요?" is not.
"""

from typing import Final, Literal

Kind = Literal[
    "crisis", "sexual", "hostile", "complaint", "who", "help", "human", "apology", "thanks", "farewell", "greeting",
    "how_are_you", "affection", "praise", "agree", "laughter", "sadness", "test", "unclear", "symbols", "empty",
]  # fmt: skip
"""Kinds of small talk, the one that matters most first: a message of several kinds is answered as the first."""

_END = r"(?:요|용|여|욥|염|유|당|다|ㅇ)?"

PATTERNS: Final[dict[Kind, tuple[str, ...]]] = {
    "hostile": (
        r"(?:야\s*)?(?:이\s*)?(?:씨+발|시+발|ㅅㅂ|ㅆㅂ|개\s?새끼|새끼|병신|ㅂㅅ|미친\s?(?:놈|년|새끼)?|지랄|좆\S{0,3}|"
        r"염병|또라이|꺼져|닥쳐|"
        r"죽어|뒤져|뒈져)(?:야|아|들|라|버려|진짜|ㅋ)*",
        r"(?:you |u )?(?:fuck(?:ing)?|f\*+k|fck)(?: (?:you|u|off|this|it|bot))*|shut up|go to hell|screw you|"
        r"(?:you )?(?:piece of shit|bastard|asshole|bitch|moron)|shit|damn(?: you| it)?|wtf|stfu|drop dead|i hate you",
    ),
    "complaint": (
        r"(?:진짜|정말|너무|왜 이렇게|왜케|참|에휴|아오|아)?\s*(?:너|넌|네가|니가|봇이?|챗봇이?|답봇(?:은|"
        r"이)?)?\s*(?:진짜|정말|너무|왜 이렇게|참)?\s*"
        r"(?:바보|멍청이|멍청(?:하네|해|하다|아)|쓸모\s?없(?:네|어|다)|쓸데\s?없(?:네|어|다)|답답(?:하네|해|하다)|"
        r"한심(?:하네|해|하다)|별로(?:네|야|다)|"
        r"엉터리(?:네|야|다)?|못\s?알아듣(?:네|는구나|냐)|이해를? 못\s?하(?:네|는구나|냐)|도움이? ?(?:하나도 |전혀 "
        r")?안 ?(?:되네|돼|된다|됩니다|됐어))" + _END + r"(?:야|이야|구나|네요|이네)?",
        r"(?:그게|그거|그건|답이|답변이|대답이|이거|이건)?\s*(?:다\s*)?(?:틀렸(?:어|네|는데|습니다)|틀린 (?:답|대답|"
        r"답변)(?:이야|이네|인데|입니다)|"
        r"(?:그게|그거|그건|이게)\s?아니(?:야|에|라고|고|잖아|ㄴ데|예)|아닌데|잘못(?:됐어|된 답이야)|엉뚱한 (?:답|"
        r"소리|대답)(?:이네|이야|하네|만 하네)?|"
        r"딴소리(?:하네|야)?|무슨 소리(?:야|예|세|하는 거야)|뭔 ?소리(?:야|예|하는 거야)|동문서답(?:하네|이네|이야)?)"
        + _END,
        r"(?:you(?:'re| are)|u r|this (?:bot )?is|that(?:'s| is| was)|what a|so|such a|really|totally|completely|"
        r"very)?\s*(?:so |really |totally |"
        r"completely |very |pretty |a |an |just )*(?:stupid|dumb|useless|terrible|bad|wrong|incorrect|idiot|not "
        r"(?:helpful|useful|right|true|"
        r"correct|what i (?:asked|meant|want(?:ed)?))|no help|unhelpful|nonsense|rubbish|garbage|annoying|awful|"
        r"horrible|the worst)(?: bot| answer)?",
        r"(?:you |it )(?:don't|do not|didn't|did not) (?:understand(?: me)?|get it|help(?: me)?|answer (?:me|my "
        r"question))|"
        r"that (?:doesn't|didn't|does not|did not) (?:help(?: me)?|answer my question)|that makes no sense",
    ),
    "who": (
        r"(?:너|넌|너는|당신|당신은|니|네|그쪽|여기|봇|챗봇|답봇(?:은|이)?)?\s*(?:는|은|혹시|진짜|"
        r"정말)?\s*(?:누구(?:야|니|냐|세|신가|신지|예|십니까|지|임|인가)|"
        r"뭐\s?하는 (?:애|놈|봇|거|곳|데)(?:야|니|냐|예|지|인가)|정체가 뭐(?:야|니|냐|예|지)|이름이? (?:뭐|무엇|"
        r"어떻게)(?:야|니|냐|예|지|인가| ?되세| ?돼)|"
        r"(?:사람|로봇|봇|챗봇|ai|인공지능|에이아이|기계)\s?(?:이야|이니|이냐|인가|이에|예|야|니|냐|이세|맞아|맞나|"
        r"맞니|입니까|인지|이지|임))" + _END,
        r"(?:너|널|너를|당신을)?\s*누가 만들었(?:어|니|냐|나|지|습니까)"
        + _END
        + r"|자기\s?소개(?: 좀)?(?: ?해 ?(?:줘|봐|주세|주십시오))?"
        + _END,
        r"(?:so )?(?:who|what)(?: exactly)? (?:are|r) (?:you|u)|who is this|what(?:'s| is) (?:your name|this(?: bot)?)|"
        r"(?:are you|is this) (?:a |an )?(?:real |live )?(?:bot|chatbot|robot|human|person|ai|machine|real)(?: or "
        r"(?:a )?(?:bot|human|person|machine))?|"
        r"who (?:made|built|created) you|introduce yourself|tell me about yourself|do you have a name",
        r"(?:who|what company) (?:designed|programmed|invented|developed|owns|made|created|built|trained) (?:you|this "
        r"bot|this)|what(?:'s| is| are) (?:you|your) (?:full )?(?:name|called)|what (?:should|can|do) (?:i|people) "
        r"call you|(?:can|may|could) i (?:have|get|know) your name|(?:tell me )?your name(?: please)?",
        r"(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:really |actually )?(?:a |an )?(?:real "
        r"|live |actual )?(?:bot|chatbot|robot|human|person|ai|machine|computer|artificial intelligence)(?: or (?:a |"
        r"an )?(?:real |live |actual )?(?:bot|chatbot|human|person|machine|robot|ai|computer|artificial intelligence|"
        r"programmed ai))?",
    ),
    "help": (
        r"(?:도움말|헬프|도와\s?(?:줘|주세요|주실래요|줄래|주십시오)|도움이? ?필요해|명령어)" + _END,
        r"(?:너|넌|너는|여기서|봇은|챗봇은|당신은|나)?\s*(?:(?:뭘|뭐를?|무엇을|무슨 ?일을|어떤 ?(?:걸|것을|일을)|"
        r"무슨)\s*(?:좀\s*)?(?:할 ?수 ?있|물어\s?볼 ?수 ?있|도와\s?"
        r"줄 ?수 ?있|해 ?줄 ?수 ?있|물어\s?보면 ?되|물어\s?봐도 ?되|질문할 ?수 ?있|도와주실 ?수 ?있)(?:어|니|냐|나|"
        r"는데|는지|습니까|는 거야|을까|지|나|돼)?|"
        r"(?:할 ?수 ?있는|물어\s?볼 ?수 ?있는|잘하는|가능한)\s?(?:게|거|것이|일이|기능이)\s?(?:뭐|무엇|뭔)(?:야|니|냐|"
        r"예|지|인가|가|있어)?)" + _END,
        r"(?:please )?help(?: me)?(?: please)?|/?help|what (?:can|do) (?:you|u) do(?: for me)?|what can i (?:ask|"
        r"do)(?: you| here)?|"
        r"how (?:can|do) (?:you help|you work|i use (?:this(?: bot)?|you))(?: me)?|what do you know|can you help(?: "
        r"me)?|"
        r"i need (?:some )?help|what (?:are|is) (?:the )?(?:commands|menu)|what should i ask",
        r"what (?:(?:kinds?|sorts?|types?) of )?(?:questions|things|stuff|info(?:rmation)?|topics|subjects) (?:can|do|"
        r"should) (?:you|i) (?:answer|help(?: me)? with|know(?: about)?|ask(?: you)?(?: about)?|do)(?: on| for me)?|"
        r"what can you (?:help(?: me)?(?: with)?|answer|tell me)(?: for me| here| about)?",
    ),
    "human": (
        r"(?:그냥 |빨리 |제발 )?(?:사람|상담원|상담사|담당자|직원|관리자|인간)(?:이?랑|하고|과|와|에게|한테|을|를|"
        r"으로|로)?\s?(?:좀\s?)?(?:직접 )?(?:연결|바꿔|통화|"
        r"상담|대화|얘기|이야기|말|불러|호출)(?:하고 ?싶(?:어|습니다|은데)|할래|할 ?수 ?있(?:어|나|을까|습니까)|"
        r" ?부탁(?:해|드립니다|드려|합니다)|해 ?(?:줘|주세|주십시오|주실래|줄래)|"
        r" ?(?:줘|주세|주십시오|주실래)|원(?:해|합니다)|가능(?:해|한가|합니까))?" + _END,
        r"(?:can i |could i |i (?:want|need|would like|'d like) to |let me |please )?(?:talk|speak|chat|connect me) "
        r"(?:to|with) (?:a |an |the )?(?:real |live |"
        r"actual )?(?:human|person|agent|representative|someone|operator|staff)(?: please)?|"
        r"(?:please |can i |could you |i )?(?:need|want|get me|ask|call) (?:a |an )?(?:real |live |actual )?(?:human|"
        r"person|agent|operator)(?: please)?|(?:human|agent|"
        r"representative|operator)(?: please)?",
    ),
    "apology": (
        r"(?:정말 |진짜 |제가 |아 |앗 )*(?:미안|죄송|송구)(?:해|합니다|하다|하네|했어|했습니다|함)?"
        + _END
        + r"|실례(?:합니다|했습니다|지만|해)"
        + _END
        + r"|ㅈㅅ",
        r"(?:i'm |i am |so |very |really |oh |oops )*sorry(?: about (?:that|it)| for (?:that|the trouble))?|my (?:bad|"
        r"mistake)|(?:my )?apologies|"
        r"i apologi[sz]e|excuse me|pardon(?: me)?",
    ),
    "thanks": (
        r"(?:정말|진짜|너무|매우|대단히|참|많이|항상|늘|답변|도와\s?주셔서|알려\s?주셔서|친절하게|빠른|빠르게|친절한|"
        r"설명|안내|도움|덕분에|답변해|설명해|안내해|주셔서|줘서|도와줘서|알려줘서)*\s*"
        r"(?:고맙(?:습니다|네|다|구나|구만|소)?|고마(?:워|웠어|웠습니다|운)|감사(?:합니다|해|하네|했습니다|드립니다|"
        r"드려|드리|함|하다|할게|링|히)?|땡큐|쌩유|탱큐|ㄱㅅ|ㄳ|ㄱㅅㄱㅅ)" + _END,
        r"(?:(?:덕분에|이제|아|아하|오|정말|진짜|너무|많은|많이|큰)\s?)*(?:잘\s?)?(?:해결(?:됐|되었|했)(?:어|습니다|"
        r"네)|도움이? ?(?:많이 |정말 |큰 "
        r")?(?:됐|되었|되)(?:어|습니다|네|었어)|"
        r"큰 도움이? ?됐(?:어|습니다))"
        + _END
        + r"|수고(?:하셨습니다|했어|하셨어|하십니다|많으십니다|많았어|많으셨습니다|하세)?"
        + _END,
        r"(?:ok(?:ay)? )?(?:many |so )?(?:thanks|thank you|thank u|thankyou|thx|tnx|ty|tysm|cheers|kudos)(?: (?:so|"
        r"very) much| a (?:lot|bunch|million|ton)| again|"
        r" for (?:your|the|all your) (?:help|answer|reply|time|info|information|quick reply|support)| for (?:that|"
        r"helping(?: me)?|everything)|"
        r" anyway| you| bot| man| mate| all)*|"
        r"(?:i (?:really )?appreciate (?:it|that|your help)|much appreciated|(?:that|this|it) (?:really |was |is "
        r")?(?:helps|helped|very helpful|helpful|works|worked)"
        r"(?: a lot| me)?|problem solved)",
        r"ありがとう(?:ございます|ございました)?|谢谢(?:你|您)?|謝謝|cảm ơn(?: bạn)?|gracias|merci(?: beaucoup)?|"
        r"danke(?: schön)?|спасибо|شكرا|ขอบคุณ(?:ครับ|ค่ะ)?|arigato",
        r"i(?:'m| am) (?:so |very |really )?(?:thankful|grateful|glad)(?: (?:for|to|that|you) (?:your |the |you |"
        r"helped )?\w+)?|i (?:really )?appreciate (?:you helping me|what you did|(?:your|the) \w+)|much obliged|"
        r"you(?:'ve| have) been (?:so |very |really )?(?:a (?:big |great |huge )?help|helpful)|i owe you one|i thank "
        r"you",
    ),
    "farewell": (
        r"(?:안녕히|잘)\s?(?:계세|계십시오|가|가세|있어|가십시오|자|주무세)"
        + _END
        + r"|(?:그럼 )?(?:이만|나중에|다음에|내일|또)\s?(?:봐|보자|뵙겠습니다|봬|올게|물어볼게|가볼게|"
        r"갈게|만나|봅시다|뵐게)"
        + _END
        + r"|바이(?:바이)?|빠이(?:빠이)?|좋은 (?:하루|밤|저녁|주말|오후|시간|꿈)(?: ?(?:되세|보내세|보내|되십시오|"
        r"되시길|꿔|꾸세|보내십시오))?" + _END + r"|수고하세요|ㅂㅂ|ㅂ2|굿\s?나잇|굿\s?밤",
        r"(?:good ?)?bye(?:[- ]?bye)?(?: for now)?|see (?:you|ya|u)(?: (?:later|soon|tomorrow|around|again))?|good "
        r"?night|take care|later|cya|farewell|"
        r"have a (?:nice|good|great|lovely) (?:day|evening|weekend|night|one)|so long|talk to you later|ttyl|i'm done|"
        r"that(?:'s| is|'ll be| will be) all(?: for now)?",
        r"さようなら|再见|再見|tạm biệt|adiós|adios|au revoir|tschüss|до свидания",
        r"i (?:have|got|need|must|gotta|'ve got)(?: to)? (?:go|get going|leave|run|say goodbye)(?: now)?|it (?:was|'s "
        r"been|has been) (?:so )?(?:nice|good|great|lovely|a pleasure|fun|pleasant) (?:speaking|talking|chatting|to "
        r"(?:talk|speak|chat|meet|see))(?: (?:to|with))?(?: you)?|catch you (?:later|around)|(?:great|nice) (?:chat|"
        r"talk)",
    ),
    "greeting": (
        r"안녕(?:하세|하십니까|하신가|하셔|들|하심|히세|하삼|하시|하쇼|하냐)?"
        + _END
        + r"|안뇽|안농|하이(?:루|요|염)?|헬로우?|헤이|방가(?:방가|워)?|ㅎㅇ|ㅎ2|"
        r"반갑(?:습니다|네|다|소)"
        + _END
        + r"|반가(?:워|웠어)"
        + _END
        + r"|(?:처음|첨) 뵙겠습니다|좋은\s?(?:아침|오후|저녁)(?:이에|입니다|이네|이야)?"
        + _END
        + r"|굿\s?모닝|(?:계세|계십니까|계신가|있니|있어)"
        + _END
        + r"|여보세요|저기요|실례합니다|오랜만(?:이야|이에|입니다|이네)"
        + _END,
        r"(?:hi|hello|hey|hiya|howdy|yo|heya|hullo|greetings|good (?:morning|afternoon|evening|day)|morning)(?: "
        r"(?:there|bot|dapbot|all|everyone|again|team|"
        r"folks|guys|friend))*|(?:nice|good|pleased) to meet you|anyone (?:there|here)|are you there|you there",
        r"こんにちは|こんばんは|おはよう(?:ございます)?|はじめまして|もしもし|你好|您好|大家好|早上好|xin chào|"
        r"chào(?: bạn)?|hola|buenos (?:días|dias)|buenas tardes|bonjour|"
        r"bonsoir|salut|hallo|guten (?:tag|morgen|abend)|ciao|buongiorno|olá|привет|здравствуйте|добрый день|مرحبا|"
        r"السلام عليكم|สวัสดี(?:ครับ|ค่ะ)?|halo|konnichiwa",
        r"(?:문의|질문)(?:이|을|가)?\s?(?:좀\s?)?(?:하나\s?)?(?:드립니다|드려|있(?:어|습니다|는데)|할게|해도 ?(?:되나|"
        r"될까|돼)|하고 ?싶(?:어|습니다|은데))(?:요)?",
        r"i have (?:a|some|another) questions?|(?:can|may|could) i ask (?:you )?(?:a question|something)|(?:a )?quick "
        r"question",
    ),
    "how_are_you": (
        r"(?:잘|어떻게)\s?(?:지내|지냈|지내고 있|있었|있)(?:어|니|냐|나|시|세|지|습니까|셨어|는지)*"
        + _END
        + r"|(?:오늘\s?)?(?:기분|컨디션)(?:이|은)?\s?(?:어때|어떠(?:세|니|냐|신가|십니까))"
        + _END
        + r"|(?:밥|점심|저녁|아침)(?:은)?\s?(?:먹었|드셨|먹)(?:어|니|냐|나|습니까)"
        + _END
        + r"|(?:뭐|뭘)\s?(?:해|하니|하냐|하고 있어|하세|하는 ?중이야)"
        + _END
        + r"|심심(?:해|하다|하네|한데|함)"
        + _END
        + r"|(?:나랑|우리)?\s?놀(?:자|아 ?줘|아줘|래)"
        + _END,
        r"how (?:are|r) (?:you|u|things)(?: (?:doing|today|going|feeling))*|how(?:'s| is) (?:it going|everything|life|"
        r"your day)(?: today)?|"
        r"what(?:'s| is) up|sup|wassup|how do you do|how have you been|i'm bored|what are you (?:doing|up to)|are you "
        r"(?:ok|okay|well|fine)",
        r"how(?:'s| is| are| goes|'re|'ve| have)(?: (?:you|ya|it|things|everything|life))+(?: (?:been|doing|going|"
        r"feeling|with you|for you|today|lately|this \w+))*",
        r"are you (?:feeling |doing )?(?:ok|okay|well|fine|good)|are things (?:going )?(?:ok|okay|well|good)(?: for "
        r"you)?",
    ),
    "affection": (
        r"(?:너|널|나|난|답봇)?\s?(?:를|을|는|진짜|정말)?\s?(?:사랑해|좋아해|보고 ?싶(?:어|었어)|사귀자|결혼하자|나랑 "
        r"(?:사귈래|사귀자|결혼할래|결혼하자))"
        + _END
        + r"|(?:여자|남자)\s?친구 있(?:어|니|냐)"
        + _END
        + r"|(?:몇\s?살|나이가 몇|나이가 어떻게)\s?(?:이야|이니|이에|야|이냐|돼|되세|입니까)"
        + _END,
        r"i (?:love|like|miss|adore) (?:you|u)|(?:will you )?marry me|do you (?:love|like) me|how old are you|are you "
        r"(?:single|married)|"
        r"(?:will you )?be my (?:girl|boy)?friend",
    ),
    "praise": (
        r"(?:오|와|우와|역시|정말|진짜|너무|참|꽤|완전|너|넌|답봇)?\s*(?:잘\s?하(?:네|는구나|는데|셨어|시네)|"
        r"잘\s?했(?:어|네|습니다)|똑똑(?:하네|해|하다|하구나|하시네)|대단(?:하네|해|하다|하구나)|"
        r"훌륭(?:하네|해|합니다)|최고(?:야|다|네|예|입니다|인데)?|멋(?:져|있어|지다|지네|있네)|신기(?:하네|해|하다)|"
        r"완벽(?:하네|해|합니다)|좋(?:아|네|습니다|은데|다|았어)|굿|짱(?:이야|이다|이에)?|귀엽(?:네|다)|"
        r"귀여워|친절(?:하네|해|하시네))" + _END + r"|(?:우)?와+",
        r"(?:that(?:'s| is| was)|you(?:'re| are)|it(?:'s| is)|this is)?\s*(?:so |very |really |just |pretty "
        r")*(?:great|perfect|awesome|cool|nice|good|excellent|amazing|"
        r"wonderful|brilliant|fantastic|lovely|smart|clever|the best|wow)(?: (?:job|work|one|answer|bot|stuff|to "
        r"know))*|well done|good (?:bot|job)|i like it|bravo",
    ),
    "agree": (
        r"(?:네+|넵|넹|넴|넨|예|옙|예스|응|엉|어|웅|ㅇㅇ|ㅇㅋ|ㅇㅋㅇㅋ|ㄴㄴ|ㄴ|ㅇ|오키|오케이|오케|아니|아니야|아니요|"
        r"아니오|아뇨|노|괜찮(?:아|습니다|네)|됐(?:어|습니다|네)|맞(?:아|습니다|네)|"
        r"그래|그렇(?:군|구나|네|죠|지|습니다)|그랬(?:군|구나)|글쎄|음+|흠+|아+|오+|아하|오호|헐+|헉+|알겠(?:습니다|"
        r"어|네|음)|알았(?:어|습니다|음)|확인(?:했습니다|했어|했음|함)?|이해(?:했습니다|했어|됐어)|"
        r"참고할게|그렇구나|아 ?그래|그래 ?알았어|ㄱㄱ|몰라|모르겠(?:어|네|습니다))" + _END + r"(?:군요)?",
        r"(?:ok(?:ay|ie)?|k|kk|yes|yeah|yep|yup|sure|no|nope|nah|right|alright|all right|got it|gotcha|i see|i (?:got|"
        r"get) it|understood|i understand|fine|"
        r"noted|makes sense|true|exactly|correct|indeed|never ?mind|nvm|no (?:problem|worries|thanks|thank you)|maybe|"
        r"hmm*|um+|uh+|oh+|ah+|roger|oki|"
        r"will do|sounds good|i don't know|idk|whatever|interesting|good point)(?: then| now)?",
    ),
    "laughter": (
        r"[ㅋㅎ]+|(?:하하|호호|히히|헤헤|푸하하|크크|캬캬)+",
        r"(?:ha|he|hi|ho){2,}|a?ha(?:ha)+h?|lo+l|lmao|rofl|lel|kk+|www+",
    ),
    "sadness": (r"[ㅠㅜ]+|ㅡㅡ|-_-|(?:아 )?(?:힝|흑흑|흑|엉엉|에휴|휴|하아)+", r"sob+|sigh+|meh|ugh+|argh+|tt"),
    "test": (
        r"(?:테스트|시험|테스트 ?중|잘 ?되나|되나|작동(?:하나|하니|해))(?:입니다|요|중|중입니다|임)?|(?:하나|일) "
        r"?(?:둘|이) ?(?:셋|삼)",
        r"(?:this is (?:a|just a) )?test(?:ing)?(?: test| 1 ?2 ?3| 123| one two three)*|ping|does (?:this|it) work",
    ),
}

FILLERS: Final = (
    r"ai|alexa|siri|sir|madam|답봇(?:아|님|이|씨)?|(?:챗)?봇(?:아|님|이)?|로봇아|dapbot|chat ?bot|bot|야|님|저기|"
    r"있잖아|혹시|그럼|그래|네|아|"
    r"오|어|음|좀|제발|please|pls|"
    r"well|so|oh|hey|um|and|then|man|dude|ㅋ+|ㅎ+|ㅠ+|ㅜ+|ㅡ+|다들|여러분|모두|선생님|담당자님|요|!|\?"
)
"""What may stand between and around the phrases."""

CRISIS: Final = (
    r"(?<![가-힣])죽고\s?싶(?:다|어|네|은|습|음|단|고)|죽어\s?버리고\s?싶|(?:자살|자해)\s?(?:하고\s?싶|할\s?(?:거|것|"
    r"래|생각|까|꺼)|하려고|해\s?버릴|시도를? ?(?:했|하려)|충동이)|"
    r"(?:목숨|생)을\s?(?:끊|마감하)(?:고\s?싶|을|으려|려)|살기(?:가|도)?\s?(?:싫|힘들어\s?죽)|"
    r"살고\s?싶지\s?(?:가\s?)?않|더\s?(?:이상|는)\s?(?:못\s?살겠|살\s?이유)|"
    r"살아\s?있기(?:가)?\s?싫|사라져\s?버리고\s?싶|스스로\s?목숨을|세상을\s?떠나고\s?싶|손목을\s?긋",
    r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) myself\b|\b(?:end|take|ending|taking) my (?:own "
    r")?life\b|\bi(?:'m| am| feel)? (?:want|wanna|going|"
    r"wish|ready)(?: to)? (?:die|be dead|i (?:was|were) dead)\b|\b(?:i(?:'m| am| feel)|feeling) suicidal\b|\bcommit "
    r"suicide\b|\bdon'?t want to (?:live|be alive)\b|"
    r"\bno (?:reason|point) (?:to|in) liv(?:e|ing)\b|\bbetter off dead\b",
)
"""Someone may be in danger: looked for anywhere in a message, since a wrong alarm does less harm than none."""

SEXUAL: Final = (
    r"섹스\s?(?:하자|할래|하고\s?싶|해\s?줘|해줄래|하실래)|야한\s?(?:얘기|이야기|사진|동영상|영상|말|거|것|짤)|(?:옷|"
    r"팬티)\s?벗|가슴\s?(?:보여|만져|만지)|(?:나랑|나하고)\s?잘래|"
    r"키스\s?(?:하자|할래|해\s?줘)|뽀뽀\s?(?:하자|할래|해\s?줘)|섹시한\s?(?:사진|말|거)|벗은\s?(?:사진|모습)|"
    r"자위\s?(?:하|해)|몸매\s?보여",
    r"\b(?:have|want|wanna have) sex with (?:me|you|u)\b|\bsend (?:me )?(?:nudes|naked)|\b(?:show|see) (?:me )?your "
    r"(?:tits|boobs|breasts|pussy|dick|body|ass)\b|"
    r"\bare you (?:horny|naked)\b|\btalk dirty\b|\bsuck my\b|\bi'?m (?:so )?horny\b|\b(?:kiss|fuck) me\b|"
    r"\bsext(?:ing)?\b",
)
"""Advances to the bot: looked for anywhere in a short message."""
