from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.commands.command import Command
from app.core.conversations.conversation import ConversationSummary
from app.ui.palette.palette_list_model import Entry, PaletteListModel, PaletteRole, found, offers
from app.ui.sidebar.result_list_model import Result

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CHATS = [
    ConversationSummary("a", "Haiku about the ocean", NOW, is_pinned=True),
    ConversationSummary("b", "Dark matter", NOW),
]
COMMANDS = [
    (Command("view.theme_dark", "Dark colours", (), "View", "Light on dark.", "moon", "View"), ""),
    (Command("conversation.new", "New…", ("Ctrl+N",), "Chats", "Starts.", "", "File"), "Ctrl+N"),
    (Command("x.y", "Zebra", (), "Chats", "Paints the ocean."), ""),
]


def test_without_a_query_the_recent_and_the_common_are_offered():
    assert [entry.title for entry in offers("", CHATS, COMMANDS)] == [
        "Haiku about the ocean",
        "Dark matter",
        "New",
    ]


def test_commands_and_conversations_answer_a_query_side_by_side():
    entries = offers("dark", CHATS, COMMANDS)
    assert [entry.title for entry in entries] == ["Dark colours", "Dark matter"]
    assert entries[0].command_id == "view.theme_dark"
    assert entries[1].conversation_id == "b"


def test_a_command_is_also_found_by_what_it_does():
    assert [entry.title for entry in offers("ocean", CHATS, COMMANDS)] == [
        "Haiku about the ocean",
        "Zebra",
    ]


def test_nothing_answers_nonsense():
    assert offers("qqqq", CHATS, COMMANDS) == []


def test_a_message_is_offered_with_its_conversation():
    result = Result("a", "Haiku", NOW, "m", "the\nsalt  wind", ((4, 8),))
    (entry,) = found([result])
    assert entry == Entry(
        "the salt wind", "Haiku", icon="quote", conversation_id="a", message_id="m", word="salt"
    )


def test_the_model_keeps_qts_rules(qtmodeltester, qapp):
    model = PaletteListModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_entries(offers("", CHATS, COMMANDS))
    model.add_entries([])
    model.add_entries([Entry("More", "Chats", "Ctrl+M")])
    qtmodeltester.check(model)
    last = model.index(model.rowCount() - 1)
    assert last.data() == "More"
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == "More, Chats, Ctrl+M"
    assert last.data(PaletteRole.ENTRY).key == "Ctrl+M"
    assert last.data(Qt.ItemDataRole.FontRole) is None
