"""Every error that tutorbot raises on purpose.

TutorbotError                  what went wrong, and what to do next
+-- SettingsError              a TUTORBOT_* variable or a line of tutorbot.toml
+-- CurriculumError            a file of the knowledge folder (names file and line)
+-- ModelError                 anything about weights and what runs them
|   +-- WeightsError           missing, altered or unreachable weight file; not enough disk
|   +-- WriterBusyError        a remote model server that is busy or away
+-- RetrievalError             the passage index
+-- StorageError               the learner store
|   +-- ConcurrentUpdateError  another process recorded for this learner first
|   +-- DuplicateMessageError  this very message has been recorded before
+-- ChannelError               Discord: token, permissions, connection
+-- TrainingDataError          rows that a training recipe cannot read
+-- InputError                 what the user typed on the command line or in a batch file
+-- OutputError                where the answers go: a full disk behind `> file`
"""

from __future__ import annotations


class TutorbotError(Exception):
    """Base of the tree.

    Args:
        what: one sentence that says what was wrong and where.
        fix: one sentence that says what the reader can do about it.
    """

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"


class SettingsError(TutorbotError):
    """A setting cannot be read or makes no sense."""


class CurriculumError(TutorbotError):
    """A file of the knowledge folder is not as it should be."""


class ModelError(TutorbotError):
    """A model cannot be prepared or run."""


class WeightsError(ModelError):
    """A weight file is missing, altered or cannot be fetched."""


class WriterBusyError(ModelError):
    """A remote model server does not take the job now."""


class TrainingDataError(TutorbotError):
    """Rows that a training recipe cannot read."""


class RetrievalError(TutorbotError):
    """The passage index cannot be built or read."""


class StorageError(TutorbotError):
    """The learner store cannot be opened, read or written."""


class ConcurrentUpdateError(StorageError):
    """Another unit of work recorded events for this learner first."""


class DuplicateMessageError(StorageError):
    """A message with the same id has been recorded for this learner before; its reply can be looked up."""


class ChannelError(TutorbotError):
    """A channel such as Discord cannot be reached or refuses the bot."""


class InputError(TutorbotError):
    """The user's command line or batch file cannot be used as it is."""


class OutputError(TutorbotError):
    """Standard output cannot be written to."""
