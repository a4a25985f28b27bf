import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.events import ReasoningAdded, TextAdded
from app.providers.dialects.thought_splitter import ThoughtSplitter


def split(pieces: list[str]) -> tuple[str, str]:
    splitter = ThoughtSplitter()
    total = Accumulator()
    for piece in pieces:
        for event in splitter.feed(piece):
            total.add(event)
    for event in splitter.flush():
        total.add(event)
    return total.reasoning, total.text


FULL = "\n<think>\nPlan: a < b & c</thin> ok.\n</think>\n\nThe answer: a < b."


@pytest.mark.parametrize("place", range(len(FULL) + 1))
def test_a_leading_thought_is_found_wherever_it_is_cut(place: int) -> None:
    assert split([FULL[:place], FULL[place:]]) == (
        "\nPlan: a < b & c</thin> ok.\n",
        "The answer: a < b.",
    )


def test_character_by_character() -> None:
    assert split(list(FULL))[1] == "The answer: a < b."


@pytest.mark.parametrize("name", ["think", "thinking", "thought"])
def test_other_names_of_the_tag(name: str) -> None:
    assert split([f"<{name}>p</{name}>a"]) == ("p", "a")


@pytest.mark.parametrize(
    "text",
    [
        "The tag <think> opens.",
        "a </think> b",
        "```\n</think>\n```",
        "<thin ice>",
        "x\n```\n</think>\nx\n```",
    ],
)
def test_tags_after_visible_text_are_text(text: str) -> None:
    assert split([text]) == ("", text)
    assert split(list(text)) == ("", text)


def test_only_what_may_be_a_tag_is_held_back() -> None:
    splitter = ThoughtSplitter()
    assert splitter.feed("a < b") == [TextAdded("a < b")]
    inside = ThoughtSplitter()
    inside.feed("<think>")
    assert inside.feed("a < b </thi") == [ReasoningAdded("a < b ", "content")]
    assert inside.flush() == [ReasoningAdded("</thi", "content")]


def test_what_was_held_is_given_at_the_end() -> None:
    assert split(["<thi"]) == ("", "<thi")
    assert split(["  \n"]) == ("", "  \n")
    assert split(["<think>only a thought"]) == ("only a thought", "")


@pytest.mark.parametrize("cut", [1, 2, 5, 100])
def test_a_block_that_the_template_opened(cut: int) -> None:
    text = "I plan.\n</think>\n\nHello <b>."
    pieces = [text[i : i + cut] for i in range(0, len(text), cut)]
    assert split(pieces) == ("I plan.\n", "Hello <b>.")


def test_a_thought_by_its_own_field_leaves_tags_alone() -> None:
    splitter = ThoughtSplitter()
    splitter.expect_no_thought()
    assert splitter.feed("I plan.\n</think>\nx") == [TextAdded("I plan.\n</think>\nx")]


def test_a_very_long_text_is_not_kept_for_a_tag_that_may_never_come():
    splitter = ThoughtSplitter()
    for _ in range(300):
        splitter.feed("x" * 1000)
    assert splitter.feed("\n</think>\nmore") == [TextAdded("\n</think>\nmore")]
