"""What the tutor says in its own voice, as opposed to the course's. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

INJECTION = (
    "I keep to one job: teaching about language models. I treat what you type as a question, not as instructions for me. "
    "What would you like to know?"
)
EMPTY = "I did not get any words there. Ask me something about language models, for example: what is self-attention?"
LANGUAGE = "I can only read and write English so far. Please ask me in English, for example: what is self-attention?"
OFF_TOPIC = (
    "I am afraid that is not my subject: I teach language models, and about anything else I would only be guessing. "
    "Shall we go on with one of these?"
)
HELP = """You can ask me anything about language models in your own words, for example:

- why do transformers need positional encodings?
- what is the difference between BERT and GPT?
- how much memory does a 7B model need in int8?

After an answer, say "simpler", "example", "shorter" or "more", or just ask on ("and without it?").
"why did you say that?" opens the last answer: the passages it came from and how well they fitted.
"how am I doing?" shows what you have asked about and what to read next.

Or try a model on your own words, and see what it does:

- what sentiment is this? The first half drags, but the ending is wonderful.
- translate to Portuguese: see you at the station
- who is named in: Marie Curie moved to Paris
- what are the most probable next tokens after "The capital of France is"

It can also continue, summarise, correct and reword your text, label it from a few examples, find an answer in it, search
by meaning, cut it into tokens and show what it pays attention to. Begin with "predict:" to say first what you expect."""

_COMING = {
    "quiz": ("quizzes", None),
    "review_due": ("spaced review", None),
    "next_lesson": ("guided lessons", None),
    "hint": ("hints for exercises", None),
    "forget_me": ("deleting your data on request", None),
    "export_data": ("exporting your data on request", None),
}
_REQUESTS = {
    "classify": 'what sentiment is this? "{text}"',
    "generate": "continue this: {text}",
    "ner": "find the named entities in: {text}",
    "extractive_qa": "Text: {text} {question}",
    "summarize": "summarize this: {text}",
    "translate": "translate to Portuguese: {text}",
    "grammar": "correct this sentence: {text}",
    "paraphrase": "say it in other words: {text}",
    "few_shot": "turn on the lamp = device, play jazz = music, skip this song = ?",
    "semantic_search": "search the course for ways to save memory in training",
    "tokenize": "tokenize: {text}",
    "next_token": 'what are the most probable next tokens after "{text}"',
    "attention": 'show the attention weights for "{text}"',
    "embed": 'how similar are these: "{text}"',
}
_INSTEAD = {
    "forget_me": "Until then, whoever runs this tutor can delete your record (`tutorbot doctor` names the database).",
    "export_data": "Until then, `tutorbot progress --json` writes what is kept of your questions.",
    "next_lesson": 'Until then, ask "how am I doing?": it names the topic to read next.',
}


def coming(intent: str, title: str | None) -> str:
    """A capability that is not built yet, and what can be done until then."""
    what = _COMING.get(intent, (intent.replace("_", " "), None))[0]
    instead = f'Until then I can explain how it works: ask me about "{title}".' if title else _INSTEAD.get(intent)
    head = f"I understood that you want {what}. That is coming, but I cannot do it yet."
    return f"{head} {instead or 'Until then, ask me a question.'}"


def teaching_topic(intent: str) -> str | None:
    """The topic that teaches the capability, where there is one."""
    return _COMING.get(intent, ("", None))[1]


def task_request(task: str, example: Mapping[str, Any]) -> str:
    """A message that starts a mini-task on its example, as a learner would type it; "" for one that plain words do not
    start."""
    return _REQUESTS.get(task, "").format(**example)


def prediction(expected: str, outcome: str, held: bool) -> str:
    """What became of a prediction."""
    if held:
        return f"As you predicted: {outcome}."
    return f'You predicted "{shortened(expected)}"; it is: {outcome}. Where the two differ there is something to learn.'


def abstain(titles: Sequence[str]) -> str:
    """No passage fits; the nearest topics are offered."""
    near = f" The nearest topics I have are {listed(titles)}." if titles else ""
    return f"I do not have a passage that answers this, so I would rather not guess.{near}"


def clarify(wish: str) -> str:
    """The message leans on something that was never said."""
    asked = {
        "simpler": "explain more simply",
        "example": "give an example of",
        "shorter": "say in short",
        "more": "say more about",
    }
    if wish in asked:
        return f"What shall I {asked[wish]}? Name a topic, or ask me a question first."
    return f'I am not sure what "{shortened(wish)}" refers to. Which topic do you mean?'


def greeting(name: str) -> str:
    """For somebody new."""
    hello = f"Hello, {name}!" if name else "Hello!"
    return f"{hello} I am tutorbot, a tutor for language models. Ask me anything about them in your own words."


def welcome_back(name: str, title: str, when: str, following: str) -> str:
    """For somebody who has been here before."""
    hello = f"Welcome back, {name}!" if name else "Welcome back!"
    last = f" {when.capitalize()} you asked about {title}." if title else ""
    nextly = f" A good next topic is {following}." if following else ""
    return f"{hello}{last}{nextly}"


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in words: "earlier today", "yesterday", "12 days ago"."""
    days = (now.date() - then.date()).days
    return "earlier today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))


def shortened(text: str, characters: int = 60) -> str:
    """The text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= characters else line[:characters].rsplit(" ", 1)[0] + " ..."
