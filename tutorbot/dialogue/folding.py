"""Folds a message into plain small letters, chat speak and slips of the finger put right, and finds the way back.

Rules are written against the plain form ("pls tranlsate 4 me" is "please translate for me"); what they find is handed
on as the learner wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tutorbot.dialogue.languages import CODES

CHAT_SPEAK = {
    "u": "you", "ya": "you", "ur": "your", "r": "are", "n": "and", "w": "with",
    "pls": "please", "plz": "please", "plss": "please", "plse": "please", "pleas": "please", "pleae": "please",
    "thx": "thanks", "thnx": "thanks", "thanx": "thanks", "ty": "thanks", "abt": "about", "bout": "about",
    "smth": "something", "sth": "something", "smthing": "something", "sumthing": "something", "gimme": "give me",
    "lemme": "let me", "wanna": "want to", "gonna": "going to", "gotta": "got to", "cuz": "because", "coz": "because",
    "whats": "what is", "what's": "what is", "whos": "who is", "who's": "who is", "wheres": "where is",
    "where's": "where is", "hows": "how is", "how's": "how is", "hw": "how", "wut": "what", "wat": "what",
    "wht": "what", "wot": "what", "wch": "which", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't",
    "cant": "can't", "isnt": "isn't", "im": "i am", "i'm": "i am", "ive": "i have", "i've": "i have",
    "i'd": "i would", "dunno": "don't know", "idk": "i don't know", "ppl": "people", "txt": "text", "msg": "message",
    "rn": "right now", "tho": "though", "pos": "positive", "neg": "negative", "orgs": "organisations",
    "org": "organisation", "locs": "locations", "eg": "for example", "e.g.": "for example", "e.g": "for example",
    "ex": "example", "exs": "examples", "diff": "difference", "vs.": "vs", "tl;dr": "tldr", "tl:dr": "tldr",
    "tl dr": "tldr", "halp": "help", "hlp": "help", "hlep": "help", "quizz": "quiz", "quis": "quiz", "qiuz": "quiz",
    "nxt": "next", "hnt": "hint", "shrtr": "shorter", "rite": "write", "wrte": "write", "q": "question",
    "qs": "questions", "ques": "question", "para": "paragraph", "info": "information", "infos": "information",
    "bday": "birthday", "btw": "by the way", "2day": "today", "kinda": "kind of", "sry": "sorry", "gramar": "grammar",
    "chek": "check", "chk": "check",
    "chck": "check", "del": "delete", "forgt": "forget", "delet": "delete", "ta": "thanks",
    "lets": "let us", "here's": "here is", "heres": "here is", "that's": "that is", "thats": "that is",
    "it's": "it is", "frensh": "french", "uu": "you", "uuu": "you", "srch": "search", "cmon": "come on",
    "let's": "let us", "serach": "search", "mor": "more",
    "tokanize": "tokenize", "sumarize": "summarize", "sumarise": "summarise", "whch": "which",
    "sez": "says", "spanich": "spanish", "enlgish": "english", "englsh": "english", "frnch": "french",
    "portugese": "portuguese", "itallian": "italian", "japanse": "japanese", "teh": "the", "agian": "again",
}  # fmt: skip
_CUES = frozenset(
    """
    translate translation translated summarize summarise summary summarization shorten condense classify classification
    category categorize categorise sentiment emotion positive negative neutral entities entity extract identify
    highlight recognize recognise persons people places locations organisations organizations companies grammar correct
    correction mistake mistakes errors spelling proofread rephrase paraphrase reword rewrite sentence sentences
    paragraph passage following question questions answer answers tokens token tokenize tokenise tokenized tokenised
    tokenizer tokeniser tokenization tokenisation subwords examples example illustrate simpler simplify simply explain
    explanation lesson lessons chapter topic course continue complete generate generation attention progress review
    reviews revise repetition practice practise knowledge statistics mastered delete erase remove forget account
    history export download commands features capabilities available please could would thanks goodbye previous
    instructions ignore disregard prompt system search learning between transformer transformers embedding embeddings
    difference probability similarity visualize visualise understand understanding beginner something another revision
    """.split()
)
# Real words that lie within a slip of a cue ("neural" of "neutral") and must stay what they are.
_LEFT_ALONE = frozenset((Path(__file__).parent / "real_words.txt").read_text(encoding="utf-8").split())
# Short names of languages lie too close to other words (green, ditch, finish).
_VOCABULARY = _CUES | {name for name in CODES if name.isascii() and len(name) >= 7} | {"german", "french"}
_TOKEN = re.compile(r"tl[;:]dr|e\.g\.?|[^\W_]+(?:['’´`][^\W_]+)*|\s+|.", re.IGNORECASE | re.DOTALL)
_FOR_NEXT = frozenset("me you u us a an the this that these my our your beginners it real".split())
_FOR_AFTER = frozenset("search serach serch look find query example examples tokens words slogan name names".split())
_TO_NEXT = frozenset("me you u us the this do be get make have my it".split()) | CODES.keys()


@dataclass(frozen=True)
class Folded:
    """A message and its plain form.

    Attributes:
        starts: for each character of `plain`, where what it stands for begins in `text`.
        ends: the same, where it ends.
    """

    text: str
    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source(self, start: int, end: int) -> str:
        """What `plain[start:end]` stands for, exactly as it was typed."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""


def fold(text: str) -> Folded:
    """Fold a message. Never raises."""
    tokens = list(_TOKEN.finditer(text))
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for i, token in enumerate(tokens):
        word = token[0]
        before, after = ("".join(t[0] for t in tokens[max(a, 0) : b]).lower() for a, b in ((i - 2, i), (i + 1, i + 3)))
        folded = _fold_word(word, before.strip(), after)
        plain.append(folded)
        if len(folded) == len(word):
            starts += range(token.start(), token.end())
            ends += range(token.start() + 1, token.end() + 1)
        else:
            starts += [token.start()] * len(folded)
            ends += [token.end()] * len(folded)
    return Folded(text, "".join(plain), tuple(starts), tuple(ends))


def _fold_word(word: str, before: str, following: str) -> str:
    if not word[0].isalnum():
        return word
    lower = word.lower().replace("’", "'").replace("´", "'").replace("`", "'")
    if lower == "4" and (following.strip() in _FOR_NEXT or before in _FOR_AFTER):
        return "for"
    if lower == "2" and following.strip() in _TO_NEXT:
        return "to"
    if lower in CHAT_SPEAK and not following.startswith("-"):
        return CHAT_SPEAK[lower]
    return _correct(lower) if 5 <= len(lower) <= 20 and lower.isascii() and lower.isalpha() else lower


@lru_cache(maxsize=4096)
def _correct(word: str) -> str:
    """The cue word that this is a slip of: one edit off, two for long words, the same first letter."""
    if word in _VOCABULARY or word in _LEFT_ALONE:
        return word
    allowed = 2 if len(word) >= 9 else 1
    near = [
        (distance, cue)
        for cue in _VOCABULARY
        if cue[0] == word[0] and abs(len(cue) - len(word)) <= allowed and len(cue) >= 5
        if (distance := _edits(word, cue)) <= allowed
    ]
    return min(near)[1] if near else word


def _edits(a: str, b: str) -> int:
    """Damerau-Levenshtein distance, optimal string alignment."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1]
