"""Small talk: written replies for the everyday, the writer for the rest."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator

from tutorbot.actions.context import Context
from tutorbot.answering.prompts import chat_job
from tutorbot.answering.sentences import stream_sentences
from tutorbot.dialogue import smalltalk
from tutorbot.dialogue.events import Event, SmallTalkMade
from tutorbot.dialogue.moves import Talk
from tutorbot.errors import ModelError
from tutorbot.messages import Part, Text
from tutorbot.ports import Writer

logger = logging.getLogger(__name__)
MOST_SENTENCES = 2
_FIXED = {"thanks": smalltalk.THANKS, "bye": smalltalk.BYE}
# "hi, how are you?" is answered as a question first.
_OPENERS = {"greeting": smalltalk.GREETING}


def talk(move: Talk, context: Context) -> Iterator[Part | Event]:
    """Reply to a remark."""
    scripted = _FIXED.get(move.kind) or smalltalk.scripted_reply(move.text) or _OPENERS.get(move.kind)
    said = [scripted] if scripted else _free(move.text, context.services.chatting)
    for sentence in said:
        yield Text(sentence)
    yield SmallTalkMade(move.kind)


def _free(text: str, writer: Writer | None) -> Iterator[str]:
    """One or two sentences by the writer; a written one where there is no writer or it says nothing."""
    spoken = 0
    if writer is not None:
        pieces = writer.write(chat_job(text))
        try:
            for sentence in stream_sentences(pieces):
                spoken += 1
                yield sentence
                if spoken == MOST_SENTENCES:
                    break
        except ModelError as error:
            logger.warning("the writer did not chat: %s", error)
        finally:
            if isinstance(pieces, Generator):
                pieces.close()
    if not spoken:
        yield smalltalk.OTHER
