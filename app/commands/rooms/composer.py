"""Commands about the box a question is written in, and the model it goes to."""

from __future__ import annotations

from app.commands.command import Command

PLACE = 3
SECTION = "Writing"

COMMANDS: tuple[Command, ...] = (
    Command(
        "composer.focus",
        "Write",
        ("Ctrl+I",),
        SECTION,
        "Puts the cursor into the box.",
        "pencil",
        "Edit",
        words="type input box prompt",
    ),
    Command(
        "composer.attach",
        "Attach a file…",
        ("Ctrl+Shift+A",),
        SECTION,
        "Adds a picture, PDF or text file to the question.",
        "paperclip",
        "Edit",
        words="upload image picture photo pdf document add",
    ),
    Command(
        "composer.example",
        "Ask Practice an example",
        (),
        SECTION,
        "Chooses Practice for this conversation, which needs no key and no network, and puts a "
        "question to begin with in the box; you send it.",
        "sparkles",
        "Help",
        words="demo try",
        is_risky=True,
    ),
    Command(
        "model.choose",
        "Choose a model…",
        ("Ctrl+Shift+M", "Ctrl+L"),
        SECTION,
        "Opens the list of models of every provider.",
        "gem",
        "Edit",
        1,
        words="switch change llm provider gpt claude picker",
    ),
    Command(
        "parameters.undo",
        "Undo the last dial change",
        (),
        SECTION,
        "Puts the dials of this conversation back to what they were.",
        "undo-2",
        "Edit",
        1,
        words="revert reset",
        does=lambda services: services.conversations.choices.undo_parameters(),
        can=lambda services: services.conversations.choices.can_undo,
    ),
)
