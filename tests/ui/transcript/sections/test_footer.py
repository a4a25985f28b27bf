"""What stands under an answer says what is known and nothing else."""

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtGui import QImage, QPainter

from app.core.conversations.conversation import (
    Fault,
    MessageState,
    Provenance,
    Role,
    Timing,
    ToolResultPart,
)
from app.core.costs.usage import UNKNOWN_COST, Cost, CostSource, Usage
from app.core.text.needle import Needle
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.footer import (
    BareFoot,
    Foot,
    foot_of,
    foot_texts,
    provenance_parts,
    searched,
)
from tests.ui.transcript.driver import footer_of, layout_of


@pytest.fixture
def make(theme, words):
    def made(*arguments, place=(1, 1), **more):
        footer = Foot(words.answer(*arguments, **more), place)
        footer.has_text = bool(footer.message.text)
        footer.layout(700, Style(theme))
        return footer

    return made


def commands(foot, theme):
    return [region.command for region in foot.regions(Style(theme))]


def test_a_running_answer_has_no_buttons_but_their_room(make, theme):
    writing = make("a", "text", MessageState.WRITING)
    done = make("a", "text")
    assert commands(writing, theme) == []
    assert writing.height == done.height


def test_a_cut_answer_without_text_cannot_go_on(make, theme):
    assert "message.continue" not in commands(make("a", "", MessageState.CUT_OFF), theme)
    assert "message.continue" in commands(make("a", "x", MessageState.CUT_OFF), theme)


def test_a_failed_answer_without_a_reason_still_has_a_card(make, theme):
    footer = make("a", "", MessageState.FAILED)
    assert footer._card.title == "The answer could not be completed."
    assert footer._card.lines == ("Your message is kept.",)


def test_the_wait_asked_for_is_told(make):
    fault = Fault("QuotaError", "Too many requests.", "Wait.", retry_after=12)
    footer = make("a", "part", MessageState.FAILED, fault=fault)
    assert footer._card.lines[0] == "The part that had arrived is kept above."
    assert "12 s" in footer._card.lines[-1]
    assert [button.title for button in footer._card.buttons] == ["Continue", "Ask again"]


def test_the_length_limit_is_named(make):
    footer = make("a", "part", MessageState.CUT_OFF, finish_reason="length")
    assert footer._card.lines[0] == "It reached the length limit."


@pytest.mark.parametrize("state", [MessageState.STOPPED, MessageState.REFUSED])
def test_other_ends_are_said_in_a_line(make, state):
    more = len(make("a", "x", state).texts) - len(make("a", "x").texts)
    assert more == 1


def test_notices_are_shown(make):
    footer = make("a", "x", notices=("The instructions went into the first question.",))
    assert footer.texts[0] == "The instructions went into the first question."
    assert footer.height > make("a", "x").height


def test_seconds_are_shown_after_a_while(make):
    footer = make("a", "", MessageState.WRITING)
    footer.waiting_since -= 7
    assert footer.waiting_text() == "Waiting for the model… 7 s"


def test_with_less_motion_the_waiting_dots_rest(view, words, theme, monkeypatch):
    from app.ui.transcript.sections import footer

    def at(seconds):
        monkeypatch.setattr(footer.time, "monotonic", lambda: since + seconds)
        return view.viewport().grab().toImage()

    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    since = footer_of(view, 1).waiting_since
    assert at(0.1) != at(0.5)
    theme.has_motion = False
    assert at(0.1) == at(0.5) == at(0.9)


def test_its_words_are_those_there_is_room_for(make, theme):
    footer = make("a", "x")
    assert footer.texts == [
        "Gemma 4",
        "0.6 s to first word",
        "78 tok/s",
        "312 tokens",
        "$0.00011 reported",
    ]
    footer.layout(200, Style(theme))
    assert footer.texts == ["Gemma 4", "0.6 s to first word"]


def test_the_details_of_a_fault_unfold_for_their_words_only(make):
    footer = make("a", "", MessageState.FAILED, fault=Fault("x", "Failed.", details="raw words"))
    number = footer.texts.index("raw words")
    assert not footer.unfold(0)
    assert footer.unfold(number)
    assert footer.is_unfolded
    assert not footer.unfold(number)


def test_only_results_have_a_bare_foot(words, theme):
    result = replace(words.question(), role=Role.TOOL, parts=(ToolResultPart("c", "8"),))
    assert type(foot_of(words.answer(), (1, 1))) is Foot
    foot = foot_of(result, (1, 2))
    assert type(foot) is BareFoot
    foot.layout(600, Style(theme))
    assert 0 < foot.height < 12
    assert foot.regions(Style(theme)) == []


def test_a_branch_with_results_is_drawn(view, words):
    result = replace(words.question("r"), role=Role.TOOL, parts=(ToolResultPart("c", "8"),))
    view.set_branch([words.question(), result, words.answer()], {})
    view.grab()
    assert layout_of(view, 1).height > 40


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


@pytest.mark.parametrize("name", ["m", "a-very-long-model-name-" * 6, "模型" * 60])
def test_the_name_of_a_model_takes_no_room_from_the_facts(make, name):
    foot = make("a", "text")
    origin = replace(foot.message.provenance, model_name=name)
    foot.message = replace(foot.message, provenance=origin)
    assert foot.texts[1:] == provenance_parts(origin)[1]
    assert len(foot.texts) > 3
    assert name.startswith(foot.texts[0].partition("…")[0])


def test_versions_of_a_question_are_in_view_without_the_pointer(theme, words):
    def picture(place):
        foot = Foot(words.question("q", "Why?"), place)
        style = Style(theme)
        foot.layout(400, style)
        image = QImage(400, foot.height, QImage.Format.Format_RGB32)
        image.fill(theme.colour("background"))
        with QPainter(image) as painter:
            foot.paint(Canvas(painter, 0, 300, style), 0, 0, is_active=False)
        return image

    pictures = [picture(place) for place in ((1, 1), (1, 2), (2, 2), (1, 3))]
    assert all(one != other for one, other in itertools.combinations(pictures, 2))


@pytest.mark.parametrize("typed", ["Gemma", "gemma 4", "4"])
def test_a_search_does_not_count_the_name_under_an_answer(make, typed):
    foot = make("a", "text")
    assert foot.texts[0] == "Gemma 4"
    assert not any("Gemma" in text for text in foot.searched(Needle(typed)))
