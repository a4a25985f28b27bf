from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.core.conversations.conversation import ConversationSummary
from app.ui.sidebar.conversation_list_model import ConversationListModel, SidebarRole

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
ROLE = Qt.ItemDataRole


def chats():
    return [
        ConversationSummary("p", "House style", NOW - timedelta(days=40), is_pinned=True),
        ConversationSummary("a", "Haiku <b>", NOW),
        ConversationSummary("b", "Tides", NOW - timedelta(days=1), has_cut_off=True),
    ]


@pytest.fixture
def model(qapp):
    made = ConversationListModel(lambda: date(2026, 11, 21))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.set_summaries(chats())
    return made


def test_it_keeps_qts_rules(model, qtmodeltester):
    qtmodeltester.check(model)


def test_headings_and_conversations_stand_in_one_list(model):
    rows = [model.index(row).data() for row in range(model.rowCount())]
    assert rows == ["Pinned", "House style", "Today", "Haiku <b>", "Yesterday", "Tides"]
    assert model.ids() == ["p", "a", "b"]
    assert model.index_of("b").row() == 5
    assert not model.index_of("zzz").isValid()


def test_a_heading_cannot_be_chosen(model):
    heading = model.index(0)
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable
    assert heading.data(SidebarRole.HEADING) == "Pinned"
    assert heading.data(ROLE.AccessibleTextRole) == "Pinned, heading"
    assert heading.data(SidebarRole.SUMMARY) is None
    assert not model.setData(heading, "x")


def test_a_row_says_its_time_and_is_read_aloud(model):
    row = model.index_of("a")
    assert row.data(SidebarRole.TIME) == "14:02"
    assert model.index_of("p").data(SidebarRole.TIME) == ""
    assert row.data(ROLE.ToolTipRole) == "Haiku &lt;b&gt;<br>21 November 2026, 14:02"
    assert row.data(ROLE.AccessibleTextRole) == "Haiku <b>"
    assert model.index_of("p").data(ROLE.AccessibleTextRole) == "House style, pinned"
    assert row.data(ROLE.FontRole) is None
    assert model.data(QModelIndex()) is None


def test_marks_say_what_goes_on(model, qtbot):
    assert model.index_of("b").data(SidebarRole.MARK) == "cut_off"
    model.mark_unread("b", is_unread=True)
    assert model.index_of("b").data(SidebarRole.MARK) == "unread"
    with qtbot.waitSignal(model.dataChanged):
        model.set_running(["b"])
    assert model.index_of("b").data(ROLE.AccessibleTextRole) == "Tides, answer running"
    model.set_running([])
    model.mark_unread("b", is_unread=False)
    assert model.index_of("b").data(SidebarRole.MARK) == "cut_off"


def test_the_same_rows_are_not_made_anew(model, qtbot):
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_summaries(chats())
    with qtbot.waitSignal(model.modelReset):
        model.set_summaries(chats()[1:])
    with qtbot.waitSignal(model.modelReset):
        model.set_summaries([])
    model.set_summaries([])
    assert model.rowCount() == 0


def test_a_new_title_is_asked_for_and_a_blank_one_is_not(model, qtbot):
    with qtbot.waitSignal(model.renamed) as said:
        assert model.setData(model.index_of("a"), "  Sea \n haiku ")
    assert said.args == ["a", "Sea haiku"]
    with qtbot.assertNotEmitted(model.renamed):
        assert not model.setData(model.index_of("a"), "   ")
        assert model.setData(model.index_of("a"), "Haiku <b>")
        assert not model.setData(QModelIndex(), "x")
