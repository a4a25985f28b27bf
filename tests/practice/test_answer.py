import pytest

from app.help.passages import manual
from app.practice.answer import (
    GREETING,
    THANKS,
    UNKNOWN,
    Asked,
    Turn,
    asked_in,
    every_text,
    first_block,
    first_sentence,
    possible_answers,
)


def best(question, known, **more):
    answers = possible_answers(Asked(question, **more), known.index)
    return answers[0][0]


def turns(*pairs):
    return [Turn(role, text) for role, text in pairs]


@pytest.mark.parametrize("text", ["", "Hello!", "hi there", "Good morning.", "Who are you?", "?"])
def test_a_greeting_is_answered_with_what_can_be_asked(known, text):
    assert best(text, known) == GREETING


@pytest.mark.parametrize("text", ["Thanks!", "thank you so much", "Thank you."])
def test_thanks_are_answered(known, text):
    assert best(text, known) == THANKS


@pytest.mark.parametrize(
    "text", ["Write a haiku about the ocean", "What is the capital of France?", "2+2", "日本"]
)
def test_what_practice_does_not_know_it_says(known, text):
    assert best(text, known) == UNKNOWN


def test_an_answer_is_the_passage_and_where_it_stands(known):
    answer = best("What does temperature do?", known)
    assert answer.startswith("Variety decides how boldly")
    assert "| 0.3 | steady" in answer
    assert answer.endswith("*From the manual: Tuning – What does Variety (temperature) do?*")


def test_the_showpiece_holds_a_table_and_code(known):
    answer = best("Show me a table and some code", known)
    assert "|---|" in answer
    assert "```sh\n" in answer


def test_belief_is_highest_in_the_plain_answer_and_rivals_stay_possible(known):
    answers = possible_answers(Asked("What does temperature do?"), known.index)
    beliefs = [belief for _, belief in answers]
    assert beliefs[0] == max(beliefs)
    assert len({text for text, _ in answers}) == len(answers) > 3


@pytest.mark.parametrize("text", ["What is a token?", "what is facet", "What is a key?"])
def test_a_question_the_manual_has_as_a_heading_is_answered_by_that_passage_alone(known, text):
    answers = possible_answers(Asked(text), known.index)
    endings = {answer.rsplit("– ", 1)[1].rstrip("?*").lower() for answer, _ in answers}
    assert endings == {text.lower().rstrip("?")}


def test_a_brief_answer_is_the_first_paragraph_and_one_sentence_is_one(known):
    index = known.index
    whole = best("What does temperature do?", known)
    asked = Asked("What does temperature do?")
    brief = possible_answers(asked, index, "Be concise.")[0][0]
    sentence = possible_answers(asked, index, "Answer in one sentence.")[0][0]
    assert len(sentence) < len(brief) < len(whole)
    assert sentence.startswith("Variety decides how boldly the next word is chosen.\n\n*From")
    assert best("Briefly, what does temperature do?", known) == brief


def test_a_first_sentence_needs_prose():
    assert first_sentence("One **two**. Three.\n\nMore.") == "One **two**."
    assert first_sentence("**Ctrl** does it. More.") == "**Ctrl** does it."
    assert first_sentence("1. Make a key.\n2. Paste it.\n\nMore.") == (
        "1. Make a key.\n2. Paste it."
    )
    assert first_sentence("No end here\n\nMore.") == "No end here"


def test_a_block_that_announces_something_brings_it_along():
    assert first_block("Like this:\n\n- a\n- b\n\nMore.") == "Like this:\n\n- a\n- b"
    assert first_block("Alone.\n\nMore.") == "Alone."
    assert first_block("Nothing follows:") == "Nothing follows:"
    assert first_sentence("Like this:\n\n```sh\nls\n```\n\nx") == "Like this:\n\n```sh\nls\n```"


def test_the_last_question_and_the_one_before_are_read():
    asked = asked_in(turns(("system", "x"), ("user", "one"), ("assistant", "1"), ("user", "two")))
    assert asked == Asked("two", "one")
    assert asked_in([]) == Asked("")


def test_continue_goes_back_to_the_question_and_what_was_said():
    said = turns(("user", "one"), ("assistant", "begun"), ("user", "Continue exactly there."))
    assert asked_in(said) == Asked("one", "", "begun")
    further = [*said, *turns(("assistant", " more"), ("user", "please continue"))]
    assert asked_in(further) == Asked("one", "", "begun more")
    assert asked_in(said[:2]) == Asked("one", "", "begun")


def test_a_question_that_begins_with_continue_is_a_question():
    assert asked_in(turns(("user", "Continue where?"))) == Asked("Continue where?")


def test_all_that_can_be_said_is_in_the_vocabulary(known):
    model = known.model
    for passage in manual():
        asked = Asked(passage.title)
        for wish in ("", "Be brief.", "One sentence."):
            for text, _ in possible_answers(asked, known.index, wish):
                assert "".join(model.tokens[token] for token in model.encode(text)) == text
    assert {GREETING, THANKS, UNKNOWN} <= set(every_text(manual()))
