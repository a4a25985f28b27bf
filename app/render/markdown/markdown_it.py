"""The markdown-it reader, set up once: CommonMark without HTML, and what models write beside."""

from __future__ import annotations

import re
from functools import lru_cache

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from app.render.markdown import backslashes, block_rules, inline_rules, table_rule

DEEPEST = 32
"""Lists and quotes inside each other; deeper text is shown as it was written."""
LEVELS = DEEPEST * 2 + 4
"""The same in markdown-it's own counting: a list and its entry are two."""

_WIDE_SIGN = re.compile(
    "[\u3000-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…]"
)
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u31ff"
    "\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
"""Letters that follow a word without a space between."""
_MIXED = re.compile(rf"[/?&=#.:~+_-][A-Za-z0-9%][^\s/?&=#.:~+_{_UNSPACED}-]*([{_UNSPACED}])")
"""A word of an address that goes on in such letters: they are the next word of the sentence."""
_REST_OF_HOST = re.compile(rf"[\w{_UNSPACED}-]*\.[A-Za-z]")
_BARE = re.compile(r"[A-Za-z0-9 .,;%()+/-]*")
"""Words in which nothing can be a mark or an address."""
_SIGN = re.compile(r"[\n$&*:<\[\\\]!_`~]")
"""What a rule of ours may begin with inside a line."""
_INTERRUPTED = ["paragraph", "reference", "blockquote", "list"]


@lru_cache(1)
def reader() -> MarkdownIt:
    """The reader; built when first asked for."""
    made = MarkdownIt(
        "commonmark", {"html": False, "linkify": True, "maxNesting": LEVELS, "breaks": True}
    )
    made.enable(["table", "strikethrough", "linkify"])
    made.core.ruler.at("inline", _inline)
    made.block.ruler.at("table", table_rule.table, {"alt": _INTERRUPTED[:2]})
    made.block.ruler.before("fence", "formula", block_rules.formula, {"alt": _INTERRUPTED})
    made.block.ruler.before("reference", "note", block_rules.note, {"alt": _INTERRUPTED[:2]})
    made.inline.ruler.at("text", _text)
    made.inline.ruler.at("emphasis", inline_rules.emphasis)
    made.inline.ruler.before("escape", "backslash", backslashes.escape)
    made.inline.ruler.before("backslash", "formula", inline_rules.formula)
    made.inline.ruler.before("link", "note_sign", inline_rules.note_sign)
    made.inline.ruler.before("autolink", "tag", inline_rules.tag)
    made.inline.ruler.before("note_sign", "dense", inline_rules.dense_brackets)
    made.validateLink = _is_readable  # type: ignore[method-assign]
    assert made.linkify is not None
    made.linkify.add("http:", {"validate": _length_of_address})
    made.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for scheme in ("ftp:", "//", "mailto:"):
        made.linkify.add(scheme, None)
    return made


def _inline(state: StateCore) -> None:
    """Reads what stands inside lines; bare words, as in most cells of a table, need no reading."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.content and _BARE.fullmatch(token.content):
            token.children = [Token("text", "", 0, content=token.content)]
        else:
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _text(state: StateInline, silent: bool) -> bool:
    """Takes what stands before the next sign; the reader's own rule stops at more of them."""
    found = _SIGN.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _is_readable(url: str) -> bool:
    """Every address is read as one, so that its label stands alone; which may be opened is told
    by `links.is_openable` when the runs are made."""
    return True


def _length_of_address(_: LinkifyIt, text: str, at: int) -> int:
    """How far a bare address goes: as linkify says, but never over a sign of CJK text, nor from a
    Latin word into CJK letters."""
    sign = _WIDE_SIGN.search(text, at)
    end = sign.start() if sign else len(text)
    for mixed in _MIXED.finditer(text, at, end):
        before = text[at : mixed.start(1)]
        is_host = before.count("/") <= 2
        is_name = is_host and _REST_OF_HOST.match(text, mixed.start(1), end)
        if not is_name and "/wiki/" not in before:
            end = mixed.start(1)
            break
    return int(_plain_linkify().test_schema_at(text[:end], "http:", at))


@lru_cache(1)
def _plain_linkify() -> LinkifyIt:
    return LinkifyIt()
