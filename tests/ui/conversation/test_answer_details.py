import math
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from app.core.conversations.confidence import Confidence, Doubt
from app.core.conversations.conversation import Fault, Message, Provenance, Role, TextPart, Timing
from app.core.costs.usage import Cost, CostSource, Usage
from app.ui.conversation.answer_details import DetailsDialog, facts, sureness

WHEN = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)


def _answer(provenance):
    return Message(
        "m", "c", None, Role.ASSISTANT, (TextPart("Hi"),), 1, WHEN, provenance=provenance
    )


TOLD = Provenance(
    "openrouter",
    "google/gemma",
    "Gemma",
    "OpenRouter",
    parameters={"temperature": 0.9},
    usage=Usage(input_tokens=12, output_tokens=1312),
    cost=Cost(Decimal("0.00011"), CostSource.REPORTED),
    timing=Timing(0.6, 4.6),
    notices=("The role was folded.",),
    request={"model": "google/gemma", "temperature": 0.9},
)


def test_the_facts_say_where_an_answer_came_from_and_what_it_cost():
    known = dict(facts(_answer(TOLD)))
    assert known["Model"] == "Gemma"
    assert known["Dials sent"] == "temperature 0.9"
    assert known["Tokens answered"] == "1\u202f312"
    assert known["Cost"] == "$0.00011 reported"
    assert known["Speed"] == "328 tokens a second"
    assert known["Time to first word"] == "0.6 s"
    assert known["Written"] == "21 November 2026, 14:02"


def test_what_is_not_known_says_so_or_is_left_out():
    known = dict(facts(_answer(Provenance("custom", "llama"))))
    assert known["Tokens answered"] == "not reported"
    assert known["Cost"] == "cost unknown"
    assert "Speed" not in known
    assert "Tokens thought" not in known


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("stop", "the answer came to its end (stop)"),
        ("length", "a length limit was reached (length)"),
        ("eos_found", "eos_found"),
    ],
)
def test_why_an_answer_ended_is_said_in_plain_words(reason, said):
    known = dict(facts(_answer(replace(TOLD, finish_reason=reason))))
    assert known["Ended because"] == said


def test_a_fault_says_what_to_do():
    fault = Fault("QuotaError", "Out of credit.", "Top up.", status=402)
    known = dict(facts(_answer(Provenance("a", "b", fault=fault))))
    assert known["What went wrong"] == "Out of credit."
    assert known["What to do"] == "Top up."
    assert known["Status"] == "402"


@pytest.fixture
def dialog(qtbot, theme):
    made = DetailsDialog(_answer(TOLD), theme)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    return made


def test_it_shows_what_was_sent_as_plain_text(dialog):
    assert '"temperature": 0.9' in dialog.findChild(QPlainTextEdit).toPlainText()
    values = [label for label in dialog.findChildren(QLabel) if label.text() == "Gemma"]
    assert values[0].textFormat() is Qt.TextFormat.PlainText


def test_everything_can_be_copied(dialog, qtbot):
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "Cost: $0.00011 reported" in text
    assert '"model": "google/gemma"' in text


def test_how_sure_the_model_was_is_said_with_the_words_it_doubted():
    half, third = math.log(0.5), math.log(0.3)
    doubts = (
        Doubt("The weather in", " Oslo", half, ((" Rome", third),)),
        Doubt("a great deal of rain falls on the", "\n", math.log(0.9)),
        Doubt("y", "sure", math.log(0.99)),
    )
    assert sureness(Confidence(1200, math.log(0.81), doubts)) == [
        ("How sure it was", "81% a word on average, of 1,200 scored"),
        ("It doubted", "The weather in “Oslo” 50%, or “Rome” 30%"),
        ("It doubted", "…of rain falls on the “⏎” 90%"),
    ]
    assert sureness(None) == []


def test_long_facts_wrap_and_are_never_cut(qtbot, theme):
    told = replace(TOLD, notices=("A rather long remark that needs several lines. " * 12,))
    dialog = DetailsDialog(_answer(told), theme)
    qtbot.addWidget(dialog)
    for width in (560, 900, 520):
        dialog.resize(width, 500)
        with qtbot.waitExposed(dialog):
            dialog.show()
        labels = [label for label in dialog.shown.findChildren(QLabel) if label.wordWrap()]
        assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)


def test_a_moment_is_no_time_of_nothing():
    known = dict(facts(_answer(replace(TOLD, timing=Timing(0.01, 3.0)))))
    assert known["Time to first word"] == "under 0.1 s"
    assert known["Time in all"] == "3.0 s"
