"""The words of a foot, before anything is laid out."""

from decimal import Decimal

from app.core.conversations.conversation import Fault, MessageState, Provenance, Timing
from app.core.costs.usage import UNKNOWN_COST, Cost, CostSource, Usage
from app.core.text.needle import Needle
from app.ui.transcript.sections.footer_text import foot_texts, provenance_parts, searched


def facts(**more):
    return provenance_parts(Provenance("p", "model-id", **more))


def test_all_that_is_known():
    name, found = facts(
        model_name="Gemma",
        usage=Usage(output_tokens=1312),
        cost=Cost(Decimal("0.00011"), CostSource.REPORTED),
        timing=Timing(0.62, 4.62),
    )
    assert name == "Gemma"
    assert found == [
        "0.6 s to first word",
        "328 tok/s",
        "1\u202f312 tokens",
        "$0.00011 reported",
    ]


def test_what_is_unknown_is_left_out_but_for_the_cost():
    assert facts() == ("model-id", ["cost unknown"])
    assert facts(fault=Fault("x", "y")) == ("model-id", [])
    estimate = Cost(Decimal("0.02"), CostSource.ESTIMATED)
    assert facts(cost=estimate)[1] == ["about $0.02"]
    assert facts(cost=UNKNOWN_COST)[1] == ["cost unknown"]
    assert provenance_parts(None) == ("", [])


def test_a_question_has_no_words_of_its_own_below(words):
    assert foot_texts(words.question()) == []


def test_an_answer_in_the_making_has_none_yet(words):
    assert foot_texts(words.answer("a", "x", MessageState.WRITING)) == []


def test_a_failed_answer_says_why_then_the_quiet_line(words):
    fault = Fault("QuotaError", "Too many requests.", "Wait a little.", details="HTTP 429")
    found = foot_texts(words.answer("a", "", MessageState.FAILED, fault=fault))
    assert found[:4] == [
        "Too many requests.",
        "Your message is kept.",
        "Wait a little.",
        "HTTP 429",
    ]
    assert found[4] == "Gemma 4"


def test_what_was_stopped_says_so(words):
    found = foot_texts(words.answer("a", "x", MessageState.STOPPED, notices=("A notice.",)))
    assert found[:2] == ["Stopped by you. What had arrived is kept.", "A notice."]


def test_the_facts_under_every_answer_are_searched_for_figures_only(words):
    texts = foot_texts(words.answer())
    assert searched(texts, 4, Needle("reported")) == ["Gemma 4"]
    assert searched(texts, 4, Needle("0.00011")) == texts
    assert searched(["Gemma 4"], 0, Needle("x")) == ["Gemma 4"]
