"""Label a text from a few examples: by nearest neighbours on sentence vectors, and by prompting the writer.

Prompting is in-context learning (Brown et al. 2020, https://arxiv.org/abs/2005.14165): no weight changes. It needs a far
larger model than the embedded one, so the label comes from the neighbours, and both verdicts are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tutorbot.errors import InputError
from tutorbot.messages import Part, Table
from tutorbot.ports import Encoder, Writer, WritingJob
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import NO_WRITER, SECONDS, beside, prompt_text, shots, used, write

NEIGHBOURS = ModelUsed("all-MiniLM-L6-v2, nearest examples", "Apache-2.0", "cosine of sentence vectors, nothing trained")
_MOST_EXAMPLES, _MOST_IN_PROMPT = 200, 24
_LONGEST, _LONGEST_LABEL, _MOST_LABELS = 300, 60, 50
_NAME_WEIGHT = 0.5
Example = tuple[str, str]


def run(arguments: Values, tools: Tools) -> Result:
    """The label by the nearest examples; the writer's stands beside."""
    given = arguments["text"]
    examples = read_examples(arguments["examples"] or (), arguments["labels"] or ())
    labels = _labels(arguments["labels"] or (), examples)
    notes = _notes(labels, examples)
    scores, nearest = _neighbours(given, labels, examples, tools.encoder)
    best = max(labels, key=lambda label: scores[label])
    prompt = _job(given, labels, examples)
    said, more = _asked(tools.writer, prompt, labels)
    others, why = beside(tools, lambda big: _by_writer(big, prompt, labels))
    return Result(
        values={
            "label": best,
            "scores": {label: round(scores[label], 4) for label in labels},
            "writer_label": said.values["label"] if said else None,
        },
        model=NEIGHBOURS,
        notes=(*notes, *more, *why),
        trace={
            "prompt": prompt_text(prompt.turns),
            "written": said.values["written"] if said else "",
            "nearest": nearest,
            "examples": len(examples),
        },
        others=(*([said] if said else []), *others),
    )


def read_examples(given: Any, labels: Sequence[str]) -> list[Example]:
    """(text, label) pairs from a mapping of texts to labels or of labels to texts, or a list of pairs or of objects.

    Raises:
        InputError: an example is none of these.
    """
    known = {str(label) for label in labels}
    found: list[Example] = []
    for one in given.items() if isinstance(given, Mapping) else given:
        found += _example(one, known)
    kept = [(t.strip()[:_LONGEST], label.strip()[:_LONGEST_LABEL]) for t, label in found if t.strip() and label.strip()]
    return kept[:_MOST_EXAMPLES]


def _example(one: Any, known: set[str]) -> list[Example]:
    if isinstance(one, Mapping) and "text" in one and "label" in one:
        one = (one["text"], one["label"])
    if isinstance(one, (list, tuple)) and len(one) == 2:
        first, second = one
        if isinstance(second, (list, tuple)) and all(isinstance(t, str) for t in second):
            return [(_clean(t), _clean(first)) for t in second]
        if isinstance(second, (str, int, float)):
            pair = (_clean(first), _clean(second))
            return [pair[::-1]] if pair[0] in known and pair[1] not in known else [pair]
    raise InputError(
        f"few_shot cannot read the example {one!r:.80}.", 'Give {"a text": "its label"} or [{"text": ..., "label": ...}].'
    )


