"""Every setting, declared once: the file, the settings window and the manual follow."""

from __future__ import annotations

from collections.abc import Mapping

from app.settings.setting import Choice, Flag, Number, Records, Setting, Table, Text, Texts

_ALL = (
    Setting(
        "appearance.theme",
        Choice(
            ("system", "light", "dark", "contrast"),
            ("As the system", "Light", "Dark", "High contrast"),
        ),
        "system",
        "Appearance",
        "Theme",
        "The colours of the window. As the system changes with it, by day and night.",
        words="colour color mode dark night black white appearance",
    ),
    Setting(
        "appearance.text_zoom",
        Number(0.5, 3, 0.1),
        1.0,
        "Appearance",
        "Size of the text",
        "How large everything in the window is written; 1 is the normal size.",
        words="zoom font scale bigger larger smaller magnify letters",
    ),
    Setting(
        "appearance.reduced_motion",
        Flag(),
        False,
        "Appearance",
        "Less motion",
        "Nothing slides or fades; changes show at once. A desktop that asks for less motion has "
        "the same effect.",
        words="animation animations accessibility slide fade",
    ),
    Setting(
        "composer.send_with",
        Choice(("enter", "ctrl_enter"), ("Enter", "Ctrl+Enter")),
        "enter",
        "Writing",
        "Send with",
        "Which key sends a message; the other one starts a new line.",
        words="return key newline line break submit",
    ),
    Setting(
        "reading.start",
        Choice(("last", "new"), ("Where I was", "An empty conversation")),
        "last",
        "Reading",
        "When Facet starts",
        "Opens the conversation that was open when the window was closed, or an empty one.",
    ),
    Setting(
        "reading.follow",
        Choice(
            ("reading", "always", "never"),
            ("Stay with the question", "Follow the newest words", "Never move"),
        ),
        "reading",
        "Reading",
        "While an answer is written",
        "Stay with the question: it goes to the top and the answer grows below it, so you can read"
        " from the start. Follow: the newest words stay in view. Scrolling up always stops it.",
        words="scroll autoscroll scrolling stream jump",
    ),
    Setting(
        "reading.questions",
        Flag(),
        False,
        "Reading",
        "Draw my questions as Markdown",
        "Stars, backslashes and dollars in your questions are read as in answers. Otherwise all is"
        " shown and copied as you typed it, and only code between fences is drawn.",
    ),
    Setting(
        "reading.announce",
        Choice(
            ("sentences", "whole", "off"),
            ("Each sentence as it comes", "The whole answer at its end", "Nothing"),
        ),
        "sentences",
        "Reading",
        "Say to a screen reader",
        "What a screen reader says by itself while an answer is written. Without a screen reader it"
        " changes nothing.",
        words="speech voice accessibility narrator orca nvda voiceover",
    ),
    Setting(
        "sending.picture_side",
        Choice(
            ("1024", "2048", "4096", "0"),
            ("At most 1024 pixels", "At most 2048 pixels", "At most 4096 pixels", "As they are"),
        ),
        "2048",
        "Writing",
        "Send pictures",
        "How long the longer side of a picture is when it is sent. Larger ones are made smaller on"
        " their way; what you attached is kept as it was.",
        words="image images photo resolution resize shrink",
    ),
    Setting(
        "privacy.attribution",
        Flag(),
        False,
        "Privacy",
        "Tell OpenRouter that Facet asks",
        "Sends the name of the program with each request to OpenRouter, which counts programs by"
        " it. It never sends anything about you.",
        words="tracking telemetry referer header",
    ),
    Setting(
        "chat.default_parameters",
        Table(),
        {},
        "Writing",
        "Dials of a new conversation",
        "The dials that a new conversation starts with; all others are left to the provider.",
        words="defaults parameters temperature",
    ),
    Setting("window.geometry", Text(), ""),
    Setting("window.sidebar_width", Number(200, 400), 264),
    Setting("window.tuning_width", Number(240, 600), 332),
    Setting("window.sidebar_visible", Flag(), True),
    Setting("window.tuning_visible", Flag(), True),
    Setting("window.conversation", Text(), ""),
    Setting("window.export_folder", Text(), ""),
    Setting("window.menu_bar", Flag(), False),
    Setting("routing.general", Table(), {}),
    Setting("models.last", Text(500), "practice/practice-1"),
    Setting("models.pinned", Texts(), []),
    Setting("models.recent", Texts(20), []),
    Setting(
        "providers.custom",
        Records({"id": str, "name": str, "base_url": str, "dialect": str, "needs_key": bool}),
        [],
    ),
    Setting("providers.key_hints", Table(), {}),
    Setting("providers.dialects", Table(), {}),
)

SETTINGS: Mapping[str, Setting] = {setting.key: setting for setting in _ALL}
"""The settings by key, in the order of the settings window."""
