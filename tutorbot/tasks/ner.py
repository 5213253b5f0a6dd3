"""People, organisations, places and other names in a text, as spans."""

from __future__ import annotations

from collections import Counter

from tutorbot.messages import Part, Table
from tutorbot.tasks.arguments import text
from tutorbot.tasks.bio import decode
from tutorbot.tasks.probabilities import percent
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("all-MiniLM-L6-v2 + entity head", "Apache-2.0", "trained on news (CoNLL-2003) and social media (WNUT-17)")
KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other name"}
_SHOWN = 20
_NO_CAPITALS = "The text has no capital letters, which tell names from other words; expect the model to miss some."


def run(arguments: Values, tools: Tools) -> Result:
    """Entities in order, with the mean probability of their tags."""
    given, head = arguments["text"], tools.heads["entities"]
    found = decode(given, head.score_pieces([given])[0], head.labels)
    entities = [{"text": e.text, "label": e.label, "start": e.start, "end": e.end} for e in found]
    scores = [e.score for e in found]
    return Result(
        values={"entities": entities},
        model=MODEL,
        confidence=min(scores) if scores else None,
        notes=(_NO_CAPITALS,) if given.islower() else (),
        trace={"scores": scores, "text": given},
    )


def render(result: Result) -> str:
    """Each name with what it is."""
    entities = result.values["entities"]
    if not entities:
        return "I found no people, organisations, places or other names in this text."
    shown = [f"**{e['text']}** ({KINDS[e['label']]})" for e in entities[:_SHOWN]]
    rest = f" and {len(entities) - _SHOWN} more" if len(entities) > _SHOWN else ""
    return ", ".join(shown) + rest


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this text."""
    entities, scores = result.values["entities"], result.trace["scores"]
    steps = [
        "The encoder gave every word piece a vector that depends on the words around it; a linear layer gave each piece "
        "nine scores: O (no name), and B- (begins) and I- (goes on) for each of PER, ORG, LOC and MISC.",
        "The best sequence of tags was found as a whole (Viterbi), so that no I- stands without its B-, and each run of "
        "tags became a span of your text.",
    ]
    if entities:
        weakest = min(range(len(scores)), key=scores.__getitem__)
        first, label = entities[weakest], entities[weakest]["label"]
        steps.append(
            f'The model was least sure of "{first["text"]}": its tags for {KINDS[label]} ({label}) had a mean probability '
            f"of {percent(scores[weakest])}."
        )
    steps.append(
        "This encoder turns all letters into small ones, so the shape of each word (small, Capital, CAPITALS, digits) was "
        "added to its vector; without it the model would hardly tell Apple from an apple."
    )
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """Spans with their places and probabilities."""
    pairs = list(zip(result.values["entities"], result.trace["scores"], strict=True))[:_SHOWN]
    rows = tuple((e["text"], e["label"], f"{e['start']}-{e['end']}", percent(score)) for e, score in pairs)
    return (Table("Named entities", ("Span", "Type", "Characters", "Probability"), rows),) if rows else ()


def outcome(result: Result) -> str:
    """How many of each type: "2 per, 1 loc"."""
    counts = Counter(e["label"].lower() for e in result.values["entities"])
    return ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())) or "none"


TASK = Task(
    name="ner",
    purpose="Who and what is named in a text? People, organisations, places, other names.",
    topic="named-entity-recognition",
    arguments=(text("the text to look through"),),
    example={"text": "Tim Cook presented the iPhone in Cupertino in 2007, when Steve Jobs led Apple."},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="How many names will it find of each type? For example: 2 PER, 1 LOC.",
    outcome=outcome,
)
