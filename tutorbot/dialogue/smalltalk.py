"""Replies to everyday remarks, by what they are about. Pure.

The embedded writer is small and untrained: asked who it is it names its own makers, told of rain it regrets one's shoes.
So what learners say every day has a reply written here; only a writer that somebody chose chats about the rest.
"""

from __future__ import annotations

import re

_REPLIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reply)
    for pattern, reply in (
        (
            r"\bwho (?:made|built|created|wrote|programmed|invented|trained) (?:you|u|this)"
            r"|\bwhere (?:do|did|are) (?:you|u) (?:come )?from",
            "I was built by a small team as an open-source tutor for language models. The model that writes here is "
            "SmolLM2-135M-Instruct; what I say about the course comes from its own pages.",
        ),
        (
            r"\b(?:who|what) (?:are|r) (?:you|u)\b|\bwhat'?s your name|\byour name\b|\bintroduce yourself",
            "I am tutorbot, a program that teaches about language models. I find the passage that answers your question and "
            "show you where it comes from.",
        ),
        (
            r"\bare (?:you|u) (?:a )?(?:human|real|robot|bot|an? ai|alive|conscious|person)"
            r"|\byou (?:a )?(?:bot|human|robot)\b",
            "I am a program: a search over a course and a small language model, on this one computer. "
            "You can ask me how either works.",
        ),
        (
            r"\bhow (?:are|r) (?:you|u|ya)\b|\bhow'?s it going|\bhow (?:was|is) your (?:day|week)"
            r"|\bwhat'?s up\b|\bwassup\b|\bsup\b",
            "All my weights are in place, thank you. What shall we look at today?",
        ),
        (
            r"\bnice to meet (?:you|u)|\bpleased to meet",
            "Nice to meet you too! Tell me what you would like to know about language models.",
        ),
        (
            r"\bdo (?:you|u) (?:like|love|enjoy|have|want|eat|sleep|dream|feel)\b|\bfavou?rite\b",
            "I am a program, so I have no likes or days of my own, but I am happy to talk about how machines learn to read.",
        ),
        (
            r"\b(?:tell|know|got).{0,20}\bjoke\b|\bmake me laugh",
            "Why did the language model cross the road? Because that was the most probable next token.",
        ),
        (
            r"\bi(?:'?m| am) (?:bored|tired|sad|stressed|lost|confused|frustrated|stuck)|\bthis is (?:so )?hard",
            "That happens to everybody who learns this. Tell me the last thing that made sense, and we go on from there.",
        ),
        (
            r"\byou(?:'?re| are) (?:so )?(?:great|awesome|smart|cool|funny|the best|amazing|helpful|nice)"
            r"|\bgood bot\b|\bi love you",
            "That is kind of you. What shall we look at next?",
        ),
        (
            r"\byou(?:'?re| are) (?:so )?(?:stupid|dumb|wrong|useless|bad)|\bbad bot\b",
            'I am sorry that I was no help. Ask in other words, or say "show your sources" to see what I answered from.',
        ),
        (
            r"\b(?:lol|haha|hehe|lmao)\b|^(?:ok|okay|k|cool|nice|great|wow|sure|fine|alright)\W*$",
            "Shall we go on? Ask me anything.",
        ),
    )
)
OTHER = "I am better at language models than at small talk, but I am glad you told me. What would you like to know next?"
GREETING = "Hello! What would you like to know about language models?"
THANKS = "You are welcome! Ask whenever something else comes up."
BYE = "Goodbye, and see you next time. I will remember where we were."


def scripted_reply(text: str) -> str | None:
    """The written reply to a remark, None where there is none."""
    return next((reply for pattern, reply in _REPLIES if pattern.search(text)), None)
