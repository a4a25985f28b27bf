from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.commands.command import Command
from app.commands.declared import registry
from app.core.conversations.conversation import ConversationSummary
from app.ui.palette.palette_list_model import Entry, PaletteListModel, PaletteRole, found, offers
from app.ui.palette.places import places
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


def _all(query):
    commands = [(command, "") for command in registry().commands()]
    return offers(query, [], commands, places())


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("same dice", "Same dice"),
        ("seed", "Same dice"),
        ("temperature", "Variety"),
        ("top_p", "Word pool"),
        ("creativity", "Variety"),
        ("theme", "Theme"),
        ("dark", "Dark colours"),
        ("zoom", "Size of the text"),
        ("font", "Size of the text"),
        ("animation", "Less motion"),
        ("follow the newest", "While an answer is written"),
        ("preferences", "Settings"),
        ("api key", "Connect a provider"),
        ("regenerate", "Ask again"),
        ("new chat", "New conversation"),
        ("hotkeys", "Keyboard shortcuts"),
        ("json schema", "Answer shape"),
    ],
)
def test_settings_dials_and_commands_are_found_by_their_words(query, title):
    assert title in [entry.title for entry in _all(query)][:6]


def test_headings_of_the_manual_are_found():
    wanted = [(e, words) for e, words in places() if e.target.startswith("manual:")]
    assert len(wanted) > 50
    for entry, _ in wanted:
        assert entry.target in [found.target for found in _all(entry.title)]


@pytest.mark.parametrize(
    "query",
    ["same dice", "last", "question", "chat", "remove", "trash", "answer", "again", "close", "key"],
)
def test_nothing_that_deletes_or_sends_is_a_first_guess(query):
    first = _all(query)[0]
    named = not first.is_risky
    risky = {command.id for command in registry().commands() if command.is_risky}
    assert named
    assert first.command_id not in risky or all(
        any(word.startswith(part) for word in first.title.casefold().split())
        for part in query.split()
    )


def test_what_is_named_comes_first_all_the_same():
    assert _all("delete conv")[0].command_id == "conversation.delete"
    assert _all("quit")[0].command_id == "application.quit"
