"""How English asks, complains and chats, as patterns over a sentence in lower case. Written by hand."""

from typing import Final

_AUX = (
    r"(?:is|are|am|was|were|do|does|did|can|could|would|will|should|shall|may|might|must|has|have|had|isn't|aren't"
    r"|wasn't|weren't|don't|doesn't|didn't|can't|couldn't|wouldn't|won't|shouldn't|hasn't|haven't|hadn't)"
)
_WHO = (
    r"(?:i|we|you|they|he|she|it|there|this|that|these|those|my|our|your|the|a|an|any|anyone|anybody|someone"
    r"|somebody|people)"
)

ASKING: Final = (
    r"^(?:(?:hi|hello|hey|ok|okay|so|and|but|also|well|um+|sorry|excuse me|quick question|question|guys|folks|all"
    r"|everyone|team|there|please)\W+)*"
    rf"(?:{_AUX} (?!(?:it|this|that)\W*$){_WHO}\b|(?:what|who|whom|whose|where|when|why|which)(?:'s|'re|'d)? (?!a\b"
    r"|an\b|you\b|i\b|we\b"
    r"|even\b|they\b|it\b)\S+|how(?:'s|'re|'d)? \S+|what if\b|what about\b|how about\b|any \w+ (?:for|on|in|at"
    r"|available|yet|left)\b|(?:looking|searching) for\b|need (?:the|an?) (?!break\b|minute\b|moment\b|coffee\b"
    r"|second\b)|any (?:idea|ideas|clue|chance|way|update|updates|news|thoughts|advice|tips)\b|any(?:one|body)"
    r" (?:know|here|else|have|tried|got|able)|(?:does|did|is|are|can|should) (?!not\b|do\b|be\b|done\b|see\b|is\b"
    r"|very\b|the most\b|my\b|so\b|a\b|an\b|one\b|officially\b|fine\b|good\b|great\b|ok\b|okay\b|nice\b|perfect\b"
    r"|correct\b|right\b|true\b|now\b|also\b|just\b|still\b|really\b)\w+ (?!is\b)\w+)|\b(?:what|how|where|when|why)"
    r" (?:do|does|did|can|should|is|are|will|would) (?:i|we|you|they|it|my|the|this|that)\b|\b(?:should|can|could"
    r"|must|do|did|may) (?:i|we)\b(?! (?:think|hope|say))"
    rf"|[,;:]\s*(?:{_AUX} {_WHO}\b|(?:what|where|when|why|which|how) (?:is|are|do|does|did|can|could|should|would"
    r"|will|many|much|long|to)\b)"
)
"""A sentence that begins as questions do, or turns into one after a comma."""

WANTS_TO_KNOW: Final = (
    r"\b(?:i(?:'d| would)? (?:like|love|want|need|wanted|wish) to (?:know|ask|find out|understand|learn|check"
    r"|confirm|see if|change|cancel|return|update|get|make|report|order|buy|open|close|transfer|activate|apply|reset"
    r"|delete|use|set up|talk)|i(?:'m| am|was| was) (?:wondering (?!about the same)|curious|confused (?:about|by|as)"
    r"|trying to|looking for|looking to|interested in|inquiring|enquiring|asking)|(?:not sure|unsure) (?:how (?:to|i"
    r"|it|do)|why|where|if i|whether i|what (?:to do|is wrong|happened|went))|^explain\b|^(?:tell|show) me\b|(?:like"
    r"|want|need) to (?:dispute|track|know|report|link|find)|wondering (?:if|whether|how|what|when|where|why)"
    r"|(?:please |can you |could you )?(?:tell|show|explain to|remind) (?:me|us) (?:know )?(?:how|what|when|where"
    r"|why|who|which|if|whether|about|the|more)|(?:please |can you |could you )(?:explain|clarify|describe)|let"
    r" (?:me|us) know (?:how|where|why|which)|no idea (?:how|what|why|where|when)|(?:don't|do not|didn't|can't)"
    r" (?:know|understand|see|get|remember|figure out|tell|find) (?:how|what|why|where|when|which|who|if|whether)"
    r"|(?:need|want|looking for|could use|some) (?:some |a little |a bit of |your )?(?:help|assistance|advice|info"
    r"|information|clarification|guidance|support)\b|help me\b|questions? (?:about|on|regarding)|(?:is|are) (?:it"
    r"|there|they) possible|how (?:to|do i|can i|should i|long|much|many)\b|what(?:'s| is) the (?:best|difference"
    r"|process|policy|status)|steps (?:to|for)|instructions (?:to|for|on)|can someone|could someone|does any(?:one"
    r"|body)|(?:when|where|what time|how) (?:will|can|should) (?:i|we|my)\b)"
)

ALONE: Final = r"^(?:how to|where to|when to|what to|which|how much|how many|how long|how often)\b"

