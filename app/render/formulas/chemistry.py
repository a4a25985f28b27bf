r"""Chemical formulas as models write them, `\ce{2H2 + O2 -> 2H2O}`, in plain TeX."""

from __future__ import annotations

import re

_TEXT = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_ON_ARROW = rf"\[(?:[^\[\]{{}}]|\[[^\[\]]*\]|{_TEXT})*\]"
_SIGN = r"<-->|<=>>|<<=>|<=>|<->|->|<-|[\u2192\u2190\u2194\u21cc]"
_ARROW = re.compile(rf"({_SIGN})\s*({_ON_ARROW})?\s*({_ON_ARROW})?")
_MATH = re.compile(r"\$([^$]*)\$")
_WORD = re.compile(rf"(?:{_ON_ARROW}|{_TEXT}|\\[A-Za-z]+\s*|\\.|[^\s\[{{\\])+")
_ARROWS = {
    "->": "rightarrow", "\u2192": "rightarrow", "<-": "leftarrow", "\u2190": "leftarrow",
    "<->": "leftrightarrow", "<-->": "leftrightarrow", "\u2194": "leftrightarrow",
    "<=>": "rightleftharpoons", "\u21cc": "rightleftharpoons",
    "<=>>": "rightleftharpoons", "<<=>": "rightleftharpoons",
}  # fmt: skip
_LONG = {
    "rightarrow": "\\longrightarrow",
    "leftarrow": "\\longleftarrow",
    "leftrightarrow": "\\longleftrightarrow",
    "rightleftharpoons": "\\rightleftharpoons",
}
_ALONE = {"+": "+", "-": "-", "=": "=", "^": "\\uparrow", "v": "\\downarrow"}
_COUNT = re.compile(r"\d+/\d+|\d+(?:\.\d+)?|n(?=[A-Z(])")
_GREEK = r"\\(?:alpha|beta|gamma|delta|Delta|epsilon|lambda|mu|nu|pi|sigma|omega|circ|bullet)"
_PART = re.compile(
    r"(?P<name>[A-Z][a-z]?|[a-z]+)|(?P<count>\d+)|\^\{(?P<high>[^{}]*)\}|\^(?P<charge>\d*[+-]?)"
    r"|_\{(?P<low>[^{}]*)\}|_(?P<below>\d+|[a-z])|(?P<bracket>[()\[\]])|(?P<bond>[=#])"
    rf"|(?P<dot>[.*\u00b7])|(?P<sign>[+-])|(?P<greek>{_GREEK}(?![A-Za-z])\s*)"
)
_LETTERS = re.compile(r"(?<!\\)\b[A-Za-z]{2,}")


def spelt_out(text: str) -> str:
    r"""What stands in `\ce{…}` in plain TeX. Raises: ValueError for what is not understood."""
    parts: list[str] = []
    at, size = 0, len(text)
    while at < size:
        if text[at].isspace():
            at += 1
        elif math := _MATH.match(text, at):
            parts.append(f"{{{math[1]}}}")
            at = math.end()
        elif arrow := _ARROW.match(text, at):
            parts.append(_arrow(arrow))
            at = arrow.end()
        else:
            word = _WORD.match(text, at)
            if word is None:
                raise ValueError(f"not chemistry: {text[at:]}")
            found = _until_arrow(word[0])
            parts.append(_word(found))
            at += len(found)
    return "{" + " ".join(parts) + "}"


def _until_arrow(word: str) -> str:
    """A word up to the arrow that is tied to it, `A->B`."""
    arrow = re.search(_SIGN, word)
    return word[: arrow.start()] if arrow and arrow.start() else word


def _arrow(match: re.Match[str]) -> str:
    name = _ARROWS[match[1]]
    above, below = (_words(words[1:-1]) if words else "" for words in (match[2], match[3]))
    if not above and not below:
        return _LONG[name]
    return f"\\x{name}{f'[{below}]' if below else ''}{{{above}}}"


def _words(text: str) -> str:
    """What stands on an arrow: a formula or words."""
    text = text.strip()
    while text.startswith("{") and text.endswith("}") and "}" not in text[:-1]:
        text = text[1:-1]
    if not text:
        return ""
    if text.startswith("\\"):
        return text
    try:
        return spelt_out(text)
    except ValueError:
        return f"\\text{{{text}}}"


def _word(word: str) -> str:
    return _ALONE[word] if word in _ALONE else _compound(word)


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
            if kind in ("high", "low"):
                text = _LETTERS.sub(r"\\mathrm{\g<0>}", text)
            parts.append(_SPELT[kind].replace("@", "\\equiv " if text == "#" else text))
    return "".join(parts)


_SPELT = {
    "name": "\\mathrm{@}",
    "count": "_{@}",
    "low": "_{@}",
    "below": "_{@}",
    "greek": "@ ",
    "high": "^{@}",
    "charge": "^{@}",
    "sign": "^{@}",
    "bracket": "@",
    "bond": "@",
}
