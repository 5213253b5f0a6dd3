"""The words that instructions are made of: cues that name a task, and the small words around them.

A piece of a message is an instruction for a task when it holds a cue of the task and little else that carries meaning.
"""

from __future__ import annotations

import re

from tutorbot.dialogue.languages import NAME

TEXT_NOUN = (
    r"(?:texts?|sentences?|paragraphs?|passages?|messages?|comments?|tweets?|posts?|reviews?|lines?|words?|phrases?"
    r"|headlines?|articles?|stor(?:y|ies)|strings?|snippets?|statements?|emails?|quotes?|titles?|excerpts?|documents?"
    r"|feedback|note|opinion|input|expressions?|one)"
)
_OBJECT = (
    rf"(?:(?:this|that|these|the following|the|my|following|it|below)(?: (?:short|long|following|next))?(?: {TEXT_NOUN})?)"
)
POLITE = (
    r"(?:(?:hey|hi|hello|yo|ok|okay|so|well|now|then|just|also|quickly|and|please|kindly|bot|tutor|tutorbot|thanks"
    r"|(?:can|could|would|will|may|might) (?:you|we|i)(?: (?:please|kindly|maybe|quickly|just|also|try to|help me(?: to)?"
    r"|be so kind as to))?|you (?:should|can|could)|are you able to|i (?:want|need)(?: you)? to"
    r"|i would like(?: you)? to|i would love(?: you)? to|let us|let me|help me(?: to)?|would you mind|do you mind"
    r"|is it possible to|try to|go and|time to|my task for you|i have a task|quick(?: one| question)?)\b[\s,!:.]*)*"
)

CUES: dict[str, str] = {
    "classify": (
        r"sentiments?|classif\w*|categori[sz]\w*|categor(?:y|ies)|label(?:s|led|ed|ling)?|positive|negative|neutral"
        r"|emotions?|mood|tone|vibe|attitude|feelings?|feels?|polarity|spam|ham|toxic|thumbs (?:up|down)"
        r"|(?:good|bad|happy|sad|angry|pleased|upset|satisfied|favou?rable|unhappy|excited|annoyed|like it"
        r"|optimistic|pessimistic|sarcastic|offensive|hateful|formal|urgent)(?= or | review|\W*$)"
        r"|which (?:class|topic|category)|what topic"
    ),
    "ner": (
        r"entit(?:y|ies)|ner|named?|names|proper nouns?|people|persons?|places?|locations?|organi[sz]ations?|compan(?:y|ies)"
        r"|cities|city|countr(?:y|ies)|mentioned|who and what"
    ),
    "translate": rf"translat\w*|{NAME}|mean(?:s|ing)?|say(?:ing)? in|version in",
    "summarize": (
        r"summar\w*|tldr|sum(?:s|med)?(?: \w+)? up|sum|shorten\w*|shorter|condens\w*|gist|boil\w*|nutshell|brief(?:ly)?"
        r"|(?:main|key|central|important) (?:points?|ideas?|messages?|takeaways?|facts?)|takeaways?|short version|recap"
        r"|digest|abstract|compress\w*|shrink\w*|reduc\w*|essence|trim\w*|overview|in short|synopsis|bottom line"
        r"|too long|squeeze|cut (?:this|it) down|short"
    ),
    "generate": (
        r"writ(?:e|ing)|compos(?:e|ing)|continu(?:e|es|ed|ing|ation)|complet(?:e|ion)|finish(?:es)?|generat(?:e|ion)"
        r"|keep (?:writing|going)|go on|autocomplete|extend|carry on|comes next|happens next|draft|spin|pick up|prompt"
        r"|next (?:sentence|line)"
    ),
    "grammar": (
        r"correct(?:ed|ions?|ly)?|gramm\w*|fix(?:ed)?|errors?|mistakes?|proofread\w*|spell\w*|typos?|rephras\w*|reword\w*"
        r"|paraphras\w*|rewrit\w*|another (?:way|wording)|other words|different(?:ly)?|(?:other|alternative) wording"
        r"|improv\w*|polish|edit|formal|polite|professional|restat\w*|(?:sounds?|is \w+|are \w+|this|it) (?:right|wrong|ok|okay|good|natural"
        r"|fine)|wrong with|how else|good english|well written|punctuation|rewrite|clean up|right or wrong|english"
    ),
    "tokenize": (
        r"token\w*|subwords?|sub-words?|word ?-?pieces?|wordpiece|bpe|pieces|(?:break|split|chop|cut)s?(?: \w+)? (?:up|down|apart)"
    ),
    "next_token": r"next (?:words?|tokens?)|word (?:comes|would come) next|(?:logits|probabilit\w+|distribution)",
    "attention": r"attention|attends?|look(?:s)? at",
    "embed": r"embed(?:s|ding|dings|ded)?|vectors?|similar(?:ity)?|cosine|how close|semantically close",
}
_VERBS: dict[str, str] = {
    "ner": r"find|extract|identify|tag|mark|highlight|list|pull|pick|spot|detect|recogni[sz]e|recognition|get|any|show",
    "classify": r"predict|check|detect|determine|analy[sz]e|analysis|rate|decide|sort|assign|put|fits?|judge|read|sounds?",
    "translate": r"express|put|write|turn|convert|change|how|say|words?",
    "grammar": r"check|find|say|way|put|make|sound|write|any|look",
    "tokenize": r"split|break|chop|cut|count|number|many|how|encode|show|into|gpt-?2?|bert|model|models|ids?|separate|tokenizer",
    "summarize": r"one|two|three|1|2|3|single|down|long|didn't|read|few|points?|bullets?|sentences?|about|happened|time|don't",
    "generate": r"rest|from|here|story|text|would|how|add|more|creative",
    "next_token": r"most|likely|probable|top|predict\w*|show|candidates|rank|comes|after|pick|\d+|distribution|model|gpt",
    "attention": r"map|maps|weights?|heatmap|visuali[sz]e|plot|show|draw|head|heads|matrix|pattern|display|inspect|picture|each",
    "embed": r"turn|between|show|compute|compare|close|nearest|plot|encode|numbers|as|get",
}
_SMALL = (
    r"please|can|could|would|will|may|might|should|you|your|i|we|me|my|us|the|an?|this|that|these|those|it|its|is|are|was"
    r"|were|am|be|do|does|did|has|have|had|of|in|on|for|to|with|from|into|as|at|by|if|or|and|what|which|who|whether|where"
    r"|tell|give|show|run|make|let|get|want|need|like|go|use|using|help|try|see|know|think|ask|following|below|above"
    r"|here|there|now|next|just|kindly|quick|quickly|some|any|all|every|each|also|not|no|yes|hey|hi|hello|ok|okay|thanks"
    r"|so|well|then|out|up|ones?|lines?|possible|mind|able|exact|appear|appears|thing|way|task|job|test|content|piece|bit"
    r"|right|called|mentions?|contains?|inside|about|else|only|really|kind|how|people|analysis|model|s|t|u"
    r"|" + TEXT_NOUN
)
_CUE = {intent: re.compile(rf"\b(?:{cues})(?!\w)") for intent, cues in CUES.items()}
_REST = {
    intent: re.compile(rf"\b(?:{cues}|{_VERBS.get(intent, '')}|{_SMALL})(?!\w)".replace("||", "|"))
    for intent, cues in CUES.items()
}
_WORD = re.compile(r"\w+(?:'\w+)?")
_LABEL_LIST = re.compile(r"\([^()]*(?:,|/| or )[^()]*\)|\[[^\[\]]*(?:,|/| or )[^\[\]]*\]")
_OR_LIST = re.compile(r"\b(\w+(?:, ?\w+)*) or (\w+)\b")
_LONGEST = 18


