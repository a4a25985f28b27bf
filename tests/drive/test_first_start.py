"""The first minute without a key, and the second start without a network."""

import json

from tests.drive.facet import run

HEADING, WHITE = "#1c1c21", "#ffffff"


def test_a_question_by_keyboard_is_answered_and_found_again_without_network(start, without_network):
    facet = start().shown("^Facet$")
    assert facet.history.messages() == []
    empty_state = (0.25, 0.25, 0.75, 0.6)
    facet.until(lambda: HEADING in facet.colours(*empty_state), "the empty state is painted")
    assert facet.colours(*empty_state)[WHITE] > 10_000

    facet.ask("What does temperature do?")
    facet.until(lambda: facet.history.answer().text, "the answer streams into the journal")
    answer = facet.answer("done")
    assert "temperature" in answer.text.lower()
    facet.until(lambda: "temperature" in facet.title(), "the conversation has its title")
    before = facet.history.messages()
    facet.quit()

    again = start(prefix=without_network).shown("Facet")
    again.key("ctrl+1")
    again.until(lambda: "temperature" in again.title(), "the conversation is opened")
    assert again.history.messages() == before
    again.ask("And what is a seed?")
    again.answer("done", after=answer.id)
    assert len(again.history.messages()) == 4
    again.quit()


def test_the_command_line_answers_without_network(profile, without_network):
    def ask(*more: str) -> tuple[str, dict[str, object]]:
        asked = run(
            profile, "ask", "--json", *more, "What does temperature do?", prefix=without_network
        )
        assert (asked.returncode, asked.stderr) == (0, "")
        events = [json.loads(line) for line in asked.stdout.splitlines()]
        text = "".join(event["text"] for event in events if event["event"] == "text")
        return text, events[-1]

    text, ended = ask("--set", "seed=7")
    assert len(text) > 40
    assert (ended["event"], ended["state"], ended["error"]) == ("finished", "done", None)
    assert ask("--set", "seed=7")[0] == text
    assert ask("--set", "seed=7", "--set", "temperature=1.6")[0] != text
    listed = run(profile, "list", "--json", prefix=without_network)
    assert len(listed.stdout.splitlines()) == 3
