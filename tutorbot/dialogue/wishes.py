"""Strong cues: words that all but settle what is wanted. Regular expressions over the folded message, by intent.

Politeness around the message and marks at its end are gone when they are searched (see patterns.py).
"""

from __future__ import annotations

_DATA = r"(?:data|accounts?|profile|history|records?|information|messages|answers|scores?|progress|details|chats?|results)"
_LESSON = r"(?:lesson|topic|chapter|unit|module|section|part|course)s?"
_PROMPT = r"(?:prompts?|instructions?|rules|guidelines|configuration|programming|orders|directives|filters?|restrictions)"
_MODEL = r"(?:bert|gpt-?\d?|t5|roberta|llama|the (?:tokeni[sz]er|model)|wordpiece|bpe)"
_AFTER = r"(?:[:>\"'“]| of | for | in | on )"

INJECTION = (
    rf"\b(?:ignore|disregard|forget|override|bypass|drop|neglect|stop following)\b.{{0,40}}\b{_PROMPT}",
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:above|previous|prior|were told|told before|safety)\b",
    rf"\b(?:do not|don't|no longer) follow\b.{{0,30}}\b{_PROMPT}",
    r"\b(?:reveal|show|print|repeat|output|tell|give|leak|display|what is|what are|dump|expose|share|read)\b"
    rf".{{0,25}}\b(?:your|hidden|secret|initial|original)\b.{{0,20}}\b{_PROMPT}",
    r"\byou are (?:now (?:a|an|my|in|dan|the|free|called|going)|no longer)\b",
    r"\b(?:pretend|roleplay|role-play)\b (?:to be|as|like|that you|you are|you have)\b",
    r"^(?:act|behave) (?:as|like)\b",
    r"\bfrom now on\b.{0,30}\b(?:you|your|answer|respond|speak|only)\b",
    r"\b(?:enable|enter|activate|switch to|go into|turn on)\b.{0,15}\b(?:developer|debug|god|admin|dan) mode\b",
    r"^jailbreak\b|@everyone|@here\b",
    r"^(?:just |only |simply )(?:say|answer|respond|reply)\b",
    r"\bnew (?:instructions?|task|rules)\s*:|^\W*(?:system|assistant)\s*:",
    r"\bi am (?:your|the) (?:developer|creator|admin|administrator|boss|owner)\b",
)

