"""What the writer would say next at any point of a text, before and after temperature, top-k and top-p."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tutorbot.errors import InputError
from tutorbot.messages import Part, Table
from tutorbot.ports import FloatArray
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.probabilities import percent, softmax
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("SmolLM2-135M-Instruct", "Apache-2.0", "the tutor's own writer, 30 layers, 49,152 tokens")
_SHOWN = 10
_SHOWN_CONTEXT = 60
_TRY = "Run it again with temperature 0.5 or 1.5, top_k 5 or top_p 0.8, and watch the last column change."


@dataclass(frozen=True)
class Settings:
    """How the next token would be drawn; temperature 0 always takes the first, top-k 0 keeps all."""

    temperature: float
    top_k: int
    top_p: float

    @property
    def neutral(self) -> bool:
        """The model's own probabilities are left as they are."""
        return self.temperature == 1 and self.top_p == 1 and not self.top_k


def run(arguments: Values, tools: Tools) -> Result:
    """The ten most likely tokens, their probabilities, and how uncertain the model is."""
    given, specimen = arguments["text"], tools.specimen
    whole = specimen.tokenize(given, "bpe")
    at, notes = _place(arguments["at"], len(whole.ids))
    found = specimen.next_tokens(given, at)
    settings = Settings(arguments["temperature"], arguments["top_k"], arguments["top_p"])
    plain, drawn = softmax(found.logits), sampled(found.logits, settings)
    order = np.argsort(-found.logits, kind="stable")
    tokens = [_token(tools, int(n), plain, drawn) for n in order[:_SHOWN]]
    values: dict[str, Any] = {"tokens": tokens, "entropy_bits": entropy(plain), "at": at, "of": len(whole.ids)}
    if at < len(whole.ids):
        actual = whole.ids[at]
        rank = int((found.logits > found.logits[actual]).sum()) + 1
        values["actual"] = _token(tools, actual, plain, drawn) | {"rank": rank}
    context = given[: whole.offsets[at - 1][1]]
    if at > len(found.tokens.ids):
        notes = [*notes, f"Of the text before this point the last {len(found.tokens.ids)} tokens were read."]
    if context[-1].isspace():
        notes = [
            *notes,
            "The text ends in a blank, which belongs to the next word's token; without it the guesses are better.",
        ]
    return Result(
        values=values,
        model=MODEL,
        confidence=tokens[0]["probability"],
        notes=tuple(notes),
        trace={
            "temperature": settings.temperature,
            "top_k": settings.top_k,
            "top_p": settings.top_p,
            "kept": int((drawn > 0).sum()),
            "kept_before": float(plain[drawn > 0].sum()),
            "vocabulary": len(plain),
            "entropy_after": entropy(drawn),
            "context": context[-_SHOWN_CONTEXT:],
            "last_piece": whole.pieces[at - 1],
        },
    )


def sampled(logits: FloatArray, settings: Settings) -> FloatArray:
    """Probabilities after temperature, then top-k, then top-p (Holtzman et al. 2020, https://arxiv.org/abs/1904.09751).

    What is cut away gets 0, and the rest is scaled to sum to 1.
    """
    order = np.argsort(-logits, kind="stable")
    kept = np.zeros(len(logits), dtype=np.float32)
    if settings.temperature == 0:
        kept[order[0]] = 1
        return kept
    # In double precision, because low temperatures blow logits up.
    raised = np.exp((logits.astype(np.float64) - float(logits.max())) / settings.temperature)
    first = order[: settings.top_k or None]
    share = raised[first] / raised[first].sum()
    # The smallest set that reaches top-p: a token stays if those before it do not reach it yet.
    stays = (np.cumsum(share) - share < settings.top_p) & (share > 0)
    kept[first[stays]] = share[stays] / share[stays].sum()
    return kept


def entropy(chances: FloatArray) -> float:
    """In bits (Shannon 1948)."""
    some = chances[chances > 0].astype(np.float64)
    return round(max(0.0, float(-(some * np.log2(some)).sum())), 3)


def _place(asked: int | None, count: int) -> tuple[int, list[str]]:
    """After how many tokens to guess, and a note where that is not what was asked for."""
    if count == 0:
        raise InputError("next_token needs at least one token to go on from.", "Give a text, for example: The sky is")
    if asked is not None and asked > count:
        return count, [f"The text has {count} tokens, so this is the guess after the last one."]
    return asked or count, []


def _token(tools: Tools, token: int, plain: FloatArray, drawn: FloatArray) -> dict[str, Any]:
    return {
        "text": tools.specimen.token_text(token),
        "id": token,
        "probability": round(float(plain[token]), 5),
        "sampled": round(float(drawn[token]), 5),
    }


def render(result: Result) -> str:
    """The first guess and how sure it is."""
    best, values = result.values["tokens"][0], result.values
    lead = f'After "{_one_line(result.trace["context"])}" comes most likely **{shown(best["text"])}** '
    line = f"{lead}({percent(best['probability'])}); the model is uncertain by {values['entropy_bits']:.1f} bits."
    if actual := values.get("actual"):
        line += (
            f" The text goes on with {shown(actual['text'])}: {_percent(actual['probability'])}, guess {actual['rank']:,}."
        )
    return line


