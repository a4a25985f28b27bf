"""An answer that is stopped, left running, or lost with the process."""

import pytest

from tests.drive.kills import trial

SLOW = {"FACET_PRACTICE_PACE": "12"}
QUESTION = "Show me a table and some code"


def test_escape_stops_the_answer_and_keeps_what_arrived(start):
    facet = start(environment=SLOW).shown("Facet")
    facet.ask(QUESTION)
    facet.until(lambda: len(facet.history.answer().text) > 20, "some text is kept")
    arrived = facet.history.answer().text
    facet.key("Escape")
    stopped = facet.answer("stopped")
    assert stopped.text.startswith(arrived)
    facet.quit()
    assert facet.history.answer() == stopped


def test_a_window_closed_while_an_answer_streams_keeps_it_as_stopped(start):
    facet = start(environment=SLOW).shown("Facet")
    facet.ask(QUESTION)
    facet.until(lambda: len(facet.history.answer().text) > 20, "some text is kept")
    arrived = facet.history.answer().text
    facet.close()
    facet.ends_well(seconds=3)
    kept = facet.history.answer()
    assert kept.state == "stopped"
    assert kept.text.startswith(arrived)


def test_a_draft_survives_the_end_of_the_process(start):
    facet = start().shown("Facet")
    facet.type("half a thought, not yet")
    facet.until(lambda: "half a thought, not yet" in facet.history.drafts(), "the draft is kept")
    facet.kill()
    again = start().shown("Facet")
    again.type(" sent")
    again.key("Return")
    again.until(
        lambda: again.history.questions() == ["half a thought, not yet sent"],
        "the draft stands in the composer, the cursor behind it",
    )
    again.answer("done")
    again.until(lambda: not any(again.history.drafts()), "a sent draft is gone")
    again.quit()


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_acknowledged_is_lost_by_kill(screen, tmp_path, seed):
    for kill in trial(screen, tmp_path, count=2, seed=seed):
        assert kill.faults() == [], kill