def instructs(piece: str, intent: str, strict: bool = True) -> bool:
    """Whether a piece of plain text tells the tutor to do this task and says little else."""
    piece = _LABEL_LIST.sub(" ", piece)
    if intent == "classify":
        piece = _OR_LIST.sub(" category ", piece)
    words = _WORD.findall(piece)
    if not 0 < len(words) <= _LONGEST or not _CUE[intent].search(piece):
        return False
    unknown = _WORD.findall(_REST[intent].sub(" ", piece))
    return len(unknown) <= (max(1, len(words) // 6) if strict else len(words) // 2)


def _leads(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"^{POLITE}(?:{'|'.join(forms)})\s*[:,\-]*\s*")


_DO = r"(?:find|extract|identify|get|tag|mark|highlight|list|pull out|pull|pick out|spot|detect|recogni[sz]e|show(?: me)?|give me|label)"
_NAMES = (
    r"(?:all |any |every |the |(?:my )?)*(?:named )?(?:entit(?:y|ies)|names?|people|persons?|places?|locations?|organi[sz]ations?"
    r"|companies|cities|countries|dates)(?: names?)?"
)
_BY = r"(?:\s*(?:,|and|&|or)+\s*(?:all |the )?)"
_IN = rf"(?: (?:in|from|of|on|within|for|out of|inside|with))?(?: {_OBJECT})?"
_ASK_FOR = rf"(?: {_OBJECT})?(?: (?:for me|to me|please|for us))?"
# Instructions without any mark between them and the text: the text begins where the match ends.
BARE: dict[str, re.Pattern[str]] = {
    "classify": _leads(
        rf"(?:classify|categori[sz]e|label|rate)(?: the (?:sentiment|emotion|mood|tone) (?:of|in))?{_ASK_FOR}",
        rf"(?:(?:run|do|get|what is|give me|check|tell me|predict|detect|show|determine|analy[sz]e) )?(?:the |a )?"
        rf"(?:sentiments?|emotions?|mood|tone|feelings?|vibe)(?: analysis| check| classification)?(?: is| here)?{_IN}(?: please)?",
        r"is (?:this|it) (?:positive|negative|good|spam)(?: or \w+(?: \w+)?)?(?: please)?",
    ),
    "ner": _leads(
        rf"{_DO} {_NAMES}(?:{_BY}{_NAMES})*{_IN}(?: please)?",
        rf"(?:do |run )?(?:ner|(?:named )?entity recognition|entity extraction)(?: (?:on|for|in))?{_ASK_FOR}",
        rf"(?:what|which|any|who|where)(?: are| is)? (?:the )?{_NAMES}(?:{_BY}{_NAMES})*(?: are| is| do you see)?"
        rf"(?: (?:named|mentioned|there|here))?{_IN}",
    ),
    "translate": _leads(
        rf"translat\w*(?: {_OBJECT})?(?: (?:in|to|into) (?:the )?{NAME})(?: language)?(?: for me| please)?",
        rf"translat\w*(?: from {NAME})?(?: (?:in|to|into) (?:the )?{NAME})?{_ASK_FOR}",
        r"(?:how (?:do|would|can|could|should) (?:i|you|we|one|people) (?:say|write|express)|how to say)",
        rf"(?:say|put|write|turn)(?: {_OBJECT})?(?: in(?:to)? {NAME})?",
        rf"(?:in|to|into) {NAME}(?: please)?",
        rf"what (?:is|does|do|would)(?: the {NAME} (?:word|phrase|translation|term|expression)?(?: ?(?:for|of))?)?",
        rf"(?:i (?:want|need) )?(?:the |a )?(?:{NAME} )?(?:translation|version)(?: (?:of|for))?(?: {_OBJECT})?(?: in(?:to)? {NAME})?",
    ),
    "summarize": _leads(
        rf"(?:summari[sz]e|shorten|condense|recap|compress|sum up|tldr|digest|shrink){_ASK_FOR}(?: (?:in|into|to) (?:one|a|1|two|2|three|3|few)"
        r" (?:short )?(?:sentences?|lines?|words?|points?))?(?: please)?",
        rf"(?:give me |write |make |provide |i need |(?:can|could|may) i (?:get|have) |what is )?(?:a |the )?(?:short |brief |quick )?"
        rf"(?:summary|tldr|gist|recap|overview|digest|short version|main (?:point|idea)s?|key points?)(?: (?:of|for))?(?: {_OBJECT})?",
    ),
    "generate": _leads(
        r"(?:continue|complete|finish|extend|autocomplete|keep writing|go on with|carry on with)(?: (?:this|that|the|my|it|following))*"
        rf"(?: (?:{TEXT_NOUN}|writing))?(?: for me| please)?(?: from here)?",
    ),
    "grammar": _leads(
        rf"(?:please )?(?:correct|fix|proofread|spell ?check|grammar check|rephrase|reword|paraphrase|rewrite|restate|polish|improve|edit|check)"
        rf"(?: (?:the |any |all |my )*(?:grammar|spelling|errors?|mistakes?|english|typos?)(?: (?:and|or|&) (?:grammar|spelling|errors|mistakes))?"
        rf"(?: (?:of|in|on))?)?{_ASK_FOR}",
        rf"(?:grammar|spelling)(?: (?:check|correction|fix))?(?: (?:of|on|for))?{_ASK_FOR}",
        r"(?:give me |find |what is |tell me )?(?:another|a different|some other|a better) (?:way|wording)(?: (?:to|of) (?:say|put|saying|write))?(?: for)?",
        rf"(?:say|put|write)(?: {_OBJECT})? (?:differently|another way|in other words|in a different way|in different words)",
        r"how else (?:could|can|might|would) (?:i|you|we|one) (?:say|put|write|phrase)",
        r"is it (?:correct|right|ok|okay) to (?:say|write)",
    ),
    "tokenize": _leads(
        rf"(?:tokeni[sz]e|encode)(?: {_OBJECT})?(?: (?:for me|please))?",
        r"(?:break|split|chop|cut|separate)(?: up)?(?: (?:this|that|the (?:word|sentence|text)))?(?: (?:in|into) (?:tokens?|subwords?|(?:word )?pieces))?",
        rf"(?:count|show|list|get|give|what are|how many|number of|print)(?: me)?(?: (?:the|all|many|number of))*(?: (?:bpe|bert|gpt-?2|token|subword|wordpiece))*"
        rf" (?:tokens?|token ?count|ids|pieces|word ?pieces|subwords?)(?: ids?)?(?: (?:are|is))?(?: there)?(?: (?:in|of|for|from))?(?: {_OBJECT})?",
        rf"(?:tokens|bpe|wordpieces?|subwords?|tokenizer|token count|tokenization)(?: (?:for|of|in|on))?(?: {_OBJECT})?(?: please)?",
        r"(?:show me |tell me |what )?how (?:is|are|does|do|would|will|can|could)?(?: the| a)?(?: (?:\w+-?\d*))?(?: (?:tokeni[sz]er|model))?(?: would| will)?"
        r" (?:tokeni[sz]e|break|split|cut|chop|encode|see)s?(?: (?:up|down))?(?: the)?(?: (?:word|sentence|text|phrase))?",
        r"run (?:the |a )?(?:\w+ )?tokeni[sz]er (?:on|over|for)(?: the (?:word|text))?",
        r"into (?:which|what|how many) (?:tokens|pieces|subwords) (?:does|do|is|will) \w+(?: (?:cut|split|break))?",
        r"how (?:is|are|does|do|would) (?:the )?(?:word|text|sentence)?",
    ),
    "next_token": _leads(
        r".{0,60}?\b(?:next|likely|probable)\b.{0,40}?\b(?:after|for|of|given)\b",
        r"predict the next (?:word|token)(?: (?:after|of|for))?",
        r"next (?:word|token)",
    ),
    "attention": _leads(
        r".{0,40}?\battention\b(?: (?:map|weights?|heatmap|matrix|pattern|heads?|viz|picture))*(?: (?:between the words|for|of|on|in|over))*"
        rf"(?: (?:this|that|the) {TEXT_NOUN})?",
    ),
    "embed": _leads(
        rf"(?:show |give |get |what is |compute )?(?:me )?(?:the |an? )?(?:sentence |word )?(?:embed(?:ding)?|vector)s?(?: vector)?(?: (?:of|for))?{_ASK_FOR}",
        r"(?:how similar|how close|cosine similarity|similarity|compare the embeddings?)(?: (?:is|are|of|between|the))*(?: (?:words|sentences))?",
        r"(?:turn|encode|convert)",
        r"(?:nearest|closest|similar) (?:words|neighbou?rs) (?:to|of)",
        r"(?:show me )?the numbers for the word",
    ),
}  # fmt: skip
# Instructions after the text, without a mark between.
TAILS: dict[str, re.Pattern[str]] = {
    "translate": re.compile(
        rf"[\s,]*\b(?:in(?:to)?|to|mean in|means in|mean|called in|to the)(?: (?:the )?{NAME})?(?: language)?(?: for me)?(?: please)?[\s?!.]*$"
    ),
    "classify": re.compile(
        r"[\s,;:\-]*\b(?:(?:is (?:that|this|it) )?(?:positive|negative)(?:,? (?:or )?(?:negative|positive|neutral))*"
        r"|(?:what|which) (?:sentiment|emotion|mood|category) is (?:that|this|it))[\s?!.]*$"
    ),
    "summarize": re.compile(r"[\s,;:\-]*\b(?:tldr|summari[sz]e(?: (?:this|that|it))?|summary|sum (?:it|that|this) up)(?: please)?[\s?!.]*$"),
    "grammar": re.compile(
        r"[\s,;:\-]*\b(?:is (?:that|this|it) (?:correct|right|ok|okay|good english)|correct (?:this|that|it)|fix (?:this|that|it))(?: please)?[\s?!.]*$"
    ),
    "tokenize": re.compile(
        r"[\s,;:\-]*\b(?:(?:is|are|gets?)? ?(?:tokeni[sz]ed|split(?: up)?|broken up)|(?:in)?to (?:tokens?|(?:sub)?words?|(?:word )?pieces)|tokeni[sz]e (?:this|that|it)"
        r"|(?:as|in) (?:tokens|pieces|subwords))(?: (?:by|in|with) \w+[\w-]*)?(?: (?:for me|please))?[\s?!.]*$"
    ),
    "generate": re.compile(r"[\s.…,;:\-]*\b(?:continue|complete|finish)(?: (?:this|that|it|the story|the sentence))?(?: please)?[\s?!.]*$"),
    "embed": re.compile(r"[\s,]*\b(?:into an? (?:vector|embedding)|as an? vector|in embedding space|please)[\s?!.]*$"),
    "ner": re.compile(r"[\s,;:\-]*\b(?:find (?:the|all) (?:entities|names)|(?:the )?named entities|entities)(?: please)?[\s?!.]*$"),
}  # fmt: skip
