"""The subject named in a wish about the course: "quiz me on attention", "an example of overfitting"."""

from __future__ import annotations

import re

from tutorbot.dialogue.cues import POLITE
from tutorbot.dialogue.splitting import Span, quoted, trim

_ABOUT = r"(?:about|on|over|regarding|concerning|covering|of|in|from|for|with)"
_COURSE = (
    r"(?:the |this |your |my |our )?(?:courses?|lessons?|notes?|materials?|topics?|chapters?"
    r"|knowledge(?: base)?|docs?|passages?|content|pages?|units?|sections?)"
)
_BEGINNER = (
    r"(?:(?:total|complete|absolute|real|bloody|a|an|the|my|some|any|me as|me like i am|someone|people"
    r"|5 year old|five year old|new|young|small)[\s-]*)*"
    r"(?:beginners?|dumm(?:y|ies)|child(?:ren)?|kids?|newbies?|noobs?|layman|laymen|novices?|idiots?"
    r"|grandma|grandmother|toddler"
    r"|(?:\d+|five)[\s-]year[\s-]olds?|teenagers?|starters?|non[\s-]?experts?|non[\s-]?technical (?:people|person))"
)
_EASY = (
    r"(?:in (?:a |an )?(?:very |really |more |much )?(?:simple|simpler|plain|easy|easier|basic|layman'?s"
    r"|lay|everyday|normal|other)"
    r"(?:st)? (?:words?|terms?|language|english|way|manner)|simply|more simply|simpler|easier|easily|easy"
    r"|like i am (?:five|5|stupid|dumb|a \w+|new)\w*"
    r"|as if i (?:was|were|am|knew) .*|without (?:the )?(?:jargon|math\w*|technical terms)|down)"
)
_WITH_EXAMPLE = r"(?:(?:with|by|using|through) (?:an?|some|one|the)? ?(?:\w+ )?examples?)"
_PATTERNS: dict[str, tuple[str, ...]] = {
    "quiz": (
        r"(?:quiz|test|ask|examine|drill|question|challenge|grill|quizzed|tested|examined|practi[cs]e|hit"
        r"|knowledge|understanding)\b"
        r".{0,40}?\b(?:about|on|over|regarding|of|with)\b (?!(?:a |an |some |another )?(?:question|quiz))(?P<topic>.+)",
        r"(?:questions?|quiz|exercises?|problems?|test|exam|mcqs?|flash ?cards?"
        r"|multiple choice)\b.{0,20}?\b(?:about|on|over|regarding|of|for|in)\b (?P<topic>.+)",
        r"(?:check|see|find out|test) (?:if|whether|that|how well) i (?:really |actually |truly )?(?:get"
        r"|know|understand|understood|got|remember|mastered|learned|learnt)"
        r" (?P<topic>.+?)(?:[,.;!:]| - | and (?:ask|give)|$)",
        r"(?:i think )?i (?:really |now |think i )?(?:get|know|understand|understood|remember"
        r"|mastered) (?P<topic>.+?),? (?:so )?(?:try|test|quiz|ask|check|challenge) me",
        r"do i (?:really |actually )?(?:get|know|understand|remember) (?P<topic>.+?)\?",
        r"(?:what|how much) i (?:remember|know|learned) (?:about|of|on) (?P<topic>.+)",
        r"(?:practi[cs]e|revise) (?P<topic>.+?) (?:with|by|using) (?:a |some )?(?:questions?|quiz|exercises?)",
        r"^(?:let me |i want to |we )?practi[cs]e (?P<topic>.+)",
        r"^(?:(?:give|set|make|do|start|have|want|take|try|us|me|an?|the|one|another|some|few|short|quick"
        r"|little|\d+) )*(?P<topic>\S.*?) (?:quiz|test|questions?|exercises?|exam|flash ?cards?)$",
    ),
    "next_lesson": (
        r"(?:lesson|chapter|unit|topic|module|section|part|course) (?:about|on|for|of|covering|called"
        r"|named|with) (?P<topic>.+)",
        r"(?:teach me|learn|learning|study|studying) (?:something |more |all |everything )?(?:about |on )?(?P<topic>.+)",
        r"(?:go|skip|jump|move(?: on)?|take me|bring me|switch|get|head|continue|proceed)(?: straight"
        r"| over| on| directly| ahead)? (?:to|with) (?:the |a )?"
        r"(?:(?:topic|lesson|chapter|unit|module|section|part) )?(?:about |on |of "
        r"|called )?(?P<topic>.+?)(?: (?:lesson|chapter|unit|topic|module|section|part))?$",
        r"(?:start|begin|open|do|resume|continue|load"
        r"|show(?: me)?)(?: with)? (?:the )?(?P<topic>.+?)(?: (?:lesson|chapter|unit|topic|module|next"
        r"|now))$",
        r"(?:start|begin|open)(?: with)? (?:the )?(?:(?:topic|lesson|chapter|unit|module|section|part) )?(?P<topic>.+)",
    ),
    "semantic_search": (
        r"(?:search|look ?up|find|look|get|show|locate|point)(?: (?:for|through|me|us|to|the|all|any|some|out|up))*"
        r" (?:passages?|lessons?|parts?|sections?|chapters?|notes?|topics?|pages?|places?|bits?"
        r"|everything|anything|something)"
        r"(?: (?:that|which|where|in the course))* (?:about|on|covers?|covering|explains?|explaining"
        r"|deals? with|dealing with"
        r"|talks? about|talking about|mentions?|mentioning|discuss(?:es|ing)?|describ(?:es?|ing)|for) (?P<topic>.+)",
        r"(?:semantic search|search(?:ing)?|look(?:ing)? ?up|query|lookup)(?: (?:for|in|through|across"
        rf"|the|all|course|notes|lessons|material|about|on|{_COURSE}))*[\s:>\-]+(?P<topic>.+)",
        r"(?:passages?|lessons?|parts?|sections?|chapters?|notes?|materials?|text|topics?|pages?|anything"
        r"|something|everything|stuff|bits?|things?|places?|content|resources?|info\w*)"
        r"(?: (?:in (?:the|this) course|here|there|is|that|which|we have|you have|do you have|was|were|are))*"
        r" (?:about|on|covers?|covering|cover|explains?|explaining|deals? with|dealing with|talks? about"
        r"|talking about|mentions?|mention|mentioning|discuss(?:es|ing)?|describ(?:es|ing)"
        r"|for|regarding|concerning|related to|teach(?:es)?|teaching|treat(?:s|ing)?|is about|where"
        r"|that say|has|contains?|goes over|introduces?|is on) (?P<topic>.+)",
        r"(?:where|which|what)\b.*? (?:covered|explained|discussed|mentioned|taught|described|treated"
        r"|introduced)? ?(?:do|does|can|could|is|are|did) (?:you|i|we|the course|this course)?"
        r" ?(?:cover|explain|discuss|mention|read|learn|find|teach|talk|describe|see)(?: (?:something"
        r"|anything|more|out))?(?: (?:about|on|of))? (?P<topic>.+)",
        r"where (?:in .{0,20}?(?:course|lessons?|notes?|material) )?(?:is|are|was"
        r"|were) (?:the )?(?P<topic>.+?) (?:covered|explained|discussed|mentioned|taught|described"
        r"|treated|introduced)",
        r"(?:which|what) (?:lesson|topic|chapter|section|part|unit|page)s? (?:is|are|was"
        r"|were) (?P<topic>.+?) (?:covered|explained|discussed|mentioned|taught|described|treated"
        r"|introduced|in)\b",
        r"closest to (?P<topic>.+)",
        r"(?:find|locate|search|look for|looking for|retrieve|fetch|show|get|point me to|look)(?: (?:me"
        r"|for|at|the|all|any|out))*(?: (?:lessons?|parts?|passages?|something|notes?))*"
        r"(?: (?:about|on|for|where|of|that|covering|to))? (?P<topic>.+)",
        r"^(?P<topic>.+?) - which .+",
    ),
    "simpler": (
        rf"what (?:does|do|is|are) (?P<topic>.+?)(?: means?)? {_EASY}",
        r"(?:explain|describe|define|teach|tell|break|put|say|clarify|make|simplify|rephrase|dumb|what is"
        r"|what are|how does|summari[sz]e)(?: me| to me| down)?(?: about| what| how)?"
        r" (?P<topic>.+?)(?: (?:is|are|means|works?))?(?: (?:again|more|once more|to me|for me|down|so"
        r"|understandable|a bit|even|much))*"
        rf" (?:{_EASY}|(?:to|for|like to|as to|so that) {_BEGINNER}|for (?:a )?beginners?)",
        r"(?:eli5|eli ?5)[\s:,-]+(?P<topic>.+)",
        r"(?:dumb|break|water|boil) (?:down )?(?P<topic>.+?)(?: down)?(?: (?:for|to) .*)?$",
        rf"^(?P<topic>\S.*?),?(?: explained)? (?:{_EASY}|(?:for|to) {_BEGINNER}|but (?:simpler|easier|simple))",
        r"(?:simpler|easier|simple|easy|basic|plain) (?:explanation|version|description|definition|words?"
        r"|intro\w*|way to (?:understand|see|explain))(?: (?:of|for|on|about|to))? (?P<topic>.+)",
        r"simplify (?P<topic>.+)",
        r"as if i (?:was|were|knew) .*? about (?P<topic>.+)",
    ),
    "example": (
        r"(?:examples?|instances?|samples?|illustrations?|cases?|demo(?:nstration)?"
        r"|use cases?)\b(?: (?:please|code|sentence))?(?: (?:of|for|on|about|with|using|where|how"
        r"|that shows?|showing|when|in))+ (?P<topic>.+)",
        r"(?:illustrate|demonstrate|show(?: me)?|explain|clarify"
        r"|describe)(?: me)?(?: how)? (?P<topic>.+?)(?: (?:works?|looks?|is used"
        rf"|is done))? {_WITH_EXAMPLE}",
        r"(?:illustrate|demonstrate|exemplify) (?P<topic>.+)",
        r"for example (?:of|for) (?P<topic>.+)",
        r"what (?:does|would|do|could) (?P<topic>.+?) look like",
        r"(?:show me |see |like to see )(?:how )?(?P<topic>.+?) (?:looks? )?(?:in practice|in action|in code)",
        r"^(?:a |an |one |another |some |give me |show me )*(?P<topic>\S.*?) examples?$",
    ),
    "progress": (
        r"how (?:well|much|good|far)(?: do| am| have| did)? i (?:know|understand|mastered?|at|understood"
        r"|doing|learn(?:ed|t)?|along|get)(?: (?:with|in|on|at|about|of))? (?P<topic>.+)",
        r"(?:my|the) (?:progress|score|mastery|level|results?|stats)(?: level)? (?:in|on|for|of|with|about) (?P<topic>.+)",
    ),
}
TOPICAL = frozenset(_PATTERNS) - {"progress"}
_COMPILED = {intent: tuple(re.compile(p) for p in patterns) for intent, patterns in _PATTERNS.items()}
# What stands where a topic could, and names none.
_NO_TOPIC = re.compile(
    r"^(?:(?:it|that|this|these|those|them|one|ones|me|us|you|something|anything|everything|nothing|some"
    r"|any|a|an|the|all|more|again|now|today|new|next|another"
    r"|previous|last|current|same|other|different|random|quick|short|easy|hard|good|real|concrete|simple"
    r"|simpler|easier|practical|worked|life|world|real-life|real-world"
    r"|quiz|quizzes|tests?|questions?|exercises?|lessons?|topics?|chapters?|units?|modules?|sections?"
    r"|parts?|courses?|things?|stuff|what|we|i|my|your|our|his|is|are|am|was|have"
    r"|learned|learnt|learn|studied|covered|did|done|know|knew|so|far|just|first|second|following|one's"
    r"|answers?|explanations?|sentences?|concepts?|ideas?|words?|in|on|of|to|for"
    r"|about|with|from|and|or|do|does|mean|means|meant|said|say|saying|please|then|here|there|this week"
    r"|week|yesterday|material|content|subjects?|please|see|give|show"
    r"|got|can|could|would|code|give|time|let|start|begin|make|ask|pop|mock|practice|practise|little|bit"
    r"|small|final|multiple|choice|mcq|understand|understandable|clear|clearer"
    r"|way|explain|out|up|down|plain|english|terms|language|easily|simply|too|very|really|much|less"
    r"|beginner|beginners|like|try|ready|up|another|few|couple|don't|didn't|didnt|not|get|still|huh|but"
    r"|once|complicated|complex|hard|difficult|confused"
    r"|lost|dumb|break|illustrate|with|an|demonstrate|explained|examples?|follow|where|how|why|which"
    r"|this one|five|ten|three|two|\d+)"
    r"(?![\w-])[\s,.!?']*)*$"
)
_TRAILING = re.compile(
    r"(?:[\s,]*(?:(?<![\w])(?:please|thanks|thank you|for me|now|again|today|right now|in the course"
    r"|in this course|in here|in the notes|in the lessons?|in the material"
    r"|bro|mate|would you|can you|if you can|if possible|to me|i guess)(?!\w)|[.?!…:;,\-]+|[^\w\s\"'”’)\]]+))+\s*$"
)
_LEADING = re.compile(
    r"^(?:(?:the |a |an )?(?:topics?|concepts?|ideas?|subjects?|term|notion|lessons?|chapter"
    rf"|unit)(?: (?:of|called|named|about|on))? |{_ABOUT} |how |what |the (?=topic|lesson)|about )+"
)


