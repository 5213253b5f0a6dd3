"""Which language a text is in, and what learners call languages. Pure.

Six languages are told apart by their function words, endings and letters; others only by their script.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tutorbot.dialogue.languages import CODES
from tutorbot.errors import InputError

_THREE = {"eng": "en", "por": "pt", "fra": "fr", "fre": "fr", "spa": "es", "deu": "de", "ger": "de", "ita": "it"}
_FUNCTION_WORDS = {
    "en": """the a an and or but of to in on at with from for by is are was were be been am i you he she it we they me
        him her us them my your his its our their this that these those not don't doesn't can't isn't do does did
        have has had will would can could should what who where when why how which there here if than then very good
        hello hi thanks thank please yes let's i'm it's you're morning night love about just want need know see
        no so as any another some come came make made take took go went get got last first still feel never always
        only every more than into up out""",
    "pt": """o a os as um uma uns umas e ou mas de do da dos das em no na nos nas ao à aos às com por pelo pela para pra
        que se é são foi era está estão estou ser ter tem têm tenho há não sim eu você vocês ele ela eles elas nós
        me te lhe meu minha seu sua seus suas isso isto este esta esse essa aquele aquela muito mais já também
        quando onde como porque quem qual bom boa bem dia noite olá oi obrigado obrigada tudo hoje amanhã até vou
        vai fazer gosto quero pode aqui ali só nada fica""",
    "es": """el la los las lo un una unos unas y o pero de del en al con por para que se es son fue era está están estoy
        ser tener tiene tengo hay no sí yo tú usted ustedes él ella ellos ellas nosotros me te le mi su sus eso esto
        este esta ese esa muy más ya también cuando donde dónde como cómo porque quién cuál bueno buena buenos
        buenas bien día días noche hola gracias todo hoy mañana hasta voy va hacer gusta quiero puede aquí solo nada
        qué mucho""",
    "fr": """le la les l un une des et ou mais de du d au aux en dans sur avec sans par pour que qu qui se s est sont
        était c ce cette ces il elle ils elles je j tu nous vous on me m te t mon ma mes ton ta son sa ses notre
        votre leur ne n pas plus très aussi quand où comme comment parce pourquoi quel quelle bon bonne bien jour
        bonjour bonsoir merci salut tout oui non ai as a avons avez ont suis es sommes êtes fait faire va vais veux
        peut ici rien être avoir y""",
    "de": """der die das den dem des ein eine einen einem einer und oder aber von vom zu zum zur in im an am auf mit aus
        bei für ist sind war waren bin bist sein haben habe hat hast ich du er sie es wir ihr mich mir dich dir ihn
        ihm uns mein meine dein deine kein keine nicht ja nein doch auch noch schon sehr gut guten wie was wer wo
        wann warum dass wenn als nur hier da heute morgen tag abend hallo danke bitte kann will muss werden wird""",
    "it": """il lo la i gli le l un uno una e o ma di del della dei delle degli in nel nella con per da dal dalla su sul
        al alla che chi si è sono era ho hai ha abbiamo hanno non sì no io tu lui lei noi voi loro mi ti ci vi mio
        mia tuo sua suo questo questa quello quella molto più anche già quando dove come perché cosa quale buono
        buona bene buongiorno giorno notte ciao grazie tutto oggi domani fino vado va fare piace voglio può qui solo
        niente sei essere stato""",
}
_WORDS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_ENDINGS = {
    "en": re.compile(r"(?:ing|tion|ness|ly|ght|n't|'s|ould|ful|[^aeiou]ed)$"),
    "pt": re.compile(r"(?:ção|ções|ão|ões|ães|inho|inha|dade|nh[ao]s?|lh[ao]s?|eira|eiro|ei|ou|am|em)$"),
    "es": re.compile(r"(?:ción|ciones|dad|ito|ita|ill[ao]|ñ[ao]s?|ll[ao]s?|iendo|ando|ó|mos|ués)$"),
    "fr": re.compile(r"(?:eau|eux|euse|aux|ment|ée|ées|és|ais|ait|ez|oir|ille|que|té)$"),
    "de": re.compile(r"(?:ung|ungen|lich|isch|keit|heit|schaft|chen|sch|cht|ieren|tzen|ßen)$"),
    "it": re.compile(r"(?:zione|zioni|tt[oaie]|gli[oae]|cch[io]|are|ere|ire|ità|ssimo|ezza|cci[oa]|zz[aoi])$"),
}
_LETTERS = {
    "pt": re.compile(r"[ãõ]"),
    "es": re.compile(r"[ñ¿¡]"),
    "fr": re.compile(r"[œêèëûîïùâ]|\b[ldjmnsctqu]+['’](?=[aeiouhéèêy])"),
    "de": re.compile(r"[ßäöü]"),
    "it": re.compile(r"[àèìòù]\b|\b(?:dell|nell|all|sull|un|c|l)['’](?=[aeiouh])"),
}
_SCRIPTS = {
    "ja": re.compile(r"[぀-ヿ]"),
    "ko": re.compile(r"[가-힯]"),
    "zh": re.compile(r"[一-鿿]"),
    "uk": re.compile(r"[іїєґ]"),
    "ru": re.compile(r"[Ѐ-ӿ]"),
    "el": re.compile(r"[Ͱ-Ͽ]"),
    "fa": re.compile(r"[پچژگ]"),
    "ar": re.compile(r"[؀-ۿ]"),
    "he": re.compile(r"[֐-׿]"),
    "hi": re.compile(r"[ऀ-ॿ]"),
    "bn": re.compile(r"[ঀ-৿]"),
    "ta": re.compile(r"[஀-௿]"),
    "te": re.compile(r"[ఀ-౿]"),
    "th": re.compile(r"[฀-๿]"),
}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_READ = 2_000
_SURE = 2.0


@dataclass(frozen=True)
class Guess:
    """A language, how sure the guess is, and the words that spoke for it."""

    code: str
    sure: bool
    because: tuple[str, ...] = ()


def language_name(code: str) -> str:
    """The English name of a two-letter code: "Portuguese"; the code itself where it has none here."""
    return next((name.title() for name, known in CODES.items() if known == code), code)


def language_code(name: str) -> str:
    """The two-letter code of a language named as people name it: "Portuguese", "pt", "pt-BR", "Brazilian Portuguese".

    Raises:
        InputError: no such language is known.
    """
    words: list[str] = re.findall(r"[^\W_]+", name.casefold())
    for word in words:
        if word in CODES or word in _THREE:
            return str(CODES.get(word) or _THREE[word])
    if words and words[0] in CODES.values():
        return words[0]
    raise InputError(
        f"I know no language called `{name.strip():.40}`.",
        "Name it in English or by its two-letter code, such as Portuguese or pt.",
    )


def guess_language(text: str, unlike: str | None = None) -> Guess:
    """The language of a text; English, then Portuguese, where nothing speaks for another.

    Args:
        unlike: the language that is asked for: a text that says little is taken not to be in it already.
    """
    text = text[:_READ].replace("’", "'")
    if script := _script(text):
        return Guess(script, True)
    words = [match[0].lower() for match in _TOKEN.finditer(text)]
    scores = {code: _score(code, words, text) for code in _WORDS}
    ranked = sorted(scores, key=lambda code: -scores[code])
    best, second = ranked[0], ranked[1]
    sure = scores[best] >= _SURE and scores[best] > scores[second]
    if not sure:
        possible = [code for code in ranked if code != unlike]
        likely = [code for code in possible if scores[code] == scores[possible[0]]]
        best = next((code for code in ("en", "pt") if code in likely), likely[0])
    because = tuple(dict.fromkeys(word for word in words if word in _WORDS[best]))[:3]
    return Guess(best, sure, because)


def _script(text: str) -> str | None:
    """The language of a text whose letters are mostly not Latin, None for one in Latin letters."""
    letters = [c for c in text if c.isalpha()]
    others = sum(ord(c) > 0x2AF for c in letters)
    if others <= len(letters) / 2:
        return None
    counts = Counter({code: len(pattern.findall(text)) for code, pattern in _SCRIPTS.items()})
    if counts["ja"] * 5 > counts["zh"] and counts["ja"]:
        return "ja"
    if counts["uk"]:
        return "uk"
    if counts["fa"]:
        return "fa"
    code, count = counts.most_common(1)[0]
    return code if count else None


def _score(code: str, words: list[str], text: str) -> float:
    known = sum(_weight(word) for word in words if word in _WORDS[code])
    halves = sum(_weight(half) for word in words if "'" in word for half in word.split("'") if half in _WORDS[code])
    ends = sum(0.4 for word in words if len(word) > 3 and word not in _WORDS[code] and _ENDINGS[code].search(word))
    marks = len(_LETTERS[code].findall(text.lower())) if code in _LETTERS else 0
    return known + 0.5 * halves + ends + 1.2 * marks


def _weight(word: str) -> float:
    """How much a function word says: less where several languages have it."""
    return 1.5 / sum(word in words for words in _WORDS.values())
