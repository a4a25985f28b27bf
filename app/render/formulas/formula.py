"""Draws TeX: ziamath's outlines as plain values, measured in ems, for whoever has a painter.

What cannot be drawn raises `FormulaError`; the caller shows the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.render.formulas.chemistry import without_chemistry
from app.render.formulas.tex import COMMAND, LONGEST_FORMULA

if TYPE_CHECKING:
    from xml.etree import ElementTree

DEEPEST_FORMULA = 7
"""Groups inside each other: ziamath doubles its time with each (7: 0.2 s, 12: 10 s)."""
WIDEST = 400.0
"""The largest formula drawn, em."""
TALLEST = 120.0

_SIZE = 100.0
_REFUSED = re.compile(
    r"\\(?:def|let|newcommand|renewcommand|require|ce|pu|href|url|includegraphics|htmlClass)(?![a-z])"
)
_NESTING = re.compile(r"\\[{}]|\{|\}|\\left(?![a-z])|\\right(?![a-z])")
_IGNORED = re.compile(r"\\(?:label\{[^{}]*\}|nonumber(?![a-z])|notag(?![a-z]))")
_TAG = re.compile(r"\\tag\*?\{([^{}]*)\}")
_ALIGNED = re.compile(r"\\(begin|end)\{(?:align|alignat|alignedat|eqnarray|flalign|split)\*?\}")
_ALIGNED_COLUMNS = re.compile(r"(\\begin\{(?:alignat|alignedat)\*?\})\{\d+\}")
_GATHERED = re.compile(r"\\(begin|end)\{(?:gather|gathered|multline|multlined)\*?\}")
_BESIDE = re.compile(r"&\s*(=|<|>|\\(?:leq?|geq?|approx|equiv|sim|to|neq?)(?![a-z]))\s*&")
_MODULO = re.compile(r"\\(?:bmod(?![a-z])|pmod\s*\{([^{}]*)\}|pmod\s*(\w))")
_SPELT = (
    (re.compile(r"\\not\s*="), r"\\neq "),
    (re.compile(r"\\implies(?![A-Za-z])"), r"\\;\\Longrightarrow\\;"),
    (re.compile(r"\\iff(?![A-Za-z])"), r"\\;\\Longleftrightarrow\\;"),
)
"""Commands that are drawn without their room, or not at all, and what is."""
_PLACED = re.compile(r"(\\begin\{(?:aligned|gathered|array)\})\[[tcb]\]")
_SCRIPTED = re.compile(r"\\begin\{(\w*matrix)\}.*?\\end\{\1\}(?=\s*[\^_])", re.DOTALL)
_STEPS = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


class FormulaError(ValueError):
    """This TeX cannot be drawn."""


Step = tuple[str, tuple[float, ...]]
"""A letter of an SVG path (M, L, Q, C, Z) or E for an ellipse, with coordinates in em."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline. `pen` is the width of a line in em, 0 for a filled one; `colour` as TeX named it,
    empty for the text's."""

    steps: tuple[Step, ...]
    pen: float = 0.0
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula in em: `ascent` above its baseline, `descent` below, from 0 to `width`."""

    width: float
    ascent: float
    descent: float
    shapes: tuple[Shape, ...]


def draw(tex: str, *, is_display: bool) -> Drawing:
    """The outlines of a formula. Raises: FormulaError. Takes 1–300 ms: never in the GUI's turn."""
    from xml.etree.ElementTree import fromstring

    from ziamath.config import config
    from ziamath.escapes import unescape
    from ziamath.tex import tex2mml
    from ziamath.zmath import Math

    from app.render.formulas.mathml import mended

    failures = _failures()
    source = _prepared(tex)
    config.svg2 = False
    try:
        math = tex2mml(source, inline=not is_display)
        if unknown := COMMAND.search(math):
            raise FormulaError(f"unknown command {unknown[0]}")
        made = Math(mended(fromstring(unescape(math))), size=_SIZE, margin=0)
        if not all(made.font.glyphindex(sign) for sign in set(tex) if not sign.isascii()):
            raise FormulaError("letters that the formula font does not have")
        box = made.node.bbox
        shapes = tuple(_shapes(made.svgxml(), -box.xmin))
    except failures as error:
        raise FormulaError(f"{type(error).__name__}: {error}") from error
    width, ascent, descent = box.xmax - box.xmin, box.ymax, -box.ymin
    if width > WIDEST * _SIZE or ascent + descent > TALLEST * _SIZE:
        raise FormulaError("too large")
    return Drawing(width / _SIZE, ascent / _SIZE, descent / _SIZE, shapes)


