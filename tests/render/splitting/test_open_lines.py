"""Where open lines end: each kind of block, and the places where a long one may be cut."""

import pytest

from app.render.splitting.chunk import Kind
from app.render.splitting.open_lines import OpenLines
from app.render.splitting.splitter import Splitter, split


def sources(text):
    return [chunk.source for chunk in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[^1]: a\n\n    b\n\nc", ["[^1]: a\n\n    b", "c"]),
        ("[^1]: a\n[^2]: b", ["[^1]: a", "[^2]: b"]),
        ("text\n[^1]: a", ["text", "[^1]: a"]),
        ("- a\n\n\tb\nc", ["- a\n\n\tb\nc"]),
        ("1. a\n  - b\n2. c", ["1. a\n  - b\n2. c"]),
        ("$$x$$ is\n$$\ny\n$$", ["$$x$$ is", "y"]),
        ("\\[\n\na\n\\]", ["a"]),
        ("\\[a](b)", ["\\[a](b)"]),
    ],
)
def test_where_blocks_end(text, expected):
    assert sources(text) == expected


def test_chunks_know_where_they_begin():
    text = "a\nb\n\n```\nx\n```\n| h |\n|---|\n| c |\n\n- l"
    assert [chunk.line for chunk in split(text)] == [0, 4, 6, 10]


def test_a_copy_can_try_lines_without_harm():
    lines = OpenLines()
    lines.line("- a")
    twin = lines.fork()
    twin.line("- b")
    twin.end()
    lines.end()
    assert [chunk.source for chunk in twin.taken()] == ["- a\n- b"]
    assert [chunk.source for chunk in lines.taken()] == ["- a"]


def test_the_empty_formula_is_text():
    (chunk,) = split("$$")
    assert (chunk.kind, chunk.source) == (Kind.TEXT, "$$")


HABITS = {
    "inner": (
        "Here:\n\n```markdown\n# T\n\n```bash\nls\n```\n\nmore\n```\n\nAfter *it*.",
        [("", "Here:"), ("markdown", "# T\n\n```bash\nls\n```\n\nmore"), ("", "After *it*.")],
    ),
    "two inner": (
        "```md\n```js\na\n```\n```py\nb\n```\n```\nend",
        [("md", "```js\na\n```\n```py\nb\n```"), ("", "end")],
    ),
    "longer": (
        "````markdown\n```bash\nls\n```\n````\nend",
        [("markdown", "```bash\nls\n```"), ("", "end")],
    ),
    "late": (
        "Run this: ```bash\nls\n```\nthen that",
        [("", "Run this:"), ("bash", "ls"), ("", "then that")],
    ),
    "late in a paragraph": (
        "First.\nRun this ```c++\nx\n```",
        [("", "First.\nRun this"), ("c++", "x")],
    ),
    "glued": (
        '```python\nprint("hi")```\n\nAfter.',
        [("python", 'print("hi")'), ("", "After.")],
    ),
    "glued later": ("```\na\nb;```\nAfter.", [("", "a\nb;"), ("", "After.")]),
    "no habit: code in a line": ("use ```x``` here\nand", [("", "use ```x``` here\nand")]),
    "no habit: signs in code": (
        "```js\nconst a = `b`;\nx = `${y}`\n```\nend",
        [("js", "const a = `b`;\nx = `${y}`"), ("", "end")],
    ),
    "no habit: another language": (
        "```text\n```bash\nls\n```\nend",
        [("text", "```bash\nls"), ("", "end")],
    ),
}


@pytest.mark.parametrize("name", HABITS)
def test_habits_of_models_are_mended_however_the_text_arrives(name):
    source, expected = HABITS[name]
    assert [(c.language, c.source) for c in split(source)] == expected
    for size in (1, 2, 3, 7):
        splitter = Splitter()
        chunks = []
        for at in range(0, len(source), size):
            chunks += splitter.feed(source[at : at + size])
            shown = [c for c in chunks + splitter.tail() if c.language == "python"]
            assert not any("`" in c.source for c in shown)
        chunks += splitter.finish()
        assert chunks == split(source)
