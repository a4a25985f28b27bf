from typing import Any

import pytest

from app.core.conversations.events import Finished, Noticed, TextAdded
from app.core.errors import ProtocolError, UnavailableError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects import reader as shared
from app.providers.dialects.dialect import DIALECTS
from app.providers.dialects.reader import Reader
from app.providers.errors.error_reply import ErrorReader

SAID: dict[str, Any] = {
    "chat": {"choices": [{"delta": {"content": "Hello you"}}]},
    "responses": {"type": "response.output_text.delta", "output_index": 0, "delta": "Hello you"},
    "messages": {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "text_delta", "text": "Hello you"},
    },
}


@pytest.fixture(params=sorted(DIALECTS))
def subject(request: pytest.FixtureRequest) -> tuple[str, Reader]:
    failures = ErrorReader(Catalogue.bundled().profile("openrouter"), "m")
    name = request.param
    return name, DIALECTS[name].reader((), failures)


def test_nothing_at_all_is_a_broken_connection(subject: tuple[str, Reader]) -> None:
    with pytest.raises(UnavailableError):
        subject[1].finish(has_marker=False)


def test_words_without_an_end_are_a_cut(subject: tuple[str, Reader]) -> None:
    name, reader = subject
    assert TextAdded("Hello you") in reader.feed(SAID[name])
    (last,) = [e for e in reader.finish(has_marker=False) if isinstance(e, Finished)]
    assert last.state == "cut_off"


def test_a_marker_alone_ends_what_names_no_reason(subject: tuple[str, Reader]) -> None:
    name, reader = subject
    reader.feed(SAID[name])
    (last,) = [e for e in reader.finish(has_marker=True) if isinstance(e, Finished)]
    assert (last.state, last.finish_reason) == ("done", "unknown")


def test_what_is_no_object_is_counted(subject: tuple[str, Reader]) -> None:
    reader = subject[1]
    assert [reader.feed(piece) for piece in (None, 3)] == [[], []]
    (notice,) = reader.rest()
    assert isinstance(notice, Noticed)
    assert notice.text.startswith("2 damaged events")
    assert reader.whole("text") == []
    assert reader.failure is not None


def test_no_answer_may_grow_without_end(
    subject: tuple[str, Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "MAX_CHARACTERS", 12)
    name, reader = subject
    reader.feed(SAID[name])
    assert reader.failure is None
    reader.feed(SAID[name])
    assert isinstance(reader.failure, ProtocolError)