def _clean(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")


def _labels(given: Iterable[Any], examples: Sequence[Example]) -> list[str]:
    wanted = [_clean(label).strip()[:_LONGEST_LABEL] for label in given]
    labels = [label for label in dict.fromkeys([*wanted, *(label for _, label in examples)]) if label][:_MOST_LABELS]
    if not labels:
        raise InputError(
            "few_shot needs labels, or examples with labels.", "For instance: apple = fruit, carrot = vegetable, banana = ?"
        )
    return labels


def _notes(labels: Sequence[str], examples: Sequence[Example]) -> tuple[str, ...]:
    bare = [label for label in labels if label not in {own for _, own in examples}]
    notes = []
    if bare:
        notes.append(
            f"There is no example for {', '.join(bare[:5])}, so the words of the label itself were compared; one example "
            "for each label would help."
        )
    if len(labels) == 1:
        notes.append("There is a single label, so there is nothing to choose; give an example of another one.")
    if len(examples) > _MOST_IN_PROMPT:
        notes.append(f"The prompt holds the first {_MOST_IN_PROMPT} examples; the neighbours were sought among all.")
    return tuple(notes)


def _neighbours(
    given: str, labels: Sequence[str], examples: Sequence[Example], encoder: Encoder
) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Score of each label, and the nearest examples: the best example's cosine, and a part of the label's own."""
    kept = [(t, label) for t, label in examples if label in labels]
    vectors = encoder.encode([given[:2_000], *(t for t, _ in kept), *(label.replace("_", " ") for label in labels)])
    cosines = [float(c) for c in vectors[1:] @ vectors[0]]
    names = dict(zip(labels, cosines[len(kept) :], strict=True))
    best = {
        label: max((c for c, (_, own) in zip(cosines, kept, strict=False) if own == label), default=None) for label in labels
    }
    scores = {label: _score(best[label], names[label]) for label in labels}
    order = sorted(range(len(kept)), key=lambda n: -cosines[n])[:5]
    return scores, [{"text": kept[n][0], "label": kept[n][1], "cosine": round(cosines[n], 4)} for n in order]


def _score(example: float | None, name: float) -> float:
    if example is None:
        return name
    return (example + _NAME_WEIGHT * name) / (1 + _NAME_WEIGHT)


def _job(given: str, labels: Sequence[str], examples: Sequence[Example]) -> WritingJob:
    system = f"You label texts. Answer with one of these labels and nothing else: {', '.join(labels)}."
    turns = shots(system, "Text: ", examples[:_MOST_IN_PROMPT], given[: 4 * _LONGEST])
    return WritingJob(turns, max_new_tokens=12, seconds=SECONDS, stop=("\n",))


def _asked(writer: Writer | None, prompt: WritingJob, labels: Sequence[str]) -> tuple[Result | None, tuple[str, ...]]:
    return (None, (NO_WRITER,)) if writer is None else (_by_writer(writer, prompt, labels), ())


def _by_writer(writer: Writer, prompt: WritingJob, labels: Sequence[str]) -> Result:
    written = write(writer, prompt).strip()
    label = as_label(written, labels)
    notes = () if label else ("What it wrote is none of the labels.",)
    return Result({"label": label, "written": written}, used(writer), notes=notes)


def as_label(written: str, labels: Sequence[str]) -> str:
    """The label that was written: as a whole, at the start, or alone of all; "" where none or several were."""
    plain = written.strip().strip(".\"'").lower()
    for label in sorted(labels, key=len, reverse=True):
        if re.match(rf"(?:label: )?{re.escape(label.lower())}(?!\w)", plain):
            return label
    named = [label for label in labels if re.search(rf"(?<!\w){re.escape(label.lower())}(?!\w)", plain)]
    return named[0] if len(named) == 1 else ""


def render(result: Result) -> str:
    """The label, and what the writer said beside it; of the writer's own result, that alone."""
    if "written" in result.values:
        return _said(result)
    lines = [f"**{result.values['label']}** (nearest examples)"]
    lines += [f"{_said(r)} ({r.model.name})" for r in result.others]
    return "\n".join(lines)


def _said(result: Result) -> str:
    label, written = result.values["label"], result.values["written"]
    if label:
        return f"**{label}**"
    return f'no label, but "{written[:60]}"' if written else "no label: it wrote nothing in time"


def explain(result: Result) -> tuple[str, ...]:
    """How both came to their verdict."""
    values, trace = result.values, result.trace
    ranked = sorted(values["scores"].items(), key=lambda pair: -pair[1])
    steps = [
        f"The encoder turned your text, the {trace['examples']} example(s) and the label names into vectors of 384 numbers. "
        "No weight was changed: the examples are only compared.",
    ]
    if trace["nearest"]:
        near = trace["nearest"][0]
        steps.append(f'The nearest example is "{near["text"]}" ({near["label"]}), with cosine {near["cosine"]:.2f}.')
    runner = f", before {ranked[1][0]} with {ranked[1][1]:.2f}" if len(ranked) > 1 else ""
    steps.append(f"With the label's own name counted in by a third, {ranked[0][0]} scores {ranked[0][1]:.2f}{runner}.")
    if values["writer_label"] is not None:
        same = "the same label" if values["writer_label"] == values["label"] else "another verdict"
        steps.append(
            f'The examples also went into a prompt as earlier turns of a chat; the small model wrote "{trace["written"]}"'
            f": {same}. Learning from a prompt needs far larger models, so the neighbours decide here."
        )
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """Scores of the labels, and the prompt that was built."""
    ranked = sorted(result.values["scores"].items(), key=lambda pair: -float(pair[1]))
    scores = Table("Labels by nearest examples", ("Label", "Score"), tuple((k, f"{v:.3f}") for k, v in ranked[:12]))
    turns = tuple(tuple(t.split("]\n", 1)) for t in result.trace["prompt"].split("\n\n[") if "]\n" in t)
    prompt = Table("The prompt", ("Role", "Text"), tuple((t[0].strip("["), t[1]) for t in turns))
    return (scores, prompt)


TASK = Task(
    name="few_shot",
    purpose="Label a text from a few examples of yours: by nearest neighbours, and by a prompt.",
    topic="few-shot-learning",
    arguments=(
        text("the text to label", 4_000),
        Argument("labels", "list", "the labels to choose from", longest=_MOST_LABELS),
        Argument("examples", "examples", "texts with their labels", longest=_MOST_EXAMPLES),
    ),
    example={"text": "skip this song", "examples": {"turn on the lamp": "device", "play jazz": "music"}},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="Which label?",
    outcome=lambda result: str(result.values["label"]).lower(),
)
