r"""Words in a formula, `\text{if $x$}` and `\operatorname{arg\,max}`: they are read here, and only
a sign stands for each until the formula is set."""

from __future__ import annotations

import re
from unicodedata import normalize
from xml.etree import ElementTree

from app.render.formulas.chemistry import spelt_out

SIGN = 0x100000
"""The first of the private signs that stand for words; see `letters` for those of another font."""
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Signs that must not come from outside: their meaning is ours."""
DEEPEST = 4
"""Words inside formulas inside words."""
BRACES = "\ue010\ue011"
"""Stand for braces that are large: the converter does not know them by their command."""
_OPERATOR = "facetword"

_COMMANDS = {
    **dict.fromkeys(("text", "mbox", "hbox", "textrm", "textnormal", "textup", "textmd"), "text"),
    **dict.fromkeys(("textit", "emph", "textsl"), "textit"),
    "textbf": "textbf",
    "texttt": "texttt",
    "textsf": "textsf",
}
_WORDS = re.compile(rf"\\({'|'.join(_COMMANDS)})(?![A-Za-z])\s*(?={{)")
_CHEMISTRY = re.compile(r"\\ce\s*(?={)")
_VERBATIM = re.compile(r"\\verb\*?([^\sA-Za-z{])(.*?)\1")
_NAME = re.compile(r"\\(operatorname(?:withlimits)?\*?|mathop)\s*(?={)")
_PLAIN_NAME = re.compile(r"[A-Za-z]+")
_INNER = re.compile(r"\\(?:text|mathrm|rm|mathsf|textrm|mbox|operatorname)(?![A-Za-z])\s*")
_SPACES = {
    ",": "\u2009", "thinspace": "\u2009", ":": "\u2005", ">": "\u2005", ";": "\u2004",
    " ": "\u00a0", "~": "\u00a0", "space": "\u00a0", "nobreakspace": "\u00a0", "!": "",
    "enspace": "\u2002", "quad": "\u2003", "qquad": "\u2003\u2003", "/": "", "-": "",
}  # fmt: skip
_SIGNS = {
    **{sign: sign for sign in "%$&#_{}"},
    "ldots": "…", "dots": "…", "textellipsis": "…", "degree": "°", "textdegree": "°", "S": "§",
    "textbackslash": "\\", "backslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textless": "<", "textgreater": ">", "textbar": "|", "euro": "€",
    "textquotesingle": "'", "textendash": "–", "textemdash": "—", "ss": "ß", "ae": "æ", "AE": "Æ",
    "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "oe": "œ", "OE": "Œ", "i": "ı",
    "copyright": "©", "pounds": "£", "textregistered": "®", "texttrademark": "™", "P": "¶",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_ACCENT = re.compile(r"\\(?:(['`^\"~=.])|([cvuHkrdb])(?![A-Za-z]))\s*(?:\{\s*(\\?\w)\s*\}|(\\?\w))")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\s*(?:\{\})?|(.))", re.DOTALL)
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))


def group_end(tex: str, at: int) -> int:
    """Where a group ends that begins with a brace at a place, behind it. Raises: ValueError."""
    depth, size = 0, len(tex)
    while at < size:
        sign = tex[at]
        if sign == "\\":
            at += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    raise ValueError("a group that does not end")


class Words:
    """The words of one formula."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._names: dict[str, str] = {}

    def taken(self, tex: str, depth: int = 0) -> str:
        """TeX with a sign for each stretch of words. Raises: ValueError."""
        if depth > DEEPEST:
            raise ValueError("words nested too deeply")
        parts: list[str] = []
        at = 0
        while (start := tex.find("\\", at)) >= 0:
            if match := _WORDS.match(tex, start):
                end = group_end(tex, match.end())
                inner = self._read(tex[match.end() + 1 : end - 1], _COMMANDS[match[1]], depth)
                made = f"{{{inner}}}"
            elif match := _NAME.match(tex, start):
                end = group_end(tex, match.end())
                made = self._operator(match[1], tex[match.end() + 1 : end - 1])
            elif match := _CHEMISTRY.match(tex, start):
                end = group_end(tex, match.end())
                made = self.taken(spelt_out(tex[match.end() + 1 : end - 1]), depth + 1)
            elif match := _VERBATIM.match(tex, start):
                end = match.end()
                made = f"{{{self._text(match[2], 'texttt')}}}"
            else:
                end = start + 2
                made = tex[start:end]
            parts += [tex[at:start], made]
            at = end
        return "".join([*parts, tex[at:]])

    def give_back(self, element: ElementTree.Element) -> None:
        """Puts the words where their signs stand, in a whole tree."""
        for node in element.iter():
            text = node.text
            if not text:
                continue
            if text in self._names:
                node.text = self._names[text]
            elif not text.isascii():
                node.text = "".join(map(self._of, text))

    def _of(self, sign: str) -> str:
        if sign in BRACES:
            return "{}"[BRACES.index(sign)]
        at = ord(sign) - SIGN
        return self._texts[at] if 0 <= at < len(self._texts) else sign

    def _text(self, text: str, font: str) -> str:
        if not text:
            return ""
        text = normalize("NFC", text)
        self._texts.append(text if font == "texttt" else text.replace("-", "\u2010"))
        return f"\\{font}{{{chr(SIGN + len(self._texts) - 1)}}}"

    def _operator(self, command: str, name: str) -> str:
        command = "operatorname*" if command == "mathop" else command
        if _PLAIN_NAME.fullmatch(name):
            return f"\\{command}{{{name}}}"
        spelt = _INNER.sub("", name.replace("~", "\\ "))
        spelt = _COMMAND.sub(_sign_in_name, "".join(re.split(r"(?<!\\)[\s{}]+", spelt)))
        if not spelt or re.search(r"[\\^_{}$]", spelt):
            raise ValueError(f"a name: {name}")
        code = _OPERATOR + "".join(chr(ord("a") + int(digit)) for digit in str(len(self._names)))
        self._names[code] = spelt
        return f"\\{command}{{{code}}}"

    def _read(self, text: str, font: str, depth: int) -> str:
        """Words as TeX sets them: formulas in them, their own signs and spaces."""
        parts: list[str] = []
        words: list[str] = []
        text = _ACCENT.sub(_accented, text)
        at, size = 0, len(text)
        while at < size:
            sign, made = text[at], ""
            end = at + 1
            if sign == "$":
                end = _past(text, "$", end)
                made = f"{{{self.taken(text[at + 1 : end - 1], depth + 1)}}}"
            elif text.startswith("\\(", at):
                end = _past(text, "\\)", at + 2)
                made = f"{{{self.taken(text[at + 2 : end - 2], depth + 1)}}}"
            elif match := _WORDS.match(text, at):
                end = group_end(text, match.end())
                inner = _COMMANDS[match[1]]
                inner = font if inner == "text" else inner
                made = self._read(text[match.end() + 1 : end - 1], inner, depth + 1)
            elif match := _COMMAND.match(text, at):
                name, end = match[1] or match[2], match.end()
                spelt = {**_SPACES, **_SIGNS}.get(name)
                if spelt is not None:
                    words.append(spelt)
                else:
                    made, end = self._formula(text, at, end, depth)
            elif sign not in "{}":
                words.append("\u00a0" if sign.isspace() or sign == "~" else sign)
            if made:
                parts += [self._joined(words, font), made]
                words = []
            at = end
        return "".join([*parts, self._joined(words, font)])

    def _formula(self, text: str, at: int, end: int, depth: int) -> tuple[str, int]:
        r"""A command of a formula in the midst of words, `\alpha`, with its groups."""
        if not text[at + 1].isalpha():
            raise ValueError(f"in words: {text[at:end]}")
        while text[end : end + 1] == "{":
            end = group_end(text, end)
        return f"{{{self.taken(text[at:end], depth + 1)}}}", end

    def _joined(self, words: list[str], font: str) -> str:
        text = re.sub("\u00a0+", "\u00a0", "".join(words))
        if font != "texttt":
            for written, meant in _LIGATURES:
                text = text.replace(written, meant)
            text = text.replace("`", "‘").replace("'", "’")
        return self._text(text, font)


def _past(text: str, closing: str, start: int) -> int:
    end = text.find(closing, start)
    if end < 0:
        raise ValueError("a formula in words that does not end")
    return end + len(closing)


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4]
    letter = {"\\i": "ı", "\\j": "ȷ"}.get(letter, letter)
    letter = "i" if letter == "ı" else letter
    return normalize("NFC", letter + _ACCENTS[match[1] or match[2]])


def _sign_in_name(match: re.Match[str]) -> str:
    name = match[1] or match[2]
    spelt = {**_SPACES, **_SIGNS}.get(name)
    return match[0] if spelt is None else spelt
