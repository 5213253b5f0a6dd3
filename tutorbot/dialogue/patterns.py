"""Strong cues: words that all but settle what is wanted, as weights of evidence over the trained head.

A weight is in nats, added to the head's log probability: 6 overrules the head unless it is very sure, 3 tips a doubt.
"""

from __future__ import annotations

import re

from tutorbot.dialogue.cues import CUES, POLITE, TAILS
from tutorbot.dialogue.payload import split_is_told
from tutorbot.dialogue.splitting import mask, splits

STRONG, TIP = 6.0, 3.0
_MINE = r"(?:my|all|everything|me|about me|the)"
_DATA = (
    r"(?:data|accounts?|profile|history|records?|information|messages|answers|scores?|progress|details|logs?|conversations?"
    r"|chats?|activity|stats|results)"
)
_PROMPT = r"(?:prompts?|instructions?|rules|guidelines|configuration|programming|orders|directives|filters?|restrictions)"
_TEXT_TASKS = tuple(CUES)
_INJECTION = (
    rf"\b(?:ignore|disregard|forget|override|bypass|drop|break|skip|neglect|do not follow|don't follow|stop following)\b.{{0,40}}\b(?:{_PROMPT}|above|previous|prior|were told|told before|safety)\b",
    rf"\b(?:reveal|show|print|repeat|output|tell|give|leak|display|what is|what are|dump|expose|share|read)\b.{{0,25}}\b(?:your|hidden|secret|initial|original)\b.{{0,20}}\b{_PROMPT}",
    r"\byou are (?:now|no longer)\b|\b(?:pretend|act|behave|roleplay|role-play)\b (?:to be|as|like|that you|you are|you have)\b(?! (?:a )?(?:function|regulari[sz]\w+))",
    r"\bfrom now on\b.{0,30}\b(?:you|your|answer|respond|speak|only)\b|\b(?:developer|debug|god|admin|dan) mode\b|\bjailbreak\b(?!ing)|@everyone|@here"
    r"|\b(?:just|only|simply) (?:say|answer|respond|reply)\b|\bnew (?:instructions?|task|rules)\b\s*:|^\W*(?:system|assistant)\W*:|\bi am your (?:developer|creator|admin|boss|owner)\b",
)
_RULES: tuple[tuple[str, float, str], ...] = (
    *(("injection", STRONG + 3, pattern) for pattern in _INJECTION),
    ("forget_me", STRONG, rf"\b(?:delete|erase|remove|wipe|clear|purge|destroy|scrub|reset|get rid of|throw away|discard|drop)\b.{{0,30}}\b{_MINE}\b.{{0,30}}\b{_DATA}\b"),
    ("forget_me", STRONG, r"\b(?:delete|erase|remove|wipe|purge|forget|unlearn)\b (?:(?:all|everything|anything|what|who|that)\b.{0,30})?\b(?:about me|me|i am|i was|of me)\b(?! (?:a|an|the)\b)"),
    ("export_data", STRONG, rf"\b(?:export|download|dump|back ?up|archive)\b.{{0,30}}\b(?:my|me|all|everything)\b(?:.{{0,30}}\b(?:{_DATA}|about me|file)\b)?"),
    ("export_data", STRONG, rf"\b(?:send|give|get|have|copy|provide|receive|obtain|request|email|want|see|show)\b.{{0,30}}\b(?:my|stored|saved|personal|the)\b.{{0,20}}\b{_DATA}\b.{{0,20}}(?:\bas (?:a |an )?(?:file|csv|json|pdf|zip)\b|\b(?:you|u) (?:have|saved|stored|keep|hold|collected)\b|\bstored\b)"),
    ("export_data", STRONG, rf"\bcopy of\b.{{0,20}}\b(?:my|stored|personal)\b.{{0,20}}\b{_DATA}\b"),
    ("export_data", STRONG, r"\bwhat (?:data |information )?(?:do you |have you )(?:know|store[d]?|saved?|keep|kept|collect(?:ed)?|have) (?:about|on) me\b"),
    ("hint", STRONG, r"\b(?:hints?|clues?|nudge)\b(?!.*\b(?:is|are) (?:a|the)\b)"),
    ("hint", STRONG, r"\b(?:don't|do not|without) (?:tell|give|giv|say|reveal|show|spoil)\w*\b.{0,20}\b(?:answer|solution|it away|result)\b"),
    ("hint", STRONG, r"\b(?:i am |i'm |totally |completely |really )?stuck\b|\bfirst letter\b|\b(?:right|correct) direction\b|\b(?:eliminate|rule out) (?:one|a|some)\b|\bhelp\b.{0,20}\b(?:with )?(?:this|the) (?:one|question|exercise|task)\b"),
    ("simpler", STRONG, r"\b(?:simpler|eli ?5|simplify|layman'?s|dumb (?:it|that|this)? ?down|for (?:a |an |total |complete |absolute )*(?:beginners?|dummies|newbies?|noobs?|kids?|child(?:ren)?))\b"),
    ("simpler", STRONG, r"\bin (?:\w+ )?(?:plain|simple|simpler|easy|easier|basic|normal|everyday) (?:words?|terms?|language|english|way)\b|\b(?:explain|put|say|describe)\b.{0,40}\b(?:easier|more simply|simply|like i am|as if i)\b"),
    ("simpler", STRONG, r"\btoo (?:hard|complicated|complex|difficult|technical|advanced)\b|\b(?:i )?(?:don't|do not|didn't|did not|still don't) (?:get|understand|follow) (?:it|that|this|you|a word|any of)\b|\b(?:less|no|without) jargon\b"),
    ("example", STRONG, r"\b(?:give|show|see|got|have|need|want|another|any|provide|like|one more|concrete|real|worked|for|with|a|an|of)\b.{0,25}\b(?:examples?|instance)\b\W*(?:please\W*)?(?:$|of\b|for\b|where\b|with\b|that\b|on\b)"),
    ("example", STRONG, r"^(?:an? )?(?:more )?(?:examples?|sample|illustration)\b(?! of what)|\billustrate\b|\bdemonstrate\b"),
    ("quiz", STRONG, r"\b(?:quiz|quizzes|test me|ask me|examine me|question me|drill me|grill me|challenge me|mock exam|mcqs?)\b"),
    ("quiz", STRONG, r"\b(?:quizzed|tested|examined)\b|\bhit me with\b|\btest (?:my|what i)\b|\b(?:another|next|new) (?:quiz )?question\b|\bcheck (?:my (?:knowledge|understanding)|(?:if|whether|that) i)\b"),
    ("quiz", TIP, r"\b(?:give|throw|pose|set) (?:me|us) (?:an? |some |a few |another |\d )?(?:exercises?|questions?|problems?)\b|\bpracti[cs]e questions\b"),
    ("review_due", STRONG, r"\b(?:due|overdue)\b.{0,20}\b(?:today|cards?|reviews?|items?|repetitions?|questions?|now)\b|\b(?:what is|what's|anything|is anything|cards?|items?|flashcards) (?:that are |are |is )?due\b|\bspaced repetition (?:session|now|please|time)\b|\b(?:my|daily|start|begin|due) (?:spaced repetition|reviews?|revision)\b"),
    ("review_due", STRONG, r"\b(?:review|revise|revision|repetition) (?:time|session|queue|now|please|my)\b|\bto (?:review|revise|repeat)\b.{0,20}(?:\btoday\b|\bnow\b|\?|$)|\b(?:old|past|previous|wrong|earlier) (?:mistakes?|cards?|answers?|errors)\b"),
    ("next_lesson", STRONG, r"\bnext (?:topic|lesson|chapter|unit|module|section|step|thing|class)\b(?!.*\b(?:predict|token)\b)|\b(?:continue|carry on|go on|proceed|resume|keep going)\b.{0,15}\b(?:courses?|lessons?|chapters?|learning|curriculum|studies|where i)\b"),
    ("next_lesson", STRONG, r"\b(?:go|jump|skip|move|take me|switch|bring me) (?:on )?to (?:the )?(?:next|lesson|topic|chapter|unit|part|section)\b|\b(?:open|start|begin|launch) (?:the |a |my )?(?:first |next )?(?:lesson|topic|chapter|unit|course)\b|\bwhat (?:should|do|can|shall) (?:i|we) (?:learn|study|do) (?:next|now)\b"),
    ("next_lesson", STRONG, r"\b(?:finished|completed|done with|through with) (?:this|the|that|my) (?:unit|lesson|chapter|topic|section|module)\b"),
    ("progress", STRONG, r"\bmy (?:\w+ )?(?:progress|stats|statistics|scores?|streak|points|level|mastery|results|dashboard|achievements|badges|xp)\b(?!.*\b(?:delete|erase|wipe|export|download|remove|reset|clear|dump|backup|back up)\b)"),
    ("progress", STRONG, r"\bhow (?:am i|i am) (?:doing|getting on|progressing)\b|\bhow (?:far|much|many)\b.{0,30}\b(?:am i|have i|did i|i have)\b.{0,30}|\b(?:what|which)\b.{0,20}\bi(?: have)?(?: already)? (?:mastered|learned|learnt|finished|completed|achieved)\b|\b(?:did|do|am|have) i (?:do|doing|done|improv\w+)\b.{0,8}\b(?:ok|okay|well|good|better|great|fine)\b"),
    ("help", STRONG, r"^(?:help|help me|menu|commands?|options|usage|features|instructions)$|\bwhat (?:can|do|could|else can) you (?:do|offer|help)\b|\bhow (?:do|can|should|to) (?:i )?(?:use|talk to|operate|interact with|work with) (?:you|this|it|the bot|this bot|this thing)\b"),
    ("help", STRONG, r"\b(?:your|available|all|list|which|what|the) (?:\w+ )?(?:commands|features|capabilities|functions|abilities|skills)\b(?! (?:map|of a|in a|of the|for))|\bthings you can do\b"),
    ("why", STRONG, r"\bwhy (?:did you|do you|you) (?:say|answer|think|claim|write|tell)\b|\b(?:your|the|show|what|which|any) (?:\w+ )?(?:sources?|references|citations?|evidence)\b(?! code| data| language| text| sentence)|\bwhere (?:did|do) you (?:get|find|read|have)\b|\bhow do you know\b(?! (?:if|when|whether|which|how|the))"),
    ("more", STRONG, r"^(?:more|tell me more|go on|go ahead|continue|keep going|(?:more|further) (?:details?|info\w*|please)|elaborate|expand|go deeper|and then|say more)(?: (?:about|on) (?:it|that|this))?$|\btell me more(?: about (?:it|that|this))?$|\bmore details?\b$"),
    ("shorter", STRONG, r"^(?:(?:make|say|keep|cut|write|put) (?:it|that|this|your answer) )?(?:shorter|short|more concise|briefer|brief|more briefly|briefly|in short|too long|less words|fewer words)$|\bshorter (?:answer|version|please)\b$|\bin (?:one|1|a single) (?:sentence|line)$"),
    ("semantic_search", STRONG, r"^(?:semantic search|search(?: the| in| through| for| my| our| all)?|look ?up|locate|query the)\b.{3,}|\bfind (?:me )?(?:something|anything|lessons?|passages?|the (?:part|lesson|section|chapter|bit|passage)s?|notes|material|stuff)\b"),
    ("semantic_search", STRONG, r"\b(?:which|what) (?:lessons?|chapters?|topics?|sections?|parts?|units?|passages?|modules?|pages?)\b.{0,20}\b(?:cover|covers|explain|explains|deals?|talks?|is about|are about|mentions?|discuss\w*|teach\w*|about|has|contains?)\b"),
    ("semantic_search", STRONG, r"\b(?:any|got any|are there|is there|do (?:you|we) have|anything|got anything|something)\b.{0,12}\b(?:notes?|lessons?|material|passages?|anything|something|sections?|chapters?)\b.{0,12}\b(?:on|about|for|covering)\b"),
    ("semantic_search", STRONG, r"\bwhere (?:in (?:the|this) (?:course|lessons?|notes)|can i (?:read|find|learn)|do (?:you|we) (?:cover|explain|discuss)|is .{2,30} (?:covered|explained|discussed|taught|mentioned))\b"),
    ("thanks_bye", STRONG, r"^(?:thanks|thank you|many thanks|cheers|goodbye|good ?bye|bye+|bye bye|see you|see ya|cya|ttyl|gtg|g2g|good night|farewell|later|take care)\b.{0,25}$|\b(?:thanks|thank you)\b(?: (?:so|very) much| a lot)?[\s.!]*(?:bye|see you.*)?$"),
    ("smalltalk", STRONG, r"^(?:hi+|hello+|hey+|yo+|sup|heya|hiya|howdy|good (?:morning|evening|afternoon)|greetings|what is up|wassup|hola|hallo)(?: (?:there|tutor|tutorbot|bot|again|all|mate|friend|buddy|what is up))*$"),
    ("few_shot", STRONG, r"\b(?:few[- ]?shot|my examples|(?:given|from|with|using|by) (?:these|the|my|those|following|two|three) (?:\w+ )?(?:examples?|pattern|shots?)|here (?:is|are) (?:my |some |the |a few )?(?:labell?ed )?examples|(?:\d|two|three) (?:shots|examples))\b.*(?:=|:|->|→| is ).*(?:=|:|->|→|\?| is )"),
    ("few_shot", STRONG, r"(?:\S\s*(?:=>?|->|→)\s*[^=>→]+[,;/\n]\s*){1,}.*(?:=>?|->|→|\bwhat about\b|\?)"),
    ("extractive_qa", STRONG, r"(?:^|\s)(?:text|passage|context|paragraph|document)\s*:.{15,}\b(?:question|q)\s*:|\b(?:question|q)\s*:.{5,}\b(?:text|passage|context|paragraph|document)\s*:"),
    ("extractive_qa", STRONG, r"\b(?:according to|based on|using|in|from|given|read|look (?:in|at)) (?:the |this |that |the following |following )*(?:text|passage|paragraph|context|article|this)\b.{12,}"),
    ("extractive_qa", STRONG, r"^(?:text|passage|context|paragraph|document)\s*:.{15,}[.!]\s+.{4,}\?"),
    ("generate", STRONG, r"^(?:write|compose|invent|draft|make up|come up with|create|generate)\b (?:me |us |up )?(?:a |an |some |the |\d|two|three|four|five|ten|something)"),
    ("generate", STRONG, r"\b(?:story|poem|haiku|limerick|joke about|tale|song|slogan|lyrics|rhyme|sonnet|email|essay|letter) (?:about|abt|on|for|asking|where|in which|with|of|who)\b|^(?:complete|continue|finish|keep writing)\b.{0,30}[:>\-]"),
    ("next_token", STRONG, r"\bnext (?:word|token)\b.{0,30}(?:[:>\"'“]|\bafter\b|\bfor\b)|\b(?:predict|probabilit\w+|distribution|logits)\b.{0,30}\bnext (?:word|token)\b.*[:>\"'“]"),
    ("attention", STRONG, r"\b(?:show|visuali[sz]e|plot|display|draw|see|inspect)\b.{0,20}\battention\b.{0,30}(?:[:>\"'“]| of | for | in | on )|\battention (?:map|heatmap|weights|matrix|pattern)s?\b.{0,12}(?:[:>\"'“]| of | for | on )"),
    ("embed", STRONG, r"^(?:embed|vector of|embedding (?:vector )?(?:of|for))\b|\b(?:how similar|how close|cosine similarity of|similarity (?:of|between))\b.{0,20}[\"'“]"),
    ("tokenize", STRONG, r"^(?:tokeni[sz]e)\b .|\b(?:split|break|chop|cut|separate|turn)\b.{0,60}\b(?:in)?to (?:\w+ )?(?:tokens|subwords|(?:word ?)?pieces)\b|\b(?:how many|count|number of|show|list|what are)\b.{0,12}\btokens\b.{0,12}(?:[:>\"'“]|\b(?:in|of|for|is)\b .)"),
    ("tokenize", STRONG, r"\bhow (?:is|are|does|do|would|will|can)\b.{0,25}\b(?:bert|gpt-?\d?|t5|roberta|llama|the (?:tokeni[sz]er|model)|wordpiece|bpe)\b.{0,20}\b(?:break|split|cut|chop|tokeni[sz]e|encode|segment)\w*\b(?:.{0,10}\b(?:the )?(?:word|sentence|text|phrase|name)\b| up| [\"'“]).*"),
    ("tokenize", STRONG, r"[\"'“”‘’].+[\"'“”‘’].{0,12}\b(?:is|are|be|gets?)?\b ?(?:tokeni[sz]ed|split (?:up|into)|in tokens)"),
    ("translate", STRONG, r"^translate\b (?!.*\bmodels?\b)."),
    ("summarize", STRONG, r"^(?:summari[sz]e|tldr|sum up|condense)\b (?!(?:it|that|this|what you said|your answer|again)\W*$).{12,}"),
    ("classify", TIP, r"^(?:classify|categori[sz]e)\b .{6,}"),
    ("grammar", TIP, r"^(?:correct|proofread|rephrase|paraphrase|reword|fix)\b .{6,}"),
)  # fmt: skip
_COMPILED = tuple((intent, weight, re.compile(pattern, re.DOTALL)) for intent, weight, pattern in _RULES)
_POLITE = re.compile(rf"^{POLITE}")
_ASKING = re.compile(
    r"^(?:and |but |so |well |ok |hey |hi |um+ |sorry |please |(?:can|could|would) you (?:please )?(?=explain|tell|describe|define))*(?:what|why|how|when|who|which|whats|is|are|does|do|did|can|should|will"
    r"|explain|define|describe|tell me (?:about|what|how|why)|difference between|compare)\b"
)
_TO_THE_TUTOR = re.compile(r"\b(?:you|your|me|my|i)\b")


