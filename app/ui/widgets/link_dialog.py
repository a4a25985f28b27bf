"""The one way out: a link is shown with its real host before the system's browser gets it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.render.markdown.links import SCHEMES, is_openable
from app.ui.theme import Theme
from app.ui.widgets.growing_text import GrowingText
from app.ui.window.window_size import FittedDialog

MAIL_FIELDS = frozenset({"subject", "body", "cc", "to"})
"""What a mail link may fill in; `attach` and its like would send files of the user's."""
HIDDEN = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
SHOWN_LENGTH = 600


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it may be shown: `url` in ASCII, `host` in punycode, and why it is not opened, if
    so."""

    url: str
    host: str
    refusal: str = ""
    warning: str = ""


def examined(text: str) -> Link:
    """What a link really is.

    Refuses other schemes, hidden names and characters that mislead.
    """
    shown = "".join(_visible(letter) for letter in text.strip())[:SHOWN_LENGTH]
    if any(
        letter in HIDDEN or ord(letter) < 0x21 or ord(letter) == 0x7F for letter in text.strip()
    ):
        return Link(shown, "", "It holds invisible characters, so it may lead elsewhere.")
    if "\\" in text:
        return Link(shown, "", "It holds a backslash, which programs read differently.")
    try:
        parts = urlsplit(text.strip())
        named_host = parts.hostname or ""
    except ValueError:
        return Link(shown, "", "It is not a well-formed address.")
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        kind = f"“{scheme}:” links" if scheme else "links without http or https"
        return Link(shown, "", f"Facet does not open {kind}.")
    if scheme == "mailto":
        fields = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        if fields - MAIL_FIELDS:
            return Link(shown, "", "It asks your mail program for more than an address and a text.")
        return Link(shown, f"mail to {parts.path}"[:SHOWN_LENGTH])
    if "@" in parts.netloc:
        return Link(shown, "", "It hides its real host behind a user name.")
    url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    if not url.isValid() or not host or not named_host or not is_openable(text.strip()):
        return Link(shown, "", "It is not a well-formed address.")
    warning = ""
    if "xn--" in host:
        warning = (
            "The name holds letters that can look like others; this is how it is really written."
        )
    elif scheme == "http":
        warning = "The connection is not encrypted."
    return Link(bytes(url.toEncoded().data()).decode("ascii"), host, "", warning)


def _visible(letter: str) -> str:
    """A character, or its code where it would not be seen."""
    is_hidden = letter in HIDDEN or ord(letter) < 0x20 or ord(letter) == 0x7F
    return f"[U+{ord(letter):04X}]" if is_hidden else letter


class LinkDialog(FittedDialog):
    """The card that shows where a link leads, with open, copy and cancel."""

    def __init__(self, link: Link, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self.setWindowTitle("Open a link" if not link.refusal else "Link not opened")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        if link.refusal:
            column.addWidget(_label("This link is not opened", "heading"))
            column.addWidget(_label(link.refusal, ""))
        else:
            column.addWidget(_label("This opens outside Facet, in your browser:", "muted"))
            host = _label(link.host, "title")
            host.setAccessibleName("Host")
            column.addWidget(host)
        if link.warning:
            column.addWidget(_label(link.warning, "error"))
        # A label breaks lines at blanks only, and an address has none.
        self.address = GrowingText(theme, is_mono=True, least_lines=1, most_lines=8)
        self.address.setReadOnly(True)
        self.address.setPlainText(link.url)
        self.address.setAccessibleName("Address")
        column.addWidget(self.address)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton("Close" if link.refusal else "Cancel")
        cancel.clicked.connect(self.reject)
        copy = QPushButton("Copy address")
        copy.clicked.connect(self._on_copy_clicked)
        row.addWidget(cancel)
        row.addWidget(copy)
        if not link.refusal:
            go = QPushButton("Open")
            go.setProperty("look", "primary")
            go.setDefault(True)
            go.clicked.connect(self._on_open_clicked)
            row.addWidget(go)
        column.addSpacing(6)
        column.addLayout(row)
        self.setMinimumWidth(theme.px(420))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._link.url)
        self.accept()

    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl(self._link.url))
        self.accept()


def open_link(url: str, parent: QWidget | None, theme: Theme) -> LinkDialog:
    """Shows where a link leads and lets the user decide.

    Nothing is opened without a click on the card.
    """
    dialog = LinkDialog(examined(url), theme, parent)
    dialog.open()
    return dialog


def _label(text: str, look: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look:
        label.setProperty("look", look)
    return label
