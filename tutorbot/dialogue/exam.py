"""Questions as exams and interviews put them: a setting, then what is asked. Pure.

"You average GloVe vectors and 'not good' is misclassified. Why?" has the marks of a task (a quotation, the word
"classify"), and is a question about the course.
"""

from __future__ import annotations

import re

_ASK = (
    r"(?:what|why|how|when|which|who|is|are|does|do|did|can|could|should|would|explain|describe|name|list|compare|discuss"
    r"|give|state|compute|calculate|outline|justify)"
)
_ASKS = re.compile(rf"(?:^|[.?!,:;]\s+(?:and |so |then )?){_ASK}\b|\?\s*$", re.IGNORECASE)
_SETTING = re.compile(
    r"^(?:(?:suppose|assume|imagine|say|given)(?: that)?\b"
    r"|you(?: (?:are|have|build|want|train|trained|fine-tune|notice|noticed|serve|need|must|use|work|batch|get|run|deploy"
    r"|average|plan|see|observe)\b|r \w+)"
    r"|(?:our|my) (?:\w+ )?(?:model|chatbot|bot|users?|team|company|system|loss|answers?|rag|llm)\b"
    r"|we (?:have|want|train|need|use|are)\b|users\b"
    r"|an? (?:user|team|company|colleague|student|engineer|customer|llm|rag|api|chatbot|model|service|classifier"
    r"|confusion matrix|startup|bank|hospital)\b"
    r"|(?:the|an?) (?:prompt|model|training|loss|analogy|answers?)\b[^:\"]*\bhow\b"
    r"|in (?:an?|the|your) (?:[\w-]+ ){1,5}(?:course|competition|exam|quiz|notebook|paper|interview)\b)",
    re.IGNORECASE,
)
# The mark of a tokenizer and an argument of a function are asked about, not handed over as a text.
_ASKS_ABOUT = re.compile(
    r"\[(?:CLS|SEP|MASK|PAD|UNK|BOS|EOS)\]|<(?:s|/s|pad|unk|mask|bos|eos)>|\b\w+=(?:True|False|None)\b"
    r"|^(?:explain|describe|define|discuss) (?!(?:this|that|it)\b)",
    re.IGNORECASE,
)
_HANDED_OVER = re.compile(
    r"^(?:please )?(?:tokeni[sz]e|split|encode|translate|classify|summari[sz]e|correct|embed|complete|continue)\b",
    re.IGNORECASE,
)


def asks_somewhere(text: str) -> bool:
    """Whether some sentence of the message asks or sets a question."""
    return bool(_ASKS.search(text))


def is_exam_question(text: str) -> bool:
    """Whether a setting is told and then something asked about it, or a name out of the library is asked about."""
    if _HANDED_OVER.match(text):
        return False
    return bool((_SETTING.match(text) and asks_somewhere(text)) or _ASKS_ABOUT.search(text))
