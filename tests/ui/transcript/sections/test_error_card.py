"""What stands under an answer that went wrong."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.conversations.conversation import Fault, MessageState
from app.ui.transcript.sections.card import Button
from app.ui.transcript.sections.error_card import Extras, card_of, seconds_left

QUOTA = Fault("QuotaError", "OpenRouter takes no more requests just now.", "Wait.", status=429)
OFFER = Button("Ask AI/ML API instead (price unknown)", "message.ask_elsewhere")


def card(words, text="", state=MessageState.FAILED, extras=None, **more):
    message = words.answer("a", text, state, **more)
    return card_of(message, extras or Extras(), is_unfolded=False)


def titles(found):
    return [button.title for button in found.buttons]


def test_an_answer_that_ended_well_has_none(words):
    assert card(words, "text", MessageState.DONE) is None
    assert card(words, "text", MessageState.STOPPED) is None


def test_a_wait_counts_and_can_be_given_up(words):
    found = card(words, fault=QUOTA, extras=Extras(time.monotonic() + 11.5))
    assert found.lines[-1] == "Trying again in 12 s."
    assert titles(found) == ["Try now", "Don’t wait"]


def test_without_a_wait_the_time_the_provider_named_is_told(words):
    found = card(words, fault=Fault("QuotaError", "Busy.", "Wait.", retry_after=12.0))
    assert found.lines[-1] == "The provider asked to wait 12 s."
    assert titles(found) == ["Ask again"]


def test_other_ways_to_ask_stand_beside_retry(words):
    found = card(words, fault=QUOTA, extras=Extras(None, (OFFER,)))
    assert titles(found) == ["Ask again", OFFER.title]


def test_what_had_arrived_can_be_gone_on_from(words):
    assert titles(card(words, "Half", fault=QUOTA)) == ["Continue", "Ask again"]
    assert titles(card(words, "Half", MessageState.CUT_OFF)) == ["Continue", "Ask again", "Keep"]
    assert titles(card(words, "", MessageState.CUT_OFF)) == ["Ask again", "Keep"]


@pytest.mark.parametrize("kind", ["AuthenticationError", "KeyStoreError"])
def test_trouble_with_a_key_leads_to_the_keys(words, kind):
    found = card(words, fault=Fault(kind, "Wrong key.", "Check it."))
    assert found.buttons[0].command == "fault.keys"


def test_seconds_never_run_below_zero():
    assert seconds_left(time.monotonic() - 5) == 0


def test_a_long_wait_is_told_in_words_with_its_end(words):
    found = card(words, fault=Fault("QuotaError", "Busy.", "Wait.", retry_after=43_200.0))
    end = (words.answer("a", "").created_at + timedelta(hours=12)).astimezone()
    assert found.lines[-1] == f"The provider asked to wait 12 hours, until {end:%H:%M}."


def test_the_word_an_answer_was_cut_by_is_told(words):
    message = words.answer("a", "Half", MessageState.CUT_OFF)
    for reason, said in (("length", "length limit"), ("network_error", "“network_error”")):
        origin = replace(message.provenance, finish_reason=reason)
        found = card_of(replace(message, provenance=origin), Extras(), is_unfolded=False)
        assert said in found.lines[0]
