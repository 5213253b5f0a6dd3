"""Formulas between dollar signs as plain text, for channels that cannot set them. Pure.

Libraries that turn LaTeX into text drop the braces that hold a fraction or an exponent together ("1/1+e^-z"), which makes
formulas wrong; here they become parentheses.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\$\$?(?P<tex>[^$\n]+)\$\$?")
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_FRACTION = re.compile(r"\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP)
_BINOMIAL = re.compile(r"\\binom\s*" + _GROUP + r"\s*" + _GROUP)
_ROOT = re.compile(r"\\sqrt\s*" + _GROUP)
_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|mathbb|mathcal|operatorname|textbf)\s*" + _GROUP)
_ACCENT = re.compile(r"\\(hat|tilde|bar|vec)\s*(?:" + _GROUP + r"|(\w))")
_SCRIPT = re.compile(r"([\^_])" + _GROUP)
_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_SYMBOLS = {
    "cdot": "·", "times": "×", "sum": "Σ", "prod": "Π", "beta": "β", "sigma": "σ", "theta": "θ", "mid": "|", "alpha": "α",
    "pi": "π", "eta": "η", "odot": "⊙", "epsilon": "ε", "varepsilon": "ε", "leftarrow": "←", "rightarrow": "→", "to": "→",
    "lambda": "λ", "gamma": "γ", "rho": "ρ", "propto": "∝", "dots": "...", "ldots": "...", "cdots": "...", "infty": "∞",
    "pm": "±", "phi": "φ", "Phi": "Φ", "in": "∈", "xi": "ξ", "mu": "μ", "kappa": "κ", "tau": "τ", "delta": "δ", "Delta": "Δ",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "cup": "∪", "cap": "∩",
    "nabla": "∇", "partial": "∂", "left": "", "right": "", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "quad": " ", "top": "T", "omega": "ω", "psi": "ψ", "circ": "∘", "oplus": "⊕", "ll": "≪", "gg": "≫", "sim": "~",
    "star": "*",
}  # fmt: skip
_ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "vec": "\u20d7"}


def plain_math(text: str) -> str:
    """The text with every `$...$` formula written out. Money such as "$5 and $6" is left as it is."""
    return _FORMULA.sub(lambda m: m.group() if _is_money(m["tex"]) else _plain(m["tex"]), text)


def _is_money(tex: str) -> bool:
    return bool(re.match(r"\d[\d.,]*(?: |$)", tex)) and (tex.endswith(" ") or bool(re.search(r" [a-z]{2,} ", tex)))


def _plain(tex: str) -> str:
    if whole := _FRACTION.fullmatch(tex.strip()):
        return f"{_held(_plain(whole[1]))}/{_held(_plain(whole[2]))}"
    tex = _WORDS.sub(r"\1", tex.replace("{,}", ",").replace(r"\%", "%").replace(r"\_", "_"))
    tex = re.sub(r"\\[,;:! ]", " ", tex)
    tex = _ACCENT.sub(lambda m: (m[2] or m[3]) + _ACCENTS[m[1]], tex)
    for _ in range(3):
        tex = _ROOT.sub(lambda m: f"√{_held(m[1])}", tex)
        tex = _FRACTION.sub(lambda m: f"({_held(m[1])}/{_held(m[2])})", tex)
        tex = _BINOMIAL.sub(lambda m: f"C({m[1]}, {m[2]})", tex)
        tex = _SCRIPT.sub(lambda m: m[1] + _held(m[2]), tex)
    tex = _COMMAND.sub(lambda m: _SYMBOLS.get(m[1], m[1]), tex)
    return " ".join(tex.replace("{", "").replace("}", "").replace("\\", "").split())


def _held(group: str) -> str:
    """The group in parentheses, unless it is one name, number or symbol."""
    return group if re.fullmatch(r"\w+(?:\.\d+)?|\\[a-zA-Z]+|.", group) else f"({group})"