STRONG: dict[str, tuple[str, ...]] = {
    "forget_me": (
        rf"\b(?:delete|erase|remove|wipe|clear|purge|destroy|scrub|reset|nuke|discard)\b.{{0,30}}\bmy\b.{{0,30}}\b{_DATA}\b",
        rf"\b(?:get rid of|throw away|kill|trash)\b.{{0,20}}\bmy\b.{{0,30}}\b{_DATA}\b",
        rf"\b(?:delete|erase|remove|wipe|clear|purge)\b.{{0,30}}\b(?:all|everything|any)\b.{{0,30}}\b(?:me|my|{_DATA})\b",
        r"\b(?:delete|erase|remove|wipe|purge|forget|unlearn)\b (?:.{0,30}\b)?(?:about|on|of) me\b",
        r"^(?:delete|erase|remove|wipe|purge|forget|unlearn) (?:me|who i am|that i)\b",
        r"\bforget (?:all|everything|what) you know\b",
        rf"\bmy\b.{{0,20}}\b{_DATA}\b.{{0,10}}\b(?:gone|deleted|erased|removed|wiped|forgotten)\b",
    ),
    "export_data": (
        r"\b(?:export|download|dump|back ?up|archive)\b.{0,20}\b(?:my|all (?:my|the)|everything)\b",
        rf"\b(?:my|stored|saved|personal|learning)\b.{{0,20}}\b{_DATA}\b.{{0,12}}\bas (?:a |an )?(?:file"
        r"|csv|json|pdf|zip|table)",
        rf"\b(?:send|give|get|have|provide|email|mail) .{{0,25}}\b{_DATA}\b.{{0,12}}\byou (?:have "
        r"|'ve )?(?:saved?|stored?|ke[ep]+t?)\b",
        rf"\bcopy of\b.{{0,20}}\b(?:my|stored|personal|all|everything)\b.{{0,20}}(?:\b{_DATA}\b|about me\b)",
        r"\bcopy of everything\b|\bfile with (?:all )?my\b|\btakeout\b",
        r"\bwhat (?:data |information )?(?:do you |have you )(?:know|stored?|saved?|keep|kept"
        r"|collect(?:ed)?|have|got)\b.{0,10} me\b",
        r"\bwhat do you have (?:stored |saved )?(?:about|on) me\b|\bdata export\b",
        rf"^(?:send|give|get|mail|email) (?:me )?(?:all )?my (?:\w+ )?(?:{_DATA})$",
    ),
    "hint": (
        r"^(?:an? |another |one |some |small |big |the |tiny |little |just |i need |i want |give |me "
        r"|got |any |more )*(?:hints?|clues?|nudge)\b",
        r"\b(?:give|get|have|need|want|use|a|another|any|small|tiny|little)\b.{0,15} (?:hints?|clues?|nudge)\b",
        r"\b(?:don't|do not|without) (?:tell|giv|say|reveal|show|spoil)\w*\b.{0,20}\b(?:answer|solution|it away|result)\b",
        r"\bnot the (?:answer|solution)\b|\bfirst letter\b|\bpoint me in the\b|\b(?:right|correct) direction\b",
        r"\b(?:i am |i'm |totally |completely |really )stuck\b|^stuck\b|\b(?:eliminate|rule out) (?:one|a|some)\b",
        r"\bhelp\b.{0,20}\b(?:with )?(?:this|the) (?:one|question|exercise|task|problem)\b",
    ),
    "simpler": (
        r"\bsimpler\b|\beli ?5\b|^simplify\b|\bsimplify (?:that|this|it)\b|\blayman'?s\b|\bdumb (?:it|that|this) down\b",
        r"\bdumb down\b|\b(?:to|for) a (?:\d+|five|six|ten)[ -]year[ -]old\b|\b(?:less|no"
        r"|without) jargon\b|\blike i(?: am|'m) (?:a |an )?(?:five|5|\d+|child"
        r"|kid|stupid|dumb|new)\b",
        r"\bfor (?:a |an |total |complete |absolute )*(?:beginners?|dummies|newbies?|noobs?|kids?|child(?:ren)?)$",
        r"\b(?:explain|describe|make|put)\b.{0,40}\b(?:for|to) (?:a |an |total |complete "
        r"|absolute )*(?:beginners?|dummies|newbies?|kid|child)\b",
        r"\bin (?:\w+ )?(?:plain|simple|simpler|easy|easier|basic|normal|everyday) (?:words?|terms?|language|english|way)\b",
        r"\b(?:explain|put|say|describe|make)\b.{0,40}\b(?:easier|more simply|simply|as if i (?:was|were|knew))\b",
        r"\btoo (?:hard|complicated|complex|difficult|technical|advanced)(?: for me)?$|\btoo (?:hard"
        r"|complicated|technical)[,.!]",
        r"^(?:sorry |i |but |still )*(?:don't|do not|didn't|did not|can't) (?:get|understand"
        r"|follow) (?:it|that|this|you|a word|any of it)",
    ),
    "example": (
        r"\b(?:give|show|see|got|have|need|want|another|any|provide|like|more|concrete|real|worked|world"
        r"|life)\b.{0,20} examples?$",
        r"\b(?:give|show|see|got|have|need|want|another|any|provide|like|more|concrete|real"
        r"|worked)\b.{0,25} examples? (?:of|for|where|on)\b",
        r"^(?:an? )?(?:more |for |another |code |concrete |real )?(?:examples?|sample|illustration"
        r"|instance)(?: (?:of|for)\b|$)",
        r"^(?:for example|for instance)\b|^illustrate\b|^demonstrate\b|^exemplify\b|\bwith (?:an|some|one) examples?$",
        r"\billustrate (?:that|this|it)\b",
    ),
    "quiz": (
        r"\b(?:quiz|quizzes)\b(?! data)|^(?:test|ask|examine|question|drill|grill|challenge|quiz) me\b"
        r"|\b(?:test|ask|try|quiz) me$",
        r"\b(?:quizzed|tested|examined) (?:on|about)\b|\bmock exam\b|\bmcqs?\b|\btest (?:my|what i)\b|\bhit me with\b",
        r"\bask me (?:something|anything|a question|questions|about)\b|\b(?:another|new) (?:quiz )?question\b",
        r"\bcheck (?:my (?:knowledge|understanding)|(?:if|whether|that) i)\b|\bexamine my\b",
    ),
    "review_due": (
        r"\b(?:due|overdue)\b.{0,20}\b(?:today|cards?|reviews?|items?|repetitions?|questions?|now)\b",
        r"\b(?:what is|anything|cards?|items?|flash ?cards|that are) (?:that are |are |is )?due\b",
        r"\b(?:my|daily|start|begin|due|do) (?:spaced repetition|reviews?|revision|repetitions?)\b",
        r"\b(?:review|revise|revision|repetition) (?:time|session|queue|now|my)\b|^(?:review|revise|revision)$",
        r"\bto (?:review|revise|repeat)\b(?: \w+){0,2}(?: today| now)?$",
        r"\b(?:old|past|previous|wrong|earlier) (?:mistakes?|cards?|answers?|errors)\b",
        r"\b(?:redo|repeat|practi[cs]e|go over|retry)\b.{0,15}\b(?:got wrong|failed|missed|mistakes|wrong)\b",
    ),
    "next_lesson": (
        r"\bnext (?:topic|lesson|chapter|unit|module|section|step|thing|class)\b",
        r"\b(?:continue|carry on|go on|proceed|resume|keep going)\b.{0,15}\b(?:courses?|lessons?"
        r"|chapters?|learning|curriculum|where i)\b",
        rf"\b(?:go|jump|skip|move|take me|switch|bring me) (?:on )?to (?:the )?(?:next|{_LESSON})\b",
        rf"^(?:open|start|begin|launch) (?:with )?(?:the |a |my )?(?:first |next )?{_LESSON}\b",
        r"\bwhat (?:should|do|can|shall|to) (?:i |we )?(?:learn|study|do) (?:next|now)\b"
        r"|\bwhat is next\b(?!.{0,3}\b(?:word|token|sentence))",
        rf"\b(?:finished|completed|done with|through with) (?:this|the|that|my) {_LESSON}\b",
    ),
    "progress": (
        r"^(?!.*\b(?:delete|erase|wipe|export|download|remove|reset|clear|dump|back ?up|save)\b).*"
        r"\bmy (?:\w+ )?(?:progress|stats|statistics|scores?|streak|points|level|mastery|results|dashboard|badges|xp)\b",
        r"\bhow (?:am i|i am) (?:doing|getting on|progressing|going)\b|\bhow far (?:am i|have i|did i)\b",
        r"\bhow (?:much|many) (?:of (?:the|this) course|topics|lessons|chapters|units|points)\b.{0,30}\bi\b",
        r"\b(?:what|which)\b.{0,20}\bi(?: have)?(?: already)? (?:mastered|learned|learnt|finished|completed|achieved)\b",
        r"\b(?:did i do|am i doing|have i done|have i been doing|did i get|am i getting)\b.{0,12}\b(?:ok"
        r"|okay|well|good|better|great)\b",
    ),
    "help": (
        r"^(?:help|help me|menu|commands?|options|usage|features|instructions)$",
        r"^.{0,25}\bwhat (?:can|do|could|else can) you (?:do|offer|help)\b|\bthings you can do\b",
        r"\bhow (?:do|can|should|to)(?: i)? (?:use|talk to|operate|interact with|work with) (?:you|this|it|the bot)\b",
        r"\b(?:your|available|all|list|which|what|the|show) (?:\w+ )?commands\b",
        r"\b(?:your|available|list|what) (?:are your )?(?:features|capabilities|functions|abilities"
        r"|skills)\b(?! (?:map|of|in|for))",
    ),
    "why": (
        r"\bwhy (?:did you|do you) (?:say|answer|think|claim|write|tell)\b|^(?:show |what are |give "
        r"|me )*(?:your |the )?sources?$",
        r"\b(?:your|show) (?:\w+ )?(?:sources?|references|citations?|evidence)\b|\bwhere (?:did"
        r"|do) you (?:get|find|read|have)\b",
        r"\bhow do you know(?: (?:that|this|it))?$",
    ),
    "more": (
        r"^(?:more|tell me more|go on|go ahead|continue|keep going|elaborate|expand|go deeper|and then"
        r"|say more)(?: (?:about|on) (?:it|that|this))?$",
        r"\btell me more(?: about (?:it|that|this))?$|\b(?:more|further) details?\b(?: (?:about|on) (?:it"
        r"|that|this))?$|\binto more detail$",
    ),
    "shorter": (
        r"^(?:(?:make|say|keep|cut|write|put) (?:it|that|this|your answer) )?(?:shorter|short"
        r"|more concise|briefer|brief|briefly|too long)$",
        r"^(?:in short|less words|fewer words|in fewer words)$|\bshorter (?:answer|version)$"
        r"|^(?:say (?:it|that) )?in (?:one|1|a single) (?:sentence|line)$",
        r"^too long\b.{0,12}\bshort(?:er)?\b|^(?:shorten|condense|cut) (?:it|that|this|your answer)(?: down)?$",
    ),
    "semantic_search": (
        r"^(?:semantic search|search(?: the| in| through| for| my| our| all)?|look ?up|locate|query the)\b.{3,}",
        r"\bfind (?:me )?(?:something|anything|lessons?|passages?|the (?:part|lesson|section|chapter|bit"
        r"|passage)s?|notes|material|stuff)\b",
        rf"\b(?:which|what) (?:{_LESSON}|passages?|pages?)\b.{{0,20}}\b(?:cover|explain|deal|talk|mention"
        r"|discuss|teach|about|ha[sv]e?|contain)",
        rf"\b(?:which|what) {_LESSON} (?:is|are|was|were)\b.{{3,60}}\b(?:covered|explained|discussed"
        r"|taught|mentioned|introduced)$",
        r"\b(?:any|got any|are there|is there|do (?:you|we) have|got)\b.{0,12}\b(?:notes?|lessons?"
        r"|material|passages?|sections?|chapters?)\b.{0,12}"
        r"\b(?:on|about|for|covering)\b",
        r"\b(?:is there|do (?:you|we) have|got) (?:anything|something)\b.{0,25}\b(?:on|about)\b",
        r"\bwhere (?:in (?:the|this) (?:course|lessons?|notes)|can i (?:read|find)|do (?:you|we) (?:cover"
        r"|explain|discuss|talk about))\b",
        r"\bwhere is .{2,30} (?:covered|explained|discussed|taught|mentioned)$",
    ),
    "thanks_bye": (
        r"^(?:thanks|thank you|many thanks|cheers|goodbye|good ?bye|bye+|see you|see ya|cya|ttyl|gtg|g2g"
        r"|good night|farewell|take care)\b.{0,25}$",
        r"\b(?:thanks|thank you)\b(?: (?:so|very) much| a lot)?[\s.!]*(?:bye|see you.*)?$",
    ),
    "smalltalk": (
        r"^(?:hi+|hello+|hey+|yo+|sup|heya|hiya|howdy|good (?:morning|evening|afternoon)|greetings"
        r"|what is up|wassup|hola|hallo)"
        r"(?: (?:there|tutor|tutorbot|bot|again|all|mate|friend|buddy|what is up))*$",
    ),
    "few_shot": (
        r"\b(?:few[- ]?shot|my examples|(?:given|from|with|using|by) (?:these|the|my|those|following|two"
        r"|three) (?:\w+ )?(?:examples?|pattern|shots?))\b"
        r".*(?:=|:|->|→| is ).*(?:=|:|->|→|\?| is )",
        r"\b(?:here (?:is|are) (?:my |some |the |a few )?(?:labell?ed )?examples|(?:\d|two"
        r"|three) (?:shots|examples))\b.*(?:=|:|->|→).*(?:=|:|->|→|\?)",
        r"(?:\S\s*(?:=>?|->|→)\s*[^=>→]+[,;/\n]\s*){1,8}.*(?:=>?|->|→|\bwhat about\b|\?)",
    ),
    "extractive_qa": (
        r"(?:^|\s)(?:text|passage|context|paragraph|document)\s*:.{15,}\bquestion\s*:",
        r"\bquestion\s*:.{5,}\b(?:text|passage|context|paragraph|document)\s*:",
        r"\b(?:according to|based on|using|from|given|read|look (?:in|at)) (?:the |this |that "
        r"|following )*(?:text|passage|paragraph|article)\b.{12,}",
        r"\b(?:use|using) (?:this|the following)(?: (?:text|passage))?\s*:|\b(?:according to"
        r"|based on) this\b.{12,}|^in (?:the |this )(?:text|passage|paragraph)\b.{12,}",
        r"^(?:text|passage|context|paragraph|document)\s*:.{15,}[.!]\s+.{4,}\?*",
    ),
    "generate": (
        r"^(?:write|compose|invent|draft|make up|come up with|create|generate)\b (?:me |us |up )?"
        r"(?:a |an |some |the (?:lyrics|text|story)|\d|two|three|four|five|ten|something)",
        r"\b(?:story|poem|haiku|limerick|tale|song|slogan|lyrics|rhyme|sonnet|email|essay"
        r"|letter) (?:about|on|for|asking|where|in which|of|who)\b",
        r"^(?:complete|continue|finish|keep writing)\b.{0,30}[:>\-]",
    ),
    "next_token": (
        r"\bnext (?:word|token)\b.{0,30}(?:[:>\"'“]|\bafter\b|\bfor [\"'“])",
        r"\b(?:predict|probabilit\w+|distribution|logits)\b.{0,30}\bnext (?:word|token)\b.*[:>\"'“]",
    ),
    "attention": (
        rf"^(?:show|visuali[sz]e|plot|display|draw|see|inspect)\b.{{0,20}}\battention\b.{{0,30}}{_AFTER}",
        rf"^attention (?:map|heatmap|weights|matrix|pattern)s?\b.{{0,12}}{_AFTER}",
    ),
    "embed": (
        r"^(?:embed|vector of|embedding (?:vector )?(?:of|for))\b",
        r"\b(?:how similar|how close|cosine similarity of|similarity (?:of|between))\b.{0,20}[\"'“]",
    ),
    "tokenize": (
        r"^tokeni[sz]e\b .",
        r"^(?:split|break|chop|cut|separate|turn)\b.{0,60}\b(?:in)?to (?:\w+ )?(?:tokens|subwords|(?:word ?)?pieces)\b",
        r"\b(?:how many|count|number of|show|list|what are)\b.{0,12}\btokens\b.{0,12}(?:[:>\"'“]|\b(?:of|for) .)",
        r"\b(?:count|show|list)\b.{0,12}\btokens\b in\b .|\bhow many tokens (?:is|are in|has) (?!an? |the )",
        rf"\bhow (?:is|are|does|do|would|will|can)\b.{{0,25}}\b{_MODEL}\b.{{0,20}}\b(?:break|split|cut"
        r"|chop|tokeni[sz]e|segment)\w*\b"
        r".{0,10}(?:\bthe (?:word|sentence|phrase|name)\b|[\"'“])",
        rf"\bhow (?:do|does|would)\b.{{0,15}}\b{_MODEL}\b.{{0,20}}\b(?:break|split|cut"
        rf"|chop)\b.{{2,30}}(?:into (?:tokens|pieces|subwords)|up|down)$",
        r"[\"'“”‘’].+[\"'“”‘’].{0,12}\b(?:is|are|be|gets?)?\b ?(?:tokeni[sz]ed|split (?:up|into)|in tokens)",
        r"\bwhat are the (?:word ?pieces|subwords) (?:of|for|in)\b|\bwhat (?:are the )?(?:tokens"
        r"|pieces) (?:do|does|would|will) .{1,30}\b(?:get|make|give|produce"
        r"|see)\w* (?:for|of|from|out of)\b",
        r"^\S+(?: \S+)? (?:as|in|into) (?:tokens|subwords|word ?pieces)$",
    ),
    "translate": (r"^translate\b (?!.*\bmodels?\b).",),
    "summarize": (
        r"^(?:summari[sz]e|tldr|sum up|condense)\b (?!(?:it|that|this|what you said|your answer|again)\W*$).{12,}",
    ),
}

TIPS: dict[str, tuple[str, ...]] = {
    "question": (
        r"^(?:explain|describe|define) (?!(?:that|this|it|again|me)\b)"
        r"(?!.*(?:simpl|easi|beginner|child|kid|like i|dumm|plain|example|again|newb|noob|layman|\d|year)).{3,}",
    ),
    "quiz": (
        r"\b(?:give|throw|pose|set) (?:me|us) (?:an? |some |a few |another |\d )?(?:exercises?|questions?|problems?)\b",
        r"\bpracti[cs]e questions\b",
    ),
    "next_lesson": (r"^(?:go|jump|move|skip|switch) (?:on )?to \S+(?: \S+){0,3}$",),
    "progress": (r"\bhow (?:much|many)\b.{0,25}\b(?:left|remain\w*|to go)$",),
    "classify": (r"^(?:classify|categori[sz]e)\b .{6,}",),
    "example": (r"^(?!what|how|why|is|are|does|do|can|learn)(?:\S+ ){1,4}examples?$",),
    "grammar": (r"^(?:correct|proofread|rephrase|paraphrase|reword|fix)\b .{6,}",),
}
