from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.core.conversations.conversation import (
    Message,
    MessageState,
    Provenance,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.models.provider import Request
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.turns import Turn, turns_of, with_system_folded

SEARCHED = Provenance("empiriolabs", "gemma-3-27b", request={"web_search_linkup": True})


def text_of(catalogue: Catalogue, request: Request) -> list[str]:
    profile = catalogue.profile(request.model.provider_id)
    return [turn.text for turn in turns_of(request, profile, with_details=True)]


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        ("Snow.\n\n## Sources\n- [a](https://a.test)\n- [b](https://b.test)\n", "Snow."),
        ("Snow.\n\n---\n**Sources:**\n1. https://a.test\n2. https://b.test", "Snow."),
        ("Snow.\n\nSources:\n[1] https://a.test\n", "Snow."),
        ("Sources of light\n\nSnow.", "Sources of light\n\nSnow."),
        ("Snow.\n\nSources:\n- a\n\nMore text here.", "Snow.\n\nSources:\n- a\n\nMore text here."),
    ],
)
def test_a_list_of_sources_added_by_the_provider_does_not_go_back(
    catalogue: Catalogue,
    ask: Callable[..., Request],
    say: Callable[..., Message],
    answer: str,
    sent: str,
) -> None:
    messages = [
        say("Q"),
        say(answer, Role.ASSISTANT, 2, provenance=SEARCHED),
        say("Q2", sequence=3),
    ]
    assert text_of(catalogue, ask("empiriolabs/gemma-3-27b", messages=messages))[1] == sent


def test_they_do_not_go_to_another_model_of_that_provider_either(
    catalogue: Catalogue, ask: Callable[..., Request], say: Callable[..., Message]
) -> None:
    made_by = replace(SEARCHED, model_id="another-model")
    messages = [say("Snow.\n\nSources:\n- a", Role.ASSISTANT, 2, provenance=made_by)]
    assert text_of(catalogue, ask("empiriolabs/gemma-3-27b", messages=messages)) == ["Snow."]


def test_without_a_search_nothing_is_taken_away(
    catalogue: Catalogue, ask: Callable[..., Request], say: Callable[..., Message]
) -> None:
    text = "Snow.\n\nSources:\n- a"
    for made_by in (None, Provenance("empiriolabs", "gemma-3-27b")):
        messages = [say(text, Role.ASSISTANT, 2, provenance=made_by)]
        assert text_of(catalogue, ask("empiriolabs/gemma-3-27b", messages=messages)) == [text]


def test_folding_without_a_question_makes_one() -> None:
    answer = Turn(Role.ASSISTANT, "A")
    assert with_system_folded([answer], "S") == [Turn(Role.USER, "S"), answer]


def test_many_line_breaks_are_quick(
    catalogue: Catalogue, ask: Callable[..., Request], say: Callable[..., Any]
) -> None:
    text = "a" + "\n" * 200_000 + "b"
    messages = [say(text, Role.ASSISTANT, 2, provenance=SEARCHED)]
    assert text_of(catalogue, ask("empiriolabs/gemma-3-27b", messages=messages)) == [text]


FIRST, SECOND = ToolCallPart("a", "find", "{}"), ToolCallPart("b", "find", "{}")


def paired(catalogue: Catalogue, request: Request) -> list[tuple[Role, Any]]:
    profile = catalogue.profile(request.model.provider_id)
    found = []
    for turn in turns_of(request, profile, with_details=True):
        told = [(r.call_id, r.text) for r in turn.results]
        found.append((turn.role, told or [c.call_id for c in turn.calls] or turn.text))
    return found


def test_every_call_goes_back_with_a_result(
    catalogue: Catalogue, ask: Callable[..., Request], say: Callable[..., Message]
) -> None:
    asking = say("", Role.ASSISTANT, 2, parts=(FIRST, SECOND))
    results = say("", Role.TOOL, 3, parts=(ToolResultPart("b", "8"), ToolResultPart("x", "?")))
    answered = ask(messages=[say("Q"), asking, results, say("A", Role.ASSISTANT, 4)])
    declined = (Role.TOOL, [("a", "The user declined."), ("b", "The user declined.")])
    assert paired(catalogue, answered) == [
        (Role.USER, "Q"),
        (Role.ASSISTANT, ["a", "b"]),
        (Role.TOOL, [("a", "The user declined."), ("b", "8")]),
        (Role.ASSISTANT, "A"),
    ]
    for after in ([say("Never mind", sequence=3)], []):
        sent = paired(catalogue, ask(messages=[say("Q"), asking, *after]))
        assert sent[1:3] == [(Role.ASSISTANT, ["a", "b"]), declined]
        assert len(sent) == 3 + len(after)


def test_half_a_call_never_goes_back_and_a_result_never_without_its_call(
    catalogue: Catalogue, ask: Callable[..., Request], say: Callable[..., Message]
) -> None:
    parts = (TextPart("Let me see"), ToolCallPart("a", "find", '{"ci'))
    cut = say("", Role.ASSISTANT, 2, parts=parts, state=MessageState.CUT_OFF)
    stray = say("", Role.TOOL, 3, parts=(ToolResultPart("a", "8"),))
    sent = paired(catalogue, ask(messages=[say("Q"), cut, stray, say("Q2", sequence=4)]))
    assert sent == [(Role.USER, "Q"), (Role.ASSISTANT, "Let me see"), (Role.USER, "Q2")]
