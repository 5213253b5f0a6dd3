"""What the writing tasks share: jobs run together, what wrote is named, and the big model's answer stands beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tutorbot.errors import ModelError
from tutorbot.ports import Turn, Writer, WritingJob
from tutorbot.tasks.task import ModelUsed, Result
from tutorbot.tasks.tools import Tools

# Far more than a job takes: what is cut off by time would not come out the same again.
SECONDS = 8.0
_EMBEDDED = "SmolLM2"
NO_WRITER = "No writing model is set (TUTORBOT_WRITER=none), so this was done without one."


def write(writer: Writer, job: WritingJob) -> str:
    """Everything the writer writes, with the space it begins with.

    Raises:
        ModelError: the model cannot run.
    """
    return "".join(writer.write(job)).rstrip()


def write_all(writer: Writer, jobs: Sequence[WritingJob]) -> list[str]:
    """The jobs at once: a writer that batches takes hardly longer than for one.

    Raises:
        ModelError: the model cannot run.
    """
    if len(jobs) == 1:
        return [write(writer, jobs[0])]
    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        return list(pool.map(lambda job: write(writer, job), jobs))


def samples(job: WritingJob, count: int, temperature: float) -> list[WritingJob]:
    """The job itself and `count` - 1 sampled ones with seeds of their own."""
    return [job, *(replace(job, temperature=temperature, top_p=0.9, seed=job.seed + n) for n in range(1, count))]


def used(writer: Writer) -> ModelUsed:
    """The writer as a model that did the work."""
    if _EMBEDDED in writer.name:
        return ModelUsed(writer.name, "Apache-2.0", "135 million parameters, instruction-tuned")
    return ModelUsed(writer.name, "as its own model card says")


def beside(tools: Tools, run: Callable[[Writer], Result]) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """The same task on the big model, where one is set; and a note where it could not."""
    if tools.big is None:
        return (), ()
    try:
        return (run(tools.big),), ()
    except ModelError as error:
        return (), (f"The bigger model did not answer: {error.what}",)


def shots(system: str, prefix: str, examples: Sequence[tuple[str, str]], text: str) -> tuple[Turn, ...]:
    """A system turn, solved examples as earlier turns of the chat, and the text, each with the task's prefix."""
    turns = [Turn("system", system)]
    for source, target in examples:
        turns += [Turn("user", prefix + source), Turn("assistant", target)]
    return (*turns, Turn("user", prefix + text))


def prompt_text(turns: Sequence[Turn]) -> str:
    """The prompt as it is shown to people who look inside."""
    return "\n\n".join(f"[{turn.role}]\n{turn.text}" for turn in turns)


def show_others(result: Result, text: Callable[[Result], str]) -> str:
    """The result's text; where another model did the same, both, each under its name."""
    if not result.others:
        return text(result)
    return "\n\n".join(f"**{r.model.name}**\n{text(r)}" for r in (result, *result.others))