FAILING: Final = (
    r"\b(?:(?:i|we|my \w+|it|customers?|users?|they|he|she) (?:still |just |really )?(?:can't|cannot|can not"
    r"|couldn't|could not|am unable to|are unable to|is unable to|was unable to|were unable to|am not able to|are"
    r" not able to|wasn't able to|can no longer|keep getting|keeps getting)|(?:does|do|did|is|are|was|were|has|have"
    r"|will|would|wo|ca)(?:n't| not) (?:\w+ )?(?:work|working|load|loading|open|opening|arrive|arrived|show|showing"
    r"|start|starting|respond|responding|connect|connecting|send|sending|receive|received|let|letting|accept"
    r"|accepted|come|go through|gone through|recognized?|recognised|update|updated|updating|sync|syncing|print"
    r"|printing|charge|charging|refund|refunded|appear|appearing|save|saving|been (?:delivered|refunded|received"
    r"|credited|processed|shipped)|available|correct|right|display|displaying|log|sign|play|turn|match|posted"
    r"|credited|cleared)|haven't (?:\w+ )?(?:received|gotten|got|heard|been)|have not (?:\w+ )?(?:received|gotten"
    r"|got|been)|hasn't (?:\w+ )?(?:arrived|come|shown|been|shipped|gone)|never (?:arrived|came|got|received|showed)"
    r"|(?:not|isn't|stopped|no longer|quit) working|(?:not|isn't) (?:loading|opening|showing|responding|connecting"
    r"|arriving)|still (?:waiting|pending|not|hasn't|haven't|missing|no)|(?:keeps?|kept) (?:crashing|failing"
    r"|freezing|saying|asking|giving|disconnecting|declining|logging|loading|showing|getting|turning|spinning)"
    r"|(?:gives?|giving|getting|gets?|got|throws?|shows?|see|seeing|saw) (?:me |us )?(?:an? |this |the |some"
    r" )?(?:\w+ )?(?:error|errors|warning|exception|blank|timeout)|(?:was|were|got|been|has|have|is|are|being|am)"
    r" (?:\w+ )?(?:charged (?:twice|double|extra|a fee|too|wrong)|overcharged|declined|rejected|locked out|blocked"
    r"|stolen|lost|damaged|broken|cracked|hacked|compromised|stuck|missing|wrong|down|frozen|delayed|failed)"
    r"|(?:i(?:'ve| have)?|we(?:'ve| have)?) (?:lost|forgot|forgotten|misplaced|locked)|wrong (?:item|size|amount"
    r"|order|product|address|color|colour|charge|exchange rate|pin)|there(?:'s| is| are| was| were) (?:an? |some |no"
    r" )?(?:\w+ )?(?:error|problem|issue|bug|charge|fee|payment|transaction|withdrawal|money missing)|(?:having|have"
    r"|had|facing|got) (?:an? |some |the )?(?:\w+ )?(?:issues?|problems?|trouble|difficulty|difficulties)|(?:doesn't"
    r"|didn't|does not|did not) (?:recognize|recognise|make|have|show|get)|(?:crashes|crashed|fails|failed|freezes"
    r"|froze|disappeared|vanished|broke)\b|error (?:code|message|\d+)|(?:is|are|was|were|been|came|arrived|keeps?"
    r"|got) (?:\w+ )?(?:leak\w*|bent|scratched|torn|dented|ripped|shattered|jammed|expired|corrupted|overheating"
    r"|beeping|flickering|blinking)|out of (?:stock|order)\b|(?:urgent|asap)$|(?:is|are|was|were) (?:\w+ )?(?:wrong"
    r"|incorrect|mistaken|not right|not correct|not here|not (?:been )?(?:approved|allowed|accepted|delivered"
    r"|received))|(?:never|doesn't seem to|didn't seem to|not seem to) (?:work|worked)|(?:says?|showing|shows|still"
    r"|as|is) (?:\w+ )?(?:pending|declined|rejected|failed)|(?:was|got|been) (?:returned|reverted|cancell?ed|denied)"
    r"|(?:extra|unknown|strange|weird|double|duplicate|unusual|unauthori[sz]ed|unexpected) (?:\w+ ){0,2}(?:charges?"
    r"|charged|fees?|payments?|activity|transactions?|debits?)|didn't (?:make|do|withdraw|authori[sz]e|order|request"
    r"|approve|give)|(?:someone|somebody) (?:\w+ )?(?:took|stole|used|has|hacked)|less (?:cash|money)|not (?:the"
    r" )?(?:right|correct|full) (?:amount|item|rate)|(?:can't|cant|cannot) (?:find|use|see|open|log|access|send|make"
    r" a)|not been (?:approved|refunded|credited|processed))"
)

