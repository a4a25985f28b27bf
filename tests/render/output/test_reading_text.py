"""What a person reads."""

from app.render.markdown.parser import parse
from app.render.output.reading_text import text_of
from app.render.tree import Note, Paragraph, Quote, Run, Summary

SOURCE = """\
# A *title*

Some **bold** and `code` with a [link](https://example.org/).

- one
- two
  1. deep
  2. deeper
- [x] done

> quoted
>
> twice

```py
\tx = 1
```

| a | b |
|---|---|
| 1 | 2 |

---

$$
a^2
$$
"""

READ = """\
A title

Some bold and code with a link.

- one
- two
  1. deep
  2. deeper
- [x] done

> quoted
>
> twice

\tx = 1

a\tb
1\t2

---"""


def test_marks_are_gone_and_the_words_stay():
    assert text_of(parse(SOURCE)).startswith(READ)


def test_loose_lists_have_blank_lines():
    assert text_of(parse("3. a\n\n4. b")) == "3. a\n\n4. b"


def test_line_breaks_stay():
    assert text_of(parse("- a\n  b\n- c")) == "- a\n  b\n- c"


def test_footnotes_and_boxes_say_what_they_are():
    inner = (Paragraph((Run("Mind it."),)),)
    assert text_of((Quote(inner, "warning"),)) == "> Warning\n> Mind it."
    assert text_of((Note("1", inner),)) == "1. Mind it."


def test_the_title_of_a_foldable_part():
    assert text_of((Summary((Run("Hint"),)), Summary(()))) == "Hint\n\nDetails"
