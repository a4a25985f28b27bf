"""`facet ask` talking to Practice; talking to providers is in tests/wire."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import make_core, opened_database
from app.cli import ask
from app.paths import folders

QUESTION = "What does temperature do?"


def _text(events: list[dict[str, Any]]) -> str:
    return "".join(event["text"] for event in events if event["event"] == "text")


def test_practice_answers_in_json_with_a_finished_event_last(facet: Any) -> None:
    events = facet.objects("ask", "--json", "--set", "temperature=0", QUESTION)
    assert facet.status == 0
    last = events[-1]
    assert (last["event"], last["state"], last["error"]) == ("finished", "done", None)
    assert "temperature" in _text(events).lower()
    assert last["usage"]["output_tokens"] > 0
    assert last["cost"]["amount"] == 0
    assert last["request"]["temperature"] == 0
    assert "top_p" not in last["request"]


def test_the_same_seed_gives_the_same_answer_and_another_variety_another(facet: Any) -> None:
    first = _text(facet.objects("ask", "--json", "--set", "seed=7", QUESTION))
    second = _text(facet.objects("ask", "--json", "--set", "seed=7", QUESTION))
    bold = _text(
        facet.objects("ask", "--json", "--set", "seed=7", "--set", "temperature=1.6", QUESTION)
    )
    assert first == second
    assert bold != first


def test_without_json_the_answer_is_plain_text(facet: Any) -> None:
    said = facet("ask", "--set", "temperature=0", QUESTION)
    assert facet.status == 0
    assert said.endswith("\n")
    assert '"event"' not in said
    assert facet.complaints == ""


def test_the_question_can_come_from_input(facet: Any) -> None:
    said = facet("ask", "-", typed=QUESTION)
    assert facet.status == 0
    assert said.strip()


def test_a_length_limit_ends_as_cut_off(facet: Any) -> None:
    events = facet.objects("ask", "--json", "--set", "max_tokens=5", QUESTION)
    assert (facet.status, events[-1]["state"]) == (3, "cut_off")
    assert events[-1]["finish_reason"] == "length"


def test_what_was_asked_is_in_the_history_unless_not_stored(facet: Any) -> None:
    facet("ask", "--set", "max_tokens=5", "--no-store", QUESTION)
    assert facet("list") == ""
    facet("ask", "--set", "max_tokens=5", QUESTION)
    assert QUESTION in facet("list")


def test_a_conversation_goes_on(facet: Any) -> None:
    first = facet.objects("ask", "--json", "--set", "max_tokens=5", QUESTION)[-1]
    again = facet.objects(
        "ask", "--json", "--conversation", first["conversation"], "And what is top_p?"
    )[-1]
    assert again["conversation"] == first["conversation"]
    assert [message["role"] for message in again["request"]["messages"]] == [
        "user",
        "assistant",
        "user",
    ]


def test_instructions_are_sent_as_the_system_message(facet: Any) -> None:
    last = facet.objects("ask", "--json", "--system", "Be kind.", QUESTION)[-1]
    assert last["request"]["messages"][0] == {"role": "system", "content": "Be kind."}


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--set", "temperature"], "name=value"),
        (["--set", "warmth=1"], "warmth"),
        (["--set", "temperature=hot"], "temperature"),
        (["--set", "raw=[1]"], "JSON object"),
        (["--set", "raw={"], "not JSON"),
        (["--provider", "nobody"], "nobody"),
        (["--base-url", "api.example.test/v1", "--model", "m"], "http"),
        (["--base-url", "http://127.0.0.1:9/v1"], "--model"),
        (["--attach", "/nowhere/x.png"], "x.png"),
    ],
)
def test_arguments_that_make_no_sense_are_explained(
    facet: Any, arguments: list[str], part: str
) -> None:
    said = facet("ask", *arguments, QUESTION)
    assert (facet.status, said) == (2, "")
    assert part in facet.complaints


def test_an_empty_question_is_refused(facet: Any) -> None:
    facet("ask", "   ")
    assert facet.status == 2
    assert "empty" in facet.complaints


def test_a_provider_without_a_key_says_where_to_add_one(facet: Any) -> None:
    events = facet.objects("ask", "--json", "--provider", "openrouter", QUESTION)
    assert facet.status == 1
    assert "key" in events[-1]["error"]["message"]
    assert events[-1]["error"]["hint"]


def test_an_unreachable_address_is_a_provider_error(facet: Any) -> None:
    facet("ask", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", QUESTION)
    assert facet.status == 1
    assert "127.0.0.1" in facet.complaints


def test_the_key_for_one_run_is_neither_stored_nor_shown(
    facet: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = "sk-or-v1-" + "c4n4ry" * 8
    monkeypatch.setenv("FACET_API_KEY", key)
    said = facet("ask", "--json", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", QUESTION)
    assert json.loads(said.splitlines()[-1])["state"] == "failed"
    assert key not in said + facet.complaints
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert all(key.encode() not in path.read_bytes() for path in kept)


def test_a_question_that_cannot_be_stored_is_explained(
    facet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import Future

    from app.core.errors import DatabaseUnusableError
    from app.storage.conversations.conversations import ConversationRepository

    def refuse(_repository: Any, _message: Any, **_: Any) -> Future[None]:
        refused: Future[None] = Future()
        refused.set_exception(DatabaseUnusableError("The disk is full.", "Free some space."))
        return refused

    monkeypatch.setattr(ConversationRepository, "append", refuse)
    facet("ask", QUESTION)
    assert facet.status == 1
    assert "The disk is full. Free some space." in facet.complaints
    last = facet.objects("ask", "--json", QUESTION)[-1]
    assert (last["state"], last["error"]["message"]) == ("failed", "The disk is full.")


def test_a_key_is_chosen_by_name_and_a_wrong_name_lists_the_right_ones(
    facet: Any, tmp_path: Path
) -> None:
    facet("ask", "--provider", "openrouter", "--key-name", "Work", QUESTION)
    assert facet.status == 2
    assert "OpenRouter has no key called “Work”" in facet.complaints
    assert "It has no key yet" in facet.complaints
    first = {"last4": "wxyz", "place": "a safe", "origin": "https://openrouter.ai", "date": "d"}
    keys = {**first, "further": [{**first, "number": 2, "name": "Home"}]}
    settings = folders(tmp_path / "profile").settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"providers.key_hints": {"openrouter": keys}}))
    facet("ask", "--provider", "openrouter", "--key-name", "Work", QUESTION)
    assert facet.status == 2
    assert "Its keys: …wxyz, Home." in facet.complaints


async def test_giving_up_before_the_answer_is_begun_ends_it(tmp_path: Path) -> None:
    places = folders(tmp_path)
    with opened_database(places) as database:
        services = make_core(places, database, recover=False).services
        conversations = services.conversations
        teller = ask._Teller(services, conversations.current.id, is_json=False)
        conversations.send(QUESTION)
        conversations.stop()
        assert await asyncio.wait_for(teller.ended, 10) == 130
        await services.close()
        assert [line.title for line in conversations.summaries()] == [QUESTION]


def _with_address(profile: Path, *addresses: str) -> None:
    settings = folders(profile).settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    entries = [
        {"id": "", "name": "", "base_url": address, "dialect": "chat", "needs_key": False}
        for address in addresses
    ]
    settings.write_text(json.dumps({"providers.custom": entries}))


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("custom-http-127.0.0.1:9~v1/llama", ("127.0.0.1:9", "llama")),
        ("127.0.0.1:9/llama", ("127.0.0.1:9", "llama")),
        ("http://127.0.0.1:9/v1/org/llama", ("127.0.0.1:9", "org/llama")),
        ("127.0.0.1:9/v1/llama", ("127.0.0.1:9", "llama")),
        ("openrouter/some/new-model", ("OpenRouter", "some/new-model")),
    ],
)
def test_an_address_or_provider_before_the_model_is_the_one_that_is_asked(
    facet: Any, tmp_path: Path, name: str, asked: tuple[str, str]
) -> None:
    _with_address(tmp_path / "profile", "http://127.0.0.1:9/v1", "http://127.0.0.1:99/v1")
    events = facet.objects("ask", "--json", "--model", name, QUESTION)
    assert facet.status == 1
    last = events[-1]
    assert asked[0] in last["error"]["message"]
    assert last.get("model", asked[1]) == asked[1]


def test_a_line_of_the_list_of_models_can_be_asked(facet: Any) -> None:
    line = facet("models", "--provider", "practice").split()[0]
    assert facet("ask", "--model", line, "--set", "max_tokens=5", QUESTION).strip()
    assert facet("ask", "--model", line.partition("/")[2], "--set", "max_tokens=5", QUESTION)


@pytest.mark.parametrize("name", ["nobody/has-this", "gpt-nonsense", "http://10.0.0.1/v1/x", "/"])
def test_a_model_nobody_is_known_to_have_goes_to_nobody(facet: Any, name: str) -> None:
    assert facet("ask", "--model", name, QUESTION) == ""
    assert facet.status == 2
    assert name in facet.complaints
    assert "--provider" in facet.complaints
    assert facet("list") == ""


def test_a_model_that_several_have_asks_which(facet: Any, tmp_path: Path) -> None:
    models = facet.objects("models", "--json")
    ids = [model["id"] for model in models]
    shared = next(name for name in ids if ids.count(name) > 1)
    facet("ask", "--model", shared, QUESTION)
    assert facet.status == 2
    having = [model["provider"] for model in models if model["id"] == shared]
    assert all(provider in facet.complaints for provider in having)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--base-url", "http://127.0.0.1:9/v1", "--model", "m"],
        ["--provider", "openrouter"],
    ],
)
def test_a_question_that_came_to_nothing_is_not_kept_as_a_conversation(
    facet: Any, arguments: list[str]
) -> None:
    facet("ask", *arguments, QUESTION)
    assert facet.status == 1
    assert facet("list") == ""
    assert facet("search", "temperature") == ""
    last = facet.objects("ask", "--json", *arguments, QUESTION)[-1]
    assert last.get("conversation") is None


def test_a_conversation_that_was_there_stays_when_a_question_fails(facet: Any) -> None:
    first = facet.objects("ask", "--json", "--set", "max_tokens=5", QUESTION)[-1]["conversation"]
    facet(
        *("ask", "--conversation", first, "--base-url", "http://127.0.0.1:9/v1"),
        *("--model", "m", "And top_p?"),
    )
    assert facet.status == 1
    assert facet("list").startswith(first)


def test_a_missing_key_is_said_in_words_for_a_shell(facet: Any) -> None:
    facet("ask", "--provider", "openrouter", QUESTION)
    assert "FACET_API_KEY" in facet.complaints
    hint = facet.objects("ask", "--json", "--provider", "openrouter", QUESTION)[-1]["error"]["hint"]
    assert "FACET_API_KEY" in hint
