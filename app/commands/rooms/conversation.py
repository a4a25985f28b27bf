"""Commands about a whole conversation."""

from __future__ import annotations

from app.commands.command import Command

PLACE = 1
SECTION = "Conversations"

COMMANDS: tuple[Command, ...] = (
    Command(
        "conversation.new",
        "New conversation",
        ("Ctrl+N", "Ctrl+Shift+O"),
        SECTION,
        "Starts an empty conversation with the model used last.",
        "square-pen",
        "File",
        words="chat thread fresh start",
    ),
    Command(
        "conversation.export",
        "Export conversation…",
        ("Ctrl+Shift+S",),
        SECTION,
        "Writes this conversation to a Markdown or JSON file.",
        "download",
        "File",
        1,
        words="save download markdown json backup",
    ),
    Command(
        "conversation.rename",
        "Rename conversation",
        ("F2",),
        SECTION,
        "Changes the title in the list, in place.",
        "pencil",
        "Conversation",
        words="title name",
    ),
    Command(
        "conversation.pin",
        "Pin conversation",
        (),
        SECTION,
        "Keeps this conversation at the top of the list, or lets it go again.",
        "pin",
        "Conversation",
        is_checkable=True,
        words="favourite favorite star keep",
    ),
    Command(
        "conversation.next",
        "Next conversation",
        ("Ctrl+Tab",),
        SECTION,
        "Opens the conversation below in the list.",
        "arrow-down",
        "Conversation",
        1,
        words="chat down",
    ),
    Command(
        "conversation.previous",
        "Previous conversation",
        ("Ctrl+Shift+Tab",),
        SECTION,
        "Opens the conversation above in the list.",
        "arrow-up",
        "Conversation",
        1,
        words="chat up",
    ),
    Command(
        "conversation.delete",
        "Delete conversation",
        ("Ctrl+Shift+Backspace",),
        SECTION,
        "Removes this conversation from the list; the notice that follows can undo it.",
        "trash-2",
        "Conversation",
        2,
        words="remove trash erase chat",
        is_risky=True,
    ),
    Command(
        "conversation.restore",
        "Restore deleted conversation",
        (),
        SECTION,
        "Brings back the conversation deleted last.",
        "undo-2",
        "Conversation",
        2,
        words="undelete recover undo trash",
    ),
    *(
        Command(
            f"conversation.open_{number}",
            f"Open conversation {number} of the list",
            (f"Ctrl+{number}",),
            SECTION,
            f"Opens the conversation in place {number} of the list.",
            "message-square",
        )
        for number in range(1, 10)
    ),
)
