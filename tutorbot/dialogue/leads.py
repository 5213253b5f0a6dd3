"""Instructions that no mark sets apart from their text: where they end when they lead, where they begin when they trail."""

from __future__ import annotations

import re

from tutorbot.dialogue.cues import POLITE, TEXT_NOUN
from tutorbot.dialogue.languages import NAME

_OBJECT = (
    rf"(?:(?:this|that|these|the following|following|it|below)(?: (?:short|long|following|next))?(?: {TEXT_NOUN})?"
    rf"|(?:the|my|a) (?:(?:short|long|following|next) )?{TEXT_NOUN})"
)


def _leads(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"^{POLITE}(?:{'|'.join(forms)})(?:[\s:,.!?\-–>]+|$)")


_DO = (
    r"(?:find|extract|identify|get|tag|mark|highlight|list|pull out|pull|pick out|spot|detect"
    r"|recogni[sz]e|show(?: me)?|give me|label)"
)
_NAMES = (
    r"(?:all |any |every |the |(?:my )?)*(?:named )?(?:entit(?:y|ies)|names?|people|persons?|places?"
    r"|locations?|organi[sz]ations?"
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
        r"(?:sentiments?|emotions?|mood|tone|feelings?|vibe)(?: analysis| check| classification)?(?: is"
        rf"| here)?{_IN}(?: please)?",
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
        rf"(?:i (?:want|need) )?(?:the |a )?(?:{NAME} )?(?:translation|version)(?: (?:of"
        rf"|for))?(?: {_OBJECT})?(?: in(?:to)? {NAME})?",
    ),
    "summarize": _leads(
        r"(?:summari[sz]e|shorten|condense|recap|compress|sum up|sum (?:this|it|that|all this) up|tldr"
        rf"|digest|shrink){_ASK_FOR}(?: (?:in|into|to) (?:one|a|1|two|2|three|3|few)"
        r" (?:short )?(?:sentences?|lines?|words?|points?))?(?: please)?",
        r"(?:give me |write |make |provide |i need |(?:can|could|may) i (?:get|have) |what is )?(?:a "
        r"|the )?(?:short |brief |quick )?"
        r"(?:summary|tldr|gist|recap|overview|digest|short version|main (?:point|idea)s?"
        rf"|key points?)(?: (?:of|for))?(?: {_OBJECT})?",
    ),
    "generate": _leads(
        r"(?:continue|complete|finish|extend|autocomplete|keep writing|go on with"
        r"|carry on with)(?: (?:this|that|the|my|it|following))*"
        rf"(?: (?:{TEXT_NOUN}|writing))?(?: for me| please)?(?: from here)?",
    ),
    "grammar": _leads(
        r"(?:please )?(?:correct|fix|proofread|spell ?check|grammar check|rephrase|reword|paraphrase"
        r"|rewrite|restate|polish|improve|edit|check)"
        r"(?: (?:the |any |all |my )*(?:grammar|spelling|errors?|mistakes?|english|typos?)(?: (?:and|or"
        r"|&) (?:grammar|spelling|errors|mistakes))?"
        rf"(?: (?:of|in|on))?)?{_ASK_FOR}",
        rf"(?:grammar|spelling)(?: (?:check|correction|fix))?(?: (?:of|on|for))?{_ASK_FOR}",
        r"(?:give me |find |what is |tell me )?(?:another|a different|some other|a better) (?:way"
        r"|wording)(?: (?:to|of) (?:say|put|saying|write))?(?: for)?",
        rf"(?:say|put|write)(?: {_OBJECT})? (?:differently|another way|in other words|in a different way"
        r"|in different words)",
        r"how else (?:could|can|might|would) (?:i|you|we|one) (?:say|put|write|phrase)",
        r"is it (?:correct|right|ok|okay) to (?:say|write)",
    ),
    "tokenize": _leads(
        rf"(?:tokeni[sz]e|encode)(?: {_OBJECT})?(?: (?:for me|please))?",
        r"(?:break|split|chop|cut|separate)(?: up)?(?: (?:this|that|the (?:word|sentence"
        r"|text)))?(?: (?:in|into) (?:tokens?|subwords?|(?:word )?pieces))?",
        r"(?:count|show|list|get|give|what are|how many|number of|print)(?: me)?(?: (?:the|all|many"
        r"|number of))*(?: (?:bpe|bert|gpt-?2|token|subword|wordpiece))*"
        r" (?:tokens?|token ?count|ids|pieces|word ?pieces|subwords?)(?: ids?)?(?: (?:are"
        rf"|is))?(?: there)?(?: (?:in|of|for|from))?(?: {_OBJECT})?",
        r"(?:tokens|bpe|wordpieces?|subwords?|tokenizer|token count|tokenization)(?: (?:for|of|in"
        rf"|on))?(?: {_OBJECT})?(?: please)?",
        r"(?:show me |tell me |what )?how (?:is|are|does|do|would|will|can|could)?(?: the"
        r"| a)?(?: (?:\w+-?\d*))?(?: (?:tokeni[sz]er|model))?(?: would| will)?"
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
        r".{0,40}?\battention\b(?: (?:map|weights?|heatmap|matrix|pattern|heads?|viz"
        r"|picture))*(?: (?:between the words|for|of|on|in|over))*"
        rf"(?: (?:this|that|the) {TEXT_NOUN})?",
    ),
    "embed": _leads(
        r"(?:show |give |get |what is |compute )?(?:me )?(?:the |an? )?(?:sentence "
        rf"|word )?(?:embed(?:ding)?|vector)s?(?: vector)?(?: (?:of|for))?{_ASK_FOR}",
        r"(?:how similar|how close|cosine similarity|similarity|compare the embeddings?)(?: (?:is|are|of"
        r"|between|the))*(?: (?:words|sentences))?",
        r"(?:turn|encode|convert)",
        r"(?:nearest|closest|similar) (?:words|neighbou?rs) (?:to|of)",
        r"(?:show me )?the numbers for the word",
    ),
}
# Instructions after the text, without a mark between.
TAILS: dict[str, re.Pattern[str]] = {
    "translate": re.compile(
        r"[\s,]*\b(?:in(?:to)?|to|mean in|means in|mean|called in"
        rf"|to the)(?: (?:the )?{NAME})?(?: language)?(?: for me)?(?: please)?[\s?!.]*$"
    ),
    "classify": re.compile(
        r"[\s,;:\-]*\b(?:(?:is (?:that|this|it) )?(?:positive|negative)(?:,? (?:or )?(?:negative|positive|neutral))*"
        r"|(?:sentiment|mood|emotion|tone|vibe|feeling)(?: (?:check|analysis))?"
        r"|(?:what|which) (?:sentiment|emotion|mood|category) is (?:that|this|it))[\s?!.]*$"
    ),
    "summarize": re.compile(
        r"[\s,;:\-]*\b(?:tldr|summari[sz]e(?: (?:this|that|it))?|summary|sum (?:it|that"
        r"|this) up)(?: please)?[\s?!.]*$"
    ),
    "grammar": re.compile(
        r"[\s,;:\-]*\b(?:is (?:that|this|it) (?:correct|right|ok|okay|good english)|correct (?:this|that"
        r"|it)|fix (?:this|that|it))(?: please)?[\s?!.]*$"
    ),
    "tokenize": re.compile(
        r"[\s,;:\-]*\b(?:(?:is|are|gets?)? ?(?:tokeni[sz]ed|split(?: up)?|broken up)|(?:in)?to (?:tokens?"
        r"|(?:sub)?words?|(?:word )?pieces)|tokeni[sz]e (?:this|that|it)"
        r"|(?:as|in) (?:tokens|pieces|subwords))(?: (?:by|in|with) \w+[\w-]*)?(?: (?:for me|please))?[\s?!.]*$"
    ),
    "generate": re.compile(
        r"[\s.…,;:\-]*\b(?:continue|complete|finish)(?: (?:this|that|it|the story"
        r"|the sentence))?(?: please)?[\s?!.]*$"
    ),
    "embed": re.compile(r"[\s,]*\b(?:into an? (?:vector|embedding)|as an? vector|in embedding space|please)[\s?!.]*$"),
    "ner": re.compile(
        r"[\s,;:\-]*\b(?:find (?:the|all) (?:entities|names)|(?:the )?named entities"
        r"|entities)(?: please)?[\s?!.]*$"
    ),
}
