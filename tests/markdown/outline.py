"""A tree of blocks as one line that can be written by hand.

`p[…]` paragraph · `h2[…]` title · `code:py[…]` · `math[…]` · `hr` · `ul[a | b]`, `ol3[a | b]` lists
(`*` behind the name: loose; ☐ ☑ before a task) · `table[a | b / 1 | 2]` (with `<^>` for sides) ·
`quote[…]`, `tip[…]` and so on for alerts · `foot:1[…]` footnote · `remark[…]` · `fold[…]` title of
a foldable part. Inside lines: `<b>`, `<i>`, `<s>`, `<c>` code, `<m>` formula, `<sub>`, `<sup>`,
`<kbd>`, `<fn>` footnote sign, `<img>`, `<a=address>`; `⏎` is a new line.
"""

from app.render.tree import (
    Code,
    Formula,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Summary,
    Table,
)

NAMES = {
    Mark.STRONG: "b",
    Mark.EMPHASIS: "i",
    Mark.STRIKE: "s",
    Mark.CODE: "c",
    Mark.MATH: "m",
    Mark.SUBSCRIPT: "sub",
    Mark.SUPERSCRIPT: "sup",
    Mark.KEY: "kbd",
    Mark.NOTE: "fn",
    Mark.IMAGE: "img",
}


def outline(blocks):
    """The blocks side by side."""
    return " ".join(map(_block, blocks))


def line(runs):
    """Some runs."""
    text = ""
    for run in runs:
        names = [name for mark, name in NAMES.items() if run.marks & mark]
        opening = "".join(f"<{name}>" for name in names)
        closing = "".join(f"</{name}>" for name in reversed(names))
        inner = f"{opening}{run.text}{closing}"
        text += f"<a={run.link}>{inner}</a>" if run.link else inner
    return text.replace("\u2028", "⏎")


def _block(block):
    match block:
        case Paragraph(runs):
            return f"p[{line(runs)}]"
        case Heading(level, runs):
            return f"h{level}[{line(runs)}]"
        case Code(language, text):
            name = f"code:{language}" if language else "code"
            return f"{name}[{text}]".replace("\n", "⏎")
        case Formula(text):
            return f"math[{text}]".replace("\n", "⏎")
        case Summary(runs):
            return f"fold[{line(runs)}]"
        case Rule():
            return "hr"
        case Listing(items, start, is_tight):
            name = "ul" if start is None else "ol" if start == 1 else f"ol{start}"
            boxes = {None: "", False: "☐ ", True: "☑ "}
            inner = " | ".join(boxes[item.is_done] + outline(item.blocks) for item in items)
            return f"{name}{'' if is_tight else '*'}[{inner}]"
        case Table(header, alignments, rows):
            lines = " / ".join(" | ".join(map(line, row)) for row in (header, *rows))
            sides = "".join(
                {"": "-", "left": "<", "center": "^", "right": ">"}[a] for a in alignments
            )
            return f"table{sides.replace('-', '')}[{lines}]"
        case Quote(inner, kind):
            return f"{kind or 'quote'}[{outline(inner)}]"
        case Note(label, inner):
            return f"foot:{label}[{outline(inner)}]"
        case Remark(text):
            return f"remark[{text}]"
    raise TypeError(block)