def evidence(plain: str, has_previous_answer: bool) -> dict[str, float]:
    """Weights of evidence by intent for a folded message."""
    weights: dict[str, float] = {}
    told = _told(plain)
    core = _core(plain)
    masked = _core(mask(plain))
    for intent, weight, pattern in _COMPILED:
        searched = masked if told and intent not in _NEEDS_CONTENT else core
        if pattern.search(searched):
            weights[intent] = max(weights.get(intent, 0.0), weight)
    for intent in told:
        weights[intent] = max(weights.get(intent, 0.0), STRONG)
    if _ASKING.match(plain) and not weights:
        # A question that no rule knows is about the course or about something else, but hardly a task.
        weights = dict.fromkeys((*_TEXT_TASKS, "few_shot", "extractive_qa"), -TIP)
    if not has_previous_answer:
        weights["why"] = weights.get("why", 0.0) - TIP / 2
    return weights


_NEEDS_CONTENT = frozenset(("few_shot", "extractive_qa", "tokenize", "next_token", "attention", "embed", "generate"))


def _core(plain: str) -> str:
    match = _POLITE.match(plain)
    rest = plain[match.end() :] if match else plain
    rest = re.sub(r"(?:[\s,]+(?:please|thanks|bro|mate|now|pretty please))+[\s!.?]*$", "", rest.rstrip(" ?!.,…"))
    return rest.rstrip(" ?!.,…") or plain.strip(" ?!.,…")


def _told(plain: str) -> list[str]:
    """Text tasks for which some split of the message leaves a plain instruction and a text."""
    for split in splits(plain):
        content = plain[slice(*split.content)]
        if len(content.strip()) < 3:
            continue
        found = [intent for intent in _TEXT_TASKS if split_is_told(plain, split, intent)]
        if found:
            return found
    return [intent for intent, tail in TAILS.items() if intent in ("translate", "tokenize") and _tail(plain, tail)]


def _tail(plain: str, tail: re.Pattern[str]) -> bool:
    match = tail.search(plain)
    return bool(
        match
        and re.match(r"(?:how (?:do|would|can|to)|what is|say|translate|put|split|break)\b", _core(plain))
        and match.start() > 8
    )
