"""Letters that the formula font lacks: a word of them stands in a formula as one sign, as large as
a text font says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import category
from xml.etree import ElementTree

from ziafont.fonttypes import BBox
from ziafont.glyph import SimpleGlyph
from ziamath.mathfont import MathFont
from ziamath.styles import MathVariant
from ziamath.zmath import loadedfonts

from app.render.formulas.extent import Measure

SIGN = 0xF0000
"""The first of the private signs that stand for such words while a formula is set."""
_LAST = 0xFFFFF
_JOINER = "\u200d"


class LetterFont(MathFont):
    """A formula font that has further words as if they were signs of its own."""

    def __init__(self, font: MathFont, measure: Measure) -> None:
        self.__dict__.update(font.__dict__)
        self._measure = measure
        self._words: list[str] = []

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The name under which ziamath finds it."""
        name = f"{id(self)}"
        loadedfonts[name] = self
        try:
            yield name
        finally:
            del loadedfonts[name]

    def take(self, element: ElementTree.Element) -> None:
        """Puts a sign for each word which the font lacks, in a whole tree."""
        for node in element.iter():
            if node.text and not node.text.isascii():
                node.text = self._signed(node.text)

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        """The glyph of a sign, or what stands for a word."""
        if SIGN <= ord(char) <= _LAST:
            return _Word(self, self._words[ord(char) - SIGN], self._measure, variant)
        return super().findglyph(char, variant)

    def _signed(self, text: str) -> str:
        parts: list[str] = []
        word = gap = ""
        for cluster in clusters(text):
            if len(cluster) > 1 or not self.glyphindex(cluster):
                word, gap = word + gap + cluster, ""
            elif word and cluster in " \u00a0":
                gap += cluster
            else:
                parts += [self._sign(word), gap, cluster]
                word = gap = ""
        return "".join([*parts, self._sign(word), gap])

    def _sign(self, word: str) -> str:
        if not word:
            return ""
        self._words.append(word.replace("\u00a0", " "))
        return chr(SIGN + len(self._words) - 1)


def clusters(text: str) -> list[str]:
    """The signs of a text, each with the marks, joiners and halves of flags that belong to it."""
    found: list[str] = []
    for sign in text:
        is_tied = bool(found) and (
            category(sign) in ("Mn", "Me", "Mc")
            or sign == _JOINER
            or found[-1].endswith(_JOINER)
            or "\U0001f3fb" <= sign <= "\U0001f3ff"
            or (_is_regional(sign) and len(found[-1]) == 1 and _is_regional(found[-1]))
        )
        if is_tied:
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _is_regional(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


class _Word(SimpleGlyph):
    """A word where ziamath asks for a glyph."""

    def __init__(self, font: LetterFont, text: str, measure: Measure, variant: MathVariant) -> None:
        self._text = text
        self._is_bold = bool(variant.bold)
        units = font.info.layout.unitsperem
        extent = measure(text, self._is_bold)
        self._advance: int = round(extent.width * units)
        box = BBox(0, self._advance, -extent.descent * units, extent.ascent * units)
        super().__init__(0, (), box, font)

    def advance(self, nextchr: SimpleGlyph | None = None) -> int:
        """How far the next sign stands, in the font's units."""
        return self._advance

    def place(self, x: float, y: float, size: float) -> ElementTree.Element:
        """The word as an element of the drawing."""
        place = {"x": str(x), "y": str(y), "size": str(size)}
        made = ElementTree.Element("text", place)
        made.text = self._text
        if self._is_bold:
            made.set("weight", "bold")
        return made
