"""What the simulated models do with tools."""

import pytest

from tests.simulator.scripts import SCRIPTS
from tests.simulator.toolbox import calls_in, results_in, searched, second_round, unpaired

CALL = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
CHAT = [
    {"role": "assistant", "content": "", "tool_calls": [CALL]},
    {"role": "tool", "tool_call_id": "c1", "content": "8"},
]
RESPONSES = [
    {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"},
    {"type": "function_call_output", "call_id": "c1", "output": "8"},
]
MESSAGES = [
    {"role": "assistant", "content": [{"type": "tool_use", "id": "c1", "name": "f"}]},
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c1", "content": "8"}]},
]
BODIES = [{"messages": CHAT}, {"input": RESPONSES}, {"messages": MESSAGES}]


@pytest.mark.parametrize("body", BODIES)
def test_calls_and_results_are_found_in_every_dialect(body):
    assert calls_in(body) == ["c1"]
    assert results_in(body) == [("c1", "8")]
    assert unpaired(body) == ""
    (name, turns), *_ = body.items()
    assert "Missing: c1" in unpaired({name: turns[:1]})
    assert "must be a response" in unpaired({name: turns[1:]})


@pytest.mark.parametrize("body", BODIES)
def test_after_the_results_comes_the_text(body):
    assert second_round(SCRIPTS["tool_call"], body).text == "The tools said: 8."
    assert second_round(SCRIPTS["tool_again"], body) is SCRIPTS["tool_again"]
    assert second_round(SCRIPTS["plain"], body) is SCRIPTS["plain"]


def test_only_an_offered_search_searches():
    plain = SCRIPTS["plain"]
    assert searched(plain, {"tools": [{"type": "function"}]}) is plain
    found = searched(plain, {"tools": [{"type": "openrouter:web_search"}]})
    assert (found.searches, len(found.cited)) == (2, 2)
