from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Message, TextPart
from app.core.errors import RefusedError
from app.core.models.provider import Request
from app.core.models.tool import Tool
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.body import (
    Habits,
    data_url,
    file_bytes,
    file_text,
    finished_body,
    said_turns,
)
from app.providers.dialects.dialect import DIALECTS

Ask = Callable[..., Request]
Say = Callable[..., Message]
PNG = Attachment("aa", "cat.png", "image/png", 3)
PDF = Attachment("bb", "a.pdf", "application/pdf", 3)


def test_system_text_stands_beside_the_turns_or_leads_them(catalogue: Catalogue, ask: Ask) -> None:
    profile = catalogue.profile("openrouter")
    request = ask(system="Be brief.")
    turns, system = said_turns(request, profile, Habits())
    assert ([turn.text for turn in turns], system) == (["Hi"], "Be brief.")
    turns, system = said_turns(request, profile, Habits(takes_system=False))
    assert ([turn.text for turn in turns], system) == (["Be brief.\n\nHi"], "")
    turns, system = said_turns(ask(system=" \n"), profile, Habits())
    assert ([turn.text for turn in turns], system) == (["Hi"], "")


def test_nothing_said_is_nothing_to_send(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    with pytest.raises(RefusedError, match="nothing to send"):
        said_turns(ask(messages=[say("  ")]), catalogue.profile("openrouter"), Habits())


def test_raw_json_comes_last(catalogue: Catalogue, ask: Ask) -> None:
    request = ask(parameters={"raw": {"a": 1, "b": 1}}, raw={"b": 2})
    body = finished_body({"a": 0, "c": 3}, request, catalogue.profile("openrouter"))
    assert body == {"a": 1, "b": 2, "c": 3}


def test_files_are_refused_where_they_are_not_taken(
    catalogue: Catalogue, ask: Ask, say: Say
) -> None:
    parts = (TextPart("Look"), AttachmentPart(PNG))
    request = ask(messages=[say("", parts=parts)], blobs={"aa": b"abc", "bb": b"abc"})
    profile = catalogue.profile("openrouter")
    assert file_bytes(PNG, request, profile) == b"abc"
    with pytest.raises(RefusedError, match="PDF files"):
        file_bytes(PDF, request, profile)
    deaf = replace(request, model=replace(request.model, inputs=("text",)))
    with pytest.raises(RefusedError, match="pictures"):
        file_bytes(PNG, deaf, profile)


def test_files_become_texts_and_data_urls() -> None:
    assert data_url(PNG, b"abc") == "data:image/png;base64,YWJj"
    note = Attachment("cc", "a\nb.txt", "text/plain", 2)
    assert file_text(note, b"Hi") == "File “a b.txt”:\n\nHi"


CITY: dict[str, Any] = {"type": "object", "properties": {"city": {"type": "string"}}}


@pytest.mark.parametrize(
    ("dialect", "function"),
    [
        (
            "chat",
            {
                "type": "function",
                "function": {"name": "weather", "description": "Tells it.", "parameters": CITY},
            },
        ),
        (
            "responses",
            {
                "type": "function",
                "name": "weather",
                "description": "Tells it.",
                "parameters": CITY,
            },
        ),
        ("messages", {"name": "weather", "description": "Tells it.", "input_schema": CITY}),
    ],
)
def test_tools_and_the_search_of_the_provider_stand_side_by_side(
    catalogue: Catalogue, ask: Ask, dialect: str, function: dict[str, Any]
) -> None:
    profile = catalogue.profile("openrouter")
    request = ask(tools=[Tool("weather", "Tells it.", CITY)], parameters={"web_search": True})
    body, notices = DIALECTS[dialect].prepare(request, profile, Habits())
    if dialect == "messages":
        assert body["tools"] == [function]
        assert any("Search the web" in notice.text for notice in notices)
    else:
        assert body["tools"] == [function, {"type": "openrouter:web_search"}]
    assert "web_search" not in body


def test_without_tools_there_is_no_list_of_tools(catalogue: Catalogue, ask: Ask) -> None:
    for dialect in DIALECTS.values():
        request = ask(parameters={"web_search": False})
        assert "tools" not in dialect.prepare(request, catalogue.profile("openrouter"), Habits())[0]


def test_details_of_a_search_come_from_raw_json(catalogue: Catalogue, ask: Ask) -> None:
    narrowed = {"type": "openrouter:web_search", "parameters": {"allowed_domains": ["a.test"]}}
    request = ask(
        tools=[Tool("weather", "", CITY)],
        parameters={"web_search": True},
        raw={"tools": [narrowed]},
    )
    for dialect in ("chat", "responses"):
        body = DIALECTS[dialect].prepare(request, catalogue.profile("openrouter"), Habits())[0]
        assert len(body["tools"]) == 2
        assert body["tools"][1] == narrowed


def test_a_route_that_refuses_what_it_does_not_list_is_not_given_tools(
    catalogue: Catalogue, ask: Ask
) -> None:
    request = ask("practice/practice-1", tools=[Tool("weather", "", CITY)])
    with pytest.raises(RefusedError, match="does not take tools") as refused:
        finished_body({}, request, catalogue.profile("practice"))
    assert refused.value.parameter == "tools"
    able = replace(request, model=replace(request.model, abilities=("tools",)))
    assert finished_body({}, able, catalogue.profile("practice"))["tools"]
