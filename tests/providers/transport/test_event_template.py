"""Only the word of an event is read when all else in it is known, and it is the right one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.chat_reader import ChatReader
from app.providers.dialects.messages_reader import MessagesReader
from app.providers.errors.error_reply import ErrorReader
from app.providers.transport.event_template import LONGEST, MOST_UNUSED, EventTemplate

WORDS = st.text(
    st.one_of(st.sampled_from('"\\\n\t{}:,ab content\u2028\U0001f30a'), st.characters())
)


def chat(word, **more):
    choice = {"index": 0, "delta": {"content": word}, "finish_reason": None}
    return {"id": "g", "object": "chunk", "choices": [choice], **more}


def block(word):
    return {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "text_delta", "text": word},
    }


@pytest.fixture
def template():
    made = EventTemplate()
    made.learn("", json.dumps(chat("Water")), "content", "Water")
    return made


@given(WORDS, WORDS, st.booleans(), st.sampled_from([(",", ":"), (", ", ": ")]))
def test_the_word_is_what_json_says(first, word, is_ascii, separators):
    def written(value):
        return json.dumps(chat(value), ensure_ascii=is_ascii, separators=separators)

    template = EventTemplate()
    template.learn("", written(first), "content", first)
    assert template.text_of("", written(word)) == word


@given(st.text(max_size=40))
def test_whatever_stands_where_the_word_was_is_read_as_json_or_not_at_all(noise):
    before, after = json.dumps(chat("§"), ensure_ascii=False).split("§")
    template = EventTemplate()
    template.learn("", f"{before}Water{after}", "content", "Water")
    data = f"{before}{noise}{after}"
    try:
        whole = json.loads(data, strict=False)
    except ValueError:
        whole = None
    found = template.text_of("", data)
    assert found is None or whole == chat(found)


def test_an_event_with_other_news_is_not_alike(template):
    assert template.text_of("", json.dumps(chat("Water", usage={"total_tokens": 3}))) is None
    assert template.text_of("", json.dumps(chat("Water") | {"id": "h"})) is None
    assert template.text_of("error", json.dumps(chat("Water"))) is None
    assert template.text_of("", json.dumps(chat('", "x": "'))[:-30]) is None


def test_a_word_that_closes_its_text_is_not_taken_for_one(template):
    before, after = json.dumps(chat("§"), ensure_ascii=False).split("§")
    assert template.text_of("", before + 'a", "refusal": "b' + after) is None
    assert template.text_of("", before + 'a\\"b' + after) == 'a"b'
    assert template.text_of("", before + "a\\" + after) is None
    assert template.text_of("", before + "\\x" + after) is None


def test_a_member_that_stands_twice_is_not_learnt():
    piece = chat("Water", also={"content": "fire"})
    template = EventTemplate()
    template.learn("", json.dumps(piece), "content", "Water")
    assert template.text_of("", json.dumps(piece)) is None


def test_a_long_event_is_not_learnt():
    long = "w" * LONGEST
    template = EventTemplate()
    template.learn("", json.dumps(chat(long)), "content", long)
    assert template.text_of("", json.dumps(chat("Water"))) is None


def test_events_that_are_numbered_are_soon_learnt_no_more(template):
    for number in range(MOST_UNUSED + 1):
        last = json.dumps(chat("Water", created=number))
        assert template.text_of("", last) is None
        template.learn("", last, "content", "Water")
    assert template.text_of("", last) is None


SINGLE = [
    chat("Water"),
    chat("Water", usage=None, provider="Novita", system_fingerprint="fp"),
    {"choices": [{"index": 0, "delta": {"content": "Water", "reasoning_content": None}}]},
]
OTHER = [
    chat("Water", usage={"prompt_tokens": 1}),
    chat("Water", citations=["https://example.org"]),
    chat("Water", error={"message": "no"}),
    {"choices": [{"index": 1, "delta": {"content": "Water"}}]},
    {"choices": [{"index": 0, "delta": {"content": "Water", "reasoning": "because"}}]},
    {"choices": [{"index": 0, "delta": {"content": "Water"}, "finish_reason": "stop"}]},
    {"choices": [{"index": 0, "delta": {"content": "Water"}, "logprobs": {"content": []}}]},
    {"choices": [{"index": 0, "delta": {"content": ["Water"]}}]},
    {"choices": [{"index": 0, "delta": {"content": ""}}]},
    {"choices": [chat("a")["choices"][0]] * 2},
    {},
]


@pytest.fixture
def failures():
    return ErrorReader(Catalogue.bundled().profile("openrouter"))


@pytest.fixture
def reader(failures):
    made = ChatReader((), failures)
    made.feed(chat("First"))
    return made


@pytest.mark.parametrize("piece", SINGLE)
def test_a_piece_that_tells_only_a_word_is_known(reader, piece):
    assert reader.lone_text(piece) == ("content", "Water")


@pytest.mark.parametrize("piece", OTHER)
def test_a_piece_that_tells_more_is_read_whole(reader, piece):
    assert reader.lone_text(piece) is None


def test_pieces_of_the_messages_dialect(failures):
    reader = MessagesReader((), failures)
    assert reader.lone_text(block("Water")) == ("text", "Water")
    assert reader.lone_text(block("")) is None
    assert reader.lone_text({"type": "message_stop"}) is None
    thought = {"type": "thinking_delta", "thinking": "Hm"}
    assert reader.lone_text(block("") | {"delta": thought}) is None


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_said_and_fed_are_the_same(words):
    failures = ErrorReader(Catalogue.bundled().profile("openrouter"))
    fed, said = ChatReader((), failures), ChatReader((), failures)
    wanted, found = [], []
    for reader, events in ((fed, wanted), (said, found)):
        events += reader.feed(chat(words[0]))
    for word in words[1:]:
        wanted += fed.feed(chat(word))
        said.say(word, found)
    for reader, events in ((fed, wanted), (said, found)):
        events += reader.rest()
    assert found == wanted
