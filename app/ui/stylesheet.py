"""How standard widgets look: a palette and one style sheet made from the theme's colours."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from app.ui.colours import Colours


def palette(colours: Colours) -> QPalette:
    """The colours of widgets that draw themselves."""
    role = QPalette.ColorRole
    values = {
        role.Window: colours.background,
        role.WindowText: colours.text,
        role.Base: colours.background,
        role.AlternateBase: colours.panel,
        role.Text: colours.text,
        role.Button: colours.panel,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.hover,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.line,
        role.Shadow: colours.line,
        role.Accent: colours.accent,
    }
    made = QPalette()
    for key, value in values.items():
        made.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.faint))
    return made


def style_sheet(colours: Colours, zoom: float = 1.0) -> str:
    """The style sheet of the whole program.

    Widgets opt in to a look by the dynamic property `look`: `icon` (a bare icon button), `primary`,
    `quiet` (text in the accent colour), `pill`, `muted`, `heading`, `title`, `card`.
    """

    def px(size: float) -> str:
        return f"{max(1, round(size * zoom))}px"

    return f"""
* {{ outline: none; }}
QToolTip {{
    background: {colours.panel}; color: {colours.text}; border: 1px solid {colours.line};
    padding: 4px 6px; font-size: {px(12)};
}}
QMenuBar {{ background: {colours.list}; color: {colours.text}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected {{ background: {colours.hover}; }}
QMenu {{
    background: {colours.background}; color: {colours.text}; border: 1px solid {colours.line};
    padding: 6px; font-size: {px(13)}; icon-size: {px(16)};
}}
QMenu::item {{ padding: 6px 24px 6px 8px; border-radius: 6px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::icon:checked {{
    background: {colours.accent_quiet}; border: 1px solid {colours.accent}; border-radius: 5px;
}}
QMenu::item:selected {{ background: {colours.accent_quiet}; color: {colours.text}; }}
QMenu::item:disabled {{ color: {colours.faint}; }}
QMenu::separator {{ height: 1px; background: {colours.line}; margin: 6px 8px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{
    background: {colours.background}; color: {colours.text}; border: 1px solid {colours.line};
    border-radius: 8px; padding: 6px 8px;
    selection-background-color: {colours.selection}; selection-color: {colours.text};
    placeholder-text-color: {colours.muted};
}}
QLineEdit:focus, QPlainTextEdit:focus,
QTextEdit:focus {{ border: 1px solid {colours.accent}; }}
QLineEdit:disabled {{ color: {colours.faint}; }}
QLineEdit[look="bare"], QPlainTextEdit[look="bare"], QTextEdit[look="bare"] {{
    border: none; background: transparent; padding: 0;
}}
QPushButton {{
    background: {colours.background}; color: {colours.text}; border: 1px solid {colours.line};
    border-radius: 8px; padding: 6px 14px; min-height: 18px; icon-size: {px(16)};
}}
QPushButton:hover {{ background: {colours.hover}; }}
QPushButton:pressed {{ background: {colours.accent_quiet}; }}
QPushButton:focus {{ border: 1px solid {colours.accent}; }}
QPushButton:disabled {{ color: {colours.faint}; }}
QPushButton[look="primary"] {{
    background: {colours.accent}; color: {colours.on_accent}; border: 1px solid {colours.accent};
    font-weight: 600;
}}
QPushButton[look="primary"]:hover {{ border: 1px solid {colours.text}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {colours.text}; padding: 5px 13px; }}
QPushButton[look="primary"]:disabled {{
    background: {colours.hover}; color: {colours.muted}; border: 1px solid {colours.line};
}}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[look="quiet"], QToolButton[look="quiet"] {{
    background: transparent; color: {colours.accent}; border: 1px solid transparent;
    padding: 4px 6px;
    border-radius: 6px;
}}
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover {{ background: {colours.hover}; }}
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus {{
    border: 1px solid {colours.accent};
}}
QPushButton[look="quiet"][edge="left"] {{ padding-left: 0; }}
QPushButton[look="quiet"][edge="left"]:hover {{
    background: transparent; text-decoration: underline;
}}
QToolButton {{
    background: transparent; color: {colours.text}; border: 1px solid transparent;
    border-radius: 8px;
    padding: 4px;
}}
QToolButton:hover {{ background: {colours.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {colours.accent_quiet}; }}
QToolButton:focus {{ border: 1px solid {colours.accent}; }}
QToolButton[look="step"] {{
    border: 1px solid {colours.line}; min-width: {px(20)}; min-height: {px(18)};
}}
QToolButton[look="step"]:disabled {{ color: {colours.faint}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QLabel {{ background: transparent; }}
QLabel[look="muted"] {{ color: {colours.muted}; }}
QLabel[look="small"] {{ color: {colours.muted}; font-size: {px(12)}; }}
QLabel[look="error"] {{ color: {colours.bad}; font-size: {px(12)}; }}
QLabel[look="heading"] {{ font-weight: 600; font-size: {px(15)}; }}
QLabel[look="title"] {{ font-weight: 600; font-size: {px(20)}; }}
QLabel[look="pill"] {{
    color: {colours.muted}; border: 1px solid {colours.line}; border-radius: {px(10)};
    padding: {px(2)} {px(9)}; min-height: {px(16)}; font-size: {px(11)};
}}
QLabel[look="badge"] {{
    color: {colours.muted}; border: 1px solid {colours.line}; border-radius: 5px; padding: 1px 4px;
    font-size: {px(11)}; background: {colours.list};
}}
QFrame[look="card"] {{
    background: {colours.panel}; border: 1px solid {colours.line}; border-radius: 12px;
}}
QFrame[look="popup"] {{
    background: {colours.background}; border: 1px solid {colours.line}; border-radius: 14px;
}}
QPushButton[look="foot"] {{
    background: transparent; color: {colours.muted}; border: 1px solid transparent;
    padding: 4px 6px;
    font-size: {px(13)}; text-align: left;
}}
QPushButton[look="foot"]:hover {{ background: {colours.hover}; }}
QPushButton[look="foot"]:focus {{ border: 1px solid {colours.accent}; }}
QListWidget[look="side"] {{
    background: {colours.list}; border: none; border-radius: 0; padding: 4px;
}}
QListWidget[look="side"]::item {{ padding: 8px; border-radius: 8px; }}
QListWidget[look="side"]::item:hover {{ background: {colours.hover}; }}
QListWidget[look="side"]::item:selected {{
    background: {colours.accent_quiet}; color: {colours.accent};
}}
QFrame[look="zone"] {{ background: {colours.list}; border: none; }}
QFrame[look="strip"] {{
    background: {colours.panel}; border: none; border-bottom: 1px solid {colours.line};
}}
QFrame[look="line"] {{ background: {colours.line}; border: none; }}
QListView, QTreeView, QTableView {{
    background: {colours.background}; color: {colours.text}; border: 1px solid {colours.line};
    border-radius: 8px; selection-background-color: {colours.accent_quiet};
    selection-color: {colours.text};
}}
QTableView {{ font-size: {px(12)}; }}
QTableView::item {{ padding: 0 6px; border: none; }}
QTableView::item:selected {{ background: {colours.accent_quiet}; color: {colours.text}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
    background: {colours.list}; color: {colours.muted}; border: none;
    border-bottom: 1px solid {colours.line}; padding: 6px; font-size: {px(12)};
}}
QHeaderView::section:hover {{ color: {colours.text}; }}
QListView[look="bare"] {{ border: none; background: transparent; border-radius: 0; }}
QListView[look="bare"]:focus {{ border: none; }}
QTextBrowser {{ border: none; border-radius: 0; padding: 0; }}
QTextBrowser:focus {{ border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {colours.scroll}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::handle:hover {{ background: {colours.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget#page {{ background: transparent; }}
QSplitter::handle {{ background: {colours.line}; }}
QSplitter::handle:hover {{ background: {colours.accent}; }}
"""
