"""What answers cost: noted by the window, shown by it, and told by the shell."""

import json

from tests.drive.facet import run


def test_an_answer_is_counted_in_the_window_and_in_the_shell(start, profile):
    facet = start().shown("Facet")
    facet.ask("What does temperature do?")
    facet.answer("done")
    facet.command("Costs")
    facet.shown("^Costs$")
    facet.key("Escape")
    facet.until(lambda: not facet.windows("^Costs$"), "the costs are closed")
    facet.shown("temperature")
    facet.quit()
    (line,) = run(profile, "costs", "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["provider"], told["answers"]) == ("practice", 1)
    assert told["cost"]["answers_unknown"] == 0
