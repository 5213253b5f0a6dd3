"""The span of the learner's own text that answers a question, or "no answer in this text"."""

from __future__ import annotations

import math

from tutorbot.messages import Part, Table
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.probabilities import percent
from tutorbot.tasks.spans import Span, best_spans
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("all-MiniLM-L6-v2 + span head", "CC-BY-SA-4.0", "trained on SQuAD 1.1 and 2.0 and PolicyQA")
_CONTEXT = 60


def run(arguments: Values, tools: Tools) -> Result:
    """Answer, its place, and the probability that there is one; "" where the text has none."""
    given, asked, head = arguments["text"], arguments["question"], tools.heads["spans"]
    windows = head.score_pieces([(asked, given)])[0]
    spans = best_spans(windows)
    best = spans[0] if spans else Span(0, 0, -math.inf)
    chance = 1 / (1 + math.exp(head.threshold - best.margin)) if spans else 0.0
    found = given[best.start : best.end] if chance > 0.5 else ""
    start, end = (best.start, best.end) if found else (-1, -1)
    return Result(
        values={"answer": found, "start": start, "end": end, "score": round(chance, 4)},
        model=MODEL,
        confidence=round(max(chance, 1 - chance), 4),
        trace={
            "question": asked,
            "windows": len(windows),
            "pieces": sum(len(window.offsets) for window in windows),
            "margin": round(best.margin - head.threshold, 2) if spans else None,
            "candidate": given[best.start : best.end],
            "around": given[max(0, best.start - _CONTEXT) : best.end + _CONTEXT],
        },
    )


def render(result: Result) -> str:
    """The answer, or that there is none and what came nearest."""
    values, candidate = result.values, result.trace["candidate"]
    if values["answer"]:
        return f"**{values['answer']}** ({percent(values['score'])} sure that the text answers this)"
    near = f' The nearest I found is "{candidate}", but it does not look like an answer.' if candidate else ""
    return (
        f"There is no answer to this in the text, as far as the model can tell ({percent(1 - values['score'])} sure).{near}"
    )


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this text and question."""
    trace, values = result.trace, result.values
    windows = "" if trace["windows"] == 1 else f", in {trace['windows']} windows that overlap, because it is long"
    steps = [
        f"Question and text went through the encoder together ({trace['pieces']} pieces of text{windows}), so that each "
        "word of the text could attend to the question.",
        "A linear layer gave each piece two scores: as the first piece of the answer, and as the last. The best pair, at "
        f'most 30 pieces apart, was "{trace["candidate"]}".',
    ]
    if trace["margin"] is not None:
        side = "above" if trace["margin"] > 0 else "below"
        steps.append(
            f"Its score was compared with that of the empty answer, which the [CLS] piece stands for: it lies "
            f"{abs(trace['margin']):.1f} logits {side} the line, which makes {percent(values['score'])}."
        )
    steps.append("The model can only point at words that are there. It does not reason, count or rephrase.")
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """The answer where it stands."""
    if not result.values["answer"]:
        return ()
    values = result.values
    return (
        Table(
            "Where it stands",
            ("Answer", "Characters", "Around it"),
            ((values["answer"], f"{values['start']}-{values['end']}", result.trace["around"].replace("\n", " ")),),
        ),
    )


TASK = Task(
    name="extractive_qa",
    purpose="Finds the answer to a question in your own text, or says that it is not there.",
    topic="question-answering",
    arguments=(
        text("the text to look in"),
        Argument("question", "text", "what you want to know", required=True, longest=500),
    ),
    example={
        "text": "The treaty was signed in Utrecht in 1713 after long talks.",
        "question": "Where was the treaty signed?",
    },
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="Which words of the text will it give as the answer, or none?",
    outcome=lambda result: str(result.values["answer"]).lower() or "none",
)
