"""Does a piece of evidence support a claim? The check that stands between a small writer and the learner."""

from __future__ import annotations

from tutorbot.answering.support import blind_spots
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.probabilities import percent, softmax
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("all-MiniLM-L6-v2 + support head", "CC-BY-SA-4.0", "trained on entailment sets and built pairs")


def run(arguments: Values, tools: Tools) -> Result:
    """Probability that the evidence supports the claim, and whether numbers, names or a negation stand against it."""
    evidence, claim, head = arguments["text"], arguments["claim"], tools.heads["support"]
    score = float(softmax(head.score([(claim, evidence)]))[0][head.labels.index("supported")])
    return Result(
        values={"score": round(score, 4), "supported": score >= 0.5},
        model=MODEL,
        confidence=round(max(score, 1 - score), 4),
        trace={"claim": claim, "blind_spots": blind_spots(claim, evidence)},
    )


def render(result: Result) -> str:
    """The verdict with its probability."""
    verdict = "supports" if result.values["supported"] else "does not support"
    return f"The text **{verdict}** the claim (probability of support {percent(result.values['score'])})."


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this pair."""
    steps = [
        "Claim and evidence went through the encoder together; the mean of all vectors went through a linear layer with "
        f"two outputs, and softmax gave support {percent(result.values['score'])}.",
        'The head learnt from pairs in which one number, name or "not" decides, because likeness alone is no support: '
        '"It was signed in 1713" and "It was signed in 1731" are almost the same vector.',
    ]
    if result.trace["blind_spots"] < 1:
        steps.append("The claim has a number, a name or a negation that the evidence has not: read it with care.")
    return tuple(steps)


TASK = Task(
    name="support",
    purpose="Does a text support a claim? The check that each written answer of the tutor must pass.",
    topic="hallucination",
    arguments=(
        text("the evidence"),
        Argument("claim", "text", "the sentence to check against it", required=True, longest=1_000),
    ),
    example={"text": "BERT-base has 12 layers and 110 million parameters.", "claim": "BERT-base has twelve layers."},
    run=run,
    render=render,
    explain=explain,
    guess="Supported or not?",
    outcome=lambda result: "supported" if result.values["supported"] else "not supported",
)