def topic_span(plain: str, intent: str) -> Span:
    """Where the topic stands in a plain message with this intent; an empty span where none is named."""
    quotes = quoted(plain)
    if quotes and intent in ("semantic_search", "quiz", "next_lesson", "simpler", "example"):
        return quotes[0]
    opening = re.match(POLITE, plain)
    offset = opening.end() if opening else 0
    core = plain[offset:].rstrip(" ?!.\n")
    for pattern in _COMPILED[intent]:
        if match := pattern.search(core):
            start, end = _trimmed(plain, offset + match.start("topic"), offset + match.end("topic"), intent)
            if start < end and not _NO_TOPIC.match(plain[start:end]):
                return start, end
    return _after_mark(plain, intent)


def _trimmed(plain: str, start: int, end: int, intent: str) -> Span:
    if trailing := _TRAILING.search(plain, start, end):
        end = trailing.start()
    if intent != "semantic_search" and (leading := _LEADING.match(plain[start:end])):
        start += leading.end()
    return trim(plain, start, end)


def _after_mark(plain: str, intent: str) -> Span:
    """ "quiz: attention", "attention - quiz me": what stands beside a mark, when it is short."""
    for match in re.finditer(r"\s*(?::|>+|=>|->|\s[-–—]\s|\n|…|\.{3})\s*", plain):
        for a, b in ((match.end(), len(plain)), (0, match.start())):
            start, end = _trimmed(plain, a, b, intent)
            words = len(plain[start:end].split())
            if 0 < words <= 8 and not _NO_TOPIC.match(plain[start:end]) and not _is_wish(plain[start:end]):
                return start, end
    return 0, 0


def _is_wish(piece: str) -> bool:
    return bool(
        re.search(
            r"\b(?:quiz|test|ask|lesson|example|simpl\w+|easier|explain|search|find|look|hard|hint|course|me|don't|i)\b",
            piece,
        )
    )
