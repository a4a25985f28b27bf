import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers.dialects.picture_splitter import Picture, PictureSplitter

PNG = "data:image/png;base64," + "iVBORw0KGgo" * 30 + "="


def split(*pieces: str) -> tuple[str, list[str]]:
    """The text and the pictures of an answer that comes in these pieces."""
    subject = PictureSplitter()
    found = [said for piece in pieces for said in subject.feed(piece)] + subject.flush()
    text = "".join(said for said in found if type(said) is not Picture)
    return text, [said for said in found if type(said) is Picture]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"![image]({PNG})", ""),
        (f"Here it is:\n\n![a cat]({PNG})\n\nLike it?", "Here it is:\n\n\n\nLike it?"),
        (f"![]({PNG})", ""),
        (f"Look![a! b]({PNG})", "Look"),
        (f'![x](<{PNG}> "A title")!', "!"),
        (f"![x]({PNG} 'T').", "."),
        (f"`code` ![x]({PNG})", "`code` "),
        (f"```\ncode\n```\n![x]({PNG})", "```\ncode\n```\n"),
        (f"![x]({PNG.replace('data:image/png', 'DATA:image/PNG')})", ""),
        (f"![x]({PNG.replace(';base64', ';name=a.png;base64')})", ""),
        (f"![x]({PNG[:90]}\n{PNG[90:]})", ""),
        (f"![x]({PNG}) and ![y]({PNG})", " and "),
        (f"Here: {PNG}", "Here: "),
        (f"{PNG}\nLike it?", "\nLike it?"),
        (f"({PNG})", "()"),
        (f'<img src="{PNG}">', ""),
        (f"Look <IMG alt='a cat' width=3 src='{PNG}' /> there", "Look  there"),
        (f"<img src={PNG}>", ""),
    ],
)
def test_a_picture_is_taken_out_of_the_text(text: str, rest: str) -> None:
    said, pictures = split(text)
    assert said == rest
    assert pictures
    assert {picture.lower() for picture in pictures} <= {
        PNG.lower(),
        PNG.replace(";base64", ";name=a.png;base64").lower(),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Hello! [x](y) ![x](https://example.org/a.png) done!",
        f"Write `![x]({PNG})` for that.",
        f"```markdown\n![x]({PNG})\n```",
        f"~~~\n![x]({PNG})\n~~~",
        f"Write `{PNG}` for that.",
        f"```html\n<img src='{PNG}'>\n```",
        "It begins with data:image/png;base64,iVBOR and so on",
        f"{PNG}...",
        "metadata:image/png and update: d, da, dat, data, data:",
        "<img src='https://example.org/a.png'> is a tag, <i> too",
        "a < b, c <= d and <",
        "![x](data:image/png;base64,",
        "![x](data:image/png;base64,and so on. The rest of it)",
        "![x](data:image/png;base64,)",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![x](data:text/plain;base64,aGk=)",
        "![x](data:image/svg+xml;utf8,<svg/>)",
        "!" * 50 + "![" * 50 + "![x](data:ima",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert split(text) == (text, [])
    assert split(*text) == (text, [])


PARTS = st.sampled_from(
    [
        PNG,
        "![x](",
        f"![image]({PNG})",
        "![",
        "!",
        "](",
        ")",
        "`",
        "```\n",
        "\n",
        " a ",
        '"t"',
        "<",
        "d",
        "data:image/",
        '<img src="',
        '">',
    ]
)


@given(st.lists(PARTS, max_size=12), st.lists(st.integers(0, 3000), max_size=8))
def test_it_does_not_matter_where_the_text_is_cut(parts: list[str], cuts: list[int]) -> None:
    text = "".join(parts)
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [text[a:b] for a, b in itertools.pairwise(places)]
    assert split(*pieces) == split(text)
    assert split(*text) == split(text)


def test_no_more_is_held_back_than_may_begin_a_picture() -> None:
    subject = PictureSplitter()
    assert subject.feed("Hello! How") == ["Hello! How"]
    assert subject.feed(" are ![you") == [" are "]
    assert subject.feed(" there] fine") == ["![you there] fine"]


def test_a_picture_that_broke_off_is_kept_as_far_as_it_came() -> None:
    text, pictures = split("See ![x](data:image/png;base64," + "A" * 5000)
    assert text == "See "
    assert len(pictures) == 1


@pytest.mark.parametrize(
    "unit", ["![", "!", "![x](", "`", "![x](data:image/png;base64,A", "\n!", "<img ", "d", " data:"]
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    pieces = [text[start : start + 7] for start in range(0, len(text), 7)]
    began = time.process_time()
    split(*pieces)
    split(text)
    assert time.process_time() - began < 8
