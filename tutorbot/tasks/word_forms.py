"""Forms of English words: plurals, third persons, -ing, and the verbs that the grammar rules know. Pure."""

from __future__ import annotations

import re

_REGULAR = (
    "ask call change clean close cook copy cost dance explain finish happen help hope jump learn like listen live"
    " look love move need open play prefer rain remember show smile start stay stop study talk travel try turn use"
    " visit wait walk want wash watch work worry answer arrive believe belong carry cause contain create decide depend"
    " enjoy follow improve include meet hear join miss offer plan receive seem spend suggest teach tell think"
    " understand write read run say see sell send sit sleep speak take swim win know keep leave let lose make pay put"
    " feel find fly forget get give go come do eat drink drive become begin break bring build buy choose"
)
VERBS = frozenset(_REGULAR.split())
_PAST = (
    "went=go came=come did=do ate=eat drank=drink drove=drive became=become began=begin broke=break brought=bring"
    " built=build bought=buy chose=choose felt=feel found=find flew=fly forgot=forget got=get gave=give knew=know"
    " kept=keep left=leave lost=lose made=make paid=pay said=say saw=see sold=sell sent=send sat=sit slept=sleep"
    " spoke=speak took=take swam=swim won=win met=meet heard=hear spent=spend taught=teach told=tell thought=think"
    " understood=understand wrote=write ran=run liked=like wanted=want worked=work needed=need helped=help played=play"
    " studied=study called=call asked=ask watched=watch walked=walk talked=talk tried=try used=use stopped=stop"
    " started=start"
)
IRREGULAR_PLURALS = {"child": "children", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth", "mouse": "mice"}
IRREGULAR_PLURALS |= {"person": "people", "wife": "wives", "knife": "knives", "life": "lives", "leaf": "leaves"}
IRREGULAR_PLURALS |= {"class": "classes", "bus": "buses", "glass": "glasses", "dress": "dresses"}
COMPARATIVES = frozenset(
    "better worse bigger smaller taller older younger faster slower easier harder cheaper nicer happier stronger best worst"
    " biggest smallest tallest oldest youngest fastest easiest hardest cheapest happiest strongest".split()
)
_DOUBLING = frozenset("get put run sit stop swim win let plan begin forget prefer".split())


def third_person(verb: str) -> str:
    """go -> goes, try -> tries, have -> has."""
    if verb in ("go", "do"):
        return verb + "es"
    return _with_s(verb)


def plural(noun: str) -> str:
    """cat -> cats, box -> boxes, child -> children."""
    return IRREGULAR_PLURALS.get(noun.lower(), _with_s(noun))


def ing(verb: str) -> str:
    """hear -> hearing, make -> making, run -> running, see -> seeing."""
    if verb in _DOUBLING:
        return verb + verb[-1] + "ing"
    return (verb[:-1] if re.search(r"[^eoy]e$", verb) else verb) + "ing"


def _with_s(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


BASES = (
    dict(pair.split("=") for pair in _PAST.split()) | {third_person(v): v for v in VERBS} | {"has": "have", "had": "have"}
)
