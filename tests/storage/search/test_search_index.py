from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversations.conversation import (
    ReasoningPart,
    Role,
    SourcePart,
    TextPart,
    ToolResultPart,
)
from app.storage.search.search_index import SearchIndex
from tests.storage.samples import NOW, conversation, message

TYPED = [
    "C++", "a-b", '"', "hello AND", "NEAR(", "col:x", "*", "(", "NOT", "x:", "\x00", "%", "_",
    "hello OR OR", "'; drop table message;--", "中", "中文",
]  # fmt: skip
"""What people type that a query language would take for its own."""


@pytest.fixture
def index(database):
    index = SearchIndex(database)
    yield index
    index.close()


@pytest.fixture
def store(repository):
    owner = conversation("Lighthouses")
    made = []

    def add(*texts):
        for text in texts:
            made.append(message(owner, text, sequence=len(made) + 1))
            repository.append(made[-1], conversation=owner).result()
        return made

    return add


def texts(hits):
    return [hit.snippet for hit in hits]


def shown(hit):
    return [hit.snippet[start:end] for start, end in hit.marks]


@pytest.mark.parametrize("typed", TYPED)
def test_no_prefix_of_what_is_typed_is_an_error(index, store, typed):
    store("nothing of it")
    for length in range(len(typed) + 1):
        assert isinstance(index.find(typed[:length]), list)


@pytest.mark.parametrize("typed", [text for text in TYPED if text != "\x00"])
def test_what_is_typed_is_found_literally(index, store, typed):
    store(f"before {typed} after", "before and after")
    assert texts(index.find(typed)) == [f"before {typed} after"]


@given(st.text())
def test_nothing_typed_is_ever_an_error(index, typed):
    index.find(typed)


def test_a_hit_says_where_it_is(index, store):
    [stored] = store("The lamp of Alexandria")
    [hit] = index.find("alex")
    assert hit.conversation_id == stored.conversation_id
    assert hit.message_id == stored.id
    assert hit.title == "Lighthouses"
    assert hit.role is Role.USER
    assert hit.created_at == NOW
    assert shown(hit) == ["Alex"]


def test_the_newest_come_first_and_no_more_than_asked_for(index, store):
    store("lamp one", "lamp two", "lamp three")
    assert texts(index.find("lamp")) == ["lamp three", "lamp two", "lamp one"]
    assert texts(index.find("lamp", limit=2)) == ["lamp three", "lamp two"]


def test_all_words_must_be_there_in_any_order(index, store):
    store("red lamp", "lamp, red as blood", "red", "lamp")
    assert texts(index.find("red lamp ")) == ["lamp, red as blood", "red lamp"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("light", True),
        ("light ", False),  # the word is finished
        ("lighthouse ", True),
        ("house", False),
        ("keeper light", True),
        ("light keeper", False),
        ("l", False),  # one letter alone waits for the second
        ("lights", False),
    ],
)
def test_only_the_last_word_may_go_on(index, store, query, found):
    store("lighthouse keeper")
    assert bool(index.find(query)) is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"red lamp"', True),
        ('"lamp red"', False),
        ('"red lam"', False),
        ('"red lam', True),
        ('"red  lamp" the', True),
        ('"RED LAMP"', True),
        ("“red lamp”", True),
    ],
)
def test_a_phrase_is_found_in_its_order(index, store, query, found):
    store("the red lamp")
    assert bool(index.find(query)) is found


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("東京都に行く", "京都"),
        ("東京都に行く", "京"),
        ("これは日本語です", "本語"),
        ("カタカナで書く", "タカ"),
        ("서울대학교", "대학"),
        ("ภาษาไทย", "ไทย"),
        ("中文字幕", "中文"),
    ],
)
def test_a_part_of_a_run_without_blanks_is_found(index, store, text, query):
    store(text, "something else")
    [hit] = index.find(query)
    assert shown(hit) == [query]


@pytest.mark.parametrize(
    ("text", "query", "mark"),
    [
        ("Hauptstraße 5", "hauptstrasse", "Hauptstraße"),
        ("STRASSE", "straße", "STRASSE"),
        ("a café here", "cafe", "café"),
        ("a cafe here", "café", "cafe"),
        ("cafe\u0301 here", "café ", "cafe\u0301"),
        ("Ångström", "angstrom", "Ångström"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("don’t stop", "don't", "don’t"),
    ],
)
def test_case_and_accents_do_not_matter(index, store, text, query, mark):
    store(text)
    [hit] = index.find(query)
    assert shown(hit) == [mark]


@pytest.mark.parametrize(
    ("text", "query"),
    [("call message.send now", "send"), ("a foo_bar b", "bar"), ("key:value", "value")],
)
def test_the_parts_of_a_dotted_name_are_found(index, store, text, query):
    store(text)
    [hit] = index.find(query)
    assert shown(hit) == [query]


def test_punctuation_must_stand_as_it_was_typed(index, store):
    store("I write C++", "I write C", "vitamin c")
    assert texts(index.find("C++")) == ["I write C++"]
    assert len(index.find("c ")) == 3


def test_a_word_that_differs_in_more_than_accents_is_framed_by_the_index(index, store):
    store("they didn't go")
    [hit] = index.find("didnt")
    assert hit.snippet == "they didn't go"
    assert shown(hit) == ["didn't"]


def test_a_snippet_of_a_long_text_is_short_and_shows_the_word(index, store):
    store("lorem\nipsum " * 5000 + "needle\tin hay" + " dolor" * 5000)
    [hit] = index.find("needle")
    assert len(hit.snippet) < 250
    assert shown(hit) == ["needle"]
    assert "\n" not in hit.snippet
    assert "\t" not in hit.snippet


def test_an_edited_message_is_found_by_its_new_words_only(index, store, repository):
    [stored] = store("the old words")
    repository.replace(replace(stored, parts=(TextPart("the new ones"),))).result()
    assert index.find("old") == []
    assert texts(index.find("new")) == ["the new ones"]


def test_reasoning_is_not_searched(index, store, repository):
    [stored] = store("visible")
    thought = (ReasoningPart("secretly"), TextPart("visible"))
    repository.replace(replace(stored, parts=thought)).result()
    assert texts(index.find("visible")) == ["visible"]
    assert index.find("secretly") == []
    assert index.find("kind") == []  # the parts are JSON; only their text is indexed


def test_many_words_are_cut_and_still_searched(index, store):
    store("word")
    assert index.find("word " * 100_000) != []
    assert index.find("") == []
    assert index.find("   ") == []


def test_a_message_is_found_by_the_pages_it_cites_and_by_what_a_tool_said(index, repository):
    owner = conversation("Weather")
    cited = replace(
        message(owner, "Snow.", sequence=1),
        parts=(TextPart("Snow."), SourcePart("https://a.test/x", "Meteorological office")),
    )
    told = replace(
        message(owner, "", sequence=2), role=Role.TOOL, parts=(ToolResultPart("c", "Sleet"),)
    )
    for made in (cited, told):
        repository.append(made, conversation=owner).result()
    assert [hit.message_id for hit in index.find("meteorological")] == [cited.id]
    assert [hit.message_id for hit in index.find("sleet")] == [told.id]
