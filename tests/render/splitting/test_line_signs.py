"""What the beginnings of lines say."""

import pytest

from app.render.splitting.line_signs import NOTE, alert_of, indent_of, language_of


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("python", "python"),
        (" py  title", "py"),
        ("python:src/a.py", "python"),
        ("ts{1,3}", "ts"),
        ("{.python}", ""),
        ("c++", "c++"),
        ("objective-c", "objective-c"),
        ("f&ouml;&ouml;", "föö"),
        ("foo\\+bar", "foo+bar"),
        ("x" * 100, "x" * 40),
        ("", ""),
        ("py\x1bthon", "py\u241bthon"),
    ],
)
def test_languages(info, language):
    assert language_of(info) == language


@pytest.mark.parametrize(
    ("line", "columns"), [("a", 0), ("  a", 2), ("\ta", 4), ("  \ta", 4), (" \t a", 5), ("", 0)]
)
def test_indents(line, columns):
    assert indent_of(line) == columns


@pytest.mark.parametrize(
    ("line", "kind"),
    [("[!NOTE]", "note"), ("[!Tip]  ", "tip"), ("[!FOO]", ""), ("[!NOTE] x", ""), ("NOTE", "")],
)
def test_alerts(line, kind):
    assert alert_of(line) == kind


def test_notes():
    assert NOTE.match("[^a-1]: x")[1] == "a-1"
    assert NOTE.match("[^a b]: x") is None
    assert NOTE.match("[a]: x") is None