def _prepared(tex: str) -> str:
    """TeX as ziamath takes it. Raises: FormulaError for what it cannot bear."""
    if len(tex) > LONGEST_FORMULA:
        raise FormulaError("too long")
    try:
        tex = without_chemistry(tex)
    except ValueError as error:
        raise FormulaError(str(error)) from error
    if refused := _REFUSED.search(tex):
        raise FormulaError(f"not drawn: {refused[0]}")
    depth = 0
    for match in _NESTING.finditer(tex):
        depth += {"{": 1, "\\left": 1, "}": -1, "\\right": -1}.get(match[0], 0)
        if depth > DEEPEST_FORMULA:
            raise FormulaError("nested too deeply")
    if "\\begin" in tex:
        if "eqnarray" in tex:
            tex = _BESIDE.sub(r"&\1", tex)
        tex = _ALIGNED.sub(r"\\\1{aligned}", _ALIGNED_COLUMNS.sub(r"\1", tex))
        tex = _GATHERED.sub(r"\\\1{aligned}", tex)
    tex = _PLACED.sub(r"\1", _TAG.sub(r"\\qquad (\1)", _IGNORED.sub("", tex)))
    tex = _MODULO.sub(_modulo, tex)
    for command, spelt in _SPELT:
        tex = command.sub(spelt, tex)
    tex = _SCRIPTED.sub(lambda match: f"{{{match[0]}}}", tex)
    if "\\begin" not in tex and ("\\\\" in tex or "&" in tex.replace("\\&", "")):
        return f"\\begin{{aligned}}{tex}\\end{{aligned}}"
    return tex


def _modulo(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return f"\\quad (\\mathrm{{mod}}\\;{number})" if number else "\\;\\mathrm{mod}\\;"


@lru_cache(1)
def _failures() -> tuple[type[Exception], ...]:
    """What ziamath and latex2mathml raise for TeX they cannot read; they have no common class."""
    from latex2mathml import exceptions

    own = [found for found in vars(exceptions).values() if isinstance(found, type)]
    foreign = [found for found in own if issubclass(found, Exception)]
    return (
        *foreign, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError,
        SyntaxError, TypeError, ValueError,
    )  # fmt: skip


def _shapes(svg: ElementTree.Element, shift: float) -> list[Shape]:
    found = []
    for element in svg.iter():
        tag = element.tag.rpartition("}")[2]
        value = element.attrib.get
        if tag in ("svg", "g"):
            continue
        if tag == "path":
            steps = _path(value("d", ""), shift)
        elif tag == "rect":
            x, y, width, height = (float(value(n, "0")) for n in ("x", "y", "width", "height"))
            corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
            steps = (
                *(_step("L" if i else "M", c, shift) for i, c in enumerate(corners)),
                ("Z", ()),
            )
        elif tag == "ellipse":
            cx, cy, rx, ry = (float(value(n, "0")) for n in ("cx", "cy", "rx", "ry"))
            steps = (_step("E", (cx - rx, cy - ry, cx + rx, cy + ry), shift),)
        else:
            raise FormulaError(f"not drawn: <{tag}>")
        pen = float(value("stroke-width", "0")) / _SIZE if value("stroke") else 0.0
        colour = value("stroke", "") if pen else value("fill", "")
        found.append(Shape(steps, pen, "" if colour in ("black", "none") else colour))
    return found


def _path(description: str, shift: float) -> tuple[Step, ...]:
    steps: list[Step] = []
    tokens = _STEPS.findall(description)
    at = 0
    while at < len(tokens):
        letter = tokens[at]
        if letter not in _COUNTS:
            raise FormulaError(f"not drawn: {letter}")
        end = at + 1 + _COUNTS[letter]
        steps.append(_step(letter, tuple(map(float, tokens[at + 1 : end])), shift))
        at = end
    return tuple(steps)


def _step(letter: str, places: tuple[float, ...], shift: float) -> Step:
    moved = (p + (0 if index % 2 else shift) for index, p in enumerate(places))
    return letter, tuple(place / _SIZE for place in moved)
