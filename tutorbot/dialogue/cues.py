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
        r"|improv\w*|polish|edit|formal|polite|professional|restat\w*|(?:sounds?|is \w+|are \w+|this"
        r"|it) (?:right|wrong|ok|okay|good|natural"
        r"|fine)|wrong with|how else|good english|well written|punctuation|rewrite|clean up|right or wrong|english"
    ),
    "tokenize": (
        r"token\w*|subwords?|sub-words?|word ?-?pieces?|wordpiece|bpe|pieces|(?:break|split|chop"
        r"|cut)s?(?: \w+)? (?:up|down|apart)"
    ),
    "next_token": r"next (?:words?|tokens?)|word (?:comes|would come) next|(?:logits|probabilit\w+|distribution)",
    "attention": r"attention|attends?|look(?:s)? at",
    "embed": r"embed(?:s|ding|dings|ded)?|vectors?|similar(?:ity)?|cosine|how close|semantically close",
}
_VERBS: dict[str, str] = {
    "ner": r"find|extract|identify|tag|mark|highlight|list|pull|pick|spot|detect|recogni[sz]e|recognition|get|any|show",
    "classify": r"predict|check|detect|determine|analy[sz]e|analysis|rate|decide|sort|assign|put|fits?|judge|read|sounds?",
    "translate": r"express|put|write|turn|convert|change|how|say|words?",
    "grammar": r"check|find|say|way|put|make|sound|write|any|look|more|politely|formally|nicely|better"
    r"|simply|professionally",
    "tokenize": r"split|break|chop|cut|count|number|many|how|encode|show|into|gpt-?2?|bert|model|models|ids?"
    r"|separate|tokenizer",
    "summarize": r"one|two|three|1|2|3|single|down|long|didn't|read|few|points?|bullets?|sentences?|about"
    r"|happened|time|don't",
    "generate": r"rest|from|here|story|text|would|how|add|more|creative",
    "next_token": r"most|likely|probable|top|predict\w*|show|candidates|rank|comes|after|pick|\d+|distribution|model|gpt",
    "attention": r"map|maps|weights?|heatmap|visuali[sz]e|plot|show|draw|head|heads|matrix|pattern|display"
    r"|inspect|picture|each",
    "embed": r"turn|between|show|compute|compare|close|nearest|plot|encode|numbers|as|get",
}
_SMALL = (
    r"please|can|could|would|will|may|might|should|you|your|i|we|me|my|us|the|an?|this|that|these|those|it|its|is|are|was"
    r"|were|am|be|do|does|did|has|have|had|of|in|on|for|to|with|from|into|as|at|by|if|or|and|what|which|who|whether|where"
    r"|tell|give|show|run|make|let|get|want|need|like|go|use|using|help|try|see|know|think|ask|following|below|above"
    r"|here|there|now|next|just|kindly|quick|quickly|some|any|all|every|each|also|not|no|yes|hey|hi|hello|ok|okay|thanks"
    r"|so|well|then|out|up|ones?|lines?|possible|mind|able|exact|appear|appears|thing|way|task|job|test|content|piece|bit"
    r"|right|called|mentions?|contains?|inside|about|else|only|really|kind|how|people|analysis|model"
    r"|says?|said|author|writer|speaker|person|reviewer|someone|sounds?|written|should|s|t|u"
    r"|" + TEXT_NOUN
)
_CUE = {intent: re.compile(rf"\b(?:{cues})(?!\w)") for intent, cues in CUES.items()}
_REST = {
    intent: re.compile(rf"\b(?:{cues}|{_VERBS.get(intent, '')}|{_SMALL})(?!\w)".replace("||", "|"))
    for intent, cues in CUES.items()
}
_WORD = re.compile(r"\w+(?:'\w+)?")
_LABEL_LIST = re.compile(r"\([^()]*(?:,|/| or )[^()]*\)|\[[^\[\]]*(?:,|/| or )[^\[\]]*\]")
_OR_LIST = re.compile(r"\b(?:an? )?(\w+(?:, ?(?:an? )?\w+)*),? or (?:an? )?(\w+)\b")
_ASKS = re.compile(r"(?:and |so |but )?(?:what|why|how|when|who|which|is|are|does|do|did)\b")
_LONGEST = 18


def cued(piece: str, intent: str) -> bool:
    """Whether a piece of plain text holds a word that names the task."""
    return bool(_CUE[intent].search(piece))


def instructs(piece: str, intent: str, strict: bool = True) -> bool:
    """Whether a piece of plain text tells the tutor to do this task and says little else."""
    piece = _LABEL_LIST.sub(" ", piece)
    if intent == "classify":
        piece = _OR_LIST.sub(" category ", piece)
    words = _WORD.findall(piece)
    if not 0 < len(words) <= _LONGEST or not _CUE[intent].search(piece):
        return False
    unknown = _WORD.findall(_REST[intent].sub(" ", piece))
    if not strict:
        return len(unknown) <= len(words) // 2
    # A question has no word to spare: "what are the advantages of a "fast" tokenizer" asks about the course.
    return len(unknown) <= (0 if _ASKS.match(piece.strip()) else min(3, len(words) // 4))
