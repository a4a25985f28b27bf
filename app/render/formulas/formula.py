"""Draws TeX: ziamath's outlines as plain values, measured in ems, for whoever has a painter.

What cannot be drawn raises `FormulaError`; the caller shows the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn

from app.render.formulas.extent import Measure

if TYPE_CHECKING:
    from xml.etree import ElementTree


WIDEST = 400.0
"""The largest formula drawn, em."""
TALLEST = 120.0

_SIZE = 100.0
_STEPS = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


class FormulaError(ValueError):
    """This TeX cannot be drawn."""


Step = tuple[str, tuple[float, ...]]
"""A letter of an SVG path (M, L, Q, C, Z), E for an ellipse or T for words, with coordinates in em;
the third of words is the size of their letters."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline. `pen` is the width of a line in em, 0 for a filled one; `colour` as TeX named it,
    empty for the text's; `text` are words for a text font."""

    steps: tuple[Step, ...]
    pen: float = 0.0
    colour: str = ""
    text: str = ""
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula in em: `ascent` above its baseline, `descent` below, from 0 to `width`."""

    width: float
    ascent: float
    descent: float
    shapes: tuple[Shape, ...]


def draw(tex: str, *, is_display: bool, measure: Measure | None = None) -> Drawing:
    """The outlines of a formula; words that its font lacks are left to a text font, if `measure`
    tells what they take. Raises: FormulaError. Takes 1–300 ms: never in the GUI's turn."""
    from xml.etree.ElementTree import fromstring

    from ziamath.config import config
    from ziamath.escapes import unescape
    from ziamath.tex import tex2mml
    from ziamath.zmath import Math, denamespace, loadedfonts

    from app.render.formulas.commands import unknown_command
    from app.render.formulas.letters import LetterFont
    from app.render.formulas.mathml import mended
    from app.render.formulas.source import Source
    from app.render.formulas.tables import ruled

    failures = _failures()
    config.svg2 = False
    try:
        source = Source(tex)
        if unknown := unknown_command(source.tex):
            raise FormulaError(f"unknown command {unknown}")
        root = denamespace(fromstring(unescape(tex2mml(source.tex, inline=not is_display))))
        ruled(root, source.rules)
        source.words.give_back(root)
        font = LetterFont(loadedfonts["default"], measure or _not_measured)
        font.take(root)
        with font.lent() as name:
            made = Math(mended(root), size=_SIZE, margin=0, font=name)
        box = made.node.bbox
        shapes = tuple(_shapes(made.svgxml(), -box.xmin))
    except failures as error:
        raise FormulaError(f"{type(error).__name__}: {error}") from error
    width, ascent, descent = box.xmax - box.xmin, box.ymax, -box.ymin
    if width > WIDEST * _SIZE or ascent + descent > TALLEST * _SIZE:
        raise FormulaError("too large")
    return Drawing(width / _SIZE, ascent / _SIZE, descent / _SIZE, shapes)


def _not_measured(word: str, is_bold: bool) -> NoReturn:
    raise FormulaError("letters that the formula font does not have")


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
        elif tag == "text":
            x, y, size = (float(value(n, "0")) for n in ("x", "y", "size"))
            steps = (("T", ((x + shift) / _SIZE, y / _SIZE, size / _SIZE)),)
        else:
            raise FormulaError(f"not drawn: <{tag}>")
        pen = float(value("stroke-width", "0")) / _SIZE if value("stroke") else 0.0
        colour = value("stroke", "") if pen else value("fill", "")
        colour = "" if colour in ("black", "none") else colour
        found.append(Shape(steps, pen, colour, element.text or "", bool(value("weight"))))
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
