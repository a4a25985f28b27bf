r"""Tables in formulas: `array` with its rules, matrices and cases, brought to what the converter
knows; their rules are drawn here."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from ziafont.fonttypes import BBox
from ziamath.drawable import Drawable, HLine, VLine
from ziamath.nodes.mtable import Mtable

from app.render.formulas.words import group_end

_RULE = "\ue000"
_TALL = "\ue001"
_FIRST = 0xE100
MOST_COLUMNS = 40
"""Columns of an array."""

_BEGIN = re.compile(r"\\(begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}")
_PLACE = re.compile(r"\s*\[[tcb]\]")
_COLUMNS = re.compile(r"\s*\[([lcr|\s]+)\]")
_ROW_SPACE = re.compile(r"\\\\\s*(?:\*|\[\s*-?[\d.]+\s*(?:[a-z]{2}|\\[a-z]+)\s*\])")
_HLINE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule)(?![A-Za-z])")
_REPEATED = re.compile(r"\*\s*\{(\d{1,2})\}\s*\{([lcr|\s]+)\}")
_INSERTED = re.compile(r"[@!]\s*\{[^{}]*\}")
_FENCES = {
    "matrix": ("", ""),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("\\{", "\\}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("\\|", "\\|"),
}
_CASES = {"dcases": ("\\{", "."), "rcases": (".", "\\}"), "drcases": (".", "\\}")}
_AS = {
    **dict.fromkeys(("align", "alignat", "alignedat", "eqnarray", "flalign", "split"), "aligned"),
    **dict.fromkeys(("gather", "gathered", "multline", "multlined"), "aligned"),
    "aligned": "aligned", "equation": "", "displaymath": "", "math": "", "subequations": "",
    "smallmatrix": "smallmatrix", "cases": "cases",
}  # fmt: skip


def with_tables(tex: str) -> tuple[str, list[tuple[int, ...]]]:
    """TeX whose tables the converter knows, with signs for what it does not; and the upright rules
    of each array, before, between and behind its columns. Raises: ValueError."""
    if "\\begin" not in tex:
        return tex, []
    tex = _HLINE.sub(_RULE, _ROW_SPACE.sub(r"\\\\", tex))
    rules: list[tuple[int, ...]] = []
    parts: list[str] = []
    ends: list[str] = []
    at = 0
    for match in _BEGIN.finditer(tex):
        if match.start() < at:
            continue
        parts.append(tex[at : match.start()])
        at = match.end()
        if match[1] == "begin":
            opening, closing, at = _opened(tex, match[2], at, rules)
            parts.append(opening)
            ends.append(closing)
        elif ends:
            parts.append(ends.pop())
        else:
            raise ValueError(f"not begun: {match[2]}")
    if ends:
        raise ValueError("a table that does not end")
    return "".join([*parts, tex[at:]]), rules


def _opened(tex: str, name: str, at: int, rules: list[tuple[int, ...]]) -> tuple[str, str, int]:
    """How a table is begun and ended, and where its cells begin."""
    bare = name.rstrip("*")
    if bare in ("array", "subarray", "darray"):
        if place := _PLACE.match(tex, at):
            at = place.end()
        start = at + len(tex[at:]) - len(tex[at:].lstrip())
        at = group_end(tex, start)
        tall = _TALL if bare == "darray" else ""
        opening = _array(tex[start + 1 : at - 1], rules) + tall
        return opening, "\\end{array}", at
    if bare in _FENCES:
        columns = _COLUMNS.match(tex, at)
        if columns is None:
            return f"\\begin{{{bare}}}", f"\\end{{{bare}}}", at
        left, right = _FENCES[bare]
        opening = f"\\left{left or '.'}{_array(columns[1], rules)}"
        return opening, f"\\end{{array}}\\right{right or '.'}", columns.end()
    if bare in _CASES:
        left, right = _CASES[bare]
        opening = f"\\left{left}{_array('ll', rules)}{_TALL if bare[0] == 'd' else ''}"
        return opening, f"\\end{{array}}\\right{right}", at
    made = _AS.get(bare)
    if made is None:
        raise ValueError(f"not drawn: {name}")
    if bare in ("alignat", "alignedat") and (count := re.compile(r"\s*\{\d+\}").match(tex, at)):
        at = count.end()
    if place := _PLACE.match(tex, at):
        at = place.end()
    return (f"\\begin{{{made}}}", f"\\end{{{made}}}", at) if made else ("{", "}", at)


def _array(columns: str, rules: list[tuple[int, ...]]) -> str:
    spelt = _REPEATED.sub(lambda match: match[2] * int(match[1]), _INSERTED.sub("", columns))
    spelt = "".join(spelt.split())
    letters = spelt.replace("|", "")
    if not letters or len(letters) > MOST_COLUMNS or letters.strip("lcr"):
        raise ValueError(f"not drawn: columns {columns}")
    bars = tuple(min(2, len(between)) for between in re.split("[lcr]", spelt))
    rules.append(bars)
    return f"\\begin{{array}}{{{letters}}}{chr(_FIRST + len(rules) - 1)}"


def ruled(element: ElementTree.Element, rules: list[tuple[int, ...]]) -> None:
    """Takes the signs out of the tables of a whole tree, and says in attributes what they mean.
    Raises: ValueError."""
    for table in element.iter():
        if table.tag.rpartition("}")[2] != "mtable":
            continue
        levels: list[int] = []
        for row in list(table):
            signs = _taken(row[0]) if len(row) else ""
            levels.append(signs.count(_RULE))
            if _TALL in signs:
                table.set("displaystyle", "true")
                table.set("tall", "true")
            for sign in signs:
                if ord(sign) >= _FIRST:
                    table.set("uprights", " ".join(map(str, rules[ord(sign) - _FIRST])))
        last = table[-1] if len(table) else None
        if last is not None and levels[-1] and not any(len(cell) for cell in last):
            table.remove(last)
        else:
            levels.append(0)
        if any(levels):
            table.set("levels", " ".join(map(str, levels)))
    for node in element.iter():
        if node.text and any(sign in node.text for sign in (_RULE, _TALL)):
            raise ValueError("a rule outside of a table")


def _taken(cell: ElementTree.Element) -> str:
    """The signs at the beginning of a cell, which are taken out of it."""
    signs = ""
    while len(cell) and not len(cell[0]) and _is_sign(cell[0].text or ""):
        signs += cell[0].text or ""
        cell.remove(cell[0])
    return signs


def _is_sign(text: str) -> bool:
    return len(text) == 1 and (text in (_RULE, _TALL) or _FIRST <= ord(text) < 0xF000)


class RuledTable(Mtable, tag="mtable"):
    """A table with its rules; ziamath asks for it by its tag."""

    def _setup(self, **kwargs: object) -> None:
        super()._setup(**kwargs)
        uprights = [int(count) for count in self.element.get("uprights", "").split()]
        levels = [int(count) for count in self.element.get("levels", "").split()]
        if not any(uprights) and not any(levels):
            return
        pen = self.units_to_points(self.font.math.consts.fractionRuleThickness)
        air = self.size_px("0.25em")
        cells, places = list(self.nodes), list(self.nodexy)
        tops, bottoms, lefts, rights = self._edges(cells, places)
        left, right = 0.0, self.bbox.xmax
        if uprights and uprights[0]:
            shift = 2 * air
            self.nodexy = [(x + shift, y) for x, y in self.nodexy]
            lefts, rights = [x + shift for x in lefts], [x + shift for x in rights]
            right += shift
        if len(uprights) > len(lefts) and uprights[-1]:
            right += 2 * air
        ends = (lefts[0] - 2 * air, *lefts[1:]), rights
        xs = [ends[0][0] if uprights and uprights[0] else left]
        xs += [(a + b) / 2 for a, b in zip(rights, lefts[1:], strict=False)]
        xs.append(right)
        ys = [tops[0] - air]
        ys += [(a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)]
        ys.append(bottoms[-1] + air)
        first, last = ys[0], ys[-1]
        for x, count in zip(xs, uprights, strict=False):
            for number in range(count):
                shifted = x + (number - (count - 1) / 2) * 3 * pen
                self._draw(VLine(last - first, pen, style=self.style, **kwargs), shifted, first)
        for y, count in zip(ys, levels, strict=False):
            for number in range(count):
                shifted = y + (number - (count - 1) / 2) * 3 * pen
                self._draw(HLine(right, pen, style=self.style, **kwargs), 0, shifted - pen / 2)
        self.bbox = BBox(0, right, min(self.bbox.ymin, -last), max(self.bbox.ymax, -first))

    def _draw(self, line: HLine | VLine, x: float, y: float) -> None:
        self.nodes.append(line)
        self.nodexy.append((x, y))

    def _edges(
        self, cells: list[Drawable], places: list[tuple[float, float]]
    ) -> tuple[list[float], list[float], list[float], list[float]]:
        """The tops and bottoms of the rows, the left and right ends of the columns."""
        tops: list[float] = []
        bottoms: list[float] = []
        widths: list[float] = []
        at = 0
        for row in self.element:
            boxes = [cell.bbox for cell in cells[at : at + len(row)]]
            baseline = places[at][1]
            tops.append(baseline - max(box.ymax for box in boxes))
            bottoms.append(baseline - min(box.ymin for box in boxes))
            for column, box in enumerate(boxes):
                if column == len(widths):
                    widths.append(0.0)
                widths[column] = max(widths[column], box.xmax)
            at += len(row)
        spaces = [self.size_px(space) for space in self.element.get("columnspacing", "").split()]
        spaces = spaces or [self.size_px("0.3em")]
        extra = (self.bbox.xmax - sum(widths)) - sum(
            spaces[column % len(spaces)] for column in range(len(widths) - 1)
        )
        x = extra / 2
        lefts, rights = [], []
        for column, width in enumerate(widths):
            lefts.append(x)
            rights.append(x + width)
            x += width + spaces[column % len(spaces)]
        return tops, bottoms, lefts, rights
