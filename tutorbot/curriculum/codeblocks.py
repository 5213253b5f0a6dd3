"""Finds the Python blocks of a topic and runs them: offline, in a subprocess, with a time limit.

A line `print(...)  # -> text` claims what it prints; `run_block` compares the claims with what was really printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from tutorbot.curriculum.topic import Topic

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<code>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```.*?^```\s*$", re.MULTILINE | re.DOTALL)
_CLAIM = re.compile(r"^\s*print\(.*\)\s+# -> (?P<text>.*)$")
# Many times what a block may take, because a machine with other work to do is not the author's fault.
TIME_LIMIT_SECONDS = 180
NEEDS_MORE = "download"


@dataclass(frozen=True)
class CodeBlock:
    """A fenced Python block; `line` is that of the fence in the topic file."""

    code: str
    line: int
    runs: bool

    @property
    def claims(self) -> tuple[str, ...]:
        """The texts after `# ->`, in order."""
        return tuple(m["text"].strip() for line in self.code.splitlines() if (m := _CLAIM.match(line)))


def python_blocks(topic: Topic) -> list[CodeBlock]:
    """The Python blocks of the topic's body, in order."""
    blocks = []
    for section in topic.sections:
        for match in _FENCE.finditer(section.text):
            words = match["info"].split()
            if words and words[0] in ("python", "py"):
                line = section.line + 1 + section.text[: match.start()].count("\n")
                blocks.append(CodeBlock(match["code"], line, NEEDS_MORE not in words[1:]))
    return blocks


def check_block(block: CodeBlock, seconds: float = TIME_LIMIT_SECONDS, expected: str | None = None) -> str | None:
    """Compile the block and, where it is meant to run, run it; the problem in words, or None.

    Args:
        expected: all that it must print, but for white space; None leaves it to the block's own claims.
    """
    try:
        compile(block.code, "<block>", "exec")
    except SyntaxError as error:
        return f"does not compile: {error.msg} (line {error.lineno} of the block)"
    return _run(block, seconds, expected) if block.runs else None


def _run(block: CodeBlock, seconds: float, expected: str | None) -> str | None:
    # The hub libraries honour these, so a block that would download fails at once instead of waiting for a network.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-c", block.code],
                capture_output=True,
                text=True,
                timeout=seconds,
                cwd=folder,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"did not finish in {seconds:.0f} seconds"
    if done.returncode:
        return f"fails: {(done.stderr.strip().splitlines() or ['no message'])[-1]}"
    if expected is not None and done.stdout.split() != expected.split():
        return f"prints `{done.stdout.strip()[:200]}` and not `{expected.strip()}`"
    return _unmet_claim(block.claims, done.stdout)


def _unmet_claim(claims: tuple[str, ...], printed: str) -> str | None:
    """The first claimed text that is not found, in order, in what was printed."""
    rest = " ".join(printed.split())
    for claim in claims:
        wanted = " ".join(claim.split())
        at = rest.find(wanted)
        if at < 0:
            return f"claims `# -> {claim}` but prints: {rest[:200]}"
        rest = rest[at + len(wanted) :]
    return None