def explain(result: Result) -> tuple[str, ...]:
    """From the text to a distribution to a draw."""
    values, trace = result.values, result.trace
    first, second = values["tokens"][:2]
    bits = values["entropy_bits"]
    steps = [
        f'The text was read as {values["at"]} tokens, the last of them "{trace["last_piece"]}". The model gave each of the '
        f"{trace['vocabulary']:,} tokens of its vocabulary a score, a logit, and softmax made probabilities of them.",
        f"{shown(first['text'])} got {_percent(first['probability'])}, {_times(first, second)} as much as "
        f"{shown(second['text'])} with {_percent(second['probability'])}; the ten in the table share "
        f"{percent(sum(t['probability'] for t in values['tokens']))}.",
        f"The entropy is {bits:.1f} bits: the model is as uncertain as if it drew among {2**bits:,.0f} tokens with equal "
        "chances.",
    ]
    return (*steps, _drawing(result), *_afterwards(values), _TRY)


def _drawing(result: Result) -> str:
    settings = Settings(*(result.trace[name] for name in ("temperature", "top_k", "top_p")))
    first, trace = result.values["tokens"][0], result.trace
    if settings.neutral:
        return "With temperature 1, no top-k and top-p 1 a token is drawn from exactly these probabilities."
    if settings.temperature == 0:
        return f"Temperature 0 is greedy decoding: {shown(first['text'])} is taken every time."
    change = f"Temperature {settings.temperature:g} divides every logit by {settings.temperature:g}"
    way = "unchanged" if settings.temperature == 1 else "sharper" if settings.temperature < 1 else "flatter"
    cut = ""
    if settings.top_k or settings.top_p < 1:
        names = [f"top-k {settings.top_k}"] * bool(settings.top_k) + [f"top-p {settings.top_p:g}"] * (settings.top_p < 1)
        some = f"{trace['kept']:,} token{'s' * (trace['kept'] != 1)}"
        cut = f" Then {' and '.join(names)} keeps {some}, which had {percent(trace['kept_before'])} of the probability."
    return (
        f"{change}, so the distribution is {way}.{cut} In the end {shown(first['text'])} goes from "
        f"{_percent(first['probability'])} to {_percent(first['sampled'])}, and the entropy is {trace['entropy_after']:.1f} "
        "bits."
    )


def _afterwards(values: Values) -> tuple[str, ...]:
    actual = values.get("actual")
    if actual is None:
        return ()
    surprise = -np.log2(max(actual["probability"], 1e-5))
    at_least = "at least " if actual["probability"] < 1e-5 else ""
    return (
        f"In the text {shown(actual['text'])} follows, guess {actual['rank']:,}; it is worth {at_least}{surprise:.1f} bits "
        "of surprise. The mean of that over a text is what perplexity measures.",
    )


def parts(result: Result) -> tuple[Part, ...]:
    """The ten with both probabilities side by side."""
    trace = result.trace
    drawn = f"With temperature {trace['temperature']:g}"
    drawn += f", top-k {trace['top_k']}" * bool(trace["top_k"]) + f", top-p {trace['top_p']:g}" * (trace["top_p"] < 1)
    rows = tuple(
        (shown(t["text"]), str(t["id"]), _percent(t["probability"]), _percent(t["sampled"])) for t in result.values["tokens"]
    )
    return (Table("Next token", ("Token", "Id", "Probability", drawn), rows),)


def shown(token: str) -> str:
    """A token in quotation marks, with what cannot be seen written out."""
    seen = token.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r").replace("`", "'")
    return f'"{seen}"'


def _percent(share: float) -> str:
    return "0 %" if share == 0 else "< 0.1 %" if share < 0.001 else percent(share)


def _times(first: Values, second: Values) -> str:
    ratio = first["probability"] / max(second["probability"], 1e-5)
    return f"{ratio:.1f} times" if ratio < 100 else "over 100 times"


def _one_line(context: str) -> str:
    return " ".join(context.split()).replace("`", "'")


TASK = Task(
    name="next_token",
    purpose="The ten most likely next tokens at any point of a text, with temperature, top-k and top-p.",
    topic="temperature-and-sampling",
    arguments=(
        text("the text to go on from"),
        Argument("temperature", "number", "what logits are divided by; 0 takes the first", default=1.0, lowest=0, highest=5),
        Argument("top_k", "integer", "how many tokens are kept, 0 for all", default=0, lowest=0, highest=1000),
        Argument("top_p", "number", "what share of the probability is kept", default=1.0, lowest=0.01, highest=1),
        Argument("at", "integer", "after how many of the text's tokens to guess", lowest=1, highest=100_000),
    ),
    example={"text": "The capital of France is", "temperature": 0.7, "top_p": 0.9},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="Which word comes next?",
    outcome=lambda result: str(result.values["tokens"][0]["text"]).strip().lower(),
)
