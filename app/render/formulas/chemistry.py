r"""Chemical formulas as models write them, `\ce{2H2 + O2 -> 2H2O}`, in plain TeX."""

from __future__ import annotations

import re

_CE = re.compile(r"\\ce\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_WORD = re.compile(r"(?:\[[^\[\]]*\]|\{[^{}]*\}|[^\s\[{])+")
_ARROW = re.compile(r"(<=>|<->|->|<-)(?:\[([^\[\]]*)\])?(?:\[([^\[\]]*)\])?")
_ARROWS = {
    "->": "\\longrightarrow",
    "<-": "\\longleftarrow",
    "<->": "\\longleftrightarrow",
    "<=>": "\\rightleftharpoons",
}
_ALONE = {"+": "+", "-": "-", "=": "=", "^": "\\uparrow", "v": "\\downarrow"}
_COUNT = re.compile(r"\d+/\d+|\d+(?:\.\d+)?|n(?=[A-Z(])")
_PART = re.compile(
    r"(?P<name>[A-Z][a-z]?|[a-z]+)|(?P<count>\d+)|\^\{(?P<high>[^{}]*)\}|\^(?P<charge>\d*[+-]?)"
    r"|_\{(?P<low>[^{}]*)\}|(?P<bracket>[()\[\]])|(?P<bond>[=#])|(?P<dot>[.*])"
    r"|(?P<sign>[+-])"
)


def without_chemistry(tex: str) -> str:
    """TeX in which chemical formulas are spelt out. Raises: ValueError for one that is not
    understood."""
    return _CE.sub(lambda match: _equation(match[1]), tex) if "\\ce" in tex else tex


def _equation(text: str) -> str:
    return "{" + " ".join(_word(word) for word in _WORD.findall(text)) + "}"


def _word(word: str) -> str:
    if word in _ALONE:
        return _ALONE[word]
    arrow = _ARROW.fullmatch(word)
    if arrow is None:
        return _compound(word)
    if arrow[2] is None:
        return _ARROWS[arrow[1]]
    if arrow[1] != "->":
        raise ValueError(f"words on {arrow[1]}")
    below = f"[{_words(arrow[3])}]" if arrow[3] else ""
    return f"\\xrightarrow{below}{{{_words(arrow[2])}}}"


def _words(text: str) -> str:
    """What stands on an arrow: a formula or words."""
    try:
        return _equation(text)
    except ValueError:
        return f"\\text{{{text}}}"


def _compound(word: str) -> str:
    count = _COUNT.match(word)
    parts = [f"{count[0]}\\," if count else ""]
    at = count.end() if count else 0
    while at < len(word):
        match = _PART.match(word, at)
        if match is None:
            raise ValueError(f"not chemistry: {word[at:]}")
        at = match.end()
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "dot":
            more = _COUNT.match(word, at)
            parts.append("\\cdot " + (more[0] if more else ""))
            at = more.end() if more else at
        elif kind == "sign" and at < len(word) and word[at] not in ")]":
            parts.append(text)
        else:
            parts.append(_SPELT[kind].replace("@", "\\equiv " if text == "#" else text))
    return "".join(parts)


_SPELT = {
    "name": "\\mathrm{@}",
    "count": "_{@}",
    "low": "_{@}",
    "high": "^{@}",
    "charge": "^{@}",
    "sign": "^{@}",
    "bracket": "@",
    "bond": "@",
}
