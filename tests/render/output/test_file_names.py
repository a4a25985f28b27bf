"""Names for saved code."""

import pytest

from app.render.output.file_names import suggested_name


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("python", "code.py"),
        ("Python3", "code.py"),
        (" c++ ", "code.cpp"),
        ("dockerfile", "Dockerfile"),
        ("", "code.txt"),
        ("klingon", "code.txt"),
        ("../../etc/passwd", "code.txt"),
        ("title=/root/.bashrc", "code.txt"),
    ],
)
def test_a_name_comes_from_the_table_only(language, name):
    assert suggested_name(language) == name
