"""TeX as models write it, brought to what the converter takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from app.render.formulas.tables import with_tables
from app.render.formulas.tex import LONGEST_FORMULA
from app.render.formulas.words import BRACES, PRIVATE, Words, group_end

DEEPEST_FORMULA = 7
"""Groups inside each other: ziamath doubles its time with each (7: 0.2 s, 12: 10 s)."""

_NESTING = re.compile(r"\\[{}]|\{|\}|\\left(?![a-z])|\\right(?![a-z])")
_IGNORED = re.compile(r"\\(?:label\{[^{}]*\}|nonumber(?![a-z])|notag(?![a-z]))")
_TAG = re.compile(r"\\tag(\*?)\s*(?=\{)")
_ROW_END = re.compile(r"\\\\|\\(?:begin|end)(?![A-Za-z])|[{}]|\\.", re.DOTALL)
_BESIDE = re.compile(r"&\s*(=|<|>|\\(?:leq?|geq?|approx|equiv|sim|to|neq?)(?![a-z]))\s*&")
_MODULO = re.compile(r"\\(?:bmod(?![a-z])|pmod\s*\{([^{}]*)\}|pmod\s*(\w))")
_BINOM = re.compile(r"\\([dt]?)binom\s*(?=\{)")
_FENCES = {"{": BRACES[0], "}": BRACES[1], "|": "\u2016"}
_COMMENT = re.compile(r"(?<=\s)%[^\n]*(?=\n)|^%[^\n]*(?=\n)")
_PERCENT = re.compile(r"(\\.)|%", re.DOTALL)
_SPELT: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\\[bB]ig{1,2}[lrm]?)\s*\\([{}|])"), lambda m: m[1] + _FENCES[m[2]]),
    (re.compile(r"\\color\s*(\{[^{}]*\})\s*(?=\{)"), r"\\textcolor\1"),
    (re.compile(r"\\math(?:rel|bin|ord|open|close|punct|inner)\s*(?=\{)"), ""),
    (re.compile(r"\\not\s*="), r"\\neq "),
    (re.compile(r"\\implies(?![A-Za-z])"), r"\\;\\Longrightarrow\\;"),
    (re.compile(r"\\impliedby(?![A-Za-z])"), r"\\;\\Longleftarrow\\;"),
    (re.compile(r"\\iff(?![A-Za-z])"), r"\\;\\Longleftrightarrow\\;"),
)
"""Commands that are drawn without their room, or not at all, and what is."""
_SCRIPTED = re.compile(r"\\begin\{(\w*matrix)\}.*?\\end\{\1\}(?=\s*[\^_])", re.DOTALL)


class Source:
    """A formula ready for the converter. Raises: ValueError for what it cannot bear."""

    def __init__(self, tex: str) -> None:
        if len(tex) > LONGEST_FORMULA:
            raise ValueError("too long")
        if PRIVATE.search(tex):
            raise ValueError("private signs")
        tex = _COMMENT.sub("", normalize("NFC", tex))
        self.words = Words()
        tex = self.words.taken(_tagged(_IGNORED.sub("", tex)))
        tex = _PERCENT.sub(lambda match: match[1] or "\\%", tex)
        _check_depth(tex)
        if "eqnarray" in tex:
            tex = _BESIDE.sub(r"&\1", tex)
        tex, self.rules = with_tables(tex)
        tex = _MODULO.sub(_modulo, _binomials(tex))
        for command, spelt in _SPELT:
            tex = command.sub(spelt, tex)
        tex = _SCRIPTED.sub(lambda match: f"{{{match[0]}}}", tex)
        if "\\begin" not in tex and ("\\\\" in tex or "&" in tex.replace("\\&", "")):
            tex = f"\\begin{{aligned}}{tex}\\end{{aligned}}"
        self.tex = tex
        """What the converter reads."""


def _check_depth(tex: str) -> None:
    depth = 0
    for match in _NESTING.finditer(tex):
        depth += {"{": 1, "\\left": 1, "}": -1, "\\right": -1}.get(match[0], 0)
        if depth > DEEPEST_FORMULA:
            raise ValueError("nested too deeply")


def _tagged(tex: str) -> str:
    """Numbers of equations moved to the end of their row, wherever they were written in it."""
    while match := _TAG.search(tex):
        end = group_end(tex, match.end())
        words = tex[match.end() + 1 : end - 1]
        number = f"\\qquad \\text{{{words}}}" if match[1] else f"\\qquad \\text{{({words})}}"
        tex = tex[: match.start()] + tex[end:]
        place = _row_end(tex, match.start())
        tex = f"{tex[:place].rstrip()}{number}{tex[place:]}"
    return tex


def _row_end(tex: str, at: int) -> int:
    """Where the row ends in which a place is: groups and tables that begin behind it are part of
    it."""
    depth = 0
    for match in _ROW_END.finditer(tex, at):
        sign = match[0]
        if sign in ("{", "\\begin"):
            depth += 1
        elif sign in ("}", "\\end"):
            depth -= 1
            if depth < 0:
                return match.start()
        elif sign == "\\\\" and not depth:
            return match.start()
    return len(tex)


def _binomials(tex: str) -> str:
    while match := _BINOM.search(tex):
        first = group_end(tex, match.end())
        start = first + len(tex[first:]) - len(tex[first:].lstrip())
        if tex[start : start + 1] != "{":
            raise ValueError("half a binomial")
        last = group_end(tex, start)
        above, below = tex[match.end() : first], tex[start:last]
        style = {"d": "\\displaystyle", "t": "\\textstyle"}.get(match[1], "")
        made = f"{{{style}\\left({above}\\atop{below}\\right)}}"
        tex = tex[: match.start()] + made + tex[last:]
    return tex


def _modulo(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return f"\\quad (\\mathrm{{mod}}\\;{number})" if number else "\\;\\mathrm{mod}\\;"
