"""Brings our tree and the HTML of a specification to one shape, so that they can be compared.

A block is a tuple that begins with its kind; running text is a tuple of (text, marks, address).
"""

from html.parser import HTMLParser

from app.render.tree import (
    Code,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Rule,
    Table,
)

MARKS = {"em": "em", "strong": "strong", "code": "code", "del": "del", "s": "del"}
BREAK = "\u2028"
VOID = {"br", "hr", "img"}


class Node:
    def __init__(self, tag, attributes=()):
        self.tag, self.attributes, self.children = tag, dict(attributes), []


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.stack = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag, attrs):
        self.stack[-1].children.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.stack.pop().tag == tag

    def handle_data(self, data):
        self.stack[-1].children.append(data)


def of_html(html):
    """The shape of some HTML."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return _blocks(builder.root.children)


def _blocks(children):
    found, loose = [], []

    def flush():
        runs = _joined(_inline(loose))
        if runs:
            found.append(("p", runs))
        loose.clear()

    for child in children:
        tag = getattr(child, "tag", "")
        if tag in ("p", "ul", "ol", "blockquote", "pre", "hr") or (
            tag[:1] == "h" and tag[1:].isdigit()
        ):
            flush()
            found.append(_block(child))
        else:
            loose.append(child)
    flush()
    return tuple(found)


def _block(node):
    tag = node.tag
    if tag == "p":
        return ("p", _joined(_inline(node.children)))
    if tag == "hr":
        return ("hr",)
    if tag == "blockquote":
        return ("quote", _blocks(node.children))
    if tag == "pre":
        code = node.children[0]
        language = code.attributes.get("class", "").removeprefix("language-")
        return ("code", language, "".join(code.children).removesuffix("\n"))
    if tag in ("ul", "ol"):
        start = int(node.attributes.get("start", 1)) if tag == "ol" else None
        items = [child for child in node.children if getattr(child, "tag", "") == "li"]
        is_loose = any(getattr(part, "tag", "") == "p" for item in items for part in item.children)
        return ("list", start, is_loose, tuple(_blocks(item.children) for item in items))
    return (tag, _joined(_inline(node.children)))


def _inline(children, marks=frozenset(), link=""):
    for child in children:
        if isinstance(child, str):
            yield child, marks, link
        elif child.tag == "br":
            yield BREAK, frozenset(), ""
        elif child.tag == "img":
            alt = child.attributes.get("alt") or ""
            yield f"[{alt}]", marks | {"img"}, child.attributes["src"]
        elif child.tag == "a":
            yield from _inline(child.children, marks, child.attributes["href"])
        else:
            yield from _inline(child.children, marks | {MARKS[child.tag]}, link)


def _joined(parts):
    """Neighbours that are set alike as one; every break bare, without spaces or newlines beside it,
    and none at the ends. (We break a line where the specification may: chats are written so.)"""
    found = []
    for text, marks, link in parts:
        for at, line in enumerate(text.replace(BREAK, "\n").split("\n")):
            if at and found and found[-1] != ("\n",):
                found.append(("\n",))
            if at or (found and found[-1] == ("\n",)):
                line = line.lstrip(" ")
            if line:
                found.append((line, marks, link))
    while found and found[-1] == ("\n",):
        found.pop()
    joined = []
    for part in found:
        if joined and len(part) > 1 and joined[-1][1:] == part[1:]:
            joined[-1] = (joined[-1][0] + part[0], *part[1:])
        else:
            joined.append(part)
    return tuple(joined)


NAMES = {Mark.STRONG: "strong", Mark.EMPHASIS: "em", Mark.STRIKE: "del", Mark.CODE: "code"}


def of_runs(runs):
    """The shape of some runs."""
    parts = []
    for run in runs:
        marks = frozenset(name for mark, name in NAMES.items() if run.marks & mark)
        if run.marks & Mark.IMAGE:
            alt = run.text.rpartition("[image: ")[0].removesuffix(" ")
            parts.append((f"[{alt}]", marks | {"img"}, run.hint))
        else:
            parts.append((run.text, marks, run.hint))
    return _joined(parts)


def of_blocks(blocks):
    """The shape of some blocks of ours."""
    return tuple(_of_block(block) for block in blocks)


def _of_block(block):
    match block:
        case Paragraph(runs):
            return ("p", of_runs(runs))
        case Heading(level, runs):
            return (f"h{level}", of_runs(runs))
        case Code(language, text):
            return ("code", language, text)
        case Rule():
            return ("hr",)
        case Quote(inner):
            return ("quote", of_blocks(inner))
        case Listing(items, start, is_tight):
            is_loose = not is_tight
            return ("list", start, is_loose, tuple(of_blocks(item.blocks) for item in items))
        case Note(label, inner):
            return ("note", label, of_blocks(inner))
        case Table(header, _, rows):
            return ("table", tuple(tuple(map(of_runs, row)) for row in (header, *rows)))
    return (type(block).__name__, getattr(block, "text", ""))
