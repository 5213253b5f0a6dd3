"""The last answer opened: what was found, what the writer received, what it wrote and what of that was kept."""

from __future__ import annotations

from collections.abc import Iterator

from tutorbot.actions.context import Context
from tutorbot.answering.prompts import turns_of
from tutorbot.answering.support import SUPPORTED
from tutorbot.dialogue.conversation import Conversation
from tutorbot.dialogue.events import CapabilityRequested, Event
from tutorbot.dialogue.moves import ShowSources
from tutorbot.messages import Card, Part, Table, Text
from tutorbot.ports import Specimen

_BPE = "bpe"
_LONGEST_SENTENCE = 90


def show_sources(move: ShowSources, context: Context) -> Iterator[Part | Event]:
    """Where the last answer came from, how well that fitted, and the prompt if the writer was asked."""
    conversation = context.conversation
    if not conversation.made_from:
        yield Text("There is no answer to open yet. Ask me a question first.", ends_paragraph=True)
    else:
        lines = (_origin(conversation), _decoding(conversation), _tokens(conversation, context.services.tools.specimen))
        yield from (Text(line, ends_paragraph=True) for line in (*lines, _timings(conversation)) if line)
        yield from _tables(conversation)
        if conversation.prompt:
            yield Card("The prompt the writer received", conversation.prompt)
    yield CapabilityRequested("why")


def _origin(conversation: Conversation) -> str:
    return f'I searched for "{conversation.question}". {_written_by(conversation)}'


def _written_by(conversation: Conversation) -> str:
    if conversation.writer != "authored":
        return f"{conversation.writer} wrote the answer; sentences that the passages did not support were left out."
    if not conversation.prompt:
        return "The answer is the course's own words."
    said = "nothing it wrote could be shown" if conversation.left_out else "it wrote nothing in time"
    return f"The writer was asked, but {said}, so the answer is the course's own words."


def _decoding(conversation: Conversation) -> str:
    """How the writer was asked to write."""
    given = conversation.decoding
    if not given:
        return ""
    temperature = given.get("temperature", 0)
    drawn = f"temperature {temperature:g}" if temperature else "greedy (temperature 0: always the most likely token)"
    settings = [drawn]
    if temperature:
        settings += [f"top-p {given['top_p']:g}"] if given.get("top_p", 1) < 1 else []
        settings += [f"top-k {given['top_k']}"] if given.get("top_k") else []
        settings.append(f"seed {given.get('seed', 0)}")
    if given.get("repetition_penalty", 1) != 1:
        settings.append(f"repetition penalty {given['repetition_penalty']:g}")
    settings.append(f"at most {given.get('max_new_tokens')} new tokens")
    if given.get("seconds"):
        settings.append(f"at most {given['seconds']:g} seconds")
    return f"Decoding: {', '.join(settings)}."


def _tokens(conversation: Conversation, specimen: Specimen) -> str:
    """How long the prompt is to the embedded writer; another writer's tokens cannot be counted here."""
    if not conversation.prompt or _BPE not in specimen.tokenizers:
        return ""
    system, user = (len(specimen.tokenize(turn, _BPE).ids) for turn in turns_of(conversation.prompt))
    return (
        f"The prompt has {system + user} tokens: {system} of instruction, {user} of notes and question. The marks that its "
        "template puts around each turn come on top."
    )


def _timings(conversation: Conversation) -> str:
    spent = conversation.timings
    if not spent:
        return ""
    search, first, total = (float(spent.get(name, 0.0)) for name in ("retrieval", "first", "total"))
    return f"Time: search {search:.0f} ms, first sentence after {first:.0f} ms, whole reply {total:.0f} ms."


def _tables(conversation: Conversation) -> Iterator[Table]:
    rows = [
        (str(r["id"]), *(f"{r[k]:.2f}" for k in ("dense", "lexical", "fused")), "yes" if r.get("used", True) else "no")
        for r in conversation.made_from
    ]
    # Where the writer was asked in vain, only one of the passages that it received is the answer.
    used = "In the prompt" if conversation.prompt else "Used"
    yield Table("Passages found", ("Passage", "Meaning", "Words", "Together", used), tuple(rows))
    # The course's own words are shown as they stand; there is nothing to check.
    written = conversation.sentences if conversation.writer != "authored" else ()
    checked = [(s["text"], s["support"], "shown") for s in written if s.get("support") is not None]
    checked += [(s["text"], s["support"], f"left out: {s['reason']}") for s in conversation.left_out]
    if checked:
        title = f"What the writer wrote, and how far the passages support it ({SUPPORTED:.2f} is needed)"
        cells = tuple((_short(text), f"{support:.2f}", fate) for text, support, fate in checked)
        yield Table(title, ("Sentence", "Support", "What became of it"), cells)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST_SENTENCE else f"{sentence[: _LONGEST_SENTENCE - 4]} ..."
