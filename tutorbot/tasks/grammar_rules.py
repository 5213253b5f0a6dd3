"""Corrections that need no model: frequent slips of learners of English, by pattern. Pure.

Each rule is right nearly always where it fires; what needs the sense of the sentence is left to the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tutorbot.retrieval.words import STOP_WORDS
from tutorbot.tasks.word_forms import BASES, COMPARATIVES, IRREGULAR_PLURALS, VERBS, ing, plural, third_person

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
_WORD_FIXES: Mapping[str, str] = dict(
    pair.split("=")
    for pair in (
        "dont=don't,cant=can't,wont=won't,didnt=didn't,doesnt=doesn't,isnt=isn't,arent=aren't,wasnt=wasn't,werent=weren't,"
        "couldnt=couldn't,wouldnt=wouldn't,shouldnt=shouldn't,hasnt=hasn't,havent=haven't,hadnt=hadn't,im=I'm,ive=I've,"
        "youre=you're,theyre=they're,thats=that's,whats=what's,i=I,u=you,ur=your,pls=please,plz=please,thx=thanks,bcoz=because,"
        "coz=because,cuz=because,becuase=because,becouse=because,tmrw=tomorrow,alot=a lot,informations=information,"
        "advices=advice,furnitures=furniture,homeworks=homework,equipments=equipment,luggages=luggage,knowledges=knowledge,"
        "softwares=software,hardwares=hardware,feedbacks=feedback,childrens=children,mens=men,womens=women,sheeps=sheep,"
        "goed=went,buyed=bought,catched=caught,teached=taught,thinked=thought,runned=ran,writed=wrote,eated=ate,drinked=drank,"
        "helpfull=helpful,usefull=useful,beautifull=beautiful,carefull=careful,successfull=successful,succesful=successful,"
        "wonderfull=wonderful,recieve=receive,recieved=received,beleive=believe,freind=friend,freinds=friends,wich=which,"
        "definately=definitely,seperate=separate,occured=occurred,untill=until,goverment=government,enviroment=environment,"
        "tommorow=tomorrow,tommorrow=tomorrow,neccessary=necessary,adress=address,begining=beginning,realy=really,"
        "truely=truly,writting=writing,comming=coming,existance=existence,independant=independent,knowlege=knowledge,"
        "devlopment=development,developped=developed,diffrent=different,differents=different,importants=important,"
        "intresting=interesting,experiance=experience,grammer=grammar,arguement=argument,tecnology=technology,"
        "thier=their,teh=the,adn=and,taht=that,thru=through,tho=though,embarassing=embarrassing,occassion=occasion"
    ).split(",")
)
# "US" is a country and "I" a number; a word all in capitals is left alone.
_LOWER_WORD = re.compile(r"(?<![\w'’@#./-])[a-z]+(?! ?['’]|[\w@/-]|\.\w)|(?<![\w'’@#./-])[A-Z][a-z]+(?![\w'’@/-]|\.\w)")
_ASKS = (
    r"(?<!\bdo )(?<!\bdoes )(?<!\bdid )(?<!\bcan )(?<!\bcould )(?<!\bwill )(?<!\bwould )(?<!\bshould )(?<!\bmay )(?<!\blet )"
)
_ASKS += (
    r"(?<!\bmight )(?<!\bmust )(?<!\bmake )(?<!\bmakes )(?<!\bhelp )(?<!\bmade )(?<!\bthat )(?<!\bif )(?<!\band )(?<!\bn't )"
)
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty"
_AFTER_NOUN = r"(?=\s*(?:[.,;!?]|$)|\s+(?:and|or|but|in|on|at|for|to|with|from|ago|who|which|that|is|are|was|were)\b)"
_NO_NOUN = frozenset(
    "more each way percent million billion hundred thousand dozen people children men women feet teeth mice fish sheep deer"
    " times point plus minus per off fold best last first next old half quarter part lost left one two three four five six"
    " seven eight nine ten".split()
)
_VOWEL_SOUND = re.compile(r"^(?:[aeiou]|hour|honest|honou?r|heir)", re.IGNORECASE)
_CONSONANT_U = re.compile(r"^(?:uni(?!n|m)|us[aeu]|u(?:b|t)i|eu|ew|one\b|once\b|u\b)", re.IGNORECASE)


def correct(text: str) -> str:
    """The text after every rule, in order."""
    text = _LOWER_WORD.sub(_fixed_word, text)
    for pattern, change in _RULES:
        text = pattern.sub(change, text)
    return text


def polish(text: str) -> str:
    """A capital at the start and a full stop at the end of what is a sentence of four words or more."""
    if re.match(r"[a-z]+(?:['’][a-z]+)?[ ,]", text):
        text = text[0].upper() + text[1:]
    return text + "." if len(text.split()) > 3 and re.search(r"[a-z]$", text) else text


def _fixed_word(match: re.Match[str]) -> str:
    word = match[0]
    fixed = _WORD_FIXES.get(word.lower())
    if fixed is None or (len(word) < 3 and word != word.lower()):
        return word
    return _like(word, fixed)


def _like(model: str, word: str) -> str:
    return word[0].upper() + word[1:] if model[:1].isupper() else word


def _article(match: re.Match[str]) -> str:
    article, gap, word = match[1], match[2], match[3]
    if len(word) < 3 or word.lower() in STOP_WORDS or word.isupper() or any(c.isupper() for c in word[1:]):
        return match[0]
    vowel = bool(_VOWEL_SOUND.match(word)) and not _CONSONANT_U.match(word)
    return f"{article[0]}{'n' if vowel else ''}{gap}{word}"


def _rule(pattern: str, change: str | Callable[[re.Match[str]], str]) -> Rule:
    if isinstance(change, str):
        template = change
        return re.compile(pattern, re.IGNORECASE), lambda m: _like(m[0], m.expand(template))
    return re.compile(pattern, re.IGNORECASE), change


def _agree(match: re.Match[str]) -> str:
    verb = match[2].lower()
    return f"{match[1]} {third_person(verb)}" if verb in VERBS else match[0]


def _base_after(match: re.Match[str]) -> str:
    return f"{match[1]} {BASES[match[2].lower()]}" if match[2].lower() in BASES else match[0]


def _gerund(match: re.Match[str]) -> str:
    return f"{match[1]} {ing(match[2])}" if match[2].lower() in VERBS else match[0]


def _counted(match: re.Match[str]) -> str:
    noun = match[2]
    known = noun.lower() in IRREGULAR_PLURALS
    if not noun.islower() or noun in _NO_NOUN | STOP_WORDS or (noun.endswith(("s", "ed", "ing", "ly")) and not known):
        return match[0]
    return f"{match[1]} {plural(noun)}"


def _less_more(match: re.Match[str]) -> str:
    return match[2] if match[2].lower() in COMPARATIVES else match[0]


def _me_and(match: re.Match[str]) -> str:
    other = {"him": "he", "her": "she", "them": "they"}.get(match[1].lower(), match[1])
    verb = {"was": "were", "is": "are", "am": "are", "has": "have", "goes": "go"}.get(match[2].lower(), match[2])
    return f"{_like('A', other)} and I {verb}"


_RULES: tuple[Rule, ...] = (
    _rule(r"\b(the|a|an|of|to|in|at|and|or|is|are|was|for|with|it|this|we|they|you|I)(\s+\1\b)+", r"\1"),
    _rule(r"\b(could|should|would|must|might)(n't)? of\b(?! course)", r"\1\2 have"),
    _rule(r"\b(discuss(?:ed|es|ing)?) about\b", r"\1"),
    _rule(r"\bdespite of\b", "despite"),
    _rule(r"\baccording with\b", "according to"),
    _rule(r"\b(depend(?:s|ed|ing)?) (?:of|from)\b", r"\1 on"),
    _rule(r"\b(married) with (?=(?:a|an|my|his|her|him|me|the|someone)\b)", r"\1 to "),
    _rule(r"\b(interested) (?:on|about|for)\b", r"\1 in"),
    _rule(r"\b(listen(?:s|ed|ing)?) (music|the radio|songs?|me|him|her|them|us)\b", r"\1 to \2"),
    _rule(r"\b(explain(?:s|ed)?) (me|him|her|us|them)\b", r"\1 to \2"),
    _rule(r"\b(can|could|must|should|may|might|will|would) to (?=[a-z]+)", r"\1 "),
    _rule(
        r"\b((?:more|less|better|worse|rather|other|bigger|smaller|older|younger|taller|faster|easier|higher|lower)) then\b",
        r"\1 than",
    ),
    _rule(r"\b(more|most)\s+([a-z]+)\b", _less_more),
    _rule(r"\btheir (is|are|was|were)\b", r"there \1"),
    _rule(r"\bbeen their\b", "been there"),
    _rule(r"\b(don't|didn't|I|you|we|they) no (what|how|why|if|who|where|when)\b", r"\1 know \2"),
    _rule(r"\byour welcome\b", "you're welcome"),
    _rule(r"\bits (a|an|not|been|too|very|so|really)\b(?! own)", r"it's \1"),
    _rule(r"\b(is|are|was|were|way|far) to (much|many|big|small|late|early|long|short|hard|easy|expensive)\b", r"\1 too \2"),
    _rule(r"^me and (him|her|them|my [a-z]+) (was|were|is|are|am|has|have|goes|go|went|will|can|did|do)\b", _me_and),
    _rule(rf"{_ASKS}\b(he|she|it) have\b", r"\1 has"),
    _rule(r"\b(he|she|it) (?:don't|do not)\b", r"\1 doesn't"),
    _rule(rf"{_ASKS}\b(he|she|it) are\b", r"\1 is"),
    _rule(
        r"(?<!\bof )(?<!\bif )(?<!\bthough )\b(he|she|it) were (?=(?:a|an|the|not|very|so|born|in|at)\b)",
        r"\1 was ",
    ),
    _rule(r"\b(they|we|you) was\b", r"\1 were"),
    _rule(r"\b(they|we) is\b", r"\1 are"),
    _rule(r"\b(they|we|you|I) has\b", r"\1 have"),
    _rule(r"(?<!and )\bI (?:is|are)\b", "I am"),
    _rule(r"(?<!\bof )(?<!\bmany )\bpeople (?:is)\b", "people are"),
    _rule(r"(?<!\bof )(?<!\bmany )\bpeople (?:was)\b", "people were"),
    _rule(r"(?<!\bof )(?<!\bmany )\bpeople (?:has)\b", "people have"),
    _rule(
        rf"\bthere (?:is|was) (?=(?:many|several|{_NUMBERS})\b)",
        lambda m: m[0].replace("is ", "are ").replace("was ", "were "),
    ),
    _rule(r"\bthis (?=(?:are|were)\b)", "these "),
    _rule(r"(?<!\bof )\bthese (?=(?:is|was)\b)", "this "),
    _rule(
        r"(?:(?<=^)|(?<=[.!?] )|(?<=, )|(?<=because )|(?<=when )|(?<=which )|(?<=says )|(?<=but ))(he|she|it) ([a-z]+)\b",
        _agree,
    ),
    _rule(r"\b((?:did|does|do)(?:n't| not)|can(?:n't|'t|not| not)?|could|should|must|will|would) ([a-z]+)\b", _base_after),
    _rule(r"\b(look(?:s|ed|ing)? forward to) ([a-z]+)\b", _gerund),
    _rule(rf"\b({_NUMBERS}) ([a-z]{{3,}})\b{_AFTER_NOUN}", _counted),
    _rule(r"(?:(?<=[^&] )|^)\b(an?)(\s+)([a-z]+)(?![’'])", _article),
)
