"""Commands about the messages of the open conversation."""

from __future__ import annotations

from app.commands.command import Command

PLACE = 2
SECTION = "Messages"

COPY_MARKDOWN = Command(
    "message.copy_markdown",
    "Copy as Markdown",
    ("Ctrl+M",),
    SECTION,
    "Puts what is selected on the clipboard as the Markdown it was written in; with nothing "
    "selected the message with the focus ring, or else the last answer.",
    "copy",
    "Message",
    words="clipboard",
)
AS_TEXT = Command(
    "message.as_text",
    "Show as text",
    (),
    SECTION,
    "Shows the message with the focus ring, or else the last answer, as it was written, and the "
    "other way round.",
    "file-text",
    "Message",
    is_checkable=True,
    words="raw plain source markdown",
)
DETAILS = Command(
    "message.details",
    "Where this answer came from",
    ("Ctrl+D",),
    SECTION,
    "Opens what is known of the answer with the focus ring, or else the last one: model, provider, "
    "dials, times and cost. A click on the line under an answer does the same.",
    "info",
    "Message",
    words="provenance source model tokens cost info request",
)
OPEN_LINK = Command(
    "link.open",
    "Open link",
    ("Ctrl+Shift+L",),
    SECTION,
    "Shows where a link leads before it is opened: the link with the focus ring, or else one of "
    "its message or of the last answer, to be chosen from a list.",
    "external-link",
    "Message",
)
COPY_ADDRESS = Command(
    "link.copy_address",
    "Copy link address",
    (),
    SECTION,
    "Puts the address of a link on the clipboard: of the one with the focus ring, or else of one "
    "to be chosen from a list.",
    "link",
    "Message",
)

COMMANDS: tuple[Command, ...] = (
    Command(
        "message.stop",
        "Stop the answer",
        ("Esc",),
        SECTION,
        "Stops the running answer; what has arrived is kept.",
        "square",
        "Message",
        words="cancel abort halt",
        is_risky=True,
    ),
    Command(
        "message.retry",
        "Ask again",
        ("Ctrl+R",),
        SECTION,
        "Asks for the last answer once more; the earlier one stays beside it.",
        "rotate-ccw",
        "Message",
        words="regenerate repeat redo another",
        is_risky=True,
    ),
    Command(
        "message.ask_elsewhere",
        "Ask the same model elsewhere",
        (),
        SECTION,
        "Where an answer failed: asks another provider of the same model, once. The model of the "
        "conversation stays as it is.",
        "git-branch",
        "Message",
        is_risky=True,
    ),
    Command(
        "message.ask_without",
        "Ask again without the refused dial",
        (),
        SECTION,
        "Where a provider refused a dial: asks once more without it.",
        "rotate-ccw",
        "Message",
        is_risky=True,
    ),
    Command(
        "message.ask_without_files",
        "Ask again without the refused files",
        (),
        SECTION,
        "Where a provider refused a file: asks a copy of the question without it; both stay.",
        "rotate-ccw",
        "Message",
        is_risky=True,
    ),
    Command(
        "message.ask_capable",
        "Ask a model that takes the files",
        (),
        SECTION,
        "Where a provider refused a file: asks another model that takes it, once. The model of the "
        "conversation stays as it is.",
        "git-branch",
        "Message",
        is_risky=True,
    ),
    Command(
        "message.stop_waiting",
        "Do not try again",
        (),
        SECTION,
        "Where a provider asked to wait: stops waiting and gives up the next try.",
        "x",
        "Message",
        words="stop waiting cancel give up",
    ),
    Command(
        "message.edit_last",
        "Edit the last question",
        ("Ctrl+Shift+E",),
        SECTION,
        "Takes your last message back into the box; sending makes a new branch. Up in an empty "
        "box does the same.",
        "pencil",
        "Message",
        words="change rewrite prompt",
        is_risky=True,
    ),
    Command(
        "message.copy_answer",
        "Copy the last answer",
        ("Ctrl+Shift+C",),
        SECTION,
        "Puts the last answer on the clipboard.",
        "copy",
        "Message",
        words="clipboard reply response",
    ),
    COPY_MARKDOWN,
    OPEN_LINK,
    COPY_ADDRESS,
    DETAILS,
    AS_TEXT,
    Command(
        "message.open_picture",
        "Show the picture large",
        (),
        SECTION,
        "Opens the last picture of the conversation in a window of its own; a click on any picture "
        "opens that one.",
        "image",
        "Message",
    ),
    Command(
        "message.open_file",
        "Open the file",
        (),
        SECTION,
        "Opens the last file of the conversation that is no picture, as text that can be saved; a "
        "click on any file opens that one.",
        "file-text",
        "Message",
    ),
    Command(
        "message.read",
        "Open in the reader",
        ("F7",),
        SECTION,
        "Opens the message with the focus ring, or else the last one, as plain text with a caret: "
        "for screen readers, and for reading letter by letter. Enter on a message does the same.",
        "book-open",
        "Message",
    ),
    Command(
        "message.previous",
        "Message above",
        ("Alt+Up",),
        SECTION,
        "Moves to the message above.",
        "chevron-up",
        "Message",
        1,
    ),
    Command(
        "message.next",
        "Message below",
        ("Alt+Down",),
        SECTION,
        "Moves to the message below.",
        "chevron-down",
        "Message",
        1,
    ),
    Command(
        "message.previous_sibling",
        "Answer before",
        ("Alt+Left",),
        SECTION,
        "Shows the version before this one, where a message has several.",
        "chevron-left",
        "Message",
        1,
    ),
    Command(
        "message.next_sibling",
        "Answer after",
        ("Alt+Right",),
        SECTION,
        "Shows the version after this one, where a message has several.",
        "chevron-right",
        "Message",
        1,
    ),
)
