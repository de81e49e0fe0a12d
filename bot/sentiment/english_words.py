"""English words of service beside VADER's lexicon, on its scale of -4 to 4, and turns of phrase that say it whole."""

import re

SERVICE: dict[str, float] = {
    word: value
    for value, line in (
        (2.0, "recommend recommended flawless flawlessly seamless seamlessly courteous awesome superb impeccable"),
        (
            1.5,
            "fast quick quickly speedy easy easily smooth smoothly prompt promptly responsive reliable sturdy durable",
        ),
        (1.5, "helpful friendly polite attentive knowledgeable affordable comfy intuitive hassle-free effortless"),
        (1.2, "fixed resolved solved replaced refunded fits upgraded ontime punctual delicious worked works"),
        (0.5, "like well early"),
        (
            0.0,
            "support supports please help helps want wants number united credit yes yeah share sharing hope hoping play ready cut top",
        ),
        (0.0, "interest interested safe safely dear ok okay true sure wish hey pay paid kind sort gift gifts"),
        (-0.7, "fee fees hours hour wait hold charge charged still weeks instead call called calling"),
        (-1.2, "late waiting waited cancel cancels cancelled canceled cancellation cancelling hung queue expensive"),
        (
            -1.5,
            "delay delays delayed slow slowly slower crash crashes crashed crashing error errors bug bugs buggy glitch",
        ),
        (
            -1.5,
            "glitches lost missing broken broke breaks defective faulty leak leaks leaking scratched dented torn stuck",
        ),
        (
            -1.5,
            "stranded damaged overcharged overpriced expired outdated hidden disconnected disconnect freezes froze laggy",
        ),
        (
            -1.8,
            "rude unhelpful unresponsive unprofessional incompetent useless unusable unreliable unacceptable clueless",
        ),
        (
            -1.8,
            "hassle complaint complaints complain complained ignored ignoring misleading ripoff scam disorganized mess",
        ),
        (
            -1.8,
            "worse worst flimsy shoddy difficult complicated confusing nightmare joke ridiculous pathetic inexcusable",
        ),
    )
    for word in line.split()
}
"""Words that ask (please, help) or name (credit, number) are worth nothing here, whatever they are worth elsewhere."""

NEGATORS = frozenset(
    """not no never none nobody nothing neither nor cannot cant wont dont didnt doesnt isnt wasnt arent werent couldnt
    wouldnt shouldnt havent hasnt hadnt without hardly barely rarely""".split()
)

REMEDIES = frozenset(
    "fix fixed fixing resolve resolved resolving solve solved repair repaired address addressed".split()
)
"""What is done about trouble: trouble that is not mended is no praise."""

PASSED = frozenset(
    """a an the this that these those it its i me my we us our you your he she they them their is are was were be been
    being am do does did have has had having of to in on at for with from by about as so very really too quite all any
    even ever yet just that's make makes made making feel feels felt get gets got getting give gives gave cause caused
    causes run ran take takes took find found experience experienced see saw seen come came go goes single one more
    particularly especially exactly how single only bit little""".split()
)
"""Words that a negation reaches through: what it denies is the first word of content after it, or the second."""

BOOSTERS = frozenset("very really so extremely super absolutely incredibly totally completely insanely most".split())

TURN = re.compile(r"\b(?:but|however|though|although|except|unfortunately)\b|[.;!?\n]")
"""What ends the reach of a negation, besides a comma."""

IDIOMS: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), value)
    for value, patterns in (
        (
            2.5,
            (
                r"\b(?:could|can)(?:n['’]?t| ?not) (?:be|have been|ask for|get|have asked for) (?:any )?(?:happier|better|more)\b[\w ]{0,20}",
                r"\b(?:can['’]?t|cannot|can not|couldn['’]?t) (?:go wrong|fault|complain|beat|wait to|recommend \w+ (?:enough|highly))\b",
                r"\b(?:would|wo|do)n['’]?t (?:buy|shop|go|order|use|trust|fly|stay)\b(?: \w+){0,3} (?:anyone|anywhere|anything|any other|elsewhere|nobody)(?: else)?\b",
                r"\b(?:took|takes|in|wasted|wastes) no time\b|\bnothing but (?:praise|good|great)\b|\bsecond to none\b",
                r"\bno (?:issues?|problems?|trouble|fuss|surprises|regrets)\b|\bnothing (?:to|I(?:['’]d| would)) (?:complain|change|add|fault)\b",
                r"\bnever (?:let|lets) (?:me|us|you) down\b|\bnever had (?:a|any|an) (?:issue|problem|complaint)s?\b",
                r"\bon time\b|\bgo(?:es|ne)? (?:above and beyond|the extra mile)\b|\bshout ?out\b|\btop notch\b",
                r"\bno longer (?:crash|freeze|lag|leak|break|hang|disconnect|stall)\w*",
            ),
        ),
        (
            -2.5,
            (
                r"\bno better\b|\bno longer\b|\bnot (?:as|what|the one|even)\b|\b(?:is|was|are|were|do|did|does)n['’]?t (?:as|what|even|match|like)\b",
                r"\bnever again\b|\blast time\b|\bstill (?:no|not|waiting|nothing|have ?n['’]?t|has ?n['’]?t|ca ?n['’]?t|do ?n['’]?t)\b",
                r"\bon hold\b|\bhung up\b|\bhang up\b|\bwaste of\b|\brip ?-?off\b|\bfed up\b|\bgave up\b|\bgive up\b",
                r"\b(?:no ?one|nobody|none of (?:them|you)) (?!else)\w+",
                r"\bno (?:response|reply|answer|refund|help|explanation|apology|update|record|way|idea|luck|news|info(?:rmation)?)\b",
                r"\b(?:how|why) (?:is|are|do|does|can|did|would|come)\b[^.!?]{0,40}\b(?:not|no|n['’]t|charge|late|still|so (?:hard|long|slow))\b",
                r"\bcustomer (?:dis)?service\?|\bsent (?:me )?the wrong\b|\bfell? apart\b|\bstopped working\b|\bout of stock\b",
            ),
        ),
    )
    for pattern in patterns
)
