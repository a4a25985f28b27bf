r"""Backslashes that models mean: in paths and patterns they stand for themselves.

CommonMark takes a backslash before a sign as “this sign, and nothing more”, and models use it so:
`1\. item`, `snake\_case`, `\*not bold\*`. They also write `C:\Users\me\.ssh` and `\d+\.\d+` outside
of code, where every backslash belongs to the word.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

FARTHEST = 200
"""Letters of a word that are looked at on each side of a backslash."""

_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_WORD_BEFORE = re.compile(r"[^\s`]*\Z")
_WORD_AFTER = re.compile(r"[^\s`]*")
_DRIVE = re.compile(r"[(\[{\"'“‘«*_]*[A-Za-z]:\\")
_SHARE = re.compile(r"[(\[{\"'“‘«*_]*\\\\[A-Za-z0-9]")
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_LETTER = re.compile(r"[A-Za-z0-9]")
_HIDDEN_FILE = re.compile(r"[^\s\d]\\\.[A-Za-z]")
"""`me\\.copilot`, `~\\.config`; a digit before it would be the number of an entry."""
_GROUP = re.compile(r"\\([\[(])[^\s\\]*\\[\])][+*?{]")
"""`\\[a-z\\]+`: a bracket meant literally, and how often it may come."""


def escape(state: StateInline, silent: bool) -> bool:
    """A backslash before a sign that stays, in a word that is a path or a pattern."""
    at = state.pos
    if state.src[at] != "\\" or at + 1 >= state.posMax or state.src[at + 1] not in _SIGNS:
        return False
    before = _WORD_BEFORE.search(state.src, max(0, at - FARTHEST), at)
    after = _WORD_AFTER.match(state.src, at, min(state.posMax, at + FARTHEST))
    head = before[0] if before else ""
    word = head + (after[0] if after else "")
    if not means_backslashes(word, len(head)):
        return False
    if not silent:
        state.append_pending(state.src[at : at + 2])
    state.pos = at + 2
    return True


def means_backslashes(word: str, at: int) -> bool:
    """Whether the backslash at a place of a word stands for itself."""
    if _DRIVE.match(word) or _SHARE.match(word):
        return True
    if any(_LETTER.match(pair[1]) for pair in _PAIR.finditer(word)):
        return True
    if at and _HIDDEN_FILE.match(word, at - 1):
        return True
    return any(group.start() <= at < group.end() for group in _GROUP.finditer(word))
