import pytest

from app.ui.sidebar.plain_snippet import without_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("…_p) and *Same dice* (seed) - connecting", "…_p) and Same dice (seed) - connecting"),
        ("**bold** and ***both*** and ~~gone~~", "bold and both and gone"),
        ("## Head and text", "Head and text"),
        ("text ### Second head", "text Second head"),
        ("| a | b | |---|:--:| | x | y |", "a b x y "),
        ("see [the page](https://x.y/z) and ![a tide](t.png)", "see the page and a tide"),
        ("run `ls -l` or ```bash ls", "run ls -l or ls"),
        ("- one - two", "one - two"),
        # What only looks like a mark stays.
        ("2 * 3 and a*b", "2 * 3 and a*b"),
        ("snake_case and __init__(self)", "snake_case and __init__(self)"),
        ("ls | wc and a || b", "ls | wc and a || b"),
        ("a > b and C # x", "a > b and C # x"),
        ("度么意思请用中文解释", "度么意思请用中文解释"),
        ("", ""),
    ],
)
def test_a_snippet_is_words(text, shown):
    assert without_markdown(text, []) == (shown, [])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("and **bold** `code` salt wind", "salt"),
        ("the *salt* wind", "salt"),
        ("### a [salt](https://salt.example) b", "salt"),
        ("a * b **", "*"),
        ("…the `x` 😀 **salt**", "salt"),
        ("in_the __init__ of", "__init__"),
    ],
)
def test_the_marks_go_along_and_what_was_found_stays(text, word):
    start = text.index(word)
    shown, marks = without_markdown(text, [(start, start + len(word))])
    assert [shown[a:b] for a, b in marks] == [word]
