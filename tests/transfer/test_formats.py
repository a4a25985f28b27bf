"""An export format is one file in a folder."""

import sys
from datetime import UTC, datetime

import pytest

from app.core.conversations.conversation import Conversation
from app.transfer import FORMATS, formats, known_formats
from app.transfer.format import named_only

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TITLES = """
from app.transfer.format import Format

FORMAT = Format("title", "Title alone", ".title", lambda conversation, *_: conversation.title)
"""


@pytest.fixture
def one_more(tmp_path, monkeypatch):
    """A file more in the folder of formats."""
    (tmp_path / "title.py").write_text(TITLES)
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    yield
    sys.modules.pop(f"{formats.__name__}.title", None)


def test_markdown_is_offered_first():
    assert next(iter(FORMATS)) == "markdown"


def test_every_format_has_a_suffix_of_its_own():
    assert len({form.suffix for form in FORMATS.values()}) == len(FORMATS) >= 2


def test_a_format_is_there_when_its_file_is(one_more):
    found = known_formats()
    assert list(found) == [*FORMATS, "title"]
    assert found["title"].text(Conversation("c", "Tides", NOW, NOW), [], named_only) == "Tides"
