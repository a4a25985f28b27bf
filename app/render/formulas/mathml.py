"""Mends the MathML that TeX becomes, before ziamath draws it: signs, the space between rows, and
arrows with words on them."""

from __future__ import annotations

from xml.etree import ElementTree

from ziamath.styles import MathVariant, styledstr

ROW_SPACE = "0.5em"
"""Between rows; the converter's own is meant for another size of letters."""
COLUMN_SPACE = "0.8em"

_FOREIGN = "\U000f0000"
_SIGNS = frozenset("-+\u2212\u00b1\u2213")
_CLOSING = frozenset(")]}!|\u2016\u2032\u2033\u27e9\u230b\u2309%")
"""Operators that end something: a minus behind them subtracts."""
_LIMITS = frozenset(("lim", "max", "min", "sup", "inf", "limsup", "liminf", "det", "Pr"))
_BRACKETS = frozenset("()[]{}|,.;:=")
_ARROWS = {
    "\u2192": "\u27f6", "\u2190": "\u27f5", "\u2194": "\u27f7", "\u21a6": "\u27fc",
    "\u21d2": "\u27f9", "\u21d0": "\u27f8", "\u21d4": "\u27fa", "\u21cc": "\u21cc",
    "\u21aa": "\u21aa", "\u21a9": "\u21a9",
}  # fmt: skip
_ALPHABETS = {
    "bold": MathVariant(bold=True),
    "monospace": MathVariant("mono"),
    "double-struck": MathVariant("double"),
    "sans-serif": MathVariant("sans"),
}
"""Alphabets that ziamath takes for others: their letters are put in themselves."""


def mended(element: ElementTree.Element) -> ElementTree.Element:
    """The same tree, changed in place."""
    for node in element.iter():
        name = _name(node)
        if name == "mtable":
            _space(node)
        elif name in ("mover", "munder", "munderover"):
            _mend_arrow(node)
        _mend_letters(node)
        _mend_signs(node)
        _mend_limits(node)
    return element


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _space(table: ElementTree.Element) -> None:
    if table.get("rowspacing", "3pt") == "3pt":
        table.set("rowspacing", ROW_SPACE)
    if table.get("columnspacing") is None:
        table.set("columnspacing", COLUMN_SPACE)
    if table.get("displaystyle") and not table.get("tall") and all(len(row) == 1 for row in table):
        for row in table:
            row[0].set("columnalign", "center")


def _mend_letters(node: ElementTree.Element) -> None:
    """Letters of an alphabet that has signs of its own."""
    variant = node.get("mathvariant", "")
    alphabet = _ALPHABETS.get(variant)
    if alphabet is None or not node.text:
        return
    del node.attrib["mathvariant"]
    if variant == "monospace":
        node.text = node.text.replace("\u00a0", "\u2002")
    # A word is still to be drawn with its own font: that is told by the attribute.
    if variant == "bold" and any(sign >= _FOREIGN for sign in node.text):
        node.set("mathvariant", "bold")
    else:
        node.text = styledstr(node.text, alphabet)


def _mend_signs(row: ElementTree.Element) -> None:
    """A sign that nothing stands before, or another operator, belongs to what follows."""
    before: ElementTree.Element | None = None
    for node in row:
        text = (node.text or "").strip()
        if _name(node) == "mo" and text in _SIGNS and node.get("form") is None:
            is_first = before is None or (_name(before) == "mi" and not (before.text or "").strip())
            if is_first or (before is not None and _is_open(before)):
                node.set("form", "prefix")
        before = node


def _mend_limits(row: ElementTree.Element) -> None:
    """Room behind a limit, unless a bracket follows."""
    for at, node in reversed(list(enumerate(row))):
        is_limit = _name(node) in ("munder", "msub") and _is_limit(node[0])
        following = (row[at + 1].text or "").strip() if at + 1 < len(row) else ")"
        if is_limit and following not in _BRACKETS and _name(row) in ("mrow", "mtd", "math"):
            space = node.tag.replace(_name(node), "mspace")
            row.insert(at + 1, ElementTree.Element(space, width="0.17em"))


def _is_limit(node: ElementTree.Element) -> bool:
    return (node.text or "").strip() in _LIMITS or node.get("movablelimits") == "true"


def _is_open(node: ElementTree.Element) -> bool:
    """Whether something must follow an operator."""
    text = (node.text or "").strip()
    return _name(node) == "mo" and text not in _CLOSING and node.get("form") != "postfix"


def _mend_arrow(node: ElementTree.Element) -> None:
    """An arrow with words on it is a long one; the words stand over its middle."""
    arrow = node[0]
    if _name(arrow) != "mstyle" or len(arrow) != 1 or (arrow[0].text or "") not in _ARROWS:
        return
    if arrow[0].get("long"):
        return
    arrow[0].set("long", "true")
    arrow[0].text = _ARROWS[arrow[0].text or ""]
    for at, words in enumerate(list(node)[1:], 1):
        if _name(words) == "mpadded" and len(words):
            node[at] = words[0]
    inner = ElementTree.Element(node.tag)
    inner.extend(list(node))
    space = node.tag.replace(_name(node), "mspace")
    for child in list(node):
        node.remove(child)
    node.tag = node.tag.replace(_name(node), "mrow")
    node.extend([ElementTree.Element(space, width="0.25em"), inner])
    node.append(ElementTree.Element(space, width="0.25em"))