OVER: Final = (
    r"\b(?:fixed|solved|resolved|restored|works (?:now|again|fine|great)|working (?:now|again|fine)|back (?:up"
    r"|online)|no (?:problems?|issues?|errors?|worries)|never ?mind|all good|sorted|figured it out|we(?:'re| are)"
    r" (?:aware|investigating|working on|looking into)|i(?:'ll| will| am going to|'m going to) (?:fix|look|check"
    r"|take)|i (?:fixed|checked|deployed|merged|updated))"
)

NOTICE_HEAD: Final = (
    r"^\W{0,3}(?:fyi|announcement|notice|update|reminder|heads[- ]up|psa|standup|status|minutes|release notes?)\b\W"
)

ABSENT: Final = (
    r"\b(?:can't|cannot|couldn't|won't|not able to|unable to|not going to) (?:\w+ )?(?:make it|attend|join|come|be"
    r" there|be here|stay|wait|believe|complain|agree|thank|stand|stress|help (?:but|you|it)|today|tomorrow|decide"
    r"|tell|say|answer|imagine|afford|make up|recall|promise|guarantee|do (?:it|that|this)|be (?:sure|certain))"
    r"|\bwon't be (?:in|able|at|around|available)|\b(?:don't|do not|didn't) (?:think|mean|worry|care|mind|like|want"
    r"|need|have time|bother|forget|agree)|out of office|on (?:leave|vacation|holiday|pto)"
)

RHETORICAL: Final = (
    r"^(?:who (?:knows|cares)|why not|what(?:'s| is) (?:the point|not to like|new|up)\W*$|what(?:'s| is) (?:the"
    r" point|not to like)|so what|how (?:dare|nice|cool|great|awesome|lovely|funny|sweet|exciting|come on)\b|what"
    r" a\b|guess what|isn't (?:it|that|this) (?:great|nice|lovely|cool|funny|awesome|amazing)|how (?:are|have)"
    r" (?:you|things|y'all|ya)|how(?:'s| is) (?:it going|everyone|everybody|life|your day|your weekend)|are you"
    r" kidding|what could go wrong|can you believe|did you know|what (?:the hell|the heck|on earth))|\b(?:lunch"
    r"|dinner|coffee|beer|drinks?|weekend|vacation|movie)\b.{0,30}\?$|^(?:right|really|seriously|ok|okay|yes|no|huh"
    r"|what|so|and|sure|deal|agreed|eh)\W*$|(?:, right|, no|, ok|, eh|, yeah)\?*$"
)
"""What looks like a question and wants no answer, or only one of a colleague."""

ORDER: Final = (
    r"^(?:hi|hello|hey|so|and|also|please|\W)*(?:(?:can|could|would|will) (?:you|y'all|you guys|you all) (?:please"
    r" )?(?:review|check|send|update|fix|add|share|take|look|approve|merge|deploy|resend|forward|join|call|ping"
    r"|finish|submit|fill|sign|upload|move|handle|cover|book|schedule|confirm)\b|(?:can|could) (?:everyone|everybody"
    r"|all of you))"
)
"""What looks like a question and wants something done."""

REQUEST: Final = (
    r"^(?:please\b|can you\b|could you\b|would you\b|will you\b|let's\b|kindly\b|(?:add|send|open|close|run|check"
    r"|review|update|fix|make|put|move|set|call|book|schedule|create|delete|cancel|deploy|merge|turn|remind|play"
    r"|order)\b)"
)

NAMED: Final = (
    r"^(?:(?:hi|hello|hey|ok|okay|thanks|so|good morning|dear)\s+)?@?(?P<who>[A-Z][a-z]{1,15})(?:\s[A-Z][a-z]{1,15})"
    r"?\s*[,!](?:\s|$)"
)
NAMED_GREETED: Final = r"^(?:hi|hello|hey|thanks|dear|good morning|morning)\s+@?(?P<who>[A-Z][a-z]{1,15})\b"
AT: Final = r"(?:^|\s)@(?P<who>\w{2,20})"

NOBODY: Final = frozenset(
    "hi hello hey thanks thank please sorry ok okay so also well yes yeah no not now then today tomorrow yesterday"
    " currently anyway first second third finally next"
    " question quick urgent help everyone everybody all team folks guys there dapbot bot here channel sir madam"
    " support admin anyone anybody somebody someone people"
    " however unfortunately usually sometimes again still maybe perhaps basically actually honestly if when where"
    " what why who how which is are do does can could would"
    " should will monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december"
    " note update fyi btw edit good great nice cool wow oh hmm um right sure once since after before while because"
    " although in on at for with my our the this that"
    " morning afternoon evening problem issue error bug login refund shipping delivery payment order last late"
    " recently lately suddenly apparently instead otherwise".split()
)
